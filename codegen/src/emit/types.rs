//! Writes types as Rust, in the modules of the schemas or in those of the operations.

use std::collections::{BTreeSet, HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::equal;
use crate::model::{Field, Integer, Model, Object, SchemaIndex, Shape, Type};

/// The types of all schemas, by their numbers.
pub(super) struct Types {
    names: Vec<String>,
    /// The types that aliases are names for.
    aliases: HashMap<SchemaIndex, Type>,
    /// Aliases that lead back to themselves: Rust does not allow a type alias for them.
    cyclic: HashSet<SchemaIndex>,
    /// The properties whose constants tell an object from the other variants of a union.
    deciding: BTreeSet<(SchemaIndex, String)>,
    /// The schemas that have a value with nothing in it.
    empty: HashSet<SchemaIndex>,
}

impl Types {
    pub(super) fn new(model: &Model) -> Self {
        let schemas = model.schemas.iter();
        Self {
            names: schemas.map(|schema| schema.type_name.clone()).collect(),
            aliases: aliases(model),
            cyclic: cyclic_aliases(model),
            deciding: deciding_properties(model),
            empty: (0..model.schemas.len())
                .filter(|index| schema_has_empty_value(*index, model))
                .collect(),
        }
    }

    /// A type in the modules of the schemas. The names of types are marked (see [`equal`]).
    pub(super) fn inside(&self, ty: &Type) -> TokenStream {
        self.spell(ty, None)
    }

    /// A type in the modules of the operations.
    pub(super) fn outside(&self, ty: &Type) -> TokenStream {
        self.spell(ty, Some(&quote!(types::)))
    }

    /// The type of an argument of an operation: `&str` for a string, small values as they are, everything else by reference. A
    /// date or a UUID is what it says: only one that is received may be something else.
    pub(super) fn argument(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Date => quote!(jiff::civil::Date),
            Type::Uuid => quote!(uuid::Uuid),
            ty if is_copied(ty) => self.outside(ty),
            ty => self.borrowed(ty),
        }
    }

    /// A reference to a value; for a list, the slice of its elements.
    pub(super) fn borrowed(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::String => quote!(&str),
            Type::Vec(item) => {
                let item = self.outside(item);
                quote!(&[#item])
            }
            other => {
                let ty = self.outside(other);
                quote!(&#ty)
            }
        }
    }

    /// A value of an operation behind a reference, for code that writes any value: a number that JSON does not have is an error. `by`
    /// is an expression of the type of [`argument`](Self::argument), or of [`borrowed`](Self::borrowed) if `is_borrowed`.
    pub(super) fn lent(&self, by: &TokenStream, ty: &Type, is_borrowed: bool) -> TokenStream {
        let data = quote!(crate::runtime::data);
        match ty {
            Type::Vec(item) if **item == Type::Number => {
                quote!(&#data::Viewed(#data::View::Numbers(#by)))
            }
            Type::Vec(_) => quote!(&#data::ViewedItems(#by)),
            Type::Number if !is_borrowed => quote!(&#data::viewed(&#by)),
            ty if is_copied(ty) && !is_borrowed => quote!(&#by),
            Type::Named(index) if !self.aliases.contains_key(index) => by.clone(),
            ty if is_copied(ty) && *ty != Type::Number => by.clone(),
            Type::String | Type::Any => by.clone(),
            _ => quote!(&#data::viewed(#by)),
        }
    }

    /// The type that an alias leads to; any other type.
    pub(super) fn resolved<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        // No chain of aliases is longer than their number.
        for _ in 0..self.aliases.len() {
            match ty {
                Type::Named(index) => ty = self.aliases.get(index).unwrap_or(ty),
                _ => break,
            }
        }
        ty
    }

    /// The name of the type of a schema.
    pub(super) fn name(&self, index: SchemaIndex) -> &str {
        &self.names[index]
    }

    /// Whether an alias must be a type of its own, because it leads back to itself.
    pub(super) fn is_cyclic(&self, index: SchemaIndex) -> bool {
        self.cyclic.contains(&index)
    }

    /// Whether the constants of a property decide which variant of a union an object is.
    pub(super) fn decides(&self, object: SchemaIndex, property: &str) -> bool {
        self.deciding.contains(&(object, property.to_owned()))
    }

    /// Whether a type has a value with nothing in it, which a response without a body can be read as: `null`, an empty list or
    /// map, an object without required properties. It is the rule of the function `empty` of the runtime.
    pub(super) fn has_empty_value(&self, ty: &Type) -> bool {
        match ty {
            Type::Any | Type::Option(_) | Type::Vec(_) | Type::Map(_) => true,
            Type::Box(ty) => self.has_empty_value(ty),
            Type::Named(index) => self.empty.contains(index),
            _ => false,
        }
    }

    fn spell(&self, ty: &Type, module: Option<&TokenStream>) -> TokenStream {
        let inner = |ty: &Type| self.spell(ty, module);
        match ty {
            Type::Any => quote!(serde_json::Value),
            Type::Boolean => quote!(bool),
            Type::Integer(integer) => match integer {
                Integer::I32 => quote!(i32),
                Integer::I64 => quote!(i64),
                Integer::U32 => quote!(u32),
                Integer::U64 => quote!(u64),
                Integer::AnySize => quote!(crate::runtime::Integer),
            },
            Type::Number => quote!(f64),
            Type::ExactNumber => quote!(crate::runtime::Number),
            Type::String => quote!(String),
            Type::Date => quote!(crate::generated::support::Date),
            Type::DateTime => quote!(crate::generated::support::DateTime),
            Type::Uuid => quote!(crate::generated::support::Uuid),
            Type::Option(ty) => {
                let ty = inner(ty);
                quote!(Option<#ty>)
            }
            Type::Vec(ty) => {
                let ty = inner(ty);
                quote!(Vec<#ty>)
            }
            Type::Map(ty) if **ty == Type::Any => {
                quote!(serde_json::Map<String, serde_json::Value>)
            }
            Type::Map(ty) => {
                let ty = inner(ty);
                quote!(std::collections::BTreeMap<String, #ty>)
            }
            Type::Box(ty) => {
                let ty = inner(ty);
                quote!(Box<#ty>)
            }
            Type::Named(index) => {
                let name = format_ident!("{}", self.names[*index]);
                match module {
                    Some(module) => quote!(#module #name),
                    None => equal::mark(*index, name),
                }
            }
        }
    }
}

/// Whether an operation takes values of a type by copy.
pub(super) fn is_copied(ty: &Type) -> bool {
    match ty {
        Type::Integer(integer) => *integer != Integer::AnySize,
        other => matches!(
            other,
            Type::Boolean | Type::Number | Type::Date | Type::Uuid
        ),
    }
}

/// The attribute that allows types that are too complex for `clippy`, if one of these is.
pub(super) fn allow_complex<'t>(types: impl IntoIterator<Item = &'t Type>) -> Option<TokenStream> {
    types.into_iter().any(is_complex).then(|| {
        quote!(#[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")])
    })
}

/// Whether a type is too complex for `clippy`. It adds ten for each type in a type, times the depth of that type.
fn is_complex(ty: &Type) -> bool {
    // An option, a reference or a result may enclose it.
    let mut score = 30;
    let mut depth = 2;
    for layer in ty.layers() {
        depth += 1;
        score += 10 * depth;
        if matches!(layer, Type::Map(_)) {
            // The key.
            score += 10 * (depth + 1);
        }
    }
    score > 250
}

/// The properties with constants of the objects that are variants of a union. One constant always decides. Several do if another
/// variant has others: otherwise a new value, which servers may add, would leave no variant.
fn deciding_properties(model: &Model) -> BTreeSet<(SchemaIndex, String)> {
    let mut deciding = BTreeSet::new();
    for schema in &model.schemas {
        let Shape::Union(union) = &schema.shape else {
            continue;
        };
        let variants = union.variants.iter();
        let objects: Vec<(SchemaIndex, &Object)> = variants
            .filter_map(|variant| object_of(variant.typed.ty(), model))
            .collect();
        for (index, object) in &objects {
            for field in object.fields.iter().filter(|it| !it.constants.is_empty()) {
                let is_disjoint = |other: &Field| {
                    let mut constants = other.constants.iter();
                    !other.constants.is_empty() && !constants.any(|it| field.constants.contains(it))
                };
                let others = objects.iter().flat_map(|(_, other)| &other.fields);
                let mut namesakes = others.filter(|other| other.name == field.name);
                if field.constants.len() == 1 || namesakes.any(is_disjoint) {
                    deciding.insert((*index, field.name.clone()));
                }
            }
        }
    }
    deciding
}

fn schema_has_empty_value(index: SchemaIndex, model: &Model) -> bool {
    let ty = Type::Named(index);
    if let Some((_, object)) = object_of(&ty, model) {
        return !object.fields.iter().any(|field| field.required);
    }
    let mut ty = &ty;
    for _ in 0..=model.schemas.len() {
        match ty {
            Type::Any | Type::Option(_) | Type::Vec(_) | Type::Map(_) => return true,
            Type::Box(inner) => ty = inner,
            Type::Named(index) => match &model.schemas[*index].shape {
                Shape::Alias(target) => ty = target.ty(),
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

/// The object that a type is, also through aliases.
fn object_of<'m>(ty: &Type, model: &'m Model) -> Option<(SchemaIndex, &'m Object<'m>)> {
    let mut ty = ty;
    for _ in 0..=model.schemas.len() {
        match ty {
            Type::Box(inner) => ty = inner,
            Type::Named(index) => match &model.schemas[*index].shape {
                Shape::Object(object) => return Some((*index, object)),
                Shape::Alias(target) => ty = target.ty(),
                _ => return None,
            },
            _ => return None,
        }
    }
    None
}

fn aliases(model: &Model) -> HashMap<SchemaIndex, Type> {
    let schemas = model.schemas.iter().enumerate();
    let aliases = schemas.filter_map(|(index, schema)| match &schema.shape {
        Shape::Alias(typed) => Some((index, typed.ty().clone())),
        _ => None,
    });
    aliases.collect()
}

/// Aliases that lead back to themselves through aliases only.
fn cyclic_aliases(model: &Model) -> HashSet<SchemaIndex> {
    let next = |index: SchemaIndex| match &model.schemas[index].shape {
        Shape::Alias(typed) => typed.ty().named(),
        _ => None,
    };
    // An alias contains one type, so there is one way from it: the way ends, or it leads back.
    let mut cyclic = HashSet::new();
    let mut done = vec![false; model.schemas.len()];
    for begin in 0..model.schemas.len() {
        let mut way = Vec::new();
        let mut here = Some(begin);
        while let Some(index) = here.filter(|index| !done[*index]) {
            done[index] = true;
            way.push(index);
            here = next(index);
        }
        if let Some(meeting) = here
            && let Some(position) = way.iter().position(|index| *index == meeting)
        {
            cyclic.extend(&way[position..]);
        }
    }
    cyclic
}
