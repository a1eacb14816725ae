//! Tokens that expire: gets them from a callback, adds them to calls, and renews them.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue, StatusCode};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};

use super::{
    Body, Call, Exchange, Opening, Redactor, Transport, TransportError, TransportErrorKind,
};

const UNUSABLE: &str = "the token is empty, or holds a character that cannot be sent, for example a line break at the end";

/// The reason why there is no token.
type Cause = Box<dyn StdError + Send + Sync>;

/// The future that [`TokenProvider::token`] returns.
pub type NextToken<'p> = Pin<Box<dyn Future<Output = Result<SecretString, Cause>> + Send + 'p>>;

/// Gives fresh tokens. Each closure that returns a future of a token is one; [`Tokens::from_fn`] takes one that returns the token
/// itself.
///
/// ```
/// use releasepack_client::runtime::{NextToken, TokenProvider};
///
/// #[derive(Debug)]
/// struct File(std::path::PathBuf);
///
/// impl TokenProvider for File {
///     fn token(&self) -> NextToken<'_> {
///         Box::pin(async move { Ok(std::fs::read_to_string(&self.0)?.trim().into()) })
///     }
/// }
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Gets a fresh token.
    ///
    /// # Errors
    ///
    /// The future returns the reason why there is none. It is shown in the error of the call, so it must not hold a secret.
    fn token(&self) -> NextToken<'_>;
}

impl<F, R, S, E> TokenProvider for F
where
    F: Fn() -> R + Send + Sync + 'static,
    R: Future<Output = Result<S, E>> + Send + 'static,
    S: Into<SecretString>,
    E: Into<Cause>,
{
    fn token(&self) -> NextToken<'_> {
        let token = self();
        Box::pin(async move { token.await.map(S::into).map_err(E::into) })
    }
}

/// Where tokens come from, how long they are used, and the header that carries them: by default, `Authorization: Bearer`, for four
/// and a half minutes.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::Tokens;
///
/// async fn fetch() -> Result<String, std::io::Error> {
///     Ok("a1b2c3d4".to_owned())
/// }
///
/// let tokens = Tokens::new(fetch).renew_after(Duration::from_secs(3500));
/// assert!(!format!("{tokens:?}").contains("a1b2c3d4"));
/// ```
#[derive(Clone)]
pub struct Tokens {
    provider: Arc<dyn TokenProvider>,
    header: HeaderName,
    prefix: &'static str,
    renew_after: Duration,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("header", &self.header)
            .field("renew_after", &self.renew_after)
            .finish_non_exhaustive()
    }
}

impl Tokens {
    /// The default of [`renew_after`](Self::renew_after): four and a half minutes. Many tokens live for five.
    pub const RENEW_AFTER: Duration = Duration::from_secs(270);

    /// Tokens of `provider`, sent as `Authorization: Bearer`.
    pub fn new(provider: impl TokenProvider) -> Self {
        Self {
            provider: Arc::new(provider),
            header: AUTHORIZATION,
            prefix: "Bearer ",
            renew_after: Self::RENEW_AFTER,
        }
    }

    /// Tokens of a function that does not wait for anything.
    ///
    /// ```
    /// use releasepack_client::runtime::Tokens;
    /// let tokens = Tokens::from_fn(|| std::env::var("ACCESS_TOKEN"));
    /// ```
    pub fn from_fn<S, E>(token: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<SecretString> + Send + 'static,
        E: Into<Cause> + Send + 'static,
    {
        Self::new(move || std::future::ready(token()))
    }

    /// Sets the header that carries the token, and the text before it.
    ///
    /// ```
    /// use releasepack_client::runtime::Tokens;
    /// let header = reqwest::header::HeaderName::from_static("x-api-key");
    /// let tokens = Tokens::from_fn(|| std::env::var("API_KEY")).header(header, "");
    /// ```
    pub fn header(self, header: HeaderName, prefix: &'static str) -> Self {
        Self {
            header,
            prefix,
            ..self
        }
    }

    /// Sets how long a token is used, from when it was asked for. After that, and after a 401, the provider is asked again. It
    /// should be a bit shorter than tokens live.
    pub fn renew_after(self, time: Duration) -> Self {
        Self {
            renew_after: time,
            ..self
        }
    }

    /// The value of the header for a token.
    fn value(&self, token: &SecretString) -> Result<HeaderValue, Cause> {
        let is_blank = token.expose_secret().trim().is_empty();
        let value = SecretString::from(format!("{}{}", self.prefix, token.expose_secret()));
        // The error of the library is dropped, because it could show the value.
        match HeaderValue::from_str(value.expose_secret()) {
            Ok(mut value) if !is_blank => {
                value.set_sensitive(true);
                Ok(value)
            }
            _ => Err(UNUSABLE.into()),
        }
    }
}

fn none(why: Arc<dyn StdError + Send + Sync>) -> TransportError {
    TransportError::new(TransportErrorKind::Credentials, why)
}

/// A transport that adds a token to each call. It asks the provider before the first call, when the token is old, and once after a
/// 401; then it makes the call again, once: a 401 says that the server did nothing. Calls that need a new token at the same time
/// share one.
///
/// If the provider fails, the call was not sent ([`Credentials`](TransportErrorKind::Credentials)). The time of the provider does
/// not count as a part of an attempt: put this transport below [`Repeating`](super::Repeating) and above
/// [`Limited`](super::Limited) and [`Timed`](super::Timed).
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::{
///     Authenticated, Http, Redactor, Repeating, RetryPolicy, Service, Timed, Tokens,
/// };
///
/// # fn main() -> Result<(), url::ParseError> {
/// let http = Timed::new(Http::new(reqwest::Client::new()));
/// // Removes each token that was given from what errors show.
/// let redactor = Redactor::default();
/// let tokens = Tokens::from_fn(|| std::env::var("ACCESS_TOKEN"));
/// let http = Authenticated::new(http, tokens, redactor.clone());
/// let transport = Repeating::new(http, RetryPolicy::default(), Some(Duration::from_secs(60)));
/// let service = Service::new(&"https://example.com/v1".parse()?, transport)
///     .with_redaction(move |text| redactor.text(text));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Authenticated<T> {
    inner: T,
    tokens: Tokens,
    redactor: Redactor,
    /// Locked while the provider is asked, so that others wait for its token. If the call that asks is dropped, the next one
    /// asks.
    given: Mutex<Given>,
    /// How often the provider was asked and has responded.
    responses: AtomicU64,
}

/// What the provider gave last.
#[derive(Debug, Default)]
struct Given {
    /// How many tokens there were.
    number: u64,
    /// The last token, and when it was asked for.
    token: Option<(HeaderValue, Instant)>,
    /// The reason why there was none.
    failure: Option<Arc<dyn StdError + Send + Sync>>,
}

impl<T: Transport> Authenticated<T> {
    /// Adds `tokens` to the calls that `inner` sends. Each token is added to `redactor` before it is used.
    pub fn new(inner: T, tokens: Tokens, redactor: Redactor) -> Self {
        Self {
            inner,
            tokens,
            redactor,
            given: Mutex::default(),
            responses: AtomicU64::default(),
        }
    }

