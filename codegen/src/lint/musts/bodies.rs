//! Request Body Object, Media Type Object, Encoding Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Request Body Object, content",
        "a request body has `content`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Media Type Object, examples",
        "a media type does not have both `example` and `examples`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Media Type Object, encoding",
        "`encoding` has the names of properties",
        Code::UNDEFINED_ENCODING,
    ),
    must(
        "Media Type Object, encoding",
        "a media type does not have both `encoding` and `prefixEncoding`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Media Type Object, encoding",
        "a media type does not have both `encoding` and `itemEncoding`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Media Type Object, prefixEncoding",
        "`prefixEncoding` is for arrays",
        Code::INVALID_VALUE,
    ),
    must(
        "Media Type Object, itemEncoding",
        "`itemEncoding` is for arrays",
        Code::INVALID_VALUE,
    ),
    must(
        "Encoding Object, headers",
        "the name of a header of a part is a token",
        Code::INVALID_VALUE,
    ),
    must(
        "Encoding Object, style",
        "the style of a part is one of the query",
        Code::INVALID_VALUE,
    ),
    must(
        "Encoding Object, encoding",
        "a part does not have both `encoding` and `prefixEncoding`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Encoding Object, encoding",
        "a part does not have both `encoding` and `itemEncoding`",
        Code::CONFLICTING_MEMBERS,
    ),
];
