// SPDX-License-Identifier: EUPL-1.2
//! How much experience in one occupation, or one skill, counts for another.

use std::fmt;

use super::store::{number, place};
use super::{
    Link, LinkKind, LinkMatch, LinkStatus, OccupationIndex, Reading, SkillIndex, Vocabulary, Why,
};

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
    /// No group: near to nothing.
    pub(super) const NONE: Self = Self { digits: 0, number: 0 };

    /// The group with this code of one to four digits.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        let digits = u8::try_from(code.len()).ok().filter(|digits| (1..=4).contains(digits))?;
        code.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| code.parse().ok())?
            .map(|number| Self { digits, number })
    }

    /// Digits and number, as a pack holds them.
    pub(crate) fn to_bytes(self) -> [u8; 3] {
        let [low, high] = self.number.to_le_bytes();
        [self.digits, low, high]
    }

    /// The group of three bytes of a pack; `None` if they are none.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let [digits, low, high] = *bytes else { return None };
        let group = Self { digits, number: u16::from_le_bytes([low, high]) };
        let limit = 10u16.pow(u32::from(digits.min(4)));
        (digits <= 4 && group.number < limit).then_some(group)
    }

    /// The group of so many digits that holds this one.
    pub(crate) fn at(self, digits: u8) -> Option<Self> {
        let drop = u32::from(self.digits.checked_sub(digits)?);
        Some(Self { digits, number: self.number / 10u16.pow(drop) })
    }

    /// Its major group; `None` for no group.
    pub(super) fn major(self) -> Option<Self> {
        if self == Self::NONE { None } else { self.at(1) }
    }

    /// Whether this group is the other or lies within it.
    pub(crate) fn is_within(self, other: Self) -> bool {
        other != Self::NONE && self.at(other.digits) == Some(other)
    }

    /// Nearness of two groups by the longest common code.
    pub(super) fn closeness(self, other: Self) -> u8 {
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
        if *self == Self::NONE {
            return Ok(());
        }
        write!(f, "{:0width$}", self.number, width = usize::from(self.digits))
    }
}

impl Vocabulary {
    /// How much experience in one reading counts for another, 0 to 100; symmetric.
    ///
    /// 100 for the same occupation; else what the vocabulary lists for the two. A pair that it does not list is as close
    /// as their ISCO-08 groups (unit 80, minor 50, sub-major 25, major 10), and an eighth of that where closeness was
    /// computed: two hundred others are nearer to each of the two, so they have hardly a skill in common.
    pub(crate) fn occupation_closeness(&self, a: Reading, b: Reading) -> u8 {
        let by_group = || a.group.closeness(b.group);
        match (a.occupation, b.occupation) {
            (Some(first), Some(second)) if first == second => SAME,
            (Some(first), Some(second)) => match self.related.between(first.0, second.0) {
                Some(hundredths) => u8::try_from(hundredths / 100).unwrap_or(SAME),
                None if self.computed => by_group() / 8,
                None => by_group(),
            },
            _ => by_group(),
        }
    }

