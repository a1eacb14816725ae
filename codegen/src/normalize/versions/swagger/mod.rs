//! Converts Swagger 2.0 to OpenAPI 3.0, as the first step: all later ones see OpenAPI 3 only.
//!
//! The document is built anew, and [`places`] knows where each of its nodes is in the author's document, so that later diagnostics
//! have the author's places. What OpenAPI 3 cannot say is reported. Malformed nodes stay as they are: a later pass repairs or
//! rejects them.
//!
//! Vendor extensions are not used, except `x-nullable` of schemas, as in OpenAPI 3: two documents that differ in others alone give the
//! same client.

mod bodies;
mod collections;
mod operations;
mod parameters;
mod places;
mod references;
mod responses;
mod schemas;
mod security;
mod servers;
mod strings;

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::read;
use crate::pointer::Pointer;
use places::Places;
use strings::Entry;

/// The version of the converted document.
const VERSION: &str = "3.0.3";

pub(crate) const PASS: Pass = Pass::new("swagger", "converts Swagger 2.0 to OpenAPI 3.0", apply);

fn apply(document: &mut Value, log: &mut Log) {
    if Kind::root(document) != Kind::Swagger {
        return;
    }
    let author = std::mem::take(document);
    let mut conversion = Conversion {
        author: &author,
        log,
        places: Places::default(),
        consumes: Vec::new(),
        produces: Vec::new(),
        styled_parts: Vec::new(),
        schemes_without_host: Vec::new(),
    };
    conversion.newer_members();
    *document = conversion.document();
    conversion.report_schemes_without_host();
    let Conversion {
        places,
        styled_parts,
        ..
    } = conversion;
    references::rewrite(&author, &places, document);
    log.moved_together(places.complete(&author, document));
    for place in styled_parts {
        log.facts.note(&place).has_part_styles = true;
    }
}

/// The author's document, and what is known so far about the new one.
struct Conversion<'a, 'l> {
    author: &'a Value,
    /// Gets places of the author's document.
    log: &'l mut Log,
    places: Places,
    /// The media types of bodies and responses where operations do not have their own.
    consumes: Vec<Entry>,
    produces: Vec<Entry>,
    /// The multipart bodies whose parts have styles.
    styled_parts: Vec<Pointer>,
    /// Schemes of operations that have no effect.
    schemes_without_host: Vec<Pointer>,
}

impl Conversion<'_, '_> {
    /// Reports the members that only OpenAPI 3 has: many documents have some, and their authors mean them so.
    fn newer_members(&mut self) {
        read::nodes(self.author, |kind, place, node| {
            for name in node.as_object().into_iter().flat_map(Map::keys) {
                if kind.is_newer(name) {
                    let what = "read as in OpenAPI 3: Swagger 2.0 does not have this member";
                    self.log.change(&place.pointer().join(name), what);
                }
            }
        });
    }

    fn document(&mut self) -> Value {
        let author = self.author;
        let root = Pointer::root();
        self.consumes = self.strings_of_document("consumes");
        self.produces = self.strings_of_document("produces");
        let mut document = Map::new();
        document.insert("openapi".to_owned(), VERSION.into());
        self.places
            .add(&root.join("swagger"), &root.join("openapi"));
        // References to shared nodes lead to components, so these are converted first.
        let components = self.components();
        let servers = self.servers();
        for (name, value) in author.as_object().into_iter().flatten() {
            let value = match name.as_str() {
                "swagger"
                | "host"
                | "basePath"
                | "schemes"
                | "consumes"
                | "produces"
                | "definitions"
                | "parameters"
                | "responses"
                | "securityDefinitions"
                | "components" => continue,
                "paths" => self.paths(value),
                _ => value.clone(),
            };
            document.insert(name.clone(), value);
        }
        if let Some(servers) = servers {
            document.insert("servers".to_owned(), servers);
        }
        if let Some(components) = components {
            document.insert("components".to_owned(), components);
        }
        Value::Object(document)
    }

    /// The components. If the document already has some, they stay.
    fn components(&mut self) -> Option<Value> {
        let author = self.author;
        let mut components = author
            .get("components")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        for name in [
            "definitions",
            "parameters",
            "responses",
            "securityDefinitions",
        ] {
            let Some(members) = author.get(name) else {
                continue;
            };
            let from = Pointer::root().join(name);
            for (section, value) in self.section(name, &from, members) {
                match (components.get_mut(section), value) {
                    (Some(Value::Object(there)), Value::Object(more)) => there.extend(more),
                    (_, value) => {
                        components.insert(section.to_owned(), value);
                    }
                }
            }
        }
        (!components.is_empty()).then(|| components.into())
    }

    fn section(
        &mut self,
        name: &str,
        from: &Pointer,
        members: &Value,
    ) -> Vec<(&'static str, Value)> {
        let section = match name {
            "definitions" => "schemas",
            "parameters" => "parameters",
            "responses" => "responses",
            _ => "securitySchemes",
        };
        let to = Pointer::from_tokens(["components", section]);
        self.places.add(from, &to);
        let Value::Object(members) = members else {
            return vec![(section, members.clone())];
        };
        let mut converted = Map::new();
        let mut bodies = Map::new();
        for (name, node) in members {
            let (from, to) = (from.join(name), to.join(name));
            let node = match section {
                "schemas" => self.schema(&from, node),
                "responses" => self.shared_response(&from, &to, node),
                "parameters" => match self.shared_parameter(&from, &to, name, node) {
                    operations::Shared::Parameter(node) => node,
                    operations::Shared::Body(body) => {
                        bodies.insert(name.clone(), body);
                        continue;
                    }
                    operations::Shared::Form => continue,
                },
                _ => self.security_scheme(&from, &to, node),
            };
            converted.insert(name.clone(), node);
        }
        let mut sections = vec![(section, Value::Object(converted))];
        if !bodies.is_empty() {
            sections.push(("requestBodies", bodies.into()));
        }
        sections
    }
}

/// A schema of bytes.
fn binary() -> Value {
    json!({"type": "string", "format": "binary"})
}
