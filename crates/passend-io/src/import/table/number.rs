// SPDX-License-Identifier: EUPL-1.2
//! Numbers as people write them, held in whole hundredths: hours, years, kilometres, wages.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};

use super::day::western_digits;
use super::word::{is_nothing, plain};

/// What a cell says when it is read as a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading<T> {
    /// There is nothing, or it is not known.
    Nothing,
    Known(T),
    /// Words that are not understood: the fact stays unknown, and is counted.
    Unclear,
    /// A value that cannot be right: the row is refused.
    Wrong,
}

/// The sign between whole and part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Decimal {
    /// `3,5`, as in Dutch.
    #[serde(rename = ",")]
    Comma,
    /// `3.5`.
    #[serde(rename = ".")]
    Point,
}

/// A number in hundredths.
pub(super) type Hundredths = u32;

/// At least and at most, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Between {
    pub(super) min: Option<Hundredths>,
    pub(super) max: Option<Hundredths>,
}

impl Decimal {
    pub(super) fn sign(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Point => '.',
        }
    }

    /// The decimal sign that a cell shows, if it is a number that can be read in one way only.
    pub(super) fn shown(cell: &str) -> Option<Self> {
        let mut found = None;
        for word in cell.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–')) {
            let Some(at) = word.find([',', '.']) else { continue };
            let (whole, part) = word.split_at(at);
            let part = part.get(1..).unwrap_or_default();
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            if !digits(whole) || !digits(part) || part.len() == 3 {
                continue;
            }
            found = Some(if word.contains(',') { Self::Comma } else { Self::Point });
        }
        found
    }
}

/// A number as JSON: whole where it is whole.
pub(super) fn json_number(hundredths: Hundredths) -> Value {
    if hundredths.is_multiple_of(100) {
        return json!(hundredths / 100);
    }
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number)
}

/// One number, `3,5` or `3`, without anything around it. A point or comma before three digits is none of a decimal.
pub(super) fn exact(text: &str, decimal: Decimal) -> Option<Hundredths> {
    let (whole, part) = match text.split_once(decimal.sign()) {
        Some((whole, part)) if !part.is_empty() => (whole, part),
        Some(_) => return None,
        None => (text, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    // More than two decimals are rounded down: they are a trace of division, not knowledge.
    let part: String = part.chars().chain("00".chars()).take(2).collect();
    whole.checked_mul(100)?.checked_add(part.parse().ok()?)
}

/// Words that say that a number is not exact.
const ABOUT: &[&str] =
    &["ca", "circa", "ongeveer", "plm", "±", "~", "about", "approx", "bijna", "ruim"];

/// A number with words of its unit around it: `ca. 15 jaar`, `30 km`. Words that are not known make it unclear.
pub(super) fn measured(cell: &str, decimal: Decimal, units: &[&str]) -> Reading<Hundredths> {
    if is_nothing(cell) {
        return Reading::Nothing;
    }
    let cell = western_digits(cell).to_lowercase();
    let mut number = None;
    let mut is_strange = false;
    for word in spaced(&cell).split_whitespace() {
        let bare = word.trim_end_matches(['.', ':']);
        if ABOUT.contains(&bare) || units.contains(&bare) {
            continue;
        }
        match exact(bare, decimal) {
            Some(value) if number.is_none() => number = Some(value),
            _ if is_number_like(bare) => return Reading::Wrong,
            _ => is_strange = true,
        }
    }
    match number {
        Some(value) if !is_strange => Reading::Known(value),
        _ => Reading::Unclear,
    }
}

/// Whether a word wants to be a number and is none in this form.
fn is_number_like(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | 'e' | '%'))
        || matches!(word, "nan" | "inf" | "-inf" | "infinity" | "-infinity")
}

/// Spaces between digits and letters: `36uur` becomes `36 uur`.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for c in text.chars() {
        let parts = (before.is_ascii_digit() && c.is_alphabetic() && c != 'e')
            || (before.is_alphabetic() && c.is_ascii_digit());
        if parts {
            spaced.push(' ');
        }
        spaced.push(c);
        before = c;
    }
    spaced
}

