// SPDX-License-Identifier: EUPL-1.2
//! VUM messages: no panic, counts add up, and what was accepted is exported as it was: a second round changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{
    Crosswalk, ImportOptions, MessageFormat, Record, VumVersion, export_vum, import_messages,
};

fn check<T: Record + std::fmt::Debug>(bytes: &[u8], format: MessageFormat, version: VumVersion) {
    let options = ImportOptions::default();
    let Ok(first) = import_messages::<T>(format, bytes, "f", &options) else { return };
    let report = &first.batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    let exported =
        export_vum(&first.batch.accepted, version, &first.sidecar, &Crosswalk::default());
    if exported.messages.is_empty() {
        return;
    }
    let text = serde_json::to_vec(&exported.messages).unwrap();
    let second = import_messages::<T>(format, &text, "f", &options).unwrap();
    assert_eq!(second.batch.report.refused, [], "{}", String::from_utf8_lossy(&text));
    let again = export_vum(&second.batch.accepted, version, &second.sidecar, &Crosswalk::default());
    assert_eq!(again.messages, exported.messages);
}

// The length chooses side and version: a space behind is another one.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 4 {
    0 => check::<Candidate>(bytes, MessageFormat::Vum3, VumVersion::Three),
    1 => check::<Vacancy>(bytes, MessageFormat::Vum3, VumVersion::Three),
    2 => check::<Candidate>(bytes, MessageFormat::Vum2, VumVersion::Two),
    _ => check::<Vacancy>(bytes, MessageFormat::Vum2, VumVersion::Two),
});
