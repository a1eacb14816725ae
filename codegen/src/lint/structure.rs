//! Each object has the members that OpenAPI defines, with values of their types.

use serde_json::Value;

use super::Report;
use crate::diagnostic::{Code, kind_of};
use crate::openapi::Version;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::place::Place;

/// What a parameter has, and a header must not have.
const OF_PARAMETERS: &[&str] = &["name", "in"];

pub(super) fn check(report: &mut Report) {
    let version = Version::of(report.document).unwrap_or(Version::V3_0);
    report.walk(|report, holds, place, node| {
        if let Some(expected) = expected(holds, node, place) {
            let (message, help) = match (holds, node) {
                // YAML reads an unquoted version as a number.
                (Holds::Text, Value::Number(number)) => (
                    format!("expected {expected}, found the number {number}"),
                    format!("write quotation marks around it: `'{number}'`"),
                ),
                _ => (
                    format!("expected {expected}, found {}", kind_of(node)),
                    "later steps cannot read this: correct it, in an overlay if the document is a vendor's".to_owned(),
                ),
            };
            report.warn(Code::WRONG_TYPE, place.pointer(), message, help);
            return false;
        }
        let (Holds::One(kind), Value::Object(members)) = (holds, node) else {
            return true;
        };
        let is_reference = members.contains_key("$ref");
        for member in kind.members().filter(|member| member.is_required_in(version)) {
            let name = member.name;
            if !is_reference && !members.contains_key(name) {
                let message = format!("this {} has no `{name}`", kind.name());
                let help = format!("OpenAPI requires it: add `{name}`");
                report.warn(Code::MISSING_MEMBER, place.pointer(), message, help);
            }
        }
        for name in members.keys().filter(|name| kind.member(name).is_none()) {
            let place = place.pointer().join(name);
            let message = format!("`{name}` is not a member of this {}", kind.name());
            // A member that resembles a known one was probably meant to be it. All others are harmless.
            if kind == Kind::Header && OF_PARAMETERS.contains(&name.as_str()) {
                let help = "remove it: the key of the header is its name";
                report.warn(Code::UNKNOWN_MEMBER, place, message, help);
            } else if let Some(near) = report.suggestions.nearest(name, kind.names()) {
                let help = format!("did you mean `{near}`? `{name}` is ignored");
                report.warn(Code::UNKNOWN_MEMBER, place, message, help);
            } else {
                let help = "it is ignored; the names of extensions begin with `x-`";
                report.note(Code::UNKNOWN_MEMBER, place, message, help);
            }
        }
        true
    });
}

/// What OpenAPI expects at a place; `None` if the node is that.
fn expected(holds: Holds, node: &Value, place: &Place) -> Option<String> {
    match holds {
        Holds::Data => None,
        Holds::Text if node.is_string() => None,
        // Frequent cases: YAML reads an unquoted version as a number, and JSON documents have null for missing members.
        Holds::Text => Some("a string".to_owned()),
        Holds::Flag => (!node.is_boolean()).then(|| "`true` or `false`".to_owned()),
        Holds::Texts => {
            let is_fine = node
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_string));
            (!is_fine).then(|| "an array with only strings".to_owned())
        }
        Holds::List(kind) => (!node.is_array()).then(|| format!("an array ({})", kind.name())),
        Holds::Map(kind) => (!node.is_object()).then(|| format!("an object ({})", kind.name())),
        Holds::One(Kind::Schema | Kind::SwaggerSchema) if node.is_boolean() => None,
        Holds::One(Kind::Schema | Kind::SwaggerSchema) if node.is_array() => {
            let is_items = place.pointer().last().is_some_and(|name| name == "items");
            (!is_items).then(|| "a schema".to_owned())
        }
        Holds::One(kind) => (!node.is_object()).then(|| format!("an object ({})", kind.name())),
    }
}
