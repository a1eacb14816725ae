//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use super::base_url::base_url;
use super::http_client::HttpClient;
use super::{BuildError, Client, Region};
use crate::Credentials;
use crate::generated;
use crate::runtime::{Http, Service, Transport};
use crate::transport::{Authorized, Repeating, RetryPolicy};

/// The settings of a [`Client`].
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::{Client, Credentials, RetryPolicy};
///
/// # fn main() -> Result<(), releasepack_client::BuildError> {
/// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
///     .base_url("http://127.0.0.1:8080")
///     .request_timeout(Duration::from_secs(20))
///     .retry(RetryPolicy::default().max_repeats(3))
///     .user_agent("nightly-release/1.0")
///     .build()?;
/// assert_eq!(client.base_url().path(), "/api/rest/v1/mycompany-A1B2C3");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "settings do nothing until the client is built"]
pub struct ClientBuilder {
    account: String,
    credentials: Credentials,
    host: GivenUrl,
    partner: bool,
    override_account: Option<String>,
    allow_plain_http: bool,
    connect_timeout: Duration,
    request_timeout: Duration,
    retry: RetryPolicy,
    body_limit: usize,
    user_agent: String,
    http_client: HttpClient,
}

/// A base URL that nobody has looked at yet: it is shown only if it holds no password.
#[derive(Clone)]
struct GivenUrl(String);

impl fmt::Debug for GivenUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.contains('@') {
            return f.write_str("[not shown: it holds an @]");
        }
        self.0.fmt(f)
    }
}

impl ClientBuilder {
    /// The settings for `account`, all others being the defaults: see [`Client::builder`].
    pub fn new(account: impl Into<String>, credentials: Credentials) -> Self {
        Self {
            account: account.into(),
            credentials,
            host: GivenUrl(Region::default().base_url().to_owned()),
            partner: false,
            override_account: None,
            allow_plain_http: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            body_limit: Http::BODY_LIMIT,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            http_client: HttpClient::default(),
        }
    }

    /// The region that the account is on; default [`Region::Us`]. It takes the place of a base URL given before.
    pub fn region(self, region: Region) -> Self {
        self.base_url(region.base_url())
    }

