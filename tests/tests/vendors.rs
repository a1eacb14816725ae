//! Documents in the style of vendors: each matches the table in the README, and can be read with all its files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Bundle, Diagnostic, Document, File, bundle};
use serde_json::Value;

/// This document has intentional faults, and cannot be read without `--lenient`.
const BROKEN: &str = "ledger-brokenquill.yaml";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vendors")
}

/// The name and version of each document, from the table in the folder's README.
fn listed() -> Vec<(String, String)> {
    let readme = fs::read_to_string(folder().join("README.md")).expect("the folder has a README");
    let rows = readme.lines().filter_map(|line| {
        let (name, rest) = line.strip_prefix("| [")?.split_once(']')?;
        let version = rest.split('|').nth(1)?.trim();
        Some((name.to_owned(), version.to_owned()))
    });
    rows.collect()
}

fn document(name: &str) -> Document {
    let bytes = fs::read(folder().join(name)).expect("a listed document is there");
    Document::parse(name, &bytes).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"))
}

fn bundled(name: &str) -> Result<Bundle, Vec<Diagnostic>> {
    let document = document(name);
    let value = document.value().clone();
    let beside = folder().join(name);
    let beside = beside.parent().expect("a file is in a folder");
    bundle(document, value, |path| {
        let bytes = fs::read(beside.join(path)).map_err(|fault| fault.to_string())?;
        let name = path.to_owned();
        Ok(File { name, bytes })
    })
}

/// Every member with one of these names, at any depth.
fn members<'v>(value: &'v Value, name: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(all) => {
            for (key, member) in all {
                if key == name {
                    found.push(member);
                }
                members(member, name, found);
            }
        }
        Value::Array(all) => all.iter().for_each(|element| members(element, name, found)),
        _ => {}
    }
}

#[test]
fn every_document_is_listed_with_its_version() {
    let listed = listed();
    for (name, version) in &listed {
        let document = document(name);
        assert_eq!(document.value()["openapi"], version.as_str(), "{name}");
    }
    let listed: BTreeSet<String> = listed
        .into_iter()
        .filter_map(|(name, _)| Some(name.split('/').next()?.to_owned()))
        .collect();
    let there: BTreeSet<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("its entries are read").file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(listed, there);
}

#[test]
fn every_document_but_the_broken_one_is_read_with_all_of_its_files() {
    for (name, _) in listed() {
        match bundled(&name) {
            Ok(bundle) => {
                let mut references = Vec::new();
                members(bundle.value(), "$ref", &mut references);
                let leaves = references
                    .iter()
                    .filter_map(|it| it.as_str())
                    .find(|it| !it.starts_with('#'));
                assert_eq!(leaves, None, "{name}");
            }
            Err(faults) => assert_eq!(name, BROKEN, "{faults:#?}"),
        }
    }
}

#[test]
fn every_json_body_has_an_example() {
    for (name, _) in listed().into_iter().filter(|(name, _)| name != BROKEN) {
        let bundle = bundled(&name).expect("it is read");
        let mut contents = Vec::new();
        members(bundle.value(), "content", &mut contents);
        let silent: Vec<_> = contents
            .iter()
            .filter_map(|content| content.as_object())
            .flat_map(|content| content.iter().filter(|(name, _)| name.contains("json")))
            .filter(|(_, media)| media.get("schema").is_some())
            .filter(|(_, media)| media.get("example").is_none() && media.get("examples").is_none())
            .collect();
        assert!(silent.is_empty(), "{name}: {silent:#?}");
    }
}
