//! Schemas in places that later steps rewrite become components before that.
//!
//! A reference may name any schema, also one below `prefixItems`, `if` or a member that begins with `x-`. Later steps replace these
//! keywords by older ones or remove them, and the reference would lead nowhere.

use serde_json::Value;

use super::references::Found;
use super::{At, Bundler, File};
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::uri::{Target, pointer};
use crate::pointer::Pointer;

/// The keywords with schemas that OpenAPI 3.0 does not have.
const REWRITTEN: &[&str] = &[
    "contains",
    "contentSchema",
    "dependentSchemas",
    "else",
    "if",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    /// The new reference for a reference in the document to a schema of the document, if it must change: to a component, if the
    /// schema is in a place that is rewritten; to the place in the document, if it was written relative to an `$id`.
    pub(super) fn own_schema(&mut self, found: &Found, file: usize) -> Option<String> {
        let schema = self.schema();
        if file != 0 || found.is_mapping || found.holds != Holds::One(schema) {
            return None;
        }
        let fragment = match Target::read(&found.text, "") {
            Target::Here(fragment) => fragment,
            Target::File(..) | Target::Outside => return self.with_base(found),
            Target::Url | Target::Malformed => return None,
        };
        let written = pointer(&fragment)?;
        let place = if written.get(&self.value).is_some() {
            written.clone()
        } else {
            self.below_id(&found.place, &written)?
        };
        if self.is_rewritten(&place) && place.get(&self.value)?.is_object() {
            return Some(self.named(place));
        }
        (place != written).then(|| format!("#{place}"))
    }

    /// The nearest schema with an `$id` around a reference, and the `$id`.
    fn base(&self, reference: &Pointer) -> Option<(Pointer, &str)> {
        let mut around = Some(reference.clone());
        while let Some(at) = around {
            if let Some(Value::String(id)) = at.get(&self.value)?.get("$id")
                && Holds::at(self.root(), &at) == Holds::One(self.schema())
            {
                return Some((at, id));
            }
            around = at.parent();
        }
        None
    }

    /// The place that a pointer names in the nearest schema with an `$id`.
    fn below_id(&self, reference: &Pointer, written: &Pointer) -> Option<Pointer> {
        let (at, _) = self.base(reference)?;
        let place = at.append(written);
        place.get(&self.value).is_some().then_some(place)
    }

    /// The URL of a relative reference, if it is the `$id` of a schema of the document.
    fn with_base(&mut self, found: &Found) -> Option<String> {
        let (_, base) = self.base(&found.place)?;
        let url = join(base, &found.text)?;
        self.is_id(&url).then_some(url)
    }

    /// Copies a schema of the document to a component that is named after its place.
    fn named(&mut self, place: Pointer) -> String {
        let at: At = (0, place);
        let schema = self.schema();
        let section = schema.section().expect("schemas have a section");
        let key = (at, section);
        if let Some(name) = self.components.get(&key) {
            return format!("#{}", self.root().schemas().join(name));
        }
        let (at, _) = key;
        let parts = at.1.tokens();
        let parts = parts.filter(|part| {
            !["components", "schemas", "definitions", "properties"].contains(&&**part)
        });
        let parts: Vec<String> = parts
            .map(|part| part.trim_start_matches("x-").to_owned())
            .collect();
        let name = self.free_schema_name(section, &parts.join("_"));
        self.add_component(at, schema, section, name)
    }

    fn root(&self) -> Kind {
        Kind::root(&self.value)
    }

    /// The kind of the document's schemas.
    fn schema(&self) -> Kind {
        Kind::Schema.within(self.root())
    }

    /// Whether a place is below a keyword of a schema that is replaced, or below a member that OpenAPI does not define.
    fn is_rewritten(&self, place: &Pointer) -> bool {
        let (root, schema) = (self.root(), Holds::One(self.schema()));
        let mut at = Pointer::root();
        for token in place.tokens() {
            let holds = Holds::at(root, &at);
            let is_keyword = holds == schema && REWRITTEN.contains(&token.as_str());
            let is_extension = matches!(holds, Holds::One(_)) && token.starts_with("x-");
            if is_keyword || is_extension {
                return true;
            }
            at = at.join(&token);
        }
        false
    }
}

/// Resolves a relative reference against the URL of a schema.
fn join(base: &str, text: &str) -> Option<String> {
    let base = base.split(['#', '?']).next().unwrap_or_default();
    let (scheme, rest) = base.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (target, fragment) = match text.find('#') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    let relative = match target.strip_prefix('/') {
        Some(absolute) => {
            parts.clear();
            absolute
        }
        None => target,
    };
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    Some(format!(
        "{scheme}://{authority}/{}{fragment}",
        parts.join("/")
    ))
}
