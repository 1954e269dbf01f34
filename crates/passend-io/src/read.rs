// SPDX-License-Identifier: EUPL-1.2
//! The door of all readers: tells from the content what a file is, and reads its records.

use std::collections::HashSet;
use std::io::{self, BufRead, Cursor, Read as _};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::batch::{Duplicates, Read};
use crate::jsonl::{self, BYTE_ORDER_MARK, Layout, layout};
use crate::records_csv::{self, Header};
use crate::{Batch, Code, ReadError, Record, Report};

/// What to do when a row is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnRefusal {
    /// Report it and go on.
    #[default]
    Continue,
    /// Report it and read no further.
    Stop,
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// What to do when a row is refused.
    pub on_refusal: OnRefusal,
    /// Threads that read; 0 for all that the machine has. The outcome is the same with any number.
    pub threads: usize,
}

impl Reading {
    /// Whether the thread that asks does everything.
    pub(crate) fn is_alone(&self) -> bool {
        self.threads == 1 || (self.threads == 0 && rayon::current_num_threads() == 1)
    }

    pub(crate) fn pool(&self) -> io::Result<Pool> {
        if self.threads == 0 {
            return Ok(Pool::Usual);
        }
        let pool = ThreadPoolBuilder::new().num_threads(self.threads).build();
        pool.map(Pool::Own).map_err(io::Error::other)
    }
}

/// The threads that read.
pub(crate) enum Pool {
    /// Those of the process.
    Usual,
    Own(ThreadPool),
}

impl Pool {
    pub(crate) fn current_num_threads(&self) -> usize {
        match self {
            Self::Usual => rayon::current_num_threads(),
            Self::Own(pool) => pool.current_num_threads(),
        }
    }

    pub(crate) fn in_place_scope<'scope>(&self, job: impl FnOnce(&rayon::Scope<'scope>)) {
        match self {
            Self::Usual => rayon::in_place_scope(job),
            Self::Own(pool) => pool.in_place_scope(job),
        }
    }
}

/// What a file holds.
enum Content {
    Json(Layout),
    Table(Header),
}

/// Reads records on all threads. A bad row is refused and reported; the rest is kept.
///
/// What the file is, is told from its content: a record on each line (JSON Lines), one list of records, records spread over
/// lines, CSV whose columns are the fields of the schema (`docs/records-csv.md`), or Parquet (`docs/records-parquet.md`). The same records in another layout
/// give the same records. Empty lines are no rows. `file` is what the report calls the input.
///
/// ```
/// use passend::Candidate;
/// use passend_io::{OnRefusal, read_records};
///
/// let input = "{\"id\":\"c1\"}\n{\"id\":\"c2\",\"skils\":[]}\n";
/// let batch = read_records::<Candidate>(input.as_bytes(), "c.jsonl", OnRefusal::Continue)?;
/// assert_eq!(batch.accepted.len(), 1);
/// assert_eq!(batch.report.refused[0].line, 2);
/// assert_eq!(batch.report.refused[0].path, "skils");
/// # Ok::<(), passend_io::ReadError>(())
/// ```
///
/// # Errors
/// When the input cannot be read to its end, or its content is no list of records at all.
pub fn read_records<T: Record>(
    input: impl BufRead,
    file: &str,
    on_refusal: OnRefusal,
) -> Result<Batch<T>, ReadError> {
    read_records_with(input, file, Reading { on_refusal, threads: 0 })
}

/// Bytes by which a file is known.
const SNIFFED: u64 = 1 << 16;

/// The first bytes of a file without its byte order mark, and how many bytes that had.
pub(crate) fn begin(input: &mut impl BufRead, report: &mut Report) -> io::Result<(Vec<u8>, u64)> {
    let mut start = Vec::new();
    input.take(SNIFFED).read_to_end(&mut start)?;
    let mut skipped = 0;
    if start.starts_with(BYTE_ORDER_MARK) {
        report.warn(Code::ByteOrderMark, "", 1);
        start.drain(..BYTE_ORDER_MARK.len());
        skipped = 3;
    }
    Ok((start, skipped))
}

