//! The names of nodes of other files that become components.

use crate::openapi::names::Names;
use crate::pointer::Pointer;

/// A free name for the node at `pointer` in the file at `path`: its own name; if that is taken, with the names of its file and
/// folders before it; at last with a number.
pub(super) fn free(used: &mut Names, path: &str, pointer: &Pointer, section: &str) -> String {
    let mut parts: Vec<String> = path.split('/').map(allowed).collect();
    if let Some(file) = parts.last_mut() {
        let stem = file.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            *file = stem;
        }
    }
    // `pet/index.yaml` gets the name of its folder.
    if parts.len() > 1 && parts.last().is_some_and(|file| file == "index") {
        parts.pop();
    }
    parts.extend(pointer.last().map(|own| allowed(&own)));
    let mut name = parts.pop().unwrap_or_default();
    if name.is_empty() {
        section.clone_into(&mut name);
    }
    while !used.claim(&name) {
        let Some(before) = parts.pop() else {
            return used.number(&format!("{name}_"));
        };
        name = format!("{before}_{name}");
    }
    name
}

/// Replaces all characters that are not allowed in the name of a component: letters, digits, `.`, `-` and `_` are.
pub(super) fn allowed(text: &str) -> String {
    text.chars()
        .map(|character| {
            let is_allowed = character.is_ascii_alphanumeric() || ".-_".contains(character);
            if is_allowed { character } else { '_' }
        })
        .collect()
}
