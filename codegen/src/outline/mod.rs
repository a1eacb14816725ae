//! The public API of a crate as a short text with one line for each item, so that a reviewer quickly sees what changed for
//! consumers.
//!
//! It lists what a consumer can name: modules, types with their fields and variants, traits, functions, constants, re-exports; and
//! which traits each type implements. The lines are sorted by name, so that moved code makes no difference. An item is listed under
//! its shortest path. A setter is on the line of its field, so that one added field is one added line.
//!
//! | in a line | means |
//! |---|---|
//! | `(non-exhaustive)`, `(deprecated)` | the attribute |
//! | `(literal)` | a consumer can write a value of the struct as a literal, so a new field breaks it |
//! | `(provided)` | the function of a trait has a body, so an implementation needs none |
//! | `(feature blocking)`, `(cfg unix)` | it exists only under this condition, which the module does not have |
//! | `= "IN_PROGRESS"` | the name on the wire, where it is not the usual one for the name in Rust |
//! | `record!` | the traits that this macro implements; a line `macro record!` lists them |
//!
//! It does not have what only the compiler knows: which types are `Send` or `Sync`, and what the types in a signature are; they are
//! as they are written.

mod implementations;
mod item;
mod macros;
mod marks;
mod reach;
mod scope;
mod signature;
mod source;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

pub use marks::{split_marks, split_wire};
pub(crate) use signature::of_type;

use crate::tree;
use implementations::All;
use item::Writer;
use reach::{Reach, Shown};
use source::{Crate, attributes, join};

/// The outline of generated files. Each file is given with the path of its module: `types`, `types::pack`, or the empty path for
/// the root.
///
/// The items of a private module are listed only if the module around it re-exports them, under the name of the re-export.
///
/// ```
/// let root = syn::parse_str("pub mod types;").unwrap();
/// let types = syn::parse_str(
///     "#[derive(Clone, Debug)]
///      pub struct Pack { pub id: Option<String>, secret: u8 }
///      impl Pack { pub fn id(mut self, id: impl Into<String>) -> Self { self } }
///      pub enum Status { Done, Unknown(String) }",
/// )
/// .unwrap();
/// let outline = releasepack_codegen::outline(&[("", &root), ("types", &types)]);
/// assert_eq!(outline, "\
/// struct types::Pack: Clone + Debug
/// field types::Pack.id: Option<String> set by impl Into<String>
/// enum types::Status
/// variant types::Status::Done
/// variant types::Status::Unknown(String)
/// ");
/// ```
#[must_use]
pub fn outline(files: &[(&str, &syn::File)]) -> String {
    let mut text = String::new();
    for line in lines(&Crate::of_files(files))
        .into_iter()
        .filter(|line| !line.is_hidden)
    {
        text.push_str(&line.text);
        text.push('\n');
    }
    text
}

/// The whole public API of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrateOutline {
    /// The lines of each public module, by its path; that of the root is empty.
    pub modules: BTreeMap<String, Vec<String>>,
    /// The lines of what is public but `#[doc(hidden)]`.
    pub hidden: Vec<String>,
    /// Calls of macros that could not be expanded. What they make is missing in the outline.
    pub unknown: Vec<UnknownMacro>,
}

impl CrateOutline {
    /// All lines that are not hidden, module by module.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines = self.modules.values().flatten().map(String::as_str);
        lines.flat_map(|line| [line, "\n"]).collect()
    }
}

/// The call of a macro that has no rules among the files, or none that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMacro {
    /// The name of the macro.
    pub name: String,
    /// The file with the call.
    pub file: String,
    /// The path of the module with the call.
    pub module: String,
}

/// A crate could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OutlineError {
    /// There is no `lib.rs`.
    #[error("the crate has no lib.rs")]
    NoRoot,
    /// A module is declared, but its file is missing.
    #[error("{file} declares the module `{module}`, but {expected} does not exist")]
    NoFile {
        /// The file with the declaration.
        file: String,
        /// The name of the module.
        module: String,
        /// The file that it should be in.
        expected: String,
    },
    /// A file is not Rust.
    #[error("{file} is not Rust: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// What the parser reports.
        message: String,
    },
}

