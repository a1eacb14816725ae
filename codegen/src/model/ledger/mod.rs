//! The public names while a model is read: those of the file come first, then new items get names among those that are free.

pub(in crate::model) mod operations;
pub(in crate::model) mod types;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::names::Scope;
use crate::pointer::Pointer;
use crate::public_names::{Kind, PublicNames, Section, Spelling};

/// Says where a node of the normalized document is in the original one, and what it is there.
pub(crate) trait Origins {
    /// The place of a node in the original document.
    fn origin(&self, place: &Pointer) -> Pointer;
    /// What the node at a place of the original document is, see [`key`](crate::public_names::key).
    fn key(&self, origin: &Pointer) -> String;
}

/// A name of the file that the item could not keep.
#[derive(Debug)]
pub(crate) struct Lost {
    /// The place of the item in the original document.
    pub(crate) origin: Pointer,
    pub(crate) name: String,
    pub(crate) new: String,
    /// What has the name now: another item, or, if there is none, the generated code itself.
    pub(crate) holder: Option<String>,
}

/// The names of the file, and the names that the items of the document get.
pub(crate) struct Ledger<'n> {
    file: &'n PublicNames,
    origins: &'n dyn Origins,
    /// The items of the file that have each type name, in the order of the file.
    items: HashMap<&'n str, Vec<&'n str>>,
    names: PublicNames,
    lost: Vec<Lost>,
}

/// A schema or an operation whose parts have names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owner {
    /// What it is.
    pub(in crate::model) key: String,
    /// The items of the file whose parts are its parts.
    kept: Vec<String>,
    /// Whether the file has it. Then its parts in the usual spelling have their names already.
    is_known: bool,
    origin: Pointer,
}

impl Owner {
    /// Whether the document gives it a name.
    pub(in crate::model) fn is_component(&self) -> bool {
        let parent = self.origin.parent();
        parent.is_some_and(|parent| {
            ["/components/schemas", "/definitions"].contains(&parent.as_str())
        })
    }
}

/// A part that needs a name.
pub(in crate::model) struct Wanted {
    /// What it is, within its owner.
    pub(in crate::model) item: String,
    /// The names that it may have, the best first. If all are taken, the last gets a number.
    pub(in crate::model) names: Vec<String>,
    /// Whether its spelling gives the first of these names to it alone.
    pub(in crate::model) is_usual: bool,
}

impl<'n> Ledger<'n> {
    pub(crate) fn new(file: &'n PublicNames, origins: &'n dyn Origins) -> Self {
        let mut items: HashMap<&str, Vec<&str>> = HashMap::new();
        for (item, name) in file.of(Kind::Types, "").into_iter().flatten() {
            items.entry(name).or_default().push(item);
        }
        Self {
            file,
            origins,
            items,
            names: PublicNames::default(),
            lost: Vec::new(),
        }
    }

    /// The names of all items, as the next file has them, and the names of the file that could not be kept.
    pub(crate) fn end(self) -> (PublicNames, Vec<Lost>) {
        (self.names.in_order_of(self.file), self.lost)
    }

    /// Sets the usual spellings: those of the file or, without one, those that are the most frequent.
    pub(in crate::model) fn spell(
        &mut self,
        properties: impl FnOnce() -> Spelling,
        values: impl FnOnce() -> Spelling,
    ) {
        self.names.properties = Some(self.file.properties.unwrap_or_else(properties));
        self.names.values = Some(self.file.values.unwrap_or_else(values));
    }

    /// Whether the spelling of a property or a parameter gives its name to it alone.
    pub(in crate::model) fn is_usual_property(&self, name: &str, ident: &str) -> bool {
        (self.names.properties).is_some_and(|spelling| spelling.is_of(name, ident))
    }

    /// Whether the spelling of a value of an enum gives its name to it alone.
    pub(in crate::model) fn is_usual_value(&self, value: &str, variant: &str) -> bool {
        (self.names.values).is_some_and(|spelling| spelling.is_of(value, variant))
    }

    /// Names the parts of an owner: those of the file, then, if the file has the owner, those in the usual spelling, then the others.
    pub(in crate::model) fn parts(
        &mut self,
        kind: Kind,
        owner: &Owner,
        scope: &mut Scope,
        wanted: &[Wanted],
    ) -> Vec<String> {
        let mut named: Vec<Option<String>> = vec![None; wanted.len()];
        let items = distinct(wanted);
        let sections: Vec<&Section> = owner
            .kept
            .iter()
            .filter_map(|key| self.file.of(kind, key))
            .collect();
        let kept = |item: &str| sections.iter().find_map(|section| section.get(item));
        let mut lost = Vec::new();
        for (name, item) in named.iter_mut().zip(&items) {
            let Some(old) = kept(item) else {
                continue;
            };
            if scope.claim_exactly(old) {
                *name = Some(old.clone());
            } else {
                lost.push((item, old.clone()));
            }
        }
        if owner.is_known {
            for (name, part) in named.iter_mut().zip(wanted) {
                let first = part
                    .names
                    .first()
                    .filter(|_| part.is_usual && name.is_none());
                if let Some(first) = first.filter(|first| scope.claim_exactly(first)) {
                    *name = Some(first.clone());
                }
            }
        }
        let named: Vec<String> = named
            .into_iter()
            .zip(wanted)
            .map(|(name, part)| name.unwrap_or_else(|| claim_one(&part.names, scope)))
            .collect();
        for ((part, item), name) in wanted.iter().zip(&items).zip(&named) {
            if !(part.is_usual && part.names.first() == Some(name)) {
                self.names.insert(kind, &owner.key, item, name);
            }
            if let Some((_, old)) = lost.iter().find(|(it, _)| *it == item) {
                self.lose(&owner.origin, old, name);
            }
        }
        named
    }

    fn kept(&self, kind: Kind, key: &str) -> Option<&'n String> {
        self.file.of(kind, "")?.get(key)
    }

    fn lose(&mut self, origin: &Pointer, name: &str, new: &str) {
        self.lost.push(Lost {
            origin: origin.clone(),
            name: name.to_owned(),
            new: new.to_owned(),
            holder: None,
        });
    }
}

/// What the items of a document are. No two items are the same: the second of two gets a number.
#[derive(Default)]
struct Keys {
    by_key: IndexMap<String, (usize, Pointer)>,
    /// Those that are only the places of references.
    references: HashSet<String>,
}

impl Keys {
    /// Adds a place of an item, and gives its key.
    fn add(&mut self, key: &str, index: usize, origin: Pointer) -> String {
        let mut free = key.to_owned();
        let mut number = 1;
        while let Some((other, _)) = self.by_key.get(&free) {
            if *other == index {
                return free;
            }
            number += 1;
            free = format!("{key} ({number})");
        }
        self.by_key.insert(free.clone(), (index, origin));
        free
    }

    /// Whether an item is only the place of a reference.
    fn is_reference(&self, key: &str) -> bool {
        self.references.contains(key)
    }
}

/// What the parts are. No two are the same: the second of two gets a number.
fn distinct(wanted: &[Wanted]) -> Vec<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let items = wanted.iter().map(|part| {
        let count = seen.entry(&part.item).or_insert(0);
        *count += 1;
        match *count {
            1 => part.item.clone(),
            number => format!("{} ({number})", part.item),
        }
    });
    items.collect()
}

/// The first name that is free, or the last with a number.
fn claim_one(names: &[String], scope: &mut Scope) -> String {
    let free = names.iter().find(|name| !scope.has(name));
    let name = free.or(names.last()).cloned().unwrap_or_default();
    scope.claim(&name)
}
