// SPDX-License-Identifier: EUPL-1.2
//! By what people are counted: each person is in exactly one category of each dimension.
//!
//! Only what the engine already knows to match: no nationality, origin, sex or age.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::{Market, Stopped, Watch};
use crate::gate::Gate;
use crate::index::{Alone, alone};
use crate::model::{EducationLevel, ResidenceStatus, Route};
use crate::policy::{Meets, Municipality};
use crate::prepare::CandidateFacts;
use crate::text::{Say, Text};
use crate::vocabulary::{Group, Reading};

/// By what people are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Residence status, as in the record; the accelerated procedure counts as the procedure.
    Status,
    /// Municipality by its GM code: the one that the record names, or the new one once a certain move has happened.
    Municipality,
    /// Province of the municipality.
    Province,
    /// Labour-market region of the municipality, by its code.
    Region,
    /// Section of the SBI: the one that the person asks for, else the one where most positions of this market are in the
    /// work that the person did longest, or wishes.
    Sector,
    /// Highest education that was finished, by whatever evidence, in three levels of CBS: `low`, `middle`, `high`; `none`
    /// where the list is complete and nothing in it was finished.
    Education,
    /// Route of civic integration.
    Route,
    /// What stands between the person and work on the day: `none` where a vacancy is open; else the gate that alone keeps
    /// away the most vacancies; `several` where no vacancy is kept away by one gate alone.
    Obstacle,
}

/// A category of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Category {
    /// The code, `unknown` for who cannot be placed.
    pub code: String,
    /// The name.
    pub name: Text,
}

/// The category of each person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// The categories that somebody is in, by code; `unknown` is the last.
    pub categories: Vec<Category>,
    /// For each person, in the order of the market: the place of the category, from 0.
    pub of_candidate: Vec<u32>,
}

/// Who cannot be placed.
const UNKNOWN: &str = "unknown";

impl Dimension {
    /// All dimensions, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Status,
        Self::Municipality,
        Self::Province,
        Self::Region,
        Self::Sector,
        Self::Education,
        Self::Route,
        Self::Obstacle,
    ];

    /// The name in records and flags.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Municipality => "municipality",
            Self::Province => "province",
            Self::Region => "region",
            Self::Sector => "sector",
            Self::Education => "education",
            Self::Route => "route",
            Self::Obstacle => "obstacle",
        }
    }

    /// The dimension with this name.
    ///
    /// ```
    /// # use passend::Dimension;
    /// assert_eq!(Dimension::called("route"), Some(Dimension::Route));
    /// assert_eq!(Dimension::called("nationality"), None);
    /// ```
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == name)
    }

    /// The dimensions whose categories each hold whole categories of this one: a table over both has margins in common.
    pub const fn within(self) -> &'static [Self] {
        match self {
            Self::Municipality => &[Self::Province, Self::Region],
            _ => &[],
        }
    }

    /// What people are counted by, in words.
    pub fn name(self) -> Text {
        let say = match self {
            Self::Status => Say("dimension_status"),
            Self::Municipality => Say("dimension_municipality"),
            Self::Province => Say("dimension_province"),
            Self::Region => Say("dimension_region"),
            Self::Sector => Say("dimension_sector"),
            Self::Education => Say("dimension_education"),
            Self::Route => Say("dimension_route"),
            Self::Obstacle => Say("dimension_obstacle"),
        };
        say.plain()
    }
}

impl Category {
    fn new(code: impl Into<String>, name: Text) -> Self {
        Self { code: code.into(), name }
    }

    fn unknown() -> Self {
        Self::new(UNKNOWN, Say("group_unknown").plain())
    }
}

impl Grouping {
    /// The category of each person, in order.
    fn of(each: Vec<Option<Category>>) -> Self {
        let mut places: BTreeMap<(bool, Category), u32> = BTreeMap::new();
        // `unknown` sorts behind every code.
        let keys: Vec<_> = each
            .into_iter()
            .map(|one| (one.is_none(), one.unwrap_or_else(Category::unknown)))
            .collect();
        for key in &keys {
            places.entry(key.clone()).or_default();
        }
        for (place, number) in places.values_mut().zip(0..) {
            *place = number;
        }
        let of_candidate = keys.iter().filter_map(|key| places.get(key).copied()).collect();
        Self {
            categories: places.into_keys().map(|(_, category)| category).collect(),
            of_candidate,
        }
    }

    /// Everybody in one category, `all`.
    pub fn everybody(candidates: usize) -> Self {
        let all = Category::new("all", Say("group_all").plain());
        Self { categories: vec![all], of_candidate: vec![0; candidates] }
    }
}

