// SPDX-License-Identifier: EUPL-1.2
//! Places in the national grid (RD New, EPSG:28992), in whole metres.

use std::collections::HashMap;

use crate::text::fold;

/// A place that the caller adds: a postcode, a reception centre or another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    name: String,
    x: i32,
    y: i32,
    radius: u32,
}

/// The coordinates lie outside the Netherlands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected whole metres in RD New: x from -7000 to 300000, y from 289000 to 629000, radius below 100000"
)]
pub struct PlaceError;

impl Place {
    /// A place by its postcode (`9711` or `9711LM`), name of a site or GM code; `x` and `y` in whole metres of RD New,
    /// `radius` how far the real place can lie from there.
    ///
    /// # Errors
    ///
    /// The coordinates lie outside the Netherlands, as degrees do.
    pub fn new(name: impl Into<String>, x: i32, y: i32, radius: u32) -> Result<Self, PlaceError> {
        let inside =
            (-7_000..=300_000).contains(&x) && (289_000..=629_000).contains(&y) && radius < 100_000;
        if inside { Ok(Self { name: name.into(), x, y, radius }) } else { Err(PlaceError) }
    }
}

/// A disc in which somebody or something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Area {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) radius: u32,
}

impl Area {
    /// Straight distance in metres: least, between the centres, most. Whole-number arithmetic, rounded down.
    pub(crate) fn distance(self, other: Self) -> (u32, u32, u32) {
        let side = |a: i32, b: i32| u64::from(a.abs_diff(b));
        let (dx, dy) = (side(self.x, other.x), side(self.y, other.y));
        let centre = u32::try_from((dx * dx + dy * dy).isqrt()).unwrap_or(u32::MAX);
        let reach = self.radius.saturating_add(other.radius);
        (centre.saturating_sub(reach), centre, centre.saturating_add(reach))
    }
}

/// A municipality: a row of `municipalities.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Municipality {
    pub(crate) code: String,
    pub(crate) name: String,
    /// Code and name of its labour-market region.
    pub(crate) region: (String, String),
    pub(crate) province: String,
    area: Area,
}

/// Number of a municipality within the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MunicipalityIndex(pub(crate) u16);

/// All places that have a name.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    municipalities: Vec<Municipality>,
    by_name: HashMap<String, usize>,
    added: HashMap<String, Area>,
}

impl Places {
    /// The municipalities of the table; rows that cannot be read are left out, which a test forbids.
    pub(crate) fn builtin() -> Self {
        let table = include_str!("../../policy/municipalities.tsv");
        let mut places =
            Self { municipalities: Vec::new(), by_name: HashMap::new(), added: HashMap::new() };
        for row in table.lines().filter(|row| !row.starts_with('#')).skip(1) {
            places.add_municipality(row);
        }
        places
    }

    fn add_municipality(&mut self, row: &str) -> Option<()> {
        let cells: [&str; 10] = row.split('\t').collect::<Vec<_>>().try_into().ok()?;
        let [code, name, alt, region_code, region, province, x, y, radius, _] = cells;
        let area = Area { x: x.parse().ok()?, y: y.parse().ok()?, radius: radius.parse().ok()? };
        let at = self.municipalities.len();
        self.municipalities.push(Municipality {
            code: code.into(),
            name: name.into(),
            region: (region_code.into(), region.into()),
            province: province.into(),
            area,
        });
        for name in [code, name].into_iter().chain(alt.split('|')).filter(|name| !name.is_empty()) {
            self.by_name.entry(fold(name)).or_insert(at);
        }
        Some(())
    }

    pub(crate) fn extend(&mut self, places: impl IntoIterator<Item = Place>) {
        for place in places {
            let area = Area { x: place.x, y: place.y, radius: place.radius };
            self.added.insert(key(&place.name), area);
        }
    }

    pub(crate) fn municipality(&self, name: &str) -> Option<&Municipality> {
        self.by_name.get(&fold(name)).and_then(|at| self.municipalities.get(*at))
    }

    /// The number of the municipality with this name or code.
    pub(crate) fn municipality_called(&self, name: &str) -> Option<MunicipalityIndex> {
        self.by_name.get(&fold(name)).and_then(|at| u16::try_from(*at).ok()).map(MunicipalityIndex)
    }

    /// The municipality with this number.
    pub(crate) fn municipality_at(&self, index: MunicipalityIndex) -> Option<&Municipality> {
        self.municipalities.get(usize::from(index.0))
    }

    /// The smallest area that is known: the added postcode or site, then the municipality.
    pub(crate) fn find(
        &self,
        postcode: Option<&str>,
        site: Option<&str>,
        municipality: Option<&str>,
    ) -> Option<Area> {
        let added = |name: &str| self.added.get(&key(name)).copied();
        let by_postcode = |code: &str| {
            let code = code.trim();
            added(code).or_else(|| added(code.get(..4)?))
        };
        postcode
            .and_then(by_postcode)
            .or_else(|| site.and_then(added))
            .or_else(|| municipality.and_then(added))
            .or_else(|| {
                municipality.and_then(|name| self.municipality(name)).map(|known| known.area)
            })
            .or_else(|| site.and_then(|name| self.municipality(name)).map(|known| known.area))
    }
}

/// Postcodes with and without a space are one place.
fn key(name: &str) -> String {
    fold(name).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_is_read_and_lies_in_the_netherlands() {
        let places = Places::builtin();
        assert_eq!(places.municipalities.len(), 342);
        for one in &places.municipalities {
            Place::new(&one.name, one.area.x, one.area.y, one.area.radius).unwrap();
        }
        assert_eq!(places.municipality("gm0014").unwrap().name, "Groningen");
        assert_eq!(places.municipality("Súdwest Fryslân").unwrap().code, "GM1900");
    }

    #[test]
    fn distance_is_an_interval_between_areas() {
        let groningen = Area { x: 233_000, y: 582_000, radius: 5_000 };
        let assen = Area { x: 233_000, y: 556_000, radius: 4_000 };
        assert_eq!(groningen.distance(assen), (17_000, 26_000, 35_000));
        assert_eq!(groningen.distance(groningen), (0, 0, 10_000));
    }

    #[test]
    fn an_added_postcode_is_smaller_than_its_municipality() {
        let mut places = Places::builtin();
        places.extend([Place::new("9711", 233_500, 582_000, 500).unwrap()]);
        let found = places.find(Some("9711 LM"), None, Some("Groningen")).unwrap();
        assert_eq!(found, Area { x: 233_500, y: 582_000, radius: 500 });
        assert!(places.find(Some("9999"), None, None).is_none());
        assert!(Place::new("degrees", 53, 6, 0).is_err());
    }
}
