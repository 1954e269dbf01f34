// SPDX-License-Identifier: EUPL-1.2
//! JSON Resume: no panic, and counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::Candidate;
use passend_io::{ImportOptions, MessageFormat, import_messages};

fn check(bytes: &[u8]) {
    let options = ImportOptions { as_of: "2026-11-25".parse().ok(), ..ImportOptions::default() };
    let read = import_messages::<Candidate>(MessageFormat::JsonResume, bytes, "f", &options);
    let Ok(imported) = read else { return };
    let report = &imported.batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
}

// The length chooses: as it is, or with a section that makes it a CV.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 2 {
    0 => check(bytes),
    _ => check(&[b"{\"basics\":{},".as_slice(), bytes, b"}"].concat()),
});
