//! What the normal form leaves out, because a client does not need it: compared in the documents as their authors wrote them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::OperationPair;
use crate::diff::prose::without_prose;
use crate::diff::rule::{Bump, Effect, Rule};
use crate::diff::side::Side;
use crate::model::{Media, Operation};
use crate::openapi::media_types::essence;
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

use super::not_compared;
use super::security::{self, Requirements};
use super::unclassified::KEYWORD;

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
    "A header of a response was added, is always there, or is deprecated.",
)
.without_mirror(ONLY_RECEIVED)
.deployed(Effect::Harmless("headers have no types in the client"));

pub(super) const HEADER_VALUE: Rule = Rule::response(
    "response-header-value-changed",
    "The value of a header of a response has another schema, or is written in another way.",
)
.without_mirror(ONLY_RECEIVED)
.deployed(Effect::Risk(
    "code that reads the header may not understand it",
));

pub(super) const SERVERS: Rule =
    Rule::whole("servers-changed", "The document names other servers.")
        .deployed(Effect::Risk("the server that it calls may be gone"));

pub(super) const SERVER_VARIABLES: Rule = Rule::whole(
    "server-variables-changed",
    "The variables in the addresses of the servers have other values.",
)
.deployed(Effect::Harmless("the user of a client gives the address"));

pub(super) const UNSENT_PARAMETER: Rule = Rule::whole(
    "unsent-parameter-changed",
    "A parameter changed that the client does not send: the path has no place for it, or HTTP sets it.",
)
.deployed(Effect::Risk("the server may want what is not sent"));

pub(super) const CALLBACKS: Rule = Rule::whole(
    "callbacks-or-links-changed",
    "Callbacks or links changed, which the client does not have.",
)
.deployed(Effect::Risk(
    "code that answers callbacks or follows links may fail",
));

pub(super) const TAGS: Rule = Rule::whole("tags-changed", "An operation belongs to another group.");

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
    parts.unsent_parameters();
    parts.request();
    parts.responses();
}

/// An operation as it was published.
struct Part<'p> {
    side: &'p Side<'p>,
    place: Pointer,
    node: Map<String, Value>,
}

impl<'p> Part<'p> {
    fn of(side: &'p Side, place: &Pointer) -> Self {
        let place = side.origin(place);
        let node = place.get(side.published()).and_then(Value::as_object);
        Self {
            node: node.cloned().unwrap_or_default(),
            side,
            place,
        }
    }

    /// A member of the operation, or else of its path: servers may be there.
    fn member_or_of_path(&self, member: &str) -> Option<Value> {
        let path = self.place.parent()?;
        let of_path = || path.join(member).get(self.side.published()).cloned();
        self.node.get(member).cloned().or_else(of_path)
    }

    /// The schema of a media type of a body or a response, without references and texts.
    fn schema(&self, node: Option<&Value>, media_type: &str) -> Option<Value> {
        let node = resolver::resolved(self.side.published(), node?)?;
        let mut content = node.get("content")?.as_object()?.iter();
        let (_, media) = content.find(|(name, _)| essence(name) == media_type)?;
        Some(without_references(
            self.side.published(),
            media.get("schema")?,
            0,
        ))
    }

    /// The media types of a body or a response.
    fn media_types(&self, node: Option<&Value>) -> Vec<String> {
        let node = node.and_then(|node| resolver::resolved(self.side.published(), node));
        let content = node.and_then(|node| node.get("content")?.as_object());
        let names = content.into_iter().flatten().map(|(name, _)| essence(name));
        names.collect()
    }

    /// The parameters, also those of the path, that the model does not have: where each is and its name, and what it is.
    fn unsent_parameters(&self, operation: &Operation) -> BTreeMap<String, Value> {
        let original = self.side.original();
        let path = self.place.parent();
        let of_path = path.and_then(|path| path.get(original)?.get("parameters").cloned());
        let own = self.node.get("parameters").cloned();
        let all = [of_path, own].into_iter().flatten();
        let all = all.filter_map(|it| it.as_array().cloned()).flatten();
        let mut unsent = BTreeMap::new();
        for parameter in all {
            let Some(node) = resolver::resolved(original, &parameter) else {
                continue;
            };
            let member = |name: &str| node.get(name).and_then(Value::as_str);
            let (Some(name), Some(place)) = (member("name"), member("in")) else {
                continue;
            };
            // Those of Swagger 2.0 are bodies.
            let is_sent = ["body", "formData"].contains(&place)
                || operation
                    .parameters
                    .iter()
                    .any(|it| it.name.eq_ignore_ascii_case(name));
            if !is_sent {
                unsent.insert(
                    format!("{place} parameter `{name}`"),
                    without_prose(node.clone()),
                );
            }
        }
        unsent
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
        let place = |side: &Part| Some(Place::Published(side.place.join(member)));
        let note = Note {
            subject: self.pair.name(),
            what,
            base: place(&self.base),
            revision: place(&self.revision),
        };
        self.found.add(rule, vec![self.pair.part(part)], note);
    }

