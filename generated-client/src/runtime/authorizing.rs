//! The transport that adds the credentials that an operation wants, and fixed headers.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, COOKIE, USER_AGENT};
use http::{HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    Authenticated, Call, Exchange, Opening, Redactor, Reply, Scheme, SchemeKind, Security, Tokens,
    Transport, TransportError, TransportErrorKind, encode,
};

/// A secret in the form in which a scheme sends it. `Debug` does not show it.
#[derive(Clone, Debug)]
pub struct Credential {
    kind: SchemeKind,
    /// For a key in the URL: percent-encoded.
    value: SecretString,
    /// What must not be shown: the secret, and its encoded form.
    secrets: Vec<SecretString>,
}

/// The credentials that were given for a scheme.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Given {
    /// They stay the same.
    Fixed(Credential),
    /// They are tokens that expire.
    Renewed(Tokens),
}

/// A token, or what gives tokens when they expire.
///
/// ```
/// use releasepack_client::runtime::{Token, Tokens};
/// let fixed = Token::from("a1b2c3d4");
/// let renewed = Token::from(Tokens::from_fn(|| std::env::var("ACCESS_TOKEN")));
/// ```
#[derive(Clone, Debug)]
pub struct Token(pub(super) TokenSource);

#[derive(Clone, Debug)]
pub(super) enum TokenSource {
    Fixed(SecretString),
    Renewed(Tokens),
}

impl From<&str> for Token {
    fn from(token: &str) -> Self {
        Self(TokenSource::Fixed(token.into()))
    }
}

impl From<String> for Token {
    fn from(token: String) -> Self {
        Self(TokenSource::Fixed(token.into()))
    }
}

impl From<SecretString> for Token {
    fn from(token: SecretString) -> Self {
        Self(TokenSource::Fixed(token))
    }
}

impl From<Tokens> for Token {
    fn from(tokens: Tokens) -> Self {
        Self(TokenSource::Renewed(tokens))
    }
}

/// The reason why a credential cannot be sent. It shows no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialError {
    /// It is empty.
    #[error("it is empty")]
    Empty,
    /// It holds a character that cannot be sent, for example a line break at the end.
    #[error("it holds a character that cannot be sent, for example a line break at the end")]
    Character,
    /// The user name holds a colon, which HTTP Basic cannot carry.
    #[error("the user name holds a colon, which HTTP Basic cannot carry")]
    User,
}

impl Credential {
    /// A user name and a password, for HTTP Basic.
    ///
    /// # Errors
    ///
    /// [`CredentialError`] if it cannot be sent.
    pub fn basic(user: &str, password: &SecretString) -> Result<Self, CredentialError> {
        if user.contains(':') {
            return Err(CredentialError::User);
        }
        check(user)?;
        check(password.expose_secret())?;
        let pair = SecretString::from(format!("{user}:{}", password.expose_secret()));
        let pair = SecretString::from(STANDARD.encode(pair.expose_secret()));
        let value = SecretString::from(format!("Basic {}", pair.expose_secret()));
        Ok(Self {
            kind: SchemeKind::Basic,
            value,
            secrets: vec![password.clone(), pair],
        })
    }

    /// A token or a key, for any other scheme.
    ///
    /// # Errors
    ///
    /// [`CredentialError`] if it cannot be sent.
    pub fn secret(kind: SchemeKind, secret: &SecretString) -> Result<Self, CredentialError> {
        let plain = secret.expose_secret();
        check(plain)?;
        let value = match kind {
            SchemeKind::Bearer => format!("Bearer {plain}"),
            SchemeKind::Http(scheme) => format!("{scheme} {plain}"),
            SchemeKind::Query(_) | SchemeKind::Cookie(_) => encode(plain),
            SchemeKind::Basic | SchemeKind::Header(_) | SchemeKind::Connection => plain.to_owned(),
        };
        Ok(Self {
            kind,
            value: value.into(),
            secrets: vec![secret.clone()],
        })
    }

