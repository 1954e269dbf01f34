// SPDX-License-Identifier: EUPL-1.2
//! `schema`: JSON Schema of every request and answer, made from the types that read and write them.

use passend::{GapPlan, RegisterEntry};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::about::{AboutAnswer, AboutRequest};
use super::assign::{AssignAnswer, AssignAsked};
use super::check::{CheckAnswer, CheckRequest};
use super::diff::{DiffAnswer, DiffRequest};
use super::explain::{ExplainAnswer, ExplainRequest};
use super::fairness::{FairnessAnswer, FairnessRequest};
use super::funnel::{FunnelAnswer, FunnelRequest};
use super::groups::{GroupsAnswer, GroupsRequest};
use super::lessons::{LessonsAnswer, LessonsAsked};
use super::leverage::{LeverageAnswer, LeverageAsked};
use super::link::{LinkAnswer, LinkRequest, RelatedRequest};
use super::market::{
    ChangeAnswer, DropRequest, LoadRequest, RemoveRequest, SnapshotAnswer, SnapshotRequest,
};
use super::r#match::{ArrowAnswer, ArrowRequest, MatchAnswer, MatchRequest};
use super::monitor::{MonitorAnswer, MonitorRequest};
use super::place::{PlaceAnswer, PlaceAsked};
use super::plan::PlanAsked;
use super::pools::{PoolsAnswer, PoolsAsked};
use super::questions::{QuestionsAnswer, QuestionsRequest};
use super::register::RegisterRequest;
use super::relax::{RelaxAnswer, RelaxRequest};
use super::report::{ReportAnswer, ReportAsked};
use super::rules::{RulesAnswer, RulesRequest};
use super::sensitivity::{SensitivityAnswer, SensitivityRequest};
use super::supply::{SupplyAnswer, SupplyRequest};
use crate::answer::Answer;
use crate::config::Config;
use crate::failure::{Detail, Failure};
use crate::job::Context;
use crate::request::{self, Readings};

/// Which schema is asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaRequest {
    /// Name of the schema; left out: the names of all.
    #[serde(default)]
    name: Option<String>,
}

/// The names of all schemas.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SchemaAnswer {
    /// The names.
    names: Vec<&'static str>,
}

type Make = fn(&mut SchemaGenerator) -> Schema;

/// Whether the payload is read by the library, and its schema.
const SCHEMAS: &[(&str, bool, Make)] = &[
    ("about.answer", false, AboutAnswer::json_schema),
    ("about.request", true, AboutRequest::json_schema),
    ("assign.answer", false, AssignAnswer::json_schema),
    ("assign.request", true, AssignAsked::json_schema),
    ("check.answer", false, CheckAnswer::json_schema),
    ("check.request", true, CheckRequest::json_schema),
    ("config", true, Config::json_schema),
    ("diff.answer", false, DiffAnswer::json_schema),
    ("diff.request", true, DiffRequest::json_schema),
    ("error.detail", false, Detail::json_schema),
    ("explain.answer", false, ExplainAnswer::json_schema),
    ("explain.request", true, ExplainRequest::json_schema),
    ("fairness.answer", false, FairnessAnswer::json_schema),
    ("fairness.request", true, FairnessRequest::json_schema),
    ("funnel.answer", false, FunnelAnswer::json_schema),
    ("funnel.request", true, FunnelRequest::json_schema),
    ("groups.answer", false, GroupsAnswer::json_schema),
    ("groups.request", true, GroupsRequest::json_schema),
    ("lessons.answer", false, LessonsAnswer::json_schema),
    ("lessons.request", true, LessonsAsked::json_schema),
    ("leverage.answer", false, LeverageAnswer::json_schema),
    ("leverage.request", true, LeverageAsked::json_schema),
    ("link.answer", false, LinkAnswer::json_schema),
    ("link.request", true, LinkRequest::json_schema),
    ("market_add.answer", false, ChangeAnswer::json_schema),
    ("market_add.request", true, LoadRequest::json_schema),
    ("market_drop.answer", false, ChangeAnswer::json_schema),
    ("market_drop.request", true, DropRequest::json_schema),
    ("market_load.answer", false, ChangeAnswer::json_schema),
    ("market_load.request", true, LoadRequest::json_schema),
    ("market_remove.answer", false, ChangeAnswer::json_schema),
    ("market_remove.request", true, RemoveRequest::json_schema),
    ("market_snapshot.answer", false, SnapshotAnswer::json_schema),
    ("market_snapshot.request", true, SnapshotRequest::json_schema),
    ("match.answer", false, MatchAnswer::json_schema),
    ("match.request", true, MatchRequest::json_schema),
    ("match_arrow.answer", false, ArrowAnswer::json_schema),
    ("match_arrow.request", true, ArrowRequest::json_schema),
    ("monitor.answer", false, MonitorAnswer::json_schema),
    ("monitor.request", true, MonitorRequest::json_schema),
    ("place.answer", false, PlaceAnswer::json_schema),
    ("place.request", true, PlaceAsked::json_schema),
    ("plan.answer", false, GapPlan::json_schema),
    ("plan.request", true, PlanAsked::json_schema),
    ("pools.answer", false, PoolsAnswer::json_schema),
    ("pools.request", true, PoolsAsked::json_schema),
    ("questions.answer", false, QuestionsAnswer::json_schema),
    ("questions.request", true, QuestionsRequest::json_schema),
    ("register.answer", false, RegisterEntry::json_schema),
    ("register.request", true, RegisterRequest::json_schema),
    ("related.answer", false, LinkAnswer::json_schema),
    ("related.request", true, RelatedRequest::json_schema),
    ("relax.answer", false, RelaxAnswer::json_schema),
    ("relax.request", true, RelaxRequest::json_schema),
    ("report", false, Readings::json_schema),
    ("report.answer", false, ReportAnswer::json_schema),
    ("report.request", true, ReportAsked::json_schema),
    ("rules.answer", false, RulesAnswer::json_schema),
    ("rules.request", true, RulesRequest::json_schema),
    ("schema.answer", false, SchemaAnswer::json_schema),
    ("schema.request", true, SchemaRequest::json_schema),
    ("sensitivity.answer", false, SensitivityAnswer::json_schema),
    ("sensitivity.request", true, SensitivityRequest::json_schema),
    ("supply.answer", false, SupplyAnswer::json_schema),
    ("supply.request", true, SupplyRequest::json_schema),
];

