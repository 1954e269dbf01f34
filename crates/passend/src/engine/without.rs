// SPDX-License-Identifier: EUPL-1.2
//! Who and what a market leaves out: people and vacancies before they are prepared, pairs after they are ranked.
//!
//! The lists are made longer by the most pairs that are left out of one list; then those are taken out and the lists cut.
//! What is left is the same as if they had never been scored.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::ranking::horizon;
use super::{By, Market, Request};
use crate::explain::PersonLine;
use crate::history::{History, LeftOut, LeftOutLine, OverrideLine, out_of_run, positions};
use crate::index::{Best, Lists, Place};
use crate::model::{Candidate, Day, Vacancy};
use crate::policy::Policy;
use crate::prepare::Prepared;

/// Who and what is left out of a market.
#[derive(Debug, Clone, Default)]
pub(super) struct Without {
    /// People who take no part, by id.
    people: BTreeMap<String, LeftOutLine>,
    /// Vacancies that are filled.
    filled: Arc<BTreeSet<String>>,
    /// By candidate: the vacancies that are left out.
    by_candidate: BTreeMap<u32, BTreeSet<u32>>,
    /// By vacancy: the candidates that are left out.
    by_vacancy: BTreeMap<u32, BTreeSet<u32>>,
    /// By candidate: what the line of the person says.
    lines: BTreeMap<u32, Vec<LeftOutLine>>,
    said: BTreeMap<(u32, u32), OverrideLine>,
}

/// The people who take part, and why the others do not.
pub(super) fn people<'a>(
    policy: &Policy,
    history: &History,
    candidates: &'a [Candidate],
    as_of: Day,
) -> (Cow<'a, [Candidate]>, BTreeMap<String, LeftOutLine>) {
    let why = |one: &Candidate| out_of_run(history, policy.purposes(), one, as_of);
    let out: BTreeMap<String, LeftOutLine> =
        candidates.iter().filter_map(|one| Some((one.id.clone(), why(one)?))).collect();
    (kept(candidates, |one| !out.contains_key(&one.id)), out)
}

/// The vacancies that take part, and those that are filled.
pub(super) fn vacancies<'a>(
    history: &History,
    vacancies: &'a [Vacancy],
) -> (Cow<'a, [Vacancy]>, BTreeSet<String>) {
    let is_filled = |one: &&Vacancy| history.is_filled(&one.id, positions(one));
    let filled: BTreeSet<String> =
        vacancies.iter().filter(is_filled).map(|one| one.id.clone()).collect();
    (kept(vacancies, |one| !filled.contains(&one.id)), filled)
}

/// Those that stay; copied only if some go.
fn kept<T: Clone>(all: &[T], stays: impl Fn(&T) -> bool) -> Cow<'_, [T]> {
    if all.iter().all(&stays) {
        return Cow::Borrowed(all);
    }
    Cow::Owned(all.iter().filter(|one| stays(one)).cloned().collect())
}

impl Without {
    pub(super) fn new(
        history: &History,
        prepared: &Prepared,
        people: BTreeMap<String, LeftOutLine>,
        filled: Arc<BTreeSet<String>>,
    ) -> Self {
        let mut without = Self { people, filled, ..Self::default() };
        if history.is_empty() {
            return without;
        }
        let numbers: HashMap<&str, u32> =
            (0..).zip(prepared.vacancies.iter()).map(|(at, one)| (one.id(), at)).collect();
        for (at, candidate) in (0..).zip(&prepared.candidates) {
            for (vacancy, line) in history.left_out_of(candidate.id()) {
                let lines = without.lines.entry(at);
                if without.filled.contains(vacancy) {
                    let filled = LeftOutLine {
                        vacancy: Some(vacancy.to_owned()),
                        why: LeftOut::Filled,
                        by: None,
                        reason: None,
                        date: None,
                    };
                    lines.or_default().push(filled);
                } else if let (Some(line), Some(number)) = (line, numbers.get(vacancy)) {
                    lines.or_default().push(line.clone());
                    without.by_candidate.entry(at).or_default().insert(*number);
                    without.by_vacancy.entry(*number).or_default().insert(at);
                }
            }
            for (vacancy, said) in history.said_of(candidate.id()) {
                if let Some(number) = numbers.get(vacancy) {
                    without.said.insert((at, *number), said.clone());
                }
            }
        }
        without
    }

