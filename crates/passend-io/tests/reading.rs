// SPDX-License-Identifier: EUPL-1.2
//! What a reader promises: it keeps what is good, counts what is not, says where and never what.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::{Candidate, Vacancy};
use passend_io::{
    Batch, Code, InParts, OnRefusal, Reading, Record, read_in_parts, read_records,
    read_records_with,
};
use proptest::prelude::*;

const CANDIDATE: &str = r#"{"id":"c1","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"},"bsn_available":true,"location":{"municipality":"Groningen"},"mobility":{"max_km":30},"hours":{"min":16,"max":40},"slots":[],"languages":[{"code":"nl","level":"A2"}],"education":[],"experience":[{"title":"kok","months":36}],"skills":[{"label":"koken"}],"certificates":[],"licences":[],"registrations":[]}"#;
const VACANCY: &str = r#"{"id":"v1","title":"kok","location":{"municipality":"Groningen"},"positions":1,"hours":{"min":24,"max":36},"require":{"languages":[{"code":"nl","min":"A2","weight":"must"}],"skills":[{"label":"koken","weight":"must"}]},"twv":{"employer_will_apply":"yes"}}"#;

fn read<T: Record>(text: impl AsRef<[u8]>) -> Batch<T> {
    let batch = read_records(text.as_ref(), "file", OnRefusal::Continue).unwrap();
    assert_sums(&batch);
    batch
}

#[track_caller]
fn assert_sums<T: Record>(batch: &Batch<T>) {
    let report = &batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    assert_eq!(report.accepted, batch.accepted.len() as u64 + report.merged);
    assert_eq!(batch.accepted.len(), batch.lines.len());
    assert!(report.refused.is_sorted_by_key(|refused| refused.line));
}

/// Records that share an id, some far apart, read at once and in parts.
#[test]
fn in_parts_the_same_records_come_and_those_that_were_taken_too_soon_are_told() {
    let id = |row: u32| match row {
        9_000 | 25_000 => 17,
        9_001 => 18,
        25_001 => 24_999,
        row => row,
    };
    let row = |row: u32| match row {
        5 => "{\"id\":5}\n".to_owned(),
        25_000 => format!("{{\"title\":\"kok\",\"id\":\"v{}\"}}\n", id(row)),
        _ => format!(
            "{{\"id\":\"v{}\",\"title\":\"{}\"}}\n",
            id(row),
            if row == 9_001 { "kelner" } else { "kok" }
        ),
    };
    let text: String = (0..30_000).map(row).collect();
    for threads in [1, 2] {
        let reading = Reading { threads, ..Reading::default() };
        let batch: Batch<Vacancy> = read_records_with(text.as_bytes(), "file", reading).unwrap();
        let (mut parts, mut all) = (0, Vec::new());
        let take = |part: Vec<Vacancy>| {
            parts += 1;
            all.extend(part);
        };
        let InParts { report, withdrawn } =
            read_in_parts(text.as_bytes(), "file", reading, take).unwrap();
        assert_eq!(report, batch.report);
        assert_eq!((report.merged, report.refused.len(), report.accepted), (3, 3, 29_997));
        assert!(parts > 1, "{parts}");
        assert!(withdrawn.iter().eq(["v18"]));
        all.retain(|one| !withdrawn.contains(&one.id));
        assert_eq!(all, batch.accepted);
    }
    let reading = Reading { on_refusal: OnRefusal::Stop, ..Reading::default() };
    let twice = "{\"id\":\"v1\"}\n{\"id\":\"v1\",\"title\":\"kok\"}\n";
    let done = read_in_parts(twice.as_bytes(), "file", reading, |_: Vec<Vacancy>| {}).unwrap();
    assert!(done.report.stopped);
}

/// The line and code of each refused row.
fn refused<T: Record>(text: impl AsRef<[u8]>) -> Vec<(u64, Code)> {
    read::<T>(text).report.refused.iter().map(|refused| (refused.line, refused.code)).collect()
}