/// The outline of a crate. The paths of the files are relative to its folder `src`; files that no module declares are ignored.
///
/// It follows declarations of modules and re-exports, and expands the macros of the crate.
///
/// # Errors
///
/// If `lib.rs` or the file of a module is missing, or a file is not Rust.
///
/// ```
/// use releasepack_codegen::of_crate;
/// use releasepack_codegen::tree::File;
///
/// let files = [
///     File::new("lib.rs", "mod pet; pub use pet::Pet; #[cfg(feature = \"farm\")] pub mod farm;"),
///     File::new("pet.rs", "macro_rules! kind { ($name:ident) => { pub struct $name(u8); } } kind!(Pet);"),
///     File::new("farm.rs", "impl crate::Pet { pub fn feed(&self) {} }"),
/// ];
/// let outline = of_crate(&files).unwrap();
/// assert_eq!(outline.modules[""], ["struct Pet", "fn Pet::feed(&self) (feature farm)"]);
/// assert_eq!(outline.modules["farm"], ["mod farm (feature farm)"]);
/// ```
pub fn of_crate(files: &[tree::File]) -> Result<CrateOutline, OutlineError> {
    let mut all = Crate::read(files)?;
    let mut outline = CrateOutline {
        unknown: std::mem::take(&mut all.unknown),
        ..CrateOutline::default()
    };
    for line in lines(&all) {
        if line.is_hidden {
            outline.hidden.push(line.text);
        } else {
            outline
                .modules
                .entry(line.module)
                .or_default()
                .push(line.text);
        }
    }
    Ok(outline)
}

/// A line and its sort key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    module: String,
    /// The item of the module.
    item: String,
    /// The item itself, then its fields or variants, then its functions.
    rank: Rank,
    member: String,
    text: String,
    is_hidden: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Item,
    Data,
    Constant,
    Function,
    Implementation,
}

fn lines(all: &Crate) -> BTreeSet<Line> {
    let reach = Reach::of(all);
    let implementations = All::of(all, &reach);
    let mut lines = BTreeSet::new();
    for shown in reach.modules.values().filter(|_| all.is_whole) {
        if !shown.name.is_empty() {
            let path = shown.path();
            insert(&mut lines, &path, shown, format!("mod {path}"));
        }
    }
    for (shown, target) in reach.others.iter().filter(|_| all.is_whole) {
        let text = format!("use {} = {target}", shown.path());
        insert(&mut lines, &shown.module, shown, text);
    }
    let none = implementations::Implementations::default();
    for (position, shown) in &reach.items {
        let module = &all.modules[position.0];
        let item = &module.items[position.1].item;
        let mut writer = Writer {
            shown,
            lines: &mut lines,
        };
        let of_item = implementations.of_items.get(position).unwrap_or(&none);
        writer.item(item, attributes(item), module, of_item);
    }
    add_unknown(&implementations, all, &mut lines);
    add_foreign(&implementations, all, &reach, &mut lines);
    add_macros(&implementations, all, &reach, &mut lines);
    lines
}

/// Adds a line that is not about an item of the crate.
fn insert(lines: &mut BTreeSet<Line>, module: &str, shown: &Shown, mut text: String) {
    for condition in &shown.conditions {
        let _ = write!(text, " ({condition})");
    }
    lines.insert(Line {
        module: module.to_owned(),
        item: String::new(),
        rank: Rank::Item,
        member: String::new(),
        text,
        is_hidden: shown.is_hidden,
    });
}

/// Methods of types that are not among the files.
fn add_unknown(implementations: &All<'_>, all: &Crate, lines: &mut BTreeSet<Line>) {
    for ((module, name), inherent) in &implementations.unknown {
        if all.is_whole || name.is_empty() {
            continue;
        }
        let shown = Shown::at(module, name);
        let mut writer = Writer {
            shown: &shown,
            lines,
        };
        for inherent in inherent {
            writer.members(&shown.path(), inherent, &BTreeSet::new());
        }
    }
}

/// Implementations for types of other crates: with their trait, if it is one of this crate, else with their module.
fn add_foreign(implementations: &All<'_>, all: &Crate, reach: &Reach, lines: &mut BTreeSet<Line>) {
    for foreign in &implementations.foreign {
        let (module, item, is_hidden) = match foreign.item.and_then(|it| reach.items.get(&it)) {
            Some(shown) => (shown.module.clone(), shown.name.clone(), shown.is_hidden),
            None => (reach.around(all, foreign.module), String::new(), false),
        };
        let mut text = foreign.text.clone();
        for condition in &foreign.conditions {
            let _ = write!(text, " ({condition})");
        }
        lines.insert(Line {
            module,
            item,
            rank: Rank::Implementation,
            member: String::new(),
            text,
            is_hidden,
        });
    }
}

/// What the names of macros stand for.
fn add_macros(implementations: &All<'_>, all: &Crate, reach: &Reach, lines: &mut BTreeSet<Line>) {
    for (name, traits) in &implementations.macros {
        let Some(module) = all.macros.get(name) else {
            continue;
        };
        let module = reach.around(all, *module);
        let traits = traits
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" + ");
        lines.insert(Line {
            text: format!("macro {}!: {traits}", join(&module, name)),
            module,
            item: String::new(),
            rank: Rank::Implementation,
            member: name.clone(),
            is_hidden: false,
        });
    }
}
