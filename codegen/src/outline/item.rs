//! The lines of an item and its members.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use heck::ToSnakeCase;
use syn::{
    Attribute, Fields, FnArg, Generics, Ident, ImplItem, Item, ItemTrait, ReceiverKind, Signature,
    TraitItem,
};

use super::implementations::{Implementations, Inherent};
use super::reach::Shown;
use super::signature::{of_bounds, of_function, of_generics, of_type, returns_self};
use super::source::{Module, conditions, is_hidden, is_public};
use super::tables::{Facts, Setter};
use super::{Line, Rank};

/// Writes the lines of one item.
pub(super) struct Writer<'w> {
    pub(super) shown: &'w Shown,
    pub(super) lines: &'w mut BTreeSet<Line>,
}

impl Writer<'_> {
    /// Adds a line with the marks that the attributes stand for.
    fn line(&mut self, rank: Rank, member: &str, attributes: &[Attribute], text: &str) {
        self.marked(rank, member, attributes, &conditions(attributes), text);
    }

    fn marked(
        &mut self,
        rank: Rank,
        member: &str,
        attributes: &[Attribute],
        conditions: &BTreeSet<String>,
        text: &str,
    ) {
        let mut text = text.to_owned();
        for (name, mark) in [
            ("deprecated", " (deprecated)"),
            ("non_exhaustive", " (non-exhaustive)"),
        ] {
            if attributes.iter().any(|it| it.path().is_ident(name)) {
                text.push_str(mark);
            }
        }
        for condition in conditions {
            let _ = write!(text, " ({condition})");
        }
        self.lines.insert(Line {
            module: self.shown.module.clone(),
            item: self.shown.name.clone(),
            rank,
            member: member.to_owned(),
            text,
            is_hidden: self.shown.is_hidden || is_hidden(attributes),
        });
    }

    /// Adds the lines of an item, its members and its implementations.
    pub(super) fn item(
        &mut self,
        item: &Item,
        attributes: &[Attribute],
        module: &Module,
        implementations: &Implementations,
    ) {
        let path = self.shown.path();
        let none = Facts::default();
        let facts = module.facts.get(&self.shown.name).unwrap_or(&none);
        let traits = |fields: Option<&Fields>| implementations.traits(attributes, fields, facts);
        let text = match item {
            Item::Const(item) => format!("const {path}: {}", of_type(&item.ty)),
            Item::Static(item) => format!("static {path}: {}", of_type(&item.ty)),
            Item::Type(item) => {
                let parameters = of_generics(&item.generics);
                format!("type {path}{parameters} = {}", of_type(&item.ty))
            }
            Item::Fn(item) => format!("{} {path}{}", verb(&item.sig), of_function(&item.sig)),
            Item::Trait(item) => header(&path, item),
            Item::Macro(_) => format!("macro {path}!"),
            Item::Union(item) => format!(
                "union {path}{}{}",
                of_generics(&item.generics),
                traits(None)
            ),
            Item::Struct(item) => {
                let parameters = of_generics(&item.generics);
                let literal = literal(item);
                format!(
                    "struct {path}{parameters}{}{literal}",
                    traits(Some(&item.fields))
                )
            }
            Item::Enum(item) => {
                let parameters = of_generics(&item.generics);
                let rule = facts
                    .rule
                    .as_ref()
                    .map_or_else(String::new, |rule| format!(" ({rule})"));
                let fields = item.variants.iter().map(|variant| &variant.fields);
                let traits = implementations.traits_of_all(attributes, fields, facts);
                format!("enum {path}{parameters}{traits}{rule}")
            }
            _ => return,
        };
        let shown = self.shown.conditions.clone();
        self.marked(Rank::Item, "", attributes, &shown, &text);
        match item {
            Item::Struct(item) => {
                self.fields(&path, &item.fields, &implementations.inherent, facts);
            }
            Item::Enum(item) => {
                for variant in &item.variants {
                    let name = variant.ident.to_string();
                    let wire = facts
                        .wire
                        .get(&name)
                        .filter(|wire| **wire != format!("{name:?}"));
                    let wire = wire.map_or_else(String::new, |wire| format!(" = {wire}"));
                    let data = data(&variant.fields);
                    let text = format!("variant {path}::{name}{data}{wire}");
                    self.line(Rank::Data, &name, &variant.attrs, &text);
                }
            }
            Item::Trait(item) => self.trait_members(&path, item),
            _ => {}
        }
        let setters = match item {
            Item::Struct(item) => setters(&item.fields, &implementations.inherent, facts),
            _ => BTreeMap::new(),
        };
        let grouped: BTreeSet<&str> = setters
            .values()
            .flat_map(|it| it.methods.iter().map(String::as_str))
            .collect();
        for inherent in &implementations.inherent {
            self.members(&path, inherent, &grouped);
        }
        for (text, conditions) in &implementations.own_lines {
            self.marked(Rank::Implementation, text, &[], conditions, text);
        }
    }

    fn fields(&mut self, path: &str, fields: &Fields, inherent: &[Inherent<'_>], facts: &Facts) {
        let setters = setters(fields, inherent, facts);
        for (position, field) in fields.iter().enumerate() {
            if !is_public(&field.vis) {
                continue;
            }
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| position.to_string(), Ident::to_string);
            let mut text = format!("field {path}.{name}: {}", of_type(&field.ty));
            // The name on the wire is only shown if it is not in the usual spelling.
            let is_usual = |wire: &&String| {
                wire.to_snake_case() == name.trim_start_matches("r#").trim_end_matches('_')
            };
            if let Some(wire) = facts.wire.get(&name).filter(|wire| !is_usual(wire)) {
                let _ = write!(text, " = {wire:?}");
            }
            if let Some(given) = setters.get(&name) {
                text.push_str(" set by ");
                text.push_str(&given.text);
            }
            self.line(Rank::Data, &name, &field.attrs, &text);
        }
    }

    fn trait_members(&mut self, path: &str, item: &ItemTrait) {
        for member in &item.items {
            match member {
                TraitItem::Fn(function) => {
                    let provided = if function.default.is_some() {
                        " (provided)"
                    } else {
                        ""
                    };
                    self.function(
                        path,
                        &function.sig,
                        &function.attrs,
                        provided,
                        &BTreeSet::new(),
                    );
                }
                TraitItem::Const(constant) => {
                    let name = constant.ident.to_string();
                    let provided = if constant.default.is_some() {
                        " (provided)"
                    } else {
                        ""
                    };
                    let text = format!("const {path}::{name}: {}{provided}", of_type(&constant.ty));
                    self.line(Rank::Constant, &name, &constant.attrs, &text);
                }
                TraitItem::Type(associated) => {
                    let name = associated.ident.to_string();
                    let parameters = of_generics(&associated.generics);
                    let bounds = of_bounds(&associated.bounds);
                    let text = format!("type {path}::{name}{parameters}{bounds}");
                    self.line(Rank::Constant, &name, &associated.attrs, &text);
                }
                _ => {}
            }
        }
    }

    fn function(
        &mut self,
        path: &str,
        signature: &Signature,
        attributes: &[Attribute],
        mark: &str,
        around: &BTreeSet<String>,
    ) {
        let name = signature.ident.to_string();
        let text = format!(
            "{} {path}::{name}{}{mark}",
            verb(signature),
            of_function(signature)
        );
        let mut conditions = conditions(attributes);
        conditions.extend(around.iter().cloned());
        self.marked(Rank::Function, &name, attributes, &conditions, &text);
    }

    /// Adds the public members of an implementation without a trait, but not the methods in `grouped`.
    pub(super) fn members(
        &mut self,
        path: &str,
        inherent: &Inherent<'_>,
        grouped: &BTreeSet<&str>,
    ) {
        let mark = inherent
            .header
            .as_ref()
            .map_or_else(String::new, |it| format!(" ({it})"));
        for member in &inherent.item.items {
            match member {
                ImplItem::Fn(function)
                    if is_public(&function.vis)
                        && !grouped.contains(function.sig.ident.to_string().as_str()) =>
                {
                    self.function(
                        path,
                        &function.sig,
                        &function.attrs,
                        &mark,
                        &inherent.conditions,
                    );
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let name = constant.ident.to_string();
                    let text = format!("const {path}::{name}: {}{mark}", of_type(&constant.ty));
                    let mut conditions = conditions(&constant.attrs);
                    conditions.extend(inherent.conditions.iter().cloned());
                    self.marked(Rank::Constant, &name, &constant.attrs, &conditions, &text);
                }
                _ => {}
            }
        }
    }
}

