//! A document to compare: a file, standard input, or a file of a commit, and what gives the files beside it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::generator::folder::Folder;
use crate::generator::read::limited;
use crate::{Bundle, Document, File, bundle_below};
use anyhow::{Context, ensure};
use serde_json::Value;

use crate::cli::input;
use crate::cli::report::{Failure, Report};

/// A document before its overlays.
pub struct Source {
    pub document: Document,
    beside: Beside,
}

/// Where the files beside a document are.
enum Beside {
    Folder(Folder),
    /// The revision, and the path of the document there.
    Commit(String, String),
}

impl Source {
    /// Reads a document: the path of a file, `-`, or `REV:PATH`. A file with such a name has priority.
    pub fn read(name: &str, report: &mut Report) -> Result<Self, Failure> {
        report.step(&format!("reading {name}"))?;
        let Some((revision, path)) = in_commit(name) else {
            let (shown, bytes) = input::read(input::here(), name, report)?;
            return Ok(Self {
                document: input::checked(&shown, &bytes, report)?,
                beside: Beside::Folder(Folder::of(input::here(), name)),
            });
        };
        ensure_revision(revision)?;
        let bytes = show(name)?;
        report.source(name, &bytes);
        Ok(Self {
            document: input::checked(name, &bytes, report)?,
            beside: Beside::Commit(revision.to_owned(), path.to_owned()),
        })
    }

    /// The document with its corrected value and the files that it refers to. References that cannot be followed are reported as
    /// warnings: what has them is compared as it is written.
    pub fn bundle(self, value: Value, report: &mut Report) -> Result<Bundle, Failure> {
        report.step("following references into other files")?;
        let mut sources = Vec::new();
        let bundle = match self.beside {
            Beside::Folder(mut folder) => {
                let path = folder.document().to_owned();
                let bundle = bundle_below(self.document, &path, value, |path| folder.load(path));
                sources = folder.sources();
                bundle
            }
            Beside::Commit(revision, path) => {
                let (folder, file) = path.rsplit_once('/').map_or(("", path.as_str()), |it| it);
                bundle_below(self.document, file, value, |path| {
                    let separator = if folder.is_empty() { "" } else { "/" };
                    let name = format!("{revision}:{folder}{separator}{path}");
                    let bytes = show(&name).map_err(|error| format!("{error:#}"))?;
                    sources.push((name.clone(), bytes.clone()));
                    Ok(File { name, bytes })
                })
            }
        };
        for (name, bytes) in sources {
            report.source(&name, &bytes);
        }
        report.end_step()?;
        report.diagnostics(bundle.faults())?;
        Ok(bundle)
    }
}

/// The revision and the path of a file of a commit: `main:spec/api.yaml`.
fn in_commit(name: &str) -> Option<(&str, &str)> {
    let (revision, path) = name.split_once(':')?;
    let is_file = revision.is_empty() || path.is_empty() || Path::new(name).exists();
    (!is_file).then_some((revision, path))
}

fn ensure_revision(revision: &str) -> anyhow::Result<()> {
    ensure!(
        !revision.starts_with('-'),
        "{revision} is not the name of a commit"
    );
    Ok(())
}

/// The text of a file of a commit. Reads no more than a document may have.
fn show(name: &str) -> anyhow::Result<Vec<u8>> {
    let mut git = Command::new("git")
        .args(["show", "--end-of-options", name])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run git")?;
    let output = git.stdout.take().map_or(Ok(Vec::new()), limited);
    let bytes = output.context("cannot read the output of git")?;
    let end = git.wait_with_output().context("cannot run git")?;
    // A file that is too long ends the command early, which `Document` reports.
    let is_cut = bytes.len() > crate::MAX_BYTES;
    ensure!(
        end.status.success() || is_cut,
        "git has no {name}: {}",
        String::from_utf8_lossy(&end.stderr).trim()
    );
    Ok(bytes)
}
