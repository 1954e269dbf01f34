// SPDX-License-Identifier: EUPL-1.2
//! Records as CSV with the columns of the schema: no panic, and counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{OnRefusal, Reading, Record, read_records_with};

/// Headers that are recognised; the first byte of the input chooses one, or that the input has its own.
const HEADERS: [&str; 8] = [
    "",
    "id,work_level,hours.min\n",
    "id,languages,skills\n",
    "id,residence.status,residence.document_valid_until,mobility.max_km\n",
    "",
    "id,title,positions\n",
    "id,require.languages,closes\n",
    "id,location.postcode,wage.min,slots\n",
];

fn check<T: Record>(bytes: &[u8]) {
    let reading = Reading { on_refusal: OnRefusal::Continue, threads: 1 };
    let Ok(batch) = read_records_with::<T>(bytes, "f", reading) else { return };
    let refused = batch.report.refused.len() as u64;
    assert_eq!(batch.report.read, batch.report.accepted + refused);
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let at = usize::from(*choice) % HEADERS.len();
    let text = [HEADERS[at].as_bytes(), rest].concat();
    match at {
        ..4 => check::<Candidate>(&text),
        _ => check::<Vacancy>(&text),
    }
});
