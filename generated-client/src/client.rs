//! The client that calls are made with, and how it is built.

mod base_url;
mod build_error;
mod builder;
mod environment;
mod http_client;
mod region;

use std::fmt;
use std::ops::Deref;

use url::Url;

use crate::generated;
use crate::runtime::Service;

pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use region::Region;

/// A client for one account.
///
/// It dereferences to the [generated client](generated::Client), so each operation of the API is a method of it; the
/// module `release` holds what is built from them. Cloning it is cheap, and all clones share their connections.
///
/// ```no_run
/// use releasepack_client::{Client, Credentials, Region};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let credentials = Credentials::api_token("me@example.com", std::env::var("BOOMI_TOKEN")?);
/// let client = Client::builder("mycompany-A1B2C3", credentials)
///     .region(Region::Gb)
///     .build()?;
/// let status = client.get_release_integration_pack_status("7d1f2c4e").send().await?;
/// println!("{:?}", status.release_status);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    generated: generated::Client,
    service: Service,
    base_url: Url,
}

impl Client {
    /// Begins a client for `account` (Settings, Account Information and Setup, Account ID).
    pub fn builder(account: impl Into<String>, credentials: crate::Credentials) -> ClientBuilder {
        ClientBuilder::new(account, credentials)
    }

    /// A client from the environment: [`ClientBuilder::from_env`], built.
    ///
    /// # Errors
    ///
    /// When variables are missing (all of them are named) or hold what cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build()
    }

    /// What the generated client calls, for what is built beside it.
    pub(crate) fn service(&self) -> &Service {
        &self.service
    }

    /// Where calls go: the base URL with the API's path, the account and, for the Partner API, the account overridden.
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }
}

impl Deref for Client {
    type Target = generated::Client;

    fn deref(&self) -> &generated::Client {
        &self.generated
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}
