//! What the normal form leaves out, because a client does not need it: compared in the documents as their authors wrote them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::OperationPair;
use crate::diff::prose::without_prose;
use crate::diff::rule::{Bump, Effect, Rule};
use crate::diff::side::Side;
use crate::openapi::media_types::essence;
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

pub(super) const SECURITY: Rule =
    Rule::whole("security-changed", "An operation needs other credentials.")
        .deployed(Effect::Risk("may be refused"));

pub(super) const REQUEST_MEDIA_TYPES: Rule = Rule::request(
    "request-media-types-changed",
    "The body may have other media types, beside the one that the client sends.",
)
.deployed(Effect::Harmless("the client sends the same media type"))
.mirror("response-media-types-changed");

pub(super) const RESPONSE_MEDIA_TYPES: Rule = Rule::response(
    "response-media-types-changed",
    "A response may have other media types, beside the one that the client asks for.",
)
.deployed(Effect::Harmless("the client asks for the same media type"))
.mirror("request-media-types-changed");

const ONLY_RECEIVED: &str = "the headers of requests are parameters, which have rules of their own";

pub(super) const HEADER_REMOVED: Rule =
    Rule::response("response-header-removed", "A response has a header less.")
        .without_mirror(ONLY_RECEIVED)
        .deployed(Effect::Break("code that reads the header does not find it"))
        .bump(Bump::Major);

pub(super) const HEADER_CHANGED: Rule = Rule::response(
    "response-header-changed",
    "A header of a response was added, or has another schema.",
)
.without_mirror(ONLY_RECEIVED)
.deployed(Effect::Harmless("headers have no types in the client"));

pub(super) const SERVERS: Rule =
    Rule::whole("servers-changed", "The document names other servers.")
        .deployed(Effect::Risk("the server that it calls may be gone"));

pub(super) const CALLBACKS: Rule = Rule::whole(
    "callbacks-or-links-changed",
    "Callbacks or links changed, which the client does not have.",
);

pub(super) const TAGS: Rule = Rule::whole("tags-changed", "An operation belongs to another group.");

pub(super) const NOT_COMPARED: Rule = Rule::whole(
    "not-compared",
    "A part that no client can be generated for changed: not classified.",
)
.deployed(Effect::Risk("nobody knows"));

