// SPDX-License-Identifier: EUPL-1.2
//! A vocabulary as one file: checksummed, versioned, the same bytes for the same content.
//!
//! All numbers are little-endian. A head of 28 bytes (mark, format, length and checksum of the rest), then the parts in a
//! fixed order; `docs/vocabulary.md` lists them. Every length is held against the bytes that are left before anything is
//! allocated for it.

use std::borrow::Cow;
use std::sync::Arc;

use super::builder::{ConceptKind, Relation, VocabularySource};
use super::store::{
    Block, Concepts, LabelKind, Mark, Neighbours, Rows, Texts, Tongue, number, place,
};
use super::{Group, SkillIndex, Vocabulary, VocabularyError, checksum};

/// What every pack begins with.
const MAGIC: [u8; 8] = *b"\x89PASSEND";
/// The format that is written and read.
const FORMAT: u16 = 2;
/// Mark, format, two bytes of nothing, length, checksum.
const HEAD: usize = 8 + 2 + 2 + 8 + 8;

impl Vocabulary {
    /// Whether these bytes begin as a pack does.
    pub fn is_pack(bytes: &[u8]) -> bool {
        bytes.starts_with(&MAGIC)
    }

    /// The vocabulary as one file; the same content gives the same bytes.
    ///
    /// ```
    /// # use passend::Vocabulary;
    /// let vocabulary = Vocabulary::starter();
    /// let opened = Vocabulary::from_pack(&vocabulary.to_pack())?;
    /// assert_eq!(opened.version(), vocabulary.version());
    /// # Ok::<(), passend::VocabularyError>(())
    /// ```
    pub fn to_pack(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.text(&self.version);
        writer.bytes.extend(self.content_bytes());
        let body = writer.bytes;
        let mut pack = Vec::with_capacity(HEAD + body.len());
        pack.extend(MAGIC);
        pack.extend(FORMAT.to_le_bytes());
        pack.extend([0; 2]);
        pack.extend(u64::try_from(body.len()).unwrap_or(u64::MAX).to_le_bytes());
        pack.extend(checksum(&body).to_le_bytes());
        pack.extend(body);
        pack
    }

    /// Opens a vocabulary that was written as one file. Nothing is allocated for a label.
    ///
    /// Bytes that are given away (a `Vec<u8>`) are kept, with texts and closeness where they lie in them; bytes that are
    /// lent (`&[u8]`) are copied once.
    ///
    /// # Errors
    /// If the bytes are no pack, one of another format, cut off, changed, or contradict themselves.
    pub fn from_pack<'a>(bytes: impl Into<Cow<'a, [u8]>>) -> Result<Self, VocabularyError> {
        let bytes = bytes.into();
        let body = Self::body(&bytes)?.len();
        let pack = Arc::new(bytes.into_owned());
        let rest = pack.get(pack.len().saturating_sub(body)..).unwrap_or_default();
        Reader { pack: &pack, rest, part: "version" }.vocabulary()
    }

    /// What comes after the head, which is held against it.
    fn body(bytes: &[u8]) -> Result<&[u8], VocabularyError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(VocabularyError::NotAPack)?;
        let cut_off = |expected| VocabularyError::PackLength {
            expected,
            found: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        };
        let head = u64::try_from(HEAD).unwrap_or_default();
        let (format, rest) = rest.split_first_chunk().ok_or_else(|| cut_off(head))?;
        let format = u16::from_le_bytes(*format);
        if format > FORMAT {
            return Err(VocabularyError::NewerPack { found: format, known: FORMAT });
        }
        if (1..FORMAT).contains(&format) {
            return Err(VocabularyError::OlderPack { found: format, known: FORMAT });
        }
        let (zeros, rest) = rest.split_first_chunk().ok_or_else(|| cut_off(head))?;
        if format == 0 || *zeros != [0; 2] {
            return Err(VocabularyError::PackContent { part: "head" });
        }
        let (length, rest) = rest.split_first_chunk().ok_or_else(|| cut_off(head))?;
        let length = u64::from_le_bytes(*length);
        let (expected, body) = rest.split_first_chunk().ok_or_else(|| cut_off(head))?;
        if u64::try_from(body.len()) != Ok(length) {
            return Err(cut_off(length.saturating_add(head)));
        }
        if checksum(body) != u64::from_le_bytes(*expected) {
            return Err(VocabularyError::PackChecksum);
        }
        Ok(body)
    }

    /// All content but the version, which is made of it.
    pub(super) fn content_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.text(&self.source.name);
        writer.text(&self.source.release);
        writer.text(&self.source.notice);
        writer.bytes.push(u8::from(self.groups_answer) | u8::from(self.computed) << 1);
        for concepts in [&self.occupations, &self.skills, &self.skill_groups, &self.groups] {
            writer.concepts(concepts);
        }
        self.within.iter().for_each(|group| writer.bytes.extend(group.to_bytes()));
        let skills = self.skills.len();
        writer.rows(&self.essential, |bytes, skill| put(bytes, skill.0, skills));
        writer.rows(&self.optional, |bytes, skill| put(bytes, skill.0, skills));
        writer.ends(&self.related.ends);
        writer.bytes.extend(self.related.bytes.bytes());
        writer.bytes.extend(&self.rarity);
        writer.rows(&self.grants, |bytes, (other, credit)| {
            put(bytes, other.0, skills);
            bytes.push(*credit);
        });
        let all = skills + self.skill_groups.len();
        writer.rows(&self.broader, |bytes, broad| put(bytes, *broad, all));
        writer.texts(&self.crosswalk_schemes);
        writer.texts(&self.crosswalk_codes);
        for (kind, relation, at) in &self.crosswalks {
            writer.bytes.push(kind.to_byte());
            writer.bytes.push(relation.to_byte());
            writer.number(*at);
        }
        writer.bytes
    }
}

