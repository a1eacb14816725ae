//! Release Boomi integration packs from a program, now or on a date, and follow each release until it is done.
//!
//! A release must not be made twice by mistake. This crate repeats a failed call only if that is safe. It never repeats a
//! call that the platform may have carried out, and returns an error that says so.
//!
//! # A complete program
//!
//! `Cargo.toml`:
//!
//! ```toml
//! [package]
//! name = "release"
//! version = "0.1.0"
//! edition = "2024"
//!
//! [dependencies]
//! releasepack-client = { git = "…", features = ["blocking"] }
//! ```
//!
//! `src/main.rs`:
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # mod program {
//! use releasepack_client::blocking::Client;
//! use releasepack_client::release::{Release, WaitPolicy};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // Reads BOOMI_ACCOUNT, BOOMI_USER and BOOMI_SECRET.
//!     let client = Client::from_env()?;
//!     let release = Release::now("f0f7face-3a9d-48b1-8a32-82b84499cd4e")
//!         .component("b420a8ab-8e4e-41b2-93ce-079093a03af2", "2.0");
//!     let accepted = client.release(&release)?;
//!     println!("accepted as {}", accepted.request_id());
//!
//!     let outcome = client.wait(accepted.request_id(), WaitPolicy::default(), |progress| {
//!         println!("{progress}");
//!     })?;
//!     println!("the release is {}", outcome.status().state());
//!     Ok(())
//! }
//! # }
//! # fn main() {}
//! ```
//!
//! The module `blocking` has the same client without async, which is enough for a script or a step in CI. Asynchronous code uses
//! [`Client`] in a runtime of tokio with `enable_all`, such as that of `#[tokio::main]`: leave out the feature, add
//! `tokio = { version = "1", features = ["macros", "rt-multi-thread"] }`, and write `.await` after each call. The other examples on
//! this page are asynchronous.
//!
//! # Build a client
//!
//! A client needs the id of an account, and credentials: an API token, a user with a password, a bearer token, or a
//! [provider](Credentials::provider) of bearer tokens.
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
//! [`ClientBuilder`] has more settings: base URL, Partner API, timeouts, repeats, rate limit, a proxy, your own HTTP client.
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
//! A wait goes on through a lost connection, a busy platform, or the page of a gateway, until too many status calls in a row have
//! failed ([`WaitPolicy::max_failures`](release::WaitPolicy::max_failures)). Its pauses are random, so that waits that begin together do not ask
//! together. You can drop the wait and start it again at any time, because it only reads the status. [`Client::follow`] returns the
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
//! | 401, and the credentials are a [provider](Credentials::provider) | repeated once, with a new token | repeated once, with a new token |
//! | any other status; a fault of TLS, an unknown host, a proxy that wants a password, a provider that fails | not repeated | not repeated |
//!
//! By default, a call is repeated up to five times and for at most three minutes, after growing pauses or after the pause
//! that the server asks for (`Retry-After`) if that is longer. [`RetryPolicy`] changes all of this.
//!
//! A client makes at most five calls a second, repeats included, as the platform answers 503 above that. All clones of a client
//! share this [`RateLimit`]; a call that has to wait does so in its turn, and its wait is a part of its deadline:
//!
//! | time | begins | ends | default |
//! |---|---|---|---|
//! | [deadline](RetryPolicy::deadline) of a call | with the call | with its last attempt: waiting for the rate limit, for a token and between attempts included | three minutes |
//! | [timeout](ClientBuilder::request_timeout) of an attempt | when its turn has come | with the last byte of the response | one minute |
//!
//! ```no_run
//! use releasepack_client::{Client, Credentials, RateLimit};
//!
//! # async fn fetch() -> Result<String, std::io::Error> { Ok(String::new()) }
//! # fn main() -> Result<(), releasepack_client::BuildError> {
//! let client = Client::builder("mycompany-A1B2C3", Credentials::provider(fetch))
//!     .rate_limit(RateLimit::per_second(2))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! [`runtime::verdict`] has the whole table, and [`promises`] what the client promises and which test proves it.
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
//! # Behind a proxy, or with certificates of your own
//!
//! The client uses the proxy that the environment variable `HTTPS_PROXY` names (or `ALL_PROXY`), except for the hosts in
//! `NO_PROXY`. A user and a password go into its URL: `HTTPS_PROXY=http://user:password@proxy.example.com:3128`. A proxy sees the
//! host, but not the calls and the credentials, because they are encrypted.
//!
//! If the proxy, or a gateway, has a certificate of your own CA, add that CA to the certificates of the operating system. On Linux,
//! you can also name a file with certificates in `SSL_CERT_FILE`, which then replaces those of the system. In the program,
//! [`configure_http`](ClientBuilder::configure_http) does both:
//!
//! ```no_run
//! use releasepack_client::external::reqwest::{Certificate, Proxy};
//! use releasepack_client::{Client, Credentials};
//!
//! # #[cfg(any(feature = "rustls", feature = "native-tls"))]
//! # fn run(token: String) -> Result<(), Box<dyn std::error::Error>> {
//! let proxy = Proxy::https("http://proxy.example.com:3128")?.basic_auth("user", "password");
//! let certificate = Certificate::from_pem(&std::fs::read("ca.pem")?)?;
//! let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", token))
//!     .configure_http(move |http| http.proxy(proxy.clone()).add_root_certificate(certificate.clone()))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
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
//! | `charset` | | responses in other encodings than UTF-8, in operations that you call yourself |
//!
//! ## Without a C compiler
//!
//! The default TLS contains C code (`aws-lc-sys`), so its build needs a C compiler. There are two ways without one:
//!
//! - On Windows and macOS, `native-tls` uses what the system has. On Linux it needs the headers of OpenSSL, and a C compiler too.
//! - Build the HTTP client yourself, over a `rustls` whose cryptography has no C code, such as `rustls-graviola` (for x86-64 and
//!   64-bit Arm; `ring` has C code too):
//!
//! ```toml
//! [dependencies]
//! releasepack-client = { git = "…", default-features = false, features = ["blocking"] }
//! reqwest = { version = "0.13", default-features = false, features = ["rustls-no-provider"] }
//! rustls-graviola = "0.3"
//! ```
//!
//! Call `rustls_graviola::default_provider().install_default()` first, then pass the HTTP client to
//! [`http_client`](ClientBuilder::http_client), which lists the settings that it must have.
//!
//! # Types of other crates
//!
//! The module [`external`] has the crates whose types are in this API, in the versions that fit.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
pub mod blocking;
pub mod cassette;
pub mod client;
pub mod credentials;
pub mod drift;
mod error;
pub mod exit_code;
pub mod external;
#[rustfmt::skip]
pub mod generated;
pub mod promises;
pub mod release;
pub mod runtime;
#[cfg(feature = "sandbox")]
#[cfg_attr(docsrs, doc(cfg(feature = "sandbox")))]
pub mod sandbox;
pub mod transport;

/// Recorded conversations, for tests.
#[doc(inline)]
pub use cassette::Cassette;
/// The client, its settings, and where it sends its calls.
#[doc(inline)]
pub use client::{BuildError, Client, ClientBuilder, Region};
/// Who calls.
#[doc(inline)]
pub use credentials::Credentials;
/// What the platform sends and the API description does not have.
#[doc(inline)]
pub use drift::{Drift, DriftKind};
/// Why a call failed.
#[doc(inline)]
pub use error::{Error, ErrorKind};
/// What a program ends with.
#[doc(inline)]
pub use exit_code::ExitCode;
/// Generated from the API description.
#[doc(inline)]
pub use generated::{operations, types};
/// Whether a failed call is repeated, and how many calls may begin.
#[doc(inline)]
pub use runtime::{RateLimit, RetryPolicy};
/// What the vendor announces in headers.
#[doc(inline)]
pub use transport::Notice;
