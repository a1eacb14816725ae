//! Faults that carry out the request, and change the correct response or when it arrives.

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde_json::Value;

use super::{Effect, Fault};

/// Faults that carry out the request, and change the correct response.
impl Fault {
    /// Carries out the request, and sends the correct response after a delay (on tokio's clock).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::delay(Duration::from_millis(20)));
    /// let begun = std::time::Instant::now();
    /// client.release(&release).await?;
    /// assert!(begun.elapsed() >= Duration::from_millis(20));
    /// # Ok(())
    /// # }
    /// ```
    pub fn delay(time: Duration) -> Self {
        Self::new(Effect::Delay(time)).applied()
    }

    /// Carries out the request, and sends the correct body in pieces of `piece` bytes, with a pause before each piece (on
    /// tokio's clock).
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::drip(16, Duration::from_millis(1)));
    /// client.release(&release).await?;
    /// assert_eq!(sandbox.releases().len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn drip(piece: usize, pause: Duration) -> Self {
        Self::new(Effect::Drip {
            piece: piece.max(1),
            pause,
        })
        .applied()
    }

    /// Carries out the request, and announces the complete length of the response, but ends the connection after `keep`
    /// bytes of the body.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::truncate(10));
    /// let error = client.release(&release).await.expect_err("there is no request id");
    /// assert!(error.may_have_been_made() && sandbox.releases().len() == 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn truncate(keep: usize) -> Self {
        Self::new(Effect::Truncate { keep }).applied()
    }

    /// Carries out the request, and sends the correct response with another `Content-Type` header.
    ///
    /// If `content_type` holds a character that is not allowed in headers, nothing is changed.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::content_type("text/plain"));
    /// client.release(&release).await?;
    /// assert_eq!(sandbox.faults_waiting(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn content_type(content_type: &str) -> Self {
        let mut fault = Self::new(Effect::Headers).applied();
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// Carries out the request, and sends the correct body with another status. For example, the vendor's own sample of a status
    /// with 200 says `IN_PROGRESS`.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// let accepted = client.release(&release).await?;
    /// sandbox.inject(Target::Status, Fault::change_status(StatusCode::OK));
    /// let status = client.status(accepted.request_id()).await?;
    /// assert_eq!(*status.state(), State::InProgress);
    /// # Ok(())
    /// # }
    /// ```
    pub fn change_status(status: StatusCode) -> Self {
        Self::new(Effect::Status(status)).applied()
    }

    /// Carries out the request, and sends the response after `edit` has changed its body: for example to an unknown value,
    /// or with one more or one less member. `edit` receives the body as JSON, even if the response is written as XML.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// let accepted = client.release(&release).await?;
    /// sandbox.inject(Target::Status, Fault::edit(|body| body["releaseStatus"] = "PAUSED".into()));
    /// let status = client.status(accepted.request_id()).await?;
    /// assert_eq!(*status.state(), State::Unknown("PAUSED".to_owned()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn edit(edit: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::new(Effect::Edit(Arc::new(edit))).applied()
    }
}
