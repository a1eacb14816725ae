//! Reads the settings of a client from environment variables.

use std::env::VarError;

use super::{BuildError, ClientBuilder};
use crate::Credentials;

const ACCOUNT: &str = "BOOMI_ACCOUNT";
const USER: &str = "BOOMI_USER";
const SECRET: &str = "BOOMI_SECRET";
const REGION: &str = "BOOMI_REGION";
const BASE_URL: &str = "BOOMI_BASE_URL";

impl ClientBuilder {
    /// Reads the settings from environment variables, for a program that runs in CI.
    ///
    /// | variable | value |
    /// |---|---|
    /// | `BOOMI_ACCOUNT` | the account id |
    /// | `BOOMI_USER` | the user's e-mail address, with the prefix `BOOMI_TOKEN.` if the secret is an API token |
    /// | `BOOMI_SECRET` | the API token, or the password |
    /// | `BOOMI_REGION` | `US` (the default) or `GB` |
    /// | `BOOMI_BASE_URL` | a base URL in place of a region, as for [`base_url`](Self::base_url) |
    ///
    /// ```no_run
    /// # fn main() -> Result<(), releasepack_client::BuildError> {
    /// use std::time::Duration;
    /// use releasepack_client::ClientBuilder;
    /// let client = ClientBuilder::from_env()?.request_timeout(Duration::from_secs(20)).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// - [`BuildError::MissingVariables`] when the account, the user or the secret is not set or is empty; it names all
    ///   variables that are missing
    /// - [`BuildError::VariableNotUtf8`] when a value is not UTF-8
    /// - [`BuildError::Region`] when the region is not known
    /// - [`BuildError::RegionAndBaseUrl`] when the region and the base URL are both set
    pub fn from_env() -> Result<Self, BuildError> {
        Self::from_variables(|name| match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(VarError::NotPresent) => Ok(None),
            Err(VarError::NotUnicode(_)) => Err(BuildError::VariableNotUtf8(name)),
        })
    }

    /// Reads the same settings with the function `value`, which returns the value of a variable: from a settings file, a
    /// vault, or in a test.
    ///
    /// ```
    /// use releasepack_client::{BuildError, ClientBuilder};
    ///
    /// let settings = |name| Ok(match name {
    ///     "BOOMI_ACCOUNT" => Some("mycompany-A1B2C3".to_owned()),
    ///     _ => None,
    /// });
    /// let error = ClientBuilder::from_variables(settings).expect_err("two variables are missing");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "required environment variables are not set: BOOMI_USER, BOOMI_SECRET",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// The same errors as [`from_env`](Self::from_env), and any error that `value` returns.
    pub fn from_variables(
        value: impl Fn(&'static str) -> Result<Option<String>, BuildError>,
    ) -> Result<Self, BuildError> {
        let read = |name| Ok::<_, BuildError>(value(name)?.filter(|text| !text.trim().is_empty()));
        let account = read(ACCOUNT)?;
        let user = read(USER)?;
        let secret = read(SECRET)?;
        let (Some(account), Some(user), Some(secret)) = (&account, &user, &secret) else {
            let all = [(ACCOUNT, &account), (USER, &user), (SECRET, &secret)];
            let missing = all.into_iter().filter(|(_, value)| value.is_none());
            return Err(BuildError::MissingVariables(
                missing.map(|(name, _)| name).collect(),
            ));
        };
        let builder = Self::new(account, Credentials::basic(user, secret.as_str()));
        match (read(REGION)?, read(BASE_URL)?) {
            (Some(_), Some(_)) => Err(BuildError::RegionAndBaseUrl),
            (Some(region), None) => Ok(builder.region(region.parse()?)),
            (None, Some(base_url)) => Ok(builder.base_url(base_url)),
            (None, None) => Ok(builder),
        }
    }
}
