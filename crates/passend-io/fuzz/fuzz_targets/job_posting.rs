// SPDX-License-Identifier: EUPL-1.2
//! Vacancies of schema.org in JSON-LD and in saved pages: no panic, and counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::Vacancy;
use passend_io::{ImportOptions, MessageFormat, import_messages};

fn check(bytes: &[u8]) {
    let options = ImportOptions::default();
    let read = import_messages::<Vacancy>(MessageFormat::JobPosting, bytes, "f", &options);
    let Ok(imported) = read else { return };
    let report = &imported.batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
}

// The length chooses: as it is, or with what is hard to find around it.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 3 {
    0 => check(bytes),
    1 =>
        check(&[b"<script type=\"application/ld+json\">".as_slice(), bytes, b"</script>"].concat()),
    _ => check(&[b"{\"@type\":\"JobPosting\",".as_slice(), bytes, b"}"].concat()),
});
