//! The HTTP client beneath, and what is settled about it whoever sets it up.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;
use url::Url;

use super::BuildError;
use super::base_url::is_loopback;

/// Which HTTP client calls are made with.
#[derive(Clone)]
pub(super) enum HttpClient {
    /// One of ours, after somebody has added to its settings.
    Ours(Arc<dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync>),
    /// The caller's.
    Theirs(reqwest::Client),
}

impl Default for HttpClient {
    fn default() -> Self {
        Self::Ours(Arc::new(|settings| settings))
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither says more: default headers and proxies can hold secrets.
        f.write_str(match self {
            Self::Ours(_) => "Ours",
            Self::Theirs(_) => "Theirs",
        })
    }
}

impl HttpClient {
    /// The HTTP client for calls to `base_url`.
    pub(super) fn build(
        &self,
        base_url: &Url,
        connect_timeout: Duration,
    ) -> Result<reqwest::Client, BuildError> {
        let add = match self {
            Self::Theirs(client) => return Ok(client.clone()),
            Self::Ours(add) => add,
        };
        if base_url.scheme() == "https" && !cfg!(any(feature = "rustls", feature = "native-tls")) {
            return Err(BuildError::NoTls);
        }
        let mut settings = reqwest::Client::builder().connect_timeout(connect_timeout);
        // A proxy tunnels https without seeing into it; plain http it would read, credentials and all.
        if base_url.scheme() == "http" || base_url.host().is_some_and(|host| is_loopback(&host)) {
            settings = settings.no_proxy();
        }
        let settings = add(settings)
            // Each call has a connection of its own. One that was kept may be closed by the server at the moment it is used
            // again; then nobody knows whether the server has seen the request, and a release may not be repeated. A
            // handshake more is a small price where releases take minutes and statuses are asked for in growing pauses.
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
