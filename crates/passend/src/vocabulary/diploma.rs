// SPDX-License-Identifier: EUPL-1.2
//! From the words of a diploma to a level, a field, and what else they say.
//!
//! Each phrase of the table leaves a set of levels open. Phrases that exclude each other are alternatives ("havo/vwo"),
//! others narrow each other ("wo - master"). What the text leaves open stays open: a range, or no level at all.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Serialize;

use super::field::{COURSE_ENDINGS, FieldIndex, Fields, Rest, is_number, words};
use super::tables::{cells, list, rows};
use super::{FieldConcept, LinkMatch, LinkStatus, Vocabulary, VocabularyError, Why};
use crate::model::{EducationLevel, LevelRange};
use crate::text::Text;

/// What the text of a diploma says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct DiplomaReading {
    /// The level, or the lowest and highest that the text leaves open; `None` if it says none.
    pub level: Option<LevelRange<EducationLevel>>,
    /// The field, if one is clear.
    pub field: Option<FieldReading>,
    /// The text says that the diploma is not from the Netherlands. Nothing else depends on it.
    pub foreign: bool,
    /// Whether the course was finished; `None` if the text does not say.
    pub finished: Option<bool>,
    /// The words that were understood, folded, in the order of the text.
    pub why: Vec<String>,
}

/// A field of education that a text names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldReading {
    /// ISCED-F 2013 code of 2 to 4 digits: the narrowest field that holds all that the text names.
    pub code: String,
    /// Name of the field.
    pub label: Text,
    /// 0 to 1,000; higher is better.
    pub score: u16,
    /// The reason.
    pub why: Why,
}

/// Fields of education and the words of diplomas.
#[derive(Debug)]
pub(crate) struct Diplomas {
    fields: Fields,
    /// Phrases by their first word, longest first; those that begin with a digit have none.
    phrases: HashMap<Option<String>, Vec<(Vec<Piece>, usize)>>,
    rows: Vec<Entry>,
}

/// A word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Piece {
    Word(String),
    /// A digit, 1 to 4: the level of secondary vocational education.
    Step,
}

/// A row of the table of words.
#[derive(Debug, Clone, Copy, Default)]
struct Entry {
    levels: Levels,
    usual: Levels,
    foreign: bool,
    finished: Option<bool>,
    teacher: bool,
    edge: bool,
    whole: bool,
    filler: bool,
    nothing: bool,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
struct Found {
    from: usize,
    to: usize,
    entry: Entry,
    /// A level of secondary vocational education was named by its number.
    numbered: bool,
}

/// A set of levels, a bit for each place in [`ORDER`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Levels(u32);

/// The levels in the order of tracks; a range of the table runs over it.
const ORDER: [EducationLevel; 17] = [
    EducationLevel::None,
    EducationLevel::Primary,
    EducationLevel::VmboBb,
    EducationLevel::VmboKb,
    EducationLevel::VmboGt,
    EducationLevel::Mbo1,
    EducationLevel::Mbo2,
    EducationLevel::Mbo3,
    EducationLevel::Mbo4,
    EducationLevel::Havo,
    EducationLevel::Vwo,
    EducationLevel::Ad,
    EducationLevel::HboBachelor,
    EducationLevel::WoBachelor,
    EducationLevel::HboMaster,
    EducationLevel::WoMaster,
    EducationLevel::Phd,
];
const STEPS: [(&str, EducationLevel); 4] = [
    ("1", EducationLevel::Mbo1),
    ("2", EducationLevel::Mbo2),
    ("3", EducationLevel::Mbo3),
    ("4", EducationLevel::Mbo4),
];
/// A longer text is no title of a diploma; what comes after is not read.
const LONGEST: usize = 400;
const MOST_WORDS: usize = 40;
/// More phrases with a level than this say nothing together.
const MOST_LEVELS: usize = 8;
/// Behind a digit these make it a number of years or a place in a row.
const COUNTED: [&str; 12] =
    ["jaar", "jaren", "jarig", "jarige", "year", "years", "uur", "maanden", "e", "de", "ste", "th"];
/// Between two digits these join them: "3 of 4", "1 t/m 4".
const JOINS: [&str; 7] = ["of", "or", "en", "and", "tot", "to", "t"];
/// In front of a level these deny it.
const DENIALS: [&str; 13] = [
    "geen",
    "niet",
    "zonder",
    "no",
    "not",
    "without",
    "kein",
    "keine",
    "ohne",
    "sans",
    "без",
    "нет",
    "немає",
];

impl Vocabulary {
    /// What the text of a diploma says: level, field, whether it is foreign and finished.
    ///
    /// Nothing is guessed. A word that leaves several levels open gives a range; two fields give what they share, or none; a
    /// level word inside another word is no level. A level that is read is the person's own word, never an evaluation.
    ///
    /// ```
    /// # use passend::{EducationLevel, LevelRange, Vocabulary};
    /// let vocabulary = Vocabulary::starter();
    /// let reading = vocabulary.read_diploma("mbo 4 verpleegkunde");
    /// assert_eq!(reading.level, Some(LevelRange::exactly(EducationLevel::Mbo4)));
    /// assert_eq!(reading.field.unwrap().code, "0913");
    ///
    /// let reading = vocabulary.read_diploma("MBO (buitenland)");
    /// let level = reading.level.unwrap();
    /// assert_eq!((level.min, level.max), (Some(EducationLevel::Mbo1), Some(EducationLevel::Mbo4)));
    /// assert!(reading.foreign);
    /// ```
    pub fn read_diploma(&self, text: &str) -> DiplomaReading {
        Diplomas::embedded().read(text).0
    }

