//! From what a document says and the types that the engine found to the Rust code of a client. Each kind of thing in the
//! generated code has a file here; the shared machinery that it stands on is written by hand, in the client's `runtime`.

mod alias;
mod client;
pub(crate) mod docs;
mod facts;
mod object;
mod operation;
mod parameter;
mod reply;
mod string_enum;
mod support;
mod types;
mod union;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::lower::Lowered;
use crate::model::{Model, Schema, Shape};
use support::Support;
use types::Types;

/// One module of the generated code.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its file below the folder of the generated code, e.g. `operations/pets.rs`.
    pub(crate) path: String,
    /// Which part of the document it says.
    pub(crate) part: Part,
    pub(crate) file: syn::File,
}

/// The part of a document that a module says, and that its digest is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The component schemas.
    Schemas,
    /// Everything else.
    Operations,
    /// Nothing: code that is the same for every document.
    Nothing,
}

/// Above these, a file is split: operations by their tag, types by their initial.
const MOST_OPERATIONS: usize = 40;
const MOST_TYPES: usize = 80;

/// Makes the modules of a client.
pub(crate) fn refine(model: &Model, lowered: &Lowered) -> Vec<Module> {
    let types = Types::new(model);
    let mut support = Support::default();
    let schemas = schemas(model, lowered, &types, &mut support);
    let operations = operations(model, lowered, &types, &mut support);
    let support = support.module();
    let mut modules = vec![client::module(model, support.is_some())];
    modules.extend(operations);
    modules.extend(schemas);
    modules.extend(support);
    modules
}

fn schemas(model: &Model, lowered: &Lowered, types: &Types, support: &mut Support) -> Vec<Module> {
    let items = model.schemas.iter().zip(&lowered.schemas).enumerate();
    let items: Vec<(&Schema, TokenStream)> = items
        .map(|(index, (schema, found))| (schema, item(index, schema, found, types, support)))
        .collect();
    let module = |path: &str, text: &str, body: TokenStream| Module {
        path: path.to_owned(),
        part: Part::Schemas,
        file: file(text, &body),
    };
    if items.len() <= MOST_TYPES {
        let body = items.iter().map(|(_, item)| item);
        return vec![module(
            "types.rs",
            "The types of the API.",
            quote!(#(#body)*),
        )];
    }
    let groups = group(items, |schema| {
        let initial = schema.type_name.chars().next();
        initial.map_or_else(
            || "other".to_owned(),
            |initial| format!("{}_types", initial.to_ascii_lowercase()),
        )
    });
    let names: Vec<_> = groups
        .iter()
        .map(|(name, _)| format_ident!("{name}"))
        .collect();
    let root = quote!(#(mod #names;)* #(pub use #names::*;)*);
    let mut modules = vec![module(
        "types/mod.rs",
        "The types of the API, by their initials.",
        root,
    )];
    for (name, items) in groups {
        let text = format!("The types that begin with {}.", name[..1].to_uppercase());
        let body = quote!(use super::*; #(#items)*);
        modules.push(module(&format!("types/{name}.rs"), &text, body));
    }
    modules
}

fn item(
    index: usize,
    schema: &Schema,
    found: &[syn::Type],
    types: &Types,
    support: &mut Support,
) -> TokenStream {
    match &schema.shape {
        Shape::Object(it) => object::item(schema, it, found, types),
        Shape::StringEnum(values) => string_enum::item(schema, values),
        Shape::Union(it) => union::item(schema, it, found, types, support),
        Shape::Alias(_) => alias::item(index, schema, found, types),
    }
}

fn operations(
    model: &Model,
    lowered: &Lowered,
    types: &Types,
    support: &mut Support,
) -> Vec<Module> {
    let is_split = model.operations.len() > MOST_OPERATIONS;
    let items = model.operations.iter().zip(&lowered.operations);
    let items: Vec<_> = items
        .map(|(operation, found)| {
            (
                operation,
                operation::Rendered::new(operation, found, types, support, is_split),
            )
        })
        .collect();
    let module = |path: &str, text: &str, body: TokenStream| Module {
        path: path.to_owned(),
        part: Part::Operations,
        file: file(text, &body),
    };
    if !is_split {
        let items: Vec<_> = items.into_iter().map(|(_, rendered)| rendered).collect();
        let body = operation::body(&items, false);
        return vec![module(
            "operations.rs",
            "The operations, and the request of each.",
            body,
        )];
    }
    let groups = group(items, |operation| {
        let tag = operation.tag.as_deref().unwrap_or("untagged");
        crate::model::value_name(tag)
    });
    let names: Vec<_> = groups
        .iter()
        .map(|(name, _)| format_ident!("{name}"))
        .collect();
    let root = quote!(#(mod #names;)* #(pub use #names::*;)*);
    let text = "The operations, and the request of each, by their tags.";
    let mut modules = vec![module("operations/mod.rs", text, root)];
    for (name, items) in groups {
        let tag = items
            .iter()
            .find_map(|item| item.tag.clone())
            .unwrap_or_default();
        let text = if tag.is_empty() {
            "The operations without a tag.".to_owned()
        } else {
            format!(
                "The operations of `{}`.",
                tag.replace(['`', '\n', '\r'], " ")
            )
        };
        modules.push(module(
            &format!("operations/{name}.rs"),
            &text,
            operation::body(&items, true),
        ));
    }
    modules
}

/// Sorts items into groups by a name, in the order of the names.
fn group<K, V>(items: Vec<(&K, V)>, name: impl Fn(&K) -> String) -> Vec<(String, Vec<V>)> {
    let mut groups = std::collections::BTreeMap::<String, Vec<V>>::new();
    for (key, value) in items {
        groups.entry(name(key)).or_default().push(value);
    }
    groups.into_iter().collect()
}

/// A file with a line about itself.
fn file(about: &str, body: &TokenStream) -> syn::File {
    let about = format!(" {about}");
    let tokens = quote!(#![doc = #about] #body);
    syn::parse2(tokens).expect("what is quoted in this step is Rust")
}
