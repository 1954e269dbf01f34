// SPDX-License-Identifier: EUPL-1.2
//! Lines of plans, questions, comparisons, assignments and studies as Arrow columns: their keys as columns, typed and nested.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, Schema};
use passend::{
    AssignedLine, BaseLine, Category, Change, DaysBetween, Declined, Difference, EdgeLine,
    FunnelIds, FunnelLine, GapPlan, GroupLine, JobLine, LessonLine, LeverageLine, MeasureName,
    NextQuestion, PeopleCount, PersonFacts, PlacementLine, PoolLine, QuotaLine, Relaxed, Side,
    StabilityLine, SupplyLine, TimetableLine, TogetherLine, UnplacedLine,
};
use serde::Serialize;
use serde_json::Value;

use crate::arrow_columns::{arrow_fields, column};
use crate::columns::{Field, Kind, fields};
use crate::{FairnessDetail, FairnessLine, FlippedColumn};

use Kind::{Day, Flag, Integer, List, Number, Object, Text};

/// Lines in a batch.
const BATCH: usize = 8192;

/// A line that becomes a row: its keys are the columns, the same for no lines as for many.
pub trait Line: Serialize + sealed::Sealed {
    /// What the lines are, in one word.
    const NAME: &'static str;
    /// Its keys, in order, and what they hold.
    const FIELDS: LineFields;
}

/// The keys of a line, in order, and what they hold.
#[derive(Debug, Clone, Copy)]
pub struct LineFields(pub(crate) &'static [Field]);

mod sealed {
    pub trait Sealed {}
}

macro_rules! lines {
    ($($line:ty, $name:literal: [$($field:expr),* $(,)?];)*) => {$(
        impl sealed::Sealed for $line {}
        impl Line for $line {
            const NAME: &'static str = $name;
            const FIELDS: LineFields = LineFields(&[$($field),*]);
        }
    )*};
}

/// A row for each line, in batches, at least one: text, `int32`, `int64`, `float64`, `bool`, `date32`, list and struct.
///
/// ```
/// # use passend_io::write::line_batches;
/// let none: [passend::NextQuestion; 0] = [];
/// let batches = line_batches(&none).unwrap();
/// assert_eq!(batches[0].schema().field(3).name(), "could_open");
/// ```
///
/// # Errors
/// Never with lines of the engine: columns of one length always make a batch.
pub fn line_batches<L: Line>(lines: &[L]) -> Result<Vec<RecordBatch>, ArrowError> {
    let LineFields(known) = L::FIELDS;
    let schema = Arc::new(Schema::new(arrow_fields(known)));
    let batch = |lines: &[L]| {
        let values: Vec<Value> = lines
            .iter()
            .map(serde_json::to_value)
            .collect::<Result<_, _>>()
            .map_err(|error| ArrowError::JsonError(error.to_string()))?;
        let columns = known.iter().map(|Field(key, kind)| {
            let cells: Vec<_> =
                values.iter().map(|value| value.get(*key).filter(|cell| !cell.is_null())).collect();
            column(*kind, &cells)
        });
        RecordBatch::try_new(Arc::clone(&schema), columns.collect::<Result<_, _>>()?)
    };
    if lines.is_empty() {
        return Ok(vec![batch(lines)?]);
    }
    lines.chunks(BATCH).map(batch).collect()
}

/// The names of the columns of lines, in order.
pub fn line_columns<L: Line>() -> Vec<&'static str> {
    L::FIELDS.0.iter().map(|Field(key, _)| *key).collect()
}

const TEXTS: Kind = List(&Text);
const WORDS: Kind = Object(&[Field("nl", Text), Field("en", Text)]);
const SUITABLE: Kind = Object(&[Field("adults", Integer), Field("score", Integer)]);
const DAYS: Kind = Object(&[Field("min", Integer), Field("usual", Integer), Field("max", Integer)]);
const READINESS: Kind = Object(&[
    Field("class", Text),
    Field("date", Day),
    Field("until", Day),
    Field("steps", List(&Object(&[Field("id", Text), Field("owner", Text), Field("days", DAYS)]))),
    Field("questions", List(&Object(&[Field("field", Text), Field("text", WORDS)]))),
]);
const STEPS: Kind = List(&Object(&[
    Field("id", Text),
    Field("owner", Text),
    Field("start", Day),
    Field("ready", Day),
    Field("needs", TEXTS),
    Field("days", DAYS),
    Field("guidance_hours", Integer),
    Field(
        "lesson_hours",
        Object(&[Field("fast", Integer), Field("usual", Integer), Field("low_literate", Integer)]),
    ),
    Field("cost", Object(&[Field("min", Integer), Field("max", Integer)])),
    Field("provider", WORDS),
    Field("text", WORDS),
]));
/// Every dimension of people; one that was not asked is empty.
const CELL: Kind = Object(&[
    Field("status", Text),
    Field("municipality", Text),
    Field("province", Text),
    Field("region", Text),
    Field("sector", Text),
    Field("education", Text),
    Field("route", Text),
    Field("obstacle", Text),
]);
const LISTED: Kind =
    Object(&[Field("rank", Integer), Field("score", Integer), Field("class", Text)]);