    /// Another host than a region's: scheme, host, port and perhaps a path, to which `/api/rest/v1/` and the account are
    /// added. `http` is refused for a host that is not this machine; see [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self {
            host: GivenUrl(base_url.into()),
            ..self
        }
    }

    /// Calls the Partner API, `/partner/api/rest/v1/`.
    pub fn partner(self) -> Self {
        Self {
            partner: true,
            ..self
        }
    }

    /// Calls the Partner API on behalf of `account`: each call carries it as `overrideAccount`.
    ///
    /// ```
    /// # use releasepack_client::{BuildError, Client, Credentials};
    /// # fn main() -> Result<(), BuildError> {
    /// let client = Client::builder("partner-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .base_url("http://127.0.0.1:8080")
    ///     .override_account("customer-D4E5F6")
    ///     .build()?;
    /// assert_eq!(
    ///     client.base_url().as_str(),
    ///     "http://127.0.0.1:8080/partner/api/rest/v1/partner-A1B2C3?overrideAccount=customer-D4E5F6",
    /// );
    /// # Ok(())
    /// # }
    /// ```
    pub fn override_account(self, account: impl Into<String>) -> Self {
        Self {
            override_account: Some(account.into()),
            ..self
        }
    }

    /// Allows a base URL with the scheme `http` on another machine. Everybody on the way can read the credentials then,
    /// so no proxy is used that the environment names.
    pub fn allow_plain_http(self) -> Self {
        Self {
            allow_plain_http: true,
            ..self
        }
    }

    /// How long connecting may take, TLS included; default 10 seconds. A call that fails by this was not sent, and is
    /// repeated. It has no effect on an [`http_client`](Self::http_client) of your own.
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            ..self
        }
    }

    /// How long one attempt of a call may take, from connecting to the last byte of the answer; default a minute. For all
    /// attempts together there is [`RetryPolicy::deadline`].
    pub fn request_timeout(self, request_timeout: Duration) -> Self {
        Self {
            request_timeout,
            ..self
        }
    }

    /// How failures are repeated that may be repeated.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// The most bytes that an answer may have; default 8 MiB. This client asks for no compression. If an
    /// [`http_client`](Self::http_client) of your own does, the bytes count after decompression.
    pub fn body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// Who is calling, for the server's logs; default `releasepack-client/` and the version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            ..self
        }
    }

    /// Adds to the settings of the HTTP client: a proxy, a client certificate, certificates to trust. What is said
    /// here counts, except that redirects are never followed, nothing is repeated or decompressed, no connection is kept
    /// for a second call, and what is sent is not logged.
    ///
    /// ```
    /// # use releasepack_client::{BuildError, Client, Credentials};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::https("http://proxy.example.com:3128")?;
    /// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .configure_http(move |http| http.proxy(proxy.clone()))
    /// #   .base_url("http://127.0.0.1:8080")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It takes the place of an [`http_client`](Self::http_client) given before.
    pub fn configure_http(
        self,
        settings: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self {
            http_client: HttpClient::Ours(Arc::new(settings)),
            ..self
        }
    }

    /// Uses `http_client` for all calls. What [`configure_http`](Self::configure_http) sees to can only be set where an HTTP
    /// client is built, so prefer that; if it has to be a client that you have, please build it with
    ///
    /// - `redirect(Policy::none())`. A redirect that it follows ends in an error
    ///   ([`Moved`](crate::ErrorKind::Moved)), but the request has been to the other place by then: without its
    ///   `Authorization`, which reqwest leaves out for another host, but with a one-time code if there is one.
    /// - `retry(reqwest::retry::never())`. Repeating is decided [here](crate::runtime::verdict).
    /// - `pool_max_idle_per_host(0)`. A connection that was idle may be closed by the server at the moment it is used again,
    ///   and a release that is lost in that moment has an
    ///   [unknown outcome](crate::runtime::Error::is_outcome_unknown).
    /// - no `connection_verbose(true)`: it writes all that is sent to the log, credentials included.
    ///
    /// ```
    /// # use releasepack_client::{Client, Credentials};
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let http_client = reqwest::Client::builder()
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .retry(reqwest::retry::never())
    ///     .pool_max_idle_per_host(0)
    ///     .build()?;
    /// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .http_client(http_client)
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn http_client(self, http_client: reqwest::Client) -> Self {
        Self {
            http_client: HttpClient::Theirs(http_client),
            ..self
        }
    }

    /// The client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When an account id is empty, the credentials or the base URL cannot be used, the user agent is no header, or the
    /// HTTP library cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url = self.whole_base_url()?;
        let http_client = self.http_client.build(&base_url, self.connect_timeout)?;
        let wire = Http::new(http_client).body_limit(self.body_limit);
        self.over(&base_url, wire)
    }

    /// The client, over another transport than HTTP: one that a test has written, or one that wraps
    /// [`Http`]. Credentials, repeats and the rest are the client's as ever; timeouts come to the transport in
    /// [`Call::timeout`](crate::runtime::Call::timeout).
    ///
    /// ```
    /// use releasepack_client::runtime::{Bytes, Call, Exchange, HeaderMap, Reply, StatusCode, Transport};
    /// use releasepack_client::{Client, Credentials};
    ///
    /// #[derive(Debug)]
    /// struct Forbidden;
    ///
    /// impl Transport for Forbidden {
    ///     fn send(&self, _: Call) -> Exchange<'_> {
    ///         let body = Bytes::from_static(br#"{"message": "not on a Tuesday"}"#);
    ///         Box::pin(async { Ok(Reply { status: StatusCode::FORBIDDEN, headers: HeaderMap::new(), body }) })
    ///     }
    /// }
    ///
    /// # fn main() -> Result<(), releasepack_client::BuildError> {
    /// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .build_over(Forbidden)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub fn build_over(self, transport: impl Transport) -> Result<Client, BuildError> {
        let base_url = self.whole_base_url()?;
        self.over(&base_url, transport)
    }

    fn whole_base_url(&self) -> Result<Url, BuildError> {
        base_url(
            &self.host.0,
            &self.account,
            self.partner,
            self.override_account.as_deref(),
            self.allow_plain_http,
        )
    }

    fn over(self, base_url: &Url, wire: impl Transport) -> Result<Client, BuildError> {
        let (credentials, redactor) = self.credentials.headers()?;
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| BuildError::UserAgent)?;
        let authorized = Authorized::new(wire, user_agent, credentials, redactor);
        let transport = Repeating::new(authorized, self.retry, Some(self.request_timeout));
        let service = Service::new(base_url, transport);
        Ok(Client {
            generated: generated::Client::new(service.clone()),
            service,
            base_url: base_url.clone(),
        })
    }
}
