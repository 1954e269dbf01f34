// SPDX-License-Identifier: EUPL-1.2
//! Jobseekers of VUM and candidates.

use serde_json::{Map, Value, json};

use super::super::keys::{at, day, list, object, period, put, put_list, says, text, whole};
use super::super::language_code::{long, short};
use super::codes::{
    LANGUAGE_SKILLS, cefr, cefr_code, education_code, education_level, occupation,
    occupation_element, sbi, sbi_code, skill_elements, skills, work_level, yes_or_no,
    yes_or_no_code,
};
use super::{Version, hours, hours_elements, licence, postcode};
use crate::Crosswalk;

/// What the record can hold of a message.
pub(super) fn record(
    message: &Value,
    version: Version,
    crosswalk: &Crosswalk,
) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "schema", Some("passend/candidate/1"));
    put(all, "id", text(message, "idWerkzoekende").or_else(|| text(message, "vumID")));
    put(all, "location.postcode", postcode(message, "mobiliteit.bemiddelingspostcode"));
    put(all, "mobility.max_km", whole(message, "mobiliteit.maximaleReisafstand"));
    put(all, "mobility.max_minutes", whole(message, "mobiliteit.maximaleReistijd"));
    put_list(all, "mobility.modes", modes(message));
    hours(all, message);
    put(all, "office_hours", yes_or_no(whole(message, "werktijden.indicatieKantoortijden")));
    let irregular = whole(message, "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst");
    put(all, "irregular_ok", yes_or_no(irregular));
    let (from, until) = period(
        message,
        "flexibiliteit.datumAanvangBeschikbaarVoorWerk",
        "flexibiliteit.datumEindeBeschikbaarVoorWerk",
    );
    put(all, "available.from", from);
    put(all, "available.until", until);
    let targets = list(message, "bemiddelingsberoep").iter();
    put_list(
        all,
        "targets",
        targets.filter_map(|one| occupation(one, version, crosswalk)).collect(),
    );
    let sectors = list(message, "sector").iter().filter_map(|one| sbi(whole(one, "codeSbi")?));
    put_list(all, "wishes.sectors", sectors.map(Value::from).collect());
    put_list(all, "contract_wishes", contract_wishes(message));

    let Some(qualification) = at(message, "arbeidsmarktkwalificatie") else { return keys };
    let level = whole(qualification, "codeWerkEnDenkniveauWerkzoekende").and_then(work_level);
    put(all, "work_level", level);
    let own = list(qualification, "rijbewijs").iter().filter_map(licence);
    put_list(all, "licences", own.map(|one| json!({"category": one, "source": "vum"})).collect());
    put_list(
        all,
        "languages",
        list(qualification, "taalbeheersing").iter().filter_map(language).collect(),
    );
    let courses = list(qualification, "opleiding").iter().filter_map(|one| course(one, version));
    put_list(all, "education", courses.collect());
    let work = list(qualification, "werkervaring").iter();
    put_list(
        all,
        "experience",
        work.filter_map(|one| experience(one, version, crosswalk)).collect(),
    );
    put_list(
        all,
        "certificates",
        list(qualification, "cursus").iter().filter_map(certificate).collect(),
    );
    put_list(all, "skills", skills(qualification, version).into_iter().map(sourced).collect());
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
    put(all, "idWerkzoekende", text(record, "id"));
    // Without a postcode the standard has no place for how far somebody travels.
    if let Some(code) = full_postcode(record) {
        put(all, "mobiliteit.bemiddelingspostcode", Some(code));
        put(all, "mobiliteit.maximaleReisafstand", whole(record, "mobility.max_km"));
        put(all, "mobiliteit.maximaleReistijd", whole(record, "mobility.max_minutes"));
    }
    let modes = list(record, "mobility.modes").iter().filter_map(Value::as_str);
    let modes = modes.filter_map(|mode| {
        let code = MODES.iter().find(|(_, name)| *name == mode)?.0;
        Some(json!({"codeVervoermiddel": code, "indicatieBeschikbaarVoorWoonWerkverkeer": 1}))
    });
    put_list(all, "vervoermiddel", modes.collect());
    hours_elements(all, record);
    let flag = |path| yes_or_no_code(at(record, path).and_then(Value::as_bool));
    put(all, "werktijden.indicatieKantoortijden", flag("office_hours"));
    put(all, "flexibiliteit.indicatieOnregelmatigWerkOfPloegendienst", flag("irregular_ok"));
    put(all, "flexibiliteit.datumAanvangBeschikbaarVoorWerk", text(record, "available.from"));
    put(all, "flexibiliteit.datumEindeBeschikbaarVoorWerk", text(record, "available.until"));
    let targets = list(record, "targets").iter().chain(list(record, "wishes.occupations"));
    let targets = targets.filter_map(|one| occupation_element(one, version, crosswalk));
    put_list(all, "bemiddelingsberoep", targets.collect());
    let sectors = list(record, "wishes.sectors").iter().filter_map(Value::as_str);
    let sectors = sectors.filter_map(|one| Some(json!({"codeSbi": sbi_code(one)?})));
    put_list(all, "sector", sectors.collect());
    let wishes = list(record, "contract_wishes").iter().filter_map(Value::as_str);
    let wishes = wishes.filter_map(|wish| {
        let (key, code, _) = WISHES.iter().find(|(_, _, name)| *name == wish)?;
        let mut element = Map::new();
        element.insert((*key).to_owned(), (*code).into());
        Some(Value::Object(element))
    });
    put_list(all, "contractvorm", wishes.collect());

    let mut qualification = Map::new();
    let all = &mut qualification;
    put(all, "codeWerkEnDenkniveauWerkzoekende", whole(record, "work_level"));
    let licences = list(record, "licences").iter().filter_map(|one| text(one, "category"));
    let licences = licences.map(|category| json!({"codeSoortRijbewijs": category}));
    put_list(all, "rijbewijs", licences.collect());
    put_list(
        all,
        "taalbeheersing",
        list(record, "languages").iter().filter_map(language_element).collect(),
    );
    let courses = list(record, "education").iter().map(|one| course_element(one, version));
    put_list(all, "opleiding", courses.collect());
    let work = list(record, "experience").iter();
    put_list(
        all,
        "werkervaring",
        work.map(|one| experience_element(one, version, crosswalk)).collect(),
    );
    let certificates =
        list(record, "certificates").iter().filter_map(|one| certificate_element(one, version));
    put_list(all, "cursus", certificates.collect());
    for (name, elements) in skill_elements(list(record, "skills"), version) {
        put_list(all, name, elements);
    }
    put(
        &mut keys,
        "arbeidsmarktkwalificatie",
        (!qualification.is_empty()).then_some(qualification),
    );
    keys
}

