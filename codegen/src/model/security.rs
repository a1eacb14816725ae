//! Security schemes, in words: who calls is said by the transport, so that no code depends on them.

use serde_json::Value;

use super::text;

/// What each scheme asks for, e.g. "`basicAuth`: HTTP basic".
pub(super) fn describe(document: &Value) -> Vec<String> {
    let schemes = document["components"]["securitySchemes"].as_object();
    let schemes = schemes.into_iter().flatten();
    schemes
        .map(|(name, scheme)| format!("{}: {}", code(name), phrase(scheme)))
        .collect()
}

fn phrase(scheme: &Value) -> String {
    match scheme["type"].as_str().unwrap_or_default() {
        "http" => match text(scheme, "scheme").to_ascii_lowercase().as_str() {
            "basic" => "user name and password (`Authorization: Basic`)".to_owned(),
            "bearer" => "a token (`Authorization: Bearer`)".to_owned(),
            other => format!("HTTP authentication {}", code(other)),
        },
        "apiKey" => {
            let place = match scheme["in"].as_str() {
                Some("query") => "query parameter",
                Some("cookie") => "cookie",
                _ => "header",
            };
            format!("a key in the {place} {}", code(&text(scheme, "name")))
        }
        "oauth2" => "a token of OAuth 2 (`Authorization: Bearer`)".to_owned(),
        "openIdConnect" => "a token of OpenID Connect (`Authorization: Bearer`)".to_owned(),
        "mutualTLS" => "a certificate of the client".to_owned(),
        other => format!("a scheme of type {}", code(other)),
    }
}

fn code(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|character| *character != '`' && !character.is_control())
        .collect();
    format!("`{name}`")
}
