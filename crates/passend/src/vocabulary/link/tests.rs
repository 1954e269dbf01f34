// SPDX-License-Identifier: EUPL-1.2
//! Linking by examples, with a vocabulary of a few invented lines.

use super::{LinkAnswer, LinkConcept, LinkHints, LinkSettings, LinkStatus, Linker, Why};
use crate::vocabulary::{LabelKind, LabelRow};

/// Number, ISCO code, labels: the first is preferred.
const OCCUPATIONS: [(u32, &str, &[&str]); 9] = [
    (0, "7231", &["automonteur", "monteur personenauto's", "monteur auto"]),
    (1, "8332", &["vrachtwagenchauffeur", "truckchauffeur", "chauffeur vrachtwagen"]),
    (2, "7223", &["CNC-frezer", "frezer CNC", "operator freesmachine"]),
    (3, "2221", &["verpleegkundige", "nurse", "verpleegster"]),
    (4, "5120", &["kok", "cook", "kokkin", "кухар"]),
    (5, "2330", &["mathematics teacher", "leraar wiskunde", "docent wiskunde"]),
    (6, "2330", &["leraar biologie", "docent biologie", "biology teacher"]),
    (7, "4110", &["medewerker administratie", "medewerker"]),
    (8, "9329", &["medewerker productie", "medewerker"]),
];

fn rows() -> Vec<LabelRow<'static>> {
    let of = |(concept, _, labels): &(u32, &'static str, &'static [&'static str])| {
        let concept = *concept;
        let row = move |(nth, text): (usize, &&'static str)| LabelRow {
            concept,
            language: "",
            kind: if nth == 0 { LabelKind::Preferred } else { LabelKind::Alternative },
            preferred: nth == 0,
            text,
        };
        labels.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    OCCUPATIONS.iter().flat_map(of).collect()
}

fn about(concept: u32) -> LinkConcept {
    let known = OCCUPATIONS.iter().find(|(number, ..)| *number == concept);
    LinkConcept { isco: known.map_or("", |(_, isco, _)| isco).to_owned(), is_group: false }
}

fn find(text: &str) -> LinkAnswer {
    Linker::new(rows(), about, LinkSettings::OCCUPATIONS).find(text, LinkHints::default(), 5)
}

#[track_caller]
fn check(text: &str, concept: u32, why: Why, status: LinkStatus) {
    let answer = find(text);
    let first = answer.matches.first().map(|one| (one.concept, one.why));
    assert_eq!((first, answer.status), (Some((concept, why)), status), "{text}: {answer:?}");
}

#[test]
fn titles_are_found_as_people_write_them() {
    check("automonteur", 0, Why::Exact, LinkStatus::Linked);
    check("Automonteur", 0, Why::Folded, LinkStatus::Linked);
    check("monteur auto's (m/v)", 0, Why::Alternative, LinkStatus::Linked);
    check("vrachtwagenchauffeur CE", 1, Why::Overlap, LinkStatus::Linked);
    check("CNC frezer", 2, Why::Folded, LinkStatus::Linked);
    check("verpleegkundige niveau 4", 3, Why::Folded, LinkStatus::Linked);
    check("kok / zelfstandig werkend kok", 4, Why::Folded, LinkStatus::Linked);
    check("vrachtwagenrijder / truckchauffeur", 1, Why::Alternative, LinkStatus::Linked);
    check("Кухар", 4, Why::Alternative, LinkStatus::Linked);
    check("teacher of mathematics", 5, Why::Overlap, LinkStatus::Linked);
}

#[test]
fn spelling_errors_are_seen_through() {
    check("vrachtwagenchaufeur", 1, Why::Spelling, LinkStatus::Linked);
    check("verpleegkunidge", 3, Why::Spelling, LinkStatus::Linked);
    check("truck chauffeur", 1, Why::Spelling, LinkStatus::Linked);
}

#[test]
fn compounds_are_taken_apart() {
    let answer = find("medewerkerbiologie");
    assert_eq!(answer.matches[0].why, Why::Compound, "{answer:?}");
}

#[test]
fn a_word_before_a_title_may_change_the_work() {
    for text in ["planner verpleegkundige", "hulp verpleegkundige", "assistent kok"] {
        let answer = find(text);
        assert_eq!(answer.status, LinkStatus::Unsure, "{answer:?}");
        assert!(answer.readings.is_empty(), "{answer:?}");
    }
}

#[test]
fn a_label_of_two_concepts_is_never_one_silently() {
    let answer = find("medewerker");
    assert_eq!(answer.status, LinkStatus::Unsure);
    assert_eq!(answer.readings, [(8, 50), (7, 50)]);
    let answer = find("kok / verpleegkundige");
    assert_eq!((answer.status, answer.readings.len()), (LinkStatus::Unsure, 2), "{answer:?}");
    assert_eq!(find("medewerker productie").readings, [(8, 100)]);
}

#[test]
fn a_word_of_many_labels_is_no_name_of_one_concept() {
    let others: Vec<String> = (0..60).map(|number| format!("teacher number{number}")).collect();
    fn row<'a>((concept, text): (u32, &'a str)) -> LabelRow<'a> {
        let kind = LabelKind::Alternative;
        LabelRow { concept, language: "", kind, preferred: false, text }
    }
    let linked = |labels: &[String]| {
        let own = [(70, "teacher"), (70, "tutor")].into_iter();
        let all = own.chain((100..).zip(labels.iter().map(String::as_str))).map(row);
        let linker = Linker::new(all, about, LinkSettings::OCCUPATIONS);
        ["teacher", "tutor"].map(|text| linker.find(text, LinkHints::default(), 5).status)
    };
    assert_eq!(linked(&others), [LinkStatus::Unsure, LinkStatus::Linked]);
    assert_eq!(linked(&others[..40]), [LinkStatus::Linked, LinkStatus::Linked]);
}

