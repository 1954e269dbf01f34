// SPDX-License-Identifier: EUPL-1.2
//! Records in other forms, the refused rows themselves, and what a file leaves out.

use crate::{Bench, CANDIDATES};

#[test]
fn exported_records_are_read_back_as_the_same() {
    let bench = Bench::new();
    bench.line("match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 -o a.jsonl").expect(0);
    for format in ["csv", "parquet"] {
        bench.line(&format!("export candidates.jsonl -f {format} -o c.{format}")).expect(0);
        bench.line(&format!("export vacancies.jsonl -f {format} -o v.{format}")).expect(0);
        let line = format!("match c.{format} v.{format} --as-of 2026-11-25 -o b.jsonl");
        bench.line(&line).expect(0);
        assert_eq!(bench.read("a.jsonl"), bench.read("b.jsonl"), "{format}");
    }
    bench.line("export vacancies.jsonl -f xlsx -o v.xlsx").expect(0);
    assert!(std::fs::read(bench.path("v.xlsx")).unwrap().starts_with(b"PK"));
    bench.line("export candidates.jsonl -f csv-nl -o c.csv").expect(0);
    assert!(bench.read("c.csv").starts_with("\u{FEFF}id;residence.status;"));
    let swapped = bench.line("export candidates.jsonl --side vacancy -f csv -o x.csv").expect(1);
    assert!(swapped.err.contains("E112"), "{}", swapped.err);
}

#[test]
fn refused_rows_themselves_are_kept_only_when_asked_and_for_their_owner() {
    let bench = Bench::new();
    let bad = r#"{"id":"c3","skils":["geheim"]}"#;
    bench.file("candidates.jsonl", format!("{CANDIDATES}{bad}\n"));
    let line = "check candidates.jsonl --side candidate --refused r.jsonl -o c.json";
    let run = bench.line(line).expect(4);
    assert!(!run.err.contains("geheim") && !bench.read("r.jsonl").contains("geheim"));
    let run = bench.line(&format!("{line} --quarantine q.jsonl --lang en")).expect(4);
    assert_eq!(bench.read("q.jsonl"), format!("{bad}\n"));
    assert!(run.err.contains("q.jsonl: the 1 refused rows themselves"), "{}", run.err);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(bench.path("q.jsonl")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    bench.line("check - --side candidate --quarantine q.jsonl").expect(2);
}

#[test]
fn a_check_warns_of_a_gate_that_nothing_decides() {
    let bench = Bench::new();
    let people: String = (0..120)
        .map(|at| format!("{{\"id\":\"c{at}\",\"location\":{{\"postcode\":\"9561\"}}}}\n"))
        .collect();
    bench.file("candidates.jsonl", people);
    let checked = bench.line("check candidates.jsonl --side candidate -f json").expect(0).json();
    let hollow = checked[0]["hollow"].as_array().unwrap();
    let gate = hollow.iter().find(|one| one["gate"] == "work_authorisation").unwrap();
    assert_eq!(gate["field"], "residence.status");
    assert_eq!((&gate["filled"], &gate["of"]), (&0.into(), &120.into()));
    assert_eq!(gate["then"], "unknown");
    assert_eq!(checked[0]["shared_postcode"], 120);
    let text = bench.line("check candidates.jsonl --side candidate -f text").expect(0).out;
    assert!(text.contains("LET OP  `residence.status`") && text.contains("eerst vragen"), "{text}");
    assert!(!text.contains("9561"), "{text}");
}
