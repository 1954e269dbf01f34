// SPDX-License-Identifier: EUPL-1.2
//! `passend leverage`, `funnel`, `supply` and `report`.

use crate::Bench;

const FILES: &str = "candidates.jsonl vacancies.jsonl --as-of 2026-11-25";

/// Twelve people in Assen who lack only VCA, three who lack nothing, and work that asks it.
fn bench() -> Bench {
    let bench = Bench::new();
    let person = |at: usize| {
        let held = if at < 12 { "" } else { r#"{"code":"vca_basic"}"# };
        format!(
            r#"{{"id":"c{at:02}","residence":{{"status":"free"}},"bsn_available":true,"location":{{"municipality":"Assen"}},"mobility":{{"max_km":30}},"languages":[{{"code":"nl","level":"B2"}}],"education":[{{"level":"mbo2"}}],"certificates":[{held}]}}"#
        )
    };
    bench.file("candidates.jsonl", (0..15).map(person).collect::<Vec<_>>().join("\n"));
    bench.file(
        "vacancies.jsonl",
        r#"{"id":"v1","title":"lasser","employer":{"sbi":"25"},"location":{"municipality":"Assen"},"positions":2,"require":{"certificates":[{"code":"vca_basic","weight":"must"}]}}"#,
    );
    bench
}

#[test]
fn a_measure_counts_who_lacks_only_it() {
    let bench = bench();
    let run = bench.line(&format!("leverage {FILES} --by province -f jsonl")).expect(0);
    let vca: Vec<_> =
        run.json().into_iter().filter(|line| line["measure"] == "vca_basic").collect();
    let people: Vec<_> = vca.iter().map(|line| line["people"].as_u64().unwrap()).collect();
    assert_eq!(people, [0, 12, 12, 12]);
    assert_eq!((&vca[1]["group"], &vca[1]["horizon"]), (&"Drenthe".into(), &"3m".into()));
    bench.file(
        "own.toml",
        "[[measure]]\nid = 'vca_at_once'\nchange = 'certificate'\ncertificate = 'vca_basic'\ndays = 0\nnl = 'VCA'\nen = 'VCA'\n",
    );
    let run = bench.line(&format!("leverage {FILES} --measures own.toml -f jsonl")).expect(0);
    assert_eq!(run.json()[0]["people"], 12);
    bench.line(&format!("leverage {FILES} --by nationality")).expect(2);
}

#[test]
fn the_funnel_names_who_is_behind_each_number_for_the_owner_alone() {
    let bench = bench();
    let run = bench.line(&format!("funnel {FILES} --ids ids.jsonl -f jsonl")).expect(0);
    let stopped = run.json().into_iter().find(|line| line["stage"] == "stopped").unwrap();
    assert_eq!((&stopped["gate"], &stopped["people"]), (&"certificate".into(), &12.into()));
    let ids = bench.read("ids.jsonl");
    let own = ids.lines().find(|line| line.contains(r#""stage":"work_now""#)).unwrap();
    assert!(own.ends_with(r#""ids":["c12","c13","c14"]}"#), "{own}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(bench.path("ids.jsonl")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_report_is_one_page_without_script_that_hides_small_numbers() {
    let bench = bench();
    bench.line(&format!("report {FILES} --region AM01 -o report.html")).expect(0);
    let page = bench.read("report.html");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"nl\">"), "{page}");
    for part in ["<h1>Werk in zicht: Groningen</h1>", "scope=\"row\"", "<caption>", "verborgen"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script") && !page.contains("http"), "{page}");
    let run = bench.line(&format!("report {FILES} --lang en -f json --threshold 2")).expect(0);
    let report = &run.json()[0];
    assert_eq!(report["tables"][1]["rows"][0]["cells"][0], 12);
    bench.line(&format!("report {FILES} -o report.xlsx")).expect(0);
    assert!(std::fs::read(bench.path("report.xlsx")).unwrap().starts_with(b"PK"));
    bench.line(&format!("report {FILES} --region AM99")).expect(2);
    let supply = bench.line(&format!("supply {FILES} -f jsonl")).expect(0);
    assert_eq!(
        (&supply.json()[0]["isco"], &supply.json()[0]["positions"]),
        (&"72".into(), &2.into())
    );
}
