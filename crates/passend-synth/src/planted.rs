// SPDX-License-Identifier: EUPL-1.2
//! Vacancies that are made for one person, so that part of the answer is known beforehand.

use passend::{
    Cefr, Employer, OccupationConcept, RequiredCertificate, RequiredLanguage, RequiredSkill,
    Requirements, Skill, Stance, TwvStance, Vacancy, Vocabulary, Weight, WorkKind, Workplace,
};
use serde::Serialize;

use crate::candidate::{self, abilities, work};
use crate::catalogue::{Catalogue, coded, isco};
use crate::draws::{File, Part, Record};
use crate::tables::sectors;
use crate::tables::work::{NOBODY_HAS, PLANTED, TWIST, Twist};
use crate::{Regime, Settings, vacancy as vacancies};

/// What is known beforehand of one pair: a line of the key.
///
/// The person has every skill that the vacancy asks, and held its occupation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// Id of the person.
    pub candidate: String,
    /// Id of the vacancy that was made for the person.
    pub vacancy: String,
    /// The one gate that asks what the person lacks: `language` or `certificate`; `None` where the vacancy asks nothing else.
    pub gate: Option<&'static str>,
}

/// What is known beforehand of the pairs that were planted; the records themselves do not show which these are.
///
/// Pairs of which it cannot be said are left out: the person is beyond the number asked, or what the person knows of Dutch is
/// not known.
///
/// ```
/// # use passend_synth::{Settings, truth};
/// let vocabulary = passend::Vocabulary::starter();
/// let key: Vec<_> = truth(&Settings::default(), &vocabulary).collect();
/// assert!(!key.is_empty());
/// ```
pub fn truth<'v>(
    settings: &Settings,
    vocabulary: &'v Vocabulary,
) -> impl Iterator<Item = Truth> + use<'v> {
    let Settings { candidates, vacancies: count, seed, regime, .. } = *settings;
    let people = Catalogue::new(vocabulary, Regime::Azc);
    (0..count).filter_map(move |number| {
        let planting = Planting::find(number, seed, &people)?;
        let gate = planting.gate(seed, regime)?;
        (planting.person < candidates).then(|| Truth {
            candidate: candidate::id(planting.person),
            vacancy: vacancies::id(number),
            gate,
        })
    })
}

/// A vacancy that is made for one person.
pub(crate) struct Planting<'v> {
    person: usize,
    occupation: OccupationConcept<'v>,
    skills: Vec<Skill>,
    twist: Twist,
}

impl<'v> Planting<'v> {
    /// The planting of the vacancy of this number, if it is one.
    ///
    /// It depends on nothing that a regime changes. Regulated work is left alone: there the law decides more.
    pub(crate) fn find(number: usize, seed: u64, people: &Catalogue<'v>) -> Option<Self> {
        let record =
            |file, number| Record::new(seed, file, u64::try_from(number).unwrap_or(u64::MAX));
        let mut draws = record(File::Vacancies, number).part(Part::Planted);
        if !draws.chance(PLANTED) {
            return None;
        }
        let twist = TWIST.draw(&mut draws);
        let limit = u32::try_from(number.saturating_add(1)).unwrap_or(u32::MAX);
        let person = usize::try_from(draws.below(limit)).ok()?;
        let work::Work { held, experience, skills, .. } =
            work::work(record(File::Candidates, person), people);
        let occupation = *held.first().filter(|one| !sectors::is_regulated(isco(**one)))?;
        let skills = skills.filter(|skills| !skills.is_empty())?;
        experience.is_some().then_some(Self { person, occupation, skills, twist })
    }

    /// The gate that asks what the person lacks; nothing at all where that cannot be said.
    #[expect(clippy::option_option, reason = "no gate, and not known which, are two things")]
    fn gate(&self, seed: u64, regime: Regime) -> Option<Option<&'static str>> {
        let person =
            Record::new(seed, File::Candidates, u64::try_from(self.person).unwrap_or(u64::MAX));
        match self.twist {
            _ if regime == Regime::Open => Some(None),
            Twist::None => Some(None),
            Twist::Language => {
                let languages = abilities::languages(person, regime)?;
                let dutch = languages.iter().find(|language| language.code == "nl")?;
                let best = dutch.level.or(dutch.listening)?.max?;
                (best < Cefr::C2).then_some(Some("language"))
            }
            Twist::Certificate => abilities::certificates(person).map(|_| Some("certificate")),
        }
    }
}

pub(crate) fn vacancy(number: usize, regime: Regime, planting: &Planting<'_>) -> Vacancy {
    let Planting { occupation, skills, twist, .. } = planting;
    let weight = if regime == Regime::Open { Weight::Nice } else { Weight::Must };
    let sector = sectors::sector(isco(*occupation));
    let skills = skills.iter().map(|skill| RequiredSkill {
        scheme: skill.scheme.clone(),
        code: skill.code.clone(),
        label: skill.label.clone(),
        weight: Weight::Must,
    });
    let language =
        RequiredLanguage { code: "nl".to_owned(), skill: None, min: Cefr::C2, or: None, weight };
    let certificate = RequiredCertificate { code: Some(NOBODY_HAS.to_owned()), name: None, weight };
    Vacancy {
        schema: None,
        id: vacancies::id(number),
        title: Some(occupation.label().nl),
        description: None,
        url: None,
        source: None,
        employer: Some(Employer {
            id: Some(format!("w-{sector}-{:03}", number % 200)),
            sbi: Some(sector.to_owned()),
            ..Employer::default()
        }),
        // Neither place nor time stands in the way, whatever those of the person are.
        location: Some(Workplace { remote: Some(true), ..Workplace::default() }),
        occupation: Some(vec![coded(occupation.id(), &occupation.label().nl)]),
        positions: Some(1),
        published: None,
        closes: None,
        starts: None,
        ends: None,
        hours: None,
        slots: None,
        irregular: None,
        office_hours: None,
        contract: None,
        kind: (regime != Regime::Open).then_some(WorkKind::Paid),
        pool: None,
        language_support: None,
        job_support: None,
        work_learn: None,
        pays_market_wage: Some(true),
        contract_days: None,
        wage: None,
        require: Some(Requirements {
            languages: (*twist == Twist::Language).then(|| vec![language]),
            certificates: (*twist == Twist::Certificate).then(|| vec![certificate]),
            skills: Some(skills.collect()),
            ..Requirements::default()
        }),
        working_language: None,
        plain_language_ok: None,
        twv: Some(TwvStance { employer_will_apply: Some(Stance::Yes) }),
        physical: None,
        transport: None,
        childcare: None,
    }
}
