//! Renders syntax as text.

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
    let mut page = Page::new(file.attrs, header);
    for item in file.items {
        page.push(item);
    }
    page.finish()
}

/// A file while its text is written. What has been printed is dropped, so that a file takes no more memory than its largest item
/// and its text.
pub(crate) struct Page {
    text: String,
    /// The file that is shown to the printer: it holds the last item.
    part: syn::File,
}

impl Page {
    /// A file with its inner attributes, and the lines of `header` as comments.
    pub(crate) fn new(attrs: Vec<syn::Attribute>, header: &[&str]) -> Self {
        let mut part = syn::File {
            shebang: None,
            frontmatter: None,
            attrs,
            items: Vec::new(),
        };
        let mut text = prettyplease::unparse(&part);
        part.attrs.clear();
        for line in header {
            text.push_str(format!("// {line}").trim_end());
            text.push('\n');
        }
        Self { text, part }
    }

    /// Prints an item.
    pub(crate) fn push(&mut self, item: Item) {
        let previous = self.part.items.first();
        if !self.text.is_empty()
            && !previous.is_some_and(|previous| belong_together(previous, &item))
        {
            self.text.push('\n');
        }
        self.part.items = vec![item];
        self.text.push_str(&prettyplease::unparse(&self.part));
    }

    /// The text of the file.
    pub(crate) fn finish(self) -> String {
        self.text
    }
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
