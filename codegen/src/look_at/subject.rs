//! What is searched for a change.

use crate::diff::item::{is_member, owner, path};
use crate::diff::{Bump, RustChange, RustChangeKind};

/// What is searched.
pub(super) struct Subject<'c> {
    /// The path of the item as the code was written against it.
    pub(super) path: &'c str,
    pub(super) kind: Kind<'c>,
    pub(super) why: String,
}

/// How an item is named in code.
pub(super) enum Kind<'c> {
    /// A type, a trait, a constant, a function or a module.
    Item(Name<'c>),
    /// A field, which can have a setter of its name.
    Field(Name<'c>, &'c str),
    Variant(Name<'c>, &'c str),
    /// A function or a constant of a type.
    Function(Name<'c>, &'c str),
    /// Whatever matches on the values of an enum.
    Match(Name<'c>),
}

/// The name of an item, and of the module with it; empty for the root.
#[derive(Clone, Copy)]
pub(super) struct Name<'c> {
    pub(super) module: &'c str,
    pub(super) name: &'c str,
}

impl<'c> Name<'c> {
    fn of(path: &'c str) -> Self {
        let (around, name) = path.rsplit_once("::").unwrap_or(("", path));
        let module = around.rsplit("::").next().unwrap_or_default();
        Self { module, name }
    }
}

impl<'c> Subject<'c> {
    /// `None` if no code has to change.
    pub(super) fn of(change: &'c RustChange) -> Option<Self> {
        let line = change.before.as_deref().unwrap_or(&change.line);
        let word = line.split(' ').next()?;
        if word.starts_with("impl") || matches!(word, "macro" | "use") {
            return None;
        }
        let path = path(line);
        let own = path.rsplit(['.', ':']).next()?;
        if change.kind == RustChangeKind::Added {
            let owner = Name::of(owner(line)?);
            return (word == "variant").then(|| Self {
                path,
                kind: Kind::Match(owner),
                why: format!(
                    "matches on `{}`, which has a new value `{own}`",
                    path.trim_end_matches(own).trim_end_matches(':')
                ),
            });
        }
        if change.bump() != Bump::Major {
            return None;
        }
        let why = match change.kind {
            RustChangeKind::Removed => format!("names `{path}`, which is removed"),
            RustChangeKind::Renamed => {
                let new = crate::diff::item::path(&change.line);
                format!("names `{path}`, which is now `{new}`")
            }
            _ => format!("names `{path}`, which is now `{}`", change.line),
        };
        let kind = if is_member(line) {
            let owner = Name::of(owner(line)?);
            match word {
                "field" => Kind::Field(owner, own),
                "variant" => Kind::Variant(owner, own),
                _ => Kind::Function(owner, own),
            }
        } else {
            Kind::Item(Name::of(path))
        };
        Some(Self { path, kind, why })
    }
}
