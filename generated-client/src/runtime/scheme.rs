//! Security schemes: how an API wants credentials, and which of its operations want which.

use std::fmt;

/// A security scheme of an API description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scheme {
    /// Its name in the description.
    pub name: &'static str,
    /// How it sends credentials.
    pub kind: SchemeKind,
    /// The method of the builder that takes its credentials.
    pub setter: &'static str,
}

impl Scheme {
    /// A scheme with these parts.
    pub const fn new(name: &'static str, kind: SchemeKind, setter: &'static str) -> Self {
        Self { name, kind, setter }
    }
}

/// How a security scheme sends credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A user name and a password, in the header `Authorization` (HTTP Basic).
    Basic,
    /// A token in the header `Authorization` (HTTP Bearer, OAuth 2, `OpenID` Connect).
    Bearer,
    /// Another scheme of HTTP, with its name: the value follows the name in the header `Authorization`.
    Http(&'static str),
    /// A key in a header.
    Header(&'static str),
    /// A key in a query parameter.
    Query(&'static str),
    /// A key in a cookie.
    Cookie(&'static str),
    /// Something that the HTTP client itself needs: a client certificate.
    Connection,
}

impl fmt::Display for SchemeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic => f.write_str("user name and password"),
            Self::Bearer => f.write_str("a bearer token"),
            Self::Http(scheme) => write!(f, "HTTP authentication `{scheme}`"),
            Self::Header(name) => write!(f, "a key in the header `{name}`"),
            Self::Query(name) => write!(f, "a key in the query parameter `{name}`"),
            Self::Cookie(name) => write!(f, "a key in the cookie `{name}`"),
            Self::Connection => f.write_str("a certificate of the client"),
        }
    }
}

/// The credentials that an operation wants.
///
/// Each alternative is a list of the names of schemes that are needed together. An empty alternative says that the operation may be
/// called without credentials, and so does a list without alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Security {
    /// Those that most operations of the API want.
    Usual,
    /// Those of one of these alternatives.
    OneOf(&'static [&'static [&'static str]]),
}
