// SPDX-License-Identifier: EUPL-1.2
//! Travel: falls with the distance itself, not with the person's own limit, which would punish who can travel less.

use crate::policy::Area;
use crate::prepare::way;
use crate::score::Fit;

/// Up to here the way is no burden: a quarter of an hour by bicycle.
const NEAR_METRES: u32 = 5_000;
/// From here on nothing is left.
const FAR_METRES: u32 = 60_000;

/// 100 up to 5 km, 0 from 60 km, falling evenly between: 100 − ⌈100 × (way − 5 km) / 55 km⌉; the way is the one between the
/// centres of what is known of both places.
pub(crate) fn travel(
    home: Option<Area>,
    work: Option<Area>,
    remote: bool,
    detour_percent: u32,
) -> Fit {
    if remote {
        return Fit::NotAsked;
    }
    let (Some(home), Some(work)) = (home, work) else { return Fit::Unknown };
    let beyond = way(home, work, detour_percent).centre.saturating_sub(NEAR_METRES);
    let lost =
        u8::try_from((u64::from(beyond) * 100).div_ceil(u64::from(FAR_METRES - NEAR_METRES)))
            .unwrap_or(100);
    Fit::percent(100u8.saturating_sub(lost))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(metres: i32, expected: u8) {
        let home = Area { x: 200_000, y: 500_000, radius: 3_000 };
        let work = Area { x: 200_000, y: 500_000 + metres, radius: 0 };
        assert_eq!(travel(Some(home), Some(work), false, 130), Fit::percent(expected), "{metres}");
    }

    #[test]
    fn the_fit_falls_from_5_to_60_km_by_road() {
        check(0, 100);
        check(3_846, 100); // 4,999 m by road
        check(3_848, 99); // 5,002 m by road
        check(25_000, 50); // 32,500 m by road
        check(46_154, 0);
        check(100_000, 0);
    }

    #[test]
    fn remote_work_does_not_ask() {
        assert_eq!(travel(None, None, true, 130), Fit::NotAsked);
        assert_eq!(travel(None, None, false, 130), Fit::Unknown);
    }
}
