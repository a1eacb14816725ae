//! Turns a published OpenAPI document into a small, typed Rust client.

mod bundle;
mod diagnostic;
mod document;
mod emit;
mod generation;
mod lines;
mod lint;
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
mod slice;
pub mod tree;
mod types;
mod validate;

pub use bundle::{Bundle, File, bundle, bundle_leniently};
pub use diagnostic::{
    Code, Diagnostic, Severity, Style, render, sort as sort_diagnostics, to_report_json,
};
pub use document::{Document, Format, MAX_BYTES, MAX_DEPTH, to_json, to_yaml};
pub use generation::{Generation, TypeOrigin, generate, generate_observed, type_origins};
pub use lines::Location;
pub use lint::{RULES, Rule, lint, lint_pass};
pub use normalize::{Change, Normalized, PASSES, Pass, Phase, Strictness, normalize, run_pass};
pub use openapi::{DocumentKind, Version};
pub use outline::outline;
pub use overlay::{Applied, Overlay, apply as apply_overlay};
pub use package::{InvalidName, package};
pub use pointer::Pointer;
pub use progress::{Progress, Stage};
pub use slice::{Selection, Slice, slice};
