//! Repeats calls that failed, where that is safe: the policy, and the transport that follows it.
//!
//! The function [`verdict`](super::verdict) is the only place that decides whether a failed call may be repeated.

mod policy;
mod repeating;
mod retry_after;

pub use policy::RetryPolicy;
pub use repeating::Repeating;
