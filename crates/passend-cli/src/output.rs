// SPDX-License-Identifier: EUPL-1.2
//! Where results go: standard output, or a file that is there whole or not at all.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use passend_io::{Access, AtomicFile, Hashed};

use crate::failure::Failure;
use crate::interrupt::Unfinished;
use crate::journal;

/// Whether a person reads what is written there. A run that is recorded writes the same wherever it is read.
pub(crate) fn is_terminal(target: Option<&Path>) -> bool {
    is_standard(target) && io::stdout().is_terminal() && !journal::is_on()
}

fn is_standard(target: Option<&Path>) -> bool {
    // Opened again by its name, standard output would be written from its beginning once more.
    target.is_none_or(|target| target == Path::new("-") || target == Path::new("/dev/stdout"))
}

/// Files that this run will write, claimed before its work: another run that is to write them is told at once.
static CLAIMED: Mutex<Vec<Claimed>> = Mutex::new(Vec::new());

struct Claimed {
    place: PathBuf,
    file: AtomicFile,
    unfinished: Unfinished,
}

/// Gives back the files that were claimed and not written, and leaves nothing of them behind.
pub(crate) fn release() {
    CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// Takes the file that was claimed for this target.
fn claimed(path: &Path) -> Option<(AtomicFile, Unfinished)> {
    let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
    let place = place(path);
    let at = claimed.iter().position(|claimed| claimed.place == place)?;
    let Claimed { file, unfinished, .. } = claimed.swap_remove(at);
    Some((file, unfinished))
}

/// A file that is written but has not taken the place of its target yet.
pub(crate) struct Prepared {
    /// None in a replay, which writes nothing.
    file: Option<(AtomicFile, Unfinished)>,
    path: PathBuf,
    sha256: Option<String>,
}

impl Prepared {
    /// Puts the file in its place.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let path = self.path;
        if let Some((file, _unfinished)) = self.file {
            file.commit().map_err(|error| Failure::unwritable(path.display(), &error))?;
        }
        if let Some(sha256) = self.sha256 {
            journal::note_output(&path, sha256);
        }
        Ok(())
    }
}

/// Writes a file beside its target; dropped without a commit, it leaves nothing behind.
pub(crate) fn prepare(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Prepared, Failure> {
    prepared(path, Access::Usual, content)
        .map_err(|error| Failure::unwritable(path.display(), &error))
}

fn prepared(
    path: &Path,
    access: Access,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<Prepared> {
    let path = path.to_owned();
    if journal::is_replaying() {
        let sha256 = Some(hashed(&mut io::sink(), content)?);
        return Ok(Prepared { file: None, path, sha256 });
    }
    // What was claimed may be read by others.
    let claimed = claimed(&path).filter(|_| access == Access::Usual);
    let (file, unfinished) = match claimed {
        Some(claimed) => claimed,
        None => {
            let file = AtomicFile::create(&path, access)?;
            let unfinished = Unfinished::new(file.temporary());
            (file, unfinished)
        }
    };
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let sha256 = if journal::is_on() {
        Some(hashed(&mut out, content)?)
    } else {
        content(&mut out)?;
        None
    };
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Prepared { file: Some((file, unfinished)), path, sha256 })
}

/// Writes, and gives the hash of what was written.
fn hashed(
    out: &mut impl Write,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<String> {
    let mut out = Hashed::new(out);
    content(&mut out)?;
    out.flush()?;
    Ok(out.finish().1)
}

/// Where a file stands, however it is named.
fn place(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().unwrap_or_default();
        path.file_name().map_or(folder.clone(), |name| folder.join(name))
    })
}

/// Refuses files that would be read and written, or written twice, each with the argument that names it; and files that
/// cannot be written, or are being written by another run, before the work is done.
pub(crate) fn may_be_written(
    read: &[(&str, &Path)],
    written: &[(&str, &Path)],
) -> Result<(), Failure> {
    if journal::is_replaying() {
        return Ok(());
    }
    let record = journal::file();
    let record = record.as_deref().map(|record| ("--record", record));
    for (at, (name, path)) in
        written.iter().enumerate().filter(|(_, (_, path))| !is_standard(Some(path)))
    {
        let others = read.iter().chain(&record).chain(written.iter().skip(at + 1));
        if let Some((other, _)) = others.into_iter().find(|(_, other)| place(other) == place(path))
        {
            return Err(Failure::Usage(format!(
                "`{other}` and `{name}` name one file; give them different ones"
            )));
        }
        // A pipe or device is opened once: who reads it would take a second opening for the end.
        if path.metadata().is_ok_and(|known| !known.is_file() && !known.is_dir()) {
            continue;
        }
        let file = AtomicFile::create(path, Access::Usual)
            .map_err(|error| Failure::unwritable(path.display(), &error.into()))?;
        let unfinished = Unfinished::new(file.temporary());
        let claimed = Claimed { place: place(path), file, unfinished };
        CLAIMED.lock().unwrap_or_else(PoisonError::into_inner).push(claimed);
    }
    Ok(())
}

/// Writes a file that only its owner may read.
pub(crate) fn write_private(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    prepared(path, Access::Owner, content)
        .map_err(|error| Failure::unwritable(path.display(), &error))?
        .commit()
}

/// Writes a result: to standard output without a target or with `-`, else to a file that takes the place of its target
/// only when all of it is written.
pub(crate) fn write(
    target: Option<&Path>,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match target.filter(|_| !is_standard(target)) {
        None => {
            let standard = Path::new("-");
            let unwritable = |error| Failure::unwritable("standard output", &error);
            if journal::is_replaying() {
                let sha256 = hashed(&mut io::sink(), content).map_err(unwritable)?;
                journal::note_output(standard, sha256);
                return Ok(());
            }
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            if journal::is_on() {
                let sha256 = hashed(&mut out, content).map_err(unwritable)?;
                journal::note_output(standard, sha256);
                Ok(())
            } else {
                content(&mut out).and_then(|()| out.flush()).map_err(unwritable)
            }
        }
        Some(path) => prepare(path, content)?.commit(),
    }
}
