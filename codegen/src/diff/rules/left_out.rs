//! What the normal form leaves out, because a client does not need it: compared in the documents as their authors wrote them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::OperationPair;
use crate::diff::prose::without_prose;
use crate::diff::rule::{Bump, Effect, Rule};
use crate::diff::side::Side;
use crate::model::Operation;
use crate::openapi::media_types::essence;
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

use super::not_compared;

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

/// Two versions of an operation as they were published.
struct Published<'p> {
    pair: &'p OperationPair<'p>,
    base_place: Pointer,
    revision_place: Pointer,
    base: Map<String, Value>,
    revision: Map<String, Value>,
}

/// Compares what the normal form leaves out of an operation.
pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    let published = |side: &Side, place: &Pointer| {
        let origin = side.origin(place);
        let node = origin.get(side.published()).and_then(Value::as_object);
        (origin, node.cloned().unwrap_or_default())
    };
    let (base_place, base) = published(pair.base_side, &pair.base.place);
    let (revision_place, revision) = published(pair.revision_side, &pair.revision.place);
    let operations = Published {
        pair,
        base_place,
        revision_place,
        base,
        revision,
    };
    operations.whole(found);
    operations.request(found);
    operations.responses(found);
}

impl Published<'_> {
    fn note(&self, rule: &'static Rule, part: &str, member: &str, what: String, found: &mut Found) {
        let place = |place: &Pointer| Some(Place::Published(place.join(member)));
        let note = Note {
            subject: self.pair.name(),
            what,
            base: place(&self.base_place),
            revision: place(&self.revision_place),
        };
        found.add(rule, vec![self.pair.part(part)], note);
    }

    /// Credentials, tags, callbacks and servers.
    fn whole(&self, found: &mut Found) {
        let old = security(self.pair.base_side, &self.base);
        let new = security(self.pair.revision_side, &self.revision);
        if old != new {
            let what = format!("credentials {} → {}", shown(&old), shown(&new));
            self.note(&SECURITY, "", "security", what, found);
        }
        let (old, new) = (self.base.get("tags"), self.revision.get("tags"));
        if old != new {
            let text = |tags: Option<&Value>| {
                tags.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"))
            };
            let what = format!("tags {} → {}", text(old), text(new));
            self.note(&TAGS, "", "tags", what, found);
        }
        for (member, rule) in [("callbacks", &CALLBACKS), ("servers", &SERVERS)] {
            let plain = |node: &Map<String, Value>| node.get(member).cloned().map(without_prose);
            if plain(&self.base) != plain(&self.revision) {
                self.note(rule, "", member, format!("`{member}` changed"), found);
            }
        }
    }

    /// The media types of the body.
    fn request(&self, found: &mut Found) {
        let member = "requestBody";
        let (Some(base), Some(revision)) = (self.base.get(member), self.revision.get(member))
        else {
            return;
        };
        let mut old = media_types(self.pair.base_side, base);
        let mut new = media_types(self.pair.revision_side, revision);
        let operations = [self.pair.base, self.pair.revision];
        for used in operations.into_iter().filter_map(media_type_of_body) {
            old.retain(|it| *it != used);
            new.retain(|it| *it != used);
        }
        if let Some(what) = difference(&old, &new) {
            let what = format!("media types {what}");
            self.note(&REQUEST_MEDIA_TYPES, "request", member, what, found);
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

    /// The media types, headers and links of the responses that both versions have.
    fn responses(&self, found: &mut Found) {
        let responses =
            |node: &Map<String, Value>| node.get("responses").and_then(Value::as_object).cloned();
        let old = responses(&self.base).unwrap_or_default();
        let new = responses(&self.revision).unwrap_or_default();
        let both = new
            .iter()
            .filter_map(|(status, new)| Some((status, old.get(status)?, new)));
        for (status, base, revision) in both {
            let mut note = |rule: &'static Rule, what: String| {
                let what = format!("{status}: {what}");
                self.note(rule, status, "responses", what, found);
            };
            let mut old = media_types(self.pair.base_side, base);
            let mut new = media_types(self.pair.revision_side, revision);
            let has_body = !old.is_empty() && !new.is_empty();
            for used in self.media_types_of_responses(status) {
                old.retain(|it| *it != used);
                new.retain(|it| *it != used);
            }
            if let Some(what) = difference(&old, &new).filter(|_| has_body) {
                note(&RESPONSE_MEDIA_TYPES, format!("media types {what}"));
            }
            let old = headers(self.pair.base_side, base);
            let new = headers(self.pair.revision_side, revision);
            compare_headers(&old, &new, &mut note);
            let links = |node: &Value| node.get("links").cloned().map(without_prose);
            if links(base) != links(revision) {
                note(&CALLBACKS, "`links` changed".to_owned());
            }
        }
    }
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

/// The media types of a body.
fn media_types(side: &Side, body: &Value) -> Vec<String> {
    let body = resolver::resolved(side.published(), body);
    let content = body.and_then(|body| body.get("content")?.as_object());
    let media_types = content.into_iter().flatten();
    media_types
        .map(|(media_type, _)| essence(media_type))
        .collect()
}

fn compare_headers(
    old: &BTreeMap<String, Value>,
    new: &BTreeMap<String, Value>,
    note: &mut impl FnMut(&'static Rule, String),
) {
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        note(&HEADER_REMOVED, format!("− header `{name}`"));
    }
    for (name, header) in new {
        match old.get(name) {
            None => note(&HEADER_CHANGED, format!("+ header `{name}`")),
            Some(other) if other["required"] == true && header["required"] != true => {
                note(&HEADER_REMOVED, format!("header `{name}` may be absent"));
            }
            Some(other) if other != header => {
                note(&HEADER_CHANGED, format!("header `{name}` changed"));
            }
            Some(_) => {}
        }
    }
}

/// Compares what belongs to the whole document.
pub(in crate::diff) fn document(base: &Side, revision: &Side, found: &mut Found) {
    let servers = |side: &Side| side.published().get("servers").cloned().map(without_prose);
    if servers(base) != servers(revision) {
        let urls = |side: &Side| -> Vec<String> {
            let servers = side.published().get("servers").and_then(Value::as_array);
            let urls = servers
                .into_iter()
                .flatten()
                .filter_map(|it| it.get("url")?.as_str());
            urls.map(str::to_owned).collect()
        };
        let what = difference(&urls(base), &urls(revision)).unwrap_or_else(|| "changed".to_owned());
        let note = Note {
            what,
            ..of_document("servers")
        };
        found.add(&SERVERS, Vec::new(), note);
    }
    let webhooks = |side: &Side| side.published().get("webhooks").cloned().map(without_prose);
    if webhooks(base) != webhooks(revision) {
        found.add(&CALLBACKS, Vec::new(), of_document("webhooks"));
    }
    not_compared::check(base, revision, found);
}

/// A change of a member of the whole document.
fn of_document(member: &str) -> Note {
    let place = Place::Published(Pointer::from_tokens([member]));
    Note {
        subject: member.to_owned(),
        what: "changed".to_owned(),
        base: Some(place.clone()),
        revision: Some(place),
    }
}

/// The credentials of an operation: any of these sets. Each scheme is there with what it asks for.
fn security(side: &Side, operation: &Map<String, Value>) -> BTreeMap<String, Value> {
    let requirements = operation
        .get("security")
        .or_else(|| side.published().get("security"));
    let schemes = side.published().pointer("/components/securitySchemes");
    let requirements = requirements.and_then(Value::as_array);
    let mut sets = BTreeMap::new();
    for requirement in requirements.into_iter().flatten() {
        let Some(names) = requirement.as_object() else {
            continue;
        };
        let mut parts: Vec<(String, Value)> = Vec::new();
        for (name, scopes) in names {
            let scheme = schemes.and_then(|schemes| schemes.get(name));
            let scheme = scheme.and_then(|scheme| resolver::resolved(side.published(), scheme));
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
    let response = resolver::resolved(side.published(), response);
    let headers = response.and_then(|response| response.get("headers")?.as_object());
    let headers = headers.into_iter().flatten().map(|(name, header)| {
        let header = resolver::resolved(side.published(), header).unwrap_or(header);
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
