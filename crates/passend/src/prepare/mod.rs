// SPDX-License-Identifier: EUPL-1.2
//! Records made ready to be compared: codes resolved, texts interned, times and places as whole numbers.
//!
//! Ranking and explaining read these facts, never the records. What a gate may see and what a criterion may see are
//! different types: criteria get no residence, age or route; gates get no score.

mod candidate;
mod field;
mod filed;
mod gathered;
mod language_code;
mod learned;
mod packed;
mod packed_vacancies;
mod profession;
mod profile;
mod quick;
mod rows;
mod said;
mod shared;
mod speech;
mod vacancy;
mod view;
mod way;
mod week;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

pub(crate) use candidate::{
    Avoided, CandidateFacts, CertificateFact, LegalFacts, LicenceFact, PermitFact, PracticalFacts,
    QualificationFacts, RegistrationFact, WeekFacts,
};
pub(crate) use field::Field;
pub(crate) use filed::{Filed, List};
pub(crate) use gathered::Gathered;
pub(crate) use language_code::LanguageCode;
pub(crate) use learned::{CourseRead, EducationFact, LanguageFact};
pub(crate) use packed::{Bytes, Packed, structs};
pub(crate) use packed_vacancies::Vacancies;
pub(crate) use profession::{ProfessionDemand, ProfessionReason};
#[cfg(test)]
pub(crate) use profile::{Credit, Credits};
pub(crate) use profile::{Evidence, Held, Profile, WishFacts};
pub(crate) use quick::Quick;
pub(crate) use rows::{Rows, SnapshotBytes, Stored, numbers};
pub(crate) use said::{Heard, Meant, Perhaps, Place, Reason, Said, Unsure};
pub(crate) use shared::{Texts, Words};
pub(crate) use speech::{Standing, reads_none, standing};
pub(crate) use vacancy::{
    AskedSkill, CertificateDemand, DiplomaDemand, EducationDemand, LanguageDemand, LicenceDemand,
    Named, Required, Times, VacancyFacts, VacancyTold, WorkDemand, shown,
};
pub(crate) use view::{
    Commute, Excludable, Period, Regulated, Shifts, Speaks, Spoken, Stay, Week, Workplace,
};
pub(crate) use way::way;
pub(crate) use week::{Span, joined, minutes_of_overlap, spans_of};

use self::profession::KnownProfession;
use self::shared::{Alike, Readings};
use crate::model::{Candidate, Concept, Day, Vacancy};
use crate::policy::Policy;
use crate::text::fold;
use crate::vocabulary::{DiplomaReading, FieldIndex, Reading, SkillIndex, Vocabulary};

/// Records that a thread prepares before it looks whether another could help.
const AT_ONCE: usize = 256;

/// An interned text: equal texts have equal words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Word(u32);

/// A skill of the vocabulary, or one that only has a text, in four bytes: there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SkillKey(u32);

/// Which skill a key stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SkillNamed {
    Known(SkillIndex),
    Text(Word),
}

impl SkillKey {
    /// Set for a text. Two thousand million texts, or skills, fill no memory.
    const TEXT: u32 = 1 << 31;

    pub(crate) const fn known(index: SkillIndex) -> Self {
        Self(index.0 & !Self::TEXT)
    }

    const fn text(word: Word) -> Self {
        Self(word.0 | Self::TEXT)
    }

    pub(crate) const fn named(self) -> SkillNamed {
        match self.0 & Self::TEXT {
            0 => SkillNamed::Known(SkillIndex(self.0)),
            _ => SkillNamed::Text(Word(self.0 & !Self::TEXT)),
        }
    }
}

/// A category of driving licence, in capitals: `B`, `CE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LicenceCategory([u8; 4]);

/// All people and vacancies, prepared for one day.
#[derive(Debug, Clone, Default)]
pub(crate) struct Prepared {
    pub(crate) candidates: Vec<CandidateFacts>,
    /// Shared by the markets that are made of one.
    pub(crate) vacancies: Arc<Vec<VacancyFacts>>,
    pub(crate) words: Arc<Words>,
}

/// What preparing needs and what it remembers.
pub(crate) struct Preparer<'a, T = Words> {
    pub(crate) policy: &'a Policy,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) as_of: Day,
    words: T,
    titles: Arc<Readings<Vec<Reading>>>,
    diplomas: Arc<Readings<(DiplomaReading, Option<FieldIndex>)>>,
    perhaps: Arc<Readings<Perhaps>>,
    skill_texts: Arc<Readings<Option<SkillIndex>>>,
    professions: Arc<OnceLock<Arc<[KnownProfession]>>>,
    alike: Arc<Alike>,
    /// What this thread has looked up, by code and label.
    skills: HashMap<String, (SkillKey, Said)>,
    /// The code and label that are looked up, so that no text is made for what is known.
    asked: String,
}