    pub(super) fn filled(&self) -> Arc<BTreeSet<String>> {
        Arc::clone(&self.filled)
    }

    /// Whether a person takes no part.
    pub(super) fn is_out(&self, candidate: &str) -> bool {
        self.people.contains_key(candidate)
    }

    pub(super) fn why(&self, candidate: &str, vacancy: &str) -> Option<LeftOut> {
        if let Some(line) = self.people.get(candidate) {
            return Some(line.why);
        }
        if self.filled.contains(vacancy) {
            return Some(LeftOut::Filled);
        }
        None
    }

    /// What a human said of a pair.
    pub(super) fn said(&self, pair: (u32, u32)) -> Option<OverrideLine> {
        self.said.get(&pair).cloned()
    }

    /// Whether a pair is left out.
    pub(super) fn has(&self, candidate: u32, vacancy: u32) -> bool {
        self.by_candidate.get(&candidate).is_some_and(|out| out.contains(&vacancy))
    }

    /// The pairs of a person that are left out.
    pub(super) fn pairs_of(&self, candidate: u32) -> Vec<LeftOutLine> {
        self.lines.get(&candidate).cloned().unwrap_or_default()
    }

    /// The lines of the people who take no part, by id.
    pub(super) fn out(&self) -> impl Iterator<Item = PersonLine> + '_ {
        self.people.iter().map(|(candidate, line)| PersonLine {
            candidate: candidate.clone(),
            listed: 0,
            now: 0,
            later: 0,
            unknown: 0,
            closed: 0,
            blocked_by: BTreeMap::new(),
            left_out: vec![line.clone()],
        })
    }

    /// How long lists must be for enough to be left.
    pub(super) fn longer(&self, request: &Request) -> usize {
        let most = |lists: &BTreeMap<u32, BTreeSet<u32>>| {
            lists.values().map(BTreeSet::len).max().unwrap_or_default()
        };
        let more = match request.by {
            By::Candidate => most(&self.by_candidate),
            By::Vacancy => most(&self.by_vacancy),
            By::Both => most(&self.by_candidate).max(most(&self.by_vacancy)),
        };
        if request.k == 0 { 0 } else { request.k.saturating_add(more) }
    }

    /// Takes the pairs that are left out from lists that were made for `longer`, and cuts them.
    pub(super) fn strip(
        &self,
        market: &Market,
        request: &Request,
        longer: usize,
        lists: &mut Lists,
    ) {
        if self.by_candidate.is_empty() {
            return;
        }
        // Pairs that are left out: their scores where they could be listed, and how many open only later.
        let (mut scores, mut later) = (BTreeMap::new(), 0);
        let (plain, horizon) = (market.plain(), horizon(market, request));
        for (candidate, vacancies) in &self.by_candidate {
            for vacancy in vacancies {
                let both = market.candidate(*candidate).zip(market.vacancy(*vacancy));
                let Some((person, work)) = both else { continue };
                let place = horizon.place(&plain.verdict(person, work));
                let score = plain.score(person, work).now;
                match place {
                    Place::Listed => drop(scores.insert((*candidate, *vacancy), score)),
                    Place::Later if score > 0 => later += 1,
                    _ => {}
                }
            }
        }
        lists.later = lists.later.saturating_sub(later);
        for (owner, best) in &mut lists.by_candidate {
            cut(best, request.k, longer, self.by_candidate.get(owner), |other| {
                scores.get(&(*owner, other)).copied()
            });
        }
        for (owner, best) in &mut lists.by_vacancy {
            cut(best, request.k, longer, self.by_vacancy.get(owner), |other| {
                scores.get(&(other, *owner)).copied()
            });
        }
    }
}

