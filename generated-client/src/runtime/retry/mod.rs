//! Repeats calls that failed, where that is safe: the policy, the transport that follows it, and the one that ends each attempt.
//!
//! The function [`verdict`](super::verdict) is the only place that decides whether a failed call may be repeated.

mod policy;
mod repeating;
mod retry_after;
mod timed;

pub use policy::RetryPolicy;
pub use repeating::Repeating;
pub use timed::Timed;
