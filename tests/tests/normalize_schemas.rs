//! The schema passes: the result of each for its fixture, and promises for every document.

use std::fmt::Write as _;

use releasepack_codegen::{Document, Normalized, Severity, Strictness, normalize, to_yaml};
use serde_json::Value;

mod normalize_schemas {
    mod hostile;
    mod mutations;
    mod promises;
}

fn read(name: &str) -> Document {
    let path = format!(
        "{}/fixtures/normalize/{name}.yaml",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(&path).expect("the fixture is there");
    Document::parse(name, &bytes).expect("the fixture is YAML")
}

fn normalized(document: &Document) -> Normalized {
    normalize(document.value().clone(), Strictness::Strict)
}

/// The normalized schemas, the changes of the passes, and the diagnostics.
fn shown(name: &str) -> String {
    let document = read(name);
    let normalized = normalized(&document);
    let schemas = normalized
        .document
        .pointer("/components/schemas")
        .unwrap_or(&Value::Null);
    let mut text = to_yaml(schemas);
    text.push_str("---\n");
    for change in &normalized.changes {
        writeln!(text, "{} {}: {}", change.pass, change.pointer, change.what)
            .expect("a string can always grow");
    }
    for diagnostic in &normalized.diagnostics {
        let diagnostic = document.place(diagnostic.clone());
        let place = diagnostic.location.expect("it was placed");
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        writeln!(
            text,
            "{level} {} {}:{}: {}",
            diagnostic.code, place.line, place.column, diagnostic.message
        )
        .expect("a string can always grow");
    }
    text
}

macro_rules! fixtures {
    ($($name:ident),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                let mut settings = insta::Settings::clone_current();
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| insta::assert_snapshot!(stringify!($name), shown(stringify!($name))));
            }
        )*
    };
}

fixtures![
    additional_properties,
    all_of,
    all_of_contradictions,
    all_of_unions,
    arrays,
    base_discriminators,
    boolean_schemas,
    bounds,
    component_names,
    discriminators,
    endless_objects,
    enums,
    formats,
    inline_schemas,
    number_sizes,
    malformed_schemas,
    newer_keywords,
    nullable,
    read_write_only,
    recursion,
    reference_siblings,
    schema_references,
    schema_types,
    stray_keywords,
    union_variants,
    unions,
];