/// Compares what the normal form leaves out of an operation.
pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    let originals = |side: &Side, place: &Pointer| {
        let origin = side.origin(place);
        let node = origin
            .get(side.original())
            .and_then(Value::as_object)
            .cloned();
        (origin, node.unwrap_or_default())
    };
    let (base_place, base) = originals(pair.base_side, &pair.base.place);
    let (revision_place, revision) = originals(pair.revision_side, &pair.revision.place);
    let mut note = |rule: &'static Rule, part: &str, member: &str, what: String| {
        let place = |place: &Pointer| Some(Place::Original(place.join(member)));
        let note = Note {
            subject: pair.name(),
            what,
            base: place(&base_place),
            revision: place(&revision_place),
        };
        found.add(rule, vec![pair.part(part)], note);
    };

    let (old, new) = (
        security(pair.base_side, &base),
        security(pair.revision_side, &revision),
    );
    if old != new {
        note(
            &SECURITY,
            "",
            "security",
            format!("credentials {} → {}", shown(&old), shown(&new)),
        );
    }
    let (old, new) = (base.get("tags"), revision.get("tags"));
    if old != new {
        let text =
            |tags: Option<&Value>| tags.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"));
        note(
            &TAGS,
            "",
            "tags",
            format!("tags {} → {}", text(old), text(new)),
        );
    }
    for member in ["callbacks", "servers"] {
        let plain = |node: &Map<String, Value>| node.get(member).cloned().map(without_prose);
        if plain(&base) != plain(&revision) {
            let rule = if member == "servers" {
                &SERVERS
            } else {
                &CALLBACKS
            };
            note(rule, "", member, format!("`{member}` changed"));
        }
    }

    let content = |side: &Side, node: Option<&Value>| -> Vec<String> {
        let node = node.and_then(|node| resolver::resolved(side.original(), node));
        let content = node.and_then(|node| node.get("content")?.as_object());
        content
            .into_iter()
            .flatten()
            .map(|(media_type, _)| essence(media_type))
            .collect()
    };
    let old = content(pair.base_side, base.get("requestBody"));
    let new = content(pair.revision_side, revision.get("requestBody"));
    if base.contains_key("requestBody")
        && revision.contains_key("requestBody")
        && let Some(what) = difference(&old, &new)
    {
        note(
            &REQUEST_MEDIA_TYPES,
            "request",
            "requestBody",
            format!("media types {what}"),
        );
    }

    let responses = |node: &Map<String, Value>| {
        node.get("responses")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    };
    let (old, new) = (responses(&base), responses(&revision));
    for (status, revision) in &new {
        let Some(base) = old.get(status) else {
            continue;
        };
        let (one, other) = (
            content(pair.base_side, Some(base)),
            content(pair.revision_side, Some(revision)),
        );
        if !one.is_empty()
            && !other.is_empty()
            && let Some(what) = difference(&one, &other)
        {
            note(
                &RESPONSE_MEDIA_TYPES,
                status,
                "responses",
                format!("{status}: media types {what}"),
            );
        }
        let (old, new) = (
            headers(pair.base_side, base),
            headers(pair.revision_side, revision),
        );
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            note(
                &HEADER_REMOVED,
                status,
                "responses",
                format!("{status}: − header `{name}`"),
            );
        }
        for (name, header) in &new {
            match old.get(name) {
                None => note(
                    &HEADER_CHANGED,
                    status,
                    "responses",
                    format!("{status}: + header `{name}`"),
                ),
                Some(other) if other["required"] == true && header["required"] != true => {
                    note(
                        &HEADER_REMOVED,
                        status,
                        "responses",
                        format!("{status}: header `{name}` may be absent"),
                    );
                }
                Some(other) if other != header => {
                    note(
                        &HEADER_CHANGED,
                        status,
                        "responses",
                        format!("{status}: header `{name}` changed"),
                    );
                }
                Some(_) => {}
            }
        }
        let links = |node: &Value| node.get("links").cloned().map(without_prose);
        if links(base) != links(revision) {
            note(
                &CALLBACKS,
                status,
                "responses",
                format!("{status}: `links` changed"),
            );
        }
    }
}

/// Compares what belongs to the whole document.
pub(in crate::diff) fn document(base: &Side, revision: &Side, found: &mut Found) {
    let servers = |side: &Side| side.original().get("servers").cloned().map(without_prose);
    if servers(base) != servers(revision) {
        let place = || Some(Place::Original(Pointer::from_tokens(["servers"])));
        let urls = |side: &Side| -> Vec<String> {
            let servers = side.original().get("servers").and_then(Value::as_array);
            let urls = servers
                .into_iter()
                .flatten()
                .filter_map(|it| it.get("url")?.as_str());
            urls.map(str::to_owned).collect()
        };
        let what = difference(&urls(base), &urls(revision)).unwrap_or_else(|| "changed".to_owned());
        let note = Note {
            subject: "servers".to_owned(),
            what,
            base: place(),
            revision: place(),
        };
        found.add(&SERVERS, Vec::new(), note);
    }
    let webhooks = |side: &Side| side.original().get("webhooks").cloned().map(without_prose);
    if webhooks(base) != webhooks(revision) {
        let place = || Some(Place::Original(Pointer::from_tokens(["webhooks"])));
        let note = Note {
            subject: "webhooks".to_owned(),
            what: "changed".to_owned(),
            base: place(),
            revision: place(),
        };
        found.add(&CALLBACKS, Vec::new(), note);
    }
    not_compared(base, revision, found);
}

/// What was left out of one of the clients, or of both if it changed.
fn not_compared(base: &Side, revision: &Side, found: &mut Found) {
    let node =
        |side: &Side, place: &Pointer| place.get(side.original()).cloned().map(without_prose);
    let mut places: Vec<&Pointer> = base
        .normalized
        .left_out
        .iter()
        .chain(&revision.normalized.left_out)
        .collect();
    places.sort();
    places.dedup();
    for place in places {
        let is_in = (
            base.normalized.left_out.contains(place),
            revision.normalized.left_out.contains(place),
        );
        if is_in == (true, true) && node(base, place) == node(revision, place) {
            continue;
        }
        let what = match is_in {
            (true, true) => "not classified: no client can be generated for it, and it changed",
            (true, false) => {
                "not classified: no client could be generated for the old version of it"
            }
            _ => "not classified: no client can be generated for the new version of it",
        };
        let note = Note {
            subject: crate::diff::label::of(place),
            what: what.to_owned(),
            base: Some(Place::Original(place.clone())),
            revision: Some(Place::Original(place.clone())),
        };
        found.add(&NOT_COMPARED, Vec::new(), note);
    }
}

