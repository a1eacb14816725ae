//! Writes one file: all of it or nothing.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::TreeError;

/// Replaces a file in one step. A file that already has this content is not touched.
///
/// # Errors
///
/// [`TreeError::Io`]; then the file keeps its old content.
///
/// ```
/// let folder = std::env::temp_dir();
/// let path = folder.join("releasepack-example.txt");
/// releasepack_codegen::tree::write_file(&path, "pets")?;
/// assert_eq!(std::fs::read_to_string(&path)?, "pets");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn write_file(path: &Path, text: &str) -> Result<(), TreeError> {
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
    let failed = || TreeError::io("write", path);
    let mut file = builder.tempfile_in(folder).map_err(failed())?;
    file.write_all(text.as_bytes()).map_err(failed())?;
    file.as_file().sync_all().map_err(failed())?;
    file.persist(path).map_err(|error| failed()(error.error))?;
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
