//! The formats of strings that a typed client parses. All others are documentation.

/// Whether a string has a format; always true for an unknown format.
pub(super) fn fits(format: &str, text: &str) -> bool {
    match format {
        "date" => is_date(text),
        "date-time" => is_date_time(text),
        "uuid" => is_uuid(text),
        _ => true,
    }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str) -> u32 {
    text.parse().unwrap_or(u32::MAX)
}

/// RFC 3339 `full-date`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    if !is_digits(year, 4) || !is_digits(month, 2) || !is_digits(day, 2) {
        return false;
    }
    let year = number(year);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match number(month) {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&number(day))
}

/// RFC 3339 `date-time`; a space may stand for the `T`.
fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let (clock, is_zoned) = match time.strip_suffix(['Z', 'z']) {
        Some(clock) => (clock, true),
        None => match time.rfind(['+', '-']) {
            Some(at) => (&time[..at], is_clock(&time[at + 1..], 2)),
            None => return false,
        },
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    is_date(date) && is_clock(clock, 3) && is_fraction && is_zoned
}

/// Hours, minutes and, of three parts, seconds, which may be a leap second.
fn is_clock(text: &str, parts: usize) -> bool {
    let found: Vec<&str> = text.split(':').collect();
    found.len() == parts
        && found
            .iter()
            .zip([23, 59, 60])
            .all(|(part, most)| is_digits(part, 2) && number(part) <= most)
}

fn is_uuid(text: &str) -> bool {
    let lengths = [8, 4, 4, 4, 12];
    let parts: Vec<&str> = text.split('-').collect();
    parts.len() == lengths.len()
        && parts.iter().zip(lengths).all(|(part, length)| {
            part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_rfc_3339_and_9562() {
        let good = [
            ("date", "2024-02-29"),
            ("date-time", "2025-02-20T23:59:60.123+05:30"),
            ("date-time", "2025-02-20 10:00:00z"),
            ("uuid", "f0f7face-3a9d-48b1-8a32-82b84499cd4e"),
            ("password", "anything"),
        ];
        for (format, text) in good {
            assert!(fits(format, text), "{format} {text}");
        }
        let bad = [
            ("date", "2025-02-29"),
            ("date", "20.02.2025"),
            ("date", "2025-2-3"),
            ("date-time", "2025-02-20"),
            ("date-time", "2025-02-20T10:00:00"),
            ("date-time", "2025-02-20T24:00:00Z"),
            ("date-time", "2025-02-20T10:00:00.Z"),
            ("uuid", "f0f7face"),
            ("uuid", ""),
        ];
        for (format, text) in bad {
            assert!(!fits(format, text), "{format} {text}");
        }
    }
}
