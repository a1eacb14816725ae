//! Objects: a struct, the constructor for what is required, and a setter for each field that is not.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::support::{Piece, Support};
use super::types::{Types, allow_complex, is, is_date_time};
use super::{docs, facts};
use crate::model::{Field, Object, Schema, Scope};

pub(super) fn item(
    schema: &Schema,
    object: &Object,
    found: &[Type],
    types: &Types,
    support: &mut Support,
) -> TokenStream {
    let name = format_ident!("{}", schema.type_name);
    let spelled: Vec<Type> = found.iter().map(|ty| types.inside(ty)).collect();
    let fields: Vec<Member> = object
        .fields
        .iter()
        .zip(&spelled)
        .map(|(field, ty)| Member::new(field, ty, schema.is_sent))
        .collect();
    if fields.iter().any(|member| member.tells_null) {
        support.need(Piece::Nullable);
    }
    let rest = object.rest.as_ref().zip(spelled.get(object.fields.len()));

    let prose = docs::attributes(&docs::describe(
        &schema.prose,
        &format!("`{}`.", schema.name),
    ));
    let is_default = fields.iter().all(|member| !member.field.required);
    let default = is_default.then(|| quote!(Default,));
    let declared = fields.iter().map(Member::declaration);
    let rest_declared = rest.map(|((ident, _), ty)| {
        let ident = format_ident!("{ident}");
        quote! {
            /// Members that the description does not list.
            #[serde(flatten)]
            pub #ident: std::collections::BTreeMap<String, #ty>,
        }
    });
    let mut scope = Scope::default();
    let constructor =
        (!is_default).then(|| constructor(&fields, rest.map(|((ident, _), _)| ident.as_str())));
    let setters: Vec<TokenStream> = fields
        .iter()
        .filter(|member| !member.field.required)
        .map(|member| member.setter(&mut scope))
        .collect();
    let complex = allow_complex(&spelled);
    let methods = (constructor.is_some() || !setters.is_empty()).then(|| {
        quote! {
            #complex
            impl #name {
                #constructor
                #(#setters)*
            }
        }
    });
    quote! {
        #prose
        #[derive(Clone, Debug, #default PartialEq, serde::Deserialize, serde::Serialize)]
        #[non_exhaustive]
        #complex
        pub struct #name {
            #(#declared)*
            #rest_declared
        }
        #methods
    }
}

struct Member<'m> {
    field: &'m Field,
    ident: syn::Ident,
    /// The type of the value; `Option` only if `null` is one.
    ty: &'m Type,
    /// Whether `null` and nothing are different values.
    tells_null: bool,
}

impl<'m> Member<'m> {
    fn new(field: &'m Field, ty: &'m Type, is_sent: bool) -> Self {
        Self {
            tells_null: is_sent && field.nullable && !field.required,
            ident: format_ident!("{}", field.ident),
            field,
            ty,
        }
    }

    /// The type of the field: what may be left out is an option, and so is what may be `null`.
    fn field_type(&self) -> TokenStream {
        let ty = self.ty;
        if self.field.required || (is(ty, &["Option"]) && !self.tells_null) {
            quote!(#ty)
        } else {
            quote!(Option<#ty>)
        }
    }

    fn declaration(&self) -> TokenStream {
        let ident = &self.ident;
        let ty = self.field_type();
        let fallback = format!("`{}`.", self.field.name);
        let mut text = docs::describe(&self.field.prose, &fallback);
        let facts = facts::describe(&self.field.typed.schema);
        if !facts.is_empty() {
            text.push_str("\n\n");
            text.push_str(&facts);
        }
        let prose = docs::attributes(&text);
        let wire = &self.field.name;
        let mut serde = Vec::new();
        if *wire != self.field.ident {
            serde.push(quote!(rename = #wire));
        }
        if self.tells_null {
            serde.push(quote!(
                default,
                deserialize_with = "crate::generated::support::nullable"
            ));
        }
        if !self.field.required {
            serde.push(quote!(skip_serializing_if = "Option::is_none"));
        }
        let serde = (!serde.is_empty()).then(|| quote!(#[serde(#(#serde),*)]));
        quote!(#prose #serde pub #ident: #ty,)
    }

    fn setter(&self, scope: &mut Scope) -> TokenStream {
        let ident = &self.ident;
        let ty = super::types::generic(self.ty)
            .filter(|_| is(self.ty, &["Option"]))
            .unwrap_or(self.ty);
        let method = format_ident!("{}", scope.claim(&setter_name(&self.field.ident)));
        let text = format!(" Sets [`{ident}`](field@Self::{ident}).");
        let (argument, value) = taken(ty, ident);
        let is_double = self.tells_null && is(self.ty, &["Option"]);
        let value = if is_double {
            quote!(Some(#value))
        } else {
            value
        };
        let clear = is_double.then(|| {
            let text = format!(" Sets [`{ident}`](field@Self::{ident}) to `null`.");
            let method = format_ident!("{}", scope.claim(&format!("clear_{}", self.field.ident)));
            quote! {
                #[doc = #text]
                pub fn #method(mut self) -> Self {
                    self.#ident = Some(None);
                    self
                }
            }
        });
        quote! {
            #[doc = #text]
            pub fn #method(mut self, #ident: #argument) -> Self {
                self.#ident = Some(#value);
                self
            }
            #clear
        }
    }
}

/// How a constructor or setter takes a value, and what it makes of it.
fn taken(ty: &Type, ident: &syn::Ident) -> (TokenStream, TokenStream) {
    if is(ty, &["String"]) || is_date_time(ty) {
        (quote!(impl Into<#ty>), quote!(#ident.into()))
    } else {
        (quote!(#ty), quote!(#ident))
    }
}

fn constructor(fields: &[Member], rest: Option<&str>) -> TokenStream {
    let required = || fields.iter().filter(|member| member.field.required);
    let arguments = required().map(|member| {
        let (ident, (argument, _)) = (&member.ident, taken(member.ty, &member.ident));
        quote!(#ident: #argument)
    });
    let values = fields.iter().map(|member| {
        let ident = &member.ident;
        if !member.field.required {
            return quote!(#ident: None);
        }
        let (_, value) = taken(member.ty, ident);
        if is(member.ty, &["String"]) || is_date_time(member.ty) {
            quote!(#ident: #value)
        } else {
            quote!(#ident)
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

/// Setters must not stand in the way of what every type can do, nor look like an operator to `clippy`.
pub(super) fn setter_name(ident: &str) -> String {
    const TAKEN: &[&str] = &[
        "add",
        "bitand",
        "bitor",
        "bitxor",
        "borrow",
        "clone",
        "clone_from",
        "default",
        "deserialize",
        "div",
        "eq",
        "fmt",
        "from",
        "into",
        "mul",
        "ne",
        "new",
        "rem",
        "serialize",
        "shl",
        "shr",
        "sub",
        "to_owned",
        "try_from",
        "try_into",
    ];
    if TAKEN.contains(&ident) {
        format!("with_{ident}")
    } else {
        ident.to_owned()
    }
}
