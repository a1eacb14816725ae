//! The public names while a model is read: those of the file come first, then new items get names among those that are free.

use std::collections::HashMap;

use super::names::{self, Scope};
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
    pub(super) key: String,
    /// The items of the file whose parts are its parts.
    kept: Vec<String>,
    /// Whether the file has it. Then its parts in the usual spelling have their names already.
    is_known: bool,
    origin: Pointer,
}

/// A schema that becomes a type.
pub(super) struct NewType {
    /// Its place in the normalized document.
    pub(super) place: Pointer,
    /// Its places in the original document, if it was made from several equal schemas.
    pub(super) uses: Vec<Pointer>,
    pub(super) wanted: String,
}

/// The names of a type.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    pub(super) name: String,
    /// Further names, of types that are equal now and were not before.
    pub(super) aliases: Vec<String>,
    /// Of two types, the one that the file has first has the lower rank; new types come last.
    pub(super) rank: usize,
    pub(super) owner: Owner,
}

/// A part that needs a name.
pub(super) struct Wanted {
    /// What it is, within its owner.
    pub(super) item: String,
    /// The names that it may have, the best first. If all are taken, the last gets a number.
    pub(super) names: Vec<String>,
    /// Whether its spelling gives the first of these names to it alone.
    pub(super) is_usual: bool,
}

/// The names of an operation.
#[derive(Debug, Default)]
pub(super) struct OperationNames {
    pub(super) method: String,
    pub(super) request: String,
    pub(super) constant: String,
    pub(super) owner: Owner,
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
    pub(super) fn spell(
        &mut self,
        properties: impl FnOnce() -> Spelling,
        values: impl FnOnce() -> Spelling,
    ) {
        self.names.properties = Some(self.file.properties.unwrap_or_else(properties));
        self.names.values = Some(self.file.values.unwrap_or_else(values));
    }

    /// Whether the spelling of a property or a parameter gives its name to it alone.
    pub(super) fn is_usual_property(&self, name: &str, ident: &str) -> bool {
        (self.names.properties).is_some_and(|spelling| spelling.is_of(name, ident))
    }

    /// Whether the spelling of a value of an enum gives its name to it alone.
    pub(super) fn is_usual_value(&self, value: &str, variant: &str) -> bool {
        (self.names.values).is_some_and(|spelling| spelling.is_of(value, variant))
    }

