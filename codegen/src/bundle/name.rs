//! What a part of another file is called once it is a component.

use crate::openapi::names::Names;
use crate::pointer::Pointer;

/// A free name for what stands at `pointer` in the file at `path`: its own, else that of its file and folders before it,
/// else one with a number.
pub(super) fn free(used: &mut Names, path: &str, pointer: &Pointer, section: &str) -> String {
    let mut parts: Vec<String> = path.split('/').map(allowed).collect();
    if let Some(file) = parts.last_mut() {
        let stem = file.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        if let Some(stem) = stem.filter(|stem| !stem.is_empty()) {
            *file = stem;
        }
    }
    // `pet/index.yaml` is called for its folder.
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

/// What a component may be called: letters, digits, `.`, `-`, `_`.
fn allowed(text: &str) -> String {
    text.chars()
        .map(|character| {
            let is_fine = character.is_ascii_alphanumeric() || ".-_".contains(character);
            if is_fine { character } else { '_' }
        })
        .collect()
}
