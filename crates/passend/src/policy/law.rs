// SPDX-License-Identifier: EUPL-1.2
//! The tables of law in full, for those who read or check them.

use super::rules::{name, status_name};
use super::{Policy, WorkRule};
use crate::model::Day;
use crate::text::Text;

/// A rule of the right to work in full, as it stands in the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawRow {
    /// Id of the row.
    pub id: String,
    /// `in_force`, `expired` or `announced`.
    pub state: String,
    /// Residence statuses that it is for; `any` for work where an agency holds the permit.
    pub statuses: Vec<String>,
    /// What the status is called.
    pub term: Text,
    /// `open`, `twv`, `closed` or `unknown`.
    pub outcome: String,
    /// `paid`, `internship` or `voluntary`.
    pub kind: String,
    /// Only for employers of sectors that it names.
    pub some_sectors: bool,
    /// Calendar months in the procedure before a permit can be requested.
    pub wait_months: Option<u8>,
    /// Least age in years.
    pub min_age: Option<u8>,
    /// Age in years from which the rule of another status decides.
    pub until_age: Option<u8>,
    /// A document whose end bounds the permit.
    pub document: Option<String>,
    /// Id of the step that it asks.
    pub step: Option<String>,
    /// Weeks of work within 52.
    pub max_weeks_per_52: Option<u8>,
    /// Hours a week.
    pub max_hours_per_week: Option<u8>,
    /// Working days before the start by which the employer notifies UWV.
    pub notification_workdays: Option<u8>,
    /// It is about work where an agency or pool holds the permit.
    pub agency_holds_twv: bool,
    /// Usual days that a permit takes, as the source says.
    pub lead_days: Option<u16>,
    /// First day; open without one.
    pub valid_from: Option<Day>,
    /// Last day; open without one.
    pub valid_to: Option<Day>,
    /// What it says.
    pub text: Text,
    /// What can be done.
    pub remedy: Text,
    /// Act and article.
    pub legal_basis: String,
    /// Where it was read.
    pub source: String,
    /// How far it was checked.
    pub verified: String,
    /// How sure its writer was; empty where that is not said.
    pub confidence: String,
    /// What else its writer said; empty where nothing.
    pub note: String,
}

/// A row of any table, with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceRow {
    /// Name of the table, as its file is called.
    pub table: &'static str,
    /// Id or code of the row.
    pub id: String,
    /// What it is about.
    pub name: Text,
    /// Where it was read.
    pub source: String,
    /// How far it was checked.
    pub verified: String,
}

impl Policy {
    /// The rules of the right to work in full, in the order of the table, whatever their period.
    ///
    /// ```
    /// # use passend::Policy;
    /// let law = Policy::builtin().law();
    /// let row = law.iter().find(|row| row.id == "WA02").unwrap();
    /// assert_eq!((row.outcome.as_str(), row.wait_months), ("twv", Some(6)));
    /// ```
    pub fn law(&self) -> Vec<LawRow> {
        self.work.iter().map(law_row).collect()
    }

