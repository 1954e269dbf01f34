// SPDX-License-Identifier: EUPL-1.2
//! An axis of a table: categories, in a tree where one dimension lies within another, with the margin at its root.

use std::collections::BTreeMap;

/// The margin over all categories.
pub(super) const ALL: &str = "*";

/// The margin, the first node of each axis.
pub(super) const ROOT: usize = 0;

/// A tree of categories. Nodes are in order of their labels from the outside in, the margin first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Axis {
    nodes: Vec<Node>,
    leaves: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    parent: usize,
    /// From the outermost dimension inwards; empty for the margin.
    labels: Vec<String>,
}

/// A change of one axis under which every sum over its categories stays a sum: nodes, each with `1` or `-1`.
///
/// People go from one leaf to another, or come in from nowhere; what holds both leaves does not change.
pub(super) type Move = Vec<(usize, i64)>;

impl Axis {
    /// The axis of these paths of labels, each from the outermost dimension inwards and all of one length.
    pub(super) fn new<'a>(depth: usize, paths: impl Iterator<Item = &'a [String]>) -> Self {
        let mut places: BTreeMap<&[String], usize> = BTreeMap::new();
        for path in paths {
            for length in 0..=depth {
                places.entry(path.get(..length).unwrap_or_default()).or_default();
            }
        }
        places.entry(&[]).or_default();
        for (at, place) in places.values_mut().enumerate() {
            *place = at;
        }
        let parent = |labels: &[String]| {
            let outer = labels.len().checked_sub(1).and_then(|length| labels.get(..length));
            outer.and_then(|outer| places.get(outer)).copied().unwrap_or(ROOT)
        };
        let nodes: Vec<Node> = places
            .keys()
            .map(|labels| Node { parent: parent(labels), labels: labels.to_vec() })
            .collect();
        let is_leaf = |node: &(usize, &Node)| node.1.labels.len() == depth;
        let leaves = nodes.iter().enumerate().filter(is_leaf).map(|(at, _)| at).collect();
        Self { nodes, leaves }
    }

    /// How many nodes there are, the margin too.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The label in a dimension of the axis, counted from the outside; [`ALL`] where it is summed over.
    pub(super) fn label(&self, node: usize, dimension: usize) -> &str {
        self.labels(node).get(dimension).map_or(ALL, String::as_str)
    }

    /// The node with these labels.
    pub(super) fn node(&self, labels: &[String]) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.labels.as_slice().cmp(labels)).ok()
    }

    /// The nodes that hold this one, itself first, the margin last.
    pub(super) fn upwards(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |at| {
            (*at != ROOT).then(|| self.nodes.get(*at).map(|node| node.parent)).flatten()
        })
    }

    fn labels(&self, node: usize) -> &[String] {
        self.nodes.get(node).map(|node| node.labels.as_slice()).unwrap_or_default()
    }

    fn is_within(&self, inner: usize, outer: usize) -> bool {
        self.labels(inner).starts_with(self.labels(outer))
    }

    /// Every move under which this node gains one.
    pub(super) fn moves(&self, node: usize) -> Vec<Move> {
        let mut moves = Vec::new();
        for &to in self.leaves.iter().filter(|leaf| self.is_within(**leaf, node)) {
            moves.push(self.upwards(to).map(|at| (at, 1)).collect());
            for &from in self.leaves.iter().filter(|leaf| !self.is_within(**leaf, node)) {
                let gains = self.upwards(to).filter(|at| !self.is_within(from, *at));
                let loses = self.upwards(from).filter(|at| !self.is_within(to, *at));
                moves.push(gains.map(|at| (at, 1)).chain(loses.map(|at| (at, -1))).collect());
            }
        }
        moves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(depth: usize, paths: &[&[&str]]) -> Axis {
        let paths: Vec<Vec<String>> = paths
            .iter()
            .map(|path| path.iter().map(|label| (*label).to_owned()).collect())
            .collect();
        Axis::new(depth, paths.iter().map(Vec::as_slice))
    }

    #[test]
    fn a_category_lies_within_the_wider_one_and_the_margin() {
        let axis =
            axis(2, &[&["Drenthe", "Assen"], &["Drenthe", "Emmen"], &["Groningen", "Oldambt"]]);
        assert_eq!(axis.len(), 6);
        let emmen = axis.node(&["Drenthe".to_owned(), "Emmen".to_owned()]).unwrap();
        let labels: Vec<_> =
            axis.upwards(emmen).map(|at| (axis.label(at, 0), axis.label(at, 1))).collect();
        assert_eq!(labels, [("Drenthe", "Emmen"), ("Drenthe", "*"), ("*", "*")]);
    }

    #[test]
    fn every_move_keeps_every_sum() {
        let axis = axis(2, &[&["D", "a"], &["D", "b"], &["G", "c"], &["G", "d"], &["F", "e"]]);
        for node in 0..axis.len() {
            for step in axis.moves(node) {
                let change = |at: usize| {
                    step.iter().filter(|(other, _)| *other == at).map(|(_, sign)| sign).sum::<i64>()
                };
                assert_eq!(change(node), 1);
                for at in (0..axis.len()).filter(|at| !axis.leaves.contains(at)) {
                    let parts = (0..axis.len())
                        .filter(|part| *part != ROOT && axis.nodes[*part].parent == at);
                    assert_eq!(change(at), parts.map(change).sum::<i64>(), "{step:?}");
                }
            }
        }
    }
}
