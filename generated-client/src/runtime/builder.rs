//! The settings of a client, and building the service that its calls go through.

use std::fmt;
use std::time::Duration;

use http::HeaderValue;
use secrecy::SecretString;
use url::Url;

use super::authorizing::TokenSource;
use super::http_client::{HttpClient, HttpClientError, is_loopback};
use super::{
    Authorizing, Chain, Credential, CredentialError, Given, Http, Limited, RateLimit, Repeating,
    RetryPolicy, Scheme, SchemeKind, Service, Timed, Token, Transport,
};

/// What an API description says about its servers and credentials.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Description {
    /// The URL of the first server, with the defaults of its variables. It may be relative.
    pub server: Option<&'static str>,
    /// The security schemes.
    pub schemes: &'static [Scheme],
    /// The credentials that most operations want, in alternatives.
    pub security: &'static [&'static [&'static str]],
    /// The header `User-Agent`, unless the user sets another one.
    pub user_agent: &'static str,
}

impl Description {
    /// A description with these parts.
    pub const fn new(
        server: Option<&'static str>,
        schemes: &'static [Scheme],
        security: &'static [&'static [&'static str]],
        user_agent: &'static str,
    ) -> Self {
        Self {
            server,
            schemes,
            security,
            user_agent,
        }
    }
}

/// The settings of a client. The defaults are safe for calls that change something: they are repeated only if it is certain that
/// the server did nothing.
#[derive(Clone)]
#[must_use = "settings do nothing until the client is built"]
pub struct Builder {
    description: Description,
    server: Option<String>,
    base_url: Option<String>,
    allow_plain_http: bool,
    connect_timeout: Duration,
    request_timeout: Option<Duration>,
    retry: RetryPolicy,
    rate_limit: RateLimit,
    body_limit: usize,
    user_agent: Option<String>,
    http_client: HttpClient,
    given: Vec<(&'static str, Given)>,
    /// The first credential that cannot be sent.
    fault: Option<(&'static str, CredentialError)>,
}

impl fmt::Debug for Builder {
    /// Shows no URL, because it may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given: Vec<&str> = self.given.iter().map(|(name, _)| *name).collect();
        f.debug_struct("Builder")
            .field("connect_timeout", &self.connect_timeout)
            .field("request_timeout", &self.request_timeout)
            .field("retry", &self.retry)
            .field("body_limit", &self.body_limit)
            .field("http_client", &self.http_client)
            .field("credentials", &given)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// The usual settings for an API.
    pub fn new(description: Description) -> Self {
        Self {
            description,
            server: None,
            base_url: None,
            allow_plain_http: false,
            connect_timeout: Duration::from_secs(10),
            request_timeout: Some(Duration::from_secs(60)),
            retry: RetryPolicy::default(),
            rate_limit: RateLimit::none(),
            body_limit: Http::BODY_LIMIT,
            user_agent: None,
            http_client: HttpClient::default(),
            given: Vec::new(),
            fault: None,
        }
    }

    /// Sets the URL that the paths of the operations are appended to, instead of a server of the API description. If that server
    /// has a relative URL, this is the URL of the document, which it is relative to. A URL with the scheme `http` is refused unless
    /// its host is this machine: see [`allow_plain_http`](Self::allow_plain_http).
    pub fn base_url(self, base_url: impl Into<String>) -> Self {
        Self {
            base_url: Some(base_url.into()),
            ..self
        }
    }

    /// Sets the URL of a server of the API description.
    pub fn server_url(self, url: impl Into<String>) -> Self {
        Self {
            server: Some(url.into()),
            ..self
        }
    }

    /// Allows a base URL with the scheme `http` on another machine. The credentials are then sent unencrypted, so proxies from
    /// environment variables are not used.
    pub fn allow_plain_http(self) -> Self {
        Self {
            allow_plain_http: true,
            ..self
        }
    }

    /// Sets the maximum time for connecting, including TLS. The default is 10 seconds. It is always shorter than the
    /// [request timeout](Self::request_timeout), which would leave open whether the call was sent.
    pub fn connect_timeout(self, connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            ..self
        }
    }

    /// Sets the maximum time for one attempt of a call, from connecting to the last byte of the response. The default is one
    /// minute. [`RetryPolicy::deadline`] limits the time of all attempts together.
    pub fn request_timeout(self, request_timeout: Duration) -> Self {
        Self {
            request_timeout: Some(request_timeout),
            ..self
        }
    }

    /// Sets how often a failed call is repeated, and the pauses between the attempts. [`RetryPolicy::never`] turns repeats off.
    pub fn retry(self, retry: RetryPolicy) -> Self {
        Self { retry, ..self }
    }

    /// Sets how many calls may begin in a period of time, for all clones of the client together. By default, there is no limit.
    pub fn rate_limit(self, rate_limit: RateLimit) -> Self {
        Self { rate_limit, ..self }
    }

    /// Sets the maximum size of a response body in bytes. The default is 8 MiB. A body that is read piece by piece has no limit.
    pub fn body_limit(self, body_limit: usize) -> Self {
        Self { body_limit, ..self }
    }

    /// Sets the header `User-Agent`. The default is the name and the version of this crate.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: Some(user_agent.into()),
            ..self
        }
    }

