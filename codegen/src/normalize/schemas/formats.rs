//! Formats: with the names of OpenAPI, and only on the type that they apply to.
//!
//! A format that does not apply to the type is removed. But `int64` makes a number an integer, and `double` makes an integer
//! a number. Unknown formats stay as documentation.

use serde_json::{Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::formats::{canonical, domain};
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("formats", "renames formats to those of OpenAPI", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        let Some(written) = members.get("format") else {
            return;
        };
        let Some(written) = written.as_str().map(str::to_owned) else {
            members.shift_remove("format");
            log.change(&place.pointer(), "`format` was removed: it is not a string");
            return;
        };
        let kind = keywords::type_of(members).map(str::to_owned);
        if written == "int-or-string" && kind.as_deref().is_none_or(|kind| kind == "string") {
            // Kubernetes: https://kubernetes.io/docs/reference/generated/kubernetes-api (IntOrString).
            members.retain(|word, _| keywords::is_annotation(word));
            members.insert(
                "oneOf".to_owned(),
                json!([{"type": "integer"}, {"type": "string"}]),
            );
            log.change(
                &place.pointer(),
                "the format `int-or-string` was replaced by a union of integer and string",
            );
            return;
        }
        let format = canonical(&written).unwrap_or(&written);
        match (kind.as_deref(), domain(format)) {
            (Some("number"), Some("integer")) => {
                members.insert("type".to_owned(), Value::from("integer"));
                log.change(
                    &place.pointer(),
                    format!("the type was changed to integer: the format is `{format}`"),
                );
            }
            (Some("integer"), Some("number")) => {
                members.insert("type".to_owned(), Value::from("number"));
                log.change(
                    &place.pointer(),
                    format!("the type was changed to number: the format is `{format}`"),
                );
            }
            (Some(kind), Some(domain)) if kind != domain => {
                members.shift_remove("format");
                log.change(
                    &place.pointer(),
                    format!(
                        "the format `{written}` was removed: it does not apply to the type {kind}"
                    ),
                );
                return;
            }
            _ => {}
        }
        if format != written {
            let what = format!("the format `{written}` was renamed to `{format}`");
            members.insert("format".to_owned(), Value::from(format));
            log.change(&place.pointer(), what);
        }
    });
}
