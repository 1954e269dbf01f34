// SPDX-License-Identifier: EUPL-1.2
//! A report of a region as tables: the funnel, obstacles, measures, supply against demand, the method and the versions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::dimension::{Dimension, gate_name};
use super::funnel::{Funnel, Stage};
use super::leverage::{Leverage, LeverageRequest};
use super::measure::Measures;
use super::supply::SupplyLine;
use super::told::{LEAST, Told};
use crate::engine::{Market, Stopped, Watch};
use crate::explain::Versions;
use crate::gate::Gate;
use crate::model::{Candidate, Day};
use crate::text::{Args, Lang, Say, Text};
use crate::vocabulary::{Group, Reading};

/// What is asked of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRequest {
    /// Of whom it is: the name of a region or population.
    pub name: String,
    /// By what people are told apart.
    pub by: Vec<Dimension>,
    /// Numbers of people below this are hidden.
    pub threshold: u32,
    /// Threads; 0 for those of the process.
    pub threads: usize,
}

impl ReportRequest {
    /// A report by status, education, region and route, in which numbers below 10 are hidden.
    pub fn new(name: impl Into<String>) -> Self {
        let by = vec![Dimension::Status, Dimension::Education, Dimension::Region, Dimension::Route];
        Self { name: name.into(), by, threshold: 10, threads: 0 }
    }

    /// The same of everybody, named so in a language.
    pub fn of_everybody(lang: Lang) -> Self {
        Self::new(Say("group_all").plain().get(lang))
    }
}

/// A report: tables with what they mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Of whom it is.
    pub name: String,
    /// The day.
    pub as_of: Day,
    /// What decided.
    pub versions: Versions,
    /// The tables, in order.
    pub tables: Vec<ReportTable>,
    /// How the numbers were made, what they do not say, and what is hidden.
    pub method: Vec<Text>,
}

/// A table of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportTable {
    /// Its name for programs.
    pub key: String,
    /// The heading.
    pub heading: Text,
    /// What the numbers say.
    pub about: Text,
    /// What the rows are, then the names of the columns of cells.
    pub columns: Vec<Text>,
    /// The rows.
    pub rows: Vec<ReportRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportRow {
    /// What it is about.
    pub name: Text,
    /// The cells: a number, or nothing where it is hidden.
    pub cells: Vec<Option<u32>>,
}

/// Why there are no people of a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegionError {
    /// Nobody lives there.
    #[error("nobody lives in region `{region}`; people live in {}", .known.join(", "))]
    Nobody {
        /// The code that was asked.
        region: String,
        /// Codes of the regions in which people live.
        known: Vec<String>,
    },
    /// The watch was stopped.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// A number of people that is not small: what measures bring, and who did which work. The people of two rows overlap, so that
/// no sum of rows gives one that is hidden.
fn shown(people: u32, threshold: u32) -> Option<u32> {
    (people == 0 || people >= threshold).then_some(people)
}

/// Rows of supply and demand that are told.
const MOST_KINDS: usize = 25;

