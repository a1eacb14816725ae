//! The engine's types as people write them: numbered schemas by their names, dates as `jiff` has them, nothing spelled longer
//! than it must be.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, PathArguments, Type, TypePath, parse_quote};

use crate::model::{Model, Shape, Typed};
use crate::types::ANY_INTEGER;

/// Knows the schemas by their numbers.
pub(super) struct Types {
    names: Vec<String>,
    /// Aliases that lead back to themselves, which Rust does not allow.
    cyclic: HashSet<usize>,
}

impl Types {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            names: model
                .schemas
                .iter()
                .map(|schema| schema.type_name.clone())
                .collect(),
            cyclic: cyclic_aliases(model),
        }
    }

    /// A type as it is written beside the schemas.
    pub(super) fn inside(&self, found: &Type) -> Type {
        self.spell(found, false)
    }

    /// A type as it is written beside the operations.
    pub(super) fn outside(&self, found: &Type) -> Type {
        self.spell(found, true)
    }

    /// Whether the alias of a number has to be a type of its own.
    pub(super) fn is_cyclic(&self, index: usize) -> bool {
        self.cyclic.contains(&index)
    }

    fn spell(&self, found: &Type, is_outside: bool) -> Type {
        let mut spelled = found.clone();
        Speller {
            types: self,
            is_outside,
        }
        .visit_type_mut(&mut spelled);
        spelled
    }
}

struct Speller<'t> {
    types: &'t Types,
    is_outside: bool,
}

impl VisitMut for Speller<'_> {
    fn visit_type_path_mut(&mut self, node: &mut TypePath) {
        visit_mut::visit_type_path_mut(self, node);
        let Some(last) = node.path.segments.last() else {
            return;
        };
        if let Some(name) = number(node).and_then(|index| self.types.names.get(index)) {
            let name = format_ident!("{name}");
            *node = if self.is_outside {
                parse_quote!(types::#name)
            } else {
                parse_quote!(#name)
            };
            return;
        }
        let arguments = &last.arguments;
        let names: Vec<String> = node
            .path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            [
                "std" | "alloc" | "core",
                _,
                "Option" | "Vec" | "String" | "Box",
            ] => {
                let name = last.ident.clone();
                *node = parse_quote!(#name #arguments);
            }
            ["std", "collections", "HashMap"] => {
                *node = parse_quote!(std::collections::BTreeMap #arguments);
            }
            [ANY_INTEGER] => *node = parse_quote!(serde_json::Number),
            ["serde_json", "Map"] => {
                *node = parse_quote!(serde_json::Map<String, serde_json::Value>);
            }
            ["chrono", "naive", "NaiveDate"] => *node = parse_quote!(jiff::civil::Date),
            ["chrono", "DateTime"] => *node = parse_quote!(crate::generated::support::DateTime),
            _ => node.path.leading_colon = None,
        }
    }
}

/// Whether one of the engine's types names a schema whose number is not among these.
pub(super) fn names_others(found: &[Type], own: &HashSet<usize>) -> bool {
    struct Search<'o> {
        own: &'o HashSet<usize>,
        is_found: bool,
    }
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_type_path(&mut self, node: &'ast TypePath) {
            self.is_found |= number(node).is_some_and(|index| !self.own.contains(&index));
            visit::visit_type_path(self, node);
        }
    }
    let mut search = Search {
        own,
        is_found: false,
    };
    for ty in found {
        search.visit_type(ty);
    }
    search.is_found
}

/// Whether one of the engine's types is, or holds, a date with a time.
pub(super) fn names_date_time(found: &Type) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_type_path(&mut self, node: &'ast TypePath) {
            let last = node.path.segments.last();
            self.0 |= last.is_some_and(|last| last.ident == "DateTime");
            visit::visit_type_path(self, node);
        }
    }
    let mut search = Search(false);
    search.visit_type(found);
    search.0
}

