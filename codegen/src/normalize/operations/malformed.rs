//! Repairs or rejects nodes outside of schemas that do not have the type that OpenAPI requires.
//!
//! A node with one plausible meaning is repaired: a number instead of a string, one server instead of an array, `null`
//! instead of no member. Other nodes are rejected; if they are only documentation, they are left out. After this pass,
//! there is an object wherever OpenAPI requires one.

mod members;
mod repair;

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::diagnostic::kind_of;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::Version;
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;

const HELP: &str = "write it as the OpenAPI Specification defines it";

pub(crate) const PASS: Pass = Pass::new("malformed", "repairs or rejects malformed nodes", apply);

fn apply(document: &mut Value, log: &mut Log) {
    if let Some(members) = document.as_object_mut() {
        if members.shift_remove("$ref").is_some() {
            let place = Pointer::root().join("$ref");
            let message = "the document as a whole cannot be a `$ref`";
            log.leave_out(Code::MALFORMED_NODE, &place, message, "take it out");
        }
        Check { log }.node(Kind::Document, &Pointer::root(), members);
        members
            .entry("paths")
            .or_insert_with(|| serde_json::json!({}));
    }
}

struct Check<'w> {
    log: &'w mut Log,
}

/// What happens to a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Kept,
    Removed,
}

