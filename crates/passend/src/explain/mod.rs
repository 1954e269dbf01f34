// SPDX-License-Identifier: EUPL-1.2
//! Why: the records that say it, and the pages made of them.

mod html;
mod page;
mod plain;
mod record;
mod rows;
mod teller;
mod words;

pub use page::Reader;
pub use record::*;
pub(crate) use teller::Teller;
