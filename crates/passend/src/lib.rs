// SPDX-License-Identifier: EUPL-1.2
//! engine
#![forbid(unsafe_code)]
mod criterion;
mod explain;
mod model;
mod policy;
mod prepare;
mod score;
mod text;
mod vocabulary;
pub use explain::*;
pub use model::*;
pub use policy::*;
pub use text::{Lang, Text, fold};
pub use vocabulary::*;
