// SPDX-License-Identifier: EUPL-1.2
//! Reads a file in parts, on as many threads as there are, with the same outcome as on one.

use std::io;

use crate::batch::Read;
use crate::jsonl::{Fault, Place};
use crate::read::Reading;
use crate::record::Row;
use crate::{Code, OnRefusal, Refused, Report};

/// What a part of a file gave. Its lines, bytes and records count from the begin of the part.
pub(crate) struct Part<T> {
    /// Rows read.
    pub(crate) read: u64,
    /// The place after its last byte.
    pub(crate) end: Place,
    rows: Vec<Read<T>>,
    refused: Vec<Refused>,
    warnings: Vec<(Code, u64)>,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self {
            read: 0,
            end: Place::start(),
            rows: Vec::new(),
            refused: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

impl<T: Row> Part<T> {
    /// Keeps the record of the row that was read last.
    pub(crate) fn accept(&mut self, record: T, place: Place) {
        self.rows.push(Read::new(record, self.read, place));
    }

    /// Refuses the row that was read last, which begins at one place and has its mistake at another.
    pub(crate) fn refuse(&mut self, begin: Place, place: Place, fault: &Fault) {
        self.refused.push(Refused {
            file: String::new(),
            line: begin.line,
            record: self.read,
            byte: place.byte,
            column: (place.line == begin.line && place.column > 0).then_some(place.column),
            path: fault.path.to_string(),
            code: fault.code,
            rule: fault.detail.rule(fault.code),
            hint: fault.detail.hint(fault.code),
        });
    }

    pub(crate) fn warn(&mut self, code: Code, line: u64) {
        self.warnings.push((code, line));
    }

    /// Adds the part, which begins at this place of the file, to what was read before it and hands out its rows; gives the line
    /// after it.
    pub(crate) fn add_to(
        mut self,
        report: &mut Report,
        begin: Place,
        on_refusal: OnRefusal,
        take: &mut dyn FnMut(Vec<Read<T>>),
    ) -> Place {
        let lines = begin.line.saturating_sub(1);
        for row in &mut self.rows {
            row.number += report.read;
            row.place.line += lines;
            row.place.byte += begin.byte;
        }
        report.refused.extend(self.refused.into_iter().map(|row| Refused {
            file: report.file.clone(),
            line: row.line + lines,
            record: row.record + report.read,
            byte: row.byte + begin.byte,
            ..row
        }));
        for (code, line) in self.warnings {
            report.warn(code, "", line + lines);
        }
        report.read += self.read;
        report.stopped |= on_refusal == OnRefusal::Stop && !report.refused.is_empty();
        take(self.rows);
        Place { line: self.end.line + lines, ..begin }
    }
}

/// A piece of a file, and where it begins in the file, in bytes.
pub(crate) struct Chunk<C> {
    pub(crate) byte: u64,
    pub(crate) content: C,
}

/// Reads one chunk after another while those before it are worked out, and puts what they give together in order.
///
/// The first chunk begins on the line of `begin`. `next` gives the next chunk, or `None` after the last, and may use the content of one that is done; `work` gives what a
/// chunk holds, which `take` is given in the order of the file. No more than four chunks for each thread are in memory at a
/// time.
pub(crate) fn in_order<T: Row, C: Send + Sync>(
    reading: &Reading,
    report: &mut Report,
    mut begin: Place,
    mut next: impl FnMut(Option<C>) -> io::Result<Option<Chunk<C>>>,
    work: impl Fn(&C) -> Part<T> + Sync,
    take: &mut dyn FnMut(Vec<Read<T>>),
) -> io::Result<()> {
    let on_refusal = reading.on_refusal;
    let mut used = Vec::new();
    if reading.is_alone() {
        while let Some(chunk) = next(used.pop())? {
            begin.byte = chunk.byte;
            begin = work(&chunk.content).add_to(report, begin, on_refusal, take);
            if report.stopped {
                break;
            }
            used.push(chunk.content);
        }
        return Ok(());
    }
    let pool = reading.pool()?;
    let most = pool.current_num_threads().saturating_mul(2);
    let mut fill = |used: &mut Vec<C>| -> io::Result<Vec<Chunk<C>>> {
        let mut chunks = Vec::with_capacity(most);
        while chunks.len() < most
            && let Some(chunk) = next(used.pop())?
        {
            chunks.push(chunk);
        }
        Ok(chunks)
    };
    let mut chunks = fill(&mut used)?;
    while !chunks.is_empty() {
        let mut parts: Vec<Part<T>> = chunks.iter().map(|_| Part::default()).collect();
        let mut following = Ok(Vec::new());
        pool.in_place_scope(|scope| {
            for (chunk, part) in chunks.iter().zip(&mut parts) {
                let work = &work;
                scope.spawn(move |_| *part = work(&chunk.content));
            }
            following = fill(&mut used);
        });
        for (chunk, part) in chunks.into_iter().zip(parts) {
            begin.byte = chunk.byte;
            begin = part.add_to(report, begin, on_refusal, take);
            if report.stopped {
                return Ok(());
            }
            used.push(chunk.content);
        }
        chunks = following?;
    }
    Ok(())
}
