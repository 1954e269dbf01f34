// SPDX-License-Identifier: EUPL-1.2
//! What each demand of a vacancy keeps away: who would be ready if it were relaxed, and when.

use std::sync::Arc;

use rayon::prelude::*;

use super::record::{Added, Relaxed};
use crate::engine::{ExplainError, Market};
use crate::gate::ReadinessClass;
use crate::model::{Cefr, Day, HoursPerWeek, Stance, WorkKind};
use crate::policy::CertificateStrength;
use crate::prepare::{LanguageDemand, Times, VacancyFacts};
use crate::text::{Args, Say, Text};

/// The days by which candidates are counted, in weeks.
const WEEKS: [i32; 3] = [13, 26, 52];

/// Adds a demand: its id, its words, and how it is relaxed.
type Add<'a> = dyn FnMut(String, Text, &dyn Fn(&mut VacancyFacts)) + 'a;

/// A vacancy with one demand less.
struct Without {
    demand: String,
    text: Text,
    vacancy: VacancyFacts,
}

impl Market {
    /// For each demand of a vacancy that its employer can relax: how many candidates that adds, now and by a day.
    ///
    /// A candidate is ready by a day if the pair is not closed, the law asks nothing that is not known, every gate is open by
    /// then at usual lead times, and the score is above 0. What the law asks cannot be relaxed and is not listed. The demand
    /// that adds most comes first.
    ///
    /// # Errors
    ///
    /// No vacancy has the id.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Vacancy};
    /// let candidate: Candidate = serde_json::from_str(
    ///     r#"{"id":"c1","residence":{"status":"free"},"languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]}"#,
    /// )?;
    /// let vacancy: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"kok","require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}}"#,
    /// )?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let relaxed = market.relax("v1")?;
    /// assert_eq!((relaxed[0].demand.as_str(), relaxed[0].now), ("language:nl:A2", 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn relax(&self, vacancy: &str) -> Result<Vec<Relaxed>, ExplainError> {
        let work = self
            .prepared
            .vacancies
            .iter()
            .find(|one| one.id() == vacancy)
            .ok_or(ExplainError::NoVacancy)?;
        let days: Vec<Day> = std::iter::once(self.as_of)
            .chain(WEEKS.iter().map(|weeks| self.as_of.plus_days(weeks * 7)))
            .collect();
        let before = self.ready(work, work, &days);
        let mut relaxed: Vec<_> = self
            .without(work)
            .into_iter()
            .map(|one| {
                let after = self.ready(&one.vacancy, work, &days);
                let mut added =
                    after.iter().zip(&before).map(|(after, before)| after.saturating_sub(*before));
                let now = added.next().unwrap_or_default();
                let by_date = days.iter().skip(1).zip(added);
                Relaxed {
                    demand: one.demand,
                    now,
                    by_date: by_date.map(|(date, added)| Added { date: *date, added }).collect(),
                    text: one.text,
                }
            })
            .collect();
        relaxed.sort_by(|a, b| {
            let key = |one: &Relaxed| {
                std::cmp::Reverse((one.now, one.by_date.iter().map(|one| one.added).max()))
            };
            key(a).cmp(&key(b)).then_with(|| a.demand.cmp(&b.demand))
        });
        Ok(relaxed)
    }

    /// How many candidates are ready by each day; the score is that of the vacancy as it stands.
    fn ready(&self, vacancy: &VacancyFacts, scored: &VacancyFacts, days: &[Day]) -> Vec<u32> {
        let counts = self.prepared.candidates.par_iter().map(|person| {
            let verdict = self.verdict(person, vacancy);
            let ready =
                verdict.class < ReadinessClass::Unknown && self.score(person, scored).now > 0;
            days.iter().map(|day| u32::from(ready && verdict.day <= *day)).collect::<Vec<_>>()
        });
        counts.reduce(
            || vec![0; days.len()],
            |sum, more| sum.iter().zip(&more).map(|(sum, more)| sum + more).collect(),
        )
    }

    fn without(&self, work: &VacancyFacts) -> Vec<Without> {
        let mut list = Vec::new();
        let mut add = |demand: String, text: Text, change: &dyn Fn(&mut VacancyFacts)| {
            let mut vacancy = work.clone();
            change(&mut vacancy);
            if !list.iter().any(|one: &Without| one.demand == demand) {
                list.push(Without { demand, text, vacancy });
            }
        };
        for demand in
            work.required.language_musts.iter().filter(|one| one.statutory.is_none() && !one.safety)
        {
            if let Some((id, text)) = lower(demand) {
                add(id, text, &|vacancy| {
                    let required = Arc::make_mut(&mut vacancy.required);
                    let musts = Arc::make_mut(&mut required.language_musts);
                    for own in musts.iter_mut().filter(|own| *own == demand) {
                        for (_, min) in &mut own.accepted {
                            *min = one_lower(*min);
                        }
                    }
                });
            }
        }
        if let Some(diploma) = work.required.diploma.filter(|diploma| diploma.rank > 0) {
            let name = self.policy.level_name(diploma.level);
            let text = Say("relax_diploma").with(&Args::default().text("education", name));
            add(format!("diploma:{}", diploma.level.code()), text, &|vacancy| {
                Arc::make_mut(&mut vacancy.required).diploma = None;
            });
        }
        for demand in &work.required.certificates {
            let row = demand.known.and_then(|index| self.policy.certificate(index));
            if row.is_some_and(|row| row.strength == CertificateStrength::Statutory) {
                continue;
            }
            let word = self.prepared.words.get(demand.name);
            let (id, name) = row.map_or_else(
                || (word.to_owned(), Text::same(word)),
                |row| (row.code.clone(), row.name()),
            );
            let text = Say("relax_certificate").with(&Args::default().text("name", name));
            add(format!("certificate:{id}"), text, &|vacancy| {
                let required = Arc::make_mut(&mut vacancy.required);
                let others = required.certificates.iter().copied().filter(|own| own != demand);
                required.certificates = others.collect();
            });
        }
        for demand in &work.required.licences {
            let name = demand.category.as_str();
            let text = Say("relax_licence").with(&Args::default().value("name", name));
            add(format!("licence:{name}"), text, &|vacancy| {
                let required = Arc::make_mut(&mut vacancy.required);
                let others = required.licences.iter().copied().filter(|own| own != demand);
                required.licences = others.collect();
            });
        }
        Self::times(work, &mut add);
        if let Some(least) = work.hours.min.filter(|least| least.get() > 0) {
            let text = Say("relax_hours").plain();
            add(format!("hours:{least}"), text, &|vacancy| {
                vacancy.hours = HoursPerWeek { min: None, max: vacancy.hours.max };
                vacancy.work.hours_min = 0;
            });
        }
        if work.work.kind == WorkKind::Paid && work.work.will_apply != Stance::Yes {
            add("twv".to_owned(), Say("relax_twv").plain(), &|vacancy| {
                vacancy.work.will_apply = Stance::Yes;
            });
        }
        if work.work.pays_market_wage == Some(false) {
            add("pay".to_owned(), Say("relax_pay").plain(), &|vacancy| {
                vacancy.work.pays_market_wage = Some(true);
            });
        }
        if work.starts.is_some_and(|starts| starts > self.as_of) {
            add("start".to_owned(), Say("relax_start").plain(), &|vacancy| vacancy.starts = None);
        }
        list
    }

    /// A day without work, and working times that are all free to agree.
    fn times(work: &VacancyFacts, add: &mut Add<'_>) {
        const DAYS: [(&str, Say); 7] = [
            ("mon", Say("day_mon")),
            ("tue", Say("day_tue")),
            ("wed", Say("day_wed")),
            ("thu", Say("day_thu")),
            ("fri", Say("day_fri")),
            ("sat", Say("day_sat")),
            ("sun", Say("day_sun")),
        ];
        let shifts = work.shifts().unwrap_or_default();
        let worked = |day: u16| shifts.iter().any(|shift| shift.day() == day);
        let days: Vec<_> = (0..).zip(DAYS).filter(|(day, _)| worked(*day)).collect();
        for (day, (code, name)) in &days {
            // Who works one day a week cannot have it free.
            if days.len() > 1 {
                let text = Say("relax_day").with(&Args::default().text("day", name.plain()));
                add(format!("day_off:{code}"), text, &|vacancy| {
                    let times = Arc::make_mut(&mut vacancy.times);
                    let others = times.shifts.iter().flatten().copied();
                    times.shifts = Some(others.filter(|shift| shift.day() != *day).collect());
                });
            }
        }
        if !shifts.is_empty() || work.times.irregular {
            add("working_time".to_owned(), Say("relax_times").plain(), &|vacancy| {
                vacancy.times = Arc::new(Times { shifts: None, irregular: false });
            });
        }
    }
}

