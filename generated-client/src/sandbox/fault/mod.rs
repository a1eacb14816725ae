//! Faults that a test injects: what goes wrong, for which operation, how often.

mod body;
mod changes;
mod effect;
mod modifiers;
mod queue;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::response::BUSY;

pub(super) use body::{broken, drip, endless};
pub(super) use effect::Effect;
pub(super) use queue::Queue;

/// The operations of the sandbox, as targets of a [`Fault`] and in a [record](super::Recorded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Target {
    /// `POST /ReleaseIntegrationPack`: makes a release.
    Create,
    /// `POST /ReleaseIntegrationPack/{id}`: changes a scheduled release.
    Update,
    /// `GET /ReleaseIntegrationPackStatus/{id}`: gets the status of a release.
    Status,
    /// `GET /PublisherIntegrationPack/{id}`: gets a pack with the versions of its components.
    Pack,
    /// Any request, including one for a path that does not exist.
    Any,
}

/// Something that goes wrong with one request, or with several.
///
/// A fault waits in a queue for a request of its operation; see [`Sandbox::inject`](super::Sandbox::inject). Some faults
/// replace the response, and the request is not carried out. Others change the correct response. The documentation of each has a
/// test that uses it, with a `sandbox`, a `client` for it that makes no long pauses, and a `release` of a pack.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::sandbox::{Fault, HeaderValue, StatusCode, header::RETRY_AFTER};
///
/// // Two responses "busy" of a gateway, which ask for a pause of one second.
/// let busy = Fault::answer(StatusCode::SERVICE_UNAVAILABLE, "text/html", "<h1>Busy</h1>")
///     .header(RETRY_AFTER, HeaderValue::from_static("1"))
///     .times(2);
/// // The request is carried out, but the connection is lost before the response: the outcome is unknown.
/// let lost = Fault::reset_after_request().applied();
/// // The third response takes a minute.
/// let slow = Fault::delay(Duration::from_secs(60)).after(2);
/// # let _ = (busy, lost, slow);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(super) effect: Effect,
    pub(super) applied: bool,
    pub(super) headers: HeaderMap,
    pub(super) times: u32,
    pub(super) after: u32,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            applied: false,
            headers: HeaderMap::new(),
            times: 1,
            after: 0,
        }
    }

    /// Responds with `status` and an empty body. The request is not carried out, unless [`applied`](Self::applied) is set.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::status(StatusCode::GATEWAY_TIMEOUT));
    /// let error = client.release(&release).await.expect_err("the gateway gave up");
    /// assert!(error.may_have_been_made());
    /// # Ok(())
    /// # }
    /// ```
    pub fn status(status: StatusCode) -> Self {
        Self::new(Effect::Respond {
            status,
            body: Bytes::new(),
        })
    }

    /// Responds with `status` and `body`. The request is not carried out, unless [`applied`](Self::applied) is set.
    ///
    /// If `content_type` holds a character that is not allowed in headers, the header is left out.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::answer(StatusCode::OK, "text/html", "<h1>Log in</h1>"));
    /// let error = client.release(&release).await.expect_err("a page is no answer");
    /// assert!(error.may_have_been_made());
    /// # Ok(())
    /// # }
    /// ```
    pub fn answer(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut fault = Self::new(Effect::Respond {
            status,
            body: body.into(),
        });
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// Responds with `status` and an error message of the platform, as JSON or XML, whichever the request accepts. The request is
    /// not carried out.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::error(StatusCode::CONFLICT, "Another release is running."));
    /// let error = client.release(&release).await.expect_err("it was refused");
    /// assert!(error.to_string().contains("Another release is running."));
    /// # Ok(())
    /// # }
    /// ```
    pub fn error(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::refuse(status, json!({ "@type": "Error", "message": message }))
    }

    /// As [`error`](Self::error), with the message one level deeper, `{"error": {"message": …}}`, as some objects of the platform have
    /// it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Status, Fault::nested_error(StatusCode::BAD_REQUEST, "The id is wrong."));
    /// let error = client.status("release-1").await.expect_err("it was refused");
    /// assert_eq!(error.message(), Some("The id is wrong."));
    /// # Ok(())
    /// # }
    /// ```
    pub fn nested_error(status: StatusCode, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::refuse(status, json!({ "error": { "message": message } }))
    }

    /// Responds as the platform does when it is busy, or when the account's rate limit is exceeded: 503, with its error message.
    /// The request is not carried out, so the client repeats it.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::busy().times(2));
    /// client.release(&release).await?;
    /// assert_eq!(sandbox.requests().len(), 3);
    /// # Ok(())
    /// # }
    /// ```
    pub fn busy() -> Self {
        Self::refuse(StatusCode::SERVICE_UNAVAILABLE, json!({ "message": BUSY }))
    }

    /// Responds as a gateway in front of the platform does when its connection to the platform breaks: 503, in plain text. That
    /// may happen after the platform carried out the request ([`applied`](Self::applied)), so a release has an unknown outcome.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::gateway_busy().applied());
    /// let error = client.release(&release).await.expect_err("nobody knows");
    /// assert!(error.may_have_been_made() && sandbox.releases().len() == 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn gateway_busy() -> Self {
        let body = "upstream connect error or disconnect/reset before headers. reset reason: connection termination";
        Self::answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", body)
    }

    /// Responds with a redirect (301 or 308, for example) to the URL `location`. The request is not carried out.
    ///
    /// If `location` holds a character that is not allowed in headers, the header is left out.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Status, Fault::redirect(StatusCode::PERMANENT_REDIRECT, "https://new.example/"));
    /// let error = client.status("release-1").await.expect_err("it is not followed");
    /// assert_eq!(error.kind(), ErrorKind::Moved);
    /// # Ok(())
    /// # }
    /// ```
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        let mut fault = Self::status(status);
        if let Ok(location) = HeaderValue::from_str(location) {
            fault.headers.insert(LOCATION, location);
        }
        fault
    }

    /// Resets the connection after the head of the request was read, and before its body is read. The request is not carried
    /// out.
    ///
    /// [`Sandbox::reset_connections`](super::Sandbox::reset_connections) resets a connection before anything is read.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::reset_before_request());
    /// let error = client.release(&release).await.expect_err("the connection was lost");
    /// assert!(error.may_have_been_made() && sandbox.releases().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn reset_before_request() -> Self {
        Self::new(Effect::ResetBeforeRequest)
    }

    /// Resets the connection after the complete request was read, without a response. The request is not carried out, unless
    /// [`applied`](Self::applied) is set.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::reset_after_request().applied());
    /// let error = client.release(&release).await.expect_err("the response was lost");
    /// assert!(error.may_have_been_made() && sandbox.releases().len() == 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn reset_after_request() -> Self {
        Self::new(Effect::ResetAfterRequest)
    }

    /// Responds with 200 and a body that never ends. The request is not carried out, unless [`applied`](Self::applied) is
    /// set.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Status, Fault::endless());
    /// let error = client.status("release-1").await.expect_err("it is too long");
    /// assert_eq!(error.kind(), ErrorKind::TooLarge);
    /// # Ok(())
    /// # }
    /// ```
    pub fn endless() -> Self {
        Self::new(Effect::Endless)
    }

    fn refuse(status: StatusCode, body: Value) -> Self {
        Self::new(Effect::Refuse { status, body })
    }
}
