//! Path items, operations, and which of their parameters are the body.

use serde_json::{Map, Value, json};

use super::Conversion;
use super::references::reference_to;
use super::strings::{Entry, are_equal};
use crate::diagnostic::{Code, brief};
use crate::openapi::methods::is_method;
use crate::openapi::reference;
use crate::pointer::Pointer;

/// What a parameter becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Parameter,
    Body,
    /// A part of the body.
    Field,
}

/// A parameter in a list, or the one that it refers to.
#[derive(Clone, Debug)]
pub(super) struct Parameter<'a> {
    /// Its place in the list.
    pub(super) listed: Pointer,
    /// The place of its members.
    pub(super) place: Pointer,
    /// The node in the list.
    node: &'a Value,
    pub(super) members: &'a Map<String, Value>,
    role: Role,
}

impl Parameter<'_> {
    pub(super) fn name(&self) -> &str {
        let name = self.members.get("name").and_then(Value::as_str);
        name.unwrap_or_default()
    }

    pub(super) fn is_required(&self) -> bool {
        self.members.get("required") == Some(&Value::Bool(true))
    }

    pub(super) fn is_file(&self) -> bool {
        self.members.get("type").is_some_and(|ty| ty == "file")
    }

    /// Whether a parameter of an operation replaces this one of its path item.
    fn is_replaced_by(&self, own: &Self) -> bool {
        own.role == self.role && (self.role == Role::Body || own.name() == self.name())
    }
}

/// A shared parameter.
pub(super) enum Shared {
    Parameter(Value),
    Body(Value),
    /// Forms contain copies of it.
    Form,
}

fn role(members: &Map<String, Value>) -> Role {
    let location = members.get("in").and_then(Value::as_str);
    match location.unwrap_or_default().to_ascii_lowercase().as_str() {
        "body" => Role::Body,
        "formdata" => Role::Field,
        _ => Role::Parameter,
    }
}

