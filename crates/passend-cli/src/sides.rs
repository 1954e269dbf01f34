// SPDX-License-Identifier: EUPL-1.2
//! What the commands share that bring candidates and vacancies together: their files, and what reads and writes them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use passend::{
    Candidate, Day, Engine, Event, History, Market, Permitted, Policy, Side, Vacancy, Vocabulary,
};
use passend_io::{Batch, Code, Record, Report, VocabularyUse};

use crate::arguments::{Law, Limit, Output, Refusals, Words};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::input::{self, Inputs, not_both_standard};
use crate::output;
use crate::since::tell_history;

/// The two files, the places and words they use, and where the result and the refused rows go.
#[derive(Debug, Args)]
pub(crate) struct Sides {
    /// The file of candidates, JSON Lines or one JSON list; `-` for standard input
    candidates: PathBuf,
    /// The file of vacancies
    vacancies: PathBuf,
    /// Places that the files name: CSV with `place,x,y[,radius]` in metres of RD New
    #[arg(long, value_name = "FILE")]
    places: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    refusals: Refusals,
}

/// The files of one command besides those that all have, each with the argument that names it.
#[derive(Debug, Default)]
pub(crate) struct Files<'a> {
    pub(crate) read: Vec<(&'a str, &'a Path)>,
    pub(crate) written: Vec<(&'a str, &'a Path)>,
}

/// How the two files are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    /// The side that is told of first
    pub(crate) first: Side,
    /// Sides of which all records take part, so that too many refused rows leave nothing to rely on; where one record is
    /// taken from its file, the other rows do not matter
    pub(crate) whole: &'a [(Side, Limit)],
    /// Threads; 0 for as many as there are processors
    pub(crate) threads: usize,
    /// What happened, up to which day, and how many rows of it may be refused
    pub(crate) events: Option<(&'a Path, Day, Limit)>,
}

impl Default for Reading<'_> {
    fn default() -> Self {
        Self { first: Side::Candidate, whole: &[], threads: 0, events: None }
    }
}

impl Reading<'_> {
    /// What happened, where it is asked.
    fn read_events(
        &self,
        inputs: &mut Inputs<'_>,
        console: &mut Console,
    ) -> Result<Vec<Event>, Failure> {
        match self.events {
            Some((file, as_of, limit)) => inputs.events(file, as_of, limit, console),
            None => Ok(Vec::new()),
        }
    }

    /// Fails when too many rows were refused of people or of vacancies, where all take part.
    fn check_limits(
        &self,
        inputs: &Inputs<'_>,
        [people, work]: [&Report; 2],
        console: &Console,
    ) -> Result<(), Failure> {
        self.whole.iter().try_for_each(|(side, limit)| match side {
            Side::Candidate => inputs.limit_of(people, *limit, console),
            Side::Vacancy => inputs.limit_of(work, *limit, console),
        })
    }
}

/// Both sides, read, and how that went.
#[derive(Debug)]
pub(crate) struct BothSides<'a> {
    pub(crate) candidates: Batch<Candidate>,
    pub(crate) vacancies: Batch<Vacancy>,
    pub(crate) events: Vec<Event>,
    inputs: Inputs<'a>,
}

impl Sides {
    /// Refuses files that are read and written, or written twice, and files that cannot be written; before anything is read.
    pub(crate) fn check(&self, files: Files<'_>) -> Result<(), Failure> {
        not_both_standard(&self.candidates, &self.vacancies)?;
        let Files { mut read, mut written } = files;
        read.extend([
            ("CANDIDATES", self.candidates.as_path()),
            ("VACANCIES", self.vacancies.as_path()),
        ]);
        read.extend(self.places.as_deref().map(|file| ("--places", file)));
        read.extend(self.words.vocabulary.iter().map(|file| ("--vocabulary", file.as_path())));
        written.extend(self.target().map(|file| ("--output", file)));
        written.extend(self.refusals.written());
        output::may_be_written(&read, &written)
    }