impl Market {
    /// The category of each person in a dimension. `obstacle` asks every pair, the others cost nothing.
    ///
    /// ```
    /// # use passend::{Candidate, Dimension, Engine, Watch};
    /// let person: Candidate = serde_json::from_str(r#"{"id":"c1","location":{"municipality":"Assen"}}"#)?;
    /// let market = Engine::default().market(&[person], &[], "2026-11-25".parse()?)?;
    /// let grouping = market.grouping(Dimension::Province, &Watch::new())?;
    /// assert_eq!((grouping.categories[0].code.as_str(), grouping.of_candidate[0]), ("Drenthe", 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The watch was stopped.
    pub fn grouping(&self, dimension: Dimension, watch: &Watch) -> Result<Grouping, Stopped> {
        let (candidates, _) = self.sides();
        watch.check()?;
        let sectors = (dimension == Dimension::Sector).then(|| Sectors::new(self));
        let categories: Vec<Option<Category>> = match dimension {
            Dimension::Obstacle => {
                let index = self.index(watch)?;
                let found = alone(self.plain(), index, self.sides(), |_| true, || watch.check())?;
                let mut each = vec![None; candidates.len()];
                for (number, alone) in found {
                    if let Some(one) = each.get_mut(number as usize) {
                        *one = Some(obstacle_name(alone.into()));
                    }
                }
                each
            }
            _ => candidates
                .iter()
                .map(|one| self.category(dimension, one, sectors.as_ref()))
                .collect(),
        };
        Ok(Grouping::of(categories))
    }

    fn category(
        &self,
        dimension: Dimension,
        one: &CandidateFacts,
        sectors: Option<&Sectors>,
    ) -> Option<Category> {
        match dimension {
            Dimension::Status => one.legal.status.map(status),
            Dimension::Municipality => self.home(one).map(municipality),
            Dimension::Province => self.home(one).map(province),
            Dimension::Region => self.home(one).map(region),
            Dimension::Sector => sectors?.of(one).map(sector),
            Dimension::Education => self.education(one),
            Dimension::Route => one.grouped.route.map(route),
            Dimension::Obstacle => None,
        }
    }

    fn home(&self, one: &CandidateFacts) -> Option<&Municipality> {
        self.policy.places().municipality_at(one.grouped.municipality?)
    }

    fn education(&self, one: &CandidateFacts) -> Option<Category> {
        let courses = one.learned.education.as_deref()?;
        let (middle, high) =
            (self.policy.rank(EducationLevel::Mbo2), self.policy.rank(EducationLevel::Ad));
        let finished: Vec<_> = courses.iter().filter(|one| one.meets != Meets::Partly).collect();
        let highest = finished.iter().filter_map(|one| one.ranks).map(|(low, _)| low).max();
        let (code, say) = match highest {
            None if finished.is_empty() => ("none", Say("education_none")),
            None => return None,
            Some(0) => ("none", Say("education_none")),
            Some(rank) if rank < middle => ("low", Say("education_low")),
            Some(rank) if rank < high => ("middle", Say("education_middle")),
            Some(_) => ("high", Say("education_high")),
        };
        Some(Category::new(code, say.plain()))
    }
}

fn municipality(one: &Municipality) -> Category {
    Category::new(&one.code, Text::same(&one.name))
}

fn province(one: &Municipality) -> Category {
    Category::new(&one.province, Text::same(&one.province))
}

fn region(one: &Municipality) -> Category {
    Category::new(&one.region.0, Text::same(&one.region.1))
}

