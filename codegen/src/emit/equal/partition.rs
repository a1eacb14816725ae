//! The coarsest partition in which equal elements lead to equal elements, as for the states of an automaton (Hopcroft 1971).
//!
//! All elements with the same key begin in one class. If the elements of a class lead to different classes, it is split; then those
//! that lead to it are looked at again. The largest part of a class keeps its number. So an element gets a new number only when its
//! class has become half as large, and the work grows with the number of edges times the logarithm of the number of elements.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// For each element, the first one of its class. `edges` are the elements that an element leads to, in their order.
pub(super) fn partition(keys: &[usize], edges: &[&[usize]]) -> Vec<usize> {
    let mut users = vec![Vec::new(); keys.len()];
    for (element, targets) in edges.iter().enumerate() {
        for target in *targets {
            if users[*target].last() != Some(&element) {
                users[*target].push(element);
            }
        }
    }
    let mut classes = Classes::new(keys);
    let mut open: BTreeSet<usize> = (0..keys.len()).collect();
    while !open.is_empty() {
        let moved = classes.split(&open, edges);
        open = moved
            .into_iter()
            .flat_map(|element| users[element].iter().copied())
            .collect();
    }
    classes.firsts()
}

struct Classes {
    /// The class of each element.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Where each element is among the members of its class.
    position: Vec<usize>,
}

impl Classes {
    fn new(keys: &[usize]) -> Self {
        let mut classes = Self {
            of: keys.to_vec(),
            members: vec![Vec::new(); keys.iter().max().map_or(0, |most| most + 1)],
            position: vec![0; keys.len()],
        };
        for (element, class) in keys.iter().enumerate() {
            classes.position[element] = classes.members[*class].len();
            classes.members[*class].push(element);
        }
        classes
    }

    /// Splits the classes of the open elements. The others lead where they have led before. The result is the elements whose class
    /// has a new number.
    fn split(&mut self, open: &BTreeSet<usize>, edges: &[&[usize]]) -> Vec<usize> {
        let mut looked_at: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for element in open {
            let class = self.of[*element];
            if self.members[class].len() > 1 {
                looked_at.entry(class).or_default().push(*element);
            }
        }
        let mut parts = Vec::new();
        for (class, elements) in looked_at {
            let mut by_targets: HashMap<Vec<usize>, Vec<usize>> = HashMap::new();
            let count = elements.len();
            for element in elements {
                let targets = edges[element].iter().map(|target| self.of[*target]);
                by_targets
                    .entry(targets.collect())
                    .or_default()
                    .push(element);
            }
            let mut of_class: Vec<Vec<usize>> = by_targets.into_values().collect();
            of_class.sort_unstable_by_key(|part| (part.len(), part[0]));
            let others = self.members[class].len() - count;
            if of_class.last().is_some_and(|part| part.len() >= others) {
                let largest = of_class.pop().unwrap_or_default();
                if others > 0 {
                    let largest: BTreeSet<usize> = largest.into_iter().collect();
                    let moved: BTreeSet<usize> = of_class.iter().flatten().copied().collect();
                    let members = self.members[class].iter().copied();
                    let others = members.filter(|it| !largest.contains(it) && !moved.contains(it));
                    of_class.push(others.collect());
                }
            }
            parts.extend(of_class);
        }
        // Only now, so that all of them were compared by the same numbers.
        for part in &parts {
            let new = self.members.len();
            self.members.push(Vec::with_capacity(part.len()));
            for element in part {
                self.put(*element, new);
            }
        }
        parts.concat()
    }

    fn put(&mut self, element: usize, new: usize) {
        let (class, position) = (self.of[element], self.position[element]);
        self.members[class].swap_remove(position);
        if let Some(instead) = self.members[class].get(position) {
            self.position[*instead] = position;
        }
        self.of[element] = new;
        self.position[element] = self.members[new].len();
        self.members[new].push(element);
    }

    fn firsts(self) -> Vec<usize> {
        let mut firsts = HashMap::new();
        let classes = self.of.into_iter().enumerate();
        classes
            .map(|(element, class)| *firsts.entry(class).or_insert(element))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::partition;

    /// The same by definition: all classes are split until nothing changes.
    fn slowly(keys: &[usize], edges: &[&[usize]]) -> Vec<usize> {
        let same = |value: &dyn Fn(usize) -> Vec<usize>| -> Vec<usize> {
            let values: Vec<Vec<usize>> = (0..keys.len()).map(value).collect();
            let first = |value| values.iter().position(|other| other == value);
            values.iter().filter_map(first).collect()
        };
        let mut classes = same(&|element| vec![keys[element]]);
        loop {
            let next = same(&|element| {
                let targets = edges[element].iter().map(|target| classes[*target]);
                [classes[element]].into_iter().chain(targets).collect()
            });
            if next == classes {
                return classes;
            }
            classes = next;
        }
    }

    #[test]
    fn loops_are_equal_if_nothing_makes_them_differ() {
        // 0 and 1, 2 and 3, 4 and 5 lead to each other; only 5 has another key.
        let edges: [&[usize]; 6] = [&[1], &[0], &[3], &[2], &[5], &[4]];
        assert_eq!(partition(&[0, 1, 0, 1, 0, 2], &edges), [0, 1, 0, 1, 4, 5]);
    }

    #[test]
    fn the_partition_is_the_coarsest() {
        let mut state = 1_usize;
        let mut number = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 33) % below
        };
        let mut shared = 0;
        for round in 0..400 {
            let count = 2 + round % 23;
            let kinds = 1 + number(3);
            let keys: Vec<usize> = (0..count).map(|_| number(kinds)).collect();
            // Elements with the same key have as many edges, as types with the same code have as many names.
            let edges: Vec<Vec<usize>> = keys
                .iter()
                .map(|key| (0..=*key).map(|_| number(count)).collect())
                .collect();
            let edges: Vec<&[usize]> = edges.iter().map(Vec::as_slice).collect();
            let found = partition(&keys, &edges);
            assert_eq!(found, slowly(&keys, &edges), "{keys:?} {edges:?}");
            shared += (0..count)
                .filter(|element| found[*element] != *element)
                .count();
        }
        assert!(shared > 400, "{shared}");
    }

    #[test]
    fn a_long_chain_takes_as_many_steps_as_it_has_links() {
        const LENGTH: usize = 200_000;
        let mut keys = vec![0; LENGTH];
        keys[LENGTH - 1] = 1;
        let next: Vec<usize> = (1..=LENGTH).map(|it| it.min(LENGTH - 1)).collect();
        let edges: Vec<&[usize]> = next.iter().map(std::slice::from_ref).collect();
        // A quadratic search would take minutes.
        assert!(partition(&keys, &edges).into_iter().eq(0..LENGTH));
    }
}
