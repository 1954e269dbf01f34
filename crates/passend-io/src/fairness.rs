// SPDX-License-Identifier: EUPL-1.2
//! How often each group of an audit file is listed, from results that were made without it.
//!
//! It stands here and not in the engine: the engine has no type that could hold a protected attribute, so that none can come
//! near a score. Counts are whole numbers, and shares are written from them to 15 decimals; nothing is computed in floats.

use std::collections::{BTreeMap, BTreeSet};

use passend::{Counted, DisclosureRules, GroupTable, Suppressed, UnsafeTable};
use serde::{Deserialize, Serialize, Serializer};

/// A pair of a result, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ListedPair {
    by: Option<Owner>,
    candidate: String,
    vacancy: String,
    rank: u32,
    score: u32,
    contributions: Option<BTreeMap<String, Option<u32>>>,
    findings: Option<Vec<Found>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Owner {
    Candidate,
    Vacancy,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Found {
    gate: String,
    finding: String,
}

/// Groups of people: for each id a group in each attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFile {
    /// The attributes, in the order of the file.
    pub attributes: Vec<String>,
    people: BTreeMap<String, Vec<String>>,
}

/// Why results or groups could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FairnessFileError {
    /// A line is not what it should be.
    #[error("line {line}: expected {expected}")]
    Line {
        /// From 1.
        line: u64,
        /// What was expected.
        expected: &'static str,
    },
}

const PAIR: &str = "a pair with `candidate`, `vacancy`, `rank` and `score`";
const GROUPS: &str =
    "a CSV line with an id of its own and a group for each attribute, none called `*`";
const COLUMNS: &str = "the column `id` and at least one with groups";

/// Reads the pairs of a result: the lines of `match`, as JSON Lines or as CSV.
///
/// ```
/// # use passend_io::read_listed;
/// let lines = br#"{"candidate":"c1","vacancy":"v1","rank":1,"score":7908}"#;
/// assert_eq!(read_listed(lines)?.len(), 1);
/// assert!(read_listed(b"candidate,vacancy,rank,score\nc1,v1,1,79.08\n").is_ok());
/// # Ok::<(), passend_io::FairnessFileError>(())
/// ```
///
/// # Errors
///
/// The first line that is no pair.
pub fn read_listed(bytes: &[u8]) -> Result<Vec<ListedPair>, FairnessFileError> {
    let wrong = |line| FairnessFileError::Line { line, expected: PAIR };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(1))?;
    if text.starts_with('{') {
        let pair = |(line, text)| serde_json::from_str(text).map_err(|_| wrong(line));
        return (1..).zip(text.lines()).map(pair).collect();
    }
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let header = reader.headers().map_err(|_| wrong(1))?.clone();
    let column = |name: &str| header.iter().position(|known| known == name).ok_or_else(|| wrong(1));
    let names = [column("candidate")?, column("vacancy")?, column("rank")?, column("score")?];
    let by = column("by").ok();
    let mut pairs = Vec::new();
    for (line, row) in (2..).zip(reader.records()) {
        let row = row.map_err(|_| wrong(line))?;
        let [candidate, vacancy, rank, score] = names.map(|at| row.get(at).unwrap_or_default());
        let digits: String = score.chars().filter(char::is_ascii_digit).collect();
        pairs.push(ListedPair {
            by: by.and_then(|at| match row.get(at)? {
                "candidate" => Some(Owner::Candidate),
                "vacancy" => Some(Owner::Vacancy),
                _ => None,
            }),
            candidate: candidate.to_owned(),
            vacancy: vacancy.to_owned(),
            rank: rank.parse().map_err(|_| wrong(line))?,
            score: digits.parse().map_err(|_| wrong(line))?,
            contributions: None,
            findings: None,
        });
    }
    Ok(pairs)
}

