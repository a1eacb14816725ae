//! The words of a text: names, which become code, addresses, which become links, and plain words.

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Plain,
    Name,
    Address,
}

/// Characters that stand around a word and are not part of it.
pub(super) const PUNCTUATION: &str = ".,;:!?()[]{}\"'<>* \n";

/// The text, cut after each space, so that the pieces together are the text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive([' ', '\n'])
}

pub(super) fn sort(word: &str) -> Word {
    let body = word
        .trim()
        .trim_matches(|character: char| PUNCTUATION.contains(character));
    let is_address = body.starts_with("https://") || body.starts_with("http://");
    if is_address
        && !body.contains([
            '<', '>', '{', '}', '(', ')', '[', ']', '`', '"', '|', '\\', '*',
        ])
    {
        return Word::Address;
    }
    // No link can contain this address, or it is a part of a word.
    if ["http://", "https://"].iter().any(|it| body.contains(it)) && !body.contains('`') {
        return Word::Name;
    }
    let is_plain_ascii = body
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || character == '_');
    if !is_plain_ascii
        || body.is_empty()
        || body.starts_with(|character: char| character.is_ascii_digit())
    {
        return Word::Plain;
    }
    let has_lower = body.contains(|character: char| character.is_ascii_lowercase());
    let inner_upper = body[1..].contains(|character: char| character.is_ascii_uppercase());
    let is_snake = body.contains('_') && !body.trim_matches('_').is_empty();
    // `IDs` and `URLs` are words with a plural; `releaseOnDate` and `IN_PROGRESS` are names.
    let is_plural = body
        .strip_suffix('s')
        .is_some_and(|stem| stem.chars().all(|character| character.is_ascii_uppercase()));
    if is_snake || (has_lower && inner_upper && !is_plural) {
        Word::Name
    } else {
        Word::Plain
    }
}
