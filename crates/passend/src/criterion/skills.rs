// SPDX-License-Identifier: EUPL-1.2
//! Skills: the weighted share of the asked skills that the person covers.

use crate::prepare::{AskedSkill, Profile};
use crate::score::Fit;

/// Σ weight × credit, with weights that sum to 200 and credits of 0 to 100.
///
/// Without a stated list the occupations held still give credit; what they do not show is unknown. A vacancy without
/// skills, stated or derived, leaves the fit unknown.
pub(super) fn skills(profile: &Profile, asked: impl Iterator<Item = AskedSkill>) -> Fit {
    let mut asked = asked.peekable();
    if asked.peek().is_none() {
        return Fit::Unknown;
    }
    let sum =
        asked.map(|one| u16::from(one.weight) * u16::from(profile.credits.of(one.skill))).sum();
    match (profile.skills_stated, sum) {
        (true, sum) => Fit::Known(sum),
        (false, 0) => Fit::Unknown,
        (false, sum) => Fit::AtLeast(sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::{Credit, Credits, Evidence, SkillKey};
    use crate::vocabulary::SkillIndex;

    const A: SkillKey = SkillKey::known(SkillIndex(1));
    const B: SkillKey = SkillKey::known(SkillIndex(2));

    #[track_caller]
    fn check(stated: bool, credits: &[(SkillKey, u8)], asked: &[(SkillKey, u8)], expected: Fit) {
        let credits = credits.iter().map(|(skill, credit)| Credit {
            skill: *skill,
            credit: *credit,
            evidence: Evidence::Stated,
        });
        let profile = Profile {
            skills_stated: stated,
            credits: Credits::new(credits.collect()),
            held: None,
            held_unlinked: false,
            wishes: None,
        };
        let asked =
            asked.iter().map(|(skill, weight)| AskedSkill { skill: *skill, weight: *weight });
        assert_eq!(skills(&profile, asked), expected);
    }

    #[test]
    fn the_share_is_weighted() {
        check(true, &[(A, 100), (B, 40)], &[(A, 120), (B, 80)], Fit::Known(12_000 + 3_200));
        check(true, &[(A, 100)], &[(A, 200)], Fit::Known(20_000));
        check(true, &[], &[(A, 200)], Fit::Known(0));
    }

    #[test]
    fn what_is_not_stated_is_unknown() {
        check(false, &[], &[(A, 200)], Fit::Unknown);
        check(false, &[(A, 70)], &[(A, 120), (B, 80)], Fit::AtLeast(8_400));
        check(true, &[(A, 100)], &[], Fit::Unknown);
    }
}
