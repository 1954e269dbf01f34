// SPDX-License-Identifier: EUPL-1.2
//! A file that is there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that takes the place of its target only when all of it is written.
///
/// It is written beside the target under another name, brought to the disk and then renamed. Dropped before
/// [`commit`](Self::commit) it leaves nothing behind and the target as it was. A target that is no ordinary file (a
/// terminal, `/dev/null`, a named pipe) is written straight.
#[derive(Debug)]
pub struct AtomicFile {
    file: Option<File>,
    target: PathBuf,
    /// The name until it is complete; `None` for a target that is written straight.
    temporary: Option<PathBuf>,
}

/// Who may read a new file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// As the system has it; an existing target keeps what it has.
    #[default]
    Usual,
    /// The owner alone (mode 0600): for what may hold data about people beyond the results.
    Owner,
}

impl AtomicFile {
    /// Begins a file that will take the place of `target`.
    ///
    /// # Errors
    /// When no file can be made beside the target.
    pub fn create(target: impl AsRef<Path>, access: Access) -> io::Result<Self> {
        // `/dev/stdout` leads to whatever file the output is: that file is added to, not replaced under its reader.
        if target.as_ref().starts_with("/dev") {
            return Self::straight(target.as_ref());
        }
        // A link stays a link: what it points to is replaced.
        let target = match fs::canonicalize(&target) {
            Ok(existing) => existing,
            Err(_) => target.as_ref().to_owned(),
        };
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return Self::straight(&target);
        }
        let name = target.file_name().ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "expected the name of a file")
        })?;
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for attempt in 0..100 {
            let mut beside = std::ffi::OsString::from(".");
            beside.push(name);
            beside.push(format!(".{}-{attempt}.tmp", std::process::id()));
            let temporary = target.with_file_name(beside);
            match new_file(&temporary, access) {
                Ok(file) => {
                    let made = Self { file: Some(file), target, temporary: Some(temporary) };
                    if let (Some(existing), Access::Usual, Some(file)) =
                        (existing, access, &made.file)
                    {
                        file.set_permissions(existing.permissions())?;
                    }
                    return Ok(made);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    fn straight(target: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().append(true).open(target)?;
        Ok(Self { file: Some(file), target: target.to_owned(), temporary: None })
    }

    /// The name under which the file is written until it is complete, if it has one.
    pub fn temporary(&self) -> Option<&Path> {
        self.temporary.as_deref()
    }

    /// Brings everything to the disk and puts the file in the place of its target.
    ///
    /// # Errors
    /// When the disk or the folder refuses; the target is then as it was.
    pub fn commit(mut self) -> io::Result<()> {
        let Some(mut file) = self.file.take() else { return Ok(()) };
        file.flush()?;
        let Some(temporary) = &self.temporary else { return Ok(()) };
        file.sync_all()?;
        drop(file);
        fs::rename(temporary, &self.target)?;
        self.temporary = None;
        // The new name lives in the folder; not every system lets a folder be synced, and the file itself is safe.
        if let Some(folder) = self.target.parent().and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

fn new_file(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options.open(path)
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.file {
            Some(file) => file.write(bytes),
            None => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        self.file = None;
        if let Some(temporary) = &self.temporary {
            // Nothing can be done here if it fails; a file with the ending .tmp remains.
            let _ = fs::remove_file(temporary);
        }
    }
}
