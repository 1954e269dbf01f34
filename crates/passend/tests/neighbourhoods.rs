// SPDX-License-Identifier: EUPL-1.2
//! Ten occupations of the starter vocabulary and what is near to them, read by a person.
#![cfg(test)] // so that the lints take helpers for tests too

use passend::Vocabulary;

/// An occupation, three that must be among its ten nearest, one that must not.
const READ: [(&str, [&str; 3], &str); 10] = [
    ("5120-cook", ["5120-institutional-cook", "5120-apprentice-cook", "3434-chef"], "7212-welder"),
    (
        "2221-nurse",
        ["3221-gp-practice-support-worker", "5321-assistant-nurse", "2240-physician-assistant"],
        "9112-cleaner",
    ),
    (
        "7212-welder",
        ["7214-metal-construction-worker", "7214-shipbuilder", "7213-sheet-metal-worker"],
        "5223-shop-assistant",
    ),
    (
        "8332-truck-driver",
        ["8332-refuse-truck-driver", "8332-tanker-driver", "8332-trainee-truck-driver"],
        "7231-car-mechanic",
    ),
    (
        "9112-cleaner",
        ["9112-care-housekeeping-worker", "9112-hotel-room-cleaner", "9112-specialist-cleaner"],
        "7112-bricklayer",
    ),
    ("7112-bricklayer", ["7112-pointer", "7111-house-builder", "7122-tiler"], "8332-truck-driver"),
    (
        "2512-software-developer",
        ["2514-app-developer", "2513-web-developer", "2519-software-tester"],
        "3313-bookkeeper",
    ),
    (
        "5223-shop-assistant",
        ["5223-clothing-sales-assistant", "5221-shopkeeper", "5230-cashier"],
        "7112-bricklayer",
    ),
    (
        "7231-car-mechanic",
        ["7231-truck-mechanic", "7231-tyre-fitter", "7231-assistant-car-mechanic"],
        "8332-truck-driver",
    ),
    (
        "3313-bookkeeper",
        ["3313-assistant-accountant", "4311-accounts-clerk", "4313-payroll-clerk"],
        "2221-nurse",
    ),
];

#[test]
fn what_a_person_calls_near_is_near() {
    let vocabulary = Vocabulary::starter();
    for (occupation, near, far) in READ {
        let found = vocabulary.related(&format!("occupation/{occupation}"), 10, "nl");
        let ids: Vec<_> = found
            .matches
            .iter()
            .map(|one| one.id.strip_prefix("occupation/").unwrap_or_default())
            .collect();
        for one in near {
            assert!(ids.contains(&one), "{occupation}: {one} is not in {ids:?}");
        }
        assert!(!ids.contains(&far), "{occupation}: {far} is in {ids:?}");
    }
}

#[test]
fn closeness_is_the_same_both_ways() {
    let vocabulary = Vocabulary::starter();
    let near = vocabulary.related("occupation/5120-cook", usize::MAX, "nl");
    assert!(near.matches.is_sorted_by_key(|one| std::cmp::Reverse(one.score)));
    for one in near.matches.iter().take(20) {
        let back = vocabulary.related(&one.id, usize::MAX, "nl");
        let back = back.matches.iter().find(|other| other.id == "occupation/5120-cook").unwrap();
        assert_eq!(back.score, one.score, "{}", one.id);
    }
}

#[test]
fn an_id_that_is_not_there_has_no_neighbours() {
    let none = Vocabulary::starter().related("occupation/nothing", 5, "nl");
    assert_eq!(none.status, passend::LinkStatus::None);
}
