//! Merges the parts of a schema into one schema.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Merger;
use crate::diagnostic::Code;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::pointer::Pointer;

/// A part of an `allOf`: its keywords without annotations.
struct Part {
    keywords: Map<String, Value>,
    place: Pointer,
    /// The name of the component that the part refers to.
    component: Option<String>,
    is_nullable: bool,
}

impl Merger<'_> {
    /// Merges the parts of an `allOf`. Any other schema, and a reference with annotations, stays as it is.
    ///
    /// 1. The parts are listed: nested `allOf` is flattened, and a reference becomes a copy of the component. Annotations of
    ///    inline parts belong to the whole schema.
    /// 2. If one component has everything that the other parts have, the schema is a reference to it.
    /// 3. The keywords are merged part by part: properties by name, `required` as a set, a bound or an annotation by taking
    ///    the later one, a type by taking the narrower one. Two schemas for one property are merged by [`Merger::both`].
    /// 4. Unions in the parts must all hold: [`Merger::unite`] combines them.
    /// 5. The whole is nullable if all parts are.
    pub(super) fn compose(&mut self, schema: Value, place: &Pointer) -> Value {
        if schema.get("allOf").is_none() || reference::target(&schema).is_some() {
            return schema;
        }
        let Value::Object(members) = schema else {
            return schema;
        };
        let mut parts = Vec::new();
        let mut around = Map::new();
        self.flatten(members, (place, true), &mut parts, &mut around, place);
        if let Some(name) = implied(&parts).filter(|_| !self.log.facts.of(place).stays_apart) {
            return reference::annotated(&name, around);
        }
        let is_nullable = !parts.is_empty() && parts.iter().all(|part| part.is_nullable);
        let mut merged = Map::new();
        let mut unions = Vec::new();
        for part in parts {
            self.add(&mut merged, &mut unions, part, place);
        }
        self.unite(&mut merged, unions, place);
        if is_nullable {
            merged.insert("nullable".to_owned(), Value::Bool(true));
        }
        merged.extend(around);
        self.log.change(place, "the parts of `allOf` were merged");
        Value::Object(merged)
    }

    /// Lists the parts of a schema and of its inline parts in `parts`, and their annotations in `around`. A title is kept only
    /// if no other part has one.
    fn flatten(
        &mut self,
        mut members: Map<String, Value>,
        (place, is_only_title): (&Pointer, bool),
        parts: &mut Vec<Part>,
        around: &mut Map<String, Value>,
        whole: &Pointer,
    ) {
        let list = match members.shift_remove("allOf") {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        };
        let (annotations, keywords): (Map<_, _>, Map<_, _>) = members
            .into_iter()
            .partition(|(keyword, _)| keywords::is_annotation(keyword));
        let is_nullable = keywords::is_nullable(&annotations);
        for (keyword, value) in annotations {
            // `nullable` of a part does not make the whole nullable, unless the part has nothing else.
            let is_of_whole = match keyword.as_str() {
                "nullable" => place == whole || (keywords.is_empty() && list.is_empty()),
                "title" => place == whole || is_only_title,
                _ => true,
            };
            if is_of_whole {
                around.entry(keyword).or_insert(value);
            }
        }
        let list_place = place.join("allOf");
        let titled = list
            .iter()
            .filter(|part| part.get("title").is_some())
            .count();
        for (index, part) in list.into_iter().enumerate() {
            let place = list_place.index(index);
            if let Some(name) = reference::target(&part) {
                if !parts
                    .iter()
                    .any(|part| part.component.as_ref() == Some(&name))
                {
                    parts.extend(self.base(&name, &place, whole));
                }
                continue;
            }
            if let Value::Object(inner) = part {
                let is_only_title = is_only_title && titled < 2;
                self.flatten(inner, (&place, is_only_title), parts, around, whole);
            }
        }
        if !keywords.is_empty() {
            parts.push(Part {
                keywords,
                place: place.clone(),
                component: None,
                is_nullable,
            });
        }
    }

    /// A component as a part; `None` if it contains itself, which is reported.
    fn base(&mut self, name: &str, place: &Pointer, whole: &Pointer) -> Option<Part> {
        let Some((component, mut keywords)) = self.copied(name, whole, is_of_part) else {
            if !self.has_reported_growth {
                self.log.reject_for(
                    whole,
                    Code::REFERENCE_LOOP,
                    place,
                    format!("`{name}` contains itself in its own `allOf`"),
                    "remove the schema from its own `allOf`",
                );
            }
            return None;
        };
        let is_nullable = keywords::is_nullable(&keywords);
        keywords.shift_remove("nullable");
        Some(Part {
            keywords,
            place: Pointer::from_tokens(["components", "schemas", &component]),
            component: Some(name.to_owned()),
            is_nullable,
        })
    }

    fn add(
        &mut self,
        merged: &mut Map<String, Value>,
        unions: &mut Vec<(String, Vec<Value>)>,
        part: Part,
        place: &Pointer,
    ) {
        for (keyword, value) in part.keywords {
            match (keyword.as_str(), value) {
                ("oneOf" | "anyOf", Value::Array(variants)) => unions.push((keyword, variants)),
                ("properties", Value::Object(properties)) => {
                    let from = part.place.join("properties");
                    self.add_properties(merged, properties, &from, place);
                }
                ("required", Value::Array(names)) => add_names(merged, names),
                ("additionalProperties", value) => {
                    self.add_additional(merged, value, place);
                }
                (_, value) => self.add_word(merged, keyword, value, place),
            }
        }
    }

    fn add_properties(
        &mut self,
        merged: &mut Map<String, Value>,
        properties: Map<String, Value>,
        from: &Pointer,
        place: &Pointer,
    ) {
        let slot = merged
            .entry("properties")
            .or_insert_with(|| Value::Object(Map::new()));
        let Value::Object(all) = slot else {
            return;
        };
        let mut all = std::mem::take(all);
        let home = place.join("properties");
        for (name, schema) in properties {
            let to = home.join(&name);
            self.log.moved(&from.join(&name), &to);
            match all.get_mut(&name).map(std::mem::take) {
                None => all.insert(name, schema),
                Some(earlier) => {
                    let both = self.both(earlier, schema, &to);
                    all.insert(name, both)
                }
            };
        }
        merged.insert("properties".to_owned(), Value::Object(all));
    }

    fn add_additional(&mut self, merged: &mut Map<String, Value>, value: Value, place: &Pointer) {
        let keyword = "additionalProperties";
        let both = match (merged.get_mut(keyword).map(std::mem::take), value) {
            (None | Some(Value::Bool(_)), value @ Value::Object(_))
            | (None | Some(Value::Bool(false)), value @ Value::Bool(_)) => value,
            (Some(earlier @ Value::Object(_)), later @ Value::Object(_)) => {
                self.both(earlier, later, &place.join(keyword))
            }
            (Some(earlier), _) => earlier,
            (None, _) => return,
        };
        merged.insert(keyword.to_owned(), both);
    }

    fn add_word(
        &mut self,
        merged: &mut Map<String, Value>,
        keyword: String,
        value: Value,
        place: &Pointer,
    ) {
        let earlier = merged.get(&keyword).cloned();
        let Some(earlier) = earlier.filter(|earlier| *earlier != value) else {
            merged.insert(keyword, value);
            return;
        };
        match keyword.as_str() {
            "type" => self.add_type(merged, &earlier, &value, place),
            "items" => {
                let both = self.both(earlier, value, &place.join("items"));
                merged.insert(keyword, both);
            }
            "enum" => {
                let later = value.as_array().cloned().unwrap_or_default();
                let texts: HashSet<String> = later.iter().map(Value::to_string).collect();
                let shared: Vec<Value> = earlier
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|value| texts.contains(&value.to_string()))
                    .cloned()
                    .collect();
                // If no value is common, the later part was meant to replace the values.
                let values = if shared.is_empty() { later } else { shared };
                merged.insert(keyword, Value::Array(values));
            }
            "format" => {
                merged.shift_remove("format");
                self.log.change(
                    place,
                    format!(
                        "the formats {earlier} and {value} contradict each other; both were removed"
                    ),
                );
            }
            _ => {
                merged.insert(keyword, value);
            }
        }
    }

    fn add_type(
        &mut self,
        merged: &mut Map<String, Value>,
        earlier: &Value,
        later: &Value,
        place: &Pointer,
    ) {
        let either = |kind: &str| earlier == kind || later == kind;
        let kind = if either("integer") && either("number") {
            Some("integer")
        } else if either("object") {
            Some("object")
        } else if either("array") {
            Some("array")
        } else {
            None
        };
        match kind {
            Some(kind) => {
                merged.insert("type".to_owned(), Value::from(kind));
                if kind == "integer" {
                    return;
                }
                merged.retain(|keyword, _| {
                    keywords::type_of_keyword(keyword).is_none_or(|other| other == kind)
                        && keyword != "enum"
                        && keyword != "format"
                });
            }
            None => merged.clear(),
        }
        self.log.warn(
            Code::CONTRADICTING_SCHEMAS,
            place,
            format!(
                "the parts of an `allOf` have the types {earlier} and {later}; {} is used",
                kind.unwrap_or("any type")
            ),
            "declare the type in one part only",
        );
    }
}

