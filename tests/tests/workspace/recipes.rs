//! The two ways to have a client inside of a crate: `tests/recipes`, copied, built with the real compiler and run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use releasepack_codegen::{Generator, GeneratorError};

use super::consumer::target;

/// A copy of a recipe, which a test may change.
struct Recipe(PathBuf);

impl Recipe {
    fn copy(name: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("recipes")
            .join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        copy(&root.join("tests/recipes").join(name), &folder);
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        let recipe = Self(folder);
        let codegen = format!("path = {:?}", root.join("codegen").to_str().unwrap());
        recipe.edit("Cargo.toml", "path = \"../../../codegen\"", &codegen);
        recipe
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.0.join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{from} is not in {}", path.display());
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn cargo(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
        Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--quiet", "--offline"])
            .current_dir(&self.0)
            .env("CARGO_TARGET_DIR", target())
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // A warning about the client would be one about code that its user did not write.
            .env("CARGO_BUILD_WARNINGS", "deny")
            .env_remove("BLESS")
            .envs(variables.iter().copied())
            .output()
            .unwrap()
    }

    /// What a command prints that must succeed, without a warning.
    fn prints(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let output = self.cargo(arguments, variables);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo {arguments:?}: {errors}");
        assert!(!errors.contains("warning"), "cargo {arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command prints that must fail.
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments, &[]);
        assert!(!output.status.success(), "cargo {arguments:?} succeeded");
        [output.stdout, output.stderr]
            .map(|it| String::from_utf8_lossy(&it).into_owned())
            .concat()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copied = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(path, copied).unwrap();
        }
    }
}

/// The recipe has the dependencies that the generator asks for, in its words, except that it has no TLS and a runtime that runs.
fn has_its_dependencies(recipe: &Recipe, document: &str) {
    let output = Generator::new(recipe.0.join(document)).generate().unwrap();
    let manifest = fs::read_to_string(recipe.0.join("Cargo.toml")).unwrap();
    let needed = output.dependencies();
    let differs = |line: &&str| !line.starts_with("reqwest = ") && !line.starts_with("tokio = ");
    for line in needed.lines().filter(differs) {
        assert!(
            manifest.contains(line),
            "add {line} to {}/Cargo.toml",
            recipe.0.display()
        );
    }
}

const CALLED: &str = "GET /pets/7 HTTP/1.1: Rex\n";

#[test]
fn a_build_script_generates_a_client_that_calls_and_is_made_again_when_an_input_changes() {
    let recipe = Recipe::copy("build_script");
    has_its_dependencies(&recipe, "api/pets.yaml");
    assert_eq!(recipe.prints(&["run"], &[]), CALLED);

    // A fault in a file that the document refers to fails the next build, with its place.
    recipe.edit("api/parts/pet.yaml", "type: string", "type: 7");
    let errors = recipe.fails(&["build"]);
    assert!(errors.contains("api/parts/pet.yaml:4:"), "{errors}");
    assert!(errors.contains("name: {type: 7}"), "the line: {errors}");
    assert!(!errors.contains("\\n"), "a report is not quoted: {errors}");
    recipe.edit("api/parts/pet.yaml", "type: 7", "type: string");
    recipe.prints(&["build"], &[]);

    // So does one in an overlay.
    recipe.edit("api/corrections.yaml", "target: $", "target: $.gone");
    let errors = recipe.fails(&["build"]);
    assert!(errors.contains("api/corrections.yaml:4:"), "{errors}");
}

#[test]
fn a_module_has_no_tests_and_no_examples_that_the_tests_of_its_crate_would_run() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes/checked_in/pets.yaml");
    let output = Generator::new(document).generate().unwrap();
    for file in output.module_files().unwrap() {
        assert!(!file.text.contains("#[test]"), "{}", file.path);
        assert!(!file.text.contains("```no_run"), "{}", file.path);
        assert!(!file.text.contains("releasepack_client"), "{}", file.path);
    }
}

#[test]
fn a_checked_in_client_calls_and_its_test_finds_that_it_is_stale_and_blesses_it() {
    let recipe = Recipe::copy("checked_in");
    has_its_dependencies(&recipe, "pets.yaml");
    let generator = |recipe: &Recipe| {
        Generator::new(recipe.0.join("pets.yaml"))
            .name("api::pets")
            .names(recipe.0.join("names.yaml"))
    };
    let client = recipe.0.join("src/api/pets");
    let output = generator(&recipe).generate().unwrap();
    let missing = output.check_module(&client).unwrap_err();
    assert!(matches!(missing, GeneratorError::Stale { .. }), "{missing}");
    output.write_module(&client).unwrap();
    output.check_module(&client).unwrap();

    assert_eq!(recipe.prints(&["run"], &[]), CALLED);
    let tested = recipe.prints(&["test"], &[]);
    assert!(!tested.contains("FAILED"), "{tested}");

    let field = "{name: {type: string}}";
    recipe.edit(
        "pets.yaml",
        field,
        "{name: {type: string}, age: {type: integer}}",
    );
    let stale = recipe.fails(&["test", "--test", "fresh"]);
    assert!(stale.contains("src/api/pets is not fresh"), "{stale}");
    assert!(stale.contains("generated/types.rs is stale"), "{stale}");
    recipe.prints(&["test", "--test", "fresh"], &[("BLESS", "1")]);
    recipe.prints(&["test", "--test", "fresh"], &[]);
    let types = fs::read_to_string(client.join("generated/types.rs")).unwrap();
    assert!(types.contains("age"), "{types}");
}
