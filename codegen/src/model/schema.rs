//! Named schemas: objects, string enums, unions, and other names for a type.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::names::{self, Scope};
use super::{Typed, prose, reference};
use crate::pointer::Pointer;

/// A component schema.
#[derive(Debug)]
pub(crate) struct Schema {
    /// Where it stands.
    pub(crate) place: Pointer,
    /// What the document calls it.
    pub(crate) name: String,
    /// What Rust calls it.
    pub(crate) type_name: String,
    /// What it says of itself, in Markdown.
    pub(crate) prose: String,
    /// Whether `null` is one of its values, too.
    pub(crate) nullable: bool,
    /// Whether requests hold it: then it matters whether a field is `null` or not there.
    pub(crate) is_sent: bool,
    pub(crate) shape: Shape,
}

#[derive(Debug)]
pub(crate) enum Shape {
    Object(Object),
    StringEnum(Vec<EnumValue>),
    Union(Union),
    /// Another name for a type.
    Alias(Typed),
}

#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// What members that are not listed hold, if they are to be kept; and the name of the field that keeps them.
    pub(crate) rest: Option<(String, Typed)>,
}

#[derive(Debug)]
pub(crate) struct Field {
    /// What goes over the wire.
    pub(crate) name: String,
    pub(crate) ident: String,
    /// The method that sets it, if it is optional.
    pub(crate) setter: String,
    /// The method that sets it to `null`, if it needs one.
    pub(crate) clear: String,
    pub(crate) typed: Typed,
    pub(crate) required: bool,
    /// Whether `null` is one of its values.
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) prose: String,
}

#[derive(Debug)]
pub(crate) struct EnumValue {
    /// What goes over the wire.
    pub(crate) value: String,
    pub(crate) variant: String,
}

#[derive(Debug)]
pub(crate) struct Union {
    /// Whether a value may be several of the variants at once.
    pub(crate) is_any_of: bool,
    /// The property that tells the variants apart, if one does.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<Variant>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) ident: String,
    pub(crate) typed: Typed,
    /// The values of the tag that mean this variant.
    pub(crate) tags: Vec<String>,
}

impl Schema {
    /// Every part that has a Rust type, in a fixed order.
    pub(crate) fn typed(&self) -> Vec<&Typed> {
        match &self.shape {
            Shape::Object(object) => {
                let fields = object.fields.iter().map(|field| &field.typed);
                fields
                    .chain(object.rest.iter().map(|(_, typed)| typed))
                    .collect()
            }
            Shape::StringEnum(_) => Vec::new(),
            Shape::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.typed)
                .collect(),
            Shape::Alias(typed) => vec![typed],
        }
    }

    /// Names the setters of an object, once it is known whether it is sent.
    pub(super) fn name_setters(&mut self) {
        let Shape::Object(object) = &mut self.shape else {
            return;
        };
        let mut scope = Scope::default();
        for field in object.fields.iter_mut().filter(|field| !field.required) {
            field.setter = scope.claim(&names::setter_name(&field.ident));
            if self.is_sent && field.nullable {
                field.clear = scope.claim(&names::clearer_name(&field.ident));
            }
        }
    }
}

/// The component schemas of a document.
pub(super) fn read_all(document: &Value) -> Vec<Schema> {
    let place = Pointer::from_tokens(["components", "schemas"]);
    let empty = Map::new();
    let schemas = place.get(document).and_then(Value::as_object);
    let schemas = schemas.unwrap_or(&empty);
    let mut scope = Scope::default();
    schemas
        .iter()
        .map(|(name, node)| Schema {
            place: place.join(name),
            name: name.clone(),
            type_name: scope.claim(&names::type_name(name)),
            prose: prose(node, "title"),
            nullable: node["nullable"] == true,
            is_sent: false,
            shape: shape(node, &place.join(name), schemas),
        })
        .collect()
}

fn shape(node: &Value, place: &Pointer, schemas: &Map<String, Value>) -> Shape {
    let values = node["enum"].as_array().filter(|_| node["type"] == "string");
    if let Some(values) = values {
        return Shape::StringEnum(enum_values(values));
    }
    if let Some(variants) = node["oneOf"].as_array() {
        return Shape::Union(union(node, variants, &place.join("oneOf")));
    }
    if let Some(properties) = node["properties"].as_object() {
        return Shape::Object(object(node, properties, place, schemas));
    }
    if node["type"] == "object" && node.get("additionalProperties").is_none() {
        return Shape::Object(object(node, &Map::new(), place, schemas));
    }
    Shape::Alias(Typed::new(place.clone(), node.clone()))
}

