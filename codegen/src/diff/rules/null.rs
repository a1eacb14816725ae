//! Whether a value may be `null`.

use crate::diff::change::Direction;
use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::walk::SchemaPair;

use super::used;

pub(super) const ALLOWED: Both = Both {
    request: &Rule::request("request-null-allowed", "`null` is accepted.")
        .rust(RustEffect::Depends)
        .new_client(Effect::Risk("`null` is refused"))
        .bump(Bump::Minor)
        .mirror("response-null-allowed"),
    response: &Rule::response(
        "response-null-allowed",
        "A value that is always there may be `null`.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("cannot read `null`"))
    .bump(Bump::Major)
    .mirror("request-null-allowed"),
};

pub(super) const ALLOWED_IN_OPTIONAL: Both = Both {
    request: ALLOWED.request,
    response: &Rule::response(
        "response-null-allowed-in-optional",
        "A value that may be absent may be `null`.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Harmless("`null` is read as absent"))
    .bump(Bump::Minor)
    .without_mirror("in a request, a value that may be left out is not different from others"),
};

pub(super) const REFUSED: Both = Both {
    request: &Rule::request("request-null-refused", "`null` is not accepted any more.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Break("`null` is refused"))
        .bump(Bump::Major)
        .mirror("response-null-excluded"),
    response: &Rule::response("response-null-excluded", "A value is never `null`.")
        .rust(RustEffect::Depends)
        .new_client(Effect::Risk("cannot read `null`"))
        .bump(Bump::Minor)
        .mirror("request-null-refused"),
};

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let is = (pair.base.is("nullable"), pair.revision.is("nullable"));
    let (rules, what) = match is {
        (false, true) if pair.is_required => (&ALLOWED, "may be `null`"),
        (false, true) => (&ALLOWED_IN_OPTIONAL, "may be `null`"),
        (true, false) => (&REFUSED, "`null` is excluded"),
        _ => return,
    };
    let used = used::of(pair, "nullable");
    for direction in [Direction::Request, Direction::Response] {
        here.add_in(
            rules,
            direction,
            Note {
                subject: used.subject.clone(),
                what: what.to_owned(),
                base: Some(Place::Normalized(used.base.clone())),
                revision: Some(Place::Normalized(used.revision.clone())),
            },
        );
    }
}