/// Hours a week: `32`, `32-40 uur`, `min. 16`, `max 24 u/w`, `0,6 fte`.
///
/// A part of full time needs to know how many hours full time is; without it the cell is unclear.
pub(super) fn hours(
    cell: &str,
    decimal: Decimal,
    full_time: Option<Hundredths>,
    is_fte: bool,
) -> Reading<Between> {
    const UNITS: &[&str] = &[
        "uur", "uren", "u", "h", "hours", "hour", "per", "week", "p", "pw", "w", "wk", "contract",
        "ca", "circa", "ongeveer", "fulltime", "parttime", "in", "de", "weken", "a", "hrs",
    ];
    const LEAST: &[&str] = &["min", "minimaal", "minstens", "vanaf", "from", "minimum"];
    const MOST: &[&str] = &["max", "maximaal", "maximum", "hooguit", "t", "tot", "up"];
    const TO: &[&str] = &["tot", "t", "m", "en", "to", "of"];
    if is_nothing(cell) {
        return Reading::Nothing;
    }
    let text = western_digits(cell).to_lowercase().replace(['–', '—'], "-");
    let mut numbers = Vec::new();
    let (mut least, mut most, mut fte, mut strange) = (false, false, is_fte, false);
    for word in
        spaced(&text).split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | '|'))
    {
        let word = word.trim_end_matches(['.', ':']);
        if word.is_empty() {
            continue;
        }
        if word.contains("fte") {
            fte = true;
        } else if LEAST.contains(&word) {
            least = true;
        } else if MOST.contains(&word) && numbers.is_empty() {
            most = true;
        } else if UNITS.contains(&word)
            || TO.contains(&word)
            || word == "-"
            || least && MOST.contains(&word)
        {
            // They say nothing more.
        } else if let Some(number) = exact(word, decimal) {
            numbers.push(number);
        } else if let Some((first, second)) =
            word.split_once('-').and_then(|(a, b)| Some((exact(a, decimal)?, exact(b, decimal)?)))
        {
            numbers.extend([first, second]);
        } else if is_number_like(word) {
            return Reading::Wrong;
        } else {
            strange = true;
        }
    }
    if strange {
        return Reading::Unclear;
    }
    if fte {
        let Some(full_time) = full_time else { return Reading::Unclear };
        for number in &mut numbers {
            *number = number.saturating_mul(full_time) / 100;
        }
    }
    match (numbers.as_slice(), least, most) {
        ([one], false, false) => Reading::Known(Between { min: Some(*one), max: Some(*one) }),
        ([one], true, false) => Reading::Known(Between { min: Some(*one), max: None }),
        ([one], false, true) => Reading::Known(Between { min: None, max: Some(*one) }),
        ([a, b], ..) => Reading::Known(Between { min: Some(*a), max: Some(*b) }),
        _ => Reading::Unclear,
    }
}

/// What a wage says: amounts and the time they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wage {
    pub(super) between: Between,
    pub(super) unit: Option<&'static str>,
}

/// A wage as people write it: `€ 14,71 per uur`, `2.450,- p/m`, `vanaf 39 euro per uur`, `2800 - 3400 bruto`.
///
/// Only amounts beside a currency or a time count: `FWG 45` is a scale, no amount.
pub(super) fn wage(cell: &str) -> Option<Wage> {
    const UNITS: [(&str, &[&str]); 5] = [
        ("hour", &["uur", "uurloon", "u", "h", "hour", "hr", "uurtarief"]),
        ("day", &["dag", "day"]),
        ("week", &["week", "wk"]),
        ("month", &["maand", "mnd", "maandsalaris", "month", "m"]),
        ("year", &["jaar", "jaarsalaris", "year", "annum", "j"]),
    ];
    let text = cell.to_lowercase().replace(['–', '—'], "-");
    let words = plain(&text.replace('/', " "));
    let is_for = |names: &&[&str]| {
        words
            .split(' ')
            .any(|word| names.contains(&word) && (word.len() > 1 || words.contains("p ")))
    };
    let unit = UNITS.iter().find(|(_, names)| is_for(names)).map(|(unit, _)| *unit);
    let has_currency =
        text.contains('€') || words.split(' ').any(|word| matches!(word, "euro" | "eur"));
    if unit.is_none() && !has_currency {
        return None;
    }
    let text = text.replace(",-", " ").replace(",=", " ");
    let amounts: Vec<Hundredths> = text
        .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .filter_map(|word| amount(word.trim_matches(['.', ','])))
        .collect();
    let has = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
    let between = match amounts.as_slice() {
        [one] if has(&["vanaf", "minimaal", "min", "from"]) => {
            Between { min: Some(*one), max: None }
        }
        [one] if has(&["maximaal", "max", "tot"]) => Between { min: None, max: Some(*one) },
        [one] => Between { min: Some(*one), max: Some(*one) },
        [a, b] if a <= b => Between { min: Some(*a), max: Some(*b) },
        _ => return None,
    };
    Some(Wage { between, unit })
}

