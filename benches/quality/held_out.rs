// SPDX-License-Identifier: EUPL-1.2
//! How much is answered without a question, and how often that is right, on titles that the table of confidence was not
//! counted on.
//!
//! The shipped table is counted on all sets, so coverage and precision on them flatter it. Here each source of titles is
//! left out once: the cells are counted on all others, and the answers of that source are judged by those counts.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use passend::{LinkHints, LinkStatus, Why};

use crate::data::{self, SETS, Set, Vocabulary};

/// From this share of right answers on, in percent, an answer is not asked: that of `confidence.rs`.
const ENOUGH: u32 = 70;

/// An answer: its cell of the table, whether an exact label decides, whether the shipped table lets it stand, whether it is
/// right.
struct Answer {
    cell: (u8, u8),
    is_exact: bool,
    stands: bool,
    is_right: bool,
}

/// Titles of one source are one: those of the national list come twice, for two vocabularies.
fn source(set: &Set) -> &'static str {
    if set.name.starts_with("occ_nld") { "occ_nld" } else { set.name }
}

pub(crate) fn report(folder: &Path) -> io::Result<()> {
    let mut all: Vec<(&Set, Vec<Answer>)> = Vec::new();
    for set in SETS.iter().filter(|set| !set.ranks_all()) {
        all.push((set, answers(folder, set)?));
    }
    println!(
        "{:15} {:>17} {:>10} {:>19} {:>10}",
        "set", "shipped: coverage", "precision", "held out: coverage", "precision"
    );
    let mut sums = [[0u32; 3]; 2];
    for (set, own) in &all {
        let mut cells: BTreeMap<(u8, u8), [u32; 2]> = BTreeMap::new();
        let others = all.iter().filter(|(other, _)| source(other) != source(set));
        for answer in others.flat_map(|(_, answers)| answers) {
            let [seen, right] = cells.entry(answer.cell).or_default();
            *seen += 1;
            *right += u32::from(answer.is_right);
        }
        // A cell that was seldom seen is taken for less sure than its count: one right, one wrong are added.
        let is_sure = |answer: &Answer| {
            let [seen, right] = cells.get(&answer.cell).copied().unwrap_or_default();
            answer.is_exact || 100 * (right + 1) >= ENOUGH * (seen + 2)
        };
        let shipped = counted(own, |answer| answer.stands);
        let held_out = counted(own, is_sure);
        for (sum, counts) in sums.iter_mut().zip([shipped, held_out]) {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        show(set.name, [shipped, held_out]);
    }
    show("all", sums);
    Ok(())
}

fn answers(folder: &Path, set: &Set) -> io::Result<Vec<Answer>> {
    let vocabulary = Vocabulary::read(folder, set)?;
    let linker = vocabulary.linker(set.settings());
    let answer = |query: &data::Query| {
        let answer = linker.find(&query.text, LinkHints::default(), 1);
        let first = answer.matches.first()?;
        let id = vocabulary.id(first.concept);
        let same = matches!(first.why, Why::Exact | Why::Folded | Why::Alternative);
        Some(Answer {
            cell: answer.kind,
            // The label of one concept alone stands whatever was counted.
            is_exact: same && answer.kind.0 < 2,
            stands: answer.status == LinkStatus::Linked,
            is_right: query.right.iter().any(|right| right == id),
        })
    };
    // A text that nothing comes near is not answered.
    let none = || Answer { cell: (u8::MAX, 0), is_exact: false, stands: false, is_right: false };
    let queries = data::queries(folder, set.name)?;
    Ok(queries.iter().map(|query| answer(query).unwrap_or_else(none)).collect())
}

/// All answers, those that stand, and those of them that are right.
fn counted(answers: &[Answer], stands: impl Fn(&Answer) -> bool) -> [u32; 3] {
    let mut counts = [0; 3];
    for answer in answers {
        let sure = stands(answer);
        let each = [true, sure, sure && answer.is_right];
        counts.iter_mut().zip(each).for_each(|(count, is_so)| *count += u32::from(is_so));
    }
    counts
}

fn show(name: &str, figures: [[u32; 3]; 2]) {
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let [[all, sure, right], [held_all, held_sure, held_right]] = figures;
    println!(
        "{name:15} {:17.3} {:10.3} {:19.3} {:10.3}",
        share(sure, all),
        share(right, sure),
        share(held_sure, held_all),
        share(held_right, held_sure)
    );
}
