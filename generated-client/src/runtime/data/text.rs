//! The text of a JSON value, as it was received: numbers keep their digits in it.
//!
//! `serde_json` gives the text of a value to who asks for its `RawValue`, if its feature `raw_value` is on. A generated crate turns
//! it on if it has types that keep their digits. Without it, and in other formats, there is the value only.

use std::fmt::{self, Write as _};
use std::marker::PhantomData;

use serde::de::value::{SeqAccessDeserializer, StringDeserializer};
use serde::de::{
    Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::{Map, Number, Value};

use super::reader::Reader;

/// The name by which `serde_json` knows that text is asked for. A test holds it.
const RAW: &str = "$serde_json::private::RawValue";

/// A value that was received.
pub(super) enum Received {
    /// Its text, which is JSON.
    Text(String),
    Value(Value),
}

/// The name by which `serde_json` gives a number as text, if a crate of the consumer has turned on its feature
/// `arbitrary_precision`.
const EXACT: &str = "$serde_json::private::Number";

/// The beginning of what a format gives as an object.
pub(super) enum Begun {
    /// It is a number, which is text.
    Number(String),
    /// It has no members.
    Empty,
    /// It has members; the value of the first is to be read.
    Members,
}

impl Begun {
    pub(super) fn read<'de, A: MapAccess<'de>>(object: &mut A) -> Result<Self, A::Error> {
        let first: Option<String> = object.next_key()?;
        match first {
            None => Ok(Self::Empty),
            Some(name) if name == EXACT => object.next_value().map(Self::Number),
            Some(_) => Ok(Self::Members),
        }
    }
}

impl Received {
    /// Reads a value, as text if the format has it.
    pub(super) fn read<'de, D: Deserializer<'de>>(
        deserializer: D,
        reader: &Reader<'_>,
    ) -> Result<Self, D::Error> {
        if reader.is_in_value {
            return Value::deserialize(deserializer).map(Self::Value);
        }
        Self::deserialize(deserializer)
    }
}

struct ReceivedVisitor;

impl<'de> Visitor<'de> for ReceivedVisitor {
    type Value = Received;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, format: D) -> Result<Received, D::Error> {
        Value::deserialize(format).map(Received::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Received, A::Error> {
        let mut members = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            if name == RAW || name == EXACT {
                return object.next_value().map(Received::Text);
            }
            members.insert(name, object.next_value()?);
        }
        Ok(Received::Value(Value::Object(members)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Received, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(array)).map(Received::Value)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Received, E> {
        Ok(Received::Value(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Received, E> {
        Ok(Received::Value(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Received, E> {
        Ok(Received::Value(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Received, E> {
        Ok(Received::Value(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Received, E> {
        Ok(Received::Value(value.into()))
    }

    fn visit_unit<E: Error>(self) -> Result<Received, E> {
        Ok(Received::Value(Value::Null))
    }
}

/// Reads a value with a visitor that gets numbers with all their digits: one that is no integer of 64 bits comes as a newtype struct
/// of a string, if the format has its text.
///
/// # Errors
///
/// Returns the error of the format.
pub fn read_text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    visitor: impl for<'a> Visitor<'a, Value = T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(RAW, TextVisitor(visitor, PhantomData))
}

struct TextVisitor<V, T>(V, PhantomData<T>);

impl<'de, T, V: for<'a> Visitor<'a, Value = T>> Visitor<'de> for TextVisitor<V, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, format: D) -> Result<T, D::Error> {
        format.deserialize_any(self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut raw: A) -> Result<T, A::Error> {
        let name: Option<String> = raw.next_key()?;
        if name.is_none_or(|name| name != RAW) {
            return Err(A::Error::custom("the format has no text"));
        }
        let text: String = raw.next_value()?;
        let is_long = text.starts_with(|first: char| first == '-' || first.is_ascii_digit())
            && text.parse::<i64>().is_err()
            && text.parse::<u64>().is_err();
        let read = if is_long {
            let digits: StringDeserializer<serde_json::Error> = text.into_deserializer();
            self.0.visit_newtype_struct(digits)
        } else {
            serde_json::Deserializer::from_str(&text).deserialize_any(self.0)
        };
        read.map_err(A::Error::custom)
    }
}

/// Writes a number that is text. Where the format knows no such number, the nearest one is written.
pub(super) fn write_digits<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return match (text.parse(), text.parse()) {
            (Ok(number), _) => serializer.serialize_i64(number),
            (_, Ok(number)) => serializer.serialize_u64(number),
            _ => serializer.serialize_f64(text.parse().unwrap_or(f64::NAN)),
        };
    }
    if let Ok(number) = text.parse::<Number>()
        && number.to_string() == text
    {
        return number.serialize(serializer);
    }
    let mut raw = serializer.serialize_struct(RAW, 1)?;
    raw.serialize_field(RAW, text)?;
    raw.end()
}

/// An object as text, with this member in place of one of the same name.
pub(super) fn with_member(object: &str, name: &str, value: &Value) -> serde_json::Result<String> {
    let Members(members) = serde_json::from_str(object)?;
    let mut text = format!("{{{}:{value}", Value::from(name));
    for (other, member) in members.iter().filter(|(other, _)| other != name) {
        let member = match member {
            Received::Text(text) => text.clone(),
            Received::Value(value) => value.to_string(),
        };
        let _ = write!(text, ",{}:{member}", Value::from(other.as_str()));
    }
    text.push('}');
    Ok(text)
}

/// The members of an object, in their order.
struct Members(Vec<(String, Received)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

impl<'de> Deserialize<'de> for Received {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, ReceivedVisitor)
    }
}
