//! Finds types that are equal except for their names. They become one Rust type: documents describe the same thing once for each
//! of their objects, and each type costs whoever compiles the client.
//!
//! Two types are equal if the code emitted for them is the same: the type, its table and its methods, with the documentation of its
//! members. Only two things may differ: the description of the type itself, and the names of types, if the types that have these
//! names are equal. So nothing that the code says is lost, and whatever a later version emits is compared too.
//!
//! 1. [`mark`] puts a mark around each name of a type when it is written, and [`Code::of`] takes the marks off again. What remains
//!    without the names becomes a digest; the names become numbers of schemas.
//! 2. [`partition`] finds the largest classes in which the digests are the same and the numbers lead to the same classes. So types
//!    that contain each other are equal if nothing makes them differ.
//! 3. The variants of a union must remain different types, because a program distinguishes them by their types. Those that would
//!    become one type get different colors, and the classes are found again with the colors.
//!
//! The oldest type of a class is emitted; the others are aliases of it. Among types whose age is not known, it is the first in the
//! order of the document. So other types of the document do not decide which it is.

mod code;
mod partition;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::types::Types;
use crate::model::{Model, SchemaIndex, Shape, Type};
pub(super) use code::{Code, mark};
use partition::partition;

/// For each schema, the oldest one that has an equal type.
pub(super) struct Equal(Vec<SchemaIndex>);

impl Equal {
    /// Compares the code of all schemas.
    pub(super) fn of(model: &Model, types: &Types, codes: &[&Code]) -> Self {
        let mut colors = vec![0; codes.len()];
        for (index, color) in colors.iter_mut().enumerate() {
            // A wrapper is built by its name, which an alias does not allow.
            if types.is_cyclic(index) {
                *color = index + 1;
            }
        }
        let mut equal = Self(classes(codes, &colors));
        if equal.separate_variants(model, types, &mut colors) {
            equal = Self(classes(codes, &colors));
        }
        equal.prefer_old(model);
        equal
    }

    /// Makes the oldest type of each class the one that is emitted.
    fn prefer_old(&mut self, model: &Model) {
        let mut oldest: HashMap<SchemaIndex, SchemaIndex> = HashMap::new();
        for (index, class) in self.0.iter().enumerate() {
            let oldest = oldest.entry(*class).or_insert(index);
            if age(model, index) < age(model, *oldest) {
                *oldest = index;
            }
        }
        for class in &mut self.0 {
            *class = oldest[class];
        }
    }

    /// The schema whose type a schema shares; none if it has a type of its own.
    pub(super) fn shared(&self, index: SchemaIndex, model: &Model) -> Option<SchemaIndex> {
        let first = self.0[index];
        let is_alias = matches!(model.schemas[index].shape, Shape::Alias(_));
        (first != index && !is_alias).then_some(first)
    }

    /// Gives different colors to the variants of each union that would become one type. Whether there are any.
    fn separate_variants(&self, model: &Model, types: &Types, colors: &mut [usize]) -> bool {
        let mut groups: Vec<BTreeSet<SchemaIndex>> = Vec::new();
        for schema in &model.schemas {
            let Shape::Union(union) = &schema.shape else {
                continue;
            };
            let mut alike: BTreeMap<_, BTreeSet<SchemaIndex>> = BTreeMap::new();
            for variant in &union.variants {
                let (around, named) = resolved(variant.typed.ty(), model, types);
                if let Some(index) = named {
                    let key = (around, self.0[index]);
                    alike.entry(key).or_default().insert(index);
                }
            }
            groups.extend(alike.into_values().filter(|same| same.len() > 1));
        }
        // The colors of a group only grow, from the oldest member to the newest: so no two of its members have the same, whatever
        // other groups they belong to, and a new member does not change the color of an old one.
        let mut groups_of: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (group, members) in groups.iter().enumerate() {
            for member in members {
                groups_of
                    .entry(age(model, *member))
                    .or_default()
                    .push(group);
            }
        }
        let mut free = vec![0; groups.len()];
        for ((_, member), groups) in groups_of {
            let color = groups.iter().map(|group| free[*group]).max().unwrap_or(0);
            colors[member] = color;
            for group in groups {
                free[group] = color + 1;
            }
        }
        !groups.is_empty()
    }
}

/// The age of the type of a schema, to compare: the oldest is the least.
fn age(model: &Model, index: SchemaIndex) -> (usize, SchemaIndex) {
    (model.schemas[index].rank, index)
}

/// For each schema, the first one of its class.
fn classes(codes: &[&Code], colors: &[usize]) -> Vec<SchemaIndex> {
    let mut numbers = HashMap::new();
    let keys = codes.iter().zip(colors).map(|(code, color)| {
        let next = numbers.len();
        *numbers.entry((code.digest, *color)).or_insert(next)
    });
    let keys: Vec<usize> = keys.collect();
    let edges: Vec<&[SchemaIndex]> = codes.iter().map(|code| code.names.as_slice()).collect();
    partition(&keys, &edges)
}

/// What is around the component in a type, from the outside to the inside, and the component; both through aliases.
fn resolved(ty: &Type, model: &Model, types: &Types) -> (String, Option<SchemaIndex>) {
    let mut around = String::new();
    let mut ty = ty;
    loop {
        around.push(match ty {
            Type::Option(_) => '?',
            Type::Vec(_) => '[',
            Type::Map(_) => '{',
            Type::Box(_) => '*',
            Type::Named(index) => match &model.schemas[*index].shape {
                Shape::Alias(target) if !types.is_cyclic(*index) => {
                    ty = target.ty();
                    continue;
                }
                _ => return (around, Some(*index)),
            },
            _ => return (around, None),
        });
        let Some(inner) = ty.inner() else {
            return (around, None);
        };
        ty = inner;
    }
}
