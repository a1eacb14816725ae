use serde_json::{Value, json};

use super::case::{OPERATION, at, operation, reported, with};

fn request_body(members: Value) -> Value {
    at(&operation(members), &format!("{OPERATION}/requestBody"))
}

fn field(name: &str, ty: &str) -> Value {
    json!({"name": name, "in": "formData", "type": ty})
}

#[test]
fn a_body_has_the_media_types_of_consumes() {
    let body = json!({"name": "b", "in": "body", "required": true, "description": "c", "schema": {"type": "integer"}});
    let media_type = json!({"schema": {"type": "integer"}});
    assert_eq!(
        request_body(json!({"parameters": [body]})),
        json!({"required": true, "description": "c", "content": {"application/json": media_type}})
    );
    let consumes = ["text/plain", "application/xml"];
    let several = request_body(json!({"parameters": [body], "consumes": consumes}));
    let expected = json!({"text/plain": media_type, "application/xml": media_type});
    assert_eq!(several["content"], expected);

    let mut shared = operation(json!({"parameters": [body]}));
    shared["consumes"] = json!(["application/vnd.pets+json"]);
    let content = at(&shared, &format!("{OPERATION}/requestBody/content"));
    assert_eq!(content, json!({"application/vnd.pets+json": media_type}));
    // An empty list is as good as none.
    shared["paths"]["/pets"]["post"]["consumes"] = json!([]);
    let content = at(&shared, &format!("{OPERATION}/requestBody/content"));
    assert_eq!(content, json!({"application/json": media_type}));
}

#[test]
fn fields_become_the_properties_of_a_form() {
    let mut required = field("a", "string");
    required["required"] = true.into();
    let days = json!({"name": "days", "in": "formData", "type": "array", "items": {"type": "string"}, "description": "d"});
    let mut stops = days.clone();
    stops["name"] = "stops".into();
    stops["collectionFormat"] = "multi".into();
    let list = json!({"type": "array", "items": {"type": "string"}, "description": "d"});
    let media_type = json!({
        "schema": {
            "type": "object",
            "required": ["a"],
            "properties": {"a": {"type": "string"}, "days": list, "stops": list},
        },
        "encoding": {"days": {"style": "form", "explode": false}},
    });
    let parameters = [required, days, stops];
    let form = "application/x-www-form-urlencoded";
    assert_eq!(
        request_body(json!({"parameters": parameters})),
        json!({"required": true, "content": {form: media_type}})
    );
    let both = [form, "multipart/form-data"];
    assert_eq!(
        request_body(json!({"parameters": parameters, "consumes": both}))["content"],
        json!({form: media_type, "multipart/form-data": media_type})
    );
}

#[test]
fn a_file_is_a_part_whatever_the_document_consumes() {
    let part = json!({"schema": {"type": "object", "properties": {"a": {"type": "string", "format": "binary"}}}});
    for consumes in [
        json!([]),
        json!(["application/json"]),
        json!(["application/x-www-form-urlencoded", "multipart/form-data"]),
        json!(["multipart/form-data"]),
    ] {
        let members = json!({"parameters": [field("a", "file")], "consumes": consumes});
        assert_eq!(
            request_body(members)["content"],
            json!({"multipart/form-data": part}),
            "{consumes}"
        );
    }
    assert_eq!(
        reported(&operation(
            json!({"parameters": [field("a", "file")], "consumes": ["application/json"]})
        )),
        [format!(
            "{OPERATION}/parameters/0: a form cannot be sent as `application/json`: it is sent as `multipart/form-data`"
        )]
    );
}

