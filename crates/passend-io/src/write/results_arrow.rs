// SPDX-License-Identifier: EUPL-1.2
//! Results as Arrow columns: flat and typed.
//!
//! Only int32, text, date32, list and struct: what every reader of Arrow has, Spark among them.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Int32Builder, ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, ListArray, RecordBatch, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Fields, Schema};
use passend::{Day, FindingLine, MatchLine, PersonLine, Side};

/// Lines in a batch: enough to be quick, few enough for offsets of 32 bits.
const BATCH: usize = 8192;

/// A row for each pair, in batches, at least one; `by` comes first where both sides are listed.
///
/// # Errors
/// Never with lines of the engine: columns of one length always make a batch.
pub fn match_batches(
    lines: impl Iterator<Item = MatchLine>,
    with_side: bool,
) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut batches = Vec::new();
    let mut lines = lines.peekable();
    loop {
        let mut columns = Pairs::default();
        let mut steps: ListBuilder<StringBuilder> = ListBuilder::default();
        let mut questions: ListBuilder<StringBuilder> = ListBuilder::default();
        for line in lines.by_ref().take(BATCH) {
            columns.add(&line);
            let own = line.readiness.steps.as_ref();
            append(&mut steps, own.map(|own| own.iter().map(|step| &*step.id)));
            let own = line.readiness.questions.as_ref();
            append(&mut questions, own.map(|own| own.iter().map(|one| &*one.field)));
        }
        let told = [Arc::new(steps.finish()) as ArrayRef, Arc::new(questions.finish())];
        batches.push(columns.finish(with_side, told)?);
        if lines.peek().is_none() {
            return Ok(batches);
        }
    }
}

/// A row for each person, in batches, at least one.
///
/// # Errors
/// Never with lines of the engine: columns of one length always make a batch.
pub fn people_batches(lines: &[PersonLine]) -> Result<Vec<RecordBatch>, ArrowError> {
    let mut batches = Vec::new();
    for lines in lines.chunks(BATCH) {
        batches.push(batch(people(lines)?)?);
    }
    if batches.is_empty() {
        batches.push(batch(people(&[])?)?);
    }
    Ok(batches)
}

/// A column: name, whether a cell may be missing, cells.
pub(super) type Column = (&'static str, bool, ArrayRef);

fn batch(columns: Vec<Column>) -> Result<RecordBatch, ArrowError> {
    let fields: Vec<_> = columns
        .iter()
        .map(|(name, may_lack, cells)| Field::new(*name, cells.data_type().clone(), *may_lack))
        .collect();
    let cells = columns.into_iter().map(|(_, _, cells)| cells).collect();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), cells)
}

/// The columns of pairs while they are filled; steps and questions come to them at the end, in short or whole.
#[derive(Default)]
pub(super) struct Pairs {
    by: StringBuilder,
    candidate: StringBuilder,
    vacancy: StringBuilder,
    rank: Int32Builder,
    score: Int32Builder,
    score_max: Int32Builder,
    class: StringBuilder,
    date: Date32Builder,
    until: Date32Builder,
    parts: [Int32Builder; 6],
    findings: Findings,
    tie_group: Int32Builder,
    flags: ListBuilder<StringBuilder>,
}

impl Pairs {
    pub(super) fn add(&mut self, line: &MatchLine) {
        self.by.append_option(line.by.map(|side| match side {
            Side::Candidate => "candidate",
            Side::Vacancy => "vacancy",
        }));
        self.candidate.append_value(&line.candidate);
        self.vacancy.append_value(&line.vacancy);
        self.rank.append_value(count(line.rank));
        self.score.append_value(i32::from(line.score));
        self.score_max.append_value(i32::from(line.score_max));
        let readiness = &line.readiness;
        self.class.append_value(readiness.class.code());
        self.date.append_option(readiness.date.map(Day::days_since_1970));
        self.until.append_option(readiness.until.map(Day::days_since_1970));
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
        self.tie_group.append_value(count(line.tie_group));
        append(&mut self.flags, Some(line.flags.iter().copied()));
    }

    /// The batch, with the columns of steps and questions.
    pub(super) fn finish(
        mut self,
        with_side: bool,
        [steps, questions]: [ArrayRef; 2],
    ) -> Result<RecordBatch, ArrowError> {
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
            ("steps", true, steps),
            ("questions", true, questions),
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
        batch(columns)
    }
}

/// The findings of many pairs, one after another.
#[derive(Default)]
struct Findings {
    /// How many each pair has; `None` where they were left out.
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
    fn add(&mut self, findings: Option<&[Arc<FindingLine>]>) {
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

fn people(lines: &[PersonLine]) -> Result<Vec<Column>, ArrowError> {
    let mut candidate = StringBuilder::new();
    let mut numbers: [Int32Builder; 5] = Default::default();
    let (mut gate, mut vacancies) = (StringBuilder::new(), Int32Builder::new());
    for line in lines {
        candidate.append_value(&line.candidate);
        let all = [line.listed, line.now, line.later, line.unknown, line.closed];
        for (column, number) in numbers.iter_mut().zip(all) {
            column.append_value(count(number));
        }
        for (blocking, number) in &line.blocked_by {
            gate.append_value(blocking.code());
            vacancies.append_value(count(*number));
        }
    }
    let counts: Vec<_> = lines.iter().map(|line| Some(line.blocked_by.len())).collect();
    let blocked: [Column; 2] = [
        ("gate", false, Arc::new(gate.finish())),
        ("vacancies", false, Arc::new(vacancies.finish())),
    ];
    let [listed, now, later, unknown, closed] = &mut numbers;
    Ok(vec![
        ("candidate", false, Arc::new(candidate.finish())),
        ("listed", false, Arc::new(listed.finish())),
        ("now", false, Arc::new(now.finish())),
        ("later", false, Arc::new(later.finish())),
        ("unknown", false, Arc::new(unknown.finish())),
        ("closed", false, Arc::new(closed.finish())),
        ("blocked_by", false, Arc::new(lists(&counts, blocked.into())?)),
    ])
}

/// Lists of objects: so many in each row, null where a brief line leaves them out.
pub(super) fn lists(
    counts: &[Option<usize>],
    columns: Vec<Column>,
) -> Result<ListArray, ArrowError> {
    let fields: Fields = columns
        .iter()
        .map(|(name, may_lack, cells)| Field::new(*name, cells.data_type().clone(), *may_lack))
        .collect();
    let item: FieldRef = Arc::new(Field::new("item", DataType::Struct(fields.clone()), true));
    let cells = columns.into_iter().map(|(_, _, cells)| cells).collect();
    let items = StructArray::try_new(fields, cells, None)?;
    let offsets = OffsetBuffer::from_lengths(counts.iter().map(|count| count.unwrap_or_default()));
    let nulls: NullBuffer = counts.iter().map(Option::is_some).collect();
    ListArray::try_new(item, offsets, Arc::new(items), Some(nulls))
}

fn append<'a>(list: &mut ListBuilder<StringBuilder>, items: Option<impl Iterator<Item = &'a str>>) {
    let is_known = items.is_some();
    for item in items.into_iter().flatten() {
        list.values().append_value(item);
    }
    list.append(is_known);
}

fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
