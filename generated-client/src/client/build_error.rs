//! Why a client cannot be built.

use super::region::UnknownRegion;
use crate::credentials::CredentialsError;

/// Why a client cannot be built. None of these shows anything of the credentials.
///
/// ```
/// use releasepack_client::{BuildError, Client, Credentials};
///
/// let error = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
///     .base_url("http://api.example.com")
///     .build()
///     .expect_err("everybody could read the token");
/// assert!(matches!(error, BuildError::PlainHttp(host) if host == "api.example.com"));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Environment variables that are needed are not set, or empty: all of them.
    #[error("not set in the environment: {}", .0.join(", "))]
    MissingVariables(Vec<&'static str>),
    /// An environment variable is not UTF-8.
    #[error("the environment variable {0} is not UTF-8")]
    VariableNotUtf8(&'static str),
    /// Two environment variables say where to call.
    #[error("BOOMI_REGION and BOOMI_BASE_URL are both set; leave one of them out")]
    RegionAndBaseUrl,
    /// The region is none.
    #[error(transparent)]
    Region(#[from] UnknownRegion),
    /// An account id is empty, or `.` or `..`.
    #[error("the {0} id is empty or no id")]
    Account(&'static str),
    /// The credentials cannot be sent.
    #[error("the credentials cannot be used: {0}")]
    Credentials(#[from] CredentialsError),
    /// The base URL cannot be used.
    #[error("the base URL cannot be used: {0}")]
    BaseUrl(String),
    /// The base URL is `http` and not on this machine: everybody on the way could read the credentials.
    #[error(
        "the base URL's scheme is http, so the credentials would go to {0} in the clear; \
         use https, or allow_plain_http() if that is what you want"
    )]
    PlainHttp(String),
    /// The user agent holds a character that no header can.
    #[error("the user agent holds a character that no header can")]
    UserAgent,
    /// The base URL is `https`, and the crate was built without TLS.
    #[error(
        "https needs one of the features `rustls` and `native-tls`, or an http_client() with TLS"
    )]
    NoTls,
    /// The HTTP library could not be set up (its TLS, most likely).
    #[error("the HTTP client cannot be set up: {0}")]
    HttpClient(#[from] reqwest::Error),
    /// The operating system gives no thread to a blocking client.
    #[cfg(feature = "blocking")]
    #[error("no thread for the blocking client: {0}")]
    Thread(#[source] std::io::Error),
}
