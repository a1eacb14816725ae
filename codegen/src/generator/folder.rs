//! The folder whose files the references of a document may name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::bundle;
use crate::generator::read::{ReadError, cannot, limited};

/// The folder whose files references may name.
pub(crate) struct Folder {
    /// The base of `path`.
    base: PathBuf,
    /// `None` for standard input, which has no folder.
    path: Option<PathBuf>,
    /// The path of the document in the folder, with `/` between the parts.
    document: String,
    sources: Vec<(String, Vec<u8>)>,
}

impl Folder {
    pub(crate) fn of(base: &Path, spec: &str) -> Self {
        let path = (spec != "-").then(|| Path::new(spec).parent().unwrap_or(Path::new("")));
        let name = Path::new(spec).file_name().unwrap_or_default();
        Self {
            base: base.to_owned(),
            path: path.map(Path::to_owned),
            document: name.to_string_lossy().into_owned(),
            sources: Vec::new(),
        }
    }

    /// The folder `root`, which must contain the document.
    pub(crate) fn below(root: &Path, spec: &str) -> Result<Self, ReadError> {
        if spec == "-" {
            return Err(ReadError::Root(
                "--root needs a document with a place: name a file with --spec instead of `-`"
                    .to_owned(),
            ));
        }
        let find = |path: &Path| {
            fs::canonicalize(path).map_err(cannot(format!("find {}", path.display())))
        };
        let folder = find(root)?;
        let spec = Path::new(spec);
        let parent = match spec.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let parent = find(parent)?;
        let Ok(below) = parent.strip_prefix(&folder) else {
            return Err(ReadError::Root(format!(
                "{} is not below {}: the root must be a folder that contains the document and all files that it refers to",
                spec.display(),
                root.display()
            )));
        };
        let document = below.join(spec.file_name().unwrap_or_default());
        let parts: Vec<_> = document.iter().map(|part| part.to_string_lossy()).collect();
        Ok(Self {
            base: PathBuf::new(),
            path: Some(root.to_owned()),
            document: parts.join("/"),
            sources: Vec::new(),
        })
    }

    /// The path of the document in the folder, with `/` between the parts.
    pub(crate) fn document(&self) -> &str {
        &self.document
    }

    /// The files that were read, with their names in diagnostics.
    pub(crate) fn sources(self) -> Vec<(String, Vec<u8>)> {
        self.sources
    }

    /// Reads a file of the folder; the caller has removed `..` from the path.
    pub(crate) fn load(&mut self, path: &str) -> Result<bundle::File, String> {
        let Some(folder) = &self.path else {
            return Err(
                "standard input has no files beside it; pass the document as a file".to_owned(),
            );
        };
        let named = folder.join(path);
        let name = named.display().to_string();
        let bytes = inside(&self.base.join(folder), &self.base.join(&named))
            .and_then(|file| limited(File::open(file)?))
            .map_err(|error| format!("cannot read {name}: {error}"))?;
        self.sources.push((name.clone(), bytes.clone()));
        Ok(bundle::File { name, bytes })
    }
}

/// Resolves symbolic links. The result must be in the folder, and a regular file: reading a pipe or a device may never end.
fn inside(folder: &Path, path: &Path) -> io::Result<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let (folder, file) = (fs::canonicalize(folder)?, fs::canonicalize(path)?);
    if !file.starts_with(folder) {
        return Err(io::Error::other(
            "it is a link that leads out of the folder that references may name",
        ));
    }
    if !file.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    Ok(file)
}
