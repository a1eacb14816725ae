//! The [`Client`] that makes calls, and the [`ClientBuilder`] that builds it.

mod base_url;
mod build_error;
mod builder;
mod environment;
mod operating;
mod region;

use std::fmt;
use std::ops::Deref;

use url::Url;

use crate::generated;
use crate::release::Running;
use crate::runtime::Service;

pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use region::Region;

/// A client for one account.
///
/// It dereferences to the [generated client](generated::Client), so each operation of the API is one of its methods. The
/// module [`release`](crate::release) adds methods for a whole release. Cloning is cheap: all clones share one HTTP
/// client.
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
    running: Running,
}

impl Client {
    /// Starts building a client for the account with the id `account`. The platform shows the id under Settings, Account
    /// Information and Setup.
    pub fn builder(account: impl Into<String>, credentials: crate::Credentials) -> ClientBuilder {
        ClientBuilder::new(account, credentials)
    }

    /// Builds a client from environment variables, which [`ClientBuilder::from_env`] lists.
    ///
    /// # Errors
    ///
    /// Returns a [`BuildError`] when variables are missing (it names all of them) or a value cannot be used.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build()
    }

    /// The service that all calls go through: for an operation that this crate does not have, with the credentials, the repeats,
    /// the limits and the redaction of this client.
    ///
    /// ```no_run
    /// use releasepack_client::runtime::{Json, Method, Operation};
    ///
    /// # async fn run(client: releasepack_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// static GET_PROCESS: Operation =
    ///     Operation::new("GetProcess", Method::GET, "/Process/{id}").accept("application/json");
    ///
    /// let request = client.service().request(&GET_PROCESS).path("id", "b420a8ab");
    /// let response = request.send::<Json<serde_json::Value>, Json<serde_json::Value>>().await?;
    /// println!("{}", response.body());
    /// # Ok(())
    /// # }
    /// ```
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The releases that this client and its clones are making.
    pub(crate) fn running(&self) -> &Running {
        &self.running
    }

    /// The URL that the paths of the operations are appended to. It includes the path of the API and the account. For the
    /// Partner API, it may include the query parameter `overrideAccount`.
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
