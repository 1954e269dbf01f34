// SPDX-License-Identifier: EUPL-1.2
//! Snapshots of shelves, read whole and checked, and written.

use std::io::{self, Read, Write};

use passend::{Engine, Shelf, SnapshotError};

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

/// Reads a shelf that [`write_snapshot`] wrote: all of it is read and checked, no vacancy is prepared again.
///
/// What does not begin as a snapshot is not read further.
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
/// assert_eq!(read_snapshot(&engine, std::fs::File::open(&path)?)?.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Reading fails; or the content is no snapshot, cut off, changed, of another format, or made by another version of the
/// engine or with other rules, weights or words.
pub fn read_snapshot(engine: &Engine, mut from: impl Read) -> Result<Shelf, SnapshotFileError> {
    /// Enough to see the mark.
    const BEGIN: u64 = 8;
    let mut bytes = Vec::new();
    from.by_ref().take(BEGIN).read_to_end(&mut bytes)?;
    if !Shelf::is_snapshot(&bytes) {
        return Err(SnapshotError::NotASnapshot.into());
    }
    from.read_to_end(&mut bytes)?;
    Ok(Shelf::from_snapshot(engine, bytes)?)
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
        assert!(read_snapshot(&engine, bytes.as_slice()).unwrap().is_empty());
        let error = |bytes: &[u8]| match read_snapshot(&engine, bytes).unwrap_err() {
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
    }
}
