//! Checks who may do what: users, tokens, one-time codes, accounts.

use std::collections::{BTreeMap, BTreeSet};

use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};

use super::record::{basic, bearer};
use super::response::Refusal;

/// The header that carries a one-time code, in lower case as the crate `http` requires.
pub(super) const ONE_TIME_CODE: &str = "x-boomi-otp";

/// The prefix that the user name has when the secret is an API token.
const TOKEN_PREFIX: &str = "BOOMI_TOKEN.";

/// What a caller may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    Release,
    Read,
}

#[derive(Clone, Debug)]
struct Login {
    password: String,
    one_time_code: Option<String>,
    right: Right,
}

/// The users, tokens and accounts that the sandbox knows.
#[derive(Clone, Debug, Default)]
pub(super) struct Access {
    logins: BTreeMap<String, Login>,
    bearers: BTreeSet<String>,
    pub(super) accounts: BTreeSet<String>,
}

impl Access {
    pub(super) fn user(&mut self, user: &str, password: &str, right: Right) {
        let login = Login {
            password: password.to_owned(),
            one_time_code: None,
            right,
        };
        self.logins.insert(user.to_owned(), login);
    }

    pub(super) fn second_factor(&mut self, user: &str, password: &str, code: &str) {
        let login = Login {
            password: password.to_owned(),
            one_time_code: Some(code.to_owned()),
            right: Right::Release,
        };
        self.logins.insert(user.to_owned(), login);
    }

    pub(super) fn token(&mut self, email: &str, token: &str) {
        self.user(&format!("{TOKEN_PREFIX}{email}"), token, Right::Release);
    }

    pub(super) fn bearer(&mut self, token: &str) {
        self.bearers.insert(token.to_owned());
    }

    pub(super) fn expire_bearers(&mut self) {
        self.bearers.clear();
    }

    /// Checks the credentials in `headers`, and returns what the caller may do.
    pub(super) fn authenticate(&self, headers: &HeaderMap) -> Result<Right, Refusal> {
        let refused = |message: &str| Refusal::new(StatusCode::UNAUTHORIZED, message);
        let value = headers
            .get(AUTHORIZATION)
            .ok_or_else(|| refused("The request has no Authorization header."))?;
        if let Some(token) = bearer(value) {
            return if self.bearers.contains(token) {
                Ok(Right::Release)
            } else {
                Err(refused("The token is not valid or has expired."))
            };
        }
        let (user, password) = basic(value)
            .ok_or_else(|| refused("The credentials are neither HTTP Basic nor a bearer token."))?;
        let login = self
            .logins
            .get(&user)
            .filter(|login| login.password == password)
            .ok_or_else(|| refused("The user name or the password is wrong."))?;
        if let Some(code) = &login.one_time_code {
            let sent = headers
                .get(ONE_TIME_CODE)
                .and_then(|value| value.to_str().ok());
            if sent != Some(code) {
                return Err(refused("The one-time code is missing or wrong."));
            }
        }
        Ok(login.right)
    }

    /// The account that a call works on: the overriding account of the Partner API if there is one, otherwise the account in
    /// the path.
    pub(super) fn account<'a>(
        &self,
        path: &'a str,
        overriding: Option<&'a str>,
    ) -> Result<&'a str, Refusal> {
        // The message does not reveal whether an account exists that the caller has no access to.
        for account in [Some(path), overriding].into_iter().flatten() {
            if !self.accounts.contains(account) {
                return Err(Refusal::forbidden());
            }
        }
        Ok(overriding.unwrap_or(path))
    }
}
