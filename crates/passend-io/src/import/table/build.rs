// SPDX-License-Identifier: EUPL-1.2
//! A row of a table to the keys of the schema.
//!
//! What cannot be right is put there as it stands, for the reader of our own records to refuse with its own code and words;
//! what is not understood is left out, or stays `unknown`, and is counted.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use passend::{Day, Side, Vocabulary};
use serde_json::{Map, Value, json};

use super::day::{DayReading, Shape};
use super::grid::{Row, Typed};
use super::level::{Levels, Spoken, language, languages, levels};
use super::number::{Between, Hundredths, Reading, amount, hours, json_number, measured, wage};
use super::plan::{Column, Plan, list_of};
use super::tables::{Field, Kind, word};
use super::week::week;
use super::word::{is_lost, is_nothing, list, plain, yes_no};

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It says nothing.
    Nothing,
    Understood,
    /// Letters were lost in an export: only question marks are left.
    Lost,
    /// A number of days since 1899 became a day.
    Serial,
    /// Words that are not understood.
    Unclear,
    /// A value that cannot be right.
    Wrong,
}

/// What does not come from the row.
pub(super) struct Setting<'a> {
    pub(super) as_of: Day,
    pub(super) full_time: Option<Hundredths>,
    pub(super) statuses: Option<&'a BTreeMap<String, String>>,
}

/// The keys of a record while they are put together.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) map: Map<String, Value>,
    languages: Vec<(String, Map<String, Value>)>,
    education: Map<String, Value>,
    experience: Map<String, Value>,
    others: Vec<Value>,
    asked_languages: Vec<Value>,
    /// The languages of the row are listed, so that one that is not there is not spoken.
    is_full_list: bool,
    /// A lesson or a day is written in a way that is not understood: a week with the others alone would be wrong.
    is_week_open: bool,
}

/// Where in the record a field is; of a list its key alone.
pub(super) fn path(side: Side, field: &str) -> &'static str {
    let candidate = side == Side::Candidate;
    match field {
        "id" | "v_number" => "id",
        "residence_status" => "residence.status",
        "residence_status_since" => "residence.since",
        "permit_valid_until" => "residence.document_valid_until",
        "asylum_application_date" => "residence.procedure_started",
        "document_kind" => "residence.document_kind",
        "work_note" => "residence.work_note",
        "reception" => "residence.reception",
        "bsn" | "bsn_available" => "bsn_available",
        "birth_date" | "birth_year" | "age" => "turns_18_on",
        "azc_location" => "location.site",
        "municipality" | "city" => "location.municipality",
        "relocation_municipality" => "relocation.municipality",
        "relocation_date" => "relocation.expected_on",
        "postcode" => "location.postcode",
        "max_km" => "mobility.max_km",
        "max_minutes" => "mobility.max_minutes",
        "transport_modes" => "mobility.modes",
        "available_from" => "available.from",
        "available_until" => "available.until",
        "hours_min" => "hours.min",
        "hours_max" => "hours.max",
        "hours" => "hours",
        "irregular_ok" => "irregular_ok",
        "irregular" => "irregular",
        "office_hours" => "office_hours",
        "student" => "student",
        "available_days" | "class_schedule" => "slots",
        "languages" | "dutch_level" | "english_level" | "dutch_speaking" | "dutch_listening"
        | "dutch_reading" | "dutch_writing" | "language_code" | "language_level"
        | "language_test_date" => "languages",
        "dutch_min" | "english_min" => "require.languages",
        "integration_route" => "integration.route",
        "integration_deadline" => "integration.deadline",
        "map_done" => "integration.map_done",
        "education_level" | "education_title" => "education",
        "education_field" => "education.field",
        "education_status" => "education.status",
        "diploma" => "education.diploma",
        "diploma_date" => "education.to",
        "credential_evaluation" | "credential_level_nl" => "education.evaluation",
        "work_level" => "work_level",
        "work_level_min" => "require.work_level",
        "education_min" => "require.education_level",
        "experience_years_min" => "require.years",
        "occupation" | "occupation_code" if candidate => "experience",
        "occupation" | "occupation_code" => "occupation",
        "experience" => "experience",
        "experience_years" | "experience_months" => "experience.months",
        "experience_from" => "experience.from",
        "experience_to" => "experience.to",
        "target_occupation" => "wishes.occupations",
        "wished_sectors" => "wishes.sectors",
        "contract_preference" => "contract_wishes",
        "language_coach" => "support.language_coach",
        "job_coach" => "support.job_coach",
        "driving_licences" if candidate => "licences",
        "skills" | "skill_code" if candidate => "skills",
        "certificates" | "vca" | "vca_valid_until" | "forklift" if candidate => "certificates",
        "driving_licences" => "require.licences",
        "skills" => "require.skills",
        "certificates" | "vca" | "forklift" | "vog" => "require.certificates",
        "regulated" | "big_registration" => "require.registration",
        "title" => "title",
        "description" => "description",
        "url" => "url",
        "source" => "source",
        "employer_name" => "employer.name",
        "employer_id" => "employer.kvk",
        "sector" => "employer.sbi",
        "remote" => "location.remote",
        "positions" => "positions",
        "published" => "published",
        "closes" => "closes",
        "starts" => "starts",
        "ends" => "ends",
        "contract" => "contract",
        "contract_kind" => "kind",
        "work_learn" => "work_learn",
        "wage_text" => "wage",
        "wage_min" => "wage.min",
        "wage_max" => "wage.max",
        "working_language" => "working_language",
        "public_transport_ok" => "transport.shift_by_pt",
        "twv_willing" => "twv.employer_will_apply",
        "language_support" => "language_support",
        "job_support" => "job_support",
        "plain_language" => "plain_language_ok",
        "physical_demands" => "physical",
        _ => "",
    }
}

