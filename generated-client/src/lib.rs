//! Release Boomi integration packs from a program: now or on a date, followed until they are out.
//!
//! A release is not a thing to do twice by mistake. This crate repeats what can be repeated without harm, never repeats what
//! may have arrived, and says so when nobody can know.
//!
//! # A client
//!
//! It takes an account and somebody to call: an API token, a user with a password, or a bearer token.
//!
//! ```no_run
//! use releasepack_client::{Client, Credentials, Region};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let token = String::new();
//! let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", token))
//!     .region(Region::Gb)
//!     .build()?;
//!
//! // Or, in CI, from BOOMI_ACCOUNT, BOOMI_USER and BOOMI_SECRET:
//! let client = Client::from_env()?;
//! # Ok(())
//! # }
//! ```
//!
//! [`ClientBuilder`] has the rest: base URL, Partner API, timeouts, repeats, a proxy, an HTTP client of your own.
//!
//! # Release, and wait until it is out
//!
//! ```no_run
//! use releasepack_client::Client;
//! use releasepack_client::release::{Outcome, Release, WaitPolicy};
//!
//! # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let release = Release::now("f0f7face-3a9d-48b1-8a32-82b84499cd4e")
//!     .component("b420a8ab-8e4e-41b2-93ce-079093a03af2", "2.0");
//! let accepted = client.release(&release).await?;
//!
//! let outcome = client
//!     .wait(accepted.request_id(), WaitPolicy::default(), |progress| println!("{progress}"))
//!     .await?;
//! if let Outcome::Released(status) = outcome {
//!     println!("out: {}", status.request_id());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The wait can be dropped and begun again at any point: it only asks. [`Client::follow`] is the same as a stream.
//!
//! # Release on a date, and move it
//!
//! ```no_run
//! use jiff::civil::date;
//! use releasepack_client::Client;
//! use releasepack_client::release::Release;
//!
//! # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
//! let release = |day| Release::on("f0f7face", day).component("b420a8ab", "2.0");
//! client.release(&release(date(2026, 12, 1))).await?;
//! client.reschedule(&release(date(2026, 12, 8))).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A date is a day in the time zone of the account's user settings. What cannot be right, a day in the past for instance, is
//! refused before it is sent; see [`release`].
//!
//! # When it fails
//!
//! There is one type for a failed call, [`Error`]. It knows the operation, the status and what the vendor said in
//! whatever form it said it; [`kind`](Error::kind) is for matching, and its text is one line for the log. What is built from
//! calls has errors of its own, which hold it: [`ReleaseError`](release::ReleaseError) and
//! [`WaitError`](release::WaitError).
//!
//! ```
//! use releasepack_client::ErrorKind;
//! use releasepack_client::release::ReleaseError;
//!
//! fn advice(error: &ReleaseError) -> &'static str {
//!     match error {
//!         _ if error.may_have_been_made() => "look in the platform before you try again",
//!         ReleaseError::Refused(call) if call.is_retryable() => "try again later",
//!         ReleaseError::Refused(call) if call.kind() == ErrorKind::Unauthorized => "get a new token",
//!         _ => "read the message",
//!     }
//! }
//! ```
//!
//! # What is repeated
//!
//! | failure | a question (GET) | an order (POST) |
//! |---|---|---|
//! | 429, 503: refused, busy or over the rate | repeated | repeated |
//! | no connection: nothing was sent | repeated | repeated |
//! | 502, 504, connection lost or timed out after sending | repeated | not repeated: the outcome is unknown |
//! | any other status, an answer that cannot be read | not repeated | not repeated |
//!
//! Up to five times, after growing pauses or those that the server asks for (`Retry-After`), for at most three minutes: all of
//! that is in [`RetryPolicy`]. Each attempt and each repeat is an event of [`tracing`](https://docs.rs/tracing), at the
//! levels `DEBUG` and `INFO`; a [deprecation notice](Notice) is one at `WARN`, once for each operation.
//!
//! # What is kept safe
//!
//! - Secrets are in no log, no error and no `Debug` text, and go to no other host: redirects are not followed, and plain
//!   `http` is refused except to this machine.
//! - An id is one segment of the path, whatever characters it has; an empty one is refused, because an update without an
//!   id would be another release.
//! - An answer is read up to 8 MiB and no further.
//! - What the vendor adds is taken as it comes: a field that is new is ignored, a new value of an enumeration is kept.
//!
//! # Testing your own program
//!
//! With the feature `sandbox`, the vendor's behaviour runs in your tests, and fails on demand:
//!
//! ```
//! # #[cfg(all(feature = "sandbox", feature = "blocking"))]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use releasepack_client::release::Release;
//! use releasepack_client::runtime::StatusCode;
//! use releasepack_client::sandbox::{Fault, Sandbox, Target};
//!
//! let sandbox = Sandbox::builder().start_on_thread()?;
//! let client = sandbox.client_builder().build_blocking()?;
//! sandbox.inject(Target::Create, Fault::status(StatusCode::GATEWAY_TIMEOUT));
//!
//! let error = client.release(&Release::now("f0f7face")).expect_err("the gateway gave up");
//! assert!(error.may_have_been_made());
//! assert_eq!(sandbox.requests().len(), 1, "it was not sent again");
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "sandbox", feature = "blocking")))]
//! # fn main() {}
//! ```
//!
//! # The operations themselves
//!
//! What stands above is made of the [operations] of the published API description, which are methods of the client too: it
//! dereferences to the [generated client](generated::Client).
//!
//! ```no_run
//! # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::Error> {
//! let answer = client.get_release_integration_pack_status("release-11031691").send().await?;
//! println!("{} {:?}", answer.status(), answer.release_status);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | default | gives |
//! |---|---|---|
//! | `rustls` | yes | TLS in Rust, with the certificates that the operating system trusts |
//! | `native-tls` | | TLS by the operating system (OpenSSL on Linux) |
//! | `blocking` | | the same client without async, in the module `blocking` |
//! | `sandbox` | | the vendor's behaviour in process, for tests, in the module `sandbox` |
//!
//! Without a TLS feature, only an [`http_client`](ClientBuilder::http_client) of your own can call the platform.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod client;
pub mod credentials;
mod error;
#[rustfmt::skip]
pub mod generated;
pub mod release;
pub mod runtime;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
pub mod transport;

pub use client::{BuildError, Client, ClientBuilder, Region};
pub use credentials::Credentials;
pub use error::{Error, ErrorKind};
pub use generated::{operations, types};
pub use transport::{Notice, RetryPolicy};
