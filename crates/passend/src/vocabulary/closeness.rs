// SPDX-License-Identifier: EUPL-1.2
//! How much experience in one occupation, or one skill, counts for another.

use std::fmt;

use super::{Reading, SkillIndex, Vocabulary};

/// An ISCO-08 group: one digit (major) to four digits (unit).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Group {
    digits: u8,
    number: u16,
}

/// Same occupation.
const SAME: u8 = 100;
/// Nearness by ISCO-08: the work of one unit group differs in details, that of a major group only in level.
const SAME_UNIT_GROUP: u8 = 80;
const SAME_MINOR_GROUP: u8 = 50;
const SAME_SUB_MAJOR_GROUP: u8 = 25;
const SAME_MAJOR_GROUP: u8 = 10;

impl Group {
    /// The group with this code of one to four digits.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        let digits = u8::try_from(code.len()).ok().filter(|digits| (1..=4).contains(digits))?;
        code.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| code.parse().ok())?
            .map(|number| Self { digits, number })
    }

    /// The group of so many digits that holds this one.
    fn at(self, digits: u8) -> Option<Self> {
        let drop = u32::from(self.digits.checked_sub(digits)?);
        Some(Self { digits, number: self.number / 10u16.pow(drop) })
    }

    /// Whether this group is the other or lies within it.
    pub(crate) fn is_within(self, other: Self) -> bool {
        self.at(other.digits) == Some(other)
    }

    /// Nearness of two groups by the longest common code.
    fn closeness(self, other: Self) -> u8 {
        let shares =
            |digits| matches!((self.at(digits), other.at(digits)), (Some(a), Some(b)) if a == b);
        match () {
            () if shares(4) => SAME_UNIT_GROUP,
            () if shares(3) => SAME_MINOR_GROUP,
            () if shares(2) => SAME_SUB_MAJOR_GROUP,
            () if shares(1) => SAME_MAJOR_GROUP,
            () => 0,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.number, width = usize::from(self.digits))
    }
}

impl Vocabulary {
    /// How much experience in one reading counts for another, 0 to 100; symmetric.
    ///
    /// 100 for the same occupation; otherwise the larger of the relation in the vocabulary and the nearness of their
    /// ISCO-08 groups (unit 80, minor 50, sub-major 25, major 10).
    pub(crate) fn occupation_closeness(&self, a: Reading, b: Reading) -> u8 {
        let by_group = a.group.closeness(b.group);
        match (a.occupation, b.occupation) {
            (Some(first), Some(second)) if first == second => SAME,
            (Some(first), Some(second)) => {
                let related = self
                    .occupation(first)
                    .map(|occupation| occupation.related.as_slice())
                    .unwrap_or_default();
                let at = related.binary_search_by_key(&second, |(other, _)| *other);
                at.ok()
                    .and_then(|at| related.get(at))
                    .map_or(0, |(_, closeness)| *closeness)
                    .max(by_group)
            }
            _ => by_group,
        }
    }

    /// What who has this skill is credited for others: `(other skill, credit)`, the credit 0 to 100.
    pub(crate) fn skill_grants(&self, held: SkillIndex) -> &[(SkillIndex, u8)] {
        self.skill(held).map(|skill| skill.grants.as_slice()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: u8) {
        assert_eq!(Group::parse(a).unwrap().closeness(Group::parse(b).unwrap()), expected);
        assert_eq!(Group::parse(b).unwrap().closeness(Group::parse(a).unwrap()), expected);
    }

    #[test]
    fn groups_are_as_near_as_their_longest_common_code() {
        check("5120", "5120", 80);
        check("7231", "7233", 50);
        check("7231", "7212", 25);
        check("7231", "7411", 10);
        check("7231", "9333", 0);
        check("0110", "1120", 0);
        check("72", "7231", 25);
    }

    #[test]
    fn a_group_lies_within_the_groups_that_begin_its_code() {
        let unit = Group::parse("0110").unwrap();
        assert!(unit.is_within(Group::parse("01").unwrap()));
        assert!(!unit.is_within(Group::parse("1").unwrap()));
        assert_eq!(unit.to_string(), "0110");
    }
}
