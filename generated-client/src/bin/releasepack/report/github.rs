//! What a GitHub workflow reads: annotations, and the outputs of a step.

use std::fs::OpenOptions;
use std::io::Write as _;

use super::one_line;

/// The line of an annotation. Line breaks of the text stay, as the workflow writes them.
pub(super) fn annotation(kind: &str, text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D");
    format!("::{kind} title=releasepack::{}", text.replace('\n', "%0A"))
}

/// Sets an output of the step, if this is a step.
pub(super) fn output(name: &str, value: &str) {
    let Some(path) = std::env::var_os("GITHUB_OUTPUT") else {
        return;
    };
    let file = OpenOptions::new().append(true).create(true).open(path);
    // One line: a line break in a value would set another output.
    let line = format!("{name}={}\n", one_line(value));
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    if let Err(error) = written {
        super::write_error(&format!("warning: GITHUB_OUTPUT: {error}"));
    }
}
