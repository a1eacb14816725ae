//! What a normalized document says, as plain data: named schemas and operations, each with the Rust name that it gets.
//!
//! Stands between `normalize`, whose result it reads, and `lower` and `refine`, which never look at the document again.
//! Schemas stay as the document wrote them: `lower` finds out their Rust types.

mod body;
mod components;
mod names;
mod operation;
mod parameter;
mod reply;
mod schema;
mod security;
mod sent;

use serde_json::Value;

pub(crate) use body::{Body, Encoding, Media};
use components::Components;
pub(crate) use names::{Scope, type_name, value_name, variant_name as type_or_variant};
pub(crate) use operation::Operation;
pub(crate) use parameter::{Parameter, Place, Style};
pub(crate) use reply::{Reply, Statuses};
pub(crate) use schema::{EnumValue, Field, Object, Schema, Shape, Union};

use crate::Pointer;
use crate::normalize::facts::Facts;

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
}

impl Model {
    /// Reads a normalized document.
    pub(crate) fn read(document: &Value, facts: &Facts) -> Self {
        let mut schemas = schema::read_all(document);
        let components = Components::new(&schemas);
        let operations = operation::read_all(document, facts, &components);
        let sent = sent::schemas(&operations, &schemas);
        for (index, schema) in schemas.iter_mut().enumerate() {
            schema.is_sent = sent.contains(&index);
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

    /// Goes on without what stands at a place: an operation goes, and a schema stands for any value. Says so, in half a
    /// sentence; `None` if there is nothing at that place that can go.
    pub(crate) fn leave_out(&mut self, place: &Pointer) -> Option<String> {
        let mut operations = self.operations.iter();
        if let Some(index) = operations.position(|operation| operation.place == *place) {
            let Operation {
                method, path, id, ..
            } = self.operations.remove(index);
            return Some(format!("`{method} {path}` ({id}) is left out"));
        }
        let any = Value::Object(serde_json::Map::new());
        let schema = self.schemas.iter_mut().find(|it| it.place == *place)?;
        if let Shape::Alias(typed) = &schema.shape
            && typed.schema == any
        {
            return None;
        }
        schema.shape = Shape::Alias(Typed {
            place: place.clone(),
            schema: any,
        });
        Some(format!(
            "the schema `{}` is taken as any value",
            schema.name
        ))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stops_the_engine_goes_or_stands_for_any_value() {
        let document = json!({
            "info": {"title": "Pets", "version": "1"},
            "paths": {"/pets": {"get": {"operationId": "listPets", "responses": {"200": {"description": "All."}}}}},
            "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}},
        });
        let mut model = Model::read(&document, &Facts::default());
        let operation = Pointer::from_tokens(["paths", "/pets", "get"]);
        let said = model.leave_out(&operation);
        assert_eq!(said.as_deref(), Some("`GET /pets` (listPets) is left out"));
        assert!(model.operations.is_empty());

        let schema = Pointer::from_tokens(["components", "schemas", "Pet"]);
        let said = model.leave_out(&schema);
        assert_eq!(
            said.as_deref(),
            Some("the schema `Pet` is taken as any value")
        );
        assert!(
            matches!(&model.schemas[0].shape, Shape::Alias(typed) if typed.schema == json!({}))
        );
        assert_eq!(
            model.leave_out(&schema),
            None,
            "there is no more to leave out"
        );
    }
}
