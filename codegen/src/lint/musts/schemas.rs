//! Schema Object, Discriminator Object, XML Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Schema Object, type",
        "the type of a schema is one string",
        Code::INVALID_VALUE,
    ),
    must(
        "Schema Object, items",
        "an array has `items`",
        Code::ARRAY_WITHOUT_ITEMS,
    ),
    must(
        "Schema Object, items",
        "`items` is one schema",
        Code::INVALID_VALUE,
    ),
    must(
        "Schema Object, allOf",
        "the parts of `allOf` are schemas",
        Code::MALFORMED_SCHEMA,
    ),
    must(
        "Schema Object, properties",
        "`properties` has schemas",
        Code::WRONG_TYPE,
    ),
    must(
        "Schema Object, default",
        "a default fits its schema",
        Code::DEFAULT_MISMATCH,
    ),
    must(
        "Schema Object, readOnly",
        "a schema is not both `readOnly` and `writeOnly`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Schema Object, exclusiveMaximum",
        "`exclusiveMaximum` is a boolean in OpenAPI 3.0",
        Code::INVALID_VALUE,
    ),
    must(
        "Schema Object, exclusiveMinimum",
        "`exclusiveMinimum` is a boolean in OpenAPI 3.0",
        Code::INVALID_VALUE,
    ),
    must(
        "Schema Object, $schema",
        "`$schema` is a URI",
        Code::INVALID_VALUE,
    ),
    must(
        "Discriminator Object, propertyName",
        "a discriminator has `propertyName`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Discriminator Object, mapping",
        "the mapping of a discriminator has strings",
        Code::INVALID_VALUE,
    ),
    must(
        "Discriminator Object, defaultMapping",
        "a discriminator with an optional property has `defaultMapping`",
        Code::MISSING_MEMBER,
    ),
    must(
        "XML Object, namespace",
        "the namespace of XML is a URI with a scheme",
        Code::INVALID_VALUE,
    ),
    must(
        "XML Object, nodeType",
        "the type of an XML node is one of five",
        Code::INVALID_VALUE,
    ),
    must(
        "XML Object, attribute",
        "an XML object does not have both `nodeType` and `attribute`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "XML Object, wrapped",
        "an XML object does not have both `nodeType` and `wrapped`",
        Code::CONFLICTING_MEMBERS,
    ),
];