    /// Changes the settings of the HTTP client, for example to set a proxy, a client certificate, or certificates to trust. These
    /// settings cannot be changed: the client does not follow redirects, does not repeat calls by itself, does not decompress, uses
    /// connections again only for questions (GET), and does not log what it sends.
    pub fn configure_http(
        self,
        settings: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self {
            http_client: HttpClient::configured(settings),
            ..self
        }
    }

    /// Uses `http_client` for all calls. Prefer [`configure_http`](Self::configure_http), which also applies settings that the
    /// client relies on: no redirects (`redirect(Policy::none())`), no repeats (`retry(reqwest::retry::never())`), and no idle
    /// connections (`pool_max_idle_per_host(0)`).
    pub fn http_client(self, http_client: reqwest::Client) -> Self {
        Self {
            http_client: HttpClient::ready(http_client),
            ..self
        }
    }

    /// Sets the user name and the password for a scheme of HTTP Basic.
    pub fn with_basic(
        self,
        scheme: &'static str,
        user: impl AsRef<str>,
        password: impl Into<SecretString>,
    ) -> Self {
        let credential = Credential::basic(user.as_ref(), &password.into());
        self.credential(scheme, credential)
    }

    /// Sets the token or the key for a scheme.
    pub fn with_secret(self, scheme: &'static str, secret: impl Into<SecretString>) -> Self {
        let mut schemes = self.description.schemes.iter();
        let kind = schemes.find(|it| it.name == scheme).map(|it| it.kind);
        let kind = kind.unwrap_or(SchemeKind::Bearer);
        self.credential(scheme, Credential::secret(kind, &secret.into()))
    }

    /// Sets the token for a scheme, or what gives tokens when they expire.
    pub fn with_token(self, scheme: &'static str, token: impl Into<Token>) -> Self {
        match token.into().0 {
            TokenSource::Fixed(secret) => self.with_secret(scheme, secret),
            TokenSource::Renewed(tokens) => self.give(scheme, Given::Renewed(tokens)),
        }
    }

    fn credential(
        mut self,
        scheme: &'static str,
        credential: Result<Credential, CredentialError>,
    ) -> Self {
        match credential {
            Ok(credential) => return self.give(scheme, Given::Fixed(credential)),
            Err(fault) => {
                self.fault.get_or_insert((scheme, fault));
            }
        }
        self
    }

    fn give(mut self, scheme: &'static str, given: Given) -> Self {
        self.given.retain(|(name, _)| *name != scheme);
        self.given.push((scheme, given));
        self
    }

    /// Builds the service that the calls go through. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// Returns a [`BuildError`] when there is no usable base URL, when credentials or the user agent cannot be sent, or when the
    /// HTTP client cannot be set up.
    pub fn service(self) -> Result<Service, BuildError> {
        let base_url = self.url()?;
        let attempt = self.request_timeout.into_iter().chain(self.retry.longest());
        // Connecting ends before the attempt does.
        let longest = attempt.min().map_or(self.connect_timeout, |at| at / 10 * 9);
        let connect_timeout = self.connect_timeout.min(longest);
        let (orders, questions) = self.http_client.build(&base_url, connect_timeout)?;
        let http = Http::new(orders)
            .safe_calls_with(questions)
            .body_limit(self.body_limit);
        self.over(&base_url, http)
    }

    /// As [`service`](Self::service), with `transport` in place of [`Http`]: one that a test implements, or one that wraps [`Http`].
    /// The service still adds credentials and repeats calls.
    ///
    /// # Errors
    ///
    /// Those of [`service`](Self::service).
    pub fn service_over(self, transport: impl Transport) -> Result<Service, BuildError> {
        let base_url = self.url()?;
        self.over(&base_url, transport)
    }

