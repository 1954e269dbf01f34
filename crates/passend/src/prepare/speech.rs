// SPDX-License-Identifier: EUPL-1.2
//! How a person's languages stand against a demand; the gate and the criterion both ask.

use super::{LanguageCode, LanguageFact};
use crate::model::{Cefr, LanguageSkill};

/// How a person's level stands against an asked one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Reached, with so many levels above it.
    Met { above: u8 },
    /// Below: the level that the person has at least, and the levels missing.
    Below { have: Cefr, missing: u8 },
    /// Not known: the level that the person has at least.
    Unknown { at_least: Cefr },
}

/// Whether somebody reads none of the languages of an exam at the level that it asks; not where no list of languages was
/// read, or where it is not known what the person reads.
pub(crate) fn reads_none(
    facts: Option<&[LanguageFact]>,
    offered: &[LanguageCode],
    level: Cefr,
) -> bool {
    let reading = Some(LanguageSkill::Reading);
    let below = |code: &LanguageCode| {
        matches!(standing(facts, *code, level, reading, false), Standing::Below { .. })
    };
    facts.is_some() && !offered.is_empty() && offered.iter().all(below)
}

/// Stands the person's level of one language against the one asked.
///
/// The four skills count as the lowest of them. `coached` lowers what is asked of listening and speaking by one level. A
/// language that is not in a known list is not spoken.
pub(crate) fn standing(
    facts: Option<&[LanguageFact]>,
    code: LanguageCode,
    min: Cefr,
    skill: Option<LanguageSkill>,
    coached: bool,
) -> Standing {
    let skills: &[usize] = match skill {
        None => &[0, 1, 2, 3],
        Some(LanguageSkill::Listening) => &[0],
        Some(LanguageSkill::Reading) => &[1],
        Some(LanguageSkill::Speaking) => &[2],
        Some(LanguageSkill::Writing) => &[3],
    };
    let Some(facts) = facts else {
        return if min == Cefr::A0 {
            Standing::Met { above: 0 }
        } else {
            Standing::Unknown { at_least: Cefr::A0 }
        };
    };
    let fact = facts.iter().find(|fact| fact.code == code);
    let mut above = u8::MAX;
    let mut lacks: Option<(u8, u8)> = None;
    let mut unsure: Option<u8> = None;
    for at in skills {
        let listens_or_speaks = matches!(at, 0 | 2);
        let asked =
            if coached && listens_or_speaks { min.rank().saturating_sub(1) } else { min.rank() };
        let known = match fact {
            None => Some((0, 0)),
            Some(fact) => fact.ranks.get(*at).copied().flatten(),
        };
        match known {
            Some((low, _)) if low >= asked => above = above.min(low - asked),
            Some((low, high)) if high < asked => {
                let worse = lacks.is_none_or(|(missing, _)| asked - low > missing);
                if worse {
                    lacks = Some((asked - low, low));
                }
            }
            Some((low, _)) => unsure = Some(unsure.map_or(low, |known| known.min(low))),
            None if asked == 0 => above = 0,
            None => unsure = Some(0),
        }
    }
    match (lacks, unsure) {
        // What is not known of another skill may be missing too.
        (Some((missing, low)), Some(unsure)) if min.rank().saturating_sub(unsure) > missing => {
            Standing::Below { have: Cefr::from_rank(unsure.min(low)), missing: min.rank() - unsure }
        }
        (Some((missing, low)), _) => Standing::Below { have: Cefr::from_rank(low), missing },
        (None, Some(low)) => Standing::Unknown { at_least: Cefr::from_rank(low) },
        (None, None) => Standing::Met { above },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(ranks: [Option<(u8, u8)>; 4]) -> Vec<LanguageFact> {
        vec![LanguageFact { code: LanguageCode::new("nl"), ranks }]
    }

    #[track_caller]
    fn check(
        ranks: [Option<(u8, u8)>; 4],
        min: Cefr,
        skill: Option<LanguageSkill>,
        coached: bool,
        expected: Standing,
    ) {
        assert_eq!(
            standing(Some(&facts(ranks)), LanguageCode::new("nl"), min, skill, coached),
            expected
        );
    }

    const A2: Option<(u8, u8)> = Some((2, 2));
    const B1: Option<(u8, u8)> = Some((3, 3));

    #[test]
    fn the_lowest_skill_counts() {
        check([B1, A2, B1, B1], Cefr::A2, None, false, Standing::Met { above: 0 });
        check(
            [B1, A2, B1, B1],
            Cefr::B1,
            None,
            false,
            Standing::Below { have: Cefr::A2, missing: 1 },
        );
        check(
            [B1, A2, B1, B1],
            Cefr::B1,
            Some(LanguageSkill::Speaking),
            false,
            Standing::Met { above: 0 },
        );
        check([B1, None, B1, B1], Cefr::B1, None, false, Standing::Unknown { at_least: Cefr::A0 });
    }

    #[test]
    fn a_coach_lowers_listening_and_speaking_by_one() {
        check([A2, B1, A2, B1], Cefr::B1, None, true, Standing::Met { above: 0 });
        check(
            [A2, A2, A2, A2],
            Cefr::B1,
            None,
            true,
            Standing::Below { have: Cefr::A2, missing: 1 },
        );
        check([A2; 4], Cefr::B1, Some(LanguageSkill::Speaking), true, Standing::Met { above: 0 });
    }

    #[test]
    fn a_range_that_straddles_the_level_is_unknown() {
        check([Some((1, 3)); 4], Cefr::A2, None, false, Standing::Unknown { at_least: Cefr::A1 });
        check([Some((2, 3)); 4], Cefr::A2, None, false, Standing::Met { above: 0 });
    }

    #[test]
    fn a_language_outside_a_known_list_is_not_spoken() {
        let german = LanguageCode::new("de");
        assert_eq!(
            standing(Some(&[]), german, Cefr::A1, None, false),
            Standing::Below { have: Cefr::A0, missing: 1 }
        );
        assert_eq!(standing(Some(&[]), german, Cefr::A0, None, false), Standing::Met { above: 0 });
        assert_eq!(
            standing(None, german, Cefr::A1, None, false),
            Standing::Unknown { at_least: Cefr::A0 }
        );
    }
}
