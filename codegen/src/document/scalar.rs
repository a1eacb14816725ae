//! Reads the scalars of YAML by the core schema.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

use super::number;

/// The value of a scalar.
pub(super) enum Scalar {
    /// The value, without a loss.
    Exact(Value),
    /// An integer that does not fit in 64 bits, as the nearest float.
    Inexact(f64),
}

pub(super) fn read(content: &str, style: ScalarStyle, tag: Option<&Tag>) -> Scalar {
    let is_core = tag.is_some_and(Tag::is_yaml_core_schema);
    let is_text = match tag {
        Some(tag) if is_core => tag.suffix == "str" || tag.suffix == "binary",
        Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => true,
        _ => style != ScalarStyle::Plain,
    };
    if is_text {
        return Scalar::Exact(content.into());
    }
    if tag.is_some_and(|tag| is_core && tag.suffix == "float")
        && let Some(number) = content.parse().ok().and_then(Number::from_f64)
    {
        return Scalar::Exact(number.into());
    }
    Scalar::Exact(match content {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain => match number::parse(plain) {
            number::Parsed::Exact(value) => value,
            number::Parsed::Inexact(float) => return Scalar::Inexact(float),
            number::Parsed::No => plain.into(),
        },
    })
}
