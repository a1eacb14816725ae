//! Security requirements name security schemes of the document.

use serde_json::{Map, Value};

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::reference::resolver::resolved;

/// The types of security schemes that have scopes.
const OF_SCOPES: &[&str] = &["oauth2", "openIdConnect"];

pub(super) fn check(report: &mut Report) {
    let document = report.document;
    let is_older = report.version < Version::V3_1;
    let schemes = document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Value::as_object);
    let names = || schemes.into_iter().flat_map(Map::keys).map(String::as_str);
    report.each(Kind::SecurityRequirement, |report, place, requirement| {
        for (name, scopes) in requirement.as_object().into_iter().flatten() {
            let scheme = schemes.and_then(|schemes| resolved(document, schemes.get(name)?));
            let ty = scheme.and_then(|scheme| scheme.get("type")?.as_str());
            let has_scopes = scopes.as_array().is_some_and(|scopes| !scopes.is_empty());
            if has_scopes && is_older && ty.is_some_and(|ty| !OF_SCOPES.contains(&ty)) {
                let message = "only schemes of the types `oauth2` and `openIdConnect` have scopes";
                let place = place.pointer().join(name);
                report.warn(Code::INVALID_VALUE, place, message, "write an empty array");
            }
            // Since OpenAPI 3.2, the name may be the URI of a scheme.
            let is_uri = report.version >= Version::V3_2 && name.contains(['/', '#', ':']);
            if !is_uri && !schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                let message = format!("the document has no security scheme `{name}`");
                let add = "add it to `components/securitySchemes`";
                let help = report.suggest(name, names(), add);
                let place = place.pointer().join(name);
                report.warn(Code::UNDEFINED_SECURITY_SCHEME, place, message, help);
            }
        }
    });
}