/// Puts a value at a path of keys.
pub(super) fn set(map: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            map.insert(path.to_owned(), value);
        }
        Some((key, rest)) => {
            let inner = map.entry(key).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

fn list_mut<'m>(map: &'m mut Map<String, Value>, path: &str) -> Option<&'m mut Vec<Value>> {
    match path.split_once('.') {
        None => match map.entry(path).or_insert_with(|| Value::Array(Vec::new())) {
            Value::Array(list) => Some(list),
            _ => None,
        },
        Some((key, rest)) => match map.entry(key).or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(inner) => list_mut(inner, rest),
            _ => None,
        },
    }
}

/// The tables of words of diplomas, which every vocabulary has.
fn vocabulary() -> &'static Vocabulary {
    static STARTER: OnceLock<Vocabulary> = OnceLock::new();
    STARTER.get_or_init(Vocabulary::starter)
}

impl Keys {
    /// Reads the cell of a column into the record.
    pub(super) fn read(
        &mut self,
        plan: &Plan,
        column: &Column,
        row: &Row,
        setting: &Setting<'_>,
    ) -> Outcome {
        let Some(field) = column.used() else { return Outcome::Nothing };
        let cell = row.cell(column.at);
        if is_nothing(cell) {
            return if is_lost(cell) { Outcome::Lost } else { Outcome::Nothing };
        }
        if is_lost(cell) {
            return Outcome::Lost;
        }
        // Who writes a question mark does not know; a status then is `unknown`, which is told below.
        let is_doubted = cell.contains('?');
        if is_doubted
            && matches!(
                field.kind,
                Kind::Level
                    | Kind::YesNo
                    | Kind::Licences
                    | Kind::Certificate
                    | Kind::WorkLevel
                    | Kind::Languages
            )
        {
            return Outcome::Unclear;
        }
        let is_day = row.typed(column.at) == Typed::Day;
        match field.kind {
            Kind::Id => Outcome::Understood, // read apart, since it may become a hash
            Kind::Bsn => {
                set(&mut self.map, "bsn_available", json!(true));
                Outcome::Understood
            }
            Kind::Birth => self.birth(column, cell, is_day, setting.as_of),
            Kind::Age => age(cell),
            Kind::Day => self.day(plan.side, field, column, cell, is_day),
            Kind::Hours => self.hours(plan, field, column, cell, row.typed(column.at), setting),
            Kind::Whole | Kind::Years => self.measured(plan, field, cell, row.typed(column.at)),
            Kind::Postcode => self.postcode(cell),
            Kind::Text => self.text(plan.side, field, cell),
            Kind::List => self.list(plan.side, field, cell),
            Kind::Level => self.level(plan, field, column, cell, row),
            Kind::Languages => self.languages(cell),
            Kind::Language => self.language(plan.side, field, cell),
            Kind::Education => self.education(plan.side, field, column, cell),
            Kind::WorkLevel => self.work_level(plan.side, field, cell),
            Kind::Status => self.status(cell, setting),
            Kind::Word => self.word(plan.side, field, cell),
            Kind::YesNo => self.yes_no(plan.side, field, column, cell),
            Kind::Licences => self.licences(plan.side, column, cell),
            Kind::Certificate => self.certificate(plan.side, field, column, cell, is_day),
            Kind::Wage => self.wage(cell),
            Kind::Week => self.week(field, cell),
            Kind::Amount => self.amount(field, cell, plan, row.typed(column.at)),
            Kind::Number | Kind::Name | Kind::Personal | Kind::Protected | Kind::Unused => {
                Outcome::Nothing
            }
        }
    }

