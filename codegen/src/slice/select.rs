//! Finds the operations that patterns select.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};
use serde_json::{Map, Value};

use super::{Operation, Selection};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::openapi::methods::{ADDITIONAL, is_method};
use crate::openapi::reference;
use crate::openapi::reference::resolver::{follow, step};
use crate::pointer::Pointer;

/// Every operation of a document, in its order. Operations of callbacks belong to the operation that contains them.
pub(super) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for section in ["paths", "webhooks"] {
        let Some(Value::Object(items)) = document.get(section) else {
            continue;
        };
        for (path, item) in items {
            if section == "paths" && path.starts_with("x-") {
                continue;
            }
            let mut at = item;
            // A path item can refer to another one. A loop of path items has the operations of all of them.
            let _ = follow(Pointer::from_tokens([section, path]), |place| {
                let members = at.as_object()?;
                for (pointer, value) in of_item(members, place) {
                    operations.push(Operation {
                        section,
                        path,
                        value,
                        pointer,
                    });
                }
                let (place, target) = step(document, reference::of(at)?).ok()?;
                at = target;
                Some(place)
            });
        }
    }
    operations
}

/// The operations of a path item, each with its place.
pub(super) fn of_item<'d>(
    item: &'d Map<String, Value>,
    place: &Pointer,
) -> Vec<(Pointer, &'d Value)> {
    let mut operations = Vec::new();
    for (name, value) in item {
        if is_method(name) {
            operations.push((place.join(name), value));
        } else if name == ADDITIONAL {
            let place = place.join(name);
            let additional = value.as_object().into_iter().flatten();
            operations.extend(additional.map(|(method, value)| (place.join(method), value)));
        }
    }
    operations
}

/// The property of an operation that a pattern is compared with.
#[derive(Clone, Copy)]
enum By {
    Tag,
    Id,
    Path,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Id => "operation id",
            Self::Path => "path",
        }
    }

    /// The node of the document that lists the values.
    fn place(self, document: &Value) -> Pointer {
        let has_tags = document.get("tags").is_some();
        Pointer::root().join(match self {
            Self::Tag if has_tags => "tags",
            Self::Tag | Self::Id | Self::Path => "paths",
        })
    }

    fn names<'d>(self, operation: &Operation<'d>) -> Vec<&'d str> {
        match self {
            Self::Tag => {
                let tags = operation.value.get("tags").and_then(Value::as_array);
                tags.into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect()
            }
            Self::Id => Vec::from_iter(operation.value.get("operationId").and_then(Value::as_str)),
            Self::Path if operation.section == "paths" => vec![operation.path],
            Self::Path => Vec::new(),
        }
    }
}

pub(super) fn select<'o, 'd>(
    document: &Value,
    all: &'o [Operation<'d>],
    selection: &Selection,
) -> Result<Vec<&'o Operation<'d>>, Vec<Diagnostic>> {
    let patterns = [
        (By::Tag, &selection.tags),
        (By::Id, &selection.operations),
        (By::Path, &selection.paths),
    ];
    let (mut selected, mut faults) = (BTreeSet::new(), Vec::new());
    for (by, patterns) in patterns {
        for pattern in patterns {
            match matching(document, all, by, pattern) {
                Ok(found) => selected.extend(found),
                Err(fault) => faults.push(*fault),
            }
        }
    }
    if selected.is_empty() && faults.is_empty() {
        let message = "no operation is selected";
        let help = "select at least one tag, operation or path";
        let fault = Diagnostic::error(Code::INVALID_SELECTION, By::Path.place(document), message);
        faults.push(fault.help(help));
    }
    if faults.is_empty() {
        Ok(selected.into_iter().map(|at| &all[at]).collect())
    } else {
        Err(faults)
    }
}

/// The indices of the operations that one pattern matches.
fn matching(
    document: &Value,
    all: &[Operation<'_>],
    by: By,
    pattern: &str,
) -> Result<Vec<usize>, Box<Diagnostic>> {
    let fault = |message: String, help: String| {
        let fault = Diagnostic::error(Code::INVALID_SELECTION, by.place(document), message);
        Box::new(fault.help(help))
    };
    let glob = glob(pattern, by).map_err(|error| {
        let message = format!(
            "`{pattern}` is not a valid pattern for a {}: {}",
            by.name(),
            error.kind()
        );
        fault(
            message,
            "write `\\` before a character that has no special meaning".to_owned(),
        )
    })?;
    let is_match = |name: &str| name == pattern || glob.is_match(name);
    let found: Vec<usize> = all
        .iter()
        .enumerate()
        .filter(|(_, operation)| by.names(operation).into_iter().any(is_match))
        .map(|(at, _)| at)
        .collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let message = format!("no operation has the {} `{pattern}`", by.name());
    let mut names = BTreeSet::new();
    names.extend(all.iter().flat_map(|operation| by.names(operation)));
    let help = if let Some(near) = nearest(pattern, names.iter().copied()) {
        format!("did you mean `{near}`?")
    } else if names.is_empty() {
        format!("the operations of the document have no {}", by.name())
    } else {
        let some: Vec<String> = names
            .iter()
            .take(5)
            .map(|name| format!("`{name}`"))
            .collect();
        let more = if names.len() > some.len() {
            ", …"
        } else {
            ""
        };
        format!("there are {}{more}", some.join(", "))
    };
    Err(fault(message, help))
}

fn glob(pattern: &str, by: By) -> Result<GlobMatcher, globset::Error> {
    let glob = GlobBuilder::new(&escape_templates(pattern))
        .literal_separator(matches!(by, By::Path))
        .backslash_escape(true)
        .empty_alternates(true)
        .build()?;
    Ok(glob.compile_matcher())
}

/// Braces without a comma between them are the template of a path.
fn escape_templates(pattern: &str) -> String {
    let mut escaped = String::with_capacity(pattern.len() + 8);
    let mut rest = pattern;
    while let Some(begin) = rest.find('{') {
        escaped.push_str(&rest[..begin]);
        rest = &rest[begin..];
        match rest.find('}') {
            Some(end) if !rest[..end].contains(',') => {
                escaped.push_str("\\{");
                escaped.push_str(&rest[1..end]);
                escaped.push_str("\\}");
                rest = &rest[end + 1..];
            }
            Some(end) => {
                escaped.push_str(&rest[..=end]);
                rest = &rest[end + 1..];
            }
            None => {
                escaped.push_str("\\{");
                rest = &rest[1..];
            }
        }
    }
    escaped.push_str(rest);
    escaped
}
