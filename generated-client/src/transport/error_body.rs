//! Making error bodies alike, whatever shape the vendor gave them.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use quick_xml::Reader;
use quick_xml::events::Event;

/// The longest body that is searched for a message.
const LONGEST: usize = 64 * 1024;

/// Turns an XML error body (`<error><message>…</message></error>`, in any namespace) into the JSON that says the same.
/// JSON stays as it is, and so does everything else: an HTML page or nothing has no message to offer, and the status
/// speaks for itself.
///
/// XML is the vendor's default, and what stands in front of its API does not always ask what was asked for.
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

/// The text of the first `message` in an `error`; both by local name, whatever their case.
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