    /// Puts the lists of the row into the record.
    pub(super) fn finish(mut self, side: Side) -> Map<String, Value> {
        if self.is_week_open {
            self.map.remove("slots");
        }
        if side == Side::Candidate {
            // A list that is there is complete. A table that only has a level of Dutch says nothing of English, which many
            // vacancies take instead, and one that has one language of each person nothing of Dutch: an entry without a
            // level keeps it a question.
            for (code, other) in [("nl", "nld"), ("en", "eng")] {
                if !self.languages.is_empty()
                    && !self.is_full_list
                    && !self.languages.iter().any(|(known, _)| known == code || known == other)
                {
                    self.languages.push((code.to_owned(), Map::new()));
                }
            }
            if !self.languages.is_empty() {
                let entry = |(code, mut keys): (String, Map<String, Value>)| {
                    keys.insert("code".to_owned(), json!(code));
                    Value::Object(keys)
                };
                self.map.insert(
                    "languages".to_owned(),
                    self.languages.into_iter().map(entry).collect(),
                );
            }
            // A level stated by an evaluation says nothing without the kind of evaluation.
            if let Some(Value::Object(evaluation)) = self.education.get("evaluation")
                && !evaluation.contains_key("outcome_code")
            {
                self.education.remove("evaluation");
            }
            if self.education.contains_key("title") || self.education.contains_key("level") {
                self.map.insert("education".to_owned(), json!([Value::Object(self.education)]));
            }
            // Years of work say nothing without the work.
            let is_named =
                self.experience.contains_key("title") || self.experience.contains_key("occupation");
            let mut experience = Vec::new();
            if is_named || is_refusable(&self.experience) {
                experience.push(Value::Object(self.experience));
            } else if let [Value::Object(first)] = self.others.as_mut_slice() {
                // A list of one occupation, and its years beside it.
                let keys = self.experience.iter().map(|(key, value)| (key.clone(), value.clone()));
                first.extend(keys);
            }
            experience.extend(self.others);
            if !experience.is_empty() {
                self.map.insert("experience".to_owned(), Value::Array(experience));
            }
        } else if !self.asked_languages.is_empty() {
            set(&mut self.map, "require.languages", Value::Array(self.asked_languages));
        }
        self.map
    }

    /// Day of birth: only whether somebody is a minor on the day, and until when, is kept.
    fn birth(&mut self, column: &Column, cell: &str, is_day: bool, as_of: Day) -> Outcome {
        const MONTHS_TO_18: i32 = 216;
        let shape = Shape::of(cell, is_day);
        let (latest, outcome) = match shape.read(column.order) {
            DayReading::Known(day) => (Some(day), Outcome::Understood),
            DayReading::Partly(year, month) => (last_day(year, month), Outcome::Understood),
            DayReading::Nothing => return Outcome::Nothing,
            // The day is not sure; the latest that it can be decides, which keeps a minor a minor.
            DayReading::Wrong => match shape {
                Shape::Parts(_, month @ 1..=12, year) if column.order.is_some() => {
                    (last_day(year, Some(month)), Outcome::Unclear)
                }
                Shape::Parts(_, _, year) | Shape::YearFirst(year, _, _) => {
                    (last_day(year, None), Outcome::Unclear)
                }
                _ => (None, Outcome::Unclear),
            },
        };
        if let Some(turns) =
            latest.map(|day| day.plus_months(MONTHS_TO_18)).filter(|turns| *turns > as_of)
        {
            set(&mut self.map, "turns_18_on", json!(turns.to_string()));
        }
        outcome
    }

    fn day(
        &mut self,
        side: Side,
        field: Field,
        column: &Column,
        cell: &str,
        is_day: bool,
    ) -> Outcome {
        let shape = Shape::of(cell, is_day);
        let (value, outcome) = match shape.read(column.order) {
            DayReading::Nothing => return Outcome::Nothing,
            DayReading::Partly(..) => return Outcome::Unclear,
            DayReading::Known(day) => {
                let is_serial = matches!(shape, Shape::Serial(_));
                (day.to_string(), if is_serial { Outcome::Serial } else { Outcome::Understood })
            }
            DayReading::Wrong => (refused_day(cell), Outcome::Wrong),
        };
        let value = json!(value);
        match field.name {
            "language_test_date" => {
                self.language_entry("nl").1.insert("tested_on".to_owned(), value)
            }
            "diploma_date" => self.education.insert("to".to_owned(), value),
            "experience_from" => self.experience.insert("from".to_owned(), value),
            "experience_to" => self.experience.insert("to".to_owned(), value),
            "vca_valid_until" => {
                self.push(side, "certificates", json!({"code": "vca_basic", "valid_until": value}));
                None
            }
            _ => {
                set(&mut self.map, path(side, field.name), value);
                None
            }
        };
        outcome
    }

    fn hours(
        &mut self,
        plan: &Plan,
        field: Field,
        column: &Column,
        cell: &str,
        typed: Typed,
        setting: &Setting<'_>,
    ) -> Outcome {
        let between = match hours(cell, decimal_of(plan, typed), setting.full_time, column.is_fte) {
            Reading::Nothing => return Outcome::Nothing,
            Reading::Unclear => return Outcome::Unclear,
            Reading::Wrong => {
                let side = if field.name == "hours_min" { "hours.min" } else { "hours.max" };
                set(&mut self.map, side, json!(cell));
                return Outcome::Wrong;
            }
            Reading::Known(between) => between,
        };
        let Between { min, max } = between;
        let is_one = min == max;
        let (min, max) = match (field.name, plan.side) {
            ("hours_min", _) => (min.or(max), None),
            ("hours_max", _) => (None, max.or(min)),
            // Hours that a person has are the most that can be worked; hours of a job are worked.
            (_, Side::Candidate) if is_one => (None, max),
            _ => (min, max),
        };
        if let Some(min) = min {
            set(&mut self.map, "hours.min", json_number(min));
        }
        if let Some(max) = max {
            set(&mut self.map, "hours.max", json_number(max));
        }
        Outcome::Understood
    }

