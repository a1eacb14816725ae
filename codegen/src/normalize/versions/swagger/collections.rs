//! Collection formats: how the elements of an array are written in one string.

use serde_json::{Map, Value, json};

use super::Conversion;
use crate::diagnostic::{Code, brief};
use crate::pointer::Pointer;

/// What a collection format becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    /// The value is not an array.
    None,
    /// Style and `explode`.
    Styled(&'static str, bool),
    /// No style of OpenAPI 3 writes it: the caller gives the joined string.
    Joined,
}

/// The formats, and the characters that they put between the elements.
const FORMATS: &[(&str, &str)] = &[
    ("csv", "commas"),
    ("ssv", "spaces"),
    ("tsv", "tabs"),
    ("pipes", "pipes"),
    ("multi", "`&` and the name"),
];

impl Conversion<'_, '_> {
    /// The format of an array in a location.
    pub(super) fn collection(
        &mut self,
        place: &Pointer,
        members: &Map<String, Value>,
        location: &str,
    ) -> Collection {
        if members.get("type").and_then(Value::as_str) != Some("array") {
            return Collection::None;
        }
        let is_form = matches!(location, "query" | "formData");
        let usual = if is_form {
            Collection::Styled("form", false)
        } else {
            Collection::Styled("simple", false)
        };
        let place = place.join("collectionFormat");
        let written = match members.get("collectionFormat") {
            None => return usual,
            Some(Value::String(written)) => written.as_str(),
            Some(_) => "",
        };
        match written {
            "csv" => usual,
            "multi" if is_form => Collection::Styled("form", true),
            "ssv" if is_form => Collection::Styled("spaceDelimited", false),
            "pipes" if is_form => Collection::Styled("pipeDelimited", false),
            "multi" => {
                let what = "changed to `csv`: `multi` belongs to queries and forms";
                self.log.change(&place, what);
                usual
            }
            other if FORMATS.iter().any(|(name, _)| *name == other) => {
                self.joined(&place, other);
                Collection::Joined
            }
            other => {
                let what = format!("changed to `csv`: `{}` is not a format", brief(other));
                self.log.change(&place, what);
                usual
            }
        }
    }

    /// The schema of an array inside an array: styles do not reach it, so its elements are joined by the caller.
    pub(super) fn items(&mut self, place: &Pointer, items: &Value) -> Value {
        let is_array = items.get("type").and_then(Value::as_str) == Some("array");
        if !is_array {
            return self.schema(place, items);
        }
        let written = items.get("collectionFormat").and_then(Value::as_str);
        let mut members = ["collectionFormat", "items"].into_iter();
        let member = members.find(|member| items.get(member).is_some());
        let at = member.map_or(place.clone(), |member| place.join(member));
        self.joined(&at, written.unwrap_or("csv"));
        json!({"type": "string"})
    }

    fn joined(&mut self, place: &Pointer, format: &str) {
        let known = FORMATS.iter().find(|(name, _)| *name == format);
        let (_, between) = known.unwrap_or(&FORMATS[0]);
        let message =
            format!("OpenAPI 3 has no style for an array with {between} between its elements here");
        let help = format!(
            "the client takes a string: join the elements yourself, with {between} between them"
        );
        self.log
            .warn(Code::COLLECTION_FORMAT, place, message, &help);
    }
}