    /// [`Self::check`] for a command with one law; then the engine by that law and these words.
    pub(crate) fn engine<'a>(
        &'a self,
        law: &'a Law,
        mut files: Files<'a>,
        console: &Console,
    ) -> Result<Engine, Failure> {
        files.read.extend(law.policy.iter().map(|file| ("--policy", file.as_path())));
        self.check(files)?;
        let vocabulary = self.vocabulary(console)?;
        Ok(Engine::new(self.with_places(law.policy()?)?, vocabulary))
    }

    /// The words in which both sides are understood.
    pub(crate) fn vocabulary(&self, console: &Console) -> Result<Vocabulary, Failure> {
        self.words.load(VocabularyUse::Matching, console)
    }

    /// The policy, which knows the places of the file too.
    pub(crate) fn with_places(&self, policy: Policy) -> Result<Policy, Failure> {
        match &self.places {
            Some(file) => Ok(policy.with_places(input::places(file)?)),
            None => Ok(policy),
        }
    }

    /// Reads both files, tells how that went and writes the file of refused rows.
    pub(crate) fn read(
        &self,
        reading: Reading<'_>,
        console: &mut Console,
    ) -> Result<BothSides<'_>, Failure> {
        let mut inputs = Inputs::new(&self.refusals).on_threads(reading.threads);
        let (candidates, vacancies) = match reading.first {
            Side::Candidate => {
                let candidates = inputs.read(&self.candidates, console)?;
                (candidates, inputs.read(&self.vacancies, console)?)
            }
            Side::Vacancy => {
                let vacancies = inputs.read(&self.vacancies, console)?;
                (inputs.read(&self.candidates, console)?, vacancies)
            }
        };
        reading.check_limits(&inputs, [&candidates.report, &vacancies.report], console)?;
        let events = reading.read_events(&mut inputs, console)?;
        inputs.write_refused(console)?;
        Ok(BothSides { candidates, vacancies, events, inputs })
    }

    /// Reads the files as [`Self::read`] does, people first, and lets records go as soon as they are prepared: they are never
    /// in memory all at once. Tells who takes no part. `see` is shown the vacancies.
    pub(crate) fn gather(
        &self,
        engine: &Engine,
        as_of: Day,
        reading: Reading<'_>,
        console: &mut Console,
        mut see: impl FnMut(&[Vacancy]),
    ) -> Result<(Market, Outcome), Failure> {
        let mut inputs = Inputs::new(&self.refusals).on_threads(reading.threads);
        let history = History::new(&reading.read_events(&mut inputs, console)?, as_of);
        let mut gathering = engine.gather_after(as_of, history.clone());
        let mut permissions = Permissions::default();
        // Only the history asks who is there.
        let (mut ids, mut positions) = (Vec::new(), Vec::new());
        let is_asked = reading.events.is_some();
        let people = inputs.read_in_parts(&self.candidates, console, |part: Vec<Candidate>| {
            part.iter().for_each(|one| permissions.see(engine, one, as_of));
            gathering.add_candidates(&part);
            ids.extend(part.into_iter().filter(|_| is_asked).map(|one| one.id));
        })?;
        let work = inputs.read_in_parts(&self.vacancies, console, |part: Vec<Vacancy>| {
            see(&part);
            gathering.add_vacancies(&part);
            let part = part.into_iter().filter(|_| is_asked);
            positions.extend(part.map(|one| (one.id, one.positions.unwrap_or(1))));
        })?;
        reading.check_limits(&inputs, [&people.report, &work.report], console)?;
        inputs.write_refused(console)?;
        gathering.withdraw_candidates(|id| people.withdrawn.contains(id));
        gathering.withdraw_vacancies(|id| work.withdrawn.contains(id));
        permissions.tell(|id| !people.withdrawn.contains(id), console);
        if is_asked {
            ids.retain(|id| !people.withdrawn.contains(id));
            positions.retain(|(id, _)| !work.withdrawn.contains(id));
            let positions = positions.iter().map(|(id, positions)| (id.as_str(), *positions));
            tell_history(&history, ids.iter().map(String::as_str), positions, console);
        }
        Ok((gathering.market().map_err(Failure::internal)?, inputs.outcome()))
    }

    /// Where the result goes; `None` is standard output.
    pub(crate) fn target(&self) -> Option<&Path> {
        self.output.target()
    }

    /// The format that was asked, else one for people on a terminal and one for programs elsewhere.
    pub(crate) fn format<T>(&self, asked: Option<T>, for_people: T, for_programs: T) -> T {
        let usual = if output::is_terminal(self.target()) { for_people } else { for_programs };
        asked.unwrap_or(usual)
    }
}

