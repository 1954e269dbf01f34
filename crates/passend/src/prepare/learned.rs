// SPDX-License-Identifier: EUPL-1.2
//! Languages and education, which a gate and a criterion both look at.

use std::sync::Arc;

use super::vacancy::shown;
use super::{Field, LanguageCode, Preparer, Texts, Word};
use crate::model::{
    Candidate, Cefr, Concept, Education, EducationLevel, EducationStatus, EvaluationOutcome,
    Language, LevelRange, Source,
};
use crate::policy::{EvidenceClass, Meets};
use crate::vocabulary::FieldIndex;

/// Languages and education, shared by people who have the same; `None` is not known.
#[derive(Debug, Clone)]
pub(crate) struct LearnedFacts {
    pub(crate) languages: Option<Arc<[LanguageFact]>>,
    pub(crate) education: Option<Arc<[EducationFact]>>,
}

/// A language: lowest and highest possible rank for listening, reading, speaking, writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LanguageFact {
    pub(crate) code: LanguageCode,
    pub(crate) ranks: [Option<(u8, u8)>; 4],
}

/// A course or diploma: rank of its level, class of evidence, field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct EducationFact {
    /// Lowest and highest rank that it can have.
    pub(crate) ranks: Option<(u8, u8)>,
    pub(crate) outcome: EvaluationOutcome,
    pub(crate) evidence: EvidenceClass,
    pub(crate) meets: Meets,
    pub(crate) field: Option<Field>,
}

/// A level or field that was read out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CourseRead {
    pub(crate) text: Word,
    pub(crate) level: Option<LevelRange<EducationLevel>>,
    pub(crate) field: Option<FieldIndex>,
    /// The text says that the course was not finished.
    pub(crate) unfinished: bool,
}

impl<T: Texts> Preparer<'_, T> {
    /// What was read out of texts, since the record states no code for it, is kept in `read`.
    pub(super) fn learned(
        &mut self,
        record: &Candidate,
        read: &mut Vec<CourseRead>,
    ) -> LearnedFacts {
        LearnedFacts {
            languages: record
                .languages
                .as_deref()
                .map(|list| self.alike.spoken.share(languages(list))),
            education: self.education(record, read).map(|list| self.alike.education.share(list)),
        }
    }

    fn education(
        &mut self,
        record: &Candidate,
        read: &mut Vec<CourseRead>,
    ) -> Option<Vec<EducationFact>> {
        // Level of work and thinking by VUM, as the lowest Dutch level that it covers.
        const BY_WORK_LEVEL: [EducationLevel; 6] = [
            EducationLevel::None,
            EducationLevel::Primary,
            EducationLevel::VmboBb,
            EducationLevel::Mbo2,
            EducationLevel::HboBachelor,
            EducationLevel::WoMaster,
        ];
        let stated = record
            .work_level
            .and_then(|level| BY_WORK_LEVEL.get(usize::from(level.checked_sub(1)?)));
        let by_work_level = stated.map(|level| EducationFact {
            ranks: Some((self.policy.rank(*level), self.policy.rank(*level))),
            outcome: EvaluationOutcome::SelfDeclared,
            evidence: EvidenceClass::D,
            meets: Meets::Soft,
            field: None,
        });
        match (&record.education, by_work_level) {
            (None, None) => None,
            (list, extra) => {
                let list = list.iter().flatten().flat_map(|one| self.course(one, read)).flatten();
                Some(list.collect::<Vec<_>>().into_iter().chain(extra).collect())
            }
        }
    }

    /// A course as stated; a stated code always wins, and what the record leaves out is read out of its texts. Where an
    /// evaluation states no level, the level that was read stands beside it as a second fact.
    fn course(
        &mut self,
        one: &Education,
        all_read: &mut Vec<CourseRead>,
    ) -> [Option<EducationFact>; 2] {
        let evaluation = one.evaluation.as_ref();
        let outcome = match (evaluation.map(|evaluation| evaluation.outcome_code), one.level_source)
        {
            (Some(outcome), _) => outcome,
            (None, Some(Source::Nuffic)) => EvaluationOutcome::FullEvaluation,
            (None, _) => EvaluationOutcome::SelfDeclared,
        };
        let finished = one.diploma != Some(false)
            && !matches!(one.status, Some(EducationStatus::Unfinished | EducationStatus::Current));
        let evaluated =
            evaluation.and_then(|evaluation| evaluation.dutch_level).map(LevelRange::exactly);
        let stated = evaluated.or(one.level);
        let fields =
            [evaluation.and_then(|evaluation| evaluation.field.as_ref()), one.field.as_ref()];
        let code = |field: &Concept| Field::of_code(field.code.as_deref().unwrap_or_default());
        let stated_field = fields.into_iter().flatten().find_map(code);
        let read = self.read_course(one, stated.is_none(), stated_field.is_none());
        all_read.extend(read);
        let field_read = read.and_then(|read| self.vocabulary.field(read.field?));
        let field = stated_field
            .or_else(|| field_read.and_then(|field| Field::of_code(&field.code)))
            .or_else(|| {
                let concept = fields.into_iter().flatten().next()?;
                Field::new(concept, |label| self.words.intern(&crate::text::fold(label)))
            });
        let fact = |level: Option<LevelRange<EducationLevel>>, outcome, counts: bool| {
            let row = self.policy.outcome(outcome);
            let meets = row.map_or(Meets::Soft, |row| row.general);
            EducationFact {
                ranks: level.map(|level| self.ranks(level)),
                outcome,
                evidence: row.map_or(EvidenceClass::D, |row| row.evidence),
                meets: if counts { meets } else { Meets::Partly },
                field,
            }
        };
        let said = one.diploma.is_some() || one.status.is_some();
        let level = read.and_then(|read| read.level).filter(|_| stated.is_none());
        let unfinished = !finished || (!said && read.is_some_and(|read| read.unfinished));
        // What is not finished does not count as the level, unless the evaluation itself states one.
        let as_stated = fact(stated, outcome, finished || evaluated.is_some());
        let Some(level) = level else { return [Some(as_stated), None] };
        // An evaluation says nothing of a level that it does not name: what a text says is the person's own word, beside it.
        if as_stated.evidence < EvidenceClass::D {
            let counts = !unfinished && outcome != EvaluationOutcome::PartialEvaluation;
            let own_word = fact(Some(level), EvaluationOutcome::SelfDeclared, counts);
            return [Some(as_stated), Some(own_word)];
        }
        [Some(fact(Some(level), outcome, !unfinished)), None]
    }

    /// The lowest and highest rank of a range. Tracks lie beside each other: vmbo-gt ranks above mbo 1.
    fn ranks(&self, range: LevelRange<EducationLevel>) -> (u8, u8) {
        let rank = |level: EducationLevel| self.policy.rank(level);
        let (min, max) = (range.min.map_or(0, rank), range.max.map_or(u8::MAX, rank));
        (min.min(max), max.max(min))
    }

    /// What the texts of a course say of what its codes leave open: the title says the level best, the name of the field the
    /// field.
    fn read_course(
        &mut self,
        one: &Education,
        level_open: bool,
        field_open: bool,
    ) -> Option<CourseRead> {
        if !level_open && !field_open {
            return None;
        }
        let labels = [
            one.evaluation.as_ref().and_then(|evaluation| evaluation.field.as_ref()),
            one.field.as_ref(),
        ];
        let labels = labels.into_iter().flatten().filter_map(|field| field.label.as_deref());
        let titles = one.title.as_deref().into_iter();
        let (mut level, mut field, mut unfinished) = (None, None, false);
        let mut texts = Vec::new();
        for text in titles.clone().chain(labels.clone()) {
            let (reading, _) = self.diploma(text);
            if level_open && level.is_none() && reading.level.is_some() {
                (level, unfinished) = (reading.level, reading.finished == Some(false));
                texts.push(text);
            }
        }
        for text in labels.chain(titles) {
            let (_, found) = self.diploma(text);
            if field_open && field.is_none() && found.is_some() {
                field = found;
                texts.push(text);
            }
        }
        if texts.is_empty() {
            return None;
        }
        texts.dedup();
        let text = self.words.intern(&shown(&texts.join(", ")));
        Some(CourseRead { text, level, field, unfinished })
    }
}

