// SPDX-License-Identifier: EUPL-1.2
//! Text: what people write, folded so that it can be compared, and what people read, in Dutch and English.

mod catalogue;
mod fold;

pub(crate) use catalogue::{Args, Say};
pub use catalogue::{Lang, Text};
pub use fold::fold;
