// SPDX-License-Identifier: EUPL-1.2
//! Which arrangements are open for a pair, which not and why. They stop nothing and count for nothing.

use super::record::Row;
use super::speaker::Speaker;
use crate::gate::ReadinessClass;
use crate::policy::{Answer, Condition, Facility};
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::text::{Args, Say, Text};

impl Speaker<'_> {
    /// A row for each arrangement of the policy for the person's status; none for a pair that is closed.
    pub(super) fn facility_rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        class: ReadinessClass,
    ) -> Vec<Row> {
        if class == ReadinessClass::Closed {
            return Vec::new();
        }
        let rows = self.policy.facilities(candidate.legal.status).into_iter();
        rows.filter_map(|row| {
            let (answer, text) = answered(row, holds(row.when, candidate, vacancy))?;
            // Without an answer of the record the arrangement is told, and that it has to be asked.
            let text = match (text == Text::default(), row.when) {
                (true, Some(Condition::WorkLearn)) => self.tell(Say("facility_ask_work_learn")),
                (true, _) => self.tell(Say("facility_ask_reception")),
                (false, _) => text,
            };
            let args = Args::default().text("name", row.name()).text("text", text);
            Some(Row {
                section: "facilities",
                key: row.facility.clone(),
                value: answer.code().to_owned(),
                rule: Some(row.id.clone()),
                source: Some(row.cited().to_owned()),
                text: self.say(Say("named"), &args),
            })
        })
        .collect()
    }
}

/// The answer of a row where its condition is so, is not so, or is not known; `None`: it is not for this pair.
fn answered(row: &Facility, holds: Option<bool>) -> Option<(Answer, Text)> {
    match (holds, row.otherwise) {
        (Some(true), _) => Some((row.answer, row.text())),
        (Some(false), Some(otherwise)) => Some((otherwise, row.otherwise_text())),
        (Some(false), None) => None,
        (None, _) => Some((Answer::Ask, Text::default())),
    }
}

fn holds(
    when: Option<Condition>,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
) -> Option<bool> {
    match when {
        None => Some(true),
        Some(Condition::Reception) => candidate.legal.reception,
        Some(Condition::Housed) => candidate.legal.reception.map(|reception| !reception),
        Some(Condition::WorkLearn) => vacancy.told().work_learn,
        Some(Condition::LanguageSupport) => {
            Some(candidate.practical.language_coach || vacancy.required.language_support)
        }
    }
}
