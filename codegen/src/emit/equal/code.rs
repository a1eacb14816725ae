//! The code of a type without its name: what two types must have in common to be equal.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use sha2::{Digest, Sha256};

use crate::model::SchemaIndex;

/// The name of a type, marked with the number of its schema. Only [`Code::of`] can take the mark off; Rust cannot be parsed with it.
pub(in crate::emit) fn mark(index: SchemaIndex, name: Ident) -> TokenStream {
    let number = TokenTree::Literal(Literal::usize_unsuffixed(index));
    let marked = TokenStream::from_iter([number, TokenTree::Ident(name)]);
    TokenTree::Group(Group::new(Delimiter::None, marked)).into()
}

/// What the code of a type says.
pub(in crate::emit) struct Code {
    /// Of its tokens without the names of types. No two codes have the same digest.
    pub(super) digest: [u8; 32],
    /// The schemas of the names, in the order of the code.
    pub(super) names: Vec<SchemaIndex>,
}

impl Code {
    /// Takes the marks off the code of the type `own`. The description of the type, which is the documentation of its first item, is
    /// not part of the result.
    pub(in crate::emit) fn of(own: &str, marked: TokenStream) -> (Self, TokenStream) {
        let mut reader = Reader {
            own,
            text: String::new(),
            names: Vec::new(),
        };
        let code = reader.items(marked);
        let code_of_type = Self {
            digest: Sha256::digest(&reader.text).into(),
            names: reader.names,
        };
        (code_of_type, code)
    }
}

struct Reader<'o> {
    /// The name of the type itself.
    own: &'o str,
    /// The tokens, each with a character behind it that no token contains.
    text: String,
    names: Vec<SchemaIndex>,
}

impl Reader<'_> {
    fn items(&mut self, tokens: TokenStream) -> TokenStream {
        let mut read = Vec::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(TokenTree::Punct(punct)) = tokens.peek()
            && punct.as_char() == '#'
        {
            let is_read = self.text.len();
            read.extend(tokens.next());
            let Some(TokenTree::Group(attribute)) = tokens.next() else {
                break;
            };
            let is_doc = is_documentation(&attribute);
            let attribute = self.group(attribute, false);
            if is_doc {
                self.text.truncate(is_read);
            }
            read.push(attribute);
        }
        let mut is_call = false;
        for token in tokens {
            let begins_call = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
            read.push(match token {
                TokenTree::Group(group) => self.group(group, is_call),
                other => self.token(other, true),
            });
            is_call = begins_call;
        }
        read.into_iter().collect()
    }

    /// A token. The name of the type itself counts only where items and tables have it: inside of items it can be something else, for
    /// example a variant.
    fn token(&mut self, token: TokenTree, may_be_own: bool) -> TokenTree {
        use std::fmt::Write;
        match token {
            TokenTree::Group(group) => return self.group(group, false),
            TokenTree::Ident(ident) if may_be_own && ident == self.own => {
                self.text.push(OWN);
                self.text.push(END);
                return TokenTree::Ident(ident);
            }
            // Every other token is one, and formatting takes longer.
            TokenTree::Punct(ref punct) => self.text.push(punct.as_char()),
            ref other => write!(self.text, "{other}").expect("text takes text"),
        }
        self.text.push(END);
        token
    }

    /// A group. The first token of a table is the name of its type.
    fn group(&mut self, group: Group, is_table: bool) -> TokenTree {
        if group.delimiter() == Delimiter::None {
            return self.name(&group);
        }
        let delimiter = group.delimiter();
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ('(', ')'),
            Delimiter::Brace => ('{', '}'),
            Delimiter::Bracket | Delimiter::None => ('[', ']'),
        };
        self.text.push(open);
        self.text.push(END);
        let tokens = group.stream();
        // The tokens of a stream that nothing else holds are moved and not copied.
        drop(group);
        let tokens = tokens.into_iter().enumerate();
        let tokens = tokens.map(|(at, token)| self.token(token, is_table && at == 0));
        let inside = tokens.collect();
        self.text.push(close);
        self.text.push(END);
        TokenTree::Group(Group::new(delimiter, inside))
    }

    /// A name with its mark; it becomes a name without.
    fn name(&mut self, group: &Group) -> TokenTree {
        let mut tokens = group.stream().into_iter();
        match (tokens.next(), tokens.next(), tokens.next()) {
            (Some(TokenTree::Literal(number)), Some(name), None) => {
                let number = number.to_string().parse();
                self.names.push(number.expect("a mark is a number"));
                self.text.push(NAME);
                self.text.push(END);
                name
            }
            _ => unreachable!("only marks are groups without delimiters"),
        }
    }
}

