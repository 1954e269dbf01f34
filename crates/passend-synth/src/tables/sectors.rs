// SPDX-License-Identifier: EUPL-1.2
//! Sectors (SBI sections) of vacancies, and in which sector an occupation is mostly asked.

use crate::shares::Shares;

/// Open vacancies by sector, in hundreds: CBS StatLine 80474NED, second quarter of 2023 (seasonally adjusted).
///
/// The sections B, D, E and U are not in the source. Shares of the Netherlands; for the north none were found.
pub(crate) const VACANCIES: Shares<&str> = Shares::of(
    4232,
    &[
        ("A", 32),
        ("C", 353),
        ("F", 252),
        ("G", 873),
        ("H", 181),
        ("I", 330),
        ("J", 212),
        ("K", 108),
        ("L", 27),
        ("M", 413),
        ("N", 296),
        ("O", 253),
        ("P", 119),
        ("Q", 654),
        ("R", 62),
    ],
    "S", // 67
);

/// Employers in each sector; an assumption: enough that most have one or two vacancies in a thousand.
pub(crate) const EMPLOYERS: u32 = 250;

/// The sector in which an occupation with this ISCO-08 code is mostly asked; `N` for an unknown code.
///
/// A judgement, made row by row: the longest code that begins the given one decides.
pub(crate) fn sector(isco: &str) -> &'static str {
    (1..=isco.len())
        .rev()
        .filter_map(|digits| isco.get(..digits))
        .find_map(|code| SECTORS.iter().find(|(_, codes)| codes.contains(&code)))
        .map_or("N", |(sector, _)| sector)
}

const SECTORS: &[(&str, &[&str])] = &[
    ("A", &["1311", "2132", "3142", "6", "8341", "921"]),
    (
        "C",
        &[
            "1321", "2113", "2141", "2144", "2145", "2151", "3111", "3113", "3114", "3115", "3119",
            "3122", "313", "4322", "7132", "72", "73", "7412", "7421", "75", "81", "82", "9321",
            "9329",
        ],
    ),
    ("F", &["1323", "2142", "3112", "3123", "71", "7411", "7413", "7422", "8342", "8343", "931"]),
    (
        "G",
        &[
            "1221", "1420", "3254", "3322", "3323", "3432", "52", "7231", "7234", "7549", "9122",
            "9334",
        ],
    ),
    ("H", &["1324", "315", "432", "4412", "5111", "5112", "83", "933", "9621"]),
    ("I", &["141", "3434", "4224", "512", "513", "5151", "94"]),
    ("J", &["1330", "2153", "25", "2642", "35"]),
    ("K", &["2120", "2412", "2413", "4211", "4312"]),
    ("L", &["3334", "5153", "9622"]),
    (
        "M",
        &[
            "1120", "2131", "2133", "2143", "2149", "216", "2250", "2411", "2421", "243", "2611",
            "2619", "2631", "2632", "2643", "3118", "3240", "3313", "3411", "3431", "4311", "4313",
        ],
    ),
    ("O", &["0", "2422", "3257", "335", "4225", "4415", "541"]),
    ("P", &["1345", "23", "5165", "5312"]),
    ("Q", &["1341", "1342", "22", "2634", "2635", "32", "3344", "3412", "5311", "532"]),
    ("R", &["265", "342", "3521", "4411"]),
    ("S", &["2636", "514", "5162", "5163", "5164", "7536", "8157", "9121"]),
    ("N", &["5414", "5419", "7133", "7544"]),
];

/// ISCO-08 groups with work that asks a register, a protected title, a licence or a statutory certificate.
///
/// Vacancies of the regime `open` leave them out, so that nothing gates.
pub(crate) fn is_regulated(isco: &str) -> bool {
    const GROUPS: &[&str] = &[
        "1412", "2161", "22", "2320", "2330", "2341", "2342", "2352", "2411", "2611", "2634",
        "2643", "3211", "3213", "3214", "325", "5311", "5321", "5414", "5419", "7119", "7126",
        "8322", "8331", "8332", "8343",
    ];
    GROUPS.iter().any(|group| isco.starts_with(group))
}

/// Register and profession that vacancies ask for an occupation: the ones most asked (Wet BIG, articles 3 and 34).
pub(crate) const REGISTRATIONS: &[(&str, &str, &str)] = &[
    ("2211", "big", "arts"),
    ("2221", "big", "verpleegkundige"),
    ("2222", "big", "verloskundige"),
    ("2261", "big", "tandarts"),
    ("2262", "big", "apotheker"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_code_decides() {
        assert_eq!(sector("5120"), "I");
        assert_eq!(sector("7212"), "C");
        assert_eq!(sector("7231"), "G");
        assert_eq!(sector("9112"), "N");
        assert_eq!(sector(""), "N");
    }

    #[test]
    fn every_sector_of_the_statistics_has_an_occupation() {
        let vocabulary = passend::Vocabulary::starter();
        let found: std::collections::BTreeSet<_> =
            vocabulary.occupations().map(|one| sector(crate::catalogue::isco(one))).collect();
        let expected = "ACFGHIJKLMNOPQRS";
        assert_eq!(found.into_iter().collect::<String>(), expected);
    }
}
