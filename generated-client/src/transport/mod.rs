//! What happens to every call between the generated operations and the network.
//!
//! ```text
//! operation ─► Repeating ─► Authorized ─► Http ─► network
//!              pauses,      credentials,  body limit,
//!              deadline     errors made   no redirects
//!                           alike, notices
//! ```
//!
//! Each is a [`Transport`](crate::runtime::Transport) around the next. Whether a failure may be repeated is decided in
//! one place, [`verdict`](crate::runtime::verdict).

mod authorized;
mod error_body;
mod notice;
mod policy;
mod redact;
mod repeating;
mod retry_after;

pub use notice::Notice;
pub use policy::RetryPolicy;

pub(crate) use authorized::Authorized;
pub(crate) use redact::Redactor;
pub(crate) use repeating::Repeating;
