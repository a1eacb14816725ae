//! Parameters, and the parts of multipart bodies.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diff::change::Direction;
use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::{OperationPair, parameters};
use crate::diff::prose::without_prose;
use crate::diff::rule::{Bump, Effect, Mirror, Rule, RustEffect};
use crate::diff::schemas::{View, type_label};
use crate::diff::side::Side;
use crate::model::{Parameter, ParameterPlace};

const ONLY_SENT: &str = "parameters are only in requests";

const fn rule(id: &'static str, about: &'static str) -> Rule {
    Rule::request(id, about).without_mirror(ONLY_SENT)
}

pub(super) const ADDED: Rule = rule(
    "parameter-added",
    "A parameter that may be left out was added.",
)
.rust(RustEffect::Addition)
.new_client(Effect::Harmless("it is ignored if it is used"))
.bump(Bump::Minor);

pub(super) const REQUIRED_ADDED: Rule = rule(
    "required-parameter-added",
    "A parameter that must be sent was added.",
)
.rust(RustEffect::Break)
.deployed(Effect::Break("is refused: it does not send the parameter"))
.new_client(Effect::Harmless("it is ignored"))
.bump(Bump::Major);

pub(super) const REMOVED: Rule = rule("parameter-removed", "A parameter was removed.")
    .rust(RustEffect::Break)
    .deployed(Effect::Break(
        "its value is ignored, or the request is refused",
    ))
    .new_client(Effect::Risk("does not send it: may be refused"))
    .bump(Bump::Major);

pub(super) const REQUIRED: Rule = rule(
    "parameter-became-required",
    "A parameter that could be left out must be sent.",
)
.rust(RustEffect::Break)
.deployed(Effect::Break(
    "is refused if it does not send the parameter",
))
.bump(Bump::Major);

pub(super) const OPTIONAL: Rule = rule(
    "parameter-became-optional",
    "A parameter that had to be sent may be left out.",
)
.rust(RustEffect::Break)
.new_client(Effect::Risk("is refused if it leaves out the parameter"))
.bump(Bump::Major);

pub(super) const STYLE: Rule = rule(
    "parameter-style-changed",
    "The value of a parameter is written in another way.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("its value may be understood as another one"))
.new_client(Effect::Break("its value may be understood as another one"))
.bump(Bump::Major);

pub(super) const MOVED: Rule = rule(
    "parameter-moved",
    "A parameter is sent in another part of the request.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break(
    "its value is ignored, or the request is refused",
))
.new_client(Effect::Break(
    "its value is ignored, or the request is refused",
))
.bump(Bump::Major);

pub(super) const PART_REQUIRED_ADDED: Rule = rule(
    "required-part-added",
    "A part of a multipart body that must be sent was added.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("is refused: it does not send the part"))
.new_client(Effect::Harmless("it is ignored"))
.bump(Bump::Major);

pub(super) const PART_REQUIRED: Rule = rule(
    "part-became-required",
    "A part of a multipart body that could be left out must be sent.",
)
.rust(RustEffect::Depends)
.deployed(Effect::Break("is refused if it does not send the part"))
.bump(Bump::Major);

pub(super) const PART_OPTIONAL: Rule = rule(
    "part-became-optional",
    "A part of a multipart body that had to be sent may be left out.",
)
.rust(RustEffect::Depends)
.new_client(Effect::Risk("is refused if it leaves out the part"))
.bump(Bump::Major);

pub(super) const RENAMED: Rule = rule(
    "path-parameter-renamed",
    "A parameter of the path has another name, which is not sent.",
)
.rust(RustEffect::Depends);

pub(super) const DEPRECATED: Rule = rule(
    "parameter-deprecated",
    "A parameter is deprecated, or not any more.",
)
.rust(RustEffect::Depends)
.bump(Bump::Minor);

pub(super) const KEYWORD: Rule = rule(
    "parameter-keyword-changed",
    "A keyword of a parameter that clients do not use has another value: not classified.",
)
.deployed(Effect::Risk("a value that was accepted may be refused"));

pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    let (both, added, mut removed) = parameters(pair);
    for (base, revision) in both {
        compare(pair, base, revision, found);
    }
    for parameter in added {
        let is_same = |old: &&Parameter| old.name == parameter.name && can_move(old, parameter);
        if let Some(index) = removed.iter().position(is_same) {
            let old = removed.remove(index);
            let what = format!("{} → {}", named(old), named(parameter));
            note(pair, &MOVED, what, Some(old), Some(parameter), found);
            compare(pair, old, parameter, found);
            continue;
        }
        let is_part = parameter.place == ParameterPlace::Part;
        let rule = match (is_required(pair.revision_side, parameter), is_part) {
            (true, true) => &PART_REQUIRED_ADDED,
            (true, false) => &REQUIRED_ADDED,
            (false, _) => &ADDED,
        };
        let what = format!("+ {}", described(pair.revision_side, parameter));
        note(pair, rule, what, None, Some(parameter), found);
    }
    for parameter in removed {
        let what = format!("− {}", described(pair.base_side, parameter));
        note(pair, &REMOVED, what, Some(parameter), None, found);
    }
}

