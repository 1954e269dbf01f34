// SPDX-License-Identifier: EUPL-1.2
//! A shelf as one file: versioned, checksummed, opened without preparing a vacancy again.
//!
//! All numbers are little-endian. A head of 28 bytes (mark, format, two bytes of nothing, length and checksum of the rest);
//! then what it was made by (version of the engine, rules, weights, vocabulary, day); texts; what the index knows, whose
//! tables are read where they stand; facts of each vacancy, of which each is read when it is first asked for.

use std::sync::Arc;

use rayon::prelude::*;

use super::shelf::Board;
use super::{Engine, Shelf};
use crate::history::History;
use crate::index::Stock;
use crate::model::Day;
use crate::prepare::{Bytes, Packed, SnapshotBytes, Vacancies, Words};
use crate::score::WeightVectors;
use crate::vocabulary::checksum;

/// What every snapshot begins with.
const MAGIC: [u8; 8] = *b"\x89PASSHLF";
/// The format that is written and read.
const FORMAT: u16 = 4;
/// Mark, format, two bytes of nothing, length, checksum.
const HEAD: usize = 8 + 2 + 2 + 8 + 8;
/// Bytes that have a checksum of their own.
const PART: usize = 1 << 20;

/// Why bytes are no shelf of this engine, or a shelf cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// The bytes do not begin as a snapshot does.
    #[error("no snapshot of vacancies")]
    NotASnapshot,
    /// It is written in another format.
    #[error("a snapshot of format {found}; this version reads {known}")]
    Format {
        /// That of the file.
        found: u16,
        /// That which is read.
        known: u16,
    },
    /// It is cut off, or something stands after it.
    #[error("a snapshot of {expected} bytes, of which there are {found}")]
    Length {
        /// Bytes that it should have.
        expected: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// Some of its bytes were changed.
    #[error("a snapshot that was changed: its checksum differs")]
    Checksum,
    /// It was made by another version, or with other rules, weights or words; make it again.
    #[error("a snapshot made with {what} {found}; here it is {here}")]
    Other {
        /// What differs: `passend`, `rules`, `weights` or `vocabulary`.
        what: &'static str,
        /// What the snapshot was made with.
        found: String,
        /// What the engine has.
        here: String,
    },
    /// Its content contradicts itself.
    #[error("a snapshot with contradictions in its {part}")]
    Content {
        /// The part.
        part: &'static str,
    },
    /// A shelf of a market after events is not written: what happened belongs to people and changes every day.
    #[error("a shelf after events is not written; write one without, and give the events again")]
    Events,
}

