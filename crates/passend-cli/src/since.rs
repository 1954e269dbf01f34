// SPDX-License-Identifier: EUPL-1.2
//! What changed since the last result, and what was left out by what happened.

use std::path::Path;

use passend::{Changes, History, HistoryCounts, Lang, Market, MatchLine};
use passend_io::write::jsonl;

use crate::console::Console;
use crate::failure::Failure;
use crate::{input, output};

/// A result that was written before, and what is seen of this one.
pub(crate) struct Since(Changes);

impl Since {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        Ok(Self(input::changes(path)?))
    }

    /// A line of this result.
    pub(crate) fn see(&mut self, line: &MatchLine) {
        self.0.after(&line.candidate, &line.vacancy, line.listed());
    }

    /// Writes what changed, if a file is asked, and tells how much.
    pub(crate) fn write(
        &self,
        file: Option<&Path>,
        market: &Market,
        console: &Console,
    ) -> Result<(), Failure> {
        if file.is_some() {
            let why = |candidate: &str, vacancy: &str| market.why_left_out(candidate, vacancy);
            output::write(file, |mut out| jsonl(&mut out, self.0.lines(why)))?;
        }
        let [new, gone, moved] = self.0.counts();
        console.say(match console.lang() {
            Lang::Nl => {
                format!("sinds de vorige uitkomst: nieuw {new}, weg {gone}, anders {moved}")
            }
            Lang::En => format!("since the result before: new {new}, gone {gone}, moved {moved}"),
        });
        Ok(())
    }
}

/// Tells what is left out of a run with these people and vacancies, the latter with their positions, and why.
pub(crate) fn tell_history<'a>(
    history: &History,
    candidates: impl Iterator<Item = &'a str>,
    vacancies: impl Iterator<Item = (&'a str, u16)>,
    console: &Console,
) {
    let counts = history.counts(candidates, vacancies);
    let HistoryCounts { started, filled, declined, twv_refused, stopped, overrides, elsewhere } =
        counts;
    console.say(match console.lang() {
        Lang::Nl => format!(
            "weggelaten: aan het werk {started}, vacature vol {filled}, ging niet door {declined}, TWV niet gekregen {twv_refused}, gestopt {stopped}; \
             door een mens beoordeeld {overrides}; paren van buiten deze bestanden {elsewhere}"
        ),
        Lang::En => format!(
            "left out: at work {started}, vacancy filled {filled}, declined {declined}, no TWV {twv_refused}, stopped {stopped}; \
             said by a human {overrides}; pairs from outside these files {elsewhere}"
        ),
    });
}
