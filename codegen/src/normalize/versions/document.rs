//! Converts OpenAPI 3.1 and 3.2 to 3.0 outside of schemas.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::versions::newer;
use crate::openapi::grammar::Kind;
use crate::openapi::media_types::MediaKind;
use crate::openapi::walk::{each, each_operation};
use crate::pointer::Pointer;

/// The version that normalized documents have.
const VERSION: &str = "3.0.3";

pub(crate) const PASS: Pass = Pass::new(
    "downlevel-document",
    "converts OpenAPI 3.1 and 3.2 to 3.0 outside of schemas",
    apply,
);

/// Leaves `components/pathItems`: the pass `references` copies them to where they are used.
fn apply(document: &mut Value, log: &mut Log) {
    let version = document.get("openapi").and_then(Value::as_str);
    if version.is_some_and(|version| version.starts_with("3.0")) {
        each(document, Kind::RequestBody, |place, body| {
            if !log.facts.of(place).has_part_styles {
                part_styles(log, place, body);
            }
        });
    }
    let version = document.get("openapi").and_then(Value::as_str);
    if version.is_some_and(|version| version.starts_with("3.2")) {
        reserved_in_paths(log, document);
    }
    if let Some(members) = document.as_object_mut() {
        members.insert("openapi".to_owned(), VERSION.into());
        webhooks(log, members);
        if members.shift_remove("jsonSchemaDialect").is_some() {
            let place = Pointer::root().join("jsonSchemaDialect");
            log.change(
                &place,
                "removed: schemas are always read in the dialect of OpenAPI",
            );
        }
        if members.shift_remove("$self").is_some() {
            let place = Pointer::root().join("$self");
            log.change(
                &place,
                "removed: it is the base of references, which are followed before",
            );
        }
        if let Some(info) = members.get_mut("info").and_then(Value::as_object_mut) {
            describe(log, info);
        }
        if !members.contains_key("paths") {
            log.change(
                &Pointer::root(),
                "`paths` was missing: an empty object was added",
            );
            members.insert("paths".to_owned(), json!({}));
        }
    }
    mutual_tls(log, document);
    newer::convert(log, document);
}

/// Reserved characters may be in paths since OpenAPI 3.2, which older versions cannot say.
fn reserved_in_paths(log: &mut Log, document: &mut Value) {
    each(document, Kind::Parameter, |place, parameter| {
        let is_in_path = parameter.get("in").is_some_and(|it| it == "path");
        if is_in_path && parameter.get("allowReserved") == Some(&Value::Bool(true)) {
            parameter.shift_remove("allowReserved");
            log.facts.note(place).is_reserved = true;
        }
    });
}

/// Removes the styles of the parts of a multipart body, which begin with OpenAPI 3.1: tools write them into documents of 3.0 for
/// every part.
fn part_styles(log: &mut Log, place: &Pointer, body: &mut Map<String, Value>) {
    let content = body.get_mut("content").and_then(Value::as_object_mut);
    for (media_type, node) in content.into_iter().flatten() {
        if MediaKind::of(media_type) != Some(MediaKind::Multipart) {
            continue;
        }
        let encodings = node.get_mut("encoding").and_then(Value::as_object_mut);
        for (name, encoding) in encodings.into_iter().flatten() {
            let Some(encoding) = encoding.as_object_mut() else {
                continue;
            };
            for member in ["style", "explode", "allowReserved"] {
                if encoding.shift_remove(member).is_some() {
                    let place = place.join("content").join(media_type);
                    let place = place.join("encoding").join(name).join(member);
                    let what = "removed: OpenAPI 3.0 ignores it in a multipart body";
                    log.change(&place, what);
                }
            }
        }
    }
}

fn webhooks(log: &mut Log, document: &mut Map<String, Value>) {
    let Some(webhooks) = document.shift_remove("webhooks") else {
        return;
    };
    let place = Pointer::root().join("webhooks");
    for name in webhooks.as_object().into_iter().flat_map(Map::keys) {
        let what = format!("left out: the server sends the requests of `{name}`");
        log.change(&place.join(name), what);
    }
}

fn describe(log: &mut Log, info: &mut Map<String, Value>) {
    let place = Pointer::root().join("info");
    if let Some(summary) = info.shift_remove("summary") {
        let is_described = info.get("description").is_some_and(Value::is_string);
        if !is_described && summary.is_string() {
            log.moved(&place.join("summary"), &place.join("description"));
            info.insert("description".to_owned(), summary);
        }
    }
    let Some(licence) = info.get_mut("license").and_then(Value::as_object_mut) else {
        return;
    };
    let identifier = licence.shift_remove("identifier");
    if let Some(identifier) = identifier.as_ref().and_then(Value::as_str) {
        if !licence.contains_key("name") {
            licence.insert("name".to_owned(), identifier.into());
        }
        // There is no page for an expression such as `MIT OR Apache-2.0`.
        let is_one = identifier
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-.+".contains(&it));
        if is_one && !licence.contains_key("url") {
            let url = format!("https://spdx.org/licenses/{identifier}.html");
            log.change(&place.join("license"), format!("the URL `{url}` was added"));
            licence.insert("url".to_owned(), url.into());
        }
    }
}

/// Client certificates are part of the connection, not of requests.
fn mutual_tls(log: &mut Log, document: &mut Value) {
    let schemes = document.pointer_mut("/components/securitySchemes");
    let Some(schemes) = schemes.and_then(Value::as_object_mut) else {
        return;
    };
    let mut left_out = Vec::new();
    schemes.retain(|name, scheme| {
        let is_mutual = scheme.get("type").and_then(Value::as_str) == Some("mutualTLS");
        if is_mutual {
            left_out.push(name.clone());
        }
        !is_mutual
    });
    if left_out.is_empty() {
        return;
    }
    for name in &left_out {
        let place = Pointer::from_tokens(["components", "securitySchemes", name]);
        log.change(
            &place,
            "removed: configure the certificate in the HTTP client",
        );
    }
    let relax = |node: &mut Map<String, Value>| {
        let security = node.get_mut("security").and_then(Value::as_array_mut);
        for requirement in security.into_iter().flatten() {
            if let Some(requirement) = requirement.as_object_mut() {
                requirement.retain(|name, _| !left_out.contains(name));
            }
        }
    };
    if let Some(document) = document.as_object_mut() {
        relax(document);
    }
    each_operation(document, |_, operation| relax(operation));
}
