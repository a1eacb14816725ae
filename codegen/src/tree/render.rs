//! Renders syntax as text.

use std::mem;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemMacro, MacroDelimiter};

/// The text of a generated file: the inner documentation, the lines of `header` as comments, then the items. An empty line
/// separates the items, except imports and declarations of modules.
///
/// ```
/// use releasepack_codegen::tree;
///
/// let file = syn::parse_str("//! Pets.\n use a::B; use c::D; struct Cat; struct Dog;").unwrap();
/// let text = tree::render(file, &["Made by a machine; do not edit."]);
/// assert_eq!(text, "//! Pets.\n// Made by a machine; do not edit.\n\nuse a::B;\nuse c::D;\n\nstruct Cat;\n\nstruct Dog;\n");
/// ```
#[must_use]
pub fn render(mut file: syn::File, header: &[&str]) -> String {
    let items = mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    file.attrs.clear();
    for line in header {
        text.push_str(format!("// {line}").trim_end());
        text.push('\n');
    }
    for item in items {
        let previous = file.items.pop();
        if !text.is_empty() && !previous.is_some_and(|it| belong_together(&it, &item)) {
            text.push('\n');
        }
        file.items.push(item);
        match &file.items[0] {
            Item::Macro(call) if is_table(call) => text.push_str(&table(call)),
            _ => text.push_str(&prettyplease::unparse(&file)),
        }
    }
    text
}

fn belong_together(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Use(one), Item::Use(other)) => one.vis == other.vis,
        (Item::Mod(one), Item::Mod(other)) => one.content.is_none() && other.content.is_none(),
        // `open_enum!(Colour);` belongs to the definition before it.
        (_, Item::Macro(call)) => call.ident.is_none(),
        _ => false,
    }
}

/// Whether an item is a call like `record! { Pet { id "id" REQUIRED, } }`.
fn is_table(call: &ItemMacro) -> bool {
    call.ident.is_none() && matches!(call.mac.delimiter, MacroDelimiter::Brace(_))
}

/// The text of a table, with a line for each row: for prettyplease, the body of a macro is one long line.
fn table(call: &ItemMacro) -> String {
    let mut text = format!("{}! {{", spell(call.mac.path.to_token_stream()));
    for token in call.mac.tokens.clone() {
        match token {
            TokenTree::Group(rows) if rows.stream().is_empty() => text.push_str(" {}"),
            TokenTree::Group(rows) => {
                text.push_str(" {\n");
                let rows: Vec<TokenTree> = rows.stream().into_iter().collect();
                for row in rows.split_inclusive(|token| is_punct(token, ',')) {
                    let row = spell(row.iter().cloned().collect());
                    text += &["    ", &row, "\n"].concat();
                }
                text.push('}');
            }
            other => text += &[" ", &other.to_string()].concat(),
        }
    }
    text + " }\n"
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Tokens on one line, with spaces as a formatter would place them.
fn spell(tokens: TokenStream) -> String {
    let mut text = String::new();
    let mut is_tight = true;
    for token in tokens {
        let closes = is_punct(&token, ',') || is_punct(&token, ':') || is_punct(&token, '>');
        let opens = is_punct(&token, '<') || is_called(&token, &text);
        if !is_tight && !closes && !opens {
            text.push(' ');
        }
        is_tight = match &token {
            TokenTree::Punct(punct) => {
                punct.spacing() == Spacing::Joint
                    || text.ends_with([':', '.'])
                    || matches!(punct.as_char(), '<' | '&' | '-')
            }
            _ => false,
        };
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                text += &[open, &spell(group.stream()), close].concat();
            }
            other => text.push_str(&other.to_string()),
        }
    }
    text
}

/// Whether a group belongs to the word before it: `set(String)`.
fn is_called(token: &TokenTree, before: &str) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis)
        && before.ends_with("set")
}
