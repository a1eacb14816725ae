//! A schema of the normal form in any place, and the keywords that the model reads from it.

use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, Type,
    VariantOrUnknownOrEmpty,
};

use crate::openapi::reference::PREFIX;

/// A schema.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node<'d> {
    /// A schema of the document.
    Schema(&'d Schema),
    /// A reference to a component, by its name.
    Reference(&'d str),
    /// A file: no schema of the document is used for it.
    File,
    /// A list of files.
    Files,
    /// Any value, because the document has no schema.
    Any,
}

impl<'d> From<&'d ReferenceOr<Schema>> for Node<'d> {
    fn from(schema: &'d ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::reference_to(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for Node<'d> {
    fn from(schema: &'d ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::reference_to(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'d> Node<'d> {
    fn reference_to(reference: &'d str) -> Self {
        component_name(reference).map_or(Self::Any, Self::Reference)
    }

    /// The component that it refers to, directly or in an `allOf` with annotations.
    pub(crate) fn reference(self) -> Option<&'d str> {
        match self {
            Self::Reference(name) => Some(name),
            Self::Schema(Schema {
                schema_kind: SchemaKind::AllOf { all_of },
                ..
            }) => match all_of.as_slice() {
                [ReferenceOr::Reference { reference }] => component_name(reference),
                _ => None,
            },
            _ => None,
        }
    }

    /// Its keywords besides `type` and those of the type.
    pub(crate) fn data(self) -> Option<&'d SchemaData> {
        match self {
            Self::Schema(schema) => Some(&schema.schema_data),
            _ => None,
        }
    }

    /// Its `type` and the keywords of that type.
    pub(crate) fn ty(self) -> Option<&'d Type> {
        match self {
            Self::Schema(Schema {
                schema_kind: SchemaKind::Type(ty),
                ..
            }) => Some(ty),
            _ => None,
        }
    }

    /// Whether it has `nullable: true` itself.
    pub(crate) fn is_nullable(self) -> bool {
        self.data().is_some_and(|data| data.nullable)
    }

    /// The elements of an array.
    pub(crate) fn items(self) -> Option<Self> {
        match self {
            Self::Files => Some(Self::File),
            _ => match self.ty()? {
                Type::Array(array) => array.items.as_ref().map(Self::from),
                _ => None,
            },
        }
    }

    /// The values of a map.
    pub(crate) fn values(self) -> Option<Self> {
        match self.ty()? {
            Type::Object(object) => Some(match &object.additional_properties {
                Some(AdditionalProperties::Schema(values)) => Self::from(&**values),
                _ => Self::Any,
            }),
            _ => None,
        }
    }

    /// The `format` of a value that is not an array or object.
    pub(crate) fn format(self) -> Option<&'d str> {
        match self.ty()? {
            Type::String(string) => spelled(&string.format, |format| match format {
                StringFormat::Date => "date",
                StringFormat::DateTime => "date-time",
                StringFormat::Password => "password",
                StringFormat::Byte => "byte",
                StringFormat::Binary => "binary",
            }),
            Type::Number(number) => spelled(&number.format, |format| match format {
                openapiv3::NumberFormat::Float => "float",
                openapiv3::NumberFormat::Double => "double",
            }),
            Type::Integer(integer) => spelled(&integer.format, |format| match format {
                openapiv3::IntegerFormat::Int32 => "int32",
                openapiv3::IntegerFormat::Int64 => "int64",
            }),
            Type::Boolean(_) | Type::Array(_) | Type::Object(_) => None,
        }
    }

    /// Whether it is a string.
    pub(crate) fn is_string(self) -> bool {
        matches!(self, Self::File) || matches!(self.ty(), Some(Type::String(_)))
    }

    /// Whether it is bytes.
    pub(crate) fn is_binary(self) -> bool {
        matches!(self, Self::File) || (self.is_string() && self.format() == Some("binary"))
    }

    /// The component that it, its elements or its values refer to.
    pub(crate) fn component(self) -> Option<&'d str> {
        let mut node = Some(self);
        while let Some(here) = node {
            if let Some(name) = here.reference() {
                return Some(name);
            }
            node = here.items().or_else(|| here.values());
        }
        None
    }
}

fn spelled<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    known: impl Fn(&T) -> &'static str,
) -> Option<&str> {
    match format {
        VariantOrUnknownOrEmpty::Item(format) => Some(known(format)),
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

/// The name of the component in a reference. In the normal form no name needs escapes.
pub(crate) fn component_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(PREFIX)
}
