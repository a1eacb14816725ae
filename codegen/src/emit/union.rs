//! Unions: an enum of the types that a value can have. They are open, as string enums are.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

use super::docs;
use super::object::literal;
use super::types::Types;
use crate::model::{Schema, Union, code_span};

pub(super) fn item(schema: &Schema, union: &Union, types: &Types) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let prose = docs::attributes(&docs::describe_named(
        &schema.label,
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
    let about = union.variants.iter().enumerate().map(|(index, variant)| {
        let others = if union.default == Some(index) {
            ", is missing or is unknown"
        } else {
            ""
        };
        let fallback = match variant.tags.as_slice() {
            [] => format!("`{}`.", variant.ident),
            tags => format!(
                "When the tag is {}{others}.",
                tags.iter()
                    .map(|tag| match tag {
                        Value::String(text) => code_span(text),
                        other => code_span(&other.to_string()),
                    })
                    .collect::<Vec<_>>()
                    .join(" or ")
            ),
        };
        let prose = variant.prose.as_deref().unwrap_or_default();
        docs::attributes(&docs::describe(prose, &fallback))
    });
    let rows = union.variants.iter().zip(&variants);
    let rows = rows.map(|(variant, ident)| match variant.tags.as_slice() {
        tags if union.tag.is_some() && !tags.is_empty() => {
            let tags = tags.iter().map(literal);
            quote!(#ident: #(#tags)|*)
        }
        _ => ident.to_token_stream(),
    });
    let rule = match &union.tag {
        Some(tag) => {
            let fallback = union.fallback.map(|index| {
                let fallback = &variants[index];
                quote!(else #fallback)
            });
            let default = union.default.map(|index| {
                let default = &variants[index];
                quote!(default #default)
            });
            quote!(tagged #tag #default #fallback)
        }
        None if union.is_any_of => quote!(any_of),
        None => quote!(one_of),
    };
    quote! {
        #prose
        #[allow(clippy::large_enum_variant, reason = "they are as large as the API makes them")]
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#about #variants(#variant_types),)*
            /// A value that is none of these, as it was sent.
            Unknown(serde_json::Value),
        }
        crate::runtime::data::union! { #name #rule { #(#rows,)* } }
    }
}
