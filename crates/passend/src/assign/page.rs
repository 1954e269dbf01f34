// SPDX-License-Identifier: EUPL-1.2
//! Plans under capacity as plain text, as a job hunter reads them: who, where, from when, by which steps, and who is left and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::beside::{BesideLine, Wish};
use super::market::Assignment;
use super::place::{Placement, Suitable};
use super::record::{Goal, PoolLine, TimetableLine, UnplacedReason};
use super::school::{LessonLine, LessonPlan, OneMore};
use crate::engine::Market;
use crate::explain::{Reader, Readiness, Side, StepLine, points};
use crate::gate::{Finding, ReadinessClass, judge};
use crate::model::Hundredths;
use crate::prepare::{CandidateFacts, VacancyFacts};
use crate::text::{Args, Lang, Say, Text, heading, wrapped};

/// Pools that are shown of one person; the others are counted.
const SHOWN: usize = 3;

struct Page<'a> {
    text: String,
    lang: Lang,
    market: Option<&'a Market>,
}

impl<'a> Page<'a> {
    fn new(lang: Lang, market: Option<&'a Market>) -> Self {
        Self { text: String::new(), lang, market }
    }

    fn heading(&mut self, text: &Text) {
        heading(&mut self.text, text.get(self.lang));
    }

    fn say(&mut self, text: &Text, lead: &str) {
        wrapped(&mut self.text, text.get(self.lang), lead);
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    /// The title of a vacancy with its id, so that it can be found.
    fn title(&self, vacancy: &VacancyFacts) -> String {
        let title = self.market.map(|market| market.prepared.words.shown(vacancy.told().title));
        match title.filter(|title| !title.is_empty()) {
            Some(title) => format!("{title} ({})", vacancy.id()),
            None => vacancy.id().to_string(),
        }
    }

    /// The title, and where the work is.
    fn title_and_place(&self, vacancy: &VacancyFacts) -> Text {
        let (title, place) = (self.title(vacancy), self.where_it_is(vacancy));
        let line = |place: &str| match place {
            "" => title.clone(),
            place => format!("{title}: {place}"),
        };
        Text { nl: line(&place.nl), en: line(&place.en) }
    }

    /// Where the work is, at whom, and for how many hours, as far as the record says.
    fn where_it_is(&self, vacancy: &VacancyFacts) -> Text {
        let Some(market) = self.market else { return Text::default() };
        let mut parts = Text::default();
        let mut add = |part: Text| {
            let comma = if parts.nl.is_empty() { "" } else { ", " };
            parts.nl = format!("{}{comma}{}", parts.nl, part.nl);
            parts.en = format!("{}{comma}{}", parts.en, part.en);
        };
        let told = vacancy.told();
        if let Some(word) = told.employer_name.or(vacancy.work.employer) {
            add(Text::same(market.prepared.words.shown(word)));
        }
        let place =
            told.municipality.and_then(|index| market.policy.places().municipality_at(index));
        if vacancy.remote {
            add(Say("plan_page_remote").plain());
        } else if let Some(place) = place {
            add(Text::same(&place.name));
        }
        match (vacancy.hours.min, vacancy.hours.max) {
            (Some(min), Some(max)) if min < max => add(Say("plan_page_hours_between")
                .with(&Args::default().value("min", min).value("max", max))),
            (one, other) => {
                if let Some(hours) = other.or(one) {
                    add(Say("plan_page_hours").with(&Args::default().value("number", hours)));
                }
            }
        }
        parts
    }

    /// From when, by which steps in words and by whom, and what is to be asked first.
    fn readiness(&mut self, readiness: &Readiness, steps: &[(Arc<StepLine>, Text)]) {
        if readiness.class == ReadinessClass::Unknown {
            self.say(&Say("plan_page_unknown").plain(), "    ");
        } else if let Some(day) = readiness.date.filter(|_| readiness.class != ReadinessClass::Now)
        {
            let args = Args::default().text("day", day);
            let say = if steps.is_empty() { Say("plan_page_from") } else { Say("plan_page_after") };
            self.say(&say.with(&args), "    ");
        }
        for (step, text) in steps {
            let owner = self
                .market
                .map(|market| market.teller().to(Reader::Caseworker).owner_text(&step.owner));
            let args = Args::default()
                .text("owner", owner.unwrap_or_default())
                .value("min", step.days.min)
                .value("usual", step.days.usual)
                .value("max", step.days.max);
            self.say(&text.clone().and(&Say("step_days").with(&args)), "    • ");
        }
        for question in readiness.questions.iter().flatten() {
            self.say(
                &Say("plan_page_ask").with(&Args::default().text("text", question.text.clone())),
                "    ? ",
            );
        }
        if let Some(until) = readiness.until {
            self.say(&Say("plan_page_until").with(&Args::default().text("day", until)), "    ");
        }
    }
}

/// The steps of a pair, each once, in words for the caseworker.
fn steps(
    market: &Market,
    candidate: &CandidateFacts,
    vacancy: &VacancyFacts,
) -> Vec<(Arc<StepLine>, Text)> {
    let teller = market.teller();
    let mut steps = Vec::new();
    judge(market.on_day(), candidate, vacancy, |finding: &Finding| {
        steps.extend(finding.steps.iter().flatten().copied());
    });
    let told = |step| (teller.step(step), teller.to(Reader::Caseworker).step_text(step));
    let mut told: Vec<_> = steps.into_iter().map(told).collect();
    told.sort();
    told.dedup();
    told
}

/// Hours as people write them: with a comma in Dutch.
fn hours(hours: Hundredths) -> Text {
    let en = hours.to_string();
    Text { nl: en.replace('.', ","), en }
}

/// A number of the text.
fn number(count: impl std::fmt::Display) -> Args {
    Args::default().value("number", count)
}

impl Assignment {
    /// The plan as plain text in one language: who can begin now, who on a day, who after steps, each with the vacancy and
    /// the steps in words; then who is left, by reason.
    ///
    /// ```
    /// # use passend::{AssignRequest, Candidate, Engine, Goal, Lang, Vacancy, Watch};
    /// # let candidate: Candidate = serde_json::from_str(
    /// #     r#"{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok","months":36}]}"#,
    /// # )?;
    /// let vacancy: Vacancy = serde_json::from_str(
    ///     r#"{"id":"v1","title":"Kok","employer":{"name":"De Pan"},"location":{"municipality":"Assen"}}"#,
    /// )?;
    /// let market = Engine::default().market(&[candidate], &[vacancy], "2026-11-25".parse()?)?;
    /// let plan = market.assign(&AssignRequest::new(Goal::Placements), &Watch::new())?;
    /// let page = plan.text(Lang::En, &market);
    /// assert!(page.contains("c1 → Kok (v1)") && page.contains("De Pan, Assen"), "{page}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn text(&self, lang: Lang, market: &Market) -> String {
        let mut page = Page::new(lang, Some(market));
        let placed: Vec<_> = self
            .pairs(market)
            .map(|(candidate, vacancy, score)| {
                (candidate, vacancy, score, market.teller().readiness(candidate, vacancy))
            })
            .collect();
        page.heading(&Say("plan_page_title").with(&Args::default().text("day", market.as_of())));
        let goal = match self.request.goal {
            Goal::Placements => Say("goal_placements").plain(),
            Goal::Score => Say("goal_score").plain(),
            Goal::Households => Say("goal_households").plain(),
        };
        let args = Args::default()
            .text("goal", goal)
            .value("number", placed.len())
            .value("all", market.candidates());
        page.say(&Say("plan_page_intro").with(&args), "");
        self.tell_costs(&mut page);
        let coaches = self.coaches(market);
        for class in [
            ReadinessClass::Now,
            ReadinessClass::On,
            ReadinessClass::After,
            ReadinessClass::Unknown,
        ] {
            let mut own: Vec<_> =
                placed.iter().filter(|(.., readiness)| readiness.class == class).collect();
            if own.is_empty() {
                continue;
            }
            own.sort_by_key(|(candidate, _, _, readiness)| (readiness.date, candidate.id()));
            let args = number(own.len());
            page.heading(&match class {
                ReadinessClass::Now => Say("plan_page_now").with(&args),
                ReadinessClass::On => Say("plan_page_on").with(&args),
                ReadinessClass::After => Say("plan_page_steps").with(&args),
                _ => Say("plan_page_ask_first").with(&args),
            });
            for (candidate, vacancy, score, readiness) in own {
                let title = page.title(vacancy);
                page.say(&Text::same(format!("{} → {title}", candidate.id())), "");
                let args = Args::default().text("points", points(*score));
                let mut place = page.where_it_is(vacancy);
                let score = Say("plan_page_score").with(&args);
                if !place.nl.is_empty() {
                    place = Text { nl: format!("{}.", place.nl), en: format!("{}.", place.en) };
                }
                let mut text = place.and(&score);
                if let Some(coach) = coaches.get(candidate.id()) {
                    let args = Args::default().value("name", coach);
                    text = text.and(&Say("plan_page_coach").with(&args));
                }
                page.say(&text, "    ");
                page.readiness(readiness, &steps(market, candidate, vacancy));
            }
        }
        self.tell_left(&mut page, market);
        page.text
    }

