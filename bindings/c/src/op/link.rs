// SPDX-License-Identifier: EUPL-1.2
//! `link` and `related`: titles and skills to concepts, and occupations that are near.

use passend::{Link, LinkHints, LinkKind};
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::job::Context;
use crate::request::{self, ListFormat, Positive, Readings};

/// Which texts are to be linked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkRequest {
    /// The texts; the answers come in their order.
    texts: Vec<String>,
    /// What they are; left out: occupations, or skills where the vocabulary holds nothing else.
    #[serde(default)]
    kind: Option<Kind>,
    /// Concepts for each text; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
    /// The language of the texts, two letters; left out: `nl`.
    #[serde(default)]
    lang: Option<String>,
    /// How it is written.
    #[serde(default)]
    format: ListFormat,
}

/// What texts are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Job titles.
    Occupation,
    /// Skills.
    Skill,
    /// Fields of education, ISCED-F 2013.
    Field,
}

/// Of which occupations the nearest are asked.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelatedRequest {
    /// Ids of occupations; the answers come in their order.
    ids: Vec<String>,
    /// Occupations for each; left out: 10.
    #[serde(default)]
    k: Option<Positive>,
    /// The language of the labels, two letters; left out: `nl`.
    #[serde(default)]
    lang: Option<String>,
    /// How it is written.
    #[serde(default)]
    format: ListFormat,
}

/// What texts or ids are linked to.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LinkAnswer {
    /// One for each text or id, in their order.
    links: Vec<Link>,
}

/// Concepts for each text when nothing is asked.
const USUAL: usize = 10;

pub(super) fn link(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: LinkRequest = request::read(json)?;
    let vocabulary = context.handle.engine().vocabulary();
    let kind = match asked.kind {
        Some(Kind::Occupation) => LinkKind::Occupation,
        Some(Kind::Skill) => LinkKind::Skill,
        Some(Kind::Field) => LinkKind::Field,
        None if vocabulary.is_of_skills() => LinkKind::Skill,
        None => LinkKind::Occupation,
    };
    let language = asked.lang.as_deref().unwrap_or("nl");
    let k = asked.k.map_or(USUAL, Positive::size);
    let links = context.work(|| {
        let links = asked.texts.par_iter().map(|text| {
            let hints = LinkHints { language, ..LinkHints::default() };
            let mut link = vocabulary.link_with(kind, text, hints, k);
            if kind == LinkKind::Field && language == "en" {
                for found in &mut link.matches {
                    let field = vocabulary.fields().iter().find(|field| field.code == found.id);
                    found.label = field.map(|field| field.label.en.clone()).unwrap_or_default();
                }
            }
            link
        });
        links.collect::<Vec<_>>()
    })?;
    Answer::list(asked.format, links, &Readings::default(), |links| LinkAnswer { links })
}

pub(super) fn related(context: &Context<'_>, json: &str) -> Result<Answer, Failure> {
    let asked: RelatedRequest = request::read(json)?;
    let vocabulary = context.handle.engine().vocabulary();
    let language = asked.lang.as_deref().unwrap_or("nl");
    let k = asked.k.map_or(USUAL, Positive::size);
    let links = context.work(|| {
        let links = asked.ids.par_iter().map(|id| vocabulary.related(id.trim(), k, language));
        links.collect::<Vec<_>>()
    })?;
    Answer::list(asked.format, links, &Readings::default(), |links| LinkAnswer { links })
}
