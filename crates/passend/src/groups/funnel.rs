// SPDX-License-Identifier: EUPL-1.2
//! The funnel: of a population how many may work, how many find work open to them and from when, and at which gate the
//! others stop; each number with the people behind it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::dimension::{Category, Dimension, Grouping, Obstacle, gate_name};
use super::leverage::{LeverageRequest, NEVER, Span, Study};
use crate::engine::{Market, Stopped, Watch, on_threads};
use crate::gate::{FindingKind, Gate, OnDay, work_authorisation};
use crate::index::alone;
use crate::model::{Day, Stance, WorkKind};
use crate::prepare::{CandidateFacts, WorkDemand};
use crate::text::{Args, Say, Text};

/// A step of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Everybody.
    People,
    /// May do paid work on the day, without a work permit.
    MayWorkNow,
    /// May do paid work from a day on, without a permit.
    MayWorkLater,
    /// May do paid work with a permit that somebody requests.
    MayWorkWithPermit,
    /// The law asks something that is not known.
    MayWorkUnknown,
    /// May not do paid work.
    MayNotWork,
    /// Finds work open on the day, without any step.
    WorkNow,
    /// Not on the day, but within three months.
    #[serde(rename = "work_3m")]
    WorkThreeMonths,
    /// Not within three months, but within six.
    #[serde(rename = "work_6m")]
    WorkSixMonths,
    /// Not within six months, but within twelve.
    #[serde(rename = "work_12m")]
    WorkTwelveMonths,
    /// Finds none within twelve months without a step: `gate` says what alone keeps away the most vacancies.
    Stopped,
}

impl Stage {
    /// The name in records.
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::MayWorkNow => "may_work_now",
            Self::MayWorkLater => "may_work_later",
            Self::MayWorkWithPermit => "may_work_with_permit",
            Self::MayWorkUnknown => "may_work_unknown",
            Self::MayNotWork => "may_not_work",
            Self::WorkNow => "work_now",
            Self::WorkThreeMonths => "work_3m",
            Self::WorkSixMonths => "work_6m",
            Self::WorkTwelveMonths => "work_12m",
            Self::Stopped => "stopped",
        }
    }
}

/// One number of the funnel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FunnelLine {
    /// Code of the group; `all` where nothing is told apart.
    pub group: String,
    /// The step.
    pub stage: Stage,
    /// Where people stop: the gate that alone keeps away the most vacancies; `None` where each is kept away by several,
    /// and in other steps.
    pub gate: Option<Gate>,
    /// How many people.
    pub people: u32,
}

/// The people behind a number of the funnel; for who may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FunnelIds {
    /// Code of the group.
    pub group: String,
    /// The step.
    pub stage: Stage,
    /// The gate.
    pub gate: Option<Gate>,
    /// Ids of the people, in order.
    pub ids: Vec<String>,
}

/// A funnel by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    /// The day.
    pub as_of: Day,
    /// The groups, by code.
    pub groups: Vec<Category>,
    /// By group and step the numbers of the people in the market.
    cells: BTreeMap<(u32, Stage, Option<Gate>), Vec<u32>>,
}

