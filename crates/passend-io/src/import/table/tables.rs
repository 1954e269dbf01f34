// SPDX-License-Identifier: EUPL-1.2
//! The tables of words that come with the importer: names of columns, and words of cells.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use passend::Side;

use super::word::{name, plain};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Id,
    /// A national or case number: it may only become a keyed hash.
    Number,
    /// The citizen service number: that it is there is known, the number is dropped.
    Bsn,
    /// A name of a person.
    Name,
    /// How to reach somebody, or free text about a person.
    Personal,
    /// An attribute that may not count; kept apart for an audit when that is asked.
    Protected,
    /// Day or year of birth: used for `turns_18_on` of a minor and nothing else.
    Birth,
    Age,
    /// There is no place for it in the record.
    Unused,
    Day,
    Hours,
    Whole,
    Years,
    Postcode,
    Text,
    List,
    Level,
    Languages,
    Language,
    Education,
    WorkLevel,
    Status,
    Word,
    YesNo,
    Licences,
    Certificate,
    Wage,
    Amount,
    /// Days of the week, perhaps with times.
    Week,
}

impl Kind {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("id", Self::Id),
        ("number", Self::Number),
        ("bsn", Self::Bsn),
        ("name", Self::Name),
        ("personal", Self::Personal),
        ("protected", Self::Protected),
        ("birth", Self::Birth),
        ("age", Self::Age),
        ("unused", Self::Unused),
        ("day", Self::Day),
        ("hours", Self::Hours),
        ("whole", Self::Whole),
        ("years", Self::Years),
        ("postcode", Self::Postcode),
        ("text", Self::Text),
        ("list", Self::List),
        ("level", Self::Level),
        ("languages", Self::Languages),
        ("language", Self::Language),
        ("education", Self::Education),
        ("work_level", Self::WorkLevel),
        ("status", Self::Status),
        ("word", Self::Word),
        ("yes_no", Self::YesNo),
        ("licences", Self::Licences),
        ("certificate", Self::Certificate),
        ("wage", Self::Wage),
        ("amount", Self::Amount),
        ("week", Self::Week),
    ];

    /// Whether its cells are about who somebody is, and never enter a record.
    pub(super) fn is_protected(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Bsn
                | Self::Name
                | Self::Personal
                | Self::Protected
                | Self::Birth
                | Self::Age
        )
    }
}

/// A field that a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// The fields of a side, and the words for them.
#[derive(Debug)]
pub(super) struct Headers {
    pub(super) fields: Vec<Field>,
    words: HashMap<String, (Field, bool)>,
}

impl Headers {
    pub(super) fn of(side: Side) -> &'static Self {
        static CANDIDATE: OnceLock<Headers> = OnceLock::new();
        static VACANCY: OnceLock<Headers> = OnceLock::new();
        match side {
            Side::Candidate => CANDIDATE.get_or_init(|| Self::read("candidate")),
            Side::Vacancy => VACANCY.get_or_init(|| Self::read("vacancy")),
        }
    }

    fn read(side: &str) -> Self {
        let mut headers = Self { fields: Vec::new(), words: HashMap::new() };
        for row in rows(include_str!("headers.tsv")) {
            let [of, field, kind, words] = row.as_slice() else { continue };
            let kind = Kind::NAMES.iter().find(|(name, _)| name == kind).map(|(_, kind)| *kind);
            let Some(kind) = kind.filter(|_| *of == side) else { continue };
            let field = Field { name: field, kind };
            headers.fields.push(field);
            headers.words.insert(name(field.name), (field, false));
            for word in words.split(" | ") {
                let (word, is_weak) =
                    word.strip_prefix('?').map_or((word, false), |word| (word, true));
                headers.words.insert(name(word), (field, is_weak));
            }
        }
        headers
    }

    /// The field of a word, and whether the word alone is weak.
    pub(super) fn word(&self, header: &str) -> Option<(Field, bool)> {
        self.words.get(&name(header)).copied()
    }

    pub(super) fn field(&self, name: &str) -> Option<Field> {
        self.fields.iter().copied().find(|field| field.name == name)
    }

    pub(super) fn names(&self) -> Vec<&'static str> {
        self.fields.iter().map(|field| field.name).collect()
    }
}

/// Words of cells by list and word: `status`, `statushouder`.
pub(super) fn word(list: &str, cell: &str) -> Option<&'static str> {
    static WORDS: OnceLock<HashMap<(&'static str, String), &'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let mut words = HashMap::new();
        for row in rows(include_str!("words.tsv")) {
            let [list, code, phrases] = row.as_slice() else { continue };
            // The word of the record itself is one too.
            words.insert((*list, plain(code)), *code);
            for phrase in phrases.split(" | ") {
                words.insert((*list, plain(phrase)), *code);
            }
        }
        words
    });
    // A question mark behind a word takes it back.
    if cell.contains('?') {
        return None;
    }
    let list = rows_list(list)?;
    words.get(&(list, plain(cell))).copied()
}

