//! Parameter Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Parameter Object, name",
        "a parameter has `name`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Parameter Object, name",
        "a path parameter is in the path",
        Code::UNUSED_PATH_PARAMETER,
    ),
    must(
        "Parameter Object, name",
        "the name of a path parameter has no braces",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, name",
        "the name of a header is a token",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, in",
        "a parameter has `in`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Parameter Object, in",
        "the `in` of a parameter is a location",
        Code::UNSUPPORTED_PARAMETER,
    ),
    must(
        "Parameter Object, required",
        "a path parameter is required",
        Code::OPTIONAL_PATH_PARAMETER,
    ),
    must(
        "Parameter Object, style",
        "a parameter has a style of its location",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, style",
        "the style `cookie` is of OpenAPI 3.2",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, allowEmptyValue",
        "`allowEmptyValue` is for the query",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, allowReserved",
        "`allowReserved` is for the query",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, allowReserved",
        "`allowReserved` is not for headers",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, allowReserved",
        "`allowReserved` is not for the style `cookie`",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, schema",
        "a parameter has `schema` or `content`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Parameter Object, schema",
        "a parameter does not have both `schema` and `content`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, examples",
        "a parameter does not have both `example` and `examples`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, content",
        "a parameter with `content` has no style",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, content",
        "the `content` of a parameter has one media type",
        Code::INVALID_VALUE,
    ),
    must(
        "Parameter Object, in",
        "a query string has `content`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, style",
        "a query string has no style",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, in",
        "an operation has one query string",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, in",
        "an operation with a query string has no query parameters",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Parameter Object, in",
        "a path item with a query string has no query parameters",
        Code::CONFLICTING_MEMBERS,
    ),
];