    fn security(&mut self) {
        let of = |part: &Part| Requirements::of(part.side, &part.node);
        let (old, new) = (of(&self.base), of(&self.revision));
        if let Some(what) = old.difference(&new) {
            let rule = if old.are_enough_for(&new) {
                &security::LOOSENED
            } else {
                &security::CHANGED
            };
            self.note(rule, "", "security", what);
        }
    }

    fn unsent_parameters(&mut self) {
        let old = self.base.unsent_parameters(self.pair.base);
        let new = self.revision.unsent_parameters(self.pair.revision);
        let names = old
            .keys()
            .chain(new.keys().filter(|it| !old.contains_key(*it)));
        for name in names {
            let what = match (old.get(name), new.get(name)) {
                (Some(before), Some(now)) if before == now => continue,
                (Some(_), Some(_)) => format!("{name} changed, which is not sent"),
                (Some(_), None) => format!("− {name}, which was not sent"),
                _ => format!("+ {name}, which is not sent"),
            };
            self.note(&UNSENT_PARAMETER, "", "parameters", what);
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
            let plain = |part: &Part| part.member_or_of_path(member).map(without_prose);
            if plain(&self.base) != plain(&self.revision) {
                self.note(rule, "", member, format!("`{member}` changed"));
            }
        }
    }

