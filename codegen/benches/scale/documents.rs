//! Makes documents of any size in the manner of the vendor's reference: objects with the operations create, get, update,
//! query and bulk, in JSON and XML, with the corrections of `spec/overlay.yaml` in them. No vendor publishes 3,000
//! operations, but cost shows how it grows only when there are that many.
//!
//! The same number of operations gives the same text on every machine. `tests/tests/scale.rs` reads this file too.

#[path = "objects.rs"]
mod objects;

use serde_json::{Map, Value, json};

/// Create, get, update, query and bulk.
const OPERATIONS_OF_AN_OBJECT: usize = 5;

/// A document, as it would be published.
#[derive(Debug)]
pub(crate) struct Published {
    /// JSON, indented as vendors have it.
    pub(crate) text: String,
    /// How many operations it has.
    pub(crate) operations: usize,
    /// The number of schemas in its components: about 2.25 for each operation.
    pub(crate) schemas: usize,
}

/// A document with this number of operations, rounded up to a multiple of five.
pub(crate) fn publish(operations: usize) -> Published {
    let objects = operations.div_ceil(OPERATIONS_OF_AN_OBJECT);
    let mut tags = Vec::with_capacity(objects);
    let mut paths = Map::new();
    let mut schemas = shared_schemas();
    for number in 0..objects {
        let name = object_name(number);
        tags.push(json!({"name": name, "description": about_object(&name)}));
        paths.extend(operations_of(&name));
        schemas.extend(objects::schemas(&name, number));
    }
    let count = schemas.len();
    let document = json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Platform API Reference",
            "version": "1.0.0",
            "description": "Manages an account of the platform and everything that runs in it. Each kind of thing is an object with its own operations.\n\n**Formats.** Every body is JSON or XML.",
        },
        "servers": [{
            "url": "https://api.example.com/api/rest/v1/{accountId}",
            "variables": {"accountId": {"default": "account-id", "description": "The ID of the account."}},
        }],
        "security": [{"basicAuth": []}],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "Forbidden": failure("The user is not permitted to do this. The user may lack a privilege."),
                "Gone": failure("The object is retired, or the runtime that it needs is offline."),
                "ServiceUnavailable": failure("The platform is busy. Try again later."),
            },
            "securitySchemes": {"basicAuth": {"type": "http", "scheme": "basic"}},
        },
    });
    Published {
        text: format!("{document:#}\n"),
        operations: objects * OPERATIONS_OF_AN_OBJECT,
        schemas: count,
    }
}

/// A name that no other object has. The initials are as unevenly spread as those of the vendor's objects.
fn object_name(number: usize) -> String {
    const KINDS: &str = "Account Atom Audit Branch Certificate Cloud Component Connector Customer \
        Deployment Environment Event Execution Folder Integration License Listener Map \
        Node Organization Process Queue Role Runtime Schedule";
    const PARTS: &str = "Attachment Batch Category Connection Counter Document Extension Filter Group \
        History Key Log Member Metric Notification Option Package Property Quota Record \
        Setting Status Subscription Template Usage";
    let kinds: Vec<&str> = KINDS.split(' ').collect();
    let parts: Vec<&str> = PARTS.split(' ').collect();
    let kind = kinds[number % kinds.len()];
    let part = parts[number / kinds.len() % parts.len()];
    match number / (kinds.len() * parts.len()) {
        0 => format!("{kind}{part}"),
        round => format!("{kind}{part}V{}", round + 1),
    }
}

fn about_object(name: &str) -> String {
    format!(
        "The {name} object is one of the things that an account has.\n\n\
         - The Create operation makes one.\n- The Query operation finds those that *match* a filter.\n\n\
         **Required privileges**\n\n- API {name}\n- See the [reference](https://developer.example.com/{name}).\n"
    )
}

/// The path items of an object.
fn operations_of(name: &str) -> [(String, Value); 4] {
    let own = name.to_owned();
    let id = json!([{
        "name": "id",
        "in": "path",
        "description": format!("The ID of the {name}."),
        "required": true,
        "schema": {"type": "string"},
    }]);
    let with_id = |mut operation: Value| {
        operation["parameters"] = id.clone();
        operation
    };
    let sent = Some(own.as_str());
    let (config, found) = (format!("{name}QueryConfig"), format!("{name}QueryResponse"));
    let (request, response) = (format!("{name}BulkRequest"), format!("{name}BulkResponse"));
    [
        (
            format!("/{name}"),
            json!({"post": operation("Create", name, sent, &own)}),
        ),
        (
            format!("/{name}/{{id}}"),
            json!({
                "get": with_id(operation("Get", name, None, &own)),
                "post": with_id(operation("Update", name, sent, &own)),
            }),
        ),
        (
            format!("/{name}/query"),
            json!({"post": operation("Query", name, Some(&config), &found)}),
        ),
        (
            format!("/{name}/bulk"),
            json!({"post": operation("Bulk", name, Some(&request), &response)}),
        ),
    ]
}

fn operation(verb: &str, name: &str, sent: Option<&str>, received: &str) -> Value {
    let mut operation = json!({
        "tags": [name],
        "summary": format!("Does the {verb} operation of a {name} object"),
        "description": format!(
            "The {verb} operation of `{name}`.\n\nTo follow it:\n\n1. Send the request.\n\
             2. Repeat it until the status code is 200.\n\n**Note:** Some accounts see fewer objects.\n"
        ),
        "operationId": format!("{verb}{name}"),
        "responses": {
            "200": {"description": format!("The {name} object."), "content": content(received, name)},
            "403": {"$ref": "#/components/responses/Forbidden"},
            "410": {"$ref": "#/components/responses/Gone"},
            "503": {"$ref": "#/components/responses/ServiceUnavailable"},
            "default": failure("Any other error, among them:\n\n- 400 — the request is not well formed\n- 401 — the credentials are wrong\n"),
        },
    });
    if let Some(sent) = sent {
        operation["requestBody"] = json!({"content": content(sent, name)});
    }
    operation
}

/// A schema in both media types, with an example where it is JSON.
fn content(schema: &str, name: &str) -> Value {
    let schema = json!({"$ref": format!("#/components/schemas/{schema}")});
    json!({
        "application/json": {
            "schema": schema,
            "example": {"@type": name, "id": "f0f7face-3a9d-48b1-8a32-82b84499cd4e", "name": "Testing"},
        },
        "application/xml": {"schema": schema},
    })
}

fn failure(description: &str) -> Value {
    let schema = json!({"$ref": "#/components/schemas/ErrorMessage"});
    let example = json!({"@type": "Error", "message": "This action is not permitted."});
    json!({
        "description": description,
        "content": {
            "application/json": {"schema": schema, "example": example},
            "application/xml": {"schema": schema},
        },
    })
}

/// What all objects refer to.
fn shared_schemas() -> Map<String, Value> {
    let text = |description: &str| json!({"type": "string", "description": description});
    let shared = [
        (
            "BulkId",
            json!({"type": "object", "properties": {"id": text("The ID of one object.")}}),
        ),
        (
            "ErrorDetail",
            json!({"type": "object", "properties": {"message": text("The message for the user.")}}),
        ),
        (
            "ErrorMessage",
            json!({
                "type": "object",
                "description": "The error message for a request that failed.",
                "properties": {
                    "message": text("The message for the user."),
                    "error": {"$ref": "#/components/schemas/ErrorDetail"},
                },
            }),
        ),
    ];
    let shared = shared.into_iter();
    shared.map(|(name, it)| (name.to_owned(), it)).collect()
}
