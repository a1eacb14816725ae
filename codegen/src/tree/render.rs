//! Renders syntax as text.

use std::mem;

use syn::Item;

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
        text.push_str(&prettyplease::unparse(&file));
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