    /// All fields of education, ISCED-F 2013, by code.
    pub fn fields(&self) -> &[FieldConcept] {
        Diplomas::embedded().fields.concepts()
    }

    /// The same reading, with the number of its field.
    pub(crate) fn diploma(&self, text: &str) -> (DiplomaReading, Option<FieldIndex>) {
        Diplomas::embedded().read(text)
    }

    /// The field with this number.
    pub(crate) fn field(&self, index: FieldIndex) -> Option<&FieldConcept> {
        Diplomas::embedded().fields.concept(index)
    }

    /// The fields that a text may mean, best first, and whether one is clear.
    pub(super) fn link_field(&self, text: &str) -> (LinkStatus, Vec<LinkMatch>) {
        Diplomas::embedded().link(text)
    }
}

impl Diplomas {
    /// The texts of the tables that come with the engine: fields, words.
    pub(super) const TABLES: [&str; 2] = [
        include_str!("../../vocabulary/isced_f.tsv"),
        include_str!("../../vocabulary/education_words.tsv"),
    ];

    /// The tables that come with the engine, read when the first text of a diploma is met: every vocabulary has the same.
    fn embedded() -> &'static Self {
        static DIPLOMAS: OnceLock<Diplomas> = OnceLock::new();
        #[expect(
            clippy::expect_used,
            reason = "the embedded tables are read by a test of this crate"
        )]
        DIPLOMAS.get_or_init(|| Self::starter().expect("the embedded tables can be read"))
    }

    fn starter() -> Result<Self, VocabularyError> {
        let [fields, words] = Self::TABLES;
        Self::new(Fields::read(fields)?, words)
    }

    fn new(fields: Fields, table: &str) -> Result<Self, VocabularyError> {
        const TABLE: &str = "education_words";
        let mut diplomas = Self { fields, phrases: HashMap::new(), rows: Vec::new() };
        let mut seen = HashMap::new();
        for (line, row) in rows(table) {
            let [phrases, levels, usual, marks] = cells(TABLE, line, row)?;
            let fault = |expected| VocabularyError::Cell { table: TABLE, line, expected };
            let mut entry = Entry {
                levels: Levels::read(levels).ok_or_else(|| fault("levels of education"))?,
                usual: Levels::read(usual).ok_or_else(|| fault("levels of education"))?,
                ..Entry::default()
            };
            for mark in marks.split(' ').filter(|mark| !mark.is_empty()) {
                match mark {
                    "foreign" => entry.foreign = true,
                    "finished" => entry.finished = Some(true),
                    "unfinished" => entry.finished = Some(false),
                    "teacher" => entry.teacher = true,
                    "edge" => entry.edge = true,
                    "whole" => entry.whole = true,
                    "filler" => entry.filler = true,
                    "nothing" => entry.nothing = true,
                    _ => return Err(fault("a mark")),
                }
            }
            for phrase in list(phrases) {
                let pieces = Piece::read(phrase);
                if pieces.is_empty() {
                    return Err(fault("a phrase with letters"));
                }
                // The same phrase in two languages must say the same; the first row says it.
                if seen.insert(pieces.clone(), diplomas.rows.len()).is_some() {
                    return Err(VocabularyError::Twice { table: TABLE, line, id: phrase.into() });
                }
                let first = match pieces.first() {
                    Some(Piece::Word(word)) => Some(word.clone()),
                    _ => None,
                };
                diplomas.phrases.entry(first).or_default().push((pieces, diplomas.rows.len()));
            }
            diplomas.rows.push(entry);
        }
        for phrases in diplomas.phrases.values_mut() {
            phrases.sort_by_key(|(pieces, row)| (std::cmp::Reverse(pieces.len()), *row));
        }
        Ok(diplomas)
    }

    fn read(&self, text: &str) -> (DiplomaReading, Option<FieldIndex>) {
        let words = bounded_words(text);
        let phrases = self.phrases(&words);
        let levelled = levels_that_count(&words, &phrases);
        let level = combined(&levelled).range();
        let fielded = self.field_of(&words, &phrases, &levelled);
        let said = |found: &&Found| {
            let entry = found.entry;
            entry.foreign || entry.finished.is_some() || !entry.levels.is_empty()
        };
        let kept = |found: &&Found| {
            found.entry.levels.is_empty() || levelled.iter().any(|one| one.from == found.from)
        };
        let mut why: Vec<(usize, String)> = phrases
            .iter()
            .filter(said)
            .filter(kept)
            .map(|found| {
                (found.from, words.get(found.from..found.to).unwrap_or_default().join(" "))
            })
            .collect();
        let answer = fielded.answer;
        if answer.is_some() {
            let start = |name: &str| {
                (0..words.len())
                    .find(|at| words.get(*at..).unwrap_or_default().join(" ").starts_with(name))
            };
            why.extend(
                fielded.words.into_iter().map(|name| (start(&name).unwrap_or_default(), name)),
            );
        }
        why.sort();
        why.dedup();
        let field = answer.and_then(|(index, score, why)| {
            let field = self.fields.concept(index)?;
            Some(FieldReading { code: field.code.clone(), label: field.label.clone(), score, why })
        });
        let reading = DiplomaReading {
            level,
            field,
            foreign: phrases.iter().any(|found| {
                found.entry.foreign
                    && (found.entry.levels.is_empty()
                        || levelled.iter().any(|one| one.from == found.from))
            }),
            finished: finished(&phrases, &levelled),
            why: why.into_iter().map(|(_, name)| name).collect(),
        };
        (reading, answer.map(|(index, ..)| index))
    }

    fn link(&self, text: &str) -> (LinkStatus, Vec<LinkMatch>) {
        if let Some(index) = self.fields.by_code(text.trim()) {
            let exact = self.fields.matches(&[(index, 1000, Why::Exact)]);
            return (LinkStatus::Linked, exact);
        }
        let words = bounded_words(text);
        let phrases = self.phrases(&words);
        let levelled = levels_that_count(&words, &phrases);
        let fielded = self.field_of(&words, &phrases, &levelled);
        let status = match (fielded.sure, fielded.found.is_empty()) {
            (_, true) => LinkStatus::None,
            (true, _) => LinkStatus::Linked,
            (false, _) => LinkStatus::Unsure,
        };
        let mut found = fielded.found;
        for one in &mut found {
            let exact = |field: &FieldConcept| field.label.nl == text || field.label.en == text;
            if one.2 == Why::Folded && self.fields.concept(one.0).is_some_and(exact) {
                (one.1, one.2) = (1000, Why::Exact);
            }
        }
        (status, self.fields.matches(&found))
    }

    fn field_of(
        &self,
        words: &[String],
        phrases: &[Found],
        levelled: &[Found],
    ) -> super::field::Fielded {
        let counts = |found: &&Found| {
            let entry = found.entry;
            entry.nothing
                || entry.foreign && entry.levels.is_empty()
                || entry.finished.is_some()
                || levelled.iter().any(|one| one.from == found.from)
        };
        let spent: Vec<_> =
            phrases.iter().filter(counts).map(|found| (found.from, found.to)).collect();
        let mut filler = vec![false; words.len()];
        for (at, word) in words.iter().enumerate() {
            let inside = |found: &Found| (found.from..found.to).contains(&at);
            let says_nothing = phrases.iter().any(|found| found.entry.filler && inside(found));
            if let Some(mark) = filler.get_mut(at) {
                *mark = says_nothing || is_number(word);
            }
        }
        self.fields.find(&Rest { words, spent: &spent, filler: &filler })
    }

    /// The phrases of the table in a text, from left to right, the longest first.
    fn phrases(&self, words: &[String]) -> Vec<Found> {
        let mut phrases = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.phrase_at(words, at) {
                Some(found) => {
                    at = found.to;
                    phrases.push(found);
                }
                None => at += 1,
            }
        }
        phrases
    }

    fn phrase_at(&self, words: &[String], from: usize) -> Option<Found> {
        let first = words.get(from)?;
        let by_word = self.phrases.get(&Some(first.clone())).into_iter().flatten();
        let by_digit = self.phrases.get(&None).into_iter().flatten();
        for (pieces, row) in by_word.chain(by_digit) {
            let mut entry = self.rows.get(*row).copied().unwrap_or_default();
            let Some((mut to, steps)) = matched(words, from, pieces) else { continue };
            let fits = (!entry.whole || (from == 0 && to == words.len()))
                && (!entry.edge || from == 0 || to == words.len());
            if !fits {
                continue;
            }
            let numbered = !steps.is_empty() && !entry.levels.is_empty();
            if numbered {
                entry.levels = steps;
                while let Some((end, more)) = next_step(words, to) {
                    entry.levels = entry.levels.with(more);
                    to = end;
                }
            }
            return Some(Found { from, to, entry, numbered });
        }
        // "bacheloropleiding", "mbodiploma", "universiteitsdiploma": a level word with what says "course".
        let stem = COURSE_ENDINGS.iter().find_map(|ending| first.strip_suffix(ending))?;
        [Some(stem), stem.strip_suffix('s')].into_iter().flatten().find_map(|stem| {
            let known = self.phrases.get(&Some(stem.to_owned()))?;
            let alone = known.iter().find(|(pieces, _)| pieces.len() == 1)?;
            let entry = self.rows.get(alone.1).copied()?;
            let level = !entry.levels.is_empty() && !entry.edge && !entry.whole;
            level.then_some(Found { from, to: from + 1, entry, numbered: false })
        })
    }
}

