// SPDX-License-Identifier: EUPL-1.2
//! The occupations and skills of a vocabulary in the orders in which they are drawn.

use std::collections::{BTreeMap, BTreeSet};

use passend::{Concept, LabelKind, LabelRow, OccupationConcept, SkillConcept, Vocabulary};

use crate::Regime;
use crate::draws::{Draws, text_number};
use crate::tables::{sectors, titles, unknowns};

/// Things in an order, the first drawn most: the second half as often as the first, the third a third as often (Zipf).
#[derive(Debug)]
struct Ranked<T> {
    items: Vec<T>,
    cumulative: Vec<u32>,
}

impl<T: Copy> Ranked<T> {
    fn new(items: Vec<T>) -> Self {
        // Whole numbers; 13,900 skills (ESCO) sum to about ten million, far below the limit.
        const OF_THE_FIRST: u32 = 1_000_000;
        let mut sum = 0u32;
        let cumulative = (1u32..)
            .zip(&items)
            .map(|(rank, _)| {
                sum = sum.saturating_add(OF_THE_FIRST / rank);
                sum
            })
            .collect();
        Self { items, cumulative }
    }

    fn draw(&self, draws: &mut Draws) -> Option<T> {
        let drawn = draws.below(self.cumulative.last().copied()?);
        let at = self.cumulative.partition_point(|upto| *upto <= drawn);
        self.items.get(at).copied()
    }
}

/// The occupations and skills of a vocabulary in the orders in which they are drawn.
#[derive(Debug)]
pub(crate) struct Catalogue<'v> {
    pub(crate) vocabulary: &'v Vocabulary,
    /// What the vacancies of a sector ask, the most everyday occupation first.
    by_sector: BTreeMap<&'static str, Ranked<OccupationConcept<'v>>>,
    asked: Ranked<OccupationConcept<'v>>,
    /// All occupations in an order that means nothing: work elsewhere is not what is asked here.
    held: Ranked<OccupationConcept<'v>>,
    /// By the first two digits of the ISCO-08 code.
    by_kind: BTreeMap<&'v str, Vec<OccupationConcept<'v>>>,
    /// The most common first.
    skills: Ranked<SkillConcept<'v>>,
    /// Labels that more than one occupation has, folded.
    shared: BTreeSet<String>,
}

impl<'v> Catalogue<'v> {
    pub(crate) fn new(vocabulary: &'v Vocabulary, regime: Regime) -> Self {
        let mut held: Vec<OccupationConcept<'_>> = vocabulary.occupations().collect();
        held.sort_by_key(|one| (text_number(one.id()), one.id()));
        // An occupation with many everyday titles is common work.
        let mut asked: Vec<OccupationConcept<'_>> = vocabulary
            .occupations()
            .filter(|one| regime != Regime::Open || !sectors::is_regulated(isco(*one)))
            .collect();
        asked.sort_by_key(|one| (std::cmp::Reverse(alternatives(one.labels()).count()), one.id()));
        let mut by_sector: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &asked {
            by_sector.entry(sectors::sector(isco(*one))).or_default().push(*one);
        }
        let mut by_kind: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &held {
            by_kind.entry(isco(*one).get(..2).unwrap_or_default()).or_default().push(*one);
        }
        let mut skills: Vec<SkillConcept<'_>> = vocabulary.skills().collect();
        skills.sort_by_key(|one| (one.rarity(), text_number(one.id()), one.id()));
        Self {
            vocabulary,
            by_sector: by_sector.into_iter().map(|(key, list)| (key, Ranked::new(list))).collect(),
            asked: Ranked::new(asked),
            held: Ranked::new(held),
            by_kind,
            skills: Ranked::new(skills),
            shared: shared_labels(vocabulary),
        }
    }

    /// The title that somebody writes for an occupation: mostly the usual one, often another, which may be ambiguous.
    pub(crate) fn title(&self, occupation: OccupationConcept<'_>, draws: &mut Draws) -> String {
        let label = titles::LABEL.draw(draws);
        let others: Vec<&str> = match label {
            titles::Label::Preferred => return occupation.label().nl,
            titles::Label::English => return occupation.label().en,
            titles::Label::Alternative | titles::Label::Shared => {
                alternatives(occupation.labels()).collect()
            }
        };
        let is_shared = |text: &&&str| self.shared.contains(&folded(text));
        let shared: Vec<&str> = others.iter().filter(is_shared).copied().collect();
        let from =
            if label == titles::Label::Shared && !shared.is_empty() { shared } else { others };
        draws.one_of(&from).map_or_else(|| occupation.label().nl, |text| (*text).to_owned())
    }

