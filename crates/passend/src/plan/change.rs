// SPDX-License-Identifier: EUPL-1.2
//! What a step changes in a person's record. Only this can be promised: who matches the changed record sees the same.

use super::schedule::{Dated, Schedule};
use super::task::{Task, Tasks};
use crate::model::{
    Candidate, Cefr, Certificate, Day, Education, EducationLevel, EducationStatus, Evaluation,
    EvaluationOutcome, Language, LevelRange, Licence, Permit, PermitKind, Registration,
    RegistrationStatus, Residence, SlotKind,
};
use crate::policy::{CertificateIndex, ProfessionIndex};
use crate::prepare::{LanguageCode, LicenceCategory, Words};

impl Tasks<'_> {
    /// The record once all steps are taken.
    ///
    /// A list that is not known stays so: nothing is added to it, since then it would be complete.
    pub(super) fn applied(
        &self,
        record: &Candidate,
        schedule: &Schedule,
        words: &Words,
    ) -> Candidate {
        let mut then = record.clone();
        // The end of a permit is that of the document, so the document comes first.
        let documents = schedule.steps.iter().filter(|one| one.task == Task::Document);
        let others = schedule.steps.iter().filter(|one| one.task != Task::Document);
        for one in documents.chain(others) {
            self.apply(&mut then, one.task, one, schedule.by, words);
        }
        then
    }

    fn apply(&self, then: &mut Candidate, task: Task, dated: &Dated, by: Day, words: &Words) {
        let ready = dated.ready;
        match task {
            Task::Document => {
                let days = self
                    .on
                    .policy
                    .step_detail("renew_document")
                    .and_then(|row| row.valid_days)
                    .unwrap_or_default();
                let residence = then.residence.get_or_insert_with(Residence::default);
                residence.document_valid_until = Some(by.plus_days(i32::from(days)));
            }
            Task::Bsn => then.bsn_available = Some(true),
            Task::Enrol => then.student = Some(true),
            Task::Lessons => {
                if let Some(slots) = &mut then.slots {
                    slots.retain(|slot| slot.kind != SlotKind::Class || slot.movable != Some(true));
                }
            }
            Task::Permit { employer, agency } => {
                let id = self.names.get(employer, words).to_owned();
                let residence = then.residence.get_or_insert_with(Residence::default);
                let until = residence.document_valid_until;
                residence.permits.get_or_insert_with(Vec::new).push(Permit {
                    kind: PermitKind::Twv,
                    from: Some(ready),
                    until,
                    hirers: agency.then(|| vec![id.clone()]),
                    employer_id: Some(id),
                    hours: None,
                });
            }
            Task::Language { code, to } => {
                if let Some(languages) = &mut then.languages {
                    raise(languages, code, to, ready);
                }
            }
            Task::Certificate(index) => self.certify(then, index, ready),
            Task::OtherCertificate(name) => {
                if let Some(certificates) = &mut then.certificates {
                    certificates.push(Certificate {
                        name: Some(self.names.get(name, words).to_owned()),
                        issued: Some(ready),
                        as_of: Some(ready),
                        ..Certificate::default()
                    });
                }
            }
            Task::Renew(index) => {
                let known = |one: &Certificate| {
                    self.on.policy.certificate_named(one.code.as_deref(), one.name.as_deref())
                        == Some(index)
                };
                let valid_until = self.valid_until(index, ready);
                for one in then.certificates.iter_mut().flatten().filter(|one| known(one)) {
                    (one.issued, one.valid_until, one.as_of) =
                        (Some(ready), valid_until, Some(ready));
                }
            }
            Task::RenewOther(name) => {
                let name = self.names.get(name, words);
                let called = |one: &Certificate| {
                    let own = one.name.as_deref().or(one.code.as_deref()).unwrap_or_default();
                    crate::text::fold(own) == name
                };
                for one in then.certificates.iter_mut().flatten().filter(|one| called(one)) {
                    (one.issued, one.valid_until, one.as_of) = (Some(ready), None, Some(ready));
                }
            }
            Task::Licence(category) => license(then, category.as_str(), ready),
            Task::Exchange(category) => {
                let covers = |one: &Licence| {
                    LicenceCategory::new(&one.category).covered().any(|other| other == category)
                };
                for one in then.licences.iter_mut().flatten().filter(|one| covers(one)) {
                    (one.usable_in_nl, one.as_of) = (Some(true), Some(ready));
                }
            }
            Task::Profession(index) => self.register(then, index, ready),
            Task::Register(name) => {
                if let Some(registrations) = &mut then.registrations {
                    registrations.push(registration(
                        self.names.get(name, words),
                        None,
                        None,
                        ready,
                    ));
                }
            }
            Task::Education(level) => {
                if let Some(education) = &mut then.education {
                    education.push(diploma(level, ready));
                }
            }
            Task::Programme(at) => {
                for give in self.programmes.get(at).into_iter().flat_map(|one| &one.gives) {
                    self.apply(then, *give, dated, by, words);
                }
            }
            // What others do stands in no record of the person.
            Task::Other(_) => {}
        }
    }

    fn certify(&self, then: &mut Candidate, index: CertificateIndex, ready: Day) {
        let Some(row) = self.on.policy.certificate(index) else { return };
        if let Some(certificates) = &mut then.certificates {
            certificates.push(Certificate {
                code: Some(row.code.clone()),
                issued: Some(ready),
                valid_until: self.valid_until(index, ready),
                as_of: Some(ready),
                ..Certificate::default()
            });
        }
    }

    fn valid_until(&self, index: CertificateIndex, from: Day) -> Option<Day> {
        let years = self.on.policy.certificate(index)?.renewal_years?;
        Some(from.plus_months(12 * i32::from(years)))
    }

    /// The registration in the register of the profession, or the licence and certificates that it asks.
    fn register(&self, then: &mut Candidate, index: ProfessionIndex, ready: Day) {
        let Some(row) = self.on.policy.profession(index) else { return };
        if let Some(register) = &row.register {
            let until = row.renewal_years.map(|years| ready.plus_months(12 * i32::from(years)));
            if let Some(registrations) = &mut then.registrations {
                registrations.push(registration(register, Some(&row.code), until, ready));
            }
            return;
        }
        if let Some(category) = row.licences.first() {
            license(then, category, ready);
        }
        for code in &row.certificates {
            if let Some(certificate) = self.on.policy.certificate_named(Some(code), None) {
                self.certify(then, certificate, ready);
            }
        }
    }
}

