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
mod split;
mod string_enum;
mod support;
mod types;
mod union;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::Pointer;
use crate::model::{Model, Operation, Schema, Shape, type_name};
use crate::types::Lowered;
use split::{MOST_OPERATIONS, MOST_TYPES, operation_key, split, type_key};
use support::{Piece, Support};
use types::Types;

/// One module of the generated code.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its file below the folder of the generated code, e.g. `operations/pets.rs`.
    pub(crate) path: String,
    /// The parts of the document that it says, in the order of its items; none for code that is the same for every document.
    pub(crate) says: Vec<Pointer>,
    pub(crate) file: syn::File,
}

/// Makes the modules of a client.
pub(crate) fn refine(model: &Model, lowered: &Lowered) -> Vec<Module> {
    let types = Types::new(model);
    let mut support = Support::default();
    let mut found = lowered.schemas.iter().chain(&lowered.operations).flatten();
    if found.any(types::names_date_time) {
        support.need(Piece::DateTime);
    }
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
    let items: Vec<(usize, &Schema, TokenStream)> = items
        .map(|(index, (schema, found))| {
            let item = item(index, schema, found, types, support);
            (index, schema, item)
        })
        .collect();
    if items.len() <= MOST_TYPES {
        let says = items.iter().map(|(_, schema, _)| schema.place.clone());
        let body = items.iter().map(|(_, _, item)| item);
        let body = quote!(#(#body)*);
        return vec![module(
            "types.rs",
            "The types of the API.",
            says.collect(),
            &body,
        )];
    }
    let groups = split(items, MOST_TYPES, &|(_, schema, _), level| {
        type_key(schema, level)
    });
    let names: Vec<_> = groups.keys().map(|name| format_ident!("{name}")).collect();
    let root = quote!(#(mod #names;)* #(pub use #names::*;)*);
    let text = "The types of the API, by what their names begin with.";
    let mut modules = vec![module("types/mod.rs", text, Vec::new(), &root)];
    for (name, items) in groups {
        let begin = type_name(name.trim_end_matches("_types"));
        let text = format!("The types that begin with `{begin}`.");
        let says = items.iter().map(|(_, schema, _)| schema.place.clone());
        let own = items.iter().map(|(index, _, _)| *index).collect();
        let mut found = items.iter().map(|(index, _, _)| &lowered.schemas[*index]);
        let others = found.any(|found| types::names_others(found, &own));
        let others = others.then(|| {
            quote!(
                use super::*;
            )
        });
        let body = items.iter().map(|(_, _, item)| item);
        let body = quote!(#others #(#body)*);
        let path = format!("types/{name}.rs");
        modules.push(module(&path, &text, says.collect(), &body));
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
        Shape::Object(it) => object::item(schema, it, found, types, support),
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
    let says = |items: &[(&Operation, operation::Rendered)]| -> Vec<Pointer> {
        let places = items.iter().map(|(operation, _)| operation.place.clone());
        places.collect()
    };
    let rendered = |items| -> Vec<operation::Rendered> {
        let items: Vec<(&Operation, operation::Rendered)> = items;
        items.into_iter().map(|(_, rendered)| rendered).collect()
    };
    if !is_split {
        let says = says(&items);
        let body = operation::body(&rendered(items), false);
        return vec![module(
            "operations.rs",
            "The operations, and the request of each.",
            says,
            &body,
        )];
    }
    let groups = split(items, MOST_OPERATIONS, &|(operation, _), level| {
        operation_key(operation, level)
    });
    let names: Vec<_> = groups.keys().map(|name| format_ident!("{name}")).collect();
    let root = quote!(#(mod #names;)* #(pub use #names::*;)*);
    let text = "The operations, and the request of each, by their tags and paths.";
    let mut modules = vec![module("operations/mod.rs", text, Vec::new(), &root)];
    for (name, items) in groups {
        let says = says(&items);
        let items = rendered(items);
        let text = format!(
            "The operations of `{}`.",
            name.trim_end_matches('_').replace('_', " ")
        );
        modules.push(module(
            &format!("operations/{name}.rs"),
            &text,
            says,
            &operation::body(&items, true),
        ));
    }
    modules
}

/// Which schemas have a type that people can name, and the type as it is written beside the module `types`: components,
/// bodies, and the JSON of answers.
pub(crate) fn type_names(model: &Model, lowered: &Lowered) -> Vec<(Pointer, String)> {
    let types = Types::new(model);
    let components = model.schemas.iter();
    let mut names: Vec<(Pointer, String)> = components
        .map(|schema| (schema.place.clone(), format!("types::{}", schema.type_name)))
        .collect();
    for (operation, found) in model.operations.iter().zip(&lowered.operations) {
        let of_bodies = operation.typed().into_iter().zip(found);
        for (typed, found) in of_bodies.skip(operation.parameters.len()) {
            let rust = types.outside(found);
            names.push((typed.place.clone(), crate::outline::of_type(&rust)));
        }
    }
    names
}

fn module(path: &str, text: &str, says: Vec<Pointer>, body: &TokenStream) -> Module {
    Module {
        path: path.to_owned(),
        says,
        file: file(text, body),
    }
}

/// A file with a line about itself.
fn file(about: &str, body: &TokenStream) -> syn::File {
    let about = format!(" {about}");
    let tokens = quote!(#![doc = #about] #body);
    syn::parse2(tokens).expect("what is quoted in this step is Rust")
}
