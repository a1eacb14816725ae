//! JSON that shows a break: what was sent or read before the change, and what is now.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::openapi::formats;
use crate::pointer::Pointer;

use super::schemas::View;

/// How deep a value is made.
const DEEPEST: usize = 6;

/// The smallest values that show a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Samples {
    /// A value of the old document.
    pub before: Value,
    /// The same value of the new document.
    pub now: Value,
}

/// Values of the two schemas that are compared, or of the objects around them. `None` if they do not differ, because the change is
/// not one that a small value shows.
pub(super) fn of(base: &Shown, revision: &Shown) -> Option<Samples> {
    let before = base.value(revision);
    let now = revision.value(base);
    (before != now).then_some(Samples { before, now })
}

/// What is shown of one side.
pub(super) struct Shown<'s> {
    /// The normalized document.
    pub(super) document: &'s Value,
    /// The schema that is compared.
    pub(super) place: &'s Pointer,
    /// Where the author wrote it: there, an enum is a property, which is a component of its own in the normalized document.
    pub(super) origin: Pointer,
    /// The member of the object that changed, if one did.
    pub(super) member: Option<Pointer>,
}

impl Shown<'_> {
    fn value(&self, other: &Self) -> Value {
        let sampler = Sampler {
            document: self.document,
            other: other.document,
        };
        let around = property(self.place).map(|_| self.place).or_else(|| {
            let object = self.origin.parent()?.parent()?;
            let is_schema = object.get(self.document).is_some_and(Value::is_object);
            (is_schema && property(&self.origin).is_some()).then_some(&self.origin)
        });
        let member = self.member.as_ref().and_then(property);
        sampler.around(self.place, other.place, around, member.as_deref())
    }
}

/// The name of the property that a pointer names.
fn property(place: &Pointer) -> Option<String> {
    let tokens: Vec<String> = place.tokens().collect();
    match tokens.as_slice() {
        [.., properties, name] if properties == "properties" => Some(name.clone()),
        _ => None,
    }
}

struct Sampler<'d> {
    document: &'d Value,
    /// The document of the other side: of the values of an enum, the first that it lacks shows the change.
    other: &'d Value,
}

impl Sampler<'_> {
    /// A value of a schema, with a member that may be left out; if the schema is that of a property, inside its object.
    fn around(
        &self,
        place: &Pointer,
        twin: &Pointer,
        around: Option<&Pointer>,
        member: Option<&str>,
    ) -> Value {
        let mut value = self.value(place, Some(twin), DEEPEST);
        if let (Some(name), Value::Object(object)) = (member, &mut value) {
            let at = View::at(self.document, place.clone())
                .place
                .join("properties")
                .join(name);
            object.insert(name.to_owned(), self.value(&at, None, DEEPEST - 1));
        }
        match around.and_then(|around| Some((around, property(around)?))) {
            Some((around, name)) => {
                let object = around.parent().and_then(|it| it.parent());
                let object = object.unwrap_or_default();
                let mut around = self.required(&object, DEEPEST - 1);
                around.insert(name, value);
                Value::Object(around)
            }
            None => value,
        }
    }

    /// The members that an object must have.
    fn required(&self, place: &Pointer, depth: usize) -> Map<String, Value> {
        let view = View::at(self.document, place.clone());
        let properties = view.place.join("properties");
        let required = view.node.get("required").and_then(Value::as_array);
        let names = required.into_iter().flatten().filter_map(Value::as_str);
        names
            .map(|name| {
                let value = self.value(&properties.join(name), None, depth.saturating_sub(1));
                (name.to_owned(), value)
            })
            .collect()
    }

    fn value(&self, place: &Pointer, twin: Option<&Pointer>, depth: usize) -> Value {
        let view = View::at(self.document, place.clone());
        let node = view.node;
        if let Some(values) = node.get("enum").and_then(Value::as_array) {
            return self.of_enum(values, twin);
        }
        for union in ["oneOf", "anyOf", "allOf"] {
            if node
                .get(union)
                .and_then(Value::as_array)
                .is_some_and(|it| !it.is_empty())
            {
                return self.value(
                    &view.place.join(union).join("0"),
                    None,
                    depth.saturating_sub(1),
                );
            }
        }
        let format = node
            .get("format")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match node.get("type").and_then(Value::as_str) {
            Some("string") => formats::sample(format).unwrap_or("text").into(),
            Some("integer") => json!(1),
            Some("number") => json!(1.5),
            Some("boolean") => json!(true),
            Some("array") if depth > 0 => {
                json!([self.value(&view.place.join("items"), None, depth - 1)])
            }
            Some("array") => json!([]),
            _ if depth > 0 => Value::Object(self.required(&view.place, depth)),
            _ => json!({}),
        }
    }

    fn of_enum(&self, values: &[Value], twin: Option<&Pointer>) -> Value {
        let twin = twin.map(|twin| View::at(self.other, twin.clone()));
        let others: BTreeSet<String> = twin
            .and_then(|view| view.node.get("enum")?.as_array())
            .into_iter()
            .flatten()
            .map(Value::to_string)
            .collect();
        let only = values.iter().find(|it| !others.contains(&it.to_string()));
        only.or(values.first()).cloned().unwrap_or(Value::Null)
    }
}
