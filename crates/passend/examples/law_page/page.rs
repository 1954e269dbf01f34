// SPDX-License-Identifier: EUPL-1.2
//! The tables of law as a page to read.

use std::collections::BTreeMap;
use std::fmt::Write;

use passend::{LawRow, Policy, SourceRow};

/// The page about the law: what holds for whom, each row with its source, and the rows that nobody verified.
pub(crate) fn law(policy: &Policy) -> String {
    let mut page = String::new();
    let rows = policy.law();
    let _ = writeln!(
        page,
        "<!-- Made by `cargo xtask law` from crates/passend/policy. Change the tables, not this page. -->\n\n# The law in the policy\n\nThe rules of the right to work, as they stand in the tables, reviewed up to and including {}. This is not legal advice. `passend rules` prints\nwhat holds on a day; how rows are read stands in [gates](gates.md), how they are changed in [policy](policy.md).\n",
        policy.reviewed_until()
    );
    periods(&mut page, &rows);
    in_full(&mut page, &rows);
    let sources: Vec<_> = policy.sources().into_iter().chain(measures()).collect();
    checked(&mut page, &sources);
    page
}

/// The measures of a leverage table, which are no part of a policy.
pub(crate) fn measures() -> Vec<SourceRow> {
    let table = include_str!("../../policy/measures.toml").parse::<toml::Table>();
    let table = table.unwrap_or_default();
    let rows = table.get("measure").and_then(toml::Value::as_array).into_iter().flatten();
    let rows = rows.map(|row| {
        let text = |key| row.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        SourceRow {
            table: "measures",
            id: text("id"),
            name: passend::Text { nl: text("nl"), en: text("en") },
            source: text("source"),
            verified: text("verified"),
        }
    });
    rows.collect()
}

/// One line a row: for whom, when and what.
fn periods(page: &mut String, rows: &[LawRow]) {
    let _ = writeln!(
        page,
        "## What holds for whom\n\n| row | status | work | from | to | state | outcome | wait | age | more |\n|---|---|---|---|---|---|---|---|---|---|"
    );
    let dash = || "–".to_owned();
    for row in rows {
        let day = |day: Option<passend::Day>| day.map_or_else(dash, |day| day.to_string());
        let statuses: Vec<_> = row.statuses.iter().map(|status| format!("`{status}`")).collect();
        let wait = row.wait_months.map_or_else(dash, |months| format!("{months} months"));
        let age = match (row.min_age, row.until_age) {
            (_, Some(age)) => format!("until {age}"),
            (Some(age), _) => format!("{age}"),
            _ => dash(),
        };
        let mut more = Vec::new();
        more.extend(row.step.as_ref().map(|step| format!("step `{step}`")));
        more.extend(
            row.document.as_ref().map(|document| format!("`{document}` bounds the permit")),
        );
        more.extend(row.max_weeks_per_52.map(|weeks| format!("{weeks} of 52 weeks")));
        more.extend(row.max_hours_per_week.map(|hours| format!("{hours} hours a week")));
        more.extend(
            row.notification_workdays.map(|days| format!("notify {days} working days before")),
        );
        if row.agency_holds_twv {
            more.push("an agency or pool holds the permit".to_owned());
        }
        if row.some_sectors {
            more.push("some sectors only".to_owned());
        }
        let _ = writeln!(
            page,
            "| {} | {} | {} | {} | {} | {} | {} | {wait} | {age} | {} |",
            row.id,
            statuses.join(", "),
            row.kind,
            day(row.valid_from),
            day(row.valid_to),
            row.state.replace('_', " "),
            row.outcome,
            more.join(", ")
        );
    }
}

/// Each row with its words and where they come from.
fn in_full(page: &mut String, rows: &[LawRow]) {
    let _ = writeln!(page, "\n## Row by row\n");
    for row in rows {
        let term =
            if row.term.en.is_empty() { row.statuses.join(", ") } else { row.term.en.clone() };
        let _ = writeln!(page, "### {} {term}\n\n{}\n", row.id, row.text.en);
        if !row.remedy.en.is_empty() {
            let _ = writeln!(page, "{}\n", row.remedy.en);
        }
        let _ = writeln!(page, "- In Dutch: {}", row.text.nl);
        if !row.legal_basis.is_empty() {
            let _ = writeln!(page, "- Basis: {}", row.legal_basis);
        }
        let _ = writeln!(page, "- Read in: {}", row.source);
        let sure = if row.confidence.is_empty() {
            String::new()
        } else {
            format!(", confidence {}", row.confidence)
        };
        let _ = writeln!(page, "- Checked: {}{sure}", row.verified);
        if !row.note.is_empty() {
            let _ = writeln!(page, "- Note: {}", row.note);
        }
        page.push('\n');
    }
}

/// How far the rows of all tables were checked, and those that nobody verified.
fn checked(page: &mut String, sources: &[SourceRow]) {
    let mut tables: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in sources {
        if !tables.contains(&row.table) {
            tables.push(row.table);
        }
        *counts.entry((row.table, row.verified.as_str())).or_default() += 1;
    }
    let _ = writeln!(
        page,
        "## How far the rows were checked\n\n| table | source-read | ser-advice | general-knowledge | unverified |\n|---|---|---|---|---|"
    );
    for table in &tables {
        let count = |verified| counts.get(&(*table, verified)).copied().unwrap_or_default();
        let _ = writeln!(
            page,
            "| `{table}` | {} | {} | {} | {} |",
            count("source-read"),
            count("ser-advice"),
            count("general-knowledge"),
            count("unverified")
        );
    }
    let _ = writeln!(
        page,
        "\n### Rows that nobody verified\n\nAn assumption, an announced rule that is not confirmed, or something that was not found. A source for one of them is the most useful\ncontribution.\n\n| table | row | about | source given |\n|---|---|---|---|"
    );
    for row in sources.iter().filter(|row| row.verified == "unverified") {
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(
            page,
            "| `{}` | `{}` | {} | {} |",
            row.table,
            row.id,
            cell(&row.name.en),
            cell(&row.source)
        );
    }
}
