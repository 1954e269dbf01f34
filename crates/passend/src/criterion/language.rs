// SPDX-License-Identifier: EUPL-1.2
//! Language: the asked level, with a margin that stops at one level.

use crate::prepare::{LanguageDemand, LanguageFact, Standing, standing};
use crate::score::Fit;

/// At the asked level; one level above is full, and more adds nothing.
const MET: u8 = 85;
/// One and two levels below: it only orders, the gate decides.
const ONE_BELOW: u8 = 40;
const TWO_BELOW: u8 = 15;

/// For each demand the best of the languages accepted; then the mean over the demands, rounded down.
///
/// A coach changes the gate, not the fit.
pub(crate) fn language(facts: Option<&[LanguageFact]>, demands: &[LanguageDemand]) -> Fit {
    let count = match u32::try_from(demands.len()) {
        Ok(0) | Err(_) => return Fit::NotAsked,
        Ok(count) => count,
    };
    if facts.is_none() {
        return Fit::Unknown;
    }
    let mut sum = 0;
    let mut unsure = false;
    for demand in demands {
        let (mut best, mut may_be_better) = (0, false);
        for (code, min) in &demand.accepted {
            let (fit, unknown) = match standing(facts, *code, *min, demand.skill, false) {
                Standing::Met { above: 0 } => (MET, false),
                Standing::Met { .. } => (100, false),
                Standing::Below { missing, .. } => (below(missing), false),
                Standing::Unknown { at_least } => {
                    (below(min.rank().saturating_sub(at_least.rank())), true)
                }
            };
            best = fit.max(best);
            may_be_better |= unknown;
        }
        sum += u32::from(best);
        unsure |= may_be_better && best < 100;
    }
    let mean = u8::try_from(sum / count).unwrap_or(100);
    match Fit::percent(mean) {
        Fit::Known(known) if unsure => Fit::AtLeast(known),
        fit => fit,
    }
}

fn below(missing: u8) -> u8 {
    match missing {
        0 | 1 => ONE_BELOW,
        2 => TWO_BELOW,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Cefr;
    use crate::prepare::LanguageCode;

    fn demand(accepted: &[(&str, Cefr)]) -> LanguageDemand {
        let accepted = accepted.iter().map(|(code, min)| (LanguageCode::new(code), *min)).collect();
        LanguageDemand { accepted, skill: None, statutory: None, safety: false }
    }

    #[track_caller]
    fn check(dutch: Cefr, demands: &[LanguageDemand], expected: Fit) {
        let ranks = [Some((dutch.rank(), dutch.rank())); 4];
        let facts = [LanguageFact { code: LanguageCode::new("nl"), ranks }];
        assert_eq!(language(Some(&facts), demands), expected);
    }

    #[test]
    fn the_margin_stops_at_one_level() {
        let asked = [demand(&[("nl", Cefr::A2)])];
        check(Cefr::C2, &asked, Fit::percent(100));
        check(Cefr::B1, &asked, Fit::percent(100));
        check(Cefr::A2, &asked, Fit::percent(85));
        check(Cefr::A1, &asked, Fit::percent(40));
        check(Cefr::A0, &asked, Fit::percent(15));
    }

    #[test]
    fn the_best_accepted_language_counts() {
        check(Cefr::A2, &[demand(&[("en", Cefr::B1), ("nl", Cefr::A1)])], Fit::percent(100));
    }

    #[test]
    fn several_demands_count_alike() {
        check(
            Cefr::A2,
            &[demand(&[("nl", Cefr::A2)]), demand(&[("en", Cefr::B2)])],
            Fit::percent(42),
        ); // (85 + 0) / 2
    }

    #[test]
    fn not_asked_and_not_known_differ() {
        check(Cefr::A2, &[], Fit::NotAsked);
        assert_eq!(language(None, &[demand(&[("nl", Cefr::A2)])]), Fit::Unknown);
    }
}
