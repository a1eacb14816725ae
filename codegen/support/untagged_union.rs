/// Reads and writes a union whose values do not say which variant they are: the one that keeps most of a value is it.
macro_rules! untagged_union {
    ($name:ident, $($variant:ident),* $(,)?) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => value.serialize(serializer),)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let mut best: Option<(usize, Self)> = None;
                $(
                    if let Ok(read) = serde_json::from_value(value.clone()) {
                        let kept = serde_json::to_value(&read).map_or(0, |again| $crate::generated::support::kept(&value, &again));
                        if best.as_ref().is_none_or(|(most, _)| kept > *most) {
                            best = Some((kept, Self::$variant(read)));
                        }
                    }
                )*
                Ok(best.map_or(Self::Unknown(value), |(_, best)| best))
            }
        }
    };
}
pub(crate) use untagged_union;

/// How much of a value is in what was read from it.
pub(crate) fn kept(value: &serde_json::Value, again: &serde_json::Value) -> usize {
    match (value, again) {
        (serde_json::Value::Object(members), serde_json::Value::Object(others)) => {
            let both = members.iter().filter_map(|(name, value)| Some((value, others.get(name)?)));
            1 + both.map(|(value, other)| 1 + kept(value, other)).sum::<usize>()
        }
        (serde_json::Value::Array(items), serde_json::Value::Array(others)) => {
            1 + items.iter().zip(others).map(|(item, other)| kept(item, other)).sum::<usize>()
        }
        (value, other) => usize::from(value == other),
    }
}
