// SPDX-License-Identifier: EUPL-1.2
//! `docs/errors.md` holds every code with its texts, and each of its examples causes its code.
//!
//! Examples that need the program are run by the tests of the program, those that call the C library by its own.
#![cfg(test)] // so that the lints take helpers for tests too

mod xlsx;

use std::collections::BTreeMap;

use passend::{Candidate, Vacancy};
use passend_io::{
    Code, ImportOptions, ImportSettings, LongKind, LongTable, MessageFormat, OnRefusal, Reading,
    Record, Report, import_messages, import_table, read_events, read_records,
};

const DOCS: &str = include_str!("../../../docs/errors.md");

/// The section of each code, by its heading.
fn sections() -> BTreeMap<&'static str, &'static str> {
    DOCS.split("\n### ").skip(1).filter_map(|section| section.split_once('\n')).collect()
}

/// The kind and content of the example in a section.
fn example(section: &str) -> (&str, &str) {
    let block = section.split_once("```").expect("an example").1;
    let block = block.split_once("```").expect("an end of the example").0;
    block.split_once('\n').expect("a kind on the first line")
}

#[test]
fn every_code_is_documented_in_order_with_its_texts() {
    let headings: Vec<_> = DOCS
        .split("\n### ")
        .skip(1)
        .filter_map(|section| Some(section.split_once('\n')?.0.to_owned()))
        .collect();
    let expected: Vec<_> =
        Code::ALL.iter().map(|code| format!("{} `{}`", code.id(), code.name())).collect();
    assert_eq!(headings, expected);
    let sections = sections();
    for (code, heading) in Code::ALL.iter().zip(&expected) {
        let section = sections[heading.as_str()];
        let hint = code.hint();
        for text in [format!("Expected: {}.", code.rule()), hint.nl, hint.en] {
            assert!(section.contains(&text), "{heading}: {text}");
        }
    }
}

#[test]
fn every_example_causes_its_code() {
    for code in Code::ALL {
        let heading = format!("{} `{}`", code.id(), code.name());
        let (kind, content) = example(sections()[heading.as_str()]);
        if let Some(form) = kind.strip_prefix("message ") {
            let content = content.strip_suffix('\n').unwrap_or(content);
            let codes = caused_by_message(form, &unescaped(content));
            assert!(codes.contains(code), "{heading} caused {codes:?}");
            continue;
        }
        let bytes = match kind.split_once(' ') {
            Some(("jsonl", _)) => content.as_bytes().to_vec(),
            Some(("bytes", _)) => unescaped(content.strip_suffix('\n').unwrap_or(content)),
            Some((form @ ("table" | "workbook" | "beside"), _)) => {
                let codes = caused_by_import(form, content.strip_suffix('\n').unwrap_or(content));
                assert!(codes.contains(code), "{heading} caused {codes:?}");
                continue;
            }
            _ => {
                let elsewhere = ["program", "call", "call stopped", "call late"];
                assert!(elsewhere.contains(&kind), "{heading}: {kind}");
                continue;
            }
        };
        let codes = if kind.ends_with("event") {
            caused_by_events(&bytes)
        } else if kind.ends_with("vacancy") {
            caused::<Vacancy>(&bytes)
        } else {
            caused::<Candidate>(&bytes)
        };
        assert!(codes.contains(code), "{heading} caused {codes:?}");
    }
}

fn caused_by_events(bytes: &[u8]) -> Vec<Code> {
    let as_of = "2026-11-25".parse().unwrap();
    let batch = read_events(bytes, "example", as_of, Reading::default()).unwrap();
    let refused = batch.report.refused.iter().map(|refused| refused.code);
    refused.chain(batch.report.warnings.iter().map(|warning| warning.code)).collect()
}

fn caused<T: Record>(bytes: &[u8]) -> Vec<Code> {
    match read_records::<T>(bytes, "example", OnRefusal::Continue) {
        Err(error) => vec![error.code()],
        Ok(batch) => {
            let refused = batch.report.refused.iter().map(|refused| refused.code);
            refused.chain(batch.report.warnings.iter().map(|warning| warning.code)).collect()
        }
    }
}

/// What the import of a table causes; of `beside` the second part is a file of skills.
fn caused_by_import(form: &str, content: &str) -> Vec<Code> {
    let parts: Vec<&str> = content.split("\n\n").collect();
    let names = ["Blad1", "Blad2"];
    let (table, skills) = match form {
        "workbook" => {
            let sheets: Vec<_> =
                names.iter().zip(&parts).map(|(name, xml)| (*name, (*xml).to_owned())).collect();
            (xlsx::workbook(&sheets), None)
        }
        "beside" => (unescaped(parts[0]), Some(unescaped(parts[1]))),
        _ => (unescaped(content), None),
    };
    let skills: Vec<LongTable<'_>> = skills
        .iter()
        .map(|bytes| LongTable { kind: LongKind::Skills, name: "skills", bytes })
        .collect();
    let settings =
        ImportSettings { beside: &skills, ..ImportSettings::on("2026-11-25".parse().unwrap()) };
    match import_table::<Candidate>(&table, "example", &settings) {
        Err(error) => vec![error.source.code()],
        Ok(imported) => {
            let of = |report: &Report| {
                let refused = report.refused.iter().map(|refused| refused.code);
                refused
                    .chain(report.warnings.iter().map(|warning| warning.code))
                    .collect::<Vec<_>>()
            };
            let reports = imported.beside.iter().flat_map(of);
            let faults = imported.faults.iter().map(passend_io::ReadError::code);
            of(&imported.batch.report).into_iter().chain(reports).chain(faults).collect()
        }
    }
}

fn caused_by_message(form: &str, bytes: &[u8]) -> Vec<Code> {
    let (format, side) = form.split_once(' ').unwrap();
    let format = match format {
        "vum3" => MessageFormat::Vum3,
        "jobposting" => MessageFormat::JobPosting,
        "europass" => MessageFormat::Europass,
        "jsonresume" => MessageFormat::JsonResume,
        other => panic!("{other}"),
    };
    let options = ImportOptions::default();
    let report = if side == "candidate" {
        import_messages::<Candidate>(format, bytes, "example", &options)
            .map(|read| read.batch.report)
    } else {
        import_messages::<Vacancy>(format, bytes, "example", &options).map(|read| read.batch.report)
    };
    match report {
        Err(error) => vec![error.code()],
        Ok(report) => {
            let refused = report.refused.iter().map(|refused| refused.code);
            refused.chain(report.warnings.iter().map(|warning| warning.code)).collect()
        }
    }
}

/// Reads `\x00`, `\n`, `\\` and `{a*9}`.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let after = rest.strip_prefix(first).unwrap();
        rest = match first {
            '\\' if after.starts_with('x') => {
                bytes.push(u8::from_str_radix(after.get(1..3).unwrap(), 16).unwrap());
                after.get(3..).unwrap()
            }
            '\\' => {
                bytes.push(if after.starts_with('n') { b'\n' } else { b'\\' });
                after.get(1..).unwrap()
            }
            '{' if after.get(1..2) == Some("*") => {
                let (times, behind) = after.get(2..).unwrap().split_once('}').unwrap();
                let letter = after.as_bytes()[0];
                bytes.extend(std::iter::repeat_n(letter, times.parse().unwrap()));
                behind
            }
            _ => {
                bytes.extend_from_slice(first.encode_utf8(&mut [0; 4]).as_bytes());
                after
            }
        };
    }
    bytes
}
