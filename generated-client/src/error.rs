//! What can go wrong with a call.

use crate::runtime;
use crate::types::ErrorMessage;

/// A call that failed: which operation, and how.
pub type Error = runtime::Error<ErrorMessage>;
