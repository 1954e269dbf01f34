// SPDX-License-Identifier: EUPL-1.2
//! Labels of the user's own: a vocabulary out of nothing else, or on top of another one.

use std::collections::{BTreeMap, HashMap};

use hmac_sha256::Hash as Sha256;

use super::builder::{ConceptKind, VocabularyBuilder, VocabularySource};
use super::store::{Concepts, LabelKind, Mark, Near, Neighbours, Rows, Tongue, number, place};
use super::{Group, Vocabulary, VocabularyError, without_base};
use crate::text::fold;

/// A row of a table of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionRow<'a> {
    /// Id of the concept.
    pub id: &'a str,
    /// The label.
    pub label: &'a str,
    /// How it belongs to the concept; `None` takes it away.
    pub kind: Option<LabelKind>,
    /// Code of the ISCO-08 group, for an occupation that the vocabulary does not have.
    pub isco08: Option<&'a str>,
}

/// What a row did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RowUse {
    /// It added a label or an occupation, or took a label away.
    Used,
    /// Nothing: the label is there already.
    Known,
    /// Nothing: the id is not in the vocabulary.
    UnknownId,
    /// Nothing: the ISCO-08 group is not in the vocabulary.
    UnknownGroup,
    /// Nothing: there is no such label to take away.
    NothingToTake,
}

/// Which rows may bring concepts of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewConcepts {
    WithGroup,
    Never,
}

