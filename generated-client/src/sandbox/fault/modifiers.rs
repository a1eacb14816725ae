//! What is said about a fault beside what it does: how often, when, with which headers.

use http::{HeaderName, HeaderValue};

use super::Fault;

impl Fault {
    /// Carries out the request before the fault.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::status(StatusCode::BAD_GATEWAY).applied());
    /// client.release(&release).await.expect_err("the gateway failed");
    /// assert_eq!(sandbox.releases().len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }

    /// Sets a header of the response. It replaces a header of the same name.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// let pause = HeaderValue::from_static("1");
    /// sandbox.inject(Target::Create, Fault::busy().header(header::RETRY_AFTER, pause));
    /// client.release(&release).await?; // after a second
    /// # Ok(())
    /// # }
    /// ```
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the number of requests that the fault affects, one after the other. The default is one. With zero, the fault has
    /// no effect.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Any, Fault::busy().times(3));
    /// client.release(&release).await?;
    /// assert_eq!(sandbox.requests().len(), 4);
    /// # Ok(())
    /// # }
    /// ```
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Sets the number of requests for the operation that are handled normally before the fault. The default is zero.
    ///
    /// ```
    /// # use std::time::Duration;
    /// # use releasepack_client::{ErrorKind, RetryPolicy, release::*, sandbox::*};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let client = sandbox.client_builder().retry(RetryPolicy::default().initial_pause(Duration::from_millis(1))).build()?;
    /// # let release = Release::now("f0f7face");
    /// sandbox.inject(Target::Create, Fault::status(StatusCode::BAD_GATEWAY).after(1));
    /// client.release(&release).await?;
    /// client.release(&release).await.expect_err("the second one fails");
    /// # Ok(())
    /// # }
    /// ```
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }
}
