//! Changes, with the operations that they reach and their places in both documents.

use std::fmt;

use crate::bundle::Place;

use super::rule::Rule;
use super::sample::Samples;

/// One change of the API.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of change.
    pub rule: &'static Rule,
    /// What changed: `ReleaseIntegrationPack.releaseNotes`, `GET /pets`.
    pub subject: String,
    /// The change, in one line: "+ `releaseNotes?: string`".
    pub what: String,
    /// Where it is used, in the order of the operations. A change of a shared schema is one change with many uses.
    pub uses: Vec<Use>,
    /// The place in the old document; `None` if the node is new.
    pub base: Option<Place>,
    /// The place in the new document; `None` if the node is gone.
    pub revision: Option<Place>,
    /// JSON that shows it, if it breaks calls.
    pub samples: Option<Samples>,
    /// Identifies the change: it stays the same when other parts of the documents change or lines move.
    pub fingerprint: String,
}

/// A part of an operation that a change reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Use {
    /// Method and path: `POST /pets/{id}`.
    pub operation: String,
    /// The part: `request`, `parameter limit`, `200`; empty for the whole operation.
    pub part: String,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
}

impl Direction {
    /// Its name in reports for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

impl fmt::Display for Use {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.operation)?;
        if !self.part.is_empty() {
            write!(f, " {}", self.part)?;
        }
        Ok(())
    }
}
