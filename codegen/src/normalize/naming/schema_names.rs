//! Makes names for schemas that have none.

use heck::ToUpperCamelCase as _;

/// Converts words to Pascal case, with letters and digits only: `installation_type` → `InstallationType`.
pub(crate) fn pascal(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|character| {
            if character.is_alphanumeric() {
                character
            } else {
                ' '
            }
        })
        .collect();
    spaced.to_upper_camel_case()
}

/// Converts a plural: `statuses` → `status`. `None` if the word does not look like a plural.
pub(crate) fn singular(plural: &str) -> Option<String> {
    let lower = plural.to_ascii_lowercase();
    let cut = |count: usize| plural[..plural.len() - count].to_owned();
    if lower.len() < 4 || !lower.is_ascii() {
        return None;
    }
    if lower.ends_with("series") || lower.ends_with("news") || lower.ends_with("species") {
        return None;
    }
    if lower.ends_with("ies") {
        return Some(cut(3) + "y");
    }
    if ["sses", "shes", "ches", "xes", "zzes", "uses"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        return Some(cut(2));
    }
    let is_singular = ["ss", "us", "is", "as"]
        .iter()
        .any(|end| lower.ends_with(end));
    (lower.ends_with('s') && !is_singular).then(|| cut(1))
}

/// The name of a type from a title, if that is a few plain words.
pub(crate) fn from_title(title: &str) -> Option<String> {
    let title = title.trim();
    let is_plain = title.len() <= 40
        && title.starts_with(|first: char| first.is_ascii_alphabetic())
        && title
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || " _-".contains(character))
        && title.split_whitespace().count() <= 4
        // FastAPI titles bodies `Response Read Items Items Get`.
        && !title.starts_with("Response ");
    is_plain.then(|| pascal(title))
}
