//! What changed in the Rust API: the difference of the outlines.

use std::collections::{HashMap, HashSet, VecDeque};

use heck::ToSnakeCase;

use crate::emit::Module;
use crate::generation::module_path;
use crate::outline::{outline, split_marks, split_wire};

use super::aliases::Aliases;
use super::item::{is_compatible, is_member, name, owner, path};
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
    /// Code of a user that it breaks, see [`witness`](super::witness()).
    pub witness: Option<String>,
    /// How many lines of its members are in this change, e.g. the fields of a removed struct.
    pub members: usize,
    /// The bump that it needs, if it is new.
    added: Bump,
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
    /// It has another name, and is the same on the wire.
    Renamed,
}

impl RustChange {
    /// The bump of the version that it needs.
    #[must_use]
    pub fn bump(&self) -> Bump {
        match (self.kind, &self.before) {
            (RustChangeKind::Added, _) => self.added,
            (RustChangeKind::Changed, Some(before)) if is_compatible(before, &self.line) => {
                Bump::Minor
            }
            _ => Bump::Major,
        }
    }
}

/// Compares two outlines, line by line. A type that is gone is one change with its members; so is one that only has another name.
/// An alias of a type is the same as the type.
///
/// ```
/// use releasepack_codegen::diff::{RustChangeKind, outline_changes};
///
/// let changes = outline_changes("field types::Pet.age: i32\n", "field types::Pet.age: i64\nstruct types::Owner\n");
/// assert_eq!(changes[0].kind, RustChangeKind::Changed);
/// assert_eq!(changes[1].kind, RustChangeKind::Added);
///
/// let changes = outline_changes("struct Pet\nfield Pet.age: i32\n", "struct Animal\nfield Animal.age: i32\n");
/// assert_eq!((changes[0].kind, changes[0].members), (RustChangeKind::Renamed, 1));
/// ```
#[must_use]
pub fn outline_changes(base: &str, revision: &str) -> Vec<RustChange> {
    let (old_aliases, new_aliases) = (Aliases::of(base), Aliases::of(revision));
    let old: HashSet<String> = base.lines().map(|line| old_aliases.resolve(line)).collect();
    let new: HashSet<String> = revision
        .lines()
        .map(|line| new_aliases.resolve(line))
        .collect();
    let is_gone = |line: &&str| !new.contains(&old_aliases.resolve(line));
    let is_new = |line: &&str| !old.contains(&new_aliases.resolve(line));
    let mut removed: Vec<&str> = base.lines().filter(is_gone).collect();
    let mut added: Vec<&str> = revision.lines().filter(is_new).collect();
    let types: HashMap<&str, &str> = base.lines().map(|line| (path(line), line)).collect();

    let mut renamed = renamed_types(&mut removed, &mut added);
    let mut lines = Removed::of(&removed);
    let mut changes = Vec::new();
    for line in added {
        if let Some(change) = renamed.remove(line) {
            changes.push(change);
            continue;
        }
        let (kind, before) = match lines.take_named(line) {
            Some(before) => (RustChangeKind::Changed, Some(before)),
            None => match lines.take_same_on_the_wire(line) {
                Some(before) => (RustChangeKind::Renamed, Some(before)),
                None => (RustChangeKind::Added, None),
            },
        };
        changes.push(RustChange {
            kind,
            line: line.to_owned(),
            witness: None,
            before: before.map(str::to_owned),
            members: 0,
            added: bump_of_added(line, &types),
        });
    }
    changes.extend(grouped(&lines.rest()));
    changes
}

/// Lines that are gone, until a new line takes the place of one.
struct Removed<'l> {
    lines: Vec<Option<&'l str>>,
    by_name: HashMap<(&'l str, &'l str), VecDeque<usize>>,
    by_wire: HashMap<Identity, VecDeque<usize>>,
}

impl<'l> Removed<'l> {
    fn of(lines: &[&'l str]) -> Self {
        let mut by_name: HashMap<_, VecDeque<usize>> = HashMap::new();
        let mut by_wire: HashMap<_, VecDeque<usize>> = HashMap::new();
        for (index, line) in lines.iter().enumerate() {
            by_name.entry(name(line)).or_default().push_back(index);
            if let Some(identity) = identity(line) {
                by_wire.entry(identity).or_default().push_back(index);
            }
        }
        Self {
            lines: lines.iter().copied().map(Some).collect(),
            by_name,
            by_wire,
        }
    }

    /// The first line of the item with the same name.
    fn take_named(&mut self, line: &'l str) -> Option<&'l str> {
        take(&mut self.lines, self.by_name.get_mut(&name(line))?)
    }

    /// The first line of a field or a variant that only has another name.
    fn take_same_on_the_wire(&mut self, line: &str) -> Option<&'l str> {
        take(&mut self.lines, self.by_wire.get_mut(&identity(line)?)?)
    }

    /// The lines whose place nothing took.
    fn rest(self) -> Vec<&'l str> {
        self.lines.into_iter().flatten().collect()
    }
}

/// Takes the first of these lines that is still there.
fn take<'l>(lines: &mut [Option<&'l str>], indices: &mut VecDeque<usize>) -> Option<&'l str> {
    while let Some(index) = indices.pop_front() {
        if let Some(line) = lines[index].take() {
            return Some(line);
        }
    }
    None
}

