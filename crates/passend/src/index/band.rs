// SPDX-License-Identifier: EUPL-1.2
//! Blocks of people past whom the vacancies go together: what is the same for all is looked up once.

use super::Keep;
use super::block::Block;
use super::coarse::{Coarse, steps};
use super::gates::{Gates, Setting};
use super::lanes::{LANES, Row};

/// Up to `WORDS` blocks of 64 people.
#[derive(Debug)]
pub(super) struct Band<const WORDS: usize> {
    pub(super) gates: Gates<WORDS>,
    pub(super) blocks: [Block; WORDS],
    pub(super) coarse: Coarse<WORDS>,
    /// What lists of people ask, in steps.
    pub(super) asked_steps: [Row; WORDS],
    /// Pairs that open after the day asked.
    pub(super) later: u64,
    /// What scores are made of is there; else only the gates are.
    pub(super) has_rows: bool,
}

impl<const WORDS: usize> Default for Band<WORDS> {
    fn default() -> Self {
        Self {
            gates: Gates::default(),
            blocks: std::array::from_fn(|_| Block::default()),
            coarse: Coarse::default(),
            asked_steps: [[0; LANES]; WORDS],
            later: 0,
            has_rows: false,
        }
    }
}

impl<const WORDS: usize> Band<WORDS> {
    /// Fills the tables for these people, at most 64 × `WORDS`. Once the work is stopped they stay unfilled.
    pub(super) fn fill(&mut self, setting: Setting<'_>, members: &[u32]) {
        self.fill_gates(setting, members);
        if !(setting.stopped)() {
            self.fill_rows(setting);
        }
    }

    /// Fills what the gates say of these people.
    pub(super) fn fill_gates(&mut self, setting: Setting<'_>, members: &[u32]) {
        self.later = 0;
        self.has_rows = false;
        let members = members.get(..WORDS * LANES).unwrap_or(members);
        let mut rest = members.chunks(LANES);
        for block in &mut self.blocks {
            block.take(setting.asks, rest.next().unwrap_or_default());
        }
        self.gates.fill(setting, members);
    }

    /// Fills what the scores of the same people are made of.
    pub(super) fn fill_rows(&mut self, setting: Setting<'_>) {
        self.has_rows = true;
        for block in self.blocks.iter_mut().filter(|block| !block.members.is_empty()) {
            block.fill_rows(setting);
        }
        self.coarse.fill(setting.index, &self.blocks);
    }

    /// Notes what the lists of people ask by now.
    pub(super) fn note_steps(&mut self) {
        for (asked, block) in self.asked_steps.iter_mut().zip(&self.blocks) {
            *asked = steps(&block.thresholds.0);
        }
    }

    /// The people, with their lists.
    pub(super) fn lists(&mut self) -> impl Iterator<Item = (u32, &mut Keep)> {
        self.blocks.iter_mut().flat_map(|block| block.members.iter().copied().zip(&mut block.keeps))
    }
}
