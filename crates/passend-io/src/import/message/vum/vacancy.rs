// SPDX-License-Identifier: EUPL-1.2
//! Vacancies of VUM and of our records.

use serde_json::{Map, Value, json};

use super::super::keys::{at, day, list, object, period, put, put_list, says, text, whole};
use super::super::language_code::{long, short};
use super::super::wage::wage;
use super::codes::{
    LANGUAGE_SKILLS, cefr_code, education_code, least_cefr, least_education_level, occupation,
    occupation_element, sbi, sbi_code, skill_elements, skills, work_level, yes_or_no,
    yes_or_no_code,
};
use super::{Version, hours, hours_elements, licence, postcode};
use crate::Crosswalk;

/// The day after which nobody can apply.
fn closes(version: Version) -> &'static str {
    match version {
        Version::Three => "sluitingsdatumVacature",
        Version::Two => "sluitingsDatumVacature",
    }
}

/// What the record can hold of a message. The standard does not say what must be there and what is welcome.
pub(super) fn record(
    message: &Value,
    version: Version,
    crosswalk: &Crosswalk,
) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "schema", Some("passend/vacancy/1"));
    put(all, "id", text(message, "idVacature").or_else(|| text(message, "vumID")));
    put(all, "title", text(message, "naamVacature"));
    put(all, "description", text(message, "omschrijvingVacature"));
    put(all, "source", Some("vum"));
    put(all, "employer.name", text(message, "werkgever.handelsnaamOrganisatie"));
    put(all, "employer.sbi", activity(message));
    put(all, "location.postcode", workplace(message, version));
    put_list(
        all,
        "occupation",
        at(message, "beroep")
            .and_then(|one| occupation(one, version, crosswalk))
            .into_iter()
            .collect(),
    );
    put(all, "closes", day(message, closes(version)));
    let (starts, ends) = period(
        message,
        "arbeidsVoorwaarden.datumAanvangWerkzaamheden",
        "arbeidsVoorwaarden.datumEindeWerkzaamheden",
    );
    put(all, "starts", starts);
    put(all, "ends", ends);
    put(all, "wage", text(message, "arbeidsVoorwaarden.salarisIndicatie").map(wage));
    hours(all, message);
    put(all, "office_hours", yes_or_no(whole(message, "werktijden.indicatieKantoortijden")));
    let irregular = whole(message, "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst");
    put(all, "irregular", yes_or_no(irregular));
    contract(all, message);

    let level = text(message, "codeWerkEnDenkniveauMinimaal").and_then(|code| code.parse().ok());
    put(all, "require.work_level", level.and_then(work_level).map(|level| asked("level", level)));
    let level =
        only(list(message, "opleiding").iter().filter_map(|one| whole(one, "codeNiveauOpleiding")));
    let level = level.and_then(least_education_level);
    put(all, "require.education_level", level.map(|level| asked("level", level)));
    let years = only(
        list(message, "werkervaring")
            .iter()
            .filter_map(|one| whole(one, "aantalJarenWerkzaamInBeroep")),
    );
    let years = years.filter(|years| (1..=50).contains(years));
    put(all, "require.years", years.map(|years| asked("min", years)));
    let languages = list(message, "taalbeheersing").iter().flat_map(languages);
    put_list(all, "require.languages", languages.collect());
    let licences = list(message, "rijbewijs").iter().filter_map(licence);
    put_list(all, "require.licences", licences.map(|one| asked("category", one)).collect());
    put_list(
        all,
        "require.certificates",
        list(message, "cursus").iter().filter_map(certificate).collect(),
    );
    let skills = skills(message, version).into_iter().map(|mut skill| {
        if let Some(keys) = skill.as_object_mut() {
            keys.remove("level");
            keys.insert("weight".to_owned(), "unspecified".into());
        }
        skill
    });
    put_list(all, "require.skills", skills.collect());
    keys
}

