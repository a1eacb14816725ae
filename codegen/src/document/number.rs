//! The numbers of the YAML 1.2 core schema.

use serde_json::{Number, Value};

/// A plain scalar read as a number.
pub(super) enum Parsed {
    /// The number, without a loss.
    Exact(Value),
    /// An integer that does not fit in 64 bits, as the nearest float.
    Inexact(f64),
    /// The scalar is not a number, or JSON does not have this number.
    No,
}

/// Reads a plain scalar by the patterns of YAML 1.2.2, section 10.3.2.
pub(super) fn parse(text: &str) -> Parsed {
    if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        return Parsed::No;
    }
    for (prefix, radix) in [("0o", 8), ("0x", 16)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return match u64::from_str_radix(digits, radix) {
                Ok(number) if !digits.starts_with('+') => Parsed::Exact(number.into()),
                _ => Parsed::No,
            };
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return integer(text);
    }
    if is_float(unsigned) {
        let number = text.parse().ok().and_then(Number::from_f64);
        return number.map_or(Parsed::No, |number| Parsed::Exact(number.into()));
    }
    Parsed::No
}

fn integer(text: &str) -> Parsed {
    let text = text.strip_prefix('+').unwrap_or(text);
    if let Ok(number) = text.parse::<i64>() {
        return Parsed::Exact(number.into());
    }
    if let Ok(number) = text.parse::<u64>() {
        return Parsed::Exact(number.into());
    }
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Parsed::Inexact(number),
        _ => Parsed::No,
    }
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
