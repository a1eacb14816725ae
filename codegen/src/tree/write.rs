//! Writes a folder of generated files: all of them or none.
//!
//! The new folder is built beside the old one and replaces it in one step, so a run that is killed leaves all old files or all
//! new files. The next run removes what a killed run leaves beside the folder. A run that fails leaves nothing there.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Difference, File, TreeError, compare, read, swap};
use crate::parallel;

/// How many files are written at the same time. A writer mostly waits for the disk, and the disk takes several files together;
/// the number of processors does not matter.
const MOST_WRITERS: usize = 8;

/// The result of [`write()`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How the folder differed before. If this is empty, nothing was touched.
    pub differences: Vec<Difference>,
    /// How many files did not change.
    pub unchanged: usize,
}

/// Writes these files to a folder and removes all other files from it.
///
/// A file that does not change keeps its bytes and its modification time. If no file changes, nothing is touched. The parent of
/// `folder` is created if it does not exist.
///
/// # Errors
///
/// [`TreeError`]; then `folder` keeps its old content.
pub fn write(folder: &Path, files: &[File]) -> Result<Written, TreeError> {
    check_paths(files)?;
    // Follows a symbolic link once: its target is replaced, not the link.
    let folder = &fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let paths = Paths::beside(folder)?;
    let _lock = paths.lock()?;
    paths.recover()?;

    let found = read(folder)?;
    let differences = compare(files, &found);
    let changed: HashSet<&str> = differences.iter().map(|it| it.path.as_str()).collect();
    let unchanged: HashSet<&str> = files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| !changed.contains(path))
        .collect();
    if !differences.is_empty() {
        build(&paths, files, &unchanged)
            .and_then(|()| paths.swap())
            .inspect_err(|_| {
                // If this fails too, the next run removes it.
                let _ = fs::remove_dir_all(&paths.new);
            })?;
        paths.sync()?;
        paths.clear()?;
    }
    Ok(Written {
        unchanged: unchanged.len(),
        differences,
    })
}

/// The paths that a run uses.
struct Paths {
    parent: PathBuf,
    folder: PathBuf,
    new: PathBuf,
    aside: PathBuf,
}

impl Paths {
    fn beside(folder: &Path) -> Result<Self, TreeError> {
        let Some(name) = folder.file_name() else {
            return Err(TreeError::NotAFolder(folder.to_owned()));
        };
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(TreeError::io("create", &parent))?;
        let beside = |suffix: &str| {
            let mut hidden = std::ffi::OsString::from(".");
            hidden.push(name);
            hidden.push(suffix);
            parent.join(hidden)
        };
        Ok(Self {
            folder: folder.to_owned(),
            new: beside(".new"),
            aside: beside(".old"),
            parent,
        })
    }

    /// Waits until no other run works here, and locks out other runs. The lock is on the parent folder, so it needs no file of
    /// its own, and the system releases it when a run is killed.
    #[cfg(unix)]
    fn lock(&self) -> Result<fs::File, TreeError> {
        use rustix::fs::{FlockOperation, flock};

        let parent = fs::File::open(&self.parent).map_err(TreeError::io("open", &self.parent))?;
        match flock(&parent, FlockOperation::LockExclusive) {
            // Some network file systems have no locks. Two runs at the same time are rare, so the run continues without.
            Ok(()) | Err(rustix::io::Errno::NOTSUP | rustix::io::Errno::NOLCK) => Ok(parent),
            Err(errno) => Err(TreeError::io("lock", &self.parent)(errno.into())),
        }
    }

    #[cfg(not(unix))]
    #[allow(
        clippy::unnecessary_wraps,
        reason = "same signature as on systems that can lock"
    )]
    fn lock(&self) -> Result<(), TreeError> {
        Ok(())
    }

    fn recover(&self) -> Result<(), TreeError> {
        swap::recover(&self.folder, &self.aside).map_err(TreeError::io("restore", &self.folder))?;
        self.clear()
    }

    fn clear(&self) -> Result<(), TreeError> {
        for left in [&self.new, &self.aside] {
            match fs::remove_dir_all(left) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(TreeError::io("remove", left)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn swap(&self) -> Result<(), TreeError> {
        let failed = TreeError::io("replace", &self.folder);
        let outcome = match fs::exists(&self.folder) {
            Ok(true) => swap::swap(&self.new, &self.folder, &self.aside),
            Ok(false) => fs::rename(&self.new, &self.folder),
            Err(error) => Err(error),
        };
        outcome.map_err(failed)
    }

    fn sync(&self) -> Result<(), TreeError> {
        sync_folder(&self.parent).map_err(TreeError::io("replace", &self.folder))
    }
}

/// Rejects paths that lead out of the folder, and duplicates: a document must not decide where files are written.
fn check_paths(files: &[File]) -> Result<(), TreeError> {
    let mut seen = HashSet::new();
    for File { path, .. } in files {
        let is_valid =
            |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        if !path.split('/').all(is_valid) || !seen.insert(path) {
            return Err(TreeError::Path(path.clone()));
        }
    }
    Ok(())
}

/// Builds the new folder completely, and writes it to the disk.
fn build(paths: &Paths, files: &[File], unchanged: &HashSet<&str>) -> Result<(), TreeError> {
    let create =
        |folder: &Path| fs::create_dir_all(folder).map_err(TreeError::io("create", folder));
    create(&paths.new)?;
    if let Ok(old) = fs::metadata(&paths.folder) {
        fs::set_permissions(&paths.new, old.permissions())
            .map_err(TreeError::io("create", &paths.new))?;
    }
    for file in files {
        let target = paths.new.join(&file.path);
        create(target.parent().unwrap_or(&paths.new))?;
    }
    let written = parallel::map(files, MOST_WRITERS, |file| {
        let target = paths.new.join(&file.path);
        if unchanged.contains(file.path.as_str()) {
            let source = paths.folder.join(&file.path);
            keep(&source, &target).map_err(TreeError::io("keep", &source))
        } else {
            write_new(&target, &file.text).map_err(TreeError::io("write", &target))
        }
    });
    written.into_iter().collect::<Result<(), _>>()?;
    sync_folder(&paths.new).map_err(TreeError::io("write", &paths.new))
}

/// Gives a file a second path, with the same bytes and modification time.
fn keep(source: &Path, target: &Path) -> io::Result<()> {
    if fs::hard_link(source, target).is_ok() {
        return Ok(());
    }
    fs::copy(source, target)?;
    let modified = fs::metadata(source)?.modified()?;
    let copy = fs::File::options().write(true).open(target)?;
    copy.set_modified(modified)?;
    copy.sync_all()
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Writes the entries of a folder to the disk. Only Unix has a call for this.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
