//! Passes on schemas that are composed of others: `allOf`, `oneOf`, `anyOf`, discriminators.
//!
//! They compare schemas and follow references, so they run after the passes that give each schema its type. They leave
//! unions of two or more variants, and `allOf` only around a reference with annotations. `discriminators` runs at the end,
//! when every variant has a name.

pub(crate) mod all_of;
pub(crate) mod base_discriminators;
pub(crate) mod discriminators;
pub(crate) mod union_variants;
pub(crate) mod unions;

use serde_json::{Map, Value};

use crate::openapi::reference;

/// Changes a discriminator: values that it maps to one component are mapped to another. If there are none, the name of the
/// first component, which is its implicit value, is mapped.
fn map_to(discriminator: &mut Value, old: &str, new: &str) {
    let Some(members) = discriminator.as_object_mut() else {
        return;
    };
    let mapping = members
        .entry("mapping")
        .or_insert_with(|| Map::new().into());
    let Some(mapping) = mapping.as_object_mut() else {
        return;
    };
    let new = Value::from(reference::text(new));
    let mut is_mapped = false;
    for target in mapping.values_mut() {
        let text = target.as_str().unwrap_or_default();
        if text == old || reference::name_of(text).as_deref() == Some(old) {
            *target = new.clone();
            is_mapped = true;
        }
    }
    if !is_mapped {
        mapping.insert(old.to_owned(), new);
    }
}
