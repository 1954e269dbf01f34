// SPDX-License-Identifier: EUPL-1.2
//! Which rule of the right to work decides on a day.

use std::cmp::Ordering;

use serde::Serialize;

use super::row::StatusOrAny;
use super::{LeadTime, Policy, Sector, State, WorkRule};
use crate::model::{Day, ResidenceStatus, WorkKind};

/// Number of a rule of the right to work within the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RuleIndex(pub(crate) u16);

/// What a vacancy says that a rule of the right to work can ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct WorkAsked<'a> {
    pub(crate) kind: WorkKind,
    pub(crate) sector: Option<&'a Sector>,
}

/// The rules whose period holds one day, so that a pair need not look through all of them.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    deciding: Rows,
    /// Announced rules before the others; empty where they decide.
    announced: Rows,
    /// Lead times of steps, by length of the id, then by id: most ids are told apart by their length alone.
    lead_times: Vec<(String, LeadTime)>,
    farthest: Farthest,
    agency: Option<RuleIndex>,
    as_of: Day,
    reviewed_until: Day,
    permits: Permits,
}

/// How far the rules on permits look: beyond these nothing changes their answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Farthest {
    /// The longest wait, in months.
    pub(crate) wait: i32,
    /// The highest age, at least 18.
    pub(crate) age: i32,
    /// The most days that steps of a permit take, those before it included.
    pub(crate) steps: i32,
}

impl Farthest {
    fn of<'a>(
        rows: &(impl Iterator<Item = &'a WorkRule> + Clone),
        lead_times: &[(String, LeadTime)],
    ) -> Self {
        const OF_EVERY_PERMIT: [&str; 3] = ["twv", "raise_pay", "fewer_hours"];
        let wait = rows.clone().filter_map(|rule| rule.wait_months).max();
        let age = rows.clone().flat_map(|rule| [rule.min_age, rule.until_age]).flatten().max();
        let own = |id: &str| {
            rows.clone().any(|rule| rule.step.as_deref() == Some(id))
                || OF_EVERY_PERMIT.contains(&id)
        };
        let longest = lead_times.iter().filter(|(id, _)| own(id)).map(|(_, time)| time.usual).max();
        Self {
            wait: wait.unwrap_or_default().into(),
            age: age.unwrap_or_default().max(18).into(),
            // One after the other.
            steps: i32::from(longest.unwrap_or_default()) * 2,
        }
    }
}

/// What is supposed of work permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Permits {
    /// What the records say.
    #[default]
    AsStated,
    /// Every employer requests one, so that time is all it takes.
    Requested,
    /// Nobody needs one; waiting periods stay.
    Abolished,
}

/// A row of law, as `rules` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleLine {
    /// Id of the row.
    pub id: String,
    /// `in_force`, `expired` or `announced`.
    pub state: String,
    /// Residence status it is for; `None` for regulated work.
    pub status: Option<String>,
    /// What it gives.
    pub outcome: String,
    /// First day.
    pub valid_from: Option<Day>,
    /// Last day.
    pub valid_to: Option<Day>,
    /// How far it was checked.
    pub verified: String,
    /// Where it can be looked up.
    pub source: String,
}

impl Policy {
    /// The rows whose period holds the day: the right to work, then regulated work. Announced ones only if asked.
    ///
    /// ```
    /// # use passend::Policy;
    /// let policy = Policy::builtin();
    /// let ids = |day: &str| policy.rules(day.parse().unwrap(), false).into_iter().map(|row| row.id).collect::<Vec<_>>();
    /// assert!(ids("2023-11-01").contains(&"WA01".to_owned())); // the limit of 24 weeks
    /// assert!(!ids("2023-12-01").contains(&"WA01".to_owned()));
    /// ```
    pub fn rules(&self, as_of: Day, announced: bool) -> Vec<RuleLine> {
        let work = self
            .work
            .iter()
            .filter(|rule| rule.holds_on(as_of) && (announced || rule.state != State::Announced));
        let work = work.map(|rule| RuleLine {
            id: rule.id.clone(),
            state: name(&rule.state),
            status: Some(rule.status.all().iter().map(status_name).collect::<Vec<_>>().join(", ")),
            outcome: rule.outcome.code().to_owned(),
            valid_from: rule.valid_from,
            valid_to: rule.valid_to,
            verified: rule.verified.clone(),
            source: rule.source.clone(),
        });
        let professions =
            self.professions.iter().filter(|row| row.holds_on(as_of)).map(|row| RuleLine {
                id: row.id.clone(),
                state: name(&State::InForce),
                status: None,
                outcome: name(&row.kind),
                valid_from: row.valid_from,
                valid_to: row.valid_to,
                verified: row.verified.clone(),
                source: row.source.clone(),
            });
        work.chain(professions).collect()
    }

