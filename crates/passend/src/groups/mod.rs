// SPDX-License-Identifier: EUPL-1.2
//! Groups of people, never one person: by what they are counted, and how many may work, from when, after which measure.

mod dimension;

pub use dimension::{Category, Dimension, Grouping};
