//! What is implemented for each type: methods, traits, and what macros implement together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Fields, GenericArgument, Generics, ImplItem, Item, ItemImpl, Meta, PathArguments,
    Token, Type,
};

use super::item::has_bounds;
use super::reach::Reach;
use super::scope::segments;
use super::signature::{of_implementation, of_trait, of_type};
use super::source::{Crate, conditions, name_of, shown};
use super::tables::Facts;

/// What is implemented for one type.
#[derive(Default)]
pub(super) struct Implementations<'c> {
    pub(super) inherent: Vec<Inherent<'c>>,
    traits: BTreeSet<String>,
    /// Implementations with bounds or for some arguments only: each has a line.
    pub(super) own_lines: BTreeSet<(String, BTreeSet<String>)>,
    /// What macros implement, by the name of the macro; `Self` is the type.
    by_macro: BTreeMap<String, BTreeSet<String>>,
}

/// An implementation without a trait.
pub(super) struct Inherent<'c> {
    pub(super) item: &'c ItemImpl,
    /// `impl<T: Clone> Pet<T>`, if this says more than the type.
    pub(super) header: Option<String>,
    /// The conditions that the type does not have.
    pub(super) conditions: BTreeSet<String>,
}

/// A trait that is implemented for a type of another crate.
pub(super) struct Foreign {
    /// The trait, if it is one of this crate.
    pub(super) item: Option<(usize, usize)>,
    /// The module of the implementation.
    pub(super) module: usize,
    pub(super) text: String,
    pub(super) conditions: BTreeSet<String>,
}

/// All implementations of a crate.
#[derive(Default)]
pub(super) struct All<'c> {
    pub(super) of_items: HashMap<(usize, usize), Implementations<'c>>,
    /// Methods of types that are not among the files, by module and name.
    pub(super) unknown: BTreeMap<(String, String), Vec<Inherent<'c>>>,
    pub(super) foreign: Vec<Foreign>,
    /// What each macro implements for a type, if it is the same for all types.
    pub(super) macros: BTreeMap<String, BTreeSet<String>>,
}

impl<'c> All<'c> {
    pub(super) fn of(all: &'c Crate, reach: &Reach) -> Self {
        let mut this = Self::default();
        for (id, module) in all.modules.iter().enumerate() {
            for entry in &module.items {
                if let Item::Impl(item) = &entry.item {
                    this.add(all, reach, id, item, entry.made_by.as_deref());
                }
            }
        }
        this.join_macros();
        this
    }

    fn add(
        &mut self,
        all: &'c Crate,
        reach: &Reach,
        id: usize,
        item: &'c ItemImpl,
        made_by: Option<&str>,
    ) {
        let mut conditions: BTreeSet<String> = conditions(&item.attrs);
        conditions.extend(all.conditions_of(id));
        let is_parameter = subject(&item.self_ty).is_some_and(|name| {
            item.generics
                .type_params()
                .any(|parameter| parameter.ident == name)
        });
        let subject = if is_parameter {
            None
        } else {
            all.item_of(id, &item.self_ty)
        };
        if let Some(subject) = subject {
            for condition in all.conditions_of(subject.0) {
                conditions.remove(&condition);
            }
            if let Item::Struct(_) | Item::Enum(_) = &all.modules[subject.0].items[subject.1].item {
                let attributes =
                    super::source::attributes(&all.modules[subject.0].items[subject.1].item);
                for condition in super::source::conditions(attributes) {
                    conditions.remove(&condition);
                }
            }
        }
        let declared = subject.and_then(|it| generics(&all.modules[it.0].items[it.1].item));
        let Some((path, _)) = &item.trait_ else {
            let inherent = Inherent {
                item,
                header: says_more(item, declared).then(|| of_implementation(item, None)),
                conditions,
            };
            match subject {
                Some(subject) => self
                    .of_items
                    .entry(subject)
                    .or_default()
                    .inherent
                    .push(inherent),
                None if !is_parameter => {
                    let key = unknown(all, id, &item.self_ty);
                    self.unknown.extend_at(key, inherent);
                }
                None => {}
            }
            return;
        };
        let trait_item = all.item_at(id, &segments(path));
        if trait_item.is_some_and(|it| !reach.items.contains_key(&it)) {
            return;
        }
        let text = with_types(path, item);
        let Some(subject) = subject else {
            // What a macro implements for `Box<Pet>` belongs to `Pet`.
            if let (Some(name), Some(inner)) = (made_by, inside(all, id, &item.self_ty)) {
                let subject =
                    name_of(&all.modules[inner.0].items[inner.1].item).unwrap_or_default();
                let ty = of_type(&item.self_ty).replace(&subject, "Self");
                let traits = &mut self.of_items.entry(inner).or_default().by_macro;
                traits
                    .entry(name.to_owned())
                    .or_default()
                    .insert(format!("{text} for {ty}"));
                return;
            }
            let known = trait_item.and_then(|it| Some(reach.items.get(&it)?.path()));
            self.foreign.push(Foreign {
                item: trait_item,
                module: id,
                text: of_implementation(item, known.as_deref()),
                conditions,
            });
            return;
        };
        let of_item = self.of_items.entry(subject).or_default();
        match made_by {
            Some(name) => {
                of_item
                    .by_macro
                    .entry(name.to_owned())
                    .or_default()
                    .insert(text);
            }
            None if says_more(item, declared) || !conditions.is_empty() => {
                let known = trait_item.and_then(|it| Some(reach.items.get(&it)?.path()));
                let text = of_implementation(item, known.as_deref());
                of_item.own_lines.insert((text, conditions));
            }
            None => {
                of_item.traits.insert(text);
            }
        }
    }