/// `trait Node<T>: Debug`.
fn header(path: &str, item: &ItemTrait) -> String {
    let word = if item.unsafety.is_some() {
        "unsafe trait"
    } else {
        "trait"
    };
    let bounds = of_bounds(&item.supertraits);
    format!("{word} {path}{}{bounds}", of_generics(&item.generics))
}

/// A mark for a struct that a consumer can write as a literal, so that a new field breaks it.
fn literal(item: &syn::ItemStruct) -> &'static str {
    let is_open = item
        .attrs
        .iter()
        .any(|it| it.path().is_ident("non_exhaustive"));
    let is_public = item.fields.iter().all(|field| is_public(&field.vis));
    if is_public && !is_open {
        " (literal)"
    } else {
        ""
    }
}

fn verb(signature: &Signature) -> String {
    let mut verb = String::new();
    if signature.constness.is_some() {
        verb.push_str("const ");
    }
    if signature.asyncness.is_some() {
        verb.push_str("async ");
    }
    if matches!(signature.safety, syn::Safety::Unsafe(_)) {
        verb.push_str("unsafe ");
    }
    if signature.abi.is_some() {
        verb.push_str("extern ");
    }
    verb + "fn"
}

/// The data of a variant: `(String)`, `{ code: u16 }` or nothing.
fn data(fields: &Fields) -> String {
    let mut parts = fields.iter().map(|field| {
        let ty = of_type(&field.ty);
        field
            .ident
            .as_ref()
            .map_or_else(|| ty.clone(), |name| format!("{name}: {ty}"))
    });
    let parts = parts.by_ref().collect::<Vec<_>>().join(", ");
    match fields {
        Fields::Named(_) => format!(" {{ {parts} }}"),
        Fields::Unnamed(_) => format!("({parts})"),
        Fields::Unit => String::new(),
    }
}

