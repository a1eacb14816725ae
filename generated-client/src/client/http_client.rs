//! The HTTP client that sends the calls, and the settings that it always has.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;
use url::Url;

use super::BuildError;
use super::base_url::is_loopback;

/// The maximum number of connections that wait for the next question.
const IDLE_CONNECTIONS: usize = 8;

/// How long a connection waits for the next question. Servers close idle connections after a minute or more, so a question seldom
/// meets one that is closed at that moment. It is a little more than the longest pause of a wait.
const IDLE: Duration = Duration::from_secs(40);

/// The source of the HTTP client.
#[derive(Clone)]
pub(super) enum HttpClient {
    /// The client builds it, with settings that this function changes.
    Configured(Arc<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>),
    /// The user built it.
    Ready(reqwest::Client),
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::Configured(Arc::new(|settings| settings))
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No settings are shown, because default headers and proxies can hold secrets.
        f.write_str(match self {
            Self::Configured(_) => "Configured",
            Self::Ready(_) => "Ready",
        })
    }
}

impl HttpClient {
    /// Builds the HTTP clients for calls to `base_url`: one for orders, and one for questions.
    ///
    /// A question may use a connection again. If the server closed it at that moment, the question is asked again. An order may
    /// not: it would be unknown whether the server received it, and a release must not be repeated. So each order has a
    /// connection of its own. One more handshake costs little: a release takes minutes.
    pub(super) fn build(
        &self,
        base_url: &Url,
        connect_timeout: Duration,
    ) -> Result<(reqwest::Client, reqwest::Client), BuildError> {
        let configure = match self {
            Self::Ready(client) => return Ok((client.clone(), client.clone())),
            Self::Configured(configure) => configure,
        };
        if base_url.scheme() == "https" && !cfg!(any(feature = "rustls", feature = "native-tls")) {
            return Err(BuildError::NoTls);
        }
        let build = |idle_connections| {
            let mut settings = reqwest::Client::builder().connect_timeout(connect_timeout);
            // A proxy forwards https encrypted, but can read plain http, including the credentials.
            let host = base_url.host();
            if base_url.scheme() == "http" || host.is_some_and(|host| is_loopback(&host)) {
                settings = settings.no_proxy();
            }
            configure(settings)
                .pool_max_idle_per_host(idle_connections)
                .pool_idle_timeout(IDLE)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .connection_verbose(false)
                .referer(false)
                .no_gzip()
                .no_brotli()
                .no_deflate()
                .no_zstd()
                .build()
        };
        Ok((build(0)?, build(IDLE_CONNECTIONS)?))
    }
}
