//! Copies path items, parameters, request bodies, responses, headers and examples to where they are used.
//!
//! After this pass, `$ref` refers to schemas only, and components hold only schemas and security schemes.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::request_bodies;
use crate::normalize::operations::responses;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::repair::{Fault, Target, find};
use crate::openapi::reference::resolver;
use crate::openapi::reference::uri;
use crate::openapi::walk::held_by;
use crate::pointer::Pointer;

/// How much the copies of shared nodes may add, in bytes. Published documents add a few megabytes.
const MAX_COPIED: usize = 64 * 1024 * 1024;

pub(crate) const PASS: Pass = Pass::new(
    "references",
    "copies parameters, bodies, responses and so on to the operations that use them",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let no_schemas = Map::new();
    let mut copy = Copy {
        log,
        document,
        schemas: document
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .unwrap_or(&no_schemas),
        uses: HashMap::new(),
        sizes: HashMap::new(),
        copied: 0,
    };
    let paths = document.get("paths").and_then(Value::as_object);
    let place = Pointer::root().join("paths");
    let paths = paths.map(|paths| copy.inner(Kind::Paths, paths, &place));
    let schemes = copy.security_schemes();
    let uses = copy.uses;

    // All nodes that operations use are in the paths now.
    let components = document.get_mut("components");
    if let Some(components) = components.and_then(Value::as_object_mut) {
        components.retain(|section, _| matches!(section.as_str(), "schemas" | "securitySchemes"));
    }
    if let Some(paths) = paths {
        document["paths"] = Value::Object(paths);
    }
    if let Some(schemes) = schemes {
        document["components"]["securitySchemes"] = Value::Object(schemes);
    }
    let mut uses: Vec<(Pointer, usize)> = uses.into_iter().collect();
    uses.sort();
    for (component, count) in uses {
        let what = match count {
            1 => "copied to the operation that uses it".to_owned(),
            _ => format!("copied to the {count} places that use it"),
        };
        log.change(&component, what);
    }
}

struct Copy<'w, 'd> {
    log: &'w mut Log,
    /// The document before the pass.
    document: &'d Value,
    schemas: &'d Map<String, Value>,
    /// How often each shared node is used.
    uses: HashMap<Pointer, usize>,
    /// The size of each shared node.
    sizes: HashMap<Pointer, usize>,
    copied: usize,
}