    fn over(self, base_url: &Url, transport: impl Transport) -> Result<Service, BuildError> {
        let Description {
            schemes,
            security,
            user_agent,
            ..
        } = self.description;
        let user_agent = self.user_agent.as_deref().unwrap_or(user_agent);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| BuildError::UserAgent)?;
        let limited = Limited::new(Timed::new(transport), self.rate_limit);
        let authorizing =
            Authorizing::new(limited, schemes, security, self.given).user_agent(user_agent);
        let redactor = authorizing.redactor();
        let transport = Repeating::new(authorizing, self.retry, self.request_timeout);
        let service = Service::new(base_url, transport);
        Ok(service.with_redaction(move |text| redactor.text(text)))
    }

    /// The URL that the paths of the operations are appended to, if credentials can be sent to it.
    fn url(&self) -> Result<Url, BuildError> {
        if let Some((scheme, fault)) = self.fault {
            return Err(BuildError::Credentials(scheme, fault));
        }
        let parse = |text: &str| {
            // A URL parser removes tabs and line breaks, so another place would be called.
            if text.trim().contains(char::is_control) {
                return Err(BuildError::BaseUrl("it has a control character".to_owned()));
            }
            let parsed = Url::parse(text.trim());
            parsed.map_err(|fault| BuildError::BaseUrl(fault.to_string()))
        };
        let server = self.server.as_deref().or(self.description.server);
        let url = match (self.base_url.as_deref(), server) {
            (None, None) => return Err(BuildError::NoServer),
            (None, Some(server)) => match Url::parse(server) {
                Err(url::ParseError::RelativeUrlWithoutBase) => {
                    return Err(BuildError::RelativeServer(server.to_owned()));
                }
                _ => parse(server)?,
            },
            // A relative server is below the base URL; an absolute one is replaced by it.
            (Some(base), server) => {
                let base = parse(base)?;
                match server {
                    Some(server) if is_relative(server) => base
                        .join(server)
                        .map_err(|fault| BuildError::BaseUrl(fault.to_string()))?,
                    _ => base,
                }
            }
        };
        self.check(&url)?;
        Ok(url)
    }

    fn check(&self, url: &Url) -> Result<(), BuildError> {
        let refuse = |why: &str| Err(BuildError::BaseUrl(why.to_owned()));
        if url.cannot_be_a_base() {
            return refuse("paths cannot be appended to it");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a user or a password; pass them as credentials");
        }
        let Some(host) = url.host() else {
            return refuse("it has no host");
        };
        match url.scheme() {
            "https" => Ok(()),
            "http" if self.allow_plain_http || is_loopback(&host) => Ok(()),
            "http" => Err(BuildError::PlainHttp(host.to_string())),
            other => Err(BuildError::BaseUrl(format!(
                "its scheme is `{other}`, but must be `https`"
            ))),
        }
    }
}

fn is_relative(url: &str) -> bool {
    Url::parse(url) == Err(url::ParseError::RelativeUrlWithoutBase)
}

/// The reason why a client cannot be built. No error shows any part of a secret. Its `Debug` text is the `Display` text and the
/// causes, a line each.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The API description names no server, and no base URL was set.
    #[error("the API description names no server: set one with base_url()")]
    NoServer,
    /// The server has a relative URL (given here), and no base URL was set.
    #[error(
        "the server of the API description is `{0}`, which is relative: set the URL that it is relative to with base_url()"
    )]
    RelativeServer(String),
    /// The base URL cannot be used, for the reason given.
    #[error("the base URL cannot be used: {0}")]
    BaseUrl(String),
    /// The scheme of the base URL is `http`, and its host (given here) is not this machine.
    #[error(
        "the scheme of the base URL is `http`, so everything would be sent to {0} unencrypted; use https, or call \
         allow_plain_http() if you want this"
    )]
    PlainHttp(String),
    /// The credentials for a scheme cannot be sent.
    #[error("the credentials for `{0}` cannot be used: {1}")]
    Credentials(&'static str, #[source] CredentialError),
    /// The user agent holds a character that is not allowed in headers.
    #[error("the user agent holds a character that is not allowed in headers")]
    UserAgent,
    /// The HTTP client cannot be set up. The usual reason is TLS.
    #[error("the HTTP client cannot be set up: {0}")]
    HttpClient(#[from] HttpClientError),
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Chain::of(self).fmt(f)
    }
}