impl BothSides<'_> {
    /// Tells how many people take no part because of what they agreed to.
    pub(crate) fn tell_permissions(&self, engine: &Engine, as_of: Day, console: &Console) {
        let mut permissions = Permissions::default();
        self.candidates.accepted.iter().for_each(|one| permissions.see(engine, one, as_of));
        permissions.tell(|_| true, console);
    }

    /// Tells what is left out by what happened.
    pub(crate) fn tell_history(&self, history: &History, console: &Console) {
        let candidates = self.candidates.accepted.iter().map(|one| one.id.as_str());
        let vacancies = self.vacancies.accepted.iter();
        let vacancies = vacancies.map(|one| (one.id.as_str(), one.positions.unwrap_or(1)));
        tell_history(history, candidates, vacancies, console);
    }

    /// Tells how many people whom another file names are not among the candidates.
    pub(crate) fn tell_strangers<'a>(
        &self,
        file: Option<&Path>,
        named: impl Iterator<Item = &'a str>,
        console: &Console,
    ) {
        let Some(file) = file else { return };
        let known: BTreeSet<&str> =
            self.candidates.accepted.iter().map(|candidate| candidate.id.as_str()).collect();
        let strangers = named.filter(|id| !known.contains(id)).count();
        if strangers > 0 {
            let file = file.display();
            console.say(match console.lang() {
                passend::Lang::Nl => {
                    format!("{file}: personen die niet bij de kandidaten staan en niet meetellen: {strangers}")
                }
                passend::Lang::En => {
                    format!("{file}: people who are not among the candidates and do not count: {strangers}")
                }
            });
        }
    }

    /// How a run ends that did what was asked.
    pub(crate) fn outcome(&self) -> Outcome {
        self.inputs.outcome()
    }
}

/// Who takes no part because of what they agreed to.
#[derive(Debug, Default)]
struct Permissions {
    ended: Vec<String>,
    other: Vec<String>,
}

impl Permissions {
    fn see(&mut self, engine: &Engine, candidate: &Candidate, as_of: Day) {
        let ids = match engine.permitted(candidate, as_of) {
            Permitted::Yes => return,
            Permitted::Ended => &mut self.ended,
            Permitted::OtherPurpose => &mut self.other,
        };
        ids.push(candidate.id.clone());
    }

    /// Tells how many of those who count they are.
    fn tell(&self, counts: impl Fn(&str) -> bool, console: &Console) {
        let count = |ids: &[String]| ids.iter().filter(|id| counts(id)).count();
        let (ended, other) = (count(&self.ended), count(&self.other));
        if ended + other > 0 {
            console.say(match console.lang() {
                passend::Lang::Nl => format!(
                    "{} personen doen niet mee: toestemming afgelopen {ended}, voor iets anders {other}",
                    ended + other
                ),
                passend::Lang::En => format!(
                    "{} people take no part: permission ended {ended}, for another purpose {other}",
                    ended + other
                ),
            });
        }
    }
}

/// Fails when what a person agreed to does not hold.
pub(crate) fn must_be_permitted(
    engine: &Engine,
    batch: &Batch<Candidate>,
    candidate: &Candidate,
    as_of: Day,
) -> Result<(), Failure> {
    match engine.permitted(candidate, as_of) {
        Permitted::Yes => Ok(()),
        _ => {
            let code = Code::NoPermission;
            let expected = format!("expected {}", code.rule());
            Err(Failure::known(&batch.report.file, code, expected))
        }
    }
}

/// The record with this id. Which ids there are instead is not told: they may be about people.
pub(crate) fn one<'a, T: Record>(
    batch: &'a Batch<T>,
    id: &str,
    code: Code,
) -> Result<&'a T, Failure> {
    batch.accepted.iter().find(|record| record.id() == id).ok_or_else(|| {
        Failure::known(&batch.report.file, code, format_args!("expected {}", code.rule()))
    })
}
