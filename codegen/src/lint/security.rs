//! Security requirements name security schemes of the document.

use serde_json::{Map, Value};

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::Kind;

pub(super) fn check(report: &mut Report) {
    let schemes = report.document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Value::as_object);
    let names = || schemes.into_iter().flat_map(Map::keys).map(String::as_str);
    report.each(Kind::SecurityRequirement, |report, place, requirement| {
        for name in requirement.as_object().into_iter().flat_map(Map::keys) {
            if !schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                let message = format!("the document has no security scheme `{name}`");
                let add = "add it to `components/securitySchemes`";
                let help = report.suggest(name, names(), add);
                let place = place.pointer().join(name);
                report.warn(Code::UNDEFINED_SECURITY_SCHEME, place, message, help);
            }
        }
    });
}
