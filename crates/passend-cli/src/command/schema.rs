// SPDX-License-Identifier: EUPL-1.2
//! `passend schema`.

use clap::{Args, ValueEnum};
use passend::{
    Candidate, Change, Difference, Event, Explanation, FunnelLine, GapPlan, GroupLine, Leverage,
    LeverageLine, MatchLine, Monitor, NextQuestion, PersonLine, RegisterEntry, Relaxed, SupplyLine,
    Vacancy,
};
use schemars::schema_for;
use serde_json::{Map, Value, json};

use crate::failure::{Failure, Outcome};
use crate::output;

/// Print the JSON Schema of a record that is read or written
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The record
    #[arg(id = "kind", value_name = "RECORD")]
    record: Kind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// A line of the file of candidates
    Candidate,
    /// A line of the file of vacancies
    Vacancy,
    /// A line that `match` writes
    Match,
    /// What `explain -f json` writes
    Explanation,
    /// What `plan -f json` writes
    Plan,
    /// A line that `questions` writes
    Question,
    /// A line that `relax` writes
    Relaxed,
    /// A line that `diff` writes
    Difference,
    /// A line of a file of events
    Event,
    /// What `register -f json` writes
    Registration,
    /// What `monitor -f json` writes
    Monitor,
    /// A line that `match --changes` writes
    Change,
    /// A line that `match --people` writes
    Person,
    /// What `leverage -f json` writes
    Leverage,
    /// A line about one measure that `leverage` writes
    Measure,
    /// A line that `funnel` writes
    Funnel,
    /// A line that `supply` writes
    Supply,
    /// A line that `groups` writes
    Group,
}

impl Schema {
    pub(crate) fn run(self) -> Result<Outcome, Failure> {
        let mut schema = match self.record {
            Kind::Candidate => schema_for!(Candidate),
            Kind::Vacancy => schema_for!(Vacancy),
            Kind::Match => schema_for!(MatchLine),
            Kind::Explanation => schema_for!(Explanation),
            Kind::Plan => schema_for!(GapPlan),
            Kind::Question => schema_for!(NextQuestion),
            Kind::Relaxed => schema_for!(Relaxed),
            Kind::Difference => schema_for!(Difference),
            Kind::Event => schema_for!(Event),
            Kind::Registration => schema_for!(RegisterEntry),
            Kind::Monitor => schema_for!(Monitor),
            Kind::Change => schema_for!(Change),
            Kind::Person => schema_for!(PersonLine),
            Kind::Leverage => schema_for!(Leverage),
            Kind::Measure => schema_for!(LeverageLine),
            Kind::Funnel => schema_for!(FunnelLine),
            Kind::Supply => schema_for!(SupplyLine),
            Kind::Group => schema_for!(GroupLine),
        };
        if matches!(self.record, Kind::Candidate | Kind::Vacancy) {
            allow_own_keys(schema.ensure_object());
        }
        output::write(None, |out| {
            serde_json::to_writer_pretty(&mut *out, &schema)?;
            writeln!(out)
        })?;
        Ok(Outcome::Done)
    }
}

/// Keys of one's own begin with `x_`, in every object.
fn allow_own_keys(schema: &mut Map<String, Value>) {
    if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
        schema.insert("patternProperties".to_owned(), json!({"^x_": {}}));
    }
    for value in schema.values_mut() {
        match value {
            Value::Object(object) => allow_own_keys(object),
            Value::Array(list) => {
                list.iter_mut().filter_map(Value::as_object_mut).for_each(allow_own_keys);
            }
            _ => {}
        }
    }
}