#[test]
fn the_promised_lines_are_accepted() {
    assert_eq!(
        read::<Candidate>(CANDIDATE).report.summary(),
        "file: read 1, accepted 1, refused 0, warned 0"
    );
    assert_eq!(
        read::<Vacancy>(VACANCY).report.summary(),
        "file: read 1, accepted 1, refused 0, warned 0"
    );
}

#[test]
fn line_ends_and_empty_lines_change_nothing() {
    let plain = "{\"id\":\"c1\"}\n{\"id\":\"c2\"}\n";
    let expected = read::<Candidate>(plain);
    for other in [
        plain.trim_end().to_owned(),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\n\n"),
        format!("\n  \n{plain}\n"),
    ] {
        let batch = read::<Candidate>(&other);
        assert_eq!(batch.accepted, expected.accepted);
        assert_eq!(batch.report, expected.report);
    }
}

#[test]
fn lines_stay_physical_after_empty_ones() {
    assert_eq!(refused::<Candidate>("\n\n{\"id\":\"c1\"}\n\n{\"id\":5}\n"), [(5, Code::WrongType)]);
}

#[test]
fn another_layout_gives_the_same_records() {
    let lines = format!(
        "{CANDIDATE}\n{{\"id\":\"c2\",\"skills\":[{{\"label\":\"a, ]}} \\\" b\"}}]}}\n{{\"id\":7}}\n"
    );
    let expected = read::<Candidate>(&lines);
    assert_eq!(expected.report.refused.len(), 1);
    let values: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let spread: Vec<_> =
        values.iter().map(|value| serde_json::to_string_pretty(value).unwrap()).collect();
    for other in [
        serde_json::to_string(&values).unwrap(),
        serde_json::to_string_pretty(&values).unwrap(),
        spread.join("\n"),
        format!(" \n[\n{}\n]\n\n", lines.trim_end().replace('\n', ",\n")),
    ] {
        let batch = read::<Candidate>(&other);
        assert_eq!(batch.accepted, expected.accepted, "{other}");
        assert_eq!(batch.report.read, 3);
        assert_eq!(batch.report.refused[0].record, 3);
        assert_eq!(batch.report.refused[0].path, "id");
    }
}

#[test]
fn a_place_is_told_to_the_character() {
    let text = "{\"id\":\"c1\"}\n{\"id\":\"é2\",\"skils\":[]}\n";
    let batch = read::<Candidate>(text);
    let refused = &batch.report.refused[0];
    assert_eq!((refused.line, refused.record, refused.column), (2, 2, Some(12)));
    assert_eq!(refused.byte, 24);
    assert!(text.get(24..).unwrap().starts_with("\"skils\""));
}

#[test]
fn in_a_list_the_place_is_that_in_the_file() {
    let text = "[{\"id\":\"c1\"}, {\"id\":\"c2\",\"hours\":{\"min\":90}},\n {\"id\":\n  3}]";
    let batch = read::<Candidate>(text);
    let places: Vec<_> = batch
        .report
        .refused
        .iter()
        .map(|refused| {
            let byte = usize::try_from(refused.byte).unwrap();
            (refused.line, refused.column, text.get(byte..=byte).unwrap())
        })
        .collect();
    assert_eq!(places, [(1, Some(41), "9"), (2, None, "3")]);
}

