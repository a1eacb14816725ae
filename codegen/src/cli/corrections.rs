//! What overlays did to a document, as text and as JSON: one summary for all commands that apply them.

use crate::Applied;
use serde_json::{Value, json};

use crate::cli::report::count;

/// What each overlay did.
#[derive(Default)]
pub struct Corrections(Vec<(String, Vec<Applied>)>);

impl From<Vec<(String, Vec<Applied>)>> for Corrections {
    fn from(corrected: Vec<(String, Vec<Applied>)>) -> Self {
        Self(corrected)
    }
}

impl Corrections {
    /// A line for each action: where it stands, and how many places it changed or removed.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let actions = self.0.iter();
        let actions = actions.flat_map(|(file, actions)| actions.iter().map(move |it| (file, it)));
        actions.map(|(file, action)| {
            let verb = if action.removes { "removed" } else { "changed" };
            let (line, target) = (action.location.line, &action.target);
            let places = count(action.changed, "place");
            format!("{file}:{line}: {target}: {places} {verb}")
        })
    }

    /// An array with an object for each overlay.
    pub fn to_json(&self) -> Value {
        let overlays = self.0.iter();
        overlays
            .map(|(file, actions)| json!({"file": file, "actions": actions}))
            .collect()
    }
}
