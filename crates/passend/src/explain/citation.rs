// SPDX-License-Identifier: EUPL-1.2
//! Where a sentence can be looked up, in the words of the reader.
//!
//! Records and tables cite in English, with the Dutch names of acts. A page is read by a caseworker, who looks things up in
//! Dutch.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::policy::Policy;
use crate::text::Lang;

/// A citation of the tables in a language. What has no Dutch words of its own stays as it is.
pub(super) fn cited(source: &str, lang: Lang) -> String {
    match lang {
        Lang::En => source.to_owned(),
        Lang::Nl => {
            let dutch = |part| table().get(part).map_or(part, String::as_str);
            parts(source).into_iter().map(dutch).collect::<Vec<_>>().join("; ")
        }
    }
}

impl Policy {
    /// Where a row of the right to work or of a regulated profession can be looked up, in a language: the act where there is
    /// one, else where it was read. `None` if no row has this id.
    ///
    /// ```
    /// # use passend::{Lang, Policy};
    /// let policy = Policy::builtin();
    /// assert_eq!(policy.citation("WA11", Lang::En).as_deref(), Some("Wav art. 4; Vreemdelingenbesluit"));
    /// assert_eq!(policy.citation("WA99", Lang::Nl), None);
    /// ```
    pub fn citation(&self, id: &str, lang: Lang) -> Option<String> {
        self.citation_of(id).map(|source| cited(source, lang))
    }
}

fn table() -> &'static BTreeMap<String, String> {
    static TABLE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(include_str!("../text/citations.toml")).unwrap_or_default())
}

/// What stands between the semicolons, but for those within brackets.
fn parts(source: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let between = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ';' && depth == 0
    };
    source.split(between).map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Words that stand in our English citations and in no Dutch one.
    const ENGLISH: [&str; 31] = [
        "and",
        "or",
        "with",
        "within",
        "the",
        "to",
        "for",
        "under",
        "since",
        "now",
        "not",
        "no",
        "text",
        "page",
        "pages",
        "annex",
        "article",
        "general",
        "knowledge",
        "this",
        "directive",
        "regulation",
        "decision",
        "council",
        "rules",
        "old",
        "numbering",
        "jan",
        "sept",
        "dec",
        "march",
    ];

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(cited(source, Lang::Nl), expected);
        assert_eq!(cited(source, Lang::En), source);
    }

    #[test]
    fn a_citation_is_told_part_by_part() {
        check("Wav art. 6(2); Wet Suwi", "Wav art. 6 lid 2; Wet Suwi");
        check(
            "UWV page for employers (valid document; the permit ends with it)",
            "UWV, pagina voor werkgevers (geldig document; de TWV eindigt mee)",
        );
        check(
            "verordening van een gemeente; our own table",
            "verordening van een gemeente; our own table",
        );
        check("", "");
    }

    /// Everything that a page can cite.
    fn all() -> BTreeSet<String> {
        let policy = Policy::builtin();
        let mut all: Vec<String> = policy.citations().map(str::to_owned).collect();
        all.retain(|source| !source.is_empty());
        all.into_iter().collect()
    }

    #[test]
    fn every_citation_has_dutch_words() {
        let all = all();
        assert!(all.len() > 80, "{}", all.len());
        for source in all {
            let dutch = cited(&source, Lang::Nl).to_lowercase();
            let words = dutch.split(|c: char| !c.is_alphanumeric());
            let english: Vec<_> = words.filter(|word| ENGLISH.contains(word)).collect();
            assert!(english.is_empty(), "{english:?}: {dutch}");
        }
    }

    #[test]
    fn no_dutch_words_are_left_of_a_citation_that_is_gone() {
        let all = all();
        let used: BTreeSet<&str> = all.iter().flat_map(|source| parts(source)).collect();
        let left: Vec<_> = table().keys().filter(|part| !used.contains(part.as_str())).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