#[test]
fn an_operation_overrides_the_body_of_its_path() {
    let body = |name: &str, ty: &str| json!({"name": name, "in": "body", "schema": {"type": ty}});
    let operation =
        |parameters: Value| json!({"operationId": "a", "parameters": parameters, "responses": {}});
    let item = json!({
        "parameters": [body("a", "string"), {"name": "x", "in": "query", "type": "string"}],
        "put": operation(json!([])),
        "post": operation(json!([body("b", "integer")])),
    });
    let document = with(json!({"paths": {"/pets": item}}));
    let schema = |method: &str| {
        let place =
            format!("/paths/~1pets/{method}/requestBody/content/application~1json/schema/type");
        at(&document, &place)
    };
    assert_eq!(schema("put"), "string");
    assert_eq!(schema("post"), "integer");
    let left = at(&document, "/paths/~1pets/parameters");
    assert_eq!(
        left,
        json!([{"name": "x", "in": "query", "schema": {"type": "string"}}])
    );

    let fields = json!({
        "parameters": [field("a", "string"), field("b", "string")],
        "post": operation(json!([field("b", "integer")])),
    });
    let document = with(json!({"paths": {"/pets": fields}}));
    let place = "/paths/~1pets/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties";
    let properties = at(&document, place);
    let expected = json!({"a": {"type": "string"}, "b": {"type": "integer"}});
    assert_eq!(properties, expected);
}

#[test]
fn two_bodies_are_rejected() {
    let body = json!({"name": "b", "in": "body", "schema": {"type": "integer"}});
    for second in [
        json!({"name": "c", "in": "body", "schema": {}}),
        field("c", "string"),
    ] {
        let document = operation(json!({"parameters": [body, second]}));
        assert_eq!(
            reported(&document),
            [format!(
                "{OPERATION}/parameters/1: conflicting-members: an operation has one body: a parameter with `in: body`, or a form"
            )]
        );
    }
}

#[test]
fn a_body_with_keywords_in_the_parameter_has_a_schema() {
    let body = json!({"name": "b", "in": "body", "required": true, "type": "array", "items": {"type": "string"}});
    let schema = json!({"type": "array", "items": {"type": "string"}});
    assert_eq!(
        request_body(json!({"parameters": [body]})),
        json!({"required": true, "content": {"application/json": {"schema": schema}}})
    );
}

#[test]
fn members_of_openapi_3_are_read_as_such_and_reported() {
    let document = operation(json!({
        "requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}},
        "parameters": [{"name": "a", "in": "query", "style": "form", "deprecated": true, "type": "string"}],
        "responses": {"200": {"description": "b", "content": {"text/plain": {"schema": {"$ref": "#/definitions/C"}}}}},
    }));
    let mut document = document;
    document["definitions"] = json!({"C": {"type": "string", "nullable": true}});
    let content = at(&document, &format!("{OPERATION}/requestBody/content"));
    assert_eq!(
        content,
        json!({"text/plain": {"schema": {"type": "string"}}})
    );
    let schema = at(
        &document,
        &format!("{OPERATION}/responses/200/content/text~1plain/schema"),
    );
    assert_eq!(schema, json!({"$ref": "#/components/schemas/C"}));
    let what = "read as in OpenAPI 3: Swagger 2.0 does not have this member";
    let mut found = reported(&document);
    found.sort();
    assert_eq!(
        found,
        [
            format!("/definitions/C/nullable: {what}"),
            format!("{OPERATION}/parameters/0/deprecated: {what}"),
            format!("{OPERATION}/parameters/0/style: {what}"),
            format!("{OPERATION}/requestBody: {what}"),
            format!("{OPERATION}/responses/200/content: {what}"),
        ]
    );
}

#[test]
fn an_array_of_files_is_a_part_for_each() {
    let files = json!({"name": "a", "in": "formData", "type": "array", "items": {"type": "file"}, "collectionFormat": "multi"});
    let consumes = json!(["multipart/form-data"]);
    let body = request_body(json!({"parameters": [files], "consumes": consumes}));
    let schema = json!({"type": "array", "items": {"type": "string", "format": "binary"}});
    assert_eq!(
        body["content"]["multipart/form-data"],
        json!({"schema": {"type": "object", "properties": {"a": schema}}})
    );
}
