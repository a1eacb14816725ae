//! Witnesses: a few lines of a user's code that compiled before a change of the Rust API, and do not compile after it.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span};
use quote::{format_ident, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, Lifetime, Pat, ReceiverKind, ReturnType, Signature, Type, TypeParamBound, TypeReference,
};

use crate::outline::{split_marks, split_wire};

use super::rust::{RustChange, RustChangeKind};

/// Types and traits of the standard library that need no import, or that everybody calls by these names.
const STANDARD: &[(&str, &str)] = &[
    ("Arc", "std::sync::Arc"),
    ("BTreeMap", "std::collections::BTreeMap"),
    ("Debug", "std::fmt::Debug"),
    ("Display", "std::fmt::Display"),
    ("Duration", "std::time::Duration"),
    ("Future", "std::future::Future"),
    ("HashMap", "std::collections::HashMap"),
    ("Hash", "std::hash::Hash"),
    ("IntoFuture", "std::future::IntoFuture"),
];
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Eq",
    "From",
    "Into",
    "Iterator",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "String",
    "Sync",
    "Vec",
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "str",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "usize",
];

/// Code of a user of the crate `package` that a change breaks: it compiles against the API of the outline `base`, from which the
/// change leads to another, and not against the other. `None` if the change breaks no code, or none that this can write.
///
/// ```
/// use releasepack_codegen::diff::{outline_changes, witness};
///
/// let base = "struct types::Pet: Clone\nfield types::Pet.age: i32\n";
/// let changes = outline_changes(base, "struct types::Pet: Clone\nfield types::Pet.age: i64\n");
/// let code = witness(&changes[0], base, "pets").unwrap();
/// assert_eq!(code, "fn witness(value: pets::types::Pet) -> i32 {\n    value.age\n}\n");
/// ```
#[must_use]
pub fn witness(change: &RustChange, base: &str, package: &str) -> Option<String> {
    let line = match change.kind {
        RustChangeKind::Added => return None,
        RustChangeKind::Removed => change.line.as_str(),
        RustChangeKind::Changed | RustChangeKind::Renamed => change.before.as_deref()?,
    };
    let is_removed = change.kind != RustChangeKind::Changed;
    let line = &split_wire(split_marks(line).0).0;
    let (kind, rest) = line.split_once(' ')?;
    let (kind, rest, is_async) = match kind {
        "async" => ("fn", rest.strip_prefix("fn ")?, true),
        kind => (kind, rest, false),
    };
    let api = Api::new(base, package);
    let code = match kind {
        "struct" | "enum" | "trait" | "type" if is_removed => {
            let path = api.path(path_of(rest));
            format!("use {path} as _;")
        }
        "struct" | "enum" => api.of_traits(rest, split_marks(&change.line).0.split_once(' ')?.1)?,
        "const" => {
            let (path, kind) = rest.split_once(": ")?;
            let kind = api.resolved(kind, path)?;
            let path: syn::Path = syn::parse_str(&api.path(path)).ok()?;
            quote!(const WITNESS: #kind = #path;).to_string()
        }
        "field" => api.of_field(rest, is_removed)?,
        "variant" => api.of_variant(rest)?,
        "fn" => api.of_function(rest, is_async)?,
        _ => return None,
    };
    let file = syn::parse_file(&code).ok()?;
    Some(prettyplease::unparse(&file))
}

/// The path at the start of a line, without generics.
fn path_of(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_' && it != ':');
    text[..end.unwrap_or(text.len())].trim_end_matches(':')
}

/// What has a name in an outline.
struct Api<'o> {
    /// The paths of types and traits, with their generics.
    types: Vec<(&'o str, &'o str)>,
    package: &'o str,
}

impl<'o> Api<'o> {
    fn new(outline: &'o str, package: &'o str) -> Self {
        let types = outline.lines().filter_map(|line| {
            let line = split_marks(line).0;
            let (kind, rest) = line.split_once(' ')?;
            if !["struct", "enum", "trait", "type"].contains(&kind) {
                return None;
            }
            let path = path_of(rest);
            let generics = rest[path.len()..].split(": ").next().unwrap_or_default();
            Some((path, generics))
        });
        Self {
            types: types.collect(),
            package,
        }
    }

    fn path(&self, path: &str) -> String {
        format!("{}::{path}", self.package)
    }

    /// A type of the outline, as a user writes it. A type with parameters has no one form.
    fn owner(&self, path: &str) -> Option<Type> {
        let generics = self.types.iter().find(|(it, _)| *it == path)?.1;
        let lifetimes = match generics.trim() {
            "" => "",
            it if it.starts_with("<'") && !it.contains(',') => "<'_>",
            _ => return None,
        };
        syn::parse_str(&format!("{}{lifetimes}", self.path(path))).ok()
    }

    /// A type in the line of an item, with the paths that a user needs.
    fn resolved(&self, text: &str, item: &str) -> Option<Type> {
        let mut resolved: Type = syn::parse_str(text).ok()?;
        self.resolve(&mut resolved, item).then_some(resolved)
    }

