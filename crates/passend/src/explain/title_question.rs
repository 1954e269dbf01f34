// SPDX-License-Identifier: EUPL-1.2
//! Questions of a pair: those of the gates, and what a title means that is not surely understood.

use std::sync::Arc;

use super::memo::kept;
use super::reader::Reader;
use super::record::QuestionLine;
use super::speaker::Speaker;
use super::teller::Told;
use crate::criterion::fits;
use crate::gate::Finding;
use crate::prepare::{CandidateFacts, Place, Unsure, VacancyFacts, WishFacts};
use crate::score::Fit;
use crate::text::{Args, Say, Text};

/// The field of a vacancy that says which work it is.
const OCCUPATION: &str = "occupation";

impl Speaker<'_> {
    /// What is asked, with the finding that asks it; in no order, and perhaps twice.
    pub(super) fn questions<'f>(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        told: &'f Told,
    ) -> Vec<(Option<&'f Finding>, Arc<QuestionLine>)> {
        let which_work = || self.title_question(&vacancy.told().unsure, |_| true);
        // What is kept is said to the caseworker.
        let memo = self.memo.filter(|_| self.reader == Reader::Caseworker);
        let mut asked = Vec::new();
        for finding in &told.findings {
            let Some(question) = finding.question else { continue };
            let line = |text| QuestionLine { field: question.field.to_owned(), text };
            let asks_work = question.say == Say("ask_occupation");
            let line = match asks_work.then(which_work).flatten() {
                // The question of the gate, with what the title may mean.
                Some(text) => Arc::new(line(text)),
                None => kept(memo.map(|memo| &memo.questions), (finding.rule, question), || {
                    line(self.question_text(finding, question))
                }),
            };
            asked.push((Some(finding), line));
        }
        let mut ask = |field: &str, text: Option<Text>| {
            if let Some(text) = text {
                asked.push((None, Arc::new(QuestionLine { field: field.to_owned(), text })));
            }
        };
        let is_asked = told
            .findings
            .iter()
            .any(|finding| finding.question.is_some_and(|one| one.field == OCCUPATION));
        if vacancy.readings().is_empty() && !is_asked {
            ask(OCCUPATION, which_work());
        }
        for (place, field) in UNSURE {
            if self.could_change(place, candidate, vacancy) {
                ask(field, self.unsure_question(candidate, place));
            }
        }
        asked
    }

    /// What the titles of a person at this place mean that are not surely understood; nothing if all are.
    pub(crate) fn unsure_question(self, candidate: &CandidateFacts, place: Place) -> Option<Text> {
        self.title_question(&candidate.unsure, |one| one == place)
    }

    fn title_question(self, unsure: &[Unsure], is_asked: impl Fn(Place) -> bool) -> Option<Text> {
        let asked = unsure.iter().filter(|one| is_asked(one.place));
        let texts = asked.map(|one| {
            let perhaps = self.perhaps(one.perhaps);
            let say = match perhaps {
                Some(_) => Say("ask_title"),
                None => Say("ask_title_unread"),
            };
            let args = Args::default()
                .text("what", self.tell(super::reading_rows::what(one.place)))
                .text("perhaps", perhaps.unwrap_or_default())
                .value("name", self.words.shown(one.title));
            self.say(say, &args)
        });
        texts.reduce(|all, next| all.and(&next))
    }
}

/// Where titles of a person stand, with the field that the answer fills.
const UNSURE: [(Place, &str); 3] = [
    (Place::Experience, "experience"),
    (Place::Wish, "wishes.occupations"),
    (Place::Target, "targets"),
];

impl super::Teller<'_> {
    /// Whether a title of the person at this place is not surely understood, and what it means could change the score.
    pub(crate) fn could_change(
        self,
        place: Place,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
    ) -> bool {
        // Work that is not known itself is asked first.
        if vacancy.readings().is_empty() || !candidate.unsure.iter().any(|one| one.place == place) {
            return false;
        }
        if place == Place::Experience {
            let [_, occupation, ..] = fits(self.policy, self.vocabulary, candidate, vacancy);
            return matches!(occupation, Fit::Unknown | Fit::AtLeast(_));
        }
        candidate.profile.wishes.as_ref().is_some_and(|wishes| !self.is_wished(wishes, vacancy))
    }

    /// Whether the work is an occupation that the person surely wishes.
    fn is_wished(self, wishes: &WishFacts, vacancy: &VacancyFacts) -> bool {
        wishes.occupations.iter().any(|wish| {
            let is_same = |asked: &crate::vocabulary::Reading| {
                self.vocabulary.occupation_closeness(*wish, *asked) == 100
            };
            vacancy.readings().iter().any(is_same)
        })
    }
}
