//! Turns a published OpenAPI document into a small, typed Rust client.

mod diagnostic;
mod document;
mod generation;
mod normalize;
mod outline;
mod overlay;
mod pointer;
pub mod tree;

pub use diagnostic::{
    Code, Diagnostic, Location, Severity, Style, render, sort as sort_diagnostics, to_report_json,
};
pub use document::{Document, Format, Kind, MAX_BYTES, MAX_DEPTH, Version, to_json, to_yaml};
pub use generation::Generation;
pub use normalize::{Change, Normalized, PASSES, Pass, Strictness, Work, normalize};
pub use outline::outline;
pub use overlay::{Applied, Overlay, apply as apply_overlay};
pub use pointer::Pointer;