/// Bytes of the number of a concept of which there are so many: two where they reach.
fn width(count: usize) -> usize {
    if count <= 1 << 16 { 2 } else { 4 }
}

fn put(bytes: &mut Vec<u8>, at: u32, count: usize) {
    bytes.extend(at.to_le_bytes().into_iter().take(width(count)));
}

/// Bytes of a pack, growing.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn number(&mut self, number: u32) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.block(text.as_bytes());
    }

    fn block(&mut self, bytes: &[u8]) {
        self.number(number(bytes.len()));
        self.bytes.extend(bytes);
    }

    fn ends(&mut self, ends: &[u32]) {
        self.number(number(ends.len()));
        ends.iter().for_each(|end| self.number(*end));
    }

    fn texts(&mut self, texts: &Texts) {
        self.ends(&texts.ends);
        self.block(texts.bytes.bytes());
    }

    fn rows<T>(&mut self, rows: &Rows<T>, item: impl Fn(&mut Vec<u8>, &T)) {
        self.ends(&rows.ends);
        rows.items.iter().for_each(|one| item(&mut self.bytes, one));
    }

    fn concepts(&mut self, concepts: &Concepts) {
        self.texts(&concepts.ids);
        self.rows(&concepts.labels, |bytes, mark| {
            bytes.extend(mark.language.0);
            bytes.push(mark.kind.to_byte());
        });
        self.texts(&concepts.texts);
    }
}

/// Bytes of a pack, from the front.
struct Reader<'a> {
    pack: &'a Arc<Vec<u8>>,
    /// The last bytes of the pack.
    rest: &'a [u8],
    /// What is being read, for an error.
    part: &'static str,
}

