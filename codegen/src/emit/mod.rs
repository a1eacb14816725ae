//! Writes the Rust code of a client from a model with its types. Each kind of item in the generated code has a file here. The
//! shared code that all clients use is written by hand, in the client's `runtime`.

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
use std::thread;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Model, Operation, SchemaIndex, Shape, Type, type_name};
use crate::parallel;
use crate::pointer::Pointer;
use crate::tree;
use split::{MOST_OPERATIONS, MOST_TYPES, operation_key, split, type_key};
use support::{Piece, Support};
use types::Types;

/// One module of the generated code.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its file below the folder of the generated code, e.g. `operations/pets.rs`.
    pub(crate) path: String,
    /// The parts of the document that it is made from, in the order of its items; none for code that does not depend on them.
    pub(crate) sources: Vec<Pointer>,
    /// Its documentation: one line of Markdown.
    about: String,
    /// Its items as text.
    code: Vec<String>,
}

impl Module {
    /// The text of the file: its documentation, the lines of `header` as comments, its items.
    pub(crate) fn text(&self, header: &[&str]) -> String {
        let about = format!(" {}", self.about);
        let mut text = tree::render(parse(quote!(#![doc = #about])), header);
        text.reserve(self.code.iter().map(|code| code.len() + 1).sum());
        for code in &self.code {
            text.push('\n');
            text.push_str(code);
        }
        text
    }
}

/// Writes the modules of a client.
///
/// Each schema and each operation becomes text by itself, on all processors. Its tokens and its syntax are dropped before the next
/// one begins, because those of a whole client need several times the memory of its text.
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
    let indices: Vec<SchemaIndex> = (0..model.schemas.len()).collect();
    let codes = parallel::map(&indices, threads(), |index| item(*index, model, types));
    let mut items = Vec::with_capacity(codes.len());
    for (index, (code, needed)) in codes.into_iter().enumerate() {
        support.unite(needed);
        items.push((index, code));
    }
    let module = |path: String, about: String, items: Vec<(SchemaIndex, String)>| {
        let schemas = items.iter().map(|(index, _)| &model.schemas[*index]);
        Module {
            path,
            about,
            sources: schemas.map(|schema| schema.place.clone()).collect(),
            code: items.into_iter().map(|(_, code)| code).collect(),
        }
    };
    if items.len() <= MOST_TYPES {
        let about = "The types of the API.".to_owned();
        return vec![module("types.rs".to_owned(), about, items)];
    }
    let groups = split(items, MOST_TYPES, &|(index, _), level| {
        type_key(&model.schemas[*index], level)
    });
    let about = "The types of the API, by what their names begin with.";
    let mut modules = vec![root("types/mod.rs", about, groups.keys())];
    for (name, items) in groups {
        let begin = type_name(name.trim_end_matches("_types"));
        let about = format!("The types that begin with `{begin}`.");
        let own: HashSet<SchemaIndex> = items.iter().map(|(index, _)| *index).collect();
        let parts = own.iter().flat_map(|index| model.schemas[*index].typed());
        let mut used = parts.filter_map(|part| part.ty().named());
        let uses_others = used.any(|index| !own.contains(&index));
        let mut module = module(format!("types/{name}.rs"), about, items);
        if uses_others {
            module.code.insert(
                0,
                print(quote!(
                    use super::*;
                )),
            );
        }
        modules.push(module);
    }
    modules
}

/// The code of a schema, and the support that it needs.
fn item(index: SchemaIndex, model: &Model, types: &Types) -> (String, Support) {
    let schema = &model.schemas[index];
    let mut support = Support::default();
    let code = match &schema.shape {
        Shape::Object(it) => object::item(schema, it, types, &mut support),
        Shape::StringEnum(values) => string_enum::item(schema, values),
        Shape::Union(it) => union::item(schema, it, types, &mut support),
        Shape::Alias(target) => alias::item(index, schema, target, types),
    };
    (print(code), support)
}

fn operations(model: &Model, types: &Types, support: &mut Support) -> Vec<Module> {
    let is_split = model.operations.len() > MOST_OPERATIONS;
    let rendered = parallel::map(&model.operations, threads(), |operation| {
        operation::Rendered::new(operation, types, is_split)
    });
    let mut items = Vec::with_capacity(rendered.len());
    for (operation, mut rendered) in model.operations.iter().zip(rendered) {
        support.unite(std::mem::take(&mut rendered.support));
        items.push((operation, rendered));
    }
    let module = |path: String, about: String, items: Vec<(&_, operation::Rendered)>| {
        let (operations, rendered): (Vec<&Operation>, Vec<_>) = items.into_iter().unzip();
        let places = operations.iter().map(|operation| operation.place.clone());
        Module {
            path,
            about,
            sources: places.collect(),
            code: operation::code(rendered, is_split),
        }
    };
    if !is_split {
        let about = "The operations, and the request of each.".to_owned();
        return vec![module("operations.rs".to_owned(), about, items)];
    }
    let groups = split(items, MOST_OPERATIONS, &|(operation, _), level| {
        operation_key(operation, level)
    });
    let about = "The operations, and the request of each, by their tags and paths.";
    let mut modules = vec![root("operations/mod.rs", about, groups.keys())];
    for (name, items) in groups {
        let tag = name.trim_end_matches('_').replace('_', " ");
        let about = format!("The operations of `{tag}`.");
        modules.push(module(format!("operations/{name}.rs"), about, items));
    }
    modules
}

/// The schemas whose type users can name, and the type as it is written beside the module `types`: components, request bodies
/// and the bodies of responses.
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

/// A module that re-exports everything in its modules.
fn root<'n>(path: &str, about: &str, modules: impl Iterator<Item = &'n String>) -> Module {
    let names: Vec<_> = modules.map(|name| format_ident!("{name}")).collect();
    Module {
        path: path.to_owned(),
        about: about.to_owned(),
        sources: Vec::new(),
        code: vec![print(quote!(#(mod #names;)* #(pub use #names::*;)*))],
    }
}

/// Items as text.
fn print(items: TokenStream) -> String {
    tree::render(parse(items), &[])
}

fn parse(code: TokenStream) -> syn::File {
    syn::parse2(code).expect("the quoted code is Rust")
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
