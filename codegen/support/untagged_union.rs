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
                let tries = $crate::generated::support::Tries::begin(&value);
                let mut best: Option<(usize, Self)> = None;
                $(
                    if tries.one_more() && let Ok(read) = serde_json::from_value(value.clone()) {
                        let kept = serde_json::to_value(&read).map_or(0, |again| $crate::generated::support::kept(&value, &again));
                        if best.as_ref().is_none_or(|(most, _)| kept > *most) {
                            best = Some((kept, Self::$variant(read)));
                        }
                    }
                )*
                drop(tries);
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

/// What reading one value may cost, in nodes that are looked at. Unions in unions multiply their variants, and a value can be
/// made to try all of them: what is left when the budget is spent is read as unknown.
pub(crate) struct Tries {
    size: usize,
    is_outermost: bool,
}

thread_local! {
    static BUDGET: std::cell::Cell<Option<usize>> = const { std::cell::Cell::new(None) };
}

impl Tries {
    /// Begins with a value; the outermost union sets the budget.
    pub(crate) fn begin(value: &serde_json::Value) -> Self {
        let size = nodes(value);
        let is_outermost = BUDGET.get().is_none();
        if is_outermost {
            BUDGET.set(Some(10_000 + size.saturating_mul(1_000)));
        }
        Self { size, is_outermost }
    }

    /// Whether the value can be tried once more.
    pub(crate) fn one_more(&self) -> bool {
        let left = BUDGET.get().and_then(|left| left.checked_sub(self.size));
        if left.is_some() {
            BUDGET.set(left);
        }
        left.is_some()
    }
}

impl Drop for Tries {
    fn drop(&mut self) {
        if self.is_outermost {
            BUDGET.set(None);
        }
    }
}

fn nodes(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Object(members) => 1 + members.values().map(nodes).sum::<usize>(),
        serde_json::Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        _ => 1,
    }
}
