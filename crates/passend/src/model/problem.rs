// SPDX-License-Identifier: EUPL-1.2
//! What is wrong with a record whose shape is right.

use std::fmt::Display;

use super::{Candidate, Concept, HoursPerWeek, Hundredths, Vacancy};

/// Something in a record that cannot be true; the record is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path of the field: `hours.max`, `skills[2]`.
    pub path: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// An identifier is empty, has a control character or an invisible one, or is longer than 200 bytes.
    #[error("expected 1 to 200 bytes without control or invisible characters")]
    Id,
    /// An identifier looks like a citizen service number (nine digits that pass the eleven test).
    #[error(
        "looks like a national number; use a pseudonym, for instance a letter and a serial number"
    )]
    NationalNumber,
    /// A number lies outside its range.
    #[error("expected a whole number from {min} to {max}")]
    Range {
        /// Least value.
        min: u16,
        /// Greatest value.
        max: u16,
    },
    /// The lower bound lies above the upper bound, or an end before its begin.
    #[error("the first of the two lies after the second")]
    Order,
    /// A concept has neither code nor label, or no letter or digit in them.
    #[error("expected `code` or `label`")]
    EmptyConcept,
    /// A postcode is not four digits (the first not 0), with or without two letters.
    #[error("expected a postcode such as `9711` or `9711LM`")]
    Postcode,
    /// A language code is not two or three small letters.
    #[error("expected an ISO 639 code such as `nl`")]
    LanguageCode,
    /// A text is longer than 65,536 bytes or has a NUL character.
    #[error("expected at most 65,536 bytes without NUL")]
    Text,
    /// The `schema` of the record is another one.
    #[error("expected the schema of this version")]
    Schema,
    /// An event lacks what it must say, or says more.
    #[error("expected `by` and `why` with `declined`, `verdict` and `why` with `override`")]
    EventParts,
    /// The reason of an event is not one of the side that gives it.
    #[error("expected a reason of who gives it")]
    EventReason,
    /// A note is no code.
    #[error("expected a code of at most 32 small letters, digits, `_` and `-`")]
    NoteCode,
}

/// Collects problems with their paths, which are written out only for a problem: most records have none.
#[derive(Default)]
pub(super) struct Check(Vec<Problem>);

impl Candidate {
    /// What in this record cannot be true; nothing for a record that can be used.
    ///
    /// ```
    /// # use passend::Candidate;
    /// let candidate: Candidate = serde_json::from_str(r#"{"id":"c1","hours":{"min":40,"max":8}}"#)?;
    /// assert_eq!(candidate.problems()[0].path, "hours");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn problems(&self) -> Vec<Problem> {
        let mut check = Check::default();
        check.schema(self.schema.as_deref(), "passend/candidate/1");
        check.id(&self.id);
        if is_national_number(&self.id) {
            check.add("id", ProblemKind::NationalNumber);
        }
        if let Some(residence) = &self.residence {
            for (at, permit) in residence.permits.iter().flatten().enumerate() {
                check.order(format_args!("residence.permits[{at}]"), permit.from, permit.until);
            }
            if let Some(weeks) = residence.nl_work.as_ref().and_then(|work| work.weeks_worked_in_52)
            {
                check.range("residence.nl_work.weeks_worked_in_52", u16::from(weeks), 0, 52);
            }
        }
        if let Some(location) = &self.location {
            check.postcode("location.postcode", location.postcode.as_deref());
            check.texts(&[
                ("location.municipality", &location.municipality),
                ("location.site", &location.site),
            ]);
        }
        if let Some(available) = &self.available {
            check.order("available", available.from, available.until);
        }
        check.hours("hours", self.hours);
        if let Some(level) = self.work_level {
            check.range("work_level", u16::from(level), 1, 6);
        }
        for (at, language) in self.languages.iter().flatten().enumerate() {
            check.language(format_args!("languages[{at}].code"), &language.code);
            for (skill, range) in [
                ("level", language.level),
                ("listening", language.listening),
                ("reading", language.reading),
                ("speaking", language.speaking),
                ("writing", language.writing),
            ] {
                if let Some(range) = range {
                    check.order(format_args!("languages[{at}].{skill}"), range.min, range.max);
                }
            }
        }
        for (at, education) in self.education.iter().flatten().enumerate() {
            check.order(format_args!("education[{at}]"), education.from, education.to);
            if let Some(field) = &education.field {
                check.concept(format_args!("education[{at}].field"), field);
            }
            check.text(format_args!("education[{at}].title"), education.title.as_deref());
        }
        for (at, experience) in self.experience.iter().flatten().enumerate() {
            check.order(format_args!("experience[{at}]"), experience.from, experience.to);
            check.text(format_args!("experience[{at}].title"), experience.title.as_deref());
            match &experience.occupation {
                Some(occupation) => {
                    check.concept(format_args!("experience[{at}].occupation"), occupation);
                }
                None if experience.title.as_deref().unwrap_or_default().trim().is_empty() => {
                    check.add(format_args!("experience[{at}]"), ProblemKind::EmptyConcept);
                }
                None => {}
            }
            if let Some(months) = experience.months {
                check.range(format_args!("experience[{at}].months"), months, 0, 900);
            }
        }
        for (at, skill) in self.skills.iter().flatten().enumerate() {
            check.code_or_label(
                format_args!("skills[{at}]"),
                skill.code.as_deref(),
                skill.label.as_deref(),
            );
        }
        for (at, certificate) in self.certificates.iter().flatten().enumerate() {
            check.code_or_label(
                format_args!("certificates[{at}]"),
                certificate.code.as_deref(),
                certificate.name.as_deref(),
            );
            check.order(
                format_args!("certificates[{at}]"),
                certificate.issued,
                certificate.valid_until,
            );
        }
        for (at, target) in self.targets.iter().flatten().enumerate() {
            check.concept(format_args!("targets[{at}]"), target);
        }
        if let Some(wishes) = &self.wishes {
            for (at, occupation) in wishes.occupations.iter().flatten().enumerate() {
                check.concept(format_args!("wishes.occupations[{at}]"), occupation);
            }
            for (at, avoided) in wishes.avoid.iter().flatten().enumerate() {
                check.concept(format_args!("wishes.avoid[{at}]"), avoided);
            }
            check.hours("wishes.hours", wishes.hours);
        }
        check.0
    }
}