    /// Where a macro implements the same for all its types, its name stands for it.
    fn join_macros(&mut self) {
        let mut different = BTreeSet::new();
        for (name, traits) in self.of_items.values().flat_map(|it| &it.by_macro) {
            match self.macros.get(name) {
                Some(known) if known != traits => {
                    different.insert(name.clone());
                }
                Some(_) => {}
                None => {
                    self.macros.insert(name.clone(), traits.clone());
                }
            }
        }
        self.macros.retain(|name, _| !different.contains(name));
        for item in self.of_items.values_mut() {
            for (name, traits) in std::mem::take(&mut item.by_macro) {
                if different.contains(&name) {
                    item.traits.extend(traits);
                } else {
                    item.traits.insert(format!("{name}!"));
                }
            }
        }
    }
}

/// The type of this crate among the arguments of a type.
fn inside(all: &Crate, id: usize, ty: &Type) -> Option<(usize, usize)> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => all.item_of(id, ty).or_else(|| inside(all, id, ty)),
        _ => None,
    })
}

trait ExtendAt<K, V> {
    fn extend_at(&mut self, key: K, value: V);
}

impl<K: Ord, V> ExtendAt<K, V> for BTreeMap<K, Vec<V>> {
    fn extend_at(&mut self, key: K, value: V) {
        self.entry(key).or_default().push(value);
    }
}

impl Implementations<'_> {
    /// `: Clone + Debug`, sorted by name; empty if there are none.
    pub(super) fn traits(
        &self,
        attributes: &[Attribute],
        fields: Option<&Fields>,
        facts: &Facts,
    ) -> String {
        self.traits_of_all(attributes, fields.into_iter(), facts)
    }

    /// As [`Self::traits`], with the fields of all variants.
    pub(super) fn traits_of_all<'f>(
        &self,
        attributes: &[Attribute],
        fields: impl Iterator<Item = &'f Fields>,
        facts: &Facts,
    ) -> String {
        let mut names = self.traits.clone();
        names.extend(facts.made_by.iter().cloned());
        names.extend(derived(attributes));
        if names.contains("Error") && is_thiserror(attributes) {
            names.insert("Display".to_owned());
            names.extend(converted(fields));
        }
        if names.is_empty() {
            return String::new();
        }
        format!(": {}", Vec::from_iter(names).join(" + "))
    }
}

