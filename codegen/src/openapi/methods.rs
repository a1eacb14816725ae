//! The HTTP methods that a path item may have an operation for, as the names of its members.

use super::grammar::Since;

/// Every method, and the version of OpenAPI that it came with.
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

/// The methods of the versions that are understood, in the order of the specification.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let methods = METHODS.iter();
    let methods = methods.filter(|(_, since)| since.is_understood());
    methods.map(|(name, _)| *name)
}

/// Whether a member of a path item is an operation.
pub(crate) fn is_method(name: &str) -> bool {
    names().any(|method| method == name)
}
