// SPDX-License-Identifier: EUPL-1.2
//! `passend questions`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::slice;

use clap::Args;
use passend::{Lang, NextQuestion, Request, Side, Watch};
use passend_io::Code;
use passend_io::write::jsonl;

use super::r#match::When;
use crate::arguments::{Law, Limit, LinesFormat};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output;
use crate::progress::with_bar;
use crate::sides::{Files, Reading, Sides, must_be_permitted, one};

/// Order the questions to each candidate by what hangs on the answer
///
/// Each open field gets its best and its worst answer, and both are judged. For all candidates together, standard error says
/// which fields are worth asking first.
#[derive(Debug, Args)]
pub(crate) struct Questions {
    /// Only this candidate
    #[arg(long, value_name = "ID")]
    candidate: Option<String>,
    /// Length of the list that an answer could change
    #[arg(short, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    k: u32,
    /// Count vacancies that are open by then: `now`, a date, or `any`; without it 13 weeks after the day of `--as-of`
    #[arg(long, value_name = "now|DATE|any")]
    when: Option<When>,
    /// Leave out pairs for which the law asks something that is not known
    #[arg(long)]
    sure: bool,
    /// Threads; 0 for as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=256))]
    threads: u16,
    /// How to write it; without it text on a terminal, else JSON Lines
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<LinesFormat>,
    #[command(flatten)]
    sides: Sides,
    #[command(flatten)]
    law: Law,
    #[command(flatten)]
    limit: Limit,
}

impl Questions {
    pub(crate) fn run(self, console: &mut Console) -> Result<Outcome, Failure> {
        let engine = self.sides.engine(&self.law, Files::default(), console)?;
        let reading = Reading {
            whole: &[(Side::Candidate, self.limit), (Side::Vacancy, self.limit)],
            threads: usize::from(self.threads),
            ..Reading::default()
        };
        let both = self.sides.read(reading, console)?;
        let as_of = self.law.as_of();
        let people = match &self.candidate {
            Some(id) => {
                let person = one(&both.candidates, id, Code::UnknownCandidate)?;
                must_be_permitted(&engine, &both.candidates, person, as_of)?;
                slice::from_ref(person)
            }
            None => {
                both.tell_permissions(&engine, as_of, console);
                &both.candidates.accepted
            }
        };
        let market =
            engine.market(people, &both.vacancies.accepted, as_of).map_err(Failure::internal)?;
        let request = Request {
            k: usize::try_from(self.k).unwrap_or(usize::MAX),
            when: self.when.map_or(passend::When::Horizon, passend::When::from),
            sure: self.sure,
            threads: usize::from(self.threads),
            ..Request::default()
        };
        let watch = Watch::new();
        let questions =
            with_bar(|| (watch.done(), watch.total()), || market.questions(&request, &watch))
                .map_err(Failure::internal)?;
        let format = self.sides.format(self.format, LinesFormat::Text, LinesFormat::Jsonl);
        output::write(self.sides.target(), |mut out| match format {
            LinesFormat::Jsonl => jsonl(&mut out, &questions),
            LinesFormat::Text => text(out, &questions, console.lang()),
        })?;
        if people.len() > 1 {
            tell_first(&questions, people.len(), console);
        }
        Ok(both.outcome())
    }
}

/// The questions of each person, as they can be put.
fn text(out: &mut dyn Write, questions: &[NextQuestion], lang: Lang) -> io::Result<()> {
    let mut person = "";
    for one in questions {
        if one.candidate != person {
            if !person.is_empty() {
                writeln!(out)?;
            }
            person = &one.candidate;
            writeln!(out, "{person}")?;
        }
        let what = match (lang, one.could_open, one.could_change_top_k) {
            (Lang::Nl, 0, false) => "verandert nu niets".to_owned(),
            (Lang::En, 0, false) => "changes nothing now".to_owned(),
            (Lang::Nl, 0, true) => "kan de lijst veranderen".to_owned(),
            (Lang::En, 0, true) => "can change the list".to_owned(),
            (Lang::Nl, 1, _) => "1 vacature hangt ervan af".to_owned(),
            (Lang::En, 1, _) => "1 vacancy hangs on it".to_owned(),
            (Lang::Nl, count, _) => format!("{count} vacatures hangen ervan af"),
            (Lang::En, count, _) => format!("{count} vacancies hang on it"),
        };
        writeln!(out, "  • {} ({what})", one.question.get(lang))?;
    }
    Ok(())
}

/// Which fields are worth asking first, for all people together.
fn tell_first(questions: &[NextQuestion], people: usize, console: &Console) {
    let mut fields: BTreeMap<&str, (u32, u32, u64)> = BTreeMap::new();
    for one in questions {
        let (asked, useful, opens) = fields.entry(&one.field).or_default();
        *asked += 1;
        *useful += u32::from(one.could_open > 0 || one.could_change_top_k);
        *opens += u64::from(one.could_open);
    }
    let mut order: Vec<_> = fields.into_iter().collect();
    order.sort_by_key(|(field, (_, useful, opens))| (std::cmp::Reverse((*opens, *useful)), *field));
    for (field, (asked, useful, opens)) in order {
        console.say(match console.lang() {
            Lang::Nl => format!(
                "{field}: niet bekend bij {asked} van {people}, telt bij {useful}, {opens} paren hangen ervan af"
            ),
            Lang::En => format!(
                "{field}: not known of {asked} of {people}, counts for {useful}, {opens} pairs hang on it"
            ),
        });
    }
}
