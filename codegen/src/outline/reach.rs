//! Finds what a consumer can name, and the shortest path of each item.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use syn::{Item, Visibility};

use super::scope::Target;
use super::source::{Crate, Import, attributes, conditions, is_hidden, is_public, join, name_of};

/// What a consumer can name.
#[derive(Default)]
pub(super) struct Reach {
    /// The public modules, by their positions.
    pub(super) modules: BTreeMap<usize, Shown>,
    /// The items, by the positions of their module and in it.
    pub(super) items: HashMap<(usize, usize), Shown>,
    /// All other paths: the path, and where it leads.
    pub(super) others: Vec<(Shown, String)>,
}

/// Where something is shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shown {
    /// Whether a part of the path is `#[doc(hidden)]`. Hidden paths come last.
    pub(super) is_hidden: bool,
    /// How many names the path of the module has.
    length: usize,
    /// The path of the module; empty for the root.
    pub(super) module: String,
    pub(super) name: String,
    /// The conditions that do not hold for the whole module.
    pub(super) conditions: BTreeSet<String>,
}

impl Shown {
    /// Something in a module, without conditions.
    pub(super) fn at(module: &str, name: &str) -> Self {
        Self {
            is_hidden: false,
            length: 0,
            module: module.to_owned(),
            name: name.to_owned(),
            conditions: BTreeSet::new(),
        }
    }

    /// The whole path.
    pub(super) fn path(&self) -> String {
        join(&self.module, &self.name)
    }
}

impl Reach {
    pub(super) fn of(all: &Crate) -> Self {
        let mut walk = Walk {
            all,
            reach: Self::default(),
            waiting: BinaryHeap::new(),
            around: HashMap::new(),
        };
        for (id, module) in all.modules.iter().enumerate() {
            if module.parent.is_none() {
                walk.waiting
                    .push(Reverse((Shown::at("", &module.path), id)));
            }
        }
        walk.run();
        walk.reach
    }

    /// The path of the public module that is nearest around a module.
    pub(super) fn around(&self, all: &Crate, id: usize) -> String {
        let mut next = Some(id);
        while let Some(id) = next {
            if let Some(shown) = self.modules.get(&id) {
                return shown.path();
            }
            next = all.modules[id].parent;
        }
        String::new()
    }
}

struct Walk<'c> {
    all: &'c Crate,
    reach: Reach,
    /// The modules that were found but not visited, those with short paths first.
    waiting: BinaryHeap<Reverse<(Shown, usize)>>,
    /// All conditions of each public module.
    around: HashMap<usize, BTreeSet<String>>,
}

