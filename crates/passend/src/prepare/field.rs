// SPDX-License-Identifier: EUPL-1.2
//! Fields of education, ISCED-F 2013.

use super::Word;
use crate::model::Concept;

/// A field of education: an ISCED-F code of two to four digits, or a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Field {
    Code { digits: u8, number: u16 },
    Label(Word),
}

impl Field {
    pub(crate) fn new(concept: &Concept, word: impl FnOnce(&str) -> Word) -> Option<Self> {
        concept.code.as_deref().and_then(Self::of_code).or_else(|| {
            let label = concept.label.as_deref().or(concept.code.as_deref());
            label.map(|label| Self::Label(word(label)))
        })
    }

    /// The field with this ISCED-F code.
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        let digits = u8::try_from(code.len()).ok().filter(|digits| (2..=4).contains(digits))?;
        let number = code.parse().ok().filter(|_| code.bytes().all(|b| b.is_ascii_digit()))?;
        Some(Self::Code { digits, number })
    }

    /// Nearness of a field to the one asked: 100 within it, 80 the same narrow field, 60 the same broad field, else 30;
    /// `None` for a code against a label, which cannot be compared.
    ///
    /// The floor is not zero: a level reached in another field still shows learning.
    pub(crate) fn nearness(self, asked: Self) -> Option<u8> {
        const NARROW: u8 = 80;
        const BROAD: u8 = 60;
        const OTHER: u8 = 30;
        let (own, asked) = match (self, asked) {
            (
                Self::Code { digits, number },
                Self::Code { digits: asked_digits, number: asked_number },
            ) => ((digits, number), (asked_digits, asked_number)),
            (Self::Label(own), Self::Label(asked)) => {
                return Some(if own == asked { 100 } else { OTHER });
            }
            _ => return None,
        };
        let at = |(digits, number): (u8, u16), wanted: u8| {
            digits.checked_sub(wanted).map(|drop| number / 10u16.pow(u32::from(drop)))
        };
        let same = |wanted: u8| at(own, wanted).is_some() && at(own, wanted) == at(asked, wanted);
        Some(match () {
            () if same(asked.0) => 100,
            () if same(3) => NARROW,
            () if same(2) => BROAD,
            () => OTHER,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: &str, asked: &str, expected: u8) {
        let field = |code: &str| {
            let concept = Concept { code: Some(code.to_owned()), ..Concept::default() };
            Field::new(&concept, |_| unreachable!()).unwrap()
        };
        assert_eq!(field(own).nearness(field(asked)), Some(expected));
    }

    #[test]
    fn fields_are_as_near_as_their_codes() {
        check("0732", "0732", 100); // building and civil engineering
        check("0732", "07", 100); // within the broad field asked
        check("0731", "0732", 80);
        check("0715", "0732", 60);
        check("0913", "0732", 30);
        check("07", "0732", 60); // only the broad field is known
    }
}
