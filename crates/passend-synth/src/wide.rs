// SPDX-License-Identifier: EUPL-1.2
//! A made-up vocabulary of the size of ESCO, for measuring speed.

use std::fmt::Write as _;

use passend::{Vocabulary, VocabularyError, VocabularyTables};

use crate::draws::{Draws, File, Part, Record};

const SKILLS: u32 = 13_900;
const OCCUPATIONS: u32 = 3_000;
/// Groups of ISCO-08: unit groups, minor, sub-major and major groups.
const GROUPS: [u32; 4] = [436, 130, 43, 10];
const ESSENTIAL: usize = 10;
const OPTIONAL: usize = 20;
/// Skills of a unit group; the next group has half of them too.
const WINDOW: u32 = 60;
/// So many of 1,000 skills of an occupation are those of its group; the others are used in any work.
const OF_GROUP: u32 = 850;
/// One in so many occupations shares a title with others of its unit group.
const SHARES_TITLE: u32 = 10;

/// How often each skill of a window is drawn, of a million for the first: one over the rank to the power 0.7 (Zipf).
const ZIPF: [u32; 60] = [
    1_000_000, 615_572, 463_463, 378_929, 324_131, 285_295, 256_113, 233_258, 214_798, 199_526,
    186_649, 175_620, 166_050, 157_656, 150_223, 143_587, 137_621, 132_224, 127_313, 122_823,
    118_699, 114_896, 111_376, 108_107, 105_061, 102_216, 99_551, 97_049, 94_694, 92_473, 90_375,
    88_388, 86_505, 84_716, 83_014, 81_393, 79_847, 78_370, 76_958, 75_606, 74_311, 73_068, 71_874,
    70_727, 69_623, 68_560, 67_535, 66_547, 65_594, 64_673, 63_782, 62_921, 62_088, 61_281, 60_499,
    59_740, 59_005, 58_291, 57_597, 56_924,
];

/// A vocabulary of 13,900 skills and 3,000 occupations in 436 unit groups, each occupation with 10 essential and 20 optional
/// skills: as many as ESCO, where the starter vocabulary has some hundreds with about four.
///
/// Skills are skewed: 85 % come from a window of 60 that slides with the unit group, so that neighbours have skills in
/// common, drawn by Zipf's law with exponent 0.7; 15 % from all skills with exponent 1. Every tenth skill is broader than
/// the nine after it. One occupation in ten has a title that others of its group have too. People made with it have about
/// 15 skills, vacancies ask about 13. Words mean nothing.
///
/// ```
/// let vocabulary = passend_synth::wide_vocabulary(1)?;
/// assert_eq!(vocabulary.skills().len(), 13_900);
/// assert_eq!(vocabulary.occupations().len(), 3_000);
/// # Ok::<(), passend::VocabularyError>(())
/// ```
///
/// # Errors
///
/// None, unless the tables of the engine have another form than these.
pub fn wide_vocabulary(seed: u64) -> Result<Vocabulary, VocabularyError> {
    let mut groups = String::from("code\tnl\ten\n");
    for unit in 0..GROUPS[0] {
        let code = code(unit);
        let _ = writeln!(groups, "{code}\tgroep {code}\tgroup {code}");
    }
    let mut skills = String::from("id\tnl\ten\tnl_alt\ten_alt\tbroader\trelated\n");
    for number in 0..SKILLS {
        let (id, parent) = (skill(number), number - number % 10);
        let broader = if parent == number { String::new() } else { skill(parent) };
        let _ = writeln!(skills, "{id}\tvaardigheid {number}\tskill {number}\t\t\t{broader}\t");
    }
    let mut occupations = String::from("id\tisco08\tnl\ten\tnl_alt\ten_alt\tessential\toptional\n");
    let all = cumulative((1..=SKILLS).map(|rank| 1_000_000 / rank));
    let window = cumulative(ZIPF);
    for number in 0..OCCUPATIONS {
        let unit = number * GROUPS[0] / OCCUPATIONS;
        let record = Record::new(seed, File::Places, (1 << 32) + u64::from(number));
        let mut draws = record.part(Part::Skills);
        let mut found: Vec<u32> = Vec::new();
        while found.len() < ESSENTIAL + OPTIONAL {
            let next = if draws.chance(OF_GROUP) {
                let first = unit * (SKILLS - WINDOW) / (GROUPS[0] - 1);
                first + draw(&window, &mut draws)
            } else {
                // Common skills are not those of the first group.
                (draw(&all, &mut draws) * 6_947 + 3) % SKILLS
            };
            if !found.contains(&next) {
                found.push(next);
            }
        }
        let (essential, optional) = found.split_at(ESSENTIAL);
        let code = code(unit);
        let shared =
            if draws.below(SHARES_TITLE) == 0 { format!("vakmens {code}") } else { String::new() };
        let _ = writeln!(
            occupations,
            "occupation/{code}-{number:04}\t{code}\tberoep {number}\toccupation {number}\t{shared}\t\t{}\t{}",
            joined(essential),
            joined(optional)
        );
    }
    Vocabulary::from_tables(&VocabularyTables {
        name: "wide",
        groups: &groups,
        skills: &skills,
        occupations: &occupations,
        relations: "from\tto\tcloseness\tkind\n",
    })
}

/// The four digits of a unit group: major group, and the place of each group in the one around it.
fn code(unit: u32) -> String {
    let [units, minors, sub_majors, majors] = GROUPS;
    let minor = unit * minors / units;
    let sub_major = minor * sub_majors / minors;
    let major = sub_major * majors / sub_majors;
    // The first member of a group is the least that the map above sends there.
    let place = |member: u32, group: u32, members: u32, groups: u32| {
        member - (group * members).div_ceil(groups) + 1
    };
    format!(
        "{major}{}{}{}",
        place(sub_major, major, sub_majors, majors),
        place(minor, sub_major, minors, sub_majors),
        place(unit, minor, units, minors)
    )
}

fn skill(number: u32) -> String {
    format!("skill/{number:05}")
}

fn joined(skills: &[u32]) -> String {
    skills.iter().map(|number| skill(*number)).collect::<Vec<_>>().join("|")
}

fn cumulative(weights: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let mut sum = 0_u32;
    let add = |weight| {
        sum = sum.saturating_add(weight);
        sum
    };
    weights.into_iter().map(add).collect()
}

/// A rank from 0, drawn by its weight.
fn draw(cumulative: &[u32], draws: &mut Draws) -> u32 {
    let drawn = draws.below(cumulative.last().copied().unwrap_or_default());
    let at = cumulative.partition_point(|upto| *upto <= drawn);
    u32::try_from(at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_group_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<_> = (0..GROUPS[0]).map(code).collect();
        assert_eq!(codes.len(), 436);
        assert!(codes.iter().all(|code| code.len() == 4), "{codes:?}");
    }
}