    /// The coach of each person who has one.
    fn coaches<'a>(&'a self, market: &'a Market) -> BTreeMap<&'a str, &'a str> {
        let own = self.shares.coached().filter_map(|(row, coach)| {
            Some((market.candidate(*self.people.get(row as usize)?)?.id(), coach))
        });
        own.collect()
    }

    /// What the goal and each wish cost beside another plan.
    fn tell_costs(&self, page: &mut Page<'_>) {
        if self.beside.is_empty() {
            return;
        }
        page.heading(&Say("beside_title").plain());
        for line in &self.beside {
            page.say(&self.beside_text(line), "• ");
        }
    }

    /// A plan beside this one, in words.
    fn beside_text(&self, line: &BesideLine) -> Text {
        let own = self.totals(self.placed());
        let name = match (line.goal, line.without) {
            (Some(Goal::Placements), _) => Say("beside_placements").plain(),
            (Some(Goal::Score), _) => Say("beside_score").plain(),
            (Some(Goal::Households), _) => Say("beside_households").plain(),
            (_, Some(Wish::Floor)) => Say("beside_without_floor")
                .with(&Args::default().text("points", points(self.request.floor))),
            (_, Some(Wish::Coaches)) => Say("beside_without_coaches").plain(),
            (_, Some(Wish::Keep)) => Say("beside_without_keep").plain(),
            (_, _) => Say("beside_without_stable").plain(),
        };
        let signed = |there: u64, here: u64| i128::from(there) - i128::from(here);
        let plus = |count: i128| if count > 0 { format!("+{count}") } else { count.to_string() };
        let score = signed(line.score, own.score);
        let mut more = points(score);
        if score > 0 {
            more = Text { nl: format!("+{}", more.nl), en: format!("+{}", more.en) };
        }
        let args = Args::default()
            .text("name", name)
            .value("number", line.placed)
            .value("more", plus(signed(line.placed, own.placed)))
            .text("points", more)
            .text("least", points(line.lowest))
            .value("better", line.better)
            .value("worse", line.worse)
            .value("gained", line.gained)
            .value("lost", line.lost);
        let text = Say("beside_line").with(&args);
        match line.households {
            Some(count) => text.and(&Say("beside_line_households").with(&number(count))),
            None => text,
        }
    }

    fn tell_left(&self, page: &mut Page<'_>, market: &Market) {
        let left = self.unplaced(market);
        let of = |side| left.iter().filter(move |line| line.side == side);
        let people = of(Side::Candidate).count();
        if people > 0 {
            page.heading(&Say("plan_page_left").with(&number(people)));
        }
        let mut alike: BTreeMap<&Text, Vec<&str>> = BTreeMap::new();
        let mut others = Vec::new();
        for line in of(Side::Candidate) {
            if matches!(
                line.reason,
                UnplacedReason::NothingOpen
                    | UnplacedReason::BelowFloor
                    | UnplacedReason::NoCase
                    | UnplacedReason::ScoreFirst
            ) {
                alike.entry(&line.text).or_default().push(&line.id);
            } else {
                others.push(line);
            }
        }
        for (text, ids) in alike {
            page.say(text, "");
            page.say(&Text::same(ids.join(", ")), "    ");
        }
        let work: BTreeMap<&str, &VacancyFacts> =
            market.prepared.vacancies.iter().map(|one| (one.id(), one)).collect();
        for line in others {
            let nearest = line.nearest.as_deref().and_then(|id| work.get(id));
            let text = match nearest {
                None => line.text.clone(),
                Some(vacancy) => {
                    let args = Args::default().text("name", page.title_and_place(vacancy));
                    line.text.clone().and(&Say("plan_page_nearest").with(&args))
                }
            };
            page.say(&text, &format!("{}: ", line.id));
        }
        let work = of(Side::Vacancy).count();
        if work == 0 {
            return;
        }
        let open: u32 = of(Side::Vacancy).filter_map(|line| line.open).sum();
        page.heading(&Say("plan_page_open").with(&number(open).value("all", work)));
        let count = |reason| of(Side::Vacancy).filter(|line| line.reason == reason).count();
        for (reason, say) in [
            (UnplacedReason::NothingOpen, Say("plan_page_open_nobody")),
            (UnplacedReason::BelowFloor, Say("plan_page_open_below_floor")),
            (UnplacedReason::NoCase, Say("plan_page_open_no_case")),
            (UnplacedReason::TakesAPlace, Say("plan_page_open_needed")),
            (UnplacedReason::CostsScore, Say("plan_page_open_better")),
            (UnplacedReason::ScoreFirst, Say("plan_page_open_better")),
            (UnplacedReason::NoDifference, Say("plan_page_open_equal")),
        ] {
            let own = count(reason);
            if own > 0 {
                page.say(&say.with(&number(own)), "• ");
            }
        }
    }
}

