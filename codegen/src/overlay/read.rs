//! Reads an overlay and reports all its faults.

use std::collections::HashMap;

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use super::{Action, Effect, Overlay};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::pointer::Pointer;

/// The deepest nesting of brackets in a JSON path. The limit is needed because the parser is recursive.
const MAX_NESTING: usize = 32;

impl Overlay {
    /// Reads an overlay in YAML or JSON. Members whose names begin with `x-` are allowed everywhere.
    ///
    /// # Errors
    ///
    /// All faults, each with its place: a fault that [`Document::parse`] reports; a member that is missing, unknown or of the
    /// wrong type; a target that is not a valid JSON path (RFC 9535).
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let document = Document::parse(name, bytes)?;
        let mut reader = Reader {
            document: &document,
            has_copy: false,
            faults: Vec::new(),
        };
        let parts = reader.overlay(document.value());
        let faults = reader.faults;
        match parts {
            Some((title, extends, actions)) if faults.is_empty() => Ok(Self {
                document,
                title,
                extends,
                actions,
            }),
            _ => Err(faults),
        }
    }
}

struct Reader<'d> {
    document: &'d Document,
    /// Whether the overlay has version 1.1, which added `copy`.
    has_copy: bool,
    faults: Vec<Diagnostic>,
}

/// Title, `extends` with its place, and actions.
type Parts = (String, Option<(String, Pointer)>, Vec<Action>);

