//! Members of objects that are not declared.

use serde_json::Value;

use crate::diff::change::Direction;
use crate::diff::found::{Here, Level, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::{Kind, Rest, View};
use crate::diff::side::Side;
use crate::diff::walk::SchemaPair;

use super::unclassified::KEYWORD;

pub(super) const CLOSED: Both = Both {
    request: &Rule::request(
        "request-extra-members-refused",
        "Members that are not declared are not accepted any more.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("is refused if it sends such members"))
    .bump(Bump::Major)
    .mirror("response-extra-members-excluded"),
    response: &Rule::response(
        "response-extra-members-excluded",
        "Members that are not declared are never there.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Harmless("such members are absent"))
    .mirror("request-extra-members-refused"),
};

pub(super) const OPENED: Both = Both {
    request: &Rule::request(
        "request-extra-members-accepted",
        "Members that are not declared are accepted.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Risk("such members are refused"))
    .bump(Bump::Minor)
    .mirror("response-extra-members-allowed"),
    response: &Rule::response(
        "response-extra-members-allowed",
        "Members that are not declared may be there.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Harmless("such members are ignored"))
    .bump(Bump::Minor)
    .mirror("request-extra-members-accepted"),
};

pub(super) const TYPED: Both = Both {
    request: &Rule::request(
        "request-extra-members-typed",
        "Members that are not declared must have a type.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("a member of another type is refused"))
    .bump(Bump::Major)
    .mirror("response-extra-members-typed"),
    response: &Rule::response(
        "response-extra-members-typed",
        "Members that are not declared have a type.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Risk(
        "may not be able to read a member of another type",
    ))
    .bump(Bump::Major)
    .mirror("request-extra-members-typed"),
};

pub(super) const UNTYPED: Both = Both {
    request: &Rule::request(
        "request-extra-members-untyped",
        "Members that are not declared may have any type.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Risk("a member of another type is refused"))
    .bump(Bump::Minor)
    .mirror("response-extra-members-untyped"),
    response: &Rule::response(
        "response-extra-members-untyped",
        "Members that are not declared may have any type.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("cannot read a member of another type"))
    .bump(Bump::Major)
    .mirror("request-extra-members-untyped"),
};

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    if pair.base.kind() != Kind::Object || pair.revision.kind() != Kind::Object {
        return;
    }
    let old = rest(pair.base_side, &pair.base);
    let new = rest(pair.revision_side, &pair.revision);
    let both = match (old, new) {
        (Rest::Typed, Rest::Typed) => {
            let below = |place: &crate::pointer::Pointer| place.join("additionalProperties");
            return here.inside(
                below(&pair.base.place),
                below(&pair.revision.place),
                Level::Required,
            );
        }
        // What is not said and what is allowed accept the same; only the Rust type differs.
        (Rest::None, Rest::None)
        | (Rest::Unsaid | Rest::Any, Rest::Unsaid)
        | (Rest::Any, Rest::Any) => return,
        // The client neither sends nor reads such members, so it sees no difference.
        (Rest::Unsaid, Rest::None) | (Rest::None, Rest::Unsaid) => &KEYWORD,
        (Rest::None, _) | (Rest::Unsaid, Rest::Any) => &OPENED,
        (_, Rest::None) => &CLOSED,
        (_, Rest::Typed) => &TYPED,
        (Rest::Typed, _) => &UNTYPED,
    };
    let shown = |rest: Rest| match rest {
        Rest::Unsaid => "not said",
        Rest::None => "none",
        Rest::Any => "of any type",
        Rest::Typed => "of one type",
    };
    for direction in [Direction::Request, Direction::Response] {
        here.add_in(
            both,
            direction,
            Note {
                subject: pair.subject.clone(),
                what: format!(
                    "members that are not declared: {} → {}",
                    shown(old),
                    shown(new)
                ),
                base: Some(Place::Normalized(pair.base.place.clone())),
                revision: Some(Place::Normalized(pair.revision.place.clone())),
            },
        );
    }
}

/// What other members an object may have. The normal form does not tell `additionalProperties: false` from what is not said.
fn rest(side: &Side, view: &View) -> Rest {
    let is_closed = |keyword: &str| {
        let parts = side.parts(&side.origin(&view.place)).into_iter();
        let mut values = parts.filter_map(|part| part.get(keyword));
        values.any(|value| *value == Value::Bool(false))
    };
    match view.rest() {
        Rest::Unsaid if is_closed("additionalProperties") || is_closed("unevaluatedProperties") => {
            Rest::None
        }
        rest => rest,
    }
}