fn status(status: ResidenceStatus) -> Category {
    let (code, say) = match status {
        ResidenceStatus::Free => ("free", Say("status_free")),
        ResidenceStatus::AsylumSeekerInProcedure | ResidenceStatus::AsylumSeekerAccelerated => {
            ("asylum_seeker_in_procedure", Say("status_asylum_seeker_in_procedure"))
        }
        ResidenceStatus::DublinClaimant => ("dublin_claimant", Say("status_dublin_claimant")),
        ResidenceStatus::ReturnDecision => ("return_decision", Say("status_return_decision")),
        ResidenceStatus::StatusHolderFixedTerm => {
            ("status_holder_fixed_term", Say("status_status_holder_fixed_term"))
        }
        ResidenceStatus::StatusHolderIndefinite => {
            ("status_holder_indefinite", Say("status_status_holder_indefinite"))
        }
        ResidenceStatus::FamilyOfStatusHolder => {
            ("family_of_status_holder", Say("status_family_of_status_holder"))
        }
        ResidenceStatus::FamilyRegular => ("family_regular", Say("status_family_regular")),
        ResidenceStatus::UkraineTemporaryProtection => {
            ("ukraine_temporary_protection", Say("status_ukraine_temporary_protection"))
        }
        ResidenceStatus::UkraineTransitionDocument => {
            ("ukraine_transition_document", Say("status_ukraine_transition_document"))
        }
        ResidenceStatus::UkraineThirdCountryTemporary => {
            ("ukraine_third_country_temporary", Say("status_ukraine_third_country_temporary"))
        }
        ResidenceStatus::UkraineThirdCountryPermanent => {
            ("ukraine_third_country_permanent", Say("status_ukraine_third_country_permanent"))
        }
        ResidenceStatus::UnaccompaniedMinorInProcedure => {
            ("unaccompanied_minor_in_procedure", Say("status_unaccompanied_minor_in_procedure"))
        }
        ResidenceStatus::MinorWithPermit => ("minor_with_permit", Say("status_minor_with_permit")),
        ResidenceStatus::VictimOfTraffickingPermit => {
            ("victim_of_trafficking_permit", Say("status_victim_of_trafficking_permit"))
        }
        ResidenceStatus::StudentNonEu => ("student_non_eu", Say("status_student_non_eu")),
        ResidenceStatus::Unknown => (UNKNOWN, Say("group_unknown")),
    };
    Category::new(code, say.plain())
}

fn route(route: Route) -> Category {
    let (code, say) = match route {
        Route::B1 => ("b1", Say("route_b1")),
        Route::Education => ("education", Say("route_education")),
        Route::Z => ("z", Say("route_z")),
    };
    Category::new(code, say.plain())
}

/// The section of the SBI with its name.
pub(super) fn sector(section: char) -> Category {
    let say = match section {
        'A' => Say("sector_a"),
        'B' => Say("sector_b"),
        'C' => Say("sector_c"),
        'D' => Say("sector_d"),
        'E' => Say("sector_e"),
        'F' => Say("sector_f"),
        'G' => Say("sector_g"),
        'H' => Say("sector_h"),
        'I' => Say("sector_i"),
        'J' => Say("sector_j"),
        'K' => Say("sector_k"),
        'L' => Say("sector_l"),
        'M' => Say("sector_m"),
        'N' => Say("sector_n"),
        'O' => Say("sector_o"),
        'P' => Say("sector_p"),
        'Q' => Say("sector_q"),
        'R' => Say("sector_r"),
        'S' => Say("sector_s"),
        'T' => Say("sector_t"),
        _ => Say("sector_u"),
    };
    Category::new(section, say.plain())
}

/// In which sections work is done, by the positions of a market.
struct Sectors {
    /// Positions by ISCO group of four, three and two digits, and section.
    positions: BTreeMap<(Group, char), u64>,
}

/// An ISCO group and the wider ones that hold it, the narrowest first; a major group says nothing of the sector.
fn widening(group: Group) -> impl Iterator<Item = Group> {
    [4, 3, 2].into_iter().filter_map(move |digits| group.at(digits))
}

impl Sectors {
    fn new(market: &Market) -> Self {
        let mut positions = BTreeMap::new();
        for vacancy in market.sides().1 {
            let Some(sector) = &vacancy.work.sector else { continue };
            for group in likeliest(vacancy.readings()).into_iter().flat_map(widening) {
                *positions.entry((group, sector.section())).or_default() +=
                    u64::from(vacancy.positions);
            }
        }
        Self { positions }
    }

    fn of(&self, one: &CandidateFacts) -> Option<char> {
        let wishes = one.profile.wishes.as_ref();
        let mut asked = wishes.and_then(|own| own.sectors.as_deref()).into_iter().flatten();
        let first = asked.next().map(crate::policy::Sector::section);
        if let Some(first) = first.filter(|first| asked.all(|other| other.section() == *first)) {
            return Some(first);
        }
        let held = one.profile.held.iter().flatten().filter(|held| held.reading.share == 100);
        // Of work done equally long the first by code, so that the order of the record does not matter.
        let longest = held.max_by_key(|held| (held.months, std::cmp::Reverse(held.reading.group)));
        let wished = || wishes.and_then(|own| likeliest(&own.occupations));
        let group = longest.map(|held| held.reading.group).or_else(wished)?;
        widening(group).find_map(|group| self.most(group))
    }

    /// The section with most positions in a group; the first by letter of those with equally many.
    fn most(&self, group: Group) -> Option<char> {
        let own = self.positions.range((group, char::MIN)..=(group, char::MAX));
        let most = own.max_by_key(|((_, section), count)| (**count, std::cmp::Reverse(*section)));
        most.map(|((_, section), _)| *section)
    }
}

