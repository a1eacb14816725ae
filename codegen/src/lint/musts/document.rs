//! The document itself: OpenAPI, Info, Contact, License, Server, Tag, External Documentation, Components.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "OpenAPI Object, info",
        "a document has `info`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OpenAPI Object, paths",
        "a document has `paths`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OpenAPI Object",
        "a document has one of `paths`, `components` and `webhooks`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OpenAPI Object, $self",
        "`$self` is a URI reference",
        Code::INVALID_VALUE,
    ),
    must(
        "OpenAPI Object, jsonSchemaDialect",
        "`jsonSchemaDialect` is a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "OpenAPI Object, tags",
        "the names of tags are unique",
        Code::DUPLICATE_TAG,
    ),
    must(
        "Info Object, title",
        "`info` has `title`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Info Object, version",
        "`info` has `version`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Info Object, version",
        "the version is a string",
        Code::WRONG_TYPE,
    ),
    must(
        "Info Object, termsOfService",
        "the terms of service are a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "Contact Object, url",
        "the URL of the contact is a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "Contact Object, email",
        "the email of the contact is an email address",
        Code::INVALID_VALUE,
    ),
    must(
        "License Object, name",
        "a licence has `name`",
        Code::MISSING_MEMBER,
    ),
    must(
        "License Object, url",
        "the URL of a licence is a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "License Object, identifier",
        "a licence has `url` or `identifier`, not both",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Server Object, url",
        "a server has `url`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Server Object, url",
        "the URL of a server has no query and no fragment",
        Code::INVALID_VALUE,
    ),
    must(
        "Server Object, url",
        "a server variable is in the URL once",
        Code::INVALID_VALUE,
    ),
    must(
        "Server Variable Object, enum",
        "the `enum` of a server variable is not empty",
        Code::INVALID_VALUE,
    ),
    must(
        "Server Variable Object, default",
        "a server variable has `default`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Server Variable Object, default",
        "the `default` of a server variable is in its `enum`",
        Code::DEFAULT_MISMATCH,
    ),
    must(
        "Server Variable Object, enum",
        "the values of a server variable are strings",
        Code::WRONG_TYPE,
    ),
    must(
        "Components Object, Fixed Fields",
        "the names of components have allowed characters",
        Code::INVALID_NAME,
    ),
    must(
        "External Documentation Object, url",
        "external documentation has `url`",
        Code::MISSING_MEMBER,
    ),
    must(
        "External Documentation Object, url",
        "the URL of documentation is a URI",
        Code::INVALID_VALUE,
    ),
    must("Tag Object, name", "a tag has `name`", Code::MISSING_MEMBER),
    must(
        "Tag Object, parent",
        "the parent of a tag is a tag",
        Code::INVALID_VALUE,
    ),
    must(
        "Tag Object, parent",
        "a tag is not its own parent",
        Code::INVALID_VALUE,
    ),
    must(
        "Reference Object, $ref",
        "a `$ref` is a string",
        Code::DANGLING_REFERENCE,
    ),
    must(
        "Reference Object, $ref",
        "a `$ref` leads to a node",
        Code::DANGLING_REFERENCE,
    ),
    must(
        "Reference Object, $ref",
        "a `$ref` leads to a node of its kind",
        Code::MISTAKEN_REFERENCE,
    ),
];
