//! The formats that OpenAPI and its [registry](https://spec.openapis.org/registry/format/) define, and how a value is read that
//! does not fit its format.

/// What happens to a value in a response that does not fit its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// The Rust type keeps the string, and converts it on request. Reading notes it.
    KeptAndNoted,
    /// The Rust type is a string, so that it is not checked.
    Kept,
    /// The Rust type cannot hold the number: it is a value of another type. An optional member is read as absent, and noted.
    OfAnotherType,
}

/// A format.
pub(crate) struct Format {
    pub(crate) name: &'static str,
    /// The type of the values that have it.
    pub(crate) domain: &'static str,
    /// Other names that vendors use, without capitals and punctuation.
    aliases: &'static [&'static str],
    #[cfg_attr(
        not(test),
        allow(dead_code, reason = "the documentation is tested by it")
    )]
    pub(crate) misfit: Misfit,
}

const fn string(name: &'static str, aliases: &'static [&'static str], misfit: Misfit) -> Format {
    Format {
        name,
        domain: "string",
        aliases,
        misfit,
    }
}

const fn number(
    name: &'static str,
    domain: &'static str,
    aliases: &'static [&'static str],
) -> Format {
    Format {
        name,
        domain,
        aliases,
        misfit: Misfit::OfAnotherType,
    }
}

/// Every format that is known. A string of a format that is not here is a string. README has the same table.
pub(crate) const FORMATS: &[Format] = &[
    string("date", &["fulldate"], Misfit::KeptAndNoted),
    string("date-time", &["rfc3339"], Misfit::KeptAndNoted),
    string("uuid", &["guid"], Misfit::KeptAndNoted),
    string("time", &[], Misfit::Kept),
    string("duration", &[], Misfit::Kept),
    string("uri", &["url"], Misfit::Kept),
    string("uri-reference", &[], Misfit::Kept),
    string("email", &[], Misfit::Kept),
    string("hostname", &[], Misfit::Kept),
    string("ipv4", &[], Misfit::Kept),
    string("ipv6", &[], Misfit::Kept),
    string("password", &[], Misfit::Kept),
    string("byte", &["base64"], Misfit::Kept),
    string("binary", &["file"], Misfit::Kept),
    number("int8", "integer", &[]),
    number("int16", "integer", &["short"]),
    number("int32", "integer", &[]),
    number("int64", "integer", &["long"]),
    number("uint8", "integer", &[]),
    number("uint16", "integer", &[]),
    number("uint32", "integer", &[]),
    number("uint64", "integer", &[]),
    number("float", "number", &["float32"]),
    number("double", "number", &["float64"]),
];

/// The correct name of a format, from a name that vendors use.
pub(crate) fn canonical(name: &str) -> Option<&'static str> {
    let folded = folded(name);
    let is_it = |format: &&Format| {
        self::folded(format.name) == folded || format.aliases.contains(&folded.as_str())
    };
    FORMATS.iter().find(is_it).map(|format| format.name)
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

/// The type of the values that have a format.
pub(crate) fn domain(name: &str) -> Option<&'static str> {
    let format = FORMATS.iter().find(|format| format.name == name)?;
    Some(format.domain)
}

/// A string of a format; `None` for a format without a fixed example.
pub(crate) fn sample(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" => "2025-02-20",
        "date-time" => "2025-02-20T12:00:00Z",
        "time" => "12:00:00Z",
        "uuid" => "f0f7face-3a9d-48b1-8a32-82b84499cd4e",
        "uri" | "url" => "https://example.com",
        "email" => "user@example.com",
        "byte" => "dGV4dA==",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vendors_names_become_those_of_openapi() {
        for (written, name) in [
            ("Date-Time", "date-time"),
            ("datetime", "date-time"),
            ("full-date", "date"),
            ("GUID", "uuid"),
            ("url", "uri"),
            ("int_64", "int64"),
            ("base64", "byte"),
        ] {
            assert_eq!(canonical(written), Some(name), "{written}");
        }
        assert_eq!(canonical("x-our-own"), None);
    }

    #[test]
    fn readme_has_the_same_table() {
        let readme = include_str!("../../../README.md");
        let table = readme
            .split("### Formats")
            .nth(1)
            .expect("there is a table");
        for format in FORMATS {
            let name = format!("`{}`", format.name);
            let row = table
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&name));
            let row = row.unwrap_or_else(|| panic!("README has no row for {name}"));
            let says = match format.misfit {
                Misfit::KeptAndNoted => "| kept, and noted |",
                Misfit::Kept => "| kept; it is not checked |",
                Misfit::OfAnotherType => "| as a value of another type |",
            };
            assert!(row.contains(says), "{row}");
        }
    }
}