/// One entry for each language, with the best that any entry says of each skill.
fn languages(list: &[Language]) -> Box<[LanguageFact]> {
    let mut facts: Vec<LanguageFact> = Vec::new();
    for one in list {
        let ranks = |own: Option<LevelRange<Cefr>>| {
            own.or(one.level).map(|range| {
                (range.min.map_or(0, Cefr::rank), range.max.map_or(Cefr::C2.rank(), Cefr::rank))
            })
        };
        let ranks =
            [ranks(one.listening), ranks(one.reading), ranks(one.speaking), ranks(one.writing)];
        let code = LanguageCode::new(&one.code);
        match facts.iter_mut().find(|fact| fact.code == code) {
            Some(fact) => {
                for (known, more) in fact.ranks.iter_mut().zip(ranks) {
                    *known = match (*known, more) {
                        (Some((low, high)), Some((other_low, other_high))) => {
                            Some((low.max(other_low), high.max(other_high)))
                        }
                        (known, more) => known.or(more),
                    };
                }
            }
            None => facts.push(LanguageFact { code, ranks }),
        }
    }
    facts.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::super::Prepared;
    use super::*;
    use crate::model::Vacancy;
    use crate::policy::Policy;
    use crate::vocabulary::Vocabulary;

    fn prepared(course: &str, demand: &str) -> Prepared {
        let candidate = format!(r#"{{"id":"c1","education":[{course}]}}"#);
        let vacancy = format!(r#"{{"id":"v1","require":{demand}}}"#);
        let candidate: Candidate = serde_json::from_str(&candidate).unwrap();
        let vacancy: Vacancy = serde_json::from_str(&vacancy).unwrap();
        let day = "2026-01-10".parse().unwrap();
        Prepared::new(&Policy::default(), &Vocabulary::starter(), day, &[candidate], &[vacancy])
    }

    /// Ranks, field, evidence and whether it counts, of one course; of what was read where it stands beside what was stated.
    #[track_caller]
    fn check(
        course: &str,
        ranks: Option<(u8, u8)>,
        field: &str,
        evidence: EvidenceClass,
        meets: Meets,
    ) {
        let prepared = prepared(course, "{}");
        let facts = prepared.candidates[0].learned.education.as_deref().unwrap();
        let fact = facts.last().unwrap();
        assert_eq!(
            (fact.ranks, fact.field, fact.evidence, fact.meets),
            (ranks, Field::of_code(field), evidence, meets),
            "{course}"
        );
    }

    #[test]
    fn a_title_gives_level_and_field_where_no_code_does() {
        let own_word = EvidenceClass::D;
        check(r#"{"title":"mbo 4 verpleegkunde"}"#, Some((7, 7)), "0913", own_word, Meets::Soft);
        check(r#"{"title":"MBO (buitenland)"}"#, Some((3, 7)), "", own_word, Meets::Soft);
        check(r#"{"title":"vmbo-tl / mbo 1"}"#, Some((3, 4)), "", own_word, Meets::Soft);
        check(r#"{"title":"opleiding"}"#, None, "", own_word, Meets::Soft);
        check(
            r#"{"title":"bachelor","field":{"label":"accounting"}}"#,
            Some((10, 10)),
            "0411",
            own_word,
            Meets::Soft,
        );
    }

    #[test]
    fn a_stated_code_wins() {
        let stated = r#"{"title":"mbo 4 verpleegkunde","level":"mbo2","field":{"code":"0732"}}"#;
        check(stated, Some((5, 5)), "0732", EvidenceClass::D, Meets::Soft);
        let evaluated = r#"{"title":"wo master rechten","evaluation":{"outcome_code":"full_evaluation","dutch_level":"hbo_bachelor"}}"#;
        check(evaluated, Some((10, 10)), "0421", EvidenceClass::B, Meets::Yes);
    }

    #[test]
    fn a_level_out_of_a_text_is_never_an_evaluation() {
        let course = |outcome: &str| {
            format!(r#"{{"title":"hbo rechten","evaluation":{{"outcome_code":"{outcome}"}}}}"#)
        };
        let ranks = Some((10, 10));
        check(&course("full_evaluation"), ranks, "0421", EvidenceClass::D, Meets::Soft);
        check(&course("dutch_diploma"), ranks, "0421", EvidenceClass::D, Meets::Soft);
        check(&course("partial_evaluation"), ranks, "0421", EvidenceClass::D, Meets::Partly);
        check(&course("in_progress"), ranks, "0421", EvidenceClass::D, Meets::NotYet);
        let source = r#"{"title":"hbo rechten","level_source":"nuffic"}"#;
        check(source, ranks, "0421", EvidenceClass::D, Meets::Soft);
    }

    #[test]
    fn an_evaluation_without_a_level_keeps_its_own_weight() {
        let course = r#"{"title":"hbo","field":{"code":"0421"},"evaluation":{"outcome_code":"full_evaluation"}}"#;
        let prepared = prepared(course, "{}");
        let facts = prepared.candidates[0].learned.education.as_deref().unwrap();
        let short: Vec<_> = facts.iter().map(|one| (one.ranks, one.evidence)).collect();
        assert_eq!(short, [(None, EvidenceClass::B), (Some((10, 10)), EvidenceClass::D)]);
    }

    #[test]
    fn a_text_says_that_a_course_was_not_finished_unless_the_record_says_otherwise() {
        let own_word = EvidenceClass::D;
        check(r#"{"title":"propedeuse"}"#, Some((10, 10)), "", own_word, Meets::Partly);
        let finished = r#"{"title":"hbo, in opleiding","status":"finished"}"#;
        check(finished, Some((10, 10)), "", own_word, Meets::Soft);
        let diploma = r#"{"title":"hbo rechten","diploma":false}"#;
        check(diploma, Some((10, 10)), "0421", own_word, Meets::Partly);
    }

    #[test]
    fn a_demand_that_only_has_a_name_is_read_and_becomes_no_gate() {
        let asked = |demand: &str| {
            let vacancy = prepared("{}", demand).vacancies[0].clone();
            (
                vacancy.required.education.map(|demand| (demand.rank, demand.field)),
                vacancy.required.diploma.is_some(),
            )
        };
        let field =
            |label: &str| format!(r#"{{"education_field":{{"label":"{label}","weight":"must"}}}}"#);
        let nursing = Field::of_code("0913");
        assert_eq!(asked(&field("verpleegkunde")), (Some((None, nursing)), false));
        assert_eq!(asked(&field("mbo 3/4 verpleegkunde")), (Some((Some(6), nursing)), false));
        let stated =
            r#"{"education_level":"mbo2","education_field":{"label":"mbo 4 verpleegkunde"}}"#;
        assert_eq!(asked(stated), (Some((Some(5), nursing)), false));
    }
}
