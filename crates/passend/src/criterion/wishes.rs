// SPDX-License-Identifier: EUPL-1.2
//! Wishes: occupations, sectors and hours that the person asked for.

use crate::model::HoursPerWeek;
use crate::policy::Sector;
use crate::prepare::WishFacts;
use crate::score::Fit;
use crate::vocabulary::{Reading, Vocabulary};

/// The mean, rounded down, over the kinds of wish that were stated; full if none was.
///
/// Occupations: the greatest closeness of a wish to a reading of the vacancy. Sectors: 100 or 0. Hours: 100 if they meet.
/// What the vacancy leaves out leaves that kind unknown.
pub(super) fn wishes(
    vocabulary: &Vocabulary,
    wishes: Option<&WishFacts>,
    readings: &[Reading],
    sector: Option<&Sector>,
    hours: HoursPerWeek,
) -> Fit {
    let Some(wishes) = wishes else { return Fit::percent(100) };
    let kinds = [
        occupations_met(vocabulary, wishes, readings),
        sectors_met(wishes, sector),
        hours_met(wishes, hours),
    ];
    let stated = || kinds.iter().flatten();
    let sum = stated().map(|met| u16::from(met.percent)).sum();
    match Fit::percent(mean_of(sum, stated().count())) {
        Fit::Known(known) if stated().any(|met| met.unsure && met.percent < 100) => {
            Fit::AtLeast(known)
        }
        fit => fit,
    }
}

/// How far one kind of wish is met, and whether a missing fact could make it more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Met {
    pub(crate) percent: u8,
    unsure: bool,
}

/// How many kinds of wish were stated.
pub(crate) fn kinds_of(wishes: &WishFacts) -> usize {
    usize::from(wishes.occupations_stated)
        + usize::from(wishes.sectors.is_some())
        + usize::from(wishes.hours.is_some())
}

/// The mean of kinds of wish, rounded down; full if none was stated.
pub(crate) fn mean_of(sum: u16, kinds: usize) -> u8 {
    let kinds = u16::try_from(kinds).unwrap_or(u16::MAX);
    u8::try_from(sum.checked_div(kinds).unwrap_or(100)).unwrap_or(100)
}

/// The greatest closeness of a wish to a reading; `None` if no occupation was asked for.
fn occupations_met(
    vocabulary: &Vocabulary,
    wishes: &WishFacts,
    readings: &[Reading],
) -> Option<Met> {
    let pairs =
        wishes.occupations.iter().flat_map(|wish| readings.iter().map(|reading| (*wish, *reading)));
    let best = pairs.map(|(wish, reading)| vocabulary.occupation_closeness(wish, reading)).max();
    wishes.occupations_stated.then(|| Met {
        percent: best.unwrap_or(0),
        unsure: readings.is_empty() || wishes.occupations_unlinked,
    })
}

/// Whether the sector is one of those asked for; `None` if none was.
pub(crate) fn sectors_met(wishes: &WishFacts, sector: Option<&Sector>) -> Option<Met> {
    let list = wishes.sectors.as_ref()?;
    Some(match sector {
        Some(sector) if list.iter().any(|wish| wish.holds(sector)) => {
            Met { percent: 100, unsure: false }
        }
        sector => Met { percent: 0, unsure: sector.is_none() || wishes.sectors_unread },
    })
}

/// Whether the hours meet those asked for; `None` if none were.
pub(crate) fn hours_met(wishes: &WishFacts, hours: HoursPerWeek) -> Option<Met> {
    let wish = wishes.hours?;
    Some(match (hours.min, hours.max) {
        (None, None) => Met { percent: 0, unsure: true },
        _ if meet(wish, hours) => Met { percent: 100, unsure: false },
        _ => Met { percent: 0, unsure: false },
    })
}

fn meet(some: HoursPerWeek, others: HoursPerWeek) -> bool {
    let below = |max: HoursPerWeek, min: HoursPerWeek| matches!((max.max, min.min), (Some(max), Some(min)) if max < min);
    !below(some, others) && !below(others, some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Hundredths;

    fn hours(min: u32, max: u32) -> HoursPerWeek {
        HoursPerWeek { min: Some(Hundredths::whole(min)), max: Some(Hundredths::whole(max)) }
    }

    #[track_caller]
    fn check(wish: &WishFacts, title: &str, sector: Option<&str>, expected: Fit) {
        let vocabulary = Vocabulary::starter();
        let readings = vocabulary.title_readings(title);
        let sector = sector.and_then(Sector::new);
        assert_eq!(
            wishes(&vocabulary, Some(wish), &readings, sector.as_ref(), hours(24, 32)),
            expected
        );
    }

    fn wish(
        title: Option<&str>,
        sectors: Option<&[&str]>,
        hours: Option<HoursPerWeek>,
    ) -> WishFacts {
        WishFacts {
            occupations: title
                .map(|title| Vocabulary::starter().title_readings(title))
                .unwrap_or_default()
                .into(),
            occupations_stated: title.is_some(),
            occupations_unlinked: false,
            sectors_unread: false,
            sectors: sectors.map(|list| list.iter().filter_map(|one| Sector::new(one)).collect()),
            hours,
        }
    }

    #[test]
    fn no_wishes_are_full() {
        assert_eq!(
            wishes(&Vocabulary::starter(), None, &[], None, HoursPerWeek::default()),
            Fit::percent(100)
        );
    }

    #[test]
    fn each_kind_of_wish_counts_alike() {
        check(&wish(Some("kok"), None, None), "kok", None, Fit::percent(100));
        check(&wish(Some("kok"), Some(&["I"]), None), "kok", Some("C"), Fit::percent(50));
        check(
            &wish(Some("kok"), Some(&["I"]), Some(hours(36, 40))),
            "kok",
            Some("I56"),
            Fit::percent(66),
        );
    }

    #[test]
    fn what_the_vacancy_leaves_out_is_unknown() {
        check(&wish(None, Some(&["I"]), None), "kok", None, Fit::AtLeast(0));
    }
}