    /// Whether all names were found.
    fn resolve(&self, kind: &mut Type, item: &str) -> bool {
        let mut resolver = Resolver {
            api: self,
            item,
            is_known: true,
        };
        resolver.visit_type_mut(kind);
        resolver.is_known
    }

    /// The path of a type by the last part of its name: the one nearest to an item, with or without parameters.
    fn find(&self, name: &str, has_parameters: bool, item: &str) -> Option<&str> {
        let fits = |generics: &str| generics.trim().starts_with('<') == has_parameters;
        let named = self.types.iter().filter(|(_, generics)| fits(generics));
        let named: Vec<&str> = named
            .map(|(path, _)| *path)
            .filter(|path| path.rsplit("::").next() == Some(name))
            .collect();
        let common = |path: &str| {
            let both = path.split("::").zip(item.split("::"));
            both.take_while(|(one, other)| one == other).count()
        };
        let most = named.iter().map(|path| common(path)).max()?;
        let mut nearest = named.into_iter().filter(|path| common(path) == most);
        let first = nearest.next();
        if nearest.next().is_some() {
            None
        } else {
            first
        }
    }

    fn of_traits(&self, before: &str, after: &str) -> Option<String> {
        let traits = |text: &str| -> BTreeSet<String> {
            let list = text.split_once(": ").map_or("", |it| it.1);
            let list = list.trim_end_matches(" (non-exhaustive)");
            list.split(" + ").map(str::to_owned).collect()
        };
        let path = path_of(before);
        let owner = self.owner(path)?;
        let (before, after) = (traits(before), traits(after));
        let mut lost = before.difference(&after).filter(|it| !it.contains('!'));
        let lost = lost.next()?;
        let mut bound: TypeParamBound = syn::parse_str(lost).ok()?;
        let mut resolver = Resolver {
            api: self,
            item: path,
            is_known: true,
        };
        resolver.visit_type_param_bound_mut(&mut bound);
        let code = quote!(fn witness() { fn needs<T: #bound>() {} needs::<#owner>(); });
        resolver.is_known.then(|| code.to_string())
    }

    fn of_field(&self, rest: &str, is_removed: bool) -> Option<String> {
        let (place, kind) = rest.split_once(": ")?;
        let (owner_path, field) = place.rsplit_once('.')?;
        let owner = self.owner(owner_path)?;
        let kind = kind.split(" set by ").next()?;
        let member: syn::Member = syn::parse_str(field).ok()?;
        if is_removed {
            return Some(quote!(fn witness(value: #owner) { let _ = value.#member; }).to_string());
        }
        let kind = self.resolved(kind, owner_path)?;
        Some(quote!(fn witness(value: #owner) -> #kind { value.#member }).to_string())
    }

    fn of_variant(&self, rest: &str) -> Option<String> {
        let path = path_of(rest);
        let (owner_path, variant) = path.rsplit_once("::")?;
        let owner = self.owner(owner_path)?;
        let owner_path: syn::Path = syn::parse_str(&self.path(owner_path)).ok()?;
        let variant = format_ident!("{variant}");
        let payload = rest[path.len()..]
            .strip_prefix('(')
            .and_then(|it| it.strip_suffix(')'));
        let Some(payload) = payload else {
            return Some(
                quote!(fn witness(value: &#owner) -> bool { matches!(value, #owner_path::#variant { .. }) })
                    .to_string(),
            );
        };
        let payload = self.resolved(payload, path)?;
        let code = quote! {
            fn witness(value: #owner) -> Option<#payload> {
                match value { #owner_path::#variant(value) => Some(value), _ => None }
            }
        };
        Some(code.to_string())
    }

    fn of_function(&self, rest: &str, is_async: bool) -> Option<String> {
        let path = path_of(rest);
        let name = path.rsplit("::").next()?;
        let mut signature: Signature =
            syn::parse_str(&format!("fn {name}{}", &rest[path.len()..])).ok()?;
        if !signature.generics.params.is_empty() {
            return None;
        }
        let owner_path = path.rsplit_once("::").map(|it| it.0);
        let owner_path = owner_path.filter(|it| self.types.iter().any(|(path, _)| path == it));
        let owner = owner_path.map(|it| self.owner(it));
        let owner = match owner {
            Some(owner) => Some(owner?),
            None => None,
        };
        let (mut parameters, mut arguments, mut has_receiver) = (Vec::new(), Vec::new(), false);
        let mut borrows = false;
        for (index, input) in signature.inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => {
                    let owner = owner.as_ref()?;
                    has_receiver = true;
                    borrows = matches!(receiver.kind, ReceiverKind::Reference(..));
                    parameters.push(match &receiver.kind {
                        ReceiverKind::Reference(_, _, Some(_)) => quote!(this: &'a mut #owner),
                        ReceiverKind::Reference(..) => quote!(this: &'a #owner),
                        ReceiverKind::Value => quote!(this: #owner),
                        _ => return None,
                    });
                }
                FnArg::Typed(typed) => {
                    let kind = concrete(&typed.ty)?;
                    let mut kind = substituted(kind, owner.as_ref());
                    self.resolve(&mut kind, path).then_some(())?;
                    let name = match &*typed.pat {
                        Pat::Ident(pattern) => pattern.ident.clone(),
                        _ => Ident::new(&format!("argument_{index}"), Span::call_site()),
                    };
                    parameters.push(quote!(#name: #kind));
                    arguments.push(quote!(#name));
                }
            }
        }
        let output = match &signature.output {
            ReturnType::Default => quote!(),
            ReturnType::Type(_, kind) => {
                let mut kind = substituted((**kind).clone(), owner.as_ref());
                self.resolve(&mut kind, path).then_some(())?;
                if borrows {
                    Borrowed.visit_type_mut(&mut kind);
                }
                quote!(-> #kind)
            }
        };
        let name = &signature.ident;
        let call = if has_receiver {
            quote!(this.#name(#(#arguments),*))
        } else {
            let path: syn::Path = syn::parse_str(&self.path(path)).ok()?;
            quote!(#path(#(#arguments),*))
        };
        let generics = if borrows { quote!(<'a>) } else { quote!() };
        let code = if is_async {
            quote!(async fn witness #generics (#(#parameters),*) #output { #call.await })
        } else {
            quote!(fn witness #generics (#(#parameters),*) #output { #call })
        };
        Some(code.to_string())
    }
}

/// A type that an argument can have: `impl Into<String>` takes a `String`.
fn concrete(kind: &Type) -> Option<Type> {
    let Type::ImplTrait(bounds) = kind else {
        return Some(kind.clone());
    };
    let mut bounds = bounds.bounds.iter();
    let (Some(TypeParamBound::Trait(bound)), None) = (bounds.next(), bounds.next()) else {
        return None;
    };
    let last = bound.path.segments.last()?;
    match last.ident.to_string().as_str() {
        "Display" => syn::parse_str("&str").ok(),
        "AsRef" | "Into" => {
            let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
                return None;
            };
            let Some(syn::GenericArgument::Type(target)) = arguments.args.first() else {
                return None;
            };
            if last.ident == "AsRef" {
                syn::parse2(quote!(&#target)).ok()
            } else {
                Some(target.clone())
            }
        }
        _ => None,
    }
}

/// A type in which `Self` is the owner.
fn substituted(mut kind: Type, owner: Option<&Type>) -> Type {
    struct Own<'o>(&'o Type);
    impl VisitMut for Own<'_> {
        fn visit_type_mut(&mut self, node: &mut Type) {
            match node {
                Type::Path(path) if path.path.is_ident("Self") => *node = self.0.clone(),
                other => visit_mut::visit_type_mut(self, other),
            }
        }
    }
    if let Some(owner) = owner {
        Own(owner).visit_type_mut(&mut kind);
    }
    kind
}

/// Makes lifetimes that are not written those of the receiver, as they are in a method.
struct Borrowed;

impl VisitMut for Borrowed {
    fn visit_lifetime_mut(&mut self, node: &mut Lifetime) {
        if node.ident == "_" {
            *node = Lifetime::new("'a", Span::call_site());
        }
    }

    fn visit_type_reference_mut(&mut self, node: &mut TypeReference) {
        let receiver = || Lifetime::new("'a", Span::call_site());
        node.lifetime.get_or_insert_with(receiver);
        visit_mut::visit_type_reference_mut(self, node);
    }
}

/// Gives names the paths that a user needs.
struct Resolver<'a> {
    api: &'a Api<'a>,
    item: &'a str,
    is_known: bool,
}

impl VisitMut for Resolver<'_> {
    fn visit_path_mut(&mut self, node: &mut syn::Path) {
        visit_mut::visit_path_mut(self, node);
        let first = node.segments.first().map(|it| it.ident.to_string());
        let first = first.unwrap_or_default();
        if [self.api.package, "std", "core", "alloc"].contains(&first.as_str()) {
            return;
        }
        let Some(last) = node.segments.last() else {
            return;
        };
        let name = last.ident.to_string();
        let standard = STANDARD
            .iter()
            .find(|(it, _)| *it == name && node.segments.len() == 1);
        let path = if let Some(path) = self.api.find(&name, !last.arguments.is_none(), self.item) {
            self.api.path(path)
        } else if let Some((_, path)) = standard {
            (*path).to_owned()
        } else if node.segments.len() == 1 && PRELUDE.contains(&name.as_str()) {
            return;
        } else {
            // A type of another package, which the user may not have.
            self.is_known = false;
            return;
        };
        let arguments = last.arguments.clone();
        if let Ok(mut path) = syn::parse_str::<syn::Path>(&path) {
            if let Some(last) = path.segments.last_mut() {
                last.arguments = arguments;
            }
            *node = path;
        }
    }
}
