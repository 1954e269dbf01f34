// SPDX-License-Identifier: EUPL-1.2
//! The page about the law says what the tables say.
#![cfg(test)] // so that the lints take helpers for tests too

#[path = "../examples/law_page/page.rs"]
mod page;

#[test]
fn the_page_is_the_one_that_the_tables_make() {
    let made = page::law(&passend::Policy::builtin());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/law.md");
    let written = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(made == written, "docs/law.md is stale: run `cargo xtask law`");
}

#[test]
fn every_unverified_row_is_listed() {
    let policy = passend::Policy::builtin();
    let page = page::law(&policy);
    let list = page.split("### Rows that nobody verified").nth(1).unwrap();
    let sources: Vec<_> = policy.sources().into_iter().chain(page::measures()).collect();
    for table in ["step_details", "exam_languages", "language_levels", "measures"] {
        assert!(sources.iter().any(|row| row.table == table), "{table}");
    }
    for row in sources.iter().filter(|row| row.verified == "unverified") {
        assert!(list.contains(&format!("| `{}` | `{}` |", row.table, row.id)), "{}", row.id);
    }
    for row in policy.law() {
        assert!(page.contains(&format!("### {} ", row.id)), "{}", row.id);
    }
}
