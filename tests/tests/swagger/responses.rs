use serde_json::{Value, json};

use super::case::{OPERATION, at, operation, reported};

fn with_response(response: Value, produces: Value) -> Value {
    let mut members = json!({});
    members["responses"]["200"] = response;
    members["produces"] = produces;
    operation(members)
}

fn response(response: Value, produces: Value) -> Value {
    let document = with_response(response, produces);
    at(&document, &format!("{OPERATION}/responses/200"))
}

#[test]
fn a_response_has_the_media_types_of_produces() {
    let written = json!({"description": "a", "schema": {"type": "integer"}});
    let media_type = json!({"schema": {"type": "integer"}});
    assert_eq!(
        response(written.clone(), json!([])),
        json!({"description": "a", "content": {"application/json": media_type}})
    );
    assert_eq!(
        response(written, json!(["text/plain", "text/csv"]))["content"],
        json!({"text/plain": media_type, "text/csv": media_type})
    );
    // Without a schema there is no body, whatever the operation produces.
    assert_eq!(
        response(json!({"description": "a"}), json!(["text/plain"])),
        json!({"description": "a"})
    );
}

#[test]
fn a_file_is_bytes() {
    let written = json!({"description": "a", "schema": {"type": "file"}});
    let media_type = json!({"schema": {"type": "string", "format": "binary"}});
    assert_eq!(
        response(written.clone(), json!([]))["content"],
        json!({"application/octet-stream": media_type})
    );
    assert_eq!(
        response(written, json!(["image/png"]))["content"],
        json!({"image/png": media_type})
    );
}

#[test]
fn headers_have_schemas() {
    let header = json!({"description": "b", "type": "array", "items": {"type": "integer"}});
    let written = json!({"description": "a", "headers": {"X-A": header}});
    let header = &response(written, json!([]))["headers"]["X-A"];
    let schema = json!({"type": "array", "items": {"type": "integer"}});
    assert_eq!(header["schema"], schema);
    assert_eq!(header["description"], "b");
    assert_eq!(header["explode"], false);
}

#[test]
fn examples_stay_with_their_media_types_and_others_are_reported() {
    let written = json!({
        "description": "a",
        "schema": {"type": "integer"},
        "examples": {"application/json": 1, "application/xml": "<a/>"},
    });
    let content = &response(written.clone(), json!(["application/json"]))["content"];
    assert_eq!(content["application/json"]["example"], 1);
    let with_charset = "application/json; charset=utf-8";
    let content = &response(written.clone(), json!([with_charset]))["content"];
    assert_eq!(content[with_charset]["example"], 1);
    assert_eq!(
        reported(&with_response(written, json!(["application/json"]))),
        [format!(
            "{OPERATION}/responses/200/examples/application~1xml: removed: the response has no body of this media type"
        )]
    );
}

#[test]
fn a_shared_response_has_the_media_types_of_the_operation_that_uses_it() {
    let mut document = operation(json!({
        "produces": ["text/plain"],
        "responses": {"200": {"$ref": "#/responses/A"}},
    }));
    document["responses"] = json!({"A": {"description": "a", "schema": {"type": "string"}}});
    let used = at(&document, &format!("{OPERATION}/responses/200"));
    assert_eq!(
        used,
        json!({"description": "a", "content": {"text/plain": {"schema": {"type": "string"}}}})
    );
    document["produces"] = json!(["text/plain"]);
    let used = at(&document, &format!("{OPERATION}/responses/200"));
    assert_eq!(used, json!({"$ref": "#/components/responses/A"}));
}

#[test]
fn security_definitions_become_schemes() {
    let mut document = operation(json!({}));
    let scopes = json!({"read": "Reads"});
    let (a, t) = ("https://example.com/a", "https://example.com/t");
    document["securityDefinitions"] = json!({
        "basic": {"type": "basic", "description": "b"},
        "key": {"type": "apiKey", "name": "K", "in": "query"},
        "implicit": {"type": "oauth2", "flow": "implicit", "authorizationUrl": a, "scopes": scopes},
        "password": {"type": "oauth2", "flow": "password", "tokenUrl": t, "scopes": scopes},
        "application": {"type": "oauth2", "flow": "application", "tokenUrl": t, "scopes": scopes},
        "code": {"type": "oauth2", "flow": "accessCode", "authorizationUrl": a, "tokenUrl": t, "scopes": scopes},
        "other": {"type": "oauth2", "flow": "device", "tokenUrl": t},
    });
    let flows = |flows: Value| json!({"type": "oauth2", "flows": flows});
    let expected = json!({
        "basic": {"type": "http", "scheme": "basic", "description": "b"},
        "key": {"type": "apiKey", "name": "K", "in": "query"},
        "implicit": flows(json!({"implicit": {"authorizationUrl": a, "scopes": scopes}})),
        "password": flows(json!({"password": {"tokenUrl": t, "scopes": scopes}})),
        "application": flows(json!({"clientCredentials": {"tokenUrl": t, "scopes": scopes}})),
        "code": flows(json!({"authorizationCode": {"authorizationUrl": a, "tokenUrl": t, "scopes": scopes}})),
        "other": flows(json!({})),
    });
    assert_eq!(at(&document, "/components/securitySchemes"), expected);
    assert_eq!(
        reported(&document),
        ["/securityDefinitions/other/flow: invalid-value: `device` is not a flow of OAuth"]
    );
}