    /// The first day after this one on which an announced rule for a status and kind of work begins.
    pub(crate) fn next_announced(
        &self,
        status: ResidenceStatus,
        kind: WorkKind,
        after: Day,
    ) -> Option<Day> {
        let announced = self.work.iter().filter(|rule| {
            rule.state == State::Announced && rule.status.holds(status) && rule.kind == kind
        });
        announced.filter_map(|rule| rule.valid_from).filter(|from| *from > after).min()
    }

    /// The rules of the right to work on a day.
    pub(crate) fn rules_on(&self, as_of: Day) -> Rules {
        let on = (0..).map(RuleIndex).zip(&self.work).filter(|(_, rule)| rule.holds_on(as_of));
        let own = |(index, rule): (RuleIndex, &WorkRule)| (index, rule.clone());
        let (announced, lawful): (Vec<_>, Vec<_>) =
            on.map(own).partition(|(_, rule)| rule.state == State::Announced);
        // What is announced replaces what it is about.
        let with_announced: Vec<_> = announced.into_iter().chain(lawful.iter().cloned()).collect();
        let (deciding, announced) =
            if self.announced { (with_announced, Vec::new()) } else { (lawful, with_announced) };
        let (agency, deciding): (Vec<_>, Vec<_>) =
            deciding.into_iter().partition(|(_, rule)| rule.agency_holds_twv);
        let lead_times = self.steps.iter().map(|(id, row)| (id.clone(), row.lead_time()));
        let mut lead_times: Vec<_> = lead_times.collect();
        lead_times.sort_unstable_by(|(id, _), (other, _)| by_length(id, other));
        let rows = agency.iter().chain(&announced).chain(&deciding).map(|(_, rule)| rule);
        let farthest = Farthest::of(&rows, &lead_times);
        let agency = agency.first().map(|(index, _)| *index);
        let (deciding, announced) = (Rows::new(deciding), Rows::new(announced));
        let reviewed_until = self.reviewed_until;
        let permits = Permits::AsStated;
        Rules { deciding, announced, lead_times, farthest, agency, as_of, reviewed_until, permits }
    }
}

impl Rules {
    pub(crate) const fn as_of(&self) -> Day {
        self.as_of
    }

    /// What is supposed of work permits.
    pub(crate) const fn permits(&self) -> Permits {
        self.permits
    }

    /// The same rules, with something supposed of work permits; of two suppositions the wider holds.
    pub(crate) fn supposing(self, permits: Permits) -> Self {
        Self { permits: self.permits.max(permits), ..self }
    }

    /// The same rules, where a wait of so many months takes others.
    pub(crate) fn with_wait(mut self, from: u8, to: u8) -> Self {
        for (_, rule) in self.deciding.rows.iter_mut().chain(&mut self.announced.rows) {
            rule.wait_months = rule.wait_months.map(|own| if own == from { to } else { own });
        }
        self
    }

    /// Whether the day lies beyond the last review.
    pub(crate) fn beyond_review(&self) -> bool {
        self.as_of > self.reviewed_until
    }

    /// The rule that lets an agency hold the permit.
    pub(crate) const fn agency(&self) -> Option<RuleIndex> {
        self.agency
    }

    /// The sectors that a rule is for.
    pub(crate) fn sectors(&self) -> impl Iterator<Item = &Sector> {
        self.all().flat_map(|rule| rule.sectors.iter().flatten())
    }

    /// The most hours a week that a rule allows, in hundredths.
    pub(crate) fn hour_limits(&self) -> impl Iterator<Item = u32> {
        self.all().filter_map(|rule| rule.max_hours_per_week).map(|hours| u32::from(hours) * 100)
    }

    fn all(&self) -> impl Iterator<Item = &WorkRule> {
        self.deciding.rows.iter().chain(&self.announced.rows).map(|(_, rule)| rule)
    }

