// SPDX-License-Identifier: EUPL-1.2
//! The shares that the documentation states hold within two percentage points over 10,000 records.
#![forbid(unsafe_code)]

use std::sync::LazyLock;

use passend::{
    Candidate, Cefr, Day, EducationLevel, LevelRange, ResidenceStatus, Stance, Vacancy, Vocabulary,
};
use passend_synth::{
    AgeGroup, AuditRow, REFERENCE_DAY, Regime, Settings, Sex, audit, candidates, vacancies,
};

const NUMBER: usize = 10_000;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::starter);
static AZC: LazyLock<Vec<Candidate>> = LazyLock::new(|| people(Regime::Azc));
static GENERAL: LazyLock<Vec<Candidate>> = LazyLock::new(|| people(Regime::General));
static VACANCIES: LazyLock<Vec<Vacancy>> =
    LazyLock::new(|| vacancies(&settings(Regime::Azc), &VOCABULARY).collect());

fn settings(regime: Regime) -> Settings {
    Settings { candidates: NUMBER, vacancies: NUMBER, seed: 1, regime, ..Settings::default() }
}

fn people(regime: Regime) -> Vec<Candidate> {
    candidates(&settings(regime), &VOCABULARY).collect()
}

/// So many of a thousand of those that tell (`Some`) hold, give or take 20.
#[track_caller]
fn check<T>(records: &[T], per_mille: usize, holds: impl Fn(&T) -> Option<bool>) {
    let told: Vec<bool> = records.iter().filter_map(holds).collect();
    let found = told.iter().filter(|holds| **holds).count() * 1_000 / told.len();
    assert!(
        found.abs_diff(per_mille) <= 20,
        "{found} of 1,000 instead of {per_mille}, of {} that tell",
        told.len()
    );
}

fn status(one: &Candidate) -> Option<ResidenceStatus> {
    one.residence.as_ref()?.status
}

#[track_caller]
fn check_status(per_mille: usize, expected: ResidenceStatus) {
    check(&AZC, per_mille, |one| status(one).map(|status| status == expected));
}

#[test]
fn statuses_are_those_of_reception() {
    check_status(350, ResidenceStatus::StatusHolderFixedTerm);
    check_status(80, ResidenceStatus::UkraineTemporaryProtection);
    check_status(520, ResidenceStatus::AsylumSeekerInProcedure);
    check_status(30, ResidenceStatus::DublinClaimant);
    check_status(20, ResidenceStatus::ReturnDecision);
    check(&AZC, 10, |one| Some(one.residence.is_none()));
    check(&GENERAL, 1_000, |one| Some(status(one) == Some(ResidenceStatus::Free)));
}

#[test]
fn three_in_ten_are_six_months_in_procedure() {
    let half_a_year_ago: Day = "2026-05-25".parse().unwrap();
    assert_eq!(half_a_year_ago.plus_months(6), REFERENCE_DAY);
    check(&AZC, 300, |one| {
        let started = one.residence.as_ref()?.procedure_started;
        let asks_asylum = status(one) == Some(ResidenceStatus::AsylumSeekerInProcedure);
        Some(asks_asylum && started? <= half_a_year_ago)
            .or(Some(false))
            .filter(|_| one.residence.is_some())
    });
}

/// The lowest level of speaking that a person can have.
fn speaks(one: &Candidate, code: &str) -> Option<Cefr> {
    let language = one.languages.as_ref()?.iter().find(|language| language.code == code)?;
    language.level.or(language.speaking)?.min
}

#[test]
fn languages_are_as_stated() {
    use Cefr::{A0, A1, A2, B1, B2, C1, C2};
    let levels = [(A0, 350), (A1, 250), (A2, 200), (B1, 130), (B2, 50), (C1, 15), (C2, 5)];
    for (level, per_mille) in levels {
        check(&AZC, per_mille, |one| Some(speaks(one, "nl")? == level));
    }
    let levels = [(A0, 250), (A1, 150), (A2, 200), (B1, 200), (B2, 130), (C1, 50), (C2, 20)];
    for (level, per_mille) in levels {
        check(&AZC, per_mille, |one| Some(speaks(one, "en")? == level));
    }
    check(&GENERAL, 0, |one| Some(speaks(one, "nl")? < B2));
    check(&AZC, 30, |one| Some(one.languages.is_none()));
}

