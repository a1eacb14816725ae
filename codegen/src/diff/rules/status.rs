//! Responses: their statuses and whether they have a body.

use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::{OperationPair, responses};
use crate::diff::rule::{Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::type_label;
use crate::diff::side::Side;
use crate::model::{Response, Typed};
use crate::openapi::media_types::is_same;

const ONLY_RECEIVED: &str = "only responses have statuses";

const fn rule(id: &'static str, about: &'static str) -> Rule {
    Rule::response(id, about).without_mirror(ONLY_RECEIVED)
}

pub(super) const SUCCESS_ADDED: Rule =
    rule("success-status-added", "A status of a success was added.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Harmless("is read as an undeclared success"))
        .bump(Bump::Minor);

pub(super) const SUCCESS_REMOVED: Rule = rule(
    "success-status-removed",
    "A status of a success was removed.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Risk("does not get the status that it waits for"))
.bump(Bump::Major);

pub(super) const ERROR_ADDED: Rule = rule(
    "error-status-added",
    "A status of an error was added, with a body that other errors have.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Harmless("the same error"));

pub(super) const OTHER_ERROR_ADDED: Rule = rule(
    "error-with-other-body-added",
    "A status of an error was added, with a body that no other error has.",
)
.avoid("give the response the body of the other errors, in an overlay")
.rust(RustEffect::Break)
.deployed(Effect::Harmless(
    "the status is kept, its message may be lost",
))
.bump(Bump::Major);

pub(super) const ERROR_REMOVED: Rule =
    rule("error-status-removed", "A status of an error was removed.")
        .rust(RustEffect::Depends)
        .bump(Bump::Patch);

pub(super) const BODY_ADDED: Rule = rule("response-body-added", "A response has a body.")
    .rust(RustEffect::Break)
    .deployed(Effect::Harmless("it is ignored"))
    .new_client(Effect::Break("cannot read a response without a body"))
    .bump(Bump::Major);

pub(super) const BODY_REMOVED: Rule =
    rule("response-body-removed", "A response has no body any more.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break("cannot read a response without a body"))
        .bump(Bump::Major);

pub(super) const MEDIA_TYPE: Rule = Rule::response(
    "response-media-type-changed",
    "A response has another media type.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("cannot read it, or gets 406"))
.new_client(Effect::Break("cannot read it, or gets 406"))
.bump(Bump::Major)
.mirror("request-media-type-changed");

pub(super) const EVENTS: Rule = rule(
    "event-stream-changed",
    "A response may be an event stream, or not any more.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Risk("`events` may get no stream"))
.bump(Bump::Minor);

pub(super) const ITEMS: Rule = rule(
    "response-items-changed",
    "A response may be a sequence of items, not any more, or of another media type.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Risk("`items` may get another media type"))
.bump(Bump::Minor);

pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    let (both, added, removed) = responses(&pair.base.success, &pair.revision.success);
    for response in added {
        let what = format!("+ {}", described(pair.revision_side, response));
        note(pair, &SUCCESS_ADDED, what, None, Some(response), found);
    }
    for response in removed {
        let what = format!("− {}", described(pair.base_side, response));
        note(pair, &SUCCESS_REMOVED, what, Some(response), None, found);
    }
    for (base, revision) in both {
        compare(pair, base, revision, found);
    }
    let (both, added, removed) = responses(&pair.base.errors, &pair.revision.errors);
    // The type of the errors stays the same if a new one has the type that another had.
    let body = |response: &Response| {
        let (media, typed) = response.content.as_ref()?;
        Some((*media, typed.ty().clone()))
    };
    let known: Vec<_> = both.iter().map(|(_, it)| body(it)).collect();
    for response in added {
        let body = body(response);
        let is_known = body.is_none() || known.contains(&body);
        let rule = if is_known {
            &ERROR_ADDED
        } else {
            &OTHER_ERROR_ADDED
        };
        let what = format!("+ {}", described(pair.revision_side, response));
        note(pair, rule, what, None, Some(response), found);
    }
    for response in removed {
        let what = format!("− {}", described(pair.base_side, response));
        note(pair, &ERROR_REMOVED, what, Some(response), None, found);
    }
    for (base, revision) in both {
        compare(pair, base, revision, found);
    }
}

fn compare(pair: &OperationPair, base: &Response, revision: &Response, found: &mut Found) {
    let Response {
        statuses,
        variant: _,
        // The types are compared as schemas are.
        content,
        media_type,
        is_event_stream,
        items,
        // What changes of the client with it is a change of its methods.
        has_link: _,
        prose: _,
    } = revision;
    let mut note = |rule, what: String| note(pair, rule, what, Some(base), Some(revision), found);
    match (&base.content, content) {
        (None, Some(_)) => note(&BODY_ADDED, format!("{statuses}: + body")),
        (Some(_), None) => note(&BODY_REMOVED, format!("{statuses}: − body")),
        (Some((old, _)), Some((new, _)))
            if old != new || !is_same(&base.media_type, media_type) =>
        {
            note(
                &MEDIA_TYPE,
                format!("{statuses}: `{}` → `{media_type}`", base.media_type),
            );
        }
        _ => {}
    }
    let media_type_of_items =
        |items: &Option<(String, Typed)>| items.as_ref().map(|it| it.0.clone());
    let (old_items, new_items) = (media_type_of_items(&base.items), media_type_of_items(items));
    if old_items != new_items {
        let shown =
            |items: Option<String>| items.map_or("nothing".to_owned(), |it| format!("`{it}`"));
        let what = format!(
            "{statuses}: items of {} → {}",
            shown(old_items),
            shown(new_items)
        );
        note(&ITEMS, what);
    }
    if base.is_event_stream != *is_event_stream {
        let what = if *is_event_stream {
            "may be an event stream"
        } else {
            "is never an event stream"
        };
        note(&EVENTS, format!("{statuses}: {what}"));
    }
}

fn described(side: &Side, response: &Response) -> String {
    match &response.content {
        Some((_, typed)) => format!(
            "{}: `{}`",
            response.statuses,
            type_label(side, &typed.place)
        ),
        None => format!("{} without a body", response.statuses),
    }
}

fn note(
    pair: &OperationPair,
    rule: &'static Rule,
    what: String,
    base: Option<&Response>,
    revision: Option<&Response>,
    found: &mut Found,
) {
    let place = |operation: &crate::model::Operation, response: &Response| {
        let key = response.statuses.to_string();
        Place::Normalized(operation.place.join("responses").join(&key))
    };
    let statuses = revision
        .or(base)
        .map(|response| response.statuses.to_string());
    let whole = pair.note(what);
    let note = Note {
        subject: whole.subject,
        what: whole.what,
        base: base
            .map(|response| place(pair.base, response))
            .or(whole.base),
        revision: revision
            .map(|response| place(pair.revision, response))
            .or(whole.revision),
    };
    found.add(rule, vec![pair.part(statuses.unwrap_or_default())], note);
}
