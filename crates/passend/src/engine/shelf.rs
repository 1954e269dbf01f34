// SPDX-License-Identifier: EUPL-1.2
//! Vacancies that stand ready: for one person after another, with vacancies that come and go.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::market::unique;
use super::ranking::horizon_of;
use super::without::{self, Without};
use super::{By, Engine, Market, MarketError, RankError, Ranking, Request, Scorer, Watch};
use crate::history::History;
use crate::index::{Part, Plain, Stock, one};
use crate::model::{Candidate, Day, Vacancy};
use crate::policy::Rules;
use crate::prepare::{
    CandidateFacts, Prepared, Vacancies, VacancyFacts, Words, id_hash, more_vacancies,
    one_candidate,
};
use crate::score::WeightVectors;

/// Vacancies, prepared for a day and ready to be ranked for one person after another.
///
/// A shelf is never changed: adding and taking away give another one, which shares what stays. Cheap to clone.
///
/// ```
/// use passend::{Candidate, Engine, Request, Vacancy, Watch};
///
/// let cook: Vacancy = serde_json::from_str(r#"{"id":"v1","title":"kok"}"#)?;
/// let waiter: Vacancy = serde_json::from_str(r#"{"id":"v2","title":"kelner"}"#)?;
/// let person: Candidate = serde_json::from_str(r#"{"id":"c1","experience":[{"title":"kok","months":36}]}"#)?;
///
/// let shelf = Engine::default().shelf(&[cook], "2026-11-25".parse()?)?;
/// let shelf = shelf.with(&[waiter])?;
/// let (market, ranking) = shelf.rank_one(&person, &Request::default(), &Watch::new())?;
/// let ids: Vec<_> = ranking.lines(&market).map(|line| line.vacancy).collect();
/// assert_eq!(ids, ["v1", "v2"]);
///
/// let shelf = shelf.without(&["v1"]);
/// let (_, ranking) = shelf.rank_one(&person, &Request::default(), &Watch::new())?;
/// assert_eq!((shelf.len(), ranking.len()), (1, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Shelf {
    pub(super) engine: Engine,
    pub(super) as_of: Day,
    pub(super) rules: Arc<Rules>,
    pub(super) weights: WeightVectors,
    pub(super) words: Arc<Words>,
    pub(super) history: Arc<History>,
    /// Vacancies that are filled, and so not on the shelf.
    pub(super) filled: Arc<BTreeSet<String>>,
    pub(super) boards: Vec<Board>,
}

/// Vacancies that were made ready together.
#[derive(Debug, Clone)]
pub(super) struct Board {
    pub(super) vacancies: Vacancies,
    pub(super) stock: Arc<Stock>,
    /// Those that were taken away, a bit at the place of each; empty while all are there.
    pub(super) gone: Arc<Vec<u64>>,
    pub(super) taken: usize,
}

/// A board takes in those after it that together have more than one in so many of its vacancies.
const GROWTH: usize = 4;

impl Engine {
    /// Vacancies, prepared for a day, ready for one person after another; the records are not needed afterwards.
    ///
    /// # Errors
    ///
    /// Two vacancies have one id.
    pub fn shelf(&self, vacancies: &[Vacancy], as_of: Day) -> Result<Shelf, MarketError> {
        Ok(self.market(&[], vacancies, as_of)?.shelf())
    }
}

impl Market {
    /// The vacancies of the market, ready for one person after another: shared, not prepared again.
    ///
    /// ```
    /// # use passend::Engine;
    /// let market = Engine::default().gather("2026-11-25".parse()?).market()?;
    /// assert!(market.shelf().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn shelf(&self) -> Shelf {
        let shelf = Shelf {
            engine: Engine {
                policy: Arc::clone(&self.policy),
                vocabulary: Arc::clone(&self.vocabulary),
            },
            as_of: self.as_of,
            rules: Arc::clone(&self.rules),
            weights: self.weights.clone(),
            words: Arc::clone(&self.prepared.words),
            history: Arc::clone(&self.history),
            filled: self.without.filled(),
            boards: Vec::new(),
        };
        let board = Board::new(shelf.plain(), Arc::clone(&self.prepared.vacancies));
        Shelf { boards: vec![board], ..shelf }
    }
}

impl Shelf {
    /// The day for which the vacancies were prepared.
    pub const fn as_of(&self) -> Day {
        self.as_of
    }

    /// How many vacancies there are.
    pub fn len(&self) -> usize {
        self.boards.iter().map(Board::len).sum()
    }

