//! Puts a new folder in the place of another.

use std::fs;
use std::io;
use std::path::Path;

/// Puts the folder `new` where `folder` is, and what was there where `new` was or at `aside`.
///
/// One step where the system knows how to exchange two names. Elsewhere two, between which there is no folder:
/// [`recover`] mends that.
pub(super) fn swap(new: &Path, folder: &Path, aside: &Path) -> io::Result<()> {
    match exchange(new, folder) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => step_aside(new, folder, aside),
        outcome => outcome,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE).map_err(|errno| {
        // What old kernels, and file systems that have no exchange, say.
        if matches!(errno, Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) {
            io::ErrorKind::Unsupported.into()
        } else {
            errno.into()
        }
    })
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn step_aside(new: &Path, folder: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(folder, aside)?;
    fs::rename(new, folder).inspect_err(|_| {
        // If this fails too, the next run does it.
        let _ = fs::rename(aside, folder);
    })
}

/// Mends what a run left that was killed: the folder that stepped aside comes back when nothing took its place.
pub(super) fn recover(folder: &Path, aside: &Path) -> io::Result<()> {
    // The folder aside is whole then: it is taken apart only when the new one is in its place.
    if !fs::exists(folder)? && fs::exists(aside)? {
        fs::rename(aside, folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(root: &Path) -> [std::path::PathBuf; 3] {
        ["new", "folder", "aside"].map(|name| root.join(name))
    }

    #[test]
    fn a_system_without_exchange_ends_with_the_new_folder_in_place() {
        let root = tempfile::tempdir().unwrap();
        let [new, folder, aside] = folders(root.path());
        fs::create_dir(&new).unwrap();
        fs::create_dir(&folder).unwrap();
        fs::write(new.join("new.rs"), "").unwrap();
        fs::write(folder.join("old.rs"), "").unwrap();
        step_aside(&new, &folder, &aside).unwrap();
        assert!(folder.join("new.rs").exists() && aside.join("old.rs").exists());
        recover(&folder, &aside).unwrap();
        assert!(folder.join("new.rs").exists());
    }

    #[test]
    fn a_run_that_died_between_the_two_steps_is_undone() {
        let root = tempfile::tempdir().unwrap();
        let [_, folder, aside] = folders(root.path());
        fs::create_dir(&aside).unwrap();
        fs::write(aside.join("old.rs"), "").unwrap();
        recover(&folder, &aside).unwrap();
        assert!(folder.join("old.rs").exists() && !aside.exists());
    }

    #[test]
    fn a_new_folder_that_is_not_there_leaves_the_old_one_in_place() {
        let root = tempfile::tempdir().unwrap();
        let [new, folder, aside] = folders(root.path());
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("old.rs"), "").unwrap();
        assert!(step_aside(&new, &folder, &aside).is_err());
        assert!(folder.join("old.rs").exists());
    }
}
