//! Media types in headers.

/// Whether a response of this `Content-Type` is what the header `Accept` asked for. An empty one asks for anything.
pub(super) fn is_accepted(accept: &str, content_type: &str) -> bool {
    let essence = |text: &str| {
        let text = text.split(';').next().unwrap_or_default();
        text.trim().to_ascii_lowercase()
    };
    let given = essence(content_type);
    let given_kind = given.split('/').next().unwrap_or_default();
    accept.trim().is_empty()
        || accept.split(',').map(essence).any(|range| {
            range == "*/*" || range == given || range.strip_suffix("/*") == Some(given_kind)
        })
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn a_media_type_is_accepted_by_its_range() {
        assert!(is_accepted(
            "application/json",
            "Application/JSON; charset=utf-8"
        ));
        assert!(is_accepted(
            "text/html, application/json;q=0.5",
            "application/json"
        ));
        assert!(is_accepted("text/*", "text/plain") && is_accepted("*/*", "a/b"));
        assert!(is_accepted("", "a/b"));
        assert!(!is_accepted("application/json", "text/html"));
        assert!(!is_accepted("text/*", "texts/plain"));
    }
}
