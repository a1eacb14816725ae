//! What changed in the generated Rust API: the difference of the outlines.

use std::collections::HashSet;

use crate::emit::Module;
use crate::generation::module_path;
use crate::outline::outline;

use super::rule::Bump;
use super::side::Side;

/// A change of an item of the Rust API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustChange {
    /// What happened to it.
    pub kind: RustChangeKind,
    /// Its line of the outline. For an item that changed, the new one.
    pub line: String,
    /// For an item that changed, the old line.
    pub before: Option<String>,
}

/// What happened to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RustChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another type or signature.
    Changed,
}

impl RustChange {
    /// The bump of the version that it needs.
    #[must_use]
    pub fn bump(&self) -> Bump {
        match (self.kind, &self.before) {
            (RustChangeKind::Added, _) => Bump::Minor,
            (RustChangeKind::Changed, Some(before)) if has_only_more_traits(before, &self.line) => {
                Bump::Minor
            }
            _ => Bump::Major,
        }
    }
}

/// Compares two outlines, line by line.
///
/// ```
/// use releasepack_codegen::diff::{RustChangeKind, outline_changes};
///
/// let changes = outline_changes("field types::Pet.age: i32\n", "field types::Pet.age: i64\nstruct types::Owner\n");
/// assert_eq!(changes[0].kind, RustChangeKind::Changed);
/// assert_eq!(changes[1].kind, RustChangeKind::Added);
/// ```
#[must_use]
pub fn outline_changes(base: &str, revision: &str) -> Vec<RustChange> {
    let old: HashSet<&str> = base.lines().collect();
    let new: HashSet<&str> = revision.lines().collect();
    let mut removed: Vec<&str> = base.lines().filter(|line| !new.contains(line)).collect();
    let mut changes = Vec::new();
    for line in revision.lines().filter(|line| !old.contains(line)) {
        let before = removed.iter().position(|before| name(before) == name(line));
        let before = before.map(|index| removed.remove(index).to_owned());
        changes.push(RustChange {
            kind: if before.is_some() {
                RustChangeKind::Changed
            } else {
                RustChangeKind::Added
            },
            line: line.to_owned(),
            before,
        });
    }
    let removed = removed.into_iter().map(|line| RustChange {
        kind: RustChangeKind::Removed,
        line: line.to_owned(),
        before: None,
    });
    changes.extend(removed);
    changes
}

/// The changes between the generated modules of both sides.
pub(super) fn changes(base: &Side, revision: &Side) -> Vec<RustChange> {
    let old = reduced(&base.modules, &revision.modules);
    let new = reduced(&revision.modules, &base.modules);
    outline_changes(&old, &new)
}

/// The outline of what is not the same in the other modules. To parse all of it would take longer than everything else.
fn reduced(modules: &[Module], others: &[Module]) -> String {
    let others: HashSet<(&str, &str)> = others
        .iter()
        .flat_map(|module| {
            module
                .code
                .iter()
                .map(|code| (module.path.as_str(), code.as_str()))
        })
        .collect();
    let parsed: Vec<(String, syn::File)> = modules
        .iter()
        .filter_map(|module| {
            let pieces = module.code.iter().filter(|code| {
                // Which modules there are, and what they show, decides the paths of the items.
                let is_structure = code.contains("mod ") || code.contains("pub use ");
                is_structure || !others.contains(&(module.path.as_str(), code.as_str()))
            });
            let text = pieces.map(String::as_str).collect::<Vec<_>>().join("\n");
            let file = syn::parse_file(&text).ok()?;
            Some((module_path(&module.path), file))
        })
        .collect();
    let files: Vec<(&str, &syn::File)> = parsed
        .iter()
        .map(|(path, file)| (path.as_str(), file))
        .collect();
    outline(&files)
}

/// The kind and the path of the item of a line: `field types::Pet.age`.
fn name(line: &str) -> &str {
    let (kind, rest) = line.split_once(' ').unwrap_or(("", line));
    let is_end = |(index, character): (usize, char)| {
        let rest = &rest[index..];
        let ends = matches!(character, '(' | '<' | ' ') || (rest.starts_with(": "));
        ends.then_some(index)
    };
    let end = rest.char_indices().find_map(is_end).unwrap_or(rest.len());
    &line[..kind.len() + usize::from(!kind.is_empty()) + end]
}

/// Whether a type lost no trait and has the same attributes: `struct types::Pet: Clone + Debug`.
fn has_only_more_traits(before: &str, after: &str) -> bool {
    let is_type = |line: &str| line.starts_with("struct ") || line.starts_with("enum ");
    let split = |line: &str| -> Option<(String, HashSet<String>)> {
        let (name, traits) = line.split_once(": ")?;
        let traits = traits.split(" + ").map(str::to_owned).collect();
        Some((name.to_owned(), traits))
    };
    let (Some((old, before_traits)), Some((new, after_traits))) = (split(before), split(after))
    else {
        return false;
    };
    is_type(before) && old == new && before_traits.is_subset(&after_traits)
}