/// Reads an audit file: CSV with the column `id`, and a column of groups for each attribute.
///
/// ```
/// # use passend_io::read_audit;
/// let audit = read_audit(b"id,sex,age_group\nc1,female,25-34\n")?;
/// assert_eq!(audit.attributes, ["sex", "age_group"]);
/// # Ok::<(), passend_io::FairnessFileError>(())
/// ```
///
/// # Errors
///
/// The first line that is none of an audit file, or has the id of another.
pub fn read_audit(bytes: &[u8]) -> Result<AuditFile, FairnessFileError> {
    let wrong = |line, expected| FairnessFileError::Line { line, expected };
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(1, COLUMNS))?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let header = reader.headers().map_err(|_| wrong(1, COLUMNS))?.clone();
    let id = header.iter().position(|name| name == "id");
    let Some(id) = id.filter(|_| header.len() > 1) else { return Err(wrong(1, COLUMNS)) };
    let others = |row: &csv::StringRecord| -> Vec<String> {
        let cells = row.iter().enumerate().filter(|(at, _)| *at != id);
        cells.map(|(_, cell)| cell.to_owned()).collect()
    };
    let mut rows = Vec::new();
    for (line, row) in (2..).zip(reader.records()) {
        let row = row.map_err(|_| wrong(line, GROUPS))?;
        rows.push((row.get(id).unwrap_or_default().to_owned(), others(&row)));
    }
    AuditFile::new(others(&header), rows)
}

impl AuditFile {
    /// Groups that do not come as CSV: attributes, and for each id a group in each of them; an empty group is `unknown`.
    ///
    /// # Errors
    ///
    /// There is no attribute; or a row has no id of its own, another number of groups, or one called `*`. The first row is
    /// called line 2, as below a line of names.
    pub fn new(
        attributes: Vec<String>,
        rows: impl IntoIterator<Item = (String, Vec<String>)>,
    ) -> Result<Self, FairnessFileError> {
        if attributes.is_empty() {
            return Err(FairnessFileError::Line { line: 1, expected: COLUMNS });
        }
        let mut people = BTreeMap::new();
        for (line, (id, mut groups)) in (2..).zip(rows) {
            for group in &mut groups {
                if group.is_empty() {
                    "unknown".clone_into(group);
                }
            }
            let is_wrong = id.is_empty()
                || groups.len() != attributes.len()
                || groups.iter().any(|group| group == "*");
            if is_wrong || people.insert(id, groups).is_some() {
                return Err(FairnessFileError::Line { line, expected: GROUPS });
            }
        }
        Ok(Self { attributes, people })
    }
}

/// A share, written to 15 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u128);

impl Share {
    const ONE: u128 = 1_000_000_000_000_000;

    /// So many of so many, to the nearest; `None` of none.
    fn of(part: u128, whole: u128) -> Option<Self> {
        part.checked_mul(Self::ONE)?.checked_add(whole / 2)?.checked_div(whole).map(Self)
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:015}", self.0 / Self::ONE, self.0 % Self::ONE)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Read, not computed.
        let number: f64 = self.to_string().parse().map_err(serde::ser::Error::custom)?;
        serializer.serialize_f64(number)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Share {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Share".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        f64::json_schema(generator)
    }
}

/// The interval of Wilson at 95 %: between which the share of a population lies of which these are a draw.
fn wilson(selected: u128, n: u128) -> Option<[Share; 2]> {
    const Z: u128 = 1_959_963_984_540_054;
    const Z_SQUARED: u128 = 3_841_458_820_694_124;
    if n == 0 {
        return None;
    }
    // (2s + z² ± z √(z² + 4 s (n - s) / n)) / 2 (n + z²), all times 10^15.
    let spread = Z_SQUARED + 4 * selected * (n - selected) * Share::ONE / n;
    let spread = Z * (spread.checked_mul(Share::ONE)?).isqrt() / Share::ONE;
    let middle = 2 * selected * Share::ONE + Z_SQUARED;
    let whole = 2 * (n * Share::ONE + Z_SQUARED);
    let bound = |part: u128| Share::of(part, whole).map(|share| Share(share.0.min(Share::ONE)));
    Some([bound(middle.saturating_sub(spread))?, bound(middle + spread)?])
}

