// SPDX-License-Identifier: EUPL-1.2
//! What the person excludes.

use super::{Arg, Finding, Gate, OnDay};
use crate::prepare::Avoided;
use crate::text::Say;
use crate::vocabulary::Reading;

const GATE: Gate = Gate::Exclusion;

/// Closed when every reading of the work, or its sector, is one that the person excludes; a question when only some are.
pub(crate) fn exclusion(
    on: OnDay<'_>,
    avoids: &[Avoided],
    readings: &[Reading],
    sector: Option<&str>,
) -> Finding {
    let by_sector = |avoided: &Avoided| matches!((avoided, sector), (Avoided::Sector(own), Some(sector)) if sector.starts_with(own.as_ref()));
    let excludes = |reading: &Reading| {
        avoids.iter().any(|avoided| match avoided {
            Avoided::Occupation(occupation) => reading.occupation == Some(*occupation),
            Avoided::Group(group) => reading.group.is_within(*group),
            Avoided::Sector(_) => false,
        })
    };
    if avoids.is_empty() {
        return Finding::open(GATE, on, Say("excludes_nothing"));
    }
    let excluded = readings.iter().filter(|reading| excludes(reading)).count();
    if avoids.iter().any(by_sector) || excluded > 0 && excluded == readings.len() {
        Finding::closed(GATE, on, Say("excluded"))
    } else if excluded > 0 {
        Finding::unknown(
            GATE,
            on,
            "occupation",
            Say("ask_which_occupation"),
            Say("excluded_perhaps"),
        )
        .asking("occupation", Say("ask_which_work"), Arg::None)
    } else {
        Finding::open(GATE, on, Say("not_excluded"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    const DAY: &str = "2026-01-10";

    #[test]
    fn the_persons_own_exclusion_closes() {
        let avoid = |one: &str| format!(r#""wishes":{{"avoid":[{one}]}}"#);
        let cook = r#""title":"kok","employer":{"sbi":"I56"}"#;
        check(GATE, DAY, &avoid(r#"{"label":"kok"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"scheme":"isco08","code":"51"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"scheme":"sbi","code":"I"}"#), cook, "closed");
        check(GATE, DAY, &avoid(r#"{"label":"lasser"}"#), cook, "open");
        check(GATE, DAY, "", cook, "open");
    }
}
