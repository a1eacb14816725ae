//! Public names are state: what has a name in the file keeps it, whatever else the document gets.

#[path = "names/additions.rs"]
mod additions;
#[path = "names/corpus.rs"]
mod corpus;
#[path = "names/file.rs"]
mod file;
#[path = "names/partings.rs"]
mod partings;

use std::collections::BTreeSet;

use releasepack_codegen::{
    Bundle, Diagnostic, Document, Generation, PublicNames, Strictness, generate_with_names,
    split_wire,
};
use serde_json::Value;

/// A client of a document, without a file of names.
fn first(document: &Bundle) -> Generation {
    later(document, &PublicNames::default())
}

/// A client of a document that keeps the names of a file.
fn later(document: &Bundle, names: &PublicNames) -> Generation {
    generate_with_names(document, names, Strictness::Lenient, &mut |_| {}).unwrap()
}

/// The names of a client, as the next run reads them.
fn written(generation: &Generation) -> PublicNames {
    names(&generation.names.to_string())
}

fn names(text: &str) -> PublicNames {
    PublicNames::parse("names.yaml", text.as_bytes()).unwrap_or_else(|faults| {
        let faults: Vec<&str> = faults.iter().map(|it| it.message.as_str()).collect();
        panic!("{}\n{text}", faults.join("\n"))
    })
}

fn document(text: &str) -> Bundle {
    Document::parse("api.yaml", text.as_bytes()).unwrap().into()
}

/// The same document with another value.
fn changed(bundle: &Bundle, change: impl FnOnce(&mut Value)) -> Bundle {
    let mut value = bundle.value().clone();
    change(&mut value);
    bundle.clone().with_value(value)
}

/// The public API of a client: its outline, and what each field and value is in JSON.
fn api(client: &Generation) -> BTreeSet<String> {
    let mut lines: BTreeSet<String> = client.outline().lines().map(str::to_owned).collect();
    let mut table = "";
    for line in client.files.iter().flat_map(|file| file.text.lines()) {
        let head = line.strip_prefix("crate::runtime::data::");
        let head = head.and_then(|head| head.split_once("! { "));
        if let Some(("record" | "open_enum", rest)) = head {
            table = rest.split([' ', '{']).next().unwrap_or_default();
        } else if !line.starts_with("    ") {
            table = "";
        }
        // `    pet_id "petId" OPTIONAL set(into String),`
        let row = line.trim().split_once(" \"");
        if let (Some((name, row)), false) = (row, table.is_empty()) {
            let (json, row) = row.split_once('"').unwrap_or_default();
            let setter = row
                .split_once("set(")
                .and_then(|(_, it)| it.split_once(": "));
            let setter = setter.map_or("", |(name, _)| name);
            lines.insert(format!("row {table} {name} {json} {setter}"));
        }
    }
    lines
}

/// What the public API of a client has and that of another does not.
fn lost(before: &Generation, after: &Generation) -> Vec<String> {
    // A variant may get more names on the wire.
    let bare = |line: &String| split_wire(line).0;
    let after: Vec<String> = api(after).iter().map(bare).collect();
    api(before)
        .into_iter()
        .filter(|line| !after.contains(&bare(line)))
        .collect()
}

/// The messages of diagnostics with one code.
fn messages(diagnostics: &[Diagnostic], code: releasepack_codegen::Code) -> Vec<&str> {
    let found = diagnostics.iter().filter(|it| it.code == code);
    found.map(|it| it.message.as_str()).collect()
}
