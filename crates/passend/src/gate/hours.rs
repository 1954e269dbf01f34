// SPDX-License-Identifier: EUPL-1.2
//! Hours a week.

use super::{Finding, Gate, OnDay, Step};
use crate::model::HoursPerWeek;
use crate::text::Say;

const GATE: Gate = Gate::Hours;

/// Open when the hours of the work and of the person meet; too few are combined with other work, too many are talked over.
pub(crate) fn hours(on: OnDay<'_>, person: HoursPerWeek, work: HoursPerWeek) -> Finding {
    if work.min.is_none() && work.max.is_none() {
        return Finding::open(GATE, on, Say("hours_not_asked"));
    }
    let below = |most: Option<_>, least: Option<_>| matches!((most, least), (Some(most), Some(least)) if most < least);
    if below(person.max, work.min) {
        Finding::needs(GATE, on, Step::Row("fewer_hours"), Say("hours_too_many"))
    } else if below(work.max.or(work.min), person.min) {
        Finding::needs(GATE, on, Step::Row("combine_jobs"), Say("hours_too_few"))
    } else if person.min.is_none() && person.max.is_none() {
        Finding::unknown(GATE, on, "hours", Say("ask_hours"), Say("hours_unknown"))
    } else {
        Finding::open(GATE, on, Say("hours_meet"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[track_caller]
    fn hours_of(person: &str, work: &str, expected: &str) {
        let of = |range: &str| {
            if range.is_empty() { String::new() } else { format!(r#""hours":{{{range}}}"#) }
        };
        check(GATE, "2026-01-10", &of(person), &of(work), expected);
    }

    #[test]
    fn hours_meet_or_ask_for_a_step() {
        hours_of(r#""min":16,"max":24"#, r#""min":24,"max":36"#, "open");
        hours_of(r#""min":16,"max":23.5"#, r#""min":24,"max":36"#, "needs fewer_hours 2026-01-17");
        hours_of(r#""min":24,"max":36"#, r#""max":12"#, "needs combine_jobs 2026-02-07");
        hours_of(r#""min":24,"max":36"#, r#""min":12"#, "needs combine_jobs 2026-02-07");
        hours_of("", r#""min":24"#, "unknown hours");
        hours_of(r#""min":24"#, "", "open");
        hours_of(r#""min":24"#, r#""min":24"#, "open");
        hours_of(r#""max":24"#, r#""max":36"#, "open");
        hours_of(r#""min":24,"max":36"#, r#""min":12,"max":24"#, "open");
    }
}
