// SPDX-License-Identifier: EUPL-1.2
//! The same seed gives the same people everywhere.
#![forbid(unsafe_code)]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use passend::{Vocabulary, VocabularyTables};
use passend_synth::{Regime, Settings, audit, candidates, vacancies, write_audit, write_jsonl};
use sha2::{Digest, Sha256};

/// Five occupations and six skills of its own, so that a change of the starter vocabulary changes no byte here.
fn vocabulary() -> Vocabulary {
    let tables = VocabularyTables {
        name: "test",
        groups: "code\tnl\ten
2221\tverpleegkundigen\tnurses
5120\tkoks\tcooks
7212\tlassers\twelders
9112\tschoonmakers\tcleaners
9412\tkeukenhulpen\tkitchen helpers
",
        skills: "id\tnl\ten\tnl_alt\ten_alt\tbroader\trelated
skill/care\tverzorgen\tcare\t\t\t\t
skill/clean\tschoonmaken\tclean\tpoetsen\t\t\t
skill/cook\tkoken\tcook\t\tprepare food\t\t
skill/teamwork\tsamenwerken\tteamwork\t\t\t\t
skill/wash-up\tafwassen\twash up\t\t\t\t
skill/weld\tlassen\tweld\t\t\t\t
",
        occupations: "id\tisco08\tnl\ten\tnl_alt\ten_alt\tessential\toptional
occupation/2221-nurse\t2221\tverpleegkundige\tnurse\tzuster\t\tskill/care|skill/teamwork\t
occupation/5120-cook\t5120\tkok\tcook\tkeukenkok\tchef\tskill/cook\tskill/teamwork
occupation/7212-welder\t7212\tlasser\twelder\t\t\tskill/weld\t
occupation/9112-cleaner\t9112\tschoonmaker\tcleaner\tpoetser\t\tskill/clean\tskill/teamwork
occupation/9412-helper\t9412\tafwasser\tkitchen helper\tkeukenhulp\t\tskill/wash-up\tskill/clean
",
        relations: "from\tto\tcloseness\tkind
",
    };
    Vocabulary::from_tables(&tables).unwrap()
}

/// The first 16 hexadecimal digits of the SHA-256 of people, vacancies and audit rows.
fn fingerprint(settings: &Settings) -> String {
    let vocabulary = vocabulary();
    let mut bytes = Vec::new();
    write_jsonl(&mut bytes, candidates(settings, &vocabulary)).unwrap();
    write_jsonl(&mut bytes, vacancies(settings, &vocabulary)).unwrap();
    write_audit(&mut bytes, audit(settings)).unwrap();
    Sha256::digest(&bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let found =
        [(Regime::Azc, 1), (Regime::General, 1), (Regime::Open, 1), (Regime::Azc, u64::MAX)].map(
            |(regime, seed)| {
                fingerprint(&Settings {
                    candidates: 500,
                    vacancies: 500,
                    seed,
                    regime,
                    ..Settings::default()
                })
            },
        );
    let expected = ["fc48041e898e11b2", "499b0f16ff7fbb52", "3b8b6b0db8bd7e3e", "73cb82ac8bedbab4"];
    assert_eq!(found, expected);
}

#[test]
fn the_first_of_many_are_those_of_few() {
    let vocabulary = Vocabulary::starter();
    let few = Settings { candidates: 100, vacancies: 100, ..Settings::default() };
    let many = Settings { candidates: 1_000, vacancies: 300, ..few };
    assert!(candidates(&few, &vocabulary).eq(candidates(&many, &vocabulary).take(100)));
    assert!(vacancies(&few, &vocabulary).eq(vacancies(&many, &vocabulary).take(100)));
    assert!(audit(&few).eq(audit(&many).take(100)));
}

#[test]
fn another_seed_gives_other_people() {
    let vocabulary = Vocabulary::starter();
    let one = Settings { candidates: 100, ..Settings::default() };
    let other = Settings { seed: 2, ..one };
    let alike = candidates(&one, &vocabulary).zip(candidates(&other, &vocabulary));
    assert_eq!(alike.filter(|(one, other)| one == other).count(), 0);
}

#[test]
fn a_regime_leaves_work_and_diplomas_as_they_were() {
    let vocabulary = Vocabulary::starter();
    let azc = Settings { candidates: 200, vacancies: 200, ..Settings::default() };
    for regime in [Regime::General, Regime::Open] {
        let others = candidates(&Settings { regime, ..azc }, &vocabulary);
        for (one, other) in candidates(&azc, &vocabulary).zip(others) {
            assert_eq!(
                (one.experience, one.skills, one.education),
                (other.experience, other.skills, other.education)
            );
        }
    }
    let general = Settings { regime: Regime::General, ..azc };
    assert!(vacancies(&azc, &vocabulary).eq(vacancies(&general, &vocabulary)));
}
