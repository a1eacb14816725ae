//! Aliases: a type alias, or a wrapper if the alias leads back to itself; and the aliases of types that are equal to another.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::types::Types;
use crate::model::{Schema, SchemaIndex, Typed};

pub(super) fn item(
    index: SchemaIndex,
    schema: &Schema,
    target: &Typed,
    types: &Types,
) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let ty = types.inside(target.ty());
    let prose = docs::attributes(&docs::describe_named(
        &schema.label,
        &schema.prose,
        &schema.constraints,
    ));
    if types.is_cyclic(index) {
        quote! {
            #prose
            #[derive(Clone)]
            pub struct #name(pub #ty);
            crate::runtime::data::transparent!(#name);
        }
    } else {
        quote!(#prose pub type #name = #ty;)
    }
}

/// The further names of a type.
pub(super) fn further(schema: &Schema) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let text =
        format!(" The same type as [`{name}`]: the API description had a type of its own here.");
    let aliases = schema.aliases.iter().map(|alias| {
        let alias = format_ident!("{alias}");
        quote!(#[doc = #text] pub type #alias = #name;)
    });
    quote!(#(#aliases)*)
}

/// The alias of a type that is equal to that of the schema `first`.
pub(super) fn shared(schema: &Schema, first: SchemaIndex, types: &Types) -> TokenStream {
    let (name, first) = (&schema.type_name, types.name(first));
    let about = docs::describe_named(&schema.label, &schema.prose, &schema.constraints);
    let text = format!(
        "{about}\n\nThe same type as {}: the API description defines both alike.",
        docs::link(first)
    );
    let prose = docs::attributes(&text);
    let (name, first) = (format_ident!("{name}"), format_ident!("{first}"));
    quote!(#prose pub type #name = #first;)
}
