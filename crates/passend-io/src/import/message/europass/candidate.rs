// SPDX-License-Identifier: EUPL-1.2
//! `Candidate`, the form of Europass since 2020, with elements of HR-XML 3 and EURES.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::keys::{object, put, put_list, says};
use super::super::loss::{LossReason, Losses};
use super::super::moment::{Moment, days, period};
use super::xml::Element;
use super::{add_language, dutch_level, language, licence, mother_tongue, place, with_levels};

/// What the record can hold of a CV.
pub(super) fn record(root: &Element, losses: &mut Losses) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "schema", Some("passend/candidate/1"));
    let id = root.child("DocumentID").and_then(|id| id.text().or_else(|| id.attribute("schemeID")));
    put(all, "id", id.filter(|id| id.len() <= 200 && !id.contains(char::is_whitespace)));
    let mut languages = Vec::new();
    if let Some(person) = root.child("CandidatePerson") {
        for address in person.below("Address") {
            let country = address.text_at("CountryCode");
            place(all, country, address.text_at("PostalCode"), address.text_at("CityName"));
        }
        for way in person.all("Communication").filter(|way| way.child("Address").is_none()) {
            if !way.children.is_empty() {
                losses.add("Communication", LossReason::Contact);
            }
        }
    }
    // Profiles say the same in several languages; the first has all.
    if let Some(profile) = root.child("CandidateProfile") {
        profile_record(all, profile, &mut languages, losses);
    }
    for tongue in root.below("PrimaryLanguageCode") {
        match tongue.text().and_then(language) {
            Some(code) => add_language(&mut languages, mother_tongue(code)),
            None => losses.add("PrimaryLanguageCode", LossReason::NotUnderstood),
        }
    }
    put_list(all, "languages", languages);
    keys
}

fn profile_record(
    all: &mut Map<String, Value>,
    profile: &Element,
    languages: &mut Vec<Value>,
    losses: &mut Losses,
) {
    let mut work = Vec::new();
    for employer in profile.below("EmployerHistory") {
        for position in employer.all("PositionHistory") {
            match experience(position) {
                Some(one) => work.push(one),
                None => losses.add("PositionHistory", LossReason::NotUnderstood),
            }
            if position.text_at("Description").is_some() {
                losses.add("PositionHistory.Description", LossReason::FreeText);
            }
        }
        if employer.text_at("OrganizationName").is_some() {
            losses.add("EmployerHistory.OrganizationName", LossReason::NoField);
        }
    }
    put_list(all, "experience", work);
    let mut courses = Vec::new();
    for course in profile.below("EducationOrganizationAttendance") {
        courses.extend(education(course));
        // School and country of a diploma point to where somebody comes from.
        if course.text_at("OrganizationName").is_some() || !course.below("CountryCode").is_empty() {
            losses.add("EducationOrganizationAttendance.OrganizationName", LossReason::Protected);
        }
    }
    put_list(all, "education", courses);
    let mut skills: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    for competency in profile.below("PersonCompetency") {
        let taxonomy = competency.text_at("TaxonomyID").unwrap_or_default();
        if taxonomy.eq_ignore_ascii_case("language") {
            match competency.text_at("CompetencyID").and_then(language) {
                Some(code) => {
                    let levels = dimensions(competency);
                    add_language(languages, with_levels(code, levels.into_iter(), losses));
                }
                None => losses.add("PersonCompetency.CompetencyID", LossReason::NotUnderstood),
            }
        } else if let Some(skill) = skill(competency)
            && seen.insert(skill.to_string())
        {
            skills.push(skill);
        }
    }
    put_list(all, "skills", skills);
    let own = profile.below("LicenseTypeCode").into_iter();
    let mut licences = Vec::new();
    for code in own {
        match code.text().and_then(licence) {
            Some(one) => licences.push(one),
            None => losses.add("License", LossReason::NotUnderstood),
        }
    }
    put_list(all, "licences", licences);
    let certificates = profile.below("Certification").into_iter().filter_map(|one| {
        let name = one.text_at("CertificationName").filter(|name| says(name))?;
        let issued = one
            .below("FormattedDateTime")
            .into_iter()
            .find_map(|date| Moment::read(date.text()?)?.day());
        Some(object([
            ("name", Some(name.into())),
            ("issued", issued.map(Value::from)),
            ("source", Some("self".into())),
        ]))
    });
    put_list(all, "certificates", certificates.collect());
    if let Some(wishes) = profile.child("CandidatePositionPreferences") {
        preferences(all, wishes);
    }
    let start = profile
        .at("PersonAvailability/AvailabilityDates/StartDate")
        .or_else(|| profile.at("PersonAvailability/StartDate"));
    let start = start.and_then(|date| {
        Moment::read(date.text_at("FormattedDateTime").or_else(|| date.text())?)?.day()
    });
    put(all, "available.from", start);
    for name in [
        "ExecutiveSummary",
        "Others",
        "EmploymentReferences",
        "PublicationHistory",
        "HobbiesAndInterests",
    ] {
        if profile
            .child(name)
            .is_some_and(|part| part.text().is_some() || !part.children.is_empty())
        {
            losses.add(name, LossReason::FreeText);
        }
    }
}