impl Piece {
    fn read(phrase: &str) -> Vec<Self> {
        let mut pieces = Vec::new();
        for part in phrase.split_whitespace() {
            if part == "#" {
                pieces.push(Self::Step);
            } else {
                pieces.extend(words(part).into_iter().map(Self::Word));
            }
        }
        pieces
    }
}

impl Levels {
    /// `mbo1..mbo4`, `ad|hbo_master`, nothing; `None` for an unknown level.
    fn read(cell: &str) -> Option<Self> {
        let level = |code: &str| ORDER.iter().find(|one| one.code() == code).copied().map(place);
        let mut all = Self::default();
        for part in list(cell) {
            let (low, high) = part.split_once("..").unwrap_or((part, part));
            let (low, high) = (level(low)?, level(high)?);
            if low > high {
                return None;
            }
            all = (low..=high).fold(all, |all, at| all.with(Self(1 << at)));
        }
        Some(all)
    }

    fn of(level: EducationLevel) -> Self {
        Self(1 << place(level))
    }

    const fn is_empty(self) -> bool {
        self.0 == 0
    }

    const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The lowest and the highest.
    fn range(self) -> Option<LevelRange<EducationLevel>> {
        let has = |level: &EducationLevel| !Self::of(*level).and(self).is_empty();
        let min = ORDER.iter().copied().find(has)?;
        let max = ORDER.iter().copied().rfind(has)?;
        Some(LevelRange { min: Some(min), max: Some(max) })
    }
}

