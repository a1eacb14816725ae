//! A typed client for releasing Boomi integration packs.
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