fn preferences(all: &mut Map<String, Value>, wishes: &Element) {
    let targets =
        wishes.all("PositionTitle").filter_map(|title| title.text()).filter(|title| says(title));
    let mut targets: Vec<Value> = targets.map(|title| json!({"label": title})).collect();
    let codes = wishes.all("JobCategoryCode").filter_map(|code| code.text());
    targets.extend(codes.filter_map(|code| {
        let scheme = if code.contains("/esco/occupation/") {
            "esco"
        } else if code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) {
            "isco08"
        } else {
            return None;
        };
        Some(json!({"scheme": scheme, "code": code}))
    }));
    put_list(all, "targets", targets);
    let far = wishes.below("MaximumCommuteDistanceMeasure").into_iter().find_map(|measure| {
        let is_km =
            measure.attribute("unitCode").is_none_or(|unit| matches!(unit, "KMT" | "KM" | "km"));
        measure.text()?.parse::<u16>().ok().filter(|_| is_km)
    });
    put(all, "mobility.max_km", far);
}

fn experience(position: &Element) -> Option<Value> {
    let title = position.child("PositionTitle")?;
    let uri = [title.attribute("languageID"), title.attribute("listURI")].into_iter().flatten();
    let uri = uri.into_iter().find(|uri| uri.contains("/esco/occupation/"));
    let words = title.text().map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    let words = words.filter(|words| says(words));
    words.as_deref().or(uri)?;
    let mut keys = Map::new();
    put(&mut keys, "occupation", uri.map(|uri| json!({"scheme": "esco", "code": uri})));
    put(&mut keys, "title", words);
    let time = position.child("EmploymentPeriod");
    let moment = |name: &str| Moment::read(time?.at(name)?.text_at("FormattedDateTime")?);
    period(&mut keys, moment("StartDate"), moment("EndDate"));
    put(&mut keys, "source", Some("self"));
    Some(Value::Object(keys))
}

fn education(course: &Element) -> Option<Value> {
    let mut keys = Map::new();
    let title =
        course.text_at("EducationDegree/DegreeName").or_else(|| course.text_at("ProgramName"));
    put(&mut keys, "title", title);
    let level = course.text_at("EducationLevelCode").and_then(dutch_level);
    put(&mut keys, "level_source", level.as_ref().map(|_| "self"));
    put(&mut keys, "level", level);
    let field = course
        .below("ProgramConcentration")
        .into_iter()
        .rev()
        .find_map(|code| isced_f(code.text()?));
    put(&mut keys, "field", field.map(|code| json!({"scheme": "isced_f", "code": code})));
    let time = course.child("AttendancePeriod");
    let moment = |name: &str| Moment::read(time?.at(name)?.text_at("FormattedDateTime")?);
    days(&mut keys, moment("StartDate"), moment("EndDate"));
    if time.and_then(|time| time.text_at("Ongoing")) == Some("true") {
        put(&mut keys, "status", Some("current"));
    }
    if keys.is_empty() {
        return None;
    }
    put(&mut keys, "source", Some("self"));
    Some(Value::Object(keys))
}

/// A field of education by the digits at the end of its code.
fn isced_f(code: &str) -> Option<&str> {
    let end = code.rsplit('/').next()?;
    let is_code = (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_digit());
    is_code.then_some(end)
}

/// Skills of a language and the level of each.
fn dimensions(competency: &Element) -> Vec<(&'static str, &str)> {
    let dimensions = competency.all("CompetencyDimension").filter_map(|dimension| {
        let skill =
            match dimension.text_at("CompetencyDimensionTypeCode")?.to_ascii_lowercase().as_str() {
                "cef-understanding-listening" => "listening",
                "cef-understanding-reading" => "reading",
                "cef-speaking-interaction" | "cef-speaking-production" => "speaking",
                "cef-writing-production" | "cef-writing-interaction" => "writing",
                _ => return None,
            };
        Some((skill, dimension.text_at("Score/ScoreText")?))
    });
    dimensions.collect()
}

fn skill(competency: &Element) -> Option<Value> {
    let id = competency.text_at("CompetencyID");
    let uri = id.filter(|id| id.contains("/esco/skill/"));
    let label = competency.text_at("CompetencyName").or_else(|| id.filter(|_| uri.is_none()));
    let label = label.filter(|label| says(label));
    label.or(uri)?;
    Some(object([
        ("scheme", uri.map(|_| "esco".into())),
        ("code", uri.map(Value::from)),
        ("label", label.map(Value::from)),
        ("source", Some("self".into())),
    ]))
}
