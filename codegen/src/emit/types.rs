//! How types are written: beside the schemas or beside the operations, as people write them.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Integer, Model, SchemaIndex, Shape, Type};

/// Knows the schemas by their numbers.
pub(super) struct Types {
    names: Vec<String>,
    /// Aliases that lead back to themselves, which Rust does not allow.
    cyclic: HashSet<SchemaIndex>,
}

impl Types {
    pub(super) fn new(model: &Model) -> Self {
        let schemas = model.schemas.iter();
        Self {
            names: schemas.map(|schema| schema.type_name.clone()).collect(),
            cyclic: cyclic_aliases(model),
        }
    }

    /// A type as it is written beside the schemas.
    pub(super) fn inside(&self, ty: &Type) -> TokenStream {
        self.spell(ty, None)
    }

    /// A type as it is written beside the operations.
    pub(super) fn outside(&self, ty: &Type) -> TokenStream {
        self.spell(ty, Some(&quote!(types::)))
    }

    /// How an operation takes a value: `&str` for a string, small values as they are, everything else by reference.
    pub(super) fn argument(&self, ty: &Type) -> TokenStream {
        if is_copied(ty) {
            self.outside(ty)
        } else {
            self.borrowed(ty)
        }
    }

    /// A reference to a value; to the elements of a list.
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

    /// Whether the alias of a number has to be a type of its own.
    pub(super) fn is_cyclic(&self, index: SchemaIndex) -> bool {
        self.cyclic.contains(&index)
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
                Integer::AnySize => quote!(serde_json::Number),
            },
            Type::Number => quote!(f64),
            Type::String => quote!(String),
            Type::Date => quote!(jiff::civil::Date),
            Type::DateTime => quote!(crate::generated::support::DateTime),
            Type::Uuid => quote!(uuid::Uuid),
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
                quote!(#module #name)
            }
        }
    }
}

/// Whether an operation takes values of a type as they are.
pub(super) fn is_copied(ty: &Type) -> bool {
    match ty {
        Type::Integer(integer) => *integer != Integer::AnySize,
        other => matches!(
            other,
            Type::Boolean | Type::Number | Type::Date | Type::Uuid
        ),
    }
}

/// What lets `clippy` pass over types that are too complex for it, if one of these is.
pub(super) fn allow_complex<'t>(types: impl IntoIterator<Item = &'t Type>) -> Option<TokenStream> {
    types.into_iter().any(is_complex).then(|| {
        quote!(#[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")])
    })
}

/// Whether `clippy` finds a type too complex. It adds ten for each type in a type, times the depth at which it is.
fn is_complex(ty: &Type) -> bool {
    // An option, a reference or a result may come around it.
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

/// Aliases that lead to themselves by aliases only.
fn cyclic_aliases(model: &Model) -> HashSet<SchemaIndex> {
    let next = |index: SchemaIndex| match &model.schemas[index].shape {
        Shape::Alias(typed) => typed.ty().named(),
        _ => None,
    };
    // An alias has one type in it, so that its way is a line: it ends, or it comes back.
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
