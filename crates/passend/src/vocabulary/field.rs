// SPDX-License-Identifier: EUPL-1.2
//! Fields of education, ISCED-F 2013, and how a text names one.
//!
//! Names are looked for among the words that say nothing else: the longest name first, then Dutch compounds and spelling. Where a text names two fields the answer is what they share, or "not sure".

use std::collections::HashMap;

use super::tables::{cells, list, rows};
use super::{LabelKind, LinkMatch, VocabularyError, Why};
use crate::text::{Text, fold};

/// Number of a field within the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FieldIndex(pub(crate) u16);

/// A field of education of ISCED-F 2013.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldConcept {
    /// Code of 2 (broad), 3 (narrow) or 4 (detailed) digits.
    pub code: String,
    /// Name.
    pub label: Text,
    /// Names of courses and subjects within the field, in several languages.
    pub alternatives: Vec<String>,
}

/// The fields with what is needed to find them.
#[derive(Debug)]
pub(super) struct Fields {
    concepts: Vec<FieldConcept>,
    /// Names in the form of [`words`], joined by spaces, with the fields that carry them.
    names: HashMap<String, Vec<(FieldIndex, LabelKind)>>,
    /// Names of one word, by their letters, in order.
    spellings: Vec<(String, u32)>,
    codes: HashMap<String, FieldIndex>,
}

/// What a text says about a field.
#[derive(Debug, Default)]
pub(super) struct Fielded {
    /// Best first; ties by code.
    pub(super) found: Vec<(FieldIndex, u16, Why)>,
    /// The answer: the only field found, or what all of them share.
    pub(super) answer: Option<(FieldIndex, u16, Why)>,
    /// The only field found is the answer.
    pub(super) sure: bool,
    /// The words that name it.
    pub(super) words: Vec<String>,
}

/// A text in words, with what is already understood.
pub(super) struct Rest<'a> {
    pub(super) words: &'a [String],
    /// Words that say something else, as spans: a name strictly within one is part of it.
    pub(super) spent: &'a [(usize, usize)],
    /// Words that say nothing.
    pub(super) filler: &'a [bool],
}

/// A name found in a text.
struct Hit {
    from: usize,
    to: usize,
    fields: Vec<FieldIndex>,
    score: u16,
    why: Why,
}

/// No name has more words.
const MOST_WORDS: usize = 7;
/// Names that mean a field only where nothing else is said.
const ONLY_ALONE: [&str; 8] =
    ["art", "arts", "diensten", "dienstverlening", "education", "it", "onderwijs", "services"];
/// What Dutch puts behind the name of a trade or subject to say "course".
pub(super) const COURSE_ENDINGS: [&str; 9] = [
    "opleidingen",
    "opleiding",
    "certificaat",
    "diplomas",
    "diploma",
    "student",
    "studie",
    "cursus",
    "school",
];
/// A spelling of a long word is the name if at least this share of the letters (in thousandths) is right: one mistake in
/// nine letters, two in seventeen. With less "geometra" would be geometry.
const NEAR: u16 = 880;
/// Names found answer if they make up at least this share of the letters that say anything, in percent.
const MOST_OF_IT: usize = 50;

impl Fields {
    /// `code nl en nl_alt en_alt alt`.
    pub(super) fn read(table: &str) -> Result<Self, VocabularyError> {
        const TABLE: &str = "isced_f";
        let mut fields = Self {
            concepts: Vec::new(),
            names: HashMap::new(),
            spellings: Vec::new(),
            codes: HashMap::new(),
        };
        for (line, row) in rows(table) {
            let [code, nl, en, nl_alt, en_alt, alt] = cells(TABLE, line, row)?;
            let digits = code.bytes().all(|byte| byte.is_ascii_digit());
            if !digits || !(2..=4).contains(&code.len()) {
                return Err(VocabularyError::Cell {
                    table: TABLE,
                    line,
                    expected: "an ISCED-F code of 2 to 4 digits",
                });
            }
            let parent = code.get(..code.len() - 1).unwrap_or_default();
            if code.len() > 2 && !fields.codes.contains_key(parent) {
                return Err(VocabularyError::Dangling { table: TABLE, line, id: parent.into() });
            }
            let index = FieldIndex(u16::try_from(fields.concepts.len()).unwrap_or(u16::MAX));
            if fields.codes.insert(code.to_owned(), index).is_some() {
                return Err(VocabularyError::Twice { table: TABLE, line, id: code.into() });
            }
            let alternatives: Vec<String> =
                [nl_alt, en_alt, alt].into_iter().flat_map(list).map(str::to_owned).collect();
            let label = Text { nl: nl.into(), en: en.into() };
            // "Field unknown" is a code, and no answer to a text.
            let unknown = code.starts_with("99");
            for preferred in [&label.nl, &label.en].into_iter().filter(|_| !unknown) {
                fields.name(preferred, index, LabelKind::Preferred);
            }
            for name in &alternatives {
                fields.name(name, index, LabelKind::Alternative);
            }
            fields.concepts.push(FieldConcept { code: code.into(), label, alternatives });
        }
        let single = fields.names.keys().filter(|name| !name.contains(' '));
        fields.spellings = single.map(|name| (name.clone(), letters(name))).collect();
        fields.spellings.sort();
        Ok(fields)
    }

