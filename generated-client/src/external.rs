//! The crates whose types are in the API of this crate.
//!
//! Use them from here, and your program has the same versions as this crate, without naming them in its `Cargo.toml`:
//!
//! ```
//! use releasepack_client::external::jiff::civil::date;
//! use releasepack_client::release::Release;
//!
//! let release = Release::on("f0f7face", date(2026, 12, 1)).component("b420a8ab", "2.0");
//! # let _ = release;
//! ```
//!
//! # Part of what a version means
//!
//! An incompatible version of one of these crates is an incompatible change of this crate, too, and comes only with a new major
//! version (before 1.0.0, with a new minor one). No other crate is part of the API: the other dependencies may change at any time.
//!
//! | crate | version | where it is in the API |
//! |---|---|---|
//! | [`bytes`] | 1 | bodies, as they are sent and received |
//! | [`futures_core`] | 0.3 | [`Follow`](crate::release::Follow) is a `Stream` |
//! | [`http`] | 1 | methods, statuses and headers |
//! | [`jiff`] | 1 | dates and times |
//! | [`reqwest`] | 0.13 | [`configure_http`](crate::ClientBuilder::configure_http), [`http_client`](crate::ClientBuilder::http_client) |
//! | [`secrecy`] | 0.10 | [`Credentials`](crate::Credentials) take secrets; a `String` is enough |
//! | [`serde`] | 1 | the types of the API description can be read and written |
//! | [`serde_json`] | 1 | JSON in the sandbox, and errors of writing it |
//! | [`url`] | 2 | URLs of calls, and the base URL |

/// Bytes that can be shared without a copy.
#[doc(no_inline)]
pub use bytes;
/// The trait of asynchronous iterators.
#[doc(no_inline)]
pub use futures_core;
/// Methods, statuses and headers of HTTP.
#[doc(no_inline)]
pub use http;
/// Dates and times.
#[doc(no_inline)]
pub use jiff;
/// The HTTP client that sends the calls.
#[doc(no_inline)]
pub use reqwest;
/// Strings that `Debug` does not show.
#[doc(no_inline)]
pub use secrecy;
/// Reading and writing types in any format.
#[doc(no_inline)]
pub use serde;
/// JSON.
#[doc(no_inline)]
pub use serde_json;
/// URLs.
#[doc(no_inline)]
pub use url;