impl PoolLine {
    /// Pools as plain text in one language: for each person the best three with what each part is, and how many more there
    /// are. The lines are those of [`Market::pools`](crate::Market::pools).
    pub fn page(lines: &[Self], lang: Lang, market: &Market) -> String {
        let mut page = Page::new(lang, Some(market));
        let work: BTreeMap<&str, &VacancyFacts> =
            market.prepared.vacancies.iter().map(|one| (one.id(), one)).collect();
        let people = lines.chunk_by(|a, b| a.candidate == b.candidate);
        page.heading(
            &Say("pools_page_title").with(
                &Args::default()
                    .value("number", people.clone().count())
                    .value("all", market.candidates()),
            ),
        );
        page.say(&Say("pools_page_intro").plain(), "");
        for pools in people {
            let Some(first) = pools.first() else { continue };
            page.gap();
            let args = Args::default().value("name", &first.candidate).value("number", pools.len());
            let say = if pools.len() == 1 {
                Say("pools_page_person_one")
            } else {
                Say("pools_page_person")
            };
            page.say(&say.with(&args), "");
            for pool in pools.iter().take(SHOWN) {
                let args = number(pool.hours).value("count", pool.permits);
                let say = match pool.permits {
                    0 => Say("pools_page_week"),
                    1 => Say("pools_page_week_permit"),
                    _ => Say("pools_page_week_permits"),
                };
                page.say(&say.with(&args), "  • ");
                for part in &pool.vacancies {
                    let Some(vacancy) = work.get(part.as_str()) else { continue };
                    page.say(&page.title_and_place(vacancy), "      + ");
                }
            }
            let more = pools.len().saturating_sub(SHOWN);
            if more > 0 {
                page.say(&Say("plan_more").with(&number(more)), "  • ");
            }
        }
        page.text
    }
}

