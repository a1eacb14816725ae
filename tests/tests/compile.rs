//! Generated crates: they compile without a warning, keep all data of the examples, and send what the description says.
//!
//! All fixtures become modules of one crate, so that cargo runs only once. The crate is written under the target folder, with the
//! runtime of the hand-written client and the tests in `compile/clients/`, which use it like any user.

mod compile {
    pub(crate) mod access;
    pub(crate) mod cargo;
    pub(crate) mod corpus;
    pub(crate) mod deep;
    pub(crate) mod examples;
    pub(crate) mod hostile;
    pub(crate) mod instances;
    pub(crate) mod large;
    pub(crate) mod members;
    pub(crate) mod mock;
    pub(crate) mod precision;
    pub(crate) mod sample;
    pub(crate) mod streams;
    pub(crate) mod table;
    pub(crate) mod taken;
    pub(crate) mod written;
}

use std::fs;

use releasepack_codegen::Why;

use compile::examples::Skipped;
use compile::{
    access, cargo, corpus, deep, hostile, large, mock, precision, streams, table, taken, written,
};

/// How many examples are tried, and how many have no type: for example, because their media type is not chosen.
const EXAMPLES: usize = 132;
const WITHOUT_TYPE: usize = 5;

/// How many values are made for components and tried.
const INSTANCES: usize = 1_000;

/// Documents that become crates of their own: one with dates and enums, and one with almost nothing.
const ALONE: [&str; 2] = ["vendors_music_tonewell", "generate_several_responses"];

#[test]
fn the_code_of_every_fixture_compiles_without_a_warning_and_works() {
    let mut fixtures = corpus::read();
    fixtures.push(large::fixture());
    let table = table::of(&fixtures);
    println!("{} examples are tried", table.count);
    for (why, places) in &table.skipped {
        println!("{} are not: {why:?}", places.len());
    }
    assert!(table.count >= EXAMPLES, "examples are not found any more");
    let typeless = table.skipped.get(&Skipped::NoType);
    let typeless = typeless.map_or(&[][..], Vec::as_slice);
    assert!(typeless.len() <= WITHOUT_TYPE, "{typeless:#?}");

    let instances = table::of_instances(&fixtures);
    println!(
        "{} made values are tried; {} do not fit their schemas",
        instances.count, instances.unfit
    );
    assert!(instances.count >= INSTANCES, "values are not made any more");

    let package = written::together(&fixtures, &table, &instances);
    cargo::lint(&package, &["--lib", "--test", "clients"]);
    cargo::document(&package);
    cargo::test(&package, "clients");
}

#[test]
fn a_client_compiles_as_it_is_packaged() {
    let fixtures = corpus::read();
    let alone = fixtures
        .iter()
        .filter(|it| ALONE.contains(&it.ident.as_str()));
    let packages: Vec<_> = alone.map(written::alone).collect();
    assert_eq!(packages.len(), ALONE.len());
    for package in packages {
        cargo::lint(&package, &["--lib"]);
        cargo::document(&package);
    }
}

#[test]
fn hostile_descriptions_are_documentation_without_a_warning_and_without_tests() {
    let mut fixtures = corpus::read();
    fixtures.retain(|it| hostile::FIXTURES.contains(&it.ident.as_str()));
    assert_eq!(fixtures.len(), hostile::FIXTURES.len());
    let fixtures: Vec<_> = fixtures.into_iter().map(hostile::described).collect();
    let package = written::hostile(&fixtures);
    cargo::lint(&package, &["--lib"]);
    cargo::document(&package);
    cargo::test_documentation(&package);
}

#[test]
fn numbers_are_the_same_if_another_crate_changes_how_serde_json_gives_them() {
    let mut fixtures = corpus::read();
    fixtures.retain(|it| it.ident == "generate_values");
    let package = written::alone(&fixtures[0]);
    let (usual, changed) = precision::DEPENDENCY;
    let manifest = package.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("it is written");
    assert!(text.contains(usual), "{text}");
    fs::write(&manifest, text.replace(usual, changed)).expect("the crate can be written");
    fs::create_dir_all(package.join("tests")).expect("the crate can be written");
    fs::write(package.join("tests/consumer.rs"), precision::CONSUMER)
        .expect("the crate can be written");
    cargo::test(&package, "consumer");
}

