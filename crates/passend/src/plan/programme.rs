// SPDX-License-Identifier: EUPL-1.2
//! A user's own programmes: courses with a region, start dates, seats, and who may join.

use serde::Deserialize;

use super::task::Task;
use crate::model::{Candidate, Cefr, Day, ResidenceStatus};
use crate::policy::{Cost, LeadTime, Policy, Sector};
use crate::prepare::LanguageCode;
use crate::text::Text;

/// A course or project that gives one or more steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    pub(super) id: String,
    pub(super) text: Text,
    pub(super) owner: String,
    pub(super) provider: Option<Text>,
    pub(super) gives: Vec<Task>,
    pub(super) needs: Vec<String>,
    pub(super) days: LeadTime,
    pub(super) starts: Option<Vec<Day>>,
    pub(super) guidance_hours: u16,
    pub(super) cost: Option<Cost>,
    pub(super) employed_in: Option<Vec<Sector>>,
    municipalities: Option<Vec<String>>,
    statuses: Option<Vec<ResidenceStatus>>,
    full: bool,
}

/// Why a file of programmes could not be read. Programmes are named by their ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProgrammeError {
    /// The text is no TOML, or lacks or holds a key that a programme does not.
    #[error("{reason}")]
    Toml {
        /// What the reader said, on one line.
        reason: String,
    },
    /// Two programmes have one id.
    #[error("programme `{id}` stands twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// A programme gives a step that cannot be given.
    #[error(
        "programme `{id}` gives `{step}`; expected `language:CODE:LEVEL` or `certificate:CODE`, as `match` writes them"
    )]
    Gives {
        /// Id of the programme.
        id: String,
        /// The step.
        step: String,
    },
    /// The days are not in order.
    #[error("programme `{id}`: expected days min ≤ usual ≤ max")]
    Days {
        /// Id of the programme.
        id: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    programme: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    nl: String,
    en: String,
    #[serde(default = "school")]
    owner: String,
    provider: Option<String>,
    gives: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    days: LeadTime,
    starts: Option<Vec<toml::value::Datetime>>,
    seats: Option<u32>,
    #[serde(default)]
    guidance_hours: u16,
    cost_eur: Option<Cost>,
    employed_in: Option<Vec<Sector>>,
    municipalities: Option<Vec<String>>,
    statuses: Option<Vec<ResidenceStatus>>,
}

fn school() -> String {
    "school".to_owned()
}

impl Programme {
    /// Reads programmes from TOML.
    ///
    /// ```
    /// # use passend::{Policy, Programme};
    /// let file = r#"
    /// [[programme]]
    /// id = "bouw-start"
    /// nl = "Volg het traject Bouwstart: VCA met hulp bij de taal."
    /// en = "Follow Bouwstart: VCA with help with the language."
    /// gives = ["certificate:vca_basic"]
    /// municipalities = ["Groningen", "Assen"]
    /// starts = [2026-12-07, 2027-02-01]
    /// seats = 12
    /// days = { min = 21, usual = 28, max = 42 }
    /// guidance_hours = 1
    /// statuses = ["status_holder_fixed_term"]
    /// "#;
    /// assert_eq!(Programme::read(file, &Policy::builtin())?.len(), 1);
    /// assert!(Programme::read("[[programme]]\nid = 1", &Policy::builtin()).is_err());
    /// # Ok::<(), passend::ProgrammeError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No TOML, keys that are missing or not known, ids that stand twice, steps that no programme can give.
    pub fn read(text: &str, policy: &Policy) -> Result<Vec<Self>, ProgrammeError> {
        let file: File = toml::from_str(text).map_err(|error| ProgrammeError::Toml {
            reason: error.message().split_whitespace().collect::<Vec<_>>().join(" "),
        })?;
        let mut programmes: Vec<Self> = Vec::new();
        for row in file.programme {
            if programmes.iter().any(|one| one.id == row.id) {
                return Err(ProgrammeError::Twice { id: row.id });
            }
            programmes.push(Self::of(row, policy)?);
        }
        Ok(programmes)
    }

