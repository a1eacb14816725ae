//! The groups of the suite: those that a component schema of OpenAPI 3.1 can hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// A schema with values.
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) schema: Value,
    /// The values that are valid.
    pub(crate) valid: Vec<Value>,
}

/// The groups of the suite.
pub(crate) struct Groups {
    pub(crate) groups: Vec<Group>,
    /// Why other groups are left out, and how many.
    pub(crate) left_out: Vec<(&'static str, usize)>,
}

/// Reads the groups.
pub(crate) fn read(from: &Path) -> Result<Groups, String> {
    let root = from.join("tests/draft2020-12");
    let mut groups = Vec::new();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for path in files(&root)? {
        let failed = |fault: &dyn std::fmt::Display| format!("{}: {fault}", path.display());
        let bytes = fs::read(&path).map_err(|fault| failed(&fault))?;
        let all: Vec<Value> = serde_json::from_slice(&bytes).map_err(|fault| failed(&fault))?;
        let file = path.strip_prefix(&root).unwrap_or(&path).display();
        for group in all {
            if let Some(why) = obstacle(&group["schema"]) {
                *left_out.entry(why).or_default() += 1;
                continue;
            }
            let description = group["description"].as_str().unwrap_or_default().trim();
            let mut name = format!("{file}: {description}");
            while !names.insert(name.clone()) {
                name += " (again)";
            }
            let tests = group["tests"].as_array().into_iter().flatten();
            let valid = tests.filter(|test| test["valid"] == true);
            groups.push(Group {
                name,
                schema: group["schema"].clone(),
                valid: valid.map(|test| test["data"].clone()).collect(),
            });
        }
    }
    Ok(Groups {
        groups,
        left_out: left_out.into_iter().collect(),
    })
}

/// The files in a folder, at any depth, in a fixed order.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |fault| {
        let folder = folder.display();
        format!("{folder}: {fault}; `--from` is the root of the suite's repository")
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Why a component of a document cannot hold a schema.
fn obstacle(schema: &Value) -> Option<&'static str> {
    let mut ids = BTreeSet::new();
    walk(schema, &mut |schema| ids.extend(text(schema, "$id")));
    let is_inside = |reference: &str| {
        let resource = reference.split('#').next().unwrap_or_default();
        let ends = |id: &&str| *id == resource || id.ends_with(&format!("/{resource}"));
        resource.is_empty() || ids.iter().any(ends)
    };
    let mut found = None;
    walk(schema, &mut |schema| {
        let dialect = text(schema, "$schema");
        if text(schema, "$dynamicRef").is_some() || text(schema, "$dynamicAnchor").is_some() {
            found = Some("their references depend on the schemas that lead to them");
        } else if dialect.is_some_and(|it| !it.contains("/draft/2020-12/schema")) {
            found = Some("they have a dialect of their own");
        } else if text(schema, "$ref").is_some_and(|it| !is_inside(it)) {
            found = found.or(Some("they refer to other documents"));
        }
    });
    found
}

fn text<'v>(schema: &'v Value, keyword: &str) -> Option<&'v str> {
    schema.get(keyword).and_then(Value::as_str)
}

/// Makes references to the root of a schema references to where the schema is now. A schema with an identifier is a root itself.
pub(crate) fn move_references(schema: &mut Value, to: &str) {
    match schema {
        Value::Object(members) if members.get("$id").is_some_and(Value::is_string) => {}
        Value::Object(members) => {
            for (keyword, value) in members {
                match value {
                    Value::String(reference) if keyword == "$ref" => {
                        if let Some(rest) = reference.strip_prefix('#')
                            && (rest.is_empty() || rest.starts_with('/'))
                        {
                            *reference = format!("{to}{rest}");
                        }
                    }
                    value if !is_data(keyword, value) => move_references(value, to),
                    _ => {}
                }
            }
        }
        Value::Array(schemas) => {
            for schema in schemas {
                move_references(schema, to);
            }
        }
        _ => {}
    }
}

/// Calls `visit` with each object that may be a schema.
fn walk<'v>(schema: &'v Value, visit: &mut dyn FnMut(&'v Value)) {
    match schema {
        Value::Object(members) => {
            visit(schema);
            for (keyword, value) in members {
                if !is_data(keyword, value) {
                    walk(value, visit);
                }
            }
        }
        Value::Array(schemas) => {
            for schema in schemas {
                walk(schema, visit);
            }
        }
        _ => {}
    }
}

/// Whether a member of a schema holds values. A property of that name has a schema, which looks like one.
fn is_data(keyword: &str, value: &Value) -> bool {
    match keyword {
        "enum" => value.is_array(),
        "const" | "default" | "examples" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_to_the_root_follow_the_schema_to_its_place() {
        let mut schema = json!({
            "properties": {"$ref": {"$ref": "#/$defs/a"}, "const": {"$ref": "#"}},
            "enum": [{"$ref": "#/$defs/a"}],
            "const": {"$ref": "#"},
            "allOf": [{"$ref": "#anchor"}, {"$id": "b", "$ref": "#/$defs/a"}],
        });
        // A member of `properties` with the name of a keyword is taken for the keyword: then its reference stays.
        move_references(&mut schema, "#/to");
        assert_eq!(
            schema,
            json!({
                "properties": {"$ref": {"$ref": "#/to/$defs/a"}, "const": {"$ref": "#"}},
                "enum": [{"$ref": "#/$defs/a"}],
                "const": {"$ref": "#"},
                "allOf": [{"$ref": "#anchor"}, {"$id": "b", "$ref": "#/$defs/a"}],
            })
        );
    }

    #[test]
    fn schemas_that_a_component_cannot_hold_are_left_out() {
        for schema in [
            json!({"$dynamicRef": "#it"}),
            json!({"$ref": "http://localhost:1234/it.json"}),
            json!({"$id": "http://localhost:1234/one", "$ref": "other"}),
            json!({"properties": {"a": {"$schema": "http://localhost:1234/dialect"}}}),
        ] {
            assert!(obstacle(&schema).is_some(), "{schema}");
        }
        for schema in [
            json!(true),
            json!({"$ref": "#/$defs/a", "const": {"$ref": "http://elsewhere"}}),
            json!({"$id": "http://localhost:1234/one", "$ref": "one#/$defs/a"}),
        ] {
            assert_eq!(obstacle(&schema), None, "{schema}");
        }
    }
}
