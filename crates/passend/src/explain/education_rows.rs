// SPDX-License-Identifier: EUPL-1.2
//! The rows about texts of diplomas: how each was read, so that a reader can correct it.

use super::record::Row;
use super::rows::{plain, resting_on};
use super::speaker::Speaker;
use crate::model::{EducationLevel, LevelRange};
use crate::prepare::{CandidateFacts, CourseRead, VacancyFacts};
use crate::text::{Args, Say, Text};

/// Where it stands how a text of a diploma is read.
const DIPLOMAS: &str = "docs/diplomas.md";

impl Speaker<'_> {
    /// How texts of courses were read; the last is the text of the vacancy.
    pub(super) fn education_rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
    ) -> Vec<Row> {
        let own = candidate.filed.told().unwrap_or_default();
        let own = own.into_iter().map(|read| ("read", Say("education_read"), read));
        let asked =
            vacancy.told().education_read.map(|read| ("asked", Say("education_asked_read"), read));
        own.chain(asked)
            .map(|(key, say, read)| {
                let (value, text) = self.course_read(read);
                let name = self.words.get(read.text);
                let args = Args::default().value("name", name).text("read", text);
                let row = plain("education", key, &value, self.say(say, &args));
                resting_on(row, "education", DIPLOMAS)
            })
            .collect()
    }

    /// Level and field that were read, as codes and in words.
    fn course_read(self, read: CourseRead) -> (String, Text) {
        let level = read.level.map(|range| self.level_range(range));
        let field = read.field.and_then(|index| self.vocabulary.field(index));
        let unfinished = read.unfinished.then(|| self.tell(Say("education_unfinished")));
        let parts =
            level.into_iter().chain(field.map(|field| field.label.clone())).chain(unfinished);
        let joined = parts.reduce(|all, next| Text {
            nl: format!("{}, {}", all.nl, next.nl),
            en: format!("{}, {}", all.en, next.en),
        });
        let code = |level: Option<EducationLevel>| level.map_or("", EducationLevel::code);
        let levels = read.level.map(|range| {
            let (min, max) = (code(range.min), code(range.max));
            if min == max { min.to_owned() } else { format!("{min}..{max}") }
        });
        let codes = levels.into_iter().chain(field.map(|field| field.code.clone()));
        (codes.collect::<Vec<_>>().join(" "), joined.unwrap_or_default())
    }

    fn level_range(self, range: LevelRange<EducationLevel>) -> Text {
        let name = |level: Option<EducationLevel>| level.map(|level| self.policy.level_name(level));
        match (name(range.min), name(range.max)) {
            (Some(min), Some(max)) if min != max => {
                self.say(Say("level_range"), &Args::default().text("low", min).text("high", max))
            }
            (min, max) => min.or(max).unwrap_or_default(),
        }
    }
}
