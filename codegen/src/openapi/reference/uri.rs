//! Reads the string of a `$ref`: the file and the place in it.

use percent_encoding::percent_decode_str;

use crate::pointer::Pointer;

/// The target of a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A place in the same file.
    Here(String),
    /// A file, relative to the folder of the document, and a place in it.
    File(String, String),
    /// A URL.
    Url,
    /// A file outside of the folder of the document, or an absolute path.
    Outside,
    /// Not a valid path.
    Malformed,
}

impl Target {
    /// Reads a reference in `file`, a path relative to the folder of the document.
    pub(crate) fn read(text: &str, file: &str) -> Self {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if path.is_empty() {
            return Self::Here(fragment.to_owned());
        }
        match scheme(path) {
            // `C:/pets.yaml` and `file:///pets.yaml` do not depend on where the document is.
            Some(scheme) if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") => {
                return Self::Outside;
            }
            Some(_) => return Self::Url,
            None if path.starts_with("//") => return Self::Url,
            None => {}
        }
        let Some(path) = decode(path) else {
            return Self::Malformed;
        };
        if path.contains(|character: char| character.is_control() || "\\?".contains(character)) {
            return Self::Malformed;
        }
        if path.starts_with('/') {
            return Self::Outside;
        }
        let mut parts: Vec<&str> = file.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if parts.pop().is_none() {
                        return Self::Outside;
                    }
                }
                name => parts.push(name),
            }
        }
        if parts.is_empty() {
            return Self::Malformed;
        }
        Self::File(parts.join("/"), fragment.to_owned())
    }
}

/// Reads the part after `#`; `None` if it is not a JSON pointer.
pub(crate) fn pointer(fragment: &str) -> Option<Pointer> {
    let text = decode(fragment)?;
    // `#Pet` names an anchor. Some tools write `#/` for the whole document.
    if text == "/" {
        return Some(Pointer::root());
    }
    Pointer::parse(&text)
}

/// `http`, `urn`, also the drive letter of `C:\`.
fn scheme(path: &str) -> Option<&str> {
    let (scheme, _) = path.split_once(':')?;
    let is_one = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_one.then_some(scheme)
}

/// The pointer in a reference to the same document, also if the first slash is missing. `None` for any other reference.
pub(crate) fn pointer_in(reference: &str) -> Option<Pointer> {
    let fragment = reference.trim().strip_prefix('#')?;
    if fragment.is_empty() || fragment.starts_with('/') {
        pointer(fragment)
    } else {
        pointer(&format!("/{fragment}"))
    }
}

/// Decodes percent-encoding; `None` if the result is not UTF-8. A `%` without two hexadecimal digits stays as it is.
pub(crate) fn decode(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_against_the_file_they_stand_in() {
        let file = |path: &str, fragment: &str| Target::File(path.to_owned(), fragment.to_owned());
        let cases = [
            ("pet.yaml", file("a/b/pet.yaml", "")),
            ("./pet.yaml#/Pet", file("a/b/pet.yaml", "/Pet")),
            ("../../x%20y.json#/a~1b", file("x y.json", "/a~1b")),
            ("#/Pet", Target::Here("/Pet".to_owned())),
            ("../../../etc/passwd", Target::Outside),
            ("%2e%2e/../../../etc/passwd", Target::Outside),
            ("/etc/passwd", Target::Outside),
            ("https://example.com/a.yaml", Target::Url),
            ("//example.com/a.yaml", Target::Url),
            ("file:///etc/passwd", Target::Outside),
            ("C:/pets.yaml", Target::Outside),
            ("C:\\pets.yaml", Target::Outside),
            ("..\\..\\pets.yaml", Target::Malformed),
            ("%00", Target::Malformed),
            ("..", file("a", "")),
            ("../..", Target::Malformed),
        ];
        for (text, expected) in cases {
            assert_eq!(Target::read(text, "a/b/c.yaml"), expected, "{text}");
        }
    }
}
