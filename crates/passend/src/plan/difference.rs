// SPDX-License-Identifier: EUPL-1.2
//! What another policy or another day changes, with the rules that make the change.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::record::Difference;
use crate::engine::{Market, Stopped, Watch};
use crate::gate::{Finding, Gate, ReadinessClass, Rule, Verdict, judge};
use crate::policy::Policy;
use crate::prepare::{CandidateFacts, VacancyFacts};

impl Market {
    /// The pairs that differ between this market and another one of the same people and vacancies, by ids.
    ///
    /// A pair differs if its readiness has another class; if it opens both on another day and after another wait; or, where
    /// the weights differ, if it has another score. The other market may have another policy, another day, or both. Pairs
    /// that only one of them has are left out.
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Policy, ReadinessClass, Vacancy, Vocabulary, Watch};
    /// let candidate: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"}}"#,
    /// )?;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let pilot = Policy::with_files(&[("pilot.toml", "[[rule]]\nid = 'WA02'\noutcome = 'open'\n")], false)?;
    /// let market = |engine: Engine| engine.market(&[candidate.clone()], &[vacancy.clone()], "2026-11-25".parse().unwrap());
    /// let (now, then) = (market(Engine::default())?, market(Engine::new(pilot, Vocabulary::starter()))?);
    /// let changed = &now.diff(&then, &Watch::new())?[0];
    /// assert_eq!((changed.a, changed.b), (ReadinessClass::After, ReadinessClass::Now));
    /// assert_eq!(changed.rules, ["WA02"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn diff(&self, other: &Self, watch: &Watch) -> Result<Vec<Difference>, Stopped> {
        let people: BTreeMap<&str, &CandidateFacts> =
            other.prepared.candidates.iter().map(|one| (one.id(), one)).collect();
        let work: BTreeMap<&str, &VacancyFacts> =
            other.prepared.vacancies.iter().map(|one| (one.id(), one)).collect();
        let mut own: Vec<_> = self.prepared.candidates.iter().collect();
        own.sort_unstable_by_key(|one| one.id());
        let mut vacancies: Vec<_> = self.prepared.vacancies.iter().collect();
        vacancies.sort_unstable_by_key(|one| one.id());
        let weights = self.policy.weights() != other.policy.weights();
        watch.begin(own.len());
        watch.check()?;
        let lists = own.into_par_iter().map(|person| {
            watch.step()?;
            let Some(same) = people.get(person.id()) else { return Ok(Vec::new()) };
            let pairs = vacancies.iter().filter_map(|vacancy| {
                let twin = work.get(vacancy.id())?;
                self.difference(other, (person, vacancy), (same, twin), weights)
            });
            Ok(pairs.collect())
        });
        let lists: Vec<Vec<Difference>> = lists.collect::<Result<_, Stopped>>()?;
        Ok(lists.into_iter().flatten().collect())
    }

    fn difference(
        &self,
        other: &Self,
        own: (&CandidateFacts, &VacancyFacts),
        twin: (&CandidateFacts, &VacancyFacts),
        weights: bool,
    ) -> Option<Difference> {
        // Most pairs are alike: what they are told apart by comes first.
        let verdicts = [self.verdict(own.0, own.1), other.verdict(twin.0, twin.1)];
        let [a, b] = verdicts;
        let wait = |market: &Self, verdict: &Verdict| {
            verdict.day.days_since_1970() - market.as_of.days_since_1970()
        };
        let dated =
            |verdict: &Verdict| matches!(verdict.class, ReadinessClass::On | ReadinessClass::After);
        let days = dated(&a) && a.day != b.day && wait(self, &a) != wait(other, &b);
        let ready = a.class != b.class || days;
        let scores = [self.score(own.0, own.1).now, other.score(twin.0, twin.1).now];
        let scored = weights && scores.first() != scores.last();
        if !ready && !scored {
            return None;
        }
        let mut rules = BTreeSet::new();
        if ready {
            rules = deciding(
                (self, &self.judged(own.0, own.1)),
                (other, &other.judged(twin.0, twin.1)),
            );
        }
        let mut rules: Vec<String> = rules.into_iter().collect();
        if scored {
            rules.push("weights".to_owned());
        }
        let date =
            |verdict: &Verdict| (verdict.class != ReadinessClass::Closed).then_some(verdict.day);
        let [a_score, b_score] = scores;
        Some(Difference {
            candidate: own.0.id().to_string(),
            vacancy: own.1.id().to_string(),
            a: a.class,
            b: b.class,
            rules,
            a_date: date(&a),
            b_date: date(&b),
            a_score,
            b_score,
        })
    }

    fn judged(&self, person: &CandidateFacts, vacancy: &VacancyFacts) -> Vec<Finding> {
        let mut findings = Vec::new();
        judge(self.on_day(), person, vacancy, |one| findings.push(*one));
        findings
    }
}

