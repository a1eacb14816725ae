//! Bounds leave some value.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::grammar::Kind;
use crate::openapi::read;

/// The least and the most of one thing.
const PAIRS: &[(&str, &str)] = &[
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    read::nodes(document, |kind, place, node| {
        if kind == Kind::Schema {
            for (least, most) in PAIRS {
                let bound = |name: &str| node.get(name).and_then(Value::as_f64);
                if let (Some(low), Some(high)) = (bound(least), bound(most))
                    && low > high
                {
                    let message =
                        format!("no value is valid: `{least}` is {low}, but `{most}` is {high}");
                    let place = place.pointer().join(most);
                    let warning = Diagnostic::warning(Code::CONTRADICTORY_BOUNDS, place, message);
                    found.push(warning.help("correct the bound that is wrong"));
                }
            }
        }
    });
}
