//! Paths Object, Path Item Object, Operation Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Paths Object, Patterned Fields",
        "a path begins with a slash",
        Code::INVALID_PATH,
    ),
    must(
        "Paths Object, Patterned Fields",
        "paths differ in more than the names of parameters",
        Code::EQUIVALENT_PATHS,
    ),
    must(
        "Paths Object, Path Templating",
        "each variable of a path has a parameter",
        Code::UNDECLARED_PATH_PARAMETER,
    ),
    must(
        "Paths Object, Path Templating",
        "a variable is in a path once",
        Code::INVALID_PATH,
    ),
    must(
        "Paths Object, Path Templating",
        "the braces of a path are closed",
        Code::INVALID_PATH,
    ),
    must(
        "Path Item Object, additionalOperations",
        "a method that has a member of its own is not among the additional operations",
        Code::INVALID_VALUE,
    ),
    must(
        "Path Item Object, additionalOperations",
        "an additional operation has the name of a method",
        Code::MALFORMED_NODE,
    ),
    must(
        "Path Item Object, parameters",
        "the parameters of a path item are unique",
        Code::DUPLICATE_PARAMETER,
    ),
    must(
        "Operation Object, operationId",
        "the ids of operations are unique",
        Code::DUPLICATE_OPERATION_ID,
    ),
    must(
        "Operation Object, parameters",
        "the parameters of an operation are unique",
        Code::DUPLICATE_PARAMETER,
    ),
    must(
        "Operation Object, responses",
        "an operation has `responses`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Operation Object, tags",
        "the tags of an operation are strings",
        Code::WRONG_TYPE,
    ),
];