    fn name(&mut self, name: &str, index: FieldIndex, kind: LabelKind) {
        let carriers = self.names.entry(words(name).join(" ")).or_default();
        if !carriers.iter().any(|(known, _)| *known == index) {
            carriers.push((index, kind));
        }
    }

    pub(super) fn concepts(&self) -> &[FieldConcept] {
        &self.concepts
    }

    pub(super) fn concept(&self, index: FieldIndex) -> Option<&FieldConcept> {
        self.concepts.get(usize::from(index.0))
    }

    pub(super) fn by_code(&self, code: &str) -> Option<FieldIndex> {
        self.codes.get(code).copied()
    }

    pub(super) fn matches(&self, found: &[(FieldIndex, u16, Why)]) -> Vec<LinkMatch> {
        let one = |(index, score, why): &(FieldIndex, u16, Why)| {
            let field = self.concept(*index)?;
            Some(LinkMatch {
                id: field.code.clone(),
                label: field.label.nl.clone(),
                score: *score,
                why: *why,
                matched: String::new(),
                given: 0,
            })
        };
        found.iter().filter_map(one).collect()
    }

    /// The fields that the words name.
    pub(super) fn find(&self, rest: &Rest<'_>) -> Fielded {
        let mut hits = self.named(rest);
        let covered =
            |hits: &[Hit], at: usize| hits.iter().any(|hit| (hit.from..hit.to).contains(&at));
        for (at, word) in rest.words.iter().enumerate() {
            if rest.is_open(at) && !covered(&hits, at) {
                hits.extend(self.reading(word).map(|(fields, score, why)| Hit {
                    from: at,
                    to: at + 1,
                    fields,
                    score,
                    why,
                }));
            }
        }
        hits.sort_by_key(|hit| hit.from);
        let length = |at: usize| rest.words.get(at).map_or(0, |word| word.chars().count());
        let open: usize = (0..rest.words.len())
            .filter(|at| rest.is_open(*at) || covered(&hits, *at))
            .map(length)
            .sum();
        let named: usize = (0..rest.words.len()).filter(|at| covered(&hits, *at)).map(length).sum();
        self.weigh(&hits, 100 * named / open.max(1), rest)
    }

    /// The longest names that do not overlap.
    fn named(&self, rest: &Rest<'_>) -> Vec<Hit> {
        let count = rest.words.len();
        let mut windows = Vec::new();
        for from in 0..count {
            for to in from + 1..=count.min(from + MOST_WORDS) {
                let name = rest.words.get(from..to).unwrap_or_default().join(" ");
                let Some(carriers) = self.names.get(&name) else { continue };
                let part_of_more = |(start, end): &(usize, usize)| {
                    *start <= from && to <= *end && (*start, *end) != (from, to)
                };
                let alone = (0..count).all(|at| (from..to).contains(&at) || rest.says_no_more(at));
                if rest.spent.iter().any(part_of_more)
                    || (ONLY_ALONE.contains(&name.as_str()) && !alone)
                {
                    continue;
                }
                windows.push((name.chars().count(), from, to, carriers));
            }
        }
        windows.sort_by_key(|(length, from, ..)| (std::cmp::Reverse(*length), *from));
        let mut hits: Vec<Hit> = Vec::new();
        for (_, from, to, carriers) in windows {
            if hits.iter().any(|hit| from < hit.to && hit.from < to) {
                continue;
            }
            let preferred = carriers.iter().any(|(_, kind)| *kind == LabelKind::Preferred);
            let (score, why) = if preferred { (990, Why::Folded) } else { (950, Why::Alternative) };
            let fields = carriers.iter().map(|(index, _)| *index).collect();
            hits.push(Hit { from, to, fields, score, why });
        }
        hits
    }