/// The place of a level in [`ORDER`].
fn place(level: EducationLevel) -> u32 {
    ORDER.iter().zip(0..).find(|(one, _)| **one == level).map_or(0, |(_, at)| at)
}

fn bounded_words(text: &str) -> Vec<String> {
    let start = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text, |(end, _)| text.get(..end).unwrap_or_default());
    let mut words = words(start);
    words.truncate(MOST_WORDS);
    words
}

/// Where a phrase ends and the levels that its digits name.
fn matched(words: &[String], from: usize, pieces: &[Piece]) -> Option<(usize, Levels)> {
    let mut steps = Levels::default();
    for (piece, at) in pieces.iter().zip(from..) {
        match piece {
            Piece::Word(word) if words.get(at) == Some(word) => {}
            Piece::Word(_) => return None,
            Piece::Step => steps = steps.with(step(words, at)?),
        }
    }
    Some((from + pieces.len(), steps))
}

/// The level of a digit that is not a number of years.
fn step(words: &[String], at: usize) -> Option<Levels> {
    let counted = words.get(at + 1).is_some_and(|next| COUNTED.contains(&next.as_str()));
    let level = STEPS.iter().find(|(digit, _)| words.get(at).is_some_and(|word| word == digit))?.1;
    (!counted).then(|| Levels::of(level))
}

/// A digit after a digit: "3 4", "3 of 4", "1 t m 4".
fn next_step(words: &[String], at: usize) -> Option<(usize, Levels)> {
    if let Some(level) = step(words, at) {
        return Some((at + 1, level));
    }
    if !JOINS.contains(&words.get(at)?.as_str()) {
        return None;
    }
    let at = if words.get(at + 1).is_some_and(|word| word == "m") { at + 2 } else { at + 1 };
    Some((at + 1, step(words, at)?))
}