    /// Every row that has a source, table by table: what there is to check.
    ///
    /// ```
    /// # use passend::Policy;
    /// let rows = Policy::builtin().sources();
    /// assert!(rows.iter().any(|row| row.id == "WA03" && row.verified == "unverified"));
    /// ```
    pub fn sources(&self) -> Vec<SourceRow> {
        let row = |table, id: &str, name: Text, source: &str, verified: &str| SourceRow {
            table,
            id: id.to_owned(),
            name,
            source: source.to_owned(),
            verified: verified.to_owned(),
        };
        let work = self.work.iter().map(|one| {
            let name = if one.term_nl.is_empty() { one.text() } else { term(one) };
            row("work_authorisation", &one.id, name, &one.source, &one.verified)
        });
        let professions = self.professions.iter();
        let professions = professions
            .map(|one| row("professions", &one.id, one.name(), &one.source, &one.verified));
        let certificates = self.certificates.iter();
        let certificates = certificates
            .map(|one| row("certificates", &one.code, one.name(), &one.source, &one.verified));
        let outcomes = self
            .outcomes
            .values()
            .map(|one| row("evaluation_outcomes", &one.id, one.name(), &one.source, &one.verified));
        let steps = self.steps.values();
        let steps = steps.map(|one| row("steps", &one.id, one.text(), &one.source, &one.verified));
        let facilities = self.facilities.iter();
        let facilities = facilities
            .map(|one| row("facilities", &one.id, one.name(), &one.source, &one.verified));
        let checks = self.twv_checks.iter();
        let checks =
            checks.map(|one| row("twv_checks", &one.id, one.name(), &one.source, &one.verified));
        let wages = self.minimum_wages.iter().map(|one| {
            let name = Text::same(one.valid_from);
            row("minimum_wages", &one.id, name, &one.source, &one.verified)
        });
        let details = self
            .step_details
            .values()
            .map(|one| row("step_details", &one.id, one.provider(), &one.source, &one.verified));
        let exams = self.exam_languages.iter().map(|one| {
            let name = Text::same(format!("{}, {}", one.certificate, one.language));
            row("exam_languages", &one.id, name, &one.source, &one.verified)
        });
        let languages = self.languages.iter().map(|one| {
            let code = one.code.code();
            row("language_levels", code, Text::same(code), &one.source, &one.verified)
        });
        let law = work.chain(professions).chain(certificates).chain(outcomes);
        let law = law.chain(facilities).chain(checks).chain(wages).chain(steps);
        law.chain(details).chain(exams).chain(languages).collect()
    }

    /// What a page cites for a row of the right to work or of a regulated profession.
    pub(crate) fn citation_of(&self, id: &str) -> Option<&str> {
        let work = self.work.iter().find(|row| row.id == id).map(WorkRule::cited);
        work.or_else(|| {
            self.professions.iter().find(|row| row.id == id).map(super::Profession::cited)
        })
    }
}

#[cfg(test)]
impl Policy {
    /// Where rows that a page can name can be looked up.
    pub(crate) fn citations(&self) -> impl Iterator<Item = &str> {
        let law = self.work.iter().map(WorkRule::cited);
        let law = law.chain(self.professions.iter().map(super::Profession::cited));
        let read = self.certificates.iter().map(|one| &*one.source);
        let read = read.chain(self.outcomes.values().map(|one| &*one.source));
        let read = read.chain(self.twv_checks.iter().map(|one| &*one.source));
        law.chain(read).chain(self.facilities.iter().map(super::Facility::cited))
    }
}

fn term(rule: &WorkRule) -> Text {
    Text { nl: rule.term_nl.clone(), en: rule.term_en.clone() }
}

fn law_row(rule: &WorkRule) -> LawRow {
    LawRow {
        id: rule.id.clone(),
        state: name(&rule.state),
        statuses: rule.status.all().iter().map(status_name).collect(),
        term: term(rule),
        outcome: rule.outcome.code().to_owned(),
        kind: name(&rule.kind),
        some_sectors: rule.sectors.is_some(),
        wait_months: rule.wait_months,
        min_age: rule.min_age,
        until_age: rule.until_age,
        document: rule.document.clone().filter(|_| rule.document_required),
        step: rule.step.clone(),
        max_weeks_per_52: rule.max_weeks_per_52,
        max_hours_per_week: rule.max_hours_per_week,
        notification_workdays: rule.notification_workdays,
        agency_holds_twv: rule.agency_holds_twv,
        lead_days: rule.lead_days,
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
        text: rule.text(),
        remedy: rule.remedy(),
        legal_basis: rule.legal_basis.clone(),
        source: rule.source.clone(),
        verified: rule.verified.clone(),
        confidence: rule.confidence.clone().unwrap_or_default(),
        note: rule.note.clone().unwrap_or_default(),
    }
}
