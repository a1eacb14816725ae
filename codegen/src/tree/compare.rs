//! Compares the files of a folder with the files that it should have.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{File, TreeError};

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path of the file in the folder.
    pub path: String,
    /// How the file differs.
    pub state: State,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The file does not exist, but should.
    Missing {
        /// The content that it should have.
        expected: String,
    },
    /// The file has another content.
    Stale {
        /// The content that it has, with `\n` at the ends of lines.
        found: String,
        /// The content that it should have.
        expected: String,
    },
    /// The file exists, but is not generated.
    Orphaned {
        /// The content that it has, with `\n` at the ends of lines.
        found: String,
    },
}

/// The files in a folder and its subfolders, sorted by path. A folder that does not exist has no files. Bytes that are not UTF-8
/// become replacement characters.
///
/// # Errors
///
/// [`TreeError::Io`] if something cannot be read, [`TreeError::NotAFolder`] if `folder` is not a folder.
pub fn read(folder: &Path) -> Result<Vec<File>, TreeError> {
    let mut files = Vec::new();
    match fs::metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(TreeError::io("read", folder)(error)),
        Ok(found) if !found.is_dir() => return Err(TreeError::NotAFolder(folder.to_owned())),
        Ok(_) => {}
    }
    collect(folder, "", &mut files)?;
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<(), TreeError> {
    for entry in fs::read_dir(folder).map_err(TreeError::io("read", folder))? {
        let entry = entry.map_err(TreeError::io("read", folder))?;
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(TreeError::io("read", &path))?;
        if kind.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else if kind.is_file() {
            let bytes = fs::read(&path).map_err(TreeError::io("read", &path))?;
            files.push(File::new(name, String::from_utf8_lossy(&bytes)));
        } else {
            // The target of a link is not in the folder.
            files.push(File::new(name, ""));
        }
    }
    Ok(())
}

/// The differences between the expected files and the files that were found, sorted by path. `\r\n` counts as `\n`.
///
/// ```
/// use releasepack_codegen::tree::{self, File, State};
///
/// let expected = [File::new("mod.rs", "mod a;\n"), File::new("a.rs", "")];
/// let found = [File::new("mod.rs", "mod a;\r\n"), File::new("b.rs", "")];
/// let differences = tree::compare(&expected, &found);
/// assert_eq!(differences[0].path, "a.rs");
/// assert!(matches!(differences[0].state, State::Missing { .. }));
/// assert_eq!(differences[1].path, "b.rs");
/// assert!(matches!(differences[1].state, State::Orphaned { .. }));
/// assert_eq!(differences.len(), 2);
/// ```
#[must_use]
pub fn compare(expected: &[File], found: &[File]) -> Vec<Difference> {
    let expected = by_path(expected);
    let found = by_path(found);
    let paths: BTreeSet<&str> = expected.keys().chain(found.keys()).copied().collect();
    let differences = paths.into_iter().filter_map(|path| {
        let state = match (expected.get(path), found.get(path)) {
            (Some(expected), None) => State::Missing {
                expected: (*expected).to_owned(),
            },
            (Some(expected), Some(found)) => {
                let found = plain_lines(found);
                if found == *expected {
                    return None;
                }
                State::Stale {
                    found,
                    expected: (*expected).to_owned(),
                }
            }
            (None, Some(found)) => State::Orphaned {
                found: plain_lines(found),
            },
            (None, None) => return None,
        };
        Some(Difference {
            path: path.to_owned(),
            state,
        })
    });
    differences.collect()
}

fn by_path(files: &[File]) -> BTreeMap<&str, &str> {
    let texts = files.iter();
    texts
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect()
}

fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}
