// SPDX-License-Identifier: EUPL-1.2
//! A file that is there whole or not at all, written by one process at a time.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that takes the place of its target only when all of it is written.
///
/// It is written beside the target under another name, brought to the disk and then renamed. Dropped before
/// [`commit`](Self::commit) it leaves nothing behind and the target as it was. A target that is no ordinary file (a
/// terminal, `/dev/null`, a named pipe) is written straight.
///
/// From [`create`](Self::create) to the end it is locked: a second process, or a second file of this one, gets
/// [`CreateError::Busy`]. The lock is the system's own and ends with the process however it ends, so what a killed process
/// left behind is told from what another is writing, and is removed by the next file that is begun in the folder.
#[derive(Debug)]
pub struct AtomicFile {
    /// Holds the lock.
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
    /// The owner alone (mode 0600): for what may hold data about people beyond the results. On Windows whoever the folder
    /// lets in: put such a file in a folder of your own.
    Owner,
}

/// Why a file could not be begun.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CreateError {
    /// Another process is writing this target now.
    #[error("another run is writing this file")]
    Busy,
    /// The folder or the system refuses.
    #[error(transparent)]
    System(#[from] io::Error),
}

impl From<CreateError> for io::Error {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Busy => Self::new(io::ErrorKind::ResourceBusy, error),
            CreateError::System(error) => error,
        }
    }
}

/// How the name of an unfinished file ends; it begins with a point.
const ENDING: &str = ".passend-tmp";

impl AtomicFile {
    /// Begins a file that will take the place of `target`.
    ///
    /// # Errors
    /// When another run is writing it, or no file can be made beside the target.
    pub fn create(target: impl AsRef<Path>, access: Access) -> Result<Self, CreateError> {
        // `/dev/stdout` leads to whatever file the output is: that file is added to, not replaced under its reader.
        if target.as_ref().starts_with("/dev") {
            return Ok(Self::straight(target.as_ref())?);
        }
        // A link stays a link: what it points to is replaced.
        let target = match fs::canonicalize(&target) {
            Ok(existing) => existing,
            Err(_) => target.as_ref().to_owned(),
        };
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return Ok(Self::straight(&target)?);
        }
        let name = target.file_name().ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "expected the name of a file")
        })?;
        let temporary = target.with_file_name(unfinished(name));
        let file = claim(&temporary, access)?;
        let made = Self { file: Some(file), target, temporary: Some(temporary) };
        if let (Some(existing), Access::Usual, Some(file)) = (existing, access, &made.file) {
            file.set_permissions(existing.permissions())?;
        }
        made.sweep();
        Ok(made)
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
        let Some(file) = &mut self.file else { return Ok(()) };
        file.flush()?;
        let Some(temporary) = &self.temporary else { return Ok(()) };
        file.sync_all()?;
        // The lock is held until the name is gone: nobody can take it for one that was left behind.
        fs::rename(temporary, &self.target)?;
        self.temporary = None;
        self.file = None;
        // The new name lives in the folder; not every system lets a folder be synced, and the file itself is safe.
        if let Some(folder) = folder_of(&self.target).and_then(|folder| File::open(folder).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }

    /// Removes what killed processes left in the folder. It is no matter if that fails.
    fn sweep(&self) {
        let Some(entries) = folder_of(&self.target).and_then(|folder| fs::read_dir(folder).ok())
        else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let path = entry.path();
            if name.starts_with('.')
                && name.ends_with(ENDING)
                && self.temporary.as_deref().and_then(Path::file_name) != path.file_name()
            {
                let _ = remove_abandoned(&path);
            }
        }
    }
}

fn unfinished(name: &OsStr) -> OsString {
    let mut temporary = OsString::from(".");
    temporary.push(name);
    temporary.push(ENDING);
    temporary
}

/// The folder in which a file stands.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// Makes a new file of this name and locks it; one that a killed process left is removed before.
///
/// Who makes the file and who may remove it are told apart by the lock alone. Between making and locking another process
/// may take the new file for an abandoned one and remove it; then the name leads elsewhere, and all begins again.
fn claim(path: &Path, access: Access) -> Result<File, CreateError> {
    const ATTEMPTS: usize = 100;
    for _ in 0..ATTEMPTS {
        match new_file(path, access) {
            Ok(file) => match file.lock() {
                Ok(()) if is_named(&file, path) => return Ok(file),
                Ok(()) => {}
                // A file system without locks: the name alone keeps two runs apart.
                Err(_) => return Ok(file),
            },
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if remove_abandoned(path)? == Left::InUse {
                    return Err(CreateError::Busy);
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(CreateError::Busy)
}

/// What became of an unfinished file.
#[derive(Debug, PartialEq, Eq)]
enum Left {
    /// It is there no more.
    Gone,
    /// A process is writing it, or nobody can tell.
    InUse,
}

/// Removes an unfinished file if no process is writing it.
fn remove_abandoned(path: &Path) -> io::Result<Left> {
    // It has the permissions of its target, which may be one that is only read.
    let open = OpenOptions::new().write(true).open(path).or_else(|_| File::open(path));
    let file = match open {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Left::Gone),
        Err(error) if is_held(&error) => return Ok(Left::InUse),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => {
            if is_named(&file, path) {
                fs::remove_file(path)?;
            }
            Ok(Left::Gone)
        }
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => Ok(Left::InUse),
    }
}

/// Whether the name still leads to this file, and by itself: a link that somebody laid there is not followed.
#[cfg(unix)]
fn is_named(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(own), Ok(named)) => (own.dev(), own.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Elsewhere nobody can have removed it: see [`new_file`].
#[cfg(not(unix))]
fn is_named(_: &File, path: &Path) -> bool {
    path.exists()
}

/// Whether a file could not be opened because a process writes it that lets nobody else open it.
#[cfg(windows)]
fn is_held(error: &io::Error) -> bool {
    const ERROR_SHARING_VIOLATION: i32 = 32;
    error.raw_os_error() == Some(ERROR_SHARING_VIOLATION)
}

#[cfg(not(windows))]
const fn is_held(_: &io::Error) -> bool {
    false
}

fn new_file(path: &Path, access: Access) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    // Windows has no such mode: a new file is for whom its folder is for. While it is written nobody else may open it, so
    // that nobody takes it for one that was left behind; it may be renamed and removed, which is what we do.
    #[cfg(windows)]
    {
        const FILE_SHARE_DELETE: u32 = 4;
        std::os::windows::fs::OpenOptionsExt::share_mode(&mut options, FILE_SHARE_DELETE);
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
        // Removed before the lock is given back: what stands there after that belongs to another.
        if let Some(temporary) = &self.temporary {
            // Nothing can be done here if it fails; the next run removes it.
            let _ = fs::remove_file(temporary);
        }
        self.file = None;
    }
}
