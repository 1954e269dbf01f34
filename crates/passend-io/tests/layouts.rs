// SPDX-License-Identifier: EUPL-1.2
//! The same records in JSON Lines, CSV and Parquet are the same records, and the same mistakes are the same reports.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::{Candidate, Vacancy, Vocabulary};
use passend_io::{
    Batch, Code, OnRefusal, ReadError, Reading, Record, read_records, read_records_with, write,
};
use passend_synth::{Regime, Settings, candidates, vacancies};

fn read<T: Record>(bytes: impl AsRef<[u8]>) -> Batch<T> {
    let batch = read_records(bytes.as_ref(), "file", OnRefusal::Continue).unwrap();
    let report = &batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    batch
}

fn csv<T: Record + Clone>(records: &[T]) -> Vec<u8> {
    let mut out = Vec::new();
    write::records_csv(&mut out, records.iter().cloned()).unwrap();
    out
}

#[cfg(feature = "parquet")]
fn parquet<T: Record + Clone>(records: &[T]) -> Vec<u8> {
    let mut out = Vec::new();
    write::records_parquet(&mut out, records.iter().cloned()).unwrap();
    out
}

#[track_caller]
fn check_round_trip<T: Record + Clone + std::fmt::Debug>(records: &[T]) {
    let mut jsonl = Vec::new();
    write::jsonl(&mut jsonl, records).unwrap();
    assert_eq!(read::<T>(jsonl).accepted, records);
    let batch = read::<T>(csv(records));
    assert_eq!(batch.report.refused, []);
    assert_eq!(batch.accepted, records);
    #[cfg(feature = "parquet")]
    {
        let batch = read::<T>(parquet(records));
        assert_eq!(batch.report.refused, []);
        assert_eq!(batch.accepted, records);
    }
}

#[test]
fn synthetic_records_come_back_as_they_were() {
    let vocabulary = Vocabulary::starter();
    for regime in Regime::ALL {
        let settings =
            Settings { candidates: 300, vacancies: 300, seed: 3, regime, ..Settings::default() };
        check_round_trip(&candidates(&settings, &vocabulary).collect::<Vec<_>>());
        check_round_trip(&vacancies(&settings, &vocabulary).collect::<Vec<_>>());
    }
}

fn candidate(json: &str) -> Candidate {
    serde_json::from_str(json).unwrap()
}