    /// The lead time of a step, by its id.
    pub(crate) fn lead_time(&self, step: &str) -> Option<LeadTime> {
        let at = self.lead_times.binary_search_by(|(id, _)| by_length(id, step)).ok()?;
        self.lead_times.get(at).map(|(_, time)| *time)
    }

    /// How far the rules on permits look.
    pub(crate) const fn farthest(&self) -> Farthest {
        self.farthest
    }

    /// The rule that decides; `None` if no row is in force for the status on this day.
    pub(crate) fn decide(
        &self,
        status: ResidenceStatus,
        asked: WorkAsked<'_>,
    ) -> Option<(RuleIndex, &WorkRule)> {
        self.deciding.choose(status, asked)
    }

    /// The announced rule whose period has begun and that would decide, while announced rules do not.
    pub(crate) fn announced(
        &self,
        status: ResidenceStatus,
        asked: WorkAsked<'_>,
    ) -> Option<(RuleIndex, &WorkRule)> {
        self.announced.choose(status, asked).filter(|(_, rule)| rule.state == State::Announced)
    }
}

fn by_length(id: &str, other: &str) -> Ordering {
    id.len().cmp(&other.len()).then_with(|| id.cmp(other))
}

/// Rows in order, with the numbers of those for each status and kind of work.
#[derive(Debug, Clone, Default)]
struct Rows {
    rows: Vec<(RuleIndex, WorkRule)>,
    /// By status, then kind of work.
    of: [[Vec<usize>; KINDS.len()]; STATUSES],
}

const KINDS: [WorkKind; 3] = [WorkKind::Paid, WorkKind::Internship, WorkKind::Voluntary];
/// Those that say something, and `unknown`.
const STATUSES: usize = ResidenceStatus::ALL.len() + 1;

impl Rows {
    fn new(rows: Vec<(RuleIndex, WorkRule)>) -> Self {
        let statuses = ResidenceStatus::ALL.into_iter().chain([ResidenceStatus::Unknown]);
        let mut of: [[Vec<usize>; KINDS.len()]; STATUSES] = Default::default();
        for (of, status) in of.iter_mut().zip(statuses) {
            for (of, kind) in of.iter_mut().zip(KINDS) {
                let fits = |rule: &WorkRule| rule.kind == kind && rule.status.holds(status);
                of.extend(rows.iter().enumerate().filter(|(_, row)| fits(&row.1)).map(|row| row.0));
            }
        }
        Self { rows, of }
    }

    /// The first row for the status and kind of work; a row for the sector goes before one for all sectors.
    ///
    /// Placements and voluntary work without a row of their own follow the row of paid work.
    fn choose(
        &self,
        status: ResidenceStatus,
        asked: WorkAsked<'_>,
    ) -> Option<(RuleIndex, &WorkRule)> {
        let fits = |rule: &WorkRule, sector: bool| match (&rule.sectors, sector) {
            (Some(sectors), true) => {
                asked.sector.is_some_and(|own| sectors.iter().any(|sector| sector.holds(own)))
            }
            (None, false) => true,
            _ => false,
        };
        let of = self.of.get(status as usize)?;
        [(asked.kind, true), (asked.kind, false), (WorkKind::Paid, true), (WorkKind::Paid, false)]
            .into_iter()
            .find_map(|(kind, sector)| {
                let rows = of.get(kind as usize)?.iter().filter_map(|row| self.rows.get(*row));
                rows.map(|(index, rule)| (*index, rule)).find(|(_, rule)| fits(rule, sector))
            })
    }
}

pub(super) fn status_name(status: &StatusOrAny) -> String {
    match status {
        StatusOrAny::Status(status) => name(status),
        StatusOrAny::Citizen(name) => (*name).to_owned(),
        StatusOrAny::Any => "any".to_owned(),
    }
}

