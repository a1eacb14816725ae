//! Writes the Rust code of a client from a model with its types. Each kind of item in the generated code has a file here. The
//! shared code that all clients use is written by hand, in the client's `runtime`.

mod alias;
mod client;
pub(crate) mod docs;
mod equal;
pub(crate) mod face;
mod object;
mod operation;
mod parameter;
mod response;
mod split;
mod string_enum;
mod support;
mod types;
mod union;
mod uses;

use std::collections::{BTreeSet, HashSet};
use std::thread;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Model, Operation, SchemaIndex, Shape, Type};
use crate::parallel;
use crate::pointer::Pointer;
use crate::tree;
use equal::{Code, Equal};
use split::{MOST_OPERATIONS, operation_key, operation_tag, split};
use support::{Piece, Support};
use types::Types;
use uses::Uses;

/// One module of the generated code.
#[derive(Debug)]
pub(crate) struct Module {
    /// Its file below the folder of the generated code, e.g. `operations/pets.rs`.
    pub(crate) path: String,
    /// The parts of the document that it is made from, in the order of its items; none for code that does not depend on them.
    pub(crate) sources: Vec<Pointer>,
    /// Its documentation, in Markdown.
    about: String,
    /// Its items as text.
    pub(crate) code: Vec<String>,
    /// The tags whose operations need it; none if no operation does. `None` if it is always needed.
    pub(crate) tags: Option<BTreeSet<String>>,
}

impl Module {
    /// A module that is always needed, with its sources and its code.
    fn new(path: &str, about: &str, (sources, code): (Vec<Pointer>, Vec<String>)) -> Self {
        Self {
            path: path.to_owned(),
            sources,
            about: about.to_owned(),
            code,
            tags: None,
        }
    }

    /// The name of the module in code.
    fn name(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.trim_end_matches(".rs")
    }