    /// Names all types.
    ///
    /// 1. Each name of the file goes to its type, in the order of the file. A type with several names has the first; the others
    ///    become aliases. If several types had one name, the first keeps it.
    /// 2. All other types get the names that they want, or, if these are taken, numbers.
    pub(super) fn types(&mut self, types: &[NewType]) -> Vec<TypeNames> {
        let mut keys = Keys::default();
        for (index, new) in types.iter().enumerate() {
            if new.uses.is_empty() {
                let origin = self.origins.origin(&new.place);
                keys.add(self.origins.key(&origin), index, origin);
            }
            for origin in &new.uses {
                keys.add(self.origins.key(origin), index, origin.clone());
            }
        }
        let mut scope = Scope::default();
        let mut named: Vec<TypeNames> = types.iter().map(|_| TypeNames::default()).collect();
        for it in &mut named {
            it.rank = usize::MAX;
        }
        let mut holders: HashMap<&str, (usize, &str)> = HashMap::new();
        let mut losers = Vec::new();
        let file = self.file.of(Kind::Types, "");
        for (rank, (item, name)) in file.into_iter().flatten().enumerate() {
            let Some((index, origin)) = keys.by_key.get(item) else {
                continue;
            };
            let it = &mut named[*index];
            it.rank = it.rank.min(rank);
            match holders.get(name.as_str()) {
                Some((holder, _)) if holder == index => continue,
                Some((_, holder)) => {
                    losers.push((
                        *index,
                        origin.clone(),
                        name.clone(),
                        Some((*holder).to_owned()),
                    ));
                    continue;
                }
                None if !scope.claim_exactly(name) => continue,
                None => {}
            }
            holders.insert(name, (*index, item));
            if it.name.is_empty() {
                it.name.clone_from(name);
            } else {
                it.aliases.push(name.clone());
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
                origin,
                name: format!("types::{name}"),
                new: format!("types::{}", named[index].name),
                holder,
            });
        }
        for (key, (index, origin)) in &keys.by_key {
            let it = &mut named[*index];
            let own = file.and_then(|file| file.get(key));
            let own = own.filter(|name| it.aliases.contains(name));
            let name = own.unwrap_or(&it.name).clone();
            self.names.insert(Kind::Types, "", key, &name);
            if it.owner.key.is_empty() {
                let kept = self.items.get(it.name.as_str()).into_iter().flatten();
                it.owner = Owner {
                    key: key.clone(),
                    kept: kept.map(|item| (*item).to_owned()).collect(),
                    is_known: it.rank < usize::MAX,
                    origin: origin.clone(),
                };
            }
            if !it.owner.kept.contains(key) {
                it.owner.kept.push(key.clone());
            }
        }
        named
    }

    /// Names all operations, each given with its place and its `operationId`: first those of the file, then the others.
    pub(super) fn operations(
        &mut self,
        operations: &[(Pointer, String)],
        methods: &mut Scope,
        types: &mut Scope,
    ) -> Vec<OperationNames> {
        let mut keys = Keys::default();
        let mut named = Vec::with_capacity(operations.len());
        for (index, (place, _)) in operations.iter().enumerate() {
            let origin = self.origins.origin(place);
            let key = keys.add(self.origins.key(&origin), index, origin.clone());
            named.push(OperationNames {
                owner: Owner {
                    kept: vec![key.clone()],
                    is_known: self.kept(Kind::Operations, &key).is_some(),
                    key,
                    origin,
                },
                ..OperationNames::default()
            });
        }
        for it in &mut named {
            let key = it.owner.key.clone();
            let Some(method) = self.kept(Kind::Operations, &key) else {
                continue;
            };
            if methods.claim_exactly(method) {
                it.method.clone_from(method);
            }
            let request = self.kept(Kind::Requests, &key).cloned();
            let request = request.unwrap_or_else(|| names::type_name(method));
            if is_free_type(&request, types) {
                it.request = take_type(request, types);
                let constant = self.kept(Kind::Constants, &key).cloned();
                let constant = constant.unwrap_or_else(|| names::constant_name(&it.request));
                it.constant = types.claim(&constant);
            }
        }
        for (it, (_, id)) in named.iter_mut().zip(operations) {
            if it.method.is_empty() {
                it.method = methods.claim(&names::value_name(id));
            }
            if it.request.is_empty() {
                it.request = claim_type(id, types);
                it.constant = types.claim(&names::constant_name(&it.request));
            }
        }
        for it in &named {
            let plain = names::type_name(&it.method);
            let found = [
                (Kind::Operations, &it.method, None),
                (Kind::Requests, &it.request, Some(plain)),
                (
                    Kind::Constants,
                    &it.constant,
                    Some(names::constant_name(&it.request)),
                ),
            ];
            for (kind, name, implied) in found {
                let key = &it.owner.key;
                if let Some(old) = self.kept(kind, key).filter(|old| *old != name).cloned() {
                    self.lose(&it.owner.origin.clone(), &old, name);
                }
                if implied.as_ref() != Some(name) {
                    self.names.insert(kind, "", key, name);
                }
            }
        }
        named
    }

    /// Names the parts of an owner: those of the file, then, if the file has the owner, those in the usual spelling, then the others.
    pub(super) fn parts(
        &mut self,
        kind: Kind,
        owner: &Owner,
        scope: &mut Scope,
        wanted: &[Wanted],
    ) -> Vec<String> {
        let mut named: Vec<Option<String>> = vec![None; wanted.len()];
        let sections: Vec<&Section> = owner
            .kept
            .iter()
            .filter_map(|key| self.file.of(kind, key))
            .collect();
        let kept = |item: &str| sections.iter().find_map(|section| section.get(item));
        let mut lost = Vec::new();
        for (name, part) in named.iter_mut().zip(wanted) {
            let Some(old) = kept(&part.item) else {
                continue;
            };
            if scope.claim_exactly(old) {
                *name = Some(old.clone());
            } else {
                lost.push((part, old.clone()));
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
        for (part, name) in wanted.iter().zip(&named) {
            if !(part.is_usual && part.names.first() == Some(name)) {
                self.names.insert(kind, &owner.key, &part.item, name);
            }
            if let Some((_, old)) = lost.iter().find(|(it, _)| std::ptr::eq(*it, part)) {
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
    by_key: indexmap::IndexMap<String, (usize, Pointer)>,
}

impl Keys {
    /// Adds a place of an item, and gives its key.
    fn add(&mut self, key: String, index: usize, origin: Pointer) -> String {
        let mut free = key.clone();
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
}

/// The first name that is free, or the last with a number.
fn claim_one(names: &[String], scope: &mut Scope) -> String {
    let free = names.iter().find(|name| !scope.has(name));
    let name = free.or(names.last()).cloned().unwrap_or_default();
    scope.claim(&name)
}

/// The type of a request: for `X`, the names `XResponse` and `XError` are reserved for the responses.
fn claim_type(id: &str, scope: &mut Scope) -> String {
    let wanted = names::type_name(id);
    let name = std::iter::once(wanted.clone())
        .chain((2..=u32::MAX).map(|number| format!("{wanted}{number}")))
        .find(|name| is_free_type(name, scope))
        .expect("a finite scope leaves a number free");
    take_type(name, scope)
}

fn companions(name: &str) -> [String; 2] {
    [format!("{name}Response"), format!("{name}Error")]
}

fn is_free_type(name: &str, scope: &Scope) -> bool {
    !scope.has(name) && companions(name).iter().all(|name| !scope.has(name))
}

fn take_type(name: String, scope: &mut Scope) -> String {
    for companion in companions(&name) {
        scope.claim(&companion);
    }
    scope.claim(&name)
}
