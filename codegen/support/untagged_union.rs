/// Reads and writes a union whose values do not say which variant they are: the one that keeps most of a value is it. A value
/// of an `anyOf` may be several at once; one that no variant holds alone (`is_whole`) stays as it was sent.
macro_rules! untagged_union {
    ($name:ident, $($variant:ident),* $(; $is_whole:ident)?) => {
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
                let mut tries = $crate::generated::support::Tries::begin(&value);
                let mut best = None;
                $(
                    if let Some(read) = tries.one_more(&value) {
                        best = Some(Self::$variant(read));
                    }
                )*
                $(
                    if !tries.$is_whole() {
                        best = None;
                    }
                )?
                tries.end(&value);
                Ok(best.unwrap_or(Self::Unknown(value)))
            }
        }
    };
}
pub(crate) use untagged_union;

/// The variants of one union, tried on a value.
///
/// Unions in unions multiply their variants, and a value can be made to try all of them. So the outermost union sets a budget:
/// what is left when it is spent is read as unknown.
pub(crate) struct Tries {
    /// The budget of the union around this one.
    outer: Option<Budget>,
    size: usize,
    /// How much was unknown before.
    unknown: usize,
    /// How much the best variant so far keeps and knows, and how much of it is unknown.
    best: Option<(usize, usize)>,
    /// The members that say something and that the best variant keeps, and those that any does.
    best_members: std::collections::BTreeSet<String>,
    members: std::collections::BTreeSet<String>,
}

#[derive(Clone, Copy)]
struct Budget {
    /// How many more nodes may be looked at.
    left: usize,
    /// The size of the value that the innermost union reads.
    size: usize,
    /// How many unions around it read the same value: unions that are variants of each other would do so for ever.
    same: usize,
}

thread_local! {
    static BUDGET: std::cell::Cell<Option<Budget>> = const { std::cell::Cell::new(None) };
}

impl Tries {
    const MOST_SAME: usize = 8;

    /// Begins with a value.
    pub(crate) fn begin(value: &serde_json::Value) -> Self {
        let size = nodes(value);
        let outer = BUDGET.get();
        let budget = outer.map_or_else(
            || Budget { left: 10_000 + size.saturating_mul(1_000), size, same: 0 },
            |outer| Budget {
                left: if outer.same < Self::MOST_SAME { outer.left } else { 0 },
                size,
                same: if outer.size == size { outer.same + 1 } else { 0 },
            },
        );
        BUDGET.set(Some(budget));
        Self {
            outer,
            size,
            unknown: crate::runtime::UNKNOWN.get(),
            best: None,
            best_members: std::collections::BTreeSet::new(),
            members: std::collections::BTreeSet::new(),
        }
    }

    /// The value as one more variant, if that is better than all before.
    pub(crate) fn one_more<T>(&mut self, value: &serde_json::Value) -> Option<T>
    where
        T: serde::de::DeserializeOwned + serde::Serialize,
    {
        let mut budget = BUDGET.get()?;
        budget.left = budget.left.checked_sub(self.size)?;
        BUDGET.set(Some(budget));
        crate::runtime::UNKNOWN.set(self.unknown);
        let read: T = serde_json::from_value(value.clone()).ok()?;
        let unknown = crate::runtime::UNKNOWN.get().wrapping_sub(self.unknown);
        let again = serde_json::to_value(&read).ok()?;
        let all = kept(value, &again);
        // A number that a type cannot hold would be another one.
        if value.is_number() && all == 0 {
            return None;
        }
        let known = all.saturating_sub(unknown);
        let members = again.as_object().into_iter().flatten().map(|(name, _)| name);
        let members = members.filter(|name| value.get(name.as_str()).is_some_and(says_something));
        let members: std::collections::BTreeSet<String> = members.cloned().collect();
        self.members.extend(members.iter().cloned());
        if self.best.is_some_and(|(most, _)| known <= most) {
            return None;
        }
        self.best = Some((known, unknown));
        self.best_members = members;
        Some(read)
    }

    /// Whether the best variant keeps every member that another one keeps; if not, none is the best.
    #[allow(dead_code, reason = "a description need not have an `anyOf`")]
    pub(crate) fn is_whole(&mut self) -> bool {
        let is_whole = self.best_members == self.members;
        self.best = self.best.filter(|_| is_whole);
        is_whole
    }

    /// Leaves behind how much of the value was unknown.
    pub(crate) fn end(self, value: &serde_json::Value) {
        let unknown = self.best.map_or_else(|| kept(value, value), |(_, unknown)| unknown);
        crate::runtime::UNKNOWN.set(self.unknown.wrapping_add(unknown));
    }
}

impl Drop for Tries {
    fn drop(&mut self) {
        let spent = BUDGET.get().map_or(0, |budget| budget.left);
        BUDGET.set(self.outer.map(|outer| Budget { left: outer.left.min(spent), ..outer }));
    }
}

/// Whether a value is more than empty: servers that fill in every member they know write `null` and `[]`.
fn says_something(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => false,
        serde_json::Value::Bool(_) | serde_json::Value::Number(_) => true,
        serde_json::Value::String(text) => !text.is_empty(),
        serde_json::Value::Array(items) => !items.is_empty(),
        serde_json::Value::Object(members) => !members.is_empty(),
    }
}

fn nodes(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Object(members) => 1 + members.values().map(nodes).sum::<usize>(),
        serde_json::Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        _ => 1,
    }
}