impl Reader<'_> {
    fn fault(&mut self, place: Pointer, message: impl Into<String>, help: &str) {
        let fault = Diagnostic::error(Code::INVALID_OVERLAY, place, message).help(help);
        self.faults.push(self.document.place(fault));
    }

    /// Adds a fault in place of the part that has it.
    fn refuse<T>(&mut self, place: Pointer, message: &str, help: &str) -> Option<T> {
        self.fault(place, message, help);
        None
    }

    fn overlay(&mut self, value: &Value) -> Option<Parts> {
        let root = Pointer::root();
        let Value::Object(members) = value else {
            let help = "begin it with `overlay: 1.0.0`";
            return self.refuse(root, "the overlay is not an object", help);
        };
        self.version(members);
        self.check_members(&root, members, &["overlay", "info", "extends", "actions"]);
        let title = self.info(members.get("info"));
        let extends = match members.get("extends") {
            None => None,
            Some(Value::String(target)) => Some((target.clone(), root.join("extends"))),
            Some(_) => {
                let help = "write a relative path or a URL";
                self.refuse(root.join("extends"), "`extends` is not a string", help)
            }
        };
        let place = root.join("actions");
        let actions = match members.get("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => actions,
            Some(_) => {
                let message = "`actions` is not an array of at least one action";
                return self.refuse(place, message, "write `- target: …` under it");
            }
            None => {
                let help = "add `actions` with at least one action";
                return self.refuse(root, "the overlay has no `actions`", help);
            }
        };
        self.check_repetitions(&place, actions);
        let actions = actions
            .iter()
            .enumerate()
            .filter_map(|(at, action)| self.action(&place.index(at), action))
            .collect();
        Some((title, extends, actions))
    }

    /// The schema of the specification does not allow two equal actions.
    fn check_repetitions(&mut self, place: &Pointer, actions: &[Value]) {
        let mut first = HashMap::new();
        for (at, action) in actions.iter().enumerate() {
            if let Some(other) = first.get(action) {
                let message = format!("this action is the same as `#{}`", place.index(*other));
                let help = "remove one of them";
                self.fault(place.index(at), message, help);
            } else {
                first.insert(action, at);
            }
        }
    }

    fn version(&mut self, members: &Map<String, Value>) {
        const HELP: &str = "write `overlay: 1.0.0` or `overlay: 1.1.0`";
        let is = |version: &str, line: &str| {
            (version.strip_prefix(line))
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let place = Pointer::root().join("overlay");
        match members.get("overlay") {
            Some(Value::String(version)) if is(version, "1.0") => {}
            Some(Value::String(version)) if is(version, "1.1") => self.has_copy = true,
            Some(Value::String(version)) => {
                self.fault(
                    place,
                    format!("Overlay {version} is not supported, only 1.0 and 1.1"),
                    HELP,
                );
            }
            Some(_) => self.fault(place, "the version of the overlay is not a string", HELP),
            None => self.fault(
                Pointer::root(),
                "this is not an overlay: it has no member `overlay`",
                HELP,
            ),
        }
    }

    fn info(&mut self, info: Option<&Value>) -> String {
        const HELP: &str = "write `info: {title: …, version: …}`, both as strings";
        let place = Pointer::root().join("info");
        let Some(Value::Object(info)) = info else {
            self.fault(
                place,
                "the overlay has no `info`, or it is not an object",
                HELP,
            );
            return String::new();
        };
        self.check_members(&place, info, &["title", "version", "description"]);
        for name in ["title", "version"] {
            if !info.get(name).is_some_and(Value::is_string) {
                self.fault(
                    place.join(name),
                    format!("`info` has no `{name}`, or it is not a string"),
                    HELP,
                );
            }
        }
        info.get("title")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    }

    fn action(&mut self, place: &Pointer, action: &Value) -> Option<Action> {
        const HELP: &str = "an action must have a `target` and either `update` or `remove: true`";
        const HELP_1_1: &str =
            "an action must have a `target` and one of `update`, `copy` and `remove: true`";
        let help = if self.has_copy { HELP_1_1 } else { HELP };
        let Value::Object(members) = action else {
            return self.refuse(place.clone(), "this action is not an object", help);
        };
        let mut known = vec!["target", "description", "update", "remove"];
        known.extend(self.has_copy.then_some("copy"));
        self.check_members(place, members, &known);
        let description = match members.get("description") {
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => {
                let place = place.join("description");
                self.refuse(place, "the description is not a string", help)
            }
            None => None,
        };
        let effect = self.effect(place, members, help);
        let (target, path) = match members.get("target") {
            Some(Value::String(target)) => {
                (target.clone(), self.path(&place.join("target"), target)?)
            }
            Some(_) => {
                return self.refuse(place.join("target"), "the target is not a string", help);
            }
            None => return self.refuse(place.clone(), "this action has no target", help),
        };
        Some(Action {
            pointer: place.clone(),
            target,
            path,
            description,
            effect: effect?,
        })
    }

    /// `remove: true` has priority over `update`, and `update` over `copy`.
    fn effect(
        &mut self,
        place: &Pointer,
        members: &Map<String, Value>,
        help: &str,
    ) -> Option<Effect> {
        match members.get("remove") {
            Some(Value::Bool(true)) => return Some(Effect::Remove),
            None | Some(Value::Bool(false)) => {}
            Some(_) => {
                let place = place.join("remove");
                return self.refuse(place, "`remove` is not `true` or `false`", help);
            }
        }
        if let Some(update) = members.get("update") {
            return Some(Effect::Update(update.clone()));
        }
        match members.get("copy").filter(|_| self.has_copy) {
            Some(Value::String(source)) => {
                let path = self.path(&place.join("copy"), source)?;
                Some(Effect::Copy(path))
            }
            Some(_) => self.refuse(place.join("copy"), "`copy` is not a string", help),
            None => {
                let message = if self.has_copy {
                    "this action has none of `update`, `copy` and `remove: true`"
                } else {
                    "this action has neither `update` nor `remove: true`"
                };
                self.refuse(place.clone(), message, help)
            }
        }
    }

    fn path(&mut self, place: &Pointer, target: &str) -> Option<JsonPath> {
        let (at, message) = match nested_too_deep(target) {
            Some(at) => (
                at,
                format!("brackets are nested deeper than {MAX_NESTING} levels"),
            ),
            None => match JsonPath::parse(target) {
                Ok(path) => return Some(path),
                Err(error) => (error.position(), error.message().to_owned()),
            },
        };
        let noun = match place.last().as_deref() {
            Some("copy") => "`copy`",
            _ => "the target",
        };
        let message = format!("{noun} is not a valid JSON path (RFC 9535): {message}");
        let help = "begin the path with `$`; write a name with other characters than letters, digits and `_` as `['like this']`";
        let fault = Diagnostic::error(Code::INVALID_JSON_PATH, place.clone(), message);
        let mut fault = self.document.place(fault.help(help));
        if let Some(location) = &mut fault.location {
            location.column += self.column_of(place, target, at);
        }
        self.faults.push(fault);
        None
    }

    /// The distance, in characters, from the place of a string to its byte `at`. It is 0 if the text of the string differs from
    /// its value, because it has escapes or several lines.
    fn column_of(&self, place: &Pointer, target: &str, at: usize) -> u32 {
        let location = self.document.locate(place);
        let line = self.document.text().lines().nth(location.line as usize - 1);
        let written = line
            .unwrap_or_default()
            .char_indices()
            .nth(location.column as usize - 1)
            .map_or("", |(begin, _)| &line.unwrap_or_default()[begin..]);
        let quote = usize::from(written.starts_with(['"', '\'']));
        if !written[quote..].starts_with(target) {
            return 0;
        }
        let before = target
            .char_indices()
            .take_while(|(index, _)| *index < at)
            .count();
        u32::try_from(quote + before).unwrap_or(0)
    }

    fn check_members(&mut self, place: &Pointer, members: &Map<String, Value>, known: &[&str]) {
        for name in members.keys() {
            if !name.starts_with("x-") && !known.contains(&name.as_str()) {
                let message =
                    format!("the Overlay Specification does not define a member `{name}` here");
                let help = format!(
                    "the known members are {}; your own members must begin with `x-`",
                    known.join(", ")
                );
                self.fault(place.join(name), message, &help);
            }
        }
    }
}

fn nested_too_deep(target: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in target.char_indices() {
        match character {
            '(' | '[' | '!' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            return Some(at);
        }
    }
    None
}
