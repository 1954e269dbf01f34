// SPDX-License-Identifier: EUPL-1.2
//! What the program says beside its results: on standard error, always.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use passend::Lang;
use passend_io::{Refused, Report};

use crate::journal;

/// Standard error, and the summaries that close it.
#[derive(Debug)]
pub(crate) struct Console {
    lang: Lang,
    summaries: Vec<String>,
}

impl Console {
    pub(crate) fn new(lang: Lang) -> Self {
        Self { lang, summaries: Vec::new() }
    }

    pub(crate) fn lang(&self) -> Lang {
        self.lang
    }

    pub(crate) fn is_terminal() -> bool {
        io::stderr().is_terminal()
    }

    /// Says a line.
    #[expect(clippy::unused_self, reason = "who may speak holds the console")]
    pub(crate) fn say(&self, line: impl Display) {
        if journal::is_replaying() {
            return; // it was told when the run was recorded
        }
        // Nothing is left to tell it to when standard error is gone.
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// Tells what was refused and repaired, the first of each; the summary follows at the end.
    pub(crate) fn report(&mut self, report: &Report) {
        const SHOWN: usize = 5;
        journal::note_report(report);
        for refused in report.refused.iter().take(SHOWN) {
            self.say(self.refused(refused));
        }
        let more = report.refused.len().saturating_sub(SHOWN);
        if more > 0 {
            self.say(match self.lang {
                Lang::Nl => {
                    format!("{}: en nog {more}; `--refused FILE` noemt ze alle", report.file)
                }
                Lang::En => format!("{}: and {more} more; `--refused FILE` names all", report.file),
            });
        }
        for warning in &report.warnings {
            let hint = warning.code.hint();
            let hint = hint.get(self.lang);
            let times =
                if warning.count > 1 { format!(" ({}×)", warning.count) } else { String::new() };
            let path = &warning.path;
            let path = if path.is_empty() { String::new() } else { format!(" `{path}`:") };
            self.say(format_args!(
                "{}:{}: {}{path} {hint}{times}",
                report.file, warning.line, warning.code
            ));
        }
        self.summaries.push(report.summary());
    }

    fn refused(&self, refused: &Refused) -> String {
        let Refused { file, line, column, path, code, hint, .. } = refused;
        let column = column.map(|column| format!(":{column}")).unwrap_or_default();
        let path = if path.is_empty() { String::new() } else { format!(" `{path}`:") };
        format!("{file}:{line}{column}: {code}{path} {}", hint.get(self.lang))
    }

    /// Says the summaries: the last line of each input.
    pub(crate) fn close(&mut self) {
        for summary in std::mem::take(&mut self.summaries) {
            self.say(summary);
        }
    }
}