/// Characters that no token contains: those of a literal are escaped.
const END: char = '\u{1}';
const OWN: char = '\u{2}';
const NAME: char = '\u{3}';

/// Whether an attribute is like `[doc = "A pet."]`.
fn is_documentation(attribute: &Group) -> bool {
    let mut tokens = attribute.stream().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), Some(TokenTree::Punct(sign))) => {
            name == "doc" && sign.as_char() == '='
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::*;

    fn of(own: &str, code: TokenStream) -> (Code, String) {
        let (code, tokens) = Code::of(own, code);
        (code, tokens.to_string())
    }

    fn name(index: SchemaIndex) -> TokenStream {
        mark(index, format_ident!("T{index}"))
    }

    #[test]
    fn marks_are_taken_off_and_the_names_are_listed() {
        let code = |one: TokenStream, two: TokenStream| quote!(type A = (Vec<#one>, #two); table! { A { x in [#one] } });
        let (found, text) = of("A", code(name(1), name(2)));
        assert_eq!(found.names, [1, 2, 1]);
        assert_eq!(text, code(quote!(T1), quote!(T2)).to_string());
    }

    #[test]
    fn own_names_and_own_descriptions_may_differ() {
        let code = |own: &str, about: &str| {
            let ident = format_ident!("{own}");
            let code = quote! {
                #[doc = #about]
                #[derive(Clone)]
                pub struct #ident { #[doc = "The ID."] id: u8 }
                record! { #ident { id "id" REQUIRED, } }
                impl #ident { #[doc = "The ID."] fn id(&self) -> u8 { self.id } }
            };
            of(own, code).0.digest
        };
        assert_eq!(code("A", "One."), code("Bee", "Another."));
    }

    #[test]
    fn anything_else_makes_types_differ() {
        let digest = |own: &str, code| of(own, code).0.digest;
        let one = digest(
            "A",
            quote!(
                #[doc = "A."]
                #[derive(Clone)]
                pub struct A {
                    #[doc = "The ID."]
                    id: u8,
                }
            ),
        );
        let others = [
            quote!(
                #[doc = "A."]
                pub struct A {
                    #[doc = "The ID."]
                    id: u8,
                }
            ),
            quote!(
                #[doc = "A."]
                #[derive(Clone)]
                #[doc(hidden)]
                pub struct A {
                    #[doc = "The ID."]
                    id: u8,
                }
            ),
            quote!(
                #[doc = "A."]
                #[derive(Clone)]
                pub struct A {
                    #[doc = "An ID."]
                    id: u8,
                }
            ),
            quote!(
                #[doc = "A."]
                #[derive(Clone)]
                pub struct A {
                    #[doc = "The ID."]
                    id: u16,
                }
            ),
            quote!(
                #[doc = "A."]
                #[derive(Clone)]
                pub struct A {
                    #[doc = "The ID."]
                    ident: u8,
                }
            ),
        ];
        for other in others {
            assert_ne!(digest("A", other.clone()), one, "{other}");
        }
    }

    #[test]
    fn a_variant_with_the_name_of_its_type_is_not_the_type() {
        let one = of(
            "A",
            quote!(
                pub enum A {
                    A(u8),
                }
            ),
        )
        .0;
        let other = of(
            "B",
            quote!(
                pub enum B {
                    B(u8),
                }
            ),
        )
        .0;
        assert_ne!(one.digest, other.digest);
    }

    #[test]
    fn tokens_are_not_joined() {
        let one = of("A", quote!(pub struct A(x y);)).0;
        let other = of(
            "A",
            quote!(
                pub struct A(xy);
            ),
        )
        .0;
        assert_ne!(one.digest, other.digest);
    }
}