fn registration(
    register: &str,
    profession: Option<&str>,
    valid_until: Option<Day>,
    as_of: Day,
) -> Registration {
    Registration {
        register: register.to_owned(),
        profession: profession.map(str::to_owned),
        status: Some(RegistrationStatus::Registered),
        valid_until,
        source: None,
        as_of: Some(as_of),
    }
}

fn license(then: &mut Candidate, category: &str, ready: Day) {
    if let Some(licences) = &mut then.licences {
        licences.push(Licence {
            category: category.to_owned(),
            usable_in_nl: Some(true),
            valid_until: None,
            source: None,
            as_of: Some(ready),
        });
    }
}

fn diploma(level: EducationLevel, ready: Day) -> Education {
    Education {
        level: Some(LevelRange::exactly(level)),
        to: Some(ready),
        status: Some(EducationStatus::Finished),
        diploma: Some(true),
        evaluation: Some(Evaluation {
            outcome_code: EvaluationOutcome::DutchDiploma,
            dutch_level: Some(level),
            field: None,
            date: Some(ready),
        }),
        as_of: Some(ready),
        ..Education::default()
    }
}

/// Each skill of the language is at least this level; what may be higher still may.
fn raise(languages: &mut Vec<Language>, code: LanguageCode, to: Cefr, ready: Day) {
    let mut known = false;
    for one in languages.iter_mut().filter(|one| LanguageCode::new(&one.code) == code) {
        known = true;
        let all = one.level;
        let level = |own: Option<LevelRange<Cefr>>| {
            let range = own.or(all).unwrap_or(LevelRange { min: None, max: None });
            let min = range.min.map_or(to, |low| low.max(to));
            Some(LevelRange { min: Some(min), max: range.max.map(|high| high.max(min)) })
        };
        let skills =
            [level(one.listening), level(one.reading), level(one.speaking), level(one.writing)];
        let [listening, reading, speaking, writing] = skills;
        if skills.iter().all(|skill| *skill == listening) {
            (one.level, one.listening, one.reading, one.speaking, one.writing) =
                (listening, None, None, None, None);
        } else {
            one.level = None;
            (one.listening, one.reading, one.speaking, one.writing) =
                (listening, reading, speaking, writing);
        }
        one.as_of = Some(ready);
    }
    if !known {
        languages.push(Language {
            code: code.as_str().to_owned(),
            level: Some(LevelRange::exactly(to)),
            listening: None,
            reading: None,
            speaking: None,
            writing: None,
            tested_on: None,
            source: None,
            as_of: Some(ready),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, to: Cefr, after: &str) {
        let mut languages: Vec<Language> = serde_json::from_str(before).unwrap();
        raise(&mut languages, LanguageCode::new("nl"), to, "2027-01-01".parse().unwrap());
        assert_eq!(languages, serde_json::from_str::<Vec<Language>>(after).unwrap());
    }

    #[test]
    fn a_level_is_raised_for_each_skill_and_never_lowered() {
        check(
            r#"[{"code":"nl","level":"A1"}]"#,
            Cefr::A2,
            r#"[{"code":"nl","level":"A2","as_of":"2027-01-01"}]"#,
        );
        check(
            r#"[{"code":"nld","level":"A1","listening":"B1"}]"#,
            Cefr::A2,
            r#"[{"code":"nld","listening":"B1","reading":"A2","speaking":"A2","writing":"A2","as_of":"2027-01-01"}]"#,
        );
        check("[]", Cefr::A1, r#"[{"code":"nl","level":"A1","as_of":"2027-01-01"}]"#);
    }

    #[test]
    fn what_may_be_higher_still_may() {
        check(
            r#"[{"code":"nl","level":{"min":"A1","max":"B2"}}]"#,
            Cefr::A2,
            r#"[{"code":"nl","level":{"min":"A2","max":"B2"},"as_of":"2027-01-01"}]"#,
        );
        check(
            r#"[{"code":"nl","speaking":"A1"}]"#,
            Cefr::A2,
            r#"[{"code":"nl","listening":{"min":"A2"},"reading":{"min":"A2"},"speaking":"A2","writing":{"min":"A2"},"as_of":"2027-01-01"}]"#,
        );
    }
}
