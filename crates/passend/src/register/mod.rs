// SPDX-License-Identifier: EUPL-1.2
//! A registration for the Dutch Algorithm Register: what the library knows of itself, and what only the organisation knows.
//!
//! Fields, titles, limits and lists of values are those of version 1.0 of the publication standard (schema `v1_0.json` of the
//! register, ministry of the Interior, published 9 July 2024 as 1.0.9).

mod page;

use std::borrow::Borrow;

use serde::Serialize;

use crate::engine::Engine;
use crate::model::Day;
use crate::text::{Args, Lang, Say, Text};

/// The version of the publication standard.
const STANDARD: &str = "1.0";

/// A registration, to be completed by the organisation.
///
/// ```
/// # use passend::{Engine, FilledBy, Lang, RegisterEntry};
/// let registration = RegisterEntry::new(&Engine::default(), "2026-11-25".parse()?, &["skills"], Lang::Nl);
/// let field = |name: &str| registration.fields.iter().find(|field| field.field == name).unwrap();
/// assert_eq!(field("organization").filled_by, FilledBy::Organisation);
/// assert_eq!(field("standard_version").value.as_deref(), Some("1.0"));
/// # Ok::<(), passend::DayError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterEntry {
    /// Version of the publication standard.
    pub standard: &'static str,
    /// The day on which the rules were read.
    pub as_of: Day,
    /// The fields, in the order of the register.
    pub fields: Vec<RegisterField>,
}

/// A field of a registration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RegisterField {
    /// The key of the register.
    pub field: &'static str,
    /// Its title in the register.
    pub title: &'static str,
    /// Whether the register takes no registration without it.
    pub required: bool,
    /// Most characters.
    pub max_length: Option<u16>,
    /// Who can fill it in.
    pub filled_by: FilledBy,
    /// What the library knows; `None` where only the organisation does. Of a list the values with `; ` between them.
    pub value: Option<String>,
    /// What the organisation does with it.
    pub what: Text,
}

/// Who can fill in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FilledBy {
    /// The library knows it.
    Library,
    /// The library knows a part; the organisation completes it.
    Both,
    /// Only the organisation knows it.
    Organisation,
}

/// A field of the standard: key, title, whether it is required, most characters, who fills it in, the text of the value.
type Standard = (&'static str, &'static str, bool, Option<u16>, FilledBy, Option<Say>);

use FilledBy::{Both, Library, Organisation};

const FIELDS: [Standard; 29] = [
    ("name", "Naam", true, Some(100), Both, Some(Say("register_name"))),
    ("description_short", "Korte omschrijving", true, Some(350), Both, Some(Say("register_short"))),
    ("organization", "Organisatie", true, Some(100), Organisation, None),
    ("category", "Thema", false, None, Both, Some(Say("register_category"))),
    ("status", "Status", true, None, Organisation, None),
    ("begin_date", "Begindatum", false, Some(7), Organisation, None),
    ("end_date", "Einddatum", false, Some(7), Organisation, None),
    ("contact_email", "Contactgegevens", true, Some(500), Organisation, None),
    ("website", "Link naar publiekspagina", false, Some(500), Organisation, None),
    (
        "publication_category",
        "Publicatiecategorie",
        true,
        None,
        Both,
        Some(Say("register_publication")),
    ),
    ("url", "Link naar bronregistratie", false, Some(500), Organisation, None),
    ("goal", "Doel en impact", false, Some(2_500), Both, Some(Say("register_goal"))),
    ("proportionality", "Afwegingen", false, Some(2_500), Organisation, None),
    (
        "human_intervention",
        "Menselijke tussenkomst",
        false,
        Some(2_500),
        Both,
        Some(Say("register_human")),
    ),
    ("risks", "Risicobeheer", false, Some(2_500), Both, Some(Say("register_risks"))),
    ("lawful_basis", "Wettelijke basis", false, Some(2_500), Organisation, None),
    ("lawful_basis_grouping", "Verwijzingen wettelijke basis", false, None, Organisation, None),
    ("process_index_url", "Link naar verwerkingsregister", false, Some(500), Organisation, None),
    ("impacttoetsen_grouping", "Impacttoetsen", false, None, Organisation, None),
    ("impacttoetsen", "Toelichting op impacttoetsen", false, Some(2_500), Organisation, None),
    ("source_data", "Gegevens", false, Some(2_500), Both, Some(Say("register_data"))),
    ("source_data_grouping", "Verwijzingen gegevensbronnen", false, None, Organisation, None),
    (
        "methods_and_models",
        "Technische werking",
        false,
        Some(5_000),
        Library,
        Some(Say("register_method")),
    ),
    ("provider", "Leverancier", false, Some(200), Organisation, None),
    ("publiccode", "Link naar broncode", false, Some(500), Library, Some(Say("register_code"))),
    ("lang", "Taal", true, None, Library, Some(Say("register_lang"))),
    (
        "standard_version",
        "Versie publicatiestandaard",
        false,
        None,
        Library,
        Some(Say("register_standard")),
    ),
    ("source_id", "Bron-ID", false, Some(100), Organisation, None),
    ("tags", "Zoektermen", false, Some(2_500), Both, Some(Say("register_tags"))),
];

impl RegisterEntry {
    /// What an engine knows of itself on a day. `fields` are those of a person's record that count; texts are in `lang`, and
    /// the register takes Dutch.
    pub fn new(engine: &Engine, as_of: Day, fields: &[impl Borrow<str>], lang: Lang) -> Self {
        let policy = engine.policy();
        let rules = policy.rules(as_of, policy.announced());
        let unverified = rules.iter().filter(|rule| rule.verified != "source-read").count();
        let args = Args::default()
            .value("weights", policy.weights())
            .value("rules", policy.version())
            .value("number", rules.len())
            .value("unverified", unverified)
            .value("reviewed", policy.reviewed_until())
            .value("vocabulary", engine.vocabulary().version())
            .value("program", env!("CARGO_PKG_VERSION"))
            .value("code", env!("CARGO_PKG_REPOSITORY"))
            .value("standard", STANDARD)
            .value("fields", fields.join(", "));
        let fields = FIELDS.map(|(field, title, required, max_length, filled_by, say)| {
            let value = say.map(|say| say.with(&args).get(lang).to_owned());
            let what = match filled_by {
                Library => Say("register_what_library").plain(),
                Both => Say("register_what_both").plain(),
                Organisation => Say("register_what_organisation").plain(),
            };
            RegisterField { field, title, required, max_length, filled_by, value, what }
        });
        Self { standard: STANDARD, as_of, fields: fields.to_vec() }
    }
}