    /// What must not be shown, for a [`Redactor`].
    pub(super) fn secrets(&self) -> impl Iterator<Item = SecretString> + '_ {
        self.secrets.iter().cloned()
    }

    /// Adds it to a call.
    fn add(&self, call: &mut Call) -> Result<(), CredentialError> {
        let value = self.value.expose_secret();
        match self.kind {
            SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http(_) => {
                call.headers.insert(AUTHORIZATION, sensitive(value)?);
            }
            SchemeKind::Header(name) => {
                let name = HeaderName::try_from(name).map_err(|_| CredentialError::Character)?;
                call.headers.insert(name, sensitive(value)?);
            }
            SchemeKind::Cookie(name) => {
                let others = call.headers.get(COOKIE).map(HeaderValue::as_bytes);
                let mut cookies = others.map(|others| [others, b"; "].concat());
                let cookies = cookies.get_or_insert_default();
                cookies.extend_from_slice(format!("{name}={value}").as_bytes());
                let text = String::from_utf8_lossy(cookies);
                call.headers.insert(COOKIE, sensitive(&text)?);
            }
            SchemeKind::Query(name) => {
                let pair = SecretString::from(format!("{}={value}", encode(name)));
                let query = match call.url.query() {
                    Some(query) if !query.is_empty() => format!("{query}&{}", pair.expose_secret()),
                    _ => pair.expose_secret().to_owned(),
                };
                call.url.set_query(Some(&query));
                call.has_secret_query = true;
            }
            SchemeKind::Connection => {}
        }
        Ok(())
    }
}

fn check(text: &str) -> Result<(), CredentialError> {
    if text.trim().is_empty() {
        return Err(CredentialError::Empty);
    }
    if text.contains(char::is_control) {
        return Err(CredentialError::Character);
    }
    Ok(())
}

