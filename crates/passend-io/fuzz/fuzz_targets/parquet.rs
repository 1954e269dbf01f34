// SPDX-License-Identifier: EUPL-1.2
//! Records as Parquet: an error or records, whose counts add up, and never an end of the program.
//!
//! The input says which bytes of a good file are others; one input of four is the file itself.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{OnRefusal, Reading, Record, read_records_with, write};

const CANDIDATES: &str = r#"{"id":"c1","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15"},"location":{"municipality":"Groningen"},"mobility":{"max_km":30},"hours":{"min":16,"max":40},"languages":[{"code":"nl","level":"A2"}],"experience":[{"title":"kok","months":36}],"skills":[{"label":"koken"}]}
{"id":"c2","education":[],"licences":["B"]}
"#;
const VACANCIES: &str = r#"{"id":"v1","title":"kok","positions":1,"hours":{"min":24,"max":36},"require":{"languages":[{"code":"nl","min":"A2","weight":"must"}],"skills":[{"label":"koken","weight":"must"}]}}
"#;

fn written<T: Record>(lines: &str) -> Vec<u8> {
    let reading = Reading { on_refusal: OnRefusal::Stop, threads: 1 };
    let records = read_records_with::<T>(lines.as_bytes(), "f", reading).unwrap().accepted;
    let mut out = Vec::new();
    write::records_parquet(&mut out, records).unwrap();
    out
}

/// Three bytes for each change: where, counted from the end of the file, and what stands there.
fn changed(good: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    let (triples, _) = changes.as_chunks::<3>();
    for [high, low, value] in triples {
        let back = usize::from(u16::from_be_bytes([*high, *low])) % bytes.len() + 1;
        let at = bytes.len() - back;
        bytes[at] = *value;
    }
    bytes
}

fn check<T: Record>(bytes: &[u8]) {
    let reading = Reading { on_refusal: OnRefusal::Continue, threads: 1 };
    let Ok(batch) = read_records_with::<T>(bytes, "f", reading) else { return };
    let refused = batch.report.refused.len() as u64;
    assert_eq!(batch.report.read, batch.report.accepted + refused);
}

static GOOD: OnceLock<[Vec<u8>; 2]> = OnceLock::new();

fn good() -> &'static [Vec<u8>; 2] {
    GOOD.get_or_init(|| [written::<Candidate>(CANDIDATES), written::<Vacancy>(VACANCIES)])
}

// What the reader catches is no finding, so the hook that ends the program at once is put away; what it does not catch ends
// the program all the same.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| match bytes.len() % 4 {
    0 => check::<Candidate>(&[b"PAR1".as_slice(), bytes].concat()),
    1 => check::<Vacancy>(&changed(&good()[1], bytes)),
    _ => check::<Candidate>(&changed(&good()[0], bytes)),
});
