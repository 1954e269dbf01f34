// SPDX-License-Identifier: EUPL-1.2
//! Synthetic people and vacancies for the passend matching engine: the same seed gives the same people everywhere.
//!
//! The records are good enough for tests, demonstrations and measurements of speed. They are no forecast: what a run on
//! them shows about a policy is arithmetic on assumptions.
//!
//! ```
//! use passend_synth::{Settings, candidates, vacancies};
//!
//! let vocabulary = passend::Vocabulary::starter();
//! let settings = Settings { candidates: 3, vacancies: 2, seed: 1, ..Settings::default() };
//! let people: Vec<_> = candidates(&settings, &vocabulary).collect();
//! assert_eq!(people.len(), 3);
//! assert_eq!(people[2].id, "c0000003");
//! assert_eq!(vacancies(&settings, &vocabulary).count(), 2);
//! ```
//!
//! # What holds
//!
//! - A record depends on the seed, its file and its number, the regime, and the vocabulary; on nothing else. The first 100
//!   of 1,000 are the 100 of a run with 100. Everything is whole-number arithmetic on [splitmix64], one stream for each part
//!   of each record: a changed table changes its own part only.
//! - The regime changes what gates look at; the work, skills and diplomas of person *n* are the same in all three.
//! - The attributes of the audit file have their own stream. No record depends on them, not even by a proxy: languages,
//!   residence status and work tell nothing of the origin, sex or age in the audit file. A fairness table over synthetic
//!   data must find no more than chance.
//! - One vacancy in a hundred is made for one person. Which, and what stands in the way, is in the key ([`truth`]) alone.
//! - Postcodes lie where [`places`] says, which is invented.
//! - Days count from [`REFERENCE_DAY`], never from the clock. Take it as `as_of`.
//! - Every record is free of problems and of protected keys; a vocabulary without occupations gives people without work.
//!
//! # Calibrated on statistics
//!
//! | what | on what |
//! |---|---|
//! | status holders in reception | COA through SER Noord-Nederland and NJi, December 2024 |
//! | waiting for a BSN | Tweede Kamer 2024D44827 |
//! | highest education | SCP, Syrian status holders, 2017: one group of origin, the only figures found |
//! | reception centres of the north | capacities from news reports, 2018 to 2024; places, not today's stock |
//! | people in reception, whole country | COA, 25 September 2023 |
//! | sectors of vacancies | CBS StatLine 80474NED, second quarter of 2023 |
//! | share of part-time vacancies | CBS EBB, of jobs |
//! | vacancies without Dutch | Indeed through ANP, 2026 |
//! | age and sex, audit only | CBS, Statistiek Wet inburgering 2022 |
//! | nationality, audit only | SER Noord-Nederland |
//!
//! # Assumed
//!
//! All else, each in its table under `src/tables` with the reason: the split of asylum seekers by length of stay, language
//! levels, travel limits, lessons, hours, certificates, experience, which occupations are common (those with many everyday
//! titles, then by Zipf's law with exponent 1), the sector of an occupation, employers' stance on work permits, and how
//! often a field is left out (`src/tables/unknowns.rs`), postcodes, times that begin at any quarter of an hour, and how often a
//! title has several readings. Features are drawn apart from each other except where a table
//! says otherwise: real people are more alike than these. All are adults. Where all live and work, [`Spread`] says: in
//! Groningen, Fryslân and Drenthe, or in the whole country, where the reception centres outside the north and the numbers of
//! vacancies by municipality are assumed (`src/tables/country.rs`).
//!
//! [splitmix64]: https://doi.org/10.1145/2660193.2660195
#![forbid(unsafe_code)]

mod audit;
mod candidate;
mod catalogue;
mod draws;
mod places;
mod planted;
mod settings;
mod shares;
mod tables;
mod vacancy;
mod wide;
mod write;

pub use audit::{AgeGroup, AuditRow, Sex, audit};
pub use candidate::candidates;
pub use places::{PlaceRow, places};
pub use planted::{Truth, truth};
pub use settings::{REFERENCE_DAY, Regime, Settings, Spread, UnknownRegime, UnknownSpread};
pub use vacancy::vacancies;
pub use wide::wide_vocabulary;
pub use write::{write_audit, write_jsonl, write_places};
