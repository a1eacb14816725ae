//! Parameters and request bodies: the argument of the method, and the call that adds it to a request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::support::{Piece, Support};
use super::types::{Types, is_copied};
use crate::model::{Body, Encoding, Media, Parameter, ParameterPlace, Style, Type};

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
    /// Whether it is a part of the multipart form.
    pub(super) is_part: bool,
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
        if matches!(parameter.style, Style::File | Style::FileOf(_)) {
            let file = quote!(crate::generated::support::File);
            taken = if is_list {
                quote!(Vec<#file>)
            } else {
                quote!(impl Into<#file>)
            };
        }
        part(parameter, &ident, is_list, is_copied(ty))
    } else {
        carried(parameter, &ident, is_copied(ty), support)
    };
    Argument {
        ident,
        setter: parameter.setter.clone(),
        ty: taken,
        call,
        prose: docs::describe_named(&parameter.name, &parameter.prose, &parameter.constraints),
        is_required: parameter.required,
        is_deprecated: parameter.deprecated,
        is_part: parameter.place == ParameterPlace::Part,
    }
}

fn part(
    parameter: &Parameter,
    ident: &syn::Ident,
    is_list: bool,
    is_copied: bool,
) -> Box<dyn Fn(TokenStream) -> TokenStream> {
    let (name, ident) = (parameter.name.clone(), ident.clone());
    let style = parameter.style.clone();
    let lent = if is_copied {
        quote!(&#ident)
    } else {
        quote!(#ident)
    };
    Box::new(move |form| match &style {
        Style::File if is_list => quote!(#form.files(#name, #ident)),
        Style::FileOf(content_type) if is_list => {
            quote!(#form.files_of(#name, #content_type, #ident))
        }
        Style::FileOf(content_type) => quote!(#form.file_of(#name, #content_type, #ident.into())),
        Style::File => quote!(#form.file(#name, #ident.into())),
        Style::Json => quote!(#form.json(#name, #lent)),
        Style::Text => quote!(#form.text(#name, #ident)),
        _ => quote!(#form.values(#name, #lent)),
    })
}

/// A parameter in the path, the query, a header or a cookie.
fn carried(
    parameter: &Parameter,
    ident: &syn::Ident,
    is_copied: bool,
    support: &mut Support,
) -> Box<dyn Fn(TokenStream) -> TokenStream> {
    let name = parameter.name.clone();
    let ident = ident.clone();
    let lent = if is_copied {
        quote!(&#ident)
    } else {
        quote!(#ident)
    };
    let place = parameter.place;
    let whole = match parameter.style {
        Style::Exploded if place == ParameterPlace::Cookie => {
            Some((Piece::ExplodedCookie, quote!(exploded_cookie)))
        }
        Style::Exploded => Some((Piece::Exploded, quote!(exploded))),
        Style::DeepObject => Some((Piece::DeepObject, quote!(deep_object))),
        _ => None,
    };
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
        let (encode, method) = match place {
            ParameterPlace::Path => (quote!(crate::runtime::encode), quote!(path_encoded)),
            ParameterPlace::Query => (quote!(crate::runtime::encode), quote!(query_encoded)),
            ParameterPlace::Cookie => (
                quote!(crate::generated::support::cookie_value),
                quote!(cookie_encoded),
            ),
            _ => (quote!(str::to_owned), quote!(header)),
        };
        let text = quote! {
            crate::generated::support::joined(
                #lent,
                crate::generated::support::Joints { before: #before, between: #between, equals: #equals },
                #encode,
            )
        };
        if place == ParameterPlace::Cookie {
            support.need(Piece::Cookie);
            return Box::new(
                move |request| quote!(crate::generated::support::#method(#request, #name, &#text)),
            );
        }
        return Box::new(move |request| quote!(#request.#method(#name, #text)));
    }
    let value = match parameter.style {
        Style::Json => {
            support.need(Piece::Json);
            quote!(crate::generated::support::json(#lent))
        }
        Style::Segments => {
            support.need(Piece::Segments);
            return Box::new(move |request| {
                let text = quote!(crate::generated::support::segments(#ident));
                quote!(#request.path_encoded(#name, #text))
            });
        }
        _ => quote!(#ident),
    };
    if place == ParameterPlace::Cookie {
        support.need(Piece::Cookie);
    }
    Box::new(move |request| match place {
        ParameterPlace::Path => quote!(#request.path(#name, #value)),
        ParameterPlace::Header => quote!(#request.header(#name, #value)),
        ParameterPlace::Cookie => {
            quote!(crate::generated::support::cookie(#request, #name, #value))
        }
        ParameterPlace::Query | ParameterPlace::Part => quote!(#request.query(#name, #value)),
    })
}

pub(super) fn of_body(body: &Body, types: &Types, support: &mut Support) -> Argument {
    let ident = format_ident!("body");
    let media_type = header_text(&body.media_type);
    let media = body.media;
    let is_range = media == Media::Binary && body.media_type.contains('*');
    let is_plain_json = media_type == "application/json";
    let taken = match media {
        Media::Text => quote!(impl Into<String>),
        // A range has a second argument: the media type.
        Media::Binary if is_range => quote!(impl Into<Bytes>, content_type: &'static str),
        Media::Binary => quote!(impl Into<Bytes>),
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
    let call = move |request: TokenStream| match media {
        Media::Json if is_plain_json => quote!(#request.json(body)),
        Media::Json => quote!(crate::generated::support::json_as(#request, #media_type, body)),
        Media::Form => quote!(crate::generated::support::form(#request, body, &[#(#fields),*])),
        Media::Text => quote!(#request.body(#media_type, body.into())),
        Media::Binary if is_range => quote!(#request.body(content_type, body)),
        Media::Binary => quote!(#request.body(#media_type, body)),
        Media::Multipart => quote!(body.into_request(#request)),
    };
    Argument {
        setter: "body".to_owned(),
        ident,
        ty: taken,
        call: Box::new(call),
        prose: docs::describe(&body.prose, &fallback),
        is_required: body.required,
        is_deprecated: false,
        is_part: false,
    }
}

/// The encoding of the fields of a form, if it is not the default.
fn form_fields(encoding: &[(String, Encoding)]) -> Vec<TokenStream> {
    let fields = encoding.iter().map(|(name, encoding)| {
        let field = match encoding {
            Encoding::Joined(between) => quote!(Joined(#between)),
            Encoding::Brackets => quote!(Brackets),
            Encoding::Json => quote!(Json),
        };
        quote!((#name, crate::generated::support::FormField::#field))
    });
    fields.collect()
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