    fn request(&mut self) {
        let body = |part: &Part| part.node.get("requestBody").cloned();
        let (old, new) = (body(&self.base), body(&self.revision));
        if old.is_none() || new.is_none() {
            return;
        }
        let mut old = self.base.media_types(old.as_ref());
        let mut new = self.revision.media_types(new.as_ref());
        let operations = [self.pair.base, self.pair.revision];
        for used in operations.into_iter().filter_map(media_type_of_body) {
            old.retain(|it| *it != used);
            new.retain(|it| *it != used);
        }
        let schema = |part: &Part, name: &str| part.schema(part.node.get("requestBody"), name);
        let schemas = |name: &str| (schema(&self.base, name), schema(&self.revision, name));
        let [one, other] = operations.map(|it| media_type_of_body(it).unwrap_or_default());
        let is_raw = |operation: &Operation| {
            let body = operation.body.as_ref();
            body.is_some_and(|body| matches!(body.media, Media::Text | Media::Binary))
        };
        let is_raw = one == other && operations.into_iter().all(is_raw);
        let (used, unused) = changed((&old, &new), &one, is_raw, schemas);
        for what in difference(&old, &new).into_iter().chain(unused) {
            let what = format!("media types {what}");
            self.note(&REQUEST_MEDIA_TYPES, "request", "requestBody", what);
        }
        if let Some(what) = used {
            self.note(KEYWORD.request, "request", "requestBody", what);
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
        let mut old = self.base.media_types(Some(before));
        let mut new = self.revision.media_types(Some(now));
        let has_body = !old.is_empty() && !new.is_empty();
        for used in self.media_types_of_responses(status) {
            old.retain(|it| *it != used);
            new.retain(|it| *it != used);
        }
        let schemas = |name: &str| {
            (
                self.base.schema(Some(before), name),
                self.revision.schema(Some(now), name),
            )
        };
        let [one, other] = [self.pair.base, self.pair.revision].map(|it| content_of(it, status));
        let is_raw = |content: &Option<(Media, String)>| {
            matches!(content, Some((Media::Text | Media::Binary, _)))
        };
        let is_raw = one == other && is_raw(&one);
        let name = one.map(|(_, name)| name).unwrap_or_default();
        let (used, unused) = changed((&old, &new), &name, is_raw, schemas);
        let what = difference(&old, &new).into_iter().chain(unused);
        for what in what.filter(|_| has_body) {
            let what = format!("{status}: media types {what}");
            self.note(&RESPONSE_MEDIA_TYPES, status, "responses", what);
        }
        if let Some(what) = used {
            let what = format!("{status}: {what}");
            self.note(KEYWORD.response, status, "responses", what);
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

    /// The media types that one of the clients reads at a status.
    fn media_types_of_responses(&self, status: &str) -> Vec<String> {
        let operations = [self.pair.base, self.pair.revision].into_iter();
        let responses = operations.flat_map(|it| it.success.iter().chain(&it.errors));
        let mut used = Vec::new();
        for response in responses.filter(|it| it.statuses.to_string().eq_ignore_ascii_case(status))
        {
            used.push(essence(&response.media_type));
            used.extend(
                response
                    .is_event_stream
                    .then(|| "text/event-stream".to_owned()),
            );
            let items = response.items.as_ref();
            used.extend(items.map(|(media_type, _)| essence(media_type)));
        }
        used
    }

    fn headers(&mut self, status: &str, before: &Value, now: &Value) {
        let old = headers(self.base.side, before);
        let new = headers(self.revision.side, now);
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            let what = format!("{status}: − header `{name}`");
            self.note(&HEADER_REMOVED, status, "responses", what);
        }
        let value = |header: &Value| {
            let mut members = header.as_object().cloned().unwrap_or_default();
            members.retain(|name, _| name != "required" && name != "deprecated");
            members
        };
        for (name, header) in &new {
            let (rule, what) = match old.get(name) {
                None => (&HEADER_CHANGED, format!("{status}: + header `{name}`")),
                Some(other) if other["required"] == true && header["required"] != true => (
                    &HEADER_REMOVED,
                    format!("{status}: header `{name}` may be absent"),
                ),
                Some(other) if value(other) != value(header) => (
                    &HEADER_VALUE,
                    format!("{status}: the value of header `{name}` changed"),
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

/// A schema with what it refers to in the place of references, as deep as people look. Prose is left out.
fn without_references(document: &Value, node: &Value, depth: usize) -> Value {
    const DEEPEST: usize = 8;
    let node = resolver::resolved(document, node).unwrap_or(node);
    match node {
        _ if depth == DEEPEST => Value::Null,
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let mut value = without_references(document, value, depth + 1);
                // The order of these lists means nothing.
                if let (true, Value::Array(elements)) = (is_set(name), &mut value) {
                    elements.sort_by_cached_key(Value::to_string);
                }
                (name.clone(), value)
            });
            without_prose(Value::Object(members.collect()))
        }
        Value::Array(elements) => {
            let elements = elements.iter();
            elements
                .map(|it| without_references(document, it, depth + 1))
                .collect()
        }
        other => other.clone(),
    }
}

fn is_set(keyword: &str) -> bool {
    matches!(keyword, "required" | "enum" | "type")
}

/// The media type that the client sends.
fn media_type_of_body(operation: &Operation) -> Option<String> {
    let body = operation.body.as_ref().map(|body| &body.media_type);
    let parts = || {
        operation
            .multipart
            .as_ref()
            .map(|(media_type, _)| media_type)
    };
    body.or_else(parts).map(|media_type| essence(media_type))
}

/// What the client reads at a status.
fn content_of(operation: &Operation, status: &str) -> Option<(Media, String)> {
    let mut responses = operation.success.iter().chain(&operation.errors);
    let response = responses.find(|it| it.statuses.to_string().eq_ignore_ascii_case(status))?;
    let (media, _) = response.content.as_ref()?;
    Some((*media, essence(&response.media_type)))
}

/// Compares what belongs to the whole document.
pub(in crate::diff) fn document(base: &Side, revision: &Side, found: &mut Found) {
    let servers = |side: &Side| side.published().get("servers").cloned().map(without_prose);
    if servers(base) != servers(revision) {
        let place = || Some(Place::Published(Pointer::from_tokens(["servers"])));
        let urls = |side: &Side| -> Vec<String> {
            let servers = side.published().get("servers").and_then(Value::as_array);
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
    let webhooks = |side: &Side| side.published().get("webhooks").cloned().map(without_prose);
    if webhooks(base) != webhooks(revision) {
        let place = || Some(Place::Published(Pointer::from_tokens(["webhooks"])));
        let note = Note {
            subject: "webhooks".to_owned(),
            what: "changed".to_owned(),
            base: place(),
            revision: place(),
        };
        found.add(&CALLBACKS, Vec::new(), note);
    }
    security::schemes(base, revision, found);
    not_compared::check(base, revision, found);
}

/// The headers of a response, in lower case, without prose.
fn headers(side: &Side, response: &Value) -> BTreeMap<String, Value> {
    let response = resolver::resolved(side.published(), response);
    let headers = response.and_then(|response| response.get("headers")?.as_object());
    let headers = headers.into_iter().flatten().map(|(name, header)| {
        let header = resolver::resolved(side.published(), header).unwrap_or(header);
        let mut header = header.clone();
        let schema = header.get("schema");
        let schema = schema.and_then(|it| resolver::resolved(side.published(), it).cloned());
        if let Some(schema) = schema {
            header["schema"] = schema;
        }
        (name.to_ascii_lowercase(), without_prose(header))
    });
    headers.collect()
}

/// What is told of schemas that no generated type has: that of a body which the client hands over as it is, and those of media types
/// that it does not use. One that is the same as the schema of the used media type is told with it.
fn changed(
    (old, new): (&[String], &[String]),
    used: &str,
    is_raw: bool,
    schemas: impl Fn(&str) -> (Option<Value>, Option<Value>),
) -> (Option<String>, Option<String>) {
    let of_used = schemas(used);
    let has_changed = of_used.0 != of_used.1;
    let raw = (is_raw && has_changed)
        .then(|| format!("`{used}`: another schema, which the client does not use"));
    let both = old.iter().filter(|name| new.contains(name));
    let names = both.filter(|name| {
        let of_name = schemas(name);
        of_name.0 != of_name.1 && of_name != of_used
    });
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    let other = (!names.is_empty()).then(|| format!("{}: another schema", names.join(", ")));
    (raw, other)
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
