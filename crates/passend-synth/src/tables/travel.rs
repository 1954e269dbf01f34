// SPDX-License-Identifier: EUPL-1.2
//! How far and how people travel. Assumed: no source gives limits of newcomers.

use crate::shares::Shares;

/// Kilometres at most, one way, for people in reception.
pub(crate) const KILOMETRES: Shares<u16> =
    Shares::per_mille(&[(10, 100), (15, 200), (20, 200), (30, 200), (40, 150), (60, 100)], 100);
/// The same for the general population: from 20 km.
pub(crate) const KILOMETRES_GENERAL: Shares<u16> =
    Shares::per_mille(&[(20, 200), (30, 200), (40, 200), (60, 200)], 100);
/// Further than any two places of the three provinces.
pub(crate) const KILOMETRES_OPEN: u16 = 500;
/// Minutes are given beside the kilometres.
pub(crate) const GIVES_MINUTES: u32 = 150;
pub(crate) const MINUTES: Shares<u16> = Shares::per_mille(&[(30, 250), (45, 350), (60, 300)], 90);
/// Means of travel that people name; public transport for all.
pub(crate) const RIDES_BIKE: u32 = 800;
/// A car, of those with a driving licence.
pub(crate) const HAS_CAR: u32 = 300;
