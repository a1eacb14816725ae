//! Decodes the body of a response into the types of the API description.

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Reply;

/// Decodes the body of a response.
///
/// The implementations here are [`Json`], [`Text`], [`Binary`] and [`Empty`]. An own implementation can choose by the
/// status:
///
/// ```
/// use releasepack_client::runtime::{Decode, DecodeError, Json, Reply};
///
/// enum Progress {
///     Done(serde_json::Value),
///     Running,
/// }
///
/// impl Decode for Progress {
///     type Output = Self;
///
///     fn decode(reply: &Reply) -> Result<Self, DecodeError> {
///         match reply.status.as_u16() {
///             200 => Json::decode(reply).map(Self::Done),
///             202 => Ok(Self::Running),
///             _ => Err(DecodeError::undeclared(reply.status)),
///         }
///     }
/// }
/// ```
pub trait Decode {
    /// The decoded body.
    type Output;

    /// Decodes the body of `reply`.
    ///
    /// # Errors
    ///
    /// Returns a [`DecodeError`] when the body does not have the form that the API description declares, or when the
    /// description does not declare the status.
    fn decode(reply: &Reply) -> Result<Self::Output, DecodeError>;
}

/// Decodes a JSON body into a `T`. The `Content-Type` header is not checked: a body that parses is accepted.
#[derive(Debug)]
pub struct Json<T>(PhantomData<T>);

impl<T: DeserializeOwned> Decode for Json<T> {
    type Output = T;

    fn decode(reply: &Reply) -> Result<T, DecodeError> {
        let read = serde_json::from_slice(&reply.body);
        let read = read.or_else(|error| with_whole_numbers(&reply.body).ok_or(error));
        read.map_err(|error| {
            let content_type = reply.headers.get(CONTENT_TYPE);
            DecodeError(Fault::Json {
                empty: reply.body.trim_ascii().is_empty(),
                content_type: content_type
                    .map(|value| super::error::excerpt(value.as_bytes(), 64))
                    .filter(|value| !value.to_ascii_lowercase().contains("json")),
                error,
            })
        })
    }
}

/// Decodes `body` again with each number such as `1.0` replaced by `1`; `None` when there is no such number or it does
/// not help. JSON Schema counts both as integers, and servers without an integer type write either.
fn with_whole_numbers<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut value = serde_json::from_slice(body).ok()?;
    make_whole(&mut value).then(|| serde_json::from_value(value).ok())?
}

/// Replaces each float without a fraction by an integer, and returns whether it replaced one.
fn make_whole(value: &mut Value) -> bool {
    match value {
        Value::Number(number) => {
            // An `f64` cannot hold every integer above 2^53, so larger numbers stay as they are.
            let whole = number.as_f64().filter(|float| {
                number.is_f64() && float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0
            });
            let Some(whole) = whole else { return false };
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the number has no fraction and is at most 2^53"
            )]
            let whole = whole as i64;
            *number = whole.into();
            true
        }
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |any, item| make_whole(item) | any),
        Value::Object(members) => members
            .values_mut()
            .fold(false, |any, member| make_whole(member) | any),
        _ => false,
    }
}

/// Decodes a text body, which must be UTF-8.
#[derive(Debug)]
pub struct Text;

impl Decode for Text {
    type Output = String;

    fn decode(reply: &Reply) -> Result<String, DecodeError> {
        let text =
            std::str::from_utf8(&reply.body).map_err(|error| DecodeError(Fault::Text(error)))?;
        Ok(text.to_owned())
    }
}

/// Returns the bytes of the body as they are.
#[derive(Debug)]
pub struct Binary;

impl Decode for Binary {
    type Output = Bytes;

    fn decode(reply: &Reply) -> Result<Bytes, DecodeError> {
        Ok(reply.body.clone())
    }
}

/// Expects no body, and ignores one that is sent nevertheless.
#[derive(Debug)]
pub struct Empty;

impl Decode for Empty {
    type Output = ();

    fn decode(_: &Reply) -> Result<(), DecodeError> {
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
        error: serde_json::Error,
    },
    #[error("the body is not UTF-8: {0}")]
    Text(#[source] std::str::Utf8Error),
    #[error("the API description does not declare the status {}", .0.as_u16())]
    Undeclared(StatusCode),
}

fn json_fault(empty: bool, content_type: Option<&str>, error: &serde_json::Error) -> String {
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
}
