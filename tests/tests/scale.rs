//! The generator with large documents, without measuring time: the benchmark of `codegen` measures time and memory with the same
//! documents.

use std::sync::LazyLock;

use releasepack_codegen::{Document, Generation, Strictness, bundle, generate};

// The file is in the folder of the benchmark, so that `codegen` does not depend on the tests.
#[path = "../../codegen/benches/scale/documents.rs"]
mod documents;

use documents::{Published, publish};

/// A document and the code generated from it.
struct Made {
    document: Published,
    generation: Generation,
}

/// Several tests use both, so they are generated once.
static SMALL: LazyLock<Made> = LazyLock::new(|| made(100));
static LARGE: LazyLock<Made> = LazyLock::new(|| made(400));

fn made(operations: usize) -> Made {
    let document = publish(operations);
    let parsed = Document::parse("scale.json", document.text.as_bytes()).unwrap();
    let value = parsed.value().clone();
    let bundle = bundle(parsed, value, |path| Err(format!("{path} is asked for"))).unwrap();
    let generation = generate(&bundle, Strictness::Strict).unwrap();
    Made {
        document,
        generation,
    }
}

/// Whether two numbers differ by less than a tenth.
fn are_close(one: usize, other: usize) -> bool {
    one.abs_diff(other) * 10 < one.max(other)
}

#[test]
fn a_large_document_gives_all_of_its_operations_and_no_warnings() {
    let Made {
        document,
        generation,
    } = &*LARGE;
    assert_eq!(document.operations, 400);
    assert!(are_close(document.schemas, 900), "{}", document.schemas);
    assert_eq!(generation.warnings, []);
    let outline = generation.outline();
    let starts = |start: &str| {
        let lines = outline.lines();
        lines.filter(|line| line.starts_with(start)).count()
    };
    assert_eq!(starts("const operations::"), 400);
    // One for each operation, and the constructors of the client.
    assert!(starts("fn Client::") > 400);
    let types = starts("struct types::") + starts("enum types::");
    let aliases = starts("type types::");
    assert!(types + aliases > document.schemas);
    // Of each object at least the bulk request, which is like that of the others.
    assert!(aliases >= document.operations / 5 - 1, "{aliases}");
}

#[test]
fn the_output_grows_linearly_with_the_operations() {
    let counts = |made: &Made| {
        let files = made.generation.files.iter();
        [
            ("bytes of the document", made.document.text.len()),
            ("schemas", made.document.schemas),
            (
                "bytes of the files",
                files.map(|file| file.text.len()).sum(),
            ),
            ("bytes of the outline", made.generation.outline().len()),
            ("changes", made.generation.changes.len()),
        ]
    };
    let times = LARGE.document.operations / SMALL.document.operations;
    for ((what, few), (_, many)) in counts(&SMALL).into_iter().zip(counts(&LARGE)) {
        assert!(are_close(few * times, many), "{what}: {few} became {many}");
    }
}

#[test]
fn a_large_document_gives_the_same_bytes_each_time() {
    let again = made(100);
    assert_eq!(SMALL.document.text, again.document.text);
    assert_eq!(SMALL.generation.files, again.generation.files);
    assert_eq!(SMALL.generation.outline(), again.generation.outline());
}
