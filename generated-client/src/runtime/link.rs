//! The header `Link` (RFC 8288): where the next page of a response is.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with the relation `next`, as it is written.
pub(super) fn next_link(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let mut values = values.filter_map(|value| value.to_str().ok());
    values.find_map(next_in)
}

/// As [`next_link`], in one value of the header: `<target>; name=value; name="value", <target>…`.
fn next_in(value: &str) -> Option<String> {
    let mut rest = value;
    loop {
        let (_, after) = rest.split_once('<')?;
        let (target, parameters) = after.split_once('>')?;
        let end = end_of_link(parameters);
        if is_next(&parameters[..end]) {
            return Some(target.trim().to_owned());
        }
        rest = &parameters[end..];
    }
}

/// Where the parameters of a link end: at a comma that is not in a quoted string.
fn end_of_link(parameters: &str) -> usize {
    end_at(',', parameters)
}

/// Where the first such character is that is not in a quoted string, or the end.
fn end_at(end: char, text: &str) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            it if it == end && !is_quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether a relation of a link is `next`. Only its first parameter `rel` counts.
fn is_next(parameters: &str) -> bool {
    let mut rest = parameters;
    while !rest.is_empty() {
        let end = end_at(';', rest);
        if let Some((name, value)) = rest[..end].split_once('=')
            && name.trim().eq_ignore_ascii_case("rel")
        {
            let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
            return relations.any(|it| it.eq_ignore_ascii_case("next"));
        }
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_the_link_that_says_so() {
        for (value, expected) in [
            (
                "<https://a.test/p?page=2>; rel=\"next\"",
                Some("https://a.test/p?page=2"),
            ),
            ("</p?a=1,2>; rel=last, </p?b=3>;REL = Next", Some("/p?b=3")),
            (
                "<a>; title=\"x, <b>; rel=next\"; rel=prev, <c>; rel=\"last  next\"",
                Some("c"),
            ),
            ("<a>; rel=\"nextish\", <b>; rev=next", None),
            ("<a>; rel=prev; rel=next", None),
            ("<a; rel=next", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(LINK, "<z>; rel=first".parse().unwrap());
            headers.append(LINK, value.parse().unwrap());
            assert_eq!(next_link(&headers).as_deref(), expected, "{value}");
        }
    }
}
