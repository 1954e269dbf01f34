// SPDX-License-Identifier: EUPL-1.2
//! Files that stand beside those of people and work: no panic, whatever they hold.
#![no_main]

use libfuzzer_sys::fuzz_target;
use passend::{Candidate, Side};
use passend_io::{
    Crosswalk, ImportSettings, LongKind, LongTable, Mapping, OnRefusal, Reading, Sidecar,
    VocabularyFile, VocabularyUse, import_table, read_audit, read_changes, read_events,
    read_households, read_listed, read_places, read_quotas, read_runs, read_vocabulary,
};

const KINDS: [LongKind; 4] =
    [LongKind::Skills, LongKind::Languages, LongKind::Diplomas, LongKind::Experience];

fn events(bytes: &[u8]) {
    let reading = Reading { on_refusal: OnRefusal::Continue, threads: 1 };
    let as_of = "2026-11-25".parse().unwrap();
    let Ok(batch) = read_events(bytes, "f", as_of, reading) else { return };
    let report = &batch.report;
    assert_eq!(report.read, report.accepted + report.refused.len() as u64);
}

fn long_table(kind: LongKind, bytes: &[u8]) {
    let beside = [LongTable { kind, name: "beside", bytes }];
    let settings =
        ImportSettings { beside: &beside, ..ImportSettings::on("2026-11-25".parse().unwrap()) };
    let table = b"nr;beroep\n1;kok\n2;lasser\n";
    let Ok(imported) = import_table::<Candidate>(table, "f", &settings) else { return };
    for report in &imported.beside {
        assert_eq!(report.read, report.accepted + report.refused.len() as u64);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, rest)) = bytes.split_first() else { return };
    match choice % 17 {
        0 => drop(read_places(rest)),
        1 => drop(read_quotas(rest)),
        2 => drop(read_households(rest)),
        3 => drop(read_changes(rest)),
        4 => drop(read_listed(rest)),
        5 => drop(read_audit(rest)),
        6 => drop(read_runs(rest)),
        7 => drop(Sidecar::read(rest)),
        8 => drop(Crosswalk::read(rest)),
        9 | 10 => {
            let side = if *choice == 9 { Side::Candidate } else { Side::Vacancy };
            if let Ok(text) = std::str::from_utf8(rest) {
                drop(Mapping::read(text, side));
            }
        }
        11 => {
            let files = [VocabularyFile { name: "f", bytes: rest.into() }];
            drop(read_vocabulary(files, VocabularyUse::Matching));
        }
        12 => events(rest),
        at => long_table(KINDS[usize::from(at - 13)], rest),
    }
});
