//! Shows the differences of generated files as a patch.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use releasepack_codegen::tree::{Difference, State};
use similar::{ChangeTag, TextDiff};

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();
const FILE: Style = Style::new().bold();

/// A unified diff of files whose paths begin at the root of the workspace. Without colours, `git apply` accepts it there.
pub(crate) fn render(differences: &[Difference], coloured: bool) -> String {
    let mut patch = String::new();
    for difference in differences {
        let file = &difference.path;
        let (before, after) = (format!("a/{file}"), format!("b/{file}"));
        let (old, new) = texts(&difference.state);
        let names = match difference.state {
            State::Missing { .. } => ("/dev/null", after.as_str()),
            State::Stale { .. } => (before.as_str(), after.as_str()),
            State::Orphaned { .. } => (before.as_str(), "/dev/null"),
        };
        let diff = TextDiff::from_lines(old, new);
        let diff = diff.unified_diff().header(names.0, names.1).to_string();
        if coloured {
            colour(&diff, &mut patch);
        } else {
            patch.push_str(&diff);
        }
    }
    patch
}

/// The number of added and of removed lines.
pub(crate) fn count(state: &State) -> (usize, usize) {
    let (old, new) = texts(state);
    let diff = TextDiff::from_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

fn texts(state: &State) -> (&str, &str) {
    match state {
        State::Missing { expected } => ("", expected),
        State::Stale { found, expected } => (found, expected),
        State::Orphaned { found } => (found, ""),
    }
}

fn colour(diff: &str, patch: &mut String) {
    for line in diff.lines() {
        let style = match line.as_bytes() {
            [b'+', b'+', b'+', ..] | [b'-', b'-', b'-', ..] => FILE,
            [b'+', ..] => ADDED,
            [b'-', ..] => REMOVED,
            [b'@', ..] => PLACE,
            _ => Style::new(),
        };
        // The content of a file must not control the terminal.
        let shown = line.replace(|it: char| it.is_control() && it != '\t', "\u{FFFD}");
        let _ = writeln!(patch, "{style}{shown}{style:#}");
    }
}