/// The traits of `#[derive(...)]`, also those under a condition.
fn derived(attributes: &[Attribute]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for attribute in attributes {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        if list.path.is_ident("derive") {
            names.extend(last_names(list));
        } else if list.path.is_ident("cfg_attr") {
            let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
            let Ok(metas) = list.parse_args_with(parser) else {
                continue;
            };
            let mut metas = metas.into_iter();
            let Some(condition) = metas.next() else {
                continue;
            };
            let condition = shown(&quote::quote!(#condition).to_string());
            for meta in metas {
                if let Meta::List(list) = meta
                    && list.path.is_ident("derive")
                {
                    names.extend(last_names(&list).map(|name| format!("{name} ({condition})")));
                }
            }
        }
    }
    names
}

fn last_names(list: &syn::MetaList) -> impl Iterator<Item = String> + use<> {
    let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
    let paths = list.parse_args_with(parser).unwrap_or_default();
    paths
        .into_iter()
        .filter_map(|path| Some(path.segments.last()?.ident.to_string()))
}

/// Whether thiserror derives the error, which also implements `Display`, and `From` for fields with `#[from]`.
fn is_thiserror(attributes: &[Attribute]) -> bool {
    let lists = attributes
        .iter()
        .filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident("derive") => Some(list.tokens.to_string()),
            _ => None,
        });
    lists.map(|list| list.replace(' ', "")).any(|list| {
        list.split(',')
            .any(|it| it == "thiserror::Error" || it == "Error")
    })
}

fn converted<'f>(fields: impl Iterator<Item = &'f Fields>) -> impl Iterator<Item = String> {
    let fields = fields.flat_map(|fields| fields.iter());
    let converted = fields.filter(|field| field.attrs.iter().any(|it| it.path().is_ident("from")));
    converted.map(|field| format!("From<{}>", of_type(&field.ty)))
}

/// The trait with its types: `Deref<Target = Client>`.
fn with_types(path: &syn::Path, item: &ItemImpl) -> String {
    let mut path = path.clone();
    if let Some(last) = path.segments.last().cloned() {
        path = last.into();
    }
    let mut text = of_trait(&path);
    let types = item.items.iter().filter_map(|member| match member {
        ImplItem::Type(ty) => Some(format!("{} = {}", ty.ident, of_type(&ty.ty))),
        _ => None,
    });
    let types = types.collect::<Vec<_>>().join(", ");
    if !types.is_empty() {
        match text.strip_suffix('>') {
            Some(start) => text = format!("{start}, {types}>"),
            None => text.extend(["<", &types, ">"]),
        }
    }
    text
}

/// Whether an implementation has bounds that the type does not declare, or is for some arguments only.
fn says_more(item: &ItemImpl, declared: Option<&Generics>) -> bool {
    struct Specific<'g>(&'g syn::Generics, bool);
    impl Visit<'_> for Specific<'_> {
        fn visit_type(&mut self, ty: &Type) {
            let is_parameter =
                subject(ty).is_some_and(|name| self.0.type_params().any(|it| it.ident == name));
            self.1 |= !is_parameter;
        }
        fn visit_lifetime(&mut self, lifetime: &syn::Lifetime) {
            self.1 |= lifetime.ident == "static";
        }
    }
    let mut specific = Specific(&item.generics, false);
    if let Type::Path(path) = &*item.self_ty {
        for segment in &path.path.segments {
            visit::visit_path_arguments(&mut specific, &segment.arguments);
        }
    }
    specific.1 || (has_bounds(&item.generics) && declared != Some(&item.generics))
}

/// The parameters of a type.
fn generics(item: &Item) -> Option<&Generics> {
    match item {
        Item::Enum(item) => Some(&item.generics),
        Item::Struct(item) => Some(&item.generics),
        Item::Union(item) => Some(&item.generics),
        _ => None,
    }
}

/// The only name of a type.
fn subject(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    (path.path.segments.len() == 1).then(|| segment.ident.to_string())
}

/// The module and the name of a type that is not among the files.
fn unknown(all: &Crate, id: usize, ty: &Type) -> (String, String) {
    let name = match ty {
        Type::Path(path) => segments(&path.path).last().cloned().unwrap_or_default(),
        _ => String::new(),
    };
    let module = &all.modules[id];
    let import = module
        .imports
        .iter()
        .find(|import| import.name.as_deref() == Some(&*name));
    let Some(import) = import else {
        return (module.path.clone(), name);
    };
    let mut path: Vec<&str> = module
        .path
        .split("::")
        .filter(|it| !it.is_empty())
        .collect();
    let around = import.path.len().saturating_sub(1);
    for step in &import.path[..around] {
        match step.as_str() {
            "super" => {
                path.pop();
            }
            "crate" => path.clear(),
            "self" => {}
            step => path.push(step),
        }
    }
    (path.join("::"), name)
}