/// Means of travel that our records have.
const MODES: [(u64, &str); 3] = [(1, "car"), (3, "bike"), (5, "public_transport")];

/// Means of travel that are there for the way to work; those of which that is not known are left out.
fn modes(message: &Value) -> Vec<Value> {
    let mut modes: Vec<&str> = list(message, "vervoermiddel")
        .iter()
        .filter(|one| whole(one, "indicatieBeschikbaarVoorWoonWerkverkeer") == Some(1))
        .filter_map(|one| {
            let code = whole(one, "codeVervoermiddel")?;
            MODES.iter().find(|(known, _)| *known == code).map(|(_, mode)| *mode)
        })
        .collect();
    modes.dedup();
    modes.into_iter().map(Value::from).collect()
}

/// Kinds of contract and work, each with its code.
const WISHES: [(&str, &str, &str); 6] = [
    ("codeTypeArbeidscontract", "O", "permanent"),
    ("codeTypeArbeidscontract", "B", "temporary"),
    ("codeTypeOvereenkomst", "01", "regular"),
    ("codeTypeOvereenkomst", "02", "apprenticeship"),
    ("codeTypeOvereenkomst", "03", "volunteer"),
    ("codeTypeOvereenkomst", "04", "work_experience"),
];

fn contract_wishes(message: &Value) -> Vec<Value> {
    let asked = |(key, code, _): &&(&str, &str, &str)| {
        list(message, "contractvorm").iter().any(|one| text(one, key) == Some(code))
    };
    WISHES.iter().filter(asked).map(|(_, _, wish)| Value::from(*wish)).collect()
}

fn full_postcode(record: &Value) -> Option<String> {
    let code: String = text(record, "location.postcode")?.split_whitespace().collect();
    (code.len() == 6).then_some(code)
}

fn language(element: &Value) -> Option<Value> {
    let code = short(text(element, "codeTaal")?);
    let mut keys = Map::new();
    put(&mut keys, "code", Some(code));
    for (name, skill) in LANGUAGE_SKILLS {
        put(&mut keys, skill, whole(element, name).and_then(cefr));
    }
    put(&mut keys, "source", Some("vum"));
    Some(Value::Object(keys))
}

fn language_element(language: &Value) -> Option<Value> {
    let mut keys = Map::new();
    put(&mut keys, "codeTaal", Some(long(text(language, "code")?)?));
    for (name, skill) in LANGUAGE_SKILLS {
        let level = at(language, skill).or_else(|| at(language, "level"));
        put(&mut keys, name, level.and_then(cefr_code));
    }
    Some(Value::Object(keys))
}

