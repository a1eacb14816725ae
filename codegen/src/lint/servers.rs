//! The variables in the URL of a server are defined.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::grammar::Kind;
use crate::openapi::read;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    read::nodes(document, |kind, place, node| {
        if kind == Kind::Server
            && let Some(Value::String(url)) = node.get("url")
        {
            let variables = node.get("variables");
            for name in names(url) {
                if variables
                    .and_then(|variables| variables.get(name))
                    .is_none()
                {
                    let message = format!(
                        "the URL contains `{{{name}}}`, but the server defines no such variable"
                    );
                    let help =
                        format!("add `{name}` with a `default` to the `variables` of the server");
                    let place = place.pointer().join("url");
                    let code = Code::UNDEFINED_SERVER_VARIABLE;
                    found.push(Diagnostic::warning(code, place, message).help(help));
                }
            }
        }
    });
}

/// The names in braces.
fn names(url: &str) -> impl Iterator<Item = &str> {
    url.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}