/// The phrases whose level counts: not denied, and not what somebody teaches.
fn levels_that_count(words: &[String], phrases: &[Found]) -> Vec<Found> {
    let mut counted = Vec::new();
    let (mut denied, mut end) = (false, 0);
    let mut taught = false;
    for (number, found) in phrases.iter().enumerate() {
        for word in words.get(end..found.from).unwrap_or_default() {
            denied = DENIALS.contains(&word.as_str()) || (denied && JOINS.contains(&word.as_str()));
        }
        end = found.to;
        if found.entry.teacher {
            taught = true;
        }
        if found.entry.levels.is_empty() {
            denied &= found.entry.filler;
            continue;
        }
        let teacher_next =
            phrases.get(number + 1).is_some_and(|next| next.entry.teacher && next.from == found.to);
        if !denied && !is_taught(*found, taught || teacher_next) {
            counted.push(*found);
        }
    }
    if counted.len() > MOST_LEVELS {
        counted.clear();
    }
    counted
}

/// "Docent mbo", "primary school teacher": the level of the pupils. Higher education and a numbered level are the teacher's own.
fn is_taught(found: Found, by_teacher: bool) -> bool {
    let below_higher = found.entry.levels.0 < 1 << place(EducationLevel::Ad);
    by_teacher && below_higher && !found.numbered
}

/// What all phrases leave open together: those that exclude each other are alternatives, the others narrow each other; if
/// nothing is left, all that was named.
fn combined(levelled: &[Found]) -> Levels {
    let mut groups: Vec<(Levels, Levels, Vec<Levels>)> = Vec::new();
    for found in levelled {
        let entry = found.entry;
        let usual = if entry.usual.is_empty() { entry.levels } else { entry.usual };
        let mut own = (entry.levels, usual, vec![entry.levels]);
        let excludes = |group: &(Levels, Levels, Vec<Levels>)| {
            group.2.iter().any(|one| one.and(entry.levels).is_empty())
        };
        let (joined, kept): (Vec<_>, Vec<_>) = groups.into_iter().partition(excludes);
        for (levels, usual, members) in joined {
            own = (own.0.with(levels), own.1.with(usual), [members, own.2].concat());
        }
        groups = kept;
        groups.push(own);
    }
    match groups.as_slice() {
        [] => Levels::default(),
        [(_, usual, _)] => *usual,
        [(first, ..), others @ ..] => {
            let shared = others.iter().fold(*first, |all, (levels, ..)| all.and(*levels));
            let usual = groups.iter().fold(shared, |all, (_, usual, _)| all.and(*usual));
            match (shared.is_empty(), usual.is_empty()) {
                (false, false) => usual,
                (false, true) => shared,
                (true, _) => {
                    groups.iter().fold(Levels::default(), |all, (_, usual, _)| all.with(*usual))
                }
            }
        }
    }
}

