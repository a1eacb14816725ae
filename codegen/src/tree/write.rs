//! Writes a folder of generated files: all of them or none.
//!
//! The new folder is built beside the old one and takes its place in one step, so a run that is killed leaves the whole
//! old set or the whole new one. What it leaves beside the folder, the next run clears away; one that fails leaves nothing.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Difference, File, TreeError, compare, read, swap};
use crate::parallel;

/// How many files are written at the same time. Most of the time each waits for the disk, whatever the number of processors, and
/// the disk takes several together.
const MOST_WRITERS: usize = 8;

/// What [`write()`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How the folder differed before; empty when nothing was touched.
    pub differences: Vec<Difference>,
    /// How many files stayed as they were.
    pub unchanged: usize,
}

/// Makes a folder hold these files and no others.
///
/// A file that need not change keeps its bytes and its modification time; when none need change, nothing is touched. The
/// folder that holds `folder` is made if it is not there.
///
/// # Errors
///
/// [`TreeError`]; `folder` holds then what it held before.
pub fn write(folder: &Path, files: &[File]) -> Result<Written, TreeError> {
    check_paths(files)?;
    // A link is followed once, here: the folder that it leads to is exchanged, not the link.
    let folder = &fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let place = Place::beside(folder)?;
    let _lock = place.lock()?;
    place.recover()?;

    let found = read(folder)?;
    let differences = compare(files, &found);
    let changed: HashSet<&str> = differences.iter().map(|it| it.path.as_str()).collect();
    let unchanged: HashSet<&str> = files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| !changed.contains(path))
        .collect();
    if !differences.is_empty() {
        build(&place, files, &unchanged)
            .and_then(|()| place.swap())
            .inspect_err(|_| {
                // If this fails too, the next run does it.
                let _ = fs::remove_dir_all(&place.new);
            })?;
        place.sync()?;
        place.clear()?;
    }
    Ok(Written {
        unchanged: unchanged.len(),
        differences,
    })
}

/// The folder and the names beside it that a run uses.
struct Place {
    parent: PathBuf,
    folder: PathBuf,
    new: PathBuf,
    aside: PathBuf,
}

impl Place {
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

    /// Lets one run at a time work here. The lock is on the folder that holds ours, so it leaves nothing behind, and the
    /// system lets go of it when a run dies.
    #[cfg(unix)]
    fn lock(&self) -> Result<fs::File, TreeError> {
        use rustix::fs::{FlockOperation, flock};

        let parent = fs::File::open(&self.parent).map_err(TreeError::io("open", &self.parent))?;
        match flock(&parent, FlockOperation::LockExclusive) {
            // Not every network file system has locks; two runs at once are rare enough to go on without.
            Ok(()) | Err(rustix::io::Errno::NOTSUP | rustix::io::Errno::NOLCK) => Ok(parent),
            Err(errno) => Err(TreeError::io("lock", &self.parent)(errno.into())),
        }
    }

    #[cfg(not(unix))]
    #[allow(
        clippy::unnecessary_wraps,
        reason = "the signature is that of the systems that lock"
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

/// Refuses paths that lead out of the folder, and doubled ones: what a document says must not choose where we write.
fn check_paths(files: &[File]) -> Result<(), TreeError> {
    let mut seen = HashSet::new();
    for File { path, .. } in files {
        let is_sound =
            |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        if !path.split('/').all(is_sound) || !seen.insert(path) {
            return Err(TreeError::Path(path.clone()));
        }
    }
    Ok(())
}

/// The new folder, complete and on the disk.
fn build(place: &Place, files: &[File], unchanged: &HashSet<&str>) -> Result<(), TreeError> {
    let create =
        |folder: &Path| fs::create_dir_all(folder).map_err(TreeError::io("create", folder));
    create(&place.new)?;
    if let Ok(old) = fs::metadata(&place.folder) {
        fs::set_permissions(&place.new, old.permissions())
            .map_err(TreeError::io("create", &place.new))?;
    }
    for file in files {
        let target = place.new.join(&file.path);
        create(target.parent().unwrap_or(&place.new))?;
    }
    let written = parallel::map(files, MOST_WRITERS, |file| {
        let target = place.new.join(&file.path);
        if unchanged.contains(file.path.as_str()) {
            let source = place.folder.join(&file.path);
            keep(&source, &target).map_err(TreeError::io("keep", &source))
        } else {
            write_new(&target, &file.text).map_err(TreeError::io("write", &target))
        }
    });
    written.into_iter().collect::<Result<(), _>>()?;
    sync_folder(&place.new).map_err(TreeError::io("write", &place.new))
}

/// The same file under another name: its bytes, ends of lines and modification time are those of the old one.
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

/// The names in a folder reach the disk; only Unix lets a program ask for that.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
