// SPDX-License-Identifier: EUPL-1.2
//! The fields of a record: which there are, how many records fill them, and what uses them.

use std::collections::BTreeMap;

use passend::Side;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::Record;

/// Every path of a record, in order of the alphabet: `hours.min`, `skills`, `skills[].label`.
///
/// A list is a path of its own, since an empty list says something: known to have none. A value that can be written in two
/// ways (`"B1"` or `{"min", "max"}`) is one path.
pub fn paths<T: JsonSchema>() -> Vec<String> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
    });
    let mut paths = Vec::new();
    collect(settings.into_generator().into_root_schema_for::<T>().as_value(), "", &mut paths);
    paths
}

fn collect(schema: &Value, path: &str, paths: &mut Vec<String>) {
    let schema = without_null(schema);
    if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
        for (key, field) in fields {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            collect(field, &path, paths);
        }
        return;
    }
    paths.push(path.to_owned());
    if let Some(items) = schema.get("items")
        && items.get("properties").is_some()
    {
        collect(items, &format!("{path}[]"), paths);
    }
}

/// The schema without the choice of leaving the value out.
fn without_null(schema: &Value) -> &Value {
    let choices = schema.get("anyOf").and_then(Value::as_array);
    let rest = choices.map(|choices| {
        choices
            .iter()
            .filter(|choice| choice.get("type").and_then(Value::as_str) != Some("null"))
            .collect::<Vec<_>>()
    });
    match rest.as_deref() {
        Some([only]) => only,
        _ => schema,
    }
}

/// The values that a record holds at a path; none where the path is not filled.
pub fn values<'a>(record: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut values = vec![record];
    for part in path.split('.') {
        let (key, each) = match part.strip_suffix("[]") {
            Some(key) => (key, true),
            None => (part, false),
        };
        let inner = values.into_iter().filter_map(|value| value.get(key));
        values = if each {
            inner.filter_map(Value::as_array).flatten().collect()
        } else {
            inner.collect()
        };
    }
    values
}

/// The gates and criteria that use a field; none for a field that is kept and never used.
pub fn used_by(side: Side, path: &str) -> &'static [&'static str] {
    let table = match side {
        Side::Candidate => CANDIDATE,
        Side::Vacancy => VACANCY,
    };
    let table: BTreeMap<&str, &[&str]> = table.iter().copied().collect();
    // The nearest field around it that the table names.
    let mut around = Some(path);
    while let Some(path) = around {
        if let Some(users) = table.get(path) {
            return users;
        }
        around = path.rfind(['.', '[']).and_then(|at| path.get(..at));
    }
    &[]
}

/// The paths that something uses. A list stands for what is in it.
///
/// ```
/// let used = passend_io::fields::counted::<passend::Candidate>();
/// assert!(used.contains(&"languages".into()) && !used.contains(&"languages[].level".into()));
/// ```
pub fn counted<T: Record + JsonSchema>() -> Vec<String> {
    let mut paths = paths::<T>();
    paths.retain(|path| !path.contains('[') && !used_by(T::SIDE, path).is_empty());
    paths
}

/// What uses the fields of a candidate. A field within another has its users unless it is named itself.
const CANDIDATE: &[(&str, &[&str])] = &[
    ("turns_18_on", &["age"]),
    ("residence", &["work_authorisation"]),
    ("residence.document_valid_until", &["work_authorisation", "document"]),
    ("residence.document_kind", &["work_authorisation", "document"]),
    ("residence.reception", &["facilities", "twv_check"]),
    ("bsn_available", &["document"]),
    ("location", &["travel"]),
    ("mobility", &["travel"]),
    ("relocation", &["travel"]),
    ("licences", &["profession", "certificate"]),
    ("licences[].source", &[]),
    ("licences[].as_of", &[]),
    ("available", &["dates"]),
    ("hours", &["hours"]),
    ("slots", &["working_time"]),
    ("slots[].movable", &[]),
    ("irregular_ok", &["working_time"]),
    ("office_hours", &["working_time"]),
    ("languages", &["language"]),
    ("languages[].tested_on", &[]),
    ("languages[].source", &[]),
    ("languages[].as_of", &[]),
    ("education", &["diploma", "education"]),
    ("education[].title", &["profession", "diploma", "education"]),
    ("education[].from", &[]),
    ("education[].to", &[]),
    ("education[].evaluation.date", &[]),
    ("education[].source", &[]),
    ("education[].as_of", &[]),
    ("work_level", &["diploma", "education"]),
    ("experience", &["occupation", "skills"]),
    ("experience[].hours", &[]),
    ("experience[].note", &[]),
    ("experience[].source", &[]),
    ("experience[].as_of", &[]),
    ("skills", &["skills"]),
    ("skills[].level", &[]),
    ("skills[].source", &[]),
    ("skills[].as_of", &[]),
    ("certificates", &["profession", "certificate"]),
    ("certificates[].source", &[]),
    ("certificates[].as_of", &[]),
    ("registrations", &["profession"]),
    ("registrations[].source", &[]),
    ("registrations[].as_of", &[]),
    ("wishes", &["wishes"]),
    ("wishes.avoid", &["exclusion"]),
    ("targets", &["wishes"]),
    ("student", &["kind_of_work"]),
    ("contract_wishes", &["kind_of_work"]),
    ("support.language_coach", &["language"]),
];

