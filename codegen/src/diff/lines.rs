//! Lines of an outline: which item each is about, and what its change means for code that uses it.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::rule::Bump;

/// The kind and the path of the item of a line: `field types::Pet.age`.
pub(super) fn name(line: &str) -> &str {
    let (kind, rest) = line.split_once(' ').unwrap_or(("", line));
    let is_end = |(index, character): (usize, char)| {
        let rest = &rest[index..];
        let ends = matches!(character, '(' | '<' | ' ') || (rest.starts_with(": "));
        ends.then_some(index)
    };
    let end = rest.char_indices().find_map(is_end).unwrap_or(rest.len());
    &line[..kind.len() + usize::from(!kind.is_empty()) + end]
}

/// The path of the item of a line: `types::Pet.age`.
fn path(line: &str) -> &str {
    let name = name(line);
    name.split_once(' ').map_or(name, |(_, path)| path)
}

/// The path of the type that a line declares.
pub(super) fn type_path(line: &str) -> Option<&str> {
    let is_type = line.starts_with("struct ") || line.starts_with("enum ");
    is_type.then(|| path(line))
}

/// The path of the type that a field, a variant or a method belongs to.
pub(super) fn owner(line: &str) -> Option<&str> {
    let is_member = ["field ", "variant ", "fn "];
    if !is_member.iter().any(|kind| line.starts_with(kind)) {
        return None;
    }
    let path = path(line);
    let field = path.rsplit_once('.');
    field
        .or_else(|| path.rsplit_once("::"))
        .map(|(owner, _)| owner)
}

/// The bump that the change of an item needs.
pub(super) fn bump(before: &str, after: &str) -> Bump {
    let deprecated = " (deprecated)";
    let plain = (
        before.trim_end_matches(deprecated),
        after.trim_end_matches(deprecated),
    );
    if plain.0 == plain.1 || has_only_more_traits(plain.0, plain.1) {
        return Bump::Minor;
    }
    if without_wire(plain.0) == without_wire(plain.1) {
        return Bump::Patch;
    }
    match (Signature::of(plain.0), Signature::of(plain.1)) {
        (Some(old), Some(new)) if old.differs_in_names_only(&new) => Bump::Patch,
        _ => Bump::Major,
    }
}

/// A field or a variant without its name or value in JSON: `variant types::Kind::Cat = "cat"`. That is no matter of the compiler.
fn without_wire(line: &str) -> &str {
    let has_wire = line.starts_with("field ") || line.starts_with("variant ");
    let plain = line.split_once(" = \"").map(|(plain, _)| plain);
    plain.filter(|_| has_wire).unwrap_or(line)
}

/// Whether a type lost no trait and has the same attributes: `struct types::Pet: Clone + Debug`.
fn has_only_more_traits(before: &str, after: &str) -> bool {
    let split = |line: &str| -> Option<(String, HashSet<String>)> {
        type_path(line)?;
        let (name, traits) = line.split_once(": ")?;
        let traits = traits.split(" + ").map(str::to_owned).collect();
        Some((name.to_owned(), traits))
    };
    let (Some((old, before_traits)), Some((new, after_traits))) = (split(before), split(after))
    else {
        return false;
    };
    old == new && before_traits.is_subset(&after_traits)
}

/// The signature of a function, with the names of its arguments apart.
struct Signature<'l> {
    before: &'l str,
    arguments: Vec<(&'l str, &'l str)>,
    after: &'l str,
}