impl Default for Word {
    /// A word without a text.
    fn default() -> Self {
        Words::NOTHING
    }
}

impl Word {
    pub(crate) const fn number(self) -> u32 {
        self.0
    }

    pub(crate) const fn of_number(number: u32) -> Self {
        Self(number)
    }
}

impl LicenceCategory {
    pub(crate) fn new(category: &str) -> Self {
        let mut bytes = [0; 4];
        let letters = category
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .map(|byte| byte.to_ascii_uppercase());
        for (at, byte) in bytes.iter_mut().zip(letters) {
            *at = byte;
        }
        Self(bytes)
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }

    /// This category and those that it covers (Directive 2006/126/EC, art. 6).
    pub(crate) fn covered(self) -> impl Iterator<Item = Self> {
        let others: &[&str] = match self.as_str() {
            "BE" => &["B"],
            "C1" => &["B"],
            "C" => &["C1", "B"],
            "C1E" => &["C1", "BE", "B"],
            "CE" => &["C", "C1", "C1E", "BE", "B"],
            "D1" => &["B"],
            "D" => &["D1", "B"],
            "DE" => &["D", "D1", "BE", "B"],
            "A" => &["A2", "A1", "AM"],
            "B" => &["AM"],
            _ => &[],
        };
        std::iter::once(self).chain(others.iter().map(|one| Self::new(one)))
    }
}

impl Prepared {
    /// Prepares the records, shared among threads.
    pub(crate) fn new(
        policy: &Policy,
        vocabulary: &Vocabulary,
        as_of: Day,
        candidates: &[Candidate],
        vacancies: &[Vacancy],
    ) -> Self {
        let none = Arc::default();
        let (candidates, vacancies, words) =
            sides(policy, vocabulary, as_of, &none, (candidates, vacancies));
        Self { candidates, vacancies: Arc::new(vacancies), words: Arc::new(words) }
    }

    /// All that was gathered.
    pub(crate) fn of(gathered: Gathered) -> Self {
        let Gathered { mut candidates, mut vacancies, words, .. } = gathered;
        candidates.shrink_to_fit();
        vacancies.shrink_to_fit();
        Self { candidates, vacancies: Arc::new(vacancies), words: Arc::new(words.finish()) }
    }

    /// Prepares other people for the same vacancies.
    pub(crate) fn with_candidates(
        &self,
        policy: &Policy,
        vocabulary: &Vocabulary,
        as_of: Day,
        candidates: &[Candidate],
    ) -> Self {
        let (candidates, _, words) =
            sides(policy, vocabulary, as_of, &self.words, (candidates, &[]));
        Self { candidates, vacancies: Arc::clone(&self.vacancies), words: Arc::new(words) }
    }
}

/// Prepares vacancies beside others whose texts are these words; gives the words of all.
pub(crate) fn more_vacancies(
    policy: &Policy,
    vocabulary: &Vocabulary,
    as_of: Day,
    words: &Arc<Words>,
    vacancies: &[Vacancy],
) -> (Vec<VacancyFacts>, Words) {
    let (_, vacancies, words) = sides(policy, vocabulary, as_of, words, (&[], vacancies));
    (vacancies, words)
}

/// Prepares one person for vacancies whose texts are these words; gives the words of all.
pub(crate) fn one_candidate(
    policy: &Policy,
    vocabulary: &Vocabulary,
    as_of: Day,
    words: &Arc<Words>,
    candidate: &Candidate,
) -> (CandidateFacts, Words) {
    let mut preparer = Preparer::with_words(policy, vocabulary, as_of, Words::on(words));
    let facts = preparer.candidate(candidate);
    (facts, preparer.words)
}

/// Prepares both sides, shared among threads, for a market whose texts are these words.
fn sides(
    policy: &Policy,
    vocabulary: &Vocabulary,
    as_of: Day,
    words: &Arc<Words>,
    (candidates, vacancies): (&[Candidate], &[Vacancy]),
) -> (Vec<CandidateFacts>, Vec<VacancyFacts>, Words) {
    let mut gathered = Gathered::on(words);
    gathered.add_candidates((policy, vocabulary, as_of), candidates);
    gathered.add_vacancies((policy, vocabulary, as_of), vacancies);
    let Gathered { candidates, vacancies, words, .. } = gathered;
    (candidates, vacancies, words.finish())
}

