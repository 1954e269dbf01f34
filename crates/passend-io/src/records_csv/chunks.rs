// SPDX-License-Identifier: EUPL-1.2
//! Cuts a table into chunks of whole rows.

use std::io::{self, BufRead, Read};

use super::cells::{Quotes, Step};
use crate::jsonl::LONGEST;
use crate::part::Chunk;

/// A chunk has about so many bytes: enough that handing it to a thread costs nothing.
const LONG: usize = 1 << 19;

/// Rows, one after another.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) text: Vec<u8>,
    pub(super) state: State,
}

/// Whether the rows could be cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum State {
    /// All of them.
    #[default]
    Whole,
    /// One line, with which a row begins that is longer than a record may be.
    TooLong,
    /// One line, with which a row begins whose quotes are not closed.
    Unclosed,
}

/// The chunks of an input.
pub(super) struct Chunks<R> {
    input: R,
    byte: u64,
    /// What was read and is in no chunk yet; begins with a row.
    rest: Vec<u8>,
    /// Where we are after `looked_at` bytes of it.
    quotes: Quotes,
    looked_at: usize,
    is_at_end: bool,
}

impl<R: BufRead> Chunks<R> {
    /// The chunks of an input from which `skipped` bytes were taken.
    pub(super) fn new(input: R, skipped: u64) -> Self {
        Self {
            input,
            byte: skipped,
            rest: Vec::new(),
            quotes: Quotes::default(),
            looked_at: 0,
            is_at_end: false,
        }
    }

    /// The next rows, for which the memory of used ones is taken; `None` after the last.
    ///
    /// A row that never ends is cut off after its first line: the lines after it are rows again. So one quote too many
    /// costs one row.
    pub(super) fn next(&mut self, mut used: Rows) -> io::Result<Option<Chunk<Rows>>> {
        let (mut row_begin, mut line_end) = (0, 0);
        loop {
            let mut is_too_long = false;
            for (at, byte) in self.rest.iter().enumerate().skip(self.looked_at) {
                if self.quotes.step(*byte) == Step::Row {
                    row_begin = at + 1;
                    if *byte == b'\n' {
                        line_end = at + 1;
                    }
                } else if at - row_begin >= LONGEST {
                    is_too_long = true;
                    break;
                }
            }
            self.looked_at = self.rest.len();
            if line_end > 0 && (is_too_long || line_end >= LONG / 2 || self.is_at_end) {
                return Ok(Some(self.cut(line_end, State::Whole, used)));
            }
            if self.rest.is_empty() && self.is_at_end {
                return Ok(None);
            }
            if self.is_at_end && !self.quotes.is_quoted() && !is_too_long {
                return Ok(Some(self.cut(self.rest.len(), State::Whole, used)));
            }
            if self.is_at_end || is_too_long {
                let state = if is_too_long { State::TooLong } else { State::Unclosed };
                if let Some(line) = self.rest.iter().position(|byte| *byte == b'\n') {
                    return Ok(Some(self.cut(line + 1, state, used)));
                }
                let skipped = self.input.skip_until(b'\n')?;
                let mut chunk = self.cut(self.rest.len(), state, used);
                self.byte += u64::try_from(skipped).unwrap_or(u64::MAX);
                if skipped > 0 {
                    // So that its end is counted as that of a line.
                    chunk.content.text.push(b'\n');
                }
                return Ok(Some(chunk));
            }
            used.text.clear();
            let wanted = u64::try_from(LONG).unwrap_or(u64::MAX);
            let read = self.input.by_ref().take(wanted).read_to_end(&mut self.rest)?;
            self.is_at_end = read == 0;
        }
    }

    /// Takes so many bytes as a chunk; what is left is looked at from its begin.
    fn cut(&mut self, end: usize, state: State, mut used: Rows) -> Chunk<Rows> {
        used.text.clear();
        used.text.extend_from_slice(self.rest.get(..end).unwrap_or_default());
        used.state = state;
        self.rest.drain(..end);
        self.quotes = Quotes::default();
        self.looked_at = 0;
        let byte = self.byte;
        self.byte += u64::try_from(end).unwrap_or(u64::MAX);
        Chunk { byte, content: used }
    }
}
