//! The error of building a client.

use std::fmt;

use super::region::UnknownRegion;
use crate::cassette::CassetteError;
use crate::credentials::CredentialsError;
use crate::runtime::{Chain, HttpClientError};

/// The reason why a client cannot be built. No error shows any part of a secret.
///
/// ```
/// use releasepack_client::{BuildError, Client, Credentials};
///
/// let error = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
///     .base_url("http://api.example.com")
///     .build()
///     .expect_err("http would send the token unencrypted");
/// assert!(matches!(error, BuildError::PlainHttp(host) if host == "api.example.com"));
/// ```
///
/// Its `Debug` text is the `Display` text and the causes, a line each.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Required environment variables are not set, or are empty. The list names all of them.
    #[error("required environment variables are not set: {}", .0.join(", "))]
    MissingVariables(Vec<&'static str>),
    /// An environment variable is not UTF-8.
    #[error("the environment variable {0} is not UTF-8")]
    VariableNotUtf8(&'static str),
    /// `BOOMI_REGION` and `BOOMI_BASE_URL` are both set.
    #[error(
        "the environment variables BOOMI_REGION and BOOMI_BASE_URL are both set; unset one of them"
    )]
    RegionAndBaseUrl,
    /// The region is not known.
    #[error(transparent)]
    Region(#[from] UnknownRegion),
    /// The id of the account, or of the overridden account, is empty, `.` or `..`, or has a control character.
    #[error(
        "the {0} id is empty, `.` or `..`, or has a control character, which is not a valid id"
    )]
    Account(&'static str),
    /// The credentials cannot be used.
    #[error("the credentials cannot be used: {0}")]
    Credentials(#[from] CredentialsError),
    /// The base URL cannot be used, for the reason given.
    #[error("the base URL cannot be used: {0}")]
    BaseUrl(String),
    /// The scheme of the base URL is `http`, and its host (given here) is not this machine. The credentials would be sent
    /// unencrypted.
    #[error(
        "the scheme of the base URL is `http`, so the credentials would be sent to {0} unencrypted; \
         use https, or call allow_plain_http() if you want this"
    )]
    PlainHttp(String),
    /// The user agent holds a character that is not allowed in headers.
    #[error("the user agent holds a character that is not allowed in headers")]
    UserAgent,
    /// The scheme of the base URL is `https`, but the crate was built without TLS.
    #[error(
        "the scheme of the base URL is `https`, but this build has no TLS; enable the feature `rustls` or \
         `native-tls`, or pass an HTTP client with TLS to http_client()"
    )]
    NoTls,
    /// The HTTP client cannot be set up. The usual reason is TLS.
    #[error("the HTTP client cannot be set up: {0}")]
    HttpClient(#[source] reqwest::Error),
    /// The cassette cannot be written or read.
    #[error(transparent)]
    Cassette(#[from] CassetteError),
    /// The operating system cannot start the thread of a blocking client.
    #[cfg(feature = "blocking")]
    #[error("the thread of the blocking client cannot be started: {0}")]
    Thread(#[source] std::io::Error),
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Chain::of(self).fmt(f)
    }
}

impl From<HttpClientError> for BuildError {
    fn from(fault: HttpClientError) -> Self {
        match fault {
            HttpClientError::NoTls => Self::NoTls,
            HttpClientError::Settings(fault) => Self::HttpClient(fault),
        }
    }
}