/// The credentials of an operation: any of these sets. Each scheme is there with what it asks for.
fn security(side: &Side, operation: &Map<String, Value>) -> BTreeMap<String, Value> {
    let requirements = operation
        .get("security")
        .or_else(|| side.original().get("security"));
    let schemes = side.original().pointer("/components/securitySchemes");
    let requirements = requirements.and_then(Value::as_array);
    let mut sets = BTreeMap::new();
    for requirement in requirements.into_iter().flatten() {
        let Some(names) = requirement.as_object() else {
            continue;
        };
        let mut parts: Vec<(String, Value)> = Vec::new();
        for (name, scopes) in names {
            let scheme = schemes.and_then(|schemes| schemes.get(name));
            let scheme = scheme.and_then(|scheme| resolver::resolved(side.original(), scheme));
            let scheme = scheme.cloned().map_or(Value::Null, without_prose);
            let mut scopes: Vec<Value> = scopes.as_array().cloned().unwrap_or_default();
            scopes.sort_by_key(ToString::to_string);
            parts.push((name.clone(), json!([scheme, scopes])));
        }
        parts.sort_by(|one, other| one.0.cmp(&other.0));
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        let name = if names.is_empty() {
            "none".to_owned()
        } else {
            names.join(" and ")
        };
        sets.insert(name, parts.into_iter().map(|(_, part)| part).collect());
    }
    sets
}

fn shown(sets: &BTreeMap<String, Value>) -> String {
    if sets.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = sets
        .keys()
        .map(|name| crate::model::code_span(name))
        .collect();
    names.join(" or ")
}

/// The headers of a response, in lower case, without prose.
fn headers(side: &Side, response: &Value) -> BTreeMap<String, Value> {
    let response = resolver::resolved(side.original(), response);
    let headers = response.and_then(|response| response.get("headers")?.as_object());
    let headers = headers.into_iter().flatten().map(|(name, header)| {
        let header = resolver::resolved(side.original(), header).unwrap_or(header);
        (name.to_ascii_lowercase(), without_prose(header.clone()))
    });
    headers.collect()
}

/// `− a, + b`; `None` if both have the same.
fn difference(old: &[String], new: &[String]) -> Option<String> {
    let lost = old
        .iter()
        .filter(|it| !new.contains(it))
        .map(|it| format!("− `{it}`"));
    let more = new
        .iter()
        .filter(|it| !old.contains(it))
        .map(|it| format!("+ `{it}`"));
    let parts: Vec<String> = lost.chain(more).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The keywords that the normal form does not have, of an author's schema and of the schemas that it is composed of.
const DROPPED: &[&str] = &[
    "not",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "contentMediaType",
    "contentSchema",
    "xml",
    "additionalItems",
    "patternProperties",
];

/// What an author's schema says that the normal form does not.
pub(super) fn dropped(document: &Value, place: &Pointer) -> BTreeMap<&'static str, Vec<Value>> {
    const MOST: usize = 50;
    let mut found: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
    let mut open = vec![place.clone()];
    let mut seen = 0;
    while let Some(place) = open.pop() {
        let node = place.get(document).and_then(Value::as_object);
        let Some(node) = node.filter(|_| seen < MOST) else {
            continue;
        };
        seen += 1;
        for keyword in DROPPED {
            if let Some(value) = node.get(*keyword) {
                found
                    .entry(keyword)
                    .or_default()
                    .push(without_prose(value.clone()));
            }
        }
        if let Some(text) = node.get("$ref").and_then(Value::as_str)
            && let Ok((target, _)) = resolver::step(document, text)
        {
            open.push(target);
        }
        let parts = node
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        open.extend((0..parts).map(|index| place.join("allOf").index(index)));
    }
    for values in found.values_mut() {
        values.sort_by_cached_key(ToString::to_string);
        values.dedup();
    }
    found
}
