// SPDX-License-Identifier: EUPL-1.2
//! Travel, hours, the week, and support.

use passend::{
    Availability, ClockTime, ContractWish, HoursPerWeek, Hundredths, Licence, Mobility, Slot,
    SlotKind, Support, TravelMode, Weekday,
};

use crate::draws::{Draws, Part, Record};
use crate::tables::{certificates, travel, unknowns, week, work};
use crate::vacancy::free_time;
use crate::{REFERENCE_DAY, Regime};

/// Time and travel of a person.
#[derive(Debug)]
pub(super) struct Practical {
    pub(super) mobility: Option<Mobility>,
    pub(super) licences: Option<Vec<Licence>>,
    pub(super) available: Option<Availability>,
    pub(super) hours: Option<HoursPerWeek>,
    pub(super) slots: Option<Vec<Slot>>,
    pub(super) irregular_ok: Option<bool>,
    pub(super) office_hours: Option<bool>,
    pub(super) contract_wishes: Option<Vec<ContractWish>>,
    pub(super) support: Option<Support>,
}

pub(super) fn practical(record: Record, regime: Regime) -> Practical {
    let mut draws = record.part(Part::Travel);
    let licences = licences(regime, &mut draws);
    let has_licence = licences.as_ref().is_some_and(|list| !list.is_empty());
    let mobility = mobility(regime, has_licence, &mut draws);
    let support = support(&mut record.part(Part::Support));
    let contract_wishes = contract_wishes(&mut record.part(Part::ContractWishes));
    if regime == Regime::Open {
        return Practical {
            mobility,
            licences,
            available: None,
            hours: Some(hours(1, 40)),
            slots: Some(Vec::new()),
            irregular_ok: Some(true),
            office_hours: None,
            contract_wishes: None,
            support,
        };
    }
    let mut draws = record.part(Part::Hours);
    let most = week::MOST_HOURS.draw(&mut draws);
    let least = most.saturating_sub(week::FEWER_HOURS.draw(&mut draws)).max(8);
    let hours = (!draws.chance(unknowns::HOURS)).then(|| hours(least, most));
    let available = draws.chance(week::BEGINS_LATER).then(|| Availability {
        from: Some(REFERENCE_DAY.plus_days(draws.between(1, 90))),
        until: None,
    });
    let mut draws = record.part(Part::Week);
    Practical {
        mobility,
        licences,
        available,
        hours,
        slots: slots(regime, &mut draws).map(|slots| free(slots, &mut record.part(Part::Times))),
        irregular_ok: week::IRREGULAR_OK.draw(&mut draws),
        office_hours: draws.chance(week::OFFICE_HOURS).then_some(true),
        contract_wishes,
        support,
    }
}

fn hours(least: u32, most: u32) -> HoursPerWeek {
    HoursPerWeek { min: Some(Hundredths::whole(least)), max: Some(Hundredths::whole(most)) }
}

fn licences(regime: Regime, draws: &mut Draws) -> Option<Vec<Licence>> {
    if draws.chance(unknowns::LICENCES) {
        return None;
    }
    let usable = match regime {
        Regime::Azc => certificates::USABLE.draw(draws),
        Regime::General | Regime::Open => certificates::USABLE_GENERAL.draw(draws),
    };
    let licence = Licence {
        category: "B".to_owned(),
        usable_in_nl: usable,
        valid_until: None,
        source: None,
        as_of: None,
    };
    Some(if draws.chance(certificates::HAS_LICENCE) { vec![licence] } else { Vec::new() })
}

fn mobility(regime: Regime, has_licence: bool, draws: &mut Draws) -> Option<Mobility> {
    let left_out = draws.chance(unknowns::TRAVEL_LIMIT);
    let max_km = match regime {
        Regime::Azc => travel::KILOMETRES.draw(draws),
        Regime::General => travel::KILOMETRES_GENERAL.draw(draws),
        Regime::Open => travel::KILOMETRES_OPEN,
    };
    if left_out && regime != Regime::Open {
        return None;
    }
    let mut modes = vec![TravelMode::PublicTransport];
    if draws.chance(travel::RIDES_BIKE) {
        modes.push(TravelMode::Bike);
    }
    if draws.chance(travel::HAS_CAR) && has_licence {
        modes.push(TravelMode::Car);
    }
    let gives_minutes = draws.chance(travel::GIVES_MINUTES) && regime != Regime::Open;
    let max_minutes = gives_minutes.then(|| travel::MINUTES.draw(draws));
    Some(Mobility { max_km: Some(max_km), max_minutes, modes: Some(modes) })
}

/// Lessons (reception) or other duties (general population) on two to four half-days.
fn slots(regime: Regime, draws: &mut Draws) -> Option<Vec<Slot>> {
    const DAYS: [Weekday; 5] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    if draws.chance(unknowns::WEEK) {
        return None;
    }
    let (share, kind) = match regime {
        Regime::Azc => (week::HAS_LESSONS, SlotKind::Class),
        Regime::General | Regime::Open => (week::HAS_DUTIES, SlotKind::Other),
    };
    if !draws.chance(share) {
        return Some(Vec::new());
    }
    let movable = week::MOVABLE.draw(draws);
    let mut left = draws.between(2, 4);
    let mut half_days = 10;
    let mut slots = Vec::new();
    // Each half-day in turn, by the share of those that are still wanted: an even choice, in the order of the week.
    for day in DAYS {
        for (from, to) in week::LESSONS {
            let taken = draws.between(1, half_days) <= left;
            half_days -= 1;
            if taken && let Some((from, to)) = clock(from, to) {
                left -= 1;
                slots.push(Slot { day, from, to, kind, movable });
            }
        }
    }
    Some(slots)
}

/// The same half-days, and for some people lessons that begin at any quarter of an hour.
fn free(mut slots: Vec<Slot>, draws: &mut Draws) -> Vec<Slot> {
    if draws.chance(week::FREE_LESSONS) {
        for slot in &mut slots {
            if let Some((from, to)) = free_time(week::FREE_LESSON_LASTS, draws) {
                (slot.from, slot.to) = (from, to);
            }
        }
    }
    slots
}

fn clock(from: u16, to: u16) -> Option<(ClockTime, ClockTime)> {
    ClockTime::from_minutes(from).zip(ClockTime::from_minutes(to))
}

fn contract_wishes(draws: &mut Draws) -> Option<Vec<ContractWish>> {
    if draws.chance(unknowns::CONTRACT_WISHES) {
        return None;
    }
    let mut wishes = vec![ContractWish::Regular, ContractWish::Temporary];
    for (wish, per_mille) in [
        (ContractWish::Permanent, 700),
        (ContractWish::Apprenticeship, 400),
        (ContractWish::Volunteer, 200),
        (ContractWish::WorkExperience, 200),
    ] {
        if draws.chance(per_mille) {
            wishes.push(wish);
        }
    }
    Some(wishes)
}

fn support(draws: &mut Draws) -> Option<Support> {
    if draws.chance(unknowns::SUPPORT) {
        return None;
    }
    Some(Support {
        language_coach: Some(draws.chance(work::HAS_LANGUAGE_COACH)),
        job_coach: Some(draws.chance(work::HAS_JOB_COACH)),
        workplace_adjustment_arranged: None,
    })
}
