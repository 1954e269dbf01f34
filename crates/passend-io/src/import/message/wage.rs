// SPDX-License-Identifier: EUPL-1.2
//! A wage in words, and the amounts in it.

use serde_json::{Map, Value, json};

use super::keys::put;

/// The wage of a text such as `minimaal 2.450 euro per maand`. The words are always kept; amounts and unit only where they
/// can be read in one way.
pub(super) fn wage(words: &str) -> Value {
    let mut keys = Map::new();
    let small = words.to_lowercase();
    if let (Some((min, max)), Some(unit)) = (amounts(&small), unit(&small)) {
        put(&mut keys, "min", min);
        put(&mut keys, "max", max);
        put(&mut keys, "unit", Some(unit));
        put(&mut keys, "currency", Some("EUR"));
    }
    put(&mut keys, "text", Some(words));
    Value::Object(keys)
}

type Amount = Option<Value>;

/// Least and greatest amount; nothing when there are none or more than two, or the order is wrong.
fn amounts(text: &str) -> Option<(Amount, Amount)> {
    if !(text.contains("euro") || text.contains('€') || text.contains("eur")) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match numbers(text).as_slice() {
        [one] => {
            let amount = Some(number(*one));
            let from = has(&["minimaal", "vanaf", "ten minste", "minstens"]);
            let to = has(&["maximaal", "max.", "ten hoogste", "tot "]);
            match (from, to) {
                (true, false) => Some((amount, None)),
                (false, true) => Some((None, amount)),
                (false, false) => Some((amount.clone(), amount)),
                (true, true) => None,
            }
        }
        [least, most] if least <= most => Some((Some(number(*least)), Some(number(*most)))),
        _ => None,
    }
}

fn unit(text: &str) -> Option<&'static str> {
    let units = [
        ("hour", ["per uur", "p/u", "/uur", "p.u."]),
        ("day", ["per dag", "p/d", "/dag", "p.d."]),
        ("week", ["per week", "p/w", "/week", "p.w."]),
        ("month", ["per maand", "p/m", "/maand", "p.m."]),
        ("year", ["per jaar", "p/j", "/jaar", "p.j."]),
    ];
    let mut named = units.iter().filter(|(_, words)| words.iter().any(|word| text.contains(word)));
    let first = named.next()?;
    // "2.400 per maand bij 36 uur per week" names two; it is not guessed which is meant.
    named.next().is_none().then_some(first.0)
}

/// The amounts of a Dutch text, in hundredths: `2.450`, `14,71`, `2450,-`.
fn numbers(text: &str) -> Vec<u32> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.split(|c| !is_part(c))
        .filter(|part| part.chars().any(|c| c.is_ascii_digit()))
        .filter_map(|part| {
            let part = part.trim_matches(['.', ',']);
            let (whole, cents) = match part.rsplit_once(',') {
                Some((whole, cents)) => (whole, cents),
                // `14.71` is how a computer writes it: a point with two digits after it separates cents.
                None => match part.rsplit_once('.') {
                    Some((whole, cents)) if cents.len() <= 2 => (whole, cents),
                    _ => (part, ""),
                },
            };
            let whole: u32 = whole.replace('.', "").parse().ok()?;
            let cents: u32 = match cents.len() {
                0 => 0,
                1 => cents.parse::<u32>().ok()?.checked_mul(10)?,
                2 => cents.parse().ok()?,
                _ => return None,
            };
            whole.checked_mul(100)?.checked_add(cents)
        })
        .collect()
}

/// A number of hundredths as JSON.
fn number(hundredths: u32) -> Value {
    if hundredths.is_multiple_of(100) {
        return json!(hundredths / 100);
    }
    let digits = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    digits.parse::<f64>().map_or(Value::Null, |decimal| json!(decimal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, mut expected: Value) {
        expected["text"] = words.into();
        assert_eq!(wage(words), expected);
    }

    #[test]
    fn amounts_are_read_where_they_are_certain() {
        check(
            "minimaal 2.450 euro per maand",
            json!({"min": 2450, "unit": "month", "currency": "EUR"}),
        );
        check("maximaal 722 euro per week", json!({"max": 722, "unit": "week", "currency": "EUR"}));
        check(
            "€ 14,71 - € 16,50 per uur",
            json!({"min": 14.71, "max": 16.5, "unit": "hour", "currency": "EUR"}),
        );
        check(
            "€ 2.450,- p/m",
            json!({"min": 2450, "max": 2450, "unit": "month", "currency": "EUR"}),
        );
    }

    #[test]
    fn what_can_be_read_in_two_ways_stays_words() {
        check("conform cao", json!({}));
        check("2450 euro per maand bij 36 uur per week", json!({}));
        check("schaal 7 tot 9", json!({}));
    }
}