impl Walk<'_> {
    fn run(&mut self) {
        while let Some(Reverse((shown, id))) = self.waiting.pop() {
            if let Some(known) = self.reach.modules.get(&id) {
                let target = known.path();
                self.reach.others.push((shown, target));
                continue;
            }
            let own = self.all.conditions_of(id);
            let around = own.into_iter().chain(shown.conditions.iter().cloned());
            self.around.insert(id, around.collect());
            let path = shown.path();
            self.reach.modules.insert(id, shown.clone());
            let place = Place {
                module: id,
                path,
                is_hidden: shown.is_hidden,
            };
            self.items(&place, id, &BTreeSet::new());
            self.imports(&place, id, &BTreeSet::new(), &mut vec![id]);
        }
        self.reach.others.sort();
        self.reach.others.dedup();
    }

    /// Shows the public items of a module at a place.
    fn items(&mut self, place: &Place, id: usize, extra: &BTreeSet<String>) {
        let all = self.all;
        for (name, child) in &all.modules[id].children {
            let module = &all.modules[*child];
            if module.is_public {
                self.module(place, name, *child, module.is_hidden, extra);
            }
        }
        for (index, entry) in all.modules[id].items.iter().enumerate() {
            if let Some(name) = name_of(&entry.item)
                && visibility(&entry.item).is_some_and(is_public)
            {
                self.item(place, &name, (id, index), false, extra);
            }
            if let Item::Macro(item) = &entry.item
                && item
                    .attrs
                    .iter()
                    .any(|it| it.path().is_ident("macro_export"))
                && let (Some(name), None) = (&item.ident, &all.modules[id].parent)
            {
                self.item(place, &name.to_string(), (id, index), false, extra);
            }
        }
    }

    /// Shows what `pub use` brings into a module at a place. `through` has the modules that globs led through.
    fn imports(
        &mut self,
        place: &Place,
        id: usize,
        extra: &BTreeSet<String>,
        through: &mut Vec<usize>,
    ) {
        let all = self.all;
        for (position, import) in all.modules[id].imports.iter().enumerate() {
            if !import.is_public {
                continue;
            }
            let conditions: BTreeSet<String> = extra.union(&import.conditions).cloned().collect();
            let targets = all.imported(id, position);
            if targets.is_empty() {
                self.foreign(place, import, &import.path.join("::"), &conditions);
            }
            for target in targets {
                match (target, &import.name) {
                    (Target::Module(module), None) if !through.contains(&module) => {
                        through.push(module);
                        let hidden = Place {
                            is_hidden: place.is_hidden || import.is_hidden,
                            ..place.clone()
                        };
                        self.items(&hidden, module, &conditions);
                        self.imports(&hidden, module, &conditions, through);
                        through.pop();
                    }
                    (Target::Module(module), Some(name)) => {
                        self.module(place, name, module, import.is_hidden, &conditions);
                    }
                    (Target::Item(module, index), Some(name)) => {
                        self.item(place, name, (module, index), import.is_hidden, &conditions);
                    }
                    (Target::Variant(module, index, variant), Some(_)) => {
                        let path = name_of(&all.modules[module].items[index].item);
                        let target = format!("{}::{variant}", path.unwrap_or_default());
                        self.foreign(place, import, &target, &conditions);
                    }
                    (Target::Item(module, index), None) => {
                        let path = name_of(&all.modules[module].items[index].item);
                        self.foreign(place, import, &path.unwrap_or_default(), &conditions);
                    }
                    (Target::Foreign(path), _) => self.foreign(place, import, &path, &conditions),
                    _ => {}
                }
            }
        }
    }

    fn module(
        &mut self,
        place: &Place,
        name: &str,
        id: usize,
        is_hidden: bool,
        extra: &BTreeSet<String>,
    ) {
        let conditions = self.all.conditions_of(id);
        let shown = self.shown(place, name, is_hidden, conditions.union(extra));
        self.waiting.push(Reverse((shown, id)));
    }

    fn item(
        &mut self,
        place: &Place,
        name: &str,
        item: (usize, usize),
        is_import_hidden: bool,
        extra: &BTreeSet<String>,
    ) {
        let attributes = attributes(&self.all.modules[item.0].items[item.1].item);
        let mut of_item = self.all.conditions_of(item.0);
        of_item.extend(conditions(attributes));
        let is_hidden = is_import_hidden || is_hidden(attributes);
        let shown = self.shown(place, name, is_hidden, of_item.union(extra));
        match self.reach.items.get(&item) {
            Some(known) if *known == shown => {}
            Some(known) => {
                let target = known.path();
                self.reach.others.push((shown, target));
            }
            None => {
                self.reach.items.insert(item, shown);
            }
        }
    }

    /// Something of another crate, or a variant.
    fn foreign(&mut self, place: &Place, import: &Import, target: &str, extra: &BTreeSet<String>) {
        let (name, target) = match &import.name {
            Some(name) => (name.as_str(), target.to_owned()),
            None => ("*", format!("{target}::*")),
        };
        let shown = self.shown(place, name, import.is_hidden, extra.iter());
        self.reach.others.push((shown, target));
    }

    fn shown<'s>(
        &self,
        place: &Place,
        name: &str,
        is_hidden: bool,
        conditions: impl Iterator<Item = &'s String>,
    ) -> Shown {
        let around = &self.around[&place.module];
        Shown {
            is_hidden: place.is_hidden || is_hidden,
            length: match place.path.as_str() {
                "" => 0,
                path => path.split("::").count(),
            },
            module: place.path.clone(),
            name: name.to_owned(),
            conditions: conditions
                .filter(|it| !around.contains(*it))
                .cloned()
                .collect(),
        }
    }
}

/// A public module that shows items.
#[derive(Clone)]
struct Place {
    module: usize,
    path: String,
    is_hidden: bool,
}

impl Crate {
    /// The conditions of a module and of all modules around it.
    pub(super) fn conditions_of(&self, id: usize) -> BTreeSet<String> {
        let mut conditions = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next {
            conditions.extend(self.modules[id].conditions.iter().cloned());
            next = self.modules[id].parent;
        }
        conditions
    }
}

fn visibility(item: &Item) -> Option<&Visibility> {
    Some(match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::TraitAlias(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Union(item) => &item.vis,
        _ => return None,
    })
}
