//! `releasepack-codegen diff --git-driver`: shows in `git diff` what a change of a document means.

use std::path::Path;

use crate::diff::compare;
use crate::{Bundle, Document};

use crate::cli::input;
use crate::cli::report::{Failure, Outcome, Report, print};

/// How git calls the missing side of a file that was added or removed.
const NOTHING: &str = "/dev/null";

/// Prints the page of two versions of a file. `arguments` are those that git gives to the command of a driver: the path, then a file,
/// an object id and a mode for the old and for the new version. It never fails, because git would stop at the first such file.
pub fn run(arguments: &[String], report: &mut Report) -> Result<Outcome, Failure> {
    let [path, old, old_id, _, new, new_id, ..] = arguments else {
        let message =
            "--git-driver takes the arguments that git gives to the command of a diff driver";
        return Err(anyhow::anyhow!(message).into());
    };
    let page = match (old.as_str(), new.as_str()) {
        (NOTHING, _) => format!("{path} was added\n"),
        (_, NOTHING) => format!("{path} was removed\n"),
        (old, new) => {
            let name = |id: &str| format!("{path} at {}", short(id));
            let base = document(old, &name(old_id), report);
            let revision = document(new, &name(new_id), report);
            match base.and_then(|base| Ok(compare(&base, &revision?)?)) {
                Ok(diff) => diff.to_markdown(&name(old_id), &name(new_id)),
                Err(failure) => {
                    report.failed(failure);
                    format!("{path} changed; `git diff --no-ext-diff` shows its lines\n")
                }
            }
        }
    };
    print(&page)?;
    Ok(Outcome::Done)
}

/// The id of the working tree's version is all zeros, or the one that it would have.
fn short(id: &str) -> &str {
    if id.chars().all(|it| it == '0') {
        "the working tree"
    } else {
        id.get(..7).unwrap_or(id)
    }
}

fn document(file: &str, name: &str, report: &mut Report) -> Result<Bundle, Failure> {
    let (_, bytes) = input::read(Path::new(""), file, report)?;
    report.source(name, &bytes);
    let document = Document::parse(name, &bytes)?;
    let value = document.value().clone();
    Ok(input::alone(document, value))
}
