//! The Rust types that generated code is made of: a closed set. `types` decides them, `emit` writes them.

/// The number of a schema in [`Model::schemas`](super::Model::schemas).
pub(crate) type SchemaIndex = usize;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Any JSON value.
    Any,
    Boolean,
    Integer(Integer),
    /// A number with a fraction.
    Number,
    /// A number with more digits than a float has.
    ExactNumber,
    String,
    Date,
    DateTime,
    Uuid,
    /// A value or `null`, or a value or nothing.
    Option(Box<Type>),
    Vec(Box<Type>),
    /// A map from strings to values.
    Map(Box<Type>),
    /// A value behind a pointer: the type would contain itself without one.
    Box(Box<Type>),
    /// The type of a component schema.
    Named(SchemaIndex),
}

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Integer {
    I32,
    I64,
    U32,
    U64,
    /// One that 64 bits may not hold.
    AnySize,
}

impl Type {
    /// The type inside this one.
    pub(crate) fn inner(&self) -> Option<&Self> {
        match self {
            Self::Option(inner) | Self::Vec(inner) | Self::Map(inner) | Self::Box(inner) => {
                Some(inner)
            }
            _ => None,
        }
    }

    /// This type and the types inside it, from the outside to the inside.
    pub(crate) fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| ty.inner())
    }

    /// The type of a value that is there and not `null`.
    pub(crate) fn without_option(&self) -> &Self {
        match self {
            Self::Option(inner) => inner,
            other => other,
        }
    }

    /// The component schema that the type names.
    pub(crate) fn named(&self) -> Option<SchemaIndex> {
        self.layers().find_map(|ty| match ty {
            Self::Named(index) => Some(*index),
            _ => None,
        })
    }

    /// Makes the component schema that the type names another one.
    pub(crate) fn refer_to(&mut self, schema: SchemaIndex) {
        match self {
            Self::Option(inner) | Self::Vec(inner) | Self::Map(inner) | Self::Box(inner) => {
                inner.refer_to(schema);
            }
            Self::Named(index) => *index = schema,
            _ => {}
        }
    }
}