impl TimetableLine {
    /// Timetables as plain text in one language, as [`Engine::lessons`](crate::Engine::lessons) orders them: what each blocks,
    /// and how much more that is than the best.
    pub fn page(lines: &[Self], lang: Lang) -> String {
        let mut page = Page::new(lang, None);
        page.heading(&Say("lessons_page_title").plain());
        page.say(&Say("lessons_page_intro").plain(), "");
        page.gap();
        for (rank, line) in (1..).zip(lines) {
            let args = Args::default()
                .value("name", &line.timetable)
                .value("number", line.blocked)
                .text("hours", hours(line.hours_lost));
            let text = match line.blocked {
                0 => Say("lessons_page_free").with(&args),
                1 => Say("lessons_page_line_one").with(&args),
                _ => Say("lessons_page_line").with(&args),
            };
            let more = lines.first().map_or(0, |best| line.blocked - best.blocked);
            let text = match more {
                0 => text,
                _ => text.and(&Say("lessons_page_more").with(&number(more))),
            };
            let text = text.and(&Say("lessons_page_placed").with(&number(line.placed)));
            page.say(&text, &format!("{rank}. "));
        }
        page.text
    }
}

impl LessonPlan {
    /// Which group has which timetable, as plain text in one language: what the plan blocks and what is proven, what one more
    /// room or teacher would change, then each group with what each timetable costs.
    pub fn text(&self, lang: Lang) -> String {
        let mut page = Page::new(lang, None);
        let own = &self.totals;
        page.heading(&Say("school_page_title").plain());
        let args = number(own.blocked).value("open", own.open).text("hours", hours(own.hours_lost));
        page.say(&Say("school_page_intro").with(&args), "");
        let args = number(own.placed)
            .value("all", own.learners)
            .value("count", own.placed_without_lessons);
        page.say(&Say("school_page_placed").with(&args), "");
        page.say(
            &match own.least == own.blocked {
                true => Say("school_page_proven").plain(),
                false => Say("school_page_possible").with(&number(own.least)),
            },
            "",
        );
        page.say(&Say("school_page_room_for_all").with(&number(own.least_with_room)), "");
        for (name, change) in [
            (Say("school_page_room"), own.one_more_room),
            (Say("school_page_teacher"), own.one_more_teacher),
        ] {
            if let Some(change) = change {
                page.say(&one_more(&name.plain(), change), "");
            }
        }
        if !own.without_lessons.is_empty() {
            page.heading(&Say("school_page_without").with(&number(own.without_lessons.len())));
            page.say(&Text::same(own.without_lessons.join(", ")), "    ");
        }
        for lines in self.lines.chunk_by(|a, b| a.group == b.group) {
            let Some(first) = lines.first() else { continue };
            let args = Args::default().value("group", &first.group).value("name", &first.timetable);
            page.heading(&match first.chosen {
                true => Say("school_page_group").with(&args),
                false => Say("school_page_group_without").with(&args),
            });
            for line in lines {
                let args = number(line.blocked)
                    .value("name", &line.timetable)
                    .text("hours", hours(line.hours_lost))
                    .value("count", line.placed);
                let text = Say("school_page_line").with(&args).and(&cost(line));
                page.say(&Text { nl: format!("{}.", text.nl), en: format!("{}.", text.en) }, "• ");
            }
        }
        page.text
    }
}

