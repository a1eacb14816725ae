//! `cargo xtask review`, run on copies of the workspace that are git repositories: changes of the fragment, and their pages.

mod workspace;

use std::fs;
use std::path::Path;
use std::process::Command;

use workspace::{GENERATED, Run, SPEC, Workspace};

const ACCEPTED: &str = "spec/accepted-breaks.yaml";

impl Workspace {
    /// A copy with everything that a review reads, whose branch `main` has one commit.
    fn with_history() -> Self {
        let workspace = Self::new();
        let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for name in ["Cargo.toml", "generated-client/Cargo.toml", "CHANGELOG.md"] {
            copy(&real.join(name), &workspace.path(name));
        }
        copy_folder(
            &real.join("generated-client/src"),
            &workspace.path("generated-client/src"),
        );
        let snapshots = "tests/tests/wire/snapshots";
        copy_folder(&real.join(snapshots), &workspace.path(snapshots));
        workspace.git(&["init", "--quiet", "--initial-branch", "main"]);
        workspace.commit("The base");
        workspace
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(["-c", "core.autocrlf=false"])
            .args(arguments)
            .current_dir(self.path(""))
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} holds {from}");
        fs::write(self.path(name), text.replacen(from, to, 1)).unwrap();
    }

    fn regen(&self) {
        let run = Run::from(self.command("regen").output().unwrap());
        assert_eq!(run.code, 0, "{}", run.stderr);
    }

    fn review(&self, arguments: &[&str]) -> Run {
        Run::from(self.command("review").args(arguments).output().unwrap())
    }

    /// The page after edits of the fragment, each a text and what takes its place.
    fn page(&self, edits: &[(&str, &str)]) -> String {
        for (from, to) in edits {
            self.edit(SPEC, from, to);
        }
        let run = self.review(&[]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        assert!(run.stdout.lines().count() <= 60, "{}", run.stdout);
        without_places_in_code(&run.stdout)
    }
}

/// The page without the lines and columns of hand-written code, which move with every edit of it.
fn without_places_in_code(page: &str) -> String {
    let lines = page.lines().map(|line| match line.split_once(".rs:") {
        Some((file, rest)) if file.starts_with("- generated-client/src/") => {
            let why = rest.splitn(3, ':').nth(2).unwrap_or(rest);
            format!("{file}.rs:{why}")
        }
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn copy(from: &Path, to: &Path) {
    let text = fs::read_to_string(from).unwrap();
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, text.replace("\r\n", "\n")).unwrap();
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            copy(&entry.path(), &to);
        }
    }
}

/// Before the properties of the release.
const PROPERTIES: &str = "    ReleaseIntegrationPack:\n      type: object\n      properties:\n";
const NOTES: &str = "        releaseNotes:\n          type: string\n";

fn with_notes() -> String {
    format!("{PROPERTIES}{NOTES}")
}

#[test]
fn an_optional_property_is_minor() {
    let workspace = Workspace::with_history();
    insta::assert_snapshot!(workspace.page(&[(PROPERTIES, &with_notes())]));
}

#[test]
fn a_required_property_is_major() {
    let workspace = Workspace::with_history();
    let with_notes = with_notes();
    let edits = [
        (PROPERTIES, with_notes.as_str()),
        (
            "      required: []\n      description: The release of",
            "      required:\n        - releaseNotes\n      description: The release of",
        ),
    ];
    let page = workspace.page(&edits);
    insta::assert_snapshot!(page);
}

#[test]
fn a_new_status_names_the_code_that_matches_on_it() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[(
        "            - ERROR\n          example: SUCCESS",
        "            - ERROR\n            - CANCELED\n          example: SUCCESS",
    )]);
    insta::assert_snapshot!(page);
}

#[test]
fn a_value_in_one_of_two_equal_enums_is_avoidable() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[(
        "            - SINGLE\n            - MULTI\n          example: MULTI",
        "            - SINGLE\n            - MULTI\n            - BULK\n          example: MULTI",
    )]);
    insta::assert_snapshot!(page);
}

#[test]
fn a_renamed_property_is_told_as_one() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[("        releaseStatusUrl:\n", "        statusUrl:\n")]);
    insta::assert_snapshot!(page);
}

#[test]
fn a_removed_operation_names_what_called_it() {
    let workspace = Workspace::with_history();
    let text = fs::read_to_string(workspace.path(SPEC)).unwrap();
    let start = text
        .find("  /ReleaseIntegrationPackStatus/{id}:\n")
        .unwrap();
    let end = text.find("components:\n").unwrap();
    let page = workspace.page(&[(&text[start..end], "")]);
    insta::assert_snapshot!(page);
}