fn rows_list(list: &str) -> Option<&'static str> {
    static LISTS: OnceLock<BTreeMap<String, &'static str>> = OnceLock::new();
    let lists = LISTS.get_or_init(|| {
        let all = rows(include_str!("words.tsv"));
        all.filter_map(|row| row.first().map(|list| ((*list).to_owned(), *list))).collect()
    });
    lists.get(list).copied()
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use passend::ResidenceStatus;

    use super::*;

    #[test]
    fn no_two_fields_of_one_side_share_a_word() {
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for row in rows(include_str!("headers.tsv")) {
            let [side, field, kind, words] = row.as_slice() else { panic!("{row:?}") };
            assert!(Kind::NAMES.iter().any(|(name, _)| name == kind), "{kind}");
            for word in words.split(" | ").map(|word| word.trim_start_matches('?')) {
                let key = name(word);
                assert!(!key.is_empty(), "{row:?}");
                let before = seen.insert((side, key), field);
                assert!(before.is_none(), "{side}: `{word}` means {before:?} and {field}");
            }
        }
        // The name of a field is a word of it too.
        for row in rows(include_str!("headers.tsv")) {
            let owner = seen.get(&(row[0], name(row[1])));
            assert!(owner.is_none_or(|owner| *owner == row[1]), "{row:?}");
        }
    }

    #[test]
    fn no_phrase_means_two_things() {
        let mut seen = BTreeMap::new();
        for row in rows(include_str!("words.tsv")) {
            let [list, code, phrases] = row.as_slice() else { panic!("{row:?}") };
            for phrase in phrases.split(" | ") {
                let before = seen.insert((*list, plain(phrase)), *code);
                assert!(before.is_none_or(|before| before == *code), "{list}: {phrase}");
            }
        }
    }

    #[test]
    fn every_status_is_one_of_the_record() {
        for row in rows(include_str!("words.tsv")).filter(|row| row[0] == "status") {
            let status: ResidenceStatus =
                serde_json::from_value(serde_json::Value::from(row[1])).unwrap();
            assert!(ResidenceStatus::ALL.contains(&status), "{}", row[1]);
        }
    }

    #[test]
    fn every_field_is_in_the_documentation() {
        let docs = include_str!("../../../../../docs/import.md");
        let (_, lists) = docs.split_once("\n## Fields\n").unwrap();
        let (candidate, vacancy) = lists.split_once("**vacancy**").unwrap();
        for (side, list) in [(Side::Candidate, candidate), (Side::Vacancy, vacancy)] {
            let named: Vec<&str> = list
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|name| *name != "field = \"…\"")
                .collect();
            let mut fields = Headers::of(side).names();
            for field in &fields {
                assert!(named.contains(field), "{field}");
            }
            fields.sort_unstable();
            for name in named {
                assert!(fields.binary_search(&name).is_ok(), "{name} is no field");
            }
        }
    }

    #[test]
    fn words_around_a_status_take_it_away() {
        for row in rows(include_str!("words.tsv")).filter(|row| row[0] == "status") {
            for phrase in row[2].split(" | ") {
                for text in [
                    format!("geen {phrase}"),
                    format!("{phrase}?"),
                    format!("{phrase} geweigerd"),
                    format!("{phrase} aangevraagd"),
                    format!("was {phrase}"),
                    format!("{phrase} tot 2020"),
                    format!("{phrase} / onbekend"),
                ] {
                    assert_eq!(word("status", &text), None, "{text}");
                }
            }
        }
    }

    #[test]
    fn words_that_may_mean_more_than_one_status_mean_none() {
        for text in [
            "vergunning bepaalde tijd",
            "AMV",
            "gezinshereniger",
            "nareiziger",
            "statushouder?",
            "bijna statushouder",
            "geen statushouder",
            "statushouder (aanvraag loopt)",
            "Syrische",
            "vergunning",
            "ja",
            "RTB aangevraagd",
            "x",
        ] {
            assert_eq!(word("status", text), None, "{text}");
        }
        assert_eq!(word("status", "In procedure"), Some("asylum_seeker_in_procedure"));
        assert_eq!(word("status", "STATUSHOUDER"), Some("status_holder_fixed_term"));
        assert_eq!(word("work_note", "Arbeid vrij toegestaan, TWV niet vereist"), Some("free"));
        assert_eq!(word("work_note", "ja"), None);
    }
}
