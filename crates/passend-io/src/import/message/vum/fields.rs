// SPDX-License-Identifier: EUPL-1.2
//! The fields of VUM messages, out of the table beside this file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use passend::Side;

use super::Version;

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text of at most so many characters.
    Text(usize),
    /// Letters, digits, `_`, `.` and `-`, at most so many.
    Id(usize),
    /// Digits, at most so many.
    Digits(usize),
    /// A whole number of at most this.
    Whole(u64),
    /// One of these numbers.
    Code(Vec<u64>),
    /// One of these texts.
    Word(Vec<&'static str>),
    Day,
    Postcode,
    Language,
}

/// Where a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Record,
    Contact,
    Health,
    FreeText,
    NoField,
}

/// A place in a message: an object with keys, or a value.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) keys: BTreeMap<&'static str, Field>,
    pub(super) value: Option<(Kind, Use)>,
    /// There may be several.
    pub(super) is_list: bool,
    /// It must be there in the object around it.
    pub(super) required: bool,
}

const TABLE: &str = include_str!("fields.tsv");

/// The fields of a message, below its first bracket.
pub(super) fn fields(side: Side, version: Version) -> &'static Field {
    static ALL: LazyLock<[Field; 4]> = LazyLock::new(|| {
        [tree("candidate", "3"), tree("candidate", "2"), tree("vacancy", "3"), tree("vacancy", "2")]
    });
    let [candidate_3, candidate_2, vacancy_3, vacancy_2] = &*ALL;
    match (side, version) {
        (Side::Candidate, Version::Three) => candidate_3,
        (Side::Candidate, Version::Two) => candidate_2,
        (Side::Vacancy, Version::Three) => vacancy_3,
        (Side::Vacancy, Version::Two) => vacancy_2,
    }
}

/// Where the field of this path goes, the path without places in lists: `taalbeheersing[].codeTaal`.
pub(super) fn use_of(side: Side, version: Version, path: &str) -> Use {
    let mut field = fields(side, version);
    for part in path.split('.') {
        match field.keys.get(part.trim_end_matches("[]")) {
            Some(below) => field = below,
            None => return Use::NoField,
        }
    }
    field.value.as_ref().map_or(Use::NoField, |(_, place)| *place)
}

fn rows() -> impl Iterator<Item = [&'static str; 5]> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        <[&str; 5]>::try_from(cells).ok()
    })
}

fn tree(side: &str, version: &str) -> Field {
    let mut top = Field::default();
    for [row_side, row_version, path, kind, place] in rows() {
        if row_side != side || row_version != version {
            continue;
        }
        let mut field = &mut top;
        for part in path.trim_end_matches('!').split('.') {
            let below = field.keys.entry(part.trim_end_matches("[]")).or_default();
            below.is_list |= part.ends_with("[]");
            field = below;
        }
        field.required = path.ends_with('!');
        field.value = kind_of(kind).zip(place_of(place));
    }
    top
}

fn kind_of(text: &'static str) -> Option<Kind> {
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    Some(match name {
        "text" => Kind::Text(rest.parse().ok()?),
        "id" => Kind::Id(rest.parse().ok()?),
        "digits" => Kind::Digits(rest.parse().ok()?),
        "whole" => Kind::Whole(rest.parse().ok()?),
        "code" => Kind::Code(rest.split('|').filter_map(|code| code.parse().ok()).collect()),
        "word" => Kind::Word(rest.split('|').collect()),
        "day" => Kind::Day,
        "postcode" => Kind::Postcode,
        "language" => Kind::Language,
        _ => return None,
    })
}

fn place_of(text: &str) -> Option<Use> {
    Some(match text {
        "record" => Use::Record,
        "contact" => Use::Contact,
        "health" => Use::Health,
        "free_text" => Use::FreeText,
        "no_field" => Use::NoField,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_field_of_version_3_once() {
        let mut paths = std::collections::BTreeSet::new();
        let mut of = BTreeMap::new();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            assert_eq!(line.split('\t').count(), 5, "{line}");
        }
        for [side, version, path, kind, place] in rows() {
            assert!(kind_of(kind).is_some() && place_of(place).is_some(), "{path}");
            assert!(paths.insert((side, version, path)), "{path} twice");
            // The id of the exchange is no field of the data standard.
            if version == "3" && path != "vumID" {
                *of.entry(side).or_insert(0) += 1;
            }
        }
        assert_eq!(of, BTreeMap::from([("candidate", 60), ("vacancy", 51)]));
    }

    #[test]
    fn health_and_contact_have_no_way_into_a_record() {
        for path in ["eisAanWerk.indicatieBegeleiding", "indicatieLdrRegistratie"] {
            assert_eq!(use_of(Side::Candidate, Version::Three, path), Use::Health);
        }
        for path in ["emailadres[]", "contactpersoon[].telefoonnummer", "webadres[].url"] {
            assert_eq!(use_of(Side::Candidate, Version::Three, path), Use::Contact);
        }
    }
}
