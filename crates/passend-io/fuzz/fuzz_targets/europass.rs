// SPDX-License-Identifier: EUPL-1.2
//! Europass XML: no panic, and counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::Candidate;
use passend_io::{ImportOptions, MessageFormat, import_messages};

fn check(bytes: &[u8]) {
    let options = ImportOptions { as_of: "2026-11-25".parse().ok(), ..ImportOptions::default() };
    let read = import_messages::<Candidate>(MessageFormat::Europass, bytes, "f", &options);
    let Ok(imported) = read else { return };
    let report = &imported.batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
}

// The length chooses: as it is, or within the first element of one of the forms.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 3 {
    0 => check(bytes),
    1 => check(&[b"<Candidate>".as_slice(), bytes, b"</Candidate>"].concat()),
    _ => check(&[b"<SkillsPassport>".as_slice(), bytes, b"</SkillsPassport>"].concat()),
});
