//! The code that all generated operations share.
//!
//! The generated code holds only what differs between operations: method, path, parameters, bodies, statuses. This module
//! builds the request ([`Request`]), sends it ([`Transport`]), decodes the response ([`Decode`]) and reports failures
//! ([`Error`]). Nothing in this module depends on a particular API.
//!
//! ```text
//! generated method ─► Request ─► Transport ─► Reply ─► Decode ─► Response or Error
//! ```

pub mod data;
mod decode;
mod error;
mod error_kind;
mod http_transport;
mod repeat;
mod request;
mod response;
mod transport;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};

pub use data::{Note, NoteKind, Notes};
pub use decode::{Binary, Decode, DecodeError, Empty, Json, Text};
pub use error::{Error, Failure, RequestError};
pub use error_kind::ErrorKind;
pub use http_transport::Http;
pub use repeat::{Observed, Verdict, verdict};
pub use request::{Request, Service, encode};
pub use response::Response;
pub use transport::{Call, Exchange, Reply, Transport, TransportError, TransportErrorKind};

/// The parts of an operation that do not change between calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL; `{name}` stands for the value of the path parameter `name`.
    pub path: &'static str,
    /// The value of the `Accept` header. If it is empty, the header is not sent.
    pub accept: &'static str,
}
