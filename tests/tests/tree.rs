//! The folder of generated files: it is compared, written in one step, and complete even if the writer is killed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use releasepack_codegen::tree::{self, File, State, TreeError};

fn files(texts: &[(&str, &str)]) -> Vec<File> {
    let files = texts.iter();
    files.map(|(path, text)| File::new(*path, *text)).collect()
}

fn old() -> Vec<File> {
    files(&[
        ("mod.rs", "mod types;\n"),
        ("types/mod.rs", "// old\n"),
        ("gone.rs", "// old\n"),
    ])
}

fn new() -> Vec<File> {
    files(&[
        ("mod.rs", "mod types;\n"),
        ("types/mod.rs", "// new\n"),
        ("types/pack.rs", "// new\n"),
    ])
}

/// The files of a folder with their modification times.
fn stamps(folder: &Path) -> BTreeMap<String, SystemTime> {
    let files = tree::read(folder).unwrap().into_iter();
    let stamps = files.map(|file| {
        let metadata = fs::metadata(folder.join(&file.path)).unwrap();
        (file.path, metadata.modified().unwrap())
    });
    stamps.collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn sorted(mut files: Vec<File>) -> Vec<File> {
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Sets every modification time to a day long ago, which a touched file does not have.
fn age(folder: &Path) {
    for path in stamps(folder).keys() {
        let file = fs::File::options()
            .write(true)
            .open(folder.join(path))
            .unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400))
            .unwrap();
    }
}

#[test]
fn the_first_run_creates_the_folder_and_its_parents() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("src/generated");
    let written = tree::write(&folder, &new()).unwrap();
    assert_eq!(tree::read(&folder).unwrap(), sorted(new()));
    assert_eq!((written.differences.len(), written.unchanged), (3, 0));
    assert_eq!(names(folder.parent().unwrap()), ["generated"]);
}

#[test]
fn a_second_run_touches_nothing() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &new()).unwrap();
    age(&folder);
    let before = (stamps(&folder), fs::metadata(&folder).unwrap().modified());
    let written = tree::write(&folder, &new()).unwrap();
    assert_eq!(written.differences, []);
    let after = (stamps(&folder), fs::metadata(&folder).unwrap().modified());
    assert_eq!(
        (before.0, before.1.unwrap()),
        (after.0, after.1.unwrap()),
        "nothing was to be done"
    );
}

#[test]
fn only_changed_files_are_written_and_orphaned_files_are_removed() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &old()).unwrap();
    age(&folder);
    let before = stamps(&folder);
    let written = tree::write(&folder, &new()).unwrap();
    let after = stamps(&folder);
    assert_eq!(tree::read(&folder).unwrap(), sorted(new()));
    assert_eq!(before["mod.rs"], after["mod.rs"]);
    assert_ne!(before["types/mod.rs"], after["types/mod.rs"]);
    let paths: Vec<_> = written.differences.iter().map(|it| &it.path).collect();
    assert_eq!(paths, ["gone.rs", "types/mod.rs", "types/pack.rs"]);
    assert!(matches!(
        written.differences[0].state,
        State::Orphaned { .. }
    ));
}

#[test]
fn a_checkout_with_other_ends_of_lines_is_fresh() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    let text = "mod a;\nmod b;\n";
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("mod.rs"), text.replace('\n', "\r\n")).unwrap();
    let written = tree::write(&folder, &files(&[("mod.rs", text)])).unwrap();
    assert_eq!(written.differences, []);
    let kept = fs::read_to_string(folder.join("mod.rs")).unwrap();
    assert_eq!(kept, "mod a;\r\nmod b;\r\n");
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    for path in [
        "../x.rs", "/x.rs", "a/./x.rs", "", "a//x.rs", "..\\x.rs", "c:x.rs",
    ] {
        let refused = tree::write(&folder, &files(&[(path, "")])).unwrap_err();
        assert!(matches!(refused, TreeError::Path(refused) if refused == path));
    }
    let doubled = files(&[("a.rs", "1"), ("a.rs", "2")]);
    assert!(tree::write(&folder, &doubled).is_err());
    assert_eq!(names(root.path()), Vec::<String>::new());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_kept_and_reported() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    fs::write(&folder, "mine").unwrap();
    let refused = tree::write(&folder, &new()).unwrap_err();
    assert!(refused.to_string().ends_with("generated is not a folder"));
    assert_eq!(fs::read_to_string(&folder).unwrap(), "mine");
}

