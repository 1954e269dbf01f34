// SPDX-License-Identifier: EUPL-1.2
//! Languages and education, which a gate and a criterion both look at.

use super::{Field, LanguageCode, Preparer};
use crate::model::{
    Candidate, Cefr, Education, EducationLevel, EducationStatus, EvaluationOutcome, Language,
    LevelRange, Source,
};
use crate::policy::{EvidenceClass, Meets};

/// Languages and education; `None` is not known.
#[derive(Debug, Clone)]
pub(crate) struct LearnedFacts {
    pub(crate) languages: Option<Box<[LanguageFact]>>,
    pub(crate) education: Option<Box<[EducationFact]>>,
}

/// A language: lowest and highest possible rank for listening, reading, speaking, writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LanguageFact {
    pub(crate) code: LanguageCode,
    pub(crate) ranks: [Option<(u8, u8)>; 4],
}

/// A course or diploma: rank of its level, class of evidence, field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EducationFact {
    /// Lowest and highest rank that it can have.
    pub(crate) ranks: Option<(u8, u8)>,
    pub(crate) outcome: EvaluationOutcome,
    pub(crate) evidence: EvidenceClass,
    pub(crate) meets: Meets,
    pub(crate) field: Option<Field>,
}

impl Preparer<'_> {
    pub(super) fn learned(&mut self, record: &Candidate) -> LearnedFacts {
        LearnedFacts {
            languages: record.languages.as_deref().map(languages),
            education: self.education(record),
        }
    }

    fn education(&mut self, record: &Candidate) -> Option<Box<[EducationFact]>> {
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
                let list = list.iter().flatten().map(|one| self.course(one));
                Some(list.collect::<Vec<_>>().into_iter().chain(extra).collect())
            }
        }
    }

    fn course(&mut self, one: &Education) -> EducationFact {
        let evaluation = one.evaluation.as_ref();
        let outcome = match (evaluation.map(|evaluation| evaluation.outcome_code), one.level_source)
        {
            (Some(outcome), _) => outcome,
            (None, Some(Source::Nuffic)) => EvaluationOutcome::FullEvaluation,
            (None, _) => EvaluationOutcome::SelfDeclared,
        };
        let finished = one.diploma != Some(false)
            && !matches!(one.status, Some(EducationStatus::Unfinished | EducationStatus::Current));
        let row = self.policy.outcome(outcome);
        let stated =
            evaluation.and_then(|evaluation| evaluation.dutch_level).map(LevelRange::exactly);
        let ranks = stated.or(one.level).map(|range| {
            let rank = |level: EducationLevel| self.policy.rank(level);
            (range.min.map_or(0, rank), range.max.map_or(u8::MAX, rank))
        });
        let meets = row.map_or(Meets::Soft, |row| row.general);
        let field =
            evaluation.and_then(|evaluation| evaluation.field.as_ref()).or(one.field.as_ref());
        EducationFact {
            ranks,
            outcome,
            evidence: row.map_or(EvidenceClass::D, |row| row.evidence),
            // What is not finished does not count as the level, unless the evaluation itself states one.
            meets: if finished || stated.is_some() { meets } else { Meets::Partly },
            field: field.and_then(|field| {
                Field::new(field, |label| self.words.intern(&crate::text::fold(label)))
            }),
        }
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
