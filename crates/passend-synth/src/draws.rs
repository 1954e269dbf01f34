// SPDX-License-Identifier: EUPL-1.2
//! Random numbers that are the same everywhere: splitmix64, one stream for each part of each record.

/// The files that are made; each has its own streams.
#[derive(Debug, Clone, Copy)]
pub(crate) enum File {
    Candidates = 1,
    Vacancies = 2,
    Audit = 3,
    Places = 4,
}

/// The parts of a record; each has its own stream, so that a change in one leaves the others as they were.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Residence = 1,
    Place = 2,
    Travel = 3,
    Week = 4,
    Hours = 5,
    Languages = 6,
    Education = 7,
    Work = 8,
    Skills = 9,
    Certificates = 10,
    Wishes = 11,
    Support = 12,
    Employer = 13,
    Dates = 14,
    Permit = 15,
    Audit = 16,
    Registrations = 17,
    Terms = 18,
    ContractWishes = 19,
    Postcode = 20,
    Times = 21,
    Planted = 22,
}

/// Where the streams of one record begin: depends on the seed, the file and the number of the record alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record {
    start: u64,
}

impl Record {
    pub(crate) fn new(seed: u64, file: File, number: u64) -> Self {
        let file = mix(seed.wrapping_add((file as u64).wrapping_mul(GAMMA)));
        Self { start: mix(file.wrapping_add(number.wrapping_mul(GAMMA))) }
    }

    /// The stream of one part.
    pub(crate) fn part(self, part: Part) -> Draws {
        Draws { state: mix(self.start ^ (part as u64)) }
    }
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub(crate) struct Draws {
    state: u64,
}

impl Draws {
    /// The next number of splitmix64 (Steele, Lea and Flood, 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GAMMA);
        mix(self.state)
    }

    /// A number from 0 up to, not including, `limit`; 0 for a limit of 0.
    ///
    /// The upper half of a draw times the limit: the bias is below one in a million for the limits used here.
    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        let scaled = ((self.next() >> 32) * u64::from(limit)) >> 32;
        u32::try_from(scaled).unwrap_or_default()
    }

    /// A number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: i32, most: i32) -> i32 {
        let limit = most.saturating_sub(least).saturating_add(1);
        let offset = self.below(u32::try_from(limit).unwrap_or_default());
        least.saturating_add(i32::try_from(offset).unwrap_or_default())
    }

    /// True in so many of 1,000 draws.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// One of these, each as likely; nothing of nothing.
    pub(crate) fn one_of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = self.below(u32::try_from(items.len()).unwrap_or(u32::MAX));
        items.get(usize::try_from(at).ok()?)
    }
}

const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The finalizer of splitmix64.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A fixed number for a text, to order by something that means nothing.
pub(crate) fn text_number(text: &str) -> u64 {
    text.bytes().fold(0, |state, byte| mix(state ^ u64::from(byte)).wrapping_add(GAMMA))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix64_gives_its_published_numbers() {
        let mut draws = Draws { state: 1_234_567 };
        let first: Vec<u64> = (0..3).map(|_| draws.next()).collect();
        assert_eq!(
            first,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn a_number_stays_within_its_limits() {
        let mut draws = Record::new(1, File::Candidates, 0).part(Part::Work);
        for _ in 0..1000 {
            assert!(draws.below(3) < 3);
            assert!((-2..=2).contains(&draws.between(-2, 2)));
        }
        assert_eq!(draws.below(0), 0);
        assert_eq!(draws.between(5, 5), 5);
    }

    #[test]
    fn every_part_of_every_record_has_its_own_stream() {
        let mut seen = std::collections::BTreeSet::new();
        for file in [File::Candidates, File::Vacancies, File::Audit] {
            for number in 0..100 {
                for part in [Part::Residence, Part::Work, Part::Audit] {
                    assert!(seen.insert(Record::new(7, file, number).part(part).next()));
                }
            }
        }
    }
}