/// Removed lines, with the members of an item that is removed too in the line of the item.
fn grouped(removed: &[&str]) -> Vec<RustChange> {
    let items: HashSet<&str> = removed
        .iter()
        .filter(|line| !is_member(line))
        .map(|line| path(line))
        .collect();
    let mut members: HashMap<&str, usize> = HashMap::new();
    let mut alone = Vec::new();
    for line in removed {
        match owner(line).filter(|owner| is_member(line) && items.contains(owner)) {
            Some(owner) => *members.entry(owner).or_default() += 1,
            None => alone.push(*line),
        }
    }
    let changes = alone.into_iter().map(|line| RustChange {
        kind: RustChangeKind::Removed,
        line: line.to_owned(),
        before: None,
        witness: None,
        members: if is_member(line) {
            0
        } else {
            members.remove(path(line)).unwrap_or(0)
        },
        added: Bump::Minor,
    });
    changes.collect()
}

/// Types that have another name, and the same members. Their lines are taken out, but for the new line of each type.
fn renamed_types<'l>(
    removed: &mut Vec<&'l str>,
    added: &mut Vec<&'l str>,
) -> HashMap<&'l str, RustChange> {
    let shapes = |lines: &[&'l str]| {
        let mut members: HashMap<&str, Vec<String>> = HashMap::new();
        for line in lines.iter().filter(|line| is_member(line)) {
            if let Some(owner) = owner(line) {
                let line = line.replacen(owner, "", 1);
                members.entry(owner).or_default().push(line);
            }
        }
        let items = lines.iter().filter(|line| !is_member(line));
        let mut shapes: HashMap<(String, Vec<String>), Vec<&'l str>> = HashMap::new();
        for line in items {
            let path = path(line);
            // Without members, two items are equal by accident.
            if let Some(members) = members.remove(path) {
                let shape = (line.replacen(path, "", 1), members);
                shapes.entry(shape).or_default().push(line);
            }
        }
        shapes
    };
    let (old, mut new) = (shapes(removed), shapes(added));
    let mut renamed = HashMap::new();
    let (mut old_items, mut new_items) = (HashSet::new(), HashSet::new());
    for (shape, before) in old {
        let after = new.remove(&shape).unwrap_or_default();
        let ([before], [after]) = (before.as_slice(), after.as_slice()) else {
            continue;
        };
        let change = RustChange {
            kind: RustChangeKind::Renamed,
            line: (*after).to_owned(),
            before: Some((*before).to_owned()),
            witness: None,
            members: shape.1.len(),
            added: Bump::Minor,
        };
        renamed.insert(*after, change);
        old_items.insert(path(before));
        new_items.insert(path(after));
    }
    let is_in = |line: &str, items: &HashSet<&str>| {
        is_member(line) && owner(line).is_some_and(|owner| items.contains(owner))
    };
    removed.retain(|line| !old_items.contains(path(line)) && !is_in(line, &old_items));
    added.retain(|line| !is_in(line, &new_items));
    renamed
}

/// What a field or a variant is without its name: its owner, its name on the wire, its type, and its marks.
type Identity = (String, String, String, String);

fn identity(line: &str) -> Option<Identity> {
    if owner(line).is_none() || !(line.starts_with("field ") || line.starts_with("variant ")) {
        return None;
    }
    let (bare, marks) = split_marks(line);
    let (bare, wire) = split_wire(bare);
    let path = path(&bare).to_owned();
    let own = path.rsplit(['.', ':']).next()?.to_owned();
    let wire = match wire {
        Some(wire) if line.starts_with("field ") => wire.trim_matches('"').to_snake_case(),
        Some(wire) => wire.to_owned(),
        None if line.starts_with("field ") => own.trim_end_matches('_').to_owned(),
        None => format!("{own:?}"),
    };
    let owner = owner(&bare)?.to_owned();
    let rest = bare.replacen(&path, "", 1);
    Some((owner, wire, rest, marks.join(" ")))
}

/// The bump that a new line needs: something new may break who writes a struct as a literal, matches on an enum, or implements a
/// trait.
fn bump_of_added(line: &str, types: &HashMap<&str, &str>) -> Bump {
    let (_, marks) = split_marks(line);
    let Some(owner) = owner(line).and_then(|owner| types.get(owner)) else {
        return Bump::Minor;
    };
    let (_, of_owner) = split_marks(owner);
    let is_break = match line.split(' ').next() {
        Some("field") => of_owner.contains(&"literal"),
        Some("variant") => !of_owner.contains(&"non-exhaustive"),
        Some("fn" | "async" | "const" | "unsafe" | "type") => {
            (owner.starts_with("trait ") || owner.starts_with("unsafe trait "))
                && !marks.contains(&"provided")
        }
        _ => false,
    };
    if is_break { Bump::Major } else { Bump::Minor }
}

/// The changes between the generated modules of both sides.
pub(super) fn changes(base: &Side, revision: &Side) -> Vec<RustChange> {
    let old = reduced(&base.modules, &revision.modules);
    let new = reduced(&revision.modules, &base.modules);
    outline_changes(&old, &new)
}

/// Whether a piece of code is needed to know the items of others.
fn is_structure(module: &str, code: &str) -> bool {
    // Which modules there are, and what they show, decides the paths of items; an alias is the same as its type; and the methods of
    // the client, which the first module declares, are in the modules of the operations.
    let shows = code.contains("mod ") || code.contains("pub use ") || code.contains("pub type ");
    shows || module == "mod.rs" || code.lines().any(|line| line.starts_with("use "))
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
