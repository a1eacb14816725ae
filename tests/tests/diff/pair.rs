//! Pairs of documents in `tests/fixtures/diff`.
//!
//! A pair is one YAML file that says only what the two documents differ in. Its name is the rule that it shows, and behind a dot
//! what is special about it. The folder `equal` has pairs that mean the same, the folder `rust` those that mean the same on the wire.
//!
//! | member | meaning |
//! |---|---|
//! | `about` | what a reader of the pair sees |
//! | `also` | rules that it shows, too |
//! | `base`, `revision`, `both` | the parts of the old document, of the new one, and of both |
//!
//! The parts of a document, all of which may be left out:
//!
//! | part | meaning |
//! |---|---|
//! | `openapi` | the version; 3.0.3 without it |
//! | `path`, `method` | of the operation; `/pets` and `post` without them |
//! | `parameters` | of the operation |
//! | `request`, `response` | the schema of its body, which is required, and of its response 200, both JSON |
//! | `schemas` | components |
//! | `operation`, `document` | merge patches (RFC 7396) of the operation and of the whole document |
//! | `whole` | the document, without all other parts |

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{LazyLock, OnceLock};

use releasepack_codegen::diff::{Diff, Rule, compare};
use releasepack_codegen::{Bundle, Document, to_yaml};
use serde_json::{Map, Value, json};

/// Two documents, and what changed between them.
pub(crate) struct Pair {
    /// The rule and what is special; or `equal/` or `rust/`, and a name.
    pub(crate) name: String,
    pub(crate) about: String,
    /// The rules that it must show, and no others. None if both documents mean the same on the wire.
    pub(crate) shows: BTreeSet<String>,
    pub(crate) base: Bundle,
    pub(crate) revision: Bundle,
    diff: OnceLock<Diff>,
    backwards: OnceLock<Diff>,
}

impl Pair {
    /// All pairs: those that show rules, then those that mean the same on the wire.
    pub(crate) fn all() -> &'static [Self] {
        static ALL: LazyLock<Vec<Pair>> = LazyLock::new(|| {
            let folders = ["", "equal/", "rust/"].into_iter();
            folders.flat_map(Pair::of_folder).collect()
        });
        &ALL
    }

    /// The pairs that mean the same.
    pub(crate) fn equal() -> impl Iterator<Item = &'static Self> {
        Self::all()
            .iter()
            .filter(|pair| pair.name.starts_with("equal/"))
    }

    fn of_folder(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/diff");
        let entries = fs::read_dir(root.join(folder)).expect("a folder of pairs");
        let mut names: Vec<String> = entries
            .filter_map(|entry| {
                let name = entry.expect("a file").file_name().into_string().ok()?;
                Some(format!("{folder}{}", name.strip_suffix(".yaml")?))
            })
            .collect();
        names.sort();
        let pairs = names.into_iter().map(|name| {
            let text = fs::read_to_string(root.join(format!("{name}.yaml"))).expect("a pair");
            Self::read(name, &text)
        });
        pairs.collect()
    }

    fn read(name: String, text: &str) -> Self {
        let document = Document::parse(&name, text.as_bytes());
        let document = document.unwrap_or_else(|faults| panic!("{faults:#?}"));
        let pair = document.value();
        let members: Vec<&str> = pair
            .as_object()
            .expect("members")
            .keys()
            .map(String::as_str)
            .collect();
        let known = ["about", "also", "both", "base", "revision"];
        assert!(
            members.iter().all(|it| known.contains(it)),
            "{name}: {members:?}"
        );
        let also = pair["also"].as_array().into_iter().flatten();
        let also = also.map(|rule| rule.as_str().expect("the name of a rule").to_owned());
        let rule = name.split('.').next().expect("a name");
        let own = Rule::find(rule).map(|rule| rule.id.to_owned());
        assert!(
            own.is_some() != name.contains('/'),
            "there is no rule {rule}"
        );
        Self {
            about: pair["about"].as_str().expect("`about`").to_owned(),
            shows: own.into_iter().chain(also).collect(),
            base: bundle("base.yaml", &pair["both"], &pair["base"]),
            revision: bundle("revision.yaml", &pair["both"], &pair["revision"]),
            diff: OnceLock::new(),
            backwards: OnceLock::new(),
            name,
        }
    }

    pub(crate) fn diff(&self) -> &Diff {
        self.diff
            .get_or_init(|| self.between(&self.base, &self.revision))
    }

    /// The same change backwards.
    pub(crate) fn backwards(&self) -> &Diff {
        self.backwards
            .get_or_init(|| self.between(&self.revision, &self.base))
    }

    fn between(&self, base: &Bundle, revision: &Bundle) -> Diff {
        compare(base, revision).unwrap_or_else(|faults| panic!("{}: {faults:#?}", self.name))
    }
}

/// The rules that found something.
pub(crate) fn reported(diff: &Diff) -> BTreeSet<String> {
    let rules = diff.changes.iter().map(|change| change.rule.id.to_owned());
    rules.collect()
}

fn bundle(name: &str, both: &Value, side: &Value) -> Bundle {
    let mut parts = json!({});
    for more in [both, side] {
        if more.is_object() {
            merge(&mut parts, more);
        }
    }
    let text = to_yaml(&document(&parts));
    let document = Document::parse(name, text.as_bytes());
    Bundle::from(document.unwrap_or_else(|faults| panic!("{faults:#?}\n{text}")))
}

/// The document that has these parts.
fn document(parts: &Value) -> Value {
    if let Some(whole) = parts.get("whole") {
        return whole.clone();
    }
    let json = |schema: &Value| json!({"application/json": {"schema": schema}});
    let mut operation =
        json!({"operationId": "addPet", "responses": {"200": {"description": "done"}}});
    let mut changes = Map::new();
    for (part, value) in parts.as_object().into_iter().flatten() {
        match part.as_str() {
            "openapi" | "path" | "method" | "operation" | "document" => {}
            "parameters" => operation["parameters"] = value.clone(),
            "request" => {
                operation["requestBody"] = json!({"required": true, "content": json(value)});
            }
            "response" => operation["responses"]["200"]["content"] = json(value),
            "schemas" => {
                changes.insert("components".to_owned(), json!({"schemas": value}));
            }
            other => panic!("there is no part `{other}` of a document"),
        }
    }
    patch(&mut operation, parts.get("operation").unwrap_or(&json!({})));
    let text = |part: &str, usual: &str| parts[part].as_str().unwrap_or(usual).to_owned();
    let mut document = json!({
        "openapi": text("openapi", "3.0.3"),
        "info": {"title": "Pets", "version": "1"},
        "paths": {text("path", "/pets"): {text("method", "post"): operation}},
    });
    patch(&mut document, &Value::Object(changes));
    patch(&mut document, parts.get("document").unwrap_or(&json!({})));
    document
}

/// Adds the members of an object to another one, at any depth. Unlike a patch, it keeps `null`.
fn merge(target: &mut Value, more: &Value) {
    match (target.as_object_mut(), more) {
        (Some(target), Value::Object(more)) => {
            for (name, value) in more {
                merge(target.entry(name).or_insert(Value::Null), value);
            }
        }
        _ => *target = more.clone(),
    }
}

/// Applies a JSON merge patch (RFC 7396).
fn patch(target: &mut Value, patch_: &Value) {
    let Some(members) = patch_.as_object() else {
        *target = patch_.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (name, value) in members {
        if value.is_null() {
            target.as_object_mut().expect("an object").remove(name);
        } else {
            patch(&mut target[name], value);
        }
    }
}
