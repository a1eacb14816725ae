//! Shared parts of the tests.

pub mod clients;
mod recorder;

pub use recorder::{CannedResponse, Recorder};
