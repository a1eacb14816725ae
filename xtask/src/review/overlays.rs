//! What became of the actions of the overlay.

use releasepack_codegen::{Applied, Diagnostic};

use crate::git::Files;
use crate::workspace::OVERLAY;

/// The table of corrections, a row for each action of the overlay, in its order.
const README: &str = "spec/README.md";

/// An action that does something else than in the base.
#[derive(Clone, Debug)]
pub(super) struct Note {
    /// The line of the action in the overlay of the revision; for one that is gone, `None`.
    pub(super) line: Option<u32>,
    pub(super) text: String,
    /// Whether the overlay must be corrected.
    pub(super) is_fault: bool,
}

/// What the overlay did to a document.
pub(super) struct Effects {
    pub(super) applied: Vec<Applied>,
    pub(super) faults: Vec<Diagnostic>,
}

/// Compares what the overlays did. `files` are those of the revision.
pub(super) fn compare(
    base: &Effects,
    revision: &Effects,
    files: &Files,
) -> anyhow::Result<Vec<Note>> {
    let rows = rows(&files.text(README)?.unwrap_or_default());
    let mut actions: Vec<u32> = revision.applied.iter().map(|it| it.location.line).collect();
    let faults = revision.faults.iter();
    actions.extend(faults.filter_map(|it| it.location.map(|it| it.line)));
    actions.sort_unstable();
    let row = |line: u32| {
        let index = actions.iter().position(|it| *it == line);
        let row = index.and_then(|index| rows.get(index));
        row.map_or_else(String::new, |row| format!(", and its line {README}:{row}"))
    };
    let mut notes = Vec::new();
    for fault in &revision.faults {
        let line = fault.location.map(|it| it.line);
        let row = line.map_or_else(String::new, row);
        notes.push(Note {
            line,
            text: format!(
                "{}. If the published document no longer has the fault, remove the action{row}",
                fault.message
            ),
            is_fault: true,
        });
    }
    for action in &revision.applied {
        let before = base.applied.iter().find(|it| it.target == action.target);
        let text = match before {
            None => format!(
                "`{}`: a new action{}",
                action.target,
                row(action.location.line)
            ),
            Some(before) if before.matched < action.matched => format!(
                "`{}` matches {} places, {} before: see whether it is right for all of them",
                action.target, action.matched, before.matched
            ),
            Some(before) if before.matched > action.matched => format!(
                "`{}` matches only {} of {} places",
                action.target, action.matched, before.matched
            ),
            Some(_) => continue,
        };
        notes.push(Note {
            line: Some(action.location.line),
            text,
            is_fault: false,
        });
    }
    let targets: Vec<&str> = revision
        .applied
        .iter()
        .map(|it| it.target.as_str())
        .collect();
    let is_faulty = |action: &Applied| {
        let name = format!("`{}`", action.target);
        revision.faults.iter().any(|it| it.message.contains(&name))
    };
    for action in &base.applied {
        if !targets.contains(&action.target.as_str()) && !is_faulty(action) {
            notes.push(Note {
                line: None,
                text: format!("`{}`: the action is gone", action.target),
                is_fault: false,
            });
        }
    }
    Ok(notes)
}

impl Note {
    /// Where the action is.
    pub(super) fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{OVERLAY}:{line}"),
            None => OVERLAY.to_owned(),
        }
    }

    pub(super) fn to_markdown(&self) -> String {
        format!("{}: {}", self.place(), self.text)
    }
}

/// The number of actions that have no row, or of rows without an action: a sentence, if they are not equally many.
pub(super) fn owed(revision: &Effects, files: &Files) -> anyhow::Result<Option<String>> {
    let rows = rows(&files.text(README)?.unwrap_or_default()).len();
    let actions = revision.applied.len() + revision.faults.len();
    Ok((rows != actions).then(|| {
        format!(
            "{README}: a row in the table of corrections for each action of {OVERLAY}, in its order ({rows} rows, {actions} actions)"
        )
    }))
}

/// The lines of the rows below the heading of the corrections.
fn rows(readme: &str) -> Vec<usize> {
    let lines = readme.lines().enumerate();
    let below = lines.skip_while(|(_, line)| *line != "## The corrections");
    let table = below.skip_while(|(_, line)| !line.starts_with('|'));
    table
        .take_while(|(_, line)| line.starts_with('|'))
        .skip(2)
        .map(|(index, _)| index + 1)
        .collect()
}
