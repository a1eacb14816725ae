//! The variables in the URL of a server are defined.

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::Kind;

pub(super) fn check(report: &mut Report) {
    report.each(Kind::Server, |report, place, server| {
        let url = server.get("url").and_then(Value::as_str);
        for name in url.into_iter().flat_map(names) {
            let variables = server.get("variables");
            if variables.is_none_or(|variables| variables.get(name).is_none()) {
                let message = format!(
                    "the URL contains `{{{name}}}`, but the server defines no such variable"
                );
                let help =
                    format!("add `{name}` with a `default` to the `variables` of the server");
                let place = place.pointer().join("url");
                report.warn(Code::UNDEFINED_SERVER_VARIABLE, place, message, help);
            }
        }
    });
}

/// The names in braces.
pub(super) fn names(url: &str) -> impl Iterator<Item = &str> {
    let parts = url.split('{').skip(1);
    parts.filter_map(|rest| Some(rest.split_once('}')?.0))
}