#[test]
fn travel_limits_are_as_stated() {
    for (km, per_mille) in
        [(10, 100), (15, 200), (20, 200), (30, 200), (40, 150), (60, 100), (100, 50)]
    {
        check(&AZC, per_mille, |one| Some(one.mobility.as_ref()?.max_km? == km));
    }
    for km in [20, 30, 40, 60, 100] {
        check(&GENERAL, 200, |one| Some(one.mobility.as_ref()?.max_km? == km));
    }
    check(&AZC, 40, |one| Some(one.mobility.is_none()));
}

#[test]
fn education_is_that_of_the_survey() {
    fn highest(one: &Candidate) -> Option<EducationLevel> {
        one.education.as_ref()?.first()?.level.and_then(|level: LevelRange<_>| level.min)
    }
    use EducationLevel::{
        Ad, HboBachelor, HboMaster, None as NoSchool, Phd, Primary, WoBachelor, WoMaster,
    };
    let at_most_primary = [NoSchool, Primary];
    let higher = [Ad, HboBachelor, WoBachelor, HboMaster, WoMaster, Phd];
    check(&AZC, 330, |one| Some(at_most_primary.contains(&highest(one)?)));
    check(&AZC, 200, |one| Some(higher.contains(&highest(one)?)));
    // 65 % of all have one to three diplomas more.
    for (number, per_mille) in [(1, 330 + 400), (2, 210), (3, 50)] {
        check(&AZC, per_mille, |one| Some(one.education.as_ref()?.len() == number));
    }
}

#[test]
fn weeks_hours_and_papers_are_as_stated() {
    check(&AZC, 400, |one| Some(!one.slots.as_ref()?.is_empty()));
    check(&AZC, 1_000, |one| {
        let slots = one.slots.as_ref().filter(|slots| !slots.is_empty())?;
        Some((2..=4).contains(&slots.len()))
    });
    for (hours, per_mille) in [(16, 100), (24, 200), (32, 300), (36, 200), (40, 200)] {
        check(&AZC, per_mille, |one| Some(one.hours?.max?.get() == hours * 100));
    }
    let has = |code: &'static str| {
        move |one: &Candidate| {
            let list = one.certificates.as_ref()?;
            Some(list.iter().any(|one| one.code.as_deref() == Some(code)))
        }
    };
    check(&AZC, 150, has("vca_basic"));
    check(&AZC, 200, |one| Some(!one.licences.as_ref()?.is_empty()));
    check(&AZC, 80, |one| Some(one.skills.is_none()));
}

#[test]
fn occupations_and_skills_are_as_stated() {
    check(&AZC, 80, |one| Some(one.experience.as_ref()?.is_empty()));
    check(&AZC, 450, |one| {
        let experience = one.experience.as_ref().filter(|list| !list.is_empty())?;
        Some(experience.len() == 1)
    });
    assert!(AZC.iter().flat_map(|one| &one.skills).all(|skills| skills.len() <= 25));
    let asked = VACANCIES.iter().filter_map(|one| one.require.as_ref()?.skills.as_ref());
    assert!(asked.clone().all(|skills| skills.len() <= 20));
    assert!(asked.count() > NUMBER * 8 / 10);
}

#[test]
fn sectors_are_those_of_the_open_vacancies() {
    // Of 423.2 thousand with a sector in the source.
    for (sector, thousands) in [("C", 35.3), ("F", 25.2), ("G", 87.3), ("I", 33.0), ("Q", 65.4)] {
        check(&VACANCIES, per_mille(thousands), |one| {
            Some(one.employer.as_ref()?.sbi.as_deref()? == sector)
        });
    }
}

#[expect(clippy::float_arithmetic, reason = "the source has decimals; only a test")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1,000")]
fn per_mille(thousands: f64) -> usize {
    (thousands / 423.2 * 1_000.0).round() as usize
}

