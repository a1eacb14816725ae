//! The variables in the URL of a server are defined, and the URL is the beginning of others.

use std::collections::HashSet;

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::Version;
use crate::openapi::grammar::Kind;

pub(super) fn check(report: &mut Report) {
    check_variables(report);
    if report.version >= Version::V3_2 {
        check_urls(report);
    }
}

/// Paths are appended to the URL, so it ends before a query, and a variable has one place in it.
fn check_urls(report: &mut Report) {
    report.each(Kind::Server, |report, place, server| {
        let Some(url) = server.get("url").and_then(Value::as_str) else {
            return;
        };
        let place = place.pointer().join("url");
        if url.contains(['?', '#']) {
            let message = "the URL of a server must not have a query or a fragment";
            let help = "remove it: paths are appended to the URL";
            report.warn(Code::INVALID_VALUE, place.clone(), message, help);
        }
        if let Some(name) = repeated(url) {
            let message = format!("the URL contains `{{{name}}}` twice");
            let help = "define another variable for the second place";
            report.warn(Code::INVALID_VALUE, place, message, help);
        }
    });
}

/// The first name in braces that occurs twice.
pub(super) fn repeated(template: &str) -> Option<&str> {
    let mut known = HashSet::new();
    names(template).find(|name| !known.insert(*name))
}

fn check_variables(report: &mut Report) {
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
