/// Reads and writes a union whose values say in a property which variant they are.
macro_rules! tagged_union {
    ($name:ident, $tag:literal, $($variant:ident: $($value:literal)|*),* $(,)?) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::Error;
                let (value, tag) = match self {
                    $(Self::$variant(value) => (serde_json::to_value(value), [$($value),*].first().copied()),)*
                    Self::Unknown(value) => (Ok(value.clone()), None),
                };
                let mut value: serde_json::Value = value.map_err(S::Error::custom)?;
                if let (Some(members), Some(tag)) = (value.as_object_mut(), tag) {
                    members.entry($tag).or_insert_with(|| tag.into());
                }
                value.serialize(serializer)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use serde::de::Error;
                let value = serde_json::Value::deserialize(deserializer)?;
                match value.get($tag).and_then(serde_json::Value::as_str) {
                    $($(Some($value) => serde_json::from_value(value).map(Self::$variant).map_err(D::Error::custom),)*)*
                    _ => {
                        $crate::runtime::note_unknown($crate::generated::support::kept(&value, &value));
                        Ok(Self::Unknown(value))
                    }
                }
            }
        }
    };
}
pub(crate) use tagged_union;