#[test]
fn nothing_near_is_none() {
    for text in ["xyzzy plugh", "", "(m/v)", "!!", "32"] {
        let answer = find(text);
        assert_eq!((answer.status, answer.matches.len()), (LinkStatus::None, 0), "{text}");
    }
}

#[test]
fn words_that_stand_for_each_other_are_learned() {
    // Both teachers are called "leraar" and "docent", so "docent" leads to a label that has "leraar" alone.
    let mut rows = rows();
    let row = |concept, text| LabelRow { concept, text, preferred: true, ..rows[0] };
    let added = [row(9, "leraar scheikunde"), row(10, "operator scheikunde")];
    rows.extend(added);
    let linker = Linker::new(rows, about, LinkSettings::OCCUPATIONS);
    assert_eq!(linker.find("docent scheikunde", LinkHints::default(), 3).matches[0].concept, 9);
}

#[test]
fn context_and_the_callers_scores_count() {
    let linker = Linker::new(rows(), about, LinkSettings::OCCUPATIONS);
    let first = |hints| linker.find("medewerker", hints, 3).matches[0].clone();
    assert_eq!(first(LinkHints { context: "9329", ..LinkHints::default() }).concept, 8);
    let hints = LinkHints { given: &[(4, 1000), (6, 900)], ..LinkHints::default() };
    let given = linker.find("bereider van maaltijden", hints, 3).matches[0].clone();
    assert_eq!((given.concept, given.why), (4, Why::Given));
    assert!(given.given > 0);
}

#[test]
fn the_order_of_labels_does_not_matter() {
    let texts = ["monteur", "medewerker", "docent", "chauffeur vrachtwagen", "kokin"];
    let mut turned = rows();
    turned.reverse();
    let (one, other) = (
        Linker::new(rows(), about, LinkSettings::OCCUPATIONS),
        Linker::new(turned, about, LinkSettings::OCCUPATIONS),
    );
    for text in texts {
        let find = |linker: &Linker| linker.find(text, LinkHints::default(), 9);
        assert_eq!(find(&one), find(&other));
    }
}

#[test]
fn searching_twice_gives_the_same() {
    let linker = Linker::new(rows(), about, LinkSettings::OCCUPATIONS);
    let first = linker.find("docent biologie", LinkHints::default(), 9);
    linker.find("kok", LinkHints::default(), 9);
    assert_eq!(first, linker.find("docent biologie", LinkHints::default(), 9));
}

#[test]
fn any_text_is_answered() {
    let long = ["a", "kok ", "kok/", "(", "verpleegkundige", "\u{301}", "кухар - "];
    for text in long.map(|part| part.repeat(5_000)) {
        find(&text);
    }
    let rows = [LabelRow { text: &"aa".repeat(5_000), ..rows()[0] }];
    let linker = Linker::new(rows, about, LinkSettings::SKILLS);
    linker.find(&"a".repeat(10_000), LinkHints::default(), 3);
    assert!(
        Linker::new([], about, LinkSettings::SKILLS)
            .find("kok", LinkHints::default(), 3)
            .matches
            .is_empty()
    );
}
