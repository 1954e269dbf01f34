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
    // Each kind of wish: how far it is met, and whether a missing fact could make it more.
    let occupations = wishes.occupations_stated.then(|| {
        let pairs = wishes
            .occupations
            .iter()
            .flat_map(|wish| readings.iter().map(|reading| (*wish, *reading)));
        let best =
            pairs.map(|(wish, reading)| vocabulary.occupation_closeness(wish, reading)).max();
        (best.unwrap_or(0), readings.is_empty() || wishes.occupations_unlinked)
    });
    let sectors = wishes.sectors.as_ref().map(|list| match sector {
        Some(sector) if list.iter().any(|wish| wish.holds(sector)) => (100, false),
        sector => (0, sector.is_none() || wishes.sectors_unread),
    });
    let times = wishes.hours.map(|wish| match (hours.min, hours.max) {
        (None, None) => (0, true),
        _ if meet(wish, hours) => (100, false),
        _ => (0, false),
    });
    let stated: Vec<(u8, bool)> = [occupations, sectors, times].into_iter().flatten().collect();
    let sum: u32 = stated.iter().map(|(fit, _)| u32::from(*fit)).sum();
    let count = u32::try_from(stated.len()).unwrap_or(1).max(1);
    match Fit::percent(u8::try_from(sum / count).unwrap_or(100)) {
        Fit::Known(known) if stated.iter().any(|(fit, unsure)| *unsure && *fit < 100) => {
            Fit::AtLeast(known)
        }
        fit => fit,
    }
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
