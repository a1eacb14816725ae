//! Component schemas: objects, string enums, unions and aliases.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, SchemaData, SchemaKind, Type};

use serde_json::Value;

use super::ledger::Owner;
use super::node::{Node, component_name};
use super::{Typed, constraints, prose_of};
use crate::normalize::facts::Facts;
use crate::normalize::normal_form::{NormalForm, Supplement};
use crate::openapi::keywords::OTHER_TAGS;
use crate::pointer::Pointer;

/// A component schema.
#[derive(Debug)]
pub(crate) struct Schema<'d> {
    /// Its place in the normalized document.
    pub(crate) place: Pointer,
    /// Its name in the document.
    pub(crate) name: &'d str,
    /// The name of its Rust type.
    pub(crate) type_name: String,
    /// What the documentation calls it: its name in the document, or else that of its type.
    pub(crate) label: String,
    /// Further names of the type: other types had them that are equal now.
    pub(crate) aliases: Vec<String>,
    /// The age of its name: of equal types, the one with the lowest rank is emitted.
    pub(crate) rank: usize,
    /// What it is, to name its parts.
    pub(super) owner: Owner,
    /// Its title and description, in Markdown.
    pub(crate) prose: String,
    /// For an alias, the constraints that its type cannot express, in Markdown.
    pub(crate) constraints: String,
    /// Whether `null` is one of its values.
    pub(crate) nullable: bool,
    /// Whether requests contain it. Then `null` and an absent property are different.
    pub(crate) is_sent: bool,
    /// Whether responses contain it and requests do not. Then users do not build it.
    pub(crate) is_only_received: bool,
    pub(crate) shape: Shape<'d>,
}

#[derive(Debug)]
pub(crate) enum Shape<'d> {
    Object(Object<'d>),
    StringEnum(Vec<EnumValue>),
    Union(Union<'d>),
    /// Another name for a type.
    Alias(Typed<'d>),
}

#[derive(Debug)]
pub(crate) struct Object<'d> {
    pub(crate) fields: Vec<Field<'d>>,
    /// The name of the field for members that are not declared, and the type of their values, if such members are allowed.
    pub(crate) rest: Option<(String, Typed<'d>)>,
}

#[derive(Debug)]
pub(crate) struct Field<'d> {
    /// The string in JSON.
    pub(crate) name: String,
    pub(crate) ident: String,
    /// The method that sets it, if it is optional.
    pub(crate) setter: String,
    /// The method that sets it to `null`, if it needs one.
    pub(crate) clear: String,
    pub(crate) typed: Typed<'d>,
    pub(crate) required: bool,
    /// Whether `null` is one of its values.
    pub(crate) nullable: bool,
    pub(crate) deprecated: bool,
    pub(crate) prose: String,
    /// The constraints that its type cannot express, in Markdown.
    pub(crate) constraints: String,
    /// The values of its enum, if it has one and `null` is not among them.
    pub(crate) constants: Vec<Value>,
}

#[derive(Debug)]
pub(crate) struct EnumValue {
    /// The string in JSON.
    pub(crate) value: String,
    pub(crate) variant: String,
}

#[derive(Debug)]
pub(crate) struct Union<'d> {
    /// Whether a value may be several of the variants at once.
    pub(crate) is_any_of: bool,
    /// The property that distinguishes the variants, if there is one.
    pub(crate) tag: Option<String>,
    /// The variant that an object without the property is, if no other fits: the position of the properties of the base.
    pub(crate) fallback: Option<usize>,
    /// The variant that an object with no tag or an unknown one is.
    pub(crate) default: Option<usize>,
    pub(crate) variants: Vec<Variant<'d>>,
}

#[derive(Debug)]
pub(crate) struct Variant<'d> {
    pub(crate) ident: String,
    pub(crate) prose: Option<String>,
    pub(crate) typed: Typed<'d>,
    /// The values of the tag that mean this variant: strings, numbers or booleans.
    pub(crate) tags: Vec<Value>,
}

impl<'d> Schema<'d> {
    /// Every part that has a Rust type, in a fixed order.
    pub(crate) fn typed(&self) -> Vec<&Typed<'d>> {
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
}

/// The component schemas of a document, by their names.
type Components<'d> = IndexMap<String, ReferenceOr<openapiv3::Schema>>;

/// Reads the component schemas of a document. They and their parts do not have names in Rust yet; `naming` gives them.
pub(super) fn read_all<'d>(form: &'d NormalForm) -> Vec<Schema<'d>> {
    let NormalForm {
        document,
        facts,
        supplement,
    } = form;
    let Some(components) = &document.components else {
        return Vec::new();
    };
    let schemas = &components.schemas;
    let place = Pointer::from_tokens(["components", "schemas"]);
    schemas
        .iter()
        .map(|(name, node)| {
            let (node, place) = (Node::from(node), place.join(name));
            let shape = shape(node, name, &place, schemas, facts, supplement);
            let constraints = match shape {
                Shape::Alias(_) => constraints::describe(node, &place, supplement),
                _ => String::new(),
            };
            Schema {
                place,
                name,
                type_name: String::new(),
                label: String::new(),
                aliases: Vec::new(),
                rank: usize::MAX,
                owner: Owner::default(),
                prose: prose_of(node),
                constraints,
                nullable: node.is_nullable(),
                is_sent: false,
                is_only_received: false,
                shape,
            }
        })
        .collect()
}