impl<'a> Preparer<'a> {
    /// Prepares more people for a market whose texts are these words; the words grow.
    pub(crate) fn with_words(
        policy: &'a Policy,
        vocabulary: &'a Vocabulary,
        as_of: Day,
        words: Words,
    ) -> Self {
        Self {
            policy,
            vocabulary,
            as_of,
            words,
            titles: Arc::default(),
            diplomas: Arc::default(),
            perhaps: Arc::default(),
            skill_texts: Arc::default(),
            professions: Arc::default(),
            alike: Arc::default(),
            skills: HashMap::new(),
            asked: String::new(),
        }
    }

    /// Prepares for another day from now on.
    pub(crate) const fn turn_to(&mut self, as_of: Day) {
        self.as_of = as_of;
    }

    /// The texts that facts name by number.
    pub(crate) const fn words(&self) -> &Words {
        &self.words
    }
}

impl<T: Texts> Preparer<'_, T> {
    /// Readings of a title; each title is linked once.
    fn title(&self, title: &str) -> Vec<Reading> {
        self.titles.of(title, |title| self.vocabulary.title_readings(title))
    }

    /// What the text of a diploma says; each text is read once.
    fn diploma(&self, text: &str) -> (DiplomaReading, Option<FieldIndex>) {
        self.diplomas.of(text, |text| self.vocabulary.diploma(text))
    }

    /// Readings of a concept; a label is linked once.
    pub(crate) fn readings(&self, concept: &Concept) -> Vec<Reading> {
        let by_code = self.vocabulary.code_readings(concept);
        match &concept.label {
            Some(label) if by_code.is_empty() => self.title(label),
            _ => by_code,
        }
    }

    /// Readings of the occupation and title of one job: the title refines an ISCO group, and stands in for what could
    /// not be linked. What was read is kept in `said`, the occupation at the first place and the title at the second.
    fn job(
        &mut self,
        concepts: &[Concept],
        title: Option<&str>,
        [occupation_place, title_place]: [Place; 2],
        said: &mut Vec<Said>,
    ) -> Vec<Reading> {
        let readings = match concepts {
            [Concept { code: None, label: Some(label), .. }] => self.title(label),
            concepts => Vocabulary::joint_readings(
                concepts.iter().flat_map(|concept| self.readings(concept)),
            ),
        };
        let by_title = title.map(|title| self.title(title)).unwrap_or_default();
        let takes_title = match readings.as_slice() {
            [] => true,
            [group] if group.occupation.is_none() => {
                !by_title.is_empty() && by_title.iter().all(|one| one.group.is_within(group.group))
            }
            _ => false,
        };
        for concept in concepts {
            // Where the title takes its place, only what was not understood is told.
            if !takes_title || self.readings(concept).is_empty() {
                let one = self.said(occupation_place, concept);
                said.push(one);
            }
        }
        if let Some(title) = title.filter(|_| takes_title) {
            let one = self.said_title(title_place, title);
            said.push(one);
        }
        if takes_title { by_title } else { readings }
    }

    /// The skill that a record names, and what it says.
    fn skill(&mut self, place: Place, code: Option<&str>, label: Option<&str>) -> (SkillKey, Said) {
        // Which of both is given and how long the code is, so that no two questions are the same text.
        self.asked.clear();
        let given = u8::from(code.is_some()) * 2 + u8::from(label.is_some());
        let [own, label_text] = [code, label].map(Option::unwrap_or_default);
        let written = write!(self.asked, "{given}{}:{own}{label_text}", own.len());
        debug_assert!(written.is_ok(), "a text can be written to");
        if let Some((key, said)) = self.skills.get(&self.asked) {
            return (*key, said.at(place));
        }
        let by_code = code.and_then(|code| self.vocabulary.resolve_skill(Some(code), None));
        let by_label = || {
            let find = |label: &str| self.vocabulary.resolve_skill(None, Some(label));
            label.and_then(|label| self.skill_texts.of(label, find))
        };
        let key = match by_code.or_else(by_label) {
            Some(index) => SkillKey::known(index),
            None => SkillKey::text(self.words.intern(&Vocabulary::unknown_key(code, label))),
        };
        let [code, label] = [code, label].map(|one| one.map(str::to_owned));
        let said = self.said(place, &Concept { scheme: None, code, label });
        self.skills.insert(self.asked.clone(), (key, said));
        (key, said)
    }

    fn word(&mut self, text: &str) -> Word {
        self.words.intern(&fold(text))
    }
}

/// The fixed hash of an id: FNV-1a of its bytes. The hash of a pair mixes those of both, see `index`.
pub(crate) fn id_hash(id: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    id.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_id_is_fnv_1a() {
        assert_eq!(id_hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(id_hash("a"), 0xaf63_dc4c_8601_ec8c);
    }
}