#[test]
fn rare_records_come_back_as_they_were() {
    let texts = [
        "",
        " ",
        "=1+1",
        "+31",
        "-5",
        "@a",
        "{}",
        "[1]",
        "{\"a\":1}",
        "\"",
        "\"quoted\"",
        "a,b",
        "a\nb",
        "a\r\nb",
        "a\"b",
        "null",
        "true",
        "12",
        "é",
        "\u{FEFF}x",
        "a\\b",
        "\t",
        "|",
        ";",
    ];
    let people: Vec<Candidate> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| {
            let text = serde_json::to_string(text).unwrap();
            candidate(&format!(
                r#"{{"id":"c{number}","location":{{"municipality":{text},"site":{text}}},"experience":[{{"title":"kok","note":{text}}}],"permission":{{"purpose":{text}}}}}"#
            ))
        })
        .collect();
    check_round_trip(&people);
    check_round_trip(&[
        candidate(
            r#"{"id":"c1","residence":{},"location":{},"mobility":{},"relocation":{},"available":{},"hours":{},"wishes":{},"permission":{},"integration":{},"support":{}}"#,
        ),
        candidate(r#"{"id":"c2","residence":{"nl_work":{}},"wishes":{"hours":{}}}"#),
        candidate(r#"{"id":"c3"}"#),
        candidate(
            r#"{"id":"=c4","hours":{"min":22.5,"max":36.75},"slots":[],"languages":[{"code":"nl","level":{}},{"code":"en","level":{"min":"A1"}},{"code":"ar","level":{"min":"A1","max":"B2"},"speaking":"C1"}],"mobility":{"modes":[]},"turns_18_on":"2027-01-01"}"#,
        ),
    ]);
    let vacancy = |json: &str| -> Vacancy { serde_json::from_str(json).unwrap() };
    check_round_trip(&[
        vacancy(
            r#"{"id":"v1","employer":{},"location":{},"hours":{"min":1},"pool":{},"wage":{},"require":{},"twv":{},"transport":{}}"#,
        ),
        vacancy(
            r#"{"id":"v2","title":"kok","require":{"work_level":3,"education_level":"mbo2","education_field":{"code":"1013"},"years":2,"languages":[{"code":"nl","min":"A1","or":[{"code":"en","min":"B1"}]},{"code":"en","min":"A1","or":[]}],"registration":{"register":"big"},"skills":[]},"wage":{"min":14.5}}"#,
        ),
    ]);
}

/// Path and code of each refused row, with line and column.
fn refused<T: Record>(text: &str) -> Vec<(u64, Option<u64>, String, Code)> {
    let refused = read::<T>(text).report.refused;
    refused.into_iter().map(|row| (row.line, row.column, row.path, row.code)).collect()
}

#[track_caller]
fn check_refused(text: &str, expected: &[(u64, Option<u64>, &str, Code)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(line, column, path, code)| (*line, *column, (*path).to_owned(), *code))
        .collect();
    assert_eq!(refused::<Candidate>(text), expected);
}

#[test]
fn a_mistake_in_a_table_is_told_by_line_and_column() {
    check_refused(
        "id,hours.min,student\nc1,90,true\nc2,8,ja\nc3,veel,\n\nc4,8,false\n,8,\n",
        &[
            (2, Some(4), "hours.min", Code::OutOfRange),
            (3, Some(6), "student", Code::WrongType),
            (4, Some(4), "hours.min", Code::WrongType),
            (7, Some(1), "id", Code::MissingKey),
        ],
    );
    check_refused(
        "id,location.site,skills\nc1,\"a\n\"\"b\"\"\",\"[{\"\"label\"\":3}]\"\nc2,é,\"[{\"\"label\"\":\"\"koken\"\"}\"\n",
        &[(2, None, "skills[0].label", Code::WrongType), (4, Some(6), "skills", Code::WrongType)],
    );
    check_refused(
        "id,work_level\nc1,3,4\nc2\nc3,\"3\nc4,4\n",
        &[
            (2, Some(1), "", Code::UnevenRow),
            (3, Some(1), "", Code::UnevenRow),
            (4, Some(1), "", Code::UnevenRow),
        ],
    );
}

#[test]
fn a_column_that_may_not_stand_there_makes_every_row_wrong() {
    check_refused(
        "id,nationality,skills\nc1,,\nc2,x,[]\n",
        &[
            (2, Some(4), "nationality", Code::ProtectedAttribute),
            (3, Some(4), "nationality", Code::ProtectedAttribute),
        ],
    );
    check_refused("id,bsn\nc1,\n", &[(2, Some(4), "bsn", Code::NationalNumber)]);
    check_refused("id,skils\nc1,\n", &[(2, Some(4), "skils", Code::UnknownKey)]);
    check_refused("id,hours.mim\nc1,\n", &[(2, Some(4), "hours.mim", Code::UnknownKey)]);
    check_refused("id,hours,hours.min\nc1,{},3\n", &[(2, Some(7), "hours", Code::DuplicateKey)]);
    check_refused("id,x_note,x_a.b\nc1,\"a,b\",3\n", &[]);
    let hint = &read::<Candidate>("id,skils\nc1,\n").report.refused[0].hint.en;
    assert!(hint.contains("Did you mean `skills`?"), "{hint}");
}

#[test]
fn a_mistake_has_the_same_words_in_json_and_in_a_table() {
    let words = |batch: Batch<Candidate>| -> Vec<_> {
        let refused = batch.report.refused.into_iter();
        refused.map(|row| (row.record, row.path, row.code, row.rule, row.hint)).collect()
    };
    let json = read(
        "{\"id\":\"c1\",\"residence\":{\"status\":\"x\"}}\n{\"id\":\"c2\",\"turns_18_on\":\"1-1-2027\"}\n{\"id\":\"123456782\"}\n{\"id\":\"c4\",\"hours\":{\"min\":9,\"max\":8}}\n{\"id\":\"c4\"}\n{\"id\":\"c5\"}\n{\"id\":\"c5\",\"student\":true}\n",
    );
    let table = read(
        "id,residence.status,turns_18_on,hours.min,hours.max,student\nc1,x,,,,\nc2,,1-1-2027,,,\n123456782,,,,,\nc4,,,9,8,\nc4,,,,,\nc5,,,,,\nc5,,,,,true\n",
    );
    let mut words = [words(json), words(table)];
    // The lines of duplicates count the header.
    for row in words.iter_mut().flatten().filter(|row| row.2 == Code::DuplicateId) {
        row.4 = passend::Text::default();
    }
    assert_eq!(words[0], words[1]);
    assert_eq!(words[0].len(), 6);
}

/// What a page of the documentation shows in its block of this kind.
fn shown(page: &str, kind: &str) -> Vec<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
    let text = std::fs::read_to_string(path).unwrap();
    let (_, block) = text.split_once(&format!("```{kind}\n")).unwrap();
    block.split_once("```").unwrap().0.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_page_about_the_table_shows_every_column() {
    let names = |bytes: Vec<u8>| -> Vec<String> {
        String::from_utf8(bytes).unwrap().trim_end().split(',').map(str::to_owned).collect()
    };
    assert_eq!(shown("records-csv.md", "candidate"), names(csv::<Candidate>(&[])));
    assert_eq!(shown("records-csv.md", "vacancy"), names(csv::<Vacancy>(&[])));
}

#[test]
fn a_table_from_elsewhere_is_named() {
    for text in [
        "id;hours.min\nc1;8\n",
        "Cliëntnummer,Naam,Uren\n1,x,8\n",
        "id,foo,bar\n1,2,3\n",
        "naam,geslacht\nx,v\n",
    ] {
        let error = read_records::<Candidate>(text.as_bytes(), "file", OnRefusal::Continue);
        assert_eq!(error.unwrap_err().code(), Code::Table, "{text}");
    }
}

/// Many lines with a mistake here and there, ids that come back far away, and an endless line.
fn large(candidate: impl Fn(usize) -> String) -> String {
    (0..20_000).map(candidate).collect()
}

#[track_caller]
fn check_threads(text: &str) {
    let read = |threads| {
        let reading = Reading { on_refusal: OnRefusal::Continue, threads };
        read_records_with::<Candidate>(text.as_bytes(), "file", reading).unwrap()
    };
    let alone = read(1);
    assert!(alone.report.refused.len() > 20, "{}", alone.report.refused.len());
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for refused in &alone.report.refused {
        let before = lines.iter().take(usize::try_from(refused.line).unwrap() - 1);
        let begin = before.map(|line| line.len()).sum::<usize>();
        let at = usize::try_from(refused.byte).unwrap();
        assert!((begin..begin + 100).contains(&at), "{refused:?} after {begin}");
    }
    for threads in [2, 3, 0] {
        assert!(read(threads) == alone, "{threads} threads");
    }
    let first = |threads| {
        let reading = Reading { on_refusal: OnRefusal::Stop, threads };
        read_records_with::<Candidate>(text.as_bytes(), "file", reading).unwrap().report
    };
    assert_eq!(first(1).refused.len(), 1);
    assert_eq!(first(2), first(1));
}

#[test]
fn json_lines_give_the_same_report_with_any_number_of_threads() {
    check_threads(&large(|number| match number % 1_000 {
        7 => format!("{{\"id\":\"c{number}\",\"skils\":[]}}\n"),
        8 => "\n  \n".to_owned(),
        9 if number > 15_000 => format!("{{\"id\":\"c{}\",\"student\":true}}\n", number - 10_000),
        10 if number == 10_010 => format!("{{\"id\":\"{}\"}}\n", "x".repeat(3 << 20)),
        _ => format!("{{\"id\":\"c{number}\",\"location\":{{\"site\":\"é{number}\"}}}}\n"),
    }));
}

#[test]
fn a_table_gives_the_same_report_with_any_number_of_threads() {
    check_threads(&format!(
        "id,location.site,student\n{}",
        large(|number| match number % 1_000 {
            7 => format!("c{number},,perhaps\n"),
            8 => "\n\r\n".to_owned(),
            9 if number > 15_000 => format!("c{},,true\n", number - 10_000),
            10 if number == 10_010 => format!("c{number},\"{}\n", "x".repeat(3 << 20)),
            _ => format!("c{number},\"é,\n\"\"{number}\"\"\",\r\n"),
        })
    ));
}

#[cfg(feature = "parquet")]
mod columns {
    use std::sync::Arc;

    use arrow_array::{
        ArrayRef, BooleanArray, Float64Array, Int64Array, LargeStringArray, RecordBatch,
        StringArray,
    };
    use arrow_schema::{DataType, Field};
    use bytes::Bytes;
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    fn file(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.into_inner().unwrap()
    }

    /// Each column and its type, in words.
    fn schema<T: Record + Clone>() -> Vec<String> {
        fn name(kind: &DataType) -> String {
            match kind {
                DataType::Utf8 => "text".to_owned(),
                DataType::Int32 => "int32".to_owned(),
                DataType::Float64 => "float64".to_owned(),
                DataType::Boolean => "bool".to_owned(),
                DataType::Date32 => "date32".to_owned(),
                DataType::List(item) => format!("[{}]", name(item.data_type())),
                DataType::Struct(fields) => {
                    let fields: Vec<_> = fields
                        .iter()
                        .map(|field| format!("{}:{}", field.name(), name(field.data_type())))
                        .collect();
                    format!("{{{}}}", fields.join(","))
                }
                other => panic!("{other}"),
            }
        }
        let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(parquet::<T>(&[])));
        let schema = reader.unwrap().schema().clone();
        let line = |field: &Arc<Field>| format!("{}:{}", field.name(), name(field.data_type()));
        schema.fields().iter().map(line).collect()
    }

    #[test]
    fn the_page_about_parquet_shows_every_column() {
        assert_eq!(shown("records-parquet.md", "candidate"), schema::<Candidate>());
        assert_eq!(shown("records-parquet.md", "vacancy"), schema::<Vacancy>());
    }

    fn text(cells: &[Option<&str>]) -> ArrayRef {
        Arc::new(StringArray::from(cells.to_vec()))
    }

    #[test]
    fn a_mistake_in_parquet_is_told_by_row_and_column() {
        let bytes = file(vec![
            ("id", text(&[Some("c1"), Some("c2"), None])),
            ("work_level", Arc::new(Int64Array::from(vec![Some(3), Some(9), None]))),
        ]);
        let batch = read::<Candidate>(bytes);
        let rows: Vec<_> = batch
            .report
            .refused
            .iter()
            .map(|row| (row.line, row.record, row.column, row.path.as_str(), row.code))
            .collect();
        assert_eq!(
            rows,
            [(2, 2, None, "work_level", Code::OutOfRange), (3, 3, None, "id", Code::MissingKey)]
        );
    }

    #[test]
    fn a_column_that_may_never_enter_is_refused_by_name() {
        for (name, code) in [
            ("Nationaliteit", Code::ProtectedAttribute),
            ("BSN", Code::NationalNumber),
            ("skils", Code::UnknownKey),
        ] {
            let batch =
                read::<Candidate>(file(vec![("id", text(&[Some("c1")])), (name, text(&[None]))]));
            assert_eq!(batch.report.refused[0].code, code);
            assert_eq!(batch.report.refused[0].path, name);
        }
    }

    #[test]
    fn other_types_of_the_same_values_are_taken() {
        let batch = read::<Candidate>(file(vec![
            ("id", Arc::new(LargeStringArray::from(vec!["c1", "c2"]))),
            ("student", Arc::new(Float64Array::from(vec![Some(1.0), None]))),
            ("office_hours", Arc::new(BooleanArray::from(vec![None, Some(false)]))),
            ("work_level", Arc::new(Float64Array::from(vec![f64::NAN, 4.0]))),
            ("skills", text(&[Some("[{\"label\":\"koken\"}]"), Some("[]")])),
            ("x_own", text(&[Some("a"), None])),
        ]));
        assert_eq!(batch.report.refused, []);
        let expected = [
            candidate(r#"{"id":"c1","student":true,"skills":[{"label":"koken"}]}"#),
            candidate(r#"{"id":"c2","office_hours":false,"work_level":4,"skills":[]}"#),
        ];
        assert_eq!(batch.accepted, expected);
    }

    #[test]
    fn a_broken_file_is_named() {
        let whole = file(vec![("id", text(&[Some("c1"), Some("c2")]))]);
        for at in 4..whole.len() {
            let cut = whole.get(..at).unwrap();
            let error = read_records::<Candidate>(cut, "file", OnRefusal::Continue).unwrap_err();
            assert!(matches!(error, ReadError::Content(_)), "{error}");
            assert_eq!(error.code(), Code::BrokenParquet);
        }
    }

    #[test]
    fn many_rows_give_the_same_records_with_any_number_of_threads() {
        let people: Vec<_> =
            (0..20_000).map(|n| candidate(&format!("{{\"id\":\"c{n}\"}}"))).collect();
        let bytes = parquet(&people);
        for threads in [1, 2, 3] {
            let reading = Reading { on_refusal: OnRefusal::Continue, threads };
            let batch = read_records_with::<Candidate>(bytes.as_slice(), "file", reading).unwrap();
            assert!(batch.accepted == people);
            assert!(batch.lines.iter().copied().eq(1..=20_000));
        }
    }
}
