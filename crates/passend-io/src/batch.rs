// SPDX-License-Identifier: EUPL-1.2
//! The records of a file after duplicates were settled.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use hashbrown::HashTable;
use passend::Text;
use rustc_hash::FxHasher;

use crate::detail::Detail;
use crate::jsonl::Place;
use crate::{Code, OnRefusal, Record, Refused, Report};

/// The records that a file gave, and the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch<T> {
    /// The records, in order of the file; each id once.
    pub accepted: Vec<T>,
    /// For each accepted record the line on which it begins.
    pub lines: Vec<u64>,
    /// What was read, refused and repaired.
    pub report: Report,
}

/// A good row, before duplicates are settled.
pub(crate) struct Read<T> {
    pub(crate) record: T,
    pub(crate) number: u64,
    pub(crate) place: Place,
    /// Equal for records that are alike.
    print: u64,
}

impl<T: Hash> Read<T> {
    pub(crate) fn new(record: T, number: u64, place: Place) -> Self {
        // A record is hundreds of small values: a hash that resists attack takes as long as reading it. Whoever makes two
        // records of one id collide fools only himself.
        let mut hasher = FxHasher::default();
        record.hash(&mut hasher);
        Self { record, number, place, print: hasher.finish() }
    }
}

/// Settles duplicates while rows come in: rows that are alike become one record, rows that share an id and differ are all
/// refused.
///
/// Which of two differing records is right cannot be told here, and to choose one would hide the mistake. That an id comes
/// twice is seen at the second row, when the record of the first is used already: such ids are told at the end.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    accepted: u64,
    ids: Ids,
    /// The first row of each id, by its number; and the others, where there are any.
    firsts: Vec<Mark>,
    others: BTreeMap<usize, Vec<Mark>>,
}

/// What is remembered of a row.
#[derive(Debug, Clone, Copy)]
struct Mark {
    number: u64,
    place: Place,
    print: u64,
}

/// Numbers of ids, in the order in which they first came. The ids stand in one text: pieces of memory of their own, between
/// those of what is made of the records, would leave holes that nothing fills.
#[derive(Debug, Default)]
struct Ids {
    text: String,
    ends: Vec<usize>,
    numbers: HashTable<usize>,
    hasher: RandomState,
}

impl Ids {
    /// The number of an id; the next one if it is new.
    fn number(&mut self, id: &str) -> usize {
        let Self { text, ends, numbers, hasher } = self;
        let next = ends.len();
        let entry = numbers.entry(
            hasher.hash_one(id),
            |number| of_number(text, ends, *number) == id,
            |number| hasher.hash_one(of_number(text, ends, *number)),
        );
        let number = *entry.or_insert(next).get();
        if number == next {
            text.push_str(id);
            ends.push(text.len());
        }
        number
    }

    fn get(&self, number: usize) -> &str {
        of_number(&self.text, &self.ends, number)
    }
}

fn of_number<'a>(text: &'a str, ends: &[usize], number: usize) -> &'a str {
    let end = |number: usize| ends.get(number).copied();
    let from = number.checked_sub(1).and_then(end).unwrap_or_default();
    end(number).and_then(|to| text.get(from..to)).unwrap_or_default()
}

impl Duplicates {
    /// Whether the id of a row is new; else the row is none of the records.
    pub(crate) fn add<T: Record>(&mut self, read: &Read<T>) -> bool {
        let Read { record, number, place, print } = read;
        let row = Mark { number: *number, place: *place, print: *print };
        self.accepted += 1;
        let id = self.ids.number(record.id());
        let is_new = id == self.firsts.len();
        if is_new {
            self.firsts.push(row);
        } else {
            self.others.entry(id).or_default().push(row);
        }
        is_new
    }

    /// Reports what became of the rows; gives the ids of which none counts, although the first row was taken.
    pub(crate) fn finish(self, report: &mut Report, on_refusal: OnRefusal) -> HashSet<String> {
        report.accepted = self.accepted;
        let mut withdrawn = HashSet::new();
        let mut merged = Vec::new();
        for (id, others) in &self.others {
            let Some(first) = self.firsts.get(*id) else { continue };
            if others.iter().all(|row| row.print == first.print) {
                merged.extend(others.iter().map(|row| row.place.line));
                continue;
            }
            withdrawn.insert(self.ids.get(*id).to_owned());
            let all: Vec<Mark> = std::iter::once(first).chain(others).copied().collect();
            for row in &all {
                report.accepted -= 1;
                report.stopped |= on_refusal == OnRefusal::Stop;
                let detail = Detail::default().text("lines", other_lines(&all, *row));
                report.refused.push(Refused {
                    file: report.file.clone(),
                    line: row.place.line,
                    record: row.number,
                    byte: row.place.byte,
                    column: Some(row.place.column),
                    path: "id".to_owned(),
                    code: Code::DuplicateId,
                    rule: detail.rule(Code::DuplicateId),
                    hint: detail.hint(Code::DuplicateId),
                });
            }
        }
        let count = u64::try_from(merged.len()).unwrap_or(u64::MAX);
        report.merged += count;
        report.warn_times(Code::Merged, "", merged.into_iter().min().unwrap_or_default(), count);
        report.finish();
        withdrawn
    }
}

impl<T: Record> Batch<T> {
    /// Takes all rows, and settles duplicates.
    pub(crate) fn settle(
        rows: impl IntoIterator<Item = Read<T>>,
        mut report: Report,
        on_refusal: OnRefusal,
    ) -> Self {
        let mut duplicates = Duplicates::default();
        let rows = rows.into_iter().filter(|row| duplicates.add(row));
        let (mut accepted, mut lines): (Vec<T>, Vec<u64>) =
            rows.map(|row| (row.record, row.place.line)).unzip();
        let withdrawn = duplicates.finish(&mut report, on_refusal);
        if !withdrawn.is_empty() {
            let counts = |record: &T| !withdrawn.contains(record.id());
            let mut kept = accepted.iter().map(counts);
            lines.retain(|_| kept.next().unwrap_or_default());
            accepted.retain(counts);
        }
        Self { accepted, lines, report }
    }
}

/// The lines of the other rows of a group: `line 3`, `lines 3, 7`.
fn other_lines(group: &[Mark], row: Mark) -> Text {
    const SHOWN: usize = 10;
    // Only so many are looked at: a file of one id throughout must not take time by the square.
    let mut lines: Vec<_> = group
        .iter()
        .filter(|other| other.number != row.number)
        .take(SHOWN + 1)
        .map(|other| other.place.line.to_string())
        .collect();
    if let Some(one_too_many) = lines.get_mut(SHOWN) {
        "…".clone_into(one_too_many);
    }
    let numbers = lines.join(", ");
    if lines.len() == 1 {
        Text { nl: format!("regel {numbers}"), en: format!("line {numbers}") }
    } else {
        Text { nl: format!("regels {numbers}"), en: format!("lines {numbers}") }
    }
}
