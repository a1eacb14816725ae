//! The left side of a rule: reads it, and fits it to the tokens of a call.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser};

/// A part of the left side of a rule.
pub(super) enum Pattern {
    /// A token that must be there.
    Token(TokenTree),
    /// A group with these parts.
    Group(Delimiter, Vec<Pattern>),
    /// `$name:kind`.
    Fragment { name: String, kind: String },
    /// `$(...),*`.
    Repeat(Repeat),
}

/// `$(...) separator operator`, on either side of a rule.
pub(super) struct Repeat<T = Vec<Pattern>> {
    pub(super) inner: T,
    pub(super) separator: Vec<TokenTree>,
    pub(super) operator: char,
}

/// What the names of a rule stand for.
pub(super) type Bindings = HashMap<String, Bound>;

/// What one name stands for.
#[derive(Clone, Debug)]
pub(super) enum Bound {
    One(Vec<TokenTree>),
    /// In a repetition: one for each round.
    Many(Vec<Bound>),
}

/// Reads the left side of a rule; `None` if it is not valid.
pub(super) fn read(tokens: TokenStream) -> Option<Vec<Pattern>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut patterns = Vec::new();
    let mut rest = &tokens[..];
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        patterns.push(match (first, rest) {
            (TokenTree::Punct(dollar), [TokenTree::Group(group), ..])
                if dollar.as_char() == '$' =>
            {
                let inner = read(group.stream())?;
                let (separator, operator, after) = repetition(&rest[1..])?;
                rest = after;
                Pattern::Repeat(Repeat {
                    inner,
                    separator,
                    operator,
                })
            }
            (
                TokenTree::Punct(dollar),
                [
                    TokenTree::Ident(name),
                    TokenTree::Punct(colon),
                    TokenTree::Ident(kind),
                    after @ ..,
                ],
            ) if dollar.as_char() == '$' && colon.as_char() == ':' => {
                rest = after;
                Pattern::Fragment {
                    name: name.to_string(),
                    kind: kind.to_string(),
                }
            }
            (TokenTree::Group(group), _) => {
                Pattern::Group(group.delimiter(), read(group.stream())?)
            }
            (token, _) => Pattern::Token(token.clone()),
        });
    }
    Some(patterns)
}

/// What follows `$(...)`: the separator, the operator, and the rest.
pub(super) fn repetition(tokens: &[TokenTree]) -> Option<(Vec<TokenTree>, char, &[TokenTree])> {
    let end = tokens.iter().position(
        |token| matches!(token, TokenTree::Punct(it) if matches!(it.as_char(), '*' | '+' | '?')),
    )?;
    let TokenTree::Punct(operator) = &tokens[end] else {
        return None;
    };
    // A separator is one token, of two characters at most.
    (end <= 2).then(|| {
        (
            tokens[..end].to_vec(),
            operator.as_char(),
            &tokens[end + 1..],
        )
    })
}

/// Whether the whole input fits.
pub(super) fn fits(patterns: &[Pattern], input: &[TokenTree], bindings: &mut Bindings) -> bool {
    let mut rest = input;
    start_fits(patterns, &mut rest, bindings) && rest.is_empty()
}

fn start_fits(patterns: &[Pattern], input: &mut &[TokenTree], bindings: &mut Bindings) -> bool {
    patterns.iter().all(|pattern| match pattern {
        Pattern::Token(token) => skip(token, input),
        Pattern::Group(delimiter, inner) => match input.split_first() {
            Some((TokenTree::Group(group), after)) if group.delimiter() == *delimiter => {
                *input = after;
                let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
                fits(inner, &tokens, bindings)
            }
            _ => false,
        },
        Pattern::Fragment { name, kind } => match length(kind, input) {
            Some(length) => {
                let (fragment, after) = input.split_at(length);
                *input = after;
                bindings.insert(name.clone(), Bound::One(fragment.to_vec()));
                true
            }
            None => false,
        },
        Pattern::Repeat(repeat) => repeat_fits(repeat, input, bindings),
    })
}

fn repeat_fits(repeat: &Repeat, input: &mut &[TokenTree], bindings: &mut Bindings) -> bool {
    let mut rounds = 0;
    let mut names = Vec::new();
    names_in(&repeat.inner, &mut names);
    for name in &names {
        bindings.insert((*name).to_owned(), Bound::Many(Vec::new()));
    }
    while repeat.operator != '?' || rounds == 0 {
        let mut rest = *input;
        if rounds > 0 && !repeat.separator.iter().all(|token| skip(token, &mut rest)) {
            break;
        }
        let mut inner = Bindings::new();
        if !start_fits(&repeat.inner, &mut rest, &mut inner) || rest.len() == input.len() {
            break;
        }
        *input = rest;
        rounds += 1;
        for (name, bound) in inner {
            if let Some(Bound::Many(all)) = bindings.get_mut(&name) {
                all.push(bound);
            }
        }
    }
    rounds > 0 || repeat.operator != '+'
}