impl Market {
    /// A report of all people of this market.
    ///
    /// ```
    /// # use passend::{Engine, Lang, Measures, ReportRequest, Watch};
    /// let engine = Engine::default();
    /// let market = engine.market(&[], &[], "2026-11-25".parse()?)?;
    /// let measures = Measures::builtin(engine.policy());
    /// let report = market.report(&measures, &ReportRequest::new("Drenthe"), &Watch::new())?;
    /// let page = report.html(Lang::Nl);
    /// assert!(page.contains("<h1>Werk in zicht: Drenthe</h1>") && !page.contains("<script"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    pub fn report(
        &self,
        measures: &Measures,
        request: &ReportRequest,
        watch: &Watch,
    ) -> Result<Report, Stopped> {
        let whole = self.funnel(None, request.threads, watch)?;
        let threshold = request.threshold;
        let of = |by: &Dimension| self.funnel(Some(*by), request.threads, watch);
        let funnels = request.by.iter().map(of).collect::<Result<Vec<_>, _>>()?;
        let by = || request.by.iter().copied().zip(&funnels);
        let by_status = by().find(|(by, _)| *by == Dimension::Status).map(|(_, own)| own);
        let told = Told::new(&whole, by_status, threshold);
        let mut tables = vec![funnel_table(&whole, &told), obstacles(&whole, &told)];
        tables.extend(by().map(|(by, own)| groups(by, own, &told)));
        let asked = LeverageRequest { threads: request.threads, ..LeverageRequest::default() };
        let found = self.leverage(measures, &asked, watch)?;
        tables.push(leverage(measures, &found, &told, threshold));
        tables.push(self.supply_table(&self.supply(request.threads, watch)?, threshold));
        let (people, vacancies) = (self.candidates(), self.vacancies());
        let hidden =
            if threshold < LEAST { Say("report_not_hidden") } else { Say("report_hidden") };
        let method = vec![
            Say("report_method_sides")
                .with(&Args::default().value("people", people).value("vacancies", vacancies)),
            Say("report_method_open").plain(),
            Say("report_method_stopped").plain(),
            Say("report_method_measures").plain(),
            Say("report_method_chance").plain(),
            Say("report_method_groups").plain(),
            hidden.with(&Args::default().value("number", threshold)),
            Say("report_overlap").plain(),
        ];
        let name = request.name.clone();
        Ok(Report { name, as_of: self.as_of, versions: self.teller().versions(), tables, method })
    }

    /// The same vacancies with the people alone who live in a labour-market region, and the name of the region. `people` are
    /// those of this market, as they were given to it.
    ///
    /// ```
    /// # use passend::{Candidate, Engine, Watch};
    /// let people: Vec<Candidate> = serde_json::from_str(
    ///     r#"[{"id":"c1","location":{"municipality":"Leeuwarden"}},{"id":"c2"}]"#,
    /// )?;
    /// let market = Engine::default().market(&people, &[], "2026-11-25".parse()?)?;
    /// let (own, name) = market.of_region(&people, "AM02", &Watch::new())?;
    /// assert_eq!((own.candidates(), name.nl.as_str()), (1, "Friesland"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Nobody lives in the region, or the watch was stopped.
    pub fn of_region(
        &self,
        people: &[Candidate],
        region: &str,
        watch: &Watch,
    ) -> Result<(Self, Text), RegionError> {
        let grouping = self.grouping(Dimension::Region, watch)?;
        let found = (0u32..).zip(&grouping.categories).find(|(_, one)| one.code == region);
        let Some((at, category)) = found else {
            let known = grouping.categories.iter().map(|one| one.code.clone()).collect();
            return Err(RegionError::Nobody { region: region.to_owned(), known });
        };
        let of_candidate = self.prepared.candidates.iter().zip(&grouping.of_candidate);
        let ids: BTreeSet<&str> =
            of_candidate.filter(|(_, of)| **of == at).map(|(one, _)| one.id()).collect();
        let own: Vec<Candidate> =
            people.iter().filter(|one| ids.contains(one.id.as_str())).cloned().collect();
        Ok((self.with_people(&own), category.name.clone()))
    }

    fn supply_table(&self, lines: &[SupplyLine], threshold: u32) -> ReportTable {
        let mut kinds: BTreeMap<String, [u32; 5]> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.positions > 0) {
            let Some(isco) = &line.isco else { continue };
            let own = kinds.entry(isco.clone()).or_default();
            let more = [
                line.positions,
                line.ready_now,
                line.ready_12m,
                line.missing,
                line.part_time_hours,
            ];
            for (to, more) in own.iter_mut().zip(more) {
                *to = to.saturating_add(more);
            }
        }
        let mut order: Vec<_> = kinds.into_iter().collect();
        order.sort_by_key(|(isco, [positions, ..])| (std::cmp::Reverse(*positions), isco.clone()));
        let rows = order.into_iter().take(MOST_KINDS).map(|(isco, numbers)| {
            let [positions, now, year, missing, hours] = numbers;
            let hidden = |people| shown(people, threshold);
            let group = Group::parse(&isco);
            let reading = group.map(|group| Reading { occupation: None, group, share: 100 });
            let name = reading.map(|own| self.vocabulary.reading_label(own)).unwrap_or_default();
            let name =
                Text { nl: format!("{isco} {}", name.nl), en: format!("{isco} {}", name.en) };
            // What is missing would give away a number of people that is hidden.
            let missing = hidden(year).map(|_| missing);
            ReportRow {
                name,
                cells: vec![Some(positions), hidden(now), hidden(year), missing, Some(hours)],
            }
        });
        ReportTable {
            key: "supply".to_owned(),
            heading: Say("report_supply").plain(),
            about: Say("report_supply_about").plain(),
            columns: vec![
                Say("report_kind_of_work").plain(),
                Say("report_positions").plain(),
                Say("report_ready_now").plain(),
                Say("report_ready_year").plain(),
                Say("report_missing").plain(),
                Say("report_part_time").plain(),
            ],
            rows: rows.collect(),
        }
    }
}

