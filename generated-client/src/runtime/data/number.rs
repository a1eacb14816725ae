//! Numbers that keep their digits: for values that neither an `f64` nor an integer of 64 bits holds.

use std::fmt;
use std::str::FromStr;

use super::facts::Facts;
use super::node::{Blank, Digits, Node, Place, View};

/// A string that is not a number of JSON, or an `f64` that is NaN or an infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not {0} of JSON")]
pub struct NotANumber(&'static str);

/// Makes a type of numbers: its name, its documentation, what it holds, and its facts.
macro_rules! digits {
    ($(#[$about:meta])* $name:ident, $what:literal, $holds:expr, $facts:expr) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The number as it is sent and received.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The number, if it is an integer in the range of an `i64`; `2.0` is one.
            pub fn as_i64(&self) -> Option<i64> {
                self.as_i128()?.try_into().ok()
            }

            /// The number, if it is an integer in the range of a `u64`.
            pub fn as_u64(&self) -> Option<u64> {
                self.as_i128()?.try_into().ok()
            }

            /// The number, if it is an integer in the range of an `i128`.
            pub fn as_i128(&self) -> Option<i128> {
                integer(&self.0)
            }

            /// The nearest `f64`; an infinity if the number is too large for one.
            pub fn as_f64(&self) -> f64 {
                self.0.parse().unwrap_or(f64::NAN)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotANumber;

            fn from_str(text: &str) -> Result<Self, NotANumber> {
                let holds: fn(&str) -> bool = $holds;
                if holds(text) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(NotANumber($what))
                }
            }
        }

        digits!(@from $name: i32 i64 i128 u32 u64 u128);

        impl Digits for $name {
            fn put(&mut self, text: &str) -> bool {
                let read = text.parse();
                read.map(|number| *self = number).is_ok()
            }

            fn expected(&self) -> &'static str {
                $what
            }
        }

        impl Node for $name {
            fn place(&mut self) -> Place<'_> {
                Place::Digits(self)
            }

            fn view(&self) -> View<'_> {
                View::Digits(&self.0)
            }
        }

        impl Blank for $name {
            fn blank() -> Self {
                Self("0".to_owned())
            }

            fn facts() -> Facts {
                $facts
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::write(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                super::read(deserializer)
            }
        }
    };
    (@from $name:ident: $($type:ty)*) => { $(
        impl From<$type> for $name {
            fn from(number: $type) -> Self {
                Self(number.to_string())
            }
        }
    )* };
}

digits! {
    /// A number that keeps its digits: `0.10` remains `0.10`, and no digit is lost in a longer one. Two of them are equal if their
    /// digits are.
    ///
    /// ```
    /// use releasepack_client::runtime::Number;
    ///
    /// let price: Number = "1234567890123456789.10".parse()?;
    /// assert_eq!(price.to_string(), "1234567890123456789.10");
    /// assert_eq!(Number::from(3).as_i64(), Some(3));
    /// assert_eq!(Number::try_from(0.5)?.as_f64(), 0.5);
    /// assert!(Number::try_from(f64::NAN).is_err());
    /// # Ok::<(), releasepack_client::runtime::NotANumber>(())
    /// ```
    Number, "a number", is_number, Facts::AnyNumber
}

digits! {
    /// An integer of any size. It keeps its digits, so that two of them are equal if their digits are.
    ///
    /// ```
    /// use releasepack_client::runtime::Integer;
    ///
    /// let huge: Integer = "123456789012345678901234567890".parse()?;
    /// assert_eq!(huge.to_string(), "123456789012345678901234567890");
    /// assert_eq!((huge.as_i64(), huge.as_i128()), (None, Some(123_456_789_012_345_678_901_234_567_890)));
    /// assert!("1.5".parse::<Integer>().is_err());
    /// # Ok::<(), releasepack_client::runtime::NotANumber>(())
    /// ```
    Integer, "an integer", is_integer, Facts::AnyInteger
}

impl TryFrom<f64> for Number {
    type Error = NotANumber;

    fn try_from(number: f64) -> Result<Self, NotANumber> {
        // As JSON is written: `0.1`, and `1e300` instead of three hundred zeros.
        let number = serde_json::Number::from_f64(number).ok_or(NotANumber("a number"))?;
        Ok(Self(number.to_string()))
    }
}

impl From<Integer> for Number {
    fn from(integer: Integer) -> Self {
        Self(integer.0)
    }
}

/// The parts of a number as JSON writes it: the digits before and after the point, and the exponent.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            (mantissa, digits(exponent_digits).then_some(exponent)?)
        }
        None => (unsigned, "0"),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, digits(fraction).then_some(fraction)?),
        None => (mantissa, ""),
    };
    let is_whole = digits(whole) && (whole == "0" || !whole.starts_with('0'));
    is_whole.then_some((whole, fraction, exponent))
}

fn is_number(text: &str) -> bool {
    parts(text).is_some()
}

/// Whether a number has no fraction: `2`, `2.0` and `2e3` have none.
fn is_integer(text: &str) -> bool {
    let Some((whole, fraction, exponent)) = parts(text) else {
        return false;
    };
    let fraction = fraction.trim_end_matches('0');
    let is_zero = fraction.is_empty() && whole == "0";
    // An exponent that is too long for an `i64` moves the point behind or before all digits.
    let exponent = exponent.parse().unwrap_or(if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    });
    let zeros = match fraction {
        "" => whole.len() - whole.trim_end_matches('0').len(),
        _ => 0,
    };
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    is_zero || exponent >= count(fraction.len()) || (exponent < 0 && -count(zeros) <= exponent)
}

fn integer(text: &str) -> Option<i128> {
    if let Ok(integer) = text.parse() {
        return Some(integer);
    }
    if !is_integer(text) {
        return None;
    }
    let (whole, fraction, exponent) = parts(text)?;
    let digits = format!("{whole}{}", fraction.trim_end_matches('0'));
    if digits == "0" {
        return Some(0);
    }
    let moved: i64 = exponent.parse().ok()?;
    let moved = moved.checked_sub(i64::try_from(fraction.trim_end_matches('0').len()).ok()?)?;
    let digits: i128 = digits.parse().ok()?;
    let power = 10_i128.checked_pow(moved.unsigned_abs().try_into().ok()?);
    let value = match moved {
        0.. => digits.checked_mul(power?)?,
        _ => digits / power?,
    };
    Some(if text.starts_with('-') { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_json_are_numbers() {
        for text in [
            "0",
            "-0",
            "10",
            "0.10",
            "1e5",
            "1E+05",
            "-1.5e-300",
            "1e400",
        ] {
            assert!(text.parse::<Number>().is_ok(), "{text}");
        }
        for text in [
            "", "-", "+1", "01", "1.", ".5", "1e", "NaN", "inf", "1 ", "0x1", "1_0",
        ] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_integer_has_no_fraction_however_it_is_written() {
        for (text, value) in [
            ("7", 7),
            ("-7.00", -7),
            ("1.5e1", 15),
            ("1200e-2", 12),
            ("0.0", 0),
            ("0e-9", 0),
            ("0e99999999999999999999", 0),
            ("2e3", 2000),
        ] {
            let integer: Integer = text.parse().expect(text);
            assert_eq!(integer.as_i64(), Some(value), "{text}");
        }
        for text in ["1.5", "1e-1", "1200e-3", "0.1e0", "1e-99999999999999999999"] {
            assert!(text.parse::<Integer>().is_err(), "{text}");
        }
        let huge: Integer = "1e99999999999999999999".parse().expect("it is an integer");
        assert_eq!((huge.as_i128(), huge.as_f64()), (None, f64::INFINITY));
    }
}
