// SPDX-License-Identifier: EUPL-1.2
//! The rows about how well work fits: criteria, skills, experience.

use super::reader::Reader;
use super::record::{MatchLine, Row};
use super::rows::{SCORING, plain, resting_on};
use super::speaker::Speaker;
use crate::criterion::best_experience;
use crate::prepare::{CandidateFacts, Evidence, SkillKey, SkillNamed, VacancyFacts};
use crate::score::Criterion;
use crate::text::{Args, Say, Text};

impl Speaker<'_> {
    /// Each criterion with its weight, fit and contribution, so that the sum can be made on paper.
    pub(super) fn score_rows(self, line: &MatchLine, weights: [u8; 6]) -> Vec<Row> {
        let parts = line.contributions;
        let values = [
            parts.skills,
            parts.occupation,
            parts.education,
            parts.language,
            parts.travel,
            parts.wishes,
        ];
        Criterion::ALL
            .into_iter()
            .zip(weights)
            .zip(values)
            .map(|((criterion, weight), value)| {
                let Some(value) = value else {
                    let text = self.tell(Say("part_not_asked"));
                    return resting_on(
                        plain("score", criterion.code(), "", text),
                        "score",
                        SCORING,
                    );
                };
                let args = Args::default().text("points", points(value)).value("weight", weight);
                let value = format!("{value}/{}", u16::from(weight) * 100);
                let text = self.say(Say("part"), &args);
                resting_on(plain("score", criterion.code(), &value, text), "score", SCORING)
            })
            .collect()
    }

    pub(super) fn skill_rows(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Vec<Row> {
        let mut rows: Vec<(u8, Row)> = Vec::new();
        for asked in vacancy.skills().iter() {
            let (skill, weight) = (asked.skill, asked.weight);
            let credit = candidate.profile.credits.get(skill);
            let (percent, say, from) = match credit.map(|one| (one.credit, one.evidence)) {
                None if candidate.profile.skills_stated => {
                    (0, Say("skill_missing"), Text::default())
                }
                None => (0, Say("skill_unknown"), Text::default()),
                Some((percent, Evidence::Stated)) => {
                    (percent, Say("skill_stated"), Text::default())
                }
                Some((percent, Evidence::Related(other))) => {
                    (percent, Say("skill_related"), self.skill_name(SkillKey::known(other)))
                }
                Some((percent, Evidence::Occupation(index))) => (
                    percent,
                    Say("skill_inferred"),
                    self.vocabulary
                        .occupation(index)
                        .map(crate::vocabulary::OccupationConcept::label)
                        .unwrap_or_default(),
                ),
            };
            let stated = matches!(credit.map(|one| one.evidence), Some(Evidence::Stated));
            let say = match (self.reader, stated) {
                (Reader::Employer, true) => Say("employer_skill"),
                // What is not stated is nobody's proof.
                (Reader::Employer, false) => continue,
                _ => say,
            };
            let name = self.skill_name(skill);
            let args = Args::default()
                .text("name", name)
                .text("from", from)
                .value("weight", weight)
                .value("credit", percent);
            let value = match self.reader {
                Reader::Employer => String::new(),
                _ => format!("{weight} x {percent}"),
            };
            let row = plain("skills", &self.skill_id(skill), &value, self.say(say, &args));
            rows.push((weight, resting_on(row, "skills", SCORING)));
        }
        // The heaviest first: that is what a reader looks for.
        rows.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.key.cmp(&second.key)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The experience that counts, for the best reading of the vacancy.
    pub(super) fn experience_row(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
    ) -> Option<Row> {
        let reading = *vacancy.readings().first()?;
        let (held, fit) =
            best_experience(self.vocabulary, candidate.profile.held.as_deref()?, reading)?;
        if fit == 0 {
            let row = plain("experience", "best", "0", self.tell(Say("experience_none")));
            return Some(resting_on(row, "occupation", SCORING));
        }
        let closeness = self.vocabulary.occupation_closeness(held.reading, reading);
        let args = Args::default()
            .text("name", self.vocabulary.reading_label(held.reading))
            .text("asked", self.vocabulary.reading_label(reading))
            .value("closeness", closeness)
            .value("strength", held.strength)
            .value("fit", fit);
        let value = format!("{closeness} x {} x {}", held.strength, held.reading.share);
        let row = plain("experience", "best", &value, self.say(Say("experience_best"), &args));
        Some(resting_on(row, "occupation", SCORING))
    }

    fn skill_name(self, key: SkillKey) -> Text {
        match key.named() {
            SkillNamed::Known(index) => self
                .vocabulary
                .skill(index)
                .map(crate::vocabulary::SkillConcept::label)
                .unwrap_or_default(),
            SkillNamed::Text(word) => Text::same(self.words.get(word)),
        }
    }

    fn skill_id(self, key: SkillKey) -> String {
        match key.named() {
            SkillNamed::Known(index) => {
                self.vocabulary.skill(index).map(|one| one.id().to_owned()).unwrap_or_default()
            }
            SkillNamed::Text(word) => self.words.get(word).to_owned(),
        }
    }
}

/// Hundredths as a number with two decimals: `83,20` and `83.20`.
pub(crate) fn points(hundredths: impl Into<i128>) -> Text {
    let hundredths: i128 = hundredths.into();
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    Text { nl: format!("{sign}{whole},{part:02}"), en: format!("{sign}{whole}.{part:02}") }
}
