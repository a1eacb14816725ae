//! Hostile text in every slot: nothing of it is a doctest, HTML, a bare address or a link to a Rust item.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

use super::{attributes, clean, describe_named, element, inline, labelled, quote_block};
use crate::model::code_span;

/// Pieces from which texts are made.
const PIECES: &[&str] = &[
    "```\nGET /a/1\n```",
    "```rust\nlet a = ;\n```",
    "~~~\nplain\n~~~",
    "```",
    "~~~",
    "``",
    "`",
    "    four spaces",
    "\ta tab",
    "<br>",
    "<b>bold",
    "</div>",
    "<id>",
    "Vec<String>",
    "<!-- a comment",
    "<![CDATA[x]]>",
    "<script>alert(1)</script>",
    "<https://example.com/x>",
    "https://example.com/a_b_c",
    "(see:http://example.com)",
    "[Pet]",
    "[Pet]: /x",
    "[a](b)",
    "![i](j)",
    "[^1]",
    "[[x]]",
    "[`x`]",
    "# heading",
    "#",
    "===",
    "---",
    "> quote",
    ">",
    "- element",
    "-",
    "1. first",
    "12)",
    "* a\n  * b\n    * c",
    "| a | b |\n|---|---|\n| `x|y` | <br> |",
    "|",
    "a\\",
    "*",
    "**",
    "_",
    "~~",
    "&lt;p&gt;",
    "&amp;",
    "\u{202E}x",
    "\r\n",
    "\u{0}",
    "*/",
    "//!",
    "{x}",
    "$x$",
    "word",
    " ",
    "",
    "GROẞ_ß",
    "a__b",
    ":smile:",
    "- [ ] task",
    "term\n: definition",
];

/// As `rustdoc` reads Markdown.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// What `rustdoc` would warn of or test in a text.
fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut links = Vec::new();
    let callback = |link: BrokenLink| {
        links.push(format!("a link to {}", link.reference));
        None
    };
    let mut depth = 0;
    for event in Parser::new_with_broken_link_callback(text, options(), Some(callback)) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                depth += 1;
                if !matches!(&kind, CodeBlockKind::Fenced(info) if &**info == "text") {
                    faults.push(format!("a doctest: {kind:?}"));
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                depth += 1;
                if !dest_url.contains(':') {
                    faults.push(format!("a link to {dest_url}"));
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock | pulldown_cmark::TagEnd::Link) => {
                depth -= 1;
            }
            Event::Html(html) | Event::InlineHtml(html) => faults.push(format!("HTML: {html}")),
            Event::Text(text) if depth == 0 && text.contains("://example") => {
                faults.push(format!("an address: {text}"));
            }
            _ => {}
        }
    }
    faults.extend(links);
    faults
}

/// The text of documentation attributes, as `rustdoc` gets it.
fn written(text: &str) -> String {
    let code = attributes(text);
    let item: syn::ItemStruct = syn::parse_quote!(#code struct It;);
    let lines = item.attrs.iter().map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else {
            panic!("documentation is a name and a value");
        };
        let syn::Expr::Lit(literal) = &pair.value else {
            panic!("documentation is a literal");
        };
        let syn::Lit::Str(line) = &literal.lit else {
            panic!("documentation is a string");
        };
        let line = line.value();
        line.strip_prefix(' ').unwrap_or(&line).to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn check(markdown: &str) {
    let slots = [
        clean(markdown),
        describe_named(markdown, markdown, "Range: from `1`."),
        labelled("200", &clean(markdown)),
        format!("`GET /a`\n\n{}", element("`id`", &clean(markdown))),
        format!("A client of {}.", inline(markdown)),
        code_span(markdown),
        // What an emitter forgets to clean.
        markdown.to_owned(),
    ];
    for (slot, text) in slots.iter().enumerate() {
        let text = written(text);
        let mut faults = faults(&text);
        if slot == 6 {
            // Names in brackets are links in the texts of the generator.
            faults.retain(|fault| !fault.starts_with("a link"));
        }
        assert!(
            faults.is_empty(),
            "{markdown:?} in slot {slot}: {faults:#?}\n{text}"
        );
    }
}

#[test]
fn every_pair_of_hostile_pieces_is_harmless_in_every_slot() {
    for one in PIECES {
        for other in PIECES {
            for between in [" ", "\n", "\n\n"] {
                check(&format!("{one}{between}{other}"));
            }
        }
    }
}

#[test]
fn random_texts_of_hostile_pieces_are_harmless() {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap_or_default()
    };
    for _ in 0..3_000 {
        let mut text = String::new();
        for _ in 0..=random(12) {
            text.push_str(PIECES[random(PIECES.len())]);
            text.push_str(["", " ", "\n", "\n\n", "\n    "][random(5)]);
        }
        check(&text);
    }
}

#[test]
fn most_text_is_not_quoted() {
    let mut quoted = Vec::new();
    for one in PIECES {
        for other in PIECES {
            let text = format!("Before.\n\n{one} {other}\n\nAfter.");
            let cleaned = clean(&text);
            if cleaned.starts_with("```text\nBefore") {
                quoted.push(text);
            }
        }
    }
    let share = quoted.len() * 100 / (PIECES.len() * PIECES.len());
    assert!(share < 3, "{share} % of {quoted:#?}");
}

#[test]
fn large_texts_take_little_time() {
    const SIZE: usize = 100_000;
    let mixed = PIECES.join("\n\n");
    for piece in [&mixed, "*", "[", "`", "> ", "- a\n", "<b>", "a_b "] {
        let text = piece.repeat(SIZE / piece.len());
        let begin = std::time::Instant::now();
        let cleaned = clean(&text);
        // Without optimizations, on a busy machine.
        assert!(
            begin.elapsed().as_secs() < 20,
            "{piece:?} {:?}",
            begin.elapsed()
        );
        assert_eq!(faults(&written(&cleaned)), [""; 0], "{piece:?}");
    }
}

#[test]
fn a_quoted_text_cannot_end_its_block() {
    let text = quote_block("a\n```\nb\n````\nc");
    assert_eq!(faults(&text), [""; 0]);
}