/// A request for each operation, in an order in which they can be run one after another.
const EXAMPLES: &[(&str, &str)] = &[
    ("about", "{}"),
    ("schema", "{}"),
    ("rules", r#"{"as_of":"2026-11-25","announced":true}"#),
    ("check", r#"{"side":"candidate","records":[{"id":"c1","skills":[{"label":"koken"}]}]}"#),
    ("link", r#"{"texts":["vrachtwagenchauffeur CE"],"lang":"nl","k":2}"#),
    ("related", r#"{"ids":["occupation/5120-cook"],"k":2}"#),
    (
        "market_load",
        r#"{"market":"groningen","as_of":"2026-11-25","vacancies":[{"id":"v1","title":"Kok (m/v)",
            "location":{"municipality":"Groningen"},"hours":{"min":24,"max":36},
            "require":{"languages":[{"code":"nl","min":"A2","weight":"must"}],"skills":[{"label":"koken"}]},
            "twv":{"employer_will_apply":"yes"}}]}"#,
    ),
    (
        "market_add",
        r#"{"market":"groningen","vacancies":[{"id":"v2","title":"afwasser","hours":{"min":12}}]}"#,
    ),
    ("market_remove", r#"{"market":"groningen","ids":["v2"]}"#),
    ("market_snapshot", r#"{"market":"groningen"}"#),
    (
        "match",
        r#"{"candidates":[{"id":"c1","residence":{"status":"asylum_seeker_in_procedure",
            "procedure_started":"2025-01-15","document_valid_until":"2027-12-31"},"bsn_available":true,
            "location":{"municipality":"Groningen"},"mobility":{"max_km":30},"hours":{"min":16,"max":40},
            "languages":[{"code":"nl","level":"A2"}],"experience":[{"title":"kok","months":36}],
            "skills":[{"label":"koken"}]}],"market":"groningen","as_of":"2026-11-25","k":3,"people":true}"#,
    ),
    (
        "explain",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok","months":36}]}],
            "market":"groningen","vacancy":"v1","as_of":"2026-11-25"}"#,
    ),
    (
        "plan",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"languages":[{"code":"nl","level":"A1"}],
            "experience":[{"title":"kok"}]}],"market":"groningen","as_of":"2026-11-25"}"#,
    ),
    (
        "questions",
        r#"{"candidates":[{"id":"c1","experience":[{"title":"kok"}]}],"market":"groningen","as_of":"2026-11-25"}"#,
    ),
    (
        "relax",
        r#"{"market":"groningen","vacancy":"v1","as_of":"2026-11-25","candidates":[{"id":"c1",
            "residence":{"status":"free"},"languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]}]}"#,
    ),
    (
        "diff",
        r#"{"candidates":[{"id":"c1","residence":{"status":"asylum_seeker_in_procedure",
            "procedure_started":"2026-09-01"},"experience":[{"title":"kok"}]}],"market":"groningen",
            "a_as_of":"2026-11-25","b_as_of":"2027-06-01"}"#,
    ),
    (
        "assign",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok"}]}],
            "market":"groningen","as_of":"2026-11-25","goal":"placements","demands":true}"#,
    ),
    (
        "place",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"mobility":{"max_km":30},
            "experience":[{"title":"kok","months":36}]}],"market":"groningen","as_of":"2026-11-25",
            "quotas":[{"id":"Limburg","quota":4,"municipality":"Maastricht"},{"id":"Groningen","quota":4}],
            "households":[{"id":"h1","adults":["c1"],"people":3}]}"#,
    ),
    (
        "pools",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"hours":{"min":28,"max":36},
            "experience":[{"title":"kok"}]}],"vacancies":[{"id":"v1","title":"kok","hours":{"min":16,"max":16}},
            {"id":"v2","title":"afwasser","hours":{"min":16,"max":20}}],"as_of":"2026-11-25","select":true}"#,
    ),
    (
        "lessons",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"slots":[],"experience":[{"title":"kok"}]}],
            "vacancies":[{"id":"v1","title":"kok","slots":[{"day":"mon","from":"09:00","to":"13:00"}]}],
            "timetables":[{"id":"mornings","slots":[{"day":"mon","from":"10:00","to":"12:00"}]},
            {"id":"evenings","slots":[{"day":"mon","from":"19:00","to":"21:00"}]}],
            "groups":[{"id":"a1","learners":["c1"]}],"rooms":[{"count":1}],"as_of":"2026-11-25"}"#,
    ),
    (
        "leverage",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"bsn_available":true,
            "languages":[{"code":"nl","level":"A1"}],"experience":[{"title":"kok"}]}],
            "market":"groningen","as_of":"2026-11-25","by":"status","together":2}"#,
    ),
    (
        "funnel",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"bsn_available":true,"experience":[{"title":"kok"}]}],
            "market":"groningen","as_of":"2026-11-25","by":"province","ids":true}"#,
    ),
    (
        "supply",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"location":{"municipality":"Groningen"},
            "experience":[{"title":"kok"}]}],"market":"groningen","as_of":"2026-11-25"}"#,
    ),
    (
        "groups",
        r#"{"candidates":"id,location.municipality\nc1,Groningen\nc2,Groningen\nc3,Groningen\nc4,Assen\nc5,Assen\nc6,Assen\n",
            "market":"groningen","as_of":"2026-11-25","by":["municipality"],"threshold":3}"#,
    ),
    (
        "sensitivity",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"experience":[{"title":"kok"}]}],
            "market":"groningen","as_of":"2026-11-25","k":3}"#,
    ),
    (
        "report",
        r#"{"candidates":[{"id":"c1","residence":{"status":"free"},"location":{"municipality":"Groningen"},
            "experience":[{"title":"kok"}]}],"market":"groningen","as_of":"2026-11-25","name":"Groningen","lang":"en"}"#,
    ),
    (
        "monitor",
        r#"{"events":[{"date":"2026-11-02","candidate":"c1","vacancy":"v1","event":"proposed"}],
            "candidates":[{"id":"c1"},{"id":"c2"}],"as_of":"2026-11-25"}"#,
    ),
    (
        "fairness",
        r#"{"result":[{"candidate":"c1","vacancy":"v1","rank":1,"score":7908},{"candidate":"c2","vacancy":"v1","rank":1,"score":7908},
            {"candidate":"c3","vacancy":"v1","rank":1,"score":7908},{"candidate":"c7","vacancy":"v1","rank":1,"score":7908},
            {"candidate":"c8","vacancy":"v1","rank":1,"score":7908},{"candidate":"c9","vacancy":"v1","rank":1,"score":7908}],
            "audit":"id,sex\nc1,female\nc2,female\nc3,female\nc4,female\nc5,female\nc6,female\nc7,male\nc8,male\nc9,male\nc10,male\nc11,male\nc12,male\n",
            "threshold":3,"rounding":0}"#,
    ),
    ("register", r#"{"as_of":"2026-11-25"}"#),
    ("market_drop", r#"{"market":"groningen"}"#),
];

/// A request for each operation, in an order in which they can be run one after another.
#[cfg(test)]
pub(crate) const fn examples() -> &'static [(&'static str, &'static str)] {
    EXAMPLES
}