impl Check<'_> {
    /// Checks the value at a place. If it must be removed, the reason has been reported.
    fn value(&mut self, holds: Holds, place: &Pointer, value: &mut Value) -> Fate {
        match holds {
            Holds::Data | Holds::One(Kind::Schema) | Holds::List(Kind::Schema) => {
                return Fate::Kept;
            }
            // A later pass checks the schemas.
            Holds::Map(Kind::Schema) if value.is_object() => return Fate::Kept,
            _ => {}
        }
        if value.is_null() {
            return self.null(holds, place, value);
        }
        self.reshape(holds, place, value);
        match (holds, value) {
            (Holds::Text, Value::String(_)) | (Holds::Flag, Value::Bool(_)) => Fate::Kept,
            (Holds::Texts, Value::Array(texts)) => {
                self.texts(place, texts);
                Fate::Kept
            }
            (Holds::One(kind), Value::Object(members)) => self.node(kind, place, members),
            (Holds::List(kind), Value::Array(elements)) => {
                self.elements(kind, place, elements);
                Fate::Kept
            }
            (Holds::Map(kind), Value::Object(members)) => {
                members.retain(|name, member| {
                    self.value(Holds::One(kind), &place.join(name), member) == Fate::Kept
                });
                Fate::Kept
            }
            (holds, value) => {
                self.refuse(holds, place, value);
                Fate::Removed
            }
        }
    }

    fn node(&mut self, kind: Kind, place: &Pointer, members: &mut Map<String, Value>) -> Fate {
        if let Some(reference) = members.get("$ref") {
            if let Some(what) = repair::media_type_reference(kind, reference) {
                let reference = members.shift_remove("$ref").unwrap_or_default();
                members.insert(
                    "schema".to_owned(),
                    serde_json::json!({ "$ref": reference }),
                );
                self.log.change(place, what);
            } else if kind.section().is_none() {
                let message = format!("{} cannot be a `$ref`", kind.with_article());
                let help = "write the value here: a `$ref` can only refer to a component";
                self.give_up(kind, place, message, help);
                return Fate::Removed;
            } else if !reference.is_string() {
                let message = format!("the `$ref` is {}, not a string", kind_of(reference));
                self.give_up(kind, place, message, HELP);
                return Fate::Removed;
            }
        }
        self.members(kind, place, members);
        self.required(kind, place, members)
    }

    fn members(&mut self, kind: Kind, place: &Pointer, members: &mut Map<String, Value>) {
        members.retain(|name, member| match kind.member(name) {
            Some(holds) if name != "$ref" => {
                let place = place.join(name);
                if members::only_explains(holds, name) && !members::fits(holds, member) {
                    self.explanation(holds, &place, member) == Fate::Kept
                } else {
                    self.value(holds, &place, member) == Fate::Kept
                }
            }
            _ => true,
        });
    }

    /// Converts a value to the expected type if it has only one plausible meaning.
    fn reshape(&mut self, holds: Holds, place: &Pointer, value: &mut Value) -> bool {
        let Some(what) = repair::reshape(holds, value) else {
            return false;
        };
        self.log.change(place, what);
        if value.get(0).is_some() {
            self.log.moved(place, &place.index(0));
        }
        true
    }

    /// Repairs or removes malformed documentation: no client needs it.
    fn explanation(&mut self, holds: Holds, place: &Pointer, value: &mut Value) -> Fate {
        if value.is_null() {
            return Fate::Removed;
        }
        if self.reshape(holds, place, value) {
            return Fate::Kept;
        }
        let message = format!(
            "{} was ignored: expected {}",
            kind_of(value),
            repair::expected(holds)
        );
        self.log.warn(Code::MALFORMED_NODE, place, message, HELP);
        Fate::Removed
    }

    /// `null` instead of an optional node means that there is none. In place of an element or a named node, it is a fault.
    fn null(&mut self, holds: Holds, place: &Pointer, value: &mut Value) -> Fate {
        match holds {
            Holds::One(Kind::Response) => {
                *value = serde_json::json!({"description": ""});
                let what = "`null` was read as an empty response";
                self.log.change(place, what);
                Fate::Kept
            }
            Holds::One(Kind::Parameter) => {
                let message = "expected a parameter, found `null`";
                let help = "write the parameter, or remove the dash";
                self.log
                    .leave_out(Code::MALFORMED_NODE, place, message, help);
                Fate::Removed
            }
            Holds::One(Kind::Header | Kind::MediaType | Kind::Operation | Kind::SecurityScheme) => {
                self.refuse(holds, place, value);
                Fate::Removed
            }
            _ => {
                self.log.change(place, "`null` was removed");
                Fate::Removed
            }
        }
    }

    fn texts(&mut self, place: &Pointer, texts: &mut Vec<Value>) {
        let mut index = 0;
        texts.retain_mut(|text| {
            let place = place.index(index);
            index += 1;
            text.is_string() || self.explanation(Holds::Text, &place, text) == Fate::Kept
        });
    }

    fn elements(&mut self, kind: Kind, place: &Pointer, elements: &mut Vec<Value>) {
        let (mut index, mut kept, mut moves) = (0, 0, Vec::new());
        elements.retain_mut(|element| {
            let from = place.index(index);
            index += 1;
            let is_kept = self.value(Holds::One(kind), &from, element) == Fate::Kept;
            if is_kept {
                moves.push((from, place.index(kept)));
                kept += 1;
            }
            is_kept
        });
        moves.retain(|(from, to)| from != to);
        self.log.moved_together(moves);
    }

    /// Adds members that OpenAPI 3.0 requires and that are missing, or rejects the node.
    fn required(&mut self, kind: Kind, place: &Pointer, members: &mut Map<String, Value>) -> Fate {
        if members.contains_key("$ref") {
            return Fate::Kept;
        }
        for member in kind.members() {
            let name = member.name;
            if !member.is_required_in(Version::V3_0) || members.contains_key(name) {
                continue;
            }
            if let Some(value) = repair::missing(kind, name, members) {
                members.insert(name.to_owned(), value);
                continue;
            }
            if !members::must_be_there(kind, name) {
                continue;
            }
            let noun = kind.name();
            let message = format!("the {noun} has no `{name}`");
            self.give_up(kind, place, message, "add it");
            return Fate::Removed;
        }
        Fate::Kept
    }

    fn refuse(&mut self, holds: Holds, place: &Pointer, value: &Value) {
        let message = format!(
            "expected {}, found {}",
            repair::expected(holds),
            kind_of(value)
        );
        match holds.kind() {
            Some(kind) => self.give_up(kind, place, message, HELP),
            // The default applies.
            None if holds == Holds::Flag || holds == Holds::Texts => {
                self.log
                    .leave_out(Code::MALFORMED_NODE, place, message, HELP);
            }
            None => self.log.reject(Code::MALFORMED_NODE, place, message, HELP),
        }
    }

    fn give_up(&mut self, kind: Kind, place: &Pointer, message: String, help: &str) {
        if members::can_do_without(kind) {
            self.log
                .leave_out(Code::MALFORMED_NODE, place, message, help);
        } else {
            self.log.reject(Code::MALFORMED_NODE, place, message, help);
        }
    }
}
