// SPDX-License-Identifier: EUPL-1.2
//! What vacancies ask, by number: each by itself, and those next to each other that ask the same of the gates.

/// How many gates sort the vacancies: the way to work first, then the others.
pub(super) const LEVELS: usize = 7;
/// For so many of the first levels a group knows where the next one begins.
pub(super) const SKIPS: usize = 3;

/// What a vacancy asks, by number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) vacancy: u32,
    pub(super) first_skill: u32,
    /// Its parts: education, language, travel, occupation.
    pub(super) parts: [u32; 4],
    /// Sectors and hours that people ask for.
    pub(super) wishes: [u32; 2],
    pub(super) exclusion: u32,
    pub(super) times: u32,
    pub(super) hours: u32,
    pub(super) skills: u16,
    pub(super) weights: u8,
}

/// Vacancies next to each other that ask the same of the gates that sort them.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) way: u32,
    pub(super) keys: [u32; LEVELS],
    /// The first key that differs from the group before; 0 is the way.
    pub(super) differs: u8,
    /// The next group in which one of the first keys, up to this one, differs.
    pub(super) next: [u32; SKIPS],
    pub(super) first: u32,
    pub(super) end: u32,
}
