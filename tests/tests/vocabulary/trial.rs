//! Tries a keyword: generates a client from documents that differ in its value only, and compares.

use std::collections::BTreeSet;

use releasepack_codegen::{
    Bundle, Document, Pointer, Strictness, generate, lint, package, to_json,
};
use serde_json::{Map, Value};

/// The document, and the values that each keyword has in turn.
pub(crate) struct Fixture {
    document: Value,
    objects: Map<String, Value>,
}

/// What a keyword did.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// Whether the generated code is different for different values.
    pub(crate) is_used: bool,
    /// The codes of the diagnostics at the keyword that a document without it does not have. Changes of normalization are at
    /// the node that has the keyword.
    pub(crate) reported: BTreeSet<&'static str>,
}

impl Fixture {
    /// The fixtures for OpenAPI 3 and for Swagger 2.0.
    pub(crate) fn all() -> [Self; 2] {
        [
            Self::read(include_str!("../../fixtures/vocabulary.yaml")),
            Self::read(include_str!("../../fixtures/vocabulary_swagger.yaml")),
        ]
    }

    fn read(text: &str) -> Self {
        let document = Document::parse("vocabulary.yaml", text.as_bytes());
        let document = document.unwrap_or_else(|faults| panic!("{faults:#?}"));
        let value = document.value();
        Self {
            document: value["document"].clone(),
            objects: value["objects"].as_object().expect("objects").clone(),
        }
    }

    /// How many keywords have values.
    pub(crate) fn count(&self) -> usize {
        let objects = self.objects.values();
        objects
            .filter_map(|it| Some(it["keywords"].as_object()?.len()))
            .sum()
    }

    /// What a keyword does; `None` if the fixture has no values for it.
    pub(crate) fn try_keyword(&self, object: &str, keyword: &str) -> Option<Outcome> {
        let Variation {
            base,
            at,
            place,
            documents,
        } = self.vary(object, keyword)?;
        let before = reports(&base, &at, &place);
        let mut codes = BTreeSet::new();
        let mut clients = BTreeSet::new();
        for document in documents {
            if document != base {
                let after = reports(&document, &at, &place);
                let new = after.difference(&before);
                codes.extend(new.map(|(code, ..)| *code));
            }
            clients.insert(client(&document));
        }
        Some(Outcome {
            is_used: clients.len() > 1,
            reported: codes,
        })
    }

    /// Documents that differ in the value of a keyword only; `None` if the fixture has no values for it.
    pub(crate) fn documents(&self, object: &str, keyword: &str) -> Option<Vec<Value>> {
        Some(self.vary(object, keyword)?.documents)
    }

    fn vary(&self, object: &str, keyword: &str) -> Option<Variation> {
        let shared = self.objects.get(object)?;
        let row = shared["keywords"].get(keyword)?;
        let at = row["at"].as_str().or(shared["at"].as_str());
        let at = Pointer::parse(at.expect("a place")).expect("a pointer");
        let mut base = self.document.clone();
        if let Some(version) = row["version"].as_str() {
            base["openapi"] = version.into();
        }
        for with in [&shared["with"], &row["with"]] {
            for (place, value) in with.as_object().into_iter().flatten() {
                set(&mut base, &Pointer::parse(place).expect("a pointer"), value);
            }
        }
        for name in row["without"].as_array().into_iter().flatten() {
            remove(&mut base, &at.join(name.as_str().expect("a name")));
        }
        let place = at.join(keyword);
        remove(&mut base, &place);
        let values = row["values"].as_array().expect("values").iter();
        let documents = values.map(|value| {
            let mut document = base.clone();
            if !value.is_null() {
                set(&mut document, &place, value);
            }
            document
        });
        Some(Variation {
            documents: documents.collect(),
            base,
            at,
            place,
        })
    }
}

/// Documents that differ in the value of one keyword.
struct Variation {
    /// Without the keyword.
    base: Value,
    /// The object that has the keyword.
    at: Pointer,
    /// The keyword.
    place: Pointer,
    documents: Vec<Value>,
}

fn set(document: &mut Value, place: &Pointer, value: &Value) {
    let parent = place.parent().expect("the root is not changed");
    let last = place.last().expect("the root is not changed");
    match document
        .pointer_mut(parent.as_str())
        .unwrap_or_else(|| panic!("{parent} is there"))
    {
        Value::Array(elements) => {
            elements[last.parse::<usize>().expect("an index")] = value.clone();
        }
        node => node[last] = value.clone(),
    }
}

fn remove(document: &mut Value, place: &Pointer) {
    let parent = place.parent().expect("the root is not removed");
    let last = place.last().expect("the root is not removed");
    let node = document
        .pointer_mut(parent.as_str())
        .and_then(Value::as_object_mut);
    node.unwrap_or_else(|| panic!("{parent} is there"))
        .remove(&last);
}

type Reported = (&'static str, String, String);

/// The diagnostics at a keyword and below it; those of normalization also at the node that has it.
fn reports(document: &Value, node: &Pointer, place: &Pointer) -> BTreeSet<Reported> {
    let below = format!("{place}/");
    let found = lint(document).into_iter().filter(|it| {
        let at = it.pointer.as_str();
        at == place.as_str()
            || at.starts_with(&below)
            || (it.code.name() == "normalization" && at == node.as_str())
    });
    found
        .map(|it| (it.code.name(), it.pointer.as_str().to_owned(), it.message))
        .collect()
}

/// A document as it is read from a file.
pub(crate) fn bundle(document: &Value) -> Bundle {
    let parsed = Document::parse("document.json", to_json(document).as_bytes());
    Bundle::from(parsed.unwrap_or_else(|faults| panic!("{faults:#?}")))
}

/// The code of a crate without its runtime and the digests of the document.
fn client(document: &Value) -> String {
    match generate(&bundle(document), Strictness::Lenient) {
        Ok(generation) => {
            let files = package("client", &generation, &[]).expect("it is a name");
            // The mock responds with the examples; they change nothing that a client sends or reads.
            let files = files
                .iter()
                .filter(|file| !file.path.starts_with("src/mock"));
            let lines = files.flat_map(|file| file.text.lines());
            let lines = lines.filter(|line| !line.starts_with("// Digest"));
            lines.collect::<Vec<_>>().join("\n")
        }
        Err(faults) => format!("{faults:#?}"),
    }
}
