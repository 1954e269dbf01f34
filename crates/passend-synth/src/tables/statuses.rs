// SPDX-License-Identifier: EUPL-1.2
//! Residence statuses of people in reception.

use crate::shares::Shares;

/// What a person may do now and later, from which the status and its dates follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Situation {
    StatusHolder,
    Ukraine,
    /// In procedure for six months or longer.
    AsylumLonger,
    /// In procedure for less than six months.
    AsylumShorter,
    Dublin,
    Return,
}

/// People of working age in reception.
///
/// Status holders 35 %: 37 % of the residents of COA in December 2024 (SER Noord-Nederland, NJi) beside displaced
/// Ukrainians. The rest is assumed: the 63 % "asylum seekers and others" are not split by a source. 8 % Ukrainians stands
/// for the municipal reception near the centres; 30 and 22 % longer and shorter than six months is a guess at inflow
/// against waits of 1.5 years (IND average); 3 % Dublin and 2 % return decision are assumed.
pub(crate) const RECEPTION: Shares<Situation> = Shares::per_mille(
    &[
        (Situation::StatusHolder, 350),
        (Situation::Ukraine, 80),
        (Situation::AsylumLonger, 300),
        (Situation::AsylumShorter, 220),
        (Situation::Dublin, 30),
    ],
    Situation::Return, // 20
);

/// Days before the reference day on which a procedure of six months or longer began: up to about three years.
///
/// Six calendar months before 2026-11-25 are 184 days.
pub(crate) const LONGER: (i32, i32) = (184, 1_095);
/// Days before the reference day on which a shorter procedure began.
pub(crate) const SHORTER: (i32, i32) = (0, 183);
/// Days before the reference day on which an asylum permit was given: up to three years (housing takes 1.5 on average).
pub(crate) const PERMIT_SINCE: (i32, i32) = (0, 1_095);
/// Months for which an asylum permit for a fixed term is given.
pub(crate) const PERMIT_MONTHS: i32 = 60;
/// Days after the reference day on which the document of an asylum seeker ends; assumed.
pub(crate) const DOCUMENT_LEFT: (i32, i32) = (30, 540);
/// The kind of document was noted; assumed.
pub(crate) const DOCUMENT_NOTED: u32 = 850;
/// The note on work of a residence permit was noted; assumed.
pub(crate) const NOTE_READ: u32 = 600;

/// Has a BSN, waits for it, or nobody asked (`None`), among asylum seekers.
///
/// About 17,500 people waited for a BSN in November 2024 (Tweede Kamer 2024D44827), a quarter of 69,790 residents.
pub(crate) const BSN_OF_ASYLUM_SEEKERS: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 600), (Some(false), 350)], None);
/// The same for others; assumed.
pub(crate) const BSN_OF_OTHERS: Shares<Option<bool>> =
    Shares::per_mille(&[(Some(true), 900), (Some(false), 50)], None);

/// A status holder in reception expects a place to live; the day is between 30 and 365 days away. Assumed.
pub(crate) const EXPECTS_MOVE: u32 = 600;
/// Of these: the municipality is known; of those, the day is certain. Assumed.
pub(crate) const MOVE_PLACE_KNOWN: u32 = 500;
pub(crate) const MOVE_CERTAIN: u32 = 500;
