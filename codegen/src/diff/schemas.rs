//! Schemas of the normal form as they are used: references are followed, and what stands beside a reference counts.

use serde_json::{Map, Value};

use crate::openapi::keywords;
use crate::openapi::reference;
use crate::pointer::Pointer;

use super::side::Side;

/// A schema as it is used at one place.
#[derive(Clone, Debug)]
pub(super) struct View<'d> {
    /// Where it is used: a reference, or the schema itself.
    pub(super) used: Pointer,
    /// The schema.
    pub(super) place: Pointer,
    /// The keywords of the schema.
    pub(super) node: &'d Map<String, Value>,
    /// The nodes from the use to the schema: the references, and the schema.
    chain: Vec<&'d Map<String, Value>>,
}

/// What kind of value a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'d> {
    Any,
    /// `string`, `integer`, `number` or `boolean`.
    Scalar(&'d str),
    Array,
    /// An object with declared members, a map, or both.
    Object,
    Union,
}

impl<'d> View<'d> {
    /// The schema that is used at a place of the normalized document. Without one, it is any value.
    pub(super) fn at(document: &'d Value, used: Pointer) -> Self {
        let mut place = used.clone();
        let mut chain = Vec::new();
        // A chain of references has an end, but a document may be hostile.
        for _ in 0..reference::resolver::MAX_HOPS {
            let Some(value) = place.get(document) else {
                break;
            };
            let Some(node) = value.as_object() else {
                break;
            };
            chain.push(node);
            match reference::target(value) {
                Some(name) => place = Pointer::from_tokens(["components", "schemas", &name]),
                None => break,
            }
        }
        Self {
            node: chain.last().copied().unwrap_or_else(|| empty()),
            used,
            place,
            chain,
        }
    }

    /// The value of a keyword that may stand beside a reference: the nearest counts.
    pub(super) fn annotation(&self, keyword: &str) -> Option<&'d Value> {
        self.chain.iter().find_map(|node| node.get(keyword))
    }

    /// Whether a keyword is `true` at the use or at any schema that it leads to.
    pub(super) fn is(&self, keyword: &str) -> bool {
        let mut chain = self.chain.iter();
        chain.any(|node| node.get(keyword) == Some(&Value::Bool(true)))
    }

    /// The kind of its values.
    pub(super) fn kind(&self) -> Kind<'d> {
        if keywords::union(self.node).is_some() {
            return Kind::Union;
        }
        match self.node.get("type").and_then(Value::as_str) {
            Some("array") => Kind::Array,
            Some("object") => Kind::Object,
            Some(scalar) => Kind::Scalar(scalar),
            None => Kind::Any,
        }
    }

    /// A keyword whose value is a string.
    pub(super) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.node.get(keyword)?.as_str()
    }

    /// The values of its enum; `null` is told by `nullable`.
    pub(super) fn values(&self) -> Option<Vec<&'d Value>> {
        let values = self.node.get("enum")?.as_array()?.iter();
        Some(values.filter(|value| !value.is_null()).collect())
    }

    /// The members of an object.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&'d str, &'d Value)> {
        let properties = self.node.get("properties").and_then(Value::as_object);
        let properties = properties.into_iter().flatten();
        properties.map(|(name, schema)| (name.as_str(), schema))
    }

    /// The place of a member of an object.
    pub(super) fn property(&self, name: &str) -> Pointer {
        self.place.join("properties").join(name)
    }

    /// Whether a member of an object must be there.
    pub(super) fn requires(&self, name: &str) -> bool {
        let required = self.node.get("required").and_then(Value::as_array);
        required.is_some_and(|names| names.iter().any(|it| it == name))
    }

    /// Whether an object has declared members.
    pub(super) fn has_properties(&self) -> bool {
        self.properties().next().is_some()
    }

    /// What members an object may have that are not declared.
    pub(super) fn rest(&self) -> Rest {
        match self.node.get("additionalProperties") {
            None if self.has_properties() => Rest::Unsaid,
            Some(Value::Bool(false)) => Rest::None,
            None | Some(Value::Bool(true)) => Rest::Any,
            Some(schema) if accepts_everything(schema) => Rest::Any,
            Some(_) => Rest::Typed,
        }
    }

    /// The variants of a union, each with its place.
    pub(super) fn variants(&self) -> Vec<(Pointer, &'d Value)> {
        let Some((keyword, variants)) = keywords::union(self.node) else {
            return Vec::new();
        };
        let place = self.place.join(keyword);
        let variants = variants.iter().enumerate();
        variants
            .map(|(index, variant)| (place.index(index), variant))
            .collect()
    }
}

/// Whether a schema says nothing about the type of its values.
fn accepts_everything(schema: &Value) -> bool {
    let says = [
        "type", "$ref", "enum", "oneOf", "anyOf", "allOf", "not", "const",
    ];
    let schema = schema.as_object();
    schema.is_some_and(|schema| !says.iter().any(|keyword| schema.contains_key(*keyword)))
}

/// The members of an object that are not declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// The document says nothing: clients ignore them.
    Unsaid,
    None,
    Any,
    Typed,
}

fn empty<'d>() -> &'d Map<String, Value> {
    static EMPTY: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
    &EMPTY
}

/// The type of the values at a place, for people: `string(date)`, `[Pet]`, `{integer}`, `Pet`. Components have the names that
/// the author of the document gave them.
pub(super) fn type_label(side: &Side, used: &Pointer) -> String {
    label(side, used, 0)
}

fn label(side: &Side, used: &Pointer, depth: usize) -> String {
    const DEEPEST: usize = 6;
    let view = View::at(side.document(), used.clone());
    let null = if view.is("nullable") { " | null" } else { "" };
    let inner = |token: &str| {
        if depth == DEEPEST {
            "…".to_owned()
        } else {
            label(side, &view.place.join(token), depth + 1)
        }
    };
    let name = || named(&side.origin(&view.place));
    let text = match view.kind() {
        Kind::Any => "any".to_owned(),
        Kind::Scalar(_) if view.node.contains_key("enum") => {
            name().unwrap_or_else(|| values_label(&view))
        }
        Kind::Scalar(name) => match view.text("format") {
            Some(format) => format!("{name}({format})"),
            None => name.to_owned(),
        },
        Kind::Array => format!("[{}]", inner("items")),
        Kind::Object if !view.has_properties() => format!("{{{}}}", inner("additionalProperties")),
        Kind::Object => name().unwrap_or_else(|| "object".to_owned()),
        Kind::Union => name().unwrap_or_else(|| "union".to_owned()),
    };
    format!("{text}{null}")
}

fn values_label(view: &View) -> String {
    let values = view.values().unwrap_or_default();
    let shown: Vec<String> = values.iter().take(4).map(ToString::to_string).collect();
    let more = if values.len() > 4 { " | …" } else { "" };
    format!("{}{more}", shown.join(" | "))
}

/// The name of a component, if the place is that of one.
fn named(origin: &Pointer) -> Option<String> {
    let tokens: Vec<String> = origin.tokens().collect();
    match tokens.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            Some(name.clone())
        }
        [definitions, name] if definitions == "definitions" => Some(name.clone()),
        _ => None,
    }
}
