// SPDX-License-Identifier: EUPL-1.2
//! Tables of others as text: no panic, counts add up, each refused row has a line of the file, and the mapping that was
//! found reads again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Vacancy};
use passend_io::{ImportSettings, Mapping, Record, import_table};

/// Headers; the first byte of the input chooses one, or that the input has its own.
const HEADERS: [&str; 8] = [
    "",
    "nr;V-nummer;geb. datum;verblijfsstatus;status sinds;Spreken NL;rijbewijs;uren\n",
    "kandidaatnummer;postcode;CEFR;uren per week;jaren ervaring;beroep;beschikbaar vanaf\n",
    "id,talen,opleiding,vaardigheden,max km,vervoer\n",
    "",
    "vacaturenummer;functie;uren;salaris;postcode;sluitingsdatum;taaleis\n",
    "id\ttitle\tpositions\twage\tstarts\tskills\n",
    "sep=|\nnr|functie|gewenst niveau|rijbewijs|vca|ervaring\n",
];

fn check<T: Record>(bytes: &[u8]) {
    let settings = ImportSettings::on("2026-11-25".parse().unwrap());
    let Ok(imported) = import_table::<T>(bytes, "f", &settings) else { return };
    let report = &imported.batch.report;
    if imported.faults.is_empty() {
        assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    }
    assert!(report.refused.iter().all(|row| row.line > 0));
    Mapping::read(&imported.overview.mapping(), T::SIDE).unwrap();
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
