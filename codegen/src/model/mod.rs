//! What a normalized document says, as plain data: named schemas and operations, each with the Rust name that it gets.
//!
//! Stands between `normalize`, whose result it reads, and `types` and `emit`, which never look at the document again.

mod body;
mod components;
mod names;
mod operation;
mod parameter;
mod response;
mod rust_type;
mod schema;
mod security;
mod sent;

use std::cell::OnceCell;

use serde_json::Value;

pub(crate) use body::{Body, Encoding, Media};
use components::Components;
pub(crate) use names::{type_name, value_name};
pub(crate) use operation::Operation;
pub(crate) use parameter::{Parameter, ParameterPlace, Style};
pub(crate) use response::{Response, Statuses};
pub(crate) use rust_type::{Integer, SchemaIndex, Type};
pub(crate) use schema::{EnumValue, Field, Object, Schema, Shape, Union};

use crate::pointer::Pointer;

/// A document.
#[derive(Debug)]
pub(crate) struct Model {
    /// `info.title`.
    pub(crate) title: String,
    /// `info.version`.
    pub(crate) version: String,
    /// The URL templates of the servers.
    pub(crate) servers: Vec<String>,
    /// What shows who calls, a phrase of Markdown each.
    pub(crate) security: Vec<String>,
    /// The component schemas, in the order of the document.
    pub(crate) schemas: Vec<Schema>,
    /// The operations, in the order of the document.
    pub(crate) operations: Vec<Operation>,
}

/// A part of the document that has a Rust type: where it stands and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    /// Where it stands in the normalized document.
    pub(crate) place: Pointer,
    /// A schema of the normal form.
    pub(crate) schema: Value,
    ty: OnceCell<Type>,
}

impl Typed {
    /// A part whose type is still to be decided.
    fn new(place: Pointer, schema: Value) -> Self {
        let ty = OnceCell::new();
        Self { place, schema, ty }
    }

    /// Its Rust type.
    pub(crate) fn ty(&self) -> &Type {
        self.ty.get().unwrap_or(&Type::Any)
    }

    /// Decides on its type; the first decision counts.
    pub(crate) fn decide(&self, ty: Type) {
        self.ty.get_or_init(|| ty);
    }
}

impl Model {
    /// Reads a normalized document.
    pub(crate) fn read(document: &Value) -> Self {
        let mut schemas = schema::read_all(document);
        let components = Components::new(&schemas);
        let operations = operation::read_all(document, &components);
        let sent = sent::schemas(&operations, &schemas);
        for (index, schema) in schemas.iter_mut().enumerate() {
            schema.is_sent = sent.contains(&index);
            schema.name_setters();
        }
        let info = |name| text(&document["info"], name);
        Self {
            title: info("title"),
            version: info("version"),
            servers: servers(document),
            security: security::describe(document),
            operations,
            schemas,
        }
    }

    /// Every part that has a Rust type.
    pub(crate) fn typed(&self) -> impl Iterator<Item = &Typed> {
        let schemas = self.schemas.iter().flat_map(Schema::typed);
        schemas.chain(self.operations.iter().flat_map(Operation::typed))
    }
}

fn servers(document: &Value) -> Vec<String> {
    let servers = document["servers"].as_array();
    servers
        .into_iter()
        .flatten()
        .map(|server| text(server, "url"))
        .filter(|url| !url.is_empty())
        .collect()
}

/// A member that is text; empty if it is not there.
fn text(node: &Value, name: &str) -> String {
    node[name].as_str().unwrap_or_default().to_owned()
}

/// Title and description of a node, as one Markdown text.
fn prose(node: &Value, title: &str) -> String {
    let (title, description) = (text(node, title), text(node, "description"));
    let (title, description) = (title.trim(), description.trim());
    if description.is_empty() || title.is_empty() || description.starts_with(title) {
        return if description.is_empty() {
            title
        } else {
            description
        }
        .to_owned();
    }
    format!("{title}\n\n{description}")
}

/// The name of the component that a reference means.
pub(crate) fn component_name(reference: &str) -> Option<String> {
    let token = reference.strip_prefix("#/components/schemas/")?;
    Some(token.replace("~1", "/").replace("~0", "~"))
}

/// The schema that a node refers to, through the `allOf` that holds annotations beside a reference.
pub(crate) fn reference(node: &Value) -> Option<String> {
    let node = match node["allOf"].as_array().map(Vec::as_slice) {
        Some([only]) => only,
        _ => node,
    };
    node["$ref"].as_str().and_then(component_name)
}
