//! Shared parts of the tests.

mod recorder;

pub use recorder::{CannedResponse, Recorder};
