//! Converts XML error bodies to JSON, so that later steps only read JSON.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use quick_xml::Reader;
use quick_xml::events::Event;

/// The maximum size in bytes of a body that is searched for an error message.
const LONGEST: usize = 64 * 1024;

/// Converts an XML error body (`<error><message>…</message></error>`, in any namespace) to a JSON body with the same
/// message. Every other body stays as it is: JSON, an HTML page, or nothing.
///
/// XML is the vendor's default, and a gateway in front of the API does not always follow the header `Accept`.
pub(super) fn normalize(headers: &mut HeaderMap, body: &mut Bytes) {
    if body.len() > LONGEST {
        return;
    }
    let Some(message) = std::str::from_utf8(body).ok().and_then(xml_message) else {
        return;
    };
    *body = serde_json::json!({ "message": message }).to_string().into();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
}

/// The text of the first element `message` inside a root element `error`. Both names match without their namespace
/// prefix, in upper or lower case.
fn xml_message(body: &str) -> Option<String> {
    let body = body.trim_start_matches('\u{feff}').trim_start();
    if !body.starts_with('<') {
        return None;
    }
    let mut reader = Reader::from_str(body);
    let mut inside = Vec::new();
    let mut message = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => inside.push(tag.local_name().as_ref().to_ascii_lowercase()),
            Event::End(_) if is_message(&inside) && !message.trim().is_empty() => {
                return Some(message.trim().to_owned());
            }
            Event::End(_) => {
                inside.pop()?;
            }
            Event::Text(text) if is_message(&inside) => message.push_str(&text.xml10_content()),
            Event::CData(text) if is_message(&inside) => message.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) if is_message(&inside) => {
                match entity.resolve_char_ref().ok()? {
                    Some(character) => message.push(character),
                    None => message.push_str(quick_xml::escape::resolve_xml_entity(&entity)?),
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn is_message(inside: &[String]) -> bool {
    matches!(inside, [root, .., leaf] if root == "error" && leaf == "message")
}