impl Vocabulary {
    /// A vocabulary of these labels alone: what is in it can be linked to, and is near to nothing.
    ///
    /// Ids that begin with `occupation/`, `skill/` or `isco/` are what they say; any other may be linked to as an
    /// occupation and as a skill.
    ///
    /// ```
    /// # use passend::{ExtensionRow, LabelKind, LinkKind, Vocabulary};
    /// let row = |id, label| ExtensionRow { id, label, kind: Some(LabelKind::Preferred), isco08: None };
    /// let mine = Vocabulary::of_labels("mine", &[row("a1", "kok"), row("a2", "bakker")])?;
    /// assert_eq!(mine.link(LinkKind::Occupation, "Bakker", 1).matches[0].id, "a2");
    /// # Ok::<(), passend::VocabularyError>(())
    /// ```
    ///
    /// # Errors
    /// If an ISCO-08 code has other than one to four digits.
    pub fn of_labels(name: &str, rows: &[ExtensionRow<'_>]) -> Result<Self, VocabularyError> {
        let mut builder = VocabularyBuilder::default();
        builder.groups_answer();
        let mut taken: Vec<ExtensionRow<'_>> = Vec::new();
        for row in rows {
            let id = without_base(row.id);
            let is_group = |id: &str| {
                id.strip_prefix("isco/C").is_some_and(|code| Group::parse(code).is_some())
            };
            let kinds: &[ConceptKind] = match id.split_once('/') {
                Some(("occupation", _)) => &[ConceptKind::Occupation],
                Some(("skill", _)) => &[ConceptKind::Skill],
                Some(("isco", _)) if is_group(id) => &[ConceptKind::IscoGroup],
                _ => &[ConceptKind::Occupation, ConceptKind::Skill],
            };
            let Some(kind) = row.kind else {
                taken.push(*row);
                continue;
            };
            for concept_kind in kinds {
                let concept = builder.add(*concept_kind, id);
                builder.label(concept, "", kind, row.label);
                if let (ConceptKind::Occupation, Some(code)) = (concept_kind, row.isco08) {
                    builder.within(concept, code)?;
                }
            }
        }
        let source = VocabularySource { name: name.to_owned(), ..VocabularySource::default() };
        let vocabulary = builder.build(&source);
        Ok(if taken.is_empty() { vocabulary } else { vocabulary.extended(&taken).0 })
    }

    /// This vocabulary with labels added to its concepts or taken away, and with occupations of the user's own, which
    /// have a new id and an ISCO-08 group; and what each row did.
    ///
    /// ```
    /// # use passend::{ExtensionRow, LabelKind, LinkKind, RowUse, Vocabulary};
    /// let row = ExtensionRow {
    ///     id: "occupation/5120-cook",
    ///     label: "pannenridder",
    ///     kind: Some(LabelKind::Alternative),
    ///     isco08: None,
    /// };
    /// let (mine, used) = Vocabulary::starter().extended(&[row]);
    /// assert_eq!(used, [RowUse::Used]);
    /// assert_eq!(mine.link(LinkKind::Occupation, "pannenridder", 1).matches[0].label, "kok");
    /// ```
    pub fn extended(&self, rows: &[ExtensionRow<'_>]) -> (Self, Vec<RowUse>) {
        self.laid_over(rows, NewConcepts::WithGroup)
    }

    /// This vocabulary with the labels of rows whose id it has; nothing else of them.
    pub fn relabelled(&self, rows: &[ExtensionRow<'_>]) -> (Self, Vec<RowUse>) {
        self.laid_over(rows, NewConcepts::Never)
    }

    /// This vocabulary with the labels that another one has for the same ids.
    pub fn with_labels_of(&self, other: &Self) -> Self {
        let mut mine = self.clone();
        let kinds = [
            (&mut mine.occupations, &other.occupations),
            (&mut mine.skills, &other.skills),
            (&mut mine.skill_groups, &other.skill_groups),
            (&mut mine.groups, &other.groups),
        ];
        for (own, other) in kinds {
            let mut changes = Changes::default();
            for (at, id) in other.ids.iter().enumerate() {
                if let Some(here) = own.ids.find(id) {
                    let labels = other.labels(at).map(|label| {
                        let language = Tongue::new(label.language);
                        // The name that the concept has here stays its name.
                        let named = own.preferred(here, label.language).is_some();
                        let kind = match label.kind {
                            LabelKind::Preferred if named => LabelKind::Alternative,
                            kind => kind,
                        };
                        (Mark { language, kind }, label.text)
                    });
                    changes.added.entry(here).or_default().extend(labels);
                }
            }
            *own = own.changed(&changes);
        }
        mine.version = format!("{} + {}", self.version, other.version);
        mine.forget_links();
        mine
    }

    fn laid_over(&self, rows: &[ExtensionRow<'_>], new: NewConcepts) -> (Self, Vec<RowUse>) {
        let has = |id: &str| {
            let kinds = [&self.occupations, &self.skills, &self.skill_groups, &self.groups];
            kinds.iter().any(|kind| kind.ids.find(id).is_some())
        };
        let mut local: BTreeMap<&str, Group> = BTreeMap::new();
        for row in rows.iter().filter(|row| new == NewConcepts::WithGroup && row.kind.is_some()) {
            let group = row.isco08.and_then(Group::parse).filter(|group| self.has_group(*group));
            if let (false, Some(group)) = (has(without_base(row.id)), group) {
                local.entry(without_base(row.id)).or_insert(group);
            }
        }
        let mut mine = self.with_occupations(&local);
        let mut used = Vec::with_capacity(rows.len());
        let mut hash = Sha256::new();
        let mut changes: [Changes<'_>; 4] = Default::default();
        for row in rows {
            let id = without_base(row.id);
            for cell in [id, row.label, if row.kind.is_some() { "+" } else { "-" }] {
                hash.update(cell);
                hash.update([0]);
            }
            let kinds = [&mine.occupations, &mine.skills, &mine.skill_groups, &mine.groups];
            let mut known = false;
            let mut acts = false;
            for (kind, changes) in kinds.into_iter().zip(&mut changes) {
                let Some(at) = kind.ids.find(id) else { continue };
                known = true;
                acts |= changes.note(kind, at, row);
            }
            used.push(match (known, acts, row.kind) {
                (_, true, _) => RowUse::Used,
                (true, false, Some(_)) => RowUse::Known,
                (true, false, None) => RowUse::NothingToTake,
                (false, ..) if row.isco08.is_some() && new == NewConcepts::WithGroup => {
                    RowUse::UnknownGroup
                }
                (false, ..) => RowUse::UnknownId,
            });
        }
        let kinds =
            [&mut mine.occupations, &mut mine.skills, &mut mine.skill_groups, &mut mine.groups];
        for (kind, changes) in kinds.into_iter().zip(&changes) {
            *kind = kind.changed(changes);
        }
        let print: String =
            hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        mine.version = format!("{} + {} rows (sha256:{print})", self.version, rows.len());
        mine.forget_links();
        (mine, used)
    }

    /// This vocabulary with occupations that have a group and no labels yet.
    fn with_occupations(&self, local: &BTreeMap<&str, Group>) -> Self {
        let mut mine = self.clone();
        if local.is_empty() {
            return mine;
        }
        let old = self.occupations.ids.iter().enumerate().map(|(at, id)| (id, Some(at)));
        let mut all: Vec<(&str, Option<usize>)> =
            old.chain(local.keys().map(|id| (*id, None))).collect();
        all.sort_unstable();
        let mut renumbered = vec![0; self.occupations.len()];
        for (new, (_, old)) in all.iter().enumerate() {
            if let Some(slot) = old.and_then(|old| renumbered.get_mut(old)) {
                *slot = number(new);
            }
        }
        let new = |old: u32| renumbered.get(place(old)).copied().unwrap_or(old);
        mine.occupations = Concepts::default();
        mine.within.clear();
        (mine.essential, mine.optional) = (Rows::default(), Rows::default());
        mine.related = Neighbours::default();
        for (id, old) in all {
            mine.occupations.ids.push(id);
            let row = old.unwrap_or(usize::MAX);
            let labels = self.occupations.labels(row);
            labels.for_each(|label| mine.occupations.texts.push(label.text));
            mine.occupations.labels.push(self.occupations.labels.row(row).iter().copied());
            let group = old.and_then(|old| self.within.get(old)).or_else(|| local.get(id));
            mine.within.push(group.copied().unwrap_or(Group::NONE));
            mine.essential.push(self.essential.row(row).iter().copied());
            mine.optional.push(self.optional.row(row).iter().copied());
            let near = self.related.near(row);
            mine.related
                .push(near.filter_map(|near| Near::new(new(near.other()), near.hundredths())));
        }
        for (kind, _, at) in &mut mine.crosswalks {
            if *kind == ConceptKind::Occupation {
                *at = new(*at);
            }
        }
        mine
    }

    fn forget_links(&mut self) {
        self.linkers = super::link::Linkers::default();
    }
}

/// What changes in the labels of the concepts of one kind, by concept.
#[derive(Debug, Default)]
struct Changes<'a> {
    added: HashMap<usize, Vec<(Mark, &'a str)>>,
    /// Folded labels that go.
    taken: HashMap<usize, Vec<String>>,
}

impl<'a> Changes<'a> {
    /// Notes a row; whether it changes something.
    fn note(&mut self, kind: &Concepts, at: usize, row: &ExtensionRow<'a>) -> bool {
        let folded = fold(row.label);
        let there = || kind.labels(at).any(|label| fold(label.text) == folded);
        let taken = self.taken.entry(at).or_default();
        let added = self.added.entry(at).or_default();
        match row.kind {
            None => {
                let before = added.len();
                added.retain(|(_, text)| fold(text) != folded);
                let acts = added.len() < before || (!taken.contains(&folded) && there());
                taken.push(folded);
                acts
            }
            Some(label_kind) => {
                let language = Tongue::new("");
                let mark = Mark { language, kind: label_kind };
                let known = kind
                    .labels(at)
                    .any(|label| label.text == row.label && label.kind <= label_kind)
                    || added
                        .iter()
                        .any(|(mark, text)| *text == row.label && mark.kind <= label_kind);
                let acts = !known || taken.contains(&folded);
                if acts {
                    added.push((mark, row.label));
                }
                acts
            }
        }
    }
}

impl Concepts {
    fn changed(&self, changes: &Changes<'_>) -> Self {
        if changes.added.is_empty() && changes.taken.is_empty() {
            return self.clone();
        }
        let mut mine = Self { ids: self.ids.clone(), ..Self::default() };
        for at in 0..self.len() {
            let taken = changes.taken.get(&at).map(Vec::as_slice).unwrap_or_default();
            let goes = |text: &str| !taken.is_empty() && taken.contains(&fold(text));
            let own = self.labels(at).filter(|label| !goes(label.text)).map(|label| {
                (Mark { language: Tongue::new(label.language), kind: label.kind }, label.text)
            });
            let mut labels: Vec<(Mark, &str)> = own.collect();
            for (mark, text) in changes.added.get(&at).into_iter().flatten() {
                let known = labels.iter().any(|(own, label)| {
                    label == text && own.language == mark.language && own.kind <= mark.kind
                });
                if !known {
                    labels.push((*mark, text));
                }
            }
            labels.sort_by_key(|(mark, _)| (mark.kind, mark.language.order()));
            labels.iter().for_each(|(_, text)| mine.texts.push(text));
            mine.labels.push(labels.iter().map(|(mark, _)| *mark));
        }
        mine
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::{LinkKind, LinkStatus, OccupationIndex};

    fn row<'a>(
        id: &'a str,
        label: &'a str,
        kind: Option<LabelKind>,
        isco08: Option<&'a str>,
    ) -> ExtensionRow<'a> {
        ExtensionRow { id, label, kind, isco08 }
    }

    const ALTERNATIVE: Option<LabelKind> = Some(LabelKind::Alternative);
    const PREFERRED: Option<LabelKind> = Some(LabelKind::Preferred);

    #[track_caller]
    fn check(vocabulary: &Vocabulary, title: &str, expected: &[&str]) {
        let link = vocabulary.link(LinkKind::Occupation, title, 1);
        let sure: Vec<_> = match link.status {
            LinkStatus::Linked => link.matches.iter().map(|one| one.id.as_str()).collect(),
            LinkStatus::Unsure | LinkStatus::None => Vec::new(),
        };
        assert_eq!(sure, expected, "{link:?}");
    }

    #[test]
    fn a_local_occupation_takes_its_place() {
        let starter = Vocabulary::starter();
        let rows = [
            row("occupation/azc-host", "gastheer opvang", PREFERRED, Some("5151")),
            row("occupation/azc-host", "gastvrouw opvang", ALTERNATIVE, None),
            row("occupation/5120-cook", "pannenridder", ALTERNATIVE, None),
        ];
        let (mine, used) = starter.extended(&rows);
        assert_eq!(used, [RowUse::Used; 3]);
        check(&mine, "gastvrouw opvang", &["occupation/azc-host"]);
        check(&mine, "pannenridder", &["occupation/5120-cook"]);
        assert_eq!(mine.occupations().len(), starter.occupations().len() + 1);
        let host = mine.occupation_by_id("occupation/azc-host").unwrap();
        assert_eq!(host.isco08(), "5151");
        for occupation in starter.occupations() {
            let here = mine.occupation_by_id(occupation.id()).unwrap();
            assert_eq!(here.label(), occupation.label());
            let names = |of: &Vocabulary, index: OccupationIndex| {
                let related = of.related.near(place(index.0));
                related
                    .map(|near| {
                        let other = of.occupation(OccupationIndex(near.other())).unwrap();
                        (other.id().to_owned(), near.hundredths())
                    })
                    .collect::<Vec<_>>()
            };
            assert_eq!(names(&mine, here.index), names(&starter, occupation.index));
        }
        assert_eq!(Vocabulary::from_pack(mine.to_pack()).unwrap().to_pack(), mine.to_pack());
    }

    #[test]
    fn a_label_can_be_taken_away() {
        let starter = Vocabulary::starter();
        check(&starter, "kokkin", &["occupation/5120-cook"]);
        let rows = [
            row("occupation/5120-cook", "Kokkin", None, None),
            row("occupation/5120-cook", "no such label", None, None),
        ];
        let (mine, used) = starter.extended(&rows);
        assert_eq!(used, [RowUse::Used, RowUse::NothingToTake]);
        let cook = mine.occupation_by_id("occupation/5120-cook").unwrap();
        assert!(cook.labels().all(|label| label.text != "kokkin"));
        assert_ne!(mine.version(), starter.version());
    }

    #[test]
    fn rows_that_can_do_nothing_are_told() {
        let rows = [
            row("occupation/none", "niets", ALTERNATIVE, None),
            row("occupation/none", "niets", ALTERNATIVE, Some("9999")),
            row("occupation/5120-cook", "kok", ALTERNATIVE, None),
        ];
        let (_, used) = Vocabulary::starter().extended(&rows);
        assert_eq!(used, [RowUse::UnknownId, RowUse::UnknownGroup, RowUse::Known]);
        let local = row("occupation/mine", "x y", PREFERRED, Some("5120"));
        assert_eq!(Vocabulary::starter().relabelled(&[local]).1, [RowUse::UnknownId]);
    }

    #[test]
    fn labels_alone_are_a_vocabulary() {
        let rows = [
            row("occupation/a", "kok", PREFERRED, Some("5120")),
            row("isco/C51", "dienstverlening", PREFERRED, None),
            row("skill/s", "koken", PREFERRED, None),
            row("plain", "bakker", ALTERNATIVE, None),
        ];
        let mine = Vocabulary::of_labels("mine", &rows).unwrap();
        check(&mine, "kok", &["occupation/a"]);
        check(&mine, "dienstverlening", &["isco/C51"]);
        check(&mine, "bakker", &["plain"]);
        assert_eq!(mine.link(LinkKind::Skill, "bakker", 1).matches[0].id, "plain");
        assert_ne!(mine.link(LinkKind::Skill, "kok", 1).status, LinkStatus::Linked);
        assert!(!mine.is_of_skills());
        assert!(Vocabulary::of_labels("s", &rows[2..3]).unwrap().is_of_skills());
    }

    #[test]
    fn another_vocabulary_lends_its_labels() {
        let rows = [
            row("occupation/5120-cook", "кухар", PREFERRED, None),
            row("occupation/other", "other", PREFERRED, None),
        ];
        let other = Vocabulary::of_labels("uk", &rows).unwrap();
        let mine = Vocabulary::starter().with_labels_of(&other);
        check(&mine, "кухар", &["occupation/5120-cook"]);
        assert_eq!(mine.occupations().len(), Vocabulary::starter().occupations().len());
        assert_eq!(mine.occupation_by_id("occupation/5120-cook").unwrap().label().nl, "kok");
    }
}
