// SPDX-License-Identifier: EUPL-1.2
//! Diplomas of people, levels and fields that vacancies ask.

use passend::EducationLevel::{self, *};
use passend::{EvaluationOutcome, Weight};

use crate::shares::Shares;

/// Highest level that was finished.
///
/// At most primary school 33 %, secondary or vocational 47 %, higher 20 %: Syrian status holders of 15 and older, SCP 2018
/// (survey of 2017, 3,200 people), the only figures found. The split within the three is assumed.
pub(crate) const HIGHEST: Shares<EducationLevel> = Shares::per_mille(
    &[
        (None, 100),
        (Primary, 230),
        (VmboBb, 60),
        (VmboKb, 40),
        (VmboGt, 60),
        (Mbo1, 20),
        (Mbo2, 70),
        (Mbo3, 60),
        (Havo, 40),
        (Mbo4, 70),
        (Vwo, 50),
        (Ad, 20),
        (HboBachelor, 70),
        (WoBachelor, 60),
        (HboMaster, 10),
        (WoMaster, 35),
    ],
    Phd,
);
/// Diplomas of who has more than primary school: 65 % of all, so that none to three are 33, 41, 21 and 5 %. Assumed.
pub(crate) const DIPLOMAS: Shares<usize> = Shares::per_mille(&[(1, 615), (2, 308)], 3);
/// Level of further diplomas: schools that come before. Assumed.
pub(crate) const EARLIER: Shares<EducationLevel> =
    Shares::per_mille(&[(VmboGt, 400), (Havo, 200), (Mbo2, 250)], Vwo);

/// How a diploma from elsewhere is known: three in ten are evaluated. Assumed; 5,488 evaluations for integration were made
/// in 2018 (IDW), against unknown numbers of diplomas.
pub(crate) const EVALUATION: Shares<Option<EvaluationOutcome>> = Shares::per_mille(
    &[
        (Some(EvaluationOutcome::FullEvaluation), 200),
        (Some(EvaluationOutcome::Indication), 80),
        (Some(EvaluationOutcome::PartialEvaluation), 20),
        (Some(EvaluationOutcome::InProgress), 50),
        (Some(EvaluationOutcome::SelfDeclared), 400),
    ],
    Option::None,
);

/// ISCED-F 2013 field that belongs to a sector.
pub(crate) fn field(sector: &str) -> &'static str {
    match sector {
        "A" => "0811",
        "C" => "0715",
        "F" => "0732",
        "G" => "0416",
        "H" => "1041",
        "I" => "1013",
        "J" => "0613",
        "K" => "0412",
        "M" => "0421",
        "O" => "0413",
        "P" => "0111",
        "Q" => "0913",
        "R" => "0215",
        "S" => "1012",
        _ => "0413",
    }
}
/// A diploma is in the field of the work that was done. Assumed.
pub(crate) const FIELD_OF_WORK: u32 = 600;
pub(crate) const FIELDS: &[&str] = &[
    "0111", "0215", "0231", "0311", "0412", "0413", "0416", "0421", "0511", "0541", "0613", "0711",
    "0713", "0714", "0715", "0716", "0721", "0732", "0811", "0913", "0922", "1012", "1013", "1041",
];

/// What a vacancy asks, by major group of ISCO-08: share that asks a level, and the level.
///
/// No figures by level were found: the level follows the skill level of the occupation (ISCO-08), the shares are assumed.
pub(crate) fn asked(major_group: Option<char>) -> (u32, &'static Shares<EducationLevel>) {
    match major_group {
        Some('1') => (700, &MANAGERS),
        Some('2') => (700, &PROFESSIONALS),
        Some('3') => (700, &TECHNICIANS),
        Some('4' | '5') => (450, &SERVICE),
        Some('6' | '7' | '8') => (450, &CRAFT),
        _ => (150, &ELEMENTARY),
    }
}
static MANAGERS: Shares<EducationLevel> = Shares::per_mille(&[(Mbo4, 500)], HboBachelor);
static PROFESSIONALS: Shares<EducationLevel> =
    Shares::per_mille(&[(HboBachelor, 600), (WoBachelor, 150)], WoMaster);
static TECHNICIANS: Shares<EducationLevel> =
    Shares::per_mille(&[(Mbo3, 150), (Mbo4, 700)], HboBachelor);
static SERVICE: Shares<EducationLevel> =
    Shares::per_mille(&[(Mbo1, 50), (Mbo2, 450), (Mbo3, 350)], Mbo4);
static CRAFT: Shares<EducationLevel> = Shares::per_mille(&[(VmboKb, 50), (Mbo2, 650)], Mbo3);
static ELEMENTARY: Shares<EducationLevel> = Shares::per_mille(&[(VmboBb, 400), (Mbo1, 400)], Mbo2);

/// A vacancy that asks a level asks a field too. Assumed: half accept any.
pub(crate) const FIELD_ASKED: u32 = 500;
/// How hard a demand for a level or field is. Assumed.
pub(crate) const WEIGHT: Shares<Weight> =
    Shares::per_mille(&[(Weight::Must, 500), (Weight::Nice, 250)], Weight::Unspecified);
