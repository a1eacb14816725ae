//! Describes servers. They are documentation: the caller gives the base URL.

use openapiv3::Server;

use super::constraints::code_span as code;

/// The template of the URL, in Markdown, with a line for each of its variables; `None` without a URL.
pub(super) fn describe(server: &Server) -> Option<String> {
    if server.url.is_empty() {
        return None;
    }
    let mut text = code(&server.url);
    for (name, variable) in server.variables.iter().flatten() {
        text.push_str("\n  - ");
        text.push_str(&code(name));
        text.push_str(": ");
        text.push_str(&code(&variable.default));
        let others = variable.enumeration.iter();
        let others: Vec<String> = others
            .filter(|value| **value != variable.default)
            .map(|value| code(value))
            .collect();
        text.push_str(" by default");
        if !others.is_empty() {
            text.push_str(", or ");
            text.push_str(&others.join(", "));
        }
    }
    let variables = server.variables.iter().flatten();
    let usual = variables.fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    });
    if usual != server.url {
        text.push_str("\n  - by default: ");
        text.push_str(&code(&usual));
    }
    Some(text)
}