/// An amount with points or commas: the last of them before one or two digits is the decimal sign.
pub(super) fn amount(word: &str) -> Option<Hundredths> {
    let (whole, part) = match word.rfind([',', '.']) {
        Some(at) if word.len() - at <= 3 => word.split_at(at),
        _ => (word, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let part: String =
        part.chars().filter(char::is_ascii_digit).chain("00".chars()).take(2).collect();
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_hours(cell: &str, expected: Reading<(Option<u32>, Option<u32>)>) {
        let found = match hours(cell, Decimal::Comma, Some(3600), false) {
            Reading::Known(between) => Reading::Known((between.min, between.max)),
            Reading::Nothing => Reading::Nothing,
            Reading::Unclear => Reading::Unclear,
            Reading::Wrong => Reading::Wrong,
        };
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn hours_are_one_number_or_two() {
        check_hours("32", Reading::Known((Some(3200), Some(3200))));
        check_hours("32-40 uur", Reading::Known((Some(3200), Some(4000))));
        check_hours("32 - 40 uur", Reading::Known((Some(3200), Some(4000))));
        check_hours("16 tot 24 uur per week", Reading::Known((Some(1600), Some(2400))));
        check_hours("36uur p/w", Reading::Known((Some(3600), Some(3600))));
        check_hours("21,6", Reading::Known((Some(2160), Some(2160))));
        check_hours("min. 16", Reading::Known((Some(1600), None)));
        check_hours("max 24 u", Reading::Known((None, Some(2400))));
        check_hours("0,6 fte", Reading::Known((Some(2160), Some(2160))));
        check_hours("in overleg", Reading::Unclear);
        check_hours("n.v.t.", Reading::Nothing);
        check_hours("99999999999999999999", Reading::Wrong);
        check_hours("21.6", Reading::Wrong);
        check_hours("-8", Reading::Wrong);
    }

    #[test]
    fn a_part_of_full_time_needs_full_time() {
        assert_eq!(hours("0,6 fte", Decimal::Comma, None, false), Reading::Unclear);
        assert_eq!(
            hours("0,8", Decimal::Comma, Some(4000), true),
            Reading::Known(Between { min: Some(3200), max: Some(3200) })
        );
    }

    #[track_caller]
    fn check_years(cell: &str, expected: Reading<Hundredths>) {
        assert_eq!(measured(cell, Decimal::Comma, &["jaar", "jr"]), expected, "{cell}");
    }

    #[test]
    fn a_number_has_the_decimal_sign_of_the_file() {
        check_years("3,5", Reading::Known(350));
        check_years("ca. 15 jaar", Reading::Known(1500));
        check_years("3jr", Reading::Known(300));
        check_years("", Reading::Nothing);
        check_years("veel", Reading::Unclear);
        for cell in ["2.5", "-3,0", "NaN", "inf", "1e5", "3 4", "99999999999999999999"] {
            check_years(cell, Reading::Wrong);
        }
        assert_eq!(Decimal::shown("32,5"), Some(Decimal::Comma));
        assert_eq!(Decimal::shown("2.5 jaar"), Some(Decimal::Point));
        assert_eq!(Decimal::shown("1.000"), None);
        assert_eq!(Decimal::shown("01.02.2026"), None);
    }

    #[track_caller]
    fn check_wage(cell: &str, expected: Option<(Option<u32>, Option<u32>, Option<&str>)>) {
        let found = wage(cell).map(|wage| (wage.between.min, wage.between.max, wage.unit));
        assert_eq!(found, expected, "{cell}");
    }

    #[test]
    fn a_wage_has_amounts_and_a_time() {
        check_wage("€ 14,71 per uur", Some((Some(1471), Some(1471), Some("hour"))));
        check_wage("2.450,- p/m", Some((Some(245_000), Some(245_000), Some("month"))));
        check_wage("maximaal 722 euro per week", Some((None, Some(72_200), Some("week"))));
        check_wage("vanaf 39 euro per uur", Some((Some(3900), None, Some("hour"))));
        check_wage(
            "€ 2.800 - € 3.400 bruto per maand",
            Some((Some(280_000), Some(340_000), Some("month"))),
        );
        check_wage("€ 14.71", Some((Some(1471), Some(1471), None)));
        check_wage("FWG 45", None);
        check_wage("marktconform", None);
    }
}
