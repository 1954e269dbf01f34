// SPDX-License-Identifier: EUPL-1.2
//! Steps as a graph: what tells two steps apart, what comes first, how long each takes, who takes it.

use std::collections::{BTreeMap, HashMap};

use super::programme::Programme;
use crate::gate::{Arg, Finding, FindingKind, Gate, OnDay, Step};
use crate::model::{Cefr, Day, EducationLevel, Stance};
use crate::policy::{CertificateIndex, Change, LeadTime, ProfessionIndex, StepDetail};
use crate::prepare::{
    CandidateFacts, LanguageCode, LicenceCategory, Standing, VacancyFacts, Word, Words, reads_none,
    standing,
};

/// A step with what it is about, which a step of the gates does not always say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task {
    Document,
    Bsn,
    Enrol,
    /// Lessons that can be moved make room for work.
    Lessons,
    /// A work permit for one employer.
    Permit {
        employer: Name,
        agency: bool,
    },
    Language {
        code: LanguageCode,
        to: Cefr,
    },
    Certificate(CertificateIndex),
    OtherCertificate(Name),
    Renew(CertificateIndex),
    RenewOther(Name),
    Licence(LicenceCategory),
    Exchange(LicenceCategory),
    Profession(ProfessionIndex),
    Register(Name),
    Education(EducationLevel),
    /// Number of a programme.
    Programme(usize),
    /// A step that changes nothing in the person's record.
    Other(Step),
}

/// A text of the market by its place among all in order: the same whatever the order of the vacancies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(u32);

/// The texts that tasks are about: employers, certificates and registers that the policy does not know.
#[derive(Debug)]
pub(super) struct Names {
    sorted: Vec<Word>,
    places: HashMap<Word, Name>,
}

impl Names {
    /// The texts of these vacancies.
    pub(super) fn new(vacancies: &[VacancyFacts], words: &Words) -> Self {
        let of = |one: &VacancyFacts| {
            let certificates = one.required.certificates.iter().map(|demand| demand.name);
            let registers = one.required.professions.iter().filter_map(|demand| demand.register);
            certificates.chain(registers).chain(one.work.employer).collect::<Vec<_>>()
        };
        let mut sorted: Vec<Word> = vacancies.iter().flat_map(of).collect();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.sort_by_key(|word| words.get(*word));
        let places = (0..).map(Name).zip(&sorted).map(|(name, word)| (*word, name)).collect();
        Self { sorted, places }
    }

    fn of(&self, word: Word) -> Name {
        self.places.get(&word).copied().unwrap_or(Name(u32::MAX))
    }

    /// The text.
    pub(super) fn get<'a>(&self, name: Name, words: &'a Words) -> &'a str {
        let word = usize::try_from(name.0).ok().and_then(|at| self.sorted.get(at));
        word.map(|word| words.get(*word)).unwrap_or_default()
    }
}

/// What is known of a task for this person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// The step whose words and owner it has; `None` for a programme.
    pub(super) step: Option<Step>,
    pub(super) lead: LeadTime,
    /// Not ready before this day, where a rule makes it wait.
    pub(super) not_before: Option<Day>,
    pub(super) needs: Vec<Task>,
}

/// The steps of one person, as far as the vacancies ask them.
#[derive(Debug)]
pub(super) struct Tasks<'a> {
    pub(super) on: OnDay<'a>,
    pub(super) facts: &'a CandidateFacts,
    /// The same person when every lesson that can be moved is moved; `None` if there is no such lesson.
    pub(super) lessons_moved: Option<&'a CandidateFacts>,
    pub(super) programmes: &'a [Programme],
    pub(super) names: Names,
    nodes: BTreeMap<Task, Node>,
}

impl<'a> Tasks<'a> {
    pub(super) fn new(
        on: OnDay<'a>,
        facts: &'a CandidateFacts,
        lessons_moved: Option<&'a CandidateFacts>,
        programmes: &'a [Programme],
        names: Names,
    ) -> Self {
        let mut tasks =
            Self { on, facts, lessons_moved, programmes, names, nodes: BTreeMap::new() };
        for (at, programme) in programmes.iter().enumerate() {
            let needs: Vec<_> = programme.needs.iter().filter_map(|id| tasks.first(id)).collect();
            let node = Node { step: None, lead: programme.days, not_before: None, needs };
            tasks.nodes.insert(Task::Programme(at), node);
        }
        tasks
    }

    pub(super) fn node(&self, task: Task) -> Option<&Node> {
        self.nodes.get(&task)
    }