impl<'a> Conversion<'a, '_> {
    pub(super) fn shared_parameter(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        name: &str,
        node: &Value,
    ) -> Shared {
        // The node is one of the author's document.
        let (_, resolved) = match from.get(self.author) {
            Some(node) => self.resolved(from, node),
            None => return Shared::Parameter(node.clone()),
        };
        let role = resolved.as_object().map_or(Role::Parameter, role);
        let is_reference = reference::of(node).is_some();
        match (role, node) {
            (Role::Field, _) => Shared::Form,
            (Role::Body, _) if is_reference => {
                let to = Pointer::from_tokens(["components", "requestBodies", name]);
                self.places.add(from, &to);
                Shared::Body(node.clone())
            }
            (Role::Body, Value::Object(members)) => {
                let to = Pointer::from_tokens(["components", "requestBodies", name]);
                let consumes = self.consumes.clone();
                Shared::Body(self.body(from, &to, members, &consumes))
            }
            (_, Value::Object(members)) if !is_reference => {
                Shared::Parameter(self.parameter(from, to, members))
            }
            _ => Shared::Parameter(node.clone()),
        }
    }

    pub(super) fn paths(&mut self, paths: &'a Value) -> Value {
        let Value::Object(members) = paths else {
            return paths.clone();
        };
        let place = Pointer::root().join("paths");
        let mut converted = Map::new();
        for (path, item) in members {
            let item = if path.starts_with("x-") {
                item.clone()
            } else {
                self.path_item(&place.join(path), item)
            };
            converted.insert(path.clone(), item);
        }
        Value::Object(converted)
    }

    fn path_item(&mut self, to: &Pointer, item: &'a Value) -> Value {
        let (mut from, mut item) = (to.clone(), item);
        // Only paths are converted in their places: other targets are copied.
        if reference::of(item).is_some() {
            let (place, target) = self.resolved(to, item);
            if !place.as_str().starts_with("/paths/") && target.is_object() {
                self.places.made(&place, to);
                (from, item) = (place, target);
            }
        }
        let Value::Object(members) = item else {
            return item.clone();
        };
        let list = from.join("parameters");
        let shared = self.parameters(&list, members.get("parameters"));
        let mut converted = Map::new();
        for (name, value) in members {
            let (from, to) = (from.join(name), to.join(name));
            let value = match name.as_str() {
                "parameters" => self.list(&to, value, &shared),
                _ if is_method(name) => self.operation(&from, &to, value, &shared),
                _ => value.clone(),
            };
            converted.insert(name.clone(), value);
        }
        Value::Object(converted)
    }

    /// The parameters of a list, with those that it refers to. Malformed ones are not among them.
    fn parameters(&self, place: &Pointer, list: Option<&'a Value>) -> Vec<Parameter<'a>> {
        let mut found = Vec::new();
        let list = list.and_then(Value::as_array);
        for (index, node) in list.into_iter().flatten().enumerate() {
            let listed = place.index(index);
            let (place, resolved) = self.resolved(&listed, node);
            let Value::Object(members) = resolved else {
                continue;
            };
            found.push(Parameter {
                role: role(members),
                listed,
                place,
                node,
                members,
            });
        }
        found
    }

    /// A list of parameters without the body.
    fn list(
        &mut self,
        list_place: &Pointer,
        list: &'a Value,
        parameters: &[Parameter<'a>],
    ) -> Value {
        let Value::Array(nodes) = list else {
            return list.clone();
        };
        let mut parameters = parameters.iter().peekable();
        let mut converted = Vec::with_capacity(nodes.len());
        for node in nodes {
            let to = list_place.index(converted.len());
            let known = parameters.next_if(|it| std::ptr::eq(it.node, node));
            let Some(parameter) = known else {
                // A later pass rejects it.
                converted.push(node.clone());
                continue;
            };
            if parameter.role != Role::Parameter {
                continue;
            }
            self.check_location(list_place, parameter);
            self.places.add(&parameter.listed, &to);
            let is_reference = reference::of(node).is_some();
            let is_converted = ["/parameters/", "/paths/"]
                .iter()
                .any(|home| parameter.place.as_str().starts_with(home));
            if is_reference && is_converted {
                converted.push(node.clone());
                continue;
            }
            if is_reference {
                self.places.made(&parameter.place, &to);
            }
            converted.push(self.parameter(&parameter.place, &to, parameter.members));
        }
        Value::Array(converted)
    }

    /// Rejects what has a list of parameters if one of them is in a place that no version knows.
    fn check_location(&mut self, list: &Pointer, parameter: &Parameter<'a>) {
        let location = parameter.members.get("in").and_then(Value::as_str);
        let Some(location) = location else { return };
        let lower = location.to_ascii_lowercase();
        if ["path", "query", "header", "cookie"].contains(&lower.as_str()) {
            return;
        }
        let owner = list.parent().unwrap_or_default();
        let message = format!("`in: {}` is not valid", brief(location));
        let help = "write `path`, `query`, `header`, `formData` or `body`";
        let code = Code::UNSUPPORTED_PARAMETER;
        self.log
            .reject_for(&owner, code, &parameter.place, message, help);
    }

    fn operation(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        operation: &'a Value,
        shared: &[Parameter<'a>],
    ) -> Value {
        let Value::Object(members) = operation else {
            return operation.clone();
        };
        let consumes = self.own_strings(from, members, "consumes");
        let produces = self.own_strings(from, members, "produces");
        let own = self.parameters(&from.join("parameters"), members.get("parameters"));
        let body = self.request_body(to, &own, shared, consumes.as_deref());
        let mut converted = Map::new();
        for (name, value) in members {
            match name.as_str() {
                "consumes" | "produces" | "schemes" => {}
                "parameters" => {
                    let list = self.list(&to.join(name), value, &own);
                    converted.insert(name.clone(), list);
                }
                "responses" => {
                    let responses = self.responses(&from.join(name), value, produces.as_deref());
                    converted.insert(name.clone(), responses);
                }
                _ => {
                    converted.insert(name.clone(), value.clone());
                }
            }
        }
        if let Some(body) = body {
            converted.insert("requestBody".to_owned(), body);
        }
        if let Some(servers) = self.servers_of_operation(from, to, members) {
            converted.insert("servers".to_owned(), servers);
        }
        Value::Object(converted)
    }

    /// The media types of an operation; `None` if it uses those of the document.
    fn own_strings(
        &mut self,
        place: &Pointer,
        members: &Map<String, Value>,
        name: &str,
    ) -> Option<Vec<Entry>> {
        members.get(name).filter(|value| !value.is_null())?;
        Some(self.strings(&place.join(name), members.get(name)))
    }

    fn request_body(
        &mut self,
        to: &Pointer,
        own: &[Parameter<'a>],
        shared: &[Parameter<'a>],
        consumes: Option<&[Entry]>,
    ) -> Option<Value> {
        let is_kept = |it: &&Parameter| !own.iter().any(|own| it.is_replaced_by(own));
        let all = shared.iter().filter(is_kept).chain(own);
        let (mut bodies, mut fields) = (Vec::new(), Vec::<Parameter>::new());
        for parameter in all {
            match parameter.role {
                Role::Body => bodies.push(parameter.clone()),
                Role::Field => match fields.iter_mut().find(|it| it.name() == parameter.name()) {
                    Some(earlier) => {
                        let what = format!("removed: `{}` is declared twice", earlier.name());
                        self.log.change(&earlier.listed, what);
                        *earlier = parameter.clone();
                    }
                    None => fields.push(parameter.clone()),
                },
                Role::Parameter => {}
            }
        }
        let second = bodies.get(1).or(if bodies.is_empty() {
            None
        } else {
            fields.first()
        });
        if let Some(second) = second {
            let message = "an operation has one body: a parameter with `in: body`, or a form";
            let help = "keep one of them";
            self.log
                .reject_for(to, Code::CONFLICTING_MEMBERS, &second.listed, message, help);
        }
        let usual = self.consumes.clone();
        let media_types = consumes.unwrap_or(&usual);
        let place = to.join("requestBody");
        let Some(body) = bodies.first() else {
            return (!fields.is_empty()).then(|| self.form(to, &fields, media_types));
        };
        let is_shared = body.place.as_str().starts_with("/parameters/");
        let name = body.place.last().unwrap_or_default();
        let is_component = is_shared && body.place.tokens().count() == 2;
        if is_component && consumes.is_none_or(|own| are_equal(own, &usual)) {
            self.places.add(&body.listed, &place);
            let home = Pointer::from_tokens(["components", "requestBodies", &name]);
            return Some(json!({ "$ref": reference_to(&home) }));
        }
        if body.listed != body.place {
            self.places.add(&body.listed, &place);
        }
        Some(self.body(&body.place, &place, body.members, media_types))
    }
}
