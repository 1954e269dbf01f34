// SPDX-License-Identifier: EUPL-1.2
//! The rows of an explanation: everything that a page shows, in order, once for all doors.

use super::fit_rows::points;
use super::reader::{Reader, Sight};
use super::reading_rows::VOCABULARY;
use super::record::{MatchLine, Readiness, Row, Versions};
use super::speaker::Speaker;
use super::teller::Told;
use crate::gate::{Finding, ReadinessClass, Rule, Step, after_working_days, before_working_days};
use crate::policy::Weights;
use crate::prepare::{CandidateFacts, LanguageCode, VacancyFacts, reads_none};
use crate::text::{Args, Say, Text};

/// Where it stands how gates judge and how scores are made.
pub(super) const GATES: &str = "docs/gates.md";
pub(super) const SCORING: &str = "docs/scoring.md";

impl Speaker<'_> {
    /// The rows that this reader sees, in order.
    pub(super) fn rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        line: &MatchLine,
        told: &Told,
        weights: [u8; 6],
        versions: &Versions,
    ) -> Vec<Row> {
        let mut rows = self.summary_rows(vacancy, line, told);
        rows.extend(self.score_rows(line, weights));
        rows.extend(self.skill_rows(candidate, vacancy));
        rows.extend(self.experience_row(candidate, vacancy));
        rows.extend(self.education_rows(candidate, vacancy));
        rows.extend(self.reading_rows(candidate, vacancy));
        rows.extend(told.findings.iter().map(|finding| self.gate_row(finding)));
        rows.extend(self.step_rows(candidate, told));
        rows.extend(self.duty_row(vacancy, told));
        rows.extend(self.twv_rows(candidate, vacancy, told));
        rows.extend(self.facility_rows(candidate, vacancy, line.readiness.class));
        rows.extend(self.question_rows(candidate, vacancy, told));
        rows.extend(line.flags.iter().map(|flag| {
            resting_on(plain("flags", flag, "", self.flag_text(flag)), "flags", GATES)
        }));
        let as_of = self.rules.as_of();
        rows.push(plain("versions", "as_of", &as_of.to_string(), Text::from(as_of)));
        for (key, value, text) in [
            ("rules", &versions.rules, Text::same(&versions.rules)),
            ("vocabulary", &versions.vocabulary, Text::same(&versions.vocabulary)),
            ("weights", &versions.weights, self.weights_text()),
        ] {
            rows.push(plain("versions", key, value, text));
        }
        rows.into_iter().filter_map(|row| self.reader.seen(row)).collect()
    }

    fn summary_rows(self, vacancy: &VacancyFacts, line: &MatchLine, told: &Told) -> Vec<Row> {
        let readiness = |key, value: &str, text| {
            resting_on(plain("summary", key, value, text), "readiness", GATES)
        };
        let title = self.words.shown(vacancy.told().title);
        let title = if title.is_empty() { vacancy.id() } else { &*title };
        let readings: Vec<_> =
            vacancy.readings().iter().map(|one| self.reading_value(*one)).collect();
        let score =
            Args::default().text("points", points(line.score)).text("most", points(line.score_max));
        let score = self.say(Say("score_of"), &score);
        let mut rows = vec![
            plain("summary", "candidate", &line.candidate, Text::same(&line.candidate)),
            plain("summary", "vacancy", &line.vacancy, Text::same(title)),
            resting_on(
                plain("summary", "occupation", &readings.join(", "), self.readings_text(vacancy)),
                "occupation",
                SCORING,
            ),
            readiness(
                "readiness",
                line.readiness.class.code(),
                self.readiness_text(&line.readiness),
            ),
            resting_on(plain("summary", "score", &line.score.to_string(), score), "score", SCORING),
        ];
        let closed = told.findings.iter().find(|one| one.class() == ReadinessClass::Closed);
        // Why it is closed is not told to a reader who may not see the gate that closes it.
        if let Some(closed) = closed
            && self.reader.sight("gates", closed.gate.code()) != Sight::Hidden
        {
            let row = self.gate_row(closed);
            rows.push(Row {
                section: "summary",
                key: "reason".to_owned(),
                value: closed.gate.code().to_owned(),
                text: self.finding_text(closed),
                ..row
            });
        }
        if let Some(until) = line.readiness.until {
            let args = Args::default().text("day", until);
            let text = self.say(Say("holds_until"), &args);
            rows.push(readiness("until", &until.to_string(), text));
            if let Some(date) = line.readiness.date {
                let days = until.days_since_1970() - date.days_since_1970();
                let args = Args::default().value("number", days);
                let text = if days < 0 {
                    self.tell(Say("until_before_start"))
                } else {
                    self.say(Say("days_left"), &args)
                };
                rows.push(readiness("days_left", &days.to_string(), text));
            }
        }
        rows
    }

    fn weights_text(self) -> Text {
        let Weights { name, skills, occupation, education, language, travel, wishes } =
            self.policy.weights();
        let args = Args::default()
            .value("name", name)
            .value("skills", skills)
            .value("occupation", occupation)
            .value("education", education)
            .value("language", language)
            .value("travel", travel)
            .value("wishes", wishes);
        Say("weights_named").with(&args)
    }

    /// Each question once, with the rule that asks it: first what the law asks, then in order of field.
    fn question_rows(
        self,
        candidate: &CandidateFacts,
        vacancy: &VacancyFacts,
        told: &Told,
    ) -> Vec<Row> {
        let mut rows: Vec<_> = self
            .questions(candidate, vacancy, told)
            .into_iter()
            .map(|(finding, question)| {
                let row = plain("questions", &question.field, "", question.text.clone());
                let row = match finding {
                    Some(finding) => self.ruled(row, finding),
                    None => resting_on(row, "linking", VOCABULARY),
                };
                (!finding.is_some_and(Finding::is_law), row)
            })
            .collect();
        rows.sort_by(|(last, a), (other, b)| {
            (&a.key, &a.text, last).cmp(&(&b.key, &b.text, other))
        });
        rows.dedup_by(|(_, a), (_, b)| a.key == b.key && a.text == b.text);
        rows.sort_by_key(|(last, _)| *last);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The row with the rule and source of a finding; where no row of law decides, with the gate that does.
    fn ruled(self, row: Row, finding: &Finding) -> Row {
        match (self.rule_id(finding), self.rule_source(finding)) {
            (Some(rule), Some(source)) => Row { rule: Some(rule), source: Some(source), ..row },
            _ => resting_on(row, finding.gate.code(), GATES),
        }
    }

    fn readings_text(self, vacancy: &VacancyFacts) -> Text {
        match vacancy.readings() {
            [] => self.tell(Say("reading_none")),
            [one] => self.vocabulary.reading_label(*one),
            several => {
                let args = Args::default().text("name", self.readings_in_words(several));
                self.say(Say("reading_several"), &args)
            }
        }
    }

    pub(super) fn readiness_text(self, readiness: &Readiness) -> Text {
        let day =
            || readiness.date.map_or_else(Args::default, |day| Args::default().text("day", day));
        match readiness.class {
            ReadinessClass::Now => self.tell(Say("ready_now")),
            ReadinessClass::On => self.say(Say("ready_on"), &day()),
            ReadinessClass::After => self.say(Say("ready_after"), &day()),
            ReadinessClass::Unknown => self.tell(Say("ready_unknown")),
            ReadinessClass::Closed => self.tell(Say("ready_closed")),
        }
    }

    fn gate_row(self, finding: &Finding) -> Row {
        let closed = finding.class() == ReadinessClass::Closed;
        let day = if closed { String::new() } else { finding.day.to_string() };
        let value = format!("{} {day} {}", finding.kind.code(), finding.strength.code());
        let text = self.finding_text(finding);
        let text =
            if self.tells_rules(finding) { text.and(&self.remedy_text(finding)) } else { text };
        self.ruled(plain("gates", finding.gate.code(), &value, text), finding)
    }

    fn step_rows(self, candidate: &CandidateFacts, told: &Told) -> Vec<Row> {
        let mut steps: Vec<_> =
            told.findings.iter().flat_map(|finding| finding.steps).flatten().collect();
        steps.sort_by_key(|step| step.id(self.policy, self.words));
        steps.dedup();
        steps
            .into_iter()
            .map(|step| (step, self.step(step)))
            .filter(|(_, line)| {
                self.reader != Reader::Employer
                    || matches!(line.owner.as_str(), "employer" | "agency")
            })
            .map(|(step, line)| {
                let owner = self.owner_text(&line.owner);
                let args = Args::default()
                    .text("owner", owner)
                    .value("min", line.days.min)
                    .value("usual", line.days.usual)
                    .value("max", line.days.max);
                let mut text = self.step_told(step);
                if self.language_comes_first(candidate, step) {
                    text = text.and(&self.tell(Say("step_exam_language")));
                }
                let text = text.and(&self.say(Say("step_days"), &args));
                let value = format!(
                    "{} {}/{}/{}",
                    line.owner, line.days.min, line.days.usual, line.days.max
                );
                let row = plain("steps", &line.id, &value, text);
                match self.step_source(step) {
                    Some((rule, source)) => Row { rule: Some(rule), source: Some(source), ..row },
                    None => resting_on(row, "steps", GATES),
                }
            })
            .collect()
    }

    /// Whether the exam of a certificate is held in no language that the person reads.
    fn language_comes_first(self, candidate: &CandidateFacts, step: Step) -> bool {
        let Step::Certificate(index) = step else { return false };
        let detail = self.policy.step_detail(&step.id(self.policy, self.words));
        let offered = self.policy.exam_languages(index);
        let offered: Vec<_> = offered.map(|row| LanguageCode::new(&row.language)).collect();
        detail.and_then(|detail| detail.exam_level).is_some_and(|level| {
            reads_none(candidate.learned.languages.as_deref(), &offered, level)
        })
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
        let args = Args::default().text("day", by).text("start", begins).value("number", workdays);
        Some(Row {
            section: "duties",
            key: "notify_uwv".to_owned(),
            value: by.to_string(),
            rule: self.rule_id(finding),
            source: self.rule_source(finding),
            text: self.say(Say("duty_notify"), &args),
        })
    }
}

