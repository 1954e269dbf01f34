// SPDX-License-Identifier: EUPL-1.2
//! The rows about titles and skills: how the words of both records were read, and why, so that a reader can correct it.

use super::record::Row;
use super::rows::{plain, resting_on};
use super::speaker::Speaker;
use crate::model::Concept;
use crate::prepare::{CandidateFacts, Heard, Meant, Perhaps, Place, Reason, VacancyFacts, shown};
use crate::text::{Args, Say, Text, fold};
use crate::vocabulary::{OccupationIndex, Reading, SkillIndex, Why};

/// Where it stands how words are read.
pub(super) const VOCABULARY: &str = "docs/vocabulary.md";

impl Speaker<'_> {
    /// How titles and skills were read: first those of the person, then those of the vacancy. Skills that stand in the
    /// vocabulary as they are share a row.
    pub(super) fn reading_rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
    ) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for said in [candidate.filed.list().iter().collect(), vacancy.told().said] {
            let mut literal: Vec<(Place, SkillIndex)> = Vec::new();
            for one in said {
                let heard = self.words.heard(self.vocabulary, one);
                rows.extend(self.heard_row(one.place, &heard, &mut literal));
            }
            rows.extend(self.literal_row(&literal));
        }
        // What is said twice is told once.
        let mut told: Vec<Row> = Vec::new();
        for row in rows {
            if !told.contains(&row) {
                told.push(row);
            }
        }
        told
    }

    /// How words were read; nothing for a skill that stands in the vocabulary as it is, which is gathered.
    fn heard_row(
        self,
        place: Place,
        heard: &Heard,
        literal: &mut Vec<(Place, SkillIndex)>,
    ) -> Option<Row> {
        let name = name_of(&heard.concept);
        match &heard.meaning {
            Meant::Nothing(perhaps) => Some(self.unread_row(place, name, self.perhaps(*perhaps))),
            Meant::Occupations(readings, reason) => {
                let ids = readings.iter().map(|one| self.reading_value(*one));
                let ids = ids.collect::<Vec<_>>().join(", ");
                let words = self.readings_in_words(readings);
                Some(self.read_row(place, name, &ids, words, reason))
            }
            Meant::Skill(index, reason) => {
                let skill = self.vocabulary.skill(*index)?;
                let own = skill.label();
                let is_name = [&own.nl, &own.en].iter().any(|own| fold(own) == fold(&name));
                if is_name {
                    literal.push((place, *index));
                    return None;
                }
                let id = format!("{} 100", skill.id());
                Some(self.read_row(place, name, &id, own, reason))
            }
        }
    }

    /// One row for all skills of a record that stand in the vocabulary as they are.
    fn literal_row(self, literal: &[(Place, SkillIndex)]) -> Option<Row> {
        let (place, _) = literal.first()?;
        let skills: Vec<_> =
            literal.iter().filter_map(|(_, index)| self.vocabulary.skill(*index)).collect();
        let names = skills.iter().map(|skill| skill.label()).reduce(|all, next| Text {
            nl: format!("{}, {}", all.nl, next.nl),
            en: format!("{}, {}", all.en, next.en),
        });
        let ids = skills.iter().map(|skill| format!("{} 100", skill.id()));
        let value = format!("{} {}", code(Why::Exact), ids.collect::<Vec<_>>().join(", "));
        let say = match place {
            Place::AskedSkill => Say("read_asked_skills_literally"),
            _ => Say("read_skills_literally"),
        };
        let args = Args::default().text("names", names.unwrap_or_default());
        Some(self.reading_row(*place, &value, self.say(say, &args)))
    }

    fn read_row(
        self,
        place: Place,
        name: Box<str>,
        ids: &str,
        read: Text,
        (why, label): &Reason,
    ) -> Row {
        let reason = match why {
            Why::Folded | Why::Overlap if stands_within(label, &name) => Say("why_within"),
            Why::Exact | Why::Folded => Say("why_name"),
            Why::Alternative => Say("why_alternative"),
            Why::Compound => Say("why_compound"),
            Why::Spelling => Say("why_spelling"),
            Why::Overlap => Say("why_overlap"),
            Why::Given => Say("why_given"),
        };
        let reason = self.say(reason, &Args::default().value("label", shown(label)));
        let what = self.tell(what(place));
        let args = Args::default()
            .text("what", what)
            .text("read", read)
            .text("why", reason)
            .value("name", name);
        let value = format!("{} {ids}", code(*why));
        self.reading_row(place, &value, self.say(Say("read_as"), &args))
    }

    /// What was not understood, and what it may mean.
    fn unread_row(self, place: Place, name: Box<str>, perhaps: Option<Text>) -> Row {
        let value = if perhaps.is_some() { "unsure" } else { "none" };
        let say = match (place, &perhaps) {
            (Place::Skill, _) => Say("unread_skill"),
            (Place::AskedSkill, _) => Say("unread_asked_skill"),
            (Place::Avoid, _) => Say("unread_avoided"),
            (_, Some(_)) => Say("unread_perhaps"),
            (_, None) => Say("unread"),
        };
        let what = self.tell(what(place));
        let args = Args::default()
            .text("what", what)
            .text("perhaps", perhaps.unwrap_or_default())
            .value("name", name);
        self.reading_row(place, value, self.say(say, &args))
    }

    fn reading_row(self, place: Place, value: &str, text: Text) -> Row {
        resting_on(plain("readings", key(place), value, text), "linking", VOCABULARY)
    }

    /// `Kok`, or `Automonteur (70 %) of Elektromonteur (30 %)`.
    pub(super) fn readings_in_words(self, readings: &[Reading]) -> Text {
        let name = |one: &Reading| self.vocabulary.reading_label(*one);
        match readings {
            [one] => name(one),
            several => self.either(several.iter().map(|one| {
                let args = Args::default().value("share", one.share).text("name", name(one));
                self.say(Say("reading_share"), &args)
            })),
        }
    }

    /// The best candidates for a title that is not sure; nothing if nothing comes near.
    pub(super) fn perhaps(self, perhaps: Perhaps) -> Option<Text> {
        let name = |index: OccupationIndex| self.vocabulary.occupation_or_group_label(index);
        let names: Vec<Text> = perhaps.into_iter().flatten().filter_map(name).collect();
        (!names.is_empty()).then(|| self.either(names.into_iter()))
    }

    /// `A`, `A of B`, `A, B of C`.
    fn either(self, names: impl Iterator<Item = Text>) -> Text {
        let names: Vec<Text> = names.collect();
        let Some((last, before)) = names.split_last() else { return Text::default() };
        let joined = before.iter().cloned().reduce(|all, next| Text {
            nl: format!("{}, {}", all.nl, next.nl),
            en: format!("{}, {}", all.en, next.en),
        });
        match joined {
            None => last.clone(),
            Some(first) => {
                let args = Args::default().text("first", first).text("last", last.clone());
                self.say(Say("either"), &args)
            }
        }
    }

    /// The id of the occupation, or the code of the group, with the share.
    pub(super) fn reading_value(self, reading: Reading) -> String {
        let occupation = reading.occupation.and_then(|index| self.vocabulary.occupation(index));
        let id = occupation.map_or_else(|| reading.group.to_string(), |one| one.id().to_owned());
        format!("{id} {}", reading.share)
    }
}

