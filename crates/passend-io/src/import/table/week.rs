// SPDX-License-Identifier: EUPL-1.2
//! Days of the week, with or without times: `ma, di en do`, `ma t/m vr`, `di 9:00-12:00; do 13.00 tot 16.00 uur`.

use serde_json::{Value, json};

use super::word::plain;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// The first letters of each day in Dutch and English; whole words and their plural begin with them.
const NAMES: [[&str; 4]; 7] = [
    ["ma", "maandag", "mon", "monday"],
    ["di", "dinsdag", "tue", "tuesday"],
    ["wo", "woensdag", "wed", "wednesday"],
    ["do", "donderdag", "thu", "thursday"],
    ["vr", "vrijdag", "fri", "friday"],
    ["za", "zaterdag", "sat", "saturday"],
    ["zo", "zondag", "sun", "sunday"],
];
/// Words beside days and times that change nothing.
const BESIDE: &[&str] = &["en", "and", "van", "uur", "u", "op", "elke", "iedere", "from"];
/// Minutes of a day.
const MIDNIGHT: u16 = 1440;

/// A part of a day, in minutes since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    day: usize,
    /// None for the whole day.
    times: Option<(u16, u16)>,
}

impl Part {
    /// Whether its times are said.
    pub(super) fn is_timed(self) -> bool {
        self.times.is_some()
    }

    /// As a slot of a person's week.
    pub(super) fn slot(self, kind: &str) -> Value {
        let (from, to) = self.times.unwrap_or((0, MIDNIGHT));
        let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let day = DAYS.get(self.day).copied().unwrap_or_default();
        json!({"day": day, "from": clock(from), "to": clock(to), "kind": kind})
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day(usize),
    Time(u16),
    /// `-`, `tot`: between two days or two times.
    To,
}

/// The days of a cell; `None` where one word of it is not understood.
pub(super) fn week(cell: &str) -> Option<Vec<Part>> {
    let whole = |days: std::ops::Range<usize>| days.map(|day| Part { day, times: None }).collect();
    match plain(cell).as_str() {
        "alle dagen" | "hele week" | "elke dag" | "iedere dag" | "dagelijks" | "7 dagen"
        | "every day" | "all days" => return Some(whole(0..7)),
        "doordeweeks" | "werkdagen" | "alle werkdagen" | "weekdagen" | "weekdays" => {
            return Some(whole(0..5));
        }
        "weekend" | "in het weekend" => return Some(whole(5..7)),
        _ => {}
    }
    let tokens = tokens(cell)?;
    let mut parts = Vec::new();
    // The days that the next times belong to, and whether they had times already.
    let (mut days, mut is_timed): (Vec<usize>, bool) = (Vec::new(), false);
    let mut rest = tokens.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        rest = match (first, behind) {
            (Token::Day(first), [Token::To, Token::Day(last), behind @ ..]) if first < last => {
                begin(&mut days, &mut is_timed);
                days.extend(*first..=*last);
                behind
            }
            (Token::Day(day), [Token::Day(_) | Token::Time(_), ..] | []) => {
                begin(&mut days, &mut is_timed);
                days.push(*day);
                behind
            }
            (Token::Time(from), [Token::To, Token::Time(to), behind @ ..])
                if from < to && !days.is_empty() =>
            {
                parts.extend(days.iter().map(|day| Part { day: *day, times: Some((*from, *to)) }));
                is_timed = true;
                behind
            }
            _ => return None,
        };
    }
    if !is_timed {
        parts.extend(days.into_iter().map(|day| Part { day, times: None }));
    }
    (!parts.is_empty()).then_some(parts)
}

/// After times a day begins a new group; without times the group goes on.
fn begin(days: &mut Vec<usize>, is_timed: &mut bool) {
    if *is_timed {
        days.clear();
        *is_timed = false;
    }
}

fn tokens(cell: &str) -> Option<Vec<Token>> {
    // What stands between days, before the letters are looked at one by one.
    let text = cell.to_lowercase().replace("t/m", "-").replace("tot en met", "-");
    let mut tokens = Vec::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let end = |is: &dyn Fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let length = match c {
            c if c.is_alphabetic() => {
                let length = end(&char::is_alphabetic);
                let word = rest.get(..length)?;
                match word {
                    "tot" | "to" | "until" | "tm" => tokens.push(Token::To),
                    word if BESIDE.contains(&word) => {}
                    word => tokens.push(Token::Day(day(word)?)),
                }
                length
            }
            c if c.is_ascii_digit() => {
                let length = end(&|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
                tokens.push(Token::Time(time(rest.get(..length)?.trim_end_matches('.'))?));
                length
            }
            '-' | '–' | '—' => {
                tokens.push(Token::To);
                c.len_utf8()
            }
            ' ' | '\t' | '\n' | '\r' | ',' | ';' | '/' | '+' | '&' | ':' | '.' | '|' | '('
            | ')' => 1,
            '\u{A0}' => c.len_utf8(),
            _ => return None,
        };
        rest = rest.get(length..)?;
    }
    Some(tokens)
}

fn day(word: &str) -> Option<usize> {
    let is = |name: &str| {
        word == name || word.strip_prefix(name).is_some_and(|rest| matches!(rest, "en" | "s"))
    };
    NAMES.iter().position(|names| names.iter().any(|name| is(name)))
}

/// `9`, `09:00`, `9.30`, `24:00`.
fn time(text: &str) -> Option<u16> {
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes.parse::<u16>().ok()?),
        Some(_) => return None,
        None => (text, 0),
    };
    let hours = hours.parse::<u16>().ok().filter(|hours| *hours <= 24)?;
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= MIDNIGHT).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: Option<&str>) {
        let parts = week(cell).map(|parts| {
            let part = |part: &Part| {
                let slot = part.slot("free");
                let text = |key: &str| slot[key].as_str().unwrap_or_default().to_owned();
                match part.is_timed() {
                    true => format!("{} {}-{}", text("day"), text("from"), text("to")),
                    false => text("day"),
                }
            };
            parts.iter().map(part).collect::<Vec<_>>().join(", ")
        });
        assert_eq!(parts.as_deref(), expected, "{cell}");
    }

    #[test]
    fn days_are_read_alone_in_lists_and_from_one_to_another() {
        check("ma, di, do", Some("mon, tue, thu"));
        check("Maandag en woensdag", Some("mon, wed"));
        check("ma/wo/vr", Some("mon, wed, fri"));
        check("ma t/m vr", Some("mon, tue, wed, thu, fri"));
        check("wo - za", Some("wed, thu, fri, sat"));
        check("maandagen", Some("mon"));
        check("Doordeweeks", Some("mon, tue, wed, thu, fri"));
        check("Tuesday and Thursday", Some("tue, thu"));
    }

    #[test]
    fn times_belong_to_the_days_before_them() {
        check("ma 9:00-12:00, do 13.00 - 16.30 uur", Some("mon 09:00-12:00, thu 13:00-16:30"));
        check("di en do van 9 tot 12 uur", Some("tue 09:00-12:00, thu 09:00-12:00"));
        check("ma 9-12 en 13-16", Some("mon 09:00-12:00, mon 13:00-16:00"));
    }

    #[test]
    fn one_word_that_is_not_understood_leaves_all_of_it_open() {
        for cell in [
            "flexibel",
            "niet op vrijdag",
            "ma ochtend",
            "ma 9",
            "vr t/m ma",
            "9-12",
            "3 dagen",
            "ma 25:00-26:00",
        ] {
            check(cell, None);
        }
    }
}
