//! Turns a published OpenAPI document into a small, typed Rust client.
//!
//! Text goes in, files come out. Nothing here knows a vendor, and nothing uses the network. [`Generator`] does it all in one call: it
//! reads a document and the files beside it, and writes a crate, a module of another crate, or what a build script gives to the compiler.
//! The feature `cli` does the same for the command `releasepack-codegen`.
//!
//! A crate whose client each build generates, `build.rs` and `src/main.rs`:
//!
//! ```no_run
//! use releasepack_codegen::{Generator, GeneratorError};
//!
//! fn main() -> Result<(), GeneratorError> {
//!     Generator::new("pets.yaml").generate()?.write_to_out_dir()
//! }
//! ```
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/pets.rs"));
//!
//! let client = pets::Client::new()?;
//! ```
//!
//! Its `[dependencies]` are those that [`Output::dependencies`] lists; the documentation of the module has them too. A crate with a client
//! that is checked in calls [`Output::write_module`], and has a test that calls [`Output::check_module`].
//!
//! # The steps
//!
//! Each step is a function of its own, which takes plain values and touches no file, except [`tree`]. In their order. Only the first and the last two are always needed:
//!
//! 1. [`Document::parse`] reads YAML or JSON, and remembers the line and column of each node. [`Version::of`] rejects documents
//!    that are not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2.
//! 2. [`apply_overlay`] corrects faults of the document.
//! 3. [`bundle()`] copies the nodes that the document refers to in other files into it.
//! 4. [`slice()`] keeps only some operations and what they need.
//! 5. [`generate`] normalizes the document and writes the client.
//! 6. [`tree::write`] replaces a folder by the files.
//!
//! ```
//! use releasepack_codegen::{Bundle, Document, Strictness, Style, generate, render};
//!
//! let text = "
//! openapi: 3.0.3
//! info: {title: Pets, version: '1'}
//! servers: [{url: 'https://pets.example.com'}]
//! paths:
//!   /pets/{id}:
//!     get:
//!       operationId: getPet
//!       parameters:
//!       - {name: id, in: path, required: true, schema: {type: string}}
//!       responses:
//!         '200':
//!           description: One pet
//!           content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
//! components:
//!   schemas:
//!     Pet: {type: object, required: [name], properties: {name: {type: string}}}
//! ";
//! let generation = Document::parse("pets.yaml", text.as_bytes())
//!     .and_then(|document| generate(&Bundle::from(document), Strictness::Strict))
//!     .unwrap_or_else(|faults| {
//!         // The report shows each fault with its line of the document.
//!         panic!("{}", render(&faults, |name| (name == "pets.yaml").then_some(text), Style::Plain))
//!     });
//! let paths: Vec<&str> = generation.files.iter().map(|file| file.path.as_str()).collect();
//! println!("{}", paths.join("\n"));
//! assert_eq!(paths, ["mod.rs", "operations.rs", "types.rs"]);
//! assert!(generation.outline().contains("field types::Pet.name: String"));
//! ```
//!
//! | to | use |
//! |---|---|
//! | read a document, and find the line of a node | [`Document`] |
//! | write a value as text | [`to_yaml`], [`to_json`] |
//! | correct a document | [`Overlay`], [`apply_overlay`] |
//! | make one document of several files | [`bundle()`]; [`bundle_leniently`] to go on in spite of faults; [`bundle_below`] for files above the document |
//! | keep some operations | [`Selection`], [`slice()`] |
//! | slice a newer version of a document, with other prose | [`refresh()`], [`digest`], [`texts`] |
//! | find faults in a document | [`lint`] |
//! | see what a pass of the normalization does | [`lint_pass`], [`run_pass`]; [`PASSES`] lists them |
//! | go from a file to a client in one call | [`Generator`] |
//! | generate a client | [`generate`]; [`generate_observed`] to show the progress |
//! | keep the public names of an earlier client | [`PublicNames`], [`generate_with_names`] |
//! | make a crate of it | [`package()`], with [`runtime()`] |
//! | compare a folder with the files, or replace it | [`tree`] |
//! | review its public API | [`Generation::outline`], [`outline()`]; [`of_crate`] for a whole crate |
//! | find the code that a change of it concerns | [`look_at()`] |
//! | find the schema of a type | [`type_origins`] |
//! | list what has no type, and why | [`Generation::untyped`] |
//! | see what happens to a keyword | [`vocabulary`] |
//! | report diagnostics | [`sort_diagnostics`], then [`render`] for people or [`to_report_json`] for scripts |
//! | explain a diagnostic | [`Code`] |
//!
//! Errors of the input are [`Diagnostic`]s: each has a code, a place and advice. A function returns all it finds, not only the
//! first. No input makes it panic.

mod bundle;
mod census;
#[cfg(feature = "cli")]
pub mod cli;
mod diagnostic;
pub mod diff;
mod digest;
mod document;
mod emit;
mod examples;
mod generation;
mod generator;
mod lines;
mod lint;
mod look_at;
mod model;
mod nearest;
mod normalize;
mod openapi;
mod outline;
mod overlay;
mod package;
mod parallel;
mod pointer;
mod progress;
mod public_names;
mod refresh;
mod runtime;
mod slice;
pub mod tree;
mod types;
mod validate;

pub use bundle::{Bundle, File, Place, bundle, bundle_below, bundle_leniently};
pub use census::{Untyped, Why};
pub use diagnostic::{
    Code, Diagnostic, Severity, Style, render, sort as sort_diagnostics, to_report_json,
};
pub use digest::digest;
pub use document::{Document, Format, MAX_BYTES, to_json, to_yaml};
pub use generation::{
    Generation, TypeOrigin, generate, generate_observed, generate_with_names, type_origins,
};
pub use generator::{Faults, Generator, GeneratorError, Output};
pub use lines::Location;
pub use lint::{Keyword, MUSTS, Must, RULES, Rule, Verdict, lint, lint_pass, vocabulary};
pub use look_at::{Mention, look_at};
pub use normalize::{Change, Normalized, PASSES, Pass, Phase, Strictness, normalize, run_pass};
pub use openapi::{DocumentKind, Version};
pub use outline::{
    CrateOutline, OutlineError, UnknownMacro, of_crate, outline, split_marks, split_wire,
};
pub use overlay::{Applied, Overlay, apply as apply_overlay, apply_each as apply_overlay_each};
pub use package::{InvalidName, package};
pub use pointer::Pointer;
pub use progress::{Progress, Stage};
pub use public_names::PublicNames;
pub use refresh::{Before, Refreshed, Unworded, refresh, texts};
pub use runtime::runtime;
pub use slice::{Selection, Slice, slice};
