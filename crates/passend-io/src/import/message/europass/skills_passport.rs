// SPDX-License-Identifier: EUPL-1.2
//! `SkillsPassport`, the form of Europass before 2020.

use serde_json::{Map, Value, json};

use super::super::keys::{put, put_list, says};
use super::super::loss::{LossReason, Losses};
use super::super::moment::{days, period};
use super::xml::Element;
use super::{add_language, language, licence, mother_tongue, old_date, place, with_levels};

/// What the record can hold of a CV.
pub(super) fn record(root: &Element, losses: &mut Losses) -> Map<String, Value> {
    let mut keys = Map::new();
    let all = &mut keys;
    put(all, "schema", Some("passend/candidate/1"));
    let Some(learner) = root.child("LearnerInfo") else { return keys };
    if let Some(contact) = learner.at("Identification/ContactInfo") {
        let address = contact.at("Address/Contact").or_else(|| contact.child("Address"));
        if let Some(address) = address {
            let city = address.text_at("Municipality");
            place(all, address.text_at("Country/Code"), address.text_at("PostalCode"), city);
        }
        for way in contact.children.iter().filter(|way| way.name != "Address") {
            losses.add(
                &format!("ContactInfo.{}", crate::detail::shown(&way.name)),
                LossReason::Contact,
            );
        }
    }
    let mut work = Vec::new();
    for one in leaves(learner, "WorkExperience") {
        match experience(one) {
            Some(one) => work.push(one),
            None => losses.add("WorkExperience", LossReason::NotUnderstood),
        }
        if one.text_at("Activities").is_some() {
            losses.add("WorkExperience.Activities", LossReason::FreeText);
        }
        if one.text_at("Employer/Name").is_some() {
            losses.add("WorkExperience.Employer", LossReason::NoField);
        }
    }
    put_list(all, "experience", work);
    let mut courses = Vec::new();
    for one in leaves(learner, "Education") {
        courses.extend(education(one));
        if one.child("Organisation").is_some() {
            losses.add("Education.Organisation", LossReason::Protected);
        }
    }
    put_list(all, "education", courses);
    let mut languages = Vec::new();
    for one in learner.below("ForeignLanguage") {
        let name = one.text_at("Description/Code").or_else(|| one.text_at("Description/Label"));
        let Some(code) = name.and_then(language) else {
            losses.add("ForeignLanguage", LossReason::NotUnderstood);
            continue;
        };
        let skills = [
            ("listening", "Listening"),
            ("reading", "Reading"),
            ("speaking", "SpokenInteraction"),
            ("speaking", "SpokenProduction"),
            ("writing", "Writing"),
        ];
        let levels = one.child("ProficiencyLevel");
        let levels =
            skills.into_iter().filter_map(|(skill, name)| Some((skill, levels?.text_at(name)?)));
        add_language(&mut languages, with_levels(code, levels, losses));
    }
    for one in learner.below("MotherTongue") {
        let name = one.text_at("Description/Code").or_else(|| one.text_at("Description/Label"));
        match name.and_then(language) {
            Some(code) => add_language(&mut languages, mother_tongue(code)),
            None => losses.add("MotherTongue", LossReason::NotUnderstood),
        }
    }
    put_list(all, "languages", languages);
    let licences =
        learner.below("Driving").into_iter().flat_map(|driving| driving.below("Licence"));
    put_list(all, "licences", licences.filter_map(|one| licence(one.text()?)).collect());
    for name in [
        "Communication",
        "Organisational",
        "JobRelated",
        "Computer",
        "Other",
        "Headline",
        "Achievement",
    ] {
        for _ in learner.below(name) {
            losses.add(name, LossReason::FreeText);
        }
    }
    keys
}

/// Elements of a name that hold no other of that name: some files put one in another of the same name.
fn leaves<'a>(learner: &'a Element, name: &'a str) -> Vec<&'a Element> {
    learner.below(name).into_iter().filter(|one| one.child(name).is_none()).collect()
}

fn experience(one: &Element) -> Option<Value> {
    let title = one.text_at("Position/Label").filter(|title| says(title))?;
    let mut keys = Map::new();
    put(&mut keys, "title", Some(title));
    let moment = |name: &str| old_date(one.at("Period")?.child(name)?);
    period(&mut keys, moment("From"), moment("To"));
    put(&mut keys, "source", Some("self"));
    Some(Value::Object(keys))
}

fn education(one: &Element) -> Option<Value> {
    let mut keys = Map::new();
    put(&mut keys, "title", one.text_at("Title").filter(|title| says(title)));
    let field = one.text_at("Field/Label").filter(|label| says(label));
    put(&mut keys, "field", field.map(|label| json!({"label": label})));
    let moment = |name: &str| old_date(one.at("Period")?.child(name)?);
    days(&mut keys, moment("From"), moment("To"));
    if one.text_at("Period/Current") == Some("true") {
        put(&mut keys, "status", Some("current"));
    }
    if keys.is_empty() {
        return None;
    }
    put(&mut keys, "source", Some("self"));
    Some(Value::Object(keys))
}
