//! Parameters and request bodies: the argument of the method, and the call that adds it to a request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::support::{Piece, Support};
use super::types::Types;
use crate::model::{
    Body, Encoding, FieldEncoding, Media, Parameter, ParameterPlace, PartStyle, Style, Type,
};

/// An argument of a method, and what the method does with it.
pub(super) struct Argument {
    pub(super) ident: syn::Ident,
    /// The method that sets it, if it is optional.
    pub(super) setter: String,
    /// The type of the argument.
    pub(super) ty: TokenStream,
    /// Takes an expression of the request (or of its multipart form), and gives one with the value in it.
    pub(super) call: Box<dyn Fn(TokenStream) -> TokenStream>,
    /// Its documentation, in Markdown.
    pub(super) prose: String,
    pub(super) is_required: bool,
    pub(super) is_deprecated: bool,
    pub(super) goes: Goes,
}

/// Where in the request an argument goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goes {
    /// Into the path, the query or the headers.
    Parameter,
    /// Into the multipart form.
    Part,
    /// It is the body. What writes it needs all types in it: so the method is inline, and a crate compiles only those of the
    /// operations that are called.
    Body,
}

pub(super) fn of_parameter(
    parameter: &Parameter,
    types: &Types,
    support: &mut Support,
) -> Argument {
    let ty = parameter.typed.ty().without_option();
    let ident = format_ident!("{}", parameter.ident);
    let is_list = matches!(ty, Type::Vec(_));
    let mut taken = types.argument(ty);
    let call = if parameter.place == ParameterPlace::Part {
        support.need(Piece::Multipart);
        if matches!(parameter.style, Style::Part(PartStyle::File(_))) {
            let file = quote!(crate::generated::support::File);
            taken = if is_list {
                quote!(Vec<#file>)
            } else {
                quote!(impl Into<#file>)
            };
        }
        part(parameter, &ident, is_list, ty, types)
    } else {
        carried(parameter, &ident, ty, types, support)
    };
    Argument {
        ident,
        setter: parameter.setter.clone(),
        ty: taken,
        call,
        prose: docs::describe_named(&parameter.name, &parameter.prose, &parameter.constraints),
        is_required: parameter.required,
        is_deprecated: parameter.deprecated,
        goes: match parameter.place {
            ParameterPlace::Part => Goes::Part,
            _ => Goes::Parameter,
        },
    }
}

fn part(
    parameter: &Parameter,
    ident: &syn::Ident,
    is_list: bool,
    ty: &Type,
    types: &Types,
) -> Box<dyn Fn(TokenStream) -> TokenStream> {
    let (name, ident) = (parameter.name.clone(), ident.clone());
    let style = parameter.style.clone();
    let lent = types.lent(&quote!(#ident), ty, false);
    let is_number = *types.resolved(ty) == Type::Number;
    Box::new(move |form| {
        let Style::Part(style) = &style else {
            return form;
        };
        match style {
            PartStyle::File(None) if is_list => quote!(#form.files(#name, #ident)),
            PartStyle::File(None) => quote!(#form.file(#name, #ident.into())),
            PartStyle::File(Some(media)) if is_list => {
                quote!(#form.files_of(#name, #media, #ident))
            }
            PartStyle::File(Some(media)) => quote!(#form.file_of(#name, #media, #ident.into())),
            PartStyle::Json(None) => quote!(#form.json(#name, #lent)),
            PartStyle::Json(Some(media)) => quote!(#form.json_of(#name, #media, #lent)),
            PartStyle::Text(None) if is_number => quote!(#form.values(#name, #lent)),
            PartStyle::Text(Some(media)) if is_number => {
                quote!(#form.values_of(#name, #media, #lent))
            }
            PartStyle::Text(None) => quote!(#form.text(#name, #ident)),
            PartStyle::Text(Some(media)) => quote!(#form.text_of(#name, #media, #ident)),
            PartStyle::Values(None) => quote!(#form.values(#name, #lent)),
            PartStyle::Values(Some(media)) => quote!(#form.values_of(#name, #media, #lent)),
            PartStyle::Joined(between) => quote!(#form.joined(#name, #between, #lent)),
            PartStyle::Members => quote!(#form.members(#name, #lent)),
            PartStyle::Brackets => quote!(#form.brackets(#name, #lent)),
            PartStyle::Header(part, None) if is_number => {
                quote!(#form.part_header_joined(#part, #name, false, #lent))
            }
            PartStyle::Header(part, None) => quote!(#form.part_header(#part, #name, #ident)),
            PartStyle::Header(part, Some(explode)) => {
                quote!(#form.part_header_joined(#part, #name, #explode, #lent))
            }
        }
    })
}

/// A parameter in the path, the query, a header or a cookie.
fn carried(
    parameter: &Parameter,
    ident: &syn::Ident,
    ty: &Type,
    types: &Types,
    support: &mut Support,
) -> Box<dyn Fn(TokenStream) -> TokenStream> {
    let name = parameter.name.clone();
    let ident = ident.clone();
    let lent = types.lent(&quote!(#ident), ty, false);
    let place = parameter.place;
    let encode = match (parameter.allow_reserved, place) {
        (true, ParameterPlace::Path) => quote!(crate::runtime::encode_reserved_in_path),
        (true, _) => quote!(crate::runtime::encode_reserved),
        (false, _) => quote!(crate::runtime::encode),
    };
    let whole = whole(parameter);
    if let Some((piece, function)) = whole {
        support.need(piece);
        return Box::new(
            move |request| quote!(crate::generated::support::#function(#request, #name, #lent)),
        );
    }
    if let Style::Joined(joints) = &parameter.style {
        support.need(Piece::Joined);
        let (before, between, equals) = (&joints.before, &joints.between, joints.equals);
        // In a URL, the characters between the parts must not be encoded.
        let (encode, add) = match place {
            ParameterPlace::Path => (encode, quote!(crate::runtime::Request::path_encoded)),
            ParameterPlace::Query => (encode, quote!(crate::runtime::Request::query_encoded)),
            ParameterPlace::Cookie => {
                support.need(Piece::Cookie);
                (
                    quote!(crate::generated::support::cookie_value),
                    quote!(crate::generated::support::cookie_encoded),
                )
            }
            _ => (
                quote!(str::to_owned),
                quote!(crate::runtime::Request::header),
            ),
        };
        let joints = quote! {
            crate::generated::support::Joints { before: #before, between: #between, equals: #equals }
        };
        return Box::new(
            move |request| quote!(crate::generated::support::joined(#request, #name, #lent, #joints, #encode, #add)),
        );
    }
    if place == ParameterPlace::Cookie {
        support.need(Piece::Cookie);
    }
    match parameter.style {
        Style::QueryString { is_json: false } => {
            return Box::new(move |request| quote!(#request.query_string(#name, #ident)));
        }
        Style::QueryString { is_json: true } => {
            support.need(Piece::Json);
            let add = quote!(crate::runtime::Request::query_string);
            return Box::new(
                move |request| quote!(crate::generated::support::json(#request, #name, #lent, #add)),
            );
        }
        Style::Json => {
            support.need(Piece::Json);
            let add = match place {
                ParameterPlace::Path => quote!(crate::runtime::Request::path),
                ParameterPlace::Header => quote!(crate::runtime::Request::header),
                ParameterPlace::Cookie => quote!(crate::generated::support::cookie),
                ParameterPlace::Query | ParameterPlace::Part => {
                    quote!(crate::runtime::Request::query)
                }
            };
            return Box::new(
                move |request| quote!(crate::generated::support::json(#request, #name, #lent, #add)),
            );
        }
        Style::Segments => {
            support.need(Piece::Segments);
            return Box::new(move |request| {
                let text = quote!(crate::generated::support::segments(#ident));
                quote!(#request.path_encoded(#name, #text))
            });
        }
        _ => {}
    }
    text(parameter, ident, ty, types, encode)
}

/// A parameter that is written as its `Display` writes it.
fn text(
    parameter: &Parameter,
    ident: syn::Ident,
    ty: &Type,
    types: &Types,
    encode: TokenStream,
) -> Box<dyn Fn(TokenStream) -> TokenStream> {
    let (name, place) = (parameter.name.clone(), parameter.place);
    let is_number = *types.resolved(ty) == Type::Number;
    // An alias is taken by reference.
    let number = if *ty == Type::Number {
        quote!(#ident)
    } else {
        quote!(*#ident)
    };
    let allow_reserved = parameter.allow_reserved;
    let text = if *ty == Type::String {
        quote!(#ident)
    } else {
        quote!(&#ident.to_string())
    };
    Box::new(move |request| {
        let request = if is_number {
            quote!(#request.finite(#name, #number))
        } else {
            request
        };
        match place {
            ParameterPlace::Path if allow_reserved => {
                quote!(#request.path_encoded(#name, #encode(#text)))
            }
            ParameterPlace::Path => quote!(#request.path(#name, #ident)),
            ParameterPlace::Header => quote!(#request.header(#name, #ident)),
            ParameterPlace::Cookie => {
                quote!(crate::generated::support::cookie(#request, #name, #ident))
            }
            ParameterPlace::Query | ParameterPlace::Part if allow_reserved => {
                quote!(#request.query_encoded(#name, #encode(#text)))
            }
            ParameterPlace::Query | ParameterPlace::Part => quote!(#request.query(#name, #ident)),
        }
    })
}

/// The piece of support and its function that write a whole parameter, name and value.
fn whole(parameter: &Parameter) -> Option<(Piece, TokenStream)> {
    let is_reserved = parameter.allow_reserved;
    Some(match parameter.style {
        Style::Exploded if parameter.place == ParameterPlace::Cookie => {
            (Piece::ExplodedCookie, quote!(exploded_cookie))
        }
        Style::Exploded if is_reserved => (Piece::ExplodedReserved, quote!(exploded_reserved)),
        Style::Exploded => (Piece::Exploded, quote!(exploded)),
        Style::DeepObject if is_reserved => {
            (Piece::DeepObjectReserved, quote!(deep_object_reserved))
        }
        Style::DeepObject => (Piece::DeepObject, quote!(deep_object)),
        _ => return None,
    })
}

pub(super) fn of_body(body: &Body, types: &Types, support: &mut Support) -> Argument {
    let ident = format_ident!("body");
    let media_type = header_text(&body.media_type);
    let media = body.media;
    let is_range = body.is_range();
    let is_plain_json = media_type.eq_ignore_ascii_case("application/json");
    let taken = match media {
        Media::Text => quote!(impl Into<String>),
        // A range has a second argument: the media type.
        Media::Binary if is_range => {
            quote!(impl Into<crate::runtime::Body>, content_type: &'static str)
        }
        Media::Binary => quote!(impl Into<crate::runtime::Body>),
        Media::Multipart => quote!(crate::generated::support::Multipart),
        Media::Json | Media::Form => types.borrowed(body.typed.ty()),
    };
    match media {
        Media::Json if !is_plain_json => support.need(Piece::JsonAs),
        Media::Form => support.need(Piece::Form),
        Media::Multipart => support.need(Piece::Multipart),
        _ => {}
    }
    let fallback = match media {
        Media::Json | Media::Form | Media::Multipart => "The body of the request.".to_owned(),
        Media::Binary if is_range => {
            let range = body.media_type.replace('`', "");
            format!("The body of the request, and its media type: one of `{range}`.")
        }
        Media::Text | Media::Binary => format!("The body of the request: `{media_type}`."),
    };
    let fields = form_fields(&body.encoding);
    let subtype = subtype(&body.media_type);
    let lent = types.lent(&quote!(body), body.typed.ty(), true);
    let call = move |request: TokenStream| match media {
        Media::Json if is_plain_json => quote!(#request.json(#lent)),
        Media::Json => quote!(crate::generated::support::json_as(#request, #media_type, #lent)),
        Media::Form => {
            quote!(crate::generated::support::form(#request, #media_type, #lent, &[#(#fields),*]))
        }
        Media::Text => quote!(#request.body(#media_type, body.into())),
        Media::Binary if is_range => quote!(#request.body(content_type, body)),
        Media::Binary => quote!(#request.body(#media_type, body)),
        Media::Multipart => quote!(body #subtype.into_request(#request)),
    };
    Argument {
        setter: "body".to_owned(),
        ident,
        ty: taken,
        call: Box::new(call),
        prose: docs::describe(&body.prose, &fallback),
        is_required: body.required,
        is_deprecated: false,
        goes: Goes::Body,
    }
}

/// The encoding of the fields of a form, if it is not the default.
fn form_fields(encoding: &[FieldEncoding]) -> Vec<TokenStream> {
    let fields = encoding.iter().map(|field| {
        let (name, allow_reserved) = (&field.name, field.allow_reserved);
        let field = match field.encoding {
            Encoding::Exploded => quote!(Exploded),
            Encoding::Joined(between) => quote!(Joined(#between)),
            Encoding::Brackets => quote!(Brackets),
            Encoding::Json => quote!(Json),
        };
        quote! {
            crate::generated::support::FormEncoding {
                name: #name,
                field: crate::generated::support::FormField::#field,
                allow_reserved: #allow_reserved,
            }
        }
    });
    fields.collect()
}

/// The call that sets the subtype of a multipart body, if it is not `form-data`.
pub(super) fn subtype(media_type: &str) -> Option<TokenStream> {
    let essence = header_text(media_type).to_ascii_lowercase();
    let subtype = ["mixed", "related"]
        .into_iter()
        .find(|subtype| essence.starts_with(&format!("multipart/{subtype}")))?;
    Some(quote!(.subtype(#subtype)))
}

/// A media type as the value of a header. One that is not valid in a header becomes the one of any bytes.
pub(super) fn header_text(media_type: &str) -> String {
    let visible = |character: char| (' '..='~').contains(&character);
    let text: String = media_type
        .chars()
        .filter(|character| visible(*character))
        .collect();
    match text.trim() {
        text if text.contains('*') || text.is_empty() => "application/octet-stream".to_owned(),
        text => text.to_owned(),
    }
}
