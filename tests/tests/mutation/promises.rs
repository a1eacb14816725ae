//! Promises that hold for every document, even if it is damaged.

use std::collections::HashSet;

use releasepack_codegen::{
    Diagnostic, Document, Normalized, Pointer, Severity, Strictness, Version,
};
use serde_json::Value;

use super::damaged::Damaged;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Normalize reports what it cannot express, and leaves nothing out silently. Without an error, its result has the normal form.
pub(crate) fn normalization(damaged: &Damaged) -> Result<(), String> {
    let document = &damaged.document;
    if Version::of(document.value()).is_err() {
        return Ok(());
    }
    for strictness in [Strictness::Strict, Strictness::Lenient] {
        let normalized = damaged.normalized(strictness);
        let is_refused = has_errors(normalized);
        let describe = |fault: String| format!("{strictness:?}: {fault}");
        if strictness == Strictness::Lenient && is_refused {
            return Err(describe("there is an error".to_owned()));
        }
        places(document, normalized).map_err(describe)?;
        if !is_refused {
            nothing_is_lost(document, normalized).map_err(describe)?;
            operations(&normalized.document).map_err(describe)?;
        }
    }
    Ok(())
}

fn has_errors(normalized: &Normalized) -> bool {
    let mut diagnostics = normalized.diagnostics.iter();
    diagnostics.any(|diagnostic| diagnostic.severity == Severity::Error)
}

/// Every diagnostic names a node of the user's document, or a node inside its operation or component.
fn places(document: &Document, normalized: &Normalized) -> Result<(), String> {
    let changes = normalized.changes.iter().map(|it| (&it.pointer, &it.what));
    let diagnostics = normalized.diagnostics.iter();
    let diagnostics = diagnostics.map(|it| (&it.pointer, &it.message));
    for (pointer, what) in changes.chain(diagnostics) {
        let holder = Pointer::from_tokens(pointer.tokens().take(3));
        let is_there = |pointer: &Pointer| pointer.get(document.value()).is_some();
        if !is_there(&holder) && !holder.parent().is_some_and(|parent| is_there(&parent)) {
            return Err(format!(
                "`{what}` is reported at `{pointer}`, which does not exist"
            ));
        }
    }
    Ok(())
}

/// Every operation is in the result, or a diagnostic names it, one of its ancestors, or a node inside it.
fn nothing_is_lost(document: &Document, normalized: &Normalized) -> Result<(), String> {
    let left: HashSet<Pointer> = calls(&normalized.document)
        .map(|(place, _)| place)
        .collect();
    for (place, _) in calls(document.value()) {
        let mut tokens = place.tokens().skip(1);
        let path = tokens.next().unwrap_or_default();
        let method = tokens.next().unwrap_or_default().to_uppercase();
        let call = format!("`{method} {path}`");
        let concerns = |diagnostic: &Diagnostic| {
            diagnostic.message.contains(&call)
                || place.below(&diagnostic.pointer).is_some()
                || diagnostic.pointer.below(&place).is_some()
        };
        if !left.contains(&place) && !normalized.diagnostics.iter().any(concerns) {
            return Err(format!("{call} is lost in silence"));
        }
    }
    Ok(())
}

/// The operations of a document with their places.
pub(crate) fn calls(document: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let paths = document.get("paths").and_then(Value::as_object);
    let paths = paths.into_iter().flatten();
    let paths = paths.filter(|(path, _)| !path.starts_with("x-"));
    paths.flat_map(|(path, item)| {
        METHODS.iter().filter_map(move |method| {
            let operation = item.get(method)?;
            Some((Pointer::from_tokens(["paths", path, method]), operation))
        })
    })
}

/// Every operation has the normal form.
fn operations(document: &Value) -> Result<(), String> {
    let mut ids = HashSet::new();
    for (place, operation) in calls(document) {
        let wrong = |what: &str| Err(format!("{place}: {what}: {operation}"));
        let id = operation.get("operationId").and_then(Value::as_str);
        if !id.is_some_and(|id| !id.is_empty() && ids.insert(id)) {
            return wrong("no operationId of its own");
        }
        let parameters = operation.get("parameters").and_then(Value::as_array);
        let Some(parameters) = parameters else {
            return wrong("no list of parameters");
        };
        for parameter in parameters {
            let is_text = |name| parameter.get(name).is_some_and(Value::is_string);
            let is_flag = |name| parameter.get(name).is_some_and(Value::is_boolean);
            let is_whole = is_text("name")
                && is_text("in")
                && is_text("style")
                && is_flag("explode")
                && is_flag("required")
                && match (parameter.get("schema"), parameter.get("content")) {
                    (Some(schema), None) => schema.is_object(),
                    // The value is sent as JSON.
                    (None, Some(content)) => {
                        let mut media_types = content.as_object().into_iter().flatten();
                        let only = media_types.next().filter(|_| media_types.next().is_none());
                        only.is_some_and(|(_, media_type)| media_type["schema"].is_object())
                    }
                    _ => false,
                };
            if !is_whole {
                return wrong("a parameter is not whole");
            }
        }
        let body = operation.get("requestBody");
        if body.is_some_and(|body| media_types(body) != Some(1)) {
            return wrong("a body without one media type");
        }
        let responses = operation.get("responses").and_then(Value::as_object);
        let Some(responses) = responses.filter(|it| !it.is_empty()) else {
            return wrong("no responses");
        };
        for (status, response) in responses {
            let is_status = status == "default"
                || (status.len() == 3 && status.starts_with(|it: char| it.is_ascii_digit()));
            if !is_status || media_types(response).is_some_and(|count| count != 1) {
                return wrong("a response without a status or with several media types");
            }
        }
    }
    Ok(())
}

/// How many media types a body or a response has, each with a schema; `None` without `content`. One that has the schema of items is
/// beside another.
fn media_types(node: &Value) -> Option<usize> {
    let content = node.get("content")?.as_object()?;
    let with_schema = content.iter().filter(|(name, it)| {
        !name.ends_with("; items") && it.get("schema").is_some_and(Value::is_object)
    });
    Some(with_schema.count())
}
