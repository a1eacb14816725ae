//! The code that all generated operations share.
//!
//! The generated code holds only what differs between operations: method, path, parameters, bodies, statuses. This module
//! builds the request ([`Request`]), sends it ([`Transport`]), decodes the response ([`Decode`]) and reports failures
//! ([`Error`]). Nothing in this module depends on a particular API.
//!
//! ```text
//! generated method ─► Request ─► Transport ─► Reply ─► Decode ─► Response or Error
//! ```

mod arriving;
mod auth;
mod authorizing;
mod body;
mod builder;
mod chain;
mod charset;
mod chunks;
mod connect_error;
// Public for the macros of generated types; what users need of it is re-exported below.
#[doc(hidden)]
pub mod data;
mod decode;
mod error;
mod error_kind;
mod error_text;
mod events;
mod http_client;
mod http_transport;
mod items;
mod link;
mod media_type;
mod opened;
mod operation;
mod pages;
mod rate;
mod reading;
mod redact;
mod redaction;
mod request;
mod response;
mod retry;
mod scheme;
mod service;
mod support_id;
mod transport;
mod verdict;

pub use bytes::Bytes;
pub use http::{HeaderMap, Method, StatusCode};

pub use auth::{Authenticated, NextToken, TokenProvider, Tokens};
pub use authorizing::{Authorizing, Credential, CredentialError, Given, Token};
pub use body::{Body, BodyStream};
pub use builder::{BuildError, Builder, Description};
pub use chain::Chain;
pub use chunks::Chunks;
pub use data::{Integer, NotANumber, Note, NoteKind, Notes, Number, ReadError};
pub use decode::{Binary, Decode, DecodeError, Empty, Json, Text};
pub use error::{Error, Failure, Received, RequestError};
pub use error_kind::ErrorKind;
pub use events::{Event, Events};
pub use http_client::{HttpClient, HttpClientError, is_loopback};
pub use http_transport::Http;
pub use items::{ItemError, ItemFault, Items};
pub use opened::{NextPiece, Opened, Pieces};
pub use operation::Operation;
pub use pages::{Cursor, Elements, NextPage, PagedItems, Pages};
pub use rate::{Limited, RateLimit};
pub use redact::Redactor;
pub use redaction::Redaction;
pub use request::{Request, encode, encode_reserved, encode_reserved_in_path};
pub use response::Response;
pub use retry::{Repeating, RetryPolicy, Timed};
pub use scheme::{Scheme, SchemeKind, Security};
pub use service::Service;
pub use support_id::server_request_id;
pub use transport::{
    Call, Exchange, Opening, Reply, Transport, TransportError, TransportErrorKind,
};
pub use verdict::{Effect, Observed, Sender, Verdict, effect, verdict};

#[allow(unused_imports, reason = "not every API description has operations")]
pub(crate) use operation::operation;
