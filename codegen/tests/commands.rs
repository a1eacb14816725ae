//! The binaries `releasepack-codegen` and `cargo-releasepack-codegen` as their users run them, outside of this workspace.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets: {get: {operationId: listPets, responses: {'200': {description: All.}}}}
";

/// The binary of a user who is in a folder, with the document on standard input.
fn run(binary: &str, folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(binary)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may have ended.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn codegen(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_releasepack-codegen");
    run(binary, folder, arguments, input)
}

/// As Cargo runs it for `cargo releasepack-codegen …`.
fn cargo_codegen(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let binary = env!("CARGO_BIN_EXE_cargo-releasepack-codegen");
    let arguments = [&["releasepack-codegen"], arguments].concat();
    run(binary, folder, &arguments, input)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[track_caller]
fn ends(output: &Output, code: i32) -> [String; 2] {
    let [stdout, stderr] =
        [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it).into_owned());
    assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
    [stdout, stderr]
}

const GENERATE: [&str; 7] = [
    "generate",
    "--spec",
    "-",
    "--name",
    "pets-client",
    "--out",
    "pets",
];

#[test]
fn the_help_names_the_program_as_it_was_called() {
    let folder = folder();
    let [help, _] = ends(&codegen(folder.path(), &["--help"], ""), 0);
    assert!(help.contains("Usage: releasepack-codegen "), "{help}");
    assert!(
        help.contains("  releasepack-codegen generate --spec"),
        "{help}"
    );
    assert!(!help.contains("xtask"), "{help}");

    let [help, _] = ends(
        &cargo_codegen(folder.path(), &["generate", "--help"], ""),
        0,
    );
    assert!(
        help.contains("Usage: cargo releasepack-codegen generate"),
        "{help}"
    );
    assert!(
        help.contains("  cargo releasepack-codegen generate --spec"),
        "{help}"
    );
    assert!(!help.contains("cargo cargo"), "{help}");

    let [version, _] = ends(&codegen(folder.path(), &["--version"], ""), 0);
    assert_eq!(
        version,
        format!("releasepack-codegen {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn both_binaries_generate_the_same_crate_from_standard_input() {
    let (one, other) = (folder(), folder());
    ends(&codegen(one.path(), &GENERATE, PETS), 0);
    ends(&cargo_codegen(other.path(), &GENERATE, PETS), 0);
    for file in [
        "Cargo.toml",
        "src/lib.rs",
        "src/generated/operations.rs",
        "src/runtime/mod.rs",
    ] {
        let read = |folder: &Path| fs::read_to_string(folder.join("pets").join(file)).unwrap();
        assert_eq!(read(one.path()), read(other.path()), "{file}");
    }
}

#[test]
fn exit_codes_are_0_done_1_no_and_2_wrong() {
    let folder = folder();
    ends(&codegen(folder.path(), &["lint", "--spec", "-"], PETS), 0);
    let broken = PETS.replace("responses: {'200': {description: All.}}", "responses: 7");
    let [report, _] = ends(
        &codegen(folder.path(), &["lint", "--spec", "-"], &broken),
        1,
    );
    assert!(report.contains("<stdin>:5:"), "{report}");
    let [_, errors] = ends(&codegen(folder.path(), &GENERATE, &broken), 2);
    assert!(errors.contains("<stdin>:5:"), "{errors}");
    assert!(!folder.path().join("pets").exists(), "nothing is written");
    ends(
        &codegen(
            folder.path(),
            &["generate", "--spec", "-", "--name", "pets"],
            PETS,
        ),
        2,
    );
    ends(&codegen(folder.path(), &["no-command"], ""), 2);
}

#[test]
fn a_crate_of_the_earlier_command_is_recognised_and_its_manifest_is_kept() {
    let folder = folder();
    ends(&codegen(folder.path(), &GENERATE, PETS), 0);
    let package = folder.path().join("pets");
    let edit = |path: &str, from: &str, to: &str| {
        let path = package.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{text}");
        fs::write(path, text.replace(from, to)).unwrap();
    };
    edit(
        "src/generated/mod.rs",
        "`releasepack-codegen generate`",
        "`cargo xtask generate`",
    );
    edit(
        "Cargo.toml",
        "version = \"0.1.0\"\nedition",
        "version = \"3.1.4\"\nedition",
    );
    edit(
        "Cargo.toml",
        "[dependencies]\n",
        "[dependencies]\nanyhow = \"1\"\n",
    );
    let kept = fs::read_to_string(package.join("Cargo.toml")).unwrap();

    ends(&codegen(folder.path(), &GENERATE, PETS), 0);
    assert_eq!(
        fs::read_to_string(package.join("Cargo.toml")).unwrap(),
        kept
    );
    let header = fs::read_to_string(package.join("src/generated/mod.rs")).unwrap();
    assert!(
        header.contains("`releasepack-codegen generate`"),
        "{header}"
    );

    fs::write(package.join("src/generated/mod.rs"), "pub mod mine;\n").unwrap();
    let [_, errors] = ends(&codegen(folder.path(), &GENERATE, PETS), 2);
    assert!(errors.contains("did not generate"), "{errors}");
}

#[test]
fn a_module_is_written_with_the_paths_of_its_place_and_its_dependencies_are_told() {
    let folder = folder();
    let module = [
        "generate",
        "--spec",
        "-",
        "--name",
        "api::pets",
        "--module",
        "src/api/pets",
    ];
    let [_, notes] = ends(&codegen(folder.path(), &module, PETS), 0);
    assert!(notes.contains("reqwest = {"), "{notes}");
    let read =
        |file: &str| fs::read_to_string(folder.path().join("src/api/pets").join(file)).unwrap();
    assert!(
        read("mod.rs").contains("use crate::api::pets::Client;"),
        "{}",
        read("mod.rs")
    );
    assert!(read("generated/operations.rs").contains("crate::api::pets::runtime::operation!"));
    // Again, over what is there.
    ends(&codegen(folder.path(), &module, PETS), 0);

    let wrong = [
        "generate", "--spec", "-", "--name", "my-pets", "--module", "pets",
    ];
    let [_, errors] = ends(&codegen(folder.path(), &wrong, PETS), 2);
    assert!(
        errors.contains("`my-pets` is not a valid path of a module"),
        "{errors}"
    );
}

#[test]
fn a_generated_crate_compiles_outside_of_the_workspace() {
    let folder = folder();
    ends(&codegen(folder.path(), &GENERATE, PETS), 0);
    let package = folder.path().join("pets");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    // With the versions that are here, so that nothing is downloaded.
    fs::copy(root.join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let checked = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--no-default-features"])
        .current_dir(&package)
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("../consumer"),
        )
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", "-D warnings")
        .output()
        .unwrap();
    ends(&checked, 0);
}
