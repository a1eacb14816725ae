//! The keywords of JSON Schema: its vocabularies for validation, applicators and identifiers ("Validation", "Core").

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
    must(
        "Validation, type",
        "the type of a schema is one of JSON Schema",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, type",
        "the types of a schema are strings",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, type",
        "the types of a schema are different",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, type",
        "a schema with an array of types has a type",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, enum",
        "an enum has at least one value",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, enum",
        "the values of an enum are different",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, enum",
        "an enum is an array",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, multipleOf",
        "`multipleOf` is greater than zero",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, maximum",
        "`maximum` is a number",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, exclusiveMaximum",
        "`exclusiveMaximum` is a number since OpenAPI 3.1",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, minimum",
        "`minimum` is a number",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, exclusiveMinimum",
        "`exclusiveMinimum` is a number since OpenAPI 3.1",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, maxLength",
        "`maxLength` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, minLength",
        "`minLength` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, pattern",
        "`pattern` is a string",
        Code::WRONG_TYPE,
    ),
    must(
        "Validation, pattern",
        "`pattern` is a regular expression",
        Code::INVALID_PATTERN,
    ),
    must(
        "Validation, maxItems",
        "`maxItems` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, minItems",
        "`minItems` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, uniqueItems",
        "`uniqueItems` is a boolean",
        Code::WRONG_TYPE,
    ),
    must(
        "Validation, maxContains",
        "`maxContains` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, minContains",
        "`minContains` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, maxProperties",
        "`maxProperties` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, minProperties",
        "`minProperties` is an integer that is not negative",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, required",
        "`required` is an array",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, required",
        "`required` is not empty in OpenAPI 3.0",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, required",
        "the names in `required` are different",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, required",
        "the names in `required` are strings",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, required",
        "a required property is declared",
        Code::UNDEFINED_REQUIRED_PROPERTY,
    ),
    must(
        "Validation, dependentRequired",
        "`dependentRequired` is an object",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, dependentRequired",
        "the names in `dependentRequired` are different strings",
        Code::INVALID_VALUE,
    ),
    must(
        "Core, patternProperties",
        "the keys of `patternProperties` are regular expressions",
        Code::INVALID_PATTERN,
    ),
    must(
        "Core, prefixItems",
        "`prefixItems` is not empty",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, allOf",
        "`allOf` is not empty",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, anyOf",
        "`anyOf` is not empty",
        Code::INVALID_VALUE,
    ),
    must(
        "Validation, oneOf",
        "`oneOf` is not empty",
        Code::INVALID_VALUE,
    ),
    must("Core, $id", "an `$id` has no fragment", Code::INVALID_VALUE),
    must(
        "Core, $anchor",
        "an `$anchor` is a name",
        Code::INVALID_VALUE,
    ),
    must(
        "Core, $dynamicAnchor",
        "a `$dynamicAnchor` is a name",
        Code::INVALID_VALUE,
    ),
];