/// Whether `null` is a value of a property, by itself or by what it refers to.
fn is_nullable(schema: &Value, schemas: &Map<String, Value>) -> bool {
    let target = || schemas.get(&reference(schema)?);
    schema["nullable"] == true || target().is_some_and(|target| target["nullable"] == true)
}

fn object(
    node: &Value,
    properties: &Map<String, Value>,
    place: &Pointer,
    schemas: &Map<String, Value>,
) -> Object {
    let required: HashSet<&str> = node["required"]
        .as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let place_of = |name: &str| place.join("properties").join(name);
    let mut scope = Scope::default();
    let fields: Vec<Field> = properties
        .iter()
        .map(|(name, schema)| Field {
            name: name.clone(),
            ident: scope.claim(&names::value_name(name)),
            setter: String::new(),
            clear: String::new(),
            typed: Typed::new(place_of(name), schema.clone()),
            required: required.contains(&name.as_str()),
            nullable: is_nullable(schema, schemas),
            deprecated: schema["deprecated"] == true,
            prose: prose(schema, "title"),
        })
        .collect();
    let rest = node
        .get("additionalProperties")
        .filter(|rest| **rest != false);
    let rest = rest.map(|schema| {
        let any = Value::Object(Map::new());
        let schema = if schema.is_object() {
            schema.clone()
        } else {
            any
        };
        let place = place.join("additionalProperties");
        (
            scope.claim("additional_properties"),
            Typed::new(place, schema),
        )
    });
    Object { fields, rest }
}

fn enum_values(values: &[Value]) -> Vec<EnumValue> {
    let mut scope = Scope::with(["Unknown"]);
    values
        .iter()
        .filter_map(Value::as_str)
        .map(|value| {
            let mut wanted = names::variant_name(value);
            if wanted == "Unknown" {
                // `Unknown` is what keeps the values that are not listed, in every enum.
                "UnknownValue".clone_into(&mut wanted);
            }
            EnumValue {
                value: value.to_owned(),
                variant: scope.claim(&wanted),
            }
        })
        .collect()
}

fn union(node: &Value, variants: &[Value], place: &Pointer) -> Union {
    let tag = node["discriminator"]["propertyName"]
        .as_str()
        .map(str::to_owned);
    let mapping = node["discriminator"]["mapping"].as_object();
    let mut tags: HashMap<String, Vec<String>> = HashMap::new();
    for (value, target) in mapping.into_iter().flatten() {
        let target = target.as_str().unwrap_or_default();
        let name = super::component_name(target).unwrap_or_else(|| target.to_owned());
        tags.entry(name).or_default().push(value.clone());
    }
    let mut scope = Scope::with(["Unknown"]);
    let variants = variants
        .iter()
        .enumerate()
        .map(|(index, schema)| {
            let target = reference(schema);
            let tags = target.as_ref().and_then(|name| tags.remove(name));
            Variant {
                ident: scope.claim(&variant_ident(schema, target.as_deref())),
                tags: tags.unwrap_or_default(),
                typed: Typed::new(place.index(index), schema.clone()),
            }
        })
        .collect();
    Union {
        is_any_of: node["x-any-of"] == true,
        tag,
        variants,
    }
}

/// A variant is called what its schema is called, or else what it is.
fn variant_ident(schema: &Value, target: Option<&str>) -> String {
    if let Some(target) = target {
        return names::variant_name(target);
    }
    if let Some(title) = schema["title"].as_str() {
        return names::variant_name(title);
    }
    let format = schema["format"].as_str().unwrap_or_default();
    let name = match (schema["type"].as_str(), format) {
        (Some("string"), "date") => "Date",
        (Some("string"), "date-time") => "DateTime",
        (Some("string"), "uuid") => "Uuid",
        (Some("string"), _) => "String",
        (Some("integer"), _) => "Integer",
        (Some("number"), _) => "Number",
        (Some("boolean"), _) => "Boolean",
        (Some("array"), _) => {
            let items = &schema["items"];
            let target = reference(items);
            return format!("{}List", variant_ident(items, target.as_deref()));
        }
        (Some("object"), _) => "Map",
        _ => "Any",
    };
    name.to_owned()
}
