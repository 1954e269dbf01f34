// SPDX-License-Identifier: EUPL-1.2
//! What a plan needs to know of steps: what comes first, what they change, who guides, which languages an exam has.

use serde::{Deserialize, Serialize};

use super::{CertificateIndex, Policy};
use crate::model::Cefr;
use crate::text::Text;

/// What is in a person's record once a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Change {
    Language,
    Certificate,
    CertificateRenewed,
    Registration,
    Permit,
    Document,
    Bsn,
    /// Lessons that can be moved no longer stand in the week.
    Lessons,
    Student,
    Education,
    Licence,
    LicenceExchanged,
}

/// What a plan needs to know of a step, or of all steps of a kind: `steps.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StepDetail {
    pub(crate) id: String,
    /// `None`: nothing in the record, so that a plan promises nothing of it.
    pub(crate) changes: Option<Change>,
    /// Ids of steps that come first.
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    /// Least level of reading in the language of the exam.
    pub(crate) exam_level: Option<Cefr>,
    /// How long a document holds that a step renews.
    pub(crate) valid_days: Option<u16>,
    /// One-to-one time of a caseworker.
    pub(crate) guidance_hours: u16,
    cost_eur_min: Option<u32>,
    cost_eur_max: Option<u32>,
    provider_nl: String,
    provider_en: String,
    pub(crate) source: String,
    pub(crate) verified: String,
    #[serde(rename = "note")]
    _note: Option<String>,
}

/// Whole euros, from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// At least.
    pub min: u32,
    /// At most.
    pub max: u32,
}

/// Lesson hours of a language course: a range, never one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LessonHours {
    /// For who learns fast.
    pub fast: u16,
    /// For most people.
    pub usual: u16,
    /// For who learns to read and write too; `None` where no figure was found.
    pub low_literate: Option<u16>,
}

impl StepDetail {
    pub(crate) fn provider(&self) -> Text {
        Text { nl: self.provider_nl.clone(), en: self.provider_en.clone() }
    }

    /// What it costs, where that is known.
    pub(crate) fn cost(&self) -> Option<Cost> {
        Some(Cost { min: self.cost_eur_min?, max: self.cost_eur_max? })
    }
}

/// Whether an exam is held in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Offered {
    Standard,
    OnRequest,
    NotListed,
}

/// A language of an exam: `exam_languages.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExamLanguage {
    pub(crate) id: String,
    pub(crate) certificate: String,
    pub(crate) language: String,
    pub(crate) offered: Offered,
    #[serde(rename = "read_aloud")]
    _read_aloud: String,
    pub(crate) source: String,
    pub(crate) verified: String,
}

impl Policy {
    /// What a plan needs to know of a step: its own row, else that of its kind.
    pub(crate) fn step_detail(&self, id: &str) -> Option<&StepDetail> {
        let kind = id.split(':').next().unwrap_or_default();
        self.step_details.get(id).or_else(|| self.step_details.get(kind))
    }

    /// The languages in which the exam of a certificate can be taken; none if no list was read.
    pub(crate) fn exam_languages(
        &self,
        certificate: CertificateIndex,
    ) -> impl Iterator<Item = &ExamLanguage> {
        let code = self.certificate(certificate).map(|row| row.code.as_str());
        self.exam_languages.iter().filter(move |row| {
            Some(row.certificate.as_str()) == code && row.offered != Offered::NotListed
        })
    }

    /// Lesson hours from one level of a language to a higher one; `None` if the table lacks a level between.
    pub(crate) fn lesson_hours(&self, from: Cefr, to: Cefr) -> Option<LessonHours> {
        let between =
            self.languages.iter().filter(|span| span.rank > from.rank() && span.rank <= to.rank());
        let nothing = LessonHours { fast: 0, usual: 0, low_literate: Some(0) };
        between.into_iter().try_fold(nothing, |sum, span| {
            Some(LessonHours {
                fast: sum.fast.saturating_add(span.hours_fast?),
                usual: sum.usual.saturating_add(span.hours_slow?),
                low_literate: sum
                    .low_literate
                    .zip(span.hours_low_literate)
                    .map(|(sum, more)| sum.saturating_add(more)),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_without_a_row_has_that_of_its_kind() {
        let policy = Policy::builtin();
        let level = |id: &str| policy.step_detail(id).and_then(|row| row.exam_level);
        assert_eq!(level("certificate:vca_basic"), Some(Cefr::A2));
        assert_eq!(level("certificate:forklift"), None);
        assert_eq!(policy.step_detail("certificate:forklift").unwrap().id, "certificate");
        assert!(policy.step_detail("ask_later_start").is_none());
    }

    #[test]
    fn the_vca_exam_is_not_held_in_somali() {
        let policy = Policy::builtin();
        let vca = policy.certificate_named(Some("vca_basic"), None).unwrap();
        let languages: Vec<_> = policy.exam_languages(vca).map(|row| &*row.language).collect();
        assert!(languages.contains(&"ar") && !languages.contains(&"so"), "{languages:?}");
        assert_eq!(languages.len(), 27);
    }

    #[test]
    fn lesson_hours_add_up_and_stop_where_no_figure_was_found() {
        let policy = Policy::builtin();
        assert_eq!(
            policy.lesson_hours(Cefr::A0, Cefr::A2),
            Some(LessonHours { fast: 240, usual: 480, low_literate: Some(1200) })
        );
        assert_eq!(policy.lesson_hours(Cefr::A2, Cefr::B1).unwrap().low_literate, None);
        assert_eq!(policy.lesson_hours(Cefr::B2, Cefr::C1), None);
    }

    #[test]
    fn lessons_are_counted_from_the_level_that_is_there() {
        let policy = Policy::builtin();
        let hours = |from, to| policy.lesson_hours(from, to).map(|hours| (hours.fast, hours.usual));
        assert_eq!(hours(Cefr::A0, Cefr::A1), Some((120, 240)));
        assert_eq!(hours(Cefr::A1, Cefr::A2), Some((120, 240)));
        assert_eq!(hours(Cefr::A0, Cefr::A0), Some((0, 0)));
        assert_eq!(hours(Cefr::A2, Cefr::A1), Some((0, 0)));
    }

    #[test]
    fn a_cost_is_told_where_both_its_ends_are_known() {
        let policy = Policy::builtin();
        let mut detail = policy.step_detail("bsn").unwrap().clone();
        for (min, max, expected) in [
            (Some(10), Some(20), Some(Cost { min: 10, max: 20 })),
            (Some(10), None, None),
            (None, Some(20), None),
        ] {
            (detail.cost_eur_min, detail.cost_eur_max) = (min, max);
            assert_eq!(detail.cost(), expected);
        }
    }

    #[test]
    fn languages_of_an_exam_are_those_of_its_certificate() {
        let policy = Policy::builtin();
        let forklift = policy.certificate_named(Some("forklift"), None).unwrap();
        assert_eq!(policy.exam_languages(forklift).count(), 0);
    }
}