    /// The text of the file: its documentation, the lines of `header` as comments, its items.
    pub(crate) fn text(&self, header: &[&str]) -> String {
        let lines = self.about.lines();
        let about = lines.map(|line| format!(" {line}").trim_end().to_owned());
        let mut text = tree::render(parse(quote!(#(#![doc = #about])*)), header);
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
    for ty in model.typed().flat_map(|typed| typed.ty().layers()) {
        match ty {
            Type::Date => support.need(Piece::Date),
            Type::DateTime => support.need(Piece::DateTime),
            Type::Uuid => support.need(Piece::Uuid),
            _ => {}
        }
    }
    let schemas = schemas(model, &types);
    let operations = operations(model, &types, &mut support);
    let support = support.module();
    let mut modules = vec![client::module(model, support.is_some())];
    modules.extend(operations);
    modules.extend(schemas);
    modules.extend(support);
    modules
}

fn schemas(model: &Model, types: &Types) -> Vec<Module> {
    let indices: Vec<SchemaIndex> = (0..model.schemas.len()).collect();
    let items = parallel::map(&indices, threads(), |index| item(*index, model, types));
    let codes: Vec<&Code> = items.iter().map(|(code, _)| code).collect();
    let equal = Equal::of(model, types, &codes);
    let items: Vec<(SchemaIndex, String)> = items
        .into_iter()
        .enumerate()
        .map(|(index, (_, text))| match equal.shared(index, model) {
            Some(first) => (
                index,
                print(alias::shared(&model.schemas[index], first, types)),
            ),
            None => (index, text),
        })
        .map(|(index, mut text)| {
            let schema = &model.schemas[index];
            if !schema.aliases.is_empty() {
                text.push('\n');
                text.push_str(&print(alias::further(schema)));
            }
            (index, text)
        })
        .collect();
    let module = |items: Vec<(SchemaIndex, String)>, is_split| {
        let schemas = items.iter().map(|(index, _)| &model.schemas[*index]);
        let sources = schemas.map(|schema| schema.place.clone()).collect();
        let own: HashSet<SchemaIndex> = items.iter().map(|(index, _)| *index).collect();
        let mut used = items.iter().flat_map(|(index, _)| {
            let parts = model.schemas[*index].typed();
            match equal.shared(*index, model) {
                Some(first) => vec![first],
                None => parts.iter().filter_map(|part| part.ty().named()).collect(),
            }
        });
        let uses_others = is_split && used.any(|index| !own.contains(&index));
        let others = uses_others.then(|| {
            print(quote!(
                use super::*;
            ))
        });
        let code = others
            .into_iter()
            .chain(items.into_iter().map(|(_, code)| code));
        (sources, code.collect())
    };
    let about = concat!(
        "The types of the API.\n\n",
        include_str!("../../support/tables.md")
    );
    if items.len() <= uses::MOST {
        return vec![Module::new("types.rs", about, module(items, false))];
    }
    let mut items: Vec<Option<(SchemaIndex, String)>> = items.into_iter().map(Some).collect();
    let uses = Uses::of(model, |index| equal.shared(index, model));
    let groups = uses.groups().into_iter().map(|(name, group)| {
        let types = group.types.iter();
        let own = types.filter_map(|index| items[*index].take()).collect();
        let about = format!(
            "{} The documentation of [`types`](super) explains their tables.",
            group.about
        );
        Module {
            tags: group.tags,
            ..Module::new(&format!("types/{name}.rs"), &about, module(own, true))
        }
    });
    with_root("types", about, groups.collect())
}

/// The modules of groups, and one that re-exports them.
fn with_root(name: &str, about: &str, groups: Vec<Module>) -> Vec<Module> {
    let names: Vec<_> = groups
        .iter()
        .map(|module| format_ident!("{}", module.name()))
        .collect();
    let code = print(quote!(#(mod #names;)* #(pub use #names::*;)*));
    let root = Module::new(&format!("{name}/mod.rs"), about, (Vec::new(), vec![code]));
    [root].into_iter().chain(groups).collect()
}

/// The code of a schema, to compare and as text.
fn item(index: SchemaIndex, model: &Model, types: &Types) -> (Code, String) {
    let schema = &model.schemas[index];
    let marked = match &schema.shape {
        Shape::Object(it) => object::item(index, schema, it, types),
        Shape::StringEnum(values) => string_enum::item(schema, values),
        Shape::Union(it) => union::item(schema, it, types),
        Shape::Alias(target) => alias::item(index, schema, target, types),
    };
    let (code, items) = Code::of(&schema.type_name, marked);
    (code, print(items))
}

fn operations(model: &Model, types: &Types, support: &mut Support) -> Vec<Module> {
    let rendered = parallel::map(&model.operations, threads(), |operation| {
        operation::Rendered::new(operation, types, model)
    });
    let mut items = Vec::with_capacity(rendered.len());
    for (operation, mut rendered) in model.operations.iter().zip(rendered) {
        support.unite(std::mem::take(&mut rendered.support));
        items.push((operation, rendered));
    }
    let module = |items: Vec<(&Operation, operation::Rendered)>, is_split| {
        let places = items.iter().map(|(operation, _)| operation.place.clone());
        let sources = places.collect();
        let rendered = items.into_iter().map(|(_, rendered)| rendered).collect();
        (sources, operation::code(rendered, is_split))
    };
    if items.len() <= MOST_OPERATIONS {
        let about = "The operations and their requests.";
        return vec![Module::new("operations.rs", about, module(items, false))];
    }
    let key = |(operation, _): &(&_, _), level| operation_key(operation, level);
    let groups = split(items, MOST_OPERATIONS, &key).into_iter();
    let groups = groups.map(|(name, items)| {
        let tags = items.iter().map(|(operation, _)| operation_tag(operation));
        let tags = tags.collect();
        let spoken = name.trim_end_matches('_').replace('_', " ");
        let about = format!("The operations of `{spoken}`.");
        Module {
            tags: Some(tags),
            ..Module::new(
                &format!("operations/{name}.rs"),
                &about,
                module(items, true),
            )
        }
    });
    let about = "The operations and their requests, grouped by tag and path.";
    with_root("operations", about, groups.collect())
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
