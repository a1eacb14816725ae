//! What changed in the generated Rust API: the difference of the outlines.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::emit::Module;
use crate::generation::module_path;
use crate::outline::outline;

use super::lines::{self, Aliases};
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
    /// For a type that was removed: how many fields, variants and methods went with it. They are no changes of their own.
    pub inside: usize,
    /// Code of a user that it breaks, see [`witness`](super::witness()).
    pub witness: Option<String>,
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
            (RustChangeKind::Changed, Some(before)) => lines::bump(before, &self.line),
            _ => Bump::Major,
        }
    }
}

/// Compares two outlines, line by line. An alias of a type is the same as the type.
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
    let (old_aliases, new_aliases) = (Aliases::of(base), Aliases::of(revision));
    let old: HashSet<String> = base.lines().map(|line| old_aliases.resolve(line)).collect();
    let new: HashSet<String> = revision
        .lines()
        .map(|line| new_aliases.resolve(line))
        .collect();
    let removed = base
        .lines()
        .filter(|line| !new.contains(&old_aliases.resolve(line)));
    let mut removed: IndexMap<&str, Vec<&str>> = removed.fold(IndexMap::new(), |mut all, line| {
        all.entry(lines::name(line)).or_default().push(line);
        all
    });
    let mut changes = Vec::new();
    let added = revision
        .lines()
        .filter(|line| !old.contains(&new_aliases.resolve(line)));
    for line in added {
        let same = removed.get_mut(lines::name(line));
        let before = same
            .filter(|lines| !lines.is_empty())
            .map(|lines| lines.remove(0));
        changes.push(RustChange {
            kind: if before.is_some() {
                RustChangeKind::Changed
            } else {
                RustChangeKind::Added
            },
            line: line.to_owned(),
            before: before.map(str::to_owned),
            inside: 0,
            witness: None,
        });
    }
    changes.extend(removals(removed.into_values().flatten().collect()));
    changes
}

/// The lines that are gone. What is inside a type that is gone only counts.
fn removals(lines: Vec<&str>) -> Vec<RustChange> {
    let types = lines.iter().filter_map(|line| lines::type_path(line));
    let mut inside: HashMap<&str, usize> = types.map(|path| (path, 0)).collect();
    let mut kept = Vec::new();
    for line in lines {
        match lines::owner(line).and_then(|owner| inside.get_mut(owner)) {
            Some(count) => *count += 1,
            None => kept.push(line),
        }
    }
    let count = |line: &str| {
        let path = lines::type_path(line);
        path.and_then(|path| inside.get(path).copied()).unwrap_or(0)
    };
    let changes = kept.into_iter().map(|line| RustChange {
        kind: RustChangeKind::Removed,
        line: line.to_owned(),
        before: None,
        inside: count(line),
        witness: None,
    });
    changes.collect()
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
                is_structure(&module.path, code)
                    || !others.contains(&(module.path.as_str(), code.as_str()))
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

/// Whether a piece of code is needed to know the items of others.
fn is_structure(module: &str, code: &str) -> bool {
    // Which modules there are, and what they show, decides the paths of items; an alias is the same as its type; and the methods of
    // the client, which the first module declares, are in the modules of the operations.
    let shows = code.contains("mod ") || code.contains("pub use ") || code.contains("pub type ");
    shows || module == "mod.rs" || code.lines().any(|line| line.starts_with("use "))
}