    /// Adds a token to the call. It is not the token with the number `refused`. Gives the number of the one that was added.
    async fn add_token(
        &self,
        call: &mut Call,
        refused: Option<u64>,
    ) -> Result<u64, TransportError> {
        let asking = self.token(refused);
        let (number, value) = match call.latest_begin() {
            Some(latest) => timeout_at(latest, asking).await.unwrap_or_else(|_| {
                let why = "the provider of tokens did not give one in time";
                Err(TransportError::new(TransportErrorKind::NotBegun, why))
            })?,
            None => asking.await?,
        };
        call.headers.insert(self.tokens.header.clone(), value);
        Ok(number)
    }

    async fn token(&self, refused: Option<u64>) -> Result<(u64, HeaderValue), TransportError> {
        let responses = self.responses.load(Ordering::SeqCst);
        let mut given = self.given.lock().await;
        if let Some((value, since)) = &given.token
            && refused != Some(given.number)
            && since.elapsed() < self.tokens.renew_after
        {
            return Ok((given.number, value.clone()));
        }
        // The provider failed while this call waited for its token. It is not asked by each of the calls that wait.
        if let Some(failure) = &given.failure
            && self.responses.load(Ordering::SeqCst) > responses
        {
            return Err(none(Arc::clone(failure)));
        }
        given.token = None;
        let asked = Instant::now();
        let fresh = self.tokens.provider.token().await;
        self.responses.fetch_add(1, Ordering::SeqCst);
        let value = fresh.and_then(|token| {
            self.redactor.add(&token);
            self.tokens.value(&token)
        });
        match value {
            Ok(value) => {
                given.number += 1;
                given.token = Some((value.clone(), asked));
                given.failure = None;
                Ok((given.number, value))
            }
            Err(failure) => {
                let failure = Arc::from(failure);
                given.failure = Some(Arc::clone(&failure));
                Err(none(failure))
            }
        }
    }

    /// Makes a call with `send`, and again with another token if the server refuses the first one.
    async fn authenticated<R, S: Future<Output = Result<R, TransportError>>>(
        &self,
        mut call: Call,
        send: impl Fn(Call) -> S,
        status: impl Fn(&R) -> StatusCode,
        count_one_more: impl Fn(R) -> R,
    ) -> Result<R, TransportError> {
        let used = self.add_token(&mut call, None).await?;
        let refused = send(call.clone()).await?;
        // A body that was a stream cannot be sent again.
        let can_be_sent = call.body.as_ref().is_none_or(Body::can_be_sent);
        if status(&refused) != StatusCode::UNAUTHORIZED || !can_be_sent {
            return Ok(refused);
        }
        let operation = call.operation.id;
        tracing::debug!(operation, "the token was refused; asking for another one");
        let again = async {
            self.add_token(&mut call, Some(used)).await?;
            send(call).await
        };
        match again.await {
            // There is no time left. The refusal says more.
            Err(error) if error.kind() == TransportErrorKind::NotBegun => Ok(refused),
            Ok(response) => Ok(count_one_more(response)),
            Err(error) => {
                let attempts = error.attempts().saturating_add(1);
                Err(error.after_attempts(attempts))
            }
        }
    }
}

impl<T: Transport> Transport for Authenticated<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.authenticated(
            call,
            |call| self.inner.send(call),
            |reply| reply.status,
            |reply| {
                let attempts = reply.attempts().saturating_add(1);
                reply.after_attempts(attempts)
            },
        ))
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(self.authenticated(
            call,
            |call| self.inner.open(call),
            |opened| opened.status,
            |opened| opened,
        ))
    }
}
