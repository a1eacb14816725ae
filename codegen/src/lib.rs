//! Turns a published OpenAPI document into a small, typed Rust client.

mod diagnostic;
mod normalize;
mod pointer;

pub use diagnostic::{Code, Diagnostic, Location, Severity};
pub use normalize::{Change, Normalized, PASSES, Pass, Strictness, Work, normalize};
pub use pointer::Pointer;
