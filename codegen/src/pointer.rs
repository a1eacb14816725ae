//! JSON pointers (RFC 6901). Every stage uses them to name a node of a document.

use std::fmt;

use serde_json::Value;

/// A JSON pointer, e.g. `/paths/~1pets/get`.
///
/// ```
/// use releasepack_codegen::Pointer;
///
/// let place = Pointer::root().join("paths").join("/pets").join("get");
/// assert_eq!(place.to_string(), "/paths/~1pets/get");
/// assert_eq!(place.tokens().collect::<Vec<_>>(), ["paths", "/pets", "get"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The pointer of the whole document, which is empty.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses a pointer; `None` unless it is empty or begins with `/`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// A pointer from its unescaped tokens.
    pub fn from_tokens<T: AsRef<str>>(tokens: impl IntoIterator<Item = T>) -> Self {
        tokens
            .into_iter()
            .fold(Self::root(), |place, token| place.join(token.as_ref()))
    }

    /// The pointer of a child: a member of an object by its (unescaped) name, or an element of an array by its index.
    #[must_use]
    pub fn join(&self, token: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + token.len() + 1);
        text.push_str(&self.0);
        push_token(&mut text, token);
        Self(text)
    }

    /// The pointer of the element `index` of the array at this pointer.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.join(&index.to_string())
    }

    /// The pointer of the parent; `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The unescaped tokens, outermost first.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescaped)
    }

    /// The last unescaped token; `None` for the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        let begin = self.0.rfind('/')?;
        Some(unescaped(&self.0[begin + 1..]))
    }

    /// The pointer as a string (RFC 6901).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The rest of this pointer after `ancestor`; `None` if it does not begin with `ancestor`.
    #[must_use]
    pub fn below(&self, ancestor: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(ancestor.0.as_str())?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(rest.to_owned()))
    }

    /// This pointer followed by `rest`.
    pub(crate) fn append(&self, rest: &Self) -> Self {
        Self(format!("{}{}", self.0, rest.0))
    }

    /// The value at this pointer.
    #[must_use]
    pub fn get<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        document.pointer(&self.0)
    }

    /// The value at this pointer, to change it.
    pub fn get_mut<'v>(&self, document: &'v mut Value) -> Option<&'v mut Value> {
        document.pointer_mut(&self.0)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Writes a token, escaped, behind a pointer.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    if !token.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        return pointer.push_str(token);
    }
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// A token without its escapes.
pub(crate) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