    fn measured(&mut self, plan: &Plan, field: Field, cell: &str, typed: Typed) -> Outcome {
        const UNITS: &[&str] = &[
            "jaar",
            "jaren",
            "jr",
            "year",
            "years",
            "km",
            "kilometer",
            "min",
            "minuten",
            "minutes",
            "maanden",
            "mnd",
            "months",
            "personen",
            "plaatsen",
            "vacatures",
            "x",
            "werkervaring",
            "ervaring",
        ];
        let path = path(plan.side, field.name);
        let value = match measured(cell, decimal_of(plan, typed), UNITS) {
            Reading::Nothing => return Outcome::Nothing,
            Reading::Unclear => return Outcome::Unclear,
            Reading::Wrong => None,
            Reading::Known(value) => Some(match field.name {
                "experience_years" => value.saturating_mul(12) / 100,
                _ => value / 100,
            }),
        };
        let (json, outcome) = match value {
            Some(value) => (json!(value), Outcome::Understood),
            None => (json!(cell), Outcome::Wrong),
        };
        match path {
            "experience.months" => {
                self.experience.insert("months".to_owned(), json);
            }
            _ => set(&mut self.map, path, json),
        }
        outcome
    }

    fn postcode(&mut self, cell: &str) -> Outcome {
        let packed: String =
            cell.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let (digits, letters) = packed.split_at_checked(4).unwrap_or((packed.as_str(), ""));
        let fits = digits.bytes().all(|b| b.is_ascii_digit())
            && digits.len() == 4
            && !digits.starts_with('0')
            && (letters.is_empty()
                || letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_uppercase()));
        set(&mut self.map, "location.postcode", json!(if fits { &packed } else { cell }));
        if fits { Outcome::Understood } else { Outcome::Wrong }
    }

    fn text(&mut self, side: Side, field: Field, cell: &str) -> Outcome {
        match (side, field.name) {
            (Side::Candidate, "occupation") if is_none(cell) => {
                let _ = list_mut(&mut self.map, "experience");
            }
            (Side::Candidate, "occupation") => {
                self.experience.insert("title".to_owned(), json!(cell));
            }
            (_, "occupation_code") => {
                let Some(concept) = coded(cell) else { return Outcome::Unclear };
                if side == Side::Candidate {
                    self.experience.insert("occupation".to_owned(), concept);
                } else {
                    self.push(side, "occupation", concept);
                }
            }
            (Side::Candidate, "education_field") => {
                let reading = vocabulary().read_diploma(cell);
                let Some(field) = reading.field else { return Outcome::Unclear };
                self.education
                    .insert("field".to_owned(), json!({"scheme": "isced_f", "code": field.code}));
            }
            // The municipality says more than the town, where both are there.
            (_, "city") => {
                let location = self.map.get("location");
                if location.and_then(|location| location.get("municipality")).is_none() {
                    set(&mut self.map, "location.municipality", json!(cell));
                }
            }
            (Side::Vacancy, "sector")
                if !cell.chars().any(|c| c.is_ascii_digit()) && cell.len() > 1 =>
            {
                return Outcome::Unclear;
            }
            _ => set(&mut self.map, path(side, field.name), json!(cell)),
        }
        Outcome::Understood
    }

    fn list(&mut self, side: Side, field: Field, cell: &str) -> Outcome {
        const MOST_WORDS: usize = 8;
        /// Nobody has more in one cell; each is compared with those before it.
        const MOST_ITEMS: usize = 1_000;
        let path = path(side, field.name);
        if is_none(cell) {
            // Known to be none; a vacancy then asks nothing.
            if side == Side::Candidate && field.name != "wished_sectors" {
                let _ = list_mut(&mut self.map, path);
            }
            return Outcome::Understood;
        }
        let mut outcome = Outcome::Understood;
        for (at, one) in list(cell).into_iter().enumerate() {
            if at == MOST_ITEMS {
                return Outcome::Unclear;
            }
            if one.split_whitespace().count() > MOST_WORDS
                || !one.chars().any(char::is_alphanumeric)
            {
                outcome = Outcome::Unclear;
                continue;
            }
            let item = match field.name {
                "certificates" => json!({"name": one}),
                "wished_sectors" => json!(one),
                "experience" => {
                    let title = one.split('(').next().unwrap_or(one).trim();
                    self.others.push(json!({"title": if title.is_empty() { one } else { title }}));
                    continue;
                }
                "skill_code" => match coded(one) {
                    Some(concept) => concept,
                    None => {
                        outcome = Outcome::Unclear;
                        continue;
                    }
                },
                _ => json!({"label": one}),
            };
            if let Some(items) = list_mut(&mut self.map, path)
                && !items.contains(&item)
            {
                items.push(item);
            }
        }
        outcome
    }

    fn language_entry(&mut self, code: &str) -> &mut (String, Map<String, Value>) {
        let at = self.languages.iter().position(|(known, _)| known == code).unwrap_or_else(|| {
            self.languages.push((code.to_owned(), Map::new()));
            self.languages.len() - 1
        });
        if at >= self.languages.len() {
            self.languages.push((code.to_owned(), Map::new()));
        }
        #[expect(clippy::indexing_slicing, reason = "the entry was found or added just before")]
        &mut self.languages[at]
    }

    fn level(
        &mut self,
        plan: &Plan,
        field: Field,
        column: &Column,
        cell: &str,
        row: &Row,
    ) -> Outcome {
        if plan.side == Side::Vacancy {
            return self.asked_level(field, column, cell);
        }
        // The language stands before its level, where a table has several of both.
        let mut codes = plan.columns.iter().filter(|column| column.is("language_code"));
        let before = codes.clone().take_while(|code| code.at < column.at).last();
        let stated = before.or_else(|| codes.next());
        let stated = stated.and_then(|column| language(row.cell(column.at))).map(|(code, _)| code);
        let (key, code) = match field.name {
            "english_level" => ("level", "en".to_owned()),
            "dutch_speaking" => ("speaking", stated.unwrap_or_else(|| "nl".to_owned())),
            "dutch_listening" => ("listening", stated.unwrap_or_else(|| "nl".to_owned())),
            "dutch_reading" => ("reading", stated.unwrap_or_else(|| "nl".to_owned())),
            "dutch_writing" => ("writing", stated.unwrap_or_else(|| "nl".to_owned())),
            "language_level" => match stated {
                Some(code) => ("level", code),
                None => return Outcome::Unclear,
            },
            _ => ("level", "nl".to_owned()),
        };
        let (value, outcome) = match levels(cell, column.is_code) {
            Reading::Nothing => return Outcome::Nothing,
            Reading::Unclear => return Outcome::Unclear,
            Reading::Known(levels) => (levels.json(), Outcome::Understood),
            Reading::Wrong => (json!(cell), Outcome::Wrong),
        };
        self.language_entry(&code).1.insert(key.to_owned(), value);
        outcome
    }

    /// What a vacancy asks of languages. Of a range the lower level is enough.
    fn asked_level(&mut self, field: Field, column: &Column, cell: &str) -> Outcome {
        let weight = weight(cell);
        if field.name == "dutch_min"
            && let Some(all) = languages(&without_weight(cell))
            && !all.is_empty()
        {
            let mut outcome = Outcome::Understood;
            for Spoken { code, levels } in all {
                match levels {
                    Some(levels) => self.ask(&code, levels, weight),
                    None => outcome = Outcome::Unclear,
                }
            }
            return outcome;
        }
        let code = if field.name == "english_min" { "en" } else { "nl" };
        match levels(&without_weight(cell), column.is_code) {
            Reading::Nothing => Outcome::Nothing,
            Reading::Unclear => Outcome::Unclear,
            Reading::Wrong => {
                self.asked_languages.push(json!({"code": code, "min": cell}));
                Outcome::Wrong
            }
            Reading::Known(levels) => {
                self.ask(code, levels, weight);
                Outcome::Understood
            }
        }
    }

    fn ask(&mut self, code: &str, levels: Levels, weight: Option<&str>) {
        // The lowest level of all asks nothing.
        if levels.min.rank() == 0 && levels.max.rank() == 0 {
            return;
        }
        let mut asked = json!({"code": code, "min": levels.min.code()});
        if let (Value::Object(asked), Some(weight)) = (&mut asked, weight) {
            asked.insert("weight".to_owned(), json!(weight));
        }
        self.asked_languages.push(asked);
    }

    fn languages(&mut self, cell: &str) -> Outcome {
        let Some(spoken) = languages(cell) else { return Outcome::Unclear };
        for Spoken { code, levels } in spoken {
            let (_, entry) = self.language_entry(&code);
            if let Some(levels) = levels
                && !entry.contains_key("level")
            {
                entry.insert("level".to_owned(), levels.json());
            }
        }
        self.is_full_list = true;
        Outcome::Understood
    }

    fn language(&mut self, side: Side, field: Field, cell: &str) -> Outcome {
        let Some((code, _)) = language(cell) else { return Outcome::Unclear };
        if field.name == "working_language" {
            set(&mut self.map, "working_language", json!(code));
        } else if side == Side::Candidate {
            let _ = self.language_entry(&code);
        }
        Outcome::Understood
    }

    fn education(&mut self, side: Side, field: Field, column: &Column, cell: &str) -> Outcome {
        let is_none = matches!(
            plain(cell).as_str(),
            "geen" | "none" | "geen opleiding" | "niet van belang" | "geen eis"
        );
        let reading = vocabulary().read_diploma(cell);
        let level = match column.is_code.then(|| vum_level(cell)) {
            Some(VumLevel::Unknown) => return Outcome::Nothing,
            Some(VumLevel::Between(min, max)) => Some((Some(min), Some(max))),
            _ => reading.level.map(|level| {
                (
                    level.min.map(passend::EducationLevel::code),
                    level.max.map(passend::EducationLevel::code),
                )
            }),
        };
        let json_level = |(min, max): (Option<&str>, Option<&str>)| match (min, max) {
            (Some(min), Some(max)) if min == max => json!(min),
            (Some(min), Some(max)) => json!({"min": min, "max": max}),
            (Some(min), None) => json!({"min": min}),
            (None, Some(max)) => json!({"max": max}),
            (None, None) => Value::Null,
        };
        if side == Side::Vacancy {
            if is_none {
                return Outcome::Understood;
            }
            let Some(level) = level.and_then(|(min, max)| min.or(max)) else {
                return Outcome::Unclear;
            };
            set(&mut self.map, "require.education_level", json!(level));
            if let Some(field) = reading.field {
                set(
                    &mut self.map,
                    "require.education_field",
                    json!({"scheme": "isced_f", "code": field.code}),
                );
            }
            return Outcome::Understood;
        }
        if field.name == "credential_level_nl" {
            let Some((Some(min), Some(max))) = level else { return Outcome::Unclear };
            if min != max {
                return Outcome::Unclear;
            }
            set(&mut self.education, "evaluation.dutch_level", json!(min));
            return Outcome::Understood;
        }
        if is_none {
            self.education.entry("level").or_insert_with(|| json!("none"));
            return Outcome::Understood;
        }
        let understood = level.is_some() || reading.field.is_some();
        if let Some(level) = level {
            // The column of the level says it; a title only where that says nothing.
            if field.name == "education_level" || !self.education.contains_key("level") {
                self.education.insert("level".to_owned(), json_level(level));
            }
        }
        if let Some(field) = reading.field
            && !self.education.contains_key("field")
        {
            self.education
                .insert("field".to_owned(), json!({"scheme": "isced_f", "code": field.code}));
        }
        if let Some(finished) = reading.finished
            && !self.education.contains_key("status")
        {
            let status = if finished { "finished" } else { "unfinished" };
            self.education.insert("status".to_owned(), json!(status));
        }
        let is_title = field.name == "education_title" || !self.education.contains_key("title");
        if is_title && !column.is_code {
            self.education.insert("title".to_owned(), json!(cell));
        }
        if understood { Outcome::Understood } else { Outcome::Unclear }
    }

    fn work_level(&mut self, side: Side, field: Field, cell: &str) -> Outcome {
        const LEVELS: [(u8, &[&str]); 6] = [
            (1, &["geen"]),
            (2, &["basis", "basisonderwijs", "bo"]),
            (3, &["vmbo", "lbo", "mavo"]),
            (4, &["mbo", "havo", "vwo"]),
            (5, &["hbo"]),
            (6, &["wo", "universitair"]),
        ];
        let words = plain(cell);
        let level = match words.as_str() {
            "0" | "7" | "8" | "9" => return Outcome::Nothing,
            "1" | "2" | "3" | "4" | "5" | "6" => words.parse::<u8>().ok(),
            _ => {
                let named = |names: &&[&str]| words.split(' ').any(|word| names.contains(&word));
                LEVELS.iter().find(|(_, names)| named(names)).map(|(level, _)| *level)
            }
        };
        let Some(level) = level else { return Outcome::Unclear };
        set(&mut self.map, path(side, field.name), json!(level));
        Outcome::Understood
    }

    /// The status through the table; what is not there is `unknown`, and so every rule asks.
    fn status(&mut self, cell: &str, setting: &Setting<'_>) -> Outcome {
        let own =
            setting.statuses.and_then(|statuses| statuses.get(&plain(cell))).map(String::as_str);
        let status = own.or_else(|| word("status", cell));
        set(&mut self.map, "residence.status", json!(status.unwrap_or("unknown")));
        if status.is_some() { Outcome::Understood } else { Outcome::Unclear }
    }

    fn word(&mut self, side: Side, field: Field, cell: &str) -> Outcome {
        let words = list_of(field.name);
        match field.name {
            "transport_modes" | "contract_preference" => {
                let mut modes: Vec<&str> = Vec::new();
                for one in
                    cell.split([',', ';', '/', '+', '&', '\n']).flat_map(|one| one.split(" en "))
                {
                    if is_nothing(one) {
                        continue;
                    }
                    match word(words, one) {
                        Some("-") => {}
                        Some(mode) if !modes.contains(&mode) => modes.push(mode),
                        Some(_) => {}
                        // A list that is there is complete: one word that is not understood leaves all of it open.
                        None => return Outcome::Unclear,
                    }
                }
                if !modes.is_empty() {
                    set(&mut self.map, path(side, field.name), json!(modes));
                }
                return Outcome::Understood;
            }
            "work_note" => {
                let note = word(words, cell);
                set(&mut self.map, "residence.work_note", json!(note.unwrap_or("unknown")));
                return if note.is_some() { Outcome::Understood } else { Outcome::Unclear };
            }
            _ => {}
        }
        let Some(code) = word(words, cell) else { return Outcome::Unclear };
        match field.name {
            "education_status" => {
                self.education.insert("status".to_owned(), json!(code));
            }
            "credential_evaluation" => {
                set(&mut self.education, "evaluation.outcome_code", json!(code));
            }
            "regulated" => set(&mut self.map, "require.registration.register", json!(code)),
            _ => set(&mut self.map, path(side, field.name), json!(code)),
        }
        Outcome::Understood
    }

    fn yes_no(&mut self, side: Side, field: Field, column: &Column, cell: &str) -> Outcome {
        let answer = if column.is_code {
            match cell {
                "1" => Some(true),
                "2" => Some(false),
                "0" | "8" | "9" => return Outcome::Nothing,
                _ => yes_no(cell),
            }
        } else {
            yes_no(cell)
        };
        match (field.name, answer) {
            ("twv_willing", answer) => {
                let stance = answer.map_or("unknown", |yes| if yes { "yes" } else { "no" });
                set(&mut self.map, "twv.employer_will_apply", json!(stance));
            }
            (_, None) => return Outcome::Unclear,
            ("diploma", Some(has)) => {
                self.education.insert("diploma".to_owned(), json!(has));
            }
            ("big_registration", Some(true)) => {
                set(&mut self.map, "require.registration.register", json!("big"));
            }
            ("big_registration", Some(false)) => {}
            (_, Some(yes)) => set(&mut self.map, path(side, field.name), json!(yes)),
        }
        if answer.is_some() { Outcome::Understood } else { Outcome::Unclear }
    }

    fn licences(&mut self, side: Side, column: &Column, cell: &str) -> Outcome {
        const CATEGORIES: &[&str] = &[
            "AM", "A", "A1", "A2", "B", "B+", "BE", "C", "C1", "C1E", "CE", "D", "D1", "D1E", "DE",
            "T",
        ];
        const BESIDE: &[&str] = &[
            "rijbewijs",
            "categorie",
            "cat",
            "en",
            "vereist",
            "verplicht",
            "noodzakelijk",
            "gewenst",
            "pre",
            "eis",
            "in",
            "bezit",
            "van",
            "is",
            "ja",
        ];
        let path = path(side, "driving_licences");
        if matches!(
            plain(cell).as_str(),
            "geen" | "nee" | "n" | "none" | "no" | "niet vereist" | "niet nodig"
        ) {
            if side == Side::Candidate {
                let _ = list_mut(&mut self.map, path);
            }
            return Outcome::Understood;
        }
        // A column `Rijbewijs B` with yes and no in it.
        let named = column.header.split(' ').next_back().unwrap_or_default().to_uppercase();
        if yes_no(cell) == Some(true) && CATEGORIES.contains(&named.as_str()) {
            self.push(side, "driving_licences", json!({"category": named}));
            return Outcome::Understood;
        }
        let mut found: Vec<(String, Option<&str>)> = Vec::new();
        for one in list(cell) {
            let weight = weight(one).filter(|_| side == Side::Vacancy);
            let parts = one.split(|c: char| !(c.is_alphanumeric() || c == '+'));
            for part in parts.filter(|part| !part.is_empty()) {
                let upper = part.to_uppercase().replace("+E", "E");
                if CATEGORIES.contains(&upper.as_str()) {
                    found.push((upper, weight));
                } else if !BESIDE.contains(&plain(part).as_str()) {
                    return Outcome::Unclear;
                }
            }
        }
        if found.is_empty() {
            return Outcome::Unclear;
        }
        for (category, weight) in found {
            let mut licence = json!({"category": category});
            if let (Value::Object(licence), Some(weight)) = (&mut licence, weight) {
                licence.insert("weight".to_owned(), json!(weight));
            }
            self.push(side, "driving_licences", licence);
        }
        Outcome::Understood
    }

    fn certificate(
        &mut self,
        side: Side,
        field: Field,
        column: &Column,
        cell: &str,
        is_day: bool,
    ) -> Outcome {
        let words = plain(cell);
        let code = match field.name {
            "forklift" => "forklift",
            "vog" => "vog",
            _ if words.split(' ').any(|word| word == "vol") => "vca_vol",
            _ => "vca_basic",
        };
        let beside = ["vca", "basis", "vol", "behaald", "vereist", "verplicht", "vog", "heftruck"];
        let certificate = match yes_no(cell) {
            // That there is none here is no list of none: others may be in other columns.
            Some(false) => return Outcome::Understood,
            Some(true) => json!({"code": code}),
            None if words.split(' ').all(|word| beside.contains(&word)) => json!({"code": code}),
            None => match Shape::of(cell, is_day).read(column.order) {
                DayReading::Known(day) if side == Side::Candidate => {
                    json!({"code": code, "valid_until": day.to_string()})
                }
                _ => return Outcome::Unclear,
            },
        };
        self.push(side, field.name, certificate);
        Outcome::Understood
    }

    fn wage(&mut self, cell: &str) -> Outcome {
        set(&mut self.map, "wage.text", json!(cell));
        let Some(wage) = wage(cell) else { return Outcome::Unclear };
        let amounts = [("wage.min", wage.between.min), ("wage.max", wage.between.max)];
        for (path, amount) in amounts {
            if let Some(amount) = amount {
                set(&mut self.map, path, json_number(amount));
            }
        }
        set(&mut self.map, "wage.currency", json!("EUR"));
        if let Some(unit) = wage.unit {
            set(&mut self.map, "wage.unit", json!(unit));
        }
        Outcome::Understood
    }

    /// Days on which somebody can work, and lessons. Days without times are whole ones, a lesson has times.
    fn week(&mut self, field: Field, cell: &str) -> Outcome {
        let is_lesson = field.name == "class_schedule";
        if is_lesson && matches!(plain(cell).as_str(), "geen" | "geen les" | "nee" | "none") {
            let _ = list_mut(&mut self.map, "slots");
            return Outcome::Understood;
        }
        let parts =
            week(cell).filter(|parts| !is_lesson || parts.iter().all(|part| part.is_timed()));
        let Some(parts) = parts else {
            self.is_week_open = true;
            return Outcome::Unclear;
        };
        let kind = if is_lesson { "class" } else { "free" };
        for part in parts {
            let slot = part.slot(kind);
            if let Some(slots) = list_mut(&mut self.map, "slots")
                && !slots.contains(&slot)
            {
                slots.push(slot);
            }
        }
        Outcome::Understood
    }

    fn amount(&mut self, field: Field, cell: &str, plan: &Plan, typed: Typed) -> Outcome {
        let bare = cell
            .trim_matches(|c: char| matches!(c, '€' | '-' | ',' | '=' | '.') || c.is_whitespace());
        let is_number = bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        let read = if typed == Typed::Number {
            super::number::exact(cell, super::number::Decimal::Point)
        } else {
            amount(bare)
        };
        let Some(value) = read.filter(|_| is_number && !bare.is_empty()) else {
            return Outcome::Unclear;
        };
        set(&mut self.map, path(plan.side, field.name), json_number(value));
        set(&mut self.map, "wage.currency", json!("EUR"));
        Outcome::Understood
    }

    fn push(&mut self, side: Side, field: &str, item: Value) {
        if let Some(items) = list_mut(&mut self.map, path(side, field))
            && !items.contains(&item)
        {
            items.push(item);
        }
    }
}