const THEN: Kind = Object(fields(Side::Candidate));

lines! {
    GapPlan, "plan": [
        Field("candidate", Text),
        Field("as_of", Day),
        Field("plans", List(&Object(&[
            Field("by", Day),
            Field("steps", STEPS),
            Field("opens", TEXTS),
            Field("best_score", Integer),
            Field("guidance_hours", Integer),
            Field("then", THEN),
            Field("earliest", Day),
            Field("latest", Day),
            Field("unknown", TEXTS),
        ]))),
        Field("own_level", List(&Object(&[
            Field("vacancy", Text),
            Field("score", Integer),
            Field("class", Text),
            Field("date", Day),
            Field("steps", STEPS),
        ]))),
        Field("stepping_stones", List(&Object(&[
            Field("occupation", Text),
            Field("label", WORDS),
            Field("aim", Text),
            Field("rule", Text),
            Field("date", Day),
            Field("steps", STEPS),
            Field("stones", List(&Object(&[
                Field("vacancy", Text),
                Field("named", Flag),
                Field("closeness", Integer),
                Field("score", Integer),
                Field("date", Day),
                Field("then", STEPS),
            ]))),
        ]))),
    ];
    NextQuestion, "questions": [
        Field("candidate", Text),
        Field("field", Text),
        Field("question", WORDS),
        Field("could_open", Integer),
        Field("could_change_top_k", Flag),
    ];
    Relaxed, "relax": [
        Field("demand", Text),
        Field("now", Integer),
        Field("by_date", List(&Object(&[Field("date", Day), Field("added", Integer)]))),
        Field("text", WORDS),
    ];
    Difference, "diff": [
        Field("candidate", Text),
        Field("vacancy", Text),
        Field("a", Text),
        Field("b", Text),
        Field("rules", TEXTS),
        Field("a_date", Day),
        Field("b_date", Day),
        Field("a_score", Integer),
        Field("b_score", Integer),
    ];
    AssignedLine, "assign": [
        Field("candidate", Text),
        Field("vacancy", Text),
        Field("score", Integer),
        Field("readiness", READINESS),
    ];
    UnplacedLine, "unplaced": [
        Field("side", Text),
        Field("id", Text),
        Field("open", Integer),
        Field("reason", Text),
        Field("nearest", Text),
        Field("cost_households", Integer),
        Field("cost_placements", Integer),
        Field("cost_score", Integer),
        Field("text", WORDS),
    ];
    EdgeLine, "edges": [
        Field("candidate", Text),
        Field("vacancy", Text),
        Field("score", Integer),
    ];
    PoolLine, "pools": [
        Field("candidate", Text),
        Field("vacancies", TEXTS),
        Field("hours", Number),
        Field("permits", Integer),
        Field("score", Integer),
    ];
    JobLine, "jobs": [
        Field("vacancies", TEXTS),
        Field("region", Text),
        Field("people", Integer),
        Field("chosen", Integer),
    ];
    TimetableLine, "lessons": [
        Field("timetable", Text),
        Field("blocked", Integer),
        Field("hours_lost", Number),
        Field("placed", Integer),
    ];
    LessonLine, "school": [
        Field("group", Text),
        Field("timetable", Text),
        Field("chosen", Flag),
        Field("blocked", Integer),
        Field("hours_lost", Number),
        Field("placed", Integer),
        Field("more", Integer),
    ];
    PlacementLine, "place": [
        Field("household", Text),
        Field("region", Text),
        Field("score", Integer),
        Field("adults", Integer),
        Field("kept", Flag),
        Field("second", Object(&[
            Field("region", Text),
            Field("score", Integer),
            Field("adults", Integer),
        ])),
    ];
    QuotaLine, "quotas": [
        Field("region", Text),
        Field("quota", Integer),
        Field("used", Integer),
        Field("price", SUITABLE),
    ];
    LeverageLine, "leverage": [
        Field("measure", Text),
        Field("group", Text),
        Field("horizon", Text),
        Field("people", Integer),
    ];
    BaseLine, "base": [
        Field("group", Text),
        Field("horizon", Text),
        Field("people", Integer),
        Field("of", Integer),
    ];
    TogetherLine, "together": [
        Field("measures", TEXTS),
        Field("found", Text),
        Field("horizon", Text),
        Field("people", Integer),
    ];
    FunnelLine, "funnel": [
        Field("group", Text),
        Field("stage", Text),
        Field("gate", Text),
        Field("people", Integer),
    ];
    FunnelIds, "ids": [
        Field("group", Text),
        Field("stage", Text),
        Field("gate", Text),
        Field("ids", TEXTS),
    ];
    SupplyLine, "supply": [
        Field("isco", Text),
        Field("sector", Text),
        Field("region", Text),
        Field("vacancies", Integer),
        Field("positions", Integer),
        Field("ready_now", Integer),
        Field("ready_12m", Integer),
        Field("not_ready", Integer),
        Field("missing", Integer),
        Field("part_time_hours", Integer),
    ];
    GroupLine, "groups": [
        Field("cell", CELL),
        Field("count", Integer),
        Field("suppressed", Text),
    ];
    StabilityLine, "sensitivity": [
        Field("candidate", Text),
        Field("vacancy", Text),
        Field("rank", Integer),
        Field("best", Integer),
        Field("worst", Integer),
        Field("listed", Integer),
        Field("of", Integer),
        Field("unverified", TEXTS),
    ];
    Change, "changes": [
        Field("candidate", Text),
        Field("vacancy", Text),
        Field("change", Text),
        Field("before", LISTED),
        Field("after", LISTED),
        Field("why", Text),
    ];
    FairnessLine, "fairness": [
        Field("attribute", Text),
        Field("group", Text),
        Field("n", Integer),
        Field("selected", Integer),
        Field("rate", Number),
        Field("ratio", Number),
        Field("difference", Number),
        Field("ci", List(&Number)),
        Field("suppressed", Text),
    ];
    FairnessDetail, "detail": [
        Field("section", Text),
        Field("attribute", Text),
        Field("group", Text),
        Field("field", Text),
        Field("count", Integer),
        Field("value", Number),
        Field("from_all", Text),
    ];
    PeopleCount, "counts": [
        Field("figure", Text),
        Field("people", Integer),
        Field("percent", Integer),
        Field("pairs", Integer),
        Field("text", WORDS),
    ];
    DaysBetween, "days": [
        Field("from", Text),
        Field("to", Text),
        Field("pairs", Integer),
        Field("median", Integer),
        Field("text", WORDS),
    ];
    Declined, "declined": [
        Field("by", Text),
        Field("why", Text),
        Field("times", Integer),
        Field("text", WORDS),
    ];
    FlippedColumn, "flip": [
        Field("column", Integer),
        Field("field", Text),
        Field("cells", Integer),
        Field("left", Integer),
    ];
    MeasureName, "measures": [
        Field("id", Text),
        Field("name", WORDS),
    ];
    Category, "categories": [
        Field("code", Text),
        Field("name", WORDS),
    ];
    PersonFacts, "facts": [
        Field("candidate", Text),
        Field("occupations", List(&Object(&[
            Field("id", Text),
            Field("label", WORDS),
            Field("isco08", Text),
            Field("months", Integer),
            Field("share", Integer),
        ]))),
        Field("skills", List(&Object(&[Field("id", Text), Field("label", WORDS)]))),
        Field("diplomas", List(&Object(&[Field("level", Text), Field("evaluation", Text)]))),
        Field("education_level", Text),
        Field("languages", List(&Object(&[
            Field("code", Text),
            Field("listening", Text),
            Field("reading", Text),
            Field("speaking", Text),
            Field("writing", Text),
        ]))),
        Field("dutch", Text),
        Field("dutch_by", Object(&[
            Field("A1", Day),
            Field("A2", Day),
            Field("B1", Day),
            Field("B2", Day),
            Field("C1", Day),
            Field("C2", Day),
        ])),
        Field("status", Text),
        Field("work", Text),
        Field("work_from", Day),
        Field("work_until", Day),
        Field("work_rule", Text),
        Field("work_text", WORDS),
        Field("document_until", Day),
        Field("document_days_left", Integer),
        Field("turns_18_on", Day),
        Field("bsn_available", Flag),
        Field("municipality", Object(&[
            Field("code", Text),
            Field("name", Text),
            Field("region", Text),
            Field("province", Text),
        ])),
        Field("x", Integer),
        Field("y", Integer),
        Field("hours_min", Number),
        Field("hours_max", Number),
        Field("licences", TEXTS),
        Field("certificates", TEXTS),
        Field("available_from", Day),
        Field("available_until", Day),
    ];
}
