//! Merges two schemas that must both hold at one place.

use serde_json::{Map, Value, json};

use super::Merger;
use crate::normalize::naming::inline_schemas;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::pointer::Pointer;

impl Merger<'_> {
    /// A schema for values that are valid for both. Annotations of the later one win, because it is nearer to the author of
    /// the composed schema.
    pub(super) fn both(&mut self, earlier: Value, later: Value, place: &Pointer) -> Value {
        let (around, first) = apart(earlier);
        let (later_around, second) = apart(later);
        let is_nullable = keywords::is_nullable(&around) && keywords::is_nullable(&later_around);
        let mut annotations = around;
        annotations.extend(later_around);
        annotations.shift_remove("nullable");
        if is_nullable {
            annotations.insert("nullable".to_owned(), Value::Bool(true));
        }
        let keywords = self.both_keywords(first, second, place);
        match reference::plain(&keywords) {
            Some(name) => reference::annotated(&name, annotations),
            None => match keywords {
                Value::Object(mut keywords) => {
                    keywords.extend(annotations);
                    Value::Object(keywords)
                }
                other => other,
            },
        }
    }

    /// The two schemas, without annotations, in one:
    ///
    /// 1. If one is empty, equal to the other, an object without properties next to another object, or a base that the other
    ///    extends, the other one is the result.
    /// 2. If only one is an object, no value is valid for both: the object is the result.
    /// 3. Two objects of which one is a reference or a union become a new component with both as its `allOf`.
    /// 4. Anything else is merged in place.
    fn both_keywords(&mut self, first: Value, second: Value, place: &Pointer) -> Value {
        let is_any = |schema: &Value| schema.as_object().is_none_or(Map::is_empty);
        if first == second || is_any(&first) {
            return second;
        }
        if is_any(&second) {
            return first;
        }
        if is_bare_object(&first) && self.hierarchy.is_object(&second) {
            return second;
        }
        if is_bare_object(&second) && self.hierarchy.is_object(&first) {
            return first;
        }
        if let (Some(base), Some(name)) = (reference::plain(&first), reference::plain(&second)) {
            if self.hierarchy.extends(&name, &base) {
                return second;
            }
            if self.hierarchy.extends(&base, &name) {
                return first;
            }
        }
        let is_reference = |schema: &Value| reference::plain(schema).is_some();
        let is_union =
            |schema: &Value| schema.get("oneOf").is_some() || schema.get("anyOf").is_some();
        let (objects, others) = [&first, &second]
            .into_iter()
            .partition::<Vec<_>, _>(|schema| self.hierarchy.is_object(schema));
        let needs_name =
            is_reference(&first) || is_reference(&second) || is_union(&first) || is_union(&second);
        if !objects.is_empty() && needs_name {
            if let ([object], [_]) = (&objects[..], &others[..]) {
                let object = (*object).clone();
                self.log.change(
                    place,
                    "an object contradicts another type; the object was kept",
                );
                return object;
            }
            let words = inline_schemas::words_of(place);
            return self.named(&words, &first, &second, place);
        }
        self.merged(first, second, place)
    }

    /// A component for both. The same two schemas give the same component, so recursive schemas end.
    pub(super) fn named(
        &mut self,
        words: &str,
        first: &Value,
        second: &Value,
        place: &Pointer,
    ) -> Value {
        let key = format!("{first} {second}");
        if let Some(name) = self.conflicts.get(&key) {
            return reference::to(name);
        }
        let both = self.create(words, json!({ "allOf": [first, second] }), place);
        if let Some(name) = reference::plain(&both) {
            self.conflicts.insert(key, name);
        }
        both
    }

    /// Two inline schemas or aliases of scalars, merged in place.
    fn merged(&mut self, first: Value, second: Value, place: &Pointer) -> Value {
        let inline = |merger: &mut Self, schema: Value| match reference::plain(&schema) {
            Some(name) => merger
                .copied(&name, place, |_, _, keyword, _| {
                    !keywords::is_annotation(keyword)
                })
                .map(|(_, keywords)| apart(Value::Object(keywords)).1),
            None => Some(schema),
        };
        match (inline(self, first), inline(self, second.clone())) {
            (Some(first), Some(second)) if first == second => second,
            (Some(first), Some(second)) => {
                let parts = json!({ "allOf": [first, second] });
                let merged = self.compose(parts, place);
                apart(merged).1
            }
            // One of them contains itself, which is reported.
            _ => second,
        }
    }
}

fn is_bare_object(schema: &Value) -> bool {
    schema.as_object().is_some_and(|members| {
        members
            .iter()
            .all(|(keyword, value)| match keyword.as_str() {
                "type" => value == "object",
                "properties" => value.as_object().is_some_and(Map::is_empty),
                "additionalProperties" => {
                    value.is_boolean() || value.as_object().is_some_and(Map::is_empty)
                }
                _ => false,
            })
    })
}

/// The annotations of a schema, and the schema without them.
fn apart(schema: Value) -> (Map<String, Value>, Value) {
    let target = reference::target(&schema);
    let Value::Object(members) = schema else {
        return (Map::new(), Value::Object(Map::new()));
    };
    let (around, keywords): (Map<_, _>, Map<_, _>) = members
        .into_iter()
        .partition(|(keyword, _)| keywords::is_annotation(keyword));
    match target {
        Some(name) => (around, reference::to(&name)),
        None => (around, Value::Object(keywords)),
    }
}
