// SPDX-License-Identifier: EUPL-1.2
//! engine
#![forbid(unsafe_code)]
mod explain;
mod model;
mod policy;
mod text;
mod vocabulary;
pub use explain::*;
pub use model::*;
pub use policy::*;
pub use text::{Lang, Text, fold};
pub use vocabulary::*;