    /// The stable id of a task.
    pub(super) fn id(&self, task: Task, words: &Words) -> String {
        let policy = self.on.policy;
        let own = |step: Step| step.id(policy, words);
        match task {
            Task::Programme(at) => {
                format!("programme:{}", self.programmes.get(at).map_or("", |one| one.id.as_str()))
            }
            Task::Renew(index) => format!(
                "renew_certificate:{}",
                policy.certificate(index).map(|row| row.code.as_str()).unwrap_or_default()
            ),
            Task::RenewOther(name) => {
                format!("renew_certificate:{}", self.names.get(name, words))
            }
            Task::Licence(category) => format!("licence:{}", category.as_str()),
            Task::Exchange(category) => format!("exchange_licence:{}", category.as_str()),
            Task::Education(level) => format!("raise_education:{}", level.code()),
            Task::Other(step) => own(step),
            _ => self.node(task).and_then(|node| node.step).map(own).unwrap_or_default(),
        }
    }

    /// What the policy says of a step beside its words and days.
    pub(super) fn detail(&self, step: Step, words: &Words) -> Option<&'a StepDetail> {
        self.on.policy.step_detail(&step.id(self.on.policy, words))
    }

    /// One-to-one hours of a caseworker.
    pub(super) fn guidance_hours(&self, task: Task, words: &Words) -> u16 {
        match (task, self.node(task).and_then(|node| node.step)) {
            (Task::Programme(at), _) => self.programmes.get(at).map_or(0, |one| one.guidance_hours),
            (_, Some(step)) => self.detail(step, words).map_or(0, |row| row.guidance_hours),
            _ => 0,
        }
    }

    /// The tasks of a finding, in the order in which they are taken.
    pub(super) fn of_finding(
        &mut self,
        finding: &Finding,
        vacancy: &VacancyFacts,
        words: &Words,
    ) -> Vec<Task> {
        let steps: Vec<_> = finding.steps.iter().flatten().copied().collect();
        let mut tasks: Vec<Task> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let task = self.task(*step, finding, vacancy, words);
            let last = at + 1 == steps.len() && finding.kind == FindingKind::Needs;
            // What a gate lists first comes first: a new document, then the permit.
            let needs = tasks.clone();
            self.add(task, *step, last.then_some(finding.day), &needs, words);
            tasks.push(task);
        }
        tasks
    }

    /// The certificates that a profession without a register still asks, where the licence is there or none is asked.
    pub(super) fn papers_missing(
        &mut self,
        index: ProfessionIndex,
        words: &Words,
    ) -> Option<Vec<Task>> {
        let (policy, as_of) = (self.on.policy, self.on.as_of);
        let row = policy.profession(index)?;
        let usable = |category: &String| {
            self.facts.qualifications.licences.iter().flatten().any(|one| {
                one.category == LicenceCategory::new(category)
                    && one.usable == Some(true)
                    && one.until.is_none_or(|until| until >= as_of)
            })
        };
        let licensed = row.licences.is_empty() || row.licences.iter().any(usable);
        if row.register.is_some() || row.certificates.is_empty() || !licensed {
            return None;
        }
        let asked = row.certificates.iter();
        let asked = asked.filter_map(|code| policy.certificate_named(Some(code), None));
        let missing: Vec<_> = asked.filter(|asked| !self.holds(*asked)).collect();
        Some(missing.into_iter().map(|asked| self.of_certificate(asked, words)).collect())
    }

    /// Whether the person has a certificate that is valid.
    fn holds(&self, asked: CertificateIndex) -> bool {
        self.facts.qualifications.certificates.iter().flatten().any(|one| {
            one.known == Some(asked)
                && one.planned.is_none()
                && one.until.is_none_or(|until| until >= self.on.as_of)
        })
    }

    /// The task that leads into a regulated profession.
    pub(super) fn of_profession(&mut self, index: ProfessionIndex, words: &Words) -> Task {
        let task = Task::Profession(index);
        self.add(task, Step::Profession(index), None, &[], words);
        task
    }

    /// The task that gets a certificate.
    pub(super) fn of_certificate(&mut self, index: CertificateIndex, words: &Words) -> Task {
        let task = Task::Certificate(index);
        self.add(task, Step::Certificate(index), None, &[], words);
        task
    }

    /// The task that keeps the residence document valid.
    pub(super) fn of_document(&mut self, words: &Words) -> Task {
        self.add(Task::Document, Step::Row("renew_document"), None, &[], words);
        Task::Document
    }

    fn add(&mut self, task: Task, step: Step, day: Option<Day>, needs: &[Task], words: &Words) {
        let lead = self.on.lead_time(step);
        let in_time = self.on.as_of.plus_days(i32::from(lead.usual));
        let day = day.filter(|day| *day > in_time);
        let known = self.nodes.contains_key(&task);
        let node = self.nodes.entry(task).or_insert(Node {
            step: Some(step),
            lead,
            not_before: None,
            needs: Vec::new(),
        });
        // The same task asked by several vacancies takes as long as the one that takes longest.
        if lead > node.lead {
            (node.lead, node.step) = (lead, Some(step));
        }
        node.not_before = node.not_before.max(day);
        let mut first: Vec<_> = needs.to_vec();
        if !known {
            first.extend(self.needs_of(task, step, words));
        }
        if let Some(node) = self.nodes.get_mut(&task) {
            first.retain(|one| *one != task && !node.needs.contains(one));
            node.needs.extend(first);
        }
    }

    fn task(&self, step: Step, finding: &Finding, vacancy: &VacancyFacts, words: &Words) -> Task {
        let other = Task::Other(step);
        let Some(change) = self.detail(step, words).and_then(|row| row.changes) else {
            return other;
        };
        let [about, _] = finding.about;
        match (change, step, about) {
            (Change::Language, Step::Language { code, to, .. }, _) => Task::Language { code, to },
            (Change::Certificate, Step::Certificate(index), _) => Task::Certificate(index),
            (Change::Certificate, Step::OtherCertificate(word), _) => {
                Task::OtherCertificate(self.names.of(word))
            }
            (Change::CertificateRenewed, _, Arg::Certificate(index)) => Task::Renew(index),
            (Change::CertificateRenewed, _, Arg::Word(word)) => {
                Task::RenewOther(self.names.of(word))
            }
            (Change::Registration, Step::Profession(index), _) => Task::Profession(index),
            // Registered in a register of several professions says nothing without the profession.
            (Change::Registration, Step::Register(word), _)
                if !self.has_professions(word, words) =>
            {
                Task::Register(self.names.of(word))
            }
            (Change::Permit, ..) => self.permit(vacancy).unwrap_or(other),
            (Change::Document, ..) => Task::Document,
            (Change::Bsn, ..) => Task::Bsn,
            (Change::Lessons, ..) if self.lessons_make_room(finding, vacancy) => Task::Lessons,
            (Change::Student, ..) => Task::Enrol,
            (Change::Education, _, Arg::Education(level)) => Task::Education(level),
            (Change::Licence, _, Arg::Licence(category)) => Task::Licence(category),
            (Change::LicenceExchanged, _, Arg::Licence(category)) => Task::Exchange(category),
            _ => other,
        }
    }

    /// A permit is for one employer, who has said to apply, or for whom an agency does.
    fn permit(&self, vacancy: &VacancyFacts) -> Option<Task> {
        let work = &vacancy.work;
        let agency = work.agency && self.on.rules.agency().is_some();
        let willing = agency || work.will_apply == Stance::Yes;
        let employer = work.employer.filter(|_| willing)?;
        Some(Task::Permit { employer: self.names.of(employer), agency })
    }

    fn has_professions(&self, register: Word, words: &Words) -> bool {
        let name = words.get(register);
        let own = |row: &str| crate::text::fold(row) == name;
        self.on.policy.professions().any(|(_, row)| row.register.as_deref().is_some_and(own))
    }

    fn lessons_make_room(&self, finding: &Finding, vacancy: &VacancyFacts) -> bool {
        let Some(moved) = self.lessons_moved.filter(|_| finding.gate == Gate::WorkingTime) else {
            return false;
        };
        let mut open = true;
        crate::gate::judge(self.on, moved, vacancy, |one| {
            open &= one.gate != Gate::WorkingTime || one.kind != FindingKind::Needs;
        });
        open
    }

    /// What comes before a task: what the policy lists, and a language in which its exam is held.
    fn needs_of(&mut self, task: Task, step: Step, words: &Words) -> Vec<Task> {
        let Some(detail) = self.detail(step, words) else { return Vec::new() };
        let mut needs: Vec<_> = detail.needs.iter().filter_map(|id| self.first(id)).collect();
        if let (Task::Certificate(index), Some(level)) = (task, detail.exam_level) {
            needs.extend(self.exam_language(index, level));
        }
        needs
    }

    /// A step that must come first, by its id; nothing if it is taken already, or if it is no language or certificate.
    fn first(&mut self, id: &str) -> Option<Task> {
        let parts: Vec<_> = id.split(':').collect();
        match parts.as_slice() {
            ["language", code, level] => {
                let to = Cefr::ALL.into_iter().find(|one| one.code() == *level)?;
                self.language(LanguageCode::new(code), to)
            }
            ["certificate", code] => {
                let index = self.on.policy.certificate_named(Some(code), None)?;
                let known = self.facts.qualifications.certificates.is_some();
                (known && !self.holds(index)).then(|| self.of_certificate(index, &Words::default()))
            }
            _ => None,
        }
    }

    /// The way to a level of a language; nothing where it is reached, or where it is not known.
    fn language(&mut self, code: LanguageCode, to: Cefr) -> Option<Task> {
        let facts = self.facts.learned.languages.as_deref();
        match standing(facts, code, to, None, false) {
            Standing::Below { have, .. } => {
                let task = Task::Language { code, to };
                self.add(
                    task,
                    Step::Language { code, from: have, to },
                    None,
                    &[],
                    &Words::default(),
                );
                Some(task)
            }
            Standing::Met { .. } | Standing::Unknown { .. } => None,
        }
    }

    /// A language to learn before an exam that is held in none of the person's languages: Dutch or English, whichever is
    /// nearer. Nothing if no list of languages was read, or if the person's languages are not known.
    fn exam_language(&mut self, index: CertificateIndex, level: Cefr) -> Option<Task> {
        let policy = self.on.policy;
        let offered: Vec<_> =
            policy.exam_languages(index).map(|row| LanguageCode::new(&row.language)).collect();
        let facts = self.facts.learned.languages.as_deref();
        if !reads_none(facts, &offered, level) {
            return None;
        }
        let way = |code: &LanguageCode| match standing(facts, *code, level, None, false) {
            Standing::Below { have, .. } => policy.language_days(have, level).usual,
            _ => 0,
        };
        let nearest = ["nl", "en"].map(LanguageCode::new).into_iter();
        let code = nearest.filter(|code| offered.contains(code)).min_by_key(way)?;
        self.language(code, level)
    }

    /// Whether one task does what another is for.
    pub(super) fn covers(&self, task: Task, other: Task) -> bool {
        match (task, other) {
            (Task::Language { code, to }, Task::Language { code: asked, to: level }) => {
                code == asked && to >= level
            }
            (Task::Education(level), Task::Education(asked)) => {
                self.on.policy.rank(level) >= self.on.policy.rank(asked)
            }
            // Who may do the work of a profession without a register has its papers.
            (Task::Profession(index), Task::Certificate(asked)) => {
                self.on.policy.profession(index).is_some_and(|row| {
                    let same = |code: &String| {
                        self.on.policy.certificate_named(Some(code), None) == Some(asked)
                    };
                    row.register.is_none() && row.certificates.iter().any(same)
                })
            }
            (Task::Profession(index), Task::Licence(asked)) => {
                self.on.policy.profession(index).is_some_and(|row| {
                    let first = row.licences.first().map(|one| LicenceCategory::new(one));
                    row.register.is_none()
                        && first.is_some_and(|own| own.covered().any(|one| one == asked))
                })
            }
            (Task::Programme(at), other) if task != other => self
                .programmes
                .get(at)
                .is_some_and(|one| one.gives.iter().any(|give| self.covers(*give, other))),
            _ => task == other,
        }
    }

    /// The tasks with all that come before them, without those that a higher one covers; in order.
    pub(super) fn closed(&self, tasks: impl IntoIterator<Item = Task>) -> Vec<Task> {
        let mut all: Vec<Task> = Vec::new();
        let mut open: Vec<Task> = tasks.into_iter().collect();
        while let Some(task) = open.pop() {
            if !all.contains(&task) {
                all.push(task);
                open.extend(
                    self.node(task).into_iter().flat_map(|node| node.needs.iter().copied()),
                );
            }
        }
        let given = |task: Task| {
            all.iter().any(|one| {
                matches!(one, Task::Programme(_)) && *one != task && self.covers(*one, task)
            })
        };
        let needed = |task: Task| {
            all.iter().any(|one| {
                self.node(*one).is_some_and(|node| node.needs.contains(&task)) && !given(*one)
            })
        };
        let surpassed = |task: Task| all.iter().any(|one| *one != task && self.covers(*one, task));
        let mut kept: Vec<_> = all
            .iter()
            .copied()
            .filter(|task| !given(*task) && (needed(*task) || !surpassed(*task)))
            .collect();
        kept.sort_unstable();
        kept
    }
}
