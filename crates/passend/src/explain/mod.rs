// SPDX-License-Identifier: EUPL-1.2
//! Why: the records that say it, and the pages made of them.

mod record;

pub use record::*;
