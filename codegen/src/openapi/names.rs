//! Unique names, for components and operations.

use std::collections::{HashMap, HashSet};

/// A name without case and punctuation, which are lost in Rust identifiers. Two folded names must differ.
pub(crate) fn folded(name: &str) -> String {
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The names that are in use.
#[derive(Debug)]
pub(crate) struct Names {
    /// The part of a name that must be unique.
    key: fn(&str) -> String,
    taken: HashSet<String>,
    /// The last number that was tried after a name. Without it, a thousand equal names would try each number a thousand times.
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

    /// Names that must differ in their letters and digits.
    pub(crate) fn folded<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(folded, names)
    }

    /// Names that must differ in any character.
    pub(crate) fn exact<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self::new(str::to_owned, names)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(&(self.key)(name))
    }

    /// Takes a name; `false` if it is already taken.
    pub(crate) fn claim(&mut self, name: &str) -> bool {
        self.taken.insert((self.key)(name))
    }

    /// Takes a name, or the name with a number if it is already taken.
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
