//! What a line of the outline says, and whether a new line breaks code.

use std::collections::{BTreeSet, HashSet};

use crate::outline::{split_marks, split_wire};

/// Words in front of a path.
const WORDS: [&str; 6] = ["async ", "const ", "extern ", "fn ", "static ", "unsafe "];

/// The path of the item of a line: `types::Pet.age`.
pub(crate) fn path(line: &str) -> &str {
    let mut rest = line;
    while let Some(shorter) = WORDS.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    if rest.len() == line.len() {
        rest = line.split_once(' ').map_or(line, |(_, rest)| rest);
    }
    let is_end = |it: char| !it.is_alphanumeric() && !matches!(it, '_' | ':' | '.' | '#' | '!');
    let end = rest.find(is_end).unwrap_or(rest.len());
    rest[..end].trim_end_matches([':', '.'])
}

/// Whether the line is that of a field, a variant, or a function or constant of a type.
pub(crate) fn is_member(line: &str) -> bool {
    let path = path(line);
    let is_type = |name: &str| name.starts_with(|it: char| it.is_ascii_uppercase());
    match line.split(' ').next() {
        Some("field" | "variant") => true,
        Some("struct" | "enum" | "union" | "trait" | "mod" | "use" | "macro" | "static") => false,
        Some(word) if word.starts_with("impl") => false,
        _ => owner(path).is_some_and(|owner| owner.rsplit("::").next().is_some_and(is_type)),
    }
}

/// The path of the type or the module around the item of a line.
pub(crate) fn owner(line: &str) -> Option<&str> {
    let path = if line.contains(' ') { path(line) } else { line };
    match path.rsplit_once('.') {
        Some((owner, _)) => Some(owner),
        None => path.rsplit_once("::").map(|(owner, _)| owner),
    }
}

/// The kind and the path of the item of a line: `field types::Pet.age`. A function is the same if it is no longer `async`.
pub(super) fn name(line: &str) -> (&str, &str) {
    let kind = line
        .split(' ')
        .find(|word| !matches!(*word, "async" | "unsafe" | "extern"));
    let kind = kind.unwrap_or_default();
    if kind.starts_with("impl") {
        return ("impl", line);
    }
    let kind = if line.contains("const fn ") {
        "fn"
    } else {
        kind
    };
    (kind, path(line))
}

/// Whether all code that compiles with the old line compiles with the new one.
pub(super) fn is_compatible(before: &str, after: &str) -> bool {
    let ((old, old_marks), (new, new_marks)) = (split_marks(before), split_marks(after));
    let is_fine_to_gain = |mark: &&str| matches!(*mark, "deprecated" | "literal" | "provided");
    let is_fine_to_lose = |mark: &&str| {
        matches!(*mark, "deprecated" | "non-exhaustive")
            || mark.starts_with("feature ")
            || mark.starts_with("cfg ")
    };
    let mut gained = new_marks.iter().filter(|mark| !old_marks.contains(mark));
    let mut lost = old_marks.iter().filter(|mark| !new_marks.contains(mark));
    if !gained.all(is_fine_to_gain) || !lost.all(is_fine_to_lose) {
        return false;
    }
    let kind = old.split(' ').next().unwrap_or_default();
    match kind {
        _ if split_wire(old).0 == split_wire(new).0 => true,
        "struct" | "enum" | "union" | "macro" => has_only_more_traits(old, new),
        // Nobody else can make it, and patterns must end with `..`.
        "variant" if old_marks.contains(&"non-exhaustive") => has_only_more_fields(old, new),
        "field" => !old.contains(" set by ") && new.split(" set by ").next() == Some(old),
        "fn" | "async" | "const" | "unsafe" => {
            if has_moved_arguments(old, new) {
                return false;
            }
            let (old, new) = (without_names(old), without_names(new));
            old == new || new.strip_prefix("const ") == Some(&*old)
        }
        _ => false,
    }
}

/// Whether a variant has all its fields, perhaps among others: `variant Fault::Status { status: u16 }`.
fn has_only_more_fields(before: &str, after: &str) -> bool {
    let fields = |line: &str| -> Option<BTreeSet<String>> {
        let (_, rest) = line.split_once(" { ")?;
        Some(split_at_commas(rest.strip_suffix(" }")?))
    };
    match (fields(before), fields(after)) {
        (Some(old), Some(new)) => path(before) == path(after) && old.is_subset(&new),
        _ => false,
    }
}

