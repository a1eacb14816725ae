//! The values of enums.

use serde_json::Value;

use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::walk::SchemaPair;

pub(super) const ADDED: Both = Both {
    request: &Rule::request("request-enum-value-added", "More values are accepted.")
        .rust(RustEffect::Depends)
        .new_client(Effect::Harmless("refused if it is used"))
        .bump(Bump::Minor)
        .mirror("response-enum-value-added"),
    response: &Rule::response("response-enum-value-added", "A value may be one more.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Harmless("read as `Unknown`"))
        .bump(Bump::Minor)
        .mirror("request-enum-value-added"),
};

pub(super) const REMOVED: Both = Both {
    request: &Rule::request("request-enum-value-removed", "Fewer values are accepted.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Break("is refused if it sends the value"))
        .bump(Bump::Major)
        .mirror("response-enum-value-removed"),
    response: &Rule::response("response-enum-value-removed", "A value is one less.")
        .rust(RustEffect::Depends)
        .new_client(Effect::Harmless("read as `Unknown`"))
        .bump(Bump::Major)
        .mirror("request-enum-value-removed"),
};

pub(super) const CLOSED: Both = Both {
    request: &Rule::request(
        "request-enum-introduced",
        "Only listed values are accepted.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("is refused if it sends another value"))
    .bump(Bump::Major)
    .mirror("response-enum-introduced"),
    response: &Rule::response("response-enum-introduced", "A value is one of a list.")
        .rust(RustEffect::Break)
        .new_client(Effect::Harmless("another value is read as `Unknown`"))
        .bump(Bump::Major)
        .mirror("request-enum-introduced"),
};

pub(super) const OPENED: Both = Both {
    request: &Rule::request("request-enum-dropped", "Values are not listed any more.")
        .rust(RustEffect::Break)
        .new_client(Effect::Risk("another value is refused"))
        .bump(Bump::Major)
        .mirror("response-enum-dropped"),
    response: &Rule::response("response-enum-dropped", "Values are not listed any more.")
        .rust(RustEffect::Break)
        .deployed(Effect::Harmless("read as `Unknown`"))
        .bump(Bump::Major)
        .mirror("request-enum-dropped"),
};

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let mut note = |rules: &'static Both, what: String| {
        let note = Note {
            subject: pair.subject.clone(),
            what,
            base: Some(Place::Normalized(pair.base.place.clone())),
            revision: Some(Place::Normalized(pair.revision.place.clone())),
        };
        here.add(rules, note);
    };
    let missing = |from: &[&Value], other: &[&Value]| -> Vec<String> {
        let missing = from.iter().filter(|value| !other.contains(value));
        missing.map(|value| shown(value)).collect()
    };
    if pair.base.kind() != pair.revision.kind() {
        return;
    }
    match (pair.base.values(), pair.revision.values()) {
        (Some(old), Some(new)) => {
            for value in missing(&new, &old) {
                note(&ADDED, format!("+ value {value}"));
            }
            for value in missing(&old, &new) {
                note(&REMOVED, format!("− value {value}"));
            }
        }
        (None, Some(new)) => note(&CLOSED, format!("only {}", missing(&new, &[]).join(", "))),
        (Some(_), None) => note(&OPENED, "any value".to_owned()),
        (None, None) => {}
    }
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    crate::model::code_span(&text)
}