#[test]
fn the_value_is_never_shown() {
    let secret = "Geheimpje";
    for line in [
        format!("{{\"id\":\"c1\",\"hours\":\"{secret}\"}}"),
        format!("{{\"id\":\"c1\",\"residence\":{{\"status\":\"{secret}\"}}}}"),
        format!("{{\"id\":\"c1\",\"naam\":\"{secret}\"}}"),
        format!("{{\"id\":\"{secret}\",\"available\":{{\"from\":\"{secret}\"}}}}"),
        format!("{{\"id\":\"c1\",\"languages\":[{{\"code\":\"{secret}\"}}]}}"),
        format!("{{\"id\":\"c1\",\"schema\":\"{secret}\"}}"),
        format!("{{\"id\":\"c1\" {secret}"),
        format!("{{\"id\":\"{secret}\"}}\n{{\"id\":\"{secret}\",\"skills\":[]}}"),
    ] {
        let batch = read::<Candidate>(&line);
        assert!(!batch.report.refused.is_empty(), "{line}");
        let shown = serde_json::to_string(&batch.report.refused).unwrap();
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn an_unknown_key_gets_the_one_that_was_meant() {
    let batch = read::<Vacancy>(r#"{"id":"v1","require":{"langauges":[]}}"#);
    let refused = &batch.report.refused[0];
    assert_eq!(refused.path, "require.langauges");
    assert!(refused.hint.en.contains("Did you mean `languages`?"), "{}", refused.hint.en);
}

#[test]
fn allowed_values_are_listed() {
    let batch = read::<Candidate>(r#"{"id":"c1","languages":[{"code":"nl","level":"A3"}]}"#);
    let hint = &batch.report.refused[0].hint.nl;
    assert!(hint.contains("`A0`, `A1`, `A2`, `B1`, `B2`, `C1`, `C2`"), "{hint}");
}

#[test]
fn records_alike_become_one_and_differing_ones_none() {
    let batch = read::<Candidate>(
        "{\"id\":\"a\",\"skills\":[]}\n{\"id\":\"b\"}\n{\"skills\":[],\"id\":\"a\"}\n{\"id\":\"b\",\"student\":true}\n{\"id\":\"c\"}\n",
    );
    let ids: Vec<_> = batch.accepted.iter().map(|candidate| candidate.id.as_str()).collect();
    assert_eq!(ids, ["a", "c"]);
    assert_eq!(batch.lines, [1, 5]);
    assert_eq!(batch.report.summary(), "file: read 5, accepted 3, refused 2, warned 1");
    let hints: Vec<_> = batch.report.refused.iter().map(|refused| &refused.hint.en).collect();
    assert!(hints[0].contains("on line 4") && hints[1].contains("on line 2"), "{hints:?}");
}

#[test]
fn strict_reading_stops_at_the_first_refused_row() {
    let text = "{\"id\":\"a\"}\n{\"id\":1}\n{\"id\":2}\n";
    let batch = read_records::<Candidate>(text.as_bytes(), "file", OnRefusal::Stop).unwrap();
    assert!(batch.report.stopped);
    assert_eq!((batch.report.read, batch.report.refused.len()), (2, 1));
    assert_sums(&batch);
}

#[test]
fn numbers_that_do_not_fit_are_refused() {
    let code = |value: &str| {
        refused::<Candidate>(format!(
            "{{\"id\":\"c1\",\"experience\":[{{\"title\":\"kok\",\"months\":{value}}}]}}"
        ))
    };
    assert_eq!(code("NaN"), [(1, Code::NotJson)]);
    assert_eq!(code("1e400"), [(1, Code::NotJson)]);
    assert_eq!(code("99999999999999999999"), [(1, Code::WrongType)]);
    assert_eq!(code("70000"), [(1, Code::OutOfRange)]);
    assert_eq!(code("-3"), [(1, Code::OutOfRange)]);
    assert_eq!(code("901"), [(1, Code::OutOfRange)]);
    assert_eq!(code("2.5"), [(1, Code::WrongType)]);
    assert_eq!(code("\"36\""), [(1, Code::WrongType)]);
}

#[test]
fn days_and_hours_that_cannot_be_are_refused() {
    let candidate = |rest: &str| refused::<Candidate>(format!("{{\"id\":\"c1\",{rest}}}"));
    assert_eq!(candidate(r#""available":{"from":"1899-12-31"}"#), [(1, Code::BadDay)]);
    assert_eq!(candidate(r#""residence":{"document_valid_until":"2020-01-01"}"#), []);
    let vacancy = |rest: &str| refused::<Vacancy>(format!("{{\"id\":\"v1\",{rest}}}"));
    assert_eq!(vacancy(r#""hours":{"min":0,"max":0}"#), [(1, Code::OutOfRange)]);
    assert_eq!(vacancy(r#""hours":{"max":200}"#), [(1, Code::OutOfRange)]);
    assert_eq!(vacancy(r#""hours":{"min":-1}"#), [(1, Code::OutOfRange)]);
    assert_eq!(vacancy(r#""starts":"2027-02-02","ends":"2027-01-01""#), [(1, Code::WrongOrder)]);
}

#[test]
fn deep_brackets_do_not_exhaust_the_stack() {
    let deep = format!("{{\"id\":\"c1\",\"skills\":{}", "[".repeat(200_000));
    assert_eq!(refused::<Candidate>(&deep), [(1, Code::NotJson)]);
    let error =
        read_records::<Candidate>("[".repeat(200_000).as_bytes(), "file", OnRefusal::Continue)
            .unwrap_err();
    assert_eq!(error.code(), Code::OtherList);
}

#[test]
fn one_bad_record_in_a_long_line_is_refused_alone() {
    let record = |number: usize| {
        if number == 777 {
            "{\"id\":false}".to_owned()
        } else {
            format!("{{\"id\":\"c{number}\"}}")
        }
    };
    let list: Vec<_> = (0..100_000).map(record).collect();
    let batch = read::<Candidate>(format!("[{}]", list.join(",")));
    assert_eq!((batch.report.read, batch.accepted.len()), (100_000, 99_999));
    assert_eq!(batch.report.refused[0].record, 778);
}

#[test]
fn a_record_too_long_is_skipped_and_the_next_is_read() {
    let long = format!("{{\"id\":\"c1\",\"x_a\":\"{}\"}}", "a".repeat(10 << 20));
    for text in [format!("{long}\n{{\"id\":\"c2\"}}"), format!("[{long},{{\"id\":\"c2\"}}]")] {
        let batch = read::<Candidate>(&text);
        assert_eq!(batch.accepted.len(), 1);
        assert_eq!(batch.report.refused[0].code, Code::TooLong);
    }
}

#[test]
fn a_list_with_a_wrong_comma_is_no_json() {
    for text in [
        r#"[{"id":"a"} {"id":"b"}]"#,
        r#"[{"id":"a"},,{"id":"c"}]"#,
        r#"[{"id":"a"},]"#,
        r#"[{"id":"a"}] {"id":"b"}"#,
        r#"[{"id":"a"}]]"#,
    ] {
        assert_eq!(refused::<Candidate>(text), [(1, Code::NotJson)], "{text}");
    }
}

#[test]
fn a_broken_line_is_refused_alone() {
    let text =
        "{\"id\":\"a\",\n{\"id\":\"b\"}\nrubbish\n{\"id\":\"c\"}{\"id\":\"d\"}\n{\"id\":\"e\"}";
    assert_eq!(
        refused::<Candidate>(text),
        [(1, Code::NotJson), (3, Code::NotJson), (4, Code::NotJson)]
    );
}

#[test]
fn an_error_of_the_system_is_told() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk on fire"))
        }
    }
    let input = std::io::BufReader::new(Broken);
    let error = read_records::<Candidate>(input, "file", OnRefusal::Continue).unwrap_err();
    assert_eq!(error.code(), Code::Unreadable);
    assert_eq!(error.to_string(), "E110 cannot be read: disk on fire");
}

#[test]
fn no_field_of_the_schema_is_refused_by_name() {
    fn walk(schema: &serde_json::Value, around: &str, found: &mut Vec<(String, String)>) {
        match schema {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    if key == "properties" {
                        for (name, inner) in value.as_object().unwrap() {
                            if passend::protected(name).is_some() {
                                found.push((around.to_owned(), name.clone()));
                            }
                            walk(inner, name, found);
                        }
                    } else if key != "$defs" {
                        walk(value, around, found);
                    }
                }
            }
            serde_json::Value::Array(list) => {
                list.iter().for_each(|inner| walk(inner, around, found));
            }
            _ => {}
        }
    }
    #[track_caller]
    fn check<T: Record + schemars::JsonSchema>() {
        let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
        });
        let schema = settings.into_generator().into_root_schema_for::<T>();
        let mut found = Vec::new();
        walk(schema.as_value(), "", &mut found);
        found.sort();
        found.dedup();
        let innocent: Vec<_> = T::INNOCENT_KEYS
            .iter()
            .map(|(around, key)| ((*around).to_owned(), (*key).to_owned()))
            .collect();
        assert_eq!(found, innocent);
    }
    check::<Candidate>();
    check::<Vacancy>();
}

proptest! {
    #[test]
    fn a_changed_byte_never_breaks_the_reader(at in 0..CANDIDATE.len() * 2, byte: u8) {
        let mut text = format!("{CANDIDATE}\n{}\n", CANDIDATE.replace("c1", "c2")).into_bytes();
        if let Some(place) = text.get_mut(at) {
            *place = byte;
        }
        if let Ok(batch) = read_records::<Candidate>(text.as_slice(), "file", OnRefusal::Continue) {
            assert_sums(&batch);
        }
    }

    #[test]
    fn a_cut_file_never_breaks_the_reader(at in 0..VACANCY.len(), list: bool) {
        let whole = if list { format!("[{VACANCY},{VACANCY}]") } else { format!("{VACANCY}\n{VACANCY}\n") };
        let text = whole.as_bytes().get(..at).unwrap();
        if let Ok(batch) = read_records::<Vacancy>(text, "file", OnRefusal::Continue) {
            assert_sums(&batch);
        }
    }

    #[test]
    fn any_bytes_never_break_the_reader(bytes: Vec<u8>, begin in "(\\[|\\{|\\[\\{)?") {
        let text: Vec<u8> = begin.into_bytes().into_iter().chain(bytes).collect();
        if let Ok(batch) = read_records::<Candidate>(text.as_slice(), "file", OnRefusal::Continue) {
            assert_sums(&batch);
        }
    }
}

/// The outcome in the words of the list.
fn outcome(bytes: &[u8]) -> (String, String, Vec<Candidate>) {
    let batch = match read_records::<Candidate>(bytes, "file", OnRefusal::Continue) {
        Err(error) => return ("file".to_owned(), error.code().to_string(), Vec::new()),
        Ok(batch) => batch,
    };
    assert_sums(&batch);
    let report = batch.report;
    let mut said = Vec::new();
    for row in &report.refused {
        let column = row.column.map_or("-".to_owned(), |column| column.to_string());
        said.push(format!("{}:{column}:{}:{}", row.line, row.code, row.path));
    }
    let mut codes: Vec<String> =
        report.warnings.iter().map(|warning| warning.code.to_string()).collect();
    codes.dedup();
    let kind = match (report.refused.is_empty(), codes.is_empty()) {
        (false, _) => "refused",
        (true, false) => "warned",
        (true, true) => "accepted",
    };
    said.extend(codes);
    if said.is_empty() {
        said.push("-".to_owned());
    }
    (kind.to_owned(), said.join(" "), batch.accepted)
}

#[test]
fn every_bad_file_of_records_has_the_outcome_that_is_written_beside_it() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/bad/records");
    let good = outcome(&std::fs::read(folder.join("j00_good.jsonl")).unwrap()).2;
    assert_eq!(good.len(), 3);
    let list = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut expected = std::collections::BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (file, rest) = line.split_once('\t').unwrap();
        expected.insert(file.to_owned(), rest.to_owned());
    }
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(&folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        if name == "expected.tsv" {
            continue;
        }
        let (kind, codes, accepted) = outcome(&std::fs::read(folder.join(&name)).unwrap());
        let same = if accepted == good { "\t=" } else { "" };
        let found = format!("{kind}\t{codes}{same}");
        let known = expected.remove(&name);
        if known.as_deref() != Some(&found) {
            wrong.push(format!("{name}\t{found}"));
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "found, and not what is written:\n{}", wrong.join("\n"));
    assert!(expected.is_empty(), "in the list and not there: {expected:?}");
}
