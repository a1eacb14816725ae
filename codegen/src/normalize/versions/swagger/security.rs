//! Security definitions become security schemes.

use serde_json::{Map, Value, json};

use super::Conversion;
use crate::diagnostic::{Code, brief};
use crate::pointer::Pointer;

/// The flows of OAuth by their names in Swagger 2.0 and in OpenAPI 3.
const FLOWS: &[(&str, &str)] = &[
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// The members that belong to the flow.
const OF_FLOW: [&str; 3] = ["authorizationUrl", "tokenUrl", "scopes"];

impl Conversion<'_, '_> {
    pub(super) fn security_scheme(&mut self, from: &Pointer, to: &Pointer, node: &Value) -> Value {
        let Value::Object(members) = node else {
            return node.clone();
        };
        let mut scheme = members.clone();
        match members.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), "http".into());
                scheme.insert("scheme".to_owned(), "basic".into());
                self.places.made(&from.join("type"), &to.join("scheme"));
            }
            Some("oauth2") => self.flow(from, to, &mut scheme),
            _ => {}
        }
        Value::Object(scheme)
    }

    fn flow(&mut self, from: &Pointer, to: &Pointer, scheme: &mut Map<String, Value>) {
        if scheme.contains_key("flows") {
            return;
        }
        let mut flow = Map::new();
        let written = scheme.shift_remove("flow");
        let name = written.as_ref().and_then(Value::as_str);
        let known = FLOWS.iter().find(|(old, _)| Some(*old) == name);
        let Some((_, name)) = known else {
            let place = match &written {
                Some(_) => from.join("flow"),
                None => from.clone(),
            };
            let message = match name {
                Some(name) => format!("`{}` is not a flow of OAuth", brief(name)),
                None => "this security scheme has no `flow`".to_owned(),
            };
            let help = "write `implicit`, `password`, `application` or `accessCode`";
            self.log.warn(Code::INVALID_VALUE, &place, message, help);
            for member in OF_FLOW {
                scheme.shift_remove(member);
            }
            scheme.insert("flows".to_owned(), json!({}));
            return;
        };
        let flows = to.join("flows");
        let place = flows.join(name);
        self.places.made(&from.join("flow"), &flows);
        self.places.made(from, &place);
        for member in OF_FLOW {
            if let Some(value) = scheme.shift_remove(member) {
                self.places.add(&from.join(member), &place.join(member));
                flow.insert(member.to_owned(), value);
            }
        }
        // OpenAPI 3 requires scopes; lint reports that they are missing.
        flow.entry("scopes").or_insert_with(|| json!({}));
        scheme.insert("flows".to_owned(), json!({ *name: flow }));
    }
}
