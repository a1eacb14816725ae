//! The format of a value.

use crate::diff::change::Direction;
use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::Kind;
use crate::diff::walk::SchemaPair;

pub(super) const CHANGED: Both = Both {
    request: &Rule::request("request-format-changed", "A value has another format.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Risk("a value of the old format may be refused"))
        .new_client(Effect::Risk("a value of the new format may be refused"))
        .bump(Bump::Major)
        .mirror("response-format-changed"),
    response: &Rule::response("response-format-changed", "A value has another format.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Risk("may not be able to read it"))
        .new_client(Effect::Risk("may not be able to read it"))
        .bump(Bump::Major)
        .mirror("request-format-changed"),
};

pub(super) const WIDENED: Both = Both {
    request: &Rule::request(
        "request-format-widened",
        "A value may have any format, or larger numbers.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Risk("a value of another format may be refused"))
    .bump(Bump::Patch)
    .mirror("response-format-narrowed"),
    response: &Rule::response(
        "response-format-narrowed",
        "A value has a format, or smaller numbers.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Risk(
        "may not be able to read a value of another format",
    ))
    .bump(Bump::Patch)
    .mirror("request-format-widened"),
};

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let (Kind::Scalar(one), Kind::Scalar(other)) = (pair.base.kind(), pair.revision.kind()) else {
        return;
    };
    let (old, new) = (pair.base.text("format"), pair.revision.text("format"));
    if one != other || old == new {
        return;
    }
    let note = || Note {
        subject: pair.subject.clone(),
        what: format!("format {} → {}", shown(old), shown(new)),
        base: Some(Place::Normalized(pair.base.place.clone())),
        revision: Some(Place::Normalized(pair.revision.place.clone())),
    };
    let (request, response) = if is_wider(old, new) {
        (&WIDENED, &CHANGED)
    } else if is_wider(new, old) {
        (&CHANGED, &WIDENED)
    } else {
        (&CHANGED, &CHANGED)
    };
    here.add_in(request, Direction::Request, note());
    here.add_in(response, Direction::Response, note());
}

/// Whether each value of the first format has the second, too.
fn is_wider(narrow: Option<&str>, wide: Option<&str>) -> bool {
    matches!(
        (narrow, wide),
        (Some(_), None) | (Some("int32"), Some("int64")) | (Some("float"), Some("double"))
    )
}

fn shown(format: Option<&str>) -> String {
    format.map_or_else(|| "none".to_owned(), |format| format!("`{format}`"))
}
