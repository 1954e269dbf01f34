// SPDX-License-Identifier: EUPL-1.2
//! What of an explanation a reader sees, and under which headings.

use super::reader::Reader;
use super::record::{Explanation, Row};
use crate::text::{Args, Lang, Say, Text};

/// A part of a page.
pub(super) struct Section<'a> {
    pub(super) key: &'static str,
    pub(super) heading: String,
    pub(super) rows: Vec<&'a Row>,
}

/// The parts of a page with their rows, in order; empty parts are left out.
pub(super) fn sections(explanation: &Explanation, lang: Lang, reader: Reader) -> Vec<Section<'_>> {
    let headings = [
        ("summary", Say("section_summary")),
        ("gates", Say("section_gates")),
        ("steps", Say("section_steps")),
        ("duties", Say("section_duties")),
        ("twv_check", Say("section_twv_check")),
        ("facilities", Say("section_facilities")),
        ("questions", Say("section_questions")),
        ("score", Say("section_score")),
        ("experience", Say("section_experience")),
        ("education", Say("criterion_education")),
        ("skills", Say("section_skills")),
        ("readings", Say("section_readings")),
        ("flags", Say("section_flags")),
        ("versions", Say("section_versions")),
    ];
    headings
        .into_iter()
        .map(|(key, heading)| Section {
            key,
            heading: heading.plain().get(lang).to_owned(),
            rows: explanation.rows_for(reader).iter().filter(|row| row.section == key).collect(),
        })
        .filter(|section| !section.rows.is_empty())
        .collect()
}

/// What a row is about, in words.
pub(super) fn label(row: &Row, lang: Lang, reader: Reader) -> String {
    let say = match (row.section, row.key.as_str()) {
        ("summary", "candidate") => Say("label_candidate"),
        ("summary", "vacancy") => Say("label_vacancy"),
        ("summary", "occupation") => Say("label_occupation"),
        ("summary", "readiness") => Say("label_readiness"),
        ("summary", "reason") => Say("label_reason"),
        ("summary", "without_announced") => Say("label_without_announced"),
        ("summary", "score") => Say("label_score"),
        ("summary", "until") => Say("label_until"),
        ("summary", "days_left") => Say("label_days_left"),
        ("score", "skills") => Say("criterion_skills"),
        ("score", "occupation") => Say("criterion_occupation"),
        ("score", "education") => Say("criterion_education"),
        ("score", "language") => Say("criterion_language"),
        ("score", "travel") => Say("criterion_travel"),
        ("score", "wishes") => Say("criterion_wishes"),
        ("gates", "work_authorisation") => Say("gate_work_authorisation"),
        ("gates", "document") => Say("gate_document"),
        ("gates", "age") => Say("gate_age"),
        ("gates", "profession") => Say("gate_profession"),
        ("gates", "certificate") => Say("gate_certificate"),
        ("gates", "language") => Say("gate_language"),
        ("gates", "diploma") => Say("gate_diploma"),
        ("gates", "working_time") => Say("gate_working_time"),
        ("gates", "hours") => Say("gate_hours"),
        ("gates", "travel") => Say("gate_travel"),
        ("gates", "dates") => Say("gate_dates"),
        ("gates", "exclusion") => Say("gate_exclusion"),
        ("gates", "kind_of_work") => Say("gate_kind_of_work"),
        ("versions", "as_of") => Say("label_as_of"),
        ("versions", "rules") => Say("label_rules"),
        ("versions", "vocabulary") => Say("label_vocabulary"),
        ("versions", "weights") => Say("label_weights"),
        _ => return String::new(),
    };
    say.said(reader.voice(), &Args::default()).get(lang).to_owned()
}

/// The mark of a check or an arrangement; a dot for everything else that stands in a list.
pub(super) fn sign(row: &Row) -> &'static str {
    let answer = row.value.split(' ').next().unwrap_or_default();
    match (row.section, answer) {
        ("twv_check", "ok") | ("facilities", "open") => "✓",
        ("twv_check", "act") => "→",
        ("twv_check" | "facilities", "ask") => "?",
        ("twv_check", "paper") => "☐",
        ("facilities", "later") => "◷",
        ("facilities", "no") => "–",
        _ => "•",
    }
}

/// Whether a gate is open: what it says fits on its line.
pub(super) fn is_open(row: &Row) -> bool {
    row.value.starts_with("open ")
}

/// Contribution and weight of a criterion, in hundredths of a point; nothing for one that is not asked.
pub(super) fn part(row: &Row) -> (u32, u32) {
    let parts = row
        .value
        .split_once('/')
        .and_then(|(part, most)| Some((part.parse().ok()?, most.parse().ok()?)));
    parts.unwrap_or_default()
}

/// The mark of a gate: a sign and a word, so that no colour is needed.
pub(super) fn mark(row: &Row, lang: Lang) -> (&'static str, String) {
    let (sign, say) = match row.value.split(' ').next() {
        Some("open") => ("✓", Say("mark_open")),
        Some("opens_on") => ("◷", Say("mark_opens_on")),
        Some("needs") => ("→", Say("mark_needs")),
        Some("unknown") => ("?", Say("mark_unknown")),
        _ => ("✕", Say("mark_closed")),
    };
    (sign, say.plain().get(lang).to_owned())
}

/// When a gate opens, and on what its demand rests, in words.
pub(super) fn opening(row: &Row, lang: Lang) -> String {
    let parts: Vec<_> = row.value.split(' ').collect();
    let [kind, day, strength] = parts.as_slice() else { return String::new() };
    let when = match (*kind, day.parse::<crate::model::Day>()) {
        ("opens_on", Ok(day)) => Say("opening_on").with(&Args::default().text("day", day)),
        ("needs", Ok(day)) => Say("opening_about").with(&Args::default().text("day", day)),
        _ => Text::default(),
    };
    let rests_on = match *strength {
        "law" => Say("strength_law"),
        "statutory_certificate" => Say("strength_statutory_certificate"),
        "site_rule" => Say("strength_site_rule"),
        "employers_wish" => Say("strength_employers_wish"),
        "own_choice" => Say("strength_own_choice"),
        _ => Say("strength_practical"),
    };
    let when =
        if when == Text::default() { String::new() } else { format!(", {}", when.get(lang)) };
    format!("{when} ({})", rests_on.plain().get(lang))
}