impl Shelf {
    /// Whether these bytes begin as a snapshot does.
    pub fn is_snapshot(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC)
    }

    /// The vacancies and what was made ready of them, as one file. Vacancies that were taken away are not in it.
    ///
    /// Bytes may differ where the answers are the same: texts are numbered in the order in which threads met them.
    ///
    /// ```
    /// use passend::{Engine, Shelf, SnapshotError, Vacancy};
    /// let cook: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
    /// let engine = Engine::default();
    /// let bytes = engine.shelf(&[cook], "2026-11-25".parse()?)?.snapshot()?;
    ///
    /// let shelf = Shelf::from_snapshot(&engine, bytes.clone())?;
    /// assert_eq!((shelf.len(), shelf.as_of().to_string().as_str()), (1, "2026-11-25"));
    /// let cut = bytes[..bytes.len() - 1].to_vec();
    /// assert!(matches!(Shelf::from_snapshot(&engine, cut), Err(SnapshotError::Length { .. })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// It is the shelf of a market after events.
    pub fn snapshot(&self) -> Result<Vec<u8>, SnapshotError> {
        if !self.history.is_empty() || !self.filled.is_empty() {
            return Err(SnapshotError::Events);
        }
        let mut to = vec![0; HEAD];
        for (_, text) in made_with(&self.engine) {
            text.into_boxed_str().put(&mut to);
        }
        self.as_of.put(&mut to);
        self.words.put(&mut to);
        let joined;
        let board = match self.boards.as_slice() {
            [only] if only.taken == 0 => only,
            _ => {
                joined = Board::new(self.plain(), self.all());
                &joined
            }
        };
        board.stock.put(&mut to);
        board.vacancies.put(&mut to);
        let body = to.get(HEAD..).unwrap_or_default();
        let (length, checksum) = (body.len() as u64, seal_of(body));
        let head = MAGIC.into_iter().chain(FORMAT.to_le_bytes()).chain([0; 2]);
        let head = head.chain(length.to_le_bytes()).chain(checksum.to_le_bytes());
        for (byte, own) in to.iter_mut().zip(head) {
            *byte = own;
        }
        Ok(to)
    }

    /// A shelf that was written by [`Shelf::snapshot`], all of its bytes checked.
    ///
    /// A file that somebody made up, with a right checksum, gives wrong answers at worst.
    ///
    /// # Errors
    ///
    /// The bytes are no snapshot, one of another format, cut off or changed; or it was made by another version of the
    /// engine, or with other rules, weights or words.
    pub fn from_snapshot(
        engine: &Engine,
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
    ) -> Result<Self, SnapshotError> {
        let bytes = SnapshotBytes::new(bytes);
        let mut from = Bytes(opened(bytes.bytes())?);
        let damaged = |part| SnapshotError::Content { part };
        for (what, here) in made_with(engine) {
            let found = Box::<str>::take(&mut from).ok_or(damaged("head"))?;
            if *found != *here {
                return Err(SnapshotError::Other { what, found: found.into(), here });
            }
        }
        let as_of = Day::take(&mut from).ok_or(damaged("head"))?;
        let words = Words::take(&bytes, &mut from).ok_or(damaged("texts"))?;
        let stock = Stock::take(&bytes, &mut from).ok_or(damaged("index"))?;
        let vacancies = Vacancies::take(&bytes, &mut from).ok_or(damaged("vacancies"))?;
        if !from.0.is_empty() || !stock.is_of(vacancies.len()) {
            return Err(damaged("vacancies"));
        }
        let board = Board { vacancies, stock: Arc::new(stock), gone: Arc::default(), taken: 0 };
        Ok(Self {
            engine: engine.clone(),
            as_of,
            rules: Arc::new(engine.policy.rules_on(as_of)),
            weights: WeightVectors::new(engine.policy.weights()),
            words: Arc::new(words),
            history: Arc::new(History::default()),
            filled: Arc::default(),
            boards: Some(board).filter(|board| board.len() > 0).into_iter().collect(),
        })
    }
}

/// What follows the head, if the head says so.
fn opened(bytes: &[u8]) -> Result<&[u8], SnapshotError> {
    let mut from = Bytes(bytes.strip_prefix(&MAGIC).ok_or(SnapshotError::NotASnapshot)?);
    let found = bytes.len() as u64;
    let short = || SnapshotError::Length { expected: HEAD as u64, found };
    let format = <[u8; 2]>::take(&mut from).map(u16::from_le_bytes).ok_or_else(short)?;
    if format != FORMAT {
        return Err(SnapshotError::Format { found: format, known: FORMAT });
    }
    let zeros = <[u8; 2]>::take(&mut from).ok_or_else(short)?;
    let length = <[u8; 8]>::take(&mut from).map(u64::from_le_bytes).ok_or_else(short)?;
    let expected = <[u8; 8]>::take(&mut from).map(u64::from_le_bytes).ok_or_else(short)?;
    if zeros != [0; 2] {
        return Err(SnapshotError::Content { part: "head" });
    }
    if from.0.len() as u64 != length {
        let expected = length.saturating_add(HEAD as u64);
        return Err(SnapshotError::Length { expected, found });
    }
    if seal_of(from.0) != expected {
        return Err(SnapshotError::Checksum);
    }
    Ok(from.0)
}

/// The checksum of the checksums of parts, which threads find side by side.
fn seal_of(bytes: &[u8]) -> u64 {
    let parts: Vec<[u8; 8]> =
        bytes.par_chunks(PART).map(|part| checksum(part).to_le_bytes()).collect();
    checksum(parts.as_flattened())
}

