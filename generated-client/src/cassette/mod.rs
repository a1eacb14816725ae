//! Cassettes: record a conversation with the platform into a file, and replay it in a test.
//!
//! [`ClientBuilder::record`](crate::ClientBuilder::record) records, [`ClientBuilder::replay`](crate::ClientBuilder::replay) and
//! [`Cassette`] replay. A test that replays needs no network and no account, and the client behaves as it did: with its repeats,
//! its errors and its pauses.
//!
//! ```no_run
//! use releasepack_client::{Client, Credentials};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! // Once, with the real platform:
//! let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
//!     .record("tests/pack.jsonl")
//!     .build()?;
//! client.pack("f0f7face").await?;
//!
//! // In the test, with any account and any credentials:
//! let client = Client::builder("any", Credentials::api_token("me@example.com", "any-token"))
//!     .replay("tests/pack.jsonl")
//!     .build()?;
//! client.pack("f0f7face").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is in the file
//!
//! JSON, a value a line. The first line names the format and its version; each other line is one attempt of a call, in the order in
//! which the attempts ended:
//!
//! ```text
//! {"format":"releasepack-cassette","version":1}
//! {"request":{"operation":"GetPublisherIntegrationPack","method":"GET","path":"/PublisherIntegrationPack/f0f7face"},
//!  "response":{"status":200,"headers":[["content-type","application/json"]],"body":"{…}"}}
//! ```
//!
//! (each on one line). All members of the second kind of line:
//!
//! | member | |
//! |---|---|
//! | `request.operation` | the id of the operation; only for readers |
//! | `request.method`, `request.path` | the path below the base URL, so without the account |
//! | `request.query` | if there is one, without `overrideAccount` |
//! | `request.body`, or `request.body_base64` if it is not UTF-8 | if there is one |
//! | `response.status`, `response.headers` | each header is a pair |
//! | `response.body`, or `response.body_base64` | as far as it arrived |
//! | `response.is_complete` | `false` if the body broke off |
//! | `error.kind`, `error.message` | if no complete response came; then `response` has the part that came, if one did |
//!
//! # Secrets
//!
//! What is never written: headers of requests, so no credentials and no one-time codes; and headers of responses that are there for
//! cookies, tokens and keys. The client's credentials are removed from paths, queries, headers, bodies and messages in all spellings
//! in which a server may repeat them ([`Redactor`](crate::runtime::Redactor)), and the ids of the account and of the overridden account
//! are replaced by `account`. Ids of packs and components, names and request ids are kept: the test needs them. Read a cassette
//! before you publish it.

mod entry;
mod record;
mod replay;

use std::path::PathBuf;

pub use replay::Cassette;

pub(crate) use record::{Recorder, Scrub};

/// A cassette cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[error("the cassette {}: {fault}", .path.display())]
pub struct CassetteError {
    path: PathBuf,
    fault: Fault,
}

#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("{0}")]
    File(#[source] std::io::Error),
    #[error("its first line does not name the format releasepack-cassette in version 1")]
    Format,
    #[error("line {0} is not an exchange: {1}")]
    Line(usize, String),
}

impl CassetteError {
    fn new(path: impl Into<PathBuf>, fault: Fault) -> Self {
        Self {
            path: path.into(),
            fault,
        }
    }
}
