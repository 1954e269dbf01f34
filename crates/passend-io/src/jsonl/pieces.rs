// SPDX-License-Identifier: EUPL-1.2
//! Cuts a file into the texts of its records, one at a time, so that a large file stays small in memory.

use std::io::{self, BufRead, Read};

use super::sniff::Layout;

/// A record is at most this long; a longer one is nearly always a missing quote or line break.
pub(crate) const LONGEST: usize = 1 << 20;

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// From 1.
    pub(crate) line: u64,
    /// From 0.
    pub(crate) byte: u64,
    /// In characters from 1.
    pub(crate) column: u64,
}

impl Place {
    /// Where a file begins.
    pub(crate) fn start() -> Self {
        Self { line: 1, byte: 0, column: 1 }
    }

    /// The place after these bytes.
    pub(crate) fn after(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            self.byte += 1;
            if *byte == b'\n' {
                self.line += 1;
                self.column = 1;
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                // Only the first byte of a character counts.
                self.column += 1;
            }
        }
        self
    }
}

/// Where a record begins and whether it could be cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) place: Place,
    pub(crate) state: State,
}

/// Whether a record could be cut out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// The text is there.
    Whole,
    /// The file ended right after it, without a line break.
    Unended,
    /// The text is longer than [`LONGEST`] and was skipped.
    TooLong,
    /// The file ended within it.
    Cut,
    /// In a list: a comma too many or too few, or something after the list.
    Misplaced,
}

/// The records of a file.
pub(crate) struct Pieces<R> {
    input: R,
    layout: Layout,
    place: Place,
    list: List,
}

/// Where we are in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Before,
    /// After `[`.
    Opened,
    /// After a record.
    AfterRecord,
    /// After a comma.
    AfterComma,
    /// After `]`.
    Closed,
}

impl<R: BufRead> Pieces<R> {
    /// The records of an input that begins at this place.
    pub(crate) fn new(input: R, layout: Layout, place: Place) -> Self {
        Self { input, layout, place, list: List::Before }
    }

    /// The place after what was read.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// Puts the next record into `text`; `None` after the last.
    pub(crate) fn next(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        text.clear();
        match self.layout {
            Layout::Lines => self.next_line(text),
            Layout::List => self.next_in_list(text),
            Layout::Spread => match self.peek()? {
                None => Ok(None),
                Some(_) => self.value(text).map(Some),
            },
        }
    }

    /// Whether a list was begun and not closed.
    pub(crate) fn is_open_list(&self) -> bool {
        self.layout == Layout::List && self.list != List::Closed
    }

    fn here(&self, state: State) -> Piece {
        Piece { place: self.place, state }
    }

    fn next_line(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        loop {
            text.clear();
            let mut piece = self.here(State::Whole);
            let most = u64::try_from(LONGEST + 2).unwrap_or(u64::MAX);
            let mut read = self.input.by_ref().take(most).read_until(b'\n', text)?;
            if read == 0 {
                return Ok(None);
            }
            if text.last() != Some(&b'\n') {
                piece.state = State::Unended;
                if text.len() > LONGEST {
                    piece.state = State::TooLong;
                    read += self.input.skip_until(b'\n')?;
                }
            }
            self.place.line += 1;
            self.place.byte += u64::try_from(read).unwrap_or(u64::MAX);
            if !text.trim_ascii().is_empty() || piece.state == State::TooLong {
                return Ok(Some(piece));
            }
        }
    }

    fn next_in_list(&mut self, text: &mut Vec<u8>) -> io::Result<Option<Piece>> {
        loop {
            let Some(byte) = self.peek()? else { return Ok(None) };
            match (self.list, byte) {
                (List::Before, _) => {
                    self.take(byte);
                    self.list = List::Opened;
                }
                (List::AfterRecord, b',') => {
                    self.take(byte);
                    self.list = List::AfterComma;
                }
                (List::Opened | List::AfterRecord, b']') => {
                    self.take(byte);
                    self.list = List::Closed;
                }
                (List::Opened | List::AfterComma, b',') | (List::AfterComma, b']') => {
                    let piece = self.here(State::Misplaced);
                    self.take(byte);
                    self.list = if byte == b']' { List::Closed } else { List::AfterComma };
                    return Ok(Some(piece));
                }
                (List::Opened | List::AfterComma, _) => {
                    self.list = List::AfterRecord;
                    return self.value(text).map(Some);
                }
                (List::AfterRecord, _) => {
                    let piece = self.value(text)?;
                    return Ok(Some(Piece { state: State::Misplaced, ..piece }));
                }
                (List::Closed, _) => {
                    let piece = self.here(State::Misplaced);
                    // Nothing after the list can be a record: one refusal for all of it.
                    io::copy(&mut self.input, &mut io::sink())?;
                    return Ok(Some(piece));
                }
            }
        }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let next = buffer.get(blank).copied();
            self.place = self.place.after(buffer.get(..blank).unwrap_or_default());
            self.input.consume(blank);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Takes a bracket or comma.
    fn take(&mut self, sign: u8) {
        self.input.consume(1);
        self.place = self.place.after(&[sign]);
    }

    /// Takes one value: until its brackets are closed, or a value without brackets until its end.
    fn value(&mut self, text: &mut Vec<u8>) -> io::Result<Piece> {
        let mut piece = self.here(State::Whole);
        let mut nesting = Nesting::default();
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                if nesting.is_open() && piece.state != State::TooLong {
                    piece.state = State::Cut;
                }
                return Ok(piece);
            }
            let mut used = 0;
            let mut ended = false;
            for byte in buffer {
                match nesting.step(*byte) {
                    Step::Within => used += 1,
                    Step::Last => {
                        used += 1;
                        ended = true;
                    }
                    Step::Beyond => ended = true,
                }
                if ended {
                    break;
                }
            }
            let taken = buffer.get(..used).unwrap_or_default();
            if text.len() + taken.len() > LONGEST {
                piece.state = State::TooLong;
            } else if piece.state != State::TooLong {
                text.extend_from_slice(taken);
            }
            self.place = self.place.after(taken);
            self.input.consume(used);
            if ended {
                return Ok(piece);
            }
        }
    }
}

/// How deep we are in brackets, and whether in a text.
#[derive(Default)]
struct Nesting {
    depth: u64,
    in_text: bool,
    escaped: bool,
    begun: bool,
}

/// What a byte is to the value that is being taken.
enum Step {
    Within,
    Last,
    Beyond,
}

impl Nesting {
    fn is_open(&self) -> bool {
        self.depth > 0 || self.in_text
    }

    fn step(&mut self, byte: u8) -> Step {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return Step::Within;
        }
        let begun = std::mem::replace(&mut self.begun, true);
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n' if begun && self.depth == 0 => {
                return Step::Beyond;
            }
            _ => {}
        }
        Step::Within
    }
}