#[test]
fn a_new_operation_with_a_property_of_a_known_name_renames_nothing() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[(
        "paths:\n",
        "paths:
  /Deployment:
    get:
      operationId: GetDeployment
      responses:
        '200':
          description: The deployment.
          content:
            application/json:
              schema:
                type: object
                properties:
                  releaseStatus:
                    type: string
                    enum:
                      - WAITING
                      - DONE
",
    )]);
    insta::assert_snapshot!(page);
}

#[test]
fn an_error_with_a_body_of_its_own_is_avoidable() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[(
        "        '410':\n          $ref: '#/components/responses/410'\n",
        "        '409':
          description: The pack is being released.
          content:
            application/json:
              schema:
                type: object
                properties:
                  conflictingRequest:
                    type: string
        '410':
          $ref: '#/components/responses/410'
",
    )]);
    insta::assert_snapshot!(page);
}

#[test]
fn a_fault_that_the_vendor_mended_names_the_action() {
    let workspace = Workspace::with_history();
    let page = workspace.page(&[("          example: '200'\n", "          example: 200\n")]);
    insta::assert_snapshot!(page);
}

#[test]
fn without_changes_nothing_is_owed() {
    let workspace = Workspace::with_history();
    let run = workspace.review(&["--check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(
        run.stdout.starts_with("# NONE: nothing changed\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.ends_with("## Owed before merge\nNothing.\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_owed_is_demanded_until_it_is_there() {
    let workspace = Workspace::with_history();
    workspace.edit(SPEC, PROPERTIES, &with_notes());
    workspace.regen();
    workspace.commit("Add a property");
    workspace.git(&["branch", "--quiet", "other"]);
    let run = workspace.review(&["HEAD~1", "--check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(owed(&run), @"
    - version 0.1.1 in the manifest (MINOR after 0.1.0; it says 0.1.0)
    - a line in CHANGELOG.md that tells users of it
    ");

    workspace.edit("Cargo.toml", "version = \"0.1.0\"", "version = \"0.1.1\"");
    workspace.edit(
        "CHANGELOG.md",
        "### Added\n",
        "### Added\n\n- Notes of a release.\n",
    );
    let run = workspace.review(&["HEAD~1", "--check"]);
    assert_eq!((run.code, owed(&run).as_str()), (0, "Nothing."));
}

#[test]
fn a_break_is_accepted_in_a_file_and_a_stale_entry_is_an_error() {
    let workspace = Workspace::with_history();
    workspace.edit(SPEC, "        releaseStatusUrl:\n", "        statusUrl:\n");
    workspace.edit("Cargo.toml", "version = \"0.1.0\"", "version = \"0.2.0\"");
    workspace.edit(
        "CHANGELOG.md",
        "### Added\n",
        "### Added\n\n- `statusUrl`.\n",
    );
    let json = workspace.review(&["--format", "json"]).stdout;
    let page: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut text = "accepted:\n".to_owned();
    for entry in page["breaks"].as_array().unwrap() {
        let fingerprint = entry["fingerprint"].as_str().unwrap();
        let reason = "The vendor renamed it.";
        let entry = format!("{{fingerprint: '{fingerprint}', reason: {reason}, version: 0.2.0}}");
        text.extend(["  - ", &entry, "\n"]);
    }
    fs::write(workspace.path(ACCEPTED), &text).unwrap();
    let run = workspace.review(&["--check"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("accepted for 0.2.0"), "{}", run.stdout);

    fs::write(
        workspace.path(ACCEPTED),
        text.replacen("fingerprint: '", "fingerprint: 'f", 1),
    )
    .unwrap();
    let run = workspace.review(&[]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("spec/accepted-breaks.yaml:2: no break has the fingerprint"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_base_that_does_not_exist_is_an_error() {
    let workspace = Workspace::with_history();
    let run = workspace.review(&["nowhere"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("there is no commit nowhere"),
        "{}",
        run.stderr
    );
    let run = workspace.review(&["--", "-x"]);
    assert_eq!(run.code, 2);
}

#[test]
fn annotations_have_the_places_of_changes_and_of_the_overlay() {
    let workspace = Workspace::with_history();
    workspace.edit(
        SPEC,
        "          example: '200'\n",
        "          example: 200\n",
    );
    workspace.edit(SPEC, PROPERTIES, &with_notes());
    insta::assert_snapshot!(workspace.review(&["--format", "github"]).stdout);
}

/// The last section of the page.
fn owed(run: &Run) -> String {
    let (_, owed) = run.stdout.split_once("## Owed before merge\n").unwrap();
    owed.trim_end().to_owned()
}

/// The pages show what regen would generate, so the generated files of the working tree do not matter.
#[test]
fn generated_files_that_are_not_fresh_do_not_matter() {
    let workspace = Workspace::with_history();
    fs::remove_dir_all(workspace.path(GENERATED)).unwrap();
    let run = workspace.review(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("## In Rust\nNothing.\n"),
        "{}",
        run.stdout
    );
}
