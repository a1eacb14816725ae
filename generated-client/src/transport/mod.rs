//! The layers that every call passes between a generated operation and the network.
//!
//! ```text
//! operation ─► Repeating ─► Authorized ───► Http ─► network
//!              repeats,     credentials,    body limit,
//!              deadline     redaction,      no redirects
//!                           error bodies,
//!                           notices
//! ```
//!
//! Each layer is a [`Transport`](crate::runtime::Transport) that wraps the next one. The function
//! [`verdict`](crate::runtime::verdict) is the only place that decides whether a failed call may be repeated.

mod authorized;
mod error_body;
mod notice;
mod policy;
mod redact;
mod repeating;
mod retry_after;
mod spelling;

pub use notice::Notice;
pub use policy::RetryPolicy;

pub(crate) use authorized::Authorized;
pub(crate) use redact::Redactor;
pub(crate) use repeating::Repeating;
