// SPDX-License-Identifier: EUPL-1.2
//! The fields of the records as columns: their names, order and types.
//!
//! The structs of the engine are the definition of a record; a test holds this table to the schema that is made from them.

use passend::Side;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text, a word of a list, or a time.
    Text,
    /// A day.
    Day,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0 to 65,535.
    Whole,
    /// A whole number of any size, perhaps below 0; in results alone.
    #[cfg(feature = "arrow")]
    Integer,
    /// A number of at most two decimals.
    Number,
    /// A level, or the levels between which it lies.
    Range,
    /// Some of a kind, in order.
    List(&'static Kind),
    /// Fields of its own.
    Object(&'static [Field]),
}

#[cfg(feature = "arrow")]
impl Kind {
    /// The bounds between which a level lies, as fields.
    pub(crate) const BOUNDS: &'static [Field] = &[Field("min", Text), Field("max", Text)];

    /// The fields of what is an object, or may be one.
    pub(crate) fn fields(self) -> Option<&'static [Field]> {
        match self {
            Self::Object(fields) => Some(fields),
            Self::Range => Some(Self::BOUNDS),
            _ => None,
        }
    }
}

/// A field: its key, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field(pub(crate) &'static str, pub(crate) Kind);

/// The fields of a record of this side, in order.
pub(crate) const fn fields(side: Side) -> &'static [Field] {
    match side {
        Side::Candidate => CANDIDATE,
        Side::Vacancy => VACANCY,
    }
}

/// The field of this key.
pub(crate) fn field(fields: &[Field], key: &str) -> Option<Kind> {
    fields.iter().find(|field| field.0 == key).map(|field| field.1)
}

use Kind::{Day, Flag, List, Number, Object, Range, Text, Whole};

const TEXTS: Kind = List(&Text);

const CONCEPT: Kind = Object(&[Field("scheme", Text), Field("code", Text), Field("label", Text)]);
const CONCEPTS: Kind = List(&CONCEPT);

const HOURS: Kind = Object(&[Field("min", Number), Field("max", Number)]);

const CANDIDATE: &[Field] = &[
    Field("schema", Text),
    Field("id", Text),
    Field("turns_18_on", Day),
    Field("residence", RESIDENCE),
    Field("bsn_available", Flag),
    Field(
        "location",
        Object(&[Field("postcode", Text), Field("municipality", Text), Field("site", Text)]),
    ),
    Field(
        "mobility",
        Object(&[Field("max_km", Whole), Field("max_minutes", Whole), Field("modes", TEXTS)]),
    ),
    Field(
        "licences",
        List(&Object(&[
            Field("category", Text),
            Field("usable_in_nl", Flag),
            Field("valid_until", Day),
            Field("source", Text),
            Field("as_of", Day),
        ])),
    ),
    Field(
        "relocation",
        Object(&[Field("expected_on", Day), Field("municipality", Text), Field("certain", Flag)]),
    ),
    Field("available", Object(&[Field("from", Day), Field("until", Day)])),
    Field("hours", HOURS),
    Field(
        "slots",
        List(&Object(&[
            Field("day", Text),
            Field("from", Text),
            Field("to", Text),
            Field("kind", Text),
            Field("movable", Flag),
        ])),
    ),
    Field("irregular_ok", Flag),
    Field("office_hours", Flag),
    Field("languages", LANGUAGES),
    Field("education", EDUCATION),
    Field("work_level", Whole),
    Field("experience", EXPERIENCE),
    Field(
        "skills",
        List(&Object(&[
            Field("scheme", Text),
            Field("code", Text),
            Field("label", Text),
            Field("level", Whole),
            Field("source", Text),
            Field("as_of", Day),
        ])),
    ),
    Field(
        "certificates",
        List(&Object(&[
            Field("code", Text),
            Field("name", Text),
            Field("issued", Day),
            Field("valid_until", Day),
            Field("planned", Day),
            Field("source", Text),
            Field("as_of", Day),
        ])),
    ),
    Field(
        "registrations",
        List(&Object(&[
            Field("register", Text),
            Field("profession", Text),
            Field("status", Text),
            Field("valid_until", Day),
            Field("source", Text),
            Field("as_of", Day),
        ])),
    ),
    Field(
        "wishes",
        Object(&[
            Field("occupations", CONCEPTS),
            Field("sectors", TEXTS),
            Field("avoid", CONCEPTS),
            Field("hours", HOURS),
        ]),
    ),
    Field("student", Flag),
    Field("permission", Object(&[Field("purpose", Text), Field("until", Day)])),
    Field("targets", CONCEPTS),
    Field("contract_wishes", TEXTS),
    Field(
        "integration",
        Object(&[Field("route", Text), Field("deadline", Day), Field("map_done", Flag)]),
    ),
    Field(
        "support",
        Object(&[
            Field("language_coach", Flag),
            Field("job_coach", Flag),
            Field("workplace_adjustment_arranged", Flag),
        ]),
    ),
];

