// SPDX-License-Identifier: EUPL-1.2
//! Which columns are too few for all rows that want them: the start of an assignment that places as many as possible.
//!
//! J. E. Hopcroft and R. M. Karp, "An n^5/2 algorithm for maximum matchings in bipartite graphs" (1973), with more than
//! one place in a column; then D. Kőnig's theorem (1931): the columns that a row without a place can reach along
//! alternating paths are full, and each further row there would put another one out.

use super::solve::Edges;

/// Whether each column is one that rows without a place compete for, when as many as possible are placed.
pub(super) fn contested<E>(
    rows: &Edges,
    places: &[u32],
    goes_on: impl FnMut() -> Result<(), E>,
) -> Result<Vec<bool>, E> {
    Ok(Most::found(rows, places, goes_on)?.seen)
}

/// How many rows can be placed at one time.
pub(super) fn placed<E>(
    rows: &Edges,
    places: &[u32],
    goes_on: impl FnMut() -> Result<(), E>,
) -> Result<u64, E> {
    let placed = Most::found(rows, places, goes_on)?.columns.iter().flatten().count();
    Ok(u64::try_from(placed).unwrap_or(u64::MAX))
}

struct Most<'a> {
    rows: &'a Edges,
    places: &'a [u32],
    columns: Vec<Option<u32>>,
    members: Vec<Vec<u32>>,
    /// How many moves away from a row without a place each row is.
    levels: Vec<u32>,
    /// How many edges of each row were tried in this round.
    tried: Vec<u32>,
    /// The columns that rows without a place reach.
    seen: Vec<bool>,
}

const FAR: u32 = u32::MAX;

impl<'a> Most<'a> {
    /// As many rows as possible with a place.
    fn found<E>(
        rows: &'a Edges,
        places: &'a [u32],
        mut goes_on: impl FnMut() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut most = Self {
            rows,
            places,
            columns: vec![None; rows.nodes()],
            members: vec![Vec::new(); places.len()],
            levels: Vec::new(),
            tried: Vec::new(),
            seen: Vec::new(),
        };
        loop {
            let is_whole = most.measure();
            if is_whole {
                return Ok(most);
            }
            most.tried = vec![0; rows.nodes()];
            for row in 0..u32::try_from(rows.nodes()).unwrap_or(u32::MAX) {
                goes_on()?;
                if most.columns.get(row as usize) == Some(&None) {
                    most.place(row);
                }
            }
        }
    }

    /// Measures the rows; whether no row without a place reaches a free one.
    fn measure(&mut self) -> bool {
        self.levels = vec![FAR; self.columns.len()];
        self.seen = vec![false; self.places.len()];
        let numbers = 0..u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        let mut queue: Vec<u32> = numbers
            .zip(&self.columns)
            .filter(|(_, column)| column.is_none())
            .map(|(row, _)| row)
            .collect();
        for row in &queue {
            set(&mut self.levels, *row, 0);
        }
        let (mut at, mut is_whole) = (0, true);
        while let Some(row) = queue.get(at).copied() {
            at += 1;
            let level = get(&self.levels, row, FAR);
            for edge in self.rows.of(row) {
                if get(&self.seen, edge.to, true) {
                    continue;
                }
                set(&mut self.seen, edge.to, true);
                if self.has_place(edge.to) {
                    is_whole = false;
                }
                for member in self.members.get(edge.to as usize).into_iter().flatten() {
                    if get(&self.levels, *member, 0) == FAR {
                        set(&mut self.levels, *member, level + 1);
                        queue.push(*member);
                    }
                }
            }
        }
        is_whole
    }

    fn has_place(&self, column: u32) -> bool {
        let places = self.places.get(column as usize).copied().unwrap_or_default();
        self.members.get(column as usize).is_some_and(|rows| rows.len() < places as usize)
    }

    /// Finds a free place for a row along the shortest moves, depth first.
    fn place(&mut self, row: u32) {
        // Each row of the chain, with the column that it would take.
        let mut chain = vec![row];
        while let Some(last) = chain.last().copied() {
            let tried = get(&self.tried, last, 0);
            let Some(edge) = self.rows.of(last).get(tried as usize) else {
                // Not this way: the row before tries its next edge.
                chain.pop();
                continue;
            };
            if self.has_place(edge.to) {
                self.move_up(&chain);
                return;
            }
            let next = get(&self.levels, last, FAR).saturating_add(1);
            let members = self.members.get(edge.to as usize).into_iter().flatten();
            let onward = members.copied().find(|member| {
                get(&self.levels, *member, FAR) == next
                    && (get(&self.tried, *member, 0) as usize) < self.rows.of(*member).len()
            });
            match onward {
                Some(member) => chain.push(member),
                None => set(&mut self.tried, last, tried + 1),
            }
        }
    }

    /// Moves each row of the chain to the column that it tries.
    fn move_up(&mut self, chain: &[u32]) {
        for row in chain.iter().rev() {
            let tried = get(&self.tried, *row, 0);
            let Some(edge) = self.rows.of(*row).get(tried as usize).copied() else { continue };
            if let Some(before) = get(&self.columns, *row, None)
                && let Some(members) = self.members.get_mut(before as usize)
            {
                members.retain(|member| member != row);
            }
            set(&mut self.columns, *row, Some(edge.to));
            if let Some(members) = self.members.get_mut(edge.to as usize) {
                members.push(*row);
            }
        }
    }
}

fn get<T: Copy>(all: &[T], at: u32, otherwise: T) -> T {
    all.get(at as usize).copied().unwrap_or(otherwise)
}

fn set<T>(all: &mut [T], at: u32, value: T) {
    if let Some(place) = all.get_mut(at as usize) {
        *place = value;
    }
}