    /// What a word that is no name may stand for.
    fn reading(&self, word: &str) -> Option<(Vec<FieldIndex>, u16, Why)> {
        // "electrotechniek" is misspelt before it is some kind of techniek.
        self.course(word).or_else(|| self.misspelt(word)).or_else(|| self.head(word))
    }

    fn carriers(&self, name: &str) -> Option<Vec<FieldIndex>> {
        let carriers = self.names.get(name).filter(|_| !ONLY_ALONE.contains(&name))?;
        Some(carriers.iter().map(|(index, _)| *index).collect())
    }

    /// "bakkerscursus", "kappersopleiding": a name with what says "course".
    fn course(&self, word: &str) -> Option<(Vec<FieldIndex>, u16, Why)> {
        for stem in COURSE_ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)) {
            let linked = ["s", "en", "e"].iter().filter_map(|link| stem.strip_suffix(link));
            let stems = std::iter::once(stem).chain(linked).filter(|stem| stem.len() > 2);
            if let Some(fields) = stems.into_iter().find_map(|stem| self.carriers(stem)) {
                return Some((fields, 900, Why::Compound));
            }
        }
        None
    }

    /// "bedrijfseconomie": a name at the end. Shorter ones say too little: "pfleger" is no leger.
    fn head(&self, word: &str) -> Option<(Vec<FieldIndex>, u16, Why)> {
        let ends = word.char_indices().skip(3).filter_map(|(at, _)| word.get(at..));
        let heads = ends.take_while(|head| head.chars().count() >= 6);
        heads
            .into_iter()
            .find_map(|head| self.carriers(head))
            .map(|fields| (fields, 800, Why::Compound))
    }

    fn misspelt(&self, word: &str) -> Option<(Vec<FieldIndex>, u16, Why)> {
        let length = word.chars().count();
        if !(8..=40).contains(&length) || ONLY_ALONE.contains(&word) {
            return None;
        }
        let own = letters(word);
        let mut best: Option<(u16, Vec<FieldIndex>)> = None;
        for (name, others) in &self.spellings {
            // An edit changes at most two of the letters that occur. Who misspells a word begins it well; "dierenverzorger"
            // and "ziekenverzorger" are two edits apart and another thing.
            let near = (own ^ others).count_ones() <= 6
                && name.chars().count().abs_diff(length) <= 3
                && name.chars().take(2).eq(word.chars().take(2));
            if !near {
                continue;
            }
            let longest = name.chars().count().max(length);
            let edits = strsim::damerau_levenshtein(word, name).min(longest);
            let likeness = u16::try_from(1000 * (longest - edits) / longest).unwrap_or_default();
            if likeness < NEAR {
                continue;
            }
            let fields = self.names.get(name).into_iter().flatten().map(|(index, _)| *index);
            match &mut best {
                Some((score, _)) if *score > likeness => {}
                Some((score, known)) if *score == likeness => known.extend(fields),
                _ => best = Some((likeness, fields.collect())),
            }
        }
        best.map(|(score, fields)| (fields, score.min(900), Why::Spelling))
    }

    /// One answer out of all names: a field beside one that contains it is that field; who teaches a subject is trained to
    /// teach; else what all share.
    fn weigh(&self, hits: &[Hit], share: usize, rest: &Rest<'_>) -> Fielded {
        let mut found: Vec<(FieldIndex, u16, Why)> = Vec::new();
        for hit in hits {
            for field in &hit.fields {
                let (score, why) = if share == 100 {
                    (hit.score, hit.why)
                } else {
                    let part = u16::try_from(400 + 4 * share.min(100)).unwrap_or(800);
                    (part.min(hit.score), Why::Overlap)
                };
                match found.iter_mut().find(|(known, ..)| known == field) {
                    Some(known) if known.1 < score => (known.1, known.2) = (score, why),
                    Some(_) => {}
                    None => found.push((*field, score, why)),
                }
            }
        }
        let code = |index: FieldIndex| self.concept(index).map_or("", |one| one.code.as_str());
        let codes: Vec<_> = found.iter().map(|(index, ..)| code(*index).to_owned()).collect();
        let teaches = codes.iter().any(|code| code.starts_with("011"));
        found.retain(|(index, ..)| {
            let own = code(*index);
            let contains = |other: &String| other.len() > own.len() && other.starts_with(own);
            !codes.iter().any(contains) && (!teaches || own.starts_with("01"))
        });
        found.sort_by_key(|(index, score, _)| (std::cmp::Reverse(*score), *index));
        let words = hits
            .iter()
            .filter(|hit| hit.fields.iter().any(|one| found.iter().any(|(kept, ..)| kept == one)))
            .map(|hit| rest.words.get(hit.from..hit.to).unwrap_or_default().join(" "))
            .collect();
        let enough = share >= MOST_OF_IT;
        let sure = enough && found.len() == 1;
        let answer = match found.as_slice() {
            [] => None,
            [one] => Some(*one),
            [first, ..] => {
                let shared = (2..=3).rev().find_map(|digits| {
                    let parent = code(first.0).get(..digits)?;
                    let all = found.iter().all(|(index, ..)| code(*index).starts_with(parent));
                    self.by_code(parent).filter(|_| all)
                });
                let least = found.iter().map(|(_, score, _)| *score).min().unwrap_or_default();
                shared.map(|index| (index, least, Why::Overlap))
            }
        };
        Fielded { found, answer: answer.filter(|_| enough), sure, words }
    }
}

