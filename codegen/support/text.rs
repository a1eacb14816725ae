/// A value as JSON has it. Other than in `serde_json::Value`, members have the order in which they were written.
#[derive(Clone, Debug)]
enum Written {
    Null,
    Boolean(bool),
    /// As JSON writes it, with all digits.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Members(Vec<(String, Self)>),
}

/// A value as JSON has it, or why it cannot be written.
fn written<T: serde::Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Written, crate::runtime::RequestError> {
    let text = serde_json::to_vec(value);
    text.and_then(|text| serde_json::from_slice(&text))
        .map_err(|error| crate::runtime::RequestError::Value(name.to_owned(), error.to_string()))
}

impl Written {
    /// The value as a parameter: strings and numbers as they are, `null` as nothing, other values as JSON.
    fn plain(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => plain_number(number),
            other => other.json(),
        }
    }

    /// The value as JSON.
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A number as a parameter: `10`, not `10.0` as JSON writes a float; other numbers with the digits that they have.
fn plain_number(number: &str) -> String {
    let float = number.parse().ok().and_then(serde_json::Number::from_f64);
    match float.filter(|float| number.contains(['.', 'e', 'E']) && float.to_string() == number) {
        Some(float) => float.as_f64().map_or_else(String::new, |float| float.to_string()),
        None => number.to_owned(),
    }
}

impl serde::Serialize for Written {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => match number.parse::<crate::runtime::data::Number>() {
                Ok(number) => number.serialize(serializer),
                Err(error) => Err(serde::ser::Error::custom(error)),
            },
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Members(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, value)))
            }
        }
    }
}

impl<'de> serde::Deserialize<'de> for Written {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::runtime::data::read_text(deserializer, WrittenVisitor)
    }
}

struct WrittenVisitor;

impl<'de> serde::de::Visitor<'de> for WrittenVisitor {
    type Value = Written;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Written, E> {
        Ok(Written::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Written, E> {
        Ok(Written::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Written, E> {
        Ok(Written::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Written, E> {
        Ok(Written::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Written, E> {
        Ok(serde_json::Number::from_f64(value)
            .map_or(Written::Null, |value| Written::Number(value.to_string())))
    }

    /// A number with all its digits.
    fn visit_newtype_struct<D: serde::Deserializer<'de>>(self, digits: D) -> Result<Written, D::Error> {
        serde::Deserialize::deserialize(digits).map(Written::Number)
    }

    fn visit_str<E>(self, value: &str) -> Result<Written, E> {
        Ok(Written::Text(value.to_owned()))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Written, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Written::List(items))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            // So `serde_json` gives a number if a crate has turned on its feature `arbitrary_precision`.
            if name == "$serde_json::private::Number" {
                return map.next_value().map(Written::Number);
            }
            members.push((name, map.next_value()?));
        }
        Ok(Written::Members(members))
    }
}
