// SPDX-License-Identifier: EUPL-1.2
//! What the program says beside its results: on standard error, always.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

use passend::Lang;
use passend_io::{Refused, Report, Warning};

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
        for same in report.warnings.chunk_by(|a, b| a.code == b.code) {
            self.say(self.warned(&report.file, same));
        }
        self.count(report);
    }

    /// Tells only how many rows there were, where one cause says more than its rows.
    pub(crate) fn count(&mut self, report: &Report) {
        journal::note_report(report);
        self.summaries.push(report.summary());
    }

    /// Repairs of one code in one line: what it means, and how often where it was in several fields.
    fn warned(&self, file: &str, same: &[Warning]) -> String {
        const SHOWN: usize = 12;
        let Some(first) = same.first() else { return String::new() };
        let hint = first.code.hint();
        let total: u64 = same.iter().map(|warning| warning.count).sum();
        let times = if total > 1 { format!(" ({total}×)") } else { String::new() };
        let named = same.iter().filter(|warning| !warning.path.is_empty());
        let mut fields: Vec<String> = named
            .take(SHOWN)
            .map(|warning| format!("`{}` {}×", warning.path, warning.count))
            .collect();
        if same.len() > SHOWN {
            fields.push("…".to_owned());
        }
        let fields = match fields.as_slice() {
            [] => String::new(),
            [_] if total == 1 => format!(" (`{}`)", first.path),
            fields => format!(": {}", fields.join(", ")),
        };
        format!("{file}:{}: {} {}{times}{fields}", first.line, first.code, hint.get(self.lang))
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
