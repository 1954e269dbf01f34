// SPDX-License-Identifier: EUPL-1.2
//! How often an answer is right, counted on development data.

use super::relation::Relation;

/// From this confidence on, in percent, an answer is not asked.
pub(crate) const ENOUGH: u8 = 75;

/// The row and column of an answer in the table.
///
/// `carriers` have the very words of the text; `margin` is how far the second is behind, in percent; `near` how near the
/// label is, of 10,000.
pub(crate) fn kind(
    relation: Relation,
    preferred: bool,
    carriers: usize,
    margin: u32,
    near: u32,
) -> (u8, u8) {
    let row = match (relation, preferred) {
        (Relation::Same, _) if carriers > 1 => 2,
        (Relation::Same, true) => 0,
        (Relation::Same, false) => 1,
        (Relation::Spelt, _) => 3,
        (Relation::Narrower, _) => 4,
        (Relation::Opens, _) => 5,
        (Relation::Holds, _) => 6,
        (Relation::Other, _) if near >= 6_000 => 7,
        (Relation::Other, _) => 8,
    };
    let column = match margin {
        0..3 => 0,
        3..8 => 1,
        8..16 => 2,
        _ => 3,
    };
    (row, column)
}

/// How often the first concept of such an answer is right, and one of the first three, in percent.
pub(crate) fn confidence((row, column): (u8, u8)) -> (u8, u8) {
    TABLE
        .get(usize::from(row))
        .and_then(|row| row.get(usize::from(column)))
        .copied()
        .unwrap_or_default()
}

const TABLE: [[(u8, u8); 4]; 9] = [
    [(76, 90), (85, 92), (90, 95), (95, 97)],
    [(60, 80), (70, 85), (78, 90), (85, 92)],
    [(40, 70), (40, 75), (40, 80), (40, 90)],
    [(50, 70), (60, 75), (75, 80), (85, 90)],
    [(30, 50), (40, 60), (50, 70), (60, 75)],
    [(30, 50), (40, 60), (60, 70), (76, 80)],
    [(10, 20), (20, 30), (30, 50), (40, 60)],
    [(10, 20), (20, 30), (30, 50), (40, 60)],
    [(10, 20), (20, 30), (30, 50), (40, 60)],
];