    /// The occupation as a record names it: by title, or by its code.
    pub(crate) fn concept(&self, occupation: OccupationConcept<'_>, draws: &mut Draws) -> Concept {
        if draws.chance(unknowns::CODE_LEFT_OUT) {
            return Concept::labelled(self.title(occupation, draws));
        }
        coded(occupation.id(), &occupation.label().nl)
    }

    /// What a vacancy asks: a sector by its share of open vacancies, then an occupation of the sector.
    ///
    /// A sector that this vocabulary lacks gives any occupation; an empty vocabulary gives none.
    pub(crate) fn asked(&self, draws: &mut Draws) -> Option<OccupationConcept<'v>> {
        let sector = sectors::VACANCIES.draw(draws);
        self.by_sector.get(sector).unwrap_or(&self.asked).draw(draws)
    }

    /// What a person did before: half of the time what vacancies ask, half of the time anything.
    pub(crate) fn held(&self, draws: &mut Draws) -> Option<OccupationConcept<'v>> {
        if draws.chance(500) { self.asked(draws) } else { self.held.draw(draws) }
    }

    /// Another occupation of the same kind; often the same one.
    pub(crate) fn akin(
        &self,
        occupation: OccupationConcept<'_>,
        draws: &mut Draws,
    ) -> Option<OccupationConcept<'v>> {
        let kind = self.by_kind.get(isco(occupation).get(..2).unwrap_or_default())?;
        draws.one_of(kind).copied()
    }

    /// A skill that is used in much work.
    pub(crate) fn transversal(&self, draws: &mut Draws) -> Option<SkillConcept<'v>> {
        self.skills.draw(draws)
    }
}

/// The labels that more than one occupation has.
fn shared_labels(vocabulary: &Vocabulary) -> BTreeSet<String> {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for one in vocabulary.occupations() {
        let label = one.label();
        let names = [label.nl.as_str(), label.en.as_str()];
        for label in names.into_iter().chain(alternatives(one.labels())) {
            owners.entry(folded(label)).or_default().insert(one.id());
        }
    }
    owners.into_iter().filter(|(_, ids)| ids.len() > 1).map(|(label, _)| label).collect()
}

fn folded(label: &str) -> String {
    label.to_lowercase()
}

/// The ISCO-08 code of an occupation, in the vocabulary or else in its id (`occupation/5120-cook`); empty if there is none.
pub(crate) fn isco(occupation: OccupationConcept<'_>) -> &str {
    match occupation.isco08() {
        "" => {
            let last = occupation.id().rsplit('/').next().unwrap_or_default();
            last.get(..4)
                .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))
                .unwrap_or_default()
        }
        code => code,
    }
}

/// The Dutch and English labels beside the name.
fn alternatives<'v>(labels: impl Iterator<Item = LabelRow<'v>>) -> impl Iterator<Item = &'v str> {
    labels
        .filter(|label| {
            label.kind == LabelKind::Alternative && matches!(label.language, "nl" | "en" | "")
        })
        .map(|label| label.text)
}

/// A concept with its code and label.
pub(crate) fn coded(id: &str, label: &str) -> Concept {
    Concept {
        scheme: Some(scheme(id).to_owned()),
        code: Some(id.to_owned()),
        label: Some(label.to_owned()),
    }
}

/// The skill as a record names it, given whether its source uses codes.
pub(crate) fn skill(skill: SkillConcept<'_>, has_codes: bool, draws: &mut Draws) -> Concept {
    if has_codes {
        return Concept { label: None, ..coded(skill.id(), &skill.label().nl) };
    }
    let is_other = draws.chance(titles::OTHER_SKILL_LABEL);
    let others: Vec<_> = alternatives(skill.labels()).collect();
    let other = if is_other { draws.one_of(&others) } else { None };
    Concept::labelled(other.map_or_else(|| skill.label().nl, |label| (*label).to_owned()))
}

/// Keeps each skill once, in the order in which they came, and no more than so many.
pub(crate) fn distinct(skills: &mut Vec<SkillConcept<'_>>, most: usize) {
    let mut seen = BTreeSet::new();
    skills.retain(|skill| seen.insert(skill.id()));
    skills.truncate(most);
}

/// The classification that an id belongs to.
fn scheme(id: &str) -> &'static str {
    if id.starts_with("occupation/") || id.starts_with("skill/") { "passend" } else { "esco" }
}
