//! A typed client for releasing Boomi integration packs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
pub mod generated;
pub mod runtime;

pub use error::Error;
pub use generated::{operations, types};
