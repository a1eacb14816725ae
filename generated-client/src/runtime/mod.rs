//! The code that all generated operations share.
//!
//! The generated code holds only what differs between operations: method, path, parameters, bodies, statuses. This module
//! builds the request ([`Request`]), sends it ([`Transport`]), decodes the response ([`Decode`]) and reports failures
//! ([`Error`]). Nothing in this module depends on a particular API.
//!
//! ```text
//! generated method ─► Request ─► Transport ─► Reply ─► Decode ─► Response or Error
//! ```

mod charset;
pub mod data;
mod decode;
mod error;
mod error_kind;
mod events;
mod http_transport;
mod items;
mod operation;
mod repeat;
mod request;
mod response;
mod transport;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};

pub use data::{Integer, NotANumber, Note, NoteKind, Notes, Number, ReadError};
pub use decode::{Binary, Decode, DecodeError, Empty, Json, Text};
pub use error::{Error, Failure, RequestError};
pub use error_kind::ErrorKind;
pub use events::{Event, Events};
pub use http_transport::Http;
pub use items::{ItemError, ItemFault, Items};
pub use operation::Operation;
pub use repeat::{Observed, Verdict, verdict};
pub use request::{Request, Service, encode, encode_reserved, encode_reserved_in_path};
pub use response::Response;
pub use transport::{
    Call, Exchange, NextPiece, Opened, Opening, Pieces, Reply, Transport, TransportError,
    TransportErrorKind,
};

#[allow(unused_imports, reason = "not every API description has operations")]
pub(crate) use operation::operation;
