//! Unions (`oneOf`, `anyOf`), before they are merged with the keywords next to them:
//!
//! 1. A variant that allows null is replaced by `nullable` of the union.
//! 2. A union inside a union is merged into it.
//! 3. A union whose variants only have keywords like `required` is removed: it describes no properties.
//! 4. The type next to the union, and other keywords of a scalar, are moved into the variants.
//! 5. A union of one variant is replaced by the variant.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "unions",
    "removes null, single variants and variants without a type from unions",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    // Bottom up, because an inner union is merged into the outer one in its final form.
    walk::bottom_up(document, |schema, place| {
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        let mut notes = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            simplify(members, keyword, &mut notes);
        }
        for note in notes {
            log.change(&place.pointer(), note);
        }
    });
    // The remaining schemas for null are not in a union.
    walk::objects(document, |members, place| {
        if keywords::type_of(members) == Some("null") {
            members.retain(|keyword, _| keywords::is_annotation(keyword));
            members.insert("nullable".to_owned(), Value::Bool(true));
            log.change(
                &place.pointer(),
                "only null is allowed; replaced by any value, because later versions may add one",
            );
        }
    });
}

fn simplify(members: &mut Map<String, Value>, keyword: &str, notes: &mut Vec<&'static str>) {
    let Some(Value::Array(written)) = members.shift_remove(keyword) else {
        return;
    };
    let mut variants: Vec<Value> = Vec::with_capacity(written.len());
    let mut is_nullable = false;
    for mut variant in written {
        if is_null(&variant) {
            is_nullable = true;
            continue;
        }
        if take_nullable(&mut variant) {
            is_nullable = true;
        }
        match inner_union(&mut variant) {
            Some(inner) => {
                notes.push("a union inside a union was merged into it");
                variants.extend(inner);
            }
            None => variants.push(variant),
        }
    }
    if is_nullable {
        notes.push("the union became nullable, because a variant allows null");
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    if let [first, second] = &variants[..] {
        // Converters of OData write a nullable reference like this.
        let is_odata = |variant: &Value| variant == &json!({ "type": "object" });
        if is_nullable && reference::plain(first).is_some() && is_odata(second) {
            notes.push("an object without type next to a reference was read as null");
            variants.truncate(1);
        }
    }
    if !variants.is_empty() && variants.iter().all(only_restricts) {
        notes.push("the union was removed: its variants only have keywords like `required`");
        return;
    }
    if let Some(kind) = keywords::type_of(members).map(str::to_owned) {
        for variant in variants.iter_mut().filter_map(Value::as_object_mut) {
            let has_type = variant.contains_key("type")
                || variant.contains_key("$ref")
                || keywords::is_composed(variant);
            if !has_type {
                variant.insert("type".to_owned(), Value::from(kind.as_str()));
            }
        }
        if kind != "object" && kind != "array" {
            move_into(members, &mut variants);
        }
    }
    match variants.len() {
        0 if is_nullable => {
            members.entry("type").or_insert_with(|| Value::from("null"));
        }
        0 => {}
        1 => {
            notes.push("a union of one variant was replaced by the variant");
            let only = variants.remove(0);
            replace_with(members, only);
        }
        _ => {
            members.insert(keyword.to_owned(), Value::Array(variants));
        }
    }
}

/// Moves the keywords of a scalar next to a union (type, format, bounds) into the variants, which may have their own.
fn move_into(members: &mut Map<String, Value>, variants: &mut [Value]) {
    let stays = |keyword: &str| {
        keywords::is_annotation(keyword)
            || matches!(keyword, "oneOf" | "anyOf" | "allOf" | "discriminator")
    };
    let (rest, own): (Map<_, _>, Map<_, _>) = std::mem::take(members)
        .into_iter()
        .partition(|(keyword, _)| stays(keyword));
    *members = rest;
    for (keyword, value) in own {
        for variant in variants.iter_mut().filter_map(Value::as_object_mut) {
            if !variant.contains_key("$ref") && !keywords::is_composed(variant) {
                variant
                    .entry(keyword.clone())
                    .or_insert_with(|| value.clone());
            }
        }
    }
}

/// Replaces a union by its only variant.
fn replace_with(members: &mut Map<String, Value>, only: Value) {
    members.shift_remove("discriminator");
    let has_keywords = members
        .keys()
        .any(|keyword| !keywords::is_annotation(keyword));
    let Value::Object(only) = only else {
        return;
    };
    if !has_keywords && !only.contains_key("$ref") {
        for (keyword, value) in only {
            // The annotations of the union win.
            members.entry(keyword).or_insert(value);
        }
        return;
    }
    let parts = members
        .entry("allOf")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(parts) = parts {
        parts.push(Value::Object(only));
    }
}

fn is_null(variant: &Value) -> bool {
    let Some(members) = variant.as_object() else {
        return false;
    };
    keywords::type_of(members) == Some("null")
        || (keywords::is_nullable(members)
            && members
                .keys()
                .all(|keyword| matches!(keyword.as_str(), "nullable" | "description" | "title")))
}

fn take_nullable(variant: &mut Value) -> bool {
    let Some(members) = variant.as_object_mut() else {
        return false;
    };
    let is_nullable = keywords::is_nullable(members);
    if is_nullable {
        members.shift_remove("nullable");
        // `{allOf: [{$ref}], nullable}` is a plain reference now.
        let plain = match members
            .get("allOf")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
        {
            Some([only]) if members.len() == 1 => Some(only.clone()),
            _ => None,
        };
        if let Some(Value::Object(plain)) = plain {
            *members = plain;
        }
    }
    is_nullable
}

/// The variants of a schema that has only a union.
fn inner_union(variant: &mut Value) -> Option<Vec<Value>> {
    let members = variant.as_object_mut()?;
    let keyword = ["oneOf", "anyOf"]
        .into_iter()
        .find(|keyword| members.contains_key(*keyword))?;
    let is_alone = members
        .keys()
        .all(|other| other == keyword || (keywords::is_annotation(other) && other != "title"));
    match members.get_mut(keyword) {
        Some(Value::Array(inner)) if is_alone => Some(std::mem::take(inner)),
        _ => None,
    }
}

/// Whether a variant only restricts the properties next to the union, and declares none.
fn only_restricts(variant: &Value) -> bool {
    let Some(members) = variant.as_object() else {
        return false;
    };
    let is_restriction = |keyword: &str| {
        matches!(
            keyword,
            "required" | "not" | "minProperties" | "maxProperties" | "dependentRequired"
        )
    };
    members.keys().any(|keyword| is_restriction(keyword))
        && members.iter().all(|(keyword, value)| {
            is_restriction(keyword)
                || keywords::is_annotation(keyword)
                || (keyword == "type" && value == "object")
        })
}
