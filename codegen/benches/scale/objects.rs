//! The schemas of one object of a made document: itself and its parts, what a query asks for and finds, and what a bulk
//! request holds and gets.
//!
//! No two objects are quite alike: equal schemas become one type, which would hide what each of them costs. Only what is the
//! same for objects of the vendor is the same here: the operators of a query, the bulk requests, and for every eighth object what
//! queries compare. So about one of ten types is an alias.

use serde_json::{Value, json};

/// Eleven schemas, and one more for every fourth object.
pub(super) fn schemas(name: &str, number: usize) -> Vec<(String, Value)> {
    let mut schemas = vec![
        (name.to_owned(), object(name, number)),
        (format!("{name}Items"), items(name)),
        (format!("{name}Item"), item(name, number)),
        (format!("{name}Settings"), settings(name, number)),
        (format!("{name}QueryConfig"), query_config(name)),
        (format!("{name}Expression"), expression(name)),
        (format!("{name}SimpleExpression"), simple_expression(number)),
        (
            format!("{name}GroupingExpression"),
            grouping_expression(name),
        ),
        (format!("{name}QueryResponse"), query_response(name)),
        (format!("{name}BulkRequest"), bulk_request(name)),
        (format!("{name}BulkResponse"), bulk_response(name)),
    ];
    if has_schedule(number) {
        schemas.push((format!("{name}Schedule"), schedule(name)));
    }
    schemas
}

fn has_schedule(number: usize) -> bool {
    number % 4 == 3
}

fn reference(name: &str, part: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}{part}")})
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

