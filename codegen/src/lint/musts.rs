//! What the specification requires with the word MUST (or REQUIRED, or SHALL), as far as a generator meets it.
//!
//! Whatever breaks one of these rules is a warning at least, also if the client can be generated in spite of it. A test breaks each
//! of them.

use crate::diagnostic::Code;

/// A requirement of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Must {
    /// The section of OpenAPI 3.0.3 and 3.1.1, or of JSON Schema Validation ("Validation"), and the member.
    pub section: &'static str,
    /// What it requires.
    pub about: &'static str,
    /// The diagnostic of a document that does not meet it.
    pub code: Code,
}

const fn must(section: &'static str, about: &'static str, code: Code) -> Must {
    Must {
        section,
        about,
        code,
    }
}

/// The requirements, in the order of the specification.
pub const MUSTS: &[Must] = &[
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
        "License Object, name",
        "a licence has `name`",
        Code::MISSING_MEMBER,
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
        "Components Object, Fixed Fields",
        "the names of components have allowed characters",
        Code::INVALID_NAME,
    ),
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
        "External Documentation Object, url",
        "external documentation has `url`",
        Code::MISSING_MEMBER,
    ),
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
        "the `content` of a parameter has one media type",
        Code::INVALID_VALUE,
    ),
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
        "Example Object, value",
        "an example has `value` or `externalValue`, not both",
        Code::CONFLICTING_MEMBERS,
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
        "Header Object",
        "a header does not have both `schema` and `content`",
        Code::CONFLICTING_MEMBERS,
    ),
    must("Tag Object, name", "a tag has `name`", Code::MISSING_MEMBER),
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
        "Schema Object, readOnly",
        "a schema is not both `readOnly` and `writeOnly`",
        Code::CONFLICTING_MEMBERS,
    ),
    must(
        "Discriminator Object, propertyName",
        "a discriminator has `propertyName`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, type",
        "a security scheme has `type`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, type",
        "the type of a security scheme is one of five",
        Code::INVALID_VALUE,
    ),
    must(
        "Security Scheme Object, name",
        "an API key has `name`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, in",
        "an API key has `in`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, in",
        "an API key is in the query, in a header or in a cookie",
        Code::INVALID_VALUE,
    ),
    must(
        "Security Scheme Object, scheme",
        "an HTTP security scheme has `scheme`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, flows",
        "an OAuth security scheme has `flows`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Scheme Object, openIdConnectUrl",
        "an OpenID Connect security scheme has `openIdConnectUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, authorizationUrl",
        "the implicit flow has `authorizationUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the password flow has `tokenUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, scopes",
        "a flow has `scopes`",
        Code::MISSING_MEMBER,
    ),
    must(
        "Security Requirement Object",
        "a security requirement names a security scheme",
        Code::UNDEFINED_SECURITY_SCHEME,
    ),
    must(
        "Validation, type",
        "the type of a schema is one of JSON Schema",
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
        "Validation, minimum",
        "`minimum` is a number",
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
];
