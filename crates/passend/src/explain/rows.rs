// SPDX-License-Identifier: EUPL-1.2
//! The rows of an explanation: everything that a page shows, in order, once for all doors.

use super::record::{MatchLine, Readiness, Row, Versions};
use super::teller::{Teller, Told};
use crate::criterion::{best_experience, credit_for};
use crate::gate::{Finding, ReadinessClass, Rule, after_working_days, before_working_days};
use crate::prepare::{CandidateFacts, Evidence, SkillKey, VacancyFacts};
use crate::score::Criterion;
use crate::text::{Args, Say, Text};

impl Teller<'_> {
    pub(super) fn rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        line: &MatchLine,
        told: &Told,
        weights: [u8; 6],
        versions: &Versions,
    ) -> Vec<Row> {
        let mut rows = vec![
            plain("summary", "candidate", &line.candidate, Text::same(&line.candidate)),
            plain(
                "summary",
                "vacancy",
                &line.vacancy,
                Text::same(if vacancy.title.is_empty() { &vacancy.id } else { &vacancy.title }),
            ),
            plain(
                "summary",
                "occupation",
                &readings_value(self, vacancy),
                self.readings_text(vacancy),
            ),
            plain(
                "summary",
                "readiness",
                line.readiness.class.code(),
                self.readiness_text(&line.readiness),
            ),
            plain(
                "summary",
                "score",
                &line.score.to_string(),
                Say("score_of").with(
                    &Args::default()
                        .text("points", points(line.score))
                        .text("most", points(line.score_max)),
                ),
            ),
        ];
        if let Some(closed) =
            told.findings.iter().find(|finding| finding.class() == ReadinessClass::Closed)
        {
            rows.push(plain("summary", "reason", closed.gate.code(), self.finding_text(closed)));
        }
        if let Some(until) = line.readiness.until {
            rows.push(plain(
                "summary",
                "until",
                &until.to_string(),
                Say("holds_until").with(&Args::default().text("day", until)),
            ));
            if let Some(date) = line.readiness.date {
                let days = until.days_since_1970() - date.days_since_1970();
                rows.push(plain(
                    "summary",
                    "days_left",
                    &days.to_string(),
                    Say("days_left").with(&Args::default().value("number", days)),
                ));
            }
        }
        rows.extend(self.score_rows(line, weights));
        rows.extend(self.skill_rows(candidate, vacancy));
        rows.extend(self.experience_row(candidate, vacancy));
        rows.extend(told.findings.iter().map(|finding| self.gate_row(finding)));
        rows.extend(self.step_rows(told));
        rows.extend(self.duty_row(vacancy, told));
        for question in line.readiness.questions.iter().flatten() {
            rows.push(plain("questions", &question.field, "", question.text.clone()));
        }
        rows.extend(line.flags.iter().map(|flag| plain("flags", flag, "", flag_text(flag))));
        rows.push(plain(
            "versions",
            "as_of",
            &self.rules.as_of().to_string(),
            Text::from(self.rules.as_of()),
        ));
        for (key, value) in [
            ("rules", &versions.rules),
            ("vocabulary", &versions.vocabulary),
            ("weights", &versions.weights),
        ] {
            rows.push(plain("versions", key, value, Text::same(value)));
        }
        rows
    }

    fn readings_text(self, vacancy: &VacancyFacts) -> Text {
        let name = |at: usize| {
            vacancy
                .readings
                .get(at)
                .map(|reading| self.vocabulary.reading_label(*reading))
                .unwrap_or_default()
        };
        match vacancy.readings.len() {
            0 => Say("reading_none").plain(),
            1 => Say("reading_one").with(&Args::default().text("name", name(0))),
            count => {
                let mut all = name(0);
                for at in 1..count {
                    let next = name(at);
                    all = Text {
                        nl: format!("{} / {}", all.nl, next.nl),
                        en: format!("{} / {}", all.en, next.en),
                    };
                }
                Say("reading_several").with(&Args::default().text("name", all))
            }
        }
    }

    pub(super) fn readiness_text(self, readiness: &Readiness) -> Text {
        let day =
            || readiness.date.map_or_else(Args::default, |day| Args::default().text("day", day));
        match readiness.class {
            ReadinessClass::Now => Say("ready_now").plain(),
            ReadinessClass::On => Say("ready_on").with(&day()),
            ReadinessClass::After => Say("ready_after").with(&day()),
            ReadinessClass::Unknown => Say("ready_unknown").plain(),
            ReadinessClass::Closed => Say("ready_closed").plain(),
        }
    }

    /// Each criterion with its weight, fit and contribution, so that the sum can be made on paper.
    fn score_rows(self, line: &MatchLine, weights: [u8; 6]) -> Vec<Row> {
        let parts = line.contributions;
        let values = [
            parts.skills,
            parts.occupation,
            parts.education,
            parts.language,
            parts.travel,
            parts.wishes,
        ];
        Criterion::ALL
            .into_iter()
            .zip(weights)
            .zip(values)
            .map(|((criterion, weight), value)| {
                let Some(value) = value else {
                    return plain("score", criterion.code(), "", Say("part_not_asked").plain());
                };
                let args = Args::default().text("points", points(value)).value("weight", weight);
                plain(
                    "score",
                    criterion.code(),
                    &format!("{value}/{}", u16::from(weight) * 100),
                    Say("part").with(&args),
                )
            })
            .collect()
    }

    fn skill_rows(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Vec<Row> {
        let mut rows: Vec<(u8, Row)> = Vec::new();
        for (skill, weight) in &vacancy.skills {
            let credit = credit_for(&candidate.profile.credits, *skill);
            let (percent, say, from) = match credit.map(|one| (one.credit, one.evidence)) {
                None if candidate.profile.skills_stated => {
                    (0, Say("skill_missing"), Text::default())
                }
                None => (0, Say("skill_unknown"), Text::default()),
                Some((percent, Evidence::Stated)) => {
                    (percent, Say("skill_stated"), Text::default())
                }
                Some((percent, Evidence::Related(other))) => {
                    (percent, Say("skill_related"), self.skill_name(SkillKey::Known(other)))
                }
                Some((percent, Evidence::Occupation(index))) => (
                    percent,
                    Say("skill_inferred"),
                    self.vocabulary
                        .occupation(index)
                        .map(|one| one.label.clone())
                        .unwrap_or_default(),
                ),
            };
            let name = self.skill_name(*skill);
            let args = Args::default()
                .text("name", name)
                .text("from", from)
                .value("weight", weight)
                .value("credit", percent);
            rows.push((
                *weight,
                plain(
                    "skills",
                    &self.skill_id(*skill),
                    &format!("{weight} x {percent}"),
                    say.with(&args),
                ),
            ));
        }
        // The heaviest first: that is what a reader looks for.
        rows.sort_by(|(a, first), (b, second)| b.cmp(a).then_with(|| first.key.cmp(&second.key)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The experience that counts, for the best reading of the vacancy.
    fn experience_row(self, candidate: &CandidateFacts, vacancy: &VacancyFacts) -> Option<Row> {
        let reading = *vacancy.readings.first()?;
        let (held, fit) =
            best_experience(self.vocabulary, candidate.profile.held.as_deref()?, reading)?;
        if fit == 0 {
            return Some(plain("experience", "best", "0", Say("experience_none").plain()));
        }
        let closeness = self.vocabulary.occupation_closeness(held.reading, reading);
        let args = Args::default()
            .text("name", self.vocabulary.reading_label(held.reading))
            .text("asked", self.vocabulary.reading_label(reading))
            .value("closeness", closeness)
            .value("strength", held.strength)
            .value("fit", fit);
        let value = format!("{closeness} x {} x {}", held.strength, held.reading.share);
        Some(plain("experience", "best", &value, Say("experience_best").with(&args)))
    }

    fn gate_row(self, finding: &Finding) -> Row {
        let closed = finding.class() == ReadinessClass::Closed;
        let day = if closed { String::new() } else { finding.day.to_string() };
        Row {
            section: "gates",
            key: finding.gate.code().to_owned(),
            value: format!("{} {day} {}", finding.kind.code(), finding.strength.code()),
            rule: self.rule_id(finding),
            source: self.rule_source(finding),
            text: self.finding_text(finding).and(&self.remedy_text(finding)),
        }
    }

    fn step_rows(self, told: &Told) -> Vec<Row> {
        let mut steps: Vec<_> =
            told.findings.iter().flat_map(|finding| finding.steps).flatten().collect();
        steps.sort_by_key(|step| step.id(self.policy, self.words));
        steps.dedup();
        steps
            .into_iter()
            .map(|step| {
                let line = self.step(step);
                let owner = owner_text(&line.owner);
                let args = Args::default()
                    .text("owner", owner)
                    .value("min", line.days.min)
                    .value("usual", line.days.usual)
                    .value("max", line.days.max);
                let text = self.step_text(step).and(&Say("step_days").with(&args));
                let value = format!(
                    "{} {}/{}/{}",
                    line.owner, line.days.min, line.days.usual, line.days.max
                );
                plain("steps", &line.id, &value, text)
            })
            .collect()
    }

    /// The employer notifies UWV some working days before the work begins: by which day.
    fn duty_row(self, vacancy: &VacancyFacts, told: &Told) -> Option<Row> {
        if told.verdict.class == ReadinessClass::Closed {
            return None;
        }
        let notifies = |finding: &&Finding| {
            let Some(Rule::Work(index)) = finding.rule else { return None };
            self.policy.rule(index)?.notification_workdays
        };
        let (finding, workdays) =
            told.findings.iter().find_map(|finding| Some((finding, notifies(&finding)?)))?;
        let today = self.rules.as_of();
        let begins = vacancy.starts.map_or(told.verdict.day, |starts| starts.max(told.verdict.day));
        // Work that could begin sooner begins when the notice has been given.
        let begins = begins.max(after_working_days(today, workdays));
        let by = before_working_days(begins, workdays).max(today);
        let args = Args::default()
            .text("day", by)
            .text("start", begins)
            .value("number", workdays);
        Some(Row {
            section: "duties",
            key: "notify_uwv".to_owned(),
            value: by.to_string(),
            rule: self.rule_id(finding),
            source: self.rule_source(finding),
            text: Say("duty_notify").with(&args),
        })
    }

    fn skill_name(self, key: SkillKey) -> Text {
        match key {
            SkillKey::Known(index) => {
                self.vocabulary.skill(index).map(|one| one.label.clone()).unwrap_or_default()
            }
            SkillKey::Text(word) => Text::same(self.words.get(word)),
        }
    }

    fn skill_id(self, key: SkillKey) -> String {
        match key {
            SkillKey::Known(index) => {
                self.vocabulary.skill(index).map(|one| one.id.clone()).unwrap_or_default()
            }
            SkillKey::Text(word) => self.words.get(word).to_owned(),
        }
    }
}

/// A row of a page without a rule.
pub(super) fn plain(section: &'static str, key: &str, value: &str, text: Text) -> Row {
    Row { section, key: key.to_owned(), value: value.to_owned(), rule: None, source: None, text }
}

/// Hundredths as a number with two decimals: `83,20` and `83.20`.
pub(super) fn points(hundredths: u16) -> Text {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    Text { nl: format!("{whole},{part:02}"), en: format!("{whole}.{part:02}") }
}

fn readings_value(teller: Teller<'_>, vacancy: &VacancyFacts) -> String {
    let id = |reading: &crate::vocabulary::Reading| {
        let occupation = reading.occupation.and_then(|index| teller.vocabulary.occupation(index));
        let name = occupation.map_or_else(|| reading.group.to_string(), |one| one.id.clone());
        format!("{name} {}", reading.share)
    };
    vacancy.readings.iter().map(id).collect::<Vec<_>>().join(", ")
}

fn owner_text(owner: &str) -> Text {
    match owner {
        "candidate" => Say("owner_candidate").plain(),
        "employer" => Say("owner_employer").plain(),
        "caseworker" => Say("owner_caseworker").plain(),
        "agency" => Say("owner_agency").plain(),
        "school" => Say("owner_school").plain(),
        other => Text::same(other),
    }
}

fn flag_text(flag: &str) -> Text {
    match flag {
        "asks_nothing" => Say("flag_asks_nothing").plain(),
        "ends_before_work" => Say("flag_ends_before_work").plain(),
        "education_not_evaluated" => Say("flag_education_not_evaluated").plain(),
        "experience_below_asked" => Say("flag_experience_below_asked").plain(),
        "far" => Say("flag_far").plain(),
        "may_move" => Say("flag_may_move").plain(),
        "occupation_not_linked" => Say("flag_occupation_not_linked").plain(),
        "rules_beyond_review" => Say("flag_rules_beyond_review").plain(),
        "several_readings" => Say("flag_several_readings").plain(),
        "skills_derived" => Say("flag_skills_derived").plain(),
        "sources_differ" => Say("flag_sources_differ").plain(),
        "unused_potential" => Say("flag_unused_potential").plain(),
        other => Text::same(other),
    }
}
