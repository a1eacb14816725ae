//! Finds the hand-written code that a change of the Rust API concerns: by the names that it uses, before a compiler runs. A compiler
//! finds what does not fit; this also finds a `match` that compiles and does not know a new value.
//!
//! Without types, a name can mean something else. So a type counts where its module is in the path or in an import of the file, and a
//! field or a method counts where the file knows its type, or where no hand-written code declares the same name.

mod file;
mod subject;
mod tokens;

use std::collections::{BTreeSet, HashSet};

use crate::diff::RustChange;
use crate::tree;
use file::File;
use subject::Subject;

/// A place in hand-written code that a change concerns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The path of the item, e.g. `types::Pet.age`.
    pub item: String,
    /// Why it needs a look.
    pub why: String,
}

impl std::fmt::Display for Mention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.why
        )
    }
}

/// The places in hand-written files that name a changed, renamed or removed item, and those that match on an enum with a new value.
/// Sorted by place.
///
/// ```
/// use releasepack_codegen::diff::outline_changes;
/// use releasepack_codegen::look_at;
/// use releasepack_codegen::tree::File;
///
/// let base = "enum types::Status (non-exhaustive)\nvariant types::Status::Done\n";
/// let revision = "enum types::Status (non-exhaustive)\nvariant types::Status::Done\nvariant types::Status::Canceled\n";
/// let code = "use crate::types::Status;\n\nfn is_done(status: &Status) -> bool {\n    match status {\n        Status::Done => true,\n        _ => false,\n    }\n}\n";
/// let found = look_at(&outline_changes(base, revision), &[File::new("status.rs", code)]);
/// assert_eq!(found[0].to_string(), "status.rs:4:5: matches on `types::Status`, which has a new value `Canceled`");
/// ```
#[must_use]
pub fn look_at(changes: &[RustChange], files: &[tree::File]) -> Vec<Mention> {
    let subjects: Vec<Subject<'_>> = changes.iter().filter_map(Subject::of).collect();
    if subjects.is_empty() {
        return Vec::new();
    }
    let read: Vec<(&str, File<'_>)> = files
        .iter()
        .map(|file| (file.path.as_str(), File::read(&file.text)))
        .collect();
    let declared: HashSet<&str> = read.iter().flat_map(|(_, file)| file.declared()).collect();
    let mut found = BTreeSet::new();
    for (path, file) in &read {
        for subject in &subjects {
            for token in file.mentions(subject, &declared) {
                found.insert(Mention {
                    file: (*path).to_owned(),
                    line: token.line,
                    column: token.column,
                    item: subject.path.to_owned(),
                    why: subject.why.clone(),
                });
            }
        }
    }
    let mut last = None;
    let mut mentions: Vec<Mention> = found.into_iter().collect();
    // One line for each item and line of code.
    mentions.retain(|it| {
        let place = (it.file.clone(), it.line, it.why.clone());
        let is_new = last.as_ref() != Some(&place);
        last = Some(place);
        is_new
    });
    mentions
}
