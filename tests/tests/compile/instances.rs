//! Values that are valid for the components of a document, made from their schemas: with the required members only, with all
//! members, with each optional member alone, with each value of an enumeration, with `null` where it is allowed, and with a member
//! that no schema knows.

use std::collections::{BTreeMap, HashMap};

use releasepack_codegen::{Code, Pointer, TypeOrigin, lint, type_origins};
use serde_json::{Map, Value, json};

use super::corpus::Fixture;
use super::members;
use super::sample::Sampler;

/// A component and values that its type must keep.
pub(crate) struct Component {
    pub(crate) place: Pointer,
    /// The type, relative to the parent of the module `types`.
    pub(crate) rust: String,
    pub(crate) instances: Vec<Instance>,
}

pub(crate) struct Instance {
    /// What it shows, e.g. `with name`.
    pub(crate) about: String,
    pub(crate) value: Value,
    /// Members of the value that no schema declares.
    pub(crate) unknown: Vec<Pointer>,
}

/// The components that have a type, and how many values are not tried because they do not fit the schema after all: the maker of
/// values does not know patterns, for example.
pub(crate) fn find(fixture: &Fixture) -> (Vec<Component>, usize) {
    let document = fixture.bundle.value();
    let origins = type_origins(&fixture.bundle, fixture.strictness).expect("it was generated from");
    let types: HashMap<Pointer, String> = origins
        .into_iter()
        .map(|TypeOrigin { schema, rust }| (schema, rust))
        .collect();
    let schemas = Pointer::root().join("components").join("schemas");
    let components = schemas.get(document).and_then(Value::as_object);
    let sampler = Sampler::new(document);
    let made: BTreeMap<&String, Vec<(String, Value)>> = components
        .into_iter()
        .flatten()
        .filter(|(name, _)| types.contains_key(&schemas.join(name)))
        .map(|(name, schema)| (name, sampler.instances(schema)))
        .collect();

    let unfit = unfit(document, &made);
    let mut count = 0;
    let components = made.into_iter().map(|(name, instances)| {
        let place = schemas.join(name);
        let mut fitting = Vec::new();
        for (index, (about, value)) in instances.into_iter().enumerate() {
            let at = place.join("examples").index(index);
            if unfit.iter().any(|unfit| unfit.below(&at).is_some()) {
                count += 1;
                continue;
            }
            fitting.push(Instance {
                about,
                unknown: members::unknown(document, &place, &value),
                value,
            });
        }
        Component {
            rust: types[&place].clone(),
            place,
            instances: fitting,
        }
    });
    let components = components.collect();
    (components, count)
}

/// The places of values that are not valid for their schemas, by the judgement of `lint`: the values are put into a copy of the
/// document as examples.
fn unfit(document: &Value, made: &BTreeMap<&String, Vec<(String, Value)>>) -> Vec<Pointer> {
    let mut document = document.clone();
    for (name, instances) in made {
        let schema = &mut document["components"]["schemas"][name.as_str()];
        // A reference has no examples beside it, and is valid if its target is.
        if let Some(schema) = schema.as_object_mut().filter(|it| !it.contains_key("$ref")) {
            let values = instances.iter().map(|(_, value)| value.clone());
            schema.insert("examples".to_owned(), values.collect());
        }
    }
    let found = lint(&document).into_iter();
    let found = found.filter(|it| it.code == Code::EXAMPLE_MISMATCH);
    found.map(|it| it.pointer).collect()
}

/// The values as JSON, by component: `{"PLACE": [[ABOUT, JSON, [UNKNOWN, ...]], ...]}`.
pub(crate) fn to_json(ident: &str, components: &[Component], all: &mut Map<String, Value>) {
    for component in components {
        let instances = component.instances.iter().map(|it| {
            let unknown: Vec<&str> = it.unknown.iter().map(Pointer::as_str).collect();
            json!([it.about, it.value.to_string(), unknown])
        });
        all.insert(format!("{ident}#{}", component.place), instances.collect());
    }
}