/// What lets `clippy` pass over types that are too complex for it, if one of these is.
pub(super) fn allow_complex(types: &[Type]) -> Option<TokenStream> {
    types.iter().any(is_complex).then(|| {
        quote!(#[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")])
    })
}

/// Whether `clippy` finds a type too complex. It adds ten for each type in a type, times the depth at which it is.
fn is_complex(ty: &Type) -> bool {
    struct Score {
        depth: usize,
        score: usize,
    }
    impl<'ast> Visit<'ast> for Score {
        fn visit_type(&mut self, node: &'ast Type) {
            self.depth += 1;
            self.score += 10 * self.depth;
            visit::visit_type(self, node);
            self.depth -= 1;
        }
    }
    // An option, a reference or a result may come around it.
    let mut score = Score {
        depth: 2,
        score: 30,
    };
    score.visit_type(ty);
    score.score > 250
}

/// The number of the schema that one of the engine's types is called after.
fn number(path: &TypePath) -> Option<usize> {
    let last = path.path.segments.last()?.ident.to_string();
    last.strip_prefix('T')?.parse().ok()
}

/// How an operation takes a value: `&str` for text, small values as they are, everything else by reference.
pub(super) fn argument(ty: &Type) -> TokenStream {
    if is(ty, &["String"]) {
        return quote!(&str);
    }
    if is(ty, COPY) {
        return quote!(#ty);
    }
    borrowed(ty)
}

/// Whether [`argument`] takes values of a type as they are.
pub(super) fn is_copied(ty: &Type) -> bool {
    is(ty, COPY)
}

/// A reference to a value; to the elements of a list.
pub(super) fn borrowed(ty: &Type) -> TokenStream {
    if let (true, Some(item)) = (is(ty, &["Vec"]), generic(ty)) {
        quote!(&[#item])
    } else {
        quote!(&#ty)
    }
}

/// Types that are copied, not borrowed, by the last segment of their paths.
const COPY: &[&str] = &[
    "bool", "f32", "f64", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "Date", "Uuid",
];

/// Whether it is the type of dates with times.
pub(super) fn is_date_time(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.len() == 4 && is(ty, &["DateTime"]))
}

/// Whether the last segment of a path is one of these; types of the document are written with `types::` and are none.
pub(super) fn is(ty: &Type, names: &[&str]) -> bool {
    let Type::Path(path) = ty else { return false };
    let segments = &path.path.segments;
    let is_own = segments.len() > 1 && segments[0].ident == "types";
    !is_own
        && segments
            .last()
            .is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// The first generic argument of a path.
pub(super) fn generic(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Aliases that lead to themselves by aliases only.
fn cyclic_aliases(model: &Model) -> HashSet<usize> {
    let numbers: std::collections::HashMap<&str, usize> = model
        .schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| (schema.name.as_str(), index))
        .collect();
    let next = |index: usize| match &model.schemas[index].shape {
        Shape::Alias(typed) => target(typed).and_then(|name| numbers.get(name.as_str()).copied()),
        _ => None,
    };
    // An alias has one type in it, so that its way is a line: it ends, or it comes back.
    let mut cyclic = HashSet::new();
    let mut done = vec![false; model.schemas.len()];
    for begin in 0..model.schemas.len() {
        let mut way = Vec::new();
        let mut here = Some(begin);
        while let Some(index) = here.filter(|index| !done[*index]) {
            done[index] = true;
            way.push(index);
            here = next(index);
        }
        if let Some(meeting) = here
            && let Some(position) = way.iter().position(|index| *index == meeting)
        {
            cyclic.extend(&way[position..]);
        }
    }
    cyclic
}

/// The component in an alias, below any arrays and maps.
fn target(typed: &Typed) -> Option<String> {
    let mut node = &typed.schema;
    loop {
        if let Some(name) = crate::model::reference(node) {
            return Some(name);
        }
        node = node
            .get("items")
            .or_else(|| node.get("additionalProperties"))?;
    }
}
