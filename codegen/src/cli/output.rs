//! Writes documents to standard output or to a file. A file is written completely or not at all.

use std::path::Path;

use crate::{Format, to_json, to_yaml, tree};
use serde_json::Value;

use crate::cli::report::print;

/// Writes a document. The extension of the file decides between JSON and YAML; without one, and on standard output, `format`
/// is used.
pub fn document(value: &Value, out: Option<&Path>, format: Format) -> anyhow::Result<()> {
    let extension = out.and_then(Path::extension).and_then(|it| it.to_str());
    let format = match extension {
        Some("json") => Format::Json,
        Some("yaml" | "yml") => Format::Yaml,
        _ => format,
    };
    let text = match format {
        Format::Json => to_json(value),
        Format::Yaml => to_yaml(value),
    };
    match out {
        Some(path) => file(path, &text),
        None => Ok(print(&text)?),
    }
}

/// Replaces a file in one step. A file that already has this content is not touched.
pub fn file(path: &Path, text: &str) -> anyhow::Result<()> {
    Ok(tree::write_file(path, text)?)
}
