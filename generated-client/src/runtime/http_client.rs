//! The HTTP client that sends the calls, and the settings that it always has.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::ClientBuilder;
use url::{Host, Url};

/// The maximum number of connections that wait for the next question.
const IDLE_CONNECTIONS: usize = 8;

/// How long a connection waits for the next question. Servers close idle connections after a minute or more, so a question seldom
/// meets one that is closed at that moment.
const IDLE: Duration = Duration::from_secs(40);

type Configure = dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync;

/// Where the HTTP client comes from: it is built with settings that orders rely on, or given by the user.
#[derive(Clone, Default)]
pub struct HttpClient(Source);

#[derive(Clone, Default)]
enum Source {
    /// It is built with the usual settings.
    #[default]
    Usual,
    /// It is built with settings that this function changes.
    Configured(Arc<Configure>),
    /// The user built it.
    Ready(reqwest::Client),
}

/// The HTTP client cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum HttpClientError {
    /// The base URL is `https`, but the crate was built without TLS.
    #[error("this build has no TLS")]
    NoTls,
    /// The HTTP client cannot be set up. The usual reason is TLS.
    #[error(transparent)]
    Settings(#[from] reqwest::Error),
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // No settings are shown, because default headers and proxies can hold secrets.
        f.write_str(match self.0 {
            Source::Usual => "Usual",
            Source::Configured(_) => "Configured",
            Source::Ready(_) => "Ready",
        })
    }
}

impl HttpClient {
    /// A client that is built with settings that `settings` changes.
    pub fn configured(
        settings: impl Fn(ClientBuilder) -> ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        Self(Source::Configured(Arc::new(settings)))
    }

    /// A client that the user built.
    pub fn ready(client: reqwest::Client) -> Self {
        Self(Source::Ready(client))
    }

    /// Builds the HTTP clients for calls to `base_url`: one for orders, and one for questions.
    ///
    /// A question may use a connection again. If the server closed it at that moment, the question is asked again. An order may
    /// not: it would be unknown whether the server received it, and an order must not be carried out twice. So each order has a
    /// connection of its own.
    ///
    /// # Errors
    ///
    /// [`HttpClientError`] if there is no TLS for a URL that needs it, or if the settings cannot be used.
    pub fn build(
        &self,
        base_url: &Url,
        connect_timeout: Duration,
    ) -> Result<(reqwest::Client, reqwest::Client), HttpClientError> {
        let configure: Option<&Configure> = match &self.0 {
            Source::Ready(client) => return Ok((client.clone(), client.clone())),
            Source::Configured(configure) => Some(configure.as_ref()),
            Source::Usual => None,
        };
        if base_url.scheme() == "https" && !cfg!(any(feature = "rustls", feature = "native-tls")) {
            return Err(HttpClientError::NoTls);
        }
        let build = |idle_connections| {
            let mut settings = reqwest::Client::builder().connect_timeout(connect_timeout);
            // A proxy forwards https encrypted, but can read plain http, including the credentials.
            let host = base_url.host();
            if base_url.scheme() == "http" || host.is_some_and(|host| is_loopback(&host)) {
                settings = settings.no_proxy();
            }
            if let Some(configure) = configure {
                settings = configure(settings);
            }
            settings
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

/// Whether `host` is this machine.
pub fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => Ipv4Addr::is_loopback(address),
        Host::Ipv6(address) => Ipv6Addr::is_loopback(address),
    }
}
