// SPDX-License-Identifier: EUPL-1.2
//! What somebody could compute who reads a published table, by linear programming: independent of how it was made safe.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use super::{Counted, DisclosureRules, GroupTable, SafeTable, Suppressed};

/// Numbers that look random, the same each time.
struct Draws(u64);

impl Draws {
    fn below(&mut self, most: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    /// How many people are in a cell: often few or none, sometimes many.
    fn people(&mut self) -> u64 {
        match self.below(10) {
            0..3 => 0,
            3..6 => self.below(10),
            6..9 => 5 + self.below(30),
            _ => 100 + self.below(200),
        }
    }

    /// People in a table of three dimensions with so many categories at most; the second may lie within the first.
    fn table(&mut self, widest: u64, is_within: bool) -> GroupTable {
        let sizes: Vec<u64> = (0..3).map(|_| 2 + self.below(widest - 1)).collect();
        let mut people = Vec::new();
        let all = sizes.iter().product::<u64>();
        for cell in 0..all {
            let mut rest = cell;
            let mut labels: Vec<u64> = Vec::new();
            for size in &sizes {
                labels.push(rest % size);
                rest /= size;
            }
            if is_within {
                labels[1] += 10 * labels[0];
            }
            let categories: Vec<String> = labels.iter().map(u64::to_string).collect();
            for _ in 0..self.people() {
                people.push(Counted { categories: categories.clone(), amount: 1 });
            }
        }
        let within: &[(&str, &str)] = if is_within { &[("b", "a")] } else { &[] };
        GroupTable::new(&["a", "b", "c"], within, &people).unwrap()
    }
}

/// What a reader knows of a cell: its number, or between which it is.
fn known(safe: &SafeTable, cell: usize, threshold: i64) -> (i64, i64) {
    let table = safe.counted();
    let value = table.each()[cell].people;
    let narrow = table.nodes(cell).iter().filter(|node| **node != 0).count();
    match safe.suppressed(cell) {
        None => (value, value),
        Some(Suppressed::Primary) => (i64::from(narrow == 1), threshold - 1),
        Some(Suppressed::Secondary) => (threshold, 1_000_000),
    }
}

/// The cells with no narrower ones, each with all cells that it is part of: whatever the table, by its labels alone.
fn parts(table: &GroupTable) -> Vec<Vec<usize>> {
    let labels: Vec<Vec<(&str, &str)>> =
        (0..table.cells()).map(|cell| table.categories(cell)).collect();
    let is_part = |narrow: &[(&str, &str)], wide: &[(&str, &str)]| {
        wide.iter().zip(narrow).all(|(wide, narrow)| wide.1 == "*" || wide.1 == narrow.1)
    };
    labels
        .iter()
        .filter(|own| own.iter().all(|(_, label)| *label != "*"))
        .map(|own| (0..labels.len()).filter(|cell| is_part(own, &labels[*cell])).collect())
        .collect()
}

/// A possible table in which a cell is the least or the most that it can be: for each cell how many people are in it.
fn extreme(
    safe: &SafeTable,
    parts: &[Vec<usize>],
    asked: usize,
    direction: OptimizationDirection,
    threshold: i64,
) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "small whole numbers")]
    let number = |whole: i64| whole as f64;
    let mut problem = Problem::new(direction);
    let people: Vec<_> = parts
        .iter()
        .map(|cells| {
            let counts = i64::from(cells.contains(&asked));
            problem.add_var(number(counts), (0.0, f64::INFINITY))
        })
        .collect();
    let narrow = |cell: usize| {
        parts
            .iter()
            .zip(&people)
            .filter(move |(cells, _)| cells.contains(&cell))
            .map(|(_, part)| *part)
    };
    for cell in 0..safe.counted().cells() {
        let (low, high) = known(safe, cell, threshold);
        let sum: Vec<_> = narrow(cell).map(|part| (part, 1.0)).collect();
        if low == high {
            problem.add_constraint(sum, ComparisonOp::Eq, number(low));
        } else {
            problem.add_constraint(sum.clone(), ComparisonOp::Ge, number(low));
            problem.add_constraint(sum, ComparisonOp::Le, number(high));
        }
    }
    let Ok(SolveOutcome::Solution(found)) = problem.solve() else {
        panic!("the table that was counted is possible");
    };
    (0..safe.counted().cells()).map(|cell| narrow(cell).map(|part| found[part]).sum()).collect()
}

