//! Converts the members that OpenAPI 3.2 added outside of schemas.

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::keywords::OTHER_TAGS;
use crate::openapi::media_types::is_sequential;
use crate::openapi::methods::{self, ADDITIONAL};
use crate::openapi::walk::{each, objects};
use crate::pointer::Pointer;

/// How many media types of `components/mediaTypes` may refer to each other in a row.
const MAX_STEPS: usize = 16;

pub(super) fn convert(log: &mut Log, document: &mut Value) {
    each(document, Kind::PathItem, |place, item| {
        operations(log, place, item);
    });
    shared_media_types(log, document);
    each(document, Kind::MediaType, |place, media_type| {
        items(log, place, media_type);
    });
    each(document, Kind::Encoding, |place, encoding| {
        encodings(log, place, encoding);
    });
    each(document, Kind::Response, |place, response| {
        summary(log, place, response);
    });
    each(document, Kind::Parameter, |place, parameter| {
        query_string(log, place, parameter);
    });
    objects(document, |schema, place| {
        let discriminator = schema.get_mut("discriminator");
        let Some(discriminator) = discriminator.and_then(Value::as_object_mut) else {
            return;
        };
        if let Some(default) = discriminator.shift_remove("defaultMapping")
            && let Value::Object(mapping) =
                discriminator.entry("mapping").or_insert_with(|| json!({}))
        {
            let place = place.pointer().join("discriminator");
            log.moved(
                &place.join("defaultMapping"),
                &place.join("mapping").join(OTHER_TAGS),
            );
            mapping.insert(OTHER_TAGS.to_owned(), default);
        }
    });
}

/// Puts the operations of other methods beside those with members of their own.
fn operations(log: &mut Log, place: &Pointer, item: &mut Map<String, Value>) {
    let Some(Value::Object(additional)) = item.shift_remove(ADDITIONAL) else {
        return;
    };
    let list = place.join(ADDITIONAL);
    for (method, operation) in additional {
        let from = list.join(&method);
        let member = methods::names().find(|name| methods::sent(name) == method);
        let member = match member {
            Some(name) if item.contains_key(name) => {
                let message = format!("`{method}` is declared twice: also as `{name}`");
                let help = "remove one of them";
                log.leave_out(Code::MALFORMED_NODE, &from, message, help);
                continue;
            }
            Some(name) => {
                log.change(&from, format!("moved to `{name}`"));
                name.to_owned()
            }
            None if !methods::is_token(&method) => {
                let message = format!("`{method}` is not a valid method");
                let help = "write the method as it is sent, e.g. `COPY`";
                log.leave_out(Code::MALFORMED_NODE, &from, message, help);
                continue;
            }
            None => methods::member_for(&method),
        };
        log.moved(&from, &place.join(&member));
        item.insert(member, operation);
    }
}

/// Copies the media types of components to where they are used: the next passes choose one of those that a `content` offers.
fn shared_media_types(log: &mut Log, document: &mut Value) {
    let shared = document.pointer("/components/mediaTypes").cloned();
    let Some(shared) = shared.as_ref().and_then(Value::as_object) else {
        return;
    };
    for kind in [
        Kind::Response,
        Kind::RequestBody,
        Kind::Parameter,
        Kind::Header,
    ] {
        each(document, kind, |place, node| {
            let Some(Value::Object(content)) = node.get_mut("content") else {
                return;
            };
            let place = place.join("content");
            for (key, media_type) in content {
                for _ in 0..MAX_STEPS {
                    let reference = media_type.get("$ref").and_then(Value::as_str);
                    let Some((name, target)) = reference.and_then(|it| target(shared, it)) else {
                        break;
                    };
                    let from = Pointer::from_tokens(["components", "mediaTypes", &name]);
                    log.moved(&from, &place.join(key));
                    *media_type = target.clone();
                }
            }
        });
    }
}

/// The media type that a reference names.
fn target<'s>(shared: &'s Map<String, Value>, reference: &str) -> Option<(String, &'s Value)> {
    let name = reference.strip_prefix("#/components/mediaTypes/")?;
    let name = Pointer::parse(&format!("/{name}"))?.last()?;
    let target = shared.get(&name)?;
    Some((name, target))
}

/// The items of responses of sequential media types are read one by one; other bodies are read and sent whole.
fn items(log: &mut Log, place: &Pointer, media_type: &mut Map<String, Value>) {
    let tokens: Vec<String> = place.tokens().collect();
    let is_response = tokens.iter().any(|token| token == "responses");
    let is_sequential = tokens.last().is_some_and(|it| is_sequential(it));
    if !(is_response && is_sequential) && media_type.shift_remove("itemSchema").is_some() {
        let what = "removed: the body is one value, its items are not read one by one";
        log.change(&place.join("itemSchema"), what);
    }
    encodings(log, place, media_type);
    media_type.shift_remove("description");
}

/// Bodies whose parts have positions, not names, are bytes.
fn encodings(log: &mut Log, place: &Pointer, node: &mut Map<String, Value>) {
    for member in ["prefixEncoding", "itemEncoding"] {
        if node.shift_remove(member).is_some() {
            let what = "removed: the caller encodes parts that have no names";
            log.change(&place.join(member), what);
        }
    }
}

/// A response can have a summary, and need not have a description.
fn summary(log: &mut Log, place: &Pointer, response: &mut Map<String, Value>) {
    let Some(summary) = response.shift_remove("summary") else {
        return;
    };
    let has_text = |text: &Value| text.as_str().is_some_and(|text| !text.trim().is_empty());
    if !response.get("description").is_some_and(has_text) && has_text(&summary) {
        log.moved(&place.join("summary"), &place.join("description"));
        response.insert("description".to_owned(), summary);
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// A query string that is a form is the same as a parameter whose members are sent as they are.
fn query_string(log: &mut Log, place: &Pointer, parameter: &mut Map<String, Value>) {
    if parameter.get("in").and_then(Value::as_str) != Some("querystring") {
        return;
    }
    let content = parameter.get("content").and_then(Value::as_object);
    if content.is_some_and(|content| !content.is_empty() && !content.contains_key(FORM)) {
        log.facts.note(place).is_query_string = true;
        log.change(place, "the value is sent as the whole query");
        parameter.insert("in".to_owned(), "query".into());
        return;
    }
    let form = content.and_then(|content| content.get(FORM));
    let Some(schema) = form.and_then(|form| form.get("schema")).cloned() else {
        return;
    };
    let from = place.join("content").join(FORM);
    log.moved(&from.join("schema"), &place.join("schema"));
    log.change(
        place,
        "the form was changed to a query parameter whose members are sent",
    );
    parameter.shift_remove("content");
    parameter.insert("in".to_owned(), "query".into());
    parameter.insert("style".to_owned(), "form".into());
    parameter.insert("explode".to_owned(), true.into());
    parameter.insert("schema".to_owned(), schema);
}