/// How often a group is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FairnessLine {
    /// The attribute.
    pub attribute: String,
    /// The group; `*` for all.
    pub group: String,
    /// People of it in the audit file.
    pub n: Option<i64>,
    /// Those with a pair among the best k, ties at the cut too.
    pub selected: Option<i64>,
    /// Selected of n.
    pub rate: Option<Share>,
    /// The rate by the highest of all groups; of `*` the least of these.
    pub ratio: Option<Share>,
    /// How much less it is than the highest; of `*` the most of these.
    pub difference: Option<Share>,
    /// Interval of Wilson of the rate, 95 %.
    pub ci: Option<[Share; 2]>,
    /// Why there are no numbers.
    pub suppressed: Option<Suppressed>,
}

/// What lists hold for a group beyond being listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FairnessDetail {
    /// `exposure`, `contribution` or `gate`.
    pub section: &'static str,
    /// The attribute.
    pub attribute: String,
    /// The group; `*` for all.
    pub group: String,
    /// Exposure: `vacancies`, different ones, or `pairs`. Contribution: the criterion. Gate: the gate that is not plainly open.
    pub field: String,
    /// How many vacancies, pairs, or people with such a pair; rounded. `null` where they are few.
    pub count: Option<i64>,
    /// Exposure: for each person of the group. Contribution: mean points of the pairs. Gate: of those selected.
    pub value: Option<Share>,
    /// The value less that of all, as a signed number of 15 decimals.
    pub from_all: Option<String>,
}

/// What was measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fairness {
    /// A line for each group, by attribute.
    pub lines: Vec<FairnessLine>,
    /// What lies behind the differences.
    pub detail: Vec<FairnessDetail>,
    /// People in the result whom the audit file does not know.
    pub unknown: usize,
    /// Attributes that could not be told safely, with the reason.
    pub refused: Vec<(String, UnsafeTable)>,
}

/// Measures how often each group is among the best `k`, ties at the cut too; published by the rules of disclosure control.
///
/// Whose lists they are is told by the lines: by candidate, or by vacancy where a place on a list is held once by each.
pub fn fairness(
    pairs: &[ListedPair],
    audit: &AuditFile,
    k: u32,
    rules: &DisclosureRules,
) -> Fairness {
    let best = best(pairs, k);
    let mut of_person: BTreeMap<&str, Vec<&ListedPair>> = BTreeMap::new();
    for pair in &best {
        of_person.entry(&pair.candidate).or_default().push(pair);
    }
    let unknown = of_person.keys().filter(|id| !audit.people.contains_key(**id)).count();
    let mut result =
        Fairness { lines: Vec::new(), detail: Vec::new(), unknown, refused: Vec::new() };
    for (at, attribute) in audit.attributes.iter().enumerate() {
        let group = |own: &Vec<String>| own.get(at).cloned().unwrap_or_default();
        let is_selected = |id: &str| if of_person.contains_key(id) { "yes" } else { "no" };
        let people: Vec<Counted> = audit
            .people
            .iter()
            .map(|(id, own)| Counted {
                categories: vec![group(own), is_selected(id).to_owned()],
                amount: 1,
            })
            .collect();
        let lines = match safe_lines(attribute, &people, rules) {
            Ok(lines) => lines,
            Err(error) => {
                result.refused.push((attribute.clone(), error));
                continue;
            }
        };
        let mut all: Option<Vec<FairnessDetail>> = None;
        for line in &lines {
            if line.n.is_none() {
                continue;
            }
            let own: Vec<(&str, &[&ListedPair])> = audit
                .people
                .iter()
                .filter(|(_, own)| line.group == "*" || group(own) == line.group)
                .filter_map(|(id, _)| {
                    of_person.get_key_value(id.as_str()).map(|(id, pairs)| (*id, pairs.as_slice()))
                })
                .collect();
            let detail = detail(line, &own, rules, all.as_deref());
            if line.group == "*" {
                all = Some(detail.clone());
            }
            result.detail.extend(detail);
        }
        result.lines.extend(lines);
    }
    result
}

