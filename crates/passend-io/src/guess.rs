// SPDX-License-Identifier: EUPL-1.2
//! The name that was perhaps meant.

/// The most alike of the known names, if it is alike enough to be what was meant.
pub(crate) fn guess<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    // Two thirds of the letters right, swapped neighbours as one mistake: `skils`, `langauges`, `availabel`.
    let folded = name.trim().to_lowercase().replace(['-', ' '], "_");
    let most_mistakes = folded.chars().count().div_ceil(3).min(3);
    known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&folded, known), *known))
        .filter(|(mistakes, _)| *mistakes <= most_mistakes)
        .min()
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(guess(name, &["id", "skills", "languages", "work_level"]), expected);
    }

    #[test]
    fn typing_mistakes_are_understood() {
        check("skils", Some("skills"));
        check("Langauges", Some("languages"));
        check("work-level", Some("work_level"));
        check("ID", Some("id"));
    }

    #[test]
    fn another_word_is_no_typing_mistake() {
        check("hobby", None);
        check("telefoonnummer", None);
    }
}
