//! Security requirements name security schemes of the document.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::Suggestions;
use crate::openapi::grammar::Kind;
use crate::openapi::read;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::default();
    let schemes = document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Value::as_object);
    read::nodes(document, |kind, place, node| {
        if let (Kind::SecurityRequirement, Value::Object(members)) = (kind, node) {
            for name in members.keys() {
                if schemes.is_some_and(|schemes| schemes.contains_key(name)) {
                    continue;
                }
                let names = schemes.into_iter().flat_map(|schemes| schemes.keys());
                let help = match suggestions.nearest(name, names.map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "add it to `components/securitySchemes`".to_owned(),
                };
                let message = format!("the document has no security scheme `{name}`");
                let place = place.pointer().join(name);
                let code = Code::UNDEFINED_SECURITY_SCHEME;
                found.push(Diagnostic::warning(code, place, message).help(help));
            }
        }
    });
}