/// The best of each list, with those that have the score of the last.
fn best(pairs: &[ListedPair], k: u32) -> Vec<&ListedPair> {
    let by_candidate = pairs.iter().any(|pair| pair.by == Some(Owner::Candidate));
    let own: Vec<&ListedPair> =
        pairs.iter().filter(|pair| !by_candidate || pair.by == Some(Owner::Candidate)).collect();
    let mut seen = BTreeSet::new();
    let is_unmarked = own.iter().all(|pair| pair.by.is_none());
    let of_candidates = by_candidate
        || is_unmarked && own.iter().all(|pair| seen.insert((&pair.candidate, pair.rank)));
    let owner = |pair: &ListedPair| -> String {
        if of_candidates { pair.candidate.clone() } else { pair.vacancy.clone() }
    };
    let mut lists: BTreeMap<String, Vec<&ListedPair>> = BTreeMap::new();
    for pair in own {
        lists.entry(owner(pair)).or_default().push(pair);
    }
    let mut best = Vec::new();
    for list in lists.values() {
        let last = list.iter().find(|pair| pair.rank == k).map(|pair| pair.score);
        best.extend(list.iter().filter(|pair| pair.rank <= k || Some(pair.score) == last));
    }
    best
}

/// Of one group by whether they are selected: how many, or why that is not told.
type Told = BTreeMap<String, (Option<i64>, Option<Suppressed>)>;

/// The lines of an attribute, with what may be told.
fn safe_lines(
    attribute: &str,
    people: &[Counted],
    rules: &DisclosureRules,
) -> Result<Vec<FairnessLine>, UnsafeTable> {
    let too_few = |_| UnsafeTable::TooFew { threshold: rules.threshold };
    let table = GroupTable::new(&["group", "selected"], &[], people).map_err(too_few)?;
    let is_margin =
        |cell: &usize| table.categories(*cell).first().is_some_and(|(_, group)| *group == "*");
    // The totals are those of every attribute.
    let totals: Vec<usize> = (0..table.cells()).filter(is_margin).collect();
    let totals: Vec<usize> = totals
        .into_iter()
        .filter(|cell| table.people(*cell) >= i64::from(rules.threshold))
        .collect();
    let safe = table.protect_keeping(rules, &totals)?;
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for line in safe.lines() {
        if let [(_, group), (_, selected)] = line.cell.0.as_slice() {
            let own = told.entry(group.clone()).or_default();
            own.insert(selected.clone(), (line.count, line.suppressed));
        }
    }
    let count = |own: &Told, which: &str| own.get(which).copied().unwrap_or((Some(0), None));
    let known: Vec<(i64, i64)> = told
        .iter()
        .filter(|(group, _)| *group != "*")
        .filter_map(|(_, own)| Some((count(own, "yes").0?, count(own, "*").0?)))
        .collect();
    let by_rate = |one: &(i64, i64), other: &(i64, i64)| {
        (i128::from(one.0) * i128::from(other.1)).cmp(&(i128::from(other.0) * i128::from(one.1)))
    };
    let highest = known.iter().copied().max_by(by_rate);
    let lowest = known.iter().copied().min_by(by_rate);
    Ok(told
        .into_iter()
        .map(|(group, own)| {
            let ((selected, why_selected), (n, why)) = (count(&own, "yes"), count(&own, "*"));
            let compared = if group == "*" { lowest } else { selected.zip(n) };
            let between = compared.zip(highest);
            FairnessLine {
                attribute: attribute.to_owned(),
                group,
                n,
                selected,
                rate: selected
                    .zip(n)
                    .and_then(|(part, whole)| Share::of(whole_of(part), whole_of(whole))),
                ratio: between.and_then(|((part, whole), (best, of))| {
                    Share::of(whole_of(part) * whole_of(of), whole_of(whole) * whole_of(best))
                }),
                difference: between.and_then(|((part, whole), (best, of))| {
                    let less = (whole_of(best) * whole_of(whole))
                        .checked_sub(whole_of(part) * whole_of(of))?;
                    Share::of(less, whole_of(of) * whole_of(whole))
                }),
                ci: selected.zip(n).and_then(|(part, whole)| {
                    wilson(whole_of(part).min(whole_of(whole)), whole_of(whole))
                }),
                suppressed: why.or(why_selected),
            }
        })
        .collect())
}

