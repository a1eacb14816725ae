//! `spec/source.yaml`: which document the fragment was sliced from, and digests of the vendor's texts in it. So the next refresh
//! sees which texts the vendor has changed, though the fragment has other texts.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use releasepack_codegen::{Document, to_yaml};
use serde_json::{Value, json};

use crate::workspace::SOURCE;
use releasepack_codegen::cli::input;
use releasepack_codegen::cli::report::{Failure, Report};

const HEADER: &str = "\
# The document that release-integration-pack.yaml was sliced from, and the digest of each of its texts that prose.yaml replaces.
# Written by `cargo xtask refresh`; do not edit.
";

/// The content of the file.
#[derive(Default)]
pub(super) struct Source {
    /// Where the document was published.
    url: Option<String>,
    date: Option<String>,
    digest: Option<String>,
    prose: Option<BTreeMap<String, String>>,
}

impl Source {
    /// Reads the file; empty if it does not exist yet.
    pub(super) fn read(root: &Path, report: &mut Report) -> Result<Self, Failure> {
        if !root.join(SOURCE).exists() {
            return Ok(Self::default());
        }
        let (name, bytes) = input::read(root, SOURCE, report)?;
        let document = Document::parse(&name, &bytes)?;
        let text = |name: &str| {
            let value = document.value().get(name).and_then(Value::as_str);
            value.map(ToOwned::to_owned)
        };
        let prose = match document.value().get("prose") {
            Some(prose) => Some(serde_json::from_value(prose.clone()).with_context(|| {
                format!("{SOURCE}: `prose` must be an object of digests; restore the file")
            })?),
            None => None,
        };
        Ok(Self {
            url: text("source"),
            date: text("date"),
            digest: text("digest"),
            prose,
        })
    }

    /// The digests of the vendor's texts, as the last refresh saw them.
    pub(super) fn prose(&self) -> Option<&BTreeMap<String, String>> {
        self.prose.as_ref()
    }

    /// The content after a refresh from the document with this digest. The date is the one of the first refresh from it.
    pub(super) fn updated(
        &self,
        url: Option<&str>,
        digest: &str,
        prose: &BTreeMap<String, String>,
    ) -> Self {
        let date = self.date.clone();
        let date = date.filter(|_| self.digest.as_deref() == Some(digest));
        Self {
            url: url.map(ToOwned::to_owned).or(self.url.clone()),
            date: Some(date.unwrap_or_else(|| jiff::Timestamp::now().strftime("%F").to_string())),
            digest: Some(digest.to_owned()),
            prose: Some(prose.clone()),
        }
    }

    pub(super) fn to_text(&self) -> String {
        let mut value = json!({});
        for (name, text) in [
            ("source", &self.url),
            ("date", &self.date),
            ("digest", &self.digest),
        ] {
            if let Some(text) = text {
                value[name] = text.as_str().into();
            }
        }
        value["prose"] = json!(self.prose);
        format!("{HEADER}{}", to_yaml(&value))
    }
}
