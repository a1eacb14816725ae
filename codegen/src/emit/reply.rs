//! Answers: how each is read. One kind of answer is read as its type; several become an enum that the status decides.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Type;

use super::docs;
use super::types::Types;
use crate::model::{Media, Reply, Scope, Statuses};

/// How the answers of one side (successes, errors) are read.
pub(super) struct Answers {
    /// The `Decode` type.
    pub(super) reader: TokenStream,
    /// What it gives.
    pub(super) output: TokenStream,
    /// The enum, if there are several kinds.
    pub(super) item: Option<TokenStream>,
    /// What of the runtime it uses.
    pub(super) uses: Vec<&'static str>,
}

/// One body as it is read: an identical kind and type are one kind of answer.
#[derive(Clone, PartialEq, Eq)]
struct Content {
    media: Media,
    ty: Type,
}

pub(super) fn successes(name: &str, replies: &[Reply], found: &[Type], types: &Types) -> Answers {
    let contents = contents(replies, found, types);
    let mut kinds: Vec<Option<Content>> = contents.clone();
    kinds.dedup();
    let is_one = kinds.windows(2).all(|pair| pair[0] == pair[1]);
    match kinds.into_iter().next() {
        None | Some(None) if is_one => single(None),
        Some(only) if is_one => single(only),
        _ => several(
            &format!("{name}Response"),
            "The answers",
            replies,
            &contents,
        ),
    }
}

/// An error without a body is told by its status, so that only bodies count.
pub(super) fn errors(name: &str, replies: &[Reply], found: &[Type], types: &Types) -> Answers {
    let contents = contents(replies, found, types);
    let mut kinds: Vec<&Content> = contents.iter().flatten().collect();
    kinds.dedup();
    match kinds.as_slice() {
        [] => single(None),
        [first, rest @ ..] if rest.iter().all(|other| other == first) => {
            single(Some((*first).clone()))
        }
        _ => several(&format!("{name}Error"), "The errors", replies, &contents),
    }
}

fn contents(replies: &[Reply], found: &[Type], types: &Types) -> Vec<Option<Content>> {
    let mut found = found.iter();
    replies
        .iter()
        .map(|reply| {
            let (media, _) = reply.content.as_ref()?;
            let ty = found.next().map(|ty| types.outside(ty))?;
            let ty = match media {
                Media::Text => syn::parse_quote!(String),
                Media::Binary => syn::parse_quote!(Bytes),
                Media::Json | Media::Form | Media::Multipart => ty,
            };
            Some(Content { media: *media, ty })
        })
        .collect()
}

fn single(content: Option<Content>) -> Answers {
    let (reader, output, uses) = match content {
        None => (quote!(Empty), quote!(()), vec!["Empty"]),
        Some(content) => {
            let ty = &content.ty;
            match content.media {
                Media::Text => (quote!(Text), quote!(#ty), vec!["Text"]),
                Media::Binary => (quote!(Binary), quote!(#ty), vec!["Binary", "Bytes"]),
                Media::Json | Media::Form | Media::Multipart => {
                    (quote!(Json<_>), quote!(#ty), vec!["Json"])
                }
            }
        }
    };
    Answers {
        reader,
        output,
        item: None,
        uses,
    }
}

fn several(name: &str, about: &str, replies: &[Reply], contents: &[Option<Content>]) -> Answers {
    let mut scope = Scope::default();
    let mut uses = vec!["Decode", "DecodeError", "Reply"];
    let mut variants = Vec::new();
    let mut arms = Vec::new();
    let mut has_default = false;
    for (reply, content) in replies.iter().zip(contents) {
        let ident = format_ident!("{}", scope.claim(&variant(reply.statuses)));
        let fallback = format!("{}.", spoken(reply.statuses));
        let prose = docs::attributes(&with_status(
            &docs::describe(&reply.prose, &fallback),
            reply.statuses,
        ));
        let read = match content {
            None => {
                variants.push(quote!(#prose #ident,));
                quote!(Ok(Self::#ident))
            }
            Some(content) => {
                let ty = &content.ty;
                let reader = match content.media {
                    Media::Text => {
                        uses.push("Text");
                        quote!(Text)
                    }
                    Media::Binary => {
                        uses.extend(["Binary", "Bytes"]);
                        quote!(Binary)
                    }
                    Media::Json | Media::Form | Media::Multipart => {
                        uses.push("Json");
                        quote!(Json)
                    }
                };
                variants.push(quote!(#prose #ident(#ty),));
                quote!(#reader::decode(reply).map(Self::#ident))
            }
        };
        let pattern = match reply.statuses {
            Statuses::One(status) => {
                let status = proc_macro2::Literal::u16_unsuffixed(status);
                quote!(#status)
            }
            Statuses::Range(series) => {
                let (first, last) = (series * 100, series * 100 + 99);
                let (first, last) = (
                    proc_macro2::Literal::u16_unsuffixed(first),
                    proc_macro2::Literal::u16_unsuffixed(last),
                );
                quote!(#first..=#last)
            }
            Statuses::Default => {
                has_default = true;
                quote!(_)
            }
        };
        arms.push(quote!(#pattern => #read,));
    }
    let fallback = (!has_default).then(|| quote!(_ => Err(DecodeError::undeclared(reply.status)),));
    let is_in_range = |one: &Reply| match one.statuses {
        Statuses::One(status) => replies
            .iter()
            .any(|other| other.statuses == Statuses::Range(status / 100)),
        _ => false,
    };
    let overlapping = replies.iter().any(is_in_range).then(|| {
        quote!(#[allow(clippy::match_overlapping_arm, reason = "a status goes before its range")])
    });
    let ident = format_ident!("{name}");
    let request = name.trim_end_matches("Response").trim_end_matches("Error");
    let text = format!(" {about} of [`{request}`].");
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
            fn decode(reply: &Reply) -> Result<Self, DecodeError> {
                match reply.status.as_u16() {
                    #(#arms)*
                    #fallback
                }
            }
        }
    };
    Answers {
        reader: quote!(#ident),
        output: quote!(#ident),
        item: Some(item),
        uses,
    }
}

fn with_status(text: &str, statuses: Statuses) -> String {
    let status = spoken(statuses);
    if text.starts_with(&status) {
        text.to_owned()
    } else {
        format!("{status}: {text}")
    }
}

fn spoken(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => status.to_string(),
        Statuses::Range(series) => format!("{series}xx"),
        Statuses::Default => "Any other status".to_owned(),
    }
}

/// What a status is called: by its reason phrase, if it has a registered one.
fn variant(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => {
            let known = http::StatusCode::from_u16(status).ok();
            let reason = known.and_then(|status| status.canonical_reason());
            reason.map_or_else(|| format!("Status{status}"), crate::model::type_or_variant)
        }
        Statuses::Range(1) => "Informational".to_owned(),
        Statuses::Range(2) => "Success".to_owned(),
        Statuses::Range(3) => "Redirection".to_owned(),
        Statuses::Range(4) => "ClientError".to_owned(),
        Statuses::Range(5) => "ServerError".to_owned(),
        Statuses::Range(other) => format!("Status{other}xx"),
        Statuses::Default => "Other".to_owned(),
    }
}
