// SPDX-License-Identifier: EUPL-1.2
//! Where the postcodes and reception centres of the records lie.

use serde::Serialize;

use crate::draws::{Draws, File, Part, Record};
use crate::tables::country;
use crate::tables::places::{CENTRES, MUNICIPALITIES, POSTCODE_RADIUS, POSTCODES};
use crate::{Settings, Spread};

/// A postcode or reception centre and its point in the national grid: a row of the file of places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceRow {
    /// Postcode of four digits, or name of the reception centre.
    pub place: String,
    /// Metres east in RD New.
    pub x: i32,
    /// Metres north in RD New.
    pub y: i32,
    /// How far the real place can lie from there, in metres.
    pub radius: u32,
}

/// The postcodes and reception centres that the records name, each somewhere in its municipality.
///
/// The points are invented; they depend on the seed alone. Without them the places of the records are known by
/// municipality.
///
/// ```
/// # use passend_synth::{Settings, places};
/// let rows: Vec<_> = places(&Settings::default()).collect();
/// assert!(rows.iter().any(|row| row.place == "9711"));
/// assert!(rows.iter().any(|row| row.place == "azc Ter Apel"));
/// ```
pub fn places(settings: &Settings) -> impl Iterator<Item = PlaceRow> + use<> {
    let seed = settings.seed;
    let postcodes = POSTCODES.into_iter().flat_map(|(_, first, count, x, y, radius)| {
        (first..first.saturating_add(count))
            .map(move |postcode| (u64::from(postcode), postcode.to_string(), x, y, radius))
    });
    let centres = (0_u64..).zip(CENTRES.values()).filter_map(|(at, (site, municipality))| {
        let (_, _, _, x, y, radius) =
            POSTCODES.into_iter().find(|(name, ..)| *name == municipality)?;
        Some((at, site.to_owned(), x, y, radius))
    });
    postcodes.chain(centres).map(move |(number, place, x, y, radius)| {
        let mut draws = Record::new(seed, File::Places, number).part(Part::Place);
        let (east, north) = within(radius, &mut draws);
        let (x, y) = (x.saturating_add(east), y.saturating_add(north));
        PlaceRow { place, x, y, radius: POSTCODE_RADIUS }
    })
}

/// An even draw from a disc around nothing.
fn within(radius: i32, draws: &mut Draws) -> (i32, i32) {
    let length = |side: i32| i64::from(side) * i64::from(side);
    // Three in four draws lie in the disc: after 64 there is one, but for odds that never happen.
    for _ in 0..64 {
        let (x, y) = (
            draws.between(radius.saturating_neg(), radius),
            draws.between(radius.saturating_neg(), radius),
        );
        if length(x) + length(y) <= length(radius) {
            return (x, y);
        }
    }
    (0, 0)
}

/// In so many of 1,000 draws a postcode of this municipality.
pub(crate) fn postcode_of(municipality: &str, per_mille: u32, draws: &mut Draws) -> Option<String> {
    let is_known = draws.chance(per_mille);
    let (_, first, count, ..) = POSTCODES.into_iter().find(|(name, ..)| *name == municipality)?;
    let postcode = first.saturating_add(draws.below(count));
    is_known.then(|| postcode.to_string())
}

impl Spread {
    /// A municipality with people and work.
    pub(crate) fn municipality(self, draws: &mut Draws) -> &'static str {
        match self {
            Self::North => MUNICIPALITIES.draw(draws),
            Self::Country => {
                let all = country::UPTO.last().copied().unwrap_or_default();
                let drawn = draws.below(all);
                let at = country::UPTO.partition_point(|upto| *upto <= drawn);
                country::MUNICIPALITIES.get(at).copied().unwrap_or_default()
            }
        }
    }

    /// A reception centre and its municipality.
    pub(crate) fn centre(self, draws: &mut Draws) -> (&'static str, &'static str) {
        match self {
            Self::North => CENTRES.draw(draws),
            Self::Country => country::CENTRES.draw(draws),
        }
    }
}
