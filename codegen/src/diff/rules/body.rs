//! Request bodies.

use serde_json::Value;

use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::OperationPair;
use crate::diff::rule::{Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::type_label;
use crate::diff::side::Side;
use crate::model::{Body, Operation};
use crate::openapi::media_types::is_same;

const ONLY_SENT: &str = "the body of a response has rules of its own";

const fn rule(id: &'static str, about: &'static str) -> Rule {
    Rule::request(id, about).without_mirror(ONLY_SENT)
}

pub(super) const ADDED: Rule = rule(
    "request-body-added",
    "A body that may be left out was added.",
)
.rust(RustEffect::Addition)
.new_client(Effect::Harmless("it is ignored, or refused if it is sent"))
.bump(Bump::Minor);

pub(super) const REQUIRED_ADDED: Rule = rule(
    "required-request-body-added",
    "A body that must be sent was added.",
)
.rust(RustEffect::Break)
.deployed(Effect::Break("is refused: it does not send a body"))
.new_client(Effect::Harmless("it is ignored, or refused"))
.bump(Bump::Major);

pub(super) const REMOVED: Rule = rule("request-body-removed", "The body was removed.")
    .rust(RustEffect::Break)
    .deployed(Effect::Break("its body is ignored, or refused"))
    .new_client(Effect::Risk("does not send a body: may be refused"))
    .bump(Bump::Major);

pub(super) const REQUIRED: Rule = rule(
    "request-body-became-required",
    "A body that could be left out must be sent.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("is refused if it does not send a body"))
.bump(Bump::Major);

pub(super) const OPTIONAL: Rule = rule(
    "request-body-became-optional",
    "A body that had to be sent may be left out.",
)
.rust(RustEffect::Depends)
.new_client(Effect::Risk("is refused if it does not send a body"))
.bump(Bump::Major);

pub(super) const MEDIA_TYPE: Rule = Rule::request(
    "request-media-type-changed",
    "The body is sent with another media type.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("is refused with 415"))
.new_client(Effect::Break("is refused with 415"))
.bump(Bump::Major)
.mirror("response-media-type-changed");

pub(super) const ENCODING: Rule = rule(
    "request-encoding-changed",
    "The fields of a form are written in another way.",
)
.deployed(Effect::Break("its values may be understood as other ones"))
.new_client(Effect::Break("its values may be understood as other ones"))
.bump(Bump::Major);

pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    // The parts of a multipart body are compared as parameters are.
    let parts = |operation: &crate::model::Operation| {
        operation.multipart.as_ref().map(|(media, _)| media.clone())
    };
    let is_multipart = parts(pair.base).is_some() && parts(pair.revision).is_some();
    let whole = (
        is_required(pair.base_side, pair.base),
        is_required(pair.revision_side, pair.revision),
    );
    match whole {
        (false, true) if is_multipart => {
            note(
                pair,
                &REQUIRED,
                "body: optional → required".to_owned(),
                None,
                None,
                found,
            );
        }
        (true, false) if is_multipart => {
            note(
                pair,
                &OPTIONAL,
                "body: required → optional".to_owned(),
                None,
                None,
                found,
            );
        }
        _ => {}
    }
    match (&pair.base.body, &pair.revision.body) {
        (Some(base), Some(revision)) => compare(pair, base, revision, found),
        (None, Some(body)) => {
            let label = type_label(pair.revision_side, &body.typed.place);
            let (rule, what) = match (parts(pair.base), body.required) {
                (Some(old), _) => (&MEDIA_TYPE, format!("`{old}` → `{}`", body.media_type)),
                (None, true) => (&REQUIRED_ADDED, format!("+ body: `{label}`")),
                (None, false) => (&ADDED, format!("+ body?: `{label}`")),
            };
            note(pair, rule, what, None, Some(body), found);
        }
        (Some(body), None) => {
            let label = type_label(pair.base_side, &body.typed.place);
            let (rule, what) = match parts(pair.revision) {
                Some(new) => (&MEDIA_TYPE, format!("`{}` → `{new}`", body.media_type)),
                None => (&REMOVED, format!("− body: `{label}`")),
            };
            note(pair, rule, what, Some(body), None, found);
        }
        (None, None) => {
            if let (Some(old), Some(new)) = (parts(pair.base), parts(pair.revision))
                && !is_same(&old, &new)
            {
                note(
                    pair,
                    &MEDIA_TYPE,
                    format!("`{old}` → `{new}`"),
                    None,
                    None,
                    found,
                );
            }
        }
    }
}

/// Whether the document says that the body must be sent. The parts of an optional body are all optional.
fn is_required(side: &Side, operation: &Operation) -> bool {
    let place = operation.place.join("requestBody").join("required");
    place.get(side.document()) == Some(&Value::Bool(true))
}

fn compare(pair: &OperationPair, base: &Body, revision: &Body, found: &mut Found) {
    let Body {
        media,
        media_type,
        required,
        prose: _,
        // Compared as schemas are.
        typed: _,
        encoding,
    } = revision;
    let mut note = |rule, what: String| note(pair, rule, what, Some(base), Some(revision), found);
    if base.media != *media || !is_same(&base.media_type, media_type) {
        note(
            &MEDIA_TYPE,
            format!("`{}` → `{media_type}`", base.media_type),
        );
    }
    match (base.required, *required) {
        (false, true) => note(&REQUIRED, "body: optional → required".to_owned()),
        (true, false) => note(&OPTIONAL, "body: required → optional".to_owned()),
        _ => {}
    }
    if base.encoding != *encoding {
        let names = base.encoding.iter().chain(encoding);
        let mut names: Vec<String> = names
            .filter(|field| !(base.encoding.contains(field) && encoding.contains(field)))
            .map(|field| crate::model::code_span(&field.name))
            .collect();
        names.sort();
        names.dedup();
        note(&ENCODING, format!("encoding of {}", names.join(", ")));
    }
}

fn note(
    pair: &OperationPair,
    rule: &'static Rule,
    what: String,
    base: Option<&Body>,
    revision: Option<&Body>,
    found: &mut Found,
) {
    // The media type is around the schema.
    let place = |body: &Body| {
        let place = &body.typed.place;
        Place::Normalized(place.parent().unwrap_or_else(|| place.clone()))
    };
    let whole = pair.note(what);
    let note = Note {
        subject: whole.subject,
        what: whole.what,
        base: base.map(place).or(whole.base),
        revision: revision.map(place).or(whole.revision),
    };
    found.add(rule, vec![pair.part("request")], note);
}