const RESIDENCE: Kind = Object(&[
    Field("status", Text),
    Field("procedure_started", Day),
    Field("since", Day),
    Field("document_valid_until", Day),
    Field("accelerated", Flag),
    Field("document_kind", Text),
    Field("reception", Flag),
    Field("nl_work", Object(&[Field("started", Day), Field("weeks_worked_in_52", Whole)])),
    Field("work_note", Text),
    Field(
        "permits",
        List(&Object(&[
            Field("kind", Text),
            Field("from", Day),
            Field("until", Day),
            Field("employer_id", Text),
            Field("hirers", TEXTS),
            Field("hours", HOURS),
        ])),
    ),
]);

const LANGUAGES: Kind = List(&Object(&[
    Field("code", Text),
    Field("level", Range),
    Field("listening", Range),
    Field("reading", Range),
    Field("speaking", Range),
    Field("writing", Range),
    Field("tested_on", Day),
    Field("source", Text),
    Field("as_of", Day),
]));

const EDUCATION: Kind = List(&Object(&[
    Field("title", Text),
    Field("level", Range),
    Field("level_source", Text),
    Field("field", CONCEPT),
    Field("from", Day),
    Field("to", Day),
    Field("status", Text),
    Field("diploma", Flag),
    Field(
        "evaluation",
        Object(&[
            Field("outcome_code", Text),
            Field("dutch_level", Text),
            Field("field", CONCEPT),
            Field("date", Day),
        ]),
    ),
    Field("source", Text),
    Field("as_of", Day),
]));

const EXPERIENCE: Kind = List(&Object(&[
    Field("occupation", CONCEPT),
    Field("title", Text),
    Field("from", Day),
    Field("to", Day),
    Field("months", Whole),
    Field("hours", HOURS),
    Field("note", Text),
    Field("source", Text),
    Field("as_of", Day),
]));

const VACANCY: &[Field] = &[
    Field("schema", Text),
    Field("id", Text),
    Field("title", Text),
    Field("description", Text),
    Field("url", Text),
    Field("source", Text),
    Field(
        "employer",
        Object(&[Field("id", Text), Field("name", Text), Field("kvk", Text), Field("sbi", Text)]),
    ),
    Field(
        "location",
        Object(&[Field("postcode", Text), Field("municipality", Text), Field("remote", Flag)]),
    ),
    Field("occupation", CONCEPTS),
    Field("positions", Whole),
    Field("published", Day),
    Field("closes", Day),
    Field("starts", Day),
    Field("ends", Day),
    Field("hours", HOURS),
    Field("slots", List(&Object(&[Field("day", Text), Field("from", Text), Field("to", Text)]))),
    Field("irregular", Flag),
    Field("office_hours", Flag),
    Field("contract", Text),
    Field("kind", Text),
    Field("pool", Object(&[Field("combinable", Flag), Field("agency_holds_twv", Flag)])),
    Field("language_support", Flag),
    Field("job_support", Flag),
    Field("work_learn", Flag),
    Field("pays_market_wage", Flag),
    Field("contract_days", Whole),
    Field(
        "wage",
        Object(&[
            Field("min", Number),
            Field("max", Number),
            Field("unit", Text),
            Field("currency", Text),
            Field("text", Text),
        ]),
    ),
    Field("require", REQUIRE),
    Field("working_language", Text),
    Field("plain_language_ok", Flag),
    Field("twv", Object(&[Field("employer_will_apply", Text)])),
    Field("physical", Text),
    Field("transport", Object(&[Field("shift_by_pt", Flag)])),
    Field("childcare", Flag),
];

