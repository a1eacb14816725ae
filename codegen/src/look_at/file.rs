//! The names in a file.

use std::collections::HashSet;

use super::subject::{Kind, Name, Subject};
use super::tokens::{self, Token};

/// A file of hand-written code.
pub(super) struct File<'t> {
    tokens: Vec<Token<'t>>,
    /// The statements with `use`: where each begins and ends.
    imports: Vec<(usize, usize)>,
}

impl<'t> File<'t> {
    pub(super) fn read(text: &'t str) -> Self {
        let tokens = tokens::read(text);
        let mut imports = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            let is_start =
                index == 0 || matches!(tokens[index - 1].text, ";" | "}" | "{" | ")" | "]" | "pub");
            if token.text == "use" && is_start {
                let length = tokens[index..].iter().position(|it| it.text == ";");
                imports.push((index, index + length.unwrap_or(0)));
            }
        }
        Self { tokens, imports }
    }

    /// The names of functions and public fields that the file declares.
    pub(super) fn declared(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.tokens
            .windows(3)
            .enumerate()
            .filter_map(|(index, window)| {
                let [before, name, after] = window else {
                    return None;
                };
                let is_function = before.text == "fn";
                let is_field = matches!(before.text, "pub" | ")")
                    && after.text == ":"
                    && self.text(index + 3) != Some(":")
                    && (before.text == "pub" || self.is_after_pub(index));
                (name.is_name() && (is_function || is_field)).then_some(name.text)
            })
    }

    /// Whether the `)` at a position ends `pub(crate)`.
    fn is_after_pub(&self, close: usize) -> bool {
        let start = self.tokens[..close].iter().rposition(|it| it.text == "(");
        start.is_some_and(|it| it > 0 && self.tokens[it - 1].text == "pub")
    }

    fn text(&self, index: usize) -> Option<&'t str> {
        self.tokens.get(index).map(|it| it.text)
    }

    /// Where the file names what a change is about. `declared` has the names of hand-written functions and fields.
    pub(super) fn mentions(
        &self,
        subject: &Subject<'_>,
        declared: &HashSet<&str>,
    ) -> Vec<Token<'t>> {
        let positions = match &subject.kind {
            Kind::Item(name) => self.uses(*name),
            Kind::Variant(owner, variant) => self.parts(*owner, variant),
            Kind::Match(owner) => self.matches(*owner),
            Kind::Field(owner, name) | Kind::Function(owner, name) => {
                let mut found = self.parts(*owner, name);
                if !self.uses(*owner).is_empty() || !declared.contains(name) {
                    found.extend(self.accesses(name));
                }
                if let Kind::Field(..) = subject.kind {
                    found.extend(self.in_literals(*owner, name));
                }
                found
            }
        };
        positions.into_iter().map(|it| self.tokens[it]).collect()
    }

    /// Where an item is named: in code, or only in an import if nothing else in the file names it.
    fn uses(&self, name: Name<'_>) -> Vec<usize> {
        let all = self.tokens.iter().enumerate();
        let named = all
            .filter(|(_, token)| token.text == name.name)
            .map(|it| it.0);
        let (imports, code): (Vec<usize>, Vec<usize>) =
            named.partition(|it| self.is_in_import(*it));
        let imports: Vec<usize> = imports
            .into_iter()
            .filter(|it| self.imports_from(*it, name.module))
            .collect();
        let is_imported = !imports.is_empty() || self.imports_all_of(name.module);
        let code: Vec<usize> = code
            .into_iter()
            .filter(|it| match self.segment_before(*it) {
                Some(before) => {
                    before == name.module
                        || (name.module.is_empty()
                            && matches!(before, "crate" | "releasepack_client"))
                }
                None => is_imported && !self.is_declaration(*it) && !self.is_access(*it),
            })
            .collect();
        if code.is_empty() { imports } else { code }
    }

    /// The segment of a path before a name: `types` in `types::Pet`.
    fn segment_before(&self, index: usize) -> Option<&'t str> {
        let is_path =
            index >= 3 && self.tokens[index - 1].text == ":" && self.tokens[index - 2].text == ":";
        is_path.then(|| self.tokens[index - 3].text)
    }

    fn is_declaration(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|it| self.text(it));
        matches!(
            before,
            Some("struct" | "enum" | "trait" | "type" | "fn" | "mod")
        )
    }

    fn is_access(&self, index: usize) -> bool {
        let before = |back: usize| index.checked_sub(back).and_then(|it| self.text(it));
        before(1) == Some(".") && before(2) != Some(".")
    }

    fn is_in_import(&self, index: usize) -> bool {
        self.imports
            .iter()
            .any(|(start, end)| (*start..*end).contains(&index))
    }

    /// Whether the import around a name is of this module.
    fn imports_from(&self, index: usize, module: &str) -> bool {
        let around = self
            .imports
            .iter()
            .find(|(start, end)| (*start..*end).contains(&index));
        around.is_some_and(|(start, _)| {
            let mut before = self.tokens[*start..index].iter().map(|it| it.text);
            match module {
                "" => before.any(|it| matches!(it, "crate" | "super" | "releasepack_client")),
                module => before.any(|it| it == module),
            }
        })
    }

    /// Whether the file has `use types::*`.
    fn imports_all_of(&self, module: &str) -> bool {
        !module.is_empty()
            && self.imports.iter().any(|(start, end)| {
                let import = &self.tokens[*start..*end];
                import
                    .windows(4)
                    .any(|it| it[0].text == module && it[3].text == "*")
            })
    }

    /// Where a part of an item is named by its path: `Status::Done`.
    fn parts(&self, owner: Name<'_>, part: &str) -> Vec<usize> {
        let owners = self.uses(owner);
        let parts = owners.into_iter().filter(|owner| {
            self.text(owner + 1) == Some(":")
                && self.text(owner + 2) == Some(":")
                && self.text(owner + 3) == Some(part)
        });
        parts.collect()
    }

    /// Where `.name` is.
    fn accesses(&self, name: &str) -> Vec<usize> {
        let named = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(_, it)| it.text == name);
        named
            .map(|it| it.0)
            .filter(|it| self.is_access(*it))
            .collect()
    }

    /// Where a field is in a literal or a pattern: `Pet { name: ... }`.
    fn in_literals(&self, owner: Name<'_>, name: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for owner in self.uses(owner) {
            if self.text(owner + 1) != Some("{") {
                continue;
            }
            let mut depth = 0_usize;
            for (index, token) in self.tokens.iter().enumerate().skip(owner + 1) {
                match token.text {
                    "{" | "(" | "[" => depth += 1,
                    "}" | ")" | "]" => depth -= 1,
                    text if text == name && depth == 1 => {
                        let is_first = matches!(self.text(index - 1), Some("{" | ","));
                        if is_first && matches!(self.text(index + 1), Some(":" | "," | "}")) {
                            found.push(index);
                        }
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        found
    }

    /// Where a `match` has an arm with a value of an enum.
    fn matches(&self, owner: Name<'_>) -> Vec<usize> {
        let arms = self.uses(owner).into_iter().filter(|owner| {
            self.text(owner + 1) == Some(":")
                && self.text(owner + 2) == Some(":")
                && self.is_pattern(owner + 4)
        });
        arms.filter_map(|arm| self.match_around(arm)).collect()
    }

    /// Whether the tokens from here end the pattern of an arm. They may begin inside it: `Some(Status::Done, _) =>`.
    fn is_pattern(&self, mut index: usize) -> bool {
        let (mut depth, mut is_in_list) = (0_usize, false);
        while let Some(text) = self.text(index) {
            match text {
                "(" | "{" | "[" => depth += 1,
                ")" | "]" if depth == 0 => is_in_list = false,
                "}" | ";" | "." | "?" if depth == 0 => return false,
                ")" | "}" | "]" => depth -= 1,
                "," if depth == 0 => is_in_list = true,
                "=" if depth == 0 => return self.text(index + 1) == Some(">") && !is_in_list,
                "if" if depth == 0 => return !is_in_list,
                _ => {}
            }
            index += 1;
        }
        false
    }

    /// The `match` whose arms a token is among.
    fn match_around(&self, index: usize) -> Option<usize> {
        let mut depth = 0_usize;
        let mut before = index;
        while let Some(next) = before.checked_sub(1) {
            before = next;
            match self.tokens[before].text {
                "}" | ")" | "]" => depth += 1,
                "(" | "[" if depth == 0 => {}
                "{" if depth == 0 => {
                    let head = self.tokens[..before].iter().enumerate().rev();
                    let mut head = head.take_while(|(_, it)| !matches!(it.text, ";" | "{" | "}"));
                    return head.find(|(_, it)| it.text == "match").map(|it| it.0);
                }
                "{" | "(" | "[" => depth -= 1,
                _ => {}
            }
        }
        None
    }
}
