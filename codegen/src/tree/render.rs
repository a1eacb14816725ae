//! Renders the syntax of a file as text.

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
pub fn render(file: syn::File, header: &[&str]) -> String {
    // Every part is printed as a file of its own. One file is reused for all parts, so no syntax is copied.
    let mut part = syn::File {
        shebang: None,
        frontmatter: None,
        attrs: file.attrs,
        items: Vec::new(),
    };
    let mut text = prettyplease::unparse(&part);
    part.attrs.clear();
    for line in header {
        text.push_str(format!("// {line}").trim_end());
        text.push('\n');
    }
    for item in file.items {
        let previous = part.items.first();
        if !text.is_empty() && !previous.is_some_and(|previous| belong_together(previous, &item)) {
            text.push('\n');
        }
        part.items = vec![item];
        text.push_str(&prettyplease::unparse(&part));
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
