//! The marks at the end of a line, and the name on the wire.

/// How marks begin, without the parenthesis.
const MARKS: [&str; 10] = [
    "any_of",
    "cfg ",
    "deprecated",
    "feature ",
    "impl",
    "literal",
    "non-exhaustive",
    "one_of",
    "provided",
    "tagged ",
];

/// A line without its marks, and the marks in their order.
///
/// ```
/// use releasepack_codegen::split_marks;
///
/// let (line, marks) = split_marks("struct Pet: Clone (non-exhaustive) (feature farm)");
/// assert_eq!((line, &marks[..]), ("struct Pet: Clone", &["non-exhaustive", "feature farm"][..]));
/// ```
#[must_use]
pub fn split_marks(line: &str) -> (&str, Vec<&str>) {
    let mut rest = line;
    let mut marks = Vec::new();
    while let Some(mark) = last_group(rest) {
        let is_mark = MARKS.iter().any(|start| mark.starts_with(start));
        let Some(before) = rest[..rest.len() - mark.len() - 2].strip_suffix(' ') else {
            break;
        };
        if !is_mark {
            break;
        }
        marks.insert(0, mark);
        rest = before;
    }
    (rest, marks)
}

/// What is in the parentheses at the end.
fn last_group(line: &str) -> Option<&str> {
    let inner = line.strip_suffix(')')?;
    let mut depth = 1_usize;
    for (index, character) in inner.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inner[index + 1..]);
        }
    }
    None
}

/// The line of a field or a variant without its name on the wire, and that name as it is written.
///
/// ```
/// use releasepack_codegen::split_wire;
///
/// let (line, wire) = split_wire("field Pet.kind: Kind = \"petKind\" set by Kind");
/// assert_eq!((line.as_str(), wire), ("field Pet.kind: Kind set by Kind", Some("\"petKind\"")));
/// ```
#[must_use]
pub fn split_wire(line: &str) -> (String, Option<&str>) {
    let is_field = line.starts_with("field ");
    if !is_field && !line.starts_with("variant ") {
        return (line.to_owned(), None);
    }
    // A type has ` = ` only between `<` and `>`.
    let mut depth = 0_i32;
    let mut bytes = line.bytes().enumerate();
    let start = bytes.find_map(|(index, byte)| {
        match byte {
            b'<' | b'(' | b'{' | b'[' => depth += 1,
            b'>' if line[..index].ends_with('-') => {}
            b'>' | b')' | b'}' | b']' => depth -= 1,
            _ => {}
        }
        (depth == 0 && line[index..].starts_with(" = ")).then_some(index)
    });
    let Some(start) = start else {
        return (line.to_owned(), None);
    };
    let wire = &line[start + 3..];
    let end = if is_field {
        wire.rfind(" set by ").unwrap_or(wire.len())
    } else {
        wire.len()
    };
    (
        format!("{}{}", &line[..start], &wire[end..]),
        Some(&wire[..end]),
    )
}
