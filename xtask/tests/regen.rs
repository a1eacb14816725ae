//! `cargo xtask regen`, run on copies of the workspace.

#[path = "regen/names.rs"]
mod names;
mod workspace;

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

use releasepack_codegen::tree;

use workspace::{GENERATED, Run, SPEC, Workspace};

const NAMES: &str = "spec/names.yaml";
const OVERLAY: &str = "spec/overlay.yaml";

impl Workspace {
    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} holds {from}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    fn regen(&self, arguments: &[&str]) -> Run {
        Run::from(self.command("regen").args(arguments).output().unwrap())
    }

    fn generated(&self) -> Vec<tree::File> {
        tree::read(&self.path(GENERATED)).unwrap()
    }

    /// The modification time of each generated file.
    fn stamps(&self) -> BTreeMap<String, SystemTime> {
        let files = self.generated().into_iter();
        let stamps = files.map(|file| {
            let path = self.path(GENERATED).join(&file.path);
            let modified = fs::metadata(path).unwrap().modified().unwrap();
            (file.path, modified)
        });
        stamps.collect()
    }

    /// Adds an optional field to the published schema of a pack.
    fn add_field(&self) {
        self.edit(
            SPEC,
            "        installationType:\n",
            "        releaseNote:\n          type: string\n          description: What subscribers are told.\n        installationType:\n",
        );
    }
}

