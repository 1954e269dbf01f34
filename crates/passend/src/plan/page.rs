// SPDX-License-Identifier: EUPL-1.2
//! A plan as plain text, as a caseworker would tell it.

use std::cmp::Reverse;

use super::record::{Aim, GapPlan, OwnLevel, Plan, PlanStep, SteppingStone};
use crate::engine::Market;
use crate::explain::{Reader, points};
use crate::gate::ReadinessClass;
use crate::text::{Args, Lang, Say, Text, heading, wrapped};

/// Vacancies named of one plan; the others are counted.
const NAMED: usize = 5;

impl GapPlan {
    /// The plan as plain text in one language; the market gives the titles.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Lang, PlanRequest, Vacancy};
    /// # let candidate: Candidate = serde_json::from_str(
    /// #     r#"{"id":"c1","residence":{"status":"free"},"languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]}"#,
    /// # )?;
    /// # let vacancy: Vacancy = serde_json::from_str(
    /// #     r#"{"id":"v1","title":"Kok","require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}}"#,
    /// # )?;
    /// let market = Engine::default().market(&[], &[vacancy], "2026-11-25".parse()?)?;
    /// let page = market.plan(&candidate, &PlanRequest::default()).text(Lang::En, &market);
    /// assert!(page.contains("Learn Dutch up to level A2."), "{page}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn text(&self, lang: Lang, market: &Market) -> String {
        let mut page = Page { text: String::new(), lang, market };
        page.heading(
            &Say("plan_title")
                .with(&Args::default().value("name", &self.candidate).text("day", self.as_of)),
        );
        page.paragraph(&Say("plan_intro").plain());
        if self.plans.is_empty() {
            page.paragraph(&Say("plan_none").plain());
        }
        let shown = shown(&self.plans);
        for (number, plan) in (1..).zip(&shown) {
            page.plan(number, plan);
        }
        let more = self.plans.len() - shown.len();
        if more > 0 {
            page.text.push('\n');
            page.paragraph(&Say("plan_others").with(&Args::default().value("number", more)));
        }
        if !self.own_level.is_empty() {
            page.heading(&Say("plan_own_level").plain());
            page.paragraph(&Say("plan_own_level_intro").plain());
            for one in &self.own_level {
                page.text.push('\n');
                page.own_level(one);
            }
        }
        if !self.stepping_stones.is_empty() {
            page.heading(&Say("plan_stones").plain());
            for (number, one) in self.stepping_stones.iter().enumerate() {
                if number > 0 {
                    page.text.push('\n');
                }
                page.stepping_stone(one);
            }
        }
        page.text.push('\n');
        page.paragraph(&Say("plan_footer").plain());
        page.text
    }
}

/// The plans that a page shows: of the earliest, the widest, the best and the lightest one each, then by day.
fn shown(plans: &[Plan]) -> Vec<&Plan> {
    const MOST: usize = 4;
    if plans.len() <= MOST {
        return plans.iter().collect();
    }
    let widest = plans.iter().max_by_key(|one| (one.opens.len(), Reverse(one.by)));
    let best = plans.iter().max_by_key(|one| (one.best_score, Reverse(one.by)));
    let lightest = plans.iter().min_by_key(|one| (one.guidance_hours, one.by));
    let mut kept: Vec<&Plan> = Vec::new();
    for one in plans.first().into_iter().chain(widest).chain(best).chain(lightest).chain(plans) {
        if kept.len() < MOST && !kept.iter().any(|known| std::ptr::eq(*known, one)) {
            kept.push(one);
        }
    }
    kept.sort_by_key(|one| one.by);
    kept
}

struct Page<'a> {
    text: String,
    lang: Lang,
    market: &'a Market,
}

