//! Paths begin with a slash, and two paths differ in more than the names of their parameters.

use std::collections::HashMap;

use serde_json::Value;

use super::Report;
use super::servers::repeated;
use crate::diagnostic::{Code, brief};
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    let Some(Value::Object(paths)) = report.document.get("paths") else {
        return;
    };
    for path in paths.keys() {
        if !path.starts_with('/') && !path.starts_with("x-") {
            let message = format!("the path `{}` does not begin with a slash", brief(path));
            let place = Pointer::from_tokens(["paths", path]);
            let help = format!("write `/{}`", brief(path));
            report.warn(Code::INVALID_PATH, place, message, help);
        }
        if let Some(name) = repeated(path) {
            let message = format!("the path contains `{{{}}}` twice", brief(name));
            let place = Pointer::from_tokens(["paths", path]);
            let help = "give the second place a name of its own, and declare a parameter for it";
            report.warn(Code::INVALID_PATH, place, message, help);
        }
    }
    let mut first: HashMap<String, &str> = HashMap::new();
    for path in paths.keys().filter(|path| path.starts_with('/')) {
        let other = *first.entry(anonymous(path)).or_insert(path);
        if other != path {
            let message =
                format!("`{path}` and `{other}` are the same path with different parameter names");
            let place = Pointer::from_tokens(["paths", path]);
            let help = "merge both paths: a server cannot distinguish them";
            report.warn(Code::EQUIVALENT_PATHS, place, message, help);
        }
    }
}

/// A path without the names of its parameters.
fn anonymous(path: &str) -> String {
    let mut is_name = false;
    let is_kept = |character: &char| {
        is_name = *character == '{' || (is_name && *character != '}');
        !is_name || *character == '{'
    };
    path.chars().filter(is_kept).collect()
}