/// Whether a name stands whole in a longer text.
fn stands_within(name: &str, text: &str) -> bool {
    let (name, text) = (fold(name), fold(text));
    name != text && format!(" {text} ").contains(&format!(" {name} "))
}

/// What a record calls it, as it may be shown.
fn name_of(concept: &Concept) -> Box<str> {
    shown(concept.label.as_deref().or(concept.code.as_deref()).unwrap_or_default())
}

const fn key(place: Place) -> &'static str {
    match place {
        Place::Experience => "experience",
        Place::Wish => "wish",
        Place::Target => "target",
        Place::Avoid => "avoid",
        Place::Skill => "skill",
        Place::Title => "title",
        Place::Occupation => "occupation",
        Place::AskedSkill => "asked_skill",
    }
}

pub(super) const fn what(place: Place) -> Say {
    match place {
        Place::Experience => Say("what_experience"),
        Place::Wish => Say("what_wish"),
        Place::Target => Say("what_target"),
        Place::Avoid => Say("what_avoid"),
        Place::Skill => Say("what_skill"),
        Place::Title => Say("what_title"),
        Place::Occupation => Say("what_occupation"),
        Place::AskedSkill => Say("what_asked_skill"),
    }
}

/// The code of a reason, as `passend link` gives it.
const fn code(why: Why) -> &'static str {
    match why {
        Why::Exact => "exact",
        Why::Folded => "folded",
        Why::Alternative => "alternative",
        Why::Compound => "compound",
        Why::Spelling => "spelling",
        Why::Overlap => "overlap",
        Why::Given => "given",
    }
}
