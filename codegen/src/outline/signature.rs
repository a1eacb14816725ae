//! Prints parts of Rust syntax on one line.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{
    FnArg, Generics, ImplItem, Item, ItemImpl, Pat, ReturnType, Signature, Token, Type,
    TypeParamBound, parse_quote,
};

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
    let mut inputs = signature.inputs.clone();
    for input in &mut inputs {
        // Whether the body changes an argument is its own affair.
        if let FnArg::Typed(argument) = input
            && let Pat::Ident(pattern) = &mut *argument.pat
        {
            pattern.mutability = None;
        }
    }
    let (generics, output) = (&signature.generics, &signature.output);
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

/// The bounds of a trait or an associated type, e.g. `: Clone + Debug`; empty if it has none.
pub(super) fn of_bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> String {
    if bounds.is_empty() {
        return String::new();
    }
    part(&print(&quote!(trait T: #bounds {})), "trait T", "{}")
}

/// An implementation, e.g. `impl<T: Clone> From<T> for Pet<T>`, with the types that belong to its trait. `known` is the path of the trait for consumers.
pub(super) fn of_implementation(item: &ItemImpl, known: Option<&str>) -> String {
    let (generics, ty) = (&item.generics, &item.self_ty);
    let (parameters, clause) = (&generics.params, &generics.where_clause);
    let parameters = if parameters.is_empty() {
        TokenStream::new()
    } else {
        quote!(<#parameters>)
    };
    let path = item.trait_.as_ref().map(|it| {
        let mut path = it.0.clone();
        if let Some(last) = path.segments.last().cloned()
            && let Some(known) = known.and_then(|known| syn::parse_str::<syn::Path>(known).ok())
        {
            path = known;
            if let Some(segment) = path.segments.last_mut() {
                segment.arguments = last.arguments;
            }
        }
        path
    });
    let types = item.items.iter().filter_map(|member| match member {
        ImplItem::Type(ty) => Some(format!("{} = {}", ty.ident, of_type(&ty.ty))),
        _ => None,
    });
    let types = types.collect::<Vec<_>>().join(", ");
    let header = if let Some(path) = path {
        quote!(impl #parameters #path for #ty #clause {})
    } else {
        quote!(impl #parameters #ty #clause {})
    };
    let header = part(&print(&header), "", "{}");
    let header = header.trim_end_matches(',');
    if types.is_empty() {
        header.to_owned()
    } else {
        format!("{header} with {types}")
    }
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
