//! A copy of the files of the workspace that commands read and write, and runs of commands on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use releasepack_codegen::tree;

pub(crate) const SPEC: &str = "spec/release-integration-pack.yaml";
pub(crate) const GENERATED: &str = "generated-client/src/generated";

pub(crate) struct Workspace {
    root: tempfile::TempDir,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for folder in ["spec", "xtask", GENERATED] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        for entry in fs::read_dir(real.join("spec")).unwrap() {
            let entry = entry.unwrap();
            let text = fs::read_to_string(entry.path()).unwrap();
            let copy = root.path().join("spec").join(entry.file_name());
            fs::write(copy, text.replace("\r\n", "\n")).unwrap();
        }
        let files = tree::read(&real.join(GENERATED)).unwrap();
        tree::write(&root.path().join(GENERATED), &files).unwrap();
        Self { root }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// A command of xtask for the copy.
    pub(crate) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .arg(name)
            // Cargo sets this to the path of the package; here it is the path of the copy.
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .current_dir(self.path("spec"));
        command
    }
}

/// The result of a command.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
