// SPDX-License-Identifier: EUPL-1.2
//! Foreign files to records: each format gives drafts, and the reader of our own records judges them.

pub(crate) mod draft;
mod message;

pub use self::message::*;