/// Reads records as [`read_records`] does, on so many threads as is asked.
///
/// # Errors
/// When the input cannot be read to its end, or its content is no list of records at all.
pub fn read_records_with<T: Record>(
    input: impl BufRead,
    file: &str,
    reading: Reading,
) -> Result<Batch<T>, ReadError> {
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let mut rows = Vec::new();
    read_rows(input, reading, &mut report, &mut |part| rows.push(part))?;
    Ok(Batch::settle(rows.into_iter().flatten(), report, reading.on_refusal))
}

/// Records that are handed out together, at least, but for the last ones.
const AT_ONCE: usize = 2_048;

/// How reading in parts went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InParts {
    /// What was read, refused and repaired: what [`Batch::report`] is where all records are read at once.
    pub report: Report,
    /// Ids of records that were handed out and are refused after all, since a later row has the same id and differs.
    pub withdrawn: HashSet<String>,
}

/// Reads records as [`read_records_with`] does and hands them out some at a time, in order of the file and each id once, so
/// that they are never in memory all at once. Records spread over lines, or in one list, are handed out together.
///
/// ```
/// use passend::Vacancy;
/// use passend_io::{Reading, read_in_parts};
///
/// let input = "{\"id\":\"v1\"}\n{\"id\":\"v2\"}\n{\"id\":\"v1\",\"title\":\"kok\"}\n";
/// let mut ids = Vec::new();
/// let take = |part: Vec<Vacancy>| ids.extend(part.into_iter().map(|one| one.id));
/// let done = read_in_parts(input.as_bytes(), "v.jsonl", Reading::default(), take)?;
/// // The third row shows that nobody knows what the first is worth.
/// assert_eq!((ids.len(), done.withdrawn.contains("v1")), (2, true));
/// assert_eq!((done.report.accepted, done.report.refused.len()), (1, 2));
/// # Ok::<(), passend_io::ReadError>(())
/// ```
///
/// # Errors
/// When the input cannot be read to its end, or its content is no list of records at all. What was handed out by then is of
/// no use.
pub fn read_in_parts<T: Record>(
    input: impl BufRead,
    file: &str,
    reading: Reading,
    mut take: impl FnMut(Vec<T>),
) -> Result<InParts, ReadError> {
    let mut report = Report { file: file.to_owned(), ..Report::default() };
    let mut duplicates = Duplicates::default();
    let mut waiting = Vec::new();
    read_rows(input, reading, &mut report, &mut |part: Vec<Read<T>>| {
        let new = part.into_iter().filter(|row| duplicates.add(row));
        waiting.extend(new.map(|row| row.record));
        if waiting.len() >= AT_ONCE {
            take(std::mem::take(&mut waiting));
        }
    })?;
    if !waiting.is_empty() {
        take(waiting);
    }
    let withdrawn = duplicates.finish(&mut report, reading.on_refusal);
    Ok(InParts { report, withdrawn })
}

/// Reads the rows of a file and hands out the good ones in order.
fn read_rows<T: Record>(
    mut input: impl BufRead,
    reading: Reading,
    report: &mut Report,
    take: &mut dyn FnMut(Vec<Read<T>>),
) -> Result<(), ReadError> {
    let (start, skipped) = begin(&mut input, report)?;
    #[cfg(feature = "parquet")]
    if start.starts_with(crate::records_parquet::MAGIC) {
        let input = Cursor::new(start).chain(input);
        return crate::records_parquet::read(input, &reading, report, take);
    }
    let content = match Header::read(&start, T::SIDE) {
        Some(header) => Content::Table(header),
        None => Content::Json(layout(&start).map_err(ReadError::Content)?),
    };
    // Few rows are done before a thread has begun.
    let is_short = u64::try_from(start.len()).is_ok_and(|read| read + skipped < SNIFFED);
    let reading = if is_short { Reading { threads: 1, ..reading } } else { reading };
    let input = Cursor::new(start).chain(input);
    match content {
        Content::Json(layout) => jsonl::read(input, layout, skipped, &reading, report, take)?,
        Content::Table(header) => {
            records_csv::read(input, &header, skipped, &reading, report, take)?;
        }
    }
    Ok(())
}
