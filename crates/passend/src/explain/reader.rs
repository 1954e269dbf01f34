// SPDX-License-Identifier: EUPL-1.2
//! Who reads an explanation, and what each reader may see: one table.

use serde::Serialize;

use super::citation::cited;
use super::record::Row;
use crate::text::{Lang, Voice};

/// Who reads an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    /// The person, who is addressed as "u" and "you".
    Candidate,
    /// The caseworker: everything.
    #[default]
    Caseworker,
    /// The employer: never status, route, support need or other vacancies.
    Employer,
}

/// What a reader sees of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// As it is.
    Whole,
    /// In words for this reader, without the rule that decides.
    Short,
    Hidden,
}

/// What the person, the caseworker and the employer see of a section and key; the first line that fits counts.
///
/// `docs/explanation.md` holds the same table; a test compares them.
const SIGHTS: [(&str, &str, [Sight; 3]); 35] = {
    use Sight::{Hidden, Short, Whole};
    [
        ("summary", "score", [Whole, Whole, Hidden]),
        ("summary", "without_announced", [Whole, Whole, Hidden]),
        ("summary", "reason", [Whole, Whole, Short]),
        ("summary", "*", [Whole, Whole, Whole]),
        ("gates", "work_authorisation", [Whole, Whole, Short]),
        ("gates", "document", [Whole, Whole, Hidden]),
        ("gates", "age", [Whole, Whole, Hidden]),
        ("gates", "profession", [Whole, Whole, Short]),
        ("gates", "certificate", [Whole, Whole, Whole]),
        ("gates", "language", [Whole, Whole, Short]),
        ("gates", "diploma", [Whole, Whole, Short]),
        ("gates", "working_time", [Whole, Whole, Short]),
        ("gates", "hours", [Whole, Whole, Whole]),
        ("gates", "travel", [Whole, Whole, Hidden]),
        ("gates", "dates", [Whole, Whole, Whole]),
        ("gates", "exclusion", [Whole, Whole, Hidden]),
        ("gates", "kind_of_work", [Whole, Whole, Whole]),
        ("steps", "*", [Whole, Whole, Short]),
        ("duties", "*", [Whole, Whole, Short]),
        ("twv_check", "reception", [Whole, Whole, Hidden]),
        ("twv_check", "weeks", [Whole, Whole, Hidden]),
        ("twv_check", "*", [Whole, Whole, Whole]),
        ("facilities", "*", [Whole, Whole, Hidden]),
        ("questions", "*", [Whole, Whole, Hidden]),
        ("score", "*", [Whole, Whole, Hidden]),
        ("experience", "*", [Whole, Whole, Hidden]),
        ("education", "*", [Whole, Whole, Hidden]),
        ("skills", "*", [Whole, Whole, Short]),
        ("readings", "title", [Whole, Whole, Whole]),
        ("readings", "occupation", [Whole, Whole, Whole]),
        ("readings", "asked_skill", [Whole, Whole, Whole]),
        ("readings", "*", [Whole, Whole, Hidden]),
        ("flags", "*", [Whole, Whole, Hidden]),
        ("versions", "*", [Whole, Whole, Whole]),
        ("*", "*", [Whole, Whole, Hidden]),
    ]
};

impl Reader {
    pub(super) const ALL: [Self; 3] = [Self::Candidate, Self::Caseworker, Self::Employer];

    /// What this reader sees of a row.
    pub(super) fn sight(self, section: &str, key: &str) -> Sight {
        let line = SIGHTS.iter().find(|(own_section, own_key, _)| {
            matches!(*own_section, "*")
                || *own_section == section && matches!(*own_key, "*")
                || *own_section == section && *own_key == key
        });
        let [candidate, caseworker, employer] =
            line.map_or([Sight::Whole, Sight::Whole, Sight::Hidden], |(.., sights)| *sights);
        match self {
            Self::Candidate => candidate,
            Self::Caseworker => caseworker,
            Self::Employer => employer,
        }
    }

    pub(super) const fn voice(self) -> Voice {
        match self {
            Self::Candidate => Voice::To,
            Self::Caseworker | Self::Employer => Voice::About,
        }
    }

    /// The rule and source that a page names beside a sentence; the rows keep all of them, for the person too.
    fn source(self, row: &Row) -> Option<(&str, &str)> {
        let (rule, source) = (row.rule.as_deref()?, row.source.as_deref()?);
        (self == Self::Caseworker && !rule.starts_with("passend:")).then_some((rule, source))
    }

    /// The source in words, after the row of a table of law; the names by which programs know a row are not for a page.
    pub(super) fn citation(self, row: &Row, lang: Lang) -> Option<String> {
        let (rule, source) = self.source(row)?;
        let source = cited(source, lang);
        let is_name = rule.contains(|c: char| c.is_ascii_lowercase());
        Some(if is_name { format!(": {source}") } else { format!(" {rule}: {source}") })
    }

    /// The row as this reader may see it. An employer is not told which rule decides where it would give away a status.
    pub(super) fn seen(self, row: Row) -> Option<Row> {
        match (self, self.sight(row.section, &row.key)) {
            (_, Sight::Hidden) => None,
            (_, Sight::Whole) => Some(row),
            (_, Sight::Short) => Some(Row { rule: None, source: None, ..row }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table in `docs/explanation.md`: section, key, and three words for each line.
    fn documented() -> Vec<(String, String, [String; 3])> {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/explanation.md");
        let text = std::fs::read_to_string(page).unwrap();
        let lines = text.lines().filter(|line| line.starts_with("| `"));
        let cells = lines.map(|line| {
            line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect()
        });
        let known = |cells: &Vec<String>| cells.len() >= 5;
        cells
            .filter(known)
            .map(|cells: Vec<String>| {
                let [section, key, candidate, caseworker, employer] =
                    cells[..5].to_vec().try_into().unwrap();
                (section, key, [candidate, caseworker, employer])
            })
            .collect()
    }

    #[test]
    fn the_documented_table_is_the_one_that_decides() {
        let word = |sight: Sight| match sight {
            Sight::Whole => "yes",
            Sight::Short => "short",
            Sight::Hidden => "no",
        };
        let own: Vec<_> = SIGHTS
            .iter()
            .filter(|(section, ..)| *section != "*")
            .map(|(section, key, sights)| {
                ((*section).to_owned(), (*key).to_owned(), sights.map(|one| word(one).to_owned()))
            })
            .collect();
        assert_eq!(documented(), own);
    }

    #[test]
    fn the_first_line_that_fits_counts_and_what_is_new_is_hidden_from_an_employer() {
        assert_eq!(Reader::Employer.sight("summary", "score"), Sight::Hidden);
        assert_eq!(Reader::Employer.sight("summary", "readiness"), Sight::Whole);
        assert_eq!(Reader::Employer.sight("gates", "work_authorisation"), Sight::Short);
        assert_eq!(Reader::Employer.sight("gates", "a_new_gate"), Sight::Hidden);
        assert_eq!(Reader::Employer.sight("a_new_section", "x"), Sight::Hidden);
        assert_eq!(Reader::Candidate.sight("facilities", "x"), Sight::Whole);
        for reader in Reader::ALL {
            assert_eq!(reader.sight("versions", "rules"), Sight::Whole);
        }
    }
}
