//! Unions: an enum of the types that a value can have. They are open, as string enums are.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::support::{Piece, Support};
use super::types::Types;
use crate::model::{Schema, Union};

pub(super) fn item(
    schema: &Schema,
    union: &Union,
    types: &Types,
    support: &mut Support,
) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let prose = docs::attributes(&docs::describe_named(
        schema.name,
        &schema.prose,
        &schema.constraints,
    ));
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|variant| format_ident!("{}", variant.ident))
        .collect();
    let variant_types = union.variants.iter();
    let variant_types = variant_types.map(|variant| types.inside(variant.typed.ty()));
    let about = union.variants.iter().map(|variant| {
        let fallback = match variant.tags.as_slice() {
            [] => format!("`{}`.", variant.ident),
            tags => format!(
                "When the tag is {}.",
                tags.iter()
                    .map(|tag| format!("`{tag}`"))
                    .collect::<Vec<_>>()
                    .join(" or ")
            ),
        };
        let prose = variant.prose.as_deref().unwrap_or_default();
        docs::attributes(&docs::describe(prose, &fallback))
    });
    let wire = if let Some(tag) = &union.tag {
        support.need(Piece::TaggedUnion);
        let arms = union
            .variants
            .iter()
            .zip(&variants)
            .map(|(variant, ident)| {
                let tags = &variant.tags;
                quote!(#ident: #(#tags)|*)
            });
        quote!(crate::generated::support::tagged_union!(#name, #tag, #(#arms),*);)
    } else {
        support.need(Piece::UntaggedUnion);
        let is_whole = union.is_any_of.then(|| quote!(; is_whole));
        quote!(crate::generated::support::untagged_union!(#name, #(#variants),* #is_whole);)
    };
    quote! {
        #prose
        #[allow(clippy::large_enum_variant, reason = "they are as large as the API makes them")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#about #variants(#variant_types),)*
            /// A value that is none of these, as it was sent.
            Unknown(serde_json::Value),
        }
        #wire
    }
}
