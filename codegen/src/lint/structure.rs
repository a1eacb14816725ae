//! Each object has the members that OpenAPI gives it, of their types.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, kind_of};
use crate::nearest::Suggestions;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::place::Place;
use crate::openapi::read;
use crate::pointer::Pointer;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::default();
    let (whole, root) = (Holds::One(Kind::Document), Pointer::root());
    read::walk(document, whole, &root, &mut |holds, place, node| {
        if let Some(expected) = expected(holds, node, place) {
            let message = format!("{} stands where {expected} must stand", kind_of(node));
            let help = "later steps cannot read this: correct it, in an overlay if the document is a vendor's";
            let fault = Diagnostic::warning(Code::WRONG_TYPE, place.pointer(), message);
            found.push(fault.help(help));
            return false;
        }
        if let (Holds::One(kind), Value::Object(members)) = (holds, node) {
            let is_reference = members.contains_key("$ref");
            for member in kind.members().filter(|member| member.is_required) {
                let name = member.name;
                if !is_reference && !members.contains_key(name) {
                    let message = format!("this {} has no `{name}`", kind.name());
                    let help = format!("OpenAPI asks for it: add `{name}`");
                    let fault = Diagnostic::warning(Code::MISSING_MEMBER, place.pointer(), message);
                    found.push(fault.help(help));
                }
            }
            let unknown = members.keys().filter(|name| kind.member(name).is_none());
            found.extend(unknown.map(|name| unknown_member(kind, name, place, &mut suggestions)));
        }
        true
    });
}

/// What must stand at a place; `None` if it does.
fn expected(holds: Holds, node: &Value, place: &Place) -> Option<String> {
    match holds {
        Holds::Data => None,
        Holds::Text if node.is_string() => None,
        // YAML makes numbers of versions that are not quoted, and JSON documents hold null for what they leave out.
        Holds::Text => Some("a string".to_owned()),
        Holds::Flag => (!node.is_boolean()).then(|| "`true` or `false`".to_owned()),
        Holds::Texts => {
            let is_fine = node
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_string));
            (!is_fine).then(|| "an array of nothing but strings".to_owned())
        }
        Holds::List(kind) => (!node.is_array()).then(|| format!("an array ({})", kind.name())),
        Holds::Map(kind) => (!node.is_object()).then(|| format!("an object ({})", kind.name())),
        Holds::One(Kind::Schema) if node.is_boolean() => None,
        Holds::One(Kind::Schema) if node.is_array() => {
            let is_items = place.pointer().last().is_some_and(|name| name == "items");
            (!is_items).then(|| "a schema".to_owned())
        }
        Holds::One(kind) => (!node.is_object()).then(|| format!("an object ({})", kind.name())),
    }
}

/// A member that is nearly a known one was most likely meant to be it; others are ignored.
fn unknown_member(
    kind: Kind,
    name: &str,
    place: &Place,
    suggestions: &mut Suggestions,
) -> Diagnostic {
    let place = place.pointer().join(name);
    let message = format!("`{name}` is not a member of this {}", kind.name());
    match suggestions.nearest(name, kind.names()) {
        Some(near) => Diagnostic::warning(Code::UNKNOWN_MEMBER, place, message)
            .help(format!("did you mean `{near}`? as it is, it is ignored")),
        None => Diagnostic::note(Code::UNKNOWN_MEMBER, place, message)
            .help("it is ignored; extensions begin with `x-`"),
    }
}