impl Vacancy {
    /// What in this record cannot be true; nothing for a record that can be used.
    ///
    /// ```
    /// # use passend::Vacancy;
    /// let vacancy: Vacancy = serde_json::from_str(r#"{"id":"v1","hours":{"min":200}}"#)?;
    /// assert_eq!(vacancy.problems()[0].path, "hours.min");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn problems(&self) -> Vec<Problem> {
        let mut check = Check::default();
        check.schema(self.schema.as_deref(), "passend/vacancy/1");
        check.id(&self.id);
        check.texts(&[("title", &self.title), ("description", &self.description)]);
        if let Some(location) = &self.location {
            check.postcode("location.postcode", location.postcode.as_deref());
            check.text("location.municipality", location.municipality.as_deref());
        }
        for (at, occupation) in self.occupation.iter().flatten().enumerate() {
            check.concept(format_args!("occupation[{at}]"), occupation);
        }
        if let Some(positions) = self.positions {
            check.range("positions", positions, 1, 10_000);
        }
        check.hours("hours", self.hours);
        if self.hours.and_then(|hours| hours.max).is_some_and(|max| max.get() == 0) {
            check.add("hours.max", ProblemKind::Range { min: 1, max: 80 });
        }
        check.order("starts", self.starts, self.ends);
        check.order("closes", self.published, self.closes);
        if let Some(require) = &self.require {
            if let Some(level) = require.work_level {
                check.range("require.work_level", u16::from(level.level), 1, 6);
            }
            if let Some(years) = require.years {
                check.range("require.years", u16::from(years.min), 0, 50);
            }
            if let Some(field) = &require.education_field {
                check.code_or_label(
                    "require.education_field",
                    field.code.as_deref(),
                    field.label.as_deref(),
                );
            }
            for (at, language) in require.languages.iter().flatten().enumerate() {
                check.language(format_args!("require.languages[{at}].code"), &language.code);
                for (other, accepted) in language.or.iter().flatten().enumerate() {
                    check.language(
                        format_args!("require.languages[{at}].or[{other}].code"),
                        &accepted.code,
                    );
                }
            }
            for (at, skill) in require.skills.iter().flatten().enumerate() {
                check.code_or_label(
                    format_args!("require.skills[{at}]"),
                    skill.code.as_deref(),
                    skill.label.as_deref(),
                );
            }
            for (at, asked) in require.certificates.iter().flatten().enumerate() {
                check.code_or_label(
                    format_args!("require.certificates[{at}]"),
                    asked.code.as_deref(),
                    asked.name.as_deref(),
                );
            }
        }
        check.0
    }
}

