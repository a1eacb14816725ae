//! The JSON Schema Test Suite, draft 2020-12: does a generated type keep each value that its schema allows?
//!
//! A case is a group of the suite: a schema with values. Its schema becomes a component of a document of its own, and all
//! documents become modules of one crate. A program in it reads each valid value strictly, writes it, and compares the two. A
//! type is looser than a schema, so that values that are not valid are no part of this.

mod crate_of_groups;
mod groups;

use std::path::Path;

use releasepack_codegen::{Bundle, Document, Generation, Strictness, generate, type_origins};
use serde_json::{Value, json};

use super::{Case, Outcomes};
use groups::{Group, Groups};

/// The name of the component.
const COMPONENT: &str = "Group";

/// A group whose types were generated.
struct Client<'g> {
    group: &'g Group,
    /// The module of the client.
    ident: String,
    generation: Generation,
    /// The type of the component, relative to the parent of the module `types`.
    rust: String,
}

/// Runs the suite whose root is `from`.
pub(crate) fn run(from: &Path) -> Result<Outcomes, String> {
    let Groups { groups, left_out } = groups::read(from)?;
    let mut clients = Vec::new();
    let mut cases = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        match client(group, index) {
            Ok(client) => clients.push(client),
            Err(failure) => cases.push(Case {
                name: group.name.clone(),
                failure: Some(failure),
            }),
        }
    }
    let failures = crate_of_groups::run(&clients)?;
    cases.extend(clients.iter().map(|client| Case {
        name: client.group.name.clone(),
        failure: failures.get(&client.ident).cloned(),
    }));
    Ok(Outcomes { cases, left_out })
}

/// The types of a group, or why there are none.
fn client(group: &Group, index: usize) -> Result<Client<'_>, String> {
    let text = document(&group.schema).to_string();
    let refused = |faults: Vec<releasepack_codegen::Diagnostic>| match faults.first() {
        Some(fault) => format!("not generated: {}", fault.message),
        None => "not generated".to_owned(),
    };
    let document = Document::parse("group.json", text.as_bytes()).map_err(refused)?;
    let bundle = Bundle::from(document);
    let generation = generate(&bundle, Strictness::Strict).map_err(refused)?;
    let origins = type_origins(&bundle, Strictness::Strict).map_err(refused)?;
    let place = format!("/components/schemas/{COMPONENT}");
    let origin = origins
        .into_iter()
        .find(|origin| origin.schema.as_str() == place);
    let origin = origin.ok_or("not generated: the component has no type")?;
    Ok(Client {
        group,
        ident: format!("group_{index}"),
        generation,
        rust: origin.rust,
    })
}

/// A document whose only component is the schema.
fn document(schema: &Value) -> Value {
    let mut schema = schema.clone();
    groups::move_references(&mut schema, &format!("#/components/schemas/{COMPONENT}"));
    json!({
        "openapi": "3.1.0",
        "info": {"title": "A group of the suite", "version": "1"},
        "paths": {},
        "components": {"schemas": {COMPONENT: schema}},
    })
}