fn compare(pair: &OperationPair, base: &Parameter, revision: &Parameter, found: &mut Found) {
    // Their names decide what is shown; the types are compared as schemas are. All other members are compared here.
    let Parameter {
        name,
        ident: _,
        setter: _,
        place: _,
        style,
        allow_reserved,
        required: _,
        deprecated,
        prose: _,
        constraints: _,
        typed: _,
    } = revision;
    let mut note = |rule: &'static Rule, what: String| {
        note(pair, rule, what, Some(base), Some(revision), found);
    };
    let span = |name: &str| crate::model::code_span(name);
    if base.name != *name && revision.place == ParameterPlace::Path {
        note(
            &RENAMED,
            format!("path parameter {} → {}", span(&base.name), span(name)),
        );
    }
    let is_part = revision.place == ParameterPlace::Part;
    let is_required = (
        is_required(pair.base_side, base),
        is_required(pair.revision_side, revision),
    );
    match is_required {
        (false, true) => note(
            if is_part { &PART_REQUIRED } else { &REQUIRED },
            format!("{}: optional → required", named(revision)),
        ),
        (true, false) => note(
            if is_part { &PART_OPTIONAL } else { &OPTIONAL },
            format!("{}: required → optional", named(revision)),
        ),
        _ => {}
    }
    if base.style != *style {
        // The separators of a matrix parameter have its name. In another place, it is written as there.
        let is_renamed = base.name != *name;
        if !is_renamed && base.place == revision.place {
            note(&STYLE, format!("{}: another style", named(revision)));
        }
    }
    if base.allow_reserved != *allow_reserved {
        let what = if *allow_reserved {
            "are sent as they are"
        } else {
            "are encoded"
        };
        note(
            &STYLE,
            format!("{}: reserved characters {what}", named(revision)),
        );
    }
    let (old, new) = (
        unused(pair.base_side, base),
        unused(pair.revision_side, revision),
    );
    let names = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    for keyword in names.filter(|name| old.get(*name) != new.get(*name)) {
        note(
            &KEYWORD,
            format!("{}: `{keyword}` changed", named(revision)),
        );
    }
    if base.deprecated != *deprecated {
        let what = if *deprecated {
            "deprecated"
        } else {
            "not deprecated any more"
        };
        note(&DEPRECATED, format!("{}: {what}", named(revision)));
    }
}

/// The keywords that the client does not use, of a parameter as its author wrote it.
fn unused(side: &Side, parameter: &Parameter) -> BTreeMap<&'static str, Value> {
    let place = &parameter.typed.place;
    let place = side.origin(&place.parent().unwrap_or_else(|| place.clone()));
    let node = place.get(side.original());
    let mut found = BTreeMap::new();
    let is_parameter = |node: &&Value| node.get("in").is_some();
    let Some(node) = node.filter(is_parameter) else {
        return found;
    };
    if node.get("allowEmptyValue") == Some(&Value::Bool(true)) {
        found.insert("allowEmptyValue", Value::Bool(true));
    }
    // Swagger 2.0: OpenAPI 3 has no words for lists in lists, so the client sends a string.
    let items = node
        .get("items")
        .filter(|items| items.get("items").is_some());
    if let Some(items) = items {
        found.insert("items", without_prose(items.clone()));
    }
    found
}

/// Whether a parameter can be the other one, in another part of the request.
fn can_move(old: &Parameter, new: &Parameter) -> bool {
    let is_fixed = |it: &Parameter| matches!(it.place, ParameterPlace::Path | ParameterPlace::Part);
    !is_fixed(old) && !is_fixed(new)
}

/// Whether a parameter must be sent. In Rust, the parts of a body that may be left out are all optional; for the server, they are not.
fn is_required(side: &Side, parameter: &Parameter) -> bool {
    let place = &parameter.typed.place;
    let object = place
        .parent()
        .filter(|it| it.last().as_deref() == Some("properties"));
    match object.and_then(|properties| properties.parent()) {
        Some(object) if parameter.place == ParameterPlace::Part => {
            View::at(side.document(), object).requires(&parameter.name)
        }
        _ => parameter.required,
    }
}

fn note(
    pair: &OperationPair,
    rule: &'static Rule,
    what: String,
    base: Option<&Parameter>,
    revision: Option<&Parameter>,
    found: &mut Found,
) {
    debug_assert!(
        rule.direction == Some(Direction::Request) && matches!(rule.mirror, Mirror::None(_))
    );
    let place = |parameter: &Parameter| {
        // A parameter is around its schema; a part is a property.
        let place = &parameter.typed.place;
        if parameter.place == ParameterPlace::Part {
            return Place::Normalized(place.clone());
        }
        Place::Normalized(place.parent().unwrap_or_else(|| place.clone()))
    };
    let whole = pair.note(what);
    let note = Note {
        base: base.map(place).or(whole.base),
        revision: revision.map(place).or(whole.revision),
        ..Note {
            subject: whole.subject,
            what: whole.what,
            base: None,
            revision: None,
        }
    };
    found.add(rule, vec![pair.part("request")], note);
}

/// `query parameter limit`.
fn named(parameter: &Parameter) -> String {
    let kind = match parameter.place {
        ParameterPlace::Path => "path parameter",
        ParameterPlace::Query => "query parameter",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
        ParameterPlace::Part => "part",
    };
    format!("{kind} {}", crate::model::code_span(&parameter.name))
}

fn described(side: &Side, parameter: &Parameter) -> String {
    let mark = if is_required(side, parameter) {
        ""
    } else {
        "?"
    };
    let label = type_label(side, &parameter.typed.place);
    let text = named(parameter);
    let text = text.trim_end_matches('`');
    format!("{text}{mark}: {label}`")
}