#[test]
fn the_checked_in_files_are_fresh() {
    let workspace = Workspace::new();
    let run = workspace.regen(&["--check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let verdict = run.stdout.lines().last().unwrap();
    assert!(
        verdict.starts_with("generated-client/src/generated is fresh"),
        "{verdict}"
    );
}

#[test]
fn a_second_run_touches_nothing() {
    let workspace = Workspace::new();
    workspace.add_field();
    assert_eq!(workspace.regen(&[]).code, 0);
    let before = workspace.stamps();
    let run = workspace.regen(&[]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("nothing to write"), "{}", run.stdout);
    assert_eq!(workspace.stamps(), before);
}

#[test]
fn a_run_lists_what_it_read_corrected_normalized_and_wrote() {
    let workspace = Workspace::new();
    workspace.add_field();
    let run = workspace.regen(&[]);
    let kinds = [
        "read spec/",
        "corrected spec/overlay.yaml:",
        "normalized ",
        "wrote generated-client/",
    ];
    for kind in kinds {
        assert!(
            run.stdout.lines().any(|line| line.starts_with(kind)),
            "{kind}: {}",
            run.stdout
        );
    }
    assert_eq!(workspace.regen(&["--quiet"]).stdout, "");
}

#[test]
fn an_added_optional_field_adds_only_its_own_lines() {
    let workspace = Workspace::new();
    workspace.add_field();
    let run = workspace.regen(&["--check", "--quiet"]);
    assert_eq!(run.code, 1);
    // The digest of the file changes too, which is one line.
    let changed = |line: &&str| {
        line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---")
    };
    let lines: Vec<_> = run.stdout.lines().filter(changed).collect();
    let added: Vec<_> = lines.iter().filter(|line| line.starts_with('+')).collect();
    assert!(added.len() < 12, "{lines:#?}");
    let removed = lines
        .iter()
        .filter(|line| line.starts_with('-') && !line.contains("igest"));
    assert_eq!(removed.count(), 0, "{lines:#?}");
}

#[test]
fn check_shows_a_stale_folder_as_a_patch_and_does_not_change_it() {
    let workspace = Workspace::new();
    workspace.edit(
        &format!("{GENERATED}/mod.rs"),
        "pub mod types;",
        "pub mod kinds;",
    );
    fs::write(workspace.path(GENERATED).join("orphan.rs"), "// old\n").unwrap();
    fs::remove_file(workspace.path(GENERATED).join("types.rs")).unwrap();
    let before = workspace.generated();

    let run = workspace.regen(&["--check"]);
    assert_eq!(run.code, 1);
    for line in [
        "--- a/generated-client/src/generated/mod.rs",
        "-pub mod kinds;",
        "+pub mod types;",
        "+++ b/generated-client/src/generated/types.rs",
        "--- a/generated-client/src/generated/orphan.rs",
        "-// old",
        "orphaned generated-client/src/generated/orphan.rs (+0 -1 lines)",
        "generated-client/src/generated is stale: run `cargo xtask regen`",
    ] {
        assert!(
            run.stdout.lines().any(|it| it == line),
            "{line}\n{}",
            run.stdout
        );
    }
    assert!(
        !run.stdout.contains('\u{1b}'),
        "no colours if the output is not a terminal"
    );
    assert_eq!(workspace.generated(), before);

    assert_eq!(workspace.regen(&[]).code, 0);
    assert_eq!(workspace.regen(&["--check"]).code, 0);
    assert!(!workspace.path(GENERATED).join("orphan.rs").exists());
}

#[test]
fn other_ends_of_lines_are_not_stale() {
    let workspace = Workspace::new();
    for file in workspace.generated() {
        let text = file.text.replace('\n', "\r\n");
        fs::write(workspace.path(GENERATED).join(&file.path), text).unwrap();
    }
    let before = workspace.generated();
    assert_eq!(workspace.regen(&["--check"]).code, 0);
    assert_eq!(workspace.regen(&[]).code, 0);
    assert_eq!(workspace.generated(), before);
}

#[test]
fn json_output_lists_the_differences() {
    let workspace = Workspace::new();
    fs::write(workspace.path(GENERATED).join("orphan.rs"), "// old\n").unwrap();
    let run = workspace.regen(&["--check", "--format", "json"]);
    assert_eq!(run.code, 1);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(
        value["differences"][0]["path"],
        "generated-client/src/generated/orphan.rs"
    );
    assert_eq!(value["differences"][0]["state"], "orphaned");
    assert_eq!(value["written"], false);
    assert!(value["patch"].as_str().unwrap().contains("-// old"));
}

/// Runs regen on a broken workspace. It must report an error and write nothing. Gives the error output.
fn refused(break_it: impl FnOnce(&Workspace)) -> String {
    let workspace = Workspace::new();
    // The folder is stale, so a run that does not stop would write.
    workspace.edit(
        &format!("{GENERATED}/mod.rs"),
        "pub mod types;",
        "pub mod kinds;",
    );
    break_it(&workspace);
    let before = workspace.stamps();
    let run = workspace.regen(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert_eq!(workspace.stamps(), before);
    run.stderr
}

#[test]
fn broken_yaml_is_refused_at_its_place() {
    let errors = refused(|it| it.edit(SPEC, "paths:\n", "paths: [\n"));
    assert!(errors.starts_with("error[invalid-syntax]"), "{errors}");
    assert!(
        errors.contains("--> spec/release-integration-pack.yaml:"),
        "{errors}"
    );
}

#[test]
fn a_wrong_type_is_refused_at_its_place() {
    let errors = refused(|it| {
        it.edit(
            SPEC,
            "      requestBody:\n",
            "      requestBody: nothing\n      x-was:\n",
        );
    });
    assert!(
        errors.contains("spec/release-integration-pack.yaml:"),
        "{errors}"
    );
    assert!(
        errors.contains("at /paths/~1ReleaseIntegrationPack/post/requestBody"),
        "{errors}"
    );
}

#[test]
fn a_dangling_reference_is_refused_at_its_place() {
    let errors = refused(|it| {
        let schemas = "$ref: '#/components/schemas/ReleasePackagedComponents'";
        it.edit(
            SPEC,
            schemas,
            "$ref: '#/components/schemas/ReleasePackagedComponent5'",
        );
    });
    assert!(errors.contains("[dangling-reference]"), "{errors}");
    assert!(
        errors.contains("spec/release-integration-pack.yaml:"),
        "{errors}"
    );
    assert!(
        errors.contains("at /components/schemas/ReleaseIntegrationPack"),
        "{errors}"
    );
}

#[test]
fn an_action_that_matches_nothing_is_refused_at_its_place() {
    let errors = refused(|it| {
        it.edit(
            OVERLAY,
            "$.components.schemas[*].properties.releaseOnDate",
            "$.components.schemas[*].properties.releasedOn",
        );
    });
    assert!(
        errors.starts_with("error[overlay-action-without-match]"),
        "{errors}"
    );
    assert!(errors.contains("--> spec/overlay.yaml:"), "{errors}");
}

#[test]
fn a_missing_file_is_named() {
    let errors = refused(|it| fs::remove_file(it.path(OVERLAY)).unwrap());
    assert!(
        errors.contains("spec/overlay.yaml") && errors.contains("No such file"),
        "{errors}"
    );
}

#[test]
fn a_document_of_swagger_2_is_generated_with_its_overlay() {
    let workspace = Workspace::new();
    let document = "swagger: '2.0'
info: {title: Pets, version: '1'}
host: pets.example.com
schemes: [https]
paths:
  /pets:
    get:
      operationId: listPets
      responses: {200: {description: The pets, schema: {$ref: '#/definitions/Pet'}}}
definitions:
  Pet: {type: object, properties: {name: {type: string, x-nullable: true}}}
";
    let overlay = "overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions: [{target: $.definitions.Pet.properties, update: {age: {type: integer}}}]
";
    fs::write(workspace.path(SPEC), document).unwrap();
    fs::write(workspace.path(OVERLAY), overlay).unwrap();
    fs::remove_file(workspace.path(NAMES)).unwrap();
    let run = workspace.regen(&[]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let types = workspace.generated().into_iter();
    let types = types.filter(|file| file.path.ends_with("types.rs"));
    let types: String = types.map(|file| file.text).collect();
    assert!(types.contains("age") && types.contains("name"), "{types}");
    assert_eq!(workspace.regen(&["--check"]).code, 0);
}

/// How often a run is killed.
const KILLS: u32 = 24;

#[test]
fn a_run_that_is_killed_leaves_a_complete_set() {
    let workspace = Workspace::new();
    let old = workspace.generated();
    let published = fs::read(workspace.path(SPEC)).unwrap();
    workspace.add_field();
    let begun = Instant::now();
    assert_eq!(workspace.regen(&[]).code, 0);
    let whole_run = begun.elapsed();
    let new = workspace.generated();
    let extended = fs::read(workspace.path(SPEC)).unwrap();
    assert!(old != new, "the field is generated");

    for round in 0..KILLS {
        let spec = if round % 2 == 0 {
            &published
        } else {
            &extended
        };
        fs::write(workspace.path(SPEC), spec).unwrap();
        let mut run = workspace
            .command("regen")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Most runs are killed near their end, where they write.
        let share = 60 + round * 2;
        std::thread::sleep(whole_run * share / 100);
        // The run may have ended already.
        let _ = run.kill();
        run.wait().unwrap();
        let found = workspace.generated();
        assert!(found == old || found == new, "round {round}");
    }
    assert_eq!(workspace.regen(&[]).code, 0);
    assert_eq!(workspace.generated(), new);
    let beside = fs::read_dir(workspace.path("generated-client/src")).unwrap();
    assert_eq!(beside.count(), 1, "nothing is left beside the folder");
    assert!(whole_run < Duration::from_secs(60));
}
