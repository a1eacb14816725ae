//! `cargo xtask regen` keeps the public names of the client in `spec/names.yaml`.

use std::fs;

use super::{GENERATED, NAMES, SPEC, Workspace};

impl Workspace {
    fn types(&self) -> String {
        fs::read_to_string(self.path(GENERATED).join("types.rs")).unwrap()
    }

    fn names(&self) -> String {
        fs::read_to_string(self.path(NAMES)).unwrap()
    }
}

#[test]
fn a_new_operation_with_a_property_of_the_same_name_changes_no_type() {
    let workspace = Workspace::new();
    let before = workspace.types();
    workspace.edit(
        SPEC,
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
    );
    let run = workspace.regen(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = workspace.types();
    let digest = |line: &&str| !line.contains("Digest");
    let lost = before
        .lines()
        .filter(digest)
        .filter(|line| !after.contains(line));
    assert_eq!(lost.collect::<Vec<_>>(), [""; 0]);
    assert!(after.contains("pub enum ReleaseStatus {\n    /// `IN_PROGRESS`"));
    assert!(
        workspace
            .names()
            .contains("/properties/releaseStatus: GetDeploymentResponseReleaseStatus\n")
    );
}

#[test]
fn check_reports_names_that_are_not_fresh() {
    let workspace = Workspace::new();
    workspace.edit(NAMES, "  schemas/ErrorDetail: ErrorDetail\n", "");
    let stale = workspace.names();
    let run = workspace.regen(&["--check"]);
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for line in [
        "+++ b/spec/names.yaml",
        "+  schemas/ErrorDetail: ErrorDetail",
        "stale spec/names.yaml (+1 -0 lines)",
        "spec/names.yaml is stale: run `cargo xtask regen`",
    ] {
        assert!(
            run.stdout.lines().any(|it| it == line),
            "{line}\n{}",
            run.stdout
        );
    }
    assert_eq!(workspace.names(), stale);
    fs::remove_file(workspace.path(NAMES)).unwrap();
    assert_eq!(workspace.regen(&["--check"]).code, 1);
    assert_eq!(workspace.regen(&[]).code, 0);
    assert_eq!(workspace.regen(&["--check"]).code, 0);
}

#[test]
fn an_edit_of_the_names_renames() {
    let workspace = Workspace::new();
    workspace.edit(
        NAMES,
        "properties/releaseStatus: ReleaseStatus",
        "properties/releaseStatus: Progress",
    );
    assert_eq!(workspace.regen(&[]).code, 0);
    assert!(
        workspace
            .types()
            .contains("pub release_status: Option<Progress>")
    );
    assert!(!workspace.types().contains("enum ReleaseStatus"));
    assert_eq!(workspace.regen(&["--check"]).code, 0);
}

#[test]
fn a_name_that_rust_does_not_accept_is_refused_at_its_place() {
    let errors = super::refused(|it| {
        it.edit(
            NAMES,
            "schemas/ErrorDetail: ErrorDetail",
            "schemas/ErrorDetail: error_detail",
        );
    });
    assert!(errors.starts_with("error[invalid-public-name]"), "{errors}");
    assert!(errors.contains("--> spec/names.yaml:14:"), "{errors}");
}

#[test]
fn a_value_of_only_one_of_two_equal_enums_is_told_with_the_way_out() {
    let workspace = Workspace::new();
    workspace.edit(
        SPEC,
        "            - MULTI\n",
        "            - MULTI\n            - NONE\n",
    );
    let run = workspace.regen(&[]);
    assert_eq!(run.code, 0);
    for text in [
        "warning[name-not-kept]",
        "`types::InstallationType` was the type of this schema and of `schemas/ReleaseIntegrationPack/properties/installationType`",
        "this one has the type `types::PublisherIntegrationPackInstallationType`",
        "--> spec/release-integration-pack.yaml:",
        "overlay",
        "exchange the names in spec/names.yaml",
    ] {
        assert!(run.stderr.contains(text), "{text}\n{}", run.stderr);
    }
}