impl<'a> Reader<'a> {
    fn vocabulary(mut self) -> Result<Vocabulary, VocabularyError> {
        let mut vocabulary = Vocabulary { version: self.text()?, ..Vocabulary::default() };
        self.part = "source";
        vocabulary.source =
            VocabularySource { name: self.text()?, release: self.text()?, notice: self.text()? };
        let [flags] = self.array()?;
        self.ensure(flags <= 3)?;
        (vocabulary.groups_answer, vocabulary.computed) = (flags & 1 != 0, flags & 2 != 0);
        vocabulary.occupations = self.concepts("occupations")?;
        vocabulary.skills = self.concepts("skills")?;
        vocabulary.skill_groups = self.concepts("groups of skills")?;
        vocabulary.groups = self.concepts("groups of ISCO-08")?;
        let groups = &vocabulary.groups.ids;
        let is_group =
            |id: &str| id.strip_prefix("isco/C").is_some_and(|code| Group::parse(code).is_some());
        self.ensure(groups.iter().all(is_group))?;
        let (occupations, skills) = (vocabulary.occupations.len(), vocabulary.skills.len());
        let skill_groups = vocabulary.skill_groups.len();

        self.part = "groups of occupations";
        let bytes = self.take(occupations.checked_mul(3))?;
        let within = bytes.chunks_exact(3).map(Group::from_bytes).collect::<Option<Vec<_>>>();
        vocabulary.within = within.ok_or(self.damaged())?;
        self.part = "skills of occupations";
        let skill = |bytes: &[u8]| below(bytes, skills).map(SkillIndex);
        vocabulary.essential = self.rows(occupations, width(skills), skill)?;
        vocabulary.optional = self.rows(occupations, width(skills), skill)?;
        self.part = "closeness of occupations";
        vocabulary.related = self.neighbours(occupations)?;
        self.part = "rarity of skills";
        vocabulary.rarity = self.take(Some(skills))?.to_vec();
        self.ensure(vocabulary.rarity.iter().all(|rarity| (1..=8).contains(rarity)))?;
        self.part = "credits of skills";
        vocabulary.grants = self.rows(skills, width(skills) + 1, |bytes| {
            weighed(bytes, skills).map(|(at, value)| (SkillIndex(at), value))
        })?;
        self.part = "hierarchy of skills";
        let broad = skills.saturating_add(skill_groups);
        vocabulary.broader = self.rows(broad, width(broad), |bytes| below(bytes, broad))?;

        self.part = "crosswalks";
        vocabulary.crosswalk_schemes = self.texts()?;
        vocabulary.crosswalk_codes = self.texts()?;
        let count = vocabulary.crosswalk_codes.len();
        self.ensure(vocabulary.crosswalk_schemes.len() == count)?;
        let limits = [occupations, skills, skill_groups, vocabulary.groups.len()];
        let bytes = self.take(count.checked_mul(6))?;
        let crosswalk = |bytes: &[u8]| {
            let [kind, relation, at @ ..] = bytes else { return None };
            let kind = ConceptKind::from_byte(*kind)?;
            let limit = limits.get(usize::from(kind.to_byte()))?;
            Some((kind, Relation::from_byte(*relation)?, below(at, *limit)?))
        };
        let crosswalks = bytes.chunks_exact(6).map(crosswalk).collect::<Option<Vec<_>>>();
        vocabulary.crosswalks = crosswalks.ok_or(self.damaged())?;
        self.part = "end";
        self.ensure(self.rest.is_empty())?;
        Ok(vocabulary)
    }

    fn damaged(&self) -> VocabularyError {
        VocabularyError::PackContent { part: self.part }
    }

    fn ensure(&self, holds: bool) -> Result<(), VocabularyError> {
        if holds { Ok(()) } else { Err(self.damaged()) }
    }

    fn take(&mut self, bytes: Option<usize>) -> Result<&'a [u8], VocabularyError> {
        let split = bytes.and_then(|bytes| self.rest.split_at_checked(bytes));
        let (taken, rest) = split.ok_or(self.damaged())?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], VocabularyError> {
        let taken = self.take(Some(N))?;
        taken.try_into().map_err(|_| self.damaged())
    }

    fn number(&mut self) -> Result<u32, VocabularyError> {
        self.array().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Result<String, VocabularyError> {
        let length = self.number()?;
        let bytes = self.take(Some(place(length)))?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| self.damaged())
    }

    /// Bytes that stay where they are.
    fn block(&mut self, length: Option<usize>) -> Result<(&'a [u8], Block), VocabularyError> {
        let bytes = self.take(length)?;
        let to = self.pack.len() - self.rest.len();
        let from = to.saturating_sub(bytes.len());
        Ok((bytes, Block::Pack(Arc::clone(self.pack), from..to)))
    }

    /// Places that do not descend.
    fn ends(&mut self) -> Result<Vec<u32>, VocabularyError> {
        let count = self.number()?;
        let bytes = self.take(place(count).checked_mul(4))?;
        let (ends, _) = bytes.as_chunks();
        let ends: Vec<u32> = ends.iter().map(|end| u32::from_le_bytes(*end)).collect();
        self.ensure(ends.is_sorted())?;
        Ok(ends)
    }

    fn texts(&mut self) -> Result<Texts, VocabularyError> {
        let ends = self.ends()?;
        let length = self.number()?;
        let (all, bytes) = self.block(Some(place(length)))?;
        let all = std::str::from_utf8(all).map_err(|_| self.damaged())?;
        self.ensure(ends.last().map_or(0, |end| place(*end)) == all.len())?;
        self.ensure(ends.iter().all(|end| all.is_char_boundary(place(*end))))?;
        Ok(Texts { bytes, ends })
    }

    /// For each of so many occupations those near to it, ascending by number.
    fn neighbours(&mut self, occupations: usize) -> Result<Neighbours, VocabularyError> {
        let ends = self.ends()?;
        self.ensure(ends.len() == occupations)?;
        let near = ends.last().map_or(0, |end| place(*end)).checked_mul(4);
        let (_, bytes) = self.block(near)?;
        let neighbours = Neighbours { bytes, ends };
        for occupation in 0..occupations {
            let mut before = None;
            for near in neighbours.near(occupation) {
                let fits = place(near.other()) < occupations && near.hundredths() <= 10_000;
                self.ensure(fits && before.is_none_or(|before| before < near.other()))?;
                before = Some(near.other());
            }
        }
        Ok(neighbours)
    }

    fn rows<T>(
        &mut self,
        count: usize,
        bytes_each: usize,
        item: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<Rows<T>, VocabularyError> {
        let ends = self.ends()?;
        self.ensure(ends.len() == count)?;
        let items = ends.last().map_or(0, |end| place(*end));
        let bytes = self.take(items.checked_mul(bytes_each))?;
        let mut all = Vec::with_capacity(items);
        all.extend(bytes.chunks_exact(bytes_each).map_while(item));
        self.ensure(all.len() == items)?;
        Ok(Rows { items: all, ends })
    }

    fn concepts(&mut self, part: &'static str) -> Result<Concepts, VocabularyError> {
        self.part = part;
        let ids = self.texts()?;
        let mut before = None;
        for id in ids.iter() {
            self.ensure(before.is_none_or(|before| before < id))?;
            before = Some(id);
        }
        let labels = self.rows(ids.len(), 3, |bytes| {
            let [a, b, kind] = bytes else { return None };
            Some(Mark { language: Tongue::read([*a, *b])?, kind: LabelKind::from_byte(*kind)? })
        })?;
        let texts = self.texts()?;
        self.ensure(texts.len() == labels.items.len())?;
        Ok(Concepts { ids, labels, texts })
    }
}

