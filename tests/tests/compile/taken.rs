//! Documents whose every name is one that Rust, its prelude, its traits or the client already use. Neither the compiler nor Clippy may
//! take what is generated for something else.

use releasepack_codegen::{Bundle, Document, Strictness, generate};
use serde_json::{Map, Value, json};

use super::corpus::Fixture;

/// Keywords, names of the prelude, methods that Clippy expects of traits, and names that generated code uses.
const NAMES: &[&str] = &[
    "abstract",
    "add",
    "alloc",
    "any",
    "as",
    "as_bytes",
    "as_mut",
    "as_ref",
    "as_str",
    "async",
    "await",
    "binary",
    "bitand",
    "bitor",
    "bitxor",
    "body",
    "bool",
    "borrow",
    "borrow_mut",
    "box",
    "bytes",
    "cell",
    "client",
    "clone",
    "clone_from",
    "clone_into",
    "cmp",
    "copy",
    "core",
    "crate",
    "date",
    "date_time",
    "debug",
    "decode",
    "default",
    "deref",
    "deref_mut",
    "deserialize",
    "display",
    "div",
    "drop",
    "dyn",
    "empty",
    "eq",
    "err",
    "error",
    "events",
    "f64",
    "finish",
    "fmt",
    "fn",
    "form",
    "from",
    "from_iter",
    "from_str",
    "gen",
    "get",
    "get_error",
    "get_response",
    "hash",
    "i64",
    "impl",
    "index",
    "index_mut",
    "integer",
    "into",
    "into_iter",
    "is_empty",
    "item",
    "items",
    "iter",
    "iter_mut",
    "iterator",
    "json",
    "len",
    "list",
    "loop",
    "macro",
    "map",
    "match",
    "method",
    "mod",
    "move",
    "mul",
    "ne",
    "neg",
    "new",
    "next",
    "node",
    "none",
    "not",
    "number",
    "ok",
    "operation",
    "operations",
    "option",
    "ord",
    "partial_cmp",
    "path",
    "query",
    "read",
    "record",
    "ref",
    "rem",
    "reply",
    "request",
    "response",
    "result",
    "runtime",
    "self",
    "Self",
    "send",
    "serde",
    "serialize",
    "service",
    "shl",
    "shr",
    "size_hint",
    "sized",
    "some",
    "static",
    "std",
    "str",
    "string",
    "struct",
    "sub",
    "super",
    "support",
    "sync",
    "text",
    "to_owned",
    "to_string",
    "to_vec",
    "trait",
    "transparent",
    "try",
    "try_from",
    "try_into",
    "type",
    "type_id",
    "types",
    "u8",
    "union",
    "unknown",
    "unsafe",
    "use",
    "uuid",
    "value",
    "vec",
    "view",
    "where",
    "write",
    "yield",
];

/// The kinds of schemas that become types.
const KINDS: [&str; 4] = ["objects", "enums", "unions", "aliases"];

pub(crate) fn fixtures() -> Vec<Fixture> {
    KINDS.iter().map(|kind| fixture(kind)).collect()
}

fn fixture(kind: &str) -> Fixture {
    let text = document(kind).to_string();
    let document = Document::parse("taken.json", text.as_bytes()).expect("it is JSON");
    let bundle = Bundle::from(document);
    let generation = generate(&bundle, Strictness::Strict);
    Fixture {
        ident: format!("taken_{kind}"),
        bundle,
        strictness: Strictness::Strict,
        generation: generation.unwrap_or_else(|faults| panic!("{faults:#?}")),
    }
}

fn document(kind: &str) -> Value {
    let mut schemas: Map<String, Value> = NAMES
        .iter()
        .map(|name| ((*name).to_owned(), schema(kind, name)))
        .collect();
    schemas.insert("all optional".to_owned(), object(false));
    schemas.insert("all required".to_owned(), object(true));
    schemas.insert(
        "all values".to_owned(),
        json!({"type": "string", "enum": NAMES}),
    );
    let paths: Map<String, Value> = NAMES.iter().map(|name| path(name)).collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Taken names", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// A schema of one kind. Its members have its own name.
fn schema(kind: &str, name: &str) -> Value {
    match kind {
        "objects" => json!({
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}, name: {"type": "string", "nullable": true}},
        }),
        "enums" => json!({"type": "string", "enum": [name, "new", "default"]}),
        "unions" => {
            json!({"oneOf": [{"title": name, "type": "integer"}, {"title": "new", "type": "string"}]})
        }
        _ => json!({"type": "array", "items": {"type": "string"}}),
    }
}

/// An object with a member of each name, which differs in type and in whether it may be `null`.
fn object(is_required: bool) -> Value {
    let properties = NAMES.iter().enumerate().map(|(index, name)| {
        let member = match index % 3 {
            0 => json!({"type": "string"}),
            1 => json!({"type": "string", "nullable": true}),
            _ => json!({"type": "integer"}),
        };
        ((*name).to_owned(), member)
    });
    let properties: Map<String, Value> = properties.collect();
    let required = if is_required { NAMES } else { &[] };
    json!({"type": "object", "required": required, "properties": properties})
}

/// A path with operations of this name and tag: one that takes nothing, one that takes a value of this name, and one that may be
/// given all.
fn path(name: &str) -> (String, Value) {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let content = |name: &str| json!({"application/json": {"schema": reference(name)}});
    let optional = NAMES
        .iter()
        .map(|name| json!({"name": name, "in": "query", "schema": {"type": "string"}}));
    let optional: Vec<Value> = optional.collect();
    // The members of one operation are enough.
    let optional = if name == "new" { optional } else { Vec::new() };
    let item = json!({
        "get": {
            "operationId": name,
            "tags": [name],
            "responses": {
                "200": {"description": "It.", "content": content(name)},
                "202": {"description": "All.", "content": content("all optional")},
                "404": {"description": "None.", "content": content("all required")},
            },
        },
        "post": {
            "operationId": format!("{name} of"),
            "tags": [name],
            "parameters": [{"name": name, "in": "header", "required": true, "schema": {"type": "integer"}}],
            "requestBody": {"required": true, "content": content(name)},
            "responses": {"200": {"description": "It.", "content": content("all values")}},
        },
        "patch": {
            "operationId": format!("{name} from"),
            "parameters": optional,
            "requestBody": {"content": content(if name == "new" { "all required" } else { name })},
            "responses": {"204": {"description": "Done."}},
        },
    });
    (format!("/{name}/{}", name.len()), item)
}
