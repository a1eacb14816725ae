//! The credentials that calls are made with.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use crate::runtime::{Redactor, TokenProvider, Tokens};

/// The prefix that the user name has when the secret is an API token.
const TOKEN_PREFIX: &str = "BOOMI_TOKEN.";

/// The header that carries a one-time code.
const ONE_TIME_CODE: HeaderName = HeaderName::from_static("x-boomi-otp");

/// The credentials of the caller: an API token, a user with a password, or a bearer token, given once or by a provider.
///
/// The secrets are held in a [`SecretString`], which is wiped from memory when it is dropped. They are never shown: not by
/// `Debug`, not in an error, not in a trace. They are only sent to the host that the client was built for.
///
/// ```
/// use releasepack_client::Credentials;
///
/// let credentials = Credentials::api_token("me@example.com", "a1b2c3d4-secret");
/// assert!(!format!("{credentials:?}").contains("a1b2c3d4"));
/// ```
#[derive(Clone, Debug)]
pub struct Credentials {
    scheme: Scheme,
    one_time_code: Option<SecretString>,
}

#[derive(Clone, Debug)]
enum Scheme {
    Basic { user: String, secret: SecretString },
    Token { user: String, secret: SecretString },
    Bearer { token: SecretString },
    Provided { tokens: Tokens },
}

impl Credentials {
    /// A user name (an e-mail address) and its password. An account with two-factor authentication also requires a
    /// [one-time code](Self::one_time_code). An account with single sign-on requires an [API token](Self::api_token).
    ///
    /// ```
    /// use releasepack_client::Credentials;
    /// let credentials = Credentials::password("me@example.com", "correct horse").one_time_code("123456");
    /// ```
    pub fn password(user: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Basic {
            user: user.into(),
            secret: password.into(),
        })
    }

    /// An API token and the e-mail address of its user. The prefix `BOOMI_TOKEN.` is added to the address if it does not
    /// have it yet.
    ///
    /// ```
    /// use releasepack_client::Credentials;
    /// let plain = Credentials::api_token("me@example.com", "a1b2c3d4");
    /// let prefixed = Credentials::api_token("BOOMI_TOKEN.me@example.com", "a1b2c3d4");
    /// assert_eq!(plain.user(), Some("BOOMI_TOKEN.me@example.com"));
    /// assert_eq!(plain.user(), prefixed.user());
    /// ```
    pub fn api_token(user: impl Into<String>, token: impl Into<SecretString>) -> Self {
        let user = user.into();
        let mut address = user.trim();
        while let Some(rest) = strip_token_prefix(address) {
            address = rest;
        }
        // Building the client fails for an empty address.
        let user = match address {
            "" => String::new(),
            address => format!("{TOKEN_PREFIX}{address}"),
        };
        Self::of(Scheme::Token {
            user,
            secret: token.into(),
        })
    }

    /// A JSON web token. Tokens of the platform expire after five minutes. After that, calls fail with
    /// [`Unauthorized`](crate::ErrorKind::Unauthorized). A program that runs longer uses a [`provider`](Self::provider).
    pub fn bearer(token: impl Into<SecretString>) -> Self {
        Self::of(Scheme::Bearer {
            token: token.into(),
        })
    }

    /// A provider of JSON web tokens, which expire: a closure that returns a future of a fresh token, or another
    /// [`TokenProvider`].
    ///
    /// It is asked before the first call, when the token is [old](Self::renew_after), and once after a 401; then the call is made
    /// again, once. That is also safe for a release, because a 401 says that nothing was done. Calls that need a fresh token at the
    /// same time share one. If the provider fails, nothing was sent, and the kind of the error is
    /// [`Credentials`](crate::ErrorKind::Credentials).
    ///
    /// ```
    /// use releasepack_client::Credentials;
    ///
    /// # fn main() {
    /// async fn fetch() -> Result<String, std::io::Error> {
    ///     // Asks the service of the organisation that gives tokens.
    ///     Ok("eyJhbGciOi".to_owned())
    /// }
    ///
    /// let credentials = Credentials::provider(fetch);
    /// assert_eq!(credentials.user(), None);
    /// # }
    /// ```
    pub fn provider(provider: impl TokenProvider) -> Self {
        Self::of(Scheme::Provided {
            tokens: Tokens::new(provider),
        })
    }

    /// As [`provider`](Self::provider), with a function that does not wait for anything, or only shortly: it blocks the call.
    ///
    /// ```
    /// use releasepack_client::Credentials;
    /// let credentials = Credentials::provider_fn(|| std::fs::read_to_string("/run/secrets/token"));
    /// ```
    pub fn provider_fn<S, E>(token: impl Fn() -> Result<S, E> + Send + Sync + 'static) -> Self
    where
        S: Into<SecretString> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>> + Send + 'static,
    {
        Self::of(Scheme::Provided {
            tokens: Tokens::from_fn(token),
        })
    }

    /// Sets how long a token of a [provider](Self::provider) is used. The default is four and a half minutes. It has no effect on
    /// other credentials.
    pub fn renew_after(mut self, time: Duration) -> Self {
        if let Scheme::Provided { tokens } = self.scheme {
            self.scheme = Scheme::Provided {
                tokens: tokens.renew_after(time),
            };
        }
        self
    }

    /// A user name and a secret from environment variables or a settings file. The secret is an API token if the user name
    /// has the prefix `BOOMI_TOKEN.`, and a password otherwise.
    ///
    /// ```
    /// use releasepack_client::Credentials;
    /// let credentials = Credentials::basic("BOOMI_TOKEN.me@example.com", "a1b2c3d4");
    /// assert!(format!("{credentials:?}").contains("Token"));
    /// ```
    pub fn basic(user: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        let user = user.into();
        if strip_token_prefix(user.trim()).is_some() {
            Self::api_token(user, secret)
        } else {
            Self::password(user, secret)
        }
    }

    /// Adds the current one-time code of an account with two-factor authentication. It is sent as the header `X-Boomi-OTP`,
    /// and is only allowed with a [password](Self::password). It expires within seconds: use an API token for a program
    /// that runs unattended.
    pub fn one_time_code(self, code: impl Into<SecretString>) -> Self {
        Self {
            one_time_code: Some(code.into()),
            ..self
        }
    }

    /// The user name as it is sent, unless the credentials are a bearer token.
    pub fn user(&self) -> Option<&str> {
        match &self.scheme {
            Scheme::Basic { user, .. } | Scheme::Token { user, .. } => Some(user),
            Scheme::Bearer { .. } | Scheme::Provided { .. } => None,
        }
    }

    /// The provider of tokens, if there is one.
    pub(crate) fn tokens(&self) -> Option<Tokens> {
        match &self.scheme {
            Scheme::Provided { tokens } => Some(tokens.clone()),
            _ => None,
        }
    }

    fn of(scheme: Scheme) -> Self {
        Self {
            scheme,
            one_time_code: None,
        }
    }

    /// The headers that carry the credentials, and a redactor that removes the secrets from responses.
    pub(crate) fn headers(&self) -> Result<(HeaderMap, Redactor), CredentialsError> {
        let mut headers = HeaderMap::new();
        let mut secrets = Vec::new();
        let authorization = match &self.scheme {
            // Each call gets its own: see `Authenticated`.
            Scheme::Provided { .. } => None,
            Scheme::Basic { user, secret } | Scheme::Token { user, secret } => {
                check_user(user)?;
                check_secret(secret)?;
                let pair = SecretString::from(format!("{user}:{}", secret.expose_secret()));
                let pair = SecretString::from(STANDARD.encode(pair.expose_secret()));
                secrets.push(secret.clone());
                let value = SecretString::from(format!("Basic {}", pair.expose_secret()));
                secrets.push(pair);
                Some(value)
            }
            Scheme::Bearer { token } => {
                check_secret(token)?;
                secrets.push(token.clone());
                let value = format!("Bearer {}", token.expose_secret());
                Some(SecretString::from(value))
            }
        };
        if let Some(authorization) = authorization {
            headers.insert(AUTHORIZATION, to_sensitive_header(&authorization)?);
        }
        if let Some(code) = &self.one_time_code {
            if !matches!(self.scheme, Scheme::Basic { .. }) {
                return Err(CredentialsError::OneTimeCodeWithoutPassword);
            }
            check_secret(code)?;
            headers.insert(ONE_TIME_CODE, to_sensitive_header(code)?);
            secrets.push(code.clone());
        }
        Ok((headers, Redactor::new(secrets)))
    }
}

