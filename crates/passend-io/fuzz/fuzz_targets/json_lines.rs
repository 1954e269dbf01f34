// SPDX-License-Identifier: EUPL-1.2
//! Records as JSON: no panic, counts add up, and what was accepted reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{OnRefusal, Reading, Record, read_records_with, write};

fn check<T: Record + std::fmt::Debug>(bytes: &[u8]) {
    let reading = Reading { on_refusal: OnRefusal::Continue, threads: 1 };
    let Ok(batch) = read_records_with::<T>(bytes, "f", reading) else { return };
    let refused = batch.report.refused.len() as u64;
    assert_eq!(batch.report.read, batch.report.accepted + refused);
    let mut lines = Vec::new();
    write::jsonl(&mut lines, &batch.accepted).unwrap();
    if batch.accepted.is_empty() {
        return;
    }
    let again = read_records_with::<T>(lines.as_slice(), "f", reading).unwrap();
    assert_eq!(again.accepted, batch.accepted);
}

// The length chooses the side: a space behind is another one.
fuzz_target!(|bytes: &[u8]| match bytes.len() % 2 {
    0 => check::<Candidate>(bytes),
    _ => check::<Vacancy>(bytes),
});