/// The likeliest of the readings of a title; the first by code of those equally likely.
pub(super) fn likeliest(readings: &[Reading]) -> Option<Group> {
    let most = readings.iter().max_by_key(|one| (one.share, std::cmp::Reverse(one.group)));
    most.map(|one| one.group)
}

/// What stands between a person and work on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Obstacle {
    /// A vacancy with a score is open.
    None,
    /// This gate alone keeps away the most vacancies.
    Gate(Gate),
    /// Each vacancy is kept away by several.
    Several,
}

impl From<Alone> for Obstacle {
    fn from(alone: Alone) -> Self {
        if alone.open {
            return Self::None;
        }
        // Of gates that keep away equally many the first counts.
        let most = Gate::ALL.into_iter().zip(alone.by_gate).rev().max_by_key(|(_, count)| *count);
        match most {
            Some((gate, count)) if count > 0 => Self::Gate(gate),
            _ => Self::Several,
        }
    }
}

fn obstacle_name(obstacle: Obstacle) -> Category {
    match obstacle {
        Obstacle::None => Category::new("none", Say("obstacle_none").plain()),
        Obstacle::Several => Category::new("several", Say("obstacle_several").plain()),
        Obstacle::Gate(gate) => Category::new(gate.code(), gate_name(gate)),
    }
}

