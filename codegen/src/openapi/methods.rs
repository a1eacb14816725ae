//! The HTTP methods: the members of a path item that are operations.

use openapiv3::{Operation, PathItem};

use super::grammar::Since;

/// Every method, and the first version of OpenAPI that has it.
const METHODS: [(&str, Since); 9] = [
    ("get", Since::V3_0),
    ("put", Since::V3_0),
    ("post", Since::V3_0),
    ("delete", Since::V3_0),
    ("options", Since::V3_0),
    ("head", Since::V3_0),
    ("patch", Since::V3_0),
    ("trace", Since::V3_0),
    ("query", Since::V3_2),
];

/// The methods of the supported versions, in the order of the specification.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let methods = METHODS.iter();
    let methods = methods.filter(|(_, since)| since.is_supported());
    methods.map(|(name, _)| *name)
}

/// Whether a member of a path item is an operation.
pub(crate) fn is_method(name: &str) -> bool {
    names().any(|method| method == name)
}

/// The operation for a method in a path item of openapiv3; `None` for a name that is not a method there.
pub(crate) fn operation_of<'i>(
    item: &'i mut PathItem,
    method: &str,
) -> Option<&'i mut Option<Operation>> {
    Some(match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        "trace" => &mut item.trace,
        _ => return None,
    })
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
        // The second has every keyword, and a test holds it to the grammar, which has these methods.
        let allowed = ["openapi/methods.rs", "lint/vocabulary.rs"];
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
