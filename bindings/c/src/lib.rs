// SPDX-License-Identifier: EUPL-1.2
//! C library of the passend matching engine: convert, call, convert back.
//!
//! `abi` is what C sees, and all of the unsafe code: it turns pointers into slices and hands on what it allocated. The rest
//! is safe and tested without C: a `Handle` runs an operation of `op` on a request of JSON.
//!
//! Invariant: no function lets a panic out, prints, opens a connection, or reads a file that the configuration does not name.

mod abi;
#[cfg(test)]
mod abi_tests;
mod answer;
mod config;
mod failure;
mod handle;
mod job;
mod markets;
mod op;
mod pool;
mod request;
#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod study_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod wrong_tests;

pub use abi::{
    PassendBuffer, PassendEngine, PassendError, PassendLog, PassendOptions, PassendProgress,
    passend_abi_version, passend_buffer_free, passend_engine_free, passend_engine_new,
    passend_error_free, passend_match_arrow, passend_run,
};
pub use failure::PassendStatus;
pub use job::PassendLevel;

/// The version of the interface: it changes only when an old client would no longer run. The SONAME carries it.
const ABI_VERSION: u32 = 1;
