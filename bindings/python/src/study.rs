// SPDX-License-Identifier: EUPL-1.2
//! What is asked of all people of a population: measures, funnel, supply, tables. Each as the program's command.

use std::path::PathBuf;

use passend::{
    Day, Dimension, DisclosureRules, GroupedPeople, GroupsError, LeverageRequest, MeasureName,
    Measures, NextTable, SafeTable, Stopped,
};
use passend_io::{Code, Ledger, LedgerError};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::arguments::{several, word};
use crate::engine::Engine;
use crate::failure::{Failure, internal, text};
use crate::lines::Lines;
use crate::options::Options;
use crate::overlay::named_text;
use crate::population::{Call, Population};

/// By what people are told apart, one way or several; `None`: not said.
pub(crate) fn dimensions(options: &Options<'_>) -> PyResult<Option<Vec<Dimension>>> {
    let Some(given) = options.get("by")? else { return Ok(None) };
    several(&given)?.iter().map(dimension).collect::<PyResult<_>>().map(Some)
}

/// The dimension of this name.
fn dimension(given: &Bound<'_, PyAny>) -> PyResult<Dimension> {
    word("by", given, &Dimension::ALL.map(|one| (one.code(), one)))
}

/// By what people are told apart; `None`: all together.
fn by(options: &Options<'_>) -> PyResult<Option<Dimension>> {
    options.get("by")?.map(|given| dimension(&given)).transpose()
}

/// The measures that were given, or those that come along.
pub(crate) fn measures(engine: &Engine, options: &Options<'_>) -> PyResult<Measures> {
    let policy = engine.engine.policy();
    let Some(given) = options.get("measures")? else { return Ok(Measures::builtin(policy)) };
    let (name, text) = named_text("measures", &given)?;
    Measures::read(&name, &text, policy)
        .map_err(|error| Failure::policy(Code::BadMeasures, "measures", &error))
}

pub(crate) fn sensitivity(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let own = ["k", "points", "when", "sure", "threads"];
    let study = Population::new(engine, py, call, &own)?;
    let options = &study.options;
    let request = options.request()?;
    let points = u8::try_from(options.number("points", 10, 1, 50)?).map_err(internal)?;
    let rankings = 1 + engine.engine.policy().weights().around(points).len();
    let lines = study.run(
        py,
        |people| people.saturating_mul(rankings),
        move |market, watch| market.stability(&request, points, watch),
    )?;
    Ok(Lines::new(lines))
}

pub(crate) fn leverage(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let own = ["measures", "by", "matches", "score", "together", "threads"];
    let study = Population::new(engine, py, call, &own)?;
    let options = &study.options;
    let usual = LeverageRequest::default();
    let number = |name, usual: u16, least, most| {
        let number = options.number(name, usize::from(usual), least, most)?;
        u16::try_from(number).map_err(internal)
    };
    let together =
        options.number("together", usize::from(usual.together), 0, i64::from(u8::MAX))?;
    let request = LeverageRequest {
        by: by(options)?,
        matches: number("matches", usual.matches, 1, i64::from(u16::MAX))?,
        score: number("score", usual.score, 1, 10_000)?,
        together: u8::try_from(together).map_err(internal)?,
        threads: options.threads()?,
    };
    let measures = measures(engine, options)?;
    let names: Vec<MeasureName> = measures.names().collect();
    let total = 1 + names.len() * (1 + together);
    let found = study.run(
        py,
        |_| total,
        move |market, watch| market.leverage(&measures, &request, watch),
    )?;
    Lines::new(found.lines)
        .with_lines(py, "base", Lines::new(found.base))?
        .with_lines(py, "together", Lines::new(found.together))?
        .with_lines(py, "groups", Lines::new(found.groups))?
        .with_lines(py, "measures", Lines::new(names))
}

pub(crate) fn funnel(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let study = Population::new(engine, py, call, &["by", "threads"])?;
    let (by, threads) = (by(&study.options)?, study.options.threads()?);
    let (lines, ids, groups) = study.run(
        py,
        |_| 2,
        move |market, watch| {
            let funnel = market.funnel(by, threads, watch)?;
            let (lines, ids) = (funnel.lines().collect(), funnel.ids(market).collect());
            Ok::<(Vec<_>, Vec<_>, _), Stopped>((lines, ids, funnel.groups))
        },
    )?;
    Lines::new(lines).with_lines(py, "ids", Lines::new(ids))?.with_lines(
        py,
        "groups",
        Lines::new(groups),
    )
}