fn names_in<'p>(patterns: &'p [Pattern], names: &mut Vec<&'p str>) {
    for pattern in patterns {
        match pattern {
            Pattern::Token(_) => {}
            Pattern::Group(_, inner) => names_in(inner, names),
            Pattern::Fragment { name, .. } => names.push(name),
            Pattern::Repeat(repeat) => names_in(&repeat.inner, names),
        }
    }
}

fn skip(expected: &TokenTree, input: &mut &[TokenTree]) -> bool {
    let Some((token, after)) = input.split_first() else {
        return false;
    };
    let is_equal = match (expected, token) {
        (TokenTree::Ident(one), TokenTree::Ident(other)) => one == other,
        (TokenTree::Punct(one), TokenTree::Punct(other)) => one.as_char() == other.as_char(),
        (TokenTree::Literal(one), TokenTree::Literal(other)) => {
            one.to_string() == other.to_string()
        }
        _ => false,
    };
    if is_equal {
        *input = after;
    }
    is_equal
}

/// How many tokens at the start of the input are a fragment of this kind.
fn length(kind: &str, input: &[TokenTree]) -> Option<usize> {
    match (kind, input) {
        ("ident", [TokenTree::Ident(name), ..]) => (name != "_").then_some(1),
        ("literal", [TokenTree::Ident(name), ..]) => {
            (name == "true" || name == "false").then_some(1)
        }
        ("literal", [TokenTree::Punct(minus), TokenTree::Literal(_), ..]) => {
            (minus.as_char() == '-').then_some(2)
        }
        ("lifetime", [TokenTree::Punct(quote), TokenTree::Ident(_), ..]) => {
            (quote.as_char() == '\'').then_some(2)
        }
        ("tt", [TokenTree::Punct(first), ..]) => Some(operator(first, &input[1..])),
        ("tt", [_, ..]) | ("literal", [TokenTree::Literal(_), ..]) => Some(1),
        ("ty" | "ty_2021", _) => parsed::<syn::Type>(input, Parse::parse),
        ("expr" | "expr_2021", _) => parsed::<syn::Expr>(input, Parse::parse),
        ("path", _) => parsed::<syn::Path>(input, Parse::parse),
        ("meta", _) => parsed::<syn::Meta>(input, Parse::parse),
        ("item", _) => parsed::<syn::Item>(input, Parse::parse),
        ("block", _) => parsed::<syn::Block>(input, Parse::parse),
        ("vis", _) => parsed::<syn::Visibility>(input, Parse::parse),
        ("stmt", _) => parsed::<syn::Stmt>(input, Parse::parse),
        ("pat", _) => parsed::<syn::Pat>(input, syn::Pat::parse_multi_with_leading_vert),
        ("pat_param", _) => parsed::<syn::Pat>(input, syn::Pat::parse_single),
        _ => None,
    }
}

/// How many tokens a token of several characters is: `=>`, `'a`.
fn operator(first: &proc_macro2::Punct, after: &[TokenTree]) -> usize {
    let mut text = String::from(first.as_char());
    let mut length = 1;
    if first.as_char() == '\'' {
        return 2;
    }
    let mut last = first;
    for token in after {
        let TokenTree::Punct(next) = token else { break };
        if last.spacing() != Spacing::Joint {
            break;
        }
        text.push(next.as_char());
        if !OPERATORS.contains(&text.as_str()) {
            break;
        }
        length += 1;
        last = next;
    }
    length
}

/// The tokens of several characters, and the starts of longer ones.
const OPERATORS: [&str; 26] = [
    "=>", "->", "<-", "::", "..", "...", "..=", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=",
    "*=", "/=", "%=", "^=", "&=", "|=", "<<", ">>", "<<=", ">>=", "~>",
];

fn parsed<T>(input: &[TokenTree], read: fn(ParseStream<'_>) -> syn::Result<T>) -> Option<usize> {
    let tokens: TokenStream = input.iter().cloned().collect();
    let parser = |input: ParseStream<'_>| {
        read(input)?;
        input.parse::<TokenStream>()
    };
    let rest = parser.parse2(tokens).ok()?;
    input.len().checked_sub(rest.into_iter().count())
}