fn whole_of(count: i64) -> u128 {
    u128::try_from(count).unwrap_or_default()
}

fn length(count: usize) -> u128 {
    u128::try_from(count).unwrap_or_default()
}

/// What lists hold for the people of a group.
fn detail(
    line: &FairnessLine,
    people: &[(&str, &[&ListedPair])],
    rules: &DisclosureRules,
    all: Option<&[FairnessDetail]>,
) -> Vec<FairnessDetail> {
    if line.selected.is_none() {
        return Vec::new();
    }
    let mut detail: Vec<FairnessDetail> = Vec::new();
    let mut add = |section, field: &str, count: Option<usize>, value: Option<Share>| {
        let same = |one: &&FairnessDetail| one.section == section && one.field == field;
        let of_all = all.and_then(|all| all.iter().find(same)).and_then(|one| one.value);
        let from_all = value.zip(of_all).map(|(Share(own), Share(all))| {
            let sign = if own < all { "-" } else { "" };
            format!("{sign}{}", Share(own.abs_diff(all)))
        });
        let count = count.and_then(|count| i64::try_from(count).ok());
        detail.push(FairnessDetail {
            section,
            attribute: line.attribute.clone(),
            group: line.group.clone(),
            field: field.to_owned(),
            count: count.map(|count| rules.rounded(count)),
            value,
            from_all,
        });
    };
    let few = |count: usize| u128::from(rules.threshold) > length(count);
    // Shares are those of the published counts, else they would tell the exact ones.
    let rounded =
        |count: usize| i64::try_from(count).map_or(0, |count| whole_of(rules.rounded(count)));
    let n = line.n.map(whole_of).unwrap_or_default();
    let selected = line.selected.map(whole_of).unwrap_or_default();
    let pairs: Vec<&ListedPair> =
        people.iter().flat_map(|(_, pairs)| pairs.iter().copied()).collect();
    let different: BTreeSet<&str> = pairs.iter().map(|pair| pair.vacancy.as_str()).collect();
    add("exposure", "pairs", Some(pairs.len()), Share::of(rounded(pairs.len()), n));
    add("exposure", "vacancies", Some(different.len()), Share::of(rounded(different.len()), n));
    let mut sums: BTreeMap<&str, (u128, usize)> = BTreeMap::new();
    for (criterion, points) in pairs.iter().flat_map(|pair| pair.contributions.iter().flatten()) {
        if let Some(points) = points {
            let (sum, count) = sums.entry(criterion).or_default();
            *sum += u128::from(*points);
            *count += 1;
        }
    }
    for (criterion, (sum, count)) in sums {
        let points = (sum + length(count) / 2).checked_div(length(count));
        let is_told = !few(count);
        let mean = points.and_then(|points| Share::of(points, 1)).filter(|_| is_told);
        add("contribution", criterion, is_told.then_some(count), mean);
    }
    let mut gates: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (id, pairs) in people {
        for found in pairs.iter().flat_map(|pair| pair.findings.iter().flatten()) {
            if found.finding != "open" {
                gates.entry(&found.gate).or_default().insert(id);
            }
        }
    }
    for (gate, met) in gates {
        let is_told = !few(met.len()) && !few(people.len().saturating_sub(met.len()));
        let share = Share::of(rounded(met.len()), selected);
        add("gate", gate, is_told.then_some(met.len()), share.filter(|_| is_told));
    }
    detail
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXACT: DisclosureRules = DisclosureRules {
        threshold: 10,
        rounding: 0,
        protection: 3,
        dominance: None,
        p_percent: None,
    };

    /// People of two groups, so many of each and so many of those with a pair.
    fn measured(groups: &[(&str, u32, u32)], rules: &DisclosureRules) -> Fairness {
        let mut audit = "id,sex\n".to_owned();
        let mut result = String::new();
        for (group, n, selected) in groups {
            for person in 0..*n {
                audit += &format!("{group}{person},{group}\n");
                if person < *selected {
                    result += &format!(
                        r#"{{"candidate":"{group}{person}","vacancy":"v1","rank":1,"score":5}}"#
                    );
                    result += "\n";
                }
            }
        }
        let pairs = read_listed(result.as_bytes()).unwrap();
        fairness(&pairs, &read_audit(audit.as_bytes()).unwrap(), 10, rules)
    }

    fn told(line: &FairnessLine) -> String {
        serde_json::to_string(line).unwrap()
    }

    #[test]
    fn rates_are_those_of_the_counts() {
        // By hand: 30/40 and 20/50; 0.4/0.75 = 8/15; 0.75 - 0.4 = 0.35. Wilson of 30 of 40: 0.5981 to 0.8581.
        let lines = measured(&[("f", 40, 30), ("m", 50, 20)], &EXACT).lines;
        assert_eq!(lines.len(), 3);
        assert_eq!(
            told(&lines[1]),
            r#"{"attribute":"sex","group":"f","n":40,"selected":30,"rate":0.75,"ratio":1.0,"difference":0.0,"ci":[0.59806038579232,0.858128813609037],"suppressed":null}"#
        );
        assert!(
            told(&lines[2]).contains(r#""rate":0.4,"ratio":0.533333333333333,"difference":0.35,"#)
        );
        assert!(told(&lines[0]).contains(r#""group":"*","n":90,"selected":50,"rate":0.555555555555556,"ratio":0.533333333333333,"difference":0.35,"#));
    }

    #[test]
    fn a_small_group_is_not_told_nor_to_be_computed() {
        let lines = measured(&[("f", 40, 20), ("m", 50, 20), ("x", 4, 2)], &EXACT).lines;
        let hidden: Vec<_> =
            lines.iter().filter(|line| line.n.is_none()).map(|line| line.group.as_str()).collect();
        assert_eq!(hidden, ["f", "x"]);
        assert!(lines.iter().all(|line| line.n.is_some() || line.rate.is_none()));
    }

    #[test]
    fn ties_at_the_cut_are_selected_too() {
        let lines =
            [("a", 1, 9), ("b", 2, 7), ("c", 3, 7), ("d", 4, 6)].map(|(id, rank, score)| {
                format!(r#"{{"candidate":"{id}","vacancy":"v","rank":{rank},"score":{score}}}"#)
            });
        let pairs = read_listed((lines.join("\n") + "\n").as_bytes()).unwrap();
        // Each candidate has another place: the list is taken for that of the vacancy only when it is marked so.
        let marked: Vec<ListedPair> =
            pairs.into_iter().map(|pair| ListedPair { by: Some(Owner::Vacancy), ..pair }).collect();
        let ids: Vec<_> =
            best(&marked, 2).into_iter().map(|pair| pair.candidate.as_str()).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }

    #[test]
    fn what_is_no_audit_file_is_told_by_its_line() {
        let line = |text: &str| match read_audit(text.as_bytes()).unwrap_err() {
            FairnessFileError::Line { line, .. } => line,
        };
        assert_eq!(line("sex\nf\n"), 1);
        assert_eq!(line("id\nc1\n"), 1);
        assert_eq!(line("id,sex\nc1,f\nc1,m\n"), 3);
        assert_eq!(line("id,sex\nc1,*\n"), 2);
        assert!(read_listed(b"{\"a\":1}\n").is_err());
    }
}
