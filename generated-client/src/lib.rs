//! Release Boomi integration packs from a program, now or on a date, and follow each release until it is done.
//!
//! A release must not be made twice by mistake. This crate repeats a failed call only if that is safe. It never repeats a
//! call that the platform may have carried out, and returns an error that says so.
//!
//! # Build a client
//!
//! A client needs the id of an account, and credentials: an API token, a user with a password, or a bearer token.
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
//! [`ClientBuilder`] has more settings: base URL, Partner API, timeouts, repeats, a proxy, your own HTTP client.
//!
//! # Release, and wait until the release is done
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
//!     println!("released: {}", status.request_id());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! You can drop the wait and start it again at any time, because it only reads the status. [`Client::follow`] returns the
//! same events as a stream.
//!
//! # Release on a date, and move the date
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
//! A date is a day in the time zone of the account's user settings. A release that is not valid, for example with an empty
//! id, is refused before it is sent; see [`Release::check`](release::Release::check).
//!
//! # Handle errors
//!
//! [`Error`] is the one type for a failed call. It has the operation, the status, and the server's error message, whatever
//! the format of the body. Use [`kind`](Error::kind) for matching; the `Display` text is one line for the log. The methods
//! that make several calls have their own errors, which contain an [`Error`]: [`ReleaseError`](release::ReleaseError) and
//! [`WaitError`](release::WaitError).
//!
//! ```
//! use releasepack_client::ErrorKind;
//! use releasepack_client::release::ReleaseError;
//!
//! fn advice(error: &ReleaseError) -> &'static str {
//!     match error {
//!         _ if error.may_have_been_made() => "check in the platform before you try again",
//!         ReleaseError::Refused(call) if call.is_retryable() => "try again later",
//!         ReleaseError::Refused(call) if call.kind() == ErrorKind::Unauthorized => "get a new token",
//!         _ => "read the message",
//!     }
//! }
//! ```
//!
//! # Which calls are repeated
//!
//! | failure | GET | POST |
//! |---|---|---|
//! | 503 or 429 of the platform: it is busy, or the rate limit is exceeded | repeated | repeated |
//! | the connection failed, so nothing was sent | repeated | repeated |
//! | 503 of a gateway: no JSON and no XML with a message | repeated | not repeated: the outcome is unknown |
//! | 408, 502, 504, or the connection was lost or timed out after sending | repeated | not repeated: the outcome is unknown |
//! | any other 5xx, 1xx or 3xx (but not 301, 307, 308), a 2xx response that cannot be read | not repeated | not repeated: the outcome is unknown |
//! | any other status; a fault of TLS, an unknown host, a proxy that wants a password | not repeated | not repeated |
//!
//! By default, a call is repeated up to five times and for at most three minutes, after growing pauses or after the pause
//! that the server asks for (`Retry-After`) if that is longer. [`RetryPolicy`] changes all of this. [`runtime::verdict`] has the
//! whole table, and [`promises`] what the client promises and which test proves it.
//!
//! # Operate a program that releases
//!
//! - **Exit codes.** All errors and results have a method `exit_code`; [`exit_code`](mod@exit_code) has the table: 0 done, 1 refused
//!   or failed, 2 invalid, 3 somebody must look, 75 try again. The `Debug` text of the errors is readable, with the causes, a line
//!   each, because `fn main() -> Result<(), …>` prints it.
//! - **Events.** Each release that is sent is one [`tracing`](https://docs.rs/tracing) event at the level `INFO`, with the fields
//!   `outcome` (`made`, `moved`, `refused` or `unknown`), `pack`, `request_id`, `attempts`, `duration_ms` and `error`. Attempts and
//!   their failures are at `DEBUG`. At `WARN` are: a [deprecation notice](Notice), once for each operation; a response to a release
//!   that cannot be read completely; a status of a release that this version does not know.
//! - **Support tickets.** [`Error`], [`ReleaseError`](release::ReleaseError) and [`Accepted`](release::Accepted) have `attempts`,
//!   `headers` and `server_request_id` of the last response.
//! - **One release at a time.** A client and its clones refuse two releases of one pack at the same time, unless
//!   [`allow_concurrent_releases`](ClientBuilder::allow_concurrent_releases) is set.
//! - **Drift.** [`on_drift`](ClientBuilder::on_drift) tells of what the platform sends and the API description does not have.
//! - **Cassettes.** [`record`](ClientBuilder::record) writes a conversation with the platform into a file, without secrets, and
//!   [`replay`](ClientBuilder::replay) replays it in a test: see [`cassette`].
//!
//! ```no_run
//! use std::process::ExitCode;
//! use releasepack_client::Client;
//! use releasepack_client::release::{Release, WaitPolicy};
//!
//! async fn run(client: &Client, release: &Release) -> ExitCode {
//!     let accepted = match client.release(release).await {
//!         Ok(accepted) => accepted,
//!         Err(error) => {
//!             eprintln!("error: {error:?}");
//!             return error.exit_code().into();
//!         }
//!     };
//!     match client.wait(accepted.request_id(), WaitPolicy::default(), |_| {}).await {
//!         Ok(outcome) => outcome.exit_code().into(),
//!         Err(error) => {
//!             eprintln!("error: {error:?}");
//!             error.exit_code().into()
//!         }
//!     }
//! }
//! ```
//!
//! # Safety
//!
//! - Secrets never appear in a log, an error or a `Debug` text, even if the server repeats them, escaped or in Base64. They are
//!   only sent to the host that you named: redirects are not followed, and plain `http` is refused unless the host is this machine.
//! - An id is always one path segment, whatever characters it holds. An empty id is refused, because the path of an update
//!   without an id is the path of a new release.
//! - A response body longer than 8 MiB is not read to its end, nor that of an error after 64 KiB or three seconds.
//! - A response with a request id is a release that was made, whatever else is in it. What cannot be read is reported by
//!   [`Accepted::unread`](release::Accepted::unread).
//! - What the vendor adds to the API does not break the client: a new member is ignored, and a new value of an enumeration
//!   is kept.
//!
//! # Test your own program
//!
//! With the feature `sandbox`, your tests can start a server that behaves like the vendor's, and fails on demand:
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
//! let error = client.release(&Release::now("f0f7face")).expect_err("the gateway timed out");
//! assert!(error.may_have_been_made());
//! assert_eq!(sandbox.requests().len(), 1, "it was not sent again");
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "sandbox", feature = "blocking")))]
//! # fn main() {}
//! ```
//!
//! # Call a single operation
//!
//! All [operations] of the published API description are methods of the client, because it dereferences to the
//! [generated client](generated::Client).
//!
//! ```no_run
//! # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::Error> {
//! let response = client.get_release_integration_pack_status("release-11031691").send().await?;
//! println!("{} {:?}", response.status(), response.release_status);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `rustls` | yes | TLS in Rust, with the certificates that the operating system trusts |
//! | `native-tls` | | TLS of the operating system (OpenSSL on Linux) |
//! | `blocking` | | the module `blocking`: the same client without async |
//! | `sandbox` | | the module `sandbox`: a server for tests that behaves like the vendor's |
//!
//! Without a TLS feature, only your own [`http_client`](ClientBuilder::http_client) can call the platform.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod cassette;
pub mod client;
pub mod credentials;
pub mod drift;
mod error;
pub mod exit_code;
#[rustfmt::skip]
pub mod generated;
pub mod promises;
pub mod release;
pub mod runtime;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
pub mod transport;

pub use cassette::Cassette;
pub use client::{BuildError, Client, ClientBuilder, Region};
pub use credentials::Credentials;
pub use drift::{Drift, DriftKind};
pub use error::{Error, ErrorKind};
pub use exit_code::ExitCode;
pub use generated::{operations, types};
pub use runtime::RetryPolicy;
pub use transport::Notice;