/// The name of a gate.
pub(super) fn gate_name(gate: Gate) -> Text {
    let say = match gate {
        Gate::WorkAuthorisation => Say("gate_work_authorisation"),
        Gate::Document => Say("gate_document"),
        Gate::Age => Say("gate_age"),
        Gate::Profession => Say("gate_profession"),
        Gate::Certificate => Say("gate_certificate"),
        Gate::Language => Say("gate_language"),
        Gate::Diploma => Say("gate_diploma"),
        Gate::WorkingTime => Say("gate_working_time"),
        Gate::Hours => Say("gate_hours"),
        Gate::Travel => Say("gate_travel"),
        Gate::Dates => Say("gate_dates"),
        Gate::Exclusion => Say("gate_exclusion"),
        Gate::KindOfWork => Say("gate_kind_of_work"),
    };
    say.plain()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;
    use crate::model::{Candidate, Vacancy};

    /// Read once: reading the tables takes longer than all the checks.
    static ENGINE: std::sync::LazyLock<Engine> = std::sync::LazyLock::new(Engine::default);

    /// The code of the category of a person, given as fields of the JSON, among vacancies given so.
    #[track_caller]
    fn check(dimension: Dimension, person: &str, vacancies: &[&str], expected: &str) {
        let separator = if person.is_empty() { "" } else { "," };
        let person: Candidate =
            serde_json::from_str(&format!(r#"{{"id":"c"{separator}{person}}}"#)).unwrap();
        let work: Vec<Vacancy> = (0..)
            .zip(vacancies)
            .map(|(at, own)| serde_json::from_str(&format!(r#"{{"id":"v{at}",{own}}}"#)).unwrap())
            .collect();
        let day = "2026-11-25".parse().unwrap();
        let market = ENGINE.market(&[person], &work, day).unwrap();
        let grouping = market.grouping(dimension, &Watch::new()).unwrap();
        let codes: Vec<_> = grouping.categories.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((codes, grouping.of_candidate), (vec![expected], vec![0]));
    }

    #[test]
    fn places_are_those_that_the_record_names() {
        let assen = r#""location":{"postcode":"9401","municipality":"Assen"}"#;
        check(Dimension::Municipality, assen, &[], "GM0106");
        check(Dimension::Province, assen, &[], "Drenthe");
        check(Dimension::Region, assen, &[], "AM01");
        check(Dimension::Municipality, r#""location":{"postcode":"9401"}"#, &[], "unknown");
        check(Dimension::Province, "", &[], "unknown");
    }

    #[test]
    fn who_has_moved_counts_in_the_new_municipality() {
        let moves = |day: &str, certain: bool| {
            format!(
                r#""location":{{"municipality":"Assen"}},"relocation":{{"expected_on":"{day}","municipality":"Groningen","certain":{certain}}}"#
            )
        };
        check(Dimension::Municipality, &moves("2026-11-25", true), &[], "GM0014");
        check(Dimension::Municipality, &moves("2026-11-26", true), &[], "GM0106");
        check(Dimension::Municipality, &moves("2026-11-25", false), &[], "GM0106");
    }

    #[test]
    fn status_and_route_are_those_of_the_record() {
        let of = |status: &str| format!(r#""residence":{{"status":"{status}"}}"#);
        check(Dimension::Status, &of("dutch_citizen"), &[], "free");
        check(
            Dimension::Status,
            &of("asylum_seeker_accelerated"),
            &[],
            "asylum_seeker_in_procedure",
        );
        check(Dimension::Status, &of("unknown"), &[], "unknown");
        check(Dimension::Route, r#""integration":{"route":"z"}"#, &[], "z");
        check(Dimension::Route, "", &[], "unknown");
    }

    #[test]
    fn education_is_the_highest_that_was_finished() {
        let of = |list: &str| format!(r#""education":[{list}]"#);
        check(Dimension::Education, "", &[], "unknown");
        check(Dimension::Education, &of(""), &[], "none");
        check(Dimension::Education, &of(r#"{"level":"mbo1"}"#), &[], "low");
        check(Dimension::Education, &of(r#"{"level":"mbo1"},{"level":"mbo2"}"#), &[], "middle");
        check(Dimension::Education, &of(r#"{"level":"vwo"}"#), &[], "middle");
        check(Dimension::Education, &of(r#"{"level":"ad"}"#), &[], "high");
        let unfinished = r#"{"level":"primary"},{"level":"wo_master","status":"unfinished"}"#;
        check(Dimension::Education, &of(unfinished), &[], "low");
        check(Dimension::Education, &of(r#"{"title":"opleiding"}"#), &[], "unknown");
    }

    #[test]
    fn the_sector_is_asked_for_or_that_of_the_work_done_longest() {
        let cook = r#""experience":[{"title":"kok","months":36},{"title":"lasser","months":6}]"#;
        let work = [
            r#""title":"kok","employer":{"sbi":"56.10"},"positions":1"#,
            r#""title":"kok","employer":{"sbi":"Q"},"positions":3"#,
            r#""title":"lasser","employer":{"sbi":"C"},"positions":9"#,
        ];
        check(Dimension::Sector, cook, &work, "Q");
        check(Dimension::Sector, cook, &work[..1], "I");
        check(Dimension::Sector, cook, &[], "unknown");
        let asks = |sectors: &str| format!(r#"{cook},"wishes":{{"sectors":[{sectors}]}}"#);
        check(Dimension::Sector, &asks(r#""56","I""#), &work, "I");
        check(Dimension::Sector, &asks(r#""56","C""#), &work, "Q");
        check(Dimension::Sector, r#""wishes":{"occupations":[{"label":"kok"}]}"#, &work, "Q");
    }

    #[test]
    fn the_obstacle_is_the_gate_that_alone_keeps_away_most() {
        let person = r#""residence":{"status":"free"},"bsn_available":true,"certificates":[],"languages":[{"code":"nl","level":"A1"}]"#;
        let asks = |demands: &str| format!(r#""title":"kok","require":{{{demands}}}"#);
        let dutch = r#""languages":[{"code":"nl","min":"B1","weight":"must"}]"#;
        let vca = r#""certificates":[{"code":"vca_basic","weight":"must"}]"#;
        let (dutch_only, vca_only) = (asks(dutch), asks(vca));
        let both = asks(&format!("{dutch},{vca}"));
        check(
            Dimension::Obstacle,
            person,
            &[&dutch_only, &vca_only, &vca_only, &both],
            "certificate",
        );
        check(Dimension::Obstacle, person, &[&dutch_only, &vca_only, &both], "certificate");
        check(Dimension::Obstacle, person, &[&dutch_only, &both, &both], "language");
        check(Dimension::Obstacle, person, &[&both], "several");
        check(Dimension::Obstacle, person, &[&both, &asks("")], "none");
        check(Dimension::Obstacle, person, &[], "several");
    }

    #[test]
    fn everybody_is_in_one_category_and_unknown_comes_last() {
        let people: Vec<Candidate> = [("a", r#","integration":{"route":"z"}"#), ("b", "")]
            .map(|(id, own)| serde_json::from_str(&format!(r#"{{"id":"{id}"{own}}}"#)).unwrap())
            .to_vec();
        let market = ENGINE.market(&people, &[], "2026-11-25".parse().unwrap()).unwrap();
        let grouping = market.grouping(Dimension::Route, &Watch::new()).unwrap();
        let codes: Vec<_> = grouping.categories.iter().map(|one| one.code.as_str()).collect();
        assert_eq!((codes, grouping.of_candidate), (vec!["z", "unknown"], vec![0, 1]));
        assert_eq!(Grouping::everybody(2).of_candidate, [0, 0]);
    }
}
