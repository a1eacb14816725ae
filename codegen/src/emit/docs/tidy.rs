//! Brings events into the form in which a parser of Markdown gives them: the writer refuses all others.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Joins pieces of text, removes blanks where a line begins or ends, and removes line breaks and paragraphs without text.
pub(super) fn tidy(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut tidied: Vec<Event> = Vec::with_capacity(events.len());
    let mut in_code = false;
    for event in events {
        match event {
            Event::Text(text) if !in_code => push_text(&mut tidied, &text),
            Event::SoftBreak | Event::HardBreak => {
                trim_end(&mut tidied);
                if !begins_line(tidied.last()) {
                    tidied.push(event);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                tidied.push(event);
            }
            Event::End(end) if is_block_end(end) => {
                close_line(&mut tidied);
                let is_empty = end == TagEnd::Paragraph
                    && matches!(tidied.last(), Some(Event::Start(Tag::Paragraph)));
                if is_empty {
                    tidied.pop();
                } else {
                    tidied.push(event);
                }
            }
            Event::Start(ref tag) => {
                if is_block(tag) {
                    close_line(&mut tidied);
                }
                in_code |= matches!(tag, Tag::CodeBlock(_));
                tidied.push(event);
            }
            Event::End(end) => {
                // Emphasis and links of nothing are only their marks.
                let is_empty =
                    matches!(tidied.last(), Some(Event::Start(tag)) if tag.to_end() == end);
                if is_empty {
                    tidied.pop();
                } else {
                    tidied.push(event);
                }
            }
            other => tidied.push(other),
        }
    }
    tidied
}

fn push_text(tidied: &mut Vec<Event>, text: &str) {
    let text = if begins_line(tidied.last()) {
        text.trim_start()
    } else {
        text
    };
    if text.is_empty() {
        return;
    }
    if let Some(Event::Text(before)) = tidied.last_mut() {
        *before = format!("{before}{text}").into();
    } else {
        tidied.push(Event::Text(text.to_owned().into()));
    }
}

fn close_line(tidied: &mut Vec<Event>) {
    trim_end(tidied);
    while matches!(tidied.last(), Some(Event::SoftBreak | Event::HardBreak)) {
        tidied.pop();
        trim_end(tidied);
    }
}

fn trim_end(tidied: &mut Vec<Event>) {
    if let Some(Event::Text(text)) = tidied.last_mut() {
        let trimmed = text.trim_end();
        if trimmed.is_empty() {
            tidied.pop();
        } else if trimmed.len() < text.len() {
            *text = trimmed.to_owned().into();
        }
    }
}

/// Whether text after this event is the begin of a line.
fn begins_line(last: Option<&Event>) -> bool {
    match last {
        None | Some(Event::SoftBreak | Event::HardBreak | Event::Rule) => true,
        Some(Event::Start(tag)) => is_block(tag),
        Some(Event::End(end)) => is_block_end(*end),
        _ => false,
    }
}

fn is_block(tag: &Tag) -> bool {
    is_block_end(tag.to_end())
}

fn is_block_end(end: TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}