#[test]
fn demands_are_as_stated() {
    check(&VACANCIES, 400, |one| Some(one.slots.is_some()));
    check(&VACANCIES, 480, |one| Some(one.hours?.max?.get() < 3_500));
    let stance = |one: &Vacancy| one.twv.as_ref().and_then(|twv| twv.employer_will_apply);
    check(&VACANCIES, 300, |one| Some(stance(one) == Some(Stance::Yes)));
    check(&VACANCIES, 300, |one| Some(stance(one) == Some(Stance::No)));
    let asks = |code: &'static str| {
        move |one: &Vacancy| {
            let languages = one.require.as_ref()?.languages.iter().flatten();
            Some(languages.into_iter().any(|language| language.code == code))
        }
    };
    // About 8 % of adverts ask no Dutch.
    check(&VACANCIES, 920, asks("nl"));
    check(&VACANCIES, 250, asks("en"));
    check(&VACANCIES, 80, |one| {
        let mut certificates = one.require.as_ref()?.certificates.iter().flatten();
        Some(certificates.any(|one| one.code.as_deref() == Some("vca_basic")))
    });
    check(&VACANCIES, 150, |one| Some(one.require.as_ref()?.licences.is_some()));
}

#[test]
fn the_audit_is_that_of_the_statistics() {
    let rows: Vec<AuditRow> = audit(&settings(Regime::Azc)).collect();
    check(&rows, 595, |row| Some(row.sex == Sex::Male)); // 11,315 of 19,025
    check(&rows, 312, |row| Some(row.age_group == AgeGroup::From25To34)); // 5,940
    check(&rows, 400, |row| Some(row.origin == "Syria"));
}

#[test]
fn people_do_not_depend_on_their_attributes() {
    let rows: Vec<AuditRow> = audit(&settings(Regime::Azc)).collect();
    let pairs: Vec<(&Candidate, &AuditRow)> = AZC.iter().zip(&rows).collect();
    for sex in [Sex::Female, Sex::Male] {
        check(&pairs, 350, |(one, row)| {
            (row.sex == sex).then(|| status(one) == Some(ResidenceStatus::StatusHolderFixedTerm))
        });
    }
    for origin in ["Syria", "other"] {
        check(&pairs, 400, |(one, row)| {
            let languages = one.languages.as_ref().filter(|_| row.origin == origin)?;
            Some(languages.iter().any(|language| language.code == "ar"))
        });
    }
}

#[test]
fn a_wide_vocabulary_gives_long_skewed_lists() {
    let vocabulary = passend_synth::wide_vocabulary(1).unwrap();
    let settings = Settings { candidates: 2_000, vacancies: 2_000, ..settings(Regime::Azc) };
    let tenths = |lengths: Vec<usize>| lengths.iter().sum::<usize>() * 10 / lengths.len();
    let people = candidates(&settings, &vocabulary).filter_map(|one| one.skills);
    let held = tenths(people.map(|skills| skills.len()).collect());
    assert!((130..=170).contains(&held), "{held} tenths");
    let work: Vec<_> =
        vacancies(&settings, &vocabulary).filter_map(|one| one.require?.skills).collect();
    let asked = tenths(work.iter().map(Vec::len).collect());
    assert!((120..=145).contains(&asked), "{asked} tenths");
    let mut often = std::collections::BTreeMap::new();
    for skill in work.iter().flatten().filter_map(|skill| skill.code.as_deref()) {
        *often.entry(skill).or_insert(0_usize) += 1;
    }
    let mut often: Vec<_> = often.into_values().collect();
    often.sort_unstable();
    // A tenth of the skills that are asked make up well over a third of what is asked.
    let common: usize = often.iter().rev().take(often.len() / 10).sum();
    assert!(common * 3 > often.iter().sum(), "{common}");
}

#[test]
fn places_and_titles_are_as_stated() {
    check(&VACANCIES, 700, |one| {
        // Those that were made for one person are done from home.
        Some(one.location.as_ref().filter(|place| place.remote.is_none())?.postcode.is_some())
    });
    check(&GENERAL, 400, |one| Some(one.location.as_ref()?.postcode.is_some()));
    let known: std::collections::BTreeSet<String> =
        passend_synth::places(&settings(Regime::Azc)).map(|row| row.place).collect();
    for one in VACANCIES.iter().filter_map(|one| one.location.as_ref()?.postcode.as_ref()) {
        assert!(known.contains(one), "{one}");
    }
    for one in AZC.iter().filter_map(|one| one.location.as_ref()?.site.as_ref()) {
        assert!(known.contains(one), "{one}");
    }
    let shifts: std::collections::BTreeSet<_> = VACANCIES
        .iter()
        .flat_map(|one| one.slots.iter().flatten())
        .map(|shift| (shift.day, shift.from, shift.to))
        .collect();
    assert!(shifts.len() > 1_000, "only {} different shifts", shifts.len());
}