    /// Whether there are no vacancies.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// These vacancies and more. It costs what the new ones cost, and now and then what some of the others cost.
    ///
    /// # Errors
    ///
    /// Two vacancies have one id, or one that is there already: take that away first.
    pub fn with(&self, vacancies: &[Vacancy]) -> Result<Self, MarketError> {
        unique(vacancies.iter().map(|one| one.id.as_str()))?;
        let known = self.found(vacancies.iter().map(|one| one.id.as_str()));
        if let Some(id) = known.first().and_then(|place| self.id(*place)) {
            return Err(MarketError::DuplicateId { id: id.to_owned() });
        }
        let mut shelf = self.clone();
        let (vacancies, filled) = without::vacancies(&self.history, vacancies);
        if !filled.is_empty() {
            Arc::make_mut(&mut shelf.filled).extend(filled);
        }
        if vacancies.is_empty() {
            return Ok(shelf);
        }
        let Engine { policy, vocabulary } = &self.engine;
        let (mut facts, words) =
            more_vacancies(policy, vocabulary, self.as_of, &self.words, &vacancies);
        shelf.words = Arc::new(words.shallow());
        // So that there are few boards, and each vacancy is seldom made ready again.
        while let Some(last) = shelf.boards.pop_if(|last| facts.len() * GROWTH > last.len()) {
            let mut joined = last.facts();
            joined.append(&mut facts);
            facts = joined;
        }
        shelf.boards.push(Board::new(self.plain(), Arc::new(facts)));
        Ok(shelf)
    }

    /// These vacancies without those that have these ids; an id that no vacancy has changes nothing.
    pub fn without<T: AsRef<str>>(&self, ids: &[T]) -> Self {
        let mut shelf = self.clone();
        for (board, vacancy) in self.found(ids.iter().map(AsRef::as_ref)) {
            if let Some(board) = shelf.boards.get_mut(board) {
                board.take(vacancy);
            }
        }
        shelf.boards.retain(|board| board.len() > 0);
        shelf
    }

    /// The best vacancies for one person: a market of the person and of what is listed, and its ranking. The lines are
    /// those that the whole market gives.
    ///
    /// What else is asked than the list of the person is answered from the whole market, as [`Shelf::market`] gives it.
    ///
    /// # Errors
    ///
    /// The watch was stopped; or a listed pair has another score by the plain scorer, a fault of the engine.
    pub fn rank_one(
        &self,
        candidate: &Candidate,
        request: &Request,
        watch: &Watch,
    ) -> Result<(Market, Ranking), RankError> {
        let asks_more =
            request.by != By::Candidate || request.people || request.scorer == Scorer::Plain;
        if asks_more || self.leaves_out(candidate) {
            let market = self.with_people(std::slice::from_ref(candidate));
            let ranking = market.rank(request, watch)?;
            return Ok((market, ranking));
        }
        let (facts, words) = self.person(candidate);
        watch.begin(1);
        let parts = self.parts();
        let asked = (horizon_of(self.as_of, request), request.k);
        let (mut best, later) = one(self.plain(), &parts, &facts, asked, || watch.check())?;
        let mut listed = Vec::with_capacity(best.pairs.len());
        for (number, pair) in (0..).zip(&mut best.pairs) {
            listed.extend(self.vacancy(pair.other).cloned());
            pair.other = number;
        }
        let market = self.market_of(vec![facts], words, Arc::new(listed));
        let ranking = Ranking::of_one(request, best, later);
        ranking.check(&market, watch)?;
        watch.step()?;
        Ok((market, ranking))
    }

    /// These vacancies with people, to be ranked in any way. The vacancies are shared where none was added or taken away,
    /// else copied.
    ///
    /// # Errors
    ///
    /// Two people have one id.
    pub fn market(&self, candidates: &[Candidate]) -> Result<Market, MarketError> {
        unique(candidates.iter().map(|one| one.id.as_str()))?;
        Ok(self.with_people(candidates))
    }

    fn with_people(&self, candidates: &[Candidate]) -> Market {
        self.market_of(Vec::new(), Arc::clone(&self.words), self.all()).with_people(candidates)
    }

    /// Whether the person takes no part, or pairs of the person do not.
    fn leaves_out(&self, candidate: &Candidate) -> bool {
        let one = std::slice::from_ref(candidate);
        let (_, out) = without::people(&self.engine.policy, &self.history, one, self.as_of);
        !out.is_empty() || self.history.left_out_of(&candidate.id).next().is_some()
    }

