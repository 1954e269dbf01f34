// SPDX-License-Identifier: EUPL-1.2
//! Sectors by the Dutch classification of activities (SBI 2008).

use serde::Deserialize;

/// A sector: a section letter, or a code of two to five digits within one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Sector {
    section: u8,
    /// As many as there are, then zeros.
    digits: [u8; MOST_DIGITS],
}

/// The classification divides no further; what a register adds behind its codes says nothing of the sector.
const MOST_DIGITS: usize = 5;

impl TryFrom<String> for Sector {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text).ok_or("expected an SBI section letter or code, such as `I` or `56.10`")
    }
}

/// First two digits of the last division of each section (CBS, SBI 2008).
const SECTIONS: [(u8, char); 21] = [
    (3, 'A'),
    (9, 'B'),
    (33, 'C'),
    (35, 'D'),
    (39, 'E'),
    (43, 'F'),
    (47, 'G'),
    (53, 'H'),
    (56, 'I'),
    (63, 'J'),
    (66, 'K'),
    (68, 'L'),
    (75, 'M'),
    (82, 'N'),
    (84, 'O'),
    (85, 'P'),
    (88, 'Q'),
    (93, 'R'),
    (96, 'S'),
    (98, 'T'),
    (99, 'U'),
];

impl Sector {
    /// Reads `I`, `56`, `56.10`, `5610` or `I56`; nothing for a text that is no such code.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        text.make_ascii_uppercase();
        let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = text.len() - digits.len();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || digits.len() == 1 || letters > 1 {
            return None;
        }
        let section = match digits.get(..2) {
            Some(division) => {
                let division: u8 = division.parse().ok()?;
                SECTIONS.iter().find(|(last, _)| division <= *last).map(|(_, letter)| *letter)?
            }
            None => text.chars().next().filter(|letter| ('A'..='U').contains(letter))?,
        };
        let mut code = [0; MOST_DIGITS];
        for (place, digit) in code.iter_mut().zip(digits.bytes()) {
            *place = digit;
        }
        Some(Self { section: u8::try_from(section).ok()?, digits: code })
    }

    /// The code, with the letter of its section: `I56`.
    pub(crate) fn code(&self) -> String {
        let letters = std::iter::once(&self.section).chain(self.stated());
        letters.map(|letter| char::from(*letter)).collect()
    }

    /// The letter of its section.
    pub(crate) const fn section(&self) -> char {
        self.section as char
    }

    fn stated(&self) -> impl Iterator<Item = &u8> {
        self.digits.iter().take_while(|digit| **digit != 0)
    }

    /// Whether this sector is the other or holds it.
    pub(crate) fn holds(&self, other: &Self) -> bool {
        self.section == other.section
            && self.stated().zip(&other.digits).all(|(own, theirs)| own == theirs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wide: &str, narrow: &str, expected: bool) {
        assert_eq!(Sector::new(wide).unwrap().holds(&Sector::new(narrow).unwrap()), expected);
    }

    #[test]
    fn letters_hold_their_codes() {
        check("I", "5610", true);
        check("i", "I56", true);
        check("56", "56.10", true);
        check("56.10", "56", false);
        check("C", "5610", false);
        check("A", "01.1", true);
        check("U", "99", true);
        check("56102", "56102", true);
        check("56102", "56101", false);
        check("5610", "561023", true);
        check("561023", "56102", true);
    }

    #[test]
    fn what_is_no_code_is_no_sector() {
        for text in ["", "horeca", "5", "Z", ".", "V", "I5", "IJ", "IJ56", "5x", "56x", "00x1"] {
            assert!(Sector::new(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_code_lies_in_the_section_of_its_division() {
        for (text, code) in [
            ("01", "A01"),
            ("03", "A03"),
            ("04", "B04"),
            ("56.10", "I5610"),
            ("i 56", "I56"),
            ("99", "U99"),
            ("u", "U"),
            ("56.10.23", "I56102"),
            ("a", "A"),
        ] {
            let sector = Sector::new(text).unwrap();
            assert_eq!((&*sector.code(), sector.section()), (code, code.chars().next().unwrap()));
        }
    }
}
