// SPDX-License-Identifier: EUPL-1.2
//! What the commands share that are about all people of a population.

use clap::Args;
use passend::{Day, Dimension, Engine, Market, Side};

use crate::arguments::{Law, Limit};
use crate::console::Console;
use crate::failure::Failure;
use crate::sides::{BothSides, Files, Reading, Sides};

/// A population and a market, by one law.
#[derive(Debug, Args)]
pub(super) struct Population {
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: u16,
    #[command(flatten)]
    pub(super) sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

impl Population {
    pub(super) fn threads(&self) -> usize {
        usize::from(self.threads)
    }

    /// The day of the law.
    pub(super) fn as_of(&self) -> Day {
        self.law.as_of()
    }

    /// The engine by the law and words of the command.
    pub(super) fn engine<'a>(
        &'a self,
        files: Files<'a>,
        console: &Console,
    ) -> Result<Engine, Failure> {
        self.sides.engine(&self.law, files, console)
    }

    /// Both files, of which all records take part.
    pub(super) fn read(&self, console: &mut Console) -> Result<BothSides<'_>, Failure> {
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            threads: self.threads(),
            ..Reading::default()
        };
        self.sides.read(reading, console)
    }

    /// The records, prepared for the day.
    pub(super) fn market(&self, engine: &Engine, both: &BothSides<'_>) -> Result<Market, Failure> {
        let (people, work) = (&both.candidates.accepted, &both.vacancies.accepted);
        engine.market(people, work, self.as_of()).map_err(Failure::internal)
    }
}

/// By what people can be counted.
pub(super) fn dimension(name: &str) -> Result<Dimension, String> {
    Dimension::called(name).ok_or_else(|| {
        let names: Vec<_> = Dimension::ALL.iter().map(|one| one.code()).collect();
        format!("expected one of {}", names.join(", "))
    })
}
