//! Aliases of types in an outline.

use std::collections::{BTreeSet, HashMap};

use super::item::path;

/// The aliases of an outline: `type types::Names = Vec<String>`.
pub(super) struct Aliases<'o>(HashMap<&'o str, &'o str>);

impl<'o> Aliases<'o> {
    pub(super) fn of(outline: &'o str) -> Self {
        let aliases = outline.lines().filter_map(|line| {
            let (path, target) = line.strip_prefix("type ")?.split_once(" = ")?;
            Some((path, target))
        });
        Self(aliases.collect())
    }

    /// A line with the types themselves instead of their aliases. The item that it is about keeps its name.
    pub(super) fn resolve(&self, line: &str) -> String {
        if self.0.is_empty() {
            return line.to_owned();
        }
        let item = path(line);
        let (name, rest) = line.split_at(line.find(item).map_or(0, |at| at + item.len()));
        let module = item.split_once("::").map_or("", |(module, _)| module);
        let resolved = self.types(rest, module, &mut BTreeSet::new());
        format!("{name}{resolved}")
    }

    /// A type with the targets of its aliases. Inside a module, its types have no path.
    fn types(&self, text: &str, module: &str, open: &mut BTreeSet<String>) -> String {
        let is_part = |character: char| character.is_alphanumeric() || "_:".contains(character);
        let mut resolved = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let end = rest[start..]
                .find(|it| !is_part(it))
                .map_or(rest.len(), |it| start + it);
            let word = &rest[start..end];
            let path = if word.contains("::") {
                word.to_owned()
            } else {
                format!("{module}::{word}")
            };
            resolved.push_str(&rest[..start]);
            match self.0.get(path.as_str()) {
                // A circle of aliases is not Rust, but an outline may come from anywhere.
                Some(target) if open.insert(path.clone()) => {
                    let inside = path.rsplit_once("::").map_or("", |(module, _)| module);
                    resolved.push_str(&self.types(target, inside, open));
                    open.remove(&path);
                }
                _ => resolved.push_str(word),
            }
            rest = &rest[end..];
        }
        resolved.push_str(rest);
        resolved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_the_same_as_their_types() {
        let outline =
            "type types::Names = Vec<Name>\ntype types::Name = String\ntype types::Loop = Loop\n";
        let aliases = Aliases::of(outline);
        assert_eq!(
            aliases.resolve("fn operations::Get::send(self) -> Vec<types::Names>"),
            "fn operations::Get::send(self) -> Vec<Vec<String>>"
        );
        assert_eq!(
            aliases.resolve("field types::Name.name: Option<Name>"),
            "field types::Name.name: Option<String>"
        );
        assert_eq!(
            aliases.resolve("field types::A.b: Loop"),
            "field types::A.b: Loop"
        );
    }
}