fn strip_token_prefix(user: &str) -> Option<&str> {
    let (prefix, rest) = user.split_at_checked(TOKEN_PREFIX.len())?;
    prefix.eq_ignore_ascii_case(TOKEN_PREFIX).then_some(rest)
}

fn check_user(user: &str) -> Result<(), CredentialsError> {
    if user.trim().is_empty() {
        return Err(CredentialsError::NoUser);
    }
    // RFC 7617, section 2: the first colon ends the user name.
    if user.contains(|character: char| character == ':' || character.is_control()) {
        return Err(CredentialsError::User);
    }
    Ok(())
}

fn check_secret(secret: &SecretString) -> Result<(), CredentialsError> {
    let secret = secret.expose_secret();
    if secret.trim().is_empty() {
        return Err(CredentialsError::NoSecret);
    }
    if secret.contains(char::is_control) {
        return Err(CredentialsError::Secret);
    }
    Ok(())
}

fn to_sensitive_header(value: &SecretString) -> Result<HeaderValue, CredentialsError> {
    // The error of the library is dropped, because it could show the value.
    let mut value =
        HeaderValue::from_str(value.expose_secret()).map_err(|_| CredentialsError::Secret)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The reason why credentials cannot be sent. It shows no part of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The user name is empty.
    #[error("the user name is empty")]
    NoUser,
    /// The user name holds a colon or a control character, which HTTP Basic cannot carry.
    #[error("the user name holds a colon or a control character, which HTTP Basic cannot carry")]
    User,
    /// The password, token or one-time code is empty.
    #[error("the password, token or one-time code is empty")]
    NoSecret,
    /// The password, token or one-time code holds a character that cannot be sent, for example a line break at the end.
    #[error(
        "the password, token or one-time code holds a character that cannot be sent, for example a line break at the end"
    )]
    Secret,
    /// A one-time code was added to credentials that are not a user and a password.
    #[error("a one-time code is only allowed with a user and a password")]
    OneTimeCodeWithoutPassword,
}
