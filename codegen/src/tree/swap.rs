//! Replaces a folder by a new one.

use std::fs;
use std::io;
use std::path::Path;

/// Moves the folder `new` to `folder`. The old folder moves to the path of `new`, or to `aside`.
///
/// This is one step on systems that can exchange two paths. On other systems it is two steps, and a run that is killed between
/// them leaves no folder at `folder`; [`recover`] repairs this.
pub(super) fn swap(new: &Path, folder: &Path, aside: &Path) -> io::Result<()> {
    match exchange(new, folder) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => {
            rename_twice(new, folder, aside)
        }
        outcome => outcome,
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, folder: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    renameat_with(CWD, new, CWD, folder, RenameFlags::EXCHANGE).map_err(|errno| {
        // The errors of old kernels, and of file systems that cannot exchange paths.
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

fn rename_twice(new: &Path, folder: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(folder, aside)?;
    fs::rename(new, folder).inspect_err(|_| {
        // If this fails too, the next run repairs it.
        let _ = fs::rename(aside, folder);
    })
}

/// Repairs the folder after a run that was killed: if there is no `folder`, moves the old folder back from `aside`.
pub(super) fn recover(folder: &Path, aside: &Path) -> io::Result<()> {
    // The folder at `aside` is complete: it is only deleted after the new folder has taken its place.
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
        rename_twice(&new, &folder, &aside).unwrap();
        assert!(folder.join("new.rs").exists() && aside.join("old.rs").exists());
        recover(&folder, &aside).unwrap();
        assert!(folder.join("new.rs").exists());
    }

    #[test]
    fn a_run_that_was_killed_between_the_two_steps_is_undone() {
        let root = tempfile::tempdir().unwrap();
        let [_, folder, aside] = folders(root.path());
        fs::create_dir(&aside).unwrap();
        fs::write(aside.join("old.rs"), "").unwrap();
        recover(&folder, &aside).unwrap();
        assert!(folder.join("old.rs").exists() && !aside.exists());
    }

    #[test]
    fn a_missing_new_folder_leaves_the_old_one_in_place() {
        let root = tempfile::tempdir().unwrap();
        let [new, folder, aside] = folders(root.path());
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("old.rs"), "").unwrap();
        assert!(rename_twice(&new, &folder, &aside).is_err());
        assert!(folder.join("old.rs").exists());
    }
}
