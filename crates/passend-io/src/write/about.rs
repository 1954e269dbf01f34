// SPDX-License-Identifier: EUPL-1.2
//! What a result stands on, for forms that carry it along.

use passend::{Day, Lang, Versions};

/// What a result stands on: written beside the lines where the form has a place for it.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The day on which the rules were read.
    pub as_of: Day,
    /// What decided.
    pub versions: &'a Versions,
    /// Language of headings and words for people.
    pub lang: Lang,
}
