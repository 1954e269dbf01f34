// SPDX-License-Identifier: EUPL-1.2
//! Which file of a folder holds what.

use super::is_language;

/// What a file holds; concepts before what relates them, groups before what lies in them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// ISCO-08 groups, with the language of the file if its name has one.
    Groups(Option<String>),
    /// Groups of skills and fields of education.
    SkillGroups(Option<String>),
    Skills(Option<String>),
    Occupations(Option<String>),
    /// Labels of occupations in more languages.
    OtherLabels,
    SkillBroader,
    SkillSkill,
    OccupationSkill,
}

/// What a file holds, by its name: `occupations_en.csv`, `isco08.csv.gz`.
pub(super) fn part_of(name: &str) -> Option<Part> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let stem = name.strip_suffix(".csv").or_else(|| name.strip_suffix(".tsv"))?;
    let (stem, language) = match stem.rsplit_once('_') {
        Some((stem, code)) if is_language(code) => (stem, Some(code.to_owned())),
        _ => (stem, None),
    };
    Some(match stem.to_ascii_lowercase().as_str() {
        "iscogroups" | "isco08" => Part::Groups(language),
        "skillgroups" | "skill_groups" => Part::SkillGroups(language),
        "skills" => Part::Skills(language),
        "occupations" => Part::Occupations(language),
        "occupation_labels_other" => Part::OtherLabels,
        "broaderrelationsskillpillar" | "skill_broader" => Part::SkillBroader,
        "skillskillrelations" | "skill_skill" => Part::SkillSkill,
        "occupationskillrelations" | "occupation_skill" => Part::OccupationSkill,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_name() {
        let language = |code: &str| Some(code.to_owned());
        for (name, expected) in [
            ("occupations_en.csv", Some(Part::Occupations(language("en")))),
            ("occupations_uk.csv.gz", Some(Part::Occupations(language("uk")))),
            ("ISCOGroups_nl.csv", Some(Part::Groups(language("nl")))),
            ("occupationSkillRelations_en.csv", Some(Part::OccupationSkill)),
            ("occupationSkillRelations.csv", Some(Part::OccupationSkill)),
            ("occupations.csv", Some(Part::Occupations(None))),
            ("skill_skill.csv.gz", Some(Part::SkillSkill)),
            ("digitalSkillsCollection_en.csv", None),
            ("occupation_descriptions.csv.gz", None),
            ("README.md", None),
        ] {
            assert_eq!(part_of(name), expected, "{name}");
        }
    }
}