pub(crate) fn supply(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let study = Population::new(engine, py, call, &["threads"])?;
    let threads = study.options.threads()?;
    let lines = study.run(py, |_| 1, move |market, watch| market.supply(threads, watch))?;
    Ok(Lines::new(lines))
}

/// Why there is no table.
enum Refused {
    Table(GroupsError),
    Ledger(LedgerError),
}

pub(crate) fn groups(engine: &Engine, py: Python<'_>, call: Call<'_, '_>) -> PyResult<Lines> {
    let own = ["by", "threshold", "rounding", "protection", "ledger"];
    let study = Population::new(engine, py, call, &own)?;
    let options = &study.options;
    let by = dimensions(options)?
        .ok_or_else(|| PyTypeError::new_err("missing required keyword-only argument: 'by'"))?;
    let rules = rules(options)?;
    let ledger = options.get("ledger")?.map(|given| {
        given.extract::<PathBuf>().map_err(|_| {
            let hint = text("Geef het pad van een bestand.", "Give the path of a file.");
            Failure::raise_usage("ledger", "expected a path", hint)
        })
    });
    let ledger = ledger.transpose()?;
    let as_of = study.as_of();
    let table = study.run(
        py,
        |_| 1,
        move |market, watch| {
            let people = market.grouped(&by, watch)?;
            Ok::<_, Stopped>(published(&people, &rules, ledger, as_of))
        },
    )?;
    let table = table.map_err(|refused| -> PyErr {
        match refused {
            Refused::Table(error @ GroupsError::Close { .. }) => {
                Failure::coded(Code::CloseTables, "ledger", &error)
            }
            Refused::Table(GroupsError::Table(error)) => {
                let hint = text("Kies een tot drie indelingen.", "Choose one to three dimensions.");
                Failure::raise_usage("by", error.to_string(), hint)
            }
            Refused::Table(error) => Failure::coded(Code::UnsafeTable, "by", &error),
            Refused::Ledger(LedgerError::System(error)) => error.into(),
            Refused::Ledger(error) => Failure::coded(Code::BadLedger, "ledger", &error),
        }
    })?;
    Lines::new(table.lines().collect::<Vec<_>>()).with_value(py, "sheet", &table.sheet())
}

pub(crate) fn rules(options: &Options<'_>) -> PyResult<DisclosureRules> {
    let usual = DisclosureRules::default();
    let number = |name, usual: u32, least, most| {
        let usual = usize::try_from(usual).map_err(internal)?;
        u32::try_from(options.number(name, usual, least, most)?).map_err(internal)
    };
    let threshold = number("threshold", usual.threshold, 3, 1_000_000)?;
    let usual = DisclosureRules::with_threshold(threshold);
    let left = i64::from(threshold) - 2;
    let protection = number("protection", usual.protection, 1, left)?;
    let rounding = match options.get("rounding")? {
        None => usual.rounding,
        Some(given) => match given.extract::<u32>() {
            Ok(base @ (0 | 5)) => base,
            _ => {
                return Err(Failure::raise_usage(
                    "rounding",
                    "expected 0 or 5",
                    text("Geef 5, of 0 voor precieze getallen.", "Give 5, or 0 for exact numbers."),
                ));
            }
        },
    };
    Ok(DisclosureRules { rounding, protection, ..usual })
}

/// The table as it may be published; with a ledger beside the tables in it, and then in it too.
fn published(
    people: &GroupedPeople,
    rules: &DisclosureRules,
    ledger: Option<PathBuf>,
    as_of: Day,
) -> Result<SafeTable, Refused> {
    let ledger = ledger.map(|path| Ledger::open(&path)).transpose().map_err(Refused::Ledger)?;
    let earlier = ledger.as_ref().map(Ledger::tables).unwrap_or_default();
    let NextTable { table, publication } =
        people.publish(rules, earlier).map_err(Refused::Table)?;
    if let Some(ledger) = ledger {
        ledger.add(as_of, &table.sheet(), &publication).map_err(Refused::Ledger)?;
    }
    Ok(table)
}
