// SPDX-License-Identifier: EUPL-1.2
//! What writers promise: stable bytes, nothing that a spreadsheet would run, and files that are whole or not there.
#![cfg(test)] // so that the lints take helpers for tests too

use std::fs;
use std::io::Write;
use std::sync::Arc;

use passend::{
    Contributions, FindingKind, FindingLine, Gate, Lang, LeadTime, MatchLine, QuestionLine,
    Readiness, ReadinessClass, Side, StepLine, Text,
};
use passend_io::write::{Dialect, Headings, csv, jsonl, table};
use passend_io::{Access, AtomicFile, CreateError};

fn text(nl: &str, en: &str) -> Text {
    Text { nl: nl.into(), en: en.into() }
}

fn line() -> MatchLine {
    MatchLine {
        said: None,
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
                Arc::new(StepLine {
                    id: "certificate:vca_basic".into(),
                    owner: "candidate".into(),
                    days: LeadTime { min: 7, usual: 26, max: 45 },
                }),
                Arc::new(StepLine {
                    id: "twv".into(),
                    owner: "employer".into(),
                    days: LeadTime { min: 14, usual: 25, max: 35 },
                }),
            ]),
            questions: Some(vec![Arc::new(QuestionLine {
                field: "licences".into(),
                text: text("Rijbewijs?", "Licence?"),
            })]),
        },
        contributions: Contributions {
            skills: Some(3_500),
            occupation: Some(2_305),
            education: None,
            language: Some(1_000),
            travel: Some(500),
            wishes: Some(500),
        },
        findings: Some(vec![Arc::new(FindingLine {
            gate: Gate::WorkAuthorisation,
            finding: FindingKind::Needs,
            date: "2026-12-20".parse().ok(),
            step: Some("twv".into()),
            rule: Some("WA02".into()),
            text: text("Nodig: een TWV.", "Needed: a work permit."),
        })]),
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
    assert!(lines[0].starts_with("\u{FEFF}lijst van;kandidaat;vacature;plaats;"), "{}", lines[0]);
    assert_eq!(
        lines[1],
        "vacature;c1;'=v1;1;78,05;100,00;na stappen;20-12-2026;;certificate:vca_basic|twv;Rijbewijs?;35,00;23,05;;10,00;\
         5,00;5,00;Nodig: een TWV. [WA02];2;skills_derived"
    );
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

#[test]
fn a_second_run_waits_for_no_first() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out.jsonl");
    let first = AtomicFile::create(&target, Access::Usual).unwrap();
    assert!(matches!(AtomicFile::create(&target, Access::Usual), Err(CreateError::Busy)));
    let another = AtomicFile::create(folder.path().join("other"), Access::Usual).unwrap();
    assert!(first.temporary().unwrap().exists(), "another target leaves it alone");
    another.commit().unwrap();
    first.commit().unwrap();
    AtomicFile::create(&target, Access::Usual).unwrap().commit().unwrap();
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (target, other) = (folder.path().join("out"), folder.path().join("other"));
    fs::write(&target, "old").unwrap();
    let left = [&target, &other].map(|target| {
        let file = AtomicFile::create(target, Access::Usual).unwrap();
        file.temporary().unwrap().to_owned()
    });
    // As if the process was gone: the names are there, and nobody holds them.
    left.iter().for_each(|left| fs::write(left, "half").unwrap());
    let mut file = AtomicFile::create(&target, Access::Usual).unwrap();
    assert!(!left[1].exists());
    file.write_all(b"new").unwrap();
    file.commit().unwrap();
    assert_eq!(fs::read(&target).unwrap(), b"new");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn one_of_many_that_begin_at_one_moment_writes() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    let start = std::sync::Barrier::new(8);
    let written: usize = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    let file = AtomicFile::create(&target, Access::Usual);
                    start.wait(); // nobody ends before all have tried
                    file.is_ok_and(|file| file.commit().is_ok())
                })
            })
            .collect();
        runs.into_iter().map(|run| usize::from(run.join().unwrap())).sum()
    });
    assert_eq!(written, 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A writer whose disk is full after some bytes.
struct Full<W>(W, usize);

impl<W: Write> Write for Full<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.1 == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let some = &bytes[..bytes.len().min(self.1)];
        self.1 -= some.len();
        self.0.write(some)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

#[test]
fn a_disk_that_is_full_at_any_byte_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("out");
    fs::write(&target, "old").unwrap();
    let mut whole = Vec::new();
    csv(&mut whole, [&line()], Dialect::Plain).unwrap();
    for room in 0..whole.len() {
        let mut out = Full(AtomicFile::create(&target, Access::Usual).unwrap(), room);
        let error = csv(&mut out, [&line()], Dialect::Plain).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "after {room} bytes");
        drop(out);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
