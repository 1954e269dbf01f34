// SPDX-License-Identifier: EUPL-1.2
//! Match lines as Parquet: the same facts as their JSON, in typed and nested columns.

use std::borrow::Borrow;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use passend::{Day, FindingLine, MatchLine, QuestionLine, Side, StepLine};

use super::About;

/// Lines of a row group.
const ROWS: usize = 65_536;
/// Lines that are put into columns at a time.
const AT_ONCE: usize = 8_192;

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

/// A column: name, whether a cell may be null, cells.
type Column = (&'static str, bool, ArrayRef);

/// The columns of lines while they are filled.
#[derive(Default)]
struct Lines {
    by: StringBuilder,
    candidate: StringBuilder,
    vacancy: StringBuilder,
    rank: Int32Builder,
    score: Int32Builder,
    score_max: Int32Builder,
    class: StringBuilder,
    date: Date32Builder,
    until: Date32Builder,
    steps: Steps,
    questions: Questions,
    parts: [Int32Builder; 6],
    findings: Findings,
    tie_group: Int32Builder,
    flags: ListBuilder<StringBuilder>,
}

impl Lines {
    fn add(&mut self, line: &MatchLine) {
        self.by.append_option(line.by.map(|side| match side {
            Side::Candidate => "candidate",
            Side::Vacancy => "vacancy",
        }));
        self.candidate.append_value(&line.candidate);
        self.vacancy.append_value(&line.vacancy);
        self.rank.append_value(whole(line.rank));
        self.score.append_value(i32::from(line.score));
        self.score_max.append_value(i32::from(line.score_max));
        let readiness = &line.readiness;
        self.class.append_value(readiness.class.code());
        self.date.append_option(readiness.date.map(Day::days_since_1970));
        self.until.append_option(readiness.until.map(Day::days_since_1970));
        self.steps.add(readiness.steps.as_deref());
        self.questions.add(readiness.questions.as_deref());
        let parts = &line.contributions;
        let parts = [
            parts.skills,
            parts.occupation,
            parts.education,
            parts.language,
            parts.travel,
            parts.wishes,
        ];
        for (column, part) in self.parts.iter_mut().zip(parts) {
            column.append_option(part.map(i32::from));
        }
        self.findings.add(line.findings.as_deref());
        self.tie_group.append_value(whole(line.tie_group));
        for flag in &line.flags {
            self.flags.values().append_value(flag);
        }
        self.flags.append(true);
    }

    fn finish(mut self, with_side: bool) -> Result<RecordBatch, ArrowError> {
        let [skills, occupation, education, language, travel, wishes] = &mut self.parts;
        let mut columns: Vec<Column> = Vec::new();
        if with_side {
            columns.push(("by", false, Arc::new(self.by.finish())));
        }
        columns.extend::<[Column; 19]>([
            ("candidate", false, Arc::new(self.candidate.finish())),
            ("vacancy", false, Arc::new(self.vacancy.finish())),
            ("rank", false, Arc::new(self.rank.finish())),
            ("score", false, Arc::new(self.score.finish())),
            ("score_max", false, Arc::new(self.score_max.finish())),
            ("class", false, Arc::new(self.class.finish())),
            ("date", true, Arc::new(self.date.finish())),
            ("until", true, Arc::new(self.until.finish())),
            ("steps", true, Arc::new(self.steps.finish()?)),
            ("questions", true, Arc::new(self.questions.finish()?)),
            ("skills", true, Arc::new(skills.finish())),
            ("occupation", true, Arc::new(occupation.finish())),
            ("education", true, Arc::new(education.finish())),
            ("language", true, Arc::new(language.finish())),
            ("travel", true, Arc::new(travel.finish())),
            ("wishes", true, Arc::new(wishes.finish())),
            ("findings", true, Arc::new(self.findings.finish()?)),
            ("tie_group", false, Arc::new(self.tie_group.finish())),
            ("flags", false, Arc::new(self.flags.finish())),
        ]);
        let (fields, cells) = split(columns);
        RecordBatch::try_new(Arc::new(Schema::new(fields)), cells)
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
    fn add(&mut self, steps: Option<&[StepLine]>) {
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
    fn add(&mut self, questions: Option<&[QuestionLine]>) {
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

#[derive(Default)]
struct Findings {
    counts: Vec<Option<usize>>,
    gate: StringBuilder,
    finding: StringBuilder,
    date: Date32Builder,
    step: StringBuilder,
    rule: StringBuilder,
    nl: StringBuilder,
    en: StringBuilder,
}

impl Findings {
    fn add(&mut self, findings: Option<&[FindingLine]>) {
        self.counts.push(findings.map(<[_]>::len));
        for one in findings.unwrap_or_default() {
            self.gate.append_value(one.gate.code());
            self.finding.append_value(one.finding.code());
            self.date.append_option(one.date.map(Day::days_since_1970));
            self.step.append_option(one.step.as_deref());
            self.rule.append_option(one.rule.as_deref());
            self.nl.append_value(&one.text.nl);
            self.en.append_value(&one.text.en);
        }
    }

    fn finish(mut self) -> Result<ListArray, ArrowError> {
        let columns: [Column; 7] = [
            ("gate", false, Arc::new(self.gate.finish())),
            ("finding", false, Arc::new(self.finding.finish())),
            ("date", true, Arc::new(self.date.finish())),
            ("step", true, Arc::new(self.step.finish())),
            ("rule", true, Arc::new(self.rule.finish())),
            ("nl", false, Arc::new(self.nl.finish())),
            ("en", false, Arc::new(self.en.finish())),
        ];
        lists(&self.counts, columns.into())
    }
}

/// Lists of objects: so many in each row, null where a brief line leaves them out.
fn lists(counts: &[Option<usize>], columns: Vec<Column>) -> Result<ListArray, ArrowError> {
    let (fields, cells) = split(columns);
    let offsets = OffsetBuffer::from_lengths(counts.iter().map(|count| count.unwrap_or_default()));
    let known: NullBuffer = counts.iter().map(Option::is_some).collect();
    let item = Arc::new(Field::new("item", DataType::Struct(fields.clone()), true));
    let objects = StructArray::try_new(fields, cells, None)?;
    ListArray::try_new(item, offsets, Arc::new(objects), Some(known))
}

fn split(columns: Vec<Column>) -> (Fields, Vec<ArrayRef>) {
    let fields = columns
        .iter()
        .map(|(name, may_lack, cells)| Field::new(*name, cells.data_type().clone(), *may_lack))
        .collect();
    (fields, columns.into_iter().map(|(_, _, cells)| cells).collect())
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
