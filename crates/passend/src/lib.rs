// SPDX-License-Identifier: EUPL-1.2
//! engine
#![forbid(unsafe_code)]
mod explain;
mod model;
mod text;
pub use explain::*;
pub use model::*;
pub use text::{Lang, Text, fold};
