//! Reads the scalars of YAML by the core schema.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

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
    plain(content)
}

/// The value of a scalar without quotes.
pub(super) fn plain(content: &str) -> Scalar {
    Scalar::Exact(match content {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        plain => return number(plain).unwrap_or_else(|| Scalar::Exact(plain.into())),
    })
}

/// Reads a plain scalar as a number, by the patterns of YAML 1.2.2, section 10.3.2. `None` if it is not a number, or if JSON does
/// not have this number.
pub(super) fn number(text: &str) -> Option<Scalar> {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return None;
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let number = u64::from_str_radix(digits, radix).ok()?;
            return (!digits.starts_with('+')).then(|| Scalar::Exact(number.into()));
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text);
    }
    let number = is_float(unsigned).then(|| text.parse().ok())?;
    Some(Scalar::Exact(Number::from_f64(number?)?.into()))
}

fn integer(text: &str) -> Option<Scalar> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let signed = text.parse::<i64>().map(Value::from);
    if let Ok(exact) = signed.or_else(|_| text.parse::<u64>().map(Value::from)) {
        return Some(Scalar::Exact(exact));
    }
    let nearest = text.parse().ok().filter(|number: &f64| number.is_finite());
    nearest.map(Scalar::Inexact)
}

fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_sound = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0 && exponent_is_sound
}