impl<'l> Signature<'l> {
    /// `None` if the line is not about a function, or has arguments without names.
    fn of(line: &'l str) -> Option<Self> {
        let start = line.starts_with("fn ").then(|| line.find('('))?? + 1;
        let (mut depth, mut end, mut from) = (0, None, start);
        let mut parts = Vec::new();
        let mut last = ' ';
        for (index, character) in line[start..].char_indices() {
            let index = start + index;
            match character {
                ')' if depth == 0 => {
                    end = Some(index);
                    break;
                }
                '(' | '<' | '[' => depth += 1,
                '>' if last == '-' => {}
                ')' | '>' | ']' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(&line[from..index]);
                    from = index + 1;
                }
                _ => {}
            }
            last = character;
        }
        let end = end?;
        parts.push(&line[from..end]);
        let arguments = parts.into_iter().map(|part| match part.trim() {
            plain @ ("self" | "&self" | "&mut self" | "mut self" | "") => Some(("", plain)),
            argument => argument.split_once(": "),
        });
        Some(Self {
            before: &line[..start],
            arguments: arguments.collect::<Option<_>>()?,
            after: &line[end..],
        })
    }

    /// Callers do not write the names of arguments. But if arguments of the same type changed places, what compiles means something
    /// else: so no old name may be at another place.
    fn differs_in_names_only(&self, new: &Self) -> bool {
        let types = |it: &Self| -> Vec<String> {
            it.arguments
                .iter()
                .map(|(_, kind)| (*kind).to_owned())
                .collect()
        };
        let names = |it: &Self| -> Vec<String> {
            it.arguments
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect()
        };
        let (old_names, new_names) = (names(self), names(new));
        let mut moved = new_names.iter().enumerate().filter(|(index, name)| {
            let old = old_names.iter().position(|old| old == *name);
            !name.is_empty() && old.is_some_and(|old| old != *index)
        });
        self.before == new.before
            && self.after == new.after
            && types(self) == types(new)
            && moved.next().is_none()
    }
}

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
        let name = name(line);
        let module = path(line).split_once("::").map_or("", |(module, _)| module);
        let resolved = self.types(&line[name.len()..], module, &mut BTreeSet::new());
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
    fn a_line_is_about_an_item_and_a_member_belongs_to_its_type() {
        assert_eq!(
            name("field types::Pet.age: Option<i32>"),
            "field types::Pet.age"
        );
        assert_eq!(
            name("fn types::Pet::new(age: i64) -> Self"),
            "fn types::Pet::new"
        );
        assert_eq!(owner("field types::Pet.age: i32"), Some("types::Pet"));
        assert_eq!(owner("variant types::Pet::Cat(Cat)"), Some("types::Pet"));
        assert_eq!(owner("const operations::ADD: Operation"), None);
        assert_eq!(type_path("struct types::Pet: Clone"), Some("types::Pet"));
    }

    #[test]
    fn names_of_arguments_do_not_break_callers_unless_arguments_changed_places() {
        let one = "fn Client::get(&self, id: &str, of: impl Fn(i32) -> i64) -> Get<'_>";
        assert_eq!(bump(one, &one.replace("id:", "key:")), Bump::Patch);
        assert_eq!(bump(one, &one.replace("&str", "i64")), Bump::Major);
        assert_eq!(bump(one, &one.replace("i64)", "i32)")), Bump::Major);
        let names = "fn types::Name::new(first: String, last: String) -> Self";
        let swapped = "fn types::Name::new(last: String, first: String) -> Self";
        let shifted = "fn types::Name::new(initial: String, first: String) -> Self";
        assert_eq!(bump(names, swapped), Bump::Major);
        assert_eq!(bump(names, shifted), Bump::Major);
    }

    #[test]
    fn values_in_json_do_not_break_callers() {
        let line = "variant types::Pet::Cat(Cat)";
        assert_eq!(
            bump(&format!("{line} = \"cat\""), &format!("{line} = \"tom\"")),
            Bump::Patch
        );
        assert_eq!(bump(line, "variant types::Pet::Cat(Dog)"), Bump::Major);
    }

    #[test]
    fn a_deprecation_and_a_trait_more_are_minor() {
        let line = "fn Client::get(&self) -> Get<'_>";
        assert_eq!(bump(line, &format!("{line} (deprecated)")), Bump::Minor);
        assert_eq!(
            bump("struct types::A: Clone", "struct types::A: Clone + Default"),
            Bump::Minor
        );
        assert_eq!(
            bump("struct types::A: Clone + Default", "struct types::A: Clone"),
            Bump::Major
        );
    }

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
