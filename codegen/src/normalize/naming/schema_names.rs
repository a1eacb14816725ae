//! Names for schemas that have none.

use std::collections::{HashMap, HashSet};

use heck::ToUpperCamelCase as _;

/// A word or several in Pascal case, of letters and digits alone: `installation_type` → `InstallationType`.
pub(crate) fn pascal(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|character| {
            if character.is_alphanumeric() {
                character
            } else {
                ' '
            }
        })
        .collect();
    spaced.to_upper_camel_case()
}

/// What two names must differ in: case and punctuation are lost on the way to an identifier.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The name of one of several: `statuses` → `status`; `None` where the word does not look like a plural.
pub(crate) fn singular(plural: &str) -> Option<String> {
    let lower = plural.to_ascii_lowercase();
    let cut = |count: usize| plural[..plural.len() - count].to_owned();
    if lower.len() < 4 || !lower.is_ascii() {
        return None;
    }
    if lower.ends_with("series") || lower.ends_with("news") || lower.ends_with("species") {
        return None;
    }
    if lower.ends_with("ies") {
        return Some(cut(3) + "y");
    }
    if ["sses", "shes", "ches", "xes", "zzes", "uses"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        return Some(cut(2));
    }
    let is_singular = ["ss", "us", "is", "as"]
        .iter()
        .any(|end| lower.ends_with(end));
    (lower.ends_with('s') && !is_singular).then(|| cut(1))
}

/// A title that can name a type: a few plain words.
pub(crate) fn from_title(title: &str) -> Option<String> {
    let title = title.trim();
    let is_plain = title.len() <= 40
        && title.starts_with(|first: char| first.is_ascii_alphabetic())
        && title
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || " _-".contains(character))
        && title.split_whitespace().count() <= 4
        // FastAPI titles bodies `Response Read Items Items Get`.
        && !title.starts_with("Response ");
    is_plain.then(|| pascal(title))
}

/// The names that are taken.
#[derive(Default)]
pub(crate) struct Taken {
    folded: HashSet<String>,
    /// The last number tried after a name, so that a thousand equal names do not try each number a thousand times.
    numbers: HashMap<String, u64>,
}

impl Taken {
    pub(crate) fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            folded: names.into_iter().map(folded).collect(),
            numbers: HashMap::new(),
        }
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.folded.contains(&folded(name))
    }

    /// Takes a name, or the next one with a number that is free.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let name = if name.is_empty() { "Schema" } else { name };
        if self.folded.insert(folded(name)) {
            return name.to_owned();
        }
        // `Line2` and a second `Line` must not both become `Line2`.
        let stem = if name.ends_with(|last: char| last.is_ascii_digit()) {
            format!("{name}V")
        } else {
            name.to_owned()
        };
        loop {
            let number = self.numbers.entry(stem.clone()).or_insert(1);
            *number += 1;
            let name = format!("{stem}{number}");
            if self.folded.insert(folded(&name)) {
                return name;
            }
        }
    }
}
