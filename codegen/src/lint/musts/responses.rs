//! Responses Object, Response Object, Header Object, Example Object, Link Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Responses Object",
        "there is at least one response",
        Code::MISSING_MEMBER,
    ),
    must(
        "Responses Object, HTTP Status Code",
        "the key of a response is a status code",
        Code::INVALID_STATUS,
    ),
    must(
        "Response Object, description",
        "a response has `description`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Response Object, headers",
        "the name of a header is a token in `headers`",
        Code::INVALID_VALUE,
    ),
    must(
        "Header Object",
        "a header has `schema` or `content`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Header Object",
        "a header does not have both `schema` and `content`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Header Object",
        "a header does not have both `example` and `examples`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Header Object",
        "a header has no `name`",
        Code::UNKNOWN_MEMBER,
    ),
    must(
        "Header Object",
        "a header has no `in`",
        Code::UNKNOWN_MEMBER,
    ),
    must(
        "Header Object",
        "a header has no `allowEmptyValue`",
        Code::INVALID_VALUE,
    ),
    must(
        "Header Object",
        "a header has no `allowReserved`",
        Code::INVALID_VALUE,
    ),
    must(
        "Header Object",
        "the style of a header is `simple`",
        Code::INVALID_VALUE,
    ),
    must(
        "Header Object, content",
        "the `content` of a header has one media type",
        Code::INVALID_VALUE,
    ),
    must(
        "Example Object, value",
        "an example has `value` or `externalValue`, not both",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Example Object, dataValue",
        "an example does not have both `value` and `dataValue`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Example Object, serializedValue",
        "an example does not have both `value` and `serializedValue`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Example Object, serializedValue",
        "an example does not have both `serializedValue` and `externalValue`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Example Object, externalValue",
        "the external value of an example is a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "Link Object, operationId",
        "a link names an operation that exists",
        Code::DANGLING_LINK,
    ),
    must(
        "Link Object, operationRef",
        "a link has `operationId` or `operationRef`, not both",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Link Object",
        "a link names an operation",
        Code::MISSING_MEMBER,
    ),
    must(
        "Link Object, operationRef",
        "the `operationRef` of a link leads to an operation",
        Code::DANGLING_LINK,
    ),
];