fn whole(bytes: &[u8]) -> Option<u32> {
    bytes.try_into().ok().map(u32::from_le_bytes)
}

/// A number of a concept, of which there are so many.
fn below(bytes: &[u8], count: usize) -> Option<u32> {
    let at = match bytes {
        [low, high] => u32::from(u16::from_le_bytes([*low, *high])),
        _ => whole(bytes)?,
    };
    (place(at) < count).then_some(at)
}

/// A number of a concept and what it weighs, 0 to 100.
fn weighed(bytes: &[u8], count: usize) -> Option<(u32, u8)> {
    let (value, at) = bytes.split_last()?;
    (*value <= 100).then_some((below(at, count)?, *value))
}

impl Tongue {
    fn read(bytes: [u8; 2]) -> Option<Self> {
        let is_code = bytes.iter().all(u8::is_ascii_lowercase) || bytes == [0; 2];
        is_code.then_some(Self(bytes))
    }
}

/// Gives variants without content their byte.
macro_rules! bytes {
    ($type:ident: $($variant:ident = $byte:literal),*) => {
        impl $type {
            fn to_byte(self) -> u8 {
                match self { $(Self::$variant => $byte),* }
            }

            fn from_byte(byte: u8) -> Option<Self> {
                match byte { $($byte => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

bytes!(LabelKind: Preferred = 0, Alternative = 1, Crosswalk = 2, Hidden = 3);
bytes!(ConceptKind: Occupation = 0, Skill = 1, SkillGroup = 2, IscoGroup = 3);
bytes!(Relation: Exact = 0, Close = 1, Narrow = 2, Broad = 3);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::{LinkKind, VocabularyTables};

    fn small() -> Vocabulary {
        let tables = VocabularyTables {
            name: "test",
            groups: "code\tnl\ten\n51\tdienstverleners\tservers\n5120\tkoks\tcooks\n",
            skills: "id\tnl\ten\tnl_alt\ten_alt\tbroader\trelated\nskill/a\tbakken\tbake\t\tfry\t\tskill/b:40\nskill/b\tkoken\tcook\t\t\t\t\n",
            occupations: "id\tisco08\tnl\ten\tnl_alt\ten_alt\tessential\toptional\noccupation/1\t5120\tkok\tcook\tkokkin\t\tskill/a\tskill/b\noccupation/2\t5120\tbakker\tbaker\t\t\tskill/a\tskill/b\n",
            relations: "from\tto\tcloseness\tkind\noccupation/1\toccupation/2\t60\trelated\n",
        };
        let mut vocabulary = Vocabulary::from_tables(&tables).unwrap();
        vocabulary.crosswalk_schemes = ["uwv"].into_iter().collect();
        vocabulary.crosswalk_codes = ["1000"].into_iter().collect();
        vocabulary.crosswalks = vec![(ConceptKind::Occupation, Relation::Narrow, 1)];
        vocabulary
    }

    #[test]
    fn a_pack_gives_back_what_it_was_made_of() {
        for vocabulary in [small(), Vocabulary::starter(), Vocabulary::default()] {
            let pack = vocabulary.to_pack();
            let opened = Vocabulary::from_pack(&pack).unwrap();
            assert_eq!(opened.to_pack(), pack);
            assert_eq!(opened.version(), vocabulary.version());
            assert_eq!(opened.counts(), vocabulary.counts());
            assert_eq!(opened.related, vocabulary.related);
            assert_eq!(
                opened.link(LinkKind::Occupation, "kok", 3),
                vocabulary.link(LinkKind::Occupation, "kok", 3)
            );
        }
    }

    #[test]
    fn foreign_cut_and_files_of_other_formats_are_told_apart() {
        let pack = small().to_pack();
        let error = |bytes: &[u8]| Vocabulary::from_pack(bytes).unwrap_err();
        assert_eq!(error(b""), VocabularyError::NotAPack);
        assert_eq!(error(b"id\tlabel\tp\n"), VocabularyError::NotAPack);
        let mut newer = pack.clone();
        newer[8] = 9;
        assert_eq!(error(&newer), VocabularyError::NewerPack { found: 9, known: FORMAT });
        let mut older = pack.clone();
        older[8] = 1;
        assert_eq!(error(&older), VocabularyError::OlderPack { found: 1, known: FORMAT });
        assert!(matches!(error(&pack[..20]), VocabularyError::PackLength { .. }));
        assert!(matches!(
            error(&pack[..pack.len() - 1]),
            VocabularyError::PackLength { expected, found } if expected == found + 1
        ));
        let mut changed = pack.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(error(&changed), VocabularyError::PackChecksum);
    }

    /// A pack whose checksum is right for a body that was changed.
    fn resealed(mut pack: Vec<u8>) -> Vec<u8> {
        if pack.len() < HEAD {
            return pack;
        }
        let length = u64::try_from(pack.len() - HEAD).unwrap().to_le_bytes();
        pack[12..20].copy_from_slice(&length);
        let seal = checksum(&pack[HEAD..]).to_le_bytes();
        pack[20..HEAD].copy_from_slice(&seal);
        pack
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_told() {
        let pack = small().to_pack();
        for length in 0..pack.len() {
            let error = Vocabulary::from_pack(&pack[..length]).unwrap_err();
            let cut = matches!(error, VocabularyError::PackLength { .. });
            assert!(
                cut || (error == VocabularyError::NotAPack && length < MAGIC.len()),
                "{length}"
            );
        }
        for at in 0..pack.len() {
            let mut changed = pack.clone();
            changed[at] ^= 0x55;
            Vocabulary::from_pack(changed.as_slice()).unwrap_err();
            // With a checksum that fits, whatever comes out can be used.
            if let Ok(opened) = Vocabulary::from_pack(resealed(changed)) {
                let _ = opened.counts();
                let _ = opened.related("occupation/1", 9, "nl");
            }
        }
    }

    #[test]
    fn lent_and_given_bytes_open_alike() {
        let pack = Vocabulary::starter().to_pack();
        let lent = Vocabulary::from_pack(&pack).unwrap();
        assert_eq!(lent.to_pack(), pack);
        // What is added to a vocabulary does not reach the pack that it came from.
        let given = Vocabulary::from_pack(pack).unwrap();
        let row = crate::ExtensionRow {
            id: "occupation/5120-cook",
            label: "pannenridder",
            kind: Some(LabelKind::Alternative),
            isco08: None,
        };
        let (mine, _) = given.extended(&[row]);
        assert_ne!(mine.to_pack(), lent.to_pack());
        assert_eq!(given.to_pack(), lent.to_pack());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Whatever the bytes: an error or a vocabulary that can be used, never a panic, never much memory.
        #[test]
        fn changed_bytes_never_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
            cut in prop::option::of(any::<prop::sample::Index>()),
            reseal in any::<bool>(),
        ) {
            let mut pack = small().to_pack();
            if let Some(cut) = cut {
                pack.truncate(cut.index(pack.len()));
            }
            for (at, byte) in changes {
                if !pack.is_empty() {
                    let at = at.index(pack.len());
                    pack[at] = byte;
                }
            }
            if reseal {
                pack = resealed(pack);
            }
            if let Ok(opened) = Vocabulary::from_pack(&pack) {
                let _ = opened.counts();
                let _ = opened.link(LinkKind::Occupation, "kok", 3);
                for occupation in opened.occupations() {
                    let _ = (occupation.label(), occupation.isco08(), opened.essential_skills(occupation).count());
                }
            }
        }
    }
}
