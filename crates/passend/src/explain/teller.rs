// SPDX-License-Identifier: EUPL-1.2
//! From facts to the records that the engine gives.

use std::sync::Arc;

use super::memo::{Memo, kept};
use super::reader::Reader;
use super::record::{
    Contributions, Explanation, FindingLine, MatchLine, Readiness, StepLine, Versions,
};
use crate::gate::{Finding, Gate, OnDay, ReadinessClass, Step, Verdict, judge, work_authorisation};
use crate::model::Day;
use crate::policy::{EvidenceClass, Policy, Rules};
use crate::prepare::{CandidateFacts, LegalFacts, VacancyFacts, Words};
use crate::score::Score;
use crate::vocabulary::Vocabulary;

/// What telling needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) rules: &'a Rules,
    pub(crate) words: &'a Words,
    /// What was told of other pairs.
    pub(crate) memo: Option<&'a Memo>,
}

/// Everything that the gates say of a pair.
pub(super) struct Told {
    pub(super) verdict: Verdict,
    pub(super) findings: Vec<Finding>,
}

impl Teller<'_> {
    /// The line of a pair, without its place in a list.
    pub(crate) fn line(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        score: Score,
        full: bool,
    ) -> MatchLine {
        self.line_of(candidate, vacancy, score, &self.told(candidate, vacancy), full, |finding| {
            !finding.is_plain()
        })
    }

    /// What decides.
    pub(crate) fn versions(self) -> Versions {
        Versions::new(self.policy, self.vocabulary)
    }

    /// The line with every gate, and what a page shows.
    pub(crate) fn explain(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        score: Score,
        weights: [u8; 6],
    ) -> Explanation {
        let told = self.told(candidate, vacancy);
        let line = self.line_of(candidate, vacancy, score, &told, true, |_| true);
        let versions = self.versions();
        let rows =
            |reader| self.to(reader).rows(candidate, vacancy, &line, &told, weights, &versions);
        let [to_candidate, rows, to_employer] =
            [Reader::Candidate, Reader::Caseworker, Reader::Employer].map(rows);
        Explanation {
            as_of: self.rules.as_of(),
            readiness_without_announced: None,
            rows,
            to_candidate,
            to_employer,
            line,
            versions,
        }
    }

    /// The explanation with what readiness would be if announced rules did not decide, as this teller sees it.
    pub(crate) fn with_readiness_without_announced(
        self,
        mut explanation: Explanation,
        readiness: Readiness,
    ) -> Explanation {
        for reader in Reader::ALL {
            let speaker = self.to(reader);
            let class = readiness.class.code();
            let text = speaker.readiness_text(&readiness);
            let row = super::rows::plain("summary", "without_announced", class, text);
            let row = super::rows::resting_on(row, "readiness", super::rows::GATES);
            let rows = explanation.rows_mut(reader);
            let at = rows.iter().position(|row| row.key == "readiness");
            if let (Some(at), Some(row)) = (at, reader.seen(row)) {
                rows.insert(at + 1, row);
            }
        }
        Explanation { readiness_without_announced: Some(readiness), ..explanation }
    }

    /// Readiness alone.
    pub(crate) fn readiness(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Readiness {
        self.readiness_of(candidate, vacancy, &self.told(candidate, vacancy), true)
    }

    fn told(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Told {
        let mut findings = Vec::new();
        let verdict = judge(self.on_day(), candidate, vacancy, |finding| findings.push(*finding));
        findings.sort_by_key(|finding| finding.gate);
        Told { verdict, findings }
    }

    fn line_of(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        score: Score,
        told: &Told,
        full: bool,
        shown: impl Fn(&Finding) -> bool,
    ) -> MatchLine {
        let [skills, occupation, education, language, travel, wishes] = score.parts;
        let findings = told
            .findings
            .iter()
            .filter(|finding| shown(finding))
            .map(|finding| self.finding(finding));
        MatchLine {
            by: None,
            candidate: candidate.id().to_string(),
            vacancy: vacancy.id().to_string(),
            rank: 0,
            score: score.now,
            score_max: score.best,
            readiness: self.readiness_of(candidate, vacancy, told, full),
            said: None,
            contributions: Contributions {
                skills,
                occupation,
                education,
                language,
                travel,
                wishes,
            },
            findings: full.then(|| findings.collect()),
            tie_group: 0,
            flags: self.flags(candidate, vacancy, told),
        }
    }

    fn readiness_of(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        told: &Told,
        full: bool,
    ) -> Readiness {
        let Told { verdict, findings } = told;
        let closed = verdict.class == ReadinessClass::Closed;
        let mut steps: Vec<_> = findings
            .iter()
            .flat_map(|finding| finding.steps)
            .flatten()
            .map(|step| self.step(step))
            .collect();
        steps.sort();
        steps.dedup();
        let questions = full.then(|| {
            let asked = self.to(Reader::Caseworker).questions(candidate, vacancy, told);
            let mut questions: Vec<_> = asked.into_iter().map(|(_, question)| question).collect();
            questions.sort();
            questions.dedup();
            questions
        });
        Readiness {
            class: verdict.class,
            date: (!closed).then_some(verdict.day),
            until: self.until(told).filter(|_| !closed),
            steps: full.then_some(steps),
            questions,
        }
    }

    /// The end of what holds for a while; not that of a document whose renewal is one of the steps.
    fn until(self, told: &Told) -> Option<Day> {
        let renewed = told
            .findings
            .iter()
            .flat_map(|finding| finding.steps)
            .flatten()
            .any(|step| step == Step::Row("renew_document"));
        if !renewed {
            return told.verdict.until;
        }
        let others = told.findings.iter().filter(|finding| finding.gate != Gate::Document);
        others
            .filter_map(|finding| finding.until)
            .min()
            .filter(|until| Some(*until) >= told.verdict.until)
    }

    pub(crate) fn finding(self, finding: &Finding) -> Arc<FindingLine> {
        kept(self.memo.map(|memo| &memo.findings), *finding, || FindingLine {
            gate: finding.gate,
            finding: finding.kind,
            date: (finding.class() != ReadinessClass::Closed).then_some(finding.day),
            step: finding
                .steps
                .iter()
                .flatten()
                .last()
                .map(|step| step.id(self.policy, self.words)),
            rule: self.to(Reader::Caseworker).rule_id(finding),
            text: self.to(Reader::Caseworker).finding_text(finding),
        })
    }

    /// The rules that decide the gates of a pair, each once.
    pub(crate) fn rules_of(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
    ) -> Vec<String> {
        let told = self.told(candidate, vacancy);
        let rule = |finding| self.to(Reader::Caseworker).rule_id(finding);
        let mut rules: Vec<String> = told.findings.iter().filter_map(rule).collect();
        rules.sort();
        rules.dedup();
        rules
    }

    pub(crate) fn step(self, step: Step) -> Arc<StepLine> {
        kept(self.memo.map(|memo| &memo.steps), step, || StepLine {
            id: step.id(self.policy, self.words),
            owner: self.to(Reader::Caseworker).step_owner(step),
            days: self.on_day().lead_time(step),
        })
    }

    pub(super) fn on_day(&self) -> OnDay<'_> {
        OnDay { policy: self.policy, rules: self.rules, as_of: self.rules.as_of() }
    }

    /// What else a reader should know, in a fixed order.
    fn flags(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        told: &Told,
    ) -> Vec<&'static str> {
        let courses = candidate.learned.education.as_deref().unwrap_or_default();
        let best_rank = courses.iter().filter_map(|course| course.ranks).map(|(low, _)| low).max();
        let asked_rank = vacancy.required.education.and_then(|education| education.rank);
        let only_claims =
            !courses.is_empty() && courses.iter().all(|course| course.evidence == EvidenceClass::D);
        let asks_nothing = vacancy.skills().is_empty()
            && vacancy.required.education.is_none()
            && vacancy.required.languages.is_empty();
        let law = told.findings.iter().any(Finding::rests_on_law);
        let far = told.verdict.class < ReadinessClass::Closed
            && told.verdict.day > self.rules.as_of().plus_days(365);
        let begins = vacancy.starts.map_or(told.verdict.day, |starts| starts.max(told.verdict.day));
        let bounded = vacancy.ends.is_some() || vacancy.contract_days.is_some();
        let open = told.verdict.class < ReadinessClass::Closed;
        let ends = open && self.until(told).is_some_and(|until| bounded || until < begins);
        [
            (asks_nothing, "asks_nothing"),
            (ends, "ends_before_work"),
            (vacancy.required.education.is_some() && only_claims, "education_not_evaluated"),
            (self.too_few_years(candidate, vacancy), "experience_below_asked"),
            (far, "far"),
            (candidate.practical.may_move, "may_move"),
            (vacancy.readings().is_empty(), "occupation_not_linked"),
            (law && self.rules.beyond_review(), "rules_beyond_review"),
            (vacancy.readings().len() > 1, "several_readings"),
            (vacancy.skills_derived, "skills_derived"),
            (self.note_differs(candidate, vacancy), "sources_differ"),
            (unused_potential(best_rank, asked_rank, vacancy), "unused_potential"),
        ]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, flag)| flag)
        .collect()
    }

    /// The known months in work of the same unit group or nearer are fewer than the years asked.
    fn too_few_years(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> bool {
        let (Some(years), Some(held)) = (vacancy.years, candidate.profile.held.as_deref()) else {
            return false;
        };
        let near = held.iter().filter(|one| {
            vacancy
                .readings()
                .iter()
                .any(|asked| self.vocabulary.occupation_closeness(one.reading, *asked) >= 80)
        });
        let (mut months, mut sure) = (0u32, !candidate.profile.held_unlinked);
        for one in near {
            months += u32::from(one.months);
            sure &= one.sure;
        }
        sure && months < 12 * u32::from(years)
    }

    /// The note on the residence document says something else than the rule of the status.
    fn note_differs(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> bool {
        let legal = &candidate.legal;
        if legal.note.is_none() || legal.status.is_none() {
            return false;
        }
        let without = LegalFacts { note: None, ..legal.clone() };
        let class =
            |legal: &LegalFacts| work_authorisation(self.on_day(), legal, &vacancy.work).class();
        class(legal) != class(&without)
    }
}

/// A level above the one asked; where none is asked, higher education in elementary work (ISCO-08 major group 9).
fn unused_potential(best: Option<u8>, asked: Option<u8>, vacancy: &VacancyFacts) -> bool {
    /// Rank of an associate degree, the lowest of higher education.
    const HIGHER: u8 = 9;
    let elementary = || {
        let major = crate::vocabulary::Group::parse("9");
        vacancy
            .readings()
            .iter()
            .any(|reading| major.is_some_and(|major| reading.group.is_within(major)))
    };
    match (best, asked) {
        (Some(best), Some(asked)) => best > asked,
        (Some(best), None) => best >= HIGHER && elementary(),
        (None, _) => false,
    }
}
