// SPDX-License-Identifier: EUPL-1.2
//! What a record says in its own words, kept so that an explanation can tell how it was read.
//!
//! Each text is kept once a run; facts name it by number. Why it was read so is looked up when an explanation asks, and
//! then kept: ranking has no use for it.

use std::sync::Arc;

use super::vacancy::shown;
use super::{Preparer, Texts, Word, Words};
use crate::model::Concept;
use crate::vocabulary::{OccupationIndex, Reading, SkillIndex, Vocabulary, Why};

/// Where in a record words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A job that a person had: its occupation or title.
    Experience,
    /// An occupation that a person wishes.
    Wish,
    /// An occupation that a person aims at.
    Target,
    /// Work that a person does not want.
    Avoid,
    /// A skill that a person states.
    Skill,
    /// The title of a vacancy.
    Title,
    /// The occupation of a vacancy.
    Occupation,
    /// A skill that a vacancy asks.
    AskedSkill,
}

/// Words of a record that were looked up: a text, or a code with its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) place: Place,
    pub(super) concept: Word,
}

/// A title that is not surely understood, with what it may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unsure {
    pub(crate) place: Place,
    pub(crate) title: Word,
    pub(crate) perhaps: Perhaps,
}

/// How words were read.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    /// The words as the record has them.
    pub(crate) concept: Concept,
    pub(crate) meaning: Meant,
}

/// As what words were read.
#[derive(Debug, Clone)]
pub(crate) enum Meant {
    Occupations(Vec<Reading>, Reason),
    Skill(SkillIndex, Reason),
    /// Nothing that is sure.
    Nothing(Perhaps),
}

/// Why words mean what they do: the reason, and the label that came nearest or the code that says it.
pub(crate) type Reason = (Why, String);

/// The best candidates for a title that is not sure; groups stand after occupations.
pub(crate) type Perhaps = [Option<OccupationIndex>; 2];

/// Stands before each part of a concept with a code; a record with it in a text is refused.
const PART: char = '\0';

impl Said {
    /// The same words at another place.
    pub(super) const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }
}

impl<T: Texts> Preparer<'_, T> {
    /// Keeps what a concept says.
    pub(super) fn said(&mut self, place: Place, concept: &Concept) -> Said {
        let Concept { scheme, code, label } = concept;
        let concept = match (code, label) {
            (None, Some(label)) => self.words.intern(label),
            _ => self.words.intern(&written([scheme, code, label])),
        };
        Said { place, concept }
    }

    /// Keeps what a title says.
    pub(super) fn said_title(&mut self, place: Place, title: &str) -> Said {
        Said { place, concept: self.words.intern(title) }
    }

    /// What a title that is not sure may mean; each title is looked up once.
    pub(super) fn unsure(&mut self, place: Place, title: &str) -> Unsure {
        let perhaps = self.perhaps.of(title, |title| self.vocabulary.occupations_like(title));
        Unsure { place, title: self.words.intern(title), perhaps }
    }
}

impl Heard {
    fn new(vocabulary: &Vocabulary, is_skill: bool, concept: Concept) -> Self {
        let (code, label) = (concept.code.as_deref(), concept.label.as_deref());
        let by_code = || (Why::Given, concept.code.clone().unwrap_or_default());
        let meaning = if is_skill {
            let decides = vocabulary.resolve_skill(code, None).is_some();
            match vocabulary.resolve_skill(code, label) {
                Some(index) => {
                    let label = label.filter(|_| !decides);
                    let reason = label.and_then(|label| vocabulary.skill_reason(label));
                    Meant::Skill(index, reason.unwrap_or_else(by_code))
                }
                None => Meant::Nothing(Perhaps::default()),
            }
        } else {
            let decides = !vocabulary.code_readings(&concept).is_empty();
            let reason =
                label.filter(|_| !decides).and_then(|title| vocabulary.title_reason(title));
            match vocabulary.readings(&concept) {
                none if none.is_empty() => Meant::Nothing(
                    label.map(|title| vocabulary.occupations_like(title)).unwrap_or_default(),
                ),
                readings => Meant::Occupations(readings, reason.unwrap_or_else(by_code)),
            }
        };
        Self { concept, meaning }
    }
}

impl Words {
    /// How words of a record were read; each is looked up once.
    pub(crate) fn heard(&self, vocabulary: &Vocabulary, said: Said) -> Arc<Heard> {
        let is_skill = matches!(said.place, Place::Skill | Place::AskedSkill);
        let key = format!("{}{}", if is_skill { 's' } else { 'o' }, self.get(said.concept));
        let concept = || self.concept(said);
        self.heard.of(&key, |_| Arc::new(Heard::new(vocabulary, is_skill, concept())))
    }

    /// A text as it may be shown.
    pub(crate) fn shown(&self, word: Word) -> Box<str> {
        shown(self.get(word))
    }

    /// What was said, as the record has it.
    fn concept(&self, said: Said) -> Concept {
        let text = self.get(said.concept);
        let Some(parts) = text.strip_prefix(PART) else { return Concept::labelled(text) };
        // A part that is there has a mark, so that an empty one is told from one that is left out.
        let mut parts = parts.split(PART).map(|part| part.strip_prefix('=').map(str::to_owned));
        let mut next = || parts.next().flatten();
        Concept { scheme: next(), code: next(), label: next() }
    }
}

fn written(parts: [&Option<String>; 3]) -> String {
    let mut written = String::new();
    for part in parts {
        written.push(PART);
        if let Some(part) = part {
            written.push('=');
            written.push_str(part);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_found_again_as_it_stood() {
        let mut words = Words::default();
        let text = |text: &str| Some(text.to_owned());
        for concept in [
            Concept::labelled("kok (m/v)"),
            Concept { scheme: None, code: text("5120"), label: None },
            Concept { scheme: text("isco08"), code: text("5120"), label: text("kok = chef") },
            Concept { scheme: text(""), code: text(""), label: text("") },
            Concept::default(),
        ] {
            let Concept { scheme, code, label } = &concept;
            let plain = code.is_none() && label.is_some();
            let key = if plain { label.clone().unwrap() } else { written([scheme, code, label]) };
            let said = Said { place: Place::Wish, concept: words.intern(&key) };
            assert_eq!(words.concept(said), concept);
        }
    }
}