/// What sets a field.
struct Given {
    text: String,
    /// The methods that the line of the field stands for.
    methods: Vec<String>,
}

/// The setters of the public fields, by field. A table says which field a setter belongs to. Without a table it is the method with
/// the name of the field that takes a value and returns the struct.
fn setters(fields: &Fields, inherent: &[Inherent<'_>], facts: &Facts) -> BTreeMap<String, Given> {
    let mut setters = BTreeMap::new();
    for field in fields.iter().filter(|field| is_public(&field.vis)) {
        let Some(name) = &field.ident else { continue };
        let name = name.to_string();
        if let Some(Setter {
            method, ty, clear, ..
        }) = facts.setters.values().find(|it| it.field == name)
        {
            let ty = of_type(ty);
            let method = method.to_string();
            let mut text = if method == name {
                ty
            } else {
                format!("{method}({ty})")
            };
            let mut methods = vec![method];
            if let Some(clear) = clear {
                let _ = write!(text, " or {clear}()");
                methods.push(clear.to_string());
            }
            setters.insert(name, Given { text, methods });
            continue;
        }
        let functions = inherent.iter().flat_map(|inherent| &inherent.item.items);
        let mut setter = functions.filter_map(|member| match member {
            ImplItem::Fn(function) if is_public(&function.vis) && function.sig.ident == name => {
                taken(&function.sig)
            }
            _ => None,
        });
        if let Some(text) = setter.next_back()
            && !facts.setters.contains_key(&name)
        {
            let methods = vec![name.clone()];
            setters.insert(name, Given { text, methods });
        }
    }
    setters
}

/// The type that a setter takes; `None` if the method is not a setter.
fn taken(signature: &Signature) -> Option<String> {
    let (Some(FnArg::Receiver(receiver)), Some(FnArg::Typed(value)), 2) = (
        signature.inputs.first(),
        signature.inputs.last(),
        signature.inputs.len(),
    ) else {
        return None;
    };
    let is_setter = matches!(receiver.kind, ReceiverKind::Value)
        && signature.asyncness.is_none()
        && signature.generics.params.is_empty()
        && returns_self(&signature.output);
    is_setter.then(|| of_type(&value.ty))
}

/// Whether the parameters say more than their names.
pub(super) fn has_bounds(generics: &Generics) -> bool {
    generics.where_clause.is_some()
        || generics.params.iter().any(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => !parameter.bounds.is_empty(),
            syn::GenericParam::Lifetime(parameter) => !parameter.bounds.is_empty(),
            syn::GenericParam::Const(_) => true,
        })
}