/// The row with a rule of the engine itself, `passend:NAME`, and the page that tells it: where no row of a table decides.
pub(super) fn resting_on(row: Row, rule: &str, page: &str) -> Row {
    Row { rule: Some(format!("passend:{rule}")), source: Some(page.to_owned()), ..row }
}

/// A row of a page without a rule.
pub(super) fn plain(section: &'static str, key: &str, value: &str, text: Text) -> Row {
    Row { section, key: key.to_owned(), value: value.to_owned(), rule: None, source: None, text }
}

impl Speaker<'_> {
    /// Who takes a step, in words.
    pub(crate) fn owner_text(self, owner: &str) -> Text {
        match owner {
            "candidate" => self.tell(Say("owner_candidate")),
            "employer" => self.tell(Say("owner_employer")),
            "caseworker" => self.tell(Say("owner_caseworker")),
            "agency" => self.tell(Say("owner_agency")),
            "school" => self.tell(Say("owner_school")),
            other => Text::same(other),
        }
    }

    fn flag_text(self, flag: &str) -> Text {
        match flag {
            "asks_nothing" => self.tell(Say("flag_asks_nothing")),
            "ends_before_work" => self.tell(Say("flag_ends_before_work")),
            "education_not_evaluated" => self.tell(Say("flag_education_not_evaluated")),
            "experience_below_asked" => self.tell(Say("flag_experience_below_asked")),
            "far" => self.tell(Say("flag_far")),
            "may_move" => self.tell(Say("flag_may_move")),
            "occupation_not_linked" => self.tell(Say("flag_occupation_not_linked")),
            "rules_beyond_review" => self.tell(Say("flag_rules_beyond_review")),
            "several_readings" => self.tell(Say("flag_several_readings")),
            "skills_derived" => self.tell(Say("flag_skills_derived")),
            "sources_differ" => self.tell(Say("flag_sources_differ")),
            "unused_potential" => self.tell(Say("flag_unused_potential")),
            other => Text::same(other),
        }
    }
}
