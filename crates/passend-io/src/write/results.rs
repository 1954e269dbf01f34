// SPDX-License-Identifier: EUPL-1.2
//! Match lines as flat rows: the columns, what they mean, and their cells.

use passend::{Day, FindingKind, Lang, MatchLine, ReadinessClass, Text};
use serde::Serialize;

/// A column of a flat result.
pub(super) struct Column {
    /// As programs know it.
    pub(super) key: &'static str,
    nl: &'static str,
    en: &'static str,
    #[cfg_attr(
        not(feature = "xlsx"),
        expect(dead_code, reason = "only a workbook explains its columns")
    )]
    nl_means: &'static str,
    #[cfg_attr(
        not(feature = "xlsx"),
        expect(dead_code, reason = "only a workbook explains its columns")
    )]
    en_means: &'static str,
    /// About so many characters wide on a sheet.
    #[cfg(feature = "xlsx")]
    pub(super) width: u16,
}

impl Column {
    /// As people know it.
    pub(super) fn heading(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nl => self.nl,
            Lang::En => self.en,
        }
    }

    /// What it means.
    #[cfg(feature = "xlsx")]
    pub(super) fn meaning(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nl => self.nl_means,
            Lang::En => self.en_means,
        }
    }
}

macro_rules! columns {
    ($($key:literal $width:literal: nl $nl:literal $nl_means:literal, en $en:literal $en_means:literal;)*) => {
        /// The columns, `by` first.
        const COLUMNS: &[Column] = &[$(Column {
            key: $key,
            nl: $nl,
            en: $en,
            nl_means: $nl_means,
            en_means: $en_means,
            #[cfg(feature = "xlsx")]
            width: $width,
        }),*];
    };
}

columns! {
    "by" 10: nl "lijst van" "Van wie de lijst is: van de kandidaat of van de vacature.",
        en "list of" "Whose list it is: the candidate's or the vacancy's.";
    "candidate" 14: nl "kandidaat" "Het id van de kandidaat.", en "candidate" "The id of the candidate.";
    "vacancy" 14: nl "vacature" "Het id van de vacature.", en "vacancy" "The id of the vacancy.";
    "rank" 6: nl "plaats" "De plaats op de lijst, vanaf 1.", en "rank" "The place on the list, from 1.";
    "score" 8: nl "score" "Van 0 tot 100; de som van de zes delen. De score ordent de lijst. Het is geen kans op werk en beslist niets.",
        en "score" "From 0 to 100; the sum of the six parts. The score orders the list. It is no chance of work and decides nothing.";
    "score_max" 8: nl "hoogst mogelijk" "De score als alles wat nog niet bekend is, het beste antwoord had.",
        en "at most" "The score if everything that is not known yet had the best answer.";
    "class" 16: nl "wanneer" "Nu; vanaf een dag; na stappen; of er moet eerst iets gevraagd worden.",
        en "when" "Now; from a day; after steps; or something has to be asked first.";
    "date" 12: nl "kan beginnen op" "De dag waarop het kan, als elke stap zo lang duurt als gewoonlijk.",
        en "can start on" "The day on which it can start if each step takes its usual time.";
    "until" 12: nl "geldt tot en met" "De laatste dag waarop documenten, vergunningen en regels gelden, als er een ophoudt.",
        en "holds until" "The last day on which documents, permits and rules hold, where one ends.";
    "steps" 28: nl "stappen" "Wat er nog moet gebeuren, met | ertussen.",
        en "steps" "What has to be done, with | between.";
    "questions" 40: nl "vragen" "Wat er gevraagd moet worden, met | ertussen.",
        en "questions" "What has to be asked, with | between.";
    "skills" 12: nl "vaardigheden" "Het deel van de score voor vaardigheden. Leeg: de vacature vraagt er niet om.",
        en "skills" "The part of the score for skills. Empty: the vacancy does not ask for any.";
    "occupation" 10: nl "beroep" "Het deel voor beroep en ervaring.", en "occupation" "The part for occupation and experience.";
    "education" 10: nl "opleiding" "Het deel voor opleiding.", en "education" "The part for education.";
    "language" 10: nl "taal" "Het deel voor taal.", en "language" "The part for language.";
    "travel" 10: nl "reis" "Het deel voor de reis naar het werk.", en "travel" "The part for the journey to work.";
    "wishes" 10: nl "wensen" "Het deel voor de wensen van de kandidaat.", en "wishes" "The part for the wishes of the candidate.";
    "findings" 60: nl "wat nog nodig is" "Wat nu nog in de weg staat, met de regel die dat zegt tussen haakjes.",
        en "what is still needed" "What still stands in the way, with the rule that says so in brackets.";
    "tie_group" 10: nl "gelijke score" "Hoeveel paren de score hebben waar de lijst is afgekapt: meer dan 1 betekent dat het lot een deel koos.",
        en "equal score" "How many pairs have the score at which the list was cut: more than 1 means that the lot chose some of them.";
    "flags" 24: nl "let op" "Wat een lezer verder moet weten.", en "note" "What else a reader should know.";
}