impl<'d> Copy<'_, 'd> {
    /// A copy of a node without references; `None` if a reference is not valid.
    fn node(&mut self, kind: Kind, value: &Value, place: &Pointer) -> Option<Value> {
        let Some(members) = value.as_object() else {
            return Some(value.clone());
        };
        let reference = members.get("$ref").and_then(Value::as_str);
        match reference.filter(|_| kind.section().is_some()) {
            Some(_) if kind == Kind::PathItem => self.path_item(members, place),
            Some(reference) => match self.target(kind, reference) {
                Ok(target) => {
                    self.log.moved(&target.place, place);
                    let mut inner = self.inner(kind, target.value.as_object()?, place);
                    // In OpenAPI 3.1, a reference can have its own description.
                    for (name, text) in members {
                        let is_text = kind.member(name) == Some(Holds::Text);
                        let is_own = matches!(name.as_str(), "summary" | "description");
                        if is_text && is_own && text.is_string() {
                            inner.insert(name.clone(), text.clone());
                        }
                    }
                    match kind {
                        Kind::RequestBody if target.is_hidden => {
                            request_bodies::body(self.schemas, self.log, place, &mut inner);
                        }
                        Kind::Response if target.is_hidden => {
                            responses::response(self.schemas, self.log, place, &mut inner);
                        }
                        _ => {}
                    }
                    Some(Value::Object(inner))
                }
                Err(fault) => self.mend(kind, fault, place),
            },
            None => Some(Value::Object(self.inner(kind, members, place))),
        }
    }

    /// The members of a node.
    fn inner(
        &mut self,
        kind: Kind,
        members: &Map<String, Value>,
        place: &Pointer,
    ) -> Map<String, Value> {
        let mut result = Map::new();
        for (name, value) in members {
            let place = place.join(name);
            let value = match (held_by(kind, name), value) {
                (Some(Holds::One(inner)), value) => self.node(inner, value, &place),
                (Some(Holds::List(inner)), Value::Array(elements)) => {
                    Some(self.elements(inner, elements, &place))
                }
                (Some(Holds::Map(inner)), Value::Object(members)) => {
                    Some(self.members(inner, members, &place))
                }
                _ => Some(value.clone()),
            };
            if let Some(value) = value {
                result.insert(name.clone(), value);
            }
        }
        result
    }

    fn elements(&mut self, kind: Kind, elements: &[Value], place: &Pointer) -> Value {
        let mut result = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            let (old, new) = (place.index(index), place.index(result.len()));
            if old != new {
                self.log.moved(&old, &new);
            }
            result.extend(self.node(kind, element, &new));
        }
        Value::Array(result)
    }

    fn members(&mut self, kind: Kind, members: &Map<String, Value>, place: &Pointer) -> Value {
        let members = members.iter().filter_map(|(name, member)| {
            let value = self.node(kind, member, &place.join(name))?;
            Some((name.clone(), value))
        });
        Value::Object(members.collect())
    }

    /// A path item that refers to another one. Its own members override those of the other.
    fn path_item(&mut self, members: &Map<String, Value>, place: &Pointer) -> Option<Value> {
        let mut merged = members.clone();
        let mut seen = vec![place.clone()];
        while let Some(reference) = merged.shift_remove("$ref") {
            let reference = reference.as_str().unwrap_or_default();
            let target = match self.target(Kind::PathItem, reference) {
                Ok(target) if seen.contains(&target.place) => {
                    let message = format!("`{reference}` is part of a loop of references");
                    let help = "let one of the references in the loop be the path item itself";
                    self.log.reject(Code::REFERENCE_LOOP, place, message, help);
                    return None;
                }
                Ok(target) => target,
                Err(fault) => {
                    self.give_up(Kind::PathItem, place, fault);
                    return None;
                }
            };
            for (name, value) in target.value.as_object()? {
                if !merged.contains_key(name) {
                    merged.insert(name.clone(), value.clone());
                    self.log.moved(&target.place.join(name), &place.join(name));
                }
            }
            seen.push(target.place);
        }
        Some(Value::Object(self.inner(Kind::PathItem, &merged, place)))
    }

    /// The node that a reference leads to.
    fn target(&mut self, kind: Kind, reference: &str) -> Result<Target<'d>, Fault> {
        let target = find(self.document, reference, kind)?;
        let size = *self
            .sizes
            .entry(target.place.clone())
            .or_insert_with(|| size(target.value));
        if self.copied.saturating_add(size) > MAX_COPIED {
            return Err(Fault {
                code: Code::REFERENCE_EXPANSION,
                message: format!(
                    "resolving the references makes the document larger by more than {} MB",
                    MAX_COPIED / 1024 / 1024
                ),
                help: "make the shared parameters and responses smaller, first their large examples",
                target: None,
                at: None,
            });
        }
        self.copied += size;
        *self.uses.entry(target.place.clone()).or_default() += 1;
        Ok(target)
    }

    /// Repairs a `$ref` to a schema in place of a response or request body with that schema; rejects other faults.
    fn mend(&mut self, kind: Kind, fault: Fault, place: &Pointer) -> Option<Value> {
        let is_schema = |target: &Pointer| {
            target
                .below(&Pointer::from_tokens(["components", "schemas"]))
                .is_some()
        };
        let has_body = matches!(kind, Kind::Response | Kind::RequestBody);
        let schema = fault.target.as_ref().filter(|target| {
            fault.code == Code::MISTAKEN_REFERENCE && has_body && is_schema(target)
        });
        let Some(schema) = schema else {
            self.give_up(kind, place, fault);
            return None;
        };
        let noun = kind.name();
        let message =
            format!("`#{schema}` is a schema, not a {noun}; it was read as a {noun} in JSON");
        let help = "write it as the schema of `content`/`application/json`";
        self.log
            .warn(Code::MISTAKEN_REFERENCE, place, message, help);
        let content = json!({"application/json": {"schema": {"$ref": format!("#{schema}")}}});
        Some(match kind {
            Kind::RequestBody => json!({"content": content, "required": false}),
            _ => json!({"description": "", "content": content}),
        })
    }

    /// Rejects a reference. For a header or an example, only the reference is left out.
    fn give_up(&mut self, kind: Kind, place: &Pointer, fault: Fault) {
        if let Some(at) = &fault.at {
            self.log.moved(at, place);
        }
        let reject = |target| self.log.reject_user(target, place);
        if fault.target.as_ref().is_some_and(reject) {
            return;
        }
        if matches!(kind, Kind::Header | Kind::Example) {
            self.log
                .leave_out(fault.code, place, fault.message, fault.help);
        } else {
            self.log
                .reject(fault.code, place, fault.message, fault.help);
        }
    }

    /// The security schemes, without references among them.
    fn security_schemes(&mut self) -> Option<Map<String, Value>> {
        let place = Pointer::from_tokens(["components", "securitySchemes"]);
        let schemes = place.get(self.document)?.as_object()?;
        let mut result = Map::new();
        for (name, scheme) in schemes {
            let found = resolver::resolved(self.document, scheme).unwrap_or(scheme);
            let text = found
                .get("$ref")
                .map(|text| text.as_str().unwrap_or_default());
            if text.is_some_and(|text| uri::Target::read(text, "") == uri::Target::Url) {
                // A client can be generated without the description of a security scheme.
                let message = "the security scheme is at a URL; it was left out";
                let help = "download it beside the document, and refer to the file";
                self.log
                    .warn(Code::REMOTE_REFERENCE, &place.join(name), message, help);
            } else if text.is_some() {
                let message = "the security scheme of this reference does not exist";
                let help = "correct the name, or add the missing component";
                self.log
                    .leave_out(Code::DANGLING_REFERENCE, &place.join(name), message, help);
            } else {
                result.insert(name.clone(), found.clone());
            }
        }
        Some(result)
    }
}

/// The size of a value in bytes, roughly.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => 8 + text.len(),
        Value::Array(elements) => 8 + elements.iter().map(size).sum::<usize>(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| 8 + name.len() + size(value))
            .sum(),
    }
}
