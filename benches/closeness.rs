// SPDX-License-Identifier: EUPL-1.2
//! How well closeness of occupations finds what O*NET calls related: the mean average precision over a table of queries.
//!
//! `cargo bench -p passend-benches --bench closeness`. Reads ESCO and the development table from a folder of data that is
//! not part of the project: `PASSEND_SHARED`, else `../shared` beside it; says so when it is not there.
#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "a measurement without its data has nothing to measure")]
#![expect(clippy::print_stdout, reason = "what was measured is printed")]
#![expect(clippy::float_arithmetic, reason = "a mean of fractions; nothing is scored with it")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use passend::Vocabulary;
use passend_io::esco::{File, Options, is_read, read_esco};

fn main() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("PASSEND_SHARED").map_or(beside, PathBuf::from).join("data");
    let table = shared.join("quality/dev/transfer_onet.tsv.gz");
    if !table.exists() {
        println!("skipped: {} is not there", table.display());
        return;
    }
    let started = Instant::now();
    let vocabulary = esco(&shared.join("esco"));
    println!("{}: built in {} ms", vocabulary.version(), started.elapsed().as_millis());
    let pack = vocabulary.to_pack();
    let started = Instant::now();
    let opened = Vocabulary::from_pack(&pack).expect("a pack that was just made");
    println!("pack of {} kB: opened in {} us", pack.len() / 1_000, started.elapsed().as_micros());
    let table = text(&table);
    for k in [10, 50, 100, 200, usize::MAX] {
        let mean = mean_average_precision(&opened, &table, k);
        let first = if k == usize::MAX { "all".to_owned() } else { format!("first {k}") };
        println!("transfer_onet MAP, {first}: {mean:.4}");
    }
}

/// Each line: a code, an occupation, related ones and ones to leave out, both joined by `|`.
fn mean_average_precision(vocabulary: &Vocabulary, table: &str, k: usize) -> f64 {
    let set = |cell: Option<&str>| -> HashSet<String> {
        cell.unwrap_or_default().split('|').filter(|id| !id.is_empty()).map(str::to_owned).collect()
    };
    let (mut sum, mut queries) = (0.0, 0usize);
    for line in table.lines() {
        let mut cells = line.split('\t').skip(1);
        let query = cells.next().unwrap_or_default();
        let (gold, out) = (set(cells.next()), set(cells.next()));
        let ranked = vocabulary.related(query, k, "en").matches;
        let ranked = ranked.iter().filter(|one| !out.contains(&one.id));
        let (mut found, mut precision) = (0usize, 0.0);
        for (rank, one) in (1usize..).zip(ranked) {
            if gold.contains(&one.id) {
                found += 1;
                precision += found as f64 / rank as f64;
            }
        }
        sum += precision / gold.len().max(1) as f64;
        queries += 1;
    }
    sum / queries.max(1) as f64
}

fn esco(folder: &Path) -> Vocabulary {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of ESCO") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if is_read(&name) {
            files.push(File { name, bytes: std::fs::read(&path).expect("a file of ESCO") });
        }
    }
    let languages = Some(vec!["nl".to_owned(), "en".to_owned()]);
    read_esco(&files, &[], &Options { languages, ..Options::default() }).expect("ESCO").0
}

fn text(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a table");
    let mut text = String::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("UTF-8");
    text
}
