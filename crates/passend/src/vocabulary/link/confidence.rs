// SPDX-License-Identifier: EUPL-1.2
//! How often an answer is right, counted on development data.

use super::relation::Relation;

/// From this confidence on, in percent, an answer is not asked.
pub(crate) const ENOUGH: u8 = 70;
/// From this confidence on the best three are readings.
pub(crate) const ENOUGH_FOR_THREE: u8 = 75;

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
        // Too few are misspelt to be counted: they are taken for the label, one class of margin lower.
        (Relation::Same | Relation::Misspelt, true) => 0,
        (Relation::Same | Relation::Misspelt, false) => 1,
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
    let lower = u8::from(relation == Relation::Misspelt);
    (row, column.max(lower) - lower)
}

/// How often the first concept of such an answer is right, and one of the first three, in percent.
pub(crate) fn confidence((row, column): (u8, u8)) -> (u8, u8) {
    TABLE
        .get(usize::from(row))
        .and_then(|row| row.get(usize::from(column)))
        .copied()
        .unwrap_or_default()
}

/// Counted by `cargo xtask quality --confidence`, small cells evened out so that a larger margin is never less sure.
const TABLE: [[(u8, u8); 4]; 9] = [
    [(62, 88), (77, 91), (91, 96), (96, 97)], // the preferred label
    [(40, 60), (45, 61), (56, 80), (77, 84)], // another label
    [(41, 70), (46, 70), (60, 77), (60, 80)], // a label of several concepts
    [(30, 55), (40, 65), (45, 65), (80, 80)], // another order
    [(10, 40), (17, 46), (50, 67), (55, 72)], // the label says more
    [(22, 40), (29, 42), (40, 57), (74, 80)], // the text goes on after the label
    [(15, 40), (28, 47), (32, 51), (48, 62)], // the text has words before the label
    [(14, 35), (21, 43), (25, 45), (40, 54)], // a part is alike, and near
    [(7, 18), (8, 22), (13, 24), (17, 28)],   // a part is alike, and not near
];