impl Check {
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }

    pub(super) fn add(&mut self, path: impl Display + Copy, kind: ProblemKind) {
        self.0.push(Problem { path: path.to_string(), kind });
    }

    fn schema(&mut self, schema: Option<&str>, expected: &str) {
        if schema.is_some_and(|schema| schema != expected) {
            self.add("schema", ProblemKind::Schema);
        }
    }

    fn id(&mut self, id: &str) {
        self.id_at("id", id);
    }

    pub(super) fn id_at(&mut self, path: &str, id: &str) {
        if id.is_empty()
            || id.len() > 200
            || id.trim() != id
            || id.chars().any(|c| c.is_control() || is_invisible(c))
        {
            self.add(path, ProblemKind::Id);
        }
    }

    fn range(&mut self, path: impl Display + Copy, value: u16, min: u16, max: u16) {
        if value < min || value > max {
            self.add(path, ProblemKind::Range { min, max });
        }
    }

    fn order<T: PartialOrd>(
        &mut self,
        path: impl Display + Copy,
        first: Option<T>,
        second: Option<T>,
    ) {
        if let (Some(first), Some(second)) = (first, second)
            && first > second
        {
            self.add(path, ProblemKind::Order);
        }
    }

    fn hours(&mut self, path: impl Display + Copy, hours: Option<HoursPerWeek>) {
        // More than 80 hours a week is not a contract but a mistake (hours a month, or without the decimal comma).
        const MOST: u16 = 80;
        let Some(hours) = hours else { return };
        for (side, value) in [("min", hours.min), ("max", hours.max)] {
            if value.is_some_and(|value| value > Hundredths::whole(u32::from(MOST))) {
                self.add(format_args!("{path}.{side}"), ProblemKind::Range { min: 0, max: MOST });
            }
        }
        self.order(path, hours.min, hours.max);
    }

    fn concept(&mut self, path: impl Display + Copy, concept: &Concept) {
        self.code_or_label(path, concept.code.as_deref(), concept.label.as_deref());
    }

    fn code_or_label(
        &mut self,
        path: impl Display + Copy,
        code: Option<&str>,
        label: Option<&str>,
    ) {
        let says = |text: &&str| text.chars().any(char::is_alphanumeric);
        if !code.iter().chain(&label).any(says) {
            self.add(path, ProblemKind::EmptyConcept);
        }
        self.text(path, label);
        self.text(path, code);
    }

    fn texts(&mut self, fields: &[(&str, &Option<String>)]) {
        for (path, text) in fields {
            self.text(path, text.as_deref());
        }
    }

    fn text(&mut self, path: impl Display + Copy, text: Option<&str>) {
        if text.is_some_and(|text| text.len() > 65_536 || text.contains('\0')) {
            self.add(path, ProblemKind::Text);
        }
    }

    fn postcode(&mut self, path: impl Display + Copy, postcode: Option<&str>) {
        if postcode.is_some_and(|text| postcode_digits(text).is_none()) {
            self.add(path, ProblemKind::Postcode);
        }
    }

    fn language(&mut self, path: impl Display + Copy, code: &str) {
        if !(code.len() == 2 || code.len() == 3) || !code.bytes().all(|b| b.is_ascii_lowercase()) {
            self.add(path, ProblemKind::LanguageCode);
        }
    }
}

/// The four digits of a Dutch postcode, if the text is one.
pub(crate) fn postcode_digits(text: &str) -> Option<&str> {
    let (digits, letters) = text.trim().split_at_checked(4)?;
    let letters = letters.trim_start();
    let shaped = digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && (letters.is_empty()
            || (letters.len() == 2 && letters.bytes().all(|b| b.is_ascii_alphabetic())));
    shaped.then_some(digits)
}

/// Characters that make two identifiers look alike.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// Nine digits that pass the eleven test of the citizen service number.
pub(super) fn is_national_number(id: &str) -> bool {
    let digits: Vec<u8> = id.bytes().filter(|byte| !matches!(byte, b'.' | b' ' | b'-')).collect();
    let bytes = digits.as_slice();
    if bytes.len() != 9 || !bytes.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let digit = |byte: &u8| i32::from(byte - b'0');
    let sum: i32 = bytes
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(byte, factor)| digit(byte) * factor)
        .sum();
    sum != 0 && sum % 11 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn candidate(json: &str, expected: &[&str]) {
        let candidate: Candidate = serde_json::from_str(json).unwrap();
        let paths: Vec<_> = candidate.problems().into_iter().map(|problem| problem.path).collect();
        assert_eq!(paths, expected);
    }

    #[test]
    fn a_national_number_is_no_id() {
        candidate(r#"{"id":"123456782"}"#, &["id"]); // passes the eleven test
        candidate(r#"{"id":"1234.56.782"}"#, &["id"]);
        candidate(r#"{"id":"123456789"}"#, &[]);
        candidate(r#"{"id":"c123456782"}"#, &[]);
    }

    #[test]
    fn an_id_has_no_invisible_character() {
        candidate("{\"id\":\"c\u{200B}1\"}", &["id"]);
        candidate(r#"{"id":""}"#, &["id"]);
        candidate(r#"{"id":"1E5"}"#, &[]);
    }

    #[test]
    fn a_concept_has_a_code_or_a_label() {
        candidate(r#"{"id":"c","skills":[{"label":"koken"},{"scheme":"esco"}]}"#, &["skills[1]"]);
        candidate(r#"{"id":"c","experience":[{"months":3}]}"#, &["experience[0]"]);
    }

    #[test]
    fn a_postcode_has_four_digits() {
        candidate(r#"{"id":"c","location":{"postcode":"0711"}}"#, &["location.postcode"]);
        candidate(r#"{"id":"c","location":{"postcode":"9711 LM"}}"#, &[]);
    }
}