/// Whether a keyword of a component also holds for the schemas that extend it. `nullable` is needed to merge it.
fn is_of_part(merger: &Merger<'_>, component: &str, keyword: &str, value: &Value) -> bool {
    match keyword {
        "nullable" => true,
        "discriminator" => false,
        // The union of a base lists the schemas that extend it; it does not restrict them.
        "oneOf" | "anyOf" => !value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(reference::target)
            .any(|variant| variant != component && merger.hierarchy.extends(&variant, component)),
        _ => !keywords::is_annotation(keyword),
    }
}

fn add_names(merged: &mut Map<String, Value>, names: Vec<Value>) {
    let slot = merged
        .entry("required")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(all) = slot {
        let known: HashSet<String> = all
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        all.extend(
            names
                .into_iter()
                .filter(|name| name.as_str().is_some_and(|name| !known.contains(name))),
        );
    }
}

/// The component that has all keywords of the other parts; `None` if two parts are components.
fn implied(parts: &[Part]) -> Option<String> {
    let mut components = parts.iter().filter(|part| part.component.is_some());
    let base = components.next()?;
    if components.next().is_some() {
        return None;
    }
    let is_implied = |part: &Part| {
        part.keywords.iter().all(|(keyword, value)| {
            let inherited = base.keywords.get(keyword);
            match (keyword.as_str(), value) {
                ("properties", Value::Object(own)) => {
                    let inherited = inherited.and_then(Value::as_object);
                    own.iter().all(|(name, schema)| {
                        inherited.is_some_and(|all| all.get(name) == Some(schema))
                    })
                }
                ("required", Value::Array(own)) => {
                    let inherited = inherited.and_then(Value::as_array).into_iter().flatten();
                    let inherited: HashSet<&str> = inherited.filter_map(Value::as_str).collect();
                    own.iter()
                        .all(|name| name.as_str().is_some_and(|name| inherited.contains(name)))
                }
                ("additionalProperties", Value::Bool(false)) => true,
                _ => inherited == Some(value),
            }
        })
    };
    parts
        .iter()
        .filter(|part| part.component.is_none())
        .all(is_implied)
        .then(|| base.component.clone())?
}
