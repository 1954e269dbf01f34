// SPDX-License-Identifier: EUPL-1.2
//! Where results go: standard output, or a file that is there whole or not at all.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

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
    let file = AtomicFile::create(path, access)?;
    let _unfinished = Unfinished::new(file.temporary());
    let mut out = BufWriter::with_capacity(1 << 16, file);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.commit()
}