/// The parts between commas that are in no brackets: `a: Map<u8, u8>, b: u8` has two.
fn split_at_commas(text: &str) -> BTreeSet<String> {
    let (mut parts, mut part, mut depth) = (BTreeSet::new(), String::new(), 0_usize);
    for character in text.chars() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.insert(std::mem::take(&mut part).trim().to_owned());
                continue;
            }
            _ => {}
        }
        part.push(character);
    }
    parts.insert(part.trim().to_owned());
    parts
}

/// Whether an argument has the place of another one. Code with arguments of the same type in another order compiles, and means
/// something else.
fn has_moved_arguments(before: &str, after: &str) -> bool {
    let (old, new) = (names(before), names(after));
    let mut places = new.iter().enumerate();
    places.any(|(index, name)| {
        old.iter()
            .position(|it| it == name)
            .is_some_and(|it| it != index)
    })
}

/// The names of the arguments of a function.
fn names(line: &str) -> Vec<&str> {
    let start = line.find('(').map_or(line.len(), |at| at + 1);
    let arguments = line[start..].split(", ").filter_map(|argument| {
        let (name, _) = argument.split_once(": ")?;
        name.chars()
            .all(|it| it.is_alphanumeric() || it == '_')
            .then_some(name)
    });
    arguments.collect()
}

/// A function without the names of its arguments, which no caller writes.
fn without_names(line: &str) -> String {
    let mut text = String::new();
    let Some(start) = line.find('(') else {
        return line.to_owned();
    };
    text.push_str(&line[..start]);
    let mut rest = &line[start..];
    while let Some(character) = rest.chars().next() {
        text.push(character);
        rest = &rest[character.len_utf8()..];
        if character == '(' || text.ends_with(", ") {
            let is_end = |it: char| !it.is_alphanumeric() && it != '_';
            let end = rest.find(is_end).unwrap_or(rest.len());
            if end > 0 && rest[end..].starts_with(": ") {
                rest = &rest[end + 2..];
            }
        }
    }
    text
}

/// Whether a type lost no trait: `struct types::Pet: Clone + Debug`.
fn has_only_more_traits(before: &str, after: &str) -> bool {
    let split = |line: &str| -> (String, HashSet<String>) {
        let (name, traits) = line.split_once(": ").unwrap_or((line, ""));
        let traits = traits.split(" + ").filter(|it| !it.is_empty());
        (name.to_owned(), traits.map(str::to_owned).collect())
    };
    let ((old, before), (new, after)) = (split(before), split(after));
    old == new && before.is_subset(&after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_arguments_do_not_break_callers_unless_arguments_changed_places() {
        let one = "fn Client::get(&self, id: &str, of: impl Fn(i32) -> i64) -> Get<'_>";
        assert!(is_compatible(one, &one.replace("id:", "key:")));
        assert!(!is_compatible(one, &one.replace("&str", "i64")));
        let names = "fn types::Name::new(first: String, last: String) -> Self";
        let swapped = "fn types::Name::new(last: String, first: String) -> Self";
        let shifted = "fn types::Name::new(initial: String, first: String) -> Self";
        assert!(!is_compatible(names, swapped));
        assert!(!is_compatible(names, shifted));
    }

    #[test]
    fn values_in_json_do_not_break_callers() {
        let line = "variant types::Pet::Cat(Cat)";
        assert!(is_compatible(
            &format!("{line} = \"cat\""),
            &format!("{line} = \"tom\"")
        ));
        assert!(!is_compatible(line, "variant types::Pet::Cat(Dog)"));
    }

    #[test]
    fn a_variant_that_nobody_else_makes_may_get_more_fields() {
        let old = "variant Fault::Status { status: u16, of: Map<u8, u8> } (non-exhaustive)";
        let new = "variant Fault::Status { of: Map<u8, u8>, sender: Sender, status: u16 } (non-exhaustive)";
        assert!(is_compatible(old, new));
        assert!(!is_compatible(new, old));
        let open = |line: &str| line.replace(" (non-exhaustive)", "");
        assert!(!is_compatible(&open(old), &open(new)));
    }
}
