//! Decides which members and nodes an operation can do without.

use serde_json::Value;

use crate::openapi::grammar::{Holds, Kind};

/// Whether a member is documentation.
pub(super) fn only_explains(holds: Holds, name: &str) -> bool {
    match holds {
        Holds::Text => !matches!(
            name,
            "$ref" | "in" | "name" | "operationId" | "style" | "contentType" | "url" | "type"
        ),
        Holds::One(kind) | Holds::List(kind) | Holds::Map(kind) => matches!(
            kind,
            Kind::Contact
                | Kind::Example
                | Kind::ExternalDocs
                | Kind::Licence
                | Kind::Link
                | Kind::Tag
        ),
        Holds::Texts | Holds::Flag | Holds::Data => false,
    }
}

/// Whether a value has the required JSON type.
pub(super) fn fits(holds: Holds, value: &Value) -> bool {
    match holds {
        Holds::One(_) | Holds::Map(_) => value.is_object(),
        Holds::List(_) | Holds::Texts => value.is_array(),
        Holds::Text => value.is_string(),
        Holds::Flag => value.is_boolean(),
        Holds::Data => true,
    }
}

/// Whether an operation is still usable without a node of this kind.
pub(super) fn can_do_without(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Operation
            | Kind::Parameter
            | Kind::PathItem
            | Kind::Paths
            | Kind::RequestBody
            | Kind::Response
            | Kind::Responses
    )
}

/// Whether a node is useless without a required member.
pub(super) fn must_be_there(kind: Kind, name: &str) -> bool {
    matches!(
        (kind, name),
        (Kind::Parameter, "name" | "in")
            | (Kind::Server, "url")
            | (Kind::SecurityScheme, "type")
            | (Kind::Tag, "name")
    )
}
