//! Reads an object of the platform from whatever arrived: JSON or XML, broken off or damaged.
//!
//! The rest of this crate reads a response with its generated type, leniently. That needs a body that is JSON from its first to
//! its last byte. Here, one member is enough: a request id that arrived must not be lost because of what stands beside it.

mod json;
mod xml;

use std::marker::PhantomData;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value};

use crate::runtime::data::{Blank, from_json};
use crate::runtime::{Decode, DecodeError, Json, Note, NoteKind, Notes, Reply};

/// The members of an object, as far as they can be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Members {
    pub(super) members: Map<String, Value>,
    /// Whether the object was read from its beginning to its end, with all its members.
    pub(super) is_whole: bool,
}

impl Members {
    /// The members in a body. There are none if it is neither a JSON object nor an XML object of the platform.
    pub(super) fn of(body: &[u8]) -> Self {
        let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let body = body.trim_ascii_start();
        match body.first() {
            Some(b'{') => json::members(body),
            Some(b'<') => xml::members(&String::from_utf8_lossy(body)),
            _ => Self::default(),
        }
    }

    /// The id in the member `requestId`. A number is an id too.
    pub(super) fn request_id(&self) -> Option<String> {
        match self.members.get("requestId")? {
            Value::String(id) if !id.trim().is_empty() => Some(id.clone()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        }
    }
}

/// An object of the platform as it was received.
#[derive(Clone, Debug)]
pub(super) struct Received<T> {
    pub(super) object: T,
    pub(super) body: Bytes,
    /// What could not be read of it, among other things.
    pub(super) notes: Vec<Note>,
    /// Whether the body is one complete JSON or XML object.
    pub(super) is_whole: bool,
}

/// An object that [`Received`] can hold.
pub(super) trait Object: Blank {
    /// The member that is enough, if the object is not whole.
    const ENOUGH: &'static str;

    /// Completes the members if the object cannot be read without.
    fn complete(_members: &mut Map<String, Value>, _reply: &Reply) {}
}

/// Decodes an object: as its generated type if possible, or else from those of its members that can be read.
#[derive(Debug)]
pub(super) struct Lenient<T>(PhantomData<T>);

impl<T: Object> Decode for Lenient<T> {
    type Output = Received<T>;

    fn decode(reply: &Reply, notes: &mut Notes) -> Result<Received<T>, DecodeError> {
        let mut own = Notes::on();
        let read = Json::<T>::decode(reply, &mut own);
        let (object, is_whole) = match read {
            Ok(object) => (object, true),
            Err(error) => {
                own = Notes::on();
                if !error.is_unreadable() {
                    let pointer = error.pointer().unwrap_or_default();
                    own.add(pointer, NoteKind::WrongValue);
                }
                from_members(reply, &mut own).ok_or(error)?
            }
        };
        if notes.is_on() {
            notes.clone_from(&own);
        }
        Ok(Received {
            object,
            body: reply.body.clone(),
            notes: own.into_vec(),
            is_whole,
        })
    }
}

/// Reads an object from the members that can be read; `None` if the one that is enough is not among them.
pub(super) fn from_members<T: Object>(reply: &Reply, notes: &mut Notes) -> Option<(T, bool)> {
    let mut found = Members::of(&reply.body);
    // That it is accepted is all that this status has to say.
    let is_empty = reply.body.trim_ascii().is_empty() && reply.status == StatusCode::ACCEPTED;
    if !found.is_whole && !is_empty && !found.members.contains_key(T::ENOUGH) {
        return None;
    }
    T::complete(&mut found.members, reply);
    let members = Value::Object(found.members).to_string();
    let object = from_json(members.as_bytes(), notes).ok()?;
    Some((object, found.is_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#" {"name": "a\"b", "list": [{"requestId": "x"}], "n": 1e999999, "requestId": "r-1\u00e9", "last": 7} "#;
    const XML: &str = r#"<?xml version="1.0"?><b:ReleaseIntegrationPack xmlns:b="u" name="a&lt;b" requestId="r-1&#xe9;"><b:ReleasePackagedComponents><b:ReleasePackagedComponent version="1.0"/></b:ReleasePackagedComponents><b:last>7</b:last></b:ReleaseIntegrationPack>"#;

    #[test]
    fn wherever_a_body_breaks_off_the_request_id_is_whole_or_missing() {
        for body in [JSON, XML] {
            let mut found = 0;
            for end in 0..body.len() {
                let members = Members::of(&body.as_bytes()[..end]);
                let id = members.request_id();
                assert!(
                    id.as_deref().is_none_or(|id| id == "r-1\u{e9}"),
                    "{id:?} at {end}"
                );
                found += usize::from(id.is_some());
            }
            assert!(found > 10, "{found}");
            assert_eq!(
                Members::of(body.as_bytes()).request_id().unwrap(),
                "r-1\u{e9}"
            );
        }
    }

    #[test]
    fn a_number_that_breaks_off_is_not_an_id() {
        for (body, id) in [
            (r#"{"requestId":70"#, None),
            (r#"{"requestId":70 "#, Some("70")),
            (r#"{"requestId":70,"#, Some("70")),
            (r#"{"requestId":70}"#, Some("70")),
        ] {
            assert_eq!(
                Members::of(body.as_bytes()).request_id().as_deref(),
                id,
                "{body}"
            );
        }
    }

    #[test]
    fn xml_is_read_as_the_same_object_in_json() {
        let members = Members::of(XML.as_bytes());
        assert!(members.is_whole);
        let expected = serde_json::json!({
            "name": "a<b",
            "requestId": "r-1\u{e9}",
            "ReleasePackagedComponents": {"ReleasePackagedComponent": [{"version": "1.0"}]},
            "last": "7",
        });
        assert_eq!(Value::Object(members.members), expected);
    }

    #[test]
    fn no_damage_makes_reading_panic() {
        let mut random = fastrand::Rng::with_seed(7);
        for _ in 0..20_000 {
            let body = random.choice([JSON, XML]).unwrap_or_default();
            let mut body = body.as_bytes().to_vec();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..body.len());
                match random.u8(..3) {
                    0 => body[at] = random.u8(..),
                    1 => drop(body.remove(at)),
                    _ => body.insert(at, *random.choice(b"\"\\{}[]<>&;:, ").unwrap_or(&0)),
                }
            }
            let _ = Members::of(&body);
        }
    }
}
