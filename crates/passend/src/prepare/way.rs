// SPDX-License-Identifier: EUPL-1.2
//! The way between two places; the gate and the criterion both ask.

use crate::policy::Area;

/// A way by road in metres: at least, between the centres, at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) least: u32,
    pub(crate) centre: u32,
    pub(crate) most: u32,
}

/// The straight line × the detour, rounded down to whole metres.
pub(crate) fn way(home: Area, work: Area, detour_percent: u32) -> Way {
    let (least, centre, most) = home.distance(work);
    let road = |metres: u32| {
        u32::try_from(u64::from(metres) * u64::from(detour_percent) / 100).unwrap_or(u32::MAX)
    };
    Way { least: road(least), centre: road(centre), most: road(most) }
}
