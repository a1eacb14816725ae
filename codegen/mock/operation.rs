//! What the API description says about an operation, as a row of a table.

use serde::de::DeserializeOwned;

use super::operations::OPERATIONS;

/// An operation.
pub(super) struct Operation {
    pub(super) id: &'static str,
    pub(super) method: &'static str,
    /// The path template.
    pub(super) path: &'static str,
    /// The names and values that are in the query of every request.
    pub(super) fixed_query: &'static [(&'static str, &'static str)],
    pub(super) parameters: &'static [Parameter],
    /// The alternatives of its security requirement: the names of the schemes that are needed together.
    pub(super) security: &'static [&'static [&'static str]],
    pub(super) body: Option<Body>,
    pub(super) status: u16,
    /// The media types of the response, each with an example; `None` if there is no example.
    pub(super) contents: &'static [(&'static str, Option<&'static str>)],
}

/// A parameter.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) place: Place,
    pub(super) required: bool,
    pub(super) form: Form,
    pub(super) kind: Kind,
}

/// Where a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every API description has each place")]
pub(super) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

/// Under which names a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every API description has each form")]
pub(super) enum Form {
    /// Under its own.
    Named,
    /// In the path: its value may have slashes.
    Segments,
    /// Under `name[member]`.
    Brackets,
    /// Under any names: those of its members.
    Members,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "not every API description has each kind")]
pub(super) enum Kind {
    /// Anything.
    Any,
    Integer,
    Number,
    Boolean,
    Date,
    Uuid,
    OneOf(&'static [&'static str]),
}

/// Reads a body. If it is not what it should be, the message says why.
pub(super) type Check = fn(&[u8]) -> Result<(), String>;

/// The body of requests.
pub(super) struct Body {
    pub(super) required: bool,
    /// It may be a range.
    pub(super) media_type: &'static str,
    /// Whether the bytes are a value of the type of the body; `None` for a body that is not JSON.
    pub(super) check: Option<Check>,
}

/// Whether a body is JSON and a value of `T`. If not, the message says what is wrong, and where.
#[allow(dead_code, reason = "not every API description has such a body")]
pub(super) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<(), String> {
    let read = serde_json::from_slice::<T>(body);
    read.map(drop).map_err(|error| error.to_string())
}

/// The `operationId` of the table that is equal to one of a test.
pub(super) fn named(id: &str) -> Option<&'static str> {
    OPERATIONS.iter().map(|it| it.id).find(|it| *it == id)
}
