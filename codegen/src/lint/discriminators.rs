//! The mapping of a discriminator has strings, and OpenAPI 3.2 wants a default for objects without the property.

use serde_json::Value;

use super::Report;
use crate::diagnostic::{Code, kind_of};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::reference::resolver::resolved;

pub(super) fn check(report: &mut Report) {
    report.each(Kind::Discriminator, |report, place, discriminator| {
        let place = place.pointer().join("mapping");
        let help =
            "write each value of the property with the name of its schema, or a reference to it";
        match discriminator.get("mapping") {
            None => {}
            Some(Value::Object(mapping)) => {
                for (value, schema) in mapping.iter().filter(|(_, schema)| !schema.is_string()) {
                    let message = format!("a mapping leads to a string, found {}", kind_of(schema));
                    report.warn(Code::INVALID_VALUE, place.join(value), message, help);
                }
            }
            Some(other) => {
                let message = format!("`mapping` must be an object, found {}", kind_of(other));
                report.warn(Code::INVALID_VALUE, place, message, help);
            }
        }
    });
    if report.version >= Version::V3_2 {
        check_defaults(report);
    }
}

/// An object without the property must still be of a known schema.
fn check_defaults(report: &mut Report) {
    let document = report.document;
    report.each(Kind::Schema, |report, place, schema| {
        let Some(discriminator) = schema.get("discriminator") else {
            return;
        };
        let name = discriminator.get("propertyName").and_then(Value::as_str);
        let Some(name) = name.filter(|_| discriminator.get("defaultMapping").is_none()) else {
            return;
        };
        let unions = ["oneOf", "anyOf"].iter();
        let variants = unions.filter_map(|keyword| schema.get(keyword)?.as_array());
        let mut all: Vec<&Value> = variants.flatten().collect();
        if all.is_empty() {
            all.push(schema);
        }
        let is_optional = |schema: &&Value| {
            let schema = resolved(document, schema);
            schema.is_some_and(|schema| declares(schema, name) && !requires(schema, name))
        };
        if !requires(schema, name) && all.iter().any(is_optional) {
            let message = format!("the discriminator has no `defaultMapping`, but `{name}` is optional");
            let help = "add `defaultMapping` with the schema of objects without the property, or require the property";
            let place = place.pointer().join("discriminator");
            report.warn(Code::MISSING_MEMBER, place, message, help);
        }
    });
}

fn declares(schema: &Value, name: &str) -> bool {
    let properties = schema.get("properties");
    properties.is_some_and(|properties| properties.get(name).is_some())
}

fn requires(schema: &Value, name: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|it| it == name))
}