/// What uses the fields of a vacancy.
const VACANCY: &[(&str, &[&str])] = &[
    ("title", &["profession", "exclusion", "occupation", "skills", "wishes"]),
    ("occupation", &["profession", "exclusion", "occupation", "skills", "wishes"]),
    ("employer.id", &["work_authorisation"]),
    ("employer.sbi", &["work_authorisation", "exclusion", "wishes"]),
    ("location", &["travel"]),
    ("closes", &["dates"]),
    ("starts", &["dates"]),
    ("ends", &["dates"]),
    ("contract_days", &["dates"]),
    ("hours", &["hours", "wishes"]),
    ("slots", &["working_time"]),
    ("irregular", &["working_time"]),
    ("kind", &["work_authorisation", "kind_of_work"]),
    ("pool.agency_holds_twv", &["work_authorisation"]),
    ("language_support", &["language"]),
    ("require.work_level", &["diploma", "education"]),
    ("require.education_level", &["diploma", "education"]),
    ("require.education_field", &["education"]),
    ("require.languages", &["language"]),
    ("require.licences", &["certificate"]),
    ("require.certificates", &["certificate"]),
    ("require.skills", &["skills"]),
    ("require.registration", &["profession"]),
    ("twv", &["work_authorisation"]),
    ("published", &["twv_check"]),
    ("wage", &["twv_check"]),
    ("wage.text", &[]),
    ("wage.max", &[]),
    ("work_learn", &["facilities"]),
    ("contract", &["facilities"]),
    ("pays_market_wage", &["work_authorisation"]),
    ("transport.shift_by_pt", &["travel"]),
];

#[cfg(test)]
mod tests {
    use passend::{Candidate, Vacancy};
    use serde_json::json;

    use super::*;

    #[test]
    fn every_field_that_is_named_exists() {
        let check = |table: &[(&str, &[&str])], paths: Vec<String>| {
            for (path, _) in table {
                let within = |known: &String| {
                    known
                        .strip_prefix(path)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                assert!(paths.iter().any(within), "{path}");
            }
        };
        check(CANDIDATE, paths::<Candidate>());
        check(VACANCY, paths::<Vacancy>());
    }

    #[test]
    fn lists_and_what_they_hold_are_paths() {
        let paths = paths::<Candidate>();
        for path in ["skills", "skills[].label", "languages[].level", "residence.nl_work.started"] {
            assert!(paths.iter().any(|known| known == path), "{path} of {paths:?}");
        }
        assert!(!paths.iter().any(|path| path.contains("level.min")), "{paths:?}");
    }

    #[test]
    fn a_field_has_the_users_of_what_is_around_it() {
        assert_eq!(used_by(Side::Candidate, "residence.status"), ["work_authorisation"]);
        assert_eq!(
            used_by(Side::Candidate, "residence.document_kind"),
            ["work_authorisation", "document"]
        );
        assert_eq!(
            used_by(Side::Candidate, "education[].evaluation.outcome_code"),
            ["diploma", "education"]
        );
        assert!(used_by(Side::Candidate, "permission.purpose").is_empty());
    }

    #[test]
    fn an_empty_list_is_filled_and_what_it_would_hold_is_not() {
        let record = json!({"skills": [], "languages": [{"code": "nl"}, {"code": "en"}]});
        assert_eq!(values(&record, "skills").len(), 1);
        assert_eq!(values(&record, "skills[].label").len(), 0);
        assert_eq!(values(&record, "languages[].code").len(), 2);
        assert_eq!(values(&record, "hours.min").len(), 0);
    }
}
