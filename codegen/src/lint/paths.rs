//! Two paths differ in more than the names of their parameters.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::pointer::Pointer;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let Some(Value::Object(paths)) = document.get("paths") else {
        return;
    };
    let mut first: HashMap<String, &str> = HashMap::new();
    for path in paths.keys().filter(|path| path.starts_with('/')) {
        let anonymous = anonymous(path);
        if let Some(other) = first.get(&anonymous) {
            let message =
                format!("`{path}` and `{other}` are the same path with different parameter names");
            let place = Pointer::from_tokens(["paths", path]);
            let warning = Diagnostic::warning(Code::EQUIVALENT_PATHS, place, message);
            found.push(warning.help("merge both paths: a server cannot distinguish them"));
        } else {
            first.insert(anonymous, path);
        }
    }
}

/// A path without the names of its parameters.
fn anonymous(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut is_name = false;
    for character in path.chars() {
        match character {
            '{' => is_name = true,
            '}' => is_name = false,
            _ if is_name => continue,
            _ => {}
        }
        text.push(character);
    }
    text
}
