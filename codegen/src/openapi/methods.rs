//! The HTTP methods: the members of a path item that are operations.

/// Every method that has a member of its own, in the order of the specification. `query` is new in OpenAPI 3.2.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The member of a path item that has the operations of all other methods, since OpenAPI 3.2.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

/// The methods that have a member of their own, in the order of the specification.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    METHODS.into_iter()
}

/// Whether Swagger 2.0 has this method.
pub(crate) fn is_of_swagger(name: &str) -> bool {
    !matches!(name, "trace" | "query") && METHODS.contains(&name)
}

/// Whether a member of a path item is an operation.
pub(crate) fn is_method(name: &str) -> bool {
    METHODS.contains(&name) || additional(name).is_some()
}

/// The member of a path item, in a normalized document, for an operation of [`ADDITIONAL`]. No document has such a member,
/// because a method has no `/`.
pub(crate) fn member_for(method: &str) -> String {
    format!("{ADDITIONAL}/{method}")
}

/// The method as it is sent, for a member of a path item that is an operation.
pub(crate) fn sent(member: &str) -> String {
    match additional(member) {
        Some(method) => method.to_owned(),
        None => member.to_ascii_uppercase(),
    }
}

fn additional(member: &str) -> Option<&str> {
    let method = member.strip_prefix(ADDITIONAL)?.strip_prefix('/')?;
    is_token(method).then_some(method)
}

/// Whether a string can be sent as a method (RFC 9110, section 5.6.2).
pub(crate) fn is_token(method: &str) -> bool {
    let is_of_token = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    !method.is_empty() && method.chars().all(is_of_token)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Files of a folder, at any depth.
    fn files(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(folder).expect("the sources are there");
        let paths = entries.map(|entry| entry.expect("the sources can be read").path());
        let inner = |path: std::path::PathBuf| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        };
        paths.flat_map(inner).collect()
    }

    #[test]
    fn methods_are_listed_in_one_place() {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        // The others have every keyword, and a test holds them to the grammar, which has these methods.
        let allowed = [
            "openapi/methods.rs",
            "lint/vocabulary.rs",
            "lint/vocabulary/swagger.rs",
        ];
        for path in files(&sources)
            .iter()
            .filter(|path| !allowed.iter().any(|it| path.ends_with(it)))
        {
            let text = fs::read_to_string(path).expect("sources are text");
            let is_list = ["\"get\"", "\"put\"", "\"delete\""]
                .iter()
                .all(|it| text.contains(it));
            assert!(!is_list, "{} lists methods", path.display());
        }
    }
}