fn shape<'d>(
    node: Node<'d>,
    name: &str,
    place: &Pointer,
    schemas: &'d Components,
    facts: &Facts,
    supplement: &Supplement,
) -> Shape<'d> {
    let alias = || Shape::Alias(Typed::new(place.clone(), node));
    let Node::Schema(schema) = node else {
        return alias();
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => {
            Shape::StringEnum(enum_values(string.enumeration.iter().flatten()))
        }
        SchemaKind::OneOf { one_of } => Shape::Union(union(
            &schema.schema_data,
            one_of,
            name,
            &place.join("oneOf"),
            facts,
            false,
        )),
        SchemaKind::AnyOf { any_of } => Shape::Union(union(
            &schema.schema_data,
            any_of,
            name,
            &place.join("anyOf"),
            facts,
            true,
        )),
        SchemaKind::Type(Type::Object(it))
            if !it.properties.is_empty() || it.additional_properties.is_none() =>
        {
            Shape::Object(object(it, place, schemas, supplement))
        }
        _ => alias(),
    }
}

/// Whether a property, or the component that it refers to, allows `null`.
fn is_nullable(node: Node, schemas: &Components) -> bool {
    let target = node.reference().and_then(|name| schemas.get(name));
    node.is_nullable() || target.is_some_and(|target| Node::from(target).is_nullable())
}

/// The values of the enum that a property is, or that the component is that it refers to.
fn constants<'d>(
    mut node: Node<'d>,
    place: &Pointer,
    schemas: &'d Components,
    supplement: &Supplement,
) -> Vec<Value> {
    let mut place = place.clone();
    // A component may refer to another; in lenient mode, also to itself.
    for _ in 0..8 {
        let Some((name, target)) = node.reference().and_then(|it| schemas.get_key_value(it)) else {
            break;
        };
        node = Node::from(target);
        place = Pointer::from_tokens(["components", "schemas"]).join(name);
    }
    constraints::values(node, &place, supplement)
}

fn object<'d>(
    node: &'d ObjectType,
    place: &Pointer,
    schemas: &'d Components,
    supplement: &Supplement,
) -> Object<'d> {
    let required: HashSet<&str> = node.required.iter().map(String::as_str).collect();
    let properties = place.join("properties");
    let fields: Vec<Field> = node
        .properties
        .iter()
        .map(|(name, schema)| {
            let (node, place) = (Node::from(schema), properties.join(name));
            let nullable = is_nullable(node, schemas);
            let constants = if nullable {
                Vec::new()
            } else {
                constants(node, &place, schemas, supplement)
            };
            Field {
                name: name.clone(),
                ident: String::new(),
                setter: String::new(),
                clear: String::new(),
                required: required.contains(name.as_str()),
                nullable,
                constants,
                deprecated: node.data().is_some_and(|data| data.deprecated),
                prose: prose_of(node),
                constraints: constraints::describe(node, &place, supplement),
                typed: Typed::new(place, node),
            }
        })
        .collect();
    let rest = match &node.additional_properties {
        None | Some(AdditionalProperties::Any(false)) => None,
        Some(AdditionalProperties::Any(true)) => Some(Node::Any),
        Some(AdditionalProperties::Schema(schema)) => Some(Node::from(&**schema)),
    };
    let rest = rest.map(|node| {
        let place = place.join("additionalProperties");
        (String::new(), Typed::new(place, node))
    });
    Object { fields, rest }
}

fn enum_values<'v>(values: impl Iterator<Item = &'v String>) -> Vec<EnumValue> {
    let values = values.map(|value| EnumValue {
        value: value.clone(),
        variant: String::new(),
    });
    values.collect()
}

fn union<'d>(
    data: &'d SchemaData,
    variants: &'d [ReferenceOr<openapiv3::Schema>],
    name: &str,
    place: &Pointer,
    facts: &Facts,
    is_any_of: bool,
) -> Union<'d> {
    let typed_tags = place.parent().map(|place| &facts.of(&place).tags);
    let discriminator = data.discriminator.as_ref();
    let tag = discriminator.map(|discriminator| discriminator.property_name.clone());
    let mut tags: HashMap<&str, Vec<Value>> = HashMap::new();
    let mut default = None;
    for (value, target) in discriminator.iter().flat_map(|it| &it.mapping) {
        let name = component_name(target).unwrap_or(target);
        if value == OTHER_TAGS {
            default = Some(name);
            continue;
        }
        let tag = typed_tags.and_then(|tags| tags.get(value)).cloned();
        let tag = tag.unwrap_or_else(|| value.as_str().into());
        tags.entry(name).or_default().push(tag);
    }
    let fallback = variants.iter().position(|schema| {
        let variant = Node::from(schema).reference();
        let variant = variant.map(|it| Pointer::from_tokens(["components", "schemas", it]));
        let base = variant.and_then(|place| facts.of(&place).base_of.clone());
        base.is_some_and(|base| base == name)
    });
    let default = variants.iter().position(|schema| {
        let variant = Node::from(schema).reference();
        variant.is_some() && variant == default
    });
    let variants = variants
        .iter()
        .enumerate()
        .map(|(index, schema)| {
            let node = Node::from(schema);
            let tags = node.reference().and_then(|name| tags.remove(name));
            Variant {
                ident: String::new(),
                prose: node.data().and_then(|data| data.description.clone()),
                tags: tags.unwrap_or_default(),
                typed: Typed::new(place.index(index), node),
            }
        })
        .collect();
    Union {
        is_any_of,
        tag,
        fallback,
        default,
        variants,
    }
}