fn array(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

/// An enum whose values are listed in its description, as the vendor does it.
fn choice(about: &str, values: &[&str]) -> Value {
    let lines: Vec<String> = values
        .iter()
        .map(|value| format!("- {value} — *{}*", value.to_lowercase().replace('_', " ")))
        .collect();
    let description = format!("{about} Possible values:\n\n{}\n", lines.join("\n"));
    json!({"type": "string", "enum": values, "description": description, "example": values[0]})
}

/// The first of eleven words, and those of the others that the number stands for. Objects with other numbers get others, up
/// to 1,024.
fn pick(words: &'static str, number: usize) -> Vec<&'static str> {
    // Odd, so that it maps no two numbers to one; large, so that neighbours have little in common.
    let bits = number * 397 % 1_024;
    let chosen = |index: usize| index == 0 || bits >> (index - 1) & 1 == 1;
    let words = words.split(' ').enumerate();
    words
        .filter_map(|(index, word)| chosen(index).then_some(word))
        .collect()
}

fn object(name: &str, number: usize) -> Value {
    const MORE: &str = "externalReference folderName lastModifiedBy hostName purgeReason requestId ownerEmail classification lastError region costCentre";
    const STATES: &str =
        "ACTIVE INACTIVE IN_PROGRESS SCHEDULED DELETED ERROR ON_HOLD READY STARTED STOPPED UNKNOWN";
    let mut properties = json!({
        "@type": text("The name of the object, as in JSON responses."),
        "id": text(&format!("The ID of the {name}.\n\nThe system gives it.")),
        "name": {"type": "string", "description": "A name for people.", "maxLength": 255, "example": format!("Testing {name}")},
        "status": choice(&format!("How far the {name} is."), &pick(STATES, number)),
        "createdDate": {"type": "string", "format": "date-time", "description": "When it was made.", "readOnly": true},
        "version": {"type": "integer", "format": "int32", "description": "How often it was changed."},
        "deleted": {"type": "boolean", "description": "Whether it is out of use.", "default": false},
        "tags": array(&text("A word for searches.")),
        "settings": reference(name, "Settings"),
        "items": reference(name, "Items"),
    });
    for more in pick(MORE, number) {
        properties[more] = text(&format!(
            "The `{more}` of the {name}.\n\nRequired if `status` is `ACTIVE`."
        ));
    }
    if has_schedule(number) {
        properties["schedule"] = reference(name, "Schedule");
    }
    json!({
        "type": "object",
        "description": format!("The data of a {name}."),
        "required": ["name"],
        "properties": properties,
    })
}

fn items(name: &str) -> Value {
    json!({
        "type": "object",
        "description": format!("The items of a {name}."),
        "required": ["Item"],
        "properties": {"Item": array(&reference(name, "Item"))},
    })
}

fn item(name: &str, number: usize) -> Value {
    const KINDS: &str =
        "PROCESS CONNECTOR PROFILE MAP SCRIPT CERTIFICATE QUEUE FLOW RULE ROUTE FUNCTION";
    json!({
        "type": "object",
        "description": format!("One of the items of a {name}."),
        "properties": {
            "componentId": text("The ID of the component."),
            "kind": choice("What the component is.", &pick(KINDS, number)),
            "size": {"type": "integer", "format": "int64", "minimum": 0},
            "share": {"type": "number", "format": "double"},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    })
}

fn settings(name: &str, number: usize) -> Value {
    const UNITS: &str =
        "SECONDS MINUTES HOURS DAYS WEEKS MONTHS YEARS RUNS DOCUMENTS BYTES MESSAGES";
    json!({
        "type": "object",
        "description": format!("How a {name} behaves."),
        "properties": {
            "enabled": {"type": "boolean", "description": "Whether it is in use."},
            "limits": {
                "type": "object",
                "description": "How much of it there may be.",
                "properties": {
                    "maximum": {"type": "integer", "format": "int32", "default": 10},
                    "unit": choice("What is counted.", &pick(UNITS, number)),
                },
            },
            "note": {"type": "string", "nullable": true},
        },
    })
}

fn query_config(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["QueryFilter"],
        "properties": {
            "QueryFilter": {
                "type": "object",
                "required": ["expression"],
                "properties": {"expression": reference(name, "Expression")},
            },
        },
    })
}

fn expression(name: &str) -> Value {
    json!({"oneOf": [reference(name, "SimpleExpression"), reference(name, "GroupingExpression")]})
}

fn simple_expression(number: usize) -> Value {
    const PROPERTIES: &str = "id name status createdDate version deleted externalReference folderName hostName requestId region";
    let properties = match number % 8 {
        7 => vec!["id", "name", "status"],
        _ => pick(PROPERTIES, number),
    };
    json!({
        "type": "object",
        "required": ["operator", "property"],
        "properties": {
            "argument": array(&json!({"type": "string"})),
            "operator": choice("How the property and the argument are compared.", &["EQUALS", "LIKE", "NOT_EQUALS", "IS_NULL", "BETWEEN", "GREATER_THAN"]),
            "property": choice("What is compared.", &properties),
        },
    })
}

fn grouping_expression(name: &str) -> Value {
    json!({
        "type": "object",
        "required": ["operator", "nestedExpression"],
        "properties": {
            "nestedExpression": array(&reference(name, "Expression")),
            "operator": choice("How the parts are joined.", &["and", "or"]),
        },
    })
}

fn query_response(name: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "@type": text("The name of the object, as in JSON responses."),
            "numberOfResults": {"type": "integer", "format": "int32"},
            "queryToken": text("Asks for the next page; there is none on the last."),
            "result": array(&reference(name, "")),
        },
    })
}

fn bulk_request(name: &str) -> Value {
    json!({
        "type": "object",
        "description": format!("Many {name} objects at once."),
        "properties": {
            "type": choice("What is done with them.", &["GET", "DELETE", "UPDATE"]),
            "request": array(&reference("BulkId", "")),
        },
    })
}

fn bulk_response(name: &str) -> Value {
    json!({
        "type": "object",
        "properties": {
            "response": array(&json!({
                "type": "object",
                "properties": {
                    "Result": reference(name, ""),
                    "index": {"type": "integer", "format": "int32"},
                    "id": text("The ID that was asked for."),
                    "statusCode": {"type": "integer", "format": "int32"},
                    "errorMessage": text("Why there is no result."),
                },
            })),
        },
    })
}

fn schedule(name: &str) -> Value {
    json!({
        "type": "object",
        "description": format!("When a {name} runs."),
        "required": ["days"],
        "properties": {
            "days": array(&choice("A day of the week.", &["MONDAY", "WEDNESDAY", "FRIDAY"])),
            "from": {"type": "string", "format": "date", "description": "Date format: yyyy-MM-dd."},
            "minutes": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 59},
        },
    })
}
