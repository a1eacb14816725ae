//! Every fixture keeps its names: when it is generated again, when its parts change places, and when it grows.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Bundle, Document, Strictness, generate, generate_with_names};
use serde_json::{Map, Value, json};

use super::{changed, first, later, lost, written};

/// The fixtures of one file from which something can be generated.
fn corpus() -> Vec<(PathBuf, Bundle)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut found = Vec::new();
    for folder in ["generate", "normalize", "vendors", "slice"] {
        for entry in fs::read_dir(fixtures.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if !matches!(
                path.extension().and_then(|it| it.to_str()),
                Some("yaml" | "json")
            ) {
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let document = Document::parse(name, &fs::read(&path).unwrap()).unwrap();
            let bundle = Bundle::from(document);
            if generate(&bundle, Strictness::Lenient).is_ok() {
                found.push((path, bundle));
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert!(found.len() > 50, "{}", found.len());
    found
}

#[test]
fn a_second_run_changes_nothing() {
    for (path, bundle) in corpus() {
        let one = first(&bundle);
        let other = later(&bundle, &written(&one));
        assert_eq!(
            one.names.to_string(),
            other.names.to_string(),
            "{}",
            path.display()
        );
        assert_eq!(one.files, other.files, "{}", path.display());
        assert_eq!(one.warnings, other.warnings, "{}", path.display());
    }
}

/// What it does, and the change.
type Growth = (&'static str, fn(&mut Value));

/// Changes of a document that add something everywhere, in front of everything else.
const GROWTHS: &[Growth] = &[
    ("schemas change places", |document| {
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
            *schemas = std::mem::take(schemas).into_iter().rev().collect();
        }
    }),
    ("paths change places", |document| {
        if let Some(Value::Object(paths)) = document.get_mut("paths") {
            *paths = std::mem::take(paths).into_iter().rev().collect();
        }
    }),
    ("an operation with all properties as enums", |document| {
        let mut names = Vec::new();
        each_properties(document, &mut |properties| {
            names.extend(properties.keys().cloned());
        });
        let enums = names
            .into_iter()
            .map(|name| (name, json!({"type": "string", "enum": ["N1", "N2"]})));
        let schema = json!({"type": "object", "properties": enums.collect::<Map<_, _>>()});
        let content = json!({"application/json": {"schema": schema}});
        let response = json!({"200": {"description": "New.", "content": content}});
        prepend(
            document,
            "/paths",
            "/new-things",
            json!({"get": {"operationId": "newThings", "responses": response}}),
        );
    }),
    ("a value that is spelled almost like each", more_values),
    ("a header with the name of each parameter", more_parameters),
    ("a property that is spelled almost like each", |document| {
        each_properties(document, &mut |properties| {
            let more: Vec<String> = properties.keys().map(|name| format!("{name}.")).collect();
            let old = std::mem::take(properties);
            properties.extend(
                more.into_iter()
                    .map(|name| (name, json!({"type": "boolean"}))),
            );
            properties.extend(old);
        });
    }),
];

/// Adds to each enum of several strings a value that is spelled almost like each.
fn more_values(node: &mut Value) {
    match node {
        Value::Object(members) => {
            if let Some(Value::Array(values)) = members.get_mut("enum")
                && values.len() > 1
                && values.iter().all(Value::is_string)
            {
                let more = values.iter().filter_map(Value::as_str);
                let more: Vec<Value> = more.map(|it| format!("{it}.").into()).collect();
                values.splice(0..0, more);
            }
            members.values_mut().for_each(more_values);
        }
        Value::Array(elements) => elements.iter_mut().for_each(more_values),
        _ => {}
    }
}

/// Adds to each operation a header with the name of each of its parameters.
fn more_parameters(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    let operations = items
        .filter_map(Value::as_object_mut)
        .flat_map(|item| item.values_mut());
    for operation in operations {
        let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
            continue;
        };
        let is_header =
            |it: &Value| it["in"] == "header" || it["in"] == "formData" || it["in"] == "body";
        if parameters.iter().any(is_header) {
            continue;
        }
        let names = parameters.iter().filter_map(|it| it.get("name")?.as_str());
        let is_header = |name: &&str| {
            name.bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'_')
        };
        let names = names.filter(is_header);
        let more =
            names.map(|name| json!({"name": name, "in": "header", "schema": {"type": "boolean"}}));
        let more: Vec<Value> = more.collect();
        parameters.splice(0..0, more);
    }
}

/// Adds a member in front of an object.
fn prepend(document: &mut Value, place: &str, name: &str, value: Value) {
    if let Some(Value::Object(members)) = document.pointer_mut(place) {
        let old = std::mem::take(members);
        members.insert(name.to_owned(), value);
        members.extend(old);
    }
}

/// Calls `change` for the properties of each component that is a plain object, and of the objects in its properties.
fn each_properties(document: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    fn visit(schema: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
        let is_plain = [
            "allOf",
            "oneOf",
            "anyOf",
            "discriminator",
            "$ref",
            "enum",
            "maxProperties",
        ]
        .iter()
        .all(|keyword| schema.get(keyword).is_none())
            && schema.get("type") == Some(&json!("object"));
        if let (true, Some(Value::Object(properties))) = (is_plain, schema.get_mut("properties")) {
            properties
                .values_mut()
                .for_each(|schema| visit(schema, change));
            change(properties);
        }
    }
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        schemas
            .values_mut()
            .for_each(|schema| visit(schema, change));
    }
}

#[test]
fn documents_that_grow_keep_all_their_names() {
    let mut checked = 0;
    for (path, bundle) in corpus() {
        let old = first(&bundle);
        let names = written(&old);
        for (growth, change) in GROWTHS {
            let grown = changed(&bundle, change);
            let Ok(new) = generate_with_names(&grown, &names, Strictness::Lenient, &mut |_| {})
            else {
                continue;
            };
            let mut missing = lost(&old, &new);
            // Two types that are equal part if only one of them grows.
            missing.retain(|line| !line.starts_with("type types::"));
            assert!(
                missing.is_empty(),
                "{}, {growth}\n{missing:#?}",
                path.display()
            );
            checked += 1;
        }
    }
    assert!(checked > 200, "{checked}");
}