/// Whether a cell says that there is none.
fn is_none(cell: &str) -> bool {
    matches!(plain(cell).as_str(), "geen" | "none" | "nee" | "niets")
}

/// Whether a value in it must be refused, although nothing names the work.
fn is_refusable(experience: &Map<String, Value>) -> bool {
    experience.get("months").is_some_and(Value::is_string)
}

/// A cell that is no day as it may be put where a day belongs. What only looks like a day of our own record is taken apart, so
/// that it is refused too: its column writes days in another order.
fn refused_day(cell: &str) -> String {
    if cell.parse::<Day>().is_ok() { format!("{cell} ") } else { cell.to_owned() }
}

/// A workbook writes numbers with a point, whatever its language.
fn decimal_of(plan: &Plan, typed: Typed) -> super::number::Decimal {
    if typed == Typed::Number { super::number::Decimal::Point } else { plan.decimal }
}

/// Whether a demand is hard, as its words say; most say nothing.
fn weight(cell: &str) -> Option<&'static str> {
    let words = plain(cell);
    let has = |names: &[&str]| words.split(' ').any(|word| names.contains(&word));
    if has(&["niet"]) {
        None
    } else if has(&["vereist", "verplicht", "noodzakelijk", "must"]) {
        Some("must")
    } else if has(&["pre", "gewenst", "wenselijk", "nice"]) {
        Some("nice")
    } else {
        None
    }
}

