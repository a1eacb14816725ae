//! The right side of a rule: writes it with what the names stand for.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};

use super::pattern::{Bindings, Bound, repetition};

/// The tokens that a rule makes. A name that the rule does not bind stays as it is: it belongs to a macro that the rule makes.
pub(super) fn transcribe(body: &[TokenTree], bindings: &Bindings) -> TokenStream {
    let mut out = Vec::new();
    write(body, bindings, &mut out);
    out.into_iter().collect()
}

fn write(body: &[TokenTree], bindings: &Bindings, out: &mut Vec<TokenTree>) {
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first, rest) {
            (TokenTree::Punct(dollar), [TokenTree::Ident(name), after @ ..])
                if dollar.as_char() == '$' =>
            {
                match bindings.get(&name.to_string()) {
                    Some(Bound::One(tokens)) => out.extend(tokens.iter().cloned()),
                    _ if name == "crate" => {
                        out.push(TokenTree::Ident(Ident::new("crate", Span::call_site())));
                    }
                    _ => {
                        out.push(first.clone());
                        continue;
                    }
                }
                rest = after;
            }
            (TokenTree::Punct(dollar), [TokenTree::Group(group), after @ ..])
                if dollar.as_char() == '$' =>
            {
                let Some((separator, _, after)) = repetition(after) else {
                    out.push(first.clone());
                    continue;
                };
                rest = after;
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                write_rounds(&inner, &separator, bindings, out);
            }
            (TokenTree::Group(group), _) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let stream = transcribe(&inner, bindings);
                out.push(TokenTree::Group(Group::new(group.delimiter(), stream)));
            }
            (token, _) => out.push(token.clone()),
        }
    }
}

fn write_rounds(
    inner: &[TokenTree],
    separator: &[TokenTree],
    bindings: &Bindings,
    out: &mut Vec<TokenTree>,
) {
    let mut names = Vec::new();
    names_in(inner, &mut names);
    let repeated = names.iter().filter_map(|name| match bindings.get(name) {
        Some(Bound::Many(rounds)) => Some((name, rounds)),
        _ => None,
    });
    let repeated: Vec<_> = repeated.collect();
    let rounds = repeated.iter().map(|(_, rounds)| rounds.len()).max();
    // Only what the round names: to copy everything in each round would take the square of the time.
    let fixed = names.iter().filter_map(|name| match bindings.get(name) {
        Some(bound @ Bound::One(_)) => Some((name.clone(), bound.clone())),
        _ => None,
    });
    let fixed: Bindings = fixed.collect();
    for round in 0..rounds.unwrap_or(0) {
        if round > 0 {
            out.extend(separator.iter().cloned());
        }
        let mut of_round = fixed.clone();
        for (name, rounds) in &repeated {
            if let Some(bound) = rounds.get(round) {
                of_round.insert((*name).clone(), bound.clone());
            }
        }
        write(inner, &of_round, out);
    }
}

fn names_in(tokens: &[TokenTree], names: &mut Vec<String>) {
    for pair in tokens.windows(2) {
        if let [TokenTree::Punct(dollar), TokenTree::Ident(name)] = pair
            && dollar.as_char() == '$'
        {
            names.push(name.to_string());
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            names_in(&inner, names);
        }
    }
}