/// Takes pairs out of a list of at most `longer`, cuts it at `k`, and counts the pairs with the score at the cut again.
fn cut(
    best: &mut Best,
    k: usize,
    longer: usize,
    out: Option<&BTreeSet<u32>>,
    score: impl Fn(u32) -> Option<u16>,
) {
    let was_cut = best.pairs.len() >= longer;
    let last_before = best.pairs.last().map(|pair| pair.score);
    if let Some(out) = out {
        best.pairs.retain(|pair| !out.contains(&pair.other));
    }
    let last = best.pairs.get(..k).unwrap_or(&best.pairs).last().map(|pair| pair.score);
    let Some(last) = last else {
        *best = Best::default();
        return;
    };
    best.tie_group = if was_cut && last_before == Some(last) {
        let gone = out.into_iter().flatten().filter(|other| score(**other) == Some(last)).count();
        best.tie_group.saturating_sub(u32::try_from(gone).unwrap_or(u32::MAX))
    } else {
        let tied = best.pairs.iter().filter(|pair| pair.score == last).count();
        u32::try_from(tied).unwrap_or(u32::MAX)
    };
    best.pairs.truncate(k);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, Scorer, Watch};
    use crate::model::Event;

    fn as_of() -> Day {
        "2026-11-25".parse().unwrap()
    }

    /// People and vacancies of few kinds, so that many scores are equal.
    fn records() -> (Vec<Candidate>, Vec<Vacancy>) {
        const TITLES: [&str; 3] = ["kok", "afwasser", "lasser"];
        let title = |at: usize| TITLES[at % 3];
        let person = |at: usize| {
            let months = 12 * (1 + at % 2);
            let free =
                if at.is_multiple_of(4) { r#","available":{"from":"2027-09-01"}"# } else { "" };
            format!(
                r#"{{"id":"c{at}","residence":{{"status":"free"}}{free},"experience":[{{"title":"{}","months":{months}}}]}}"#,
                title(at)
            )
        };
        let work = |at: usize| format!(r#"{{"id":"v{at}","title":"{}"}}"#, title(at / 2));
        let people = (0..9).map(|at| serde_json::from_str(&person(at)).unwrap());
        let vacancies = (0..24).map(|at| serde_json::from_str(&work(at)).unwrap());
        (people.collect(), vacancies.collect())
    }

    /// A third of all pairs, in no order that scores know.
    fn declined() -> Vec<Event> {
        let pairs = (0..9).flat_map(|candidate| (0..24).map(move |vacancy| (candidate, vacancy)));
        let out = pairs.filter(|(candidate, vacancy)| (candidate * 7 + vacancy * 5) % 11 < 4);
        out.map(|(candidate, vacancy)| {
            serde_json::from_str(&format!(
                r#"{{"date":"2026-11-01","candidate":"c{candidate}","vacancy":"v{vacancy}","event":"declined","by":"employer","why":"other"}}"#
            ))
            .unwrap()
        })
        .collect()
    }

    /// The list of an owner: the other side, its rank, and the ties at the cut.
    type List = Vec<(String, u32, u32)>;

    fn lists(market: &Market, request: &Request) -> (BTreeMap<String, List>, u64) {
        let ranking = market.rank(request, &Watch::new()).unwrap();
        let mut lists: BTreeMap<String, List> = BTreeMap::new();
        for line in ranking.lines(market) {
            let (owner, other) = match request.by {
                By::Vacancy => (line.vacancy, line.candidate),
                _ => (line.candidate, line.vacancy),
            };
            lists.entry(owner).or_default().push((other, line.rank, line.tie_group));
        }
        (lists, ranking.later())
    }

    /// What a list is when every pair is ranked and those that are left out are crossed off by hand.
    fn by_hand(market: &Market, request: &Request, out: &[Event]) -> BTreeMap<String, List> {
        let all = Request { k: 1_000, ..*request };
        let ranking = market.rank(&all, &Watch::new()).unwrap();
        let mut lists: BTreeMap<String, Vec<(String, u16)>> = BTreeMap::new();
        for line in ranking.lines(market) {
            if out.iter().any(|one| one.candidate == line.candidate && one.vacancy == line.vacancy)
            {
                continue;
            }
            let (owner, other) = match request.by {
                By::Vacancy => (line.vacancy, line.candidate),
                _ => (line.candidate, line.vacancy),
            };
            lists.entry(owner).or_default().push((other, line.score));
        }
        let cut = |list: Vec<(String, u16)>| {
            let last = list.iter().take(request.k).next_back().unwrap().1;
            let tied = list.iter().filter(|(_, score)| *score == last).count();
            let ranked = (1..).zip(list.into_iter().take(request.k));
            ranked.map(|(rank, (other, _))| (other, rank, u32::try_from(tied).unwrap())).collect()
        };
        lists.into_iter().map(|(owner, list)| (owner, cut(list))).collect()
    }

    #[test]
    fn a_list_without_pairs_is_as_if_they_had_never_been_scored() {
        let (people, work) = records();
        let out = declined();
        let engine = Engine::default();
        let before = engine.market(&people, &work, as_of()).unwrap();
        let history = History::new(&out, as_of());
        let after = engine.market_after(&people, &work, as_of(), history).unwrap();
        for by in [By::Candidate, By::Vacancy] {
            for k in [1, 3, 5] {
                let request = Request { k, by, ..Request::default() };
                let expected = by_hand(&before, &request, &out);
                for scorer in [Scorer::Index, Scorer::Plain] {
                    let (found, later) = lists(&after, &Request { scorer, ..request });
                    assert_eq!(found, expected);
                    // The pairs that open only later and were declined are not told as later.
                    let all = lists(&before, &request).1;
                    assert!(later > 0 && later < all, "{later} of {all}");
                }
            }
        }
    }

    #[test]
    fn who_takes_no_part_is_accounted_for_in_order() {
        let (mut people, work) = records();
        people[3].permission = serde_json::from_str(r#"{"until":"2026-01-01"}"#).unwrap();
        let started = r#"{"date":"2026-11-01","candidate":"c0","vacancy":"v1","event":"started"}"#;
        let history = History::new(&[serde_json::from_str(started).unwrap()], as_of());
        let market = Engine::default().market_after(&people, &work, as_of(), history).unwrap();
        assert_eq!((market.candidates(), market.vacancies()), (7, 23));
        let request = Request { people: true, ..Request::default() };
        let ranking = market.rank(&request, &Watch::new()).unwrap();
        let lines: Vec<_> = ranking.people(&market).collect();
        assert!(lines.iter().map(|line| &line.candidate).is_sorted());
        let out: Vec<_> = lines
            .iter()
            .filter(|line| !line.left_out.is_empty())
            .map(|line| (line.candidate.as_str(), line.left_out[0].why))
            .collect();
        assert_eq!(out, [("c0", LeftOut::Started), ("c3", LeftOut::PermissionEnded)]);
        assert_eq!(market.why_left_out("c5", "v1"), Some(LeftOut::Filled));
        assert_eq!(market.why_left_out("c5", "v2"), None);
        let error = market.explain("c3", "v2").unwrap_err();
        assert_eq!(error, crate::engine::ExplainError::LeftOut);
    }

    #[test]
    fn what_a_human_said_changes_nothing_but_its_key() {
        let (people, work) = records();
        let said = r#"{"date":"2026-11-01","candidate":"c1","vacancy":"v2","event":"override","verdict":"does_not_fit","why":"record"}"#;
        let history = History::new(&[serde_json::from_str(said).unwrap()], as_of());
        let engine = Engine::default();
        let before = engine.market(&people, &work, as_of()).unwrap();
        let after = engine.market_after(&people, &work, as_of(), history).unwrap();
        let request = Request { k: 24, ..Request::default() };
        let lines = |market: &Market| -> Vec<_> {
            market.rank(&request, &Watch::new()).unwrap().lines(market).collect()
        };
        let mut told = 0;
        for (before, mut after) in lines(&before).into_iter().zip(lines(&after)) {
            told += usize::from(after.said.take().is_some());
            after.flags.retain(|flag| *flag != "override");
            assert_eq!(after, before);
        }
        assert_eq!(told, 1);
    }

    #[test]
    fn a_neutral_order_has_the_same_lines_and_no_rank_in_its_order() {
        let (people, work) = records();
        let market = Engine::default().market(&people, &work, as_of()).unwrap();
        let ranking = market.rank(&Request::default(), &Watch::new()).unwrap();
        let ranked: Vec<_> = ranking.lines(&market).collect();
        let neutral: Vec<_> = ranking.in_neutral_order().lines(&market).collect();
        assert_ne!(neutral, ranked);
        let sorted = |mut lines: Vec<crate::explain::MatchLine>| {
            lines.sort_by(|a, b| (&a.candidate, a.rank).cmp(&(&b.candidate, b.rank)));
            lines
        };
        assert!(neutral.is_sorted_by_key(|line| line.candidate.clone()));
        assert_eq!(sorted(neutral), ranked);
    }
}
