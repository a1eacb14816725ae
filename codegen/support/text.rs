/// A value as JSON has it. Other than in `serde_json::Value`, members have the order in which they were written.
#[derive(Clone, Debug)]
enum Written {
    Null,
    Boolean(bool),
    Number(serde_json::Number),
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
            // `10`, not `10.0` as in JSON.
            Self::Number(number) if number.is_f64() => {
                number.as_f64().map_or_else(String::new, |number| number.to_string())
            }
            other => other.json(),
        }
    }

    /// The value as JSON.
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl serde::Serialize for Written {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
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
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
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
                Ok(Written::Number(value.into()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Written, E> {
                Ok(Written::Number(value.into()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Written, E> {
                Ok(serde_json::Number::from_f64(value).map_or(Written::Null, Written::Number))
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
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Written::Members(members))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}
