//! The anchors and `$id`s of schemas. From OpenAPI 3.1 on, references can use them.

use serde_json::Value;

use crate::openapi::grammar::Kind;
use crate::openapi::place::Place;
use crate::openapi::read;

/// Calls `found` with each of them as a reference uses it: `#name` for an anchor, the URL for an `$id`.
pub(crate) fn each(document: &Value, mut found: impl FnMut(String, &Place)) {
    read::nodes(document, |kind, place, node| {
        if kind == Kind::Schema && node.is_object() {
            for (keyword, prefix) in [("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", "")] {
                if let Some(Value::String(name)) = node.get(keyword) {
                    found(format!("{prefix}{name}"), place);
                }
            }
        }
    });
}
