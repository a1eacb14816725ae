//! Turns the Markdown of documents into documentation that `rustdoc` renders without a warning. Lists and links stay, HTML is
//! removed, names become code, no code block is a doctest, and nothing is read as a link to a Rust item.

mod cleaner;
#[cfg(test)]
mod hostile;
mod html;
mod tidy;
mod words;

use proc_macro2::TokenStream;
use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use quote::quote;

use crate::model::code_span;
use cleaner::Cleaner;
use tidy::tidy;
use words::{PUNCTUATION, Word, sort, words};

/// A text as documentation attributes, one for each line. All documentation of generated code passes here, so a text that is not
/// harmless is shown as it is, in a code block, whatever made it.
pub(crate) fn attributes(text: &str) -> TokenStream {
    // Names of the document have characters of any kind.
    let is_shown = |character: &char| *character == '\n' || !is_invisible(*character);
    let text: String = text.chars().filter(is_shown).collect();
    let text = if is_harmless(&text) {
        text
    } else {
        quote_block(&text)
    };
    let lines = text.lines().map(|line| {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// The documentation for a text from a document; `fallback` if the text is empty.
pub(crate) fn describe(markdown: &str, fallback: &str) -> String {
    let text = clean(markdown);
    if text.is_empty() {
        fallback.to_owned()
    } else {
        text
    }
}

/// A link to a type of the module. Some types have the name of a derive macro.
pub(crate) fn link(name: &str) -> String {
    const MACROS: [&str; 8] = [
        "Clone",
        "Copy",
        "Debug",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    if MACROS.contains(&name) {
        format!("[`{name}`](type@{name})")
    } else {
        format!("[`{name}`]")
    }
}

/// A label, and the documentation of what it names. A code block, a list or a quotation cannot begin behind a label: it begins in
/// a paragraph of its own.
pub(crate) fn labelled(label: &str, prose: &str) -> String {
    let mut events = Parser::new_ext(prose, PARSING);
    let is_paragraph = matches!(events.next(), Some(Event::Start(Tag::Paragraph)));
    let between = if is_paragraph { " " } else { "\n\n" };
    format!("{label}:{between}{prose}")
}

/// An element of a list: a label and its documentation.
pub(crate) fn element(label: &str, prose: &str) -> String {
    let text = labelled(label, prose);
    let lines = text.lines().enumerate();
    let lines = lines.map(|(index, line)| match (index, line) {
        (0, line) => format!("- {line}"),
        (_, "") => String::new(),
        (_, line) => format!("  {line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text inside a sentence: in one line, and a code span if it is more than a line of text.
pub(crate) fn inline(markdown: &str) -> String {
    let text = clean(markdown.trim());
    let mut events = Parser::new_ext(&text, PARSING);
    let is_paragraph = matches!(events.next(), Some(Event::Start(Tag::Paragraph)));
    let mut rest = events.skip_while(|event| *event != Event::End(TagEnd::Paragraph));
    let is_all = is_paragraph && rest.nth(1).is_none();
    if is_all && !text.contains('\n') {
        text
    } else {
        code_span(markdown.trim())
    }
}

/// The documentation of what has a name in a document: its prose, or else its name, and its constraints.
pub(crate) fn describe_named(name: &str, markdown: &str, constraints: &str) -> String {
    let mut text = describe(markdown, &format!("{}.", code_span(name)));
    if !constraints.is_empty() {
        text.push_str("\n\n");
        text.push_str(constraints);
    }
    text
}

/// What Markdown of documents is read and written with.
const PARSING: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Whether `rustdoc` renders a text without a warning and tests nothing in it: each code block is plain text, there is no HTML, and
/// every address is a link. Most text contains none of these and is not parsed.
fn is_harmless(text: &str) -> bool {
    let is_suspect = ["```", "~~~", "    ", "\t", "<", "://"]
        .iter()
        .any(|mark| text.contains(mark));
    if !is_suspect {
        return true;
    }
    let mut depth = 0;
    Parser::new_ext(text, PARSING).all(|event| match event {
        Event::Start(Tag::CodeBlock(kind)) => {
            depth += 1;
            matches!(kind, CodeBlockKind::Fenced(info) if &*info == "text")
        }
        Event::Start(Tag::Link { .. }) => {
            depth += 1;
            true
        }
        Event::End(TagEnd::Link | TagEnd::CodeBlock) => {
            depth -= 1;
            true
        }
        Event::Html(_) | Event::InlineHtml(_) => false,
        Event::Text(text) => depth > 0 || !(text.contains("http://") || text.contains("https://")),
        _ => true,
    })
}

/// Whether nothing in a text is read as a link to a Rust item.
fn has_no_names(text: &str) -> bool {
    let mut is_found = false;
    let callback = |_: BrokenLink| {
        is_found = true;
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, PARSING, Some(callback));
    parser.for_each(drop);
    !is_found
}

/// A text in a code block that it cannot end.
fn quote_block(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}text\n{text}\n{fence}")
}

/// The Markdown of a document as the Markdown of `rustdoc`.
pub(crate) fn clean(markdown: &str) -> String {
    clean_plain(markdown).unwrap_or_else(|| clean_markdown(markdown))
}

fn clean_markdown(markdown: &str) -> String {
    let markdown = normalize_text(markdown);
    let mut cleaner = Cleaner::default();
    for event in Parser::new_ext(&markdown, PARSING) {
        cleaner.take(event);
    }
    let events = tidy(cleaner.events);
    let mut text = String::with_capacity(markdown.len());
    let options = pulldown_cmark_to_cmark::Options {
        list_token: '-',
        code_block_token_count: 3,
        ..Default::default()
    };
    let written =
        pulldown_cmark_to_cmark::cmark_with_options(events.iter(), &mut text, PARSING, options);
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    if written.is_ok() && is_harmless(&text) && (!text.contains('[') || has_no_names(&text)) {
        text
    } else {
        // A text that cannot be written is shown as it is.
        quote_block(&markdown)
    }
}

/// The result of [`clean_markdown`] for text in which no character means anything to Markdown. Most text is of that kind, and to
/// read and write Markdown takes much longer.
fn clean_plain(markdown: &str) -> Option<String> {
    let mut text = String::with_capacity(markdown.len() + 16);
    for (index, paragraph) in markdown.trim_ascii_end().split("\n\n").enumerate() {
        if index > 0 {
            text.push_str("\n\n");
        }
        for (index, line) in paragraph.split('\n').enumerate() {
            if index > 0 {
                text.push('\n');
            }
            // Other characters mean something at the begin of a line, and spaces at its end are a line break.
            if !line.starts_with(char::is_alphabetic)
                || line.ends_with(' ')
                || !line.chars().all(is_plain)
            {
                return None;
            }
            for word in words(line) {
                match sort(word) {
                    Word::Plain if word.contains('_') => return None,
                    Word::Plain => text.push_str(word),
                    Word::Name => {
                        let (begin, body, end) = trimmed(word);
                        // It may be the begin or the end of emphasis.
                        if body.starts_with('_') || body.ends_with('_') {
                            return None;
                        }
                        text.extend([begin, "`", body, "`", end]);
                    }
                    Word::Address => return None,
                }
            }
        }
    }
    Some(text)
}

/// Whether a character inside a line means nothing to Markdown.
fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || " .,;:?'\"()/%@-_".contains(character)
}

/// A word without the punctuation around it, and that punctuation.
fn trimmed(word: &str) -> (&str, &str, &str) {
    let body = word.trim_matches(|character: char| PUNCTUATION.contains(character));
    let begin = word.find(body).unwrap_or_default();
    (&word[..begin], body, &word[begin + body.len()..])
}

/// Removes control characters, and replaces tabs, which would make text a code block.
fn normalize_text(markdown: &str) -> String {
    let markdown = markdown.replace("\r\n", "\n").replace('\t', "    ");
    markdown
        .trim_end()
        .trim_start_matches('\n')
        .chars()
        .filter(|character| *character == '\n' || !is_invisible(*character))
        .collect()
}

/// Control characters, and those that change the direction of text: `rustc` refuses the latter in comments.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{clean, clean_markdown, clean_plain, element, inline, labelled};

    #[test]
    fn names_become_code_and_words_stay_words() {
        assert_eq!(
            clean("Set releaseOnDate (or IN_PROGRESS) when the API gives IDs."),
            "Set `releaseOnDate` (or `IN_PROGRESS`) when the API gives IDs."
        );
    }

    #[test]
    fn plain_text_is_what_markdown_makes_of_it() {
        let texts = [
            "Set releaseOnDate (or IN_PROGRESS, or \"_links\"): 50 % of 1.5, it's a/b - or not?",
            "one\ntwo IDs\n\nthree _four_ fiveSix's",
            "Größe  in  cm. See 'petId';\nif any@example.com @type",
            "",
        ];
        for text in texts {
            assert_eq!(
                clean_plain(text).unwrap_or(clean_markdown(text)),
                clean_markdown(text)
            );
        }
    }

    #[test]
    fn lists_and_links_stay() {
        assert_eq!(
            clean("One of:\n* first\n* [second](https://example.com/a)\n* [third](#/local)"),
            "One of:\n\n- first\n- [second](https://example.com/a)\n- third"
        );
    }

    #[test]
    fn html_is_removed_and_its_content_stays() {
        assert_eq!(
            clean("A <b>bold</b> word<br/>and a <a href='x'>link</a>."),
            "A bold word\nand a link."
        );
    }

    #[test]
    fn code_blocks_are_not_doctests() {
        assert_eq!(
            clean("    GET /x\n\ntext"),
            "```text\nGET /x\n```\n\ntext".trim()
        );
        assert_eq!(clean("```json\n{}\n```"), "```text\n{}\n```");
    }

    #[test]
    fn addresses_are_links_and_brackets_are_not() {
        assert_eq!(
            clean("See https://example.com/x, and [RFC 9110] or Vec<T>."),
            "See <https://example.com/x>, and \\[RFC 9110\\] or Vec\\<T>."
        );
    }

    #[test]
    fn line_breaks_of_html_keep_the_text() {
        assert_eq!(
            clean("A <br> To find > B > **C**."),
            "A\nTo find > B > **C**."
        );
    }

    #[test]
    fn blocks_do_not_begin_behind_a_label() {
        assert_eq!(element("`id`", "The id."), "- `id`: The id.");
        assert_eq!(
            element("`id`", &clean("```\nGET /a\n```\n\nWords.")),
            "- `id`:\n\n  ```text\n  GET /a\n  ```\n\n  Words."
        );
        assert_eq!(labelled("200", "- one"), "200:\n\n- one");
    }

    #[test]
    fn titles_are_one_line() {
        assert_eq!(inline("Pets and _more_"), "Pets and *more*");
        assert_eq!(inline("# Pets"), "**Pets**");
        assert_eq!(inline("```"), "```` ``` ````");
        assert_eq!(inline("- a"), "`- a`");
    }
}
