// SPDX-License-Identifier: EUPL-1.2
//! Facts of vacancies as bytes and back: what a snapshot of a shelf holds.
//!
//! Numbers take as many bytes as they need, seven bits each, the lowest first. Whatever bytes are read, the answer is a
//! value or `None`; nothing is allocated for more items than there are bytes left.

use std::sync::Arc;

use super::profession::ProfessionDemand;
use super::said::{Place, Said, Unsure};
use super::{
    AskedSkill, CertificateDemand, CourseRead, DiplomaDemand, EducationDemand, Evidence, Field,
    LanguageCode, LanguageDemand, LicenceCategory, LicenceDemand, Named, ProfessionReason,
    Required, SkillKey, Span, Times, VacancyFacts, VacancyTold, Word, WorkDemand, Workplace,
};
use crate::model::{
    Cefr, Day, EducationLevel, HoursPerWeek, Hundredths, LanguageSkill, LevelRange, Stance,
    WorkKind,
};
use crate::policy::{Area, CertificateIndex, MunicipalityIndex, ProfessionIndex, Sector};
use crate::vocabulary::{FieldIndex, Group, OccupationIndex, Reading, SkillIndex};

/// What has a form as bytes.
pub(crate) trait Packed: Sized {
    fn put(&self, to: &mut Vec<u8>);
    fn take(from: &mut Bytes<'_>) -> Option<Self>;
}

/// Bytes that are read from the front.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn some(&mut self, count: usize) -> Option<&'a [u8]> {
        let (some, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(some)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// A number of items, of which each has a byte at least.
    pub(crate) fn count(&mut self) -> Option<usize> {
        let count = usize::try_from(u32::take(self)?).ok()?;
        (count <= self.0.len()).then_some(count)
    }

    /// What [`put_counted`] wrote.
    pub(super) fn counted(&mut self) -> Option<&'a [u8]> {
        let count = self.count()?;
        self.some(count)
    }

    /// The same as a text.
    pub(super) fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.counted()?).ok()
    }
}

/// Bytes behind how many there are.
pub(super) fn put_counted(bytes: &[u8], to: &mut Vec<u8>) {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).put(to);
    to.extend(bytes);
}

impl Packed for u8 {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(*self);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        from.byte()
    }
}

