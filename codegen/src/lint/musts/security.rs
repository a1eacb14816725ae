//! Security Scheme Object, OAuth Flow Object, Security Requirement Object.

use super::{Must, must};
use crate::diagnostic::Code;

pub(super) const MUSTS: &[Must] = &[
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
        "Security Scheme Object, type",
        "the type `mutualTLS` is of OpenAPI 3.1",
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
        "Security Scheme Object, openIdConnectUrl",
        "the URL of OpenID Connect is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "Security Scheme Object, oauth2MetadataUrl",
        "the URL of the metadata is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "OAuth Flow Object, authorizationUrl",
        "the implicit flow has `authorizationUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, authorizationUrl",
        "the flow with an authorization code has `authorizationUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, authorizationUrl",
        "the authorization URL is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "OAuth Flow Object, deviceAuthorizationUrl",
        "the flow of devices has `deviceAuthorizationUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, deviceAuthorizationUrl",
        "the URL of the flow of devices is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the password flow has `tokenUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the flow of clients has `tokenUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the flow with an authorization code has `tokenUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the flow of devices has `tokenUrl`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, tokenUrl",
        "the URL of tokens is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "OAuth Flow Object, refreshUrl",
        "the URL of fresh tokens is a URL",
        Code::INVALID_VALUE,
    ),
    must(
        "OAuth Flow Object, scopes",
        "a flow has `scopes`",
        Code::MISSING_MEMBER,
    ),
    must(
        "OAuth Flow Object, scopes",
        "the descriptions of scopes are strings",
        Code::INVALID_VALUE,
    ),
    must(
        "Security Requirement Object",
        "a security requirement names a security scheme",
        Code::UNDEFINED_SECURITY_SCHEME,
    ),
    must(
        "Security Requirement Object",
        "only schemes with scopes have some in OpenAPI 3.0",
        Code::INVALID_VALUE,
    ),
    must(
        "Security Requirement Object",
        "the scopes of a requirement are an array of strings",
        Code::WRONG_TYPE,
    ),
];
