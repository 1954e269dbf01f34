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
fn records_of_which_nobody_knows_which_is_right_are_on_no_list() {
    let bench = Bench::new();
    let line = "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --when any --by both";
    bench.line(&format!("{line} -o all.jsonl")).expect(0);
    let other = r#"{"id":"c1","hours":{"max":8}}"#;
    bench.file("candidates.jsonl", format!("{CANDIDATES}{other}\n"));
    let run = bench.line(&format!("{line} -o a.jsonl")).expect(3);
    assert!(run.err.contains("E202"), "{}", run.err);
    // The same lines are made where all records are held, as recorded runs do.
    bench.line(&format!("{line} --record r.json -o b.jsonl").replace(" --by both", "")).expect(3);
    bench.line(&format!("{line} -o c.jsonl").replace(" --by both", "")).expect(3);
    assert_eq!(bench.read("c.jsonl"), bench.read("b.jsonl"));
    let c1 = r#""candidate":"c1""#;
    assert!(bench.read("all.jsonl").contains(c1) && !bench.read("a.jsonl").contains(c1));
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

/// What stands in records that are refused, each in another way.
const CANARIES: &str = r#"{"id":"c3","nationaliteit":"Kanarisch"}
{"id":"c4","bsn":"123456782"}
{"id":"c5","hours":"Kanarie"}
{"id":"c6","location":{"postcode":"Kanarie"}}
{"id":"c7" "Kanarie"}
{"id":"123456782"}
{"id":"c8","experience":[{"title":"kok","months":"Kanarie"}]}
{"id":"c9","languages":[{"code":"Kanarie"}]}
{"id":"c1","skills":[{"label":"Kanarie"}]}
{"id":"c10","available":{"from":"31-12-1990"}}
{"id":"c11","skills":[{"label":"Kanarie"
"#;

#[test]
fn no_command_says_what_a_refused_record_holds() {
    for line in [
        "check candidates.jsonl --side candidate -f text --refused r.jsonl --record runs.jsonl",
        "check candidates.jsonl --side candidate -f json -o c.json --strict",
        "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 --max-refused 100 -o m.jsonl --people p.jsonl --refused r.jsonl --record runs.jsonl",
        "match candidates.jsonl vacancies.jsonl --as-of 2026-11-25 -f table",
        "export candidates.jsonl --side candidate -f vum3 --loss loss.jsonl -o v.json --max-refused 100",
        "export candidates.jsonl --side candidate -f csv -o out.csv --max-refused 100 --refused r.jsonl --lang en",
        "import candidates.jsonl --side candidate -o k.jsonl",
        "import candidates.jsonl --side candidate --format vum3 -o k.jsonl --max-refused 100 --refused r.jsonl",
        "groups candidates.jsonl vacancies.jsonl --by status --as-of 2026-11-25 --max-refused 100 -f jsonl",
    ] {
        let bench = Bench::new();
        bench.file("candidates.jsonl", format!("{CANDIDATES}{CANARIES}"));
        let run = bench.line(line);
        assert!([1, 3, 4].contains(&run.status), "{line}: {}", run.err);
        let mut said = vec![run.out, run.err];
        let written = bench.names().into_iter().filter(|name| name != "candidates.jsonl");
        said.extend(written.map(|name| bench.read(&name)));
        for canary in ["Kanari", "123456782", "31-12-1990", "1990-12-31"] {
            assert!(said.iter().all(|text| !text.contains(canary)), "{canary}: {line}: {said:?}");
        }
    }
}

#[test]
fn a_check_says_which_codes_and_places_are_not_understood() {
    let bench = Bench::new();
    bench.file(
        "candidates.jsonl",
        r#"{"id":"c1","location":{"postcode":"9711LM"},"wishes":{"sectors":["I","horeca"],"avoid":[{"scheme":"sbi","code":"C"},{"label":"zzzzz"}]},"education":[{"field":{"scheme":"isced_f","code":"0798"}}],"targets":[{"scheme":"cnl","code":"DBB1D4878F"}]}
{"id":"c2","location":{"municipality":"Groningen","postcode":"9712AB"},"wishes":{"sectors":["56.10"],"avoid":[{"label":"kok"}]},"education":[{"field":{"scheme":"isced_f","code":"0713"}}]}
"#,
    );
    let checked = bench.line("check candidates.jsonl --side candidate -f json").expect(0).json();
    let field = |path: &str| {
        let fields = checked[0]["fields"].as_array().unwrap();
        let found = fields.iter().find(|field| field["path"] == path).unwrap();
        (found["filled"].as_u64().unwrap(), found["understood"].as_u64().unwrap())
    };
    assert_eq!(field("location.postcode"), (2, 1));
    assert_eq!(field("wishes.sectors"), (2, 1));
    assert_eq!(field("wishes.avoid[].code"), (1, 1));
    assert_eq!(field("wishes.avoid[].label"), (2, 1));
    assert_eq!(field("education[].field.code"), (2, 1));
    assert_eq!(field("targets[].code"), (1, 0));
    assert_eq!(checked[0]["unplaced"], 1);
    let unlinked: Vec<_> = checked[0]["unlinked"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["kind"], one["text"]).replace('"', ""))
        .collect();
    assert_eq!(
        unlinked,
        ["exclusion zzzzz", "education 0798", "occupation DBB1D4878F", "sector horeca"]
    );
    bench.file("places.csv", "place,x,y\n9711LM,233883,582065\n");
    let line = "check candidates.jsonl --side candidate --places places.csv -f json";
    assert_eq!(bench.line(line).expect(0).json()[0]["unplaced"], 0);
    let text = bench.line("check candidates.jsonl --side candidate -f text").expect(0).out;
    assert!(
        text.contains("LET OP  de plaats van 1 van 2 records") && !text.contains("9711"),
        "{text}"
    );
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