impl Packed for u32 {
    fn put(&self, to: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            let [low, ..] = rest.to_le_bytes();
            to.push(low | 0x80);
            rest >>= 7;
        }
        let [low, ..] = rest.to_le_bytes();
        to.push(low);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = from.byte()?;
            let bits = Self::from(byte & 0x7f);
            if shift == 28 && byte > 0x0f {
                return None;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Packed for u16 {
    fn put(&self, to: &mut Vec<u8>) {
        u32::from(*self).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Self::try_from(u32::take(from)?).ok()
    }
}

impl Packed for i32 {
    fn put(&self, to: &mut Vec<u8>) {
        // Numbers near to 0 on either side are short.
        u32::from_ne_bytes((self.wrapping_shl(1) ^ (self >> 31)).to_ne_bytes()).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let mixed = u32::take(from)?;
        let whole = Self::try_from(mixed >> 1).ok()?;
        Some(if mixed & 1 == 1 { !whole } else { whole })
    }
}

impl Packed for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl<T: Packed> Packed for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(some) = self {
            some.put(to);
        }
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        if bool::take(from)? { T::take(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed> Packed for Box<[T]> {
    fn put(&self, to: &mut Vec<u8>) {
        put_list(self, to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let count = from.count()?;
        (0..count).map(|_| T::take(from)).collect()
    }
}

impl<T: Packed> Packed for Arc<[T]> {
    fn put(&self, to: &mut Vec<u8>) {
        put_list(self, to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Box::<[T]>::take(from).map(Self::from)
    }
}

impl<T: Packed> Packed for Arc<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        T::take(from).map(Self::new)
    }
}

fn put_list(list: &[impl Packed], to: &mut Vec<u8>) {
    u32::try_from(list.len()).unwrap_or(u32::MAX).put(to);
    list.iter().for_each(|one| one.put(to));
}

impl Packed for Box<str> {
    fn put(&self, to: &mut Vec<u8>) {
        put_counted(self.as_bytes(), to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        from.text().map(Self::from)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Some((A::take(from)?, B::take(from)?))
    }
}

impl<const COUNT: usize> Packed for [u8; COUNT] {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend(self);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        from.some(COUNT)?.try_into().ok()
    }
}

impl<T: Packed> Packed for [Option<T>; 2] {
    fn put(&self, to: &mut Vec<u8>) {
        self.iter().for_each(|one| one.put(to));
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Some([Packed::take(from)?, Packed::take(from)?])
    }
}

/// Each field after the other.
macro_rules! structs {
    ($($type:ident { $($field:ident),+ $(,)? })+) => { $(
        impl $crate::prepare::Packed for $type {
            fn put(&self, to: &mut Vec<u8>) {
                let Self { $($field),+ } = self;
                $($field.put(to);)+
            }

            fn take(from: &mut $crate::prepare::Bytes<'_>) -> Option<Self> {
                Some(Self { $($field: $crate::prepare::Packed::take(from)?),+ })
            }
        }
    )+ };
}
pub(crate) use structs;

macro_rules! numbers {
    ($($type:ident)+) => { $(
        impl Packed for $type {
            fn put(&self, to: &mut Vec<u8>) {
                self.0.put(to);
            }

            fn take(from: &mut Bytes<'_>) -> Option<Self> {
                Packed::take(from).map(Self)
            }
        }
    )+ };
}

/// Each value by its place in the list; all must be in it.
macro_rules! choices {
    ($($type:ident: $($value:ident)+;)+) => { $(
        impl Packed for $type {
            fn put(&self, to: &mut Vec<u8>) {
                const ALL: &[$type] = &[$($type::$value),+];
                // The compiler sees to it that none is forgotten.
                match self { $($type::$value)|+ => {} }
                let at = ALL.iter().position(|one| one == self);
                to.push(at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX));
            }

            fn take(from: &mut Bytes<'_>) -> Option<Self> {
                const ALL: &[$type] = &[$($type::$value),+];
                ALL.get(usize::from(from.byte()?)).copied()
            }
        }
    )+ };
}

numbers! {
    Word LanguageCode LicenceCategory CertificateIndex ProfessionIndex MunicipalityIndex FieldIndex
    OccupationIndex SkillIndex
}

choices! {
    WorkKind: Paid Internship Voluntary;
    Stance: Yes No Unknown;
    LanguageSkill: Listening Reading Speaking Writing;
    ProfessionReason: Asked WhichOccupation OnlyGroup;
    Place: Experience Wish Target Avoid Skill Title Occupation AskedSkill;
    Cefr: A0 A1 A2 B1 B2 C1 C2;
    EducationLevel: None Primary VmboBb VmboKb VmboGt Mbo1 Mbo2 Mbo3 Havo Mbo4 Vwo Ad HboBachelor
        WoBachelor HboMaster WoMaster Phd;
}

structs! {
    AskedSkill { skill, weight }
    CertificateDemand { known, name }
    CourseRead { text, level, field, unfinished }
    DiplomaDemand { level, rank }
    EducationDemand { rank, field }
    HoursPerWeek { min, max }
    LanguageDemand { accepted, skill, statutory, safety }
    LicenceDemand { category }
    Named { readings, title, unlinked }
    ProfessionDemand { profession, register, reason }
    Reading { occupation, group, share }
    Required {
        professions, certificates, licences, language_musts, language_support, diploma, education, languages
    }
    Said { place, concept }
    Times { shifts, irregular }
    Unsure { place, title, perhaps }
    VacancyFacts {
        filed, positions, combinable, named, work, required, times, hours, remote, area,
        by_public_transport, starts, ends, contract_days, closes, skills_derived, years
    }
    VacancyTold {
        title, said, unsure, employer_name, published, municipality, work_learn, pay_per_hour, education_read
    }
    WorkDemand { kind, sector, employer, will_apply, agency, pays_market_wage, hours_min }
    Workplace { remote, area, by_public_transport }
}

impl Packed for Day {
    fn put(&self, to: &mut Vec<u8>) {
        self.days_since_1970().put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        // About the years 1800 to 2300: sums of days stay far from any limit.
        let days = i32::take(from).filter(|days| (-62_000..121_000).contains(days))?;
        Some(Self::from_days_since_1970(days))
    }
}

impl Packed for Span {
    fn put(&self, to: &mut Vec<u8>) {
        (self.from, self.to).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let (from, to) = Packed::take(from)?;
        (from < to).then_some(Self { from, to })
    }
}

impl Packed for Area {
    fn put(&self, to: &mut Vec<u8>) {
        ((self.x, self.y), self.radius).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let ((x, y), radius): ((i32, i32), u32) = Packed::take(from)?;
        // On earth, so that no square of a distance leaves its number.
        let fits =
            [x.unsigned_abs(), y.unsigned_abs(), radius].iter().all(|one| *one < 100_000_000);
        fits.then_some(Self { x, y, radius })
    }
}

impl Packed for Hundredths {
    fn put(&self, to: &mut Vec<u8>) {
        self.get().put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        u32::take(from).map(Self::new)
    }
}

impl<T: Packed> Packed for LevelRange<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.min.put(to);
        self.max.put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Some(Self { min: Packed::take(from)?, max: Packed::take(from)? })
    }
}

impl Packed for Group {
    fn put(&self, to: &mut Vec<u8>) {
        to.extend(self.to_bytes());
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Self::from_bytes(from.some(3)?)
    }
}

impl Packed for Sector {
    fn put(&self, to: &mut Vec<u8>) {
        self.code().into_boxed_str().put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Self::new(&Box::<str>::take(from)?)
    }
}

impl Packed for SkillKey {
    fn put(&self, to: &mut Vec<u8>) {
        // What says that it is a text is the lowest bit, so that small numbers are short.
        self.0.rotate_left(1).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        u32::take(from).map(|mixed| Self(mixed.rotate_right(1)))
    }
}

impl Packed for Evidence {
    fn put(&self, to: &mut Vec<u8>) {
        let (kind, number) = match self {
            Self::Stated => (0, 0),
            Self::Related(SkillIndex(number)) => (1, *number),
            Self::Occupation(OccupationIndex(number)) => (2, *number),
        };
        // A thousand million skills, or occupations, fill no memory.
        (number << 2 | kind).put(to);
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        let mixed = u32::take(from)?;
        let number = mixed >> 2;
        match mixed & 3 {
            0 => Some(Self::Stated),
            1 => Some(Self::Related(SkillIndex(number))),
            2 => Some(Self::Occupation(OccupationIndex(number))),
            _ => None,
        }
    }
}

impl Packed for Field {
    fn put(&self, to: &mut Vec<u8>) {
        match self {
            Self::Code { digits, number } => {
                digits.put(to);
                number.put(to);
            }
            Self::Label(word) => {
                u8::MAX.put(to);
                word.put(to);
            }
        }
    }

