// SPDX-License-Identifier: EUPL-1.2
//! `passend place`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use passend::{Lang, Placement, PlacementError, PlacementRequest, Side, Watch};
use passend_io::write::jsonl;
use passend_io::{Code, read_households, read_quotas};

use crate::arguments::{Law, Limit, TakePart};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides};
use crate::{input, output};

/// Send households to regions with quotas, so that most adults have suitable work within reach
///
/// Households go whole. The last line on standard error says what the plan gives, what no plan can pass, and what comes of
/// first come, first served.
#[derive(Debug, Args)]
pub(crate) struct PlaceCommand {
    /// Regions: CSV with `region`, `quota` in people, and perhaps `municipality`
    #[arg(long, value_name = "FILE")]
    quotas: PathBuf,
    /// Households: CSV with a row for each adult: `household`, `candidate`, and perhaps `people` and `keep`, the region
    /// where there is work or a school already
    #[arg(long, value_name = "FILE")]
    households: PathBuf,
    /// The least score of work that is suitable
    #[arg(long, value_name = "SCORE", default_value_t = 5_000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    least: u16,
    /// Place households in the order of the file as they come, each without knowledge of who comes later, with places held
    /// back by the prices of those who came before
    #[arg(long)]
    in_turn: bool,
    /// With `--in-turn`: how many people will come in all; without it as many as the file has
    #[arg(long, value_name = "PEOPLE", requires = "in_turn")]
    expected: Option<u32>,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    threads: u16,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<Format>,
    #[command(flatten)]
    pairs: TakePart,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One household a line
    Jsonl,
    /// One object: the plan, its bound, the quotas with their prices, and the households
    Json,
}

impl PlaceCommand {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let read =
            vec![("--quotas", self.quotas.as_path()), ("--households", self.households.as_path())];
        let engine = self.sides.engine(&self.law, Files { read, ..Files::default() }, console)?;
        let regions = read_quotas(&input::bytes(&self.quotas)?)
            .map_err(|error| Failure::known(self.quotas.display(), Code::BadQuotas, error))?;
        let households = read_households(&input::bytes(&self.households)?).map_err(|error| {
            Failure::known(self.households.display(), Code::BadHouseholds, error)
        })?;
        let threads = usize::from(self.threads);
        let whole = &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)];
        let both = self.sides.read(Reading { whole, threads, ..Reading::default() }, console)?;
        let as_of = self.law.as_of();
        both.tell_permissions(&engine, as_of, console);
        let adults = households.iter().flat_map(|household| &household.adults).map(String::as_str);
        both.tell_strangers(Some(&self.households), adults, console);
        let (when, sure) = (self.pairs.when(), self.pairs.sure);
        let in_turn = self.in_turn.then(|| self.expected.map_or(0, u64::from));
        let least = self.least;
        let request = PlacementRequest { as_of, when, sure, least, in_turn, threads };
        let (people, work) = (&both.candidates.accepted, &both.vacancies.accepted);
        let watch = Watch::new();
        let plan = with_bar(
            || (watch.done(), watch.total()),
            || engine.place(people, work, &households, &regions, &request, &watch),
        )
        .map_err(|error| match error {
            PlacementError::Keep { .. } => {
                Failure::known(self.households.display(), Code::CannotPlace, error)
            }
            PlacementError::Municipality { .. } => {
                Failure::known(self.quotas.display(), Code::CannotPlace, error)
            }
            other => Failure::internal(other),
        })?;
        let format = self.sides.format(self.format, Format::Text, Format::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
            Format::Jsonl => jsonl(&mut out, &plan.households),
            Format::Json => jsonl(&mut out, [&plan]),
            Format::Text => out.write_all(plan.text(console.lang()).as_bytes()),
        })?;
        tell(&plan, console);
        Ok(both.outcome())
    }
}

/// What the plan gives, beside its bound and first come, first served.
fn tell(plan: &Placement, console: &Console) {
    let Placement { plan: own, bound, first_come, unplaced, hindsight, .. } = plan;
    if let Some(hindsight) = hindsight {
        console.say(match console.lang() {
            Lang::Nl => format!(
                "op volgorde geplaatst, met plekken achter de hand: {} volwassenen met passend werk (score {}); wie eerst komt, \
                 eerst: {} (score {}); met alles vooraf bekend: {} (score {}), hooguit {}; zonder plaats: {unplaced}",
                own.adults, own.score, first_come.adults, first_come.score, hindsight.adults, hindsight.score, bound.adults
            ),
            Lang::En => format!(
                "placed in turn, with places held back: {} adults with suitable work (score {}); first come, first served: {} \
                 (score {}); with all known beforehand: {} (score {}), at most {}; without a place: {unplaced}",
                own.adults, own.score, first_come.adults, first_come.score, hindsight.adults, hindsight.score, bound.adults
            ),
        });
        return;
    }
    let gap = bound.adults.saturating_sub(own.adults);
    let is_best = own == bound;
    console.say(match console.lang() {
        Lang::Nl => format!(
            "{} volwassenen met passend werk (score {}); {}; wie eerst komt, eerst: {} (score {}); zonder plaats: {unplaced}",
            own.adults,
            own.score,
            if is_best { "bewezen het beste".to_owned() } else { format!("hooguit {gap} meer mogelijk") },
            first_come.adults,
            first_come.score
        ),
        Lang::En => format!(
            "{} adults with suitable work (score {}); {}; first come, first served: {} (score {}); without a place: {unplaced}",
            own.adults,
            own.score,
            if is_best { "proven to be the best".to_owned() } else { format!("at most {gap} more possible") },
            first_come.adults,
            first_come.score
        ),
    });
}
