// SPDX-License-Identifier: EUPL-1.2
//! What writers promise: stable bytes, nothing that a spreadsheet would run, and files that are whole or not there.
#![cfg(test)] // so that the lints take helpers for tests too

use std::fs;
use std::io::Write;

use passend::{
    Contributions, FindingKind, FindingLine, Gate, Lang, LeadTime, MatchLine, QuestionLine,
    Readiness, ReadinessClass, Side, StepLine, Text,
};
use passend_io::write::{Dialect, Headings, csv, jsonl, table};
use passend_io::{Access, AtomicFile};

fn text(nl: &str, en: &str) -> Text {
    Text { nl: nl.into(), en: en.into() }
}

fn line() -> MatchLine {
    MatchLine {
        by: None,
        candidate: "c1".into(),
        vacancy: "=v1".into(),
        rank: 1,
        score: 7_805,
        score_max: 10_000,
        readiness: Readiness {
            class: ReadinessClass::After,
            date: "2026-12-20".parse().ok(),
            until: None,
            steps: Some(vec![
                StepLine {
                    id: "certificate:vca_basic".into(),
                    owner: "candidate".into(),
                    days: LeadTime { min: 7, usual: 26, max: 45 },
                },
                StepLine {
                    id: "twv".into(),
                    owner: "employer".into(),
                    days: LeadTime { min: 14, usual: 25, max: 35 },
                },
            ]),
            questions: Some(vec![QuestionLine {
                field: "licences".into(),
                text: text("Rijbewijs?", "Licence?"),
            }]),
        },
        contributions: Contributions {
            skills: Some(3_500),
            occupation: Some(2_305),
            education: None,
            language: Some(1_000),
            travel: Some(500),
            wishes: Some(500),
        },
        findings: Some(vec![FindingLine {
            gate: Gate::WorkAuthorisation,
            finding: FindingKind::Needs,
            date: "2026-12-20".parse().ok(),
            step: Some("twv".into()),
            rule: Some("WA02".into()),
            text: text("Nodig: een TWV.", "Needed: a work permit."),
        }]),
        tie_group: 2,
        flags: vec!["skills_derived"],
    }
}

#[test]
fn csv_is_flat_and_harmless() {
    let mut out = Vec::new();
    csv(&mut out, [&line()], Dialect::Plain).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "candidate,vacancy,rank,score,score_max,class,date,until,steps,questions,skills,occupation,education,language,\
         travel,wishes,findings,tie_group,flags\n\
         c1,'=v1,1,7805,10000,after,2026-12-20,,certificate:vca_basic|twv,licences,3500,2305,,1000,500,500,\
         work_authorisation:needs,2,skills_derived\n"
    );
}

#[test]
fn csv_nl_opens_in_a_dutch_spreadsheet() {
    let mut out = Vec::new();
    csv(&mut out, [&MatchLine { by: Some(Side::Vacancy), ..line() }], Dialect::Dutch).unwrap();
    let text = String::from_utf8(out).unwrap();
    let lines: Vec<_> = text.split("\r\n").collect();
    assert!(lines[0].starts_with("\u{FEFF}by;candidate;vacancy;"), "{}", lines[0]);
    assert!(lines[1].starts_with("vacancy;c1;'=v1;1;78,05;100,00;after;"), "{}", lines[1]);
    assert_eq!(lines[2], "");
}

#[test]
fn no_lines_still_have_a_header() {
    let mut out = Vec::new();
    csv(&mut out, [] as [MatchLine; 0], Dialect::Plain).unwrap();
    assert!(out.starts_with(b"candidate,vacancy,"));
    let mut out = Vec::new();
    jsonl(&mut out, [0; 0]).unwrap();
    assert!(out.is_empty());
}

#[test]
fn a_table_says_why_in_the_language_of_the_reader() {
    let mut out = Vec::new();
    let headings =
        Headings { by: Side::Candidate, titles: &[("=v1", "Kok \u{1B}[31m")], lang: Lang::Nl };
    table(&mut out, [&line()], headings).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "c1\n   1   78,05  rond 20 december 2026   =v1  Kok [31m\n              · Nodig: een TWV. [WA02]\n"
    );
}

#[test]
fn a_file_is_whole_or_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.jsonl");
    let names = || fs::read_dir(folder.path()).unwrap().count();

    let mut file = AtomicFile::create(&target, Access::Usual).unwrap();
    file.write_all(b"half").unwrap();
    assert!(!target.exists());
    drop(file);
    assert_eq!(names(), 0);

    fs::write(&target, "old").unwrap();
    let mut file = AtomicFile::create(&target, Access::Usual).unwrap();
    file.write_all(b"new").unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"old");
    file.commit().unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"new");
    assert_eq!(names(), 1);
}

#[test]
fn a_file_in_a_folder_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(AtomicFile::create(folder.path().join("no/out"), Access::Usual).is_err());
    assert!(AtomicFile::create(folder.path(), Access::Usual).is_err());
}

#[cfg(unix)]
#[test]
fn links_devices_and_permissions_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let (target, link) = (folder.path().join("target"), folder.path().join("link"));
    fs::write(&target, "old").unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&target, &link).unwrap();
    let mut file = AtomicFile::create(&link, Access::Usual).unwrap();
    file.write_all(b"new").unwrap();
    file.commit().unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&target).unwrap(), b"new");
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);

    let mut null = AtomicFile::create("/dev/null", Access::Usual).unwrap();
    null.write_all(b"gone").unwrap();
    null.commit().unwrap();
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());

    let secret = folder.path().join("secret");
    AtomicFile::create(&secret, Access::Owner).unwrap().commit().unwrap();
    assert_eq!(fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o600);
}
