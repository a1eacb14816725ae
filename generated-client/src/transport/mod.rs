//! The layers that every call passes between a generated operation and the network.
//!
//! ```text
//! operation ─► Repeating ─► Authenticated ─► Limited ─► Timed ───► Authorized ───► Http ─► network
//!              repeats,     fresh tokens,    rate       timeout,   credentials,    limits,
//!              deadline     if there is a    limit      deadline   redaction,      no redirects,
//!                           provider                               error bodies,   two pools
//!                                                                  notices
//! ```
//!
//! Waiting for a token or for the rate limit happens above `Timed`, so it counts towards the deadline of a call, but not towards the
//! timeout of an attempt.
//!
//! Each layer is a [`Transport`](crate::runtime::Transport) that wraps the next one. The function
//! [`verdict`](crate::runtime::verdict) is the only place that decides whether a failed call may be repeated.
//!
//! Secrets are removed in two places. `Authorized` removes them from headers and from the bodies of errors. The body of a success
//! is data and stays as it is, but everything that is shown of it or of an error passes the same redaction:
//! [`Service::with_redaction`](crate::runtime::Service::with_redaction).

mod authorized;
mod error_body;
mod notice;

pub use notice::Notice;

pub(crate) use authorized::Authorized;
