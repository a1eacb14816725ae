use serde_json::{Value, json};

use super::case::{OPERATION, at, operation, reported};

/// The parameter that one with these members becomes.
fn parameter(members: &Value) -> Value {
    let document = operation(json!({"parameters": [members]}));
    at(&document, &format!("{OPERATION}/parameters/0"))
}

fn collection(location: &str, format: Option<&str>) -> Value {
    let mut parameter =
        json!({"name": "a", "in": location, "type": "array", "items": {"type": "string"}});
    if let Some(format) = format {
        parameter["collectionFormat"] = format.into();
    }
    parameter
}

#[test]
fn keywords_in_a_parameter_become_its_schema() {
    let schema = json!({
        "type": "number", "format": "double", "default": 1, "maximum": 3, "exclusiveMaximum": true, "minimum": 0,
        "exclusiveMinimum": true, "multipleOf": 1, "enum": [1, 2],
    });
    let mut written = json!({"name": "a", "in": "query", "required": true, "description": "b", "allowEmptyValue": true});
    let mut expected = written.clone();
    for (keyword, value) in schema.as_object().unwrap() {
        written[keyword] = value.clone();
    }
    expected["schema"] = schema;
    assert_eq!(parameter(&written), expected);
}

#[test]
fn each_collection_format_has_its_style() {
    let cases = [
        ("query", None, "form", false),
        ("query", Some("csv"), "form", false),
        ("query", Some("multi"), "form", true),
        ("query", Some("ssv"), "spaceDelimited", false),
        ("query", Some("pipes"), "pipeDelimited", false),
        ("path", None, "simple", false),
        ("header", Some("csv"), "simple", false),
        // A header that is sent several times is one with commas.
        ("header", Some("multi"), "simple", false),
        ("path", Some("comma"), "simple", false),
    ];
    for (location, format, style, explode) in cases {
        let found = parameter(&collection(location, format));
        assert_eq!(found["style"], style, "{location} {format:?}");
        assert_eq!(found["explode"], explode, "{location} {format:?}");
        assert_eq!(found["schema"]["type"], "array", "{location} {format:?}");
        assert_eq!(found.get("collectionFormat"), None);
    }
    // Only arrays have a style.
    let text = parameter(&json!({"name": "a", "in": "query", "type": "string"}));
    assert_eq!(text.get("style"), None);
}

#[test]
fn a_collection_without_a_style_is_a_string_that_the_caller_joins() {
    for (location, format, between) in [
        ("query", "tsv", "tabs"),
        ("path", "ssv", "spaces"),
        ("header", "pipes", "pipes"),
    ] {
        let written = collection(location, Some(format));
        let found = parameter(&written);
        assert_eq!(found["schema"], json!({"type": "string"}));
        assert_eq!(found.get("style"), None);
        let message =
            format!("OpenAPI 3 has no style for an array with {between} between its elements here");
        let place = format!("{OPERATION}/parameters/0/collectionFormat");
        assert_eq!(
            reported(&operation(json!({"parameters": [written]}))),
            [format!("{place}: collection-format: {message}")]
        );
    }
}

#[test]
fn an_array_in_an_array_is_an_array_of_strings() {
    let inner = json!({"type": "array", "items": {"type": "integer"}, "collectionFormat": "pipes"});
    let written = json!({"name": "a", "in": "query", "type": "array", "items": inner});
    let found = parameter(&written);
    assert_eq!(found["schema"]["items"], json!({"type": "string"}));
    let place = format!("{OPERATION}/parameters/0/items/collectionFormat: ");
    assert!(reported(&operation(json!({"parameters": [written]})))[0].starts_with(&place));
}

#[test]
fn a_parameter_as_in_openapi_3_stays() {
    let written = json!({"name": "a", "in": "query", "schema": {"type": "integer"}});
    assert_eq!(parameter(&written), written);
}
