// SPDX-License-Identifier: EUPL-1.2
//! Match lines as a person reads them on a terminal.

use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::io::{self, Write};

use passend::{Day, FindingKind, Lang, MatchLine, ReadinessClass, Side, Text};

/// What a table shows beside the lines themselves.
#[derive(Debug, Clone, Copy)]
pub struct Headings<'a> {
    /// Which side each list belongs to, where the lines do not say it themselves.
    pub by: Side,
    /// Ids and titles of the vacancies, in order of id.
    pub titles: &'a [(&'a str, &'a str)],
    /// Language of the words.
    pub lang: Lang,
}

/// Writes lists for people: under each heading a line for each pair, and under it what stands in the way.
///
/// The lines must be in the order in which the engine gives them.
///
/// # Errors
/// When the output refuses.
pub fn table<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    headings: Headings<'_>,
) -> io::Result<()> {
    let mut current: Option<(Side, String)> = None;
    for line in lines {
        let line = line.borrow();
        let by = line.by.unwrap_or(headings.by);
        let (owner, other) = match by {
            Side::Candidate => (&line.candidate, &line.vacancy),
            Side::Vacancy => (&line.vacancy, &line.candidate),
        };
        if !current.as_ref().is_some_and(|(side, id)| *side == by && id == owner) {
            if current.is_some() {
                writeln!(out)?;
            }
            writeln!(out, "{}", named(owner, by, headings))?;
            current = Some((by, owner.clone()));
        }
        let other_side = if by == Side::Candidate { Side::Vacancy } else { Side::Candidate };
        writeln!(
            out,
            "{:>4}  {:>6}  {:<22}  {}",
            line.rank,
            score(line.score, headings.lang),
            when(line).get(headings.lang),
            named(other, other_side, headings),
        )?;
        for obstacle in obstacles(line, headings.lang) {
            for (at, part) in wrapped(&obstacle).iter().enumerate() {
                let mark = if at == 0 { '·' } else { ' ' };
                writeln!(out, "              {mark} {part}")?;
            }
        }
    }
    Ok(())
}

/// The id, and the title of a vacancy that has one.
fn named(id: &str, side: Side, headings: Headings<'_>) -> String {
    const LONGEST: usize = 50;
    let titles = headings.titles;
    let title = (side == Side::Vacancy)
        .then(|| titles.binary_search_by_key(&id, |(known, _)| known).ok())
        .flatten()
        .and_then(|at| titles.get(at))
        .map(|(_, title)| shown(title, LONGEST));
    match title {
        Some(title) if !title.is_empty() => format!("{}  {title}", shown(id, LONGEST)),
        _ => shown(id, LONGEST),
    }
}

/// At most so many characters, none of which can steer a terminal.
fn shown(text: &str, longest: usize) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(longest).collect();
    if text.chars().count() > longest {
        shown.push('…');
    }
    shown
}

/// Lines of at most 84 characters, broken between words: with what stands before them 100.
fn wrapped(text: &str) -> Vec<String> {
    const WIDTH: usize = 84;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn score(score: u16, lang: Lang) -> String {
    let sign = if lang == Lang::Nl { ',' } else { '.' };
    format!("{}{sign}{:02}", score / 100, score % 100)
}

fn when(line: &MatchLine) -> Text {
    let text = |nl: &str, en: &str| Text { nl: nl.to_owned(), en: en.to_owned() };
    let dated = |nl: &str, en: &str, day: Option<Day>| match day.map(Text::from) {
        Some(day) => Text { nl: format!("{nl} {}", day.nl), en: format!("{en} {}", day.en) },
        None => text(nl, en),
    };
    match line.readiness.class {
        ReadinessClass::Now => text("nu", "now"),
        ReadinessClass::On => dated("vanaf", "from", line.readiness.date),
        ReadinessClass::After => dated("rond", "about", line.readiness.date),
        ReadinessClass::Unknown => text("eerst vragen", "ask first"),
        ReadinessClass::Closed => text("nu niet", "not now"),
    }
}

/// What stands in the way, each once, with the rule that decides.
fn obstacles(line: &MatchLine, lang: Lang) -> BTreeSet<String> {
    line.findings
        .iter()
        .flatten()
        .filter(|finding| finding.finding != FindingKind::Open)
        .map(|finding| {
            let words = finding.text.get(lang);
            match &finding.rule {
                Some(rule) => format!("{words} [{rule}]"),
                None => words.to_owned(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_broken_between_words() {
        let text = "woord ".repeat(40);
        let lines = wrapped(&text);
        assert!(lines.iter().all(|line| line.chars().count() <= 84), "{lines:?}");
        assert_eq!(lines.join(" "), text.trim());
        assert_eq!(wrapped(&"x".repeat(200)).len(), 1);
    }
}
