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

pub(super) const SERVER_VARIABLES: Rule = Rule::whole(
    "server-variables-changed",
    "The variables in the addresses of the servers have other values.",
)
.deployed(Effect::Harmless("the user of a client gives the address"));

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
    let mut parts = Parts {
        base: Part::of(pair.base_side, &pair.base.place),
        revision: Part::of(pair.revision_side, &pair.revision.place),
        pair,
        found,
    };
    parts.security();
    parts.tags();
    parts.callbacks_and_servers();
    parts.request();
    parts.responses();
}

/// An operation as its author wrote it.
struct Part<'p> {
    side: &'p Side<'p>,
    place: Pointer,
    node: Map<String, Value>,
}

impl<'p> Part<'p> {
    fn of(side: &'p Side, place: &Pointer) -> Self {
        let place = side.origin(place);
        let node = place.get(side.original()).and_then(Value::as_object);
        Self {
            node: node.cloned().unwrap_or_default(),
            side,
            place,
        }
    }

    /// The media types of a body or a response.
    fn media_types(&self, node: Option<&Value>) -> Vec<String> {
        let node = node.and_then(|node| resolver::resolved(self.side.original(), node));
        let content = node.and_then(|node| node.get("content")?.as_object());
        let names = content.into_iter().flatten().map(|(name, _)| essence(name));
        names.collect()
    }

    fn responses(&self) -> Map<String, Value> {
        let responses = self.node.get("responses").and_then(Value::as_object);
        responses.cloned().unwrap_or_default()
    }
}

/// Both of an operation.
struct Parts<'p> {
    base: Part<'p>,
    revision: Part<'p>,
    pair: &'p OperationPair<'p>,
    found: &'p mut Found,
}

impl Parts<'_> {
    /// Adds a change. `part` is the part of the operation that it is in, `member` the member that has it.
    fn note(&mut self, rule: &'static Rule, part: &str, member: &str, what: String) {
        let place = |side: &Part| Some(Place::Original(side.place.join(member)));
        let note = Note {
            subject: self.pair.name(),
            what,
            base: place(&self.base),
            revision: place(&self.revision),
        };
        self.found.add(rule, vec![self.pair.part(part)], note);
    }

    fn security(&mut self) {
        let of = |part: &Part| security(part.side, &part.node);
        let (old, new) = (of(&self.base), of(&self.revision));
        if old != new {
            let what = format!("credentials {} → {}", shown(&old), shown(&new));
            self.note(&SECURITY, "", "security", what);
        }
    }

    fn tags(&mut self) {
        let tags = |part: &Part| part.node.get("tags").cloned();
        let (old, new) = (tags(&self.base), tags(&self.revision));
        if old != new {
            let text = |tags: Option<Value>| {
                tags.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"))
            };
            let what = format!("tags {} → {}", text(old), text(new));
            self.note(&TAGS, "", "tags", what);
        }
    }

    fn callbacks_and_servers(&mut self) {
        for (member, rule) in [("callbacks", &CALLBACKS), ("servers", &SERVERS)] {
            let plain = |part: &Part| part.node.get(member).cloned().map(without_prose);
            if plain(&self.base) != plain(&self.revision) {
                self.note(rule, "", member, format!("`{member}` changed"));
            }
        }
    }

    fn request(&mut self) {
        let (old, new) = (
            self.base.node.get("requestBody"),
            self.revision.node.get("requestBody"),
        );
        if old.is_none() || new.is_none() {
            return;
        }
        let (old, new) = (self.base.media_types(old), self.revision.media_types(new));
        if let Some(what) = difference(&old, &new) {
            let what = format!("media types {what}");
            self.note(&REQUEST_MEDIA_TYPES, "request", "requestBody", what);
        }
    }

    fn responses(&mut self) {
        let (old, new) = (self.base.responses(), self.revision.responses());
        for (status, now) in &new {
            if let Some(before) = old.get(status) {
                self.response(status, before, now);
            }
        }
    }

    fn response(&mut self, status: &str, before: &Value, now: &Value) {
        let old = self.base.media_types(Some(before));
        let new = self.revision.media_types(Some(now));
        if !old.is_empty()
            && !new.is_empty()
            && let Some(what) = difference(&old, &new)
        {
            let what = format!("{status}: media types {what}");
            self.note(&RESPONSE_MEDIA_TYPES, status, "responses", what);
        }
        self.headers(status, before, now);
        let links = |node: &Value| node.get("links").cloned().map(without_prose);
        if links(before) != links(now) {
            self.note(
                &CALLBACKS,
                status,
                "responses",
                format!("{status}: `links` changed"),
            );
        }
    }

    fn headers(&mut self, status: &str, before: &Value, now: &Value) {
        let old = headers(self.base.side, before);
        let new = headers(self.revision.side, now);
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            let what = format!("{status}: − header `{name}`");
            self.note(&HEADER_REMOVED, status, "responses", what);
        }
        for (name, header) in &new {
            let (rule, what) = match old.get(name) {
                None => (&HEADER_CHANGED, format!("{status}: + header `{name}`")),
                Some(other) if other["required"] == true && header["required"] != true => (
                    &HEADER_REMOVED,
                    format!("{status}: header `{name}` may be absent"),
                ),
                Some(other) if other != header => (
                    &HEADER_CHANGED,
                    format!("{status}: header `{name}` changed"),
                ),
                Some(_) => continue,
            };
            self.note(rule, status, "responses", what);
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
        let (rule, what) = match difference(&urls(base), &urls(revision)) {
            Some(what) => (&SERVERS, what),
            None => (&SERVER_VARIABLES, "their variables changed".to_owned()),
        };
        let note = Note {
            subject: "servers".to_owned(),
            what,
            base: place(),
            revision: place(),
        };
        found.add(rule, Vec::new(), note);
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
    let original =
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
        let left_out = |side: &Side| side.normalized.left_out.contains(place);
        let is_in = (left_out(base), left_out(revision));
        if is_in == (true, true) && original(base, place) == original(revision, place) {
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
