//! What the generated operations stand on.
//!
//! The generated code only says what is particular to an operation: method, path, parameters, bodies, statuses. Here is
//! what they share: building the request ([`Request`]), sending it ([`Transport`]), reading the answer ([`Decode`]),
//! and telling what went wrong ([`Error`]). Nothing in this module knows any particular API.
//!
//! ```text
//! generated method ─► Request ─► Transport ─► Reply ─► Decode ─► Response or Error
//! ```

mod decode;
mod error;
mod error_kind;
mod http_transport;
mod open_enum;
mod repeat;
mod request;
mod response;
mod transport;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};

pub use decode::{Binary, Decode, DecodeError, Empty, Json, Text};
pub use error::{Error, Failure, RequestError};
pub use error_kind::ErrorKind;
pub use http_transport::Http;
#[allow(
    unused_imports,
    reason = "a description need not have enumerations, nor unions"
)]
pub(crate) use open_enum::{UNKNOWN, note_unknown, open_enum};
pub use repeat::{Observed, Verdict, verdict};
pub use request::{Request, Service, encode};
pub use response::Response;
pub use transport::{Call, Exchange, Reply, Transport, TransportError, TransportErrorKind};

/// What the description says of one operation, apart from its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with `{name}` where a parameter goes.
    pub path: &'static str,
    /// The value of the `Accept` header; empty to send none.
    pub accept: &'static str,
}
