//! The command line of `cargo xtask generate`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const PETS: &str = "openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /pets: {get: {operationId: listPets, tags: [pets], responses: {'200': {description: All.}}}}
  /toys: {get: {operationId: listToys, tags: [toys], responses: {'200': {$ref: '#/gone'}}}}
";

fn generate(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args([
            "generate", "--spec", "api.yaml", "--name", "zoo", "--out", "zoo",
        ])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("api.yaml"), PETS).unwrap();
    folder
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn operations(folder: &Path) -> String {
    fs::read_to_string(folder.join("zoo/src/generated/operations.rs")).unwrap()
}

#[test]
fn a_tag_selects_the_operations_of_the_crate() {
    let folder = folder();
    let output = generate(folder.path(), &["--tag", "pets"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let code = operations(folder.path());
    assert!(code.contains("fn list_pets") && !code.contains("fn list_toys"));
    assert!(code.contains("Made by `releasepack-codegen generate`"));
}

#[test]
fn an_error_in_the_document_writes_nothing() {
    let folder = folder();
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("api.yaml:5:"),
        "{}",
        errors(&output)
    );
    assert!(!folder.path().join("zoo").exists());
}

#[test]
fn lenient_mode_leaves_out_an_operation_and_names_it() {
    let folder = folder();
    let output = generate(folder.path(), &["--lenient"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    assert!(errors(&output).contains("`GET /toys` (listToys) was left out"));
    assert!(!operations(folder.path()).contains("list_toys"));
}

#[test]
fn a_folder_with_other_code_is_not_changed() {
    let folder = folder();
    let src = folder.path().join("zoo/src");
    fs::create_dir_all(&src).unwrap();
    fs::write(src.join("lib.rs"), "// mine\n").unwrap();
    let output = generate(folder.path(), &["--tag", "pets"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("did not generate"),
        "{}",
        errors(&output)
    );
    assert_eq!(fs::read_to_string(src.join("lib.rs")).unwrap(), "// mine\n");
}

#[test]
fn a_second_run_keeps_the_files_beside_the_sources() {
    let folder = folder();
    assert_eq!(
        generate(folder.path(), &["--tag", "pets"]).status.code(),
        Some(0)
    );
    let readme = folder.path().join("zoo/README.md");
    fs::write(&readme, "mine\n").unwrap();
    assert_eq!(
        generate(folder.path(), &["--lenient"]).status.code(),
        Some(0)
    );
    assert_eq!(fs::read_to_string(readme).unwrap(), "mine\n");
}

#[test]
fn the_json_output_lists_files_and_changes() {
    let folder = folder();
    let output = generate(folder.path(), &["--lenient", "--format", "json"]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    let files = result["files"].as_array().unwrap();
    assert!(files.contains(&Value::from("src/generated/operations.rs")));
    for change in result["changes"].as_array().unwrap() {
        assert!(
            change["pass"].is_string()
                && change["pointer"].is_string()
                && change["what"].is_string()
        );
    }
}

#[test]
fn an_invalid_crate_name_is_refused() {
    let folder = folder();
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args([
            "generate", "--spec", "api.yaml", "--tag", "pets", "--name", "a b", "--out", "zoo",
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("`a b` is not a valid crate name"),
        "{}",
        errors(&output)
    );
    assert!(!folder.path().join("zoo").exists());
}

#[test]
fn a_file_of_names_is_made_kept_and_extended() {
    let folder = folder();
    let api = folder.path().join("api.yaml");
    let names = || fs::read_to_string(folder.path().join("names.yaml")).unwrap();
    let arguments = ["--lenient", "--names", "names.yaml"];
    assert_eq!(generate(folder.path(), &arguments).status.code(), Some(0));
    assert!(names().contains("  GET /pets: list_pets\n"), "{}", names());

    fs::write(
        folder.path().join("names.yaml"),
        "operations: {GET /pets: all_pets}\n",
    )
    .unwrap();
    let more = "paths:\n  /all: {get: {operationId: all_pets, responses: {'204': {description: Done.}}}}\n";
    fs::write(&api, PETS.replace("paths:\n", more)).unwrap();
    assert_eq!(generate(folder.path(), &arguments).status.code(), Some(0));
    assert!(operations(folder.path()).contains("fn all_pets_2"));
    let text = names();
    assert!(
        text.contains("  GET /pets: all_pets\n  GET /all: all_pets_2\n"),
        "{text}"
    );

    // Without the option, the file does not matter and does not change.
    assert_eq!(
        generate(folder.path(), &["--lenient"]).status.code(),
        Some(0)
    );
    assert!(operations(folder.path()).contains("fn list_pets"));
    assert_eq!(names(), text);
}

#[test]
fn a_wrong_file_of_names_writes_nothing() {
    let folder = folder();
    fs::write(
        folder.path().join("names.yaml"),
        "operations: {GET /pets: fn}\n",
    )
    .unwrap();
    let output = generate(folder.path(), &["--lenient", "--names", "names.yaml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("names.yaml:1:25"),
        "{}",
        errors(&output)
    );
    assert!(!folder.path().join("zoo").exists());
}

#[test]
fn an_error_names_lenient_only_if_that_helps() {
    let folder = folder();
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("`--lenient`"),
        "{}",
        errors(&output)
    );

    fs::write(folder.path().join("api.yaml"), "openapi: 9.9.0\n").unwrap();
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!errors(&output).contains("lenient"), "{}", errors(&output));
}

#[test]
fn a_second_run_keeps_the_manifest_and_tells_what_it_changes() {
    let folder = folder();
    let arguments = ["--tag", "pets"];
    assert_eq!(generate(folder.path(), &arguments).status.code(), Some(0));
    let path = folder.path().join("zoo/Cargo.toml");
    let made = fs::read_to_string(&path).unwrap();
    let mine = made
        .replace("version = \"0.1.0\"", "version = \"2.3.4\" # ours")
        .replace("\nurl = \"2\"\n", "\n")
        .replace(
            "bytes = \"1\"",
            "bytes = { version = \"0.5\", features = [\"serde\"] }",
        )
        .replace("[features]\n", "[features]\nextra = [\"dep:anyhow\"]\n")
        + "\n[dependencies.anyhow]\nversion = \"1\"\noptional = true\n";
    fs::write(&path, &mine).unwrap();
    let output = generate(folder.path(), &arguments);
    let told = errors(&output);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.contains("added the dependency `url`"), "{told}");
    assert!(
        told.contains("`bytes` to version `1`, it was `0.5`"),
        "{told}"
    );
    let kept = fs::read_to_string(&path).unwrap();
    for line in [
        "version = \"2.3.4\" # ours",
        "extra = [\"dep:anyhow\"]",
        "bytes = { version = \"1\", features = [\"serde\"] }",
        "[dependencies.anyhow]",
        "url = \"2\"",
    ] {
        assert!(kept.contains(line), "{line} is not in\n{kept}");
    }

    // Nothing is left to change.
    let told = errors(&generate(folder.path(), &arguments));
    assert!(!told.contains("Cargo.toml:"), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap(), kept);
}