fn without_weight(cell: &str) -> String {
    const WORDS: &[&str] = &[
        "vereist",
        "verplicht",
        "noodzakelijk",
        "gewenst",
        "wenselijk",
        "pre",
        "pré",
        "minimaal",
        "min",
        "niveau",
        "of",
        "hoger",
        "taalniveau",
        "taal",
    ];
    let words =
        cell.split(' ').filter(|word| !WORDS.contains(&word.to_lowercase().trim_end_matches('.')));
    words.collect::<Vec<_>>().join(" ")
}

/// A code that says of which list it is.
fn coded(cell: &str) -> Option<Value> {
    let digits = cell.strip_prefix('C').unwrap_or(cell);
    if cell.contains("/esco/") {
        Some(json!({"scheme": "esco", "code": cell}))
    } else if cell.contains("competentnl") {
        Some(json!({"scheme": "cnl", "code": cell}))
    } else if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
        Some(json!({"scheme": "isco08", "code": digits}))
    } else {
        None
    }
}

/// What a code of VUM says of a level.
enum VumLevel {
    Unknown,
    Between(&'static str, &'static str),
    None,
}

fn vum_level(cell: &str) -> VumLevel {
    match cell.trim() {
        "0" | "7" | "9" => VumLevel::Unknown,
        "1" => VumLevel::Between("primary", "primary"),
        "2" => VumLevel::Between("vmbo_bb", "vmbo_gt"),
        "3" => VumLevel::Between("havo", "vwo"),
        "4" => VumLevel::Between("mbo1", "mbo4"),
        "5" => VumLevel::Between("ad", "hbo_master"),
        "6" => VumLevel::Between("wo_bachelor", "wo_master"),
        _ => VumLevel::None,
    }
}

/// The last day of a year or month.
fn last_day(year: i16, month: Option<u8>) -> Option<Day> {
    let first = super::day::day_of(year, month.unwrap_or(12), 1)?;
    Some(first.plus_months(1).plus_days(-1))
}

/// An age says whether somebody is a minor, and not until when: that is told, since the law asks it.
fn age(cell: &str) -> Outcome {
    match cell.parse::<u8>() {
        Ok(age) if age < 18 => Outcome::Unclear,
        _ => Outcome::Understood,
    }
}
