//! How deep types are in each other. rustc checks some rules type by type, each inside the check of the type around it, and stops at
//! its recursion limit.

use super::{Model, Schema, SchemaIndex, Type, Typed};

/// A type that is in another: its number, and the levels between the two.
type Edge = (SchemaIndex, usize);

impl Model<'_> {
    /// A bound for the levels that rustc goes down when it checks a type of the model: the longest way from type to type. Types
    /// that lead back to each other can all be on one way.
    pub(crate) fn depth(&self) -> usize {
        let edges: Vec<Vec<Edge>> = self.schemas.iter().map(edges).collect();
        let groups = groups(&edges);
        let mut depths = vec![0; edges.len()];
        let mut group_of = vec![0; edges.len()];
        for (number, group) in groups.iter().enumerate() {
            for index in group {
                group_of[*index] = number;
            }
        }
        // A group comes after all groups that lead to it.
        for (number, group) in groups.iter().enumerate().rev() {
            let mut own = 0;
            let mut below = 0;
            for (next, levels) in group.iter().flat_map(|index| &edges[*index]) {
                if group_of[*next] != number {
                    below = below.max(levels + depths[*next]);
                }
            }
            for index in group {
                let inside = edges[*index].iter();
                let inside = inside.filter(|(next, _)| group_of[*next] == number);
                own += 1 + inside.map(|(_, levels)| *levels).max().unwrap_or(0);
            }
            for index in group {
                depths[*index] = own + below;
            }
        }
        depths.into_iter().max().unwrap_or(0)
    }
}

fn edges(schema: &Schema) -> Vec<Edge> {
    let types = schema.typed().into_iter().map(Typed::ty);
    let edge = |ty: &Type| {
        // A property that may be missing is an option of the type.
        let levels = ty.layers().map(levels).sum::<usize>() + 1;
        Some((ty.named()?, levels))
    };
    types.filter_map(edge).collect()
}

/// The levels that rustc goes down in a type to the type inside it: the fields of a vector, and their fields.
fn levels(ty: &Type) -> usize {
    match ty {
        Type::Option(_) => 1,
        Type::Box(_) => 2,
        Type::Vec(_) => 3,
        Type::Map(_) => 4,
        _ => 0,
    }
}

/// The nodes of a graph in groups: those of a group lead to each other. A group comes after all groups that lead to it.
fn groups(edges: &[Vec<Edge>]) -> Vec<Vec<SchemaIndex>> {
    let forwards: Vec<Vec<usize>> = edges
        .iter()
        .map(|edges| edges.iter().map(|(next, _)| *next).collect())
        .collect();
    let mut backwards = vec![Vec::new(); edges.len()];
    for (index, next) in forwards.iter().enumerate() {
        for next in next {
            backwards[*next].push(index);
        }
    }
    let mut left = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for begin in 0..edges.len() {
        visit(begin, &forwards, &mut seen, &mut left);
    }
    let mut groups = Vec::new();
    let mut seen = vec![false; edges.len()];
    for begin in left.into_iter().rev() {
        let mut group = Vec::new();
        visit(begin, &backwards, &mut seen, &mut group);
        if !group.is_empty() {
            groups.push(group);
        }
    }
    groups
}

/// Adds to `left` what can be reached from a node and was not seen before, in the order in which depth-first search leaves it.
fn visit(begin: usize, edges: &[Vec<usize>], seen: &mut [bool], left: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[begin], true) {
        return;
    }
    let mut open = vec![(begin, edges[begin].iter())];
    while let Some((index, next)) = open.last_mut() {
        if let Some(next) = next.next() {
            if !std::mem::replace(&mut seen[*next], true) {
                open.push((*next, edges[*next].iter()));
            }
        } else {
            left.push(*index);
            open.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_comes_after_those_that_lead_to_it() {
        // 0 → 1 ⇄ 2 → 3, and 4 alone.
        let edges = [
            vec![(1, 0)],
            vec![(2, 0)],
            vec![(1, 0), (3, 0)],
            vec![],
            vec![],
        ];
        let mut groups = groups(&edges);
        for group in &mut groups {
            group.sort_unstable();
        }
        let at = |group: &[usize]| groups.iter().position(|it| it == group);
        assert!(
            at(&[0]) < at(&[1, 2]) && at(&[1, 2]) < at(&[3]),
            "{groups:?}"
        );
        assert_eq!(groups.len(), 4);
    }
}