impl Rest<'_> {
    /// The word is understood as something else, or is no more than filling.
    fn says_no_more(&self, at: usize) -> bool {
        let number = self.words.get(at).is_some_and(|word| is_number(word));
        let spent = self.spent.iter().any(|(from, to)| (*from..*to).contains(&at));
        spent || (!number && self.filler.get(at) == Some(&true))
    }

    /// The word may still say something.
    fn is_open(&self, at: usize) -> bool {
        !self.filler.get(at).copied().unwrap_or(true)
            && !self.spent.iter().any(|(from, to)| (*from..*to).contains(&at))
    }
}

/// The folded words of a text; letters and digits part ("mbo4"), a dotless i is an i.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for folded in fold(text).split(' ').filter(|word| !word.is_empty()) {
        let mut word = String::new();
        for c in folded.chars().map(|c| if c == 'ı' { 'i' } else { c }) {
            let digit = |c: char| c.is_ascii_digit();
            if word.chars().last().is_some_and(|last| digit(last) != digit(c)) && c != '+' {
                words.push(std::mem::take(&mut word));
            }
            word.push(c);
        }
        words.push(word);
    }
    words
}

/// Whether a word is a number.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which letters occur in a word, a bit for each of 32 classes.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 32))
}

#[cfg(test)]
mod tests {
    use super::super::Diplomas;
    use super::*;

    fn starter() -> Fields {
        Fields::read(Diplomas::TABLES[0]).unwrap()
    }

    #[test]
    fn every_code_stands_once_below_its_parent() {
        let fields = starter();
        let count =
            |digits: usize| fields.concepts.iter().filter(|one| one.code.len() == digits).count();
        // ISCED-F 2013 with the codes for "not further defined", "inter-disciplinary" and "not elsewhere classified".
        assert_eq!((count(2), count(3), count(4)), (12, 58, 150));
        for one in &fields.concepts {
            assert!(!one.label.nl.is_empty() && !one.label.en.is_empty(), "{}", one.code);
        }
    }

    #[test]
    fn a_field_that_people_study_has_at_least_four_other_names() {
        for one in starter().concepts() {
            let residual = one.code.ends_with(['0', '8', '9']);
            assert!(one.code.len() < 4 || residual || one.alternatives.len() >= 4, "{}", one.code);
        }
    }

    #[test]
    fn a_faulty_table_names_its_line() {
        let read = |row: &str| Fields::read(&format!("header\n{row}\n")).unwrap_err().to_string();
        assert_eq!(
            read("7\ta\tb\t\t\t"),
            "`isced_f` line 2: expected an ISCED-F code of 2 to 4 digits"
        );
        assert_eq!(read("0713\ta\tb\t\t\t"), "`isced_f` line 2: `071` does not exist");
        assert_eq!(read("07\ta\tb"), "`isced_f` line 2: expected 6 cells");
        assert_eq!(read("07\ta\tb\t\t\t\n07\ta\tb\t\t\t"), "`isced_f` line 3: `07` stands twice");
    }

    #[test]
    fn words_part_letters_and_digits() {
        assert_eq!(words("MBO4-opleiding"), ["mbo", "4", "opleiding"]);
        assert_eq!(words("bac+3"), ["bac+", "3"]);
        assert_eq!(words("kaynakçı C#"), ["kaynakci", "c#"]);
    }
}