    fn take(from: &mut Bytes<'_>) -> Option<Self> {
        Some(match u8::take(from)? {
            u8::MAX => Self::Label(Word::take(from)?),
            digits => Self::Code { digits, number: u16::take(from)? },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check<T: Packed + PartialEq + std::fmt::Debug>(value: &T) {
        let mut bytes = Vec::new();
        value.put(&mut bytes);
        let mut from = Bytes(&bytes);
        assert_eq!(T::take(&mut from).as_ref(), Some(value));
        assert!(from.0.is_empty());
        let cut = bytes.get(..bytes.len() - 1).unwrap();
        assert_eq!(T::take(&mut Bytes(cut)), None);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again(
            number in any::<u32>(),
            side in any::<i32>(),
            some in any::<Option<u16>>(),
            list in prop::collection::vec(any::<(u8, bool)>(), 0..9),
            text in ".{0,9}",
        ) {
            check(&number);
            check(&side);
            check(&some);
            check(&list.into_boxed_slice());
            check(&text.into_boxed_str());
        }
    }

    #[test]
    fn numbers_that_do_not_fit_are_none() {
        for bytes in [&[0xff, 0xff, 0xff, 0xff, 0x1f][..], &[0x80; 6], &[]] {
            assert_eq!(u32::take(&mut Bytes(bytes)), None);
        }
        assert_eq!(u16::take(&mut Bytes(&[0x80, 0x80, 0x04])), None);
        assert_eq!(bool::take(&mut Bytes(&[2])), None);
        assert_eq!(Stance::take(&mut Bytes(&[3])), None);
        // More items than bytes are not asked memory for.
        assert_eq!(Box::<[u8]>::take(&mut Bytes(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1])), None);
    }
}