/// The columns of lines of one side, or of both.
pub(super) fn columns(with_side: bool) -> &'static [Column] {
    if with_side { COLUMNS } else { COLUMNS.get(1..).unwrap_or_default() }
}

/// For whom the words in cells are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    /// Programs: codes.
    Codes,
    /// People, in their language.
    Said(Lang),
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Not known, or not asked.
    Empty,
    Text(String),
    Whole(u32),
    /// Hundredths of a point, 0 to 10,000.
    Score(u16),
    Day(Day),
}

/// The cells of a line, in order of the columns.
pub(super) fn cells(line: &MatchLine, with_side: bool, words: Words) -> Vec<Cell> {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let day = |day: Option<Day>| day.map_or(Cell::Empty, Cell::Day);
    let part = |part: Option<u16>| part.map_or(Cell::Empty, Cell::Score);
    let readiness = &line.readiness;
    let parts = &line.contributions;
    let steps = readiness.steps.iter().flatten().map(|step| step.id.as_str());
    let questions = readiness.questions.iter().flatten();
    let findings = line.findings.iter().flatten();
    let (class, questions, findings) = match words {
        Words::Codes => (
            word(readiness.class),
            joined(questions.map(|one| one.field.clone())),
            joined(findings.map(|one| format!("{}:{}", word(one.gate), word(one.finding)))),
        ),
        Words::Said(lang) => (
            said(readiness.class, lang).to_owned(),
            joined(questions.map(|one| one.text.get(lang).to_owned())),
            // What is open is no obstacle, even where a text says why it is.
            joined(
                findings
                    .filter(|one| one.finding != FindingKind::Open)
                    .map(|one| with_rule(&one.text, one.rule.as_deref(), lang)),
            ),
        ),
    };
    let side = line.by.map(|side| match words {
        Words::Codes => word(side),
        Words::Said(Lang::Nl) if side == passend::Side::Candidate => "kandidaat".to_owned(),
        Words::Said(Lang::Nl) => "vacature".to_owned(),
        Words::Said(Lang::En) => word(side),
    });
    let mut cells = Vec::with_capacity(COLUMNS.len());
    if with_side {
        cells.push(text(&side.unwrap_or_default()));
    }
    cells.extend([
        text(&line.candidate),
        text(&line.vacancy),
        Cell::Whole(line.rank),
        Cell::Score(line.score),
        Cell::Score(line.score_max),
        text(&class),
        day(readiness.date),
        day(readiness.until),
        text(&joined(steps.map(str::to_owned))),
        text(&questions),
        part(parts.skills),
        part(parts.occupation),
        part(parts.education),
        part(parts.language),
        part(parts.travel),
        part(parts.wishes),
        text(&findings),
        Cell::Whole(line.tie_group),
        text(&line.flags.join("|")),
    ]);
    cells
}

/// Each once, with `|` between.
fn joined(words: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            if !joined.is_empty() {
                joined.push('|');
            }
            joined.push_str(&word);
            seen.push(word);
        }
    }
    joined
}

fn with_rule(text: &Text, rule: Option<&str>, lang: Lang) -> String {
    match rule {
        Some(rule) => format!("{} [{rule}]", text.get(lang)),
        None => text.get(lang).to_owned(),
    }
}

fn said(class: ReadinessClass, lang: Lang) -> &'static str {
    match (class, lang) {
        (ReadinessClass::Now, Lang::Nl) => "nu",
        (ReadinessClass::Now, Lang::En) => "now",
        (ReadinessClass::On, Lang::Nl) => "vanaf een dag",
        (ReadinessClass::On, Lang::En) => "from a day",
        (ReadinessClass::After, Lang::Nl) => "na stappen",
        (ReadinessClass::After, Lang::En) => "after steps",
        (ReadinessClass::Unknown, Lang::Nl) => "eerst vragen",
        (ReadinessClass::Unknown, Lang::En) => "ask first",
        (ReadinessClass::Closed, Lang::Nl) => "nu niet",
        (ReadinessClass::Closed, Lang::En) => "not now",
    }
}

/// The word that JSON has for it.
fn word(value: impl Serialize) -> String {
    let json = serde_json::to_string(&value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}
