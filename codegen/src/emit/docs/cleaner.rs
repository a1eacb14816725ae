//! Makes the events of Markdown those that `rustdoc` may see: without HTML, headings, images and relative links, and with names as
//! code.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};

use super::html::{TAGS, entities};
use super::trimmed;
use super::words::{Word, sort, words};

#[derive(Default)]
pub(super) struct Cleaner<'t> {
    pub(super) events: Vec<Event<'t>>,
    /// The text of consecutive events: the parser cuts text at every special character.
    text: String,
    /// For each open link, whether it is kept.
    links: Vec<bool>,
    in_code: bool,
    /// How many lists, items and quotations are open.
    depth: usize,
}

impl<'t> Cleaner<'t> {
    pub(super) fn take(&mut self, event: Event<'t>) {
        if let Event::Text(text) = &event
            && !self.in_code
        {
            self.text.push_str(text);
            return;
        }
        self.flush();
        if self.is_too_deep(&event) {
            return;
        }
        match event {
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => {
                self.flush();
                self.events.push(Event::End(TagEnd::Paragraph));
            }
            // The heading of a field would be as large as the heading of its type.
            Event::Start(Tag::Heading { .. }) => {
                self.events.push(Event::Start(Tag::Paragraph));
                self.events.push(Event::Start(Tag::Strong));
            }
            Event::End(TagEnd::Heading(_)) => {
                self.events.push(Event::End(TagEnd::Strong));
                self.events.push(Event::End(TagEnd::Paragraph));
            }
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code = true;
                let kind = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
                self.events.push(Event::Start(Tag::CodeBlock(kind)));
            }
            Event::End(TagEnd::CodeBlock) => {
                self.in_code = false;
                self.events.push(event);
            }
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                let is_kept = is_absolute(dest_url);
                self.links.push(is_kept);
                if is_kept {
                    let dest_url = CowStr::from(dest_url.replace(['<', '>', ' '], ""));
                    self.events.push(Event::Start(Tag::Link {
                        link_type: LinkType::Inline,
                        dest_url,
                        title: CowStr::Borrowed(""),
                        id: CowStr::Borrowed(""),
                    }));
                }
            }
            Event::End(TagEnd::Link) => {
                if self.links.pop() == Some(true) {
                    self.events.push(event);
                }
            }
            // The text of an image stays.
            Event::Start(Tag::Image { .. })
            | Event::End(TagEnd::Image)
            | Event::FootnoteReference(_) => {}
            // A code span of nothing but blanks would be written as a fence.
            Event::Code(code) if code.trim().is_empty() => {}
            other => self.events.push(other),
        }
    }

    /// Whether it opens or closes a list or quotation that is nested deeper than people read. Its content stays. Without this,
    /// the indentation of deep nesting would make the text very large.
    fn is_too_deep(&mut self, event: &Event) -> bool {
        const DEEPEST: usize = 12;
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                self.depth += 1;
                self.depth > DEEPEST
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                self.depth -= 1;
                self.depth >= DEEPEST
            }
            _ => false,
        }
    }

    /// Removes tags and keeps their content. Tags that break lines become line breaks.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(begin) = rest.find('<') {
            self.text.push_str(&entities(&rest[..begin]));
            let Some(length) = rest[begin..].find('>') else {
                // An unfinished tag is text.
                self.text.push_str(&rest[begin..]);
                self.flush();
                return;
            };
            let tag = rest[begin + 1..begin + length]
                .trim_start_matches('/')
                .to_ascii_lowercase();
            let name: String = tag
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect();
            if !TAGS.contains(&name.as_str()) {
                // It is a placeholder such as `<id>` and not a tag of HTML.
                self.text.push_str(&rest[begin..=begin + length]);
            }
            match name.as_str() {
                "br" | "p" | "div" | "tr" | "ul" | "ol" | "table" => {
                    self.flush();
                    self.soft_break();
                }
                "li" if !html[html.len() - rest.len() + begin..].starts_with("</") => {
                    self.text.push_str("; ");
                }
                _ => {}
            }
            rest = &rest[begin + length + 1..];
        }
        self.text.push_str(&entities(rest));
        self.flush();
    }

    /// Writes the collected text, with its names as code and its addresses as links.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let in_link = self.links.contains(&true);
        let mut plain = String::new();
        for word in words(&text) {
            let kind = sort(word);
            if kind == Word::Plain || (in_link && kind == Word::Address) {
                plain.push_str(word);
                continue;
            }
            let (begin, body, end) = trimmed(word);
            plain.push_str(begin);
            self.lines(&std::mem::take(&mut plain));
            if kind == Word::Name {
                self.events.push(Event::Code(body.to_owned().into()));
            } else {
                self.autolink(body);
            }
            plain.push_str(end);
        }
        self.lines(&plain);
    }

    /// Writes text, with a line break for each newline.
    fn lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.soft_break();
            }
            let line = if index > 0 { line.trim_start() } else { line };
            if !line.is_empty() {
                self.events.push(Event::Text(line.to_owned().into()));
            }
        }
    }

    fn soft_break(&mut self) {
        let is_begun = !matches!(
            self.events.last(),
            None | Some(Event::Start(_) | Event::SoftBreak | Event::HardBreak)
        );
        if is_begun {
            self.events.push(Event::SoftBreak);
        }
    }

    fn autolink(&mut self, address: &str) {
        let tag = Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: address.to_owned().into(),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        };
        self.events.push(Event::Start(tag));
        self.events.push(Event::Text(address.to_owned().into()));
        self.events.push(Event::End(TagEnd::Link));
    }
}

fn is_absolute(address: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
        && !address.contains(['(', ')'])
}
