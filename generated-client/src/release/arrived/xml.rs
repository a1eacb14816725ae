//! Reads an XML object of the platform as the same object in JSON.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde_json::{Map, Value};

use super::Members;

/// The objects of the platform that responses have at the root. The root of an error or of a page is another one.
const ROOTS: [&str; 2] = ["ReleaseIntegrationPack", "ReleaseIntegrationPackStatus"];

/// The elements that are an array in JSON, even if there is only one.
const LISTS: [&str; 1] = ["ReleasePackagedComponent"];

/// The maximum number of elements in each other.
const MOST_LEVELS: usize = 64;

/// An element whose end has not come yet.
struct Open {
    name: String,
    members: Map<String, Value>,
    text: String,
}

/// The members of the object that `text` has: attributes, and elements. What follows a fault is left out.
pub(super) fn members(text: &str) -> Members {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Open> = Vec::new();
    while let Ok(event) = reader.read_event() {
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_root = open.is_empty();
                let Some(element) = begin(&tag) else {
                    break;
                };
                let is_known = !is_root || ROOTS.contains(&element.name.as_str());
                if !is_known || open.len() == MOST_LEVELS {
                    break;
                }
                open.push(element);
                if is_empty && let Some(members) = end(&mut open) {
                    return whole(members);
                }
            }
            Event::End(_) => {
                if let Some(members) = end(&mut open) {
                    return whole(members);
                }
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text.xml10_content());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let root = open.into_iter().next();
    Members {
        members: root.map(|root| root.members).unwrap_or_default(),
        is_whole: false,
    }
}

fn whole(members: Map<String, Value>) -> Members {
    Members {
        members,
        is_whole: true,
    }
}

/// An element with its attributes; `None` if they cannot be read.
fn begin(tag: &BytesStart<'_>) -> Option<Open> {
    let mut members = Map::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.0;
        if name != "xmlns" && !name.starts_with("xmlns:") {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            let name = attribute.key.local_name().as_ref().to_owned();
            members.insert(name, value.into_owned().into());
        }
    }
    Some(Open {
        name: tag.local_name().as_ref().to_owned(),
        members,
        text: String::new(),
    })
}

/// Ends the innermost element, and puts it into the one around it. Gives the members of the root when that one ends.
fn end(open: &mut Vec<Open>) -> Option<Map<String, Value>> {
    let element = open.pop()?;
    let Some(parent) = open.last_mut() else {
        return Some(element.members);
    };
    let text = element.text.trim();
    let value = if element.members.is_empty() && !text.is_empty() {
        Value::from(text)
    } else {
        Value::Object(element.members)
    };
    let is_list = LISTS.contains(&element.name.as_str());
    match parent.members.get_mut(&element.name) {
        Some(Value::Array(values)) => values.push(value),
        Some(_) => {}
        None => {
            let value = if is_list { vec![value].into() } else { value };
            parent.members.insert(element.name, value);
        }
    }
    None
}
