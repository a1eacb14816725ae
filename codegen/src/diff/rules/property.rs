//! Members of objects that were added, removed or renamed.

use crate::diff::change::Direction;
use crate::diff::found::{Here, Level, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::{Kind, View, type_label};
use crate::diff::side::Side;
use crate::diff::walk::SchemaPair;

pub(super) const ADDED: Both = Both {
    request: &Rule::request(
        "request-property-added",
        "A property that may be left out was added.",
    )
    .rust(RustEffect::Addition)
    .deployed(Effect::Harmless("do not send it"))
    .new_client(Effect::Harmless("it is ignored, or refused if it is used"))
    .bump(Bump::Minor)
    .mirror("response-property-added"),
    response: &Rule::response(
        "response-property-added",
        "A property that may be absent was added.",
    )
    .rust(RustEffect::Addition)
    .deployed(Effect::Harmless("it is ignored, nothing is lost"))
    .new_client(Effect::Harmless("it is absent"))
    .bump(Bump::Minor)
    .mirror("request-property-added"),
};

pub(super) const REQUIRED_ADDED: Both = Both {
    request: &Rule::request(
        "request-required-property-added",
        "A property that must be sent was added.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("is refused: it does not send the property"))
    .new_client(Effect::Harmless(
        "sends a member that is ignored, or refused",
    ))
    .bump(Bump::Major)
    .mirror("response-required-property-added"),
    response: &Rule::response(
        "response-required-property-added",
        "A property that is always there was added.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Harmless("it is ignored, nothing is lost"))
    .new_client(Effect::Break("cannot read a response without it"))
    .bump(Bump::Major)
    .mirror("request-required-property-added"),
};

pub(super) const REMOVED: Both = Both {
    request: &Rule::request("request-property-removed", "A property was removed.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break(
            "its value is ignored, or the request is refused",
        ))
        .new_client(Effect::Harmless("does not send it"))
        .bump(Bump::Major)
        .mirror("response-property-removed"),
    response: &Rule::response(
        "response-property-removed",
        "A property that may be absent was removed.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("it is absent"))
    .new_client(Effect::Harmless("it is ignored"))
    .bump(Bump::Major)
    .mirror("request-property-removed"),
};

pub(super) const REQUIRED_REMOVED: Both = Both {
    request: &Rule::request(
        "request-required-property-removed",
        "A property that had to be sent was removed.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break(
        "its value is ignored, or the request is refused",
    ))
    .new_client(Effect::Break("is refused: it does not send the property"))
    .bump(Bump::Major)
    .mirror("response-required-property-removed"),
    response: &Rule::response(
        "response-required-property-removed",
        "A property that was always there was removed.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("cannot read a response without it"))
    .new_client(Effect::Harmless("it is ignored"))
    .bump(Bump::Major)
    .mirror("request-required-property-removed"),
};

pub(super) const RENAMED: Both = Both {
    request: &Rule::request(
        "request-property-renamed",
        "A property is gone and an equal one has another name: probably renamed.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break(
        "its value is silently lost, or the request is refused",
    ))
    .new_client(Effect::Break(
        "its value is silently lost, or the request is refused",
    ))
    .bump(Bump::Major)
    .mirror("response-property-renamed"),
    response: &Rule::response(
        "response-property-renamed",
        "A property is gone and an equal one has another name: probably renamed.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("its value is silently lost"))
    .new_client(Effect::Break("its value is silently lost"))
    .bump(Bump::Major)
    .mirror("request-property-renamed"),
};

/// Compares the members of two objects, and begins the comparison of those that both have.
pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    if pair.base.kind() != Kind::Object || pair.revision.kind() != Kind::Object {
        return;
    }
    let old: Vec<&str> = pair.base.properties().map(|(name, _)| name).collect();
    let new: Vec<&str> = pair.revision.properties().map(|(name, _)| name).collect();
    let mut removed: Vec<&str> = old
        .iter()
        .copied()
        .filter(|name| !new.contains(name))
        .collect();
    for name in &new {
        if old.contains(name) {
            let is_required = pair.base.requires(name) && pair.revision.requires(name);
            let level = if is_required {
                Level::Required
            } else {
                Level::Optional
            };
            here.inside(
                pair.base.property(name),
                pair.revision.property(name),
                level,
            );
            continue;
        }
        let renamed = removed
            .iter()
            .position(|old_name| is_renamed(pair, old_name, name, &old, &new));
        if let Some(index) = renamed {
            let old_name = removed.remove(index);
            renamed_property(pair, old_name, name, here);
        } else {
            added(pair, name, here);
        }
    }
    for name in removed {
        gone(pair, name, here);
    }
}

fn added(pair: &SchemaPair, name: &str, here: &mut Here) {
    let place = pair.revision.property(name);
    let is_required = pair.revision.requires(name);
    let rules = if is_required { &REQUIRED_ADDED } else { &ADDED };
    let note = || Note {
        subject: pair.subject.clone(),
        what: format!("+ `{}`", member(pair.revision_side, &pair.revision, name)),
        base: Some(Place::Normalized(pair.base.place.clone())),
        revision: Some(Place::Normalized(place.clone())),
    };
    for direction in directions(pair.revision_side, &pair.revision, name) {
        here.add_in(rules, direction, note());
    }
}

fn gone(pair: &SchemaPair, name: &str, here: &mut Here) {
    let place = pair.base.property(name);
    let rules = if pair.base.requires(name) {
        &REQUIRED_REMOVED
    } else {
        &REMOVED
    };
    let note = || Note {
        subject: pair.subject.clone(),
        what: format!("− `{}`", member(pair.base_side, &pair.base, name)),
        base: Some(Place::Normalized(place.clone())),
        revision: Some(Place::Normalized(pair.revision.place.clone())),
    };
    for direction in directions(pair.base_side, &pair.base, name) {
        here.add_in(rules, direction, note());
    }
}

fn renamed_property(pair: &SchemaPair, old: &str, new: &str, here: &mut Here) {
    let note = Note {
        subject: pair.subject.clone(),
        what: format!(
            "− `{}`, + `{}`: probably renamed",
            member(pair.base_side, &pair.base, old),
            member(pair.revision_side, &pair.revision, new)
        ),
        base: Some(Place::Normalized(pair.base.property(old))),
        revision: Some(Place::Normalized(pair.revision.property(new))),
    };
    here.add(&RENAMED, note);
}

/// Whether a new member is an old one with another name: it has the same schema and stands at the same position.
fn is_renamed(
    pair: &SchemaPair,
    old_name: &str,
    new_name: &str,
    old: &[&str],
    new: &[&str],
) -> bool {
    let position = |names: &[&str], name: &str| names.iter().position(|it| *it == name);
    let schema = |view: &View, name: &str| {
        view.properties()
            .find(|(it, _)| *it == name)
            .map(|it| it.1.clone())
    };
    position(old, old_name) == position(new, new_name)
        && pair.base.requires(old_name) == pair.revision.requires(new_name)
        && type_label(pair.base_side, &pair.base.property(old_name))
            == type_label(pair.revision_side, &pair.revision.property(new_name))
        && schema(&pair.base, old_name).map(without_prose)
            == schema(&pair.revision, new_name).map(without_prose)
}

fn without_prose(mut schema: serde_json::Value) -> serde_json::Value {
    if let Some(members) = schema.as_object_mut() {
        for name in ["title", "description", "example", "examples"] {
            members.shift_remove(name);
        }
    }
    schema
}

/// `name: type`, or `name?: type` if it may be absent.
fn member(side: &Side, object: &View, name: &str) -> String {
    let mark = if object.requires(name) { "" } else { "?" };
    format!("{name}{mark}: {}", type_label(side, &object.property(name)))
}

/// In which directions a member is used: one that the server sets is not sent.
fn directions(side: &Side, object: &View, name: &str) -> Vec<Direction> {
    let view = View::at(side.document(), object.property(name));
    match (view.is("readOnly"), view.is("writeOnly")) {
        (true, false) => vec![Direction::Response],
        (false, true) => vec![Direction::Request],
        _ => vec![Direction::Request, Direction::Response],
    }
}