impl Market {
    /// Of all people, by group: who may work, who finds work and from when, where the others stop.
    ///
    /// The five `may_work` steps sum to the people, and so do the four `work` steps with `stopped`.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Stage, Vacancy, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","residence":{"status":"free"},"bsn_available":true,"languages":[]}"#)?;
    /// let work: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok","require":{"languages":[{"code":"nl","min":"A2","weight":"must"}]}}"#)?;
    /// let market = Engine::default().market(&[person], &[work], "2026-11-25".parse()?)?;
    /// let funnel = market.funnel(None, 0, &Watch::new())?;
    /// let stopped = funnel.lines().find(|line| line.stage == Stage::Stopped).expect("one stops");
    /// assert_eq!(stopped.gate.map(|gate| gate.code()), Some("language"));
    /// assert_eq!(funnel.ids(&market).last().expect("a list").ids, ["c1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    pub fn funnel(
        &self,
        by: Option<Dimension>,
        threads: usize,
        watch: &Watch,
    ) -> Result<Funnel, Stopped> {
        on_threads(threads, || self.funnel_of(by, watch))
    }

    fn funnel_of(&self, by: Option<Dimension>, watch: &Watch) -> Result<Funnel, Stopped> {
        watch.begin(2);
        let grouping = match by {
            Some(dimension) => self.grouping(dimension, watch)?,
            None => Grouping::everybody(self.candidates()),
        };
        let study = Study::new(self, &LeverageRequest::default(), watch)?;
        watch.step()?;
        let stops = |one: u32| study.base.get(one as usize) == Some(&NEVER);
        let alone = alone(self.plain(), self.index(watch)?, self.sides(), stops, || watch.check())?;
        let gates: BTreeMap<u32, Option<Gate>> = alone
            .into_iter()
            .map(|(one, alone)| match Obstacle::from(alone) {
                Obstacle::Gate(gate) => (one, Some(gate)),
                Obstacle::None | Obstacle::Several => (one, None),
            })
            .collect();
        watch.step()?;
        let mut cells: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        let people = (0..).zip(self.sides().0).zip(&grouping.of_candidate).zip(&study.base);
        for (((number, one), group), span) in people {
            let work = match Span::ALL.get(usize::from(*span)) {
                Some(Span::Now) => Stage::WorkNow,
                Some(Span::ThreeMonths) => Stage::WorkThreeMonths,
                Some(Span::SixMonths) => Stage::WorkSixMonths,
                Some(Span::TwelveMonths) => Stage::WorkTwelveMonths,
                None => Stage::Stopped,
            };
            let gate = gates.get(&number).copied().flatten();
            let may = may_work(self.on_day(), one);
            for (stage, gate) in [(Stage::People, None), (may, None), (work, gate)] {
                cells.entry((*group, stage, gate)).or_default().push(number);
            }
        }
        Ok(Funnel { as_of: self.as_of, groups: grouping.categories, cells })
    }
}

/// Whether a person may do paid work for an employer of whom nothing is known.
fn may_work(on: OnDay<'_>, one: &CandidateFacts) -> Stage {
    let work = WorkDemand {
        kind: WorkKind::Paid,
        sector: None,
        employer: None,
        will_apply: Stance::Unknown,
        agency: false,
        pays_market_wage: None,
        hours_min: 0,
    };
    match work_authorisation(on, &one.legal, &work).kind {
        FindingKind::Open => Stage::MayWorkNow,
        FindingKind::OpensOn => Stage::MayWorkLater,
        FindingKind::Needs => Stage::MayWorkWithPermit,
        FindingKind::Unknown => Stage::MayWorkUnknown,
        FindingKind::Closed => Stage::MayNotWork,
    }
}

impl FunnelLine {
    /// The step in words, with the gate at which people stop.
    pub fn name(&self) -> Text {
        let say = match self.stage {
            Stage::People => Say("funnel_people"),
            Stage::MayWorkNow => Say("funnel_may_work_now"),
            Stage::MayWorkLater => Say("funnel_may_work_later"),
            Stage::MayWorkWithPermit => Say("funnel_may_work_with_permit"),
            Stage::MayWorkUnknown => Say("funnel_may_work_unknown"),
            Stage::MayNotWork => Say("funnel_may_not_work"),
            Stage::WorkNow => Say("funnel_work_now"),
            Stage::WorkThreeMonths => Say("funnel_work_3m"),
            Stage::WorkSixMonths => Say("funnel_work_6m"),
            Stage::WorkTwelveMonths => Say("funnel_work_12m"),
            Stage::Stopped => Say("funnel_stopped"),
        };
        let gate = self.gate.map_or_else(|| Say("obstacle_several").plain(), gate_name);
        say.with(&Args::default().text("gate", gate))
    }
}