/// The message for a record.
pub(super) fn message(
    record: &Value,
    version: Version,
    crosswalk: &Crosswalk,
) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "idVacature", text(record, "id"));
    put(all, "naamVacature", text(record, "title"));
    put(all, "omschrijvingVacature", text(record, "description"));
    put(all, "werkgever.handelsnaamOrganisatie", text(record, "employer.name"));
    put(all, "sector.codeSbi", text(record, "employer.sbi").and_then(sbi_code));
    let code: Option<String> =
        text(record, "location.postcode").map(|code| code.split_whitespace().collect());
    if let Some(code) = code.filter(|code| code.len() == 6) {
        match version {
            Version::Three => put(all, "adres.postcode", Some(code)),
            Version::Two => put_list(
                all,
                "werkgever.adresHouding",
                vec![json!({"adres": {"adresNederland": {"postcode": code}}})],
            ),
        }
    }
    let work = list(record, "occupation").iter();
    put(all, "beroep", work.filter_map(|one| occupation_element(one, version, crosswalk)).next());
    put(all, closes(version), text(record, "closes"));
    put(all, "arbeidsVoorwaarden.datumAanvangWerkzaamheden", text(record, "starts"));
    put(all, "arbeidsVoorwaarden.datumEindeWerkzaamheden", text(record, "ends"));
    put(all, "arbeidsVoorwaarden.salarisIndicatie", at(record, "wage").and_then(wage_text));
    hours_elements(all, record);
    let flag = |path| yes_or_no_code(at(record, path).and_then(Value::as_bool));
    put(all, "werktijden.indicatieKantoortijden", flag("office_hours"));
    put(all, "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst", flag("irregular"));
    put_list(all, "contractvorm", contract_elements(record));

    let level = whole(record, "require.work_level.level");
    put(all, "codeWerkEnDenkniveauMinimaal", level.map(|level| level.to_string()));
    let level = at(record, "require.education_level.level").and_then(education_code);
    put_list(
        all,
        "opleiding",
        level.map(|code| json!({"codeNiveauOpleiding": code})).into_iter().collect(),
    );
    let years = whole(record, "require.years.min");
    put_list(
        all,
        "werkervaring",
        years.map(|years| json!({"aantalJarenWerkzaamInBeroep": years})).into_iter().collect(),
    );
    put_list(all, "taalbeheersing", language_elements(list(record, "require.languages")));
    let licences = list(record, "require.licences").iter().filter_map(|one| text(one, "category"));
    let licences = licences.map(|category| json!({"codeSoortRijbewijs": category}));
    put_list(all, "rijbewijs", licences.collect());
    let certificates = list(record, "require.certificates").iter().filter_map(|one| {
        let name = text(one, "name").or_else(|| text(one, "code"))?;
        Some(object([
            ("naamCursus", Some(name.into())),
            ("indicatieCertificaat", (version == Version::Three).then(|| 1.into())),
        ]))
    });
    put_list(all, "cursus", certificates.collect());
    for (name, elements) in skill_elements(list(record, "require.skills"), version) {
        put_list(all, name, elements);
    }
    keys
}

fn asked(key: &'static str, value: impl Into<Value>) -> Value {
    object([(key, Some(value.into())), ("weight", Some("unspecified".into()))])
}