    /// The occupations nearest to one, at most `k`, nearest first; ties go to the lower id. None for an id that the
    /// vocabulary does not have.
    ///
    /// The score is the closeness in tenths, 0 to 1,000: first what the vocabulary lists. Where closeness was computed,
    /// those that are not listed follow by how close those near to it are to them on average, never above what is listed;
    /// in another vocabulary, and for an ISCO-08 group, by that group. Matching counts a pair that is not listed by its
    /// groups alone.
    ///
    /// ```
    /// # use passend::Vocabulary;
    /// let near = Vocabulary::starter().related("occupation/5120-cook", 3, "en");
    /// assert_eq!(near.matches.len(), 3);
    /// assert!(near.matches[0].score >= near.matches[1].score);
    /// ```
    pub fn related(&self, id: &str, k: usize, language: &str) -> Link {
        let mut link = Link { text: id.to_owned(), status: LinkStatus::None, matches: Vec::new() };
        let Some(own) = self.occupation_index(id).and_then(|index| self.reading_at(index)) else {
            return link;
        };
        let listed = own.occupation.filter(|_| self.computed);
        let through = listed.map(|index| self.through_near(index)).unwrap_or_default();
        let hundredths = |other: OccupationIndex| {
            let listed = own.occupation.and_then(|index| self.related.between(index.0, other.0));
            match (listed, through.get(place(other.0))) {
                (Some(hundredths), _) => (true, hundredths),
                (None, Some(through)) => (false, *through),
                (None, None) => {
                    let by_group = self
                        .reading_at(other)
                        .map_or(0, |other| self.occupation_closeness(own, other));
                    (false, u16::from(by_group) * 100)
                }
            }
        };
        let others = (0..number(self.occupations.len())).map(OccupationIndex);
        let others = others.filter(|other| own.occupation != Some(*other));
        // What is listed comes first.
        let mut near: Vec<_> = others
            .map(|other| (std::cmp::Reverse(hundredths(other)), other))
            .filter(|(near, _)| near.0.1 > 0)
            .collect();
        near.sort_unstable();
        near.truncate(k);
        let listed = near.iter().filter(|(near, _)| near.0.0);
        let least = listed.map(|(near, _)| near.0.1).min().unwrap_or(u16::MAX);
        link.matches = near
            .into_iter()
            .map(|(near, other)| LinkMatch {
                id: self.concept_id(LinkKind::Occupation, other.0).to_owned(),
                label: self.concept_name(LinkKind::Occupation, other.0, language).to_owned(),
                score: near.0.1.min(least) / 10,
                why: Why::Overlap,
                matched: String::new(),
                given: 0,
            })
            .collect();
        if !link.matches.is_empty() {
            link.status = LinkStatus::Linked;
        }
        link
    }

    /// For each occupation how close those near to one are to it, on average by how near they are, in hundredths.
    fn through_near(&self, own: OccupationIndex) -> Vec<u16> {
        let near = || self.related.near(place(own.0));
        let mut sums = vec![0u64; self.occupations.len()];
        for one in near() {
            for next in self.related.near(place(one.other())) {
                if let Some(sum) = sums.get_mut(place(next.other())) {
                    *sum += u64::from(one.hundredths()) * u64::from(next.hundredths());
                }
            }
        }
        let total = near().map(|one| u64::from(one.hundredths())).sum::<u64>().max(1);
        sums.into_iter().map(|sum| u16::try_from(sum / total).unwrap_or(u16::MAX)).collect()
    }

    /// What who has this skill is credited for others: `(other skill, credit)`, the credit 0 to 100.
    pub(crate) fn skill_grants(&self, held: SkillIndex) -> &[(SkillIndex, u8)] {
        self.grants.row(place(held.0))
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
    fn what_is_not_listed_is_near_through_what_is() {
        let tables = crate::vocabulary::VocabularyTables {
            name: "test",
            groups: "code\tnl\ten\n5120\tkoks\tcooks\n7212\tlassers\twelders\n8332\tchauffeurs\tdrivers\n",
            skills: "id\tnl\ten\tnl_alt\ten_alt\tbroader\trelated\nskill/a\ta\ta\t\t\t\t\nskill/b\tb\tb\t\t\t\t\nskill/c\tc\tc\t\t\t\t\n",
            occupations: "id\tisco08\tnl\ten\tnl_alt\ten_alt\tessential\toptional\noccupation/1\t5120\tkok\tcook\t\t\tskill/a\t\noccupation/2\t7212\tlasser\twelder\t\t\tskill/b\t\noccupation/3\t8332\tchauffeur\tdriver\t\t\tskill/c\t\n",
            relations: "from\tto\tcloseness\tkind\noccupation/1\toccupation/2\t60\trelated\noccupation/2\toccupation/3\t40\trelated\n",
        };
        let vocabulary = Vocabulary::from_tables(&tables).unwrap();
        let near = vocabulary.related("occupation/1", 9, "nl").matches;
        let near: Vec<_> = near.iter().map(|one| (one.id.as_str(), one.score)).collect();
        // 60 × 40 / 60.
        assert_eq!(near, [("occupation/2", 600), ("occupation/3", 400)]);
    }

    #[test]
    fn a_group_lies_within_the_groups_that_begin_its_code() {
        let unit = Group::parse("0110").unwrap();
        assert!(unit.is_within(Group::parse("01").unwrap()));
        assert!(!unit.is_within(Group::parse("1").unwrap()));
        assert_eq!(unit.to_string(), "0110");
    }
}