/// Where one person is in a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// The number of the group.
    pub(super) group: u32,
    pub(super) may: Stage,
    pub(super) work: Stage,
    pub(super) gate: Option<Gate>,
}

impl Funnel {
    /// Where each person is, by the number of the person in the market.
    pub(super) fn standings(&self) -> Vec<Standing> {
        let mut people: BTreeMap<u32, Standing> = BTreeMap::new();
        for ((group, stage, gate), own) in &self.cells {
            for one in own {
                let none = Standing { group: *group, may: *stage, work: *stage, gate: None };
                let known = people.entry(*one).or_insert(none);
                match stage {
                    Stage::People => {}
                    Stage::MayWorkNow
                    | Stage::MayWorkLater
                    | Stage::MayWorkWithPermit
                    | Stage::MayWorkUnknown
                    | Stage::MayNotWork => known.may = *stage,
                    Stage::WorkNow
                    | Stage::WorkThreeMonths
                    | Stage::WorkSixMonths
                    | Stage::WorkTwelveMonths
                    | Stage::Stopped => (known.work, known.gate) = (*stage, *gate),
                }
            }
        }
        people.into_values().collect()
    }

    /// The numbers: by group, then step, then gate. A step that nobody is in is left out.
    pub fn lines(&self) -> impl Iterator<Item = FunnelLine> + '_ {
        self.cells.iter().filter_map(|((group, stage, gate), people)| {
            Some(FunnelLine {
                group: self.groups.get(*group as usize)?.code.clone(),
                stage: *stage,
                gate: *gate,
                people: u32::try_from(people.len()).unwrap_or(u32::MAX),
            })
        })
    }

    /// The people behind each number, in the order of the numbers; from the market of the funnel.
    pub fn ids<'a>(&'a self, market: &'a Market) -> impl Iterator<Item = FunnelIds> + 'a {
        self.lines().zip(self.cells.values()).map(|(line, people)| {
            let ids = people.iter().filter_map(|one| market.candidate(*one));
            let mut ids: Vec<String> = ids.map(|one| one.id().to_string()).collect();
            ids.sort_unstable();
            FunnelIds { group: line.group, stage: line.stage, gate: line.gate, ids }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};

    fn records<T: serde::de::DeserializeOwned>(lines: &str) -> Vec<T> {
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn each_step_sums_to_the_people_of_its_group_and_names_them() {
        let people: Vec<Candidate> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/candidates.jsonl")));
        let work: Vec<Vacancy> =
            records(include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl")));
        let market =
            Engine::default().market(&people, &work, "2026-11-25".parse().unwrap()).unwrap();
        let mut ways = people.clone();
        ways.reverse();
        let turned = Engine::default().market(&ways, &work, "2026-11-25".parse().unwrap()).unwrap();
        for by in [None, Some(Dimension::Province), Some(Dimension::Education)] {
            let funnel = market.funnel(by, 1, &Watch::new()).unwrap();
            let lines: Vec<_> = funnel.lines().collect();
            for group in &funnel.groups {
                let sum = |stages: std::ops::RangeInclusive<Stage>| -> u32 {
                    let own = lines.iter().filter(|line| line.group == group.code);
                    own.filter(|line| stages.contains(&line.stage)).map(|line| line.people).sum()
                };
                let all = sum(Stage::People..=Stage::People);
                assert_eq!(sum(Stage::MayWorkNow..=Stage::MayNotWork), all, "{}", group.code);
                assert_eq!(sum(Stage::WorkNow..=Stage::Stopped), all, "{}", group.code);
            }
            let ids: Vec<_> = funnel.ids(&market).collect();
            let numbers: Vec<_> =
                ids.iter().map(|one| u32::try_from(one.ids.len()).unwrap()).collect();
            assert_eq!(numbers, lines.iter().map(|line| line.people).collect::<Vec<_>>());
            let other = turned.funnel(by, 2, &Watch::new()).unwrap();
            assert_eq!(other.ids(&turned).collect::<Vec<_>>(), ids);
        }
    }
}
