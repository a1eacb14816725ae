//! Combines unions that must all hold.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Merger, weight};
use crate::diagnostic::Code;
use crate::openapi::reference;
use crate::pointer::Pointer;

/// How many variants the combination of two unions may have.
const MAX_PRODUCT: usize = 32;

impl Merger<'_> {
    /// The pairs of variants that do not contradict each other; none if there are too many to compare.
    fn compatible(&mut self, variants: &[Value], others: &[Value]) -> Vec<(Value, Value)> {
        let mut pairs = Vec::new();
        if variants.len() * others.len() > MAX_PRODUCT * MAX_PRODUCT {
            return pairs;
        }
        for first in variants {
            for second in others {
                if !self.contradict(first, second) {
                    pairs.push((first.clone(), second.clone()));
                }
            }
        }
        pairs
    }

    /// Adds unions that must all hold to a schema, as one union:
    ///
    /// 1. Of two unions of components, the common variants are kept, if there are any.
    /// 2. Otherwise the variants are all pairs that do not contradict each other, each merged by [`Merger::both`].
    /// 3. If there are no such pairs, or too many, the later union is kept, with a warning.
    pub(super) fn unite(
        &mut self,
        merged: &mut Map<String, Value>,
        mut unions: Vec<(String, Vec<Value>)>,
        place: &Pointer,
    ) {
        unions.dedup_by(|later, earlier| later.1 == earlier.1);
        let mut unions = unions.into_iter();
        let Some((mut keyword, mut variants)) = unions.next() else {
            return;
        };
        for (other_keyword, other) in unions {
            if let Some(shared) = shared_references(&variants, &other) {
                variants = shared;
                continue;
            }
            let pairs = self.compatible(&variants, &other);
            if pairs.is_empty() || pairs.len() > MAX_PRODUCT {
                self.log.warn(
                    Code::CONTRADICTING_SCHEMAS,
                    place,
                    format!(
                        "two unions apply at once, with {} and {} variants; only the second was kept",
                        variants.len(),
                        other.len()
                    ),
                    "describe the combinations that occur as one union",
                );
                variants = other;
                keyword = other_keyword;
                continue;
            }
            let mut product = Vec::with_capacity(pairs.len());
            for (first, second) in pairs {
                self.copied += weight(&first) + weight(&second);
                product.push(self.both(first, second, place));
            }
            variants = product;
            if other_keyword == "anyOf" {
                keyword = other_keyword;
            }
        }
        merged.insert(keyword, Value::Array(variants));
    }
}

/// The common variants of two unions, if both have only components as variants.
fn shared_references(variants: &[Value], others: &[Value]) -> Option<Vec<Value>> {
    let names =
        |list: &[Value]| -> Option<Vec<String>> { list.iter().map(reference::target).collect() };
    let own = names(variants)?;
    let others: HashSet<String> = names(others)?.into_iter().collect();
    let shared: Vec<Value> = own
        .iter()
        .filter(|name| others.contains(*name))
        .map(|name| reference::to(name))
        .collect();
    (!shared.is_empty()).then_some(shared)
}