const REQUIRE: Kind = Object(&[
    Field("work_level", Object(&[Field("level", Whole), Field("weight", Text)])),
    Field("education_level", Object(&[Field("level", Text), Field("weight", Text)])),
    Field(
        "education_field",
        Object(&[
            Field("scheme", Text),
            Field("code", Text),
            Field("label", Text),
            Field("weight", Text),
        ]),
    ),
    Field("years", Object(&[Field("min", Whole), Field("weight", Text)])),
    Field(
        "languages",
        List(&Object(&[
            Field("code", Text),
            Field("skill", Text),
            Field("min", Text),
            Field("or", List(&Object(&[Field("code", Text), Field("min", Text)]))),
            Field("weight", Text),
        ])),
    ),
    Field("licences", List(&Object(&[Field("category", Text), Field("weight", Text)]))),
    Field(
        "certificates",
        List(&Object(&[Field("code", Text), Field("name", Text), Field("weight", Text)])),
    ),
    Field(
        "skills",
        List(&Object(&[
            Field("scheme", Text),
            Field("code", Text),
            Field("label", Text),
            Field("weight", Text),
        ])),
    ),
    Field("registration", Object(&[Field("register", Text), Field("profession", Text)])),
]);

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The schema without the choice of leaving the value out, and without the short way of writing it.
    fn long(schema: &Value) -> &Value {
        let Some(choices) = schema["anyOf"].as_array() else { return schema };
        let objects = choices.iter().find(|choice| choice["type"] == "object");
        let known = || choices.iter().find(|choice| choice["type"] != "null").map(long);
        objects.or_else(known).unwrap()
    }

    fn is(schema: &Value, kind: &str) -> bool {
        let types = &schema["type"];
        types == kind || types.as_array().is_some_and(|all| all.iter().any(|one| one == kind))
    }

    #[track_caller]
    fn check(schema: &Value, kind: Kind, path: &str) {
        let schema = long(schema);
        match kind {
            Text => assert!(
                is(schema, "string") && schema["format"] != "date"
                    || schema["enum"].is_array()
                    || schema["oneOf"].is_array(),
                "{path}: {schema}"
            ),
            Day => assert_eq!(schema["format"], "date", "{path}"),
            Flag => assert!(is(schema, "boolean"), "{path}: {schema}"),
            Whole => assert!(is(schema, "integer"), "{path}: {schema}"),
            #[cfg(feature = "arrow")]
            Kind::Integer => assert!(is(schema, "integer"), "{path}: {schema}"),
            Number => assert!(is(schema, "number"), "{path}: {schema}"),
            Range => {
                let keys: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
                assert_eq!(keys, ["max", "min"], "{path}");
            }
            List(item) => check(&schema["items"], *item, path),
            Object(fields) => {
                let mut keys: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
                let mut known: Vec<_> = fields.iter().map(|field| field.0).collect();
                keys.sort();
                known.sort_unstable();
                assert_eq!(keys, known, "{path}");
                for Field(key, kind) in fields {
                    check(&schema["properties"][*key], *kind, &format!("{path}.{key}"));
                }
            }
        }
    }

    fn schema<T: schemars::JsonSchema>() -> Value {
        let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
        });
        settings.into_generator().into_root_schema_for::<T>().as_value().clone()
    }

    #[test]
    fn the_columns_are_the_fields_of_the_schema() {
        check(&schema::<passend::Candidate>(), Object(CANDIDATE), "candidate");
        check(&schema::<passend::Vacancy>(), Object(VACANCY), "vacancy");
        #[cfg(feature = "arrow")]
        {
            use crate::write::Line;
            fn line<T: Line + schemars::JsonSchema>() {
                check(&schema::<T>(), Object(T::FIELDS.0), T::NAME);
            }
            line::<passend::GapPlan>();
            line::<passend::NextQuestion>();
            line::<passend::Relaxed>();
            line::<passend::Difference>();
            line::<passend::AssignedLine>();
            line::<passend::UnplacedLine>();
            line::<passend::EdgeLine>();
            line::<passend::PoolLine>();
            line::<passend::JobLine>();
            line::<passend::TimetableLine>();
            line::<passend::PersonFacts>();
        }
    }

    #[test]
    fn every_object_has_a_field_that_is_none_itself() {
        fn walk(fields: &[Field]) {
            assert!(fields.iter().any(|field| !matches!(field.1, Object(_))), "{fields:?}");
            for Field(_, kind) in fields {
                if let Object(fields) = kind {
                    walk(fields);
                }
            }
        }
        walk(CANDIDATE);
        walk(VACANCY);
    }
}
