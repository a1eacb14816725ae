//! Converts references that use `$id`, `$anchor` or `$dynamicAnchor` to pointers into the document.
//!
//! A dynamic reference is resolved at its own place: a type cannot depend on the schema that it is used from.

use std::collections::HashMap;

use serde_json::Value;

use crate::normalize::log::Log;
use crate::openapi::walk;

pub(super) fn apply(document: &mut Value, log: &mut Log) {
    let mut index = Index::default();
    walk::top_down(document, |schema, place| index.add(schema, place.as_str()));
    if !index.is_used {
        return;
    }
    walk::objects(document, |members, place| {
        for dynamic in ["$dynamicRef", "$recursiveRef"] {
            if let Some(value) = members.shift_remove(dynamic) {
                members.entry("$ref").or_insert(value);
                log.change(
                    &place.pointer(),
                    format!("`{dynamic}` was resolved at its place"),
                );
            }
        }
        let Some(Value::String(text)) = members.get_mut("$ref") else {
            return;
        };
        if let Some(target) = index.resolve(text, place.as_str()) {
            let target = format!("#{target}");
            if *text != target {
                log.change(
                    &place.pointer(),
                    format!("`{text}` was replaced by `{target}`"),
                );
                *text = target;
            }
        }
    });
}

#[derive(Default)]
struct Index {
    /// The place of each anchor, by its component and its name.
    anchors: HashMap<(String, String), String>,
    /// The places of anchors whose names are unique in the document.
    unique: HashMap<String, Option<String>>,
    ids: HashMap<String, String>,
    is_used: bool,
}

impl Index {
    fn add(&mut self, schema: &Value, place: &str) {
        let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
        self.is_used |= schema.get("$dynamicRef").is_some()
            || schema.get("$recursiveRef").is_some()
            || text("$ref") == Some("#");
        for keyword in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = text(keyword) {
                self.is_used = true;
                let key = (root_of(place).to_owned(), name.to_owned());
                self.anchors.entry(key).or_insert_with(|| place.to_owned());
                self.unique
                    .entry(name.to_owned())
                    .and_modify(|other| *other = None)
                    .or_insert_with(|| Some(place.to_owned()));
            }
        }
        if let Some(id) = text("$id") {
            self.is_used = true;
            let id = id.trim_end_matches('#');
            self.ids
                .entry(id.to_owned())
                .or_insert_with(|| place.to_owned());
            if let Some((_, last)) = id.rsplit_once('/') {
                self.ids
                    .entry(last.to_owned())
                    .or_insert_with(|| place.to_owned());
            }
        }
    }

    fn resolve(&self, text: &str, place: &str) -> Option<String> {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        if file.is_empty() {
            let root = root_of(place);
            return match fragment {
                "" if text == "#" && !root.is_empty() => Some(root.to_owned()),
                pointer if pointer.starts_with('/') || pointer.is_empty() => None,
                anchor => {
                    let key = (root.to_owned(), anchor.to_owned());
                    let unique = || self.unique.get(anchor)?.clone();
                    self.anchors.get(&key).cloned().or_else(unique)
                }
            };
        }
        let last = file.rsplit('/').next().unwrap_or(file);
        let home = self.ids.get(file).or_else(|| self.ids.get(last))?;
        match fragment {
            "" => Some(home.clone()),
            pointer if pointer.starts_with('/') => Some(format!("{home}{pointer}")),
            anchor => self
                .anchors
                .get(&(root_of(home).to_owned(), anchor.to_owned()))
                .cloned(),
        }
    }
}

/// The component schema that contains a place; empty outside of component schemas.
fn root_of(place: &str) -> &str {
    const PREFIX: &str = "/components/schemas/";
    let Some(rest) = place.strip_prefix(PREFIX) else {
        return "";
    };
    let name = rest.find('/').unwrap_or(rest.len());
    &place[..PREFIX.len() + name]
}