#[test]
fn a_client_has_the_servers_and_the_security_schemes_of_its_description() {
    let mut fixtures = corpus::read();
    fixtures.retain(|it| it.ident == access::FIXTURE);
    let package = written::alone(&fixtures[0]);
    written::consumer(&package, access::CONSUMER);
    cargo::lint(&package, &["--lib"]);
    cargo::document(&package);
    cargo::test(&package, "consumer");
    cargo::test_documentation(&package);
}

#[test]
fn a_mock_responds_with_examples_and_refuses_what_the_description_does_not_allow() {
    const FEATURES: &str = "charset,mock";
    let mut fixtures = corpus::read();
    fixtures.retain(|it| it.ident == mock::FIXTURE);
    let package = written::alone(&fixtures[0]);
    written::consumer(&package, mock::CONSUMER);
    cargo::lint_with(&package, &["--lib"], FEATURES);
    cargo::document_with(&package, FEATURES);
    cargo::test_with(&package, "consumer", FEATURES);
    cargo::test_documentation_with(&package, FEATURES);
    // Without the feature, none of it is compiled.
    cargo::lint(&package, &["--lib"]);
    cargo::test_documentation(&package);
}

#[test]
fn a_client_streams_bodies_and_each_call_has_settings_of_its_own() {
    let mut fixtures = corpus::read();
    fixtures.retain(|it| it.ident == streams::FIXTURE);
    let package = written::alone(&fixtures[0]);
    let manifest = package.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("it is written");
    let more = "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"io-util\", \"macros\", \"net\", \"rt\", \"time\"] }\n";
    fs::write(&manifest, text + more).expect("the crate can be written");
    fs::create_dir_all(package.join("tests")).expect("the crate can be written");
    fs::write(package.join("tests/consumer.rs"), streams::CONSUMER)
        .expect("the crate can be written");
    cargo::lint(&package, &["--lib"]);
    cargo::document(&package);
    cargo::test(&package, "consumer");
    cargo::test_documentation(&package);
}

#[test]
fn each_tag_of_a_large_description_is_a_feature_and_all_of_them_compile_alone() {
    let fixture = large::with_features();
    let package = written::alone(&fixture);
    let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("it is written");
    assert!(manifest.contains("default = [\"all\", "), "{manifest}");
    for features in [
        "charset",
        "charset,all,mock",
        "charset,tag-pets,mock",
        "charset,tag-types",
        "charset,tag-super-super,tag-mod",
    ] {
        cargo::lint_with(&package, &["--lib"], features);
    }
    cargo::document_with(&package, "charset,all");
    cargo::test_documentation_with(&package, "charset,all,mock");
    cargo::test_documentation_with(&package, "charset,mock");
}

#[test]
fn names_that_rust_and_clippy_know_compile_without_a_warning() {
    let package = written::taken(&taken::fixtures());
    cargo::lint(&package, &["--lib"]);
    cargo::document(&package);
}

#[test]
fn types_that_are_many_levels_in_each_other_compile() {
    let fixture = deep::fixture();
    let limit = fixture.generation.recursion_limit;
    let limit = limit.expect("its types are deeper than rustc goes");
    let package = written::alone(&fixture);
    let consumer = format!("#![recursion_limit = \"{limit}\"]\n{}", deep::CONSUMER);
    fs::create_dir_all(package.join("tests")).expect("the crate can be written");
    fs::write(package.join("tests/consumer.rs"), consumer).expect("the crate can be written");
    cargo::lint(&package, &["--lib", "--test", "consumer"]);
    cargo::test(&package, "consumer");
}

#[test]
fn nothing_is_untyped_because_of_the_generator() {
    let fixtures = corpus::read();
    let untyped: Vec<_> = fixtures
        .iter()
        .flat_map(|fixture| &fixture.generation.untyped)
        .collect();
    let ours: Vec<_> = untyped
        .iter()
        .filter(|it| it.why == Why::Generator)
        .collect();
    assert!(ours.is_empty(), "{ours:#?}");
    let described = untyped.iter().filter(|it| it.why == Why::Description);
    assert!(described.count() > 40, "the census finds nothing any more");
}

#[test]
fn only_deep_types_raise_the_recursion_limit() {
    let raised = corpus::read().into_iter();
    let raised = raised.filter(|it| it.generation.recursion_limit.is_some());
    let raised: Vec<String> = raised.map(|it| it.ident).collect();
    assert_eq!(raised, [""; 0]);
}
