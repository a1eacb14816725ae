//! Writes the Rust code of a client from a model whose types are decided. Each kind of thing in the generated code has a file
//! here; the shared machinery that it stands on is written by hand, in the client's `runtime`.

mod alias;
mod client;
pub(crate) mod docs;
mod object;
mod operation;
mod parameter;
mod response;
mod split;
mod string_enum;
mod support;
mod types;
mod union;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Model, Operation, Schema, SchemaIndex, Shape, Type, type_name};
use crate::pointer::Pointer;
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

/// Writes the modules of a client.
pub(crate) fn modules(model: &Model) -> Vec<Module> {
    let types = Types::new(model);
    let mut support = Support::default();
    let mut layers = model.typed().flat_map(|typed| typed.ty().layers());
    if layers.any(|ty| *ty == Type::DateTime) {
        support.need(Piece::DateTime);
    }
    let schemas = schemas(model, &types, &mut support);
    let operations = operations(model, &types, &mut support);
    let support = support.module();
    let mut modules = vec![client::module(model, support.is_some())];
    modules.extend(operations);
    modules.extend(schemas);
    modules.extend(support);
    modules
}

fn schemas(model: &Model, types: &Types, support: &mut Support) -> Vec<Module> {
    let items = model.schemas.iter().enumerate();
    let items: Vec<(SchemaIndex, &Schema, TokenStream)> = items
        .map(|(index, schema)| (index, schema, item(index, schema, types, support)))
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
        let own: HashSet<SchemaIndex> = items.iter().map(|(index, _, _)| *index).collect();
        let parts = items.iter().flat_map(|(_, schema, _)| schema.typed());
        let mut used = parts.filter_map(|part| part.ty().named());
        let others = used.any(|index| !own.contains(&index)).then(|| {
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

fn item(index: SchemaIndex, schema: &Schema, types: &Types, support: &mut Support) -> TokenStream {
    match &schema.shape {
        Shape::Object(it) => object::item(schema, it, types, support),
        Shape::StringEnum(values) => string_enum::item(schema, values),
        Shape::Union(it) => union::item(schema, it, types, support),
        Shape::Alias(target) => alias::item(index, schema, target, types),
    }
}

fn operations(model: &Model, types: &Types, support: &mut Support) -> Vec<Module> {
    let is_split = model.operations.len() > MOST_OPERATIONS;
    let items = model.operations.iter();
    let items: Vec<_> = items
        .map(|operation| {
            let rendered = operation::Rendered::new(operation, types, support, is_split);
            (operation, rendered)
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
/// request bodies, and what responses hold.
pub(crate) fn type_names(model: &Model) -> Vec<(Pointer, String)> {
    let types = Types::new(model);
    let components = model.schemas.iter();
    let mut names: Vec<(Pointer, String)> = components
        .map(|schema| (schema.place.clone(), format!("types::{}", schema.type_name)))
        .collect();
    for operation in &model.operations {
        for typed in operation.bodies() {
            let ty = types.outside(typed.ty());
            let ty = crate::outline::of_type(&syn::parse_quote!(#ty));
            names.push((typed.place.clone(), ty));
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