/// What the text says about finishing; nothing where it says both, or where what was not finished came after something else.
fn finished(phrases: &[Found], levelled: &[Found]) -> Option<bool> {
    let mut said = Vec::new();
    for found in phrases {
        let Some(finished) = found.entry.finished else { continue };
        let own = found.entry.levels;
        if !own.is_empty() {
            if !levelled.iter().any(|one| one.from == found.from) {
                continue;
            }
            if levelled.iter().any(|one| one.entry.levels.and(own).is_empty()) {
                return None;
            }
        }
        // A propaedeutic diploma can be obtained; the course is not finished by it.
        if !own.is_empty() && !finished {
            return Some(false);
        }
        said.push(finished);
    }
    let first = *said.first()?;
    said.iter().all(|one| *one == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::fold;

    /// A reading in short: `mbo1..mbo4 0913 foreign unfinished`; `-` for no level and for no field.
    fn short(text: &str) -> String {
        let reading = Diplomas::embedded().read(text).0;
        let code = |level: Option<EducationLevel>| level.unwrap().code();
        let level = reading.level.map_or("-".to_owned(), |range| {
            let (min, max) = (code(range.min), code(range.max));
            if min == max { min.to_owned() } else { format!("{min}..{max}") }
        });
        let field = reading.field.map_or("-".to_owned(), |field| field.code);
        let foreign = if reading.foreign { " foreign" } else { "" };
        let finished = match reading.finished {
            Some(true) => " finished",
            Some(false) => " unfinished",
            None => "",
        };
        format!("{level} {field}{foreign}{finished}")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(short(text), expected, "{text}");
    }

    #[test]
    fn dutch_levels_are_read() {
        check("mbo 4 verpleegkunde", "mbo4 0913");
        check("MBO-4 Verpleegkunde (diploma behaald)", "mbo4 0913 finished");
        check("mbo4", "mbo4 -");
        check("MBO niveau 3 timmerman", "mbo3 0732");
        check("mbo 3/4 ict", "mbo3..mbo4 061");
        check("mbo 2 of 3", "mbo2..mbo3 -");
        check("mbo 1 t/m 4", "mbo1..mbo4 -");
        check("MBO", "mbo1..mbo4 -");
        check("mbo-2 bol", "mbo2 -");
        check("entree techniek (bol)", "mbo1 07");
        check("kok niveau 2", "mbo2 1013");
        check("vmbo-t", "vmbo_gt -");
        check("VMBO kader horeca", "vmbo_kb 1013");
        check("vmbo", "vmbo_bb..vmbo_gt -");
        check("mavo", "vmbo_gt -");
        check("LTS elektrotechniek", "vmbo_bb..vmbo_kb 0713");
        check("HAVO/VWO", "havo..vwo -");
        check("havo", "havo -");
        check("atheneum", "vwo -");
        check("middelbare school", "vmbo_bb..vwo -");
        check("lagere school", "primary -");
        check("basisschool", "primary -");
        check("hbo bachelor verpleegkunde", "hbo_bachelor 0913");
        check("HBO-V", "hbo_bachelor 0913");
        check("hbo", "hbo_bachelor -");
        check("hbo master", "hbo_master -");
        check("hbo/wo", "hbo_bachelor..wo_master -");
        check("bachelor hbo/wo", "hbo_bachelor..wo_bachelor -");
        check("Associate degree logistiek", "ad 1041");
        check("WO - master", "wo_master -");
        check("wo master rechten", "wo_master 0421");
        check("wo bachelor psychologie", "wo_bachelor 0313");
        check("drs. economie", "wo_master 0311");
        check("ing. werktuigbouwkunde", "hbo_bachelor 0715");
        check("ir. civiele techniek", "wo_master 0732");
        check("pabo", "hbo_bachelor 0113");
        check("bacheloropleiding accountancy", "hbo_bachelor..wo_bachelor 0411");
        check("masterdiploma informatica", "hbo_master..wo_master 0613");
        check("diploma arts", "wo_bachelor..wo_master 0912");
        check("gepromoveerd in de scheikunde", "phd 0531");
    }

    #[test]
    fn no_schooling_is_not_the_same_as_no_diploma() {
        check("geen opleiding", "none -");
        check("geen", "none -");
        check("geen school", "none -");
        check("geen diploma", "- - unfinished");
        check("analfabeet", "none..primary -");
        check("mbo 4 elektrotechniek zonder diploma", "mbo4 0713 unfinished");
    }

    #[test]
    fn words_of_other_languages_are_read() {
        check("B.Sc. Computer Science", "hbo_bachelor..wo_bachelor 0613");
        check("bachelor accounting", "hbo_bachelor..wo_bachelor 0411");
        check("Bachelor of Arts", "hbo_bachelor..wo_bachelor -");
        check("BA in English literature", "hbo_bachelor..wo_bachelor 023");
        check("Master of Science in Civil Engineering", "hbo_master..wo_master 0732");
        check("MBA", "hbo_master..wo_master 0413");
        check("MBBS", "wo_bachelor..wo_master 0912");
        check("PhD", "phd -");
        check("Ph.D. physics", "phd 0533");
        check("secondary school certificate", "vmbo_bb..vwo -");
        check("high school diploma", "vmbo_gt..vwo -");
        check("12th grade", "vmbo_gt..vwo -");
        check("primary school", "primary -");
        check("vocational secondary (Ukraine)", "mbo1..mbo4 - foreign");
        check("university degree in law", "hbo_bachelor..wo_master 0421");
        check("technicum", "mbo2..mbo4 - foreign");
        check("kolledzj", "mbo2..mbo4 - foreign");
        check("технікум, бухгалтер", "mbo2..mbo4 0411 foreign");
        check("бакалавр, комп'ютерні науки", "hbo_bachelor..wo_bachelor 0613 foreign");
        check("магістр права", "hbo_master..wo_master 0421 foreign");
        check("магистр", "hbo_master..wo_master - foreign");
        check("молодший спеціаліст", "mbo4..ad - foreign");
        check("неповна вища", "hbo_bachelor..wo_bachelor - foreign unfinished");
        check("licence", "hbo_bachelor..wo_bachelor - foreign");
        check("licence en droit", "hbo_bachelor..wo_bachelor 0421 foreign");
        check("ingénieur", "hbo_bachelor..wo_master -");
        check("baccalauréat", "havo..vwo - foreign");
        check("bac+5 génie civil", "hbo_master..wo_master 0732 foreign");
        check("Ausbildung Elektriker", "mbo2..mbo4 0713 foreign");
        check("Abitur", "vwo - foreign");
        check("Meslek lisesi elektrik", "mbo2..mbo4 0713 foreign");
        check("Yüksek lisans", "hbo_master..wo_master - foreign");
        check("lisans hemşirelik", "hbo_bachelor..wo_bachelor 0913 foreign");
        check("بكالوريوس محاسبة", "hbo_bachelor..wo_bachelor 0411 foreign");
        check("thanawiya amma", "vmbo_gt..vwo - foreign");
    }

    #[test]
    fn what_is_foreign_or_unfinished_is_told() {
        check("MBO (buitenland)", "mbo1..mbo4 - foreign");
        check("mbo 3 automonteur Syrië", "mbo3 0716 foreign");
        check("propedeuse", "hbo_bachelor..wo_bachelor - unfinished");
        check("propedeuse hbo rechten", "hbo_bachelor 0421 unfinished");
        check("hbo rechten niet afgemaakt", "hbo_bachelor 0421 unfinished");
        check("verpleegkundige in opleiding", "- 0913 unfinished");
        check("2 jaar universiteit", "hbo_bachelor..wo_bachelor - unfinished");
        check("university, not completed", "hbo_bachelor..wo_master - unfinished");
        check("havo afgerond", "havo - finished");
        check("hbo propedeuse behaald", "hbo_bachelor - unfinished");
        check("havo, daarna propedeuse", "havo..wo_bachelor -");
    }

    #[test]
    fn a_level_word_inside_another_is_no_level() {
        check("masterclass fotografie", "- 0211");
        check("scrum master", "- -");
        check("master carpenter", "- -");
        check("webmaster", "- -");
        check("havoc", "- -");
        check("EHBO", "- -");
        check("Hobo", "- -");
        check("bachelorette", "- -");
        check("mbolo", "- -");
        check("primary care", "- -");
        check("driving licence", "- -");
        check("NT2 niveau 2", "- -");
        check("Staatsexamen NT2 II", "- -");
        check("MS Office cursus", "- 0611");
        check("mbo 3 jaar", "mbo1..mbo4 -");
        check("3 jaar mbo", "mbo1..mbo4 -");
    }

    #[test]
    fn what_is_denied_or_taught_was_not_reached() {
        check("geen hbo", "- -");
        check("geen mbo of hbo diploma", "- -");
        check("leraar basisonderwijs", "- 0113");
        check("primary school teacher", "- 0113");
        check("docent mbo", "- 0114");
        check("mbo docent", "- 0114");
        check("hbo docent wiskunde", "hbo_bachelor 0114");
        check("mbo 4 onderwijsassistent", "mbo4 -");
        check("hoofd van een basisschool", "- -");
        check("Bachelor degree, teacher of mathematics", "hbo_bachelor..wo_bachelor 0114");
    }

    #[test]
    fn fields_are_read_as_people_write_them() {
        check("elektrotechniek", "- 0713");
        check("ziekenverpleging", "- 0913");
        check("koksschool", "- 1013");
        check("kappersopleiding", "- 1012");
        check("verpleegkunde en informatica", "- -");
        check("mechanical and electrical engineering", "- 071");
        check("accounting and finance", "- 041");
        check("techniek, elektrotechniek", "- 0713");
        check("werktuigbouwkudne", "- 0715");
        check("ziekenverzorger", "- 0913");
        check("Krankenpfleger", "- 0913");
        check("geometra", "- -");
        check("electrotechniek", "- 0713");
        check("havo met natuur en gezondheid", "havo -");
        check("9 jaar onderwijs", "- -");
        check("BSc education", "hbo_bachelor..wo_bachelor 011");
        check("Elektrotechniek; waardering nog niet aangevraagd", "- 0713");
        check("Diploma of Technical Education Mechanical", "mbo1..mbo4 0715");
        check("vakschool transport", "mbo1..mbo4 1041");
        check("zorg en welzijn", "- 09");
        check("onderwijs", "- 01");
        check("arts", "- -");
        check("bachelor", "hbo_bachelor..wo_bachelor -");
        check("xyzzy plugh", "- -");
        check("", "- -");
        check("diploma", "- -");
        check("onbekende richting", "- -");
    }

    #[test]
    fn a_country_says_that_a_diploma_is_foreign_and_nothing_else() {
        for text in ["mbo 4 verpleegkunde", "bachelor accounting", "lagere school", "ingenieur"] {
            let (home, abroad) = (
                Diplomas::embedded().read(text).0,
                Diplomas::embedded().read(&format!("{text} (Eritrea)")).0,
            );
            assert!(abroad.foreign && !home.foreign);
            assert_eq!((home.level, home.field), (abroad.level, abroad.field), "{text}");
        }
    }

    #[test]
    fn the_words_understood_are_given_in_order() {
        let why = |text| Diplomas::embedded().read(text).0.why;
        assert_eq!(why("Diploma verpleegkunde, MBO niveau 4"), ["verpleegkunde", "mbo niveau 4"]);
        assert_eq!(why("docent mbo"), ["docent mbo"]);
        assert!(why("iets anders").is_empty());
    }

    #[test]
    fn every_phrase_of_the_table_says_what_its_row_says() {
        for (line, row) in rows(Diplomas::TABLES[1]) {
            let [phrases, levels, usual, marks] = cells("education_words", line, row).unwrap();
            let levels = Levels::read(if usual.is_empty() { levels } else { usual }).unwrap();
            let taught = marks.contains("teacher");
            for phrase in list(phrases).filter(|phrase| !phrase.contains('#')) {
                let reading = Diplomas::embedded().read(phrase).0;
                assert_eq!(reading.level, levels.range(), "line {line}: {phrase}");
                assert_eq!(reading.foreign, marks.contains("foreign"), "line {line}: {phrase}");
                let finished = marks.split(' ').find_map(|mark| match mark {
                    "finished" => Some(true),
                    "unfinished" => Some(false),
                    _ => None,
                });
                assert_eq!(reading.finished, finished, "line {line}: {phrase}");
                assert!(!taught || reading.level.is_none());
            }
        }
    }

    #[test]
    fn every_name_of_a_field_is_linked_to_it() {
        let mut lost = Vec::new();
        for field in Diplomas::embedded().fields.concepts() {
            let named = !field.code.ends_with(['0', '9']);
            for name in field.alternatives.iter().filter(|_| named) {
                let (_, found) = Diplomas::embedded().link(name);
                if !found.iter().any(|one| one.id.starts_with(&field.code)) {
                    lost.push(format!("{} {name}", field.code));
                }
            }
        }
        assert!(lost.is_empty(), "{}", lost.join("\n"));
    }

    #[test]
    fn a_field_is_linked_with_its_code_as_id() {
        let vocabulary = Vocabulary::starter();
        let link = |text: &str| {
            let link = vocabulary.link(super::super::LinkKind::Field, text, 3);
            let first = link.matches.first().map(|one| (one.id.clone(), one.score, one.why));
            (link.status, first)
        };
        let sure =
            |code: &str, score, why| (LinkStatus::Linked, Some((code.to_owned(), score, why)));
        assert_eq!(link("geneeskunde"), sure("0912", 1000, Why::Exact));
        assert_eq!(link("Geneeskunde"), sure("0912", 990, Why::Folded));
        assert_eq!(link("mbo 4 verpleegkunde"), sure("0913", 950, Why::Alternative));
        assert_eq!(link("koksopleiding"), sure("1013", 950, Why::Alternative));
        assert_eq!(link("bakkerscursus"), sure("0721", 900, Why::Compound));
        assert_eq!(link("0732"), sure("0732", 1000, Why::Exact));
        assert_eq!(link("arts").0, LinkStatus::Unsure);
        assert_eq!(link("xyzzy"), (LinkStatus::None, None));
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_case_or_accents_change_nothing(text in "\\PC{0,60}") {
            let read = |text: &str| Diplomas::embedded().read(text).0;
            prop_assert_eq!(read(&text), read(&fold(&text)));
        }

        #[test]
        fn known_words_in_any_order_are_read_alike_when_folded(
            picked in proptest::collection::vec(
                proptest::sample::select(vec![
                    "MBO", "4", "3/4", "hbo", "Bachelor", "master", "Ingénieur", "geen", "of",
                    "Syrië", "niet afgerond", "PhD", "verpleegkunde", "Économie", "docent", "VWO",
                    "Магістр", "диплом", "lise", "jaar", "(", "wo", "Lehre",
                ]),
                0..9,
            ),
        ) {
            let text = picked.join(" ");
            let reading = Diplomas::embedded().read(&text).0;
            prop_assert_eq!(&reading, &Diplomas::embedded().read(&text.to_uppercase()).0);
            if let Some(range) = reading.level {
                prop_assert!(place(range.min.unwrap()) <= place(range.max.unwrap()));
            }
        }
    }
}
