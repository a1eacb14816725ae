//! Reads what is in commits. All commands run in the root of a repository.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use releasepack_codegen::tree;

/// The files of a commit, or those of the working tree.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    root: PathBuf,
    /// Its id, and how the user calls it; `None` for the working tree.
    commit: Option<(String, String)>,
}

impl Files {
    /// The files of the working tree, whether they are committed or not.
    pub(crate) fn of_working_tree(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            commit: None,
        }
    }

    /// The files of a commit: a branch, a tag, or anything else that git calls a revision. `name` is what the user calls it.
    pub(crate) fn of_commit(root: &Path, revision: &str, name: &str) -> anyhow::Result<Self> {
        ensure!(
            !revision.starts_with('-'),
            "{revision} is not the name of a commit"
        );
        let wanted = format!("{revision}^{{commit}}");
        let commit = run(root, ["rev-parse", "--verify", "--quiet", &wanted])
            .with_context(|| format!("there is no commit {revision}: name a branch or a commit"))?;
        Ok(Self {
            root: root.to_owned(),
            commit: Some((commit.trim().to_owned(), name.to_owned())),
        })
    }

    /// How diagnostics call a file.
    pub(crate) fn name(&self, path: &str) -> String {
        match &self.commit {
            Some((_, name)) => format!("{name}:{path}"),
            None => path.to_owned(),
        }
    }

    /// The text of a file, with `\n` as the end of lines; `None` if there is no such file.
    pub(crate) fn text(&self, path: &str) -> anyhow::Result<Option<String>> {
        let bytes = match &self.commit {
            Some((commit, _)) => {
                let name = format!("{commit}:{path}");
                let exists = Command::new("git")
                    .current_dir(&self.root)
                    .args(["cat-file", "-e", &name])
                    .output()
                    .context("cannot run git")?;
                if !exists.status.success() {
                    return Ok(None);
                }
                bytes(&self.root, ["cat-file", "blob", &name])?
            }
            None => match std::fs::read(self.root.join(path)) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                other => other.with_context(|| format!("cannot read {path}"))?,
            },
        };
        let text = String::from_utf8(bytes).with_context(|| format!("{path} is not UTF-8"))?;
        Ok(Some(text.replace("\r\n", "\n")))
    }

    /// The Rust files of a folder and below, with paths relative to it.
    pub(crate) fn sources(&self, folder: &str) -> anyhow::Result<Vec<tree::File>> {
        let Some((commit, _)) = &self.commit else {
            return Ok(tree::read(&self.root.join(folder))?);
        };
        let list = run(
            &self.root,
            ["ls-tree", "-r", "-z", "--name-only", commit, "--", folder],
        )?;
        let mut files = Vec::new();
        for path in list.split('\0').filter(|path| is_rust(path)) {
            let inside = path.trim_start_matches(folder).trim_start_matches('/');
            let text = self.text(path)?.unwrap_or_default();
            files.push(tree::File::new(inside, text));
        }
        Ok(files)
    }
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension() == Some(OsStr::new("rs"))
}

/// The commit where this branch left the main one, and the name of the main branch.
pub(crate) fn merge_base(root: &Path) -> anyhow::Result<(String, &'static str)> {
    for main in ["main", "origin/main"] {
        if let Ok(commit) = run(root, ["merge-base", main, "HEAD"]) {
            return Ok((commit.trim().to_owned(), main));
        }
    }
    bail!(
        "there is no branch main to compare with: name a commit, for example `cargo xtask review HEAD~1`"
    )
}

/// The output of a git command.
fn run<const N: usize>(root: &Path, arguments: [&str; N]) -> anyhow::Result<String> {
    let output = bytes(root, arguments)?;
    Ok(String::from_utf8_lossy(&output).into_owned())
}

fn bytes<const N: usize>(root: &Path, arguments: [&str; N]) -> anyhow::Result<Vec<u8>> {
    let output = Command::new("git")
        .current_dir(root)
        .args(arguments)
        .output()
        .context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(output.stdout)
}
