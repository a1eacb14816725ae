//! Members of objects that became required or optional.

use serde_json::{Map, Value};

use crate::diff::change::Direction;
use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::{Kind, View};
use crate::diff::side::Side;
use crate::diff::walk::SchemaPair;

pub(super) const REQUIRED: Both = Both {
    request: &Rule::request(
        "request-property-became-required",
        "A property that could be left out must be sent.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("is refused if it does not send the property"))
    .bump(Bump::Major)
    .mirror("response-property-became-required"),
    response: &Rule::response(
        "response-property-became-required",
        "A property that could be absent is always there.",
    )
    .rust(RustEffect::Break)
    .new_client(Effect::Break("cannot read a response without it"))
    .bump(Bump::Major)
    .mirror("request-property-became-required"),
};

pub(super) const OPTIONAL: Both = Both {
    request: &Rule::request(
        "request-property-became-optional",
        "A property that had to be sent may be left out.",
    )
    .rust(RustEffect::Break)
    .new_client(Effect::Risk("is refused if it leaves out the property"))
    .bump(Bump::Major)
    .mirror("response-property-became-optional"),
    response: &Rule::response(
        "response-property-became-optional",
        "A property that was always there may be absent.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("cannot read a response without it"))
    .bump(Bump::Major)
    .mirror("request-property-became-optional"),
};

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    if pair.base.kind() != Kind::Object || pair.revision.kind() != Kind::Object {
        return;
    }
    let new: Vec<&str> = pair.revision.properties().map(|(name, _)| name).collect();
    for (name, _) in pair
        .base
        .properties()
        .filter(|(name, _)| new.contains(name))
    {
        let (rules, what) = match (pair.base.requires(name), pair.revision.requires(name)) {
            (false, true) => (&REQUIRED, "optional → required"),
            (true, false) => (&OPTIONAL, "required → optional"),
            _ => continue,
        };
        for direction in [Direction::Request, Direction::Response] {
            let is_there = |side: &Side, view: &View| is_always_there(side, view, name, direction);
            let old = is_there(pair.base_side, &pair.base);
            if old == is_there(pair.revision_side, &pair.revision) {
                continue;
            }
            let note = Note {
                subject: pair.subject.clone(),
                what: format!("`{name}`: {what}"),
                base: Some(Place::Normalized(pair.base.property(name))),
                revision: Some(Place::Normalized(pair.revision.property(name))),
            };
            here.add_in(rules, direction, note);
        }
    }
}

/// Whether a property is in every object that goes in a direction. The normal form makes properties optional that only one
/// direction has; there, they are still required.
fn is_always_there(side: &Side, object: &View, name: &str, direction: Direction) -> bool {
    let property = View::at(side.document(), object.property(name));
    let absent = match direction {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    };
    let is_required = |node: &&Map<String, Value>| {
        let required = node.get("required").and_then(Value::as_array);
        required.is_some_and(|names| names.iter().any(|it| it == name))
    };
    let by_author = || side.parts(&side.origin(&object.place));
    !property.is(absent) && (object.requires(name) || by_author().iter().any(is_required))
}
