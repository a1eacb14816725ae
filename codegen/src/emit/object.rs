//! Objects: a struct and its table, and for those that are sent, a constructor with the required fields and a setter for each
//! optional field.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

use super::docs;
use super::types::{Types, allow_complex};
use crate::model::{Field, Object, Schema, SchemaIndex, Type, Typed};

pub(super) fn item(
    index: SchemaIndex,
    schema: &Schema,
    object: &Object,
    types: &Types,
) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let fields = object.fields.iter();
    let fields: Vec<Member> = fields
        .map(|field| Member::new(field, types, schema.is_sent))
        .collect();
    let rest = object.rest.as_ref();

    let prose = docs::attributes(&docs::describe_named(
        &schema.label,
        &schema.prose,
        &schema.constraints,
    ));
    let is_default = fields.iter().all(|member| !member.field.required);
    let default = is_default.then(|| quote!(, Default));
    let declared = fields.iter().map(Member::declaration);
    let is_built = !schema.is_only_received;
    let rows = fields.iter().map(|member| {
        let decides = types.decides(index, &member.field.name);
        member.row(decides, is_built && !member.field.required)
    });
    let rest_row = rest.map(|(ident, _)| {
        let ident = format_ident!("{ident}");
        quote!(.. #ident)
    });
    let rest_declared = rest.map(|(ident, typed)| {
        let (ident, ty) = (format_ident!("{ident}"), types.inside(typed.ty()));
        quote! {
            /// Members that the description does not list.
            pub #ident: std::collections::BTreeMap<String, #ty>,
        }
    });
    let complex = allow_complex(schema.typed().into_iter().map(Typed::ty));
    let constructor = (is_built && !is_default).then(|| {
        let constructor = constructor(&fields, rest.map(|(ident, _)| ident.as_str()));
        quote! {
            #complex
            impl #name {
                #constructor
            }
        }
    });
    quote! {
        #prose
        #[derive(Clone #default)]
        #[non_exhaustive]
        #complex
        pub struct #name {
            #(#declared)*
            #rest_declared
        }
        crate::runtime::data::record! { #name { #(#rows,)* #rest_row } }
        #constructor
    }
}

struct Member<'m> {
    field: &'m Field<'m>,
    ident: syn::Ident,
    /// The type of the value: an `Option` only if `null` is a value.
    ty: &'m Type,
    types: &'m Types,
    /// Whether `null` and an absent property are different.
    distinguishes_null: bool,
}

impl<'m> Member<'m> {
    fn new(field: &'m Field<'m>, types: &'m Types, is_sent: bool) -> Self {
        Self {
            distinguishes_null: is_sent && field.nullable && !field.required,
            ident: format_ident!("{}", field.ident),
            field,
            ty: field.typed.ty(),
            types,
        }
    }

    fn is_option(&self) -> bool {
        matches!(self.ty, Type::Option(_))
    }

    /// The type of the field: what may be left out is an option, and so is what may be `null`.
    fn field_type(&self) -> TokenStream {
        let ty = self.types.inside(self.ty);
        if self.field.required || (self.is_option() && !self.distinguishes_null) {
            quote!(#ty)
        } else {
            quote!(Option<#ty>)
        }
    }

    fn declaration(&self) -> TokenStream {
        let ident = &self.ident;
        let ty = self.field_type();
        let wire = &self.field.name;
        let text = docs::describe_named(wire, &self.field.prose, &self.field.constraints);
        let prose = docs::attributes(&text);
        quote!(#prose pub #ident: #ty,)
    }

    /// The row of the table. If the property decides which variant of a union an object is, with the values that it can have; if
    /// it has a setter, with the type that this takes.
    fn row(&self, decides: bool, is_set: bool) -> TokenStream {
        let (ident, wire) = (&self.ident, &self.field.name);
        let kind = match (self.field.required, self.distinguishes_null) {
            (true, _) => quote!(REQUIRED),
            (false, true) => quote!(NULLABLE),
            (false, false) => quote!(OPTIONAL),
        };
        let constants = decides.then(|| {
            let constants = self.field.constants.iter().map(literal);
            quote!(in [#(#constants),*])
        });
        let setter = is_set.then(|| self.setter());
        quote!(#ident #wire #kind #constants #setter)
    }

    fn setter(&self) -> TokenStream {
        let ty = self.ty.without_option();
        let into = is_converted(ty).then(|| quote!(into));
        let method = (self.field.setter != self.field.ident).then(|| {
            let method = format_ident!("{}", self.field.setter);
            quote!(#method:)
        });
        let clear = (self.distinguishes_null && self.is_option()).then(|| {
            let clear = format_ident!("{}", self.field.clear);
            quote!(, null #clear)
        });
        let ty = self.types.inside(ty);
        quote!(set(#method #into #ty #clear))
    }

    /// The argument of the constructor, and the expression for its value.
    fn argument(&self) -> (TokenStream, TokenStream) {
        let ident = &self.ident;
        let ty = self.types.inside(self.ty);
        if is_converted(self.ty) {
            (
                quote!(#ident: impl Into<#ty>),
                quote!(#ident: #ident.into()),
            )
        } else {
            (quote!(#ident: #ty), quote!(#ident))
        }
    }
}

/// Whether arguments of a type are whatever can be made into it.
fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Date | Type::DateTime | Type::Uuid)
}

/// A constant of a document in Rust. An integer that is not an `i32` needs a suffix where its type is not known.
pub(super) fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => value.to_token_stream(),
        Value::Number(number) if number.is_u64() && !number.is_i64() => {
            format!("{number}u64").parse().unwrap_or_default()
        }
        Value::Number(number) if number.as_i64().is_some_and(|it| i32::try_from(it).is_err()) => {
            format!("{number}i64").parse().unwrap_or_default()
        }
        Value::Number(number) => number.to_string().parse().unwrap_or_default(),
        Value::String(text) => text.to_token_stream(),
        _ => TokenStream::new(),
    }
}

fn constructor(fields: &[Member], rest: Option<&str>) -> TokenStream {
    let required = || fields.iter().filter(|member| member.field.required);
    let arguments = required().map(|member| member.argument().0);
    let values = fields.iter().map(|member| {
        let ident = &member.ident;
        if member.field.required {
            member.argument().1
        } else {
            quote!(#ident: None)
        }
    });
    let rest = rest.map(|ident| {
        let ident = format_ident!("{ident}");
        quote!(#ident: std::collections::BTreeMap::new())
    });
    let allow = (required().count() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the API requires as many")]));
    let text = if fields.iter().all(|member| member.field.required) {
        " With all its fields."
    } else {
        " With the required fields; the others are unset."
    };
    quote! {
        #[doc = #text]
        #allow
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}
