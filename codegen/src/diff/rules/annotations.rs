//! Defaults, deprecation, and members that only one side sends.

use serde_json::Value;

use crate::diff::change::Direction;
use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::walk::SchemaPair;

use super::used;

pub(super) const DEFAULT: Both = Both {
    request: &Rule::request(
        "request-default-changed",
        "The server uses another value if none is sent.",
    )
    .deployed(Effect::Risk(
        "a request without the value means something else",
    ))
    .mirror("response-default-changed"),
    response: &Rule::response(
        "response-default-changed",
        "An absent value has another meaning.",
    )
    .mirror("request-default-changed"),
};

pub(super) const DEPRECATED: Both = Both {
    request: &Rule::request(
        "request-value-deprecated",
        "A value is deprecated, or not any more.",
    )
    .mirror("response-value-deprecated"),
    response: &Rule::response(
        "response-value-deprecated",
        "A value is deprecated, or not any more.",
    )
    .mirror("request-value-deprecated"),
};

pub(super) const READ_ONLY: Both = Both {
    request: &Rule::request(
        "request-value-became-read-only",
        "Only the server sets the value.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break(
        "its value is ignored, or the request is refused",
    ))
    .bump(Bump::Major)
    .mirror("response-value-became-write-only"),
    response: &Rule::response(
        "response-value-became-read-only",
        "Only the server sets the value.",
    )
    .rust(RustEffect::Depends)
    .without_mirror("a response has the value as before"),
};

pub(super) const WRITE_ONLY: Both = Both {
    request: &Rule::request(
        "request-value-became-write-only",
        "The value is never in a response.",
    )
    .rust(RustEffect::Depends)
    .without_mirror("a request has the value as before"),
    response: &Rule::response(
        "response-value-became-write-only",
        "The value is never in a response.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("the value is absent"))
    .bump(Bump::Major)
    .mirror("request-value-became-read-only"),
};

pub(super) const BOTH_WAYS: Both = Both {
    request: &Rule::request(
        "request-value-became-two-way",
        "The value is in requests and in responses.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Harmless("it is ignored, or refused if it is used"))
    .bump(Bump::Minor)
    .mirror("response-value-became-two-way"),
    response: &Rule::response(
        "response-value-became-two-way",
        "The value is in requests and in responses.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Harmless("it is absent"))
    .bump(Bump::Minor)
    .mirror("request-value-became-two-way"),
};

/// The keywords that this file compares.
pub(super) const KEYWORDS: &[&str] =
    &["default", "deprecated", "readOnly", "writeOnly", "nullable"];

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let value = |keyword: &str| {
        (
            pair.base.annotation(keyword),
            pair.revision.annotation(keyword),
        )
    };
    let shown =
        |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"));
    let (old, new) = value("default");
    if old != new {
        let what = format!("default {} → {}", shown(old), shown(new));
        note(pair, "default", &what, &DEFAULT, here);
    }
    let is = |keyword: &str| (pair.base.is(keyword), pair.revision.is(keyword));
    match is("deprecated") {
        (false, true) => note(pair, "deprecated", "deprecated", &DEPRECATED, here),
        (true, false) => note(
            pair,
            "deprecated",
            "not deprecated any more",
            &DEPRECATED,
            here,
        ),
        _ => {}
    }
    for (keyword, became, what) in [
        ("readOnly", &READ_ONLY, "read-only"),
        ("writeOnly", &WRITE_ONLY, "write-only"),
    ] {
        match is(keyword) {
            (false, true) => note(pair, keyword, what, became, here),
            (true, false) => note(
                pair,
                keyword,
                &format!("not {what} any more"),
                &BOTH_WAYS,
                here,
            ),
            _ => {}
        }
    }
}

fn note(pair: &SchemaPair, keyword: &str, what: &str, rules: &'static Both, here: &mut Here) {
    let used = used::of(pair, keyword);
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