fn sensitive(value: &str) -> Result<HeaderValue, CredentialError> {
    // The error of the library is dropped, because it could show the value.
    let mut value = HeaderValue::from_str(value).map_err(|_| CredentialError::Character)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Adds the credentials that the operation of a call wants, and the header `User-Agent`. Removes secrets from what the server
/// repeats. A call whose credentials were not given is not sent.
#[derive(Debug)]
pub struct Authorizing {
    inner: Arc<dyn Transport>,
    user_agent: Option<HeaderValue>,
    schemes: &'static [Scheme],
    /// What [`Security::Usual`] stands for.
    usual: &'static [&'static [&'static str]],
    given: Vec<(&'static str, Sent)>,
    redactor: Redactor,
}

/// How the credentials of a scheme get into a call.
#[derive(Debug)]
enum Sent {
    /// They are added.
    Added(Credential),
    /// This transport adds a token, and renews it.
    Renewed(Authenticated<Arc<dyn Transport>>),
}

impl Authorizing {
    /// Adds to the calls that `inner` sends the credentials in `given`: each with the name of its scheme.
    pub fn new(
        inner: impl Transport,
        schemes: &'static [Scheme],
        usual: &'static [&'static [&'static str]],
        given: Vec<(&'static str, Given)>,
    ) -> Self {
        let inner: Arc<dyn Transport> = Arc::new(inner);
        let fixed = given.iter().filter_map(|(_, given)| match given {
            Given::Fixed(credential) => Some(credential.secrets()),
            Given::Renewed(_) => None,
        });
        let redactor = Redactor::new(fixed.flatten());
        let given = given.into_iter().map(|(name, given)| {
            let sent = match given {
                Given::Fixed(credential) => Sent::Added(credential),
                Given::Renewed(tokens) => {
                    let inner = Arc::clone(&inner);
                    Sent::Renewed(Authenticated::new(inner, tokens, redactor.clone()))
                }
            };
            (name, sent)
        });
        Self {
            given: given.collect(),
            inner,
            user_agent: None,
            schemes,
            usual,
            redactor,
        }
    }

    /// Sends `user_agent` in the header `User-Agent`.
    pub fn user_agent(self, user_agent: HeaderValue) -> Self {
        Self {
            user_agent: Some(user_agent),
            ..self
        }
    }

    /// What removes the secrets, for [`Service::with_redaction`](super::Service::with_redaction).
    pub fn redactor(&self) -> Redactor {
        self.redactor.clone()
    }

    fn given(&self, scheme: &str) -> Option<&Sent> {
        let mut given = self.given.iter();
        given.find_map(|(name, sent)| (*name == scheme).then_some(sent))
    }

    fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }

    /// Whether a call can have the credentials of this scheme, or has them without this transport.
    fn has(&self, call: &Call, scheme: &str) -> bool {
        let is_sent_already = || match self.scheme(scheme).map(|scheme| scheme.kind) {
            Some(SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Http(_)) => {
                call.headers.contains_key(AUTHORIZATION)
            }
            Some(SchemeKind::Header(name)) => call.headers.contains_key(name),
            Some(SchemeKind::Connection) => true,
            Some(SchemeKind::Query(_) | SchemeKind::Cookie(_)) | None => false,
        };
        self.given(scheme).is_some() || is_sent_already()
    }

    /// The call with its credentials, and the transport that sends it.
    fn authorize(&self, mut call: Call) -> Result<(Call, &dyn Transport), TransportError> {
        let mut transport: &dyn Transport = &self.inner;
        if let Some(user_agent) = &self.user_agent {
            call.headers
                .entry(USER_AGENT)
                .or_insert_with(|| user_agent.clone());
        }
        let alternatives = match call.operation.security {
            Security::Usual => self.usual,
            Security::OneOf(alternatives) => alternatives,
        };
        // Of those that can be met, the one with the most credentials: an operation that may be called without knows more of its
        // caller with them.
        let met = alternatives
            .iter()
            .filter(|schemes| schemes.iter().all(|scheme| self.has(&call, scheme)));
        let Some(schemes) = met.max_by_key(|schemes| schemes.len()) else {
            return if alternatives.is_empty() {
                Ok((call, transport))
            } else {
                Err(self.missing(alternatives))
            };
        };
        for scheme in *schemes {
            match self.given(scheme) {
                Some(Sent::Added(credential)) => {
                    let added = credential.add(&mut call);
                    added
                        .map_err(|fault| TransportError::new(TransportErrorKind::Request, fault))?;
                }
                Some(Sent::Renewed(tokens)) => transport = tokens,
                None => {}
            }
        }
        Ok((call, transport))
    }

    /// The error that names the schemes whose credentials were not given.
    fn missing(&self, alternatives: &[&[&'static str]]) -> TransportError {
        let describe = |name: &&'static str| match self.scheme(name) {
            Some(scheme) => format!("`{name}` ({}, `Builder::{}`)", scheme.kind, scheme.setter),
            None => format!("`{name}`, which the API description does not define"),
        };
        let alternatives = alternatives.iter().map(|schemes| {
            let schemes: Vec<String> = schemes.iter().map(describe).collect();
            schemes.join(" and ")
        });
        let alternatives: Vec<String> = alternatives.collect();
        let text = format!(
            "the operation needs credentials that the client was built without: {}",
            alternatives.join(", or ")
        );
        TransportError::new(TransportErrorKind::Request, text)
    }

    fn clean(&self, reply: &mut Reply) {
        self.redactor.headers(&mut reply.headers);
        // The body of a success is data. Secrets are removed from what is shown of it: see `Service::with_redaction`.
        if !reply.status.is_success() {
            self.redactor.body(&mut reply.body);
        }
    }
}

impl Transport for Authorizing {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move {
            let (call, transport) = self.authorize(call)?;
            match transport.send(call).await {
                Ok(mut reply) => {
                    self.clean(&mut reply);
                    Ok(reply)
                }
                Err(mut error) => {
                    if let Some(part) = error.received_mut() {
                        self.redactor.headers(&mut part.headers);
                    }
                    Err(error)
                }
            }
        })
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move {
            let (call, transport) = self.authorize(call)?;
            let mut opened = transport.open(call).await?;
            self.redactor.headers(&mut opened.headers);
            Ok(opened)
        })
    }
}
