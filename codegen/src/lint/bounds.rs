//! The lower bound of a value is not above its upper bound.

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::Kind;

/// The keywords for the lower and the upper bound of one thing.
const PAIRS: &[(&str, &str)] = &[
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

pub(super) fn check(report: &mut Report) {
    report.each(Kind::Schema, |report, place, schema| {
        let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
        for (least, most) in PAIRS {
            if let (Some(low), Some(high)) = (bound(least), bound(most))
                && low > high
            {
                let message =
                    format!("no value is valid: `{least}` is {low}, but `{most}` is {high}");
                let place = place.pointer().join(most);
                let help = "correct the bound that is wrong";
                report.warn(Code::CONTRADICTORY_BOUNDS, place, message, help);
            }
        }
    });
}
