// SPDX-License-Identifier: EUPL-1.2
//! Which columns are too few for all rows that want them: the start of an assignment that places as many as possible.
//!
//! J. E. Hopcroft and R. M. Karp, "An n^5/2 algorithm for maximum matchings in bipartite graphs" (1973), with more than
//! one place in a column, measured from the free places, which few rows without a place can reach; then D. Kőnig's theorem
//! (1931): the columns that a row without a place can reach along alternating paths are full, and each further row there would
//! put another one out.

use super::solve::Edges;

/// Whether each column is one that rows without a place compete for, when as many as possible are placed.
pub(super) fn contested<E>(
    rows: &Edges,
    columns: &Edges,
    places: &[u32],
    goes_on: impl FnMut() -> Result<(), E>,
) -> Result<Vec<bool>, E> {
    Ok(Most::found(rows, columns, places, goes_on)?.wanted())
}

/// How many rows can be placed at one time.
pub(super) fn placed<E>(
    rows: &Edges,
    columns: &Edges,
    places: &[u32],
    goes_on: impl FnMut() -> Result<(), E>,
) -> Result<u64, E> {
    let placed = Most::found(rows, columns, places, goes_on)?.taken.iter().flatten().count();
    Ok(u64::try_from(placed).unwrap_or(u64::MAX))
}

struct Most<'a> {
    rows: &'a Edges,
    columns: &'a Edges,
    places: &'a [u32],
    /// The column of each row.
    taken: Vec<Option<u32>>,
    members: Vec<Vec<u32>>,
    /// How many moves away from a free place each row is.
    levels: Vec<u32>,
    /// How many edges of each row were tried in this round.
    tried: Vec<u32>,
}

const FAR: u32 = u32::MAX;

impl<'a> Most<'a> {
    /// As many rows as possible with a place.
    fn found<E>(
        rows: &'a Edges,
        columns: &'a Edges,
        places: &'a [u32],
        mut goes_on: impl FnMut() -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut most = Self {
            rows,
            columns,
            places,
            taken: vec![None; rows.nodes()],
            members: vec![Vec::new(); places.len()],
            levels: Vec::new(),
            tried: Vec::new(),
        };
        loop {
            most.measure();
            let without: Vec<u32> = most.without_place().collect();
            let near = |row: &u32| get(&most.levels, *row, FAR) < FAR;
            let near: Vec<u32> = without.into_iter().filter(near).collect();
            if near.is_empty() {
                return Ok(most);
            }
            most.tried = vec![0; rows.nodes()];
            for row in near {
                goes_on()?;
                most.place(row);
            }
        }
    }

    fn without_place(&self) -> impl Iterator<Item = u32> + '_ {
        let numbers = 0..u32::try_from(self.taken.len()).unwrap_or(u32::MAX);
        numbers.zip(&self.taken).filter(|(_, column)| column.is_none()).map(|(row, _)| row)
    }

    /// Measures the rows, from the free places on: few of those without a place can reach one, and only they are tried.
    fn measure(&mut self) {
        self.levels = vec![FAR; self.taken.len()];
        let mut seen = vec![false; self.places.len()];
        let numbers = 0..u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        let mut queue: Vec<(u32, u32)> =
            numbers.filter(|column| self.has_place(*column)).map(|column| (column, 0)).collect();
        for (column, _) in &queue {
            set(&mut seen, *column, true);
        }
        let mut at = 0;
        while let Some((column, level)) = queue.get(at).copied() {
            at += 1;
            for edge in self.columns.of(column) {
                if get(&self.levels, edge.to, 0) < FAR {
                    continue;
                }
                set(&mut self.levels, edge.to, level);
                if let Some(own) = get(&self.taken, edge.to, None)
                    && !get(&seen, own, true)
                {
                    set(&mut seen, own, true);
                    queue.push((own, level + 1));
                }
            }
        }
    }

    /// The columns that rows without a place reach.
    fn wanted(&self) -> Vec<bool> {
        let mut wanted = vec![false; self.places.len()];
        let mut queue: Vec<u32> = self.without_place().collect();
        while let Some(row) = queue.pop() {
            for edge in self.rows.of(row) {
                if !get(&wanted, edge.to, true) {
                    set(&mut wanted, edge.to, true);
                    queue.extend(self.members.get(edge.to as usize).into_iter().flatten());
                }
            }
        }
        wanted
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
            let next = get(&self.levels, last, FAR).checked_sub(1);
            let members = self.members.get(edge.to as usize).into_iter().flatten();
            let onward = members.copied().find(|member| {
                Some(get(&self.levels, *member, FAR)) == next
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
            if let Some(before) = get(&self.taken, *row, None)
                && let Some(members) = self.members.get_mut(before as usize)
            {
                members.retain(|member| member != row);
            }
            set(&mut self.taken, *row, Some(edge.to));
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
