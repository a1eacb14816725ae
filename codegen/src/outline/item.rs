//! The lines of an item and its members.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use syn::{
    Attribute, Fields, FnArg, Ident, ImplItem, Item, ItemImpl, Meta, ReceiverKind, Signature,
    TraitItem, Type,
};

use super::signature::{of_function, of_generics, of_trait, of_type, returns_self};
use super::visible::{Module, is_public, join};
use super::{Line, Rank};

/// Adds the lines of a module.
pub(super) fn outline(module: &Module<'_>, lines: &mut BTreeSet<Line>) {
    let items = Items::of(module);
    for item in module.items {
        let Some((name, attributes)) = named(item) else {
            continue;
        };
        let name = name.to_string();
        if module.only.as_ref().is_none_or(|only| *only == name) {
            let mut writer = Writer {
                module: &module.path,
                item: &name,
                lines,
            };
            writer.item(item, attributes, &items);
        }
    }
    if module.only.is_none() {
        foreign_implementations(module, lines);
    }
}

/// The name and the attributes of a public item that has lines.
fn named(item: &Item) -> Option<(&Ident, &[Attribute])> {
    let (visibility, name, attributes) = match item {
        Item::Const(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Enum(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Fn(item) => (&item.vis, &item.sig.ident, &item.attrs),
        Item::Static(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Struct(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Trait(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Type(item) => (&item.vis, &item.ident, &item.attrs),
        Item::Union(item) => (&item.vis, &item.ident, &item.attrs),
        _ => return None,
    };
    is_public(visibility).then_some((name, attributes))
}

/// The implementations of a module, by the type that they are for.
struct Items<'f> {
    inherent: BTreeMap<String, Vec<&'f ImplItem>>,
    /// Traits, and macros that are called with the type. The outline does not expand macros.
    traits: BTreeMap<String, BTreeSet<String>>,
}

impl<'f> Items<'f> {
    fn of(module: &Module<'f>) -> Self {
        let mut items = Self {
            inherent: BTreeMap::new(),
            traits: BTreeMap::new(),
        };
        for item in module.items {
            match item {
                Item::Impl(item) => items.implementation(item),
                Item::Macro(call) if call.ident.is_none() => {
                    let Some(name) = call.mac.path.segments.last() else {
                        continue;
                    };
                    // `open_enum!(Colour);`, `record! { Pet { ... } }`
                    let Some(subject) = call.mac.tokens.clone().into_iter().next() else {
                        continue;
                    };
                    items.add_trait(subject.to_string(), format!("{}!", name.ident));
                }
                _ => {}
            }
        }
        items
    }

    fn implementation(&mut self, item: &'f ItemImpl) {
        let Some(subject) = subject(&item.self_ty) else {
            return;
        };
        match &item.trait_ {
            Some((path, _)) => self.add_trait(subject, of_trait(path)),
            None => self
                .inherent
                .entry(subject)
                .or_default()
                .extend(&item.items),
        }
    }

    fn add_trait(&mut self, subject: String, name: String) {
        self.traits.entry(subject).or_default().insert(name);
    }
}

/// The name of the type that an implementation is for, if the type may belong to the same module.
fn subject(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    path.path.get_ident().map(ToString::to_string).or_else(|| {
        let segment = path.path.segments.last()?;
        (path.path.segments.len() == 1).then(|| segment.ident.to_string())
    })
}

/// Implementations for types of other modules, e.g. `impl From<types::Pack> for String`.
fn foreign_implementations(module: &Module<'_>, lines: &mut BTreeSet<Line>) {
    let own: BTreeSet<String> = module.items.iter().filter_map(any_name).collect();
    for item in module.items {
        let Item::Impl(item) = item else { continue };
        let Some((path, _)) = &item.trait_ else {
            // Methods of a type of the root module. They are in the module of the types that they return.
            if let Some(subject) = subject(&item.self_ty).filter(|it| !own.contains(it)) {
                let members: Vec<_> = item.items.iter().collect();
                let mut writer = Writer {
                    module: "",
                    item: &subject,
                    lines,
                };
                writer.members(&subject, &members, &BTreeMap::new());
            }
            continue;
        };
        if subject(&item.self_ty).is_none_or(|subject| !own.contains(&subject)) {
            let text = format!("impl {} for {}", of_trait(path), of_type(&item.self_ty));
            lines.insert(Line {
                module: module.path.clone(),
                item: String::new(),
                rank: Rank::Implementation,
                member: String::new(),
                text,
            });
        }
    }
}

/// The name of a type of a module, public or not.
fn any_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Enum(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

struct Writer<'w> {
    module: &'w str,
    item: &'w str,
    lines: &'w mut BTreeSet<Line>,
}

impl Writer<'_> {
    fn line(&mut self, rank: Rank, member: &str, attributes: &[Attribute], text: &str) {
        let mut text = text.to_owned();
        for (name, mark) in [
            ("deprecated", " (deprecated)"),
            ("non_exhaustive", " (non-exhaustive)"),
        ] {
            if attributes.iter().any(|it| it.path().is_ident(name)) {
                text.push_str(mark);
            }
        }
        self.lines.insert(Line {
            module: self.module.to_owned(),
            item: self.item.to_owned(),
            rank,
            member: member.to_owned(),
            text,
        });
    }

    fn item(&mut self, item: &Item, attributes: &[Attribute], items: &Items<'_>) {
        let path = join(self.module, self.item);
        let traits = || traits(self.item, attributes, items);
        let text = match item {
            Item::Const(item) => format!("const {path}: {}", of_type(&item.ty)),
            Item::Static(item) => format!("static {path}: {}", of_type(&item.ty)),
            Item::Type(item) => {
                let parameters = of_generics(&item.generics);
                format!("type {path}{parameters} = {}", of_type(&item.ty))
            }
            Item::Fn(item) => format!("{} {path}{}", verb(&item.sig), of_function(&item.sig)),
            Item::Trait(item) => format!("trait {path}{}", of_generics(&item.generics)),
            Item::Union(item) => format!("union {path}{}{}", of_generics(&item.generics), traits()),
            Item::Struct(item) => {
                format!("struct {path}{}{}", of_generics(&item.generics), traits())
            }
            Item::Enum(item) => format!("enum {path}{}{}", of_generics(&item.generics), traits()),
            _ => return,
        };
        self.line(Rank::Item, "", attributes, &text);
        let members = items.inherent.get(self.item).map_or(&[][..], Vec::as_slice);
        let mut setters = BTreeMap::new();
        if let Item::Struct(item) = item {
            setters = setters_of(&item.fields, members);
            self.fields(&path, &item.fields, &setters);
        }
        if let Item::Enum(item) = item {
            for variant in &item.variants {
                let name = variant.ident.to_string();
                let text = format!("variant {path}::{name}{}", data(&variant.fields));
                self.line(Rank::Data, &name, &variant.attrs, &text);
            }
        }
        if let Item::Trait(item) = item {
            for member in &item.items {
                let TraitItem::Fn(function) = member else {
                    continue;
                };
                self.function(&path, &function.sig, &function.attrs);
            }
        }
        self.members(&path, members, &setters);
    }

    fn fields(&mut self, path: &str, fields: &Fields, setters: &BTreeMap<String, String>) {
        for (position, field) in fields.iter().enumerate() {
            if !is_public(&field.vis) {
                continue;
            }
            let name = field
                .ident
                .as_ref()
                .map_or_else(|| position.to_string(), Ident::to_string);
            let mut text = format!("field {path}.{name}: {}", of_type(&field.ty));
            if let Some(given) = setters.get(&name) {
                text.push_str(" set by ");
                text.push_str(given);
            }
            self.line(Rank::Data, &name, &field.attrs, &text);
        }
    }

    fn function(&mut self, path: &str, signature: &Signature, attributes: &[Attribute]) {
        let name = signature.ident.to_string();
        let text = format!(
            "{} {path}::{name}{}",
            verb(signature),
            of_function(signature)
        );
        self.line(Rank::Function, &name, attributes, &text);
    }

    fn members(&mut self, path: &str, members: &[&ImplItem], setters: &BTreeMap<String, String>) {
        for member in members {
            match member {
                ImplItem::Fn(function)
                    if is_public(&function.vis)
                        && !setters.contains_key(&function.sig.ident.to_string()) =>
                {
                    self.function(path, &function.sig, &function.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let name = constant.ident.to_string();
                    let text = format!("const {path}::{name}: {}", of_type(&constant.ty));
                    self.line(Rank::Constant, &name, &constant.attrs, &text);
                }
                _ => {}
            }
        }
    }
}

fn verb(signature: &Signature) -> &'static str {
    match (&signature.asyncness, &signature.constness) {
        (Some(_), _) => "async fn",
        (None, Some(_)) => "const fn",
        (None, None) => "fn",
    }
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

/// The public fields that have a setter, each with the type that the setter takes. A setter is a method with the name of the
/// field that takes a value and returns the struct.
fn setters_of(fields: &Fields, members: &[&ImplItem]) -> BTreeMap<String, String> {
    let public = fields.iter().filter(|field| is_public(&field.vis));
    let public: HashSet<&Ident> = public.filter_map(|field| field.ident.as_ref()).collect();
    let setters = members.iter().filter_map(|member| {
        let ImplItem::Fn(function) = member else {
            return None;
        };
        let signature = &function.sig;
        let (Some(FnArg::Receiver(receiver)), Some(FnArg::Typed(value)), 2) = (
            signature.inputs.first(),
            signature.inputs.last(),
            signature.inputs.len(),
        ) else {
            return None;
        };
        let is_setter = is_public(&function.vis)
            && public.contains(&signature.ident)
            && matches!(receiver.kind, ReceiverKind::Value)
            && signature.asyncness.is_none()
            && signature.generics.params.is_empty()
            && returns_self(&signature.output);
        is_setter.then(|| (signature.ident.to_string(), of_type(&value.ty)))
    });
    setters.collect()
}

/// `: Clone + Debug`, sorted by name; empty if there are none.
fn traits(name: &str, attributes: &[Attribute], items: &Items<'_>) -> String {
    let mut names = items.traits.get(name).cloned().unwrap_or_default();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
        let Meta::List(list) = &attribute.meta else {
            continue;
        };
        let parser = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        for path in list.parse_args_with(parser).into_iter().flatten() {
            names.extend(
                path.segments
                    .last()
                    .map(|segment| segment.ident.to_string()),
            );
        }
    }
    if names.is_empty() {
        return String::new();
    }
    format!(": {}", Vec::from_iter(names).join(" + "))
}
