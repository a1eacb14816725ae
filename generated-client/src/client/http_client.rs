//! The HTTP client that sends the calls, and the settings that it always has.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;
use url::Url;

use super::BuildError;
use super::base_url::is_loopback;

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
    /// Builds the HTTP client for calls to `base_url`.
    pub(super) fn build(
        &self,
        base_url: &Url,
        connect_timeout: Duration,
    ) -> Result<reqwest::Client, BuildError> {
        let configure = match self {
            Self::Ready(client) => return Ok(client.clone()),
            Self::Configured(configure) => configure,
        };
        if base_url.scheme() == "https" && !cfg!(any(feature = "rustls", feature = "native-tls")) {
            return Err(BuildError::NoTls);
        }
        let mut settings = reqwest::Client::builder().connect_timeout(connect_timeout);
        // A proxy forwards https encrypted, but can read plain http, including the credentials.
        if base_url.scheme() == "http" || base_url.host().is_some_and(|host| is_loopback(&host)) {
            settings = settings.no_proxy();
        }
        let settings = configure(settings)
            // Each call has a connection of its own. The server may close an idle connection at the moment it is used
            // again. Then it is unknown whether the server received the request, and a release must not be repeated. One
            // more handshake costs little: a release takes minutes, and the pauses between status calls grow.
            .pool_max_idle_per_host(0)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connection_verbose(false)
            .referer(false)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        Ok(settings.build()?)
    }
}