/// No hidden cell of the table can be computed, nor known more closely than is promised; gives how many are hidden.
#[track_caller]
fn check(safe: &SafeTable, rules: &DisclosureRules) -> usize {
    let table = safe.counted();
    for cell in 0..table.cells() {
        let is_small = table.each()[cell].people < i64::from(rules.threshold);
        assert_eq!(safe.suppressed(cell) == Some(Suppressed::Primary), is_small, "the rule itself");
    }
    attack(safe, rules).unwrap_or_else(|(cell, seen)| {
        panic!("{:?}: {seen:?}", table.categories(cell));
    })
}

/// How many cells are hidden; or one that is known more closely than is promised, with the least and the most that it can be.
fn attack(safe: &SafeTable, rules: &DisclosureRules) -> Result<usize, (usize, (f64, f64))> {
    let table = safe.counted();
    let parts = parts(table);
    let threshold = i64::from(rules.threshold);
    // The least and the most of each cell in all tables that were found possible.
    let mut seen = vec![(f64::INFINITY, f64::NEG_INFINITY); table.cells()];
    let mut hidden = 0;
    for cell in 0..table.cells() {
        let Some(why) = safe.suppressed(cell) else { continue };
        hidden += 1;
        let open = if why == Suppressed::Primary { rules.protection } else { 1 };
        #[expect(clippy::float_arithmetic, reason = "a solver counts in fractions")]
        let is_open = |seen: &[(f64, f64)]| seen[cell].1 - seen[cell].0 >= f64::from(open) - 1e-6;
        for direction in [OptimizationDirection::Minimize, OptimizationDirection::Maximize] {
            if is_open(&seen) {
                break;
            }
            let found = extreme(safe, &parts, cell, direction, threshold);
            for ((low, high), people) in seen.iter_mut().zip(found) {
                *low = low.min(people);
                *high = high.max(people);
            }
        }
        if !is_open(&seen) {
            return Err((cell, seen[cell]));
        }
    }
    Ok(hidden)
}

/// How many random tables are tried: few each time, many when asked.
fn tables() -> u64 {
    let asked = std::env::var("PASSEND_TABLES").ok();
    asked.map_or(50, |count| count.parse().expect("a number of tables"))
}

#[test]
fn no_hidden_cell_can_be_computed_by_linear_programming() {
    let rules = DisclosureRules { rounding: 0, ..DisclosureRules::default() };
    let (mut safe, mut hidden, mut refused) = (0, 0, 0);
    for seed in 0..tables() {
        let mut draws = Draws(seed);
        // Larger ones only when many are asked: a solver without optimisation is slow.
        let table = draws.table(if seed < 50 { 3 } else { 4 }, seed % 4 == 3);
        match table.protect(&rules) {
            Ok(table) => {
                safe += 1;
                hidden += check(&table, &rules);
            }
            Err(_) => refused += 1,
        }
    }
    assert!(hidden > 100 && safe > 3 * refused, "{safe} safe, {refused} refused, {hidden} hidden");
}

/// Hiding with a fault: what may not be published is hidden, and less beside it than was found to be needed.
#[test]
fn too_little_hiding_is_found_by_linear_programming() {
    let rules = DisclosureRules { rounding: 0, ..DisclosureRules::default() };
    let (mut tried, mut none_beside, mut one_too_few) = (0, 0, 0);
    for seed in 0..12 {
        let Ok(safe) = Draws(seed).table(3, false).protect(&rules) else { continue };
        let beside = |cell: &usize| safe.suppressed(*cell) == Some(Suppressed::Secondary);
        let Some(last) = (0..safe.counted().cells()).rfind(beside) else { continue };
        tried += 1;
        none_beside += u32::from(attack(&safe.showing(&|cell| beside(&cell)), &rules).is_err());
        one_too_few += u32::from(attack(&safe.showing(&|cell| cell == last), &rules).is_err());
    }
    assert!(tried >= 6 && 2 * none_beside > tried, "{none_beside} of {tried}");
    assert!(2 * one_too_few > tried, "{one_too_few} of {tried}");
}
