//! Responses: how each is read. If all are of one kind, that type is read; otherwise the status decides the variant of an enum.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::docs;
use super::types::Types;
use crate::model::{Media, Response, Statuses, Type};

/// How the successes or the errors of an operation are read.
pub(super) struct Responses {
    /// The `Decode` type.
    pub(super) reader: TokenStream,
    /// The type that it reads.
    pub(super) output: TokenStream,
    /// The enum, if there are several kinds.
    pub(super) item: Option<TokenStream>,
    /// The names of the runtime that it uses.
    pub(super) uses: Vec<&'static str>,
}

/// How a body is read. Two bodies of the same type are one kind of response.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content<'m> {
    Text,
    Binary,
    Json(&'m Type),
    /// JSON, or no body: the statuses include one that has none, and the type has no value for that.
    MaybeJson(&'m Type),
}

impl<'m> Content<'m> {
    fn of(response: &'m Response) -> Option<Self> {
        let (media, typed) = response.content.as_ref()?;
        Some(match media {
            Media::Text => Self::Text,
            Media::Binary => Self::Binary,
            Media::Json | Media::Form | Media::Multipart => Self::Json(typed.ty()),
        })
    }

    /// As [`of`](Self::of), for a success. A 204 is one, and `2XX` and `default` include it.
    fn of_success(response: &'m Response, types: &Types) -> Option<Self> {
        Some(match (Self::of(response)?, response.statuses) {
            (Self::Json(ty), Statuses::Range(_) | Statuses::Default)
                if !types.has_empty_value(ty) =>
            {
                Self::MaybeJson(ty)
            }
            (content, _) => content,
        })
    }

    fn ty(self, types: &Types) -> TokenStream {
        match self {
            Self::Text => quote!(String),
            Self::Binary => quote!(Bytes),
            Self::Json(ty) => types.outside(ty),
            Self::MaybeJson(ty) => {
                let ty = types.outside(ty);
                quote!(Option<#ty>)
            }
        }
    }

    /// The type that reads it, and the names of the runtime that it uses.
    fn reader(self) -> (TokenStream, &'static [&'static str]) {
        match self {
            Self::Text => (quote!(Text), &["Text"]),
            Self::Binary => (quote!(Binary), &["Binary", "Bytes"]),
            Self::Json(_) | Self::MaybeJson(_) => (quote!(Json), &["Json"]),
        }
    }
}

pub(super) fn successes(name: &str, responses: &[Response], types: &Types) -> Responses {
    let contents = responses.iter();
    let contents: Vec<_> = contents
        .map(|response| Content::of_success(response, types))
        .collect();
    let first = contents.first().copied().flatten();
    if contents.iter().all(|content| *content == first) {
        return single(first, types);
    }
    let name = format!("{name}Response");
    several(&name, "The responses", responses, &contents, types)
}

/// Only bodies count: the status is enough for an error without a body.
pub(super) fn errors(name: &str, responses: &[Response], types: &Types) -> Responses {
    let contents: Vec<_> = responses.iter().map(Content::of).collect();
    let mut bodies = contents.iter().flatten();
    let first = bodies.next().copied();
    if bodies.all(|content| Some(*content) == first) {
        return single(first, types);
    }
    let name = format!("{name}Error");
    several(&name, "The errors", responses, &contents, types)
}

fn single(content: Option<Content>, types: &Types) -> Responses {
    let (reader, output, uses) = match content {
        None => (quote!(Empty), quote!(()), &["Empty"][..]),
        Some(content) => {
            let (reader, uses) = content.reader();
            let is_json = matches!(content, Content::Json(_) | Content::MaybeJson(_));
            let inferred = is_json.then(|| quote!(<_>));
            (quote!(#reader #inferred), content.ty(types), uses)
        }
    };
    Responses {
        reader,
        output,
        item: None,
        uses: uses.to_vec(),
    }
}

fn several(
    name: &str,
    about: &str,
    responses: &[Response],
    contents: &[Option<Content>],
    types: &Types,
) -> Responses {
    let mut uses = vec!["Decode", "DecodeError", "Notes", "Reply"];
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    for (response, content) in responses.iter().zip(contents) {
        let ident = format_ident!("{}", response.variant);
        let fallback = format!("{}.", spoken(response.statuses));
        let prose = docs::describe(&response.prose, &fallback);
        let prose = docs::attributes(&with_status(&prose, response.statuses));
        let pattern = pattern(response.statuses);
        let Some(content) = *content else {
            variants.push(quote!(#prose #ident,));
            arms.push(quote!(#pattern => Ok(Self::#ident),));
            continue;
        };
        let (ty, (reader, names)) = (content.ty(types), content.reader());
        uses.extend(names);
        variants.push(quote!(#prose #ident(#ty),));
        arms.push(quote!(#pattern => #reader::decode(reply, notes).map(Self::#ident),));
    }
    let mut statuses = responses.iter().map(|response| response.statuses);
    let has_default = statuses.any(|statuses| statuses == Statuses::Default);
    let fallback = (!has_default).then(|| quote!(_ => Err(DecodeError::undeclared(reply.status)),));
    let is_in_range = |one: &Response| match one.statuses {
        Statuses::One(status) => responses
            .iter()
            .any(|other| other.statuses == Statuses::Range(status / 100)),
        _ => false,
    };
    let overlapping = responses.iter().any(is_in_range).then(|| {
        quote!(#[allow(clippy::match_overlapping_arm, reason = "a status has precedence over its range")])
    });
    let ident = format_ident!("{name}");
    let request = name.strip_suffix("Response");
    let request = request.or(name.strip_suffix("Error")).unwrap_or(name);
    let text = format!(" {about} of {}.", docs::link(request));
    let item = quote! {
        #[doc = #text]
        #[allow(clippy::large_enum_variant, reason = "they are as large as the API makes them")]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
        }
        impl Decode for #ident {
            type Output = Self;
            #overlapping
            fn decode(reply: &Reply, notes: &mut Notes) -> Result<Self, DecodeError> {
                match reply.status.as_u16() {
                    #(#arms)*
                    #fallback
                }
            }
        }
    };
    Responses {
        reader: quote!(#ident),
        output: quote!(#ident),
        item: Some(item),
        uses,
    }
}

/// The statuses as the pattern of a `match`.
fn pattern(statuses: Statuses) -> TokenStream {
    let literal = proc_macro2::Literal::u16_unsuffixed;
    match statuses {
        Statuses::One(status) => literal(status).to_token_stream(),
        Statuses::Range(series) => {
            let (first, last) = (literal(series * 100), literal(series * 100 + 99));
            quote!(#first..=#last)
        }
        Statuses::Default => quote!(_),
    }
}

fn with_status(text: &str, statuses: Statuses) -> String {
    let status = spoken(statuses);
    if text.starts_with(&status) {
        text.to_owned()
    } else {
        docs::labelled(&status, text)
    }
}

fn spoken(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => status.to_string(),
        Statuses::Range(series) => format!("{series}xx"),
        Statuses::Default => "Any other status".to_owned(),
    }
}
