// SPDX-License-Identifier: EUPL-1.2
//! What holds for whom on a day.

use super::rules::name;
use super::{Policy, State, WorkAsked, WorkOutcome};
use crate::model::{Day, ResidenceStatus, WorkKind};
use crate::text::Text;

/// What holds for a status and a kind of work on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    /// Residence status.
    pub status: String,
    /// What it is called; empty where no row says.
    pub term: Text,
    /// `paid`, `internship` or `voluntary`.
    pub kind: String,
    /// The row that decides; `None`: no row is in force, and the question is asked.
    pub rule: Option<String>,
    /// `open`, `twv`, `closed` or `unknown`.
    pub outcome: String,
    /// Calendar months in the procedure before a permit can be requested.
    pub wait_months: Option<u8>,
    /// Age in years from which it holds, or until which it does.
    pub age: Option<u8>,
    /// Id of the step that it asks.
    pub step: Option<String>,
    /// Last day of the row.
    pub until: Option<Day>,
    /// An announced row whose period has begun and that does not decide.
    pub announced: Option<String>,
}

impl Policy {
    /// What holds for each status on a day, in the order of the record; placements and voluntary work only where a row of
    /// their own decides.
    ///
    /// ```
    /// # use passend::Policy;
    /// let lines = Policy::builtin().in_force("2026-06-12".parse().unwrap());
    /// let line = lines.iter().find(|line| line.status == "asylum_seeker_in_procedure").unwrap();
    /// assert_eq!((line.rule.as_deref(), line.wait_months), (Some("WA02"), Some(6)));
    /// assert_eq!(line.announced.as_deref(), Some("WA03"));
    /// ```
    pub fn in_force(&self, as_of: Day) -> Vec<StatusLine> {
        let rules = self.rules_on(as_of);
        let mut lines = Vec::new();
        for status in ResidenceStatus::ALL {
            for kind in [WorkKind::Paid, WorkKind::Internship, WorkKind::Voluntary] {
                let asked = WorkAsked { kind, sector: None };
                // An accelerated procedure has rows of its own, while they are in force.
                let also = (status == ResidenceStatus::AsylumSeekerAccelerated)
                    .then_some(ResidenceStatus::AsylumSeekerInProcedure);
                let own = rules.decide(status, asked);
                let own = own.or_else(|| rules.decide(also?, asked)).map(|(_, rule)| rule);
                let announced = rules.announced(status, asked).map(|(_, rule)| rule);
                if kind != WorkKind::Paid && own.is_none_or(|rule| rule.kind != kind) {
                    continue;
                }
                let term = self.work.iter().find(|rule| rule.status.holds(status));
                lines.push(StatusLine {
                    status: name(&status),
                    term: term.map_or_else(Text::default, |rule| Text {
                        nl: rule.term_nl.clone(),
                        en: rule.term_en.clone(),
                    }),
                    kind: name(&kind),
                    rule: own.map(|rule| rule.id.clone()),
                    outcome: own.map_or("unknown", |rule| rule.outcome.code()).to_owned(),
                    wait_months: own.and_then(|rule| rule.wait_months),
                    age: own.and_then(|rule| {
                        let least = rule.min_age.filter(|_| rule.outcome != WorkOutcome::Closed);
                        least.or(rule.until_age)
                    }),
                    step: own.and_then(|rule| rule.step.clone()),
                    until: own.and_then(|rule| rule.valid_to),
                    announced: announced
                        .filter(|rule| rule.state == State::Announced)
                        .map(|rule| rule.id.clone()),
                });
            }
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(policy: &Policy, as_of: &str, status: &str, expected: &str) {
        let lines = policy.in_force(as_of.parse().unwrap());
        let own = lines.iter().filter(|line| line.status == status);
        let told: Vec<_> = own
            .map(|line| {
                let until = line.until.map_or_else(|| "-".to_owned(), |day| day.to_string());
                format!(
                    "{} {} {} {until} {}",
                    line.kind,
                    line.rule.as_deref().unwrap_or("-"),
                    line.outcome,
                    line.announced.as_deref().unwrap_or("-")
                )
            })
            .collect();
        assert_eq!(told.join("; "), expected, "{as_of}");
    }

    #[test]
    fn each_status_has_its_row_of_the_day() {
        let plain = Policy::builtin();
        let asylum = "asylum_seeker_in_procedure";
        let unpaid = "internship WA22 open - -; voluntary WA23 open - -";
        check(&plain, "2023-11-28", asylum, &format!("paid WA01 twv 2023-11-28 -; {unpaid}"));
        check(&plain, "2023-11-29", asylum, &format!("paid WA02 twv - -; {unpaid}"));
        check(&plain, "2026-06-12", asylum, &format!("paid WA02 twv - WA03; {unpaid}"));
        check(&plain, "2027-03-04", "ukraine_temporary_protection", "paid WA13 open 2027-03-04 -");
        check(&plain, "2027-03-05", "ukraine_temporary_protection", "paid - unknown - WA14");
        let accelerated = "asylum_seeker_accelerated";
        check(
            &plain,
            "2026-06-12",
            accelerated,
            "paid WA02 twv - WA04; internship WA22 open - WA04; voluntary WA23 open - WA04",
        );
        let announced = Policy::with_files(&[], true).unwrap();
        check(&announced, "2026-06-12", accelerated, "paid WA04 closed - -");
        check(&announced, "2026-06-12", asylum, &format!("paid WA03 twv - -; {unpaid}"));
    }

    #[test]
    fn an_age_is_told_where_work_begins_or_ends_with_it() {
        let lines = Policy::builtin().in_force("2026-06-12".parse().unwrap());
        let age = |status: &str| {
            let own = lines.iter().find(|line| line.status == status && line.kind == "paid");
            own.unwrap().age
        };
        assert_eq!(age("asylum_seeker_in_procedure"), Some(18));
        assert_eq!(age("minor_with_permit"), Some(16));
        // Closed until an age.
        assert_eq!(age("unaccompanied_minor_in_procedure"), Some(18));
        // Closed at any age: nothing opens on a birthday.
        assert_eq!(age("dublin_claimant"), None);
        assert_eq!(age("free"), None);
    }

    #[test]
    fn every_status_of_the_record_has_a_line() {
        let lines = Policy::builtin().in_force("2026-01-10".parse().unwrap());
        for status in ResidenceStatus::ALL {
            assert!(lines.iter().any(|line| line.status == name(&status)), "{status:?}");
        }
    }
}
