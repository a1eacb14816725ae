//! The settings of a client, and building it from them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use url::Url;

use super::base_url::build_base_url;
use super::operating::Operating;
use super::{BuildError, Client, Region};
use crate::Credentials;
use crate::cassette::{Cassette, Scrub};
use crate::generated;
use crate::runtime::{
    Authenticated, Http, HttpClient, Limited, RateLimit, Redaction, Repeating, RetryPolicy, Timed,
    Transport,
};
use crate::transport::Authorized;

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
    host: UncheckedUrl,
    partner: bool,
    override_account: Option<String>,
    allow_plain_http: bool,
    connect_timeout: Duration,
    request_timeout: Duration,
    retry: RetryPolicy,
    rate_limit: RateLimit,
    body_limit: usize,
    user_agent: String,
    http_client: HttpClient,
    pub(super) operating: Operating,
}

/// A base URL that has not been parsed yet. `Debug` shows it only if it cannot hold a password.
#[derive(Clone)]
struct UncheckedUrl(String);

impl fmt::Debug for UncheckedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.contains('@') {
            return f.write_str("[hidden: it may hold a password]");
        }
        self.0.fmt(f)
    }
}

impl ClientBuilder {
    /// Default settings for the account with the id `account`; the same as [`Client::builder`].
    pub fn new(account: impl Into<String>, credentials: Credentials) -> Self {
        Self {
            account: account.into(),
            credentials,
            host: UncheckedUrl(Region::default().base_url().to_owned()),
            partner: false,
            override_account: None,
            allow_plain_http: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(60),
            retry: RetryPolicy::default(),
            rate_limit: RateLimit::default(),
            body_limit: Http::BODY_LIMIT,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            http_client: HttpClient::default(),
            operating: Operating::default(),
        }
    }

    /// Sets the region that the account is on. The default is [`Region::Us`]. It replaces a base URL that was set before.
    pub fn region(self, region: Region) -> Self {
        self.base_url(region.base_url())
    }

    /// Sets the base URL, for a host that is not one of the regions: scheme, host, and optionally a port and a path. The
    /// client appends `/api/rest/v1/` and the account. [`build`](Self::build) refuses the scheme `http` unless the host is
    /// this machine; see [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self {
            host: UncheckedUrl(base_url.into()),
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

    /// Calls the Partner API on behalf of the account with the id `account`. Each call sends the id as the query parameter
    /// `overrideAccount`.
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

    /// Allows a base URL with the scheme `http` on another machine. The credentials are then sent unencrypted, so proxies
    /// from environment variables are not used.
    pub fn allow_plain_http(self) -> Self {
        Self {
            allow_plain_http: true,
            ..self
        }
    }

