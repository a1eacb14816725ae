//! The names of types.

use std::collections::{BTreeSet, HashMap};

use super::{Keys, Ledger, Lost, Owner};
use crate::model::names::Scope;
use crate::pointer::Pointer;
use crate::public_names::{Kind, Section};

/// A schema that becomes a type.
pub(in crate::model) struct NewType {
    /// Its place in the normalized document.
    pub(in crate::model) place: Pointer,
    /// Its places in the original document, if it was made from several equal schemas.
    pub(in crate::model) uses: Vec<Pointer>,
    pub(in crate::model) wanted: String,
    /// Whether it is what a base with a discriminator was, before it became a union.
    pub(in crate::model) is_base: bool,
    /// The places in the normalized document that refer to it.
    pub(in crate::model) references: Vec<Pointer>,
}

/// The names of a type.
#[derive(Debug, Default)]
pub(in crate::model) struct TypeNames {
    pub(in crate::model) name: String,
    /// Further names, of types that are equal now and were not before.
    pub(in crate::model) aliases: Vec<String>,
    /// Of two types, the one that the file has first has the lower rank; new types come last.
    pub(in crate::model) rank: usize,
    pub(in crate::model) owner: Owner,
}

impl Ledger<'_> {
    /// Names all types.
    ///
    /// 1. Each name of the file goes to its type, in the order of the file. A type with several names has the first; the others
    ///    become aliases. If several types had one name, the first keeps it.
    /// 2. All other types get the names that they want, or, if these are taken, numbers.
    pub(in crate::model) fn types(&mut self, types: &[NewType]) -> Vec<TypeNames> {
        let nothing = Section::new();
        let file = self.file.of(Kind::Types, "").unwrap_or(&nothing);
        let keys = self.keys_of(types, file);
        let mut scope = Scope::default();
        let unnamed = || TypeNames {
            rank: usize::MAX,
            ..TypeNames::default()
        };
        let mut named: Vec<TypeNames> = types.iter().map(|_| unnamed()).collect();
        // The type that has each name, and the item of the file.
        let mut holders: HashMap<&str, (usize, &str)> = HashMap::new();
        let mut losers = Vec::new();
        for (rank, (item, name)) in file.iter().enumerate() {
            let Some((index, origin)) = keys.by_key.get(item) else {
                continue;
            };
            let it = &mut named[*index];
            it.rank = it.rank.min(rank);
            if let Some((holder, first)) = holders.get(name.as_str()) {
                if holder != index {
                    losers.push((*index, origin, name, *first));
                }
            } else if scope.claim_exactly(name) {
                holders.insert(name, (*index, item));
                if it.name.is_empty() {
                    it.name.clone_from(name);
                } else {
                    it.aliases.push(name.clone());
                }
            }
        }
        losers.retain(|(index, ..)| named[*index].name.is_empty());
        for (it, new) in named.iter_mut().zip(types) {
            if it.name.is_empty() {
                it.name = scope.claim(&new.wanted);
            }
        }
        for (index, origin, name, holder) in losers {
            self.lost.push(Lost {
                origin: origin.clone(),
                name: format!("types::{name}"),
                new: format!("types::{}", named[index].name),
                holder: Some(holder.to_owned()),
            });
        }
        self.note_types(&keys, file, &mut named);
        named
    }

    /// What the types are. A schema that became a component is also what it was before, at the places that refer to it now.
    fn keys_of(&self, types: &[NewType], file: &Section) -> Keys {
        let mut keys = Keys::default();
        for (index, new) in types.iter().enumerate() {
            if new.uses.is_empty() {
                let origin = self.origins.origin(&new.place);
                let mut key = self.origins.key(&origin);
                if new.is_base {
                    key.push_str(" (base)");
                }
                keys.add(&key, index, origin);
            }
            for origin in &new.uses {
                keys.add(&self.origins.key(origin), index, origin.clone());
            }
        }
        if file.keys().all(|item| keys.by_key.contains_key(item)) {
            return keys;
        }
        for (index, new) in types.iter().enumerate() {
            for place in &new.references {
                let origin = self.origins.origin(place);
                let key = self.origins.key(&origin);
                if file.contains_key(&key) && !keys.by_key.contains_key(&key) {
                    keys.references.insert(key.clone());
                    keys.by_key.insert(key, (index, origin));
                }
            }
        }
        keys
    }

    /// Notes the names for the next file, and what the types are for their parts.
    fn note_types(&mut self, keys: &Keys, file: &Section, named: &mut [TypeNames]) {
        // The names that the file has for each type, also those that it could not keep.
        let mut old: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); named.len()];
        for (key, (index, origin)) in &keys.by_key {
            let it = &mut named[*index];
            let kept = file.get(key);
            let alias = kept.filter(|name| it.aliases.contains(name));
            let is_first = it.owner.key.is_empty();
            if is_first {
                it.owner.key.clone_from(key);
                it.owner.origin.clone_from(origin);
                it.owner.is_known = it.rank < usize::MAX;
                it.owner.kept.push(key.clone());
            }
            old[*index].extend(kept.map(String::as_str));
            if alias.is_some() || !keys.is_reference(key) {
                let name = alias.unwrap_or(&it.name);
                self.names.insert(Kind::Types, "", key, name);
            }
        }
        for (it, old) in named.iter_mut().zip(old) {
            let items = old.into_iter().filter_map(|name| self.items.get(name));
            let items = items.flatten().map(|item| (*item).to_owned());
            it.owner.kept.extend(items);
        }
    }
}
