//! Prints parts of Rust syntax on one line.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Generics, Item, ReturnType, Signature, Type, parse_quote};

/// A type, e.g. `Option<Vec<String>>`.
pub(crate) fn of_type(ty: &Type) -> String {
    // Builds the syntax instead of parsing tokens: there is a type for each field, and parsing would take most of the time.
    let mut alias: syn::ItemType = parse_quote!(
        type T = X;
    );
    *alias.ty = ty.clone();
    part(&print_item(Item::Type(alias)), "type T = ", ";")
}

/// The parameters of a type, e.g. `<'c, T: Clone>`; empty if it has none.
pub(super) fn of_generics(generics: &Generics) -> String {
    let (parameters, clause) = (&generics.params, &generics.where_clause);
    if parameters.is_empty() {
        return String::new();
    }
    let text = print(&quote!(struct S<#parameters> #clause;));
    part(&text, "struct S", ";")
}

/// A function without its name, and with `Self` for the type it belongs to: `(&self) -> &str`.
pub(super) fn of_function(signature: &Signature) -> String {
    let (generics, inputs, output) = (&signature.generics, &signature.inputs, &signature.output);
    let clause = &generics.where_clause;
    let text = print(&quote!(impl T { fn f #generics(#inputs) #output #clause {} }));
    let text = part(&text, "impl T { fn f", "{} }");
    text.trim_end_matches(',').replace("(mut self", "(self")
}

/// The trait of an implementation, e.g. `From<&str>`.
pub(super) fn of_trait(path: &syn::Path) -> String {
    let text = print(&quote!(impl #path for T {}));
    part(&text, "impl ", "for T {}")
}

/// Whether a function returns `Self`.
pub(super) fn returns_self(output: &ReturnType) -> bool {
    matches!(output, ReturnType::Type(_, ty) if is_self(ty))
}

fn is_self(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident("Self"))
}

/// An item on one line. Tokens that are not a complete item are printed one by one.
fn print(tokens: &TokenStream) -> String {
    let Ok(item) = syn::parse2::<Item>(tokens.clone()) else {
        return tokens.to_token_stream().to_string();
    };
    print_item(item)
}

fn print_item(item: Item) -> String {
    let printed = prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    });
    one_line(&printed)
}

/// Joins the lines that the printer broke a long item into.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.lines().map(str::trim).filter(|part| !part.is_empty()) {
        let closes = part.starts_with([')', '>', ']']);
        if closes && line.ends_with(',') {
            line.pop();
        }
        if !line.is_empty() && !closes && !line.ends_with(['(', '<', '[']) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

fn part(text: &str, before: &str, after: &str) -> String {
    let text = text.strip_prefix(before).unwrap_or(text);
    text.strip_suffix(after).unwrap_or(text).trim().to_owned()
}
