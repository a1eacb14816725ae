//! Enumerations of strings. They are open: an unlisted value is kept as it is.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use crate::model::{EnumValue, Schema, code_span};

pub(super) fn item(schema: &Schema, values: &[EnumValue]) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let prose = docs::attributes(&docs::describe_named(
        &schema.label,
        &schema.prose,
        &schema.constraints,
    ));
    let variants: Vec<_> = values
        .iter()
        .map(|value| format_ident!("{}", value.variant))
        .collect();
    let texts: Vec<&str> = values.iter().map(|value| value.value.as_str()).collect();
    let about = texts.iter().map(|text| docs::attributes(&describe(text)));
    quote! {
        #prose
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#about #variants,)*
            /// A value that the description does not list, as it was sent.
            Unknown(String),
        }
        crate::runtime::data::open_enum! { #name { #(#variants #texts,)* } }
    }
}

fn describe(value: &str) -> String {
    if value.trim().is_empty() {
        "The empty text.".to_owned()
    } else {
        code_span(value)
    }
}