    /// Sets the maximum time for connecting, including TLS. The default is 10 seconds. A call that runs into this timeout
    /// was not sent, so it is repeated. It is always shorter than the [request timeout](Self::request_timeout) and than the
    /// deadline of the [retry policy](RetryPolicy::deadline), which would leave open whether the call was sent. The setting has no effect on your own [`http_client`](Self::http_client).
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            ..self
        }
    }

    /// Sets the maximum time for one attempt of a call, from connecting to the last byte of the response. The default is
    /// one minute. [`RetryPolicy::deadline`] limits the time of all attempts together.
    pub fn request_timeout(self, request_timeout: Duration) -> Self {
        Self {
            request_timeout,
            ..self
        }
    }

    /// Sets how often a failed call is repeated, and the pauses between the attempts.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Sets how many calls may begin in a second. The default is [`RateLimit::default`], five: the platform answers 503 above about
    /// five calls a second of an account. Calls that have to wait do so in the order in which they came.
    ///
    /// All clones of the client share the limit, and repeats count too. The time of waiting counts towards
    /// [`RetryPolicy::deadline`], but not towards the [request timeout](Self::request_timeout). A call whose deadline would pass
    /// before it may begin fails without being sent ([`NotBegun`](crate::ErrorKind::NotBegun)).
    ///
    /// ```
    /// # use releasepack_client::{BuildError, Client, Credentials};
    /// use releasepack_client::RateLimit;
    ///
    /// # fn main() -> Result<(), BuildError> {
    /// let builder = || {
    ///     Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///         .base_url("http://127.0.0.1:8080")
    /// };
    /// // Leaves room for another program that uses the account.
    /// let modest = builder().rate_limit(RateLimit::per_second(2)).build()?;
    /// // For a server of a test.
    /// let hasty = builder().rate_limit(RateLimit::none()).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn rate_limit(self, rate_limit: RateLimit) -> Self {
        Self { rate_limit, ..self }
    }

    /// Sets the maximum size of a response body in bytes. The default is 8 MiB. This client does not request compression.
    /// If your own [`http_client`](Self::http_client) does, the bytes are counted after decompression.
    pub fn body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// Sets the header `User-Agent`, which names your program in the server's logs. The default is `releasepack-client/`
    /// and the version.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            ..self
        }
    }

    /// Changes the settings of the HTTP client, for example to set a proxy, a client certificate, or certificates to
    /// trust. These settings cannot be changed: the client does not follow redirects, does not repeat calls by itself,
    /// does not decompress, uses connections again only for questions (GET), and does not log what it sends.
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
    /// It replaces an [`http_client`](Self::http_client) that was set before.
    pub fn configure_http(
        self,
        settings: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self {
            http_client: HttpClient::configured(settings),
            ..self
        }
    }

    /// Uses `http_client` for all calls. Prefer [`configure_http`](Self::configure_http), which also applies settings that
    /// this client relies on. If you need your own HTTP client, build it with these settings:
    ///
    /// - `redirect(Policy::none())`. If the HTTP client follows a redirect, the call fails with
    ///   [`Moved`](crate::ErrorKind::Moved), but the other server has already received the request. For another host,
    ///   reqwest leaves out the header `Authorization`, but not a one-time code.
    /// - `retry(reqwest::retry::never())`. This crate decides itself [what is repeated](crate::runtime::verdict).
    /// - `pool_max_idle_per_host(0)`. The server may close an idle connection at the moment it is used again. A release that
    ///   is lost at that moment has an [unknown outcome](crate::runtime::Error::is_outcome_unknown).
    /// - without `connection_verbose(true)`, which logs everything that is sent, including the credentials.
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
            http_client: HttpClient::ready(http_client),
            ..self
        }
    }

    /// Builds the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Returns a [`BuildError`] when an account id is not valid, when the credentials, the base URL or the user agent cannot
    /// be used, when the HTTP client cannot be set up, or when a cassette cannot be written or read.
    pub fn build(self) -> Result<Client, BuildError> {
        if let Some(path) = &self.operating.replay {
            let cassette = Cassette::open(path)?;
            return self.build_over(cassette);
        }
        let base_url = self.build_base_url()?;
        let (orders, questions) = self.http_client.build(&base_url, self.time_to_connect())?;
        let http = Http::new(orders)
            .safe_calls_with(questions)
            .body_limit(self.body_limit);
        self.finish(&base_url, http)
    }

    /// Builds the client with `transport` in place of [`Http`]: one that a test implements, or one that wraps [`Http`].
    /// The client still adds credentials and repeats calls. The transport receives the timeout of each attempt in
    /// [`Call::timeout`](crate::runtime::Call::timeout).
    ///
    /// ```
    /// use releasepack_client::runtime::{Call, Exchange, HeaderMap, Reply, StatusCode, Transport};
    /// use releasepack_client::{Client, Credentials};
    ///
    /// #[derive(Debug)]
    /// struct Forbidden;
    ///
    /// impl Transport for Forbidden {
    ///     fn send(&self, _: Call) -> Exchange<'_> {
    ///         let body = r#"{"message": "not on a Tuesday"}"#;
    ///         Box::pin(async move { Ok(Reply::new(StatusCode::FORBIDDEN, HeaderMap::new(), body)) })
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
    /// The same errors as [`build`](Self::build).
    pub fn build_over(self, transport: impl Transport) -> Result<Client, BuildError> {
        let base_url = self.build_base_url()?;
        self.finish(&base_url, transport)
    }

    /// The time for connecting, shortened so that it always ends before the attempt does.
    fn time_to_connect(&self) -> Duration {
        let attempt = self.request_timeout;
        let attempt = self.retry.longest().map_or(attempt, |at| at.min(attempt));
        self.connect_timeout.min(attempt / 10 * 9)
    }

    fn build_base_url(&self) -> Result<Url, BuildError> {
        build_base_url(
            &self.host.0,
            &self.account,
            self.partner,
            self.override_account.as_deref(),
            self.allow_plain_http,
        )
    }

    fn finish(self, base_url: &Url, transport: impl Transport) -> Result<Client, BuildError> {
        let (credentials, redactor) = self.credentials.headers()?;
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| BuildError::UserAgent)?;
        let secrets = redactor.clone();
        let redaction = Redaction::new(move |text| secrets.text(text));
        let accounts = [Some(&self.account), self.override_account.as_ref()];
        let accounts = accounts.into_iter().flatten().map(String::as_str);
        let scrub = Scrub::new(redaction.clone(), accounts);
        let transport = self.operating.recorded(transport, scrub)?;
        let authorized = Authorized::new(transport, user_agent, credentials, redactor.clone());
        let limited = Limited::new(Timed::new(authorized), self.rate_limit);
        let limited: Arc<dyn Transport> = match self.credentials.tokens() {
            Some(tokens) => Arc::new(Authenticated::new(limited, tokens, redactor.clone())),
            None => Arc::new(limited),
        };
        let transport = Repeating::new(limited, self.retry, Some(self.request_timeout));
        let service = self.operating.service(base_url, transport, redaction);
        let service = service.with_redaction(move |text| redactor.text(text));
        Ok(Client {
            generated: generated::Client::from_service(service.clone()),
            service,
            base_url: base_url.clone(),
            running: self.operating.running(),
        })
    }
}