/// Every schema, by name.
pub(crate) fn schemas() -> impl Iterator<Item = (&'static str, Value)> {
    SCHEMAS.iter().map(|(name, is_read, make)| {
        let settings = SchemaSettings::draft2020_12();
        let settings = if *is_read { settings } else { settings.for_serialize() };
        let mut generator = settings.into_generator();
        let mut schema = make(&mut generator).to_value();
        if let Some(object) = schema.as_object_mut() {
            object.insert(
                "$schema".to_owned(),
                "https://json-schema.org/draft/2020-12/schema".into(),
            );
            object.insert("title".to_owned(), (*name).into());
            object.insert("$defs".to_owned(), generator.take_definitions(true).into());
            let example = EXAMPLES.iter().find(|(op, _)| name.strip_suffix(".request") == Some(op));
            let example = example.and_then(|(_, text)| serde_json::from_str::<Value>(text).ok());
            if let Some(example) = example {
                object.insert("examples".to_owned(), Value::Array(vec![example]));
            }
        }
        (*name, schema)
    })
}

pub(super) fn run(_: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: SchemaRequest = request::read(json)?;
    let readings = Readings::default();
    let Some(name) = asked.name else {
        let names = SCHEMAS.iter().map(|(name, ..)| *name).collect();
        return Answer::object(&SchemaAnswer { names }, &readings);
    };
    match schemas().find(|(known, _)| *known == name) {
        Some((_, schema)) => Answer::object(&schema, &readings),
        None => Err(Failure::request("name", "the name of a schema; leave it out to see all")),
    }
}
