// SPDX-License-Identifier: EUPL-1.2
//! Where results go: standard output, or a file that is there whole or not at all.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use passend_io::{Access, AtomicFile};

use crate::failure::Failure;
use crate::interrupt::Unfinished;

/// Whether a person reads what is written there.
pub(crate) fn is_terminal(target: Option<&Path>) -> bool {
    is_standard(target) && io::stdout().is_terminal()
}

fn is_standard(target: Option<&Path>) -> bool {
    // Opened again by its name, standard output would be written from its beginning once more.
    target.is_none_or(|target| target == Path::new("-") || target == Path::new("/dev/stdout"))
}

/// A file that is written but has not taken the place of its target yet.
pub(crate) struct Prepared {
    file: AtomicFile,
    path: PathBuf,
    _unfinished: Unfinished,
}

impl Prepared {
    /// Puts the file in its place.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        self.file.commit().map_err(|error| Failure::unwritable(self.path.display(), &error))
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
    let file = AtomicFile::create(path, access)?;
    let unfinished = Unfinished::new(file.temporary());
    let mut out = BufWriter::with_capacity(1 << 16, file);
    content(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    Ok(Prepared { file, path: path.to_owned(), _unfinished: unfinished })
}

/// Refuses files that would be read and written, or written twice, each with the argument that names it; and files that
/// cannot be written, before the work is done.
pub(crate) fn may_be_written(
    read: &[(&str, &Path)],
    written: &[(&str, &Path)],
) -> Result<(), Failure> {
    let place = |path: &Path| {
        path.canonicalize().unwrap_or_else(|_| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).canonicalize().unwrap_or_default();
            path.file_name().map_or(folder.clone(), |name| folder.join(name))
        })
    };
    for (at, (name, path)) in
        written.iter().enumerate().filter(|(_, (_, path))| !is_standard(Some(path)))
    {
        let others = read.iter().chain(written.iter().skip(at + 1));
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
        // Dropped at once, it leaves nothing behind.
        drop(
            AtomicFile::create(path, Access::Usual)
                .map_err(|error| Failure::unwritable(path.display(), &error))?,
        );
    }
    Ok(())
}

/// Writes a file that only its owner may read.
pub(crate) fn write_private(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    write_file(path, Access::Owner, content)
        .map_err(|error| Failure::unwritable(path.display(), &error))
}

/// Writes a result: to standard output without a target or with `-`, else to a file that takes the place of its target
/// only when all of it is written.
pub(crate) fn write(
    target: Option<&Path>,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match target.filter(|_| !is_standard(target)) {
        None => {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
            content(&mut out)
                .and_then(|()| out.flush())
                .map_err(|error| Failure::unwritable("standard output", &error))
        }
        Some(path) => write_file(path, Access::Usual, content)
            .map_err(|error| Failure::unwritable(path.display(), &error)),
    }
}

fn write_file(
    path: &Path,
    access: Access,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    prepared(path, access, content)?.file.commit()
}