/// What a timetable of a group costs all groups together.
fn cost(line: &LessonLine) -> Text {
    match line.more {
        _ if line.chosen => Say("school_page_chosen").plain(),
        None => Say("school_page_no_room").plain(),
        Some(0) => Say("school_page_as_good").plain(),
        Some(more @ 1..) => Say("school_page_costs").with(&number(more)),
        Some(more) => Say("school_page_saves").with(&number(more.unsigned_abs())),
    }
}

fn one_more(name: &Text, change: OneMore) -> Text {
    let args = Args::default().text("name", name.clone());
    match (change.groups, change.blocked) {
        (0, ..=0) => Say("school_page_one_more_nothing").with(&args),
        (0, fewer) => Say("school_page_one_more").with(&args.value("number", fewer)),
        (1, _) => Say("school_page_one_more_group").with(&args),
        (more, _) => Say("school_page_one_more_groups").with(&args.value("number", more)),
    }
}

impl Placement {
    /// The plan of where to live as plain text in one language: by region who goes there and why, then what each quota
    /// costs, and what is proven.
    pub fn text(&self, lang: Lang) -> String {
        let mut page = Page::new(lang, None);
        page.heading(&Say("place_page_title").plain());
        let Suitable { adults, .. } = self.plan;
        let placed = self.households.iter().filter(|line| line.region.is_some()).count();
        let args = number(placed).value("all", self.households.len()).value("count", adults);
        page.say(&Say("place_page_intro").with(&args), "");
        let gap = self.bound.adults.saturating_sub(adults);
        let proof = match (self.plan == self.bound, gap) {
            (true, _) => Say("place_page_proven").plain(),
            (false, 0) => Say("place_page_score_possible").plain(),
            (false, gap) => Say("place_page_possible").with(&number(gap)),
        };
        let first = Say("place_page_first_come").with(&number(self.first_come.adults));
        page.say(&proof.and(&first), "");
        for quota in &self.quotas {
            let here =
                self.households.iter().filter(|line| line.region.as_ref() == Some(&quota.region));
            let args = Args::default()
                .value("name", &quota.region)
                .value("number", quota.used)
                .value("all", quota.quota);
            page.heading(&Say("place_page_region").with(&args));
            let price = quota.price;
            if price != Suitable::default() {
                let args = number(price.adults).text("points", points(price.score));
                let text = match price.adults {
                    0 => Say("place_page_price_score").with(&args),
                    1 => Say("place_page_price_one").with(&args),
                    _ => Say("place_page_price").with(&args),
                };
                page.say(&text, "");
            }
            for line in here {
                let args = number(line.adults).text("points", points(line.score));
                let mut text = match line.adults {
                    0 => Say("place_page_no_work").plain(),
                    1 => Say("place_page_work_one").with(&args),
                    _ => Say("place_page_work").with(&args),
                };
                if line.kept {
                    text = text.and(&Say("place_page_stays").plain());
                }
                if let Some(second) = &line.second {
                    let args = number(second.adults).value("name", &second.region);
                    text = text.and(&Say("place_page_second").with(&args));
                }
                page.say(&text, &format!("{}: ", line.household));
            }
        }
        if self.unplaced > 0 {
            page.heading(&Say("place_page_without").with(&number(self.unplaced)));
            page.say(&Say("place_page_without_why").plain(), "");
            let without = self.households.iter().filter(|line| line.region.is_none());
            let ids: Vec<_> = without.map(|line| line.household.as_str()).collect();
            page.say(&Text::same(ids.join(", ")), "    ");
        }
        page.text
    }
}
