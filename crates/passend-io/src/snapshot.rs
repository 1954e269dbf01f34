// SPDX-License-Identifier: EUPL-1.2
//! Snapshots of shelves, read whole and checked, and written.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use memmap2::MmapMut;
use passend::{Engine, Shelf, SnapshotError};
#[cfg(unix)]
use rayon::prelude::*;

/// Why a snapshot could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotFileError {
    /// An error of the system.
    #[error(transparent)]
    System(#[from] io::Error),
    /// The content is no shelf of this engine, or the shelf cannot be written.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

/// Opens a shelf that [`write_snapshot`] wrote: all of it is read and checked, no vacancy is prepared again.
///
/// What does not begin as a snapshot is not read further. A file is read by all threads; what is no file, such as a pipe,
/// by one.
///
/// ```
/// use passend::{Engine, Vacancy};
/// use passend_io::{Access, AtomicFile, read_snapshot, write_snapshot};
///
/// let cook: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
/// let engine = Engine::default();
/// let shelf = engine.shelf(&[cook], "2026-11-25".parse()?)?;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("work.snapshot");
/// let mut file = AtomicFile::create(&path, Access::Usual)?;
/// write_snapshot(&shelf, &mut file)?;
/// file.commit()?;
/// assert_eq!(read_snapshot(&engine, &path)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Reading fails; or the content is no snapshot, cut off, changed, of another format, or made by another version of the
/// engine or with other rules, weights or words.
pub fn read_snapshot(engine: &Engine, path: &Path) -> Result<Shelf, SnapshotFileError> {
    /// Enough to see the mark.
    const BEGIN: u64 = 8;
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    Read::by_ref(&mut file).take(BEGIN).read_to_end(&mut bytes)?;
    if !Shelf::is_snapshot(&bytes) {
        return Err(SnapshotError::NotASnapshot.into());
    }
    if file.metadata()?.is_file() {
        return Ok(Shelf::from_snapshot(engine, whole(&file)?)?);
    }
    file.read_to_end(&mut bytes)?;
    Ok(Shelf::from_snapshot(engine, bytes)?)
}

/// All bytes of a file, in memory of its own.
///
/// Memory that is asked for in small pages takes five times as long to get as the file takes to read.
fn whole(file: &File) -> io::Result<MmapMut> {
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut room = MmapMut::map_anon(length)?;
    // Where there are no large pages, small ones do.
    #[cfg(target_os = "linux")]
    let _ = room.advise(memmap2::Advice::HugePage);
    fill(file, &mut room)?;
    Ok(room)
}

#[cfg(unix)]
fn fill(file: &File, room: &mut [u8]) -> io::Result<()> {
    use std::os::unix::fs::FileExt;

    /// What a thread reads at once.
    const PART: usize = 4 << 20;
    let parts = room.par_chunks_mut(PART).enumerate();
    parts.try_for_each(|(number, part)| file.read_exact_at(part, (number * PART) as u64))
}

#[cfg(not(unix))]
fn fill(mut file: &File, room: &mut [u8]) -> io::Result<()> {
    use std::io::Seek;

    file.rewind()?;
    file.read_exact(room)
}

/// Writes a shelf as a file from which it is opened without preparing a vacancy again.
///
/// # Errors
///
/// Writing fails; or the shelf is that of a market after events.
pub fn write_snapshot(shelf: &Shelf, mut to: impl Write) -> Result<(), SnapshotFileError> {
    to.write_all(&shelf.snapshot()?)?;
    Ok(to.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_and_cut_files_are_told_apart() {
        let engine = Engine::default();
        let shelf = engine.shelf(&[], passend::Day::from_days_since_1970(20_782)).unwrap();
        let mut bytes = Vec::new();
        write_snapshot(&shelf, &mut bytes).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work.snapshot");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            read_snapshot(&engine, &path)
        };
        assert!(read(&bytes).unwrap().is_empty());
        let error = |bytes: &[u8]| match read(bytes).unwrap_err() {
            SnapshotFileError::Snapshot(error) => error,
            SnapshotFileError::System(error) => panic!("{error}"),
        };
        assert_eq!(error(b"{\"id\":\"v1\"}"), SnapshotError::NotASnapshot);
        assert_eq!(error(b""), SnapshotError::NotASnapshot);
        let cut = &bytes[..bytes.len() - 1];
        assert!(matches!(error(cut), SnapshotError::Length { .. }));
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        assert_eq!(error(&bytes), SnapshotError::Checksum);
        let missing = read_snapshot(&engine, &folder.path().join("none")).unwrap_err();
        assert!(matches!(missing, SnapshotFileError::System(_)), "{missing}");
    }

    #[test]
    fn parts_of_a_file_stand_where_they_stood() {
        let bytes: Vec<u8> = (0..9_000_000u32).map(|at| (at % 251) as u8).collect();
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&bytes).unwrap();
        assert!(*whole(&file).unwrap() == *bytes);
    }

    /// What a pipe gives is read to its end.
    #[cfg(unix)]
    #[test]
    fn a_snapshot_comes_through_a_pipe() {
        use std::os::fd::AsRawFd;

        let engine = Engine::default();
        let shelf = engine.shelf(&[], passend::Day::from_days_since_1970(20_782)).unwrap();
        let (from, mut to) = io::pipe().unwrap();
        write_snapshot(&shelf, &mut to).unwrap();
        drop(to);
        let path = format!("/dev/fd/{}", from.as_raw_fd());
        assert!(read_snapshot(&engine, Path::new(&path)).unwrap().is_empty());
    }
}