/// The demand for one level less, with a coach.
fn lower(demand: &LanguageDemand) -> Option<(String, Text)> {
    let (code, min) = demand.accepted.first().copied().filter(|(_, min)| *min > Cefr::A0)?;
    let text = Say("relax_language").with(
        &Args::default()
            .text("language", crate::explain::language(code))
            .value("level", one_lower(min).code()),
    );
    let skill = match demand.skill {
        None => "",
        Some(crate::model::LanguageSkill::Listening) => ":listening",
        Some(crate::model::LanguageSkill::Reading) => ":reading",
        Some(crate::model::LanguageSkill::Speaking) => ":speaking",
        Some(crate::model::LanguageSkill::Writing) => ":writing",
    };
    Some((format!("language:{}:{}{skill}", code.as_str(), min.code()), text))
}

fn one_lower(level: Cefr) -> Cefr {
    Cefr::from_rank(level.rank().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};

    /// The demand, candidates added now, and by 13, 26 and 52 weeks.
    #[track_caller]
    fn check(person: &str, vacancy: &str, demand: &str, expected: Option<[u32; 4]>) {
        let candidate: Candidate = serde_json::from_str(&format!(
            r#"{{"id":"c","bsn_available":true,"experience":[{{"title":"kok"}}],{person}}}"#
        ))
        .unwrap();
        let vacancy: Vacancy =
            serde_json::from_str(&format!(r#"{{"id":"v","title":"kok",{vacancy}}}"#)).unwrap();
        let day = "2026-01-12".parse().unwrap();
        let market = Engine::default().market(&[candidate], &[vacancy], day).unwrap();
        let relaxed = market.relax("v").unwrap();
        let found = relaxed.iter().find(|one| one.demand == demand).map(|one| {
            let by: Vec<_> = one.by_date.iter().map(|one| one.added).collect();
            [one.now, by[0], by[1], by[2]]
        });
        assert_eq!(found, expected, "{relaxed:?}");
    }

    const FREE: &str = r#""residence":{"status":"free"}"#;

    #[test]
    fn a_level_lower_adds_who_has_it_and_brings_others_nearer() {
        let dutch =
            |level: &str| format!(r#"{FREE},"languages":[{{"code":"nl","level":"{level}"}}]"#);
        let asks = r#""require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}"#;
        // A level takes 140 days: more than 13 weeks, less than 26.
        check(&dutch("A1"), asks, "language:nl:A2", Some([1, 1, 0, 0]));
        check(&dutch("A0"), asks, "language:nl:A2", Some([0, 0, 1, 0]));
        check(&dutch("A2"), asks, "language:nl:A2", Some([0, 0, 0, 0]));
    }

    #[test]
    fn a_day_free_for_lessons_adds_who_has_them_then() {
        let lessons = format!(
            r#"{FREE},"slots":[{{"day":"fri","from":"09:00","to":"12:00","kind":"class"}}]"#
        );
        let week = r#""slots":[{"day":"thu","from":"08:00","to":"16:00"},{"day":"fri","from":"08:00","to":"16:00"}]"#;
        check(&lessons, week, "day_off:fri", Some([1, 0, 0, 0])); // other times are agreed within a week
        check(&lessons, week, "day_off:thu", Some([0, 0, 0, 0]));
        check(&lessons, week, "working_time", Some([1, 0, 0, 0]));
        check(&lessons, week, "day_off:mon", None);
    }

    #[test]
    fn an_employer_who_asks_a_twv_adds_who_needs_one() {
        let seeker = r#""residence":{"status":"asylum_seeker_in_procedure","procedure_started":"2025-01-15","document_valid_until":"2027-12-31"}"#;
        check(seeker, r#""twv":{"employer_will_apply":"no"}"#, "twv", Some([0, 1, 1, 1]));
        check(seeker, r#""twv":{"employer_will_apply":"yes"}"#, "twv", None);
    }

    #[test]
    fn what_the_law_asks_is_not_relaxed() {
        let person =
            format!(r#"{FREE},"certificates":[],"languages":[{{"code":"nl","level":"A0"}}]"#);
        let statutory = r#""require":{"certificates":[{"code":"dav_asbestos","weight":"must"}]}"#;
        check(&person, statutory, "certificate:dav_asbestos", None);
        let site = r#""require":{"certificates":[{"code":"vca_basic","weight":"must"}]}"#;
        // A VCA course takes 26 days.
        check(&person, site, "certificate:vca_basic", Some([1, 0, 0, 0]));
    }

    #[test]
    fn a_level_of_education_is_evaluated_later() {
        let person = format!(r#"{FREE},"education":[{{"level":"mbo2"}}]"#);
        let asks = r#""require":{"education_level":{"level":"mbo4","weight":"must"}}"#;
        check(&person, asks, "diploma:mbo4", Some([1, 1, 1, 1]));
    }
}
