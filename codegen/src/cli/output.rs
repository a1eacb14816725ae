//! Writes documents to standard output or to a file. A file is written completely or not at all.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::{Format, to_json, to_yaml};
use anyhow::Context;
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
    let context = || format!("cannot write {}", path.display());
    if fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".releasepack-");
    #[cfg(unix)]
    builder.permissions(permissions(path));
    let mut file = builder.tempfile_in(folder).with_context(context)?;
    file.write_all(text.as_bytes()).with_context(context)?;
    file.as_file().sync_all().with_context(context)?;
    file.persist(path).with_context(context)?;
    Ok(())
}

/// The permissions of the file that is replaced. Everybody can read a new file, which is the usual default.
#[cfg(unix)]
fn permissions(path: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).map_or_else(
        |_| fs::Permissions::from_mode(0o644),
        |metadata| metadata.permissions(),
    )
}
