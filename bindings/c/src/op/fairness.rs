// SPDX-License-Identifier: EUPL-1.2
//! `fairness`: how often each group of an audit file is listed, of a result that was made without it.

use std::collections::BTreeMap;

use passend::DisclosureRules;
use passend_io::{
    AuditFile, Code, FairnessDetail, FairnessLine, fairness, read_audit, read_listed,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::disclosure_rules;
use crate::answer::Answer;
use crate::failure::{Failure, PassendStatus};
use crate::job::Context;
use crate::request::{self, ListFormat, Positive, Readings, ResultLines};

/// Whose lists are measured, and who is in which group.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FairnessRequest<'a> {
    /// A result of `match`.
    #[serde(borrow)]
    result: ResultLines<'a>,
    /// Who is in which group.
    audit: Audit,
    /// How many pairs of each list count; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
    /// Hide groups with fewer people than this, 3 or more; left out: 10.
    #[serde(default)]
    #[schemars(range(min = 3, max = 1_000_000))]
    threshold: Option<u32>,
    /// Round to a multiple of this: 5, or 0 for exact numbers; left out: 5.
    #[serde(default)]
    rounding: Option<u32>,
    /// How far apart the least and the most must be that a hidden number below the threshold could be; at most the
    /// threshold less 2. Left out: 3.
    #[serde(default)]
    protection: Option<u32>,
    /// How it is written; as lines it is the rates alone.
    #[serde(default)]
    format: ListFormat,
}

/// Who is in which group: the text of a CSV file with the column `id` and one for each attribute, or a list of objects with
/// these keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Audit {
    /// The text of a file.
    Text(String),
    /// A row for each person; the attributes are the keys of the first.
    Rows(Vec<BTreeMap<String, String>>),
}

/// How often each group is listed.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FairnessAnswer {
    /// By attribute and group; the group `*` is everybody.
    lines: Vec<FairnessLine>,
    /// What lies behind the differences: exposure, points by criterion, gates.
    detail: Vec<FairnessDetail>,
    /// People of the result whom the audit file does not know; they do not count.
    unknown: usize,
    /// Attributes that cannot be told safely.
    refused: Vec<RefusedAttribute>,
}

/// An attribute that cannot be told safely.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RefusedAttribute {
    /// The attribute.
    attribute: String,
    /// Stable code.
    code: &'static str,
    /// Why.
    reason: String,
}

impl Audit {
    fn read(self) -> Result<AuditFile, passend_io::FairnessFileError> {
        match self {
            Self::Text(text) => read_audit(text.as_bytes()),
            Self::Rows(rows) => {
                let first = rows.first().into_iter().flat_map(BTreeMap::keys);
                let attributes: Vec<String> = first.filter(|key| *key != "id").cloned().collect();
                let rows: Vec<_> = rows
                    .into_iter()
                    .map(|mut row| {
                        let id = row.remove("id").unwrap_or_default();
                        // A key too many is a group too many, which is refused.
                        let known = attributes.iter().map(|key| row.remove(key));
                        let mut groups: Vec<String> =
                            known.map(Option::unwrap_or_default).collect();
                        groups.extend(row.into_values());
                        (id, groups)
                    })
                    .collect();
                AuditFile::new(attributes, rows)
            }
        }
    }
}

pub(super) fn run(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    const BAD: PassendStatus = PassendStatus::InvalidRequest;
    let asked: FairnessRequest<'_> = request::read(json)?;
    let rules: DisclosureRules =
        disclosure_rules(asked.threshold, asked.rounding, asked.protection)?;
    let pairs = read_listed(asked.result.text("result")?.as_bytes())
        .map_err(|error| Failure::table(BAD, Code::BadResults, "result", error))?;
    let audit = (asked.audit.read())
        .map_err(|error| Failure::table(BAD, Code::BadAudit, "audit", error))?;
    let k = asked.k.map_or(10, |k| k.0);
    context.work(|| {
        let found = fairness(&pairs, &audit, k, &rules);
        if let (true, Some((_, error))) = (found.lines.is_empty(), found.refused.first()) {
            return Err(Failure::table(BAD, Code::UnsafeTable, "audit", error));
        }
        let refused = found.refused.into_iter().map(|(attribute, error)| RefusedAttribute {
            attribute,
            code: Code::UnsafeTable.id(),
            reason: error.to_string(),
        });
        let (detail, unknown, refused) = (found.detail, found.unknown, refused.collect());
        Answer::list(asked.format, found.lines, &Readings::default(), |lines| FairnessAnswer {
            lines,
            detail,
            unknown,
            refused,
        })
    })?
}