/// The rules behind the gates that say something else on either side.
fn deciding(a: (&Market, &[Finding]), b: (&Market, &[Finding])) -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for gate in Gate::ALL {
        let of = |(market, findings): (&Market, &[Finding])| {
            let own = findings.iter().filter(|one| one.gate == gate).copied();
            own.map(|one| {
                let wait = one.day.days_since_1970() - market.as_of.days_since_1970();
                (one, wait, rule_id(&market.policy, &one))
            })
            .collect::<Vec<_>>()
        };
        let (before, after) = (of(a), of(b));
        let alike = before.len() == after.len()
            && before.iter().zip(&after).all(|((one, wait, _), (other, other_wait, _))| {
                // A day that stays, or a wait that stays, is no change of the rule.
                one.kind == other.kind && (one.day == other.day || wait == other_wait)
            });
        if !alike {
            rules.extend(before.into_iter().chain(after).filter_map(|(_, _, id)| id));
        }
    }
    rules
}

/// Id of the row that decides.
fn rule_id(policy: &Policy, finding: &Finding) -> Option<String> {
    match finding.rule? {
        Rule::Work(index) => policy.rule(index).map(|row| row.id.clone()),
        Rule::Profession(index) => policy.profession(index).map(|row| row.id.clone()),
        Rule::Certificate(index) => policy.certificate(index).map(|row| row.code.clone()),
        Rule::Outcome(outcome) => policy.outcome(outcome).map(|row| row.id.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};
    use crate::vocabulary::Vocabulary;

    const SEEKER: &str = r#"{"id":"c","bsn_available":true,"residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2022-12-01","document_valid_until":"2027-12-31","nl_work":{"started":"2023-05-01","weeks_worked_in_52":24}}}"#;

    /// Classes and rules of the one pair, `same` if it does not differ.
    #[track_caller]
    fn check(sides: [(&str, &str); 2], expected: &str) {
        let candidate: Candidate = serde_json::from_str(SEEKER).unwrap();
        let vacancy: Vacancy =
            serde_json::from_str(r#"{"id":"v","title":"kok","twv":{"employer_will_apply":"yes"}}"#)
                .unwrap();
        let [a, b] = sides.map(|(policy, day)| {
            let policy = Policy::with_files(&[("p.toml", policy)], false).unwrap();
            Engine::new(policy, Vocabulary::starter())
                .market(
                    std::slice::from_ref(&candidate),
                    std::slice::from_ref(&vacancy),
                    day.parse().unwrap(),
                )
                .unwrap()
        });
        let told = a.diff(&b, &Watch::new()).unwrap().first().map_or_else(
            || "same".to_owned(),
            |one| format!("{} {} {}", one.a.code(), one.b.code(), one.rules.join(" ")),
        );
        assert_eq!(told, expected);
    }

    #[test]
    fn a_rule_that_begins_is_named_with_the_one_that_ends() {
        // The limit of 24 weeks in 52 ended: 29 April 2024 and 35 days, against 35 days.
        check([("", "2023-11-28"), ("", "2023-11-29")], "after after WA01 WA02");
    }

    #[test]
    fn a_later_day_alone_is_no_difference() {
        check([("", "2025-11-25"), ("", "2025-11-26")], "same");
        check([("", "2025-11-25"), ("", "2025-11-25")], "same");
    }

    #[test]
    fn a_policy_that_closes_is_named_by_its_rule() {
        let closed = "[[rule]]\nid = 'WA02'\noutcome = 'closed'\n";
        check([("", "2025-11-25"), (closed, "2025-11-25")], "after closed WA02");
    }

    #[test]
    fn other_weights_change_scores() {
        let weights = "[weights]\nskills = 30\nwishes = 10\n";
        check([("", "2025-11-25"), (weights, "2025-11-25")], "after after weights");
    }
}