fn funnel_table(funnel: &Funnel, told: &Told) -> ReportTable {
    // Where people stop has a table of its own.
    let lines = funnel.lines().filter(|line| line.stage != Stage::Stopped);
    let mut rows: Vec<ReportRow> = lines
        .map(|line| ReportRow {
            name: line.name(),
            cells: vec![told.funnel(line.stage, line.gate, line.people)],
        })
        .collect();
    rows.push(ReportRow { name: Say("report_not_yet").plain(), cells: vec![told.stopped()] });
    ReportTable {
        key: "funnel".to_owned(),
        heading: Say("report_funnel").plain(),
        about: Say("report_funnel_about").plain(),
        columns: vec![Say("report_step").plain(), Say("report_people").plain()],
        rows,
    }
}

fn obstacles(funnel: &Funnel, told: &Told) -> ReportTable {
    let lines = funnel.lines().filter(|line| line.stage == Stage::Stopped);
    let mut lines: Vec<(Option<Gate>, Option<u32>)> =
        lines.map(|line| (line.gate, told.funnel(line.stage, line.gate, line.people))).collect();
    // The order gives away nothing that is hidden.
    lines.sort_by_key(|(gate, people)| (std::cmp::Reverse(*people), *gate));
    let name = |gate: Option<Gate>| gate.map_or_else(|| Say("obstacle_several").plain(), gate_name);
    let rows =
        lines.iter().map(|(gate, people)| ReportRow { name: name(*gate), cells: vec![*people] });
    ReportTable {
        key: "obstacles".to_owned(),
        heading: Say("report_obstacles").plain(),
        about: Say("report_obstacles_about").plain(),
        columns: vec![Say("report_obstacle").plain(), Say("report_people").plain()],
        rows: rows.collect(),
    }
}

fn groups(by: Dimension, funnel: &Funnel, told: &Told) -> ReportTable {
    let with_may = by != Dimension::Status;
    let own = if with_may { told.groups(funnel) } else { told.statuses(funnel) };
    let rows = funnel.groups.iter().zip(own).map(|(group, own)| {
        let may = with_may.then_some(own.may_work_now);
        let rest = [own.now, own.year, own.stopped];
        let cells = std::iter::once(own.people).chain(may).chain(rest).collect();
        ReportRow { name: group.name.clone(), cells }
    });
    let may = with_may.then(|| Say("report_may_work_now").plain());
    let rest =
        [Say("report_open_now"), Say("report_open_year"), Say("report_not_yet")].map(Say::plain);
    let columns =
        [by.name(), Say("report_people").plain()].into_iter().chain(may).chain(rest).collect();
    ReportTable {
        key: format!("by_{}", by.code()),
        heading: Say("report_groups").with(&Args::default().text("name", by.name())),
        about: Say("report_groups_about").plain(),
        columns,
        rows: rows.collect(),
    }
}

fn leverage(measures: &Measures, found: &Leverage, told: &Told, threshold: u32) -> ReportTable {
    let hidden = |people: u32| shown(people, threshold);
    let open =
        [Stage::WorkNow, Stage::WorkThreeMonths, Stage::WorkSixMonths, Stage::WorkTwelveMonths];
    let base = ReportRow {
        name: Say("report_base").plain(),
        cells: open.iter().map(|last| told.by(*last)).collect(),
    };
    let mut rows: Vec<(u32, ReportRow)> = measures
        .names()
        .map(|one| {
            let own = found.lines.iter().filter(|line| line.measure == one.id);
            let people: Vec<u32> = own.map(|line| line.people).collect();
            let cells = people.iter().map(|people| hidden(*people)).collect();
            let last = people.last().copied().and_then(hidden);
            (last.unwrap_or_default(), ReportRow { name: one.name, cells })
        })
        .collect();
    // The most first, so that the order gives away nothing that is hidden; of equals that of the table.
    rows.sort_by_key(|(people, _)| std::cmp::Reverse(*people));
    ReportTable {
        key: "leverage".to_owned(),
        heading: Say("report_leverage").plain(),
        about: Say("report_leverage_about").plain(),
        columns: vec![
            Say("report_measure").plain(),
            Say("report_now").plain(),
            Say("report_3m").plain(),
            Say("report_6m").plain(),
            Say("report_12m").plain(),
        ],
        rows: std::iter::once(base).chain(rows.into_iter().map(|(_, row)| row)).collect(),
    }
}