    fn market_of(
        &self,
        candidates: Vec<CandidateFacts>,
        words: Arc<Words>,
        vacancies: Arc<Vec<VacancyFacts>>,
    ) -> Market {
        let Engine { policy, vocabulary } = &self.engine;
        let prepared = Prepared { candidates, vacancies, words };
        let filled = Arc::clone(&self.filled);
        let without = Without::new(&self.history, &prepared, BTreeMap::new(), filled);
        Market::of(
            (Arc::clone(policy), Arc::clone(vocabulary)),
            self.as_of,
            (Arc::clone(&self.rules), self.weights.clone()),
            prepared,
            (Arc::clone(&self.history), without),
        )
    }

    pub(super) fn plain(&self) -> Plain<'_> {
        let Engine { policy, vocabulary } = &self.engine;
        Plain { policy, vocabulary, rules: &self.rules, weights: &self.weights, as_of: self.as_of }
    }

    fn person(&self, candidate: &Candidate) -> (CandidateFacts, Arc<Words>) {
        let Engine { policy, vocabulary } = &self.engine;
        let (facts, words) = one_candidate(policy, vocabulary, self.as_of, &self.words, candidate);
        (facts, Arc::new(words))
    }

    fn parts(&self) -> Vec<Part<'_>> {
        let mut first = 0;
        let part = |board: &'_ Board| {
            let own = first;
            first += u32::try_from(board.vacancies.len()).unwrap_or(u32::MAX);
            own
        };
        let firsts: Vec<u32> = self.boards.iter().map(part).collect();
        let parts = self.boards.iter().zip(firsts).map(|(board, first)| Part {
            stock: &board.stock,
            vacancies: &board.vacancies,
            gone: &board.gone,
            first,
        });
        parts.collect()
    }

    /// The vacancy with a number, counted over all boards.
    fn vacancy(&self, number: u32) -> Option<&VacancyFacts> {
        let mut at = number as usize;
        for board in &self.boards {
            if let Some(found) = board.vacancies.get(at) {
                return Some(found);
            }
            at -= board.vacancies.len();
        }
        None
    }

    /// All vacancies that are there.
    pub(super) fn all(&self) -> Arc<Vec<VacancyFacts>> {
        match self.boards.as_slice() {
            [Board { vacancies: Vacancies::Whole(all), taken: 0, .. }] => Arc::clone(all),
            boards => Arc::new(boards.iter().flat_map(Board::facts).collect()),
        }
    }

    /// The board and the number of each vacancy that has one of these ids.
    fn found<'a>(&self, ids: impl Iterator<Item = &'a str>) -> Vec<(usize, u32)> {
        let on_board = |(at, board): (usize, &Board), id: &str| {
            let mut own = board.stock.with_hash(id_hash(id)).filter(|number| {
                let facts = board.vacancies.get(*number as usize);
                facts.is_some_and(|one| one.id() == id) && !board.is_gone(*number)
            });
            own.next().map(|number| (at, number))
        };
        let of_id = |id| self.boards.iter().enumerate().find_map(|board| on_board(board, id));
        let mut found: Vec<_> = ids.filter_map(of_id).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn id(&self, (board, vacancy): (usize, u32)) -> Option<&str> {
        let vacancies = &self.boards.get(board)?.vacancies;
        vacancies.get(vacancy as usize).map(VacancyFacts::id)
    }
}

impl Board {
    pub(super) fn new(plain: Plain<'_>, vacancies: Arc<Vec<VacancyFacts>>) -> Self {
        let stock = Arc::new(Stock::new(plain, &vacancies));
        let vacancies = Vacancies::Whole(vacancies);
        Self { vacancies, stock, gone: Arc::default(), taken: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.vacancies.len() - self.taken
    }

    fn is_gone(&self, vacancy: u32) -> bool {
        let place = self.stock.place(vacancy);
        let word = self.gone.get(place as usize / 64);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn take(&mut self, vacancy: u32) {
        let place = self.stock.place(vacancy);
        let gone = Arc::make_mut(&mut self.gone);
        gone.resize(self.vacancies.len().div_ceil(64), 0);
        if let Some(word) = gone.get_mut(place as usize / 64) {
            *word |= 1 << (place % 64);
            self.taken += 1;
        }
    }

    /// The vacancies that are there.
    fn facts(&self) -> Vec<VacancyFacts> {
        self.vacancies.kept(|number| !self.is_gone(number))
    }
}
