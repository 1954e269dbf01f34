// SPDX-License-Identifier: EUPL-1.2
//! A recorded batch is done in parts, each kept beside its target and told in the record, so that a run that was cut short can
//! go on where it was.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use passend_io::{Access, AtomicFile, Code, Entry, Hashed, HashedFile, Run};

use crate::failure::Failure;
use crate::journal;

/// The parts of a run.
pub(crate) struct Parts {
    folder: PathBuf,
    /// What every line of this run begins with.
    run: Run,
    /// How many there are.
    of: u64,
    /// Those that are done: how many pairs open only later.
    done: BTreeMap<u64, u64>,
}

/// What writes one of the files of a part.
pub(crate) type Content<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// The key in the counts of a line that tells of a part.
pub(crate) const PART: &str = "part";

impl Parts {
    /// The parts of the run that writes this target: so many, of which those are done that an earlier run kept, if it is to
    /// be resumed.
    ///
    /// What the run goes by must be known: its inputs are read, its day and versions told.
    ///
    /// # Errors
    /// When it is to be resumed and what it goes by was changed since; says what.
    pub(crate) fn begin(target: &Path, of: u64, resume: bool) -> Result<Self, Failure> {
        let run = Run { outputs: Vec::new(), ..journal::so_far() };
        let folder = folder(target);
        let unwritable = |error| Failure::unwritable(folder.display(), &error);
        let mut done = BTreeMap::new();
        if resume {
            for entry in unfinished(target)? {
                let changed = changes(&entry.run, &run);
                if !changed.is_empty() {
                    return Err(Failure::known(
                        target.display(),
                        Code::CannotResume,
                        format_args!(
                            "expected {}; changed: {}",
                            Code::CannotResume.rule(),
                            changed.join(", ")
                        ),
                    ));
                }
                let count = |key| part(&entry.run).and_then(|part| part.get(key)).copied();
                let is_whole = entry.run.outputs.iter().all(is_there);
                if let (Some(number), Some(later), true) =
                    (count("number"), count("later"), is_whole)
                    && count("of") == Some(of)
                {
                    done.insert(number, later);
                }
            }
        } else if folder.is_dir() {
            fs::remove_dir_all(&folder).map_err(unwritable)?;
        }
        fs::create_dir_all(&folder).map_err(unwritable)?;
        Ok(Self { folder, run, of, done })
    }

    /// Whether a part is done.
    pub(crate) fn is_done(&self, number: u64) -> bool {
        self.done.contains_key(&number)
    }

    /// Keeps a part: writes its files, each under its kind, and tells it in the record.
    pub(crate) fn keep(
        &mut self,
        number: u64,
        later: u64,
        files: &mut [(&str, Content<'_>)],
    ) -> Result<(), Failure> {
        let mut outputs = Vec::new();
        for (kind, content) in files {
            let path = self.path(number, kind);
            let sha256 = keep(&path, content)
                .map_err(|error| Failure::unwritable(path.display(), &error))?;
            outputs.push(HashedFile { file: path.display().to_string(), sha256 });
        }
        let part = [("number", number), ("of", self.of), ("later", later)];
        let part = part.map(|(name, count)| (name.to_owned(), count)).into();
        let counts = [(PART.to_owned(), part)].into();
        journal::append(&Run { outputs, counts, ..self.run.clone() })?;
        self.done.insert(number, later);
        Ok(())
    }

    /// Pairs that open only later, of all parts.
    pub(crate) fn later(&self) -> u64 {
        self.done.values().sum()
    }

    /// Writes the files of a kind one after another.
    pub(crate) fn copy(&self, kind: &str, out: &mut dyn Write) -> io::Result<()> {
        for number in 1..=self.of {
            io::copy(&mut File::open(self.path(number, kind))?, out)?;
        }
        Ok(())
    }

    /// The parts may go once the record tells of the whole.
    pub(crate) fn give_up(self) {
        journal::remove_at_the_end(self.folder);
    }

    fn path(&self, number: u64, kind: &str) -> PathBuf {
        self.folder.join(format!("{number:05}.{kind}"))
    }
}

/// The day of the run that was cut short, on which it goes on too.
pub(crate) fn day_of_unfinished(target: &Path) -> Result<Option<passend::Day>, Failure> {
    Ok(unfinished(target)?.last().and_then(|entry| entry.run.as_of))
}

/// Where the parts of a target are kept.
fn folder(target: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".passend-parts");
    target.with_file_name(name)
}

/// The lines of the record that tell of parts of a run that writes this target and did not end.
fn unfinished(target: &Path) -> Result<Vec<Entry>, Failure> {
    let Some(record) = journal::file() else { return Ok(Vec::new()) };
    let folder = folder(target);
    let target = target.display().to_string();
    let mut unfinished = Vec::new();
    for entry in journal::entries(&record)? {
        let mut outputs = entry.run.outputs.iter();
        if part(&entry.run).is_some() {
            if outputs.any(|output| Path::new(&output.file).parent() == Some(&folder)) {
                unfinished.push(entry);
            }
        } else if outputs.any(|output| output.file == target) {
            unfinished.clear();
        }
    }
    Ok(unfinished)
}

fn part(run: &Run) -> Option<&BTreeMap<String, u64>> {
    run.counts.get(PART)
}

/// In what a run goes by something else than one before it.
fn changes(before: &Run, now: &Run) -> Vec<String> {
    let mut changes = Vec::new();
    if before.command != now.command {
        changes.push(format!("`{}`", before.command.join(" ")));
    }
    let days = [before.as_of, now.as_of].map(|day| day.map(|day| day.to_string()));
    if let [Some(before), Some(now)] = days
        && before != now
    {
        changes.push(format!("--as-of {before}"));
    }
    for (name, version) in &before.versions {
        if now.versions.get(name) != Some(version) {
            changes.push(format!("{name} {version}"));
        }
    }
    let other = |file: &&HashedFile| !now.inputs.contains(file);
    changes.extend(before.inputs.iter().filter(other).map(|file| file.file.clone()));
    changes
}

fn is_there(file: &HashedFile) -> bool {
    let seen = File::open(&file.file).and_then(|mut open| {
        let mut seen = Hashed::new(io::sink());
        io::copy(&mut open, &mut seen)?;
        Ok(seen.finish().1)
    });
    seen.is_ok_and(|sha256| sha256 == file.sha256)
}

/// Writes a file that its owner alone may read, and gives its hash.
fn keep(path: &Path, content: &mut Content<'_>) -> io::Result<String> {
    let file = AtomicFile::create(path, Access::Owner)?;
    let mut out = Hashed::new(BufWriter::with_capacity(1 << 16, file));
    content(&mut out)?;
    let (out, sha256) = out.finish();
    out.into_inner().map_err(io::IntoInnerError::into_error)?.commit()?;
    Ok(sha256)
}
