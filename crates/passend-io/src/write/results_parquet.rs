// SPDX-License-Identifier: EUPL-1.2
//! Match lines as Parquet: the same facts as their JSON, in typed and nested columns.

use std::borrow::Borrow;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Int32Builder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch};
use arrow_schema::ArrowError;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use passend::{MatchLine, QuestionLine, StepLine};

use super::About;
use super::results_arrow::{Column, Pairs, lists};

/// Lines of a row group.
const ROWS: usize = 65_536;
/// Lines that are put into columns at a time.
const AT_ONCE: usize = 8_192;

/// Writes batches of one schema as Parquet, compressed with zstd.
///
/// # Errors
/// When the output refuses.
pub fn batches_parquet(out: &mut impl Write, batches: &[RecordBatch]) -> io::Result<()> {
    let Some(first) = batches.first() else { return Ok(()) };
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), first.schema(), Some(properties)).map_err(broken)?;
    for batch in batches {
        writer.write(batch).map_err(broken)?;
    }
    out.write_all(&writer.into_inner().map_err(broken)?)
}

/// Writes match lines as Parquet, a row for each pair. The columns are listed in `docs/results.md`.
///
/// Text, `int32`, `date32`, list and struct, compressed with zstd. The file says what it stands on: `passend.as_of`,
/// `passend.rules`, `passend.vocabulary` and `passend.weights` in its metadata. The same lines give the same bytes.
///
/// # Errors
/// When the output refuses.
pub fn results_parquet<L: Borrow<MatchLine>>(
    out: &mut impl Write,
    lines: impl IntoIterator<Item = L>,
    about: About<'_>,
) -> io::Result<()> {
    let mut lines = lines.into_iter().peekable();
    let with_side = lines.peek().is_some_and(|line| line.borrow().by.is_some());
    let versions = about.versions;
    let known = [
        ("passend.as_of", about.as_of.to_string()),
        ("passend.rules", versions.rules.clone()),
        ("passend.vocabulary", versions.vocabulary.clone()),
        ("passend.weights", versions.weights.clone()),
    ];
    let known = known.map(|(key, value)| KeyValue::new(key.to_owned(), value));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(known.into()))
        .build();
    let first = Lines::default().finish(with_side).map_err(io::Error::other)?;
    let mut writer =
        ArrowWriter::try_new(Vec::new(), first.schema(), Some(properties)).map_err(broken)?;
    let mut in_group = 0;
    loop {
        let mut some = Lines::default();
        let mut count = 0;
        for line in lines.by_ref().take(AT_ONCE) {
            some.add(line.borrow());
            count += 1;
        }
        if count == 0 {
            break;
        }
        let batch = some.finish(with_side).map_err(io::Error::other)?;
        writer.write(&batch).map_err(broken)?;
        in_group += count;
        if in_group >= ROWS {
            writer.flush().map_err(broken)?;
            out.write_all(&std::mem::take(writer.inner_mut()))?;
            in_group = 0;
        }
    }
    out.write_all(&writer.into_inner().map_err(broken)?)
}

fn broken(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// The columns of lines while they are filled: steps and questions whole.
#[derive(Default)]
struct Lines {
    pairs: Pairs,
    steps: Steps,
    questions: Questions,
}

impl Lines {
    fn add(&mut self, line: &MatchLine) {
        self.pairs.add(line);
        self.steps.add(line.readiness.steps.as_deref());
        self.questions.add(line.readiness.questions.as_deref());
    }

    fn finish(self, with_side: bool) -> Result<RecordBatch, ArrowError> {
        let told = [Arc::new(self.steps.finish()?) as ArrayRef, Arc::new(self.questions.finish()?)];
        self.pairs.finish(with_side, told)
    }
}

#[derive(Default)]
struct Steps {
    counts: Vec<Option<usize>>,
    id: StringBuilder,
    owner: StringBuilder,
    min: Int32Builder,
    usual: Int32Builder,
    max: Int32Builder,
}

impl Steps {
    fn add(&mut self, steps: Option<&[Arc<StepLine>]>) {
        self.counts.push(steps.map(<[_]>::len));
        for step in steps.unwrap_or_default() {
            self.id.append_value(&step.id);
            self.owner.append_value(&step.owner);
            self.min.append_value(i32::from(step.days.min));
            self.usual.append_value(i32::from(step.days.usual));
            self.max.append_value(i32::from(step.days.max));
        }
    }

    fn finish(mut self) -> Result<ListArray, ArrowError> {
        let columns: [Column; 5] = [
            ("id", false, Arc::new(self.id.finish())),
            ("owner", false, Arc::new(self.owner.finish())),
            ("min_days", false, Arc::new(self.min.finish())),
            ("usual_days", false, Arc::new(self.usual.finish())),
            ("max_days", false, Arc::new(self.max.finish())),
        ];
        lists(&self.counts, columns.into())
    }
}

#[derive(Default)]
struct Questions {
    counts: Vec<Option<usize>>,
    field: StringBuilder,
    nl: StringBuilder,
    en: StringBuilder,
}

impl Questions {
    fn add(&mut self, questions: Option<&[Arc<QuestionLine>]>) {
        self.counts.push(questions.map(<[_]>::len));
        for question in questions.unwrap_or_default() {
            self.field.append_value(&question.field);
            self.nl.append_value(&question.text.nl);
            self.en.append_value(&question.text.en);
        }
    }

    fn finish(mut self) -> Result<ListArray, ArrowError> {
        let columns: [Column; 3] = [
            ("field", false, Arc::new(self.field.finish())),
            ("nl", false, Arc::new(self.nl.finish())),
            ("en", false, Arc::new(self.en.finish())),
        ];
        lists(&self.counts, columns.into())
    }
}
