//! Names of a document that no two things may have: those of components and of operations.

use std::collections::{HashMap, HashSet};

/// What two names must differ in where only letters and digits count: case and punctuation are lost on the way to an identifier.
pub(crate) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The names that are taken.
#[derive(Debug)]
pub(crate) struct Names {
    /// What two names must differ in.
    key: fn(&str) -> String,
    taken: HashSet<String>,
    /// The last number tried after a name, so that a thousand equal names do not try each number a thousand times.
    numbers: HashMap<String, u64>,
}

impl Names {
    pub(crate) fn new<'n>(
        key: fn(&str) -> String,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        Self {
            key,
            taken: names.into_iter().map(key).collect(),
            numbers: HashMap::new(),
        }
    }

    /// Names that differ in their letters and digits.
    pub(crate) fn folded<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(folded, names)
    }

    /// Names that are the same only if they are written alike.
    pub(crate) fn exact<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(str::to_owned, names)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(&(self.key)(name))
    }

    /// Takes a name; false if that is taken.
    pub(crate) fn claim(&mut self, name: &str) -> bool {
        self.taken.insert((self.key)(name))
    }

    /// Takes a name, or the next one with a number that is free.
    pub(crate) fn take(&mut self, name: &str) -> String {
        let name = if name.is_empty() { "Schema" } else { name };
        if self.claim(name) {
            name.to_owned()
        } else if name.ends_with(|last: char| last.is_ascii_digit()) {
            // `Line2` and a second `Line` must not both become `Line2`.
            self.number(&format!("{name}V"))
        } else {
            self.number(name)
        }
    }

    /// Takes the first of `stem2`, `stem3` and so on that is free.
    pub(crate) fn number(&mut self, stem: &str) -> String {
        loop {
            let number = self.numbers.entry((self.key)(stem)).or_insert(1);
            *number += 1;
            let name = format!("{stem}{number}");
            if self.claim(&name) {
                return name;
            }
        }
    }
}