    fn of(row: Row, policy: &Policy) -> Result<Self, ProgrammeError> {
        let LeadTime { min, usual, max } = row.days;
        if min > usual || usual > max {
            return Err(ProgrammeError::Days { id: row.id });
        }
        let mut gives = Vec::new();
        for step in &row.gives {
            let task = given(step, policy)
                .ok_or_else(|| ProgrammeError::Gives { id: row.id.clone(), step: step.clone() })?;
            gives.push(task);
        }
        let day = |one: &toml::value::Datetime| one.to_string().parse().ok();
        let starts = row.starts.map(|list| {
            let mut days: Vec<Day> = list.iter().filter_map(day).collect();
            days.sort_unstable();
            days
        });
        Ok(Self {
            id: row.id,
            text: Text { nl: row.nl, en: row.en },
            owner: row.owner,
            provider: row.provider.map(Text::same),
            gives,
            needs: row.needs,
            days: row.days,
            starts,
            guidance_hours: row.guidance_hours,
            cost: row.cost_eur,
            employed_in: row.employed_in,
            municipalities: row.municipalities,
            statuses: row.statuses,
            full: row.seats == Some(0),
        })
    }

    /// Whether the person may join, as far as is known: a region or status that is asked and not known is not met yet.
    pub(super) fn admits(&self, candidate: &Candidate, policy: &Policy) -> bool {
        let place = |name: &str| policy.places().find(None, None, Some(name));
        let home =
            candidate.location.as_ref().and_then(|location| location.municipality.as_deref());
        let near = self.municipalities.as_ref().is_none_or(|list| {
            let home = home.and_then(place);
            home.is_some() && list.iter().any(|name| place(name) == home)
        });
        let status = candidate.residence.as_ref().and_then(|residence| residence.status);
        let meant = self
            .statuses
            .as_ref()
            .is_none_or(|list| status.is_some_and(|status| list.contains(&status)));
        near && meant && !self.full
    }

    /// The first day from this one on which it starts; none if its days are over.
    pub(super) fn start(&self, from: Day) -> Option<Day> {
        match &self.starts {
            None => Some(from),
            Some(days) => days.iter().copied().find(|day| *day >= from),
        }
    }
}

fn given(step: &str, policy: &Policy) -> Option<Task> {
    let parts: Vec<_> = step.split(':').collect();
    match parts.as_slice() {
        ["language", code, level] => {
            let to = Cefr::ALL.into_iter().find(|one| one.code() == *level)?;
            Some(Task::Language { code: LanguageCode::new(code), to })
        }
        ["certificate", code] => policy.certificate_named(Some(code), None).map(Task::Certificate),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "[[programme]]\nid = 'p'\nnl = 'a'\nen = 'a'\ngives = ['language:nl:A2']\ndays = { min = 1, usual = 2, max = 3 }\n";

    #[track_caller]
    fn check(more: &str, person: &str, expected: bool) {
        let policy = Policy::builtin();
        let programmes = Programme::read(&format!("{ROW}{more}\n"), &policy).unwrap();
        let candidate: Candidate = serde_json::from_str(person).unwrap();
        assert_eq!(programmes[0].admits(&candidate, &policy), expected, "{more}");
    }

    #[test]
    fn who_may_join_is_asked_of_what_is_known() {
        let person =
            r#"{"id":"c","location":{"municipality":"Assen"},"residence":{"status":"free"}}"#;
        check("", r#"{"id":"c"}"#, true);
        check("municipalities = ['assen', 'Emmen']", person, true);
        check("municipalities = ['Emmen']", person, false);
        check("municipalities = ['Emmen']", r#"{"id":"c"}"#, false);
        check("statuses = ['free']", person, true);
        check("statuses = ['student_non_eu']", person, false);
        check("seats = 0", person, false);
    }

    #[test]
    fn a_programme_starts_on_its_days() {
        let file = format!("{ROW}starts = [2027-02-01, 2026-12-07]\n");
        let programmes = Programme::read(&file, &Policy::builtin()).unwrap();
        let start =
            |day: &str| programmes[0].start(day.parse().unwrap()).map(|day| day.to_string());
        assert_eq!(start("2026-12-07").as_deref(), Some("2026-12-07"));
        assert_eq!(start("2026-12-08").as_deref(), Some("2027-02-01"));
        assert_eq!(start("2027-02-02"), None);
    }

    #[test]
    fn faults_name_the_programme() {
        let refused =
            |file: &str| Programme::read(file, &Policy::builtin()).unwrap_err().to_string();
        assert_eq!(refused(&format!("{ROW}{ROW}")), "programme `p` stands twice");
        assert!(refused(&ROW.replace("language:nl:A2", "twv")).contains("`p` gives `twv`"));
        assert!(refused(&ROW.replace("min = 1", "min = 9")).contains("min ≤ usual ≤ max"));
    }
}