impl Page<'_> {
    fn heading(&mut self, text: &Text) {
        heading(&mut self.text, text.get(self.lang));
    }

    fn paragraph(&mut self, text: &Text) {
        let own = text.get(self.lang).to_owned();
        self.wrapped(&own, "");
    }

    fn plan(&mut self, number: usize, plan: &Plan) {
        let args = Args::default()
            .value("number", number)
            .text("day", plan.by)
            .value("count", plan.opens.len());
        let say = if plan.opens.len() == 1 { Say("plan_opens_one") } else { Say("plan_opens") };
        self.heading(&say.with(&args));
        if (plan.earliest, plan.latest) != (plan.by, plan.by) {
            let args = Args::default().text("from", plan.earliest).text("to", plan.latest);
            self.paragraph(&Say("plan_range").with(&args));
        }
        let hours = Args::default().value("number", plan.guidance_hours);
        self.paragraph(&Say("plan_guidance").with(&hours));
        self.text.push('\n');
        for step in &plan.steps {
            self.step(step, &plan.steps);
        }
        self.text.push('\n');
        self.paragraph(&Say("plan_then").plain());
        for id in plan.opens.iter().take(NAMED) {
            let mut line = self.title(id);
            if plan.unknown.contains(id) {
                line = format!("{line}: {}", Say("plan_when_unknown").plain().get(self.lang));
            }
            self.wrapped(&line, "  • ");
        }
        let more = plan.opens.len().saturating_sub(NAMED);
        if more > 0 {
            let text = Say("plan_more").with(&Args::default().value("number", more));
            let text = text.get(self.lang).to_owned();
            self.wrapped(&text, "  • ");
        }
        let best = Args::default().text("points", points(plan.best_score));
        self.paragraph(&Say("plan_best").with(&best));
        if plan.unknown.len() == plan.opens.len() {
            let day = Args::default().text("day", plan.by);
            self.paragraph(&Say("plan_all_unknown").with(&day));
        }
    }

    fn own_level(&mut self, one: &OwnLevel) {
        let title = self.title(&one.vacancy);
        let when = match one.class {
            ReadinessClass::Now => Say("plan_when_now").plain(),
            ReadinessClass::Unknown => Say("plan_when_unknown").plain(),
            _ => Say("plan_when_by").with(&Args::default().text("day", one.date)),
        };
        let line = format!("{title}: {}", when.get(self.lang));
        self.wrapped(&line, "• ");
        for step in &one.steps {
            self.step(step, &one.steps);
        }
    }

    fn stepping_stone(&mut self, one: &SteppingStone) {
        let args = Args::default().text("name", one.label.clone()).text("day", one.date);
        let say = match (one.aim, one.steps.is_empty()) {
            (Aim::Wished, false) => Say("plan_aim_wished"),
            (Aim::Former, false) => Say("plan_aim_former"),
            (Aim::Wished, true) => Say("plan_aim_wished_on"),
            (Aim::Former, true) => Say("plan_aim_former_on"),
        };
        let text = say.with(&args);
        self.paragraph(&text);
        for step in &one.steps {
            self.step(step, &one.steps);
        }
        if one.stones.is_empty() {
            self.paragraph(&Say("plan_no_stones").plain());
            return;
        }
        self.paragraph(&Say("plan_meanwhile").plain());
        for stone in &one.stones {
            let title = self.title(&stone.vacancy);
            let line = if stone.date > self.market.as_of() {
                let when = Say("plan_when_by").with(&Args::default().text("day", stone.date));
                format!("{title}: {}", when.get(self.lang))
            } else {
                title
            };
            self.wrapped(&line, "  • ");
            if !stone.then.is_empty() {
                let then = Say("plan_stone_then").plain().get(self.lang).to_owned();
                self.wrapped(&then, "    ");
            }
            for step in &stone.then {
                self.step(step, &stone.then);
            }
        }
    }

    fn step(&mut self, step: &PlanStep, all: &[PlanStep]) {
        let owner = self.market.teller().to(Reader::Caseworker).owner_text(&step.owner);
        let mut args = Args::default()
            .text("owner", owner)
            .text("from", step.start)
            .text("to", step.ready)
            .value("min", step.days.min)
            .value("max", step.days.max);
        let mut text = step.text.clone();
        if let Some(provider) = &step.provider {
            args = args.text("name", provider.clone());
            text = text.and(&Say("plan_step_by").with(&args));
        } else {
            text = text.and(&Say("plan_step_who").with(&args));
        }
        if let Some(hours) = step.lesson_hours {
            let args = Args::default().value("min", hours.fast).value("number", hours.usual);
            text = text.and(&match hours.low_literate {
                Some(most) => Say("plan_lessons_to").with(&args.value("max", most)),
                None => Say("plan_lessons").with(&args),
            });
        }
        if step.cost.is_some_and(|cost| cost.max == 0) {
            text = text.and(&Say("plan_free").plain());
        } else if let Some(cost) = step.cost {
            let args = Args::default().value("min", cost.min).value("max", cost.max);
            text = text.and(&Say("plan_cost").with(&args));
        }
        let after = step.needs.iter().filter_map(|id| position(all, id));
        let after: Vec<_> = after.map(|at| at.to_string()).collect();
        let number = position(all, &step.id).unwrap_or(1);
        if !after.is_empty() {
            text = text
                .and(&Say("plan_after").with(&Args::default().value("number", after.join(", "))));
        }
        let text = text.get(self.lang).to_owned();
        self.wrapped(&text, &format!("  {number}. "));
    }

    /// The title of a vacancy with its id, so that it can be found.
    fn title(&self, id: &str) -> String {
        let title = self.market.title(id).unwrap_or_default();
        if title.is_empty() { id.to_owned() } else { format!("{title} ({id})") }
    }

    fn wrapped(&mut self, text: &str, lead: &str) {
        wrapped(&mut self.text, text, lead);
    }
}

fn position(steps: &[PlanStep], id: &str) -> Option<usize> {
    steps.iter().position(|one| one.id == id).map(|at| at + 1)
}

impl Market {
    /// The title of a vacancy; nothing if no vacancy has this id.
    pub(super) fn title(&self, id: &str) -> Option<Box<str>> {
        let vacancy = self.prepared.vacancies.iter().find(|one| one.id() == id)?;
        Some(self.prepared.words.shown(vacancy.told().title))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    #[test]
    fn a_step_is_found_by_its_number() {
        let day: Day = "2026-11-25".parse().unwrap();
        let step = |id: &str| PlanStep {
            id: id.to_owned(),
            owner: String::new(),
            start: day,
            ready: day,
            needs: Vec::new(),
            days: crate::policy::LeadTime { min: 0, usual: 0, max: 0 },
            guidance_hours: 0,
            lesson_hours: None,
            cost: None,
            provider: None,
            text: Text::default(),
        };
        assert_eq!(position(&[step("a"), step("b")], "b"), Some(2));
        assert_eq!(position(&[step("a")], "b"), None);
    }
}