#[test]
fn a_run_that_cannot_write_keeps_the_old_files() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &old()).unwrap();
    // One path is a file and a folder at once, so building the new set fails half-way.
    let clash = files(&[("a", "1"), ("mod.rs", "2"), ("a/b.rs", "3")]);
    assert!(tree::write(&folder, &clash).is_err());
    assert_eq!(tree::read(&folder).unwrap(), sorted(old()));
    tree::write(&folder, &new()).unwrap();
    assert_eq!(names(root.path()), ["generated"], "the remains are gone");
}

#[test]
fn a_run_that_fails_leaves_nothing_beside_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &old()).unwrap();
    // One name cannot be that of a file and of a folder.
    let both = files(&[("a", "text\n"), ("a/b", "text\n")]);
    assert!(matches!(
        tree::write(&folder, &both),
        Err(TreeError::Io { .. })
    ));
    assert_eq!(tree::read(&folder).unwrap(), sorted(old()));
    assert_eq!(names(root.path()), ["generated"]);
}

#[test]
fn a_folder_that_a_killed_run_moved_aside_is_restored() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &old()).unwrap();
    age(&folder);
    let before = stamps(&folder);
    fs::rename(&folder, root.path().join(".generated.old")).unwrap();
    let written = tree::write(&folder, &old()).unwrap();
    assert_eq!(written.differences, []);
    assert_eq!(stamps(&folder), before);
}

#[cfg(unix)]
#[test]
fn the_target_of_a_link_is_replaced_and_the_link_stays() {
    let root = tempfile::tempdir().unwrap();
    let (folder, link) = (root.path().join("real"), root.path().join("link"));
    tree::write(&folder, &old()).unwrap();
    std::os::unix::fs::symlink(&folder, &link).unwrap();
    tree::write(&link, &new()).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(tree::read(&folder).unwrap(), sorted(new()));
}

#[test]
fn writers_at_the_same_time_leave_one_complete_set() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    std::thread::scope(|scope| {
        for set in [old(), new(), old(), new()] {
            let folder = &folder;
            scope.spawn(move || {
                for _ in 0..20 {
                    tree::write(folder, &set).unwrap();
                }
            });
        }
    });
    let found = tree::read(&folder).unwrap();
    assert!(found == sorted(old()) || found == sorted(new()));
    assert_eq!(names(root.path()), ["generated"]);
}

/// Set for the child process of the next test: where it writes.
const WRITER: &str = "RELEASEPACK_TREE_WRITER";
/// How often that child is killed.
const KILLS: u32 = 150;

#[test]
fn the_folder_is_complete_whenever_its_writer_is_killed() {
    if let Some(folder) = std::env::var_os(WRITER) {
        write_until_killed(Path::new(&folder));
    }
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("generated");
    tree::write(&folder, &old()).unwrap();
    let mut remains = 0;
    for round in 0..KILLS {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args([
                "the_folder_is_complete_whenever_its_writer_is_killed",
                "--exact",
                "--nocapture",
            ])
            .env(WRITER, &folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(writer.stdout.take().unwrap());
        let begun = output
            .lines()
            .any(|line| line.unwrap().ends_with("writing"));
        assert!(begun, "the writer has started to write");
        // Kills the writer at different moments of its two writes.
        std::thread::sleep(Duration::from_micros(u64::from(round * 97 % 4001)));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let found = tree::read(&folder).unwrap();
        assert!(
            found == sorted(old()) || found == sorted(new()),
            "round {round}: {found:#?}"
        );
        remains += u32::from(names(root.path()).len() > 1);
    }
    assert!(remains > 0, "no kill happened during a write");
    tree::write(&folder, &new()).unwrap();
    assert_eq!(tree::read(&folder).unwrap(), sorted(new()));
    assert_eq!(names(root.path()), ["generated"]);
}

fn write_until_killed(folder: &Path) -> ! {
    println!("writing");
    loop {
        tree::write(folder, &old()).unwrap();
        tree::write(folder, &new()).unwrap();
    }
}
