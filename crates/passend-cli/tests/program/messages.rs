// SPDX-License-Identifier: EUPL-1.2
//! `import` and `export`: messages in, records, messages out.

use serde_json::{Value, json};

use crate::Bench;

fn people() -> Value {
    json!([
        {
            "idWerkzoekende": "w1",
            "mobiliteit": {"bemiddelingspostcode": "9711LM", "maximaleReisafstand": 30},
            "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 40},
            "arbeidsmarktkwalificatie": {
                "codeWerkEnDenkniveauWerkzoekende": 7,
                "taalbeheersing": [{"codeTaal": "nld", "codeNiveauTaalbeheersingMondeling": 2}]
            },
            "eisAanWerk": {"indicatieBegeleiding": 1},
            "indicatieLdrRegistratie": 2,
            "emailadres": ["canary@example.org"]
        },
        {"idWerkzoekende": "w2", "mobiliteit": {"bemiddelingspostcode": "9711 LM"}}
    ])
}

fn imported(bench: &Bench) -> crate::Run {
    bench.file("people.json", people().to_string());
    bench.line(
        "import people.json --side candidate --format vum3 --sidecar aside.jsonl --loss loss.jsonl --refused refused.jsonl -o people.jsonl --lang en",
    )
}

#[test]
fn messages_become_records_and_come_back() {
    let bench = Bench::new();
    let run = imported(&bench).expect(3);
    assert!(
        run.err.ends_with("people.json: read 2, accepted 1, refused 1, warned 5\n"),
        "{}",
        run.err
    );
    assert!(run.err.contains("E231 `mobiliteit.bemiddelingspostcode`"), "{}", run.err);
    let records = bench.read("people.jsonl");
    for private in ["canary", "eisAanWerk", "indicatie"] {
        assert!(!records.contains(private), "{records}");
        assert!(!run.err.contains("canary"), "{}", run.err);
    }
    assert!(bench.read("refused.jsonl").contains("\"path\":\"mobiliteit.bemiddelingspostcode\""));
    assert_eq!(
        bench.read("loss.jsonl").lines().next(),
        Some(
            r#"{"field":"arbeidsmarktkwalificatie.codeWerkEnDenkniveauWerkzoekende","reason":"unknown","count":1}"#
        )
    );
    bench
        .line("match people.jsonl vacancies.jsonl --as-of 2026-11-25 --when any -f jsonl")
        .expect(0);
    bench.line("export people.jsonl --format vum3 --sidecar aside.jsonl -o back.json").expect(0);
    let back: Value = serde_json::from_str(&bench.read("back.json")).unwrap();
    assert_eq!(back, json!([people()[0]]));
}

#[cfg(unix)]
#[test]
fn what_may_hold_contact_details_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    imported(&bench).expect(3);
    bench.line("export people.jsonl --format vum3 --sidecar aside.jsonl -o back.json").expect(0);
    for name in ["aside.jsonl", "back.json"] {
        let mode = std::fs::metadata(bench.path(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn without_an_output_nothing_is_written() {
    let bench = Bench::new();
    bench.file("people.json", people().to_string());
    let before = bench.names();
    let run = bench
        .line("import people.json --side candidate --format vum3 --sidecar aside.jsonl --lang en")
        .expect(3);
    assert_eq!(bench.names(), before);
    assert!(run.err.contains("emailadres[]: contact"), "{}", run.err);
    assert!(!run.err.contains("canary"), "{}", run.err);
}

#[test]
fn a_saved_page_becomes_vacancies() {
    let bench = Bench::new();
    bench.file(
        "page.html",
        r#"<html><script type="application/ld+json">{"@type":"JobPosting","identifier":"v9","title":"kok"}</script></html>"#,
    );
    bench.line("import page.html --side vacancy --format jobposting -o v.jsonl").expect(0);
    let expected = "{\"schema\":\"passend/vacancy/1\",\"id\":\"v9\",\"title\":\"kok\",\"source\":\"jobposting\"}\n";
    assert_eq!(bench.read("v.jsonl"), expected);
    bench.line("import page.html --side candidate --format jobposting -o c.jsonl").expect(1);
}

#[test]
fn the_side_of_an_export_is_told_or_asked() {
    let bench = Bench::new();
    bench.file("bare.jsonl", "{\"id\":\"x\"}\n");
    let run = bench.line("export bare.jsonl --format vum3").expect(2);
    assert!(run.err.contains("--side"), "{}", run.err);
    let run = bench.line("export vacancies.jsonl --format vum2").expect(0);
    let messages: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(messages[0]["idVacature"], "v1");
    assert_eq!(messages[1]["naamVacature"], "schoonmaker");
}

#[test]
fn refused_messages_are_kept_as_they_were_only_when_asked() {
    let bench = Bench::new();
    let bad = r#"{"idWerkzoekende": "w2", "mobiliteit": {"bemiddelingspostcode": "9711 LM"}}"#;
    bench.file("w.json", format!("[{{\"idWerkzoekende\": \"w1\"}},\n {bad}]"));
    let line = "import w.json --side candidate --format vum3 -o w.jsonl --max-refused 60 --lang en";
    let run = bench.line(line).expect(3);
    // The place is that of the field.
    assert!(run.err.contains("w.json:2:66: E231"), "{}", run.err);
    assert!(!run.err.contains("9711 LM"), "{}", run.err);
    let run = bench.line(&format!("{line} --quarantine q.json")).expect(3);
    assert_eq!(bench.read("q.json"), format!("[\n{bad}\n]\n"));
    assert!(run.err.contains("q.json: 1 refused rows as they were"), "{}", run.err);
    bench.line("import w.json --side candidate --format jsonresume --quarantine q.json").expect(2);
}
