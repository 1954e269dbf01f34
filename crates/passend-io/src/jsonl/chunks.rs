// SPDX-License-Identifier: EUPL-1.2
//! Cuts JSON Lines into chunks of whole lines.

use std::io::{self, BufRead, Read};

use super::pieces::LONGEST;
use crate::part::Chunk;

/// A chunk has about so many bytes: enough that handing it to a thread costs nothing.
const LONG: usize = 1 << 19;

/// The chunks of an input.
pub(super) struct Chunks<R> {
    input: R,
    byte: u64,
    /// The begin of a line whose end was not read yet.
    rest: Vec<u8>,
}

impl<R: BufRead> Chunks<R> {
    /// The chunks of an input from which `skipped` bytes were taken.
    pub(super) fn new(input: R, skipped: u64) -> Self {
        Self { input, byte: skipped, rest: Vec::new() }
    }

    /// Puts the next lines into `text`; `None` after the last.
    ///
    /// Of a line that is longer than a record may be only the begin is kept, enough to show that it is too long; it ends
    /// its chunk.
    pub(super) fn next(&mut self, mut text: Vec<u8>) -> io::Result<Option<Chunk<Vec<u8>>>> {
        text.clear();
        text.append(&mut self.rest);
        let byte = self.byte;
        let mut skipped = 0;
        loop {
            let known = text.len();
            let wanted = LONG.max(known.saturating_mul(2)).saturating_sub(known);
            let wanted = u64::try_from(wanted).unwrap_or(u64::MAX);
            let read = self.input.by_ref().take(wanted).read_to_end(&mut text)?;
            let new = text.get(known..).unwrap_or_default();
            if let Some(last) = new.iter().rposition(|byte| *byte == b'\n') {
                self.rest = text.split_off(known + last + 1);
                break;
            }
            if read == 0 {
                break;
            }
            if text.len() > LONGEST + 1 {
                skipped = self.input.skip_until(b'\n')?;
                break;
            }
        }
        if text.is_empty() {
            return Ok(None);
        }
        self.byte += u64::try_from(text.len() + skipped).unwrap_or(u64::MAX);
        Ok(Some(Chunk { byte, content: text }))
    }
}