/// What decides how vacancies are prepared, by name.
fn made_with(engine: &Engine) -> [(&'static str, String); 4] {
    let Engine { policy, vocabulary } = engine;
    let announced = if policy.announced() { ", announced rules decide" } else { "" };
    [
        ("passend", env!("CARGO_PKG_VERSION").to_owned()),
        ("rules", format!("{}{announced}", policy.version())),
        ("weights", engine.versions().weights),
        ("vocabulary", vocabulary.version().to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vacancy;
    use proptest::prelude::*;

    fn demo() -> (Engine, Vec<u8>) {
        let lines = include_str!(concat!(env!("PASSEND_FIXTURES"), "/demo/vacancies.jsonl"));
        let work: Vec<Vacancy> =
            lines.lines().take(12).map(|line| serde_json::from_str(line).unwrap()).collect();
        let engine = Engine::default();
        let shelf = engine.shelf(&work, "2026-11-25".parse().unwrap()).unwrap();
        let bytes = shelf.snapshot().unwrap();
        (engine, bytes)
    }

    #[test]
    fn every_cut_and_every_flipped_bit_shows() {
        let (engine, bytes) = demo();
        assert!(Shelf::from_snapshot(&engine, bytes.clone()).is_ok());
        // Where the checksum is asked, the rest of the way in is the same for every byte.
        for end in 0..bytes.len() {
            let cut = bytes.get(..end).unwrap();
            assert!(opened(cut).is_err(), "{end}");
        }
        let mut changed = bytes.clone();
        changed.push(0);
        assert!(matches!(opened(&changed), Err(SnapshotError::Length { .. })));
        changed.pop();
        for at in 0..bytes.len() * 8 {
            changed[at / 8] ^= 1 << (at % 8);
            let error = opened(&changed).unwrap_err();
            let expected = match at / 8 {
                0..8 => error == SnapshotError::NotASnapshot,
                8..10 => matches!(error, SnapshotError::Format { .. }),
                10..12 => error == SnapshotError::Content { part: "head" },
                12..20 => matches!(error, SnapshotError::Length { .. }),
                _ => error == SnapshotError::Checksum,
            };
            assert!(expected, "{at} {error}");
            changed[at / 8] ^= 1 << (at % 8);
        }
    }

    #[test]
    fn what_it_was_made_with_is_held_against_the_engine() {
        let (engine, bytes) = demo();
        let policy = engine.policy();
        let weights = policy.weights().around(10).remove(0);
        let other =
            Engine::new(policy.with_weights(weights).unwrap(), crate::Vocabulary::starter());
        let error = Shelf::from_snapshot(&other, bytes.clone()).unwrap_err();
        assert!(matches!(error, SnapshotError::Other { what: "weights" | "rules", .. }), "{error}");
        let place = crate::Place::new("9999", 237_412, 582_004, 100).unwrap();
        let policy = policy.clone().with_places([place]);
        let other = Engine::new(policy, crate::Vocabulary::starter());
        let error = Shelf::from_snapshot(&other, bytes).unwrap_err();
        assert!(matches!(error, SnapshotError::Other { what: "rules", .. }), "{error}");
    }

    /// With the length and checksum that belong to what follows them.
    fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
        let body = bytes.get(HEAD..).unwrap();
        let seal = [(body.len() as u64).to_le_bytes(), seal_of(body).to_le_bytes()].concat();
        bytes.get_mut(12..HEAD).unwrap().copy_from_slice(&seal);
        bytes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn made_up_content_never_panics(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
            cut in any::<prop::sample::Index>(),
        ) {
            let (engine, mut bytes) = demo();
            for (at, byte) in &changes {
                let at = HEAD + at.index(bytes.len() - HEAD);
                bytes[at] = *byte;
            }
            if cut.index(3) == 0 {
                bytes.truncate(HEAD + cut.index(bytes.len() - HEAD));
            }
            let person = serde_json::from_str(
                r#"{"id":"c1","experience":[{"title":"kok","months":36}],"languages":[]}"#,
            ).unwrap();
            if let Ok(shelf) = Shelf::from_snapshot(&engine, resealed(bytes)) {
                // A wrong answer, or the disagreement that the check finds.
                let _ = shelf.rank_one(&person, &crate::Request::default(), &crate::Watch::new());
                let _ = shelf.without(&["v001"]).snapshot();
            }
        }
    }
}