/// The value that all have; nothing when they differ.
fn only(values: impl Iterator<Item = u64>) -> Option<u64> {
    let mut values = values;
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// The activity of the vacancy, else of its employer where that has one.
fn activity(message: &Value) -> Option<String> {
    let own = whole(message, "sector.codeSbi");
    let of_employer =
        || only(list(message, "werkgever.sector").iter().filter_map(|one| whole(one, "codeSbi")));
    own.or_else(of_employer).and_then(sbi)
}

/// Where the work is. Version 2 only has addresses of the employer, by which the exchange searched; one is needed.
fn workplace(message: &Value, version: Version) -> Option<String> {
    if version == Version::Three {
        return postcode(message, "adres.postcode");
    }
    let mut codes = list(message, "werkgever.adresHouding")
        .iter()
        .filter_map(|one| postcode(one, "adres.adresNederland.postcode"));
    let first = codes.next()?;
    codes.all(|code| code == first).then_some(first)
}

/// Kind of contract and of work, where the vacancy names one. A place for work experience is neither paid work nor a
/// placement of a course, so it is left to the sidecar.
fn contract(all: &mut Map<String, Value>, message: &Value) {
    let forms = list(message, "contractvorm");
    let one_of = |key: &str| {
        let mut words = forms.iter().filter_map(|one| text(one, key));
        let first = words.next()?;
        words.all(|word| word == first).then_some(first)
    };
    let contract = one_of("codeTypeArbeidscontract").and_then(|code| match code {
        "O" => Some("permanent"),
        "B" => Some("temporary"),
        _ => None,
    });
    put(all, "contract", contract);
    match one_of("codeTypeOvereenkomst") {
        Some("01") => put(all, "kind", Some("paid")),
        Some("02") => put(all, "work_learn", Some(true)),
        Some("03") => put(all, "kind", Some("voluntary")),
        _ => {}
    }
}

fn contract_elements(record: &Value) -> Vec<Value> {
    let contract = text(record, "contract").and_then(|contract| match contract {
        "permanent" => Some("O"),
        "temporary" => Some("B"),
        _ => None,
    });
    let learns = at(record, "work_learn").and_then(Value::as_bool) == Some(true)
        || text(record, "contract") == Some("apprenticeship");
    let kind = match text(record, "kind") {
        _ if learns => Some("02"),
        Some("paid") => Some("01"),
        Some("voluntary") => Some("03"),
        _ => None,
    };
    let element = object([
        ("codeTypeArbeidscontract", contract.map(Value::from)),
        ("codeTypeOvereenkomst", kind.map(Value::from)),
    ]);
    if contract.is_some() || kind.is_some() { vec![element] } else { Vec::new() }
}

/// What is asked of a language: one demand when it is the same for all four skills, else one for each skill.
fn languages(element: &Value) -> Vec<Value> {
    let Some(code) = text(element, "codeTaal").map(short) else { return Vec::new() };
    let levels =
        LANGUAGE_SKILLS.map(|(name, skill)| (skill, whole(element, name).and_then(least_cefr)));
    let demand = |skill: Option<&str>, min: &str| {
        object([
            ("code", Some(code.into())),
            ("skill", skill.map(Value::from)),
            ("min", Some(min.into())),
            ("weight", Some("unspecified".into())),
        ])
    };
    let [(_, first), ..] = levels;
    if let Some(min) = first.filter(|_| levels.iter().all(|(_, min)| *min == first)) {
        return vec![demand(None, min)];
    }
    levels.iter().filter_map(|(skill, min)| Some(demand(Some(skill), (*min)?))).collect()
}

/// Demands of one language make one element, until two speak of the same skill.
fn language_elements(demands: &[Value]) -> Vec<Value> {
    let mut elements: Vec<Map<String, Value>> = Vec::new();
    for demand in demands {
        let Some(code) = text(demand, "code").and_then(long) else { continue };
        let level = at(demand, "min").and_then(cefr_code);
        let skill = text(demand, "skill");
        let names: Vec<&str> = LANGUAGE_SKILLS
            .iter()
            .filter(|(_, known)| skill.is_none_or(|skill| skill == *known))
            .map(|(name, _)| *name)
            .collect();
        let joins = |last: &Map<String, Value>| {
            last.get("codeTaal").and_then(Value::as_str) == Some(code)
                && names.iter().all(|name| !last.contains_key(*name))
        };
        if !elements.last().is_some_and(joins) {
            elements.push(Map::from_iter([("codeTaal".to_owned(), code.into())]));
        }
        if let Some(last) = elements.last_mut() {
            for name in names {
                put(last, name, level);
            }
        }
    }
    elements.into_iter().map(Value::Object).collect()
}

/// A certificate that is asked, unless the vacancy says that the course need not give one.
fn certificate(element: &Value) -> Option<Value> {
    let name = text(element, "naamCursus").filter(|name| says(name))?;
    let needed = !matches!(whole(element, "indicatieCertificaat"), Some(2 | 8));
    needed.then(|| asked("name", name))
}

/// The wage in words, made of its numbers if it has no words.
fn wage_text(wage: &Value) -> Option<String> {
    if let Some(words) = text(wage, "text") {
        return Some(words.to_owned());
    }
    let unit = match text(wage, "unit")? {
        "hour" => "uur",
        "day" => "dag",
        "week" => "week",
        "month" => "maand",
        "year" => "jaar",
        _ => return None,
    };
    if text(wage, "currency").is_some_and(|currency| currency != "EUR") {
        return None;
    }
    let number = |key| at(wage, key).filter(|value| value.is_number()).map(Value::to_string);
    let number = |key| number(key).map(|digits| digits.replace('.', ","));
    Some(match (number("min"), number("max")) {
        (Some(min), Some(max)) if min == max => format!("{min} euro per {unit}"),
        (Some(min), Some(max)) => format!("van {min} tot {max} euro per {unit}"),
        (Some(min), None) => format!("minimaal {min} euro per {unit}"),
        (None, Some(max)) => format!("maximaal {max} euro per {unit}"),
        (None, None) => return None,
    })
}