fn course(element: &Value, version: Version) -> Option<Value> {
    let (from, to) = period(element, "datumAanvangVolgenOpleiding", "datumEindeVolgenOpleiding");
    let level = whole(element, "codeNiveauOpleiding").and_then(education_level);
    let status = whole(element, "codeStatusOpleiding").and_then(|code| {
        Some(match code {
            1 => "finished",
            2 => "unfinished",
            3 => "current",
            _ => return None,
        })
    });
    // Only version 2 has the name of a course; what version 3 has beside the code is a text that may say anything.
    let title = match version {
        Version::Three => None,
        Version::Two => {
            text(element, "opleidingsnaam.opleidingsnaamGecodeerd.omschrijvingOpleidingsnaam")
                .or_else(|| {
                    text(
                        element,
                        "opleidingsnaam.opleidingsnaamOngecodeerd.naamOpleidingOngecodeerd",
                    )
                })
        }
    };
    let known = object([
        ("title", title.map(Value::from)),
        ("level_source", level.as_ref().map(|_| "vum".into())),
        ("level", level),
        ("from", from.map(Value::from)),
        ("to", to.map(Value::from)),
        ("status", status.map(Value::from)),
        ("diploma", yes_or_no(whole(element, "indicatieDiploma")).map(Value::from)),
    ]);
    let says_something = known.as_object().is_some_and(|keys| !keys.is_empty());
    says_something.then(|| sourced(known))
}

fn course_element(course: &Value, version: Version) -> Value {
    let mut keys = Map::new();
    let all = &mut keys;
    let status = text(course, "status").and_then(|status| {
        Some(match status {
            "finished" => 1,
            "unfinished" => 2,
            "current" => 3,
            _ => return None,
        })
    });
    put(all, "codeNiveauOpleiding", at(course, "level").and_then(education_code));
    put(all, "codeStatusOpleiding", status);
    let diploma = at(course, "diploma").and_then(Value::as_bool);
    put(all, "indicatieDiploma", yes_or_no_code(diploma));
    put(all, "datumAanvangVolgenOpleiding", text(course, "from"));
    put(all, "datumEindeVolgenOpleiding", text(course, "to"));
    let title = match version {
        Version::Two => "opleidingsnaam.opleidingsnaamOngecodeerd.naamOpleidingOngecodeerd",
        Version::Three => "toelichtingOpleiding",
    };
    put(all, title, text(course, "title"));
    Value::Object(keys)
}

fn experience(element: &Value, version: Version, crosswalk: &Crosswalk) -> Option<Value> {
    let (from, to) = period(element, "datumAanvangWerkzaamheden", "datumEindeWerkzaamheden");
    let occupation = at(element, "beroep").and_then(|one| occupation(one, version, crosswalk))?;
    Some(sourced(object([
        ("occupation", Some(occupation)),
        ("from", from.map(Value::from)),
        ("to", to.map(Value::from)),
        ("note", text(element, "toelichtingWerkervaring").map(Value::from)),
    ])))
}

fn experience_element(experience: &Value, version: Version, crosswalk: &Crosswalk) -> Value {
    let mut keys = Map::new();
    let all = &mut keys;
    let named = text(experience, "title").map(|title| json!({"label": title}));
    let occupation = at(experience, "occupation").or(named.as_ref());
    put(all, "beroep", occupation.and_then(|one| occupation_element(one, version, crosswalk)));
    put(all, "datumAanvangWerkzaamheden", text(experience, "from"));
    put(all, "datumEindeWerkzaamheden", text(experience, "to"));
    put(all, "toelichtingWerkervaring", text(experience, "note"));
    Value::Object(keys)
}

/// A certificate that the person has: a course that was followed is not one yet.
fn certificate(element: &Value) -> Option<Value> {
    let issued = day(element, "datumCertificaat");
    let held = match whole(element, "indicatieCertificaat") {
        Some(1) => true,
        None => issued.is_some(),
        Some(_) => false,
    };
    let name = text(element, "naamCursus").filter(|name| says(name))?;
    held.then(|| {
        sourced(object([("name", Some(name.into())), ("issued", issued.map(Value::from))]))
    })
}

fn certificate_element(certificate: &Value, version: Version) -> Option<Value> {
    // One that is planned is not there yet, and the standard has no other word for it.
    if at(certificate, "planned").is_some() && at(certificate, "issued").is_none() {
        return None;
    }
    let name = text(certificate, "name").or_else(|| text(certificate, "code"))?;
    Some(object([
        ("naamCursus", Some(name.into())),
        ("indicatieCertificaat", (version == Version::Three).then(|| 1.into())),
        ("datumCertificaat", text(certificate, "issued").map(Value::from)),
    ]))
}

fn sourced(mut fact: Value) -> Value {
    if let Some(keys) = fact.as_object_mut() {
        keys.insert("source".to_owned(), "vum".into());
    }
    fact
}
