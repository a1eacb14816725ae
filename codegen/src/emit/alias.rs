//! Other names for a type: a type alias, or a wrapper if the name leads back to itself.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::types::Types;
use super::{docs, facts};
use crate::model::{Schema, Shape};

pub(super) fn item(index: usize, schema: &Schema, found: &[Type], types: &Types) -> TokenStream {
    let (Shape::Alias(target), [found]) = (&schema.shape, found) else {
        return TokenStream::new();
    };
    let name = format_ident!("{}", schema.type_name);
    let ty = types.inside(found);
    let mut text = docs::describe(&schema.prose, &format!("`{}`.", schema.name));
    let facts = facts::describe(&target.schema);
    if !facts.is_empty() {
        text.push_str("\n\n");
        text.push_str(&facts);
    }
    let prose = docs::attributes(&text);
    if types.is_cyclic(index) {
        quote! {
            #prose
            #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
            #[serde(transparent)]
            pub struct #name(pub #ty);
        }
    } else {
        quote!(#prose pub type #name = #ty;)
    }
}
