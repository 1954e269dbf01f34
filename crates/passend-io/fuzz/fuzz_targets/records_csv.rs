// SPDX-License-Identifier: EUPL-1.2
//! Records as CSV with the columns of the schema: no panic, and counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{OnRefusal, Reading, Record, read_records_with};

/// Headers that are recognised; the first byte of the input chooses one.
const HEADERS: [&str; 4] = [
    "id,work_level,hours.min\n",
    "id,languages,skills\n",
    "id,title,positions\n",
    "id,require.languages,closes\n",
];

fn check<T: Record>(bytes: &[u8]) {
    let reading = Reading { on_refusal: OnRefusal::Continue, threads: 1 };
    let Ok(batch) = read_records_with::<T>(bytes, "f", reading) else { return };
    let refused = batch.report.refused.len() as u64;
    assert_eq!(batch.report.read, batch.report.accepted + refused);
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let mut text = HEADERS[usize::from(*choice) % HEADERS.len()].as_bytes().to_vec();
    text.extend_from_slice(rest);
    check::<Candidate>(&text);
    check::<Vacancy>(&text);
    check::<Candidate>(bytes);
});
