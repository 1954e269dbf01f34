// SPDX-License-Identifier: EUPL-1.2
//! What must hold with a vocabulary whose ids the law tables do not know.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::{
    Candidate, ConceptKind, Engine, LabelKind, Policy, Vacancy, Vocabulary, VocabularyBuilder,
    VocabularySource,
};
use serde_json::json;

/// One occupation in a unit group.
fn vocabulary(title: &str, isco08: &str) -> Vocabulary {
    let mut builder = VocabularyBuilder::default();
    let occupation = builder.add(ConceptKind::Occupation, "occupation/0123-4567");
    builder.label(occupation, "nl", LabelKind::Preferred, title);
    builder.within(occupation, isco08).unwrap();
    builder.build(&VocabularySource { name: "foreign".to_owned(), ..Default::default() })
}

/// What the profession gate finds for a vacancy with this title.
#[track_caller]
fn check(title: &str, isco08: &str, expected: &str) {
    let engine = Engine::new(Policy::builtin(), vocabulary(title, isco08));
    let candidate: Candidate =
        serde_json::from_value(json!({"id": "c", "registrations": []})).unwrap();
    let vacancy: Vacancy = serde_json::from_value(json!({"id": "v", "title": title})).unwrap();
    let market = engine.market(&[candidate], &[vacancy], "2026-03-01".parse().unwrap()).unwrap();
    let explained = serde_json::to_value(market.explain("c", "v").unwrap()).unwrap();
    let found = explained["findings"].as_array().unwrap().iter();
    let found = found.filter(|one| one["gate"] == "profession").map(|one| one["finding"].clone());
    assert_eq!(found.collect::<Vec<_>>(), [json!(expected)], "{title}");
}

#[test]
fn a_title_in_the_group_of_a_regulated_profession_is_a_question() {
    check("verpleegkundige", "2221", "unknown");
    check("kok", "5120", "open");
}
