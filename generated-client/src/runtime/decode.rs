//! Decodes the body of a response into the types of the API description.

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::error::Category;

use super::Redaction;
use super::Reply;
use super::charset::{UnknownCharset, json_bytes, text};
use super::data::{Blank, Notes, ReadError, empty, from_json};

/// Decodes the body of a response.
///
/// The implementations here are [`Json`], [`Text`], [`Binary`] and [`Empty`]. An own implementation can choose by the
/// status:
///
/// ```
/// use releasepack_client::runtime::{Decode, DecodeError, Json, Notes, Reply};
///
/// enum Progress {
///     Done(serde_json::Value),
///     Running,
/// }
///
/// impl Decode for Progress {
///     type Output = Self;
///
///     fn decode(reply: &Reply, notes: &mut Notes) -> Result<Self, DecodeError> {
///         match reply.status.as_u16() {
///             200 => Json::decode(reply, notes).map(Self::Done),
///             202 => Ok(Self::Running),
///             _ => Err(DecodeError::undeclared(reply.status)),
///         }
///     }
/// }
/// ```
pub trait Decode {
    /// The decoded body.
    type Output;

    /// Decodes the body of `reply`. What is not as the API description says, and does not matter, goes to `notes`.
    ///
    /// # Errors
    ///
    /// Returns a [`DecodeError`] when the body does not have the form that the API description declares, or when the
    /// description does not declare the status.
    fn decode(reply: &Reply, notes: &mut Notes) -> Result<Self::Output, DecodeError>;
}

/// Decodes a JSON body into a `T`, leniently: an optional member that does not fit is read as absent and noted. The
/// `Content-Type` header is not checked: a body that parses is accepted.
///
/// An empty body of a success (204, for example) is the value that has nothing in it, and noted: `null`, an empty array or map,
/// an object without its optional members. A type that has no such value is decoded as `Json<Option<T>>` where the description
/// allows such a response.
#[derive(Debug)]
pub struct Json<T>(PhantomData<T>);

impl<T: Blank> Decode for Json<T> {
    type Output = T;

    fn decode(reply: &Reply, notes: &mut Notes) -> Result<T, DecodeError> {
        let body = json_bytes(reply);
        let is_empty = body.trim_ascii().is_empty();
        if is_empty
            && reply.status.is_success()
            && let Some(value) = empty(notes)
        {
            return Ok(value);
        }
        from_json(&body, notes).map_err(|error| {
            let content_type = reply.headers.get(CONTENT_TYPE);
            DecodeError(Fault::Json {
                empty: is_empty,
                content_type: content_type
                    .map(|value| super::error_text::excerpt(value.as_bytes(), 64))
                    .filter(|value| !value.to_ascii_lowercase().contains("json")),
                error,
            })
        })
    }
}

/// Decodes a text body: UTF-8, unless a byte order mark or the `charset` of the `Content-Type` header says otherwise. Other
/// encodings need the feature `charset`.
#[derive(Debug)]
pub struct Text;

impl Decode for Text {
    type Output = String;

    fn decode(reply: &Reply, _: &mut Notes) -> Result<String, DecodeError> {
        let bytes = text(reply).map_err(|error| DecodeError(Fault::Charset(error)))?;
        let text = String::from_utf8(bytes.into_owned());
        text.map_err(|error| DecodeError(Fault::Text(error.utf8_error())))
    }
}

/// Returns the bytes of the body as they are.
#[derive(Debug)]
pub struct Binary;

impl Decode for Binary {
    type Output = Bytes;

    fn decode(reply: &Reply, _: &mut Notes) -> Result<Bytes, DecodeError> {
        Ok(reply.body.clone())
    }
}

/// Expects no body, and ignores one that is sent nevertheless.
#[derive(Debug)]
pub struct Empty;

impl Decode for Empty {
    type Output = ();

    fn decode(_: &Reply, _: &mut Notes) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// The reason why the body of a response could not be decoded.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DecodeError(Fault);

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{}", json_fault(*.empty, .content_type.as_deref(), .error))]
    Json {
        empty: bool,
        content_type: Option<String>,
        #[source]
        error: ReadError,
    },
    #[error("the body is not UTF-8: {0}")]
    Text(#[source] std::str::Utf8Error),
    #[error(transparent)]
    Charset(UnknownCharset),
    #[error("an event stream is expected, but its content type is `{0}`")]
    NoEvents(String),
    #[error("there is no next page: {0}")]
    NoPage(&'static str),
    #[error("the API description does not declare the status {}", .0.as_u16())]
    Undeclared(StatusCode),
}

fn json_fault(empty: bool, content_type: Option<&str>, error: &ReadError) -> String {
    match (empty, content_type) {
        (true, _) => "the body is empty, but JSON is expected".to_owned(),
        (false, Some(other)) => {
            format!("the body is not the expected JSON (its content type is `{other}`): {error}")
        }
        (false, None) => format!("the body is not the expected JSON: {error}"),
    }
}

impl DecodeError {
    /// The error for a response whose `status` the operation does not declare.
    pub fn undeclared(status: StatusCode) -> Self {
        Self(Fault::Undeclared(status))
    }

    /// The error for a response of this content type where an event stream is expected.
    pub(super) fn no_events(content_type: String) -> Self {
        Self(Fault::NoEvents(content_type))
    }

    /// The error for a page after which the next one cannot be asked for.
    pub(super) fn no_page(why: &'static str) -> Self {
        Self(Fault::NoPage(why))
    }

    /// The JSON pointer of the value that does not fit, if the body is JSON; the empty string is the whole body.
    pub fn pointer(&self) -> Option<&str> {
        match &self.0 {
            Fault::Json { error, .. } => Some(error.pointer()),
            Fault::Text(_)
            | Fault::Charset(_)
            | Fault::NoEvents(_)
            | Fault::NoPage(_)
            | Fault::Undeclared(_) => None,
        }
    }

    /// Whether the body is not in the expected format at all: it is empty, a page, or breaks off. A body in that format that
    /// does not have the declared form is another case.
    pub fn is_unreadable(&self) -> bool {
        match &self.0 {
            Fault::Json { error, .. } => error.category() != Category::Data,
            Fault::Text(_) | Fault::Charset(_) | Fault::NoEvents(_) => true,
            Fault::NoPage(_) | Fault::Undeclared(_) => false,
        }
    }

    /// The same error without secrets.
    pub(super) fn redacted(self, redact: &Redaction) -> Self {
        match self.0 {
            Fault::Json {
                empty,
                content_type,
                error,
            } => Self(Fault::Json {
                empty,
                content_type: content_type.map(|text| redact.text(&text).into_owned()),
                error: error.with_texts(|text| redact.changed(text)),
            }),
            Fault::NoEvents(content_type) => {
                Self(Fault::NoEvents(redact.text(&content_type).into_owned()))
            }
            Fault::Charset(UnknownCharset(name)) => Self(Fault::Charset(UnknownCharset(
                redact.text(&name).into_owned(),
            ))),
            fault => Self(fault),
        }
    }

    pub(super) fn is_undeclared(&self) -> bool {
        matches!(self.0, Fault::Undeclared(_))
    }
}
