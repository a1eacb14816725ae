//! Bounds leave some value.

use serde_json::Value;

use super::visit;
use crate::openapi::grammar::{Holds, Kind};
use crate::{Code, Diagnostic};

/// The least and the most of one thing.
const PAIRS: &[(&str, &str)] = &[
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    visit(document, &mut |holds, place, node| {
        if holds == Holds::One(Kind::Schema) {
            for (least, most) in PAIRS {
                let bound = |name: &str| node.get(name).and_then(Value::as_f64);
                if let (Some(low), Some(high)) = (bound(least), bound(most))
                    && low > high
                {
                    let message =
                        format!("no value fits: `{least}` is {low}, and `{most}` is {high}");
                    let place = place.pointer().join(most);
                    let warning = Diagnostic::warning(Code::CONTRADICTORY_BOUNDS, place, message);
                    found.push(warning.help("mend the one that is wrong"));
                }
            }
        }
        holds != Holds::Data
    });
}
