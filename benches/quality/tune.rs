// SPDX-License-Identifier: EUPL-1.2
//! Fits the weights of linking, and the table of confidence, on the development sets.
//!
//! One weight after the other is moved to the best of a short list of values, as long as the mean over the sets of its
//! kind gets better by more than a thousandth: few numbers, round ones, so that they hold for other titles too.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use passend::{LinkHints, LinkSettings};

use crate::data::{self, Query, SETS, Set, Vocabulary};
use crate::measure::measure;

/// A weight that can be moved: its name, where it is, and the values that are tried.
struct Dial {
    name: &'static str,
    of: fn(&mut LinkSettings) -> &mut u32,
    values: &'static [u32],
}

const DIALS: [Dial; 11] = [
    Dial { name: "document", of: |s| &mut s.document, values: &[0, 15, 30, 50, 70] },
    Dial { name: "preferred", of: |s| &mut s.preferred, values: &[0, 15, 30, 50] },
    Dial { name: "second", of: |s| &mut s.second, values: &[0, 10, 20, 40] },
    Dial { name: "coverage", of: |s| &mut s.coverage, values: &[0, 20, 40, 60] },
    Dial { name: "group", of: |s| &mut s.group, values: &[0, 10, 20, 30, 40] },
    Dial { name: "length", of: |s| &mut s.length, values: &[20, 30, 40, 50, 60] },
    Dial { name: "rarity", of: |s| &mut s.rarity, values: &[20, 35, 50, 65, 80, 100] },
    Dial { name: "part", of: |s| &mut s.part, values: &[0, 20, 40, 60] },
    Dial { name: "synonym", of: |s| &mut s.synonym, values: &[0, 50, 75, 90, 105, 120] },
    Dial { name: "everyday", of: |s| &mut s.everyday, values: &[0, 30, 60, 90] },
    Dial { name: "feedback", of: |s| &mut s.feedback, values: &[0, 35, 50, 70, 100, 140] },
];

struct Case<'a> {
    set: &'a Set,
    vocabulary: Vocabulary,
    queries: Vec<Query>,
}

/// What is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// The weights of `settings.rs`.
    Weights,
    /// The table of `confidence.rs`.
    Confidence,
}

/// A name, the weights to begin with, and the sets that belong to it.
type Kind = (&'static str, LinkSettings, fn(&Set) -> bool);

pub(crate) fn tune(folder: &Path, task: Task) -> io::Result<()> {
    let mut cases = Vec::new();
    for set in &SETS {
        let vocabulary = Vocabulary::read(folder, set)?;
        cases.push(Case { set, vocabulary, queries: data::queries(folder, set.name)? });
    }
    let kinds: [Kind; 3] = [
        ("OCCUPATIONS", LinkSettings::OCCUPATIONS, |set| !set.is_of_skills() && !set.ranks_all()),
        ("SKILLS", LinkSettings::SKILLS, Set::is_of_skills),
        ("TITLES", LinkSettings::TITLES, Set::ranks_all),
    ];
    for (name, start, is_in) in kinds {
        let of_kind: Vec<&Case<'_>> = cases.iter().filter(|case| is_in(case.set)).collect();
        match task {
            Task::Weights => println!("{name}: {:?}", climb(name, start, &of_kind)),
            Task::Confidence if start.feedback > 0 => {}
            Task::Confidence => {
                println!("{name}");
                count_confidence(&of_kind, start);
            }
        }
    }
    Ok(())
}

fn climb(name: &str, start: LinkSettings, cases: &[&Case<'_>]) -> LinkSettings {
    const GAIN: f64 = 0.001;
    let (mut best, mut most) = (start, quality(start, cases));
    println!("{name}: {most:.4} to begin with");
    loop {
        let before = most;
        for dial in &DIALS {
            for value in dial.values {
                let mut tried = best;
                *(dial.of)(&mut tried) = *value;
                // Feedback is for bare titles alone: it harms where concepts have labels of their own.
                if tried == best || (dial.name == "feedback" && start.feedback == 0) {
                    continue;
                }
                let reached = quality(tried, cases);
                println!("{name}: {} = {value}: {reached:.4}", dial.name);
                if reached > most + GAIN {
                    (best, most) = (tried, reached);
                }
            }
        }
        if most <= before {
            return best;
        }
    }
}

/// Mean over the sets: each counts alike.
fn quality(settings: LinkSettings, cases: &[&Case<'_>]) -> f64 {
    let one = |case: &&Case<'_>| {
        let linker = case.vocabulary.linker(settings);
        let find = |text: &str, k: usize| {
            let answer = linker.find(text, LinkHints::default(), k);
            answer.matches.iter().map(|one| one.concept).collect()
        };
        measure(case.set, &case.vocabulary, &case.queries, &find).mean
    };
    let sum: f64 = cases.iter().map(one).sum();
    sum / f64::from(u32::try_from(cases.len().max(1)).unwrap_or(1))
}

/// Prints for each kind of answer how often it is right: the numbers of `confidence.rs`.
fn count_confidence(cases: &[&Case<'_>], settings: LinkSettings) {
    let mut counts: BTreeMap<(u8, u8), [u32; 3]> = BTreeMap::new();
    for case in cases {
        let linker = case.vocabulary.linker(settings);
        for query in &case.queries {
            let answer = linker.find(&query.text, LinkHints::default(), 3);
            let right = |nth: usize| {
                let id = answer.matches.get(nth).map_or("", |one| case.vocabulary.id(one.concept));
                query.right.iter().any(|one| one == id)
            };
            let count = counts.entry(answer.kind).or_default();
            for (count, is_so) in count.iter_mut().zip([true, right(0), (0..3).any(right)]) {
                *count += u32::from(is_so);
            }
        }
    }
    for ((row, column), [all, first, three]) in counts {
        println!(
            "  kind {row} margin {column}: {all} answers, {} % right, {} % among three",
            100 * first / all.max(1),
            100 * three / all.max(1)
        );
    }
}