/// The name of a variant as it stands in the tables.
pub(super) fn name<T: Serialize>(variant: &T) -> String {
    toml::Value::try_from(variant)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const PAID: WorkAsked<'_> = WorkAsked { kind: WorkKind::Paid, sector: None };

    #[track_caller]
    fn check(
        policy: &Policy,
        as_of: &str,
        status: ResidenceStatus,
        asked: WorkAsked<'_>,
        expected: Option<&str>,
    ) {
        let rules = policy.rules_on(as_of.parse().unwrap());
        assert_eq!(
            rules.decide(status, asked).map(|(_, rule)| rule.id.as_str()),
            expected,
            "{as_of}"
        );
    }

    #[test]
    fn the_row_in_force_decides_to_its_last_day() {
        let policy = Policy::builtin();
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        check(&policy, "2023-11-28", asylum, PAID, Some("WA01"));
        check(&policy, "2023-11-29", asylum, PAID, Some("WA02"));
        let ukraine = ResidenceStatus::UkraineTemporaryProtection;
        check(&policy, "2022-03-03", ukraine, PAID, None);
        check(&policy, "2022-03-04", ukraine, PAID, Some("WA12"));
        check(&policy, "2022-10-31", ukraine, PAID, Some("WA12"));
        check(&policy, "2022-11-01", ukraine, PAID, Some("WA13"));
        check(&policy, "2027-03-04", ukraine, PAID, Some("WA13"));
        check(&policy, "2027-03-05", ukraine, PAID, None);
    }

    #[test]
    fn every_status_and_kind_of_work_has_its_number() {
        let statuses = ResidenceStatus::ALL.into_iter().chain([ResidenceStatus::Unknown]);
        assert!(statuses.enumerate().all(|(at, status)| status as usize == at));
        assert!(KINDS.into_iter().enumerate().all(|(at, kind)| kind as usize == at));
    }

    #[test]
    fn every_step_has_its_lead_time() {
        let policy = Policy::builtin();
        let rules = policy.rules_on("2026-01-10".parse().unwrap());
        assert!(!policy.steps.is_empty());
        for (id, row) in &policy.steps {
            assert_eq!(rules.lead_time(id), Some(row.lead_time()), "{id}");
        }
        assert_eq!(rules.lead_time("no step"), None);
    }

    #[test]
    fn announced_rows_decide_only_when_switched_on() {
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        let on = Policy::with_files(&[], true).unwrap();
        check(&Policy::builtin(), "2026-06-12", asylum, PAID, Some("WA02"));
        check(&on, "2026-06-11", asylum, PAID, Some("WA02"));
        check(&on, "2026-06-12", asylum, PAID, Some("WA03"));
    }

    #[test]
    fn an_announced_row_is_told_of_from_its_first_day_on() {
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        let told = |policy: &Policy, day: &str| {
            let rules = policy.rules_on(day.parse().unwrap());
            rules.announced(asylum, PAID).map(|(_, rule)| rule.id.clone())
        };
        let (off, on) = (Policy::builtin(), Policy::with_files(&[], true).unwrap());
        assert_eq!(told(&off, "2026-06-11"), None);
        assert_eq!(told(&off, "2026-06-12").as_deref(), Some("WA03"));
        // Once it decides there is nothing to tell of.
        assert_eq!(told(&on, "2026-06-12"), None);
    }

    #[test]
    fn the_next_announced_row_is_one_of_a_later_day() {
        let policy = Policy::builtin();
        let next = |status, kind, day: &str| {
            policy.next_announced(status, kind, day.parse().unwrap()).map(|day| day.to_string())
        };
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        assert_eq!(next(asylum, WorkKind::Paid, "2026-06-11").as_deref(), Some("2026-06-12"));
        assert_eq!(next(asylum, WorkKind::Paid, "2026-06-12"), None);
        assert_eq!(next(asylum, WorkKind::Voluntary, "2026-06-11"), None);
        assert_eq!(next(ResidenceStatus::Free, WorkKind::Paid, "2026-06-11"), None);
    }

    #[test]
    fn rules_are_reviewed_up_to_and_including_a_day() {
        let policy = Policy::builtin();
        let beyond = |day: &str| policy.rules_on(day.parse().unwrap()).beyond_review();
        assert!(!beyond("2026-03-31") && beyond("2026-04-01"));
    }

    #[test]
    fn only_rows_of_the_day_are_printed_and_announced_ones_when_asked() {
        let policy = Policy::builtin();
        let ids = |day: &str, announced| -> Vec<String> {
            let rows = policy.rules(day.parse().unwrap(), announced);
            rows.into_iter().map(|row| row.id).collect()
        };
        let has = |ids: &[String], id: &str| ids.iter().any(|own| own == id);
        let (before, first) = (ids("2026-06-11", true), ids("2026-06-12", true));
        assert!(!has(&before, "WA03") && has(&first, "WA03"));
        assert!(!has(&ids("2026-06-12", false), "WA03"));
        // What is in force stands there with and without announced rows, before regulated work.
        for list in [&before, &first, &ids("2026-06-12", false)] {
            assert!(has(list, "WA02") && !has(list, "WA01") && has(list, "RP01"));
            assert!(
                list.iter().position(|id| id == "RP01") > list.iter().position(|id| id == "WA02")
            );
        }
    }

    #[test]
    fn kinds_of_work_have_rows_of_their_own() {
        let policy = Policy::builtin();
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        check(
            &policy,
            "2025-06-01",
            asylum,
            WorkAsked { kind: WorkKind::Internship, ..PAID },
            Some("WA22"),
        );
        check(
            &policy,
            "2025-06-01",
            asylum,
            WorkAsked { kind: WorkKind::Voluntary, ..PAID },
            Some("WA23"),
        );
        check(
            &policy,
            "2025-06-01",
            ResidenceStatus::Free,
            WorkAsked { kind: WorkKind::Voluntary, ..PAID },
            Some("WA00"),
        );
    }

    #[test]
    fn a_pilot_holds_for_its_sectors_alone() {
        let pilot = "[[rule]]\nid = 'P1'\nstatus = 'asylum_seeker_in_procedure'\nsectors = ['I', 'Q']\noutcome = 'open'\nvalid_from = 2026-01-01\nvalid_to = 2026-12-31\nnl = 'Proef.'\nen = 'Pilot.'\nsource = 'pilot'\nverified = 'unverified'\n";
        let policy = Policy::with_files(&[("pilot.toml", pilot)], false).unwrap();
        let asylum = ResidenceStatus::AsylumSeekerInProcedure;
        let [food, industry] = ["56.10", "C"].map(|code| Sector::new(code).unwrap());
        let within = |sector| WorkAsked { sector: Some(sector), ..PAID };
        check(&policy, "2026-02-01", asylum, within(&food), Some("P1"));
        check(&policy, "2026-02-01", asylum, within(&industry), Some("WA02"));
        check(&policy, "2026-02-01", asylum, PAID, Some("WA02"));
        check(&policy, "2027-01-01", asylum, within(&food), Some("WA02"));
    }

    /// The rules of a day by the policy with a user's file.
    fn under(file: &str, as_of: &str) -> Rules {
        let policy = Policy::with_files(&[("own.toml", file)], false).unwrap();
        policy.rules_on(as_of.parse().unwrap())
    }

    #[test]
    fn how_far_permits_look_is_the_most_of_all_rows() {
        let farthest = |file: &str| under(file, "2026-06-12").farthest();
        // Six months of WA02, eighteen years, twice the 35 days of a permit.
        assert_eq!(farthest(""), Farthest { wait: 6, age: 18, steps: 70 });
        let longer = "[[rule]]\nid = 'WA03'\nwait_months = 9\nmin_age = 21\n[[step]]\nid = 'raise_pay'\ndays_usual = 40\ndays_max = 60\n";
        assert_eq!(farthest(longer), Farthest { wait: 9, age: 21, steps: 80 });
        // Other steps do not count: a course takes two years.
        let only = "[[rule]]\nid = 'WA23'\nstep = 'enrol'\n";
        assert_eq!(farthest(only), Farthest { wait: 6, age: 18, steps: 120 });
        // Nobody is an adult before eighteen.
        let young = ["WA01", "WA02", "WA03", "WA04", "WA05", "WA20"]
            .map(|id| format!("[[rule]]\nid = '{id}'\nmin_age = 16\n"))
            .concat();
        assert_eq!(farthest(&format!("{young}until_age = 17\n")).age, 18);
    }

    #[test]
    fn an_announced_row_for_agencies_counts_only_when_asked() {
        let file = "[[rule]]\nid = 'P1'\nstatus = 'any'\nagency_holds_twv = true\nstate = 'announced'\noutcome = 'twv'\nnl = 'x'\nen = 'x'\nsource = 'x'\nverified = 'unverified'\n";
        let ended = format!("{file}[[rule]]\nid = 'WA28'\nvalid_to = 2026-06-11\n");
        let agency = |file: &str, announced| {
            let policy = Policy::with_files(&[("own.toml", file)], announced).unwrap();
            let agency = policy.rules_on("2026-06-12".parse().unwrap()).agency();
            agency.map(|index| policy.rule(index).unwrap().id.clone())
        };
        assert_eq!(agency(file, false).as_deref(), Some("WA28"));
        assert_eq!(agency(file, true).as_deref(), Some("P1"));
        assert_eq!(agency(&ended, false), None);
        assert_eq!(agency(&ended, true).as_deref(), Some("P1"));
    }

    #[test]
    fn of_two_announced_rows_the_next_begins_first() {
        let file = "[[rule]]\nid = 'WA03'\nvalid_to = 2026-08-31\n[[rule]]\nid = 'P1'\nstatus = 'asylum_seeker_in_procedure'\nstate = 'announced'\noutcome = 'open'\nvalid_from = 2026-09-01\nnl = 'x'\nen = 'x'\nsource = 'x'\nverified = 'unverified'\n";
        let policy = Policy::with_files(&[("own.toml", file)], false).unwrap();
        let next = |day: &str| {
            let asylum = ResidenceStatus::AsylumSeekerInProcedure;
            policy
                .next_announced(asylum, WorkKind::Paid, day.parse().unwrap())
                .map(|day| day.to_string())
        };
        assert_eq!(next("2026-06-11").as_deref(), Some("2026-06-12"));
        assert_eq!(next("2026-06-12").as_deref(), Some("2026-09-01"));
        assert_eq!(next("2026-09-01"), None);
    }

    #[test]
    fn what_is_supposed_only_widens_and_a_wait_takes_the_place_of_its_own_length_alone() {
        let rules = under("", "2026-06-12");
        assert_eq!(rules.permits(), Permits::AsStated);
        let wide = rules.supposing(Permits::Abolished).supposing(Permits::Requested);
        assert_eq!(wide.permits(), Permits::Abolished);
        let waits = |from: u8, to: u8| {
            let file = "[[rule]]\nid = 'WA27'\nwait_months = 4\n";
            let rules = under(file, "2026-06-12").with_wait(from, to);
            let of = |status| rules.decide(status, PAID).and_then(|(_, rule)| rule.wait_months);
            let asylum = ResidenceStatus::AsylumSeekerInProcedure;
            let announced = rules.announced(asylum, PAID).and_then(|(_, rule)| rule.wait_months);
            [of(asylum), of(ResidenceStatus::StudentNonEu), announced]
        };
        assert_eq!(waits(6, 2), [Some(2), Some(4), Some(3)]);
        assert_eq!(waits(3, 1), [Some(6), Some(4), Some(1)]);
    }

    #[test]
    fn limits_of_hours_and_sectors_of_all_rows_are_known() {
        let hours: BTreeSet<_> = under("", "2026-06-12").hour_limits().collect();
        assert_eq!(hours, BTreeSet::from([1600]));
        let pilot = "[[rule]]\nid = 'P1'\nstatus = 'asylum_seeker_in_procedure'\nsectors = ['I', 'Q']\noutcome = 'open'\nnl = 'x'\nen = 'x'\nsource = 'x'\nverified = 'unverified'\n";
        let rules = under(pilot, "2026-06-12");
        let sectors: BTreeSet<_> = rules.sectors().map(Sector::code).collect();
        assert_eq!(sectors.into_iter().collect::<String>(), "IQ");
    }

    #[test]
    fn rows_are_printed_by_the_names_of_the_tables() {
        let rows = Policy::builtin().rules("2027-03-05".parse().unwrap(), true);
        let line = |id: &str| {
            let row = rows.iter().find(|row| row.id == id).unwrap();
            let day = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
            let RuleLine { state, status, outcome, valid_from, valid_to, verified, .. } = row;
            let status = status.as_deref().unwrap_or("-");
            format!("{state} {status} {outcome} {} {} {verified}", day(*valid_from), day(*valid_to))
        };
        assert_eq!(
            line("WA02"),
            "in_force asylum_seeker_in_procedure twv 2023-11-29 - source-read"
        );
        assert_eq!(
            line("WA14"),
            "announced ukraine_transition_document, ukraine_temporary_protection open 2027-03-05 - source-read"
        );
        assert_eq!(line("WA25"), "in_force dutch_citizen open - - general-knowledge");
        assert!(line("WA28").starts_with("in_force any twv - - "));
        assert!(line("RP01").starts_with("in_force - register "));
    }
}
