//! `cargo xtask refresh`, run on copies of the workspace with a document that a vendor could publish.

mod workspace;

use std::fs;

use releasepack_codegen::{Document, Overlay, apply_overlay, texts, tree};
use serde_json::{Value, json};

use workspace::{GENERATED, Run, SPEC, Workspace};

const PROSE: &str = "spec/prose.yaml";
const SOURCE: &str = "spec/source.yaml";
const WHOLE: &str = "whole.json";

impl Workspace {
    /// With the vendor's document beside spec/: the fragment as the vendor words it, among other operations.
    fn published() -> Self {
        let workspace = Self::new();
        workspace.publish(&workspace.vendors());
        workspace
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn yaml(&self, name: &str) -> Value {
        let document = Document::parse(name, self.read(name).as_bytes()).unwrap();
        document.value().clone()
    }

    /// The vendor's document.
    fn vendors(&self) -> Value {
        let whole = self.yaml(SPEC);
        let source = self.yaml(SOURCE);
        let actions: Vec<_> = texts(&whole)
            .into_keys()
            .map(|path| match source["prose"].get(&path) {
                Some(_) => {
                    json!({"target": path, "update": format!("The vendor's words at {path}")})
                }
                // We have added this text.
                None => json!({"target": path, "remove": true}),
            })
            .collect();
        let overlay = json!({"overlay": "1.0.0", "info": {"title": "Theirs", "version": "1"}, "actions": actions});
        let overlay = Overlay::parse("theirs.json", overlay.to_string().as_bytes()).unwrap();
        let (mut whole, _) = apply_overlay(whole, &overlay).unwrap();
        whole["paths"]["/ReleaseHistory/{id}"] = json!({"get": {
            "operationId": "GetReleaseHistory",
            "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
            "responses": {"200": {"$ref": "#/components/responses/Pack"}},
        }});
        whole["components"]["responses"]["Pack"] = json!({"description": "The vendor's pack"});
        whole
    }

    fn publish(&self, whole: &Value) {
        fs::write(self.path(WHOLE), format!("{whole:#}")).unwrap();
    }

    fn refresh(&self, arguments: &[&str]) -> Run {
        let mut command = self.command("refresh");
        command.arg("--from").arg(self.path(WHOLE)).args(arguments);
        Run::from(command.output().unwrap())
    }

    /// All files that refresh may write.
    fn files(&self) -> Vec<tree::File> {
        let mut files = tree::read(&self.path(GENERATED)).unwrap();
        files.extend([SPEC, SOURCE].map(|name| tree::File::new(name, self.read(name))));
        files
    }

    /// After a first refresh, which reports that the vendor changed all texts.
    fn seen(self) -> Self {
        let run = self.refresh(&[]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        self
    }

    /// Publishes a new optional property.
    fn publish_property(&self, property: Value) {
        let mut whole = self.vendors();
        whole["components"]["schemas"]["ReleaseIntegrationPack"]["properties"]["releaseNotes"] =
            property;
        self.publish(&whole);
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let run = self.refresh(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
        assert_eq!(self.files(), before);
        run.stderr
    }
}

#[test]
fn a_document_that_differs_in_prose_only_does_not_change_the_fragment() {
    let workspace = Workspace::published();
    let fragment = workspace.read(SPEC);
    let run = workspace.refresh(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(workspace.read(SPEC), fragment);
    assert!(
        run.stderr.contains("warning[prose-changed]"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("whole.json:"), "{}", run.stderr);
    assert!(
        run.stdout.contains("the public API does not change"),
        "{}",
        run.stdout
    );

    let source = workspace.read(SOURCE);
    let again = workspace.refresh(&["--check"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""));
    assert_eq!(workspace.read(SOURCE), source);
}

#[test]
fn a_new_property_comes_with_its_field_and_only_its_own_lines() {
    let workspace = Workspace::published().seen();
    let before = workspace.read(SPEC);
    workspace.publish_property(json!({"type": "string"}));

    let check = workspace.refresh(&["--check"]);
    assert_eq!(check.code, 1, "{}", check.stderr);
    assert!(
        check
            .stdout
            .contains("+        releaseNotes:\n+          type: string\n"),
        "{}",
        check.stdout
    );
    assert_eq!(workspace.read(SPEC), before);

    let run = workspace.refresh(&["--source", "https://example.com/whole.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let field = "+ field types::ReleaseIntegrationPack.release_notes: Option<String>";
    assert!(run.stdout.contains(field), "{}", run.stdout);
    assert!(run.stdout.contains("(+2 -0 lines)"), "{}", run.stdout);
    let source = workspace.yaml(SOURCE);
    assert_eq!(source["source"], "https://example.com/whole.json");
    let bytes = fs::read(workspace.path(WHOLE)).unwrap();
    assert_eq!(source["digest"], releasepack_codegen::digest(&bytes));
    let types = workspace.read(&format!("{GENERATED}/types.rs"));
    assert!(types.contains("release_notes"));
    assert_eq!(workspace.refresh(&["--check"]).code, 0);
}

#[test]
fn new_prose_is_never_written() {
    let workspace = Workspace::published().seen();
    let words = "What subscribers are told, in the vendor's words";
    workspace.publish_property(json!({"type": "string", "description": words}));
    let errors = workspace.refused(&[]);
    let action = "target: $.components.schemas.ReleaseIntegrationPack.properties.releaseNotes";
    assert!(
        errors.starts_with("error[prose-without-wording]"),
        "{errors}"
    );
    assert!(errors.contains(action), "{errors}");

    let run = workspace.refresh(&["--leave-out-prose"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("warning[prose-without-wording]"),
        "{}",
        run.stderr
    );
    let written: String = workspace.files().into_iter().map(|it| it.text).collect();
    assert!(written.contains("releaseNotes") && !written.contains(words));

    let action =
        format!("\n  - {action}\n    update:\n      description: Notes for subscribers.\n");
    fs::write(workspace.path(PROSE), workspace.read(PROSE) + &action).unwrap();
    let run = workspace.refresh(&[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(workspace.read(SPEC).contains("Notes for subscribers."));
}

#[test]
fn an_operation_is_added_on_request() {
    let workspace = Workspace::published().seen();
    let errors = workspace.refused(&["--operation", "GetReleaseHistorys"]);
    assert!(
        errors.contains("did you mean `GetReleaseHistory`?"),
        "{errors}"
    );

    let add = ["--operation", "GetReleaseHistory", "--leave-out-prose"];
    let run = workspace.refresh(&add);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let method = "+ fn Client::get_release_history";
    assert!(run.stdout.contains(method), "{}", run.stdout);
    // The next refresh takes it from the fragment.
    assert_eq!(workspace.refresh(&["--check", "--leave-out-prose"]).code, 0);
}

#[test]
fn json_output_has_the_same_content() {
    let workspace = Workspace::published().seen();
    workspace.publish_property(json!({"type": "string"}));
    let run = workspace.refresh(&["--check", "--format", "json"]);
    assert_eq!(run.code, 1);
    let value: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(value["operations"], 4);
    assert_eq!(
        value["fragment"],
        json!({"path": SPEC, "added": 2, "removed": 0})
    );
    assert_eq!(
        (&value["changes"], &value["written"]),
        (&json!(true), &json!(false))
    );
    let field = "+ field types::ReleaseIntegrationPack.release_notes: Option<String> set by impl Into<String>";
    assert_eq!(value["outline"], json!([field]));
}

#[test]
fn a_document_that_cannot_be_used_is_refused() {
    let workspace = Workspace::published();
    fs::remove_file(workspace.path(WHOLE)).unwrap();
    let errors = workspace.refused(&[]);
    assert!(errors.contains("whole.json"), "{errors}");

    workspace.publish(&json!({"swagger": "1.2"}));
    let errors = workspace.refused(&[]);
    assert!(errors.contains("error[unsupported-document]"), "{errors}");

    fs::write(workspace.path(WHOLE), "<html></html>").unwrap();
    workspace.refused(&[]);
}

#[test]
fn an_operation_that_is_gone_is_refused() {
    let workspace = Workspace::published().seen();
    let mut whole = workspace.vendors();
    let paths = whole["paths"].as_object_mut().unwrap();
    paths.remove("/ReleaseIntegrationPackStatus/{id}").unwrap();
    workspace.publish(&whole);
    let errors = workspace.refused(&[]);
    assert!(
        errors.contains("`GetReleaseIntegrationPackStatus`"),
        "{errors}"
    );
}

#[test]
fn a_correction_that_the_vendor_made_too_is_refused_at_its_action() {
    let workspace = Workspace::published().seen();
    let mut whole = workspace.vendors();
    let schemas = &mut whole["components"]["schemas"];
    schemas["ReleaseIntegrationPackStatus"]["properties"]["responseStatusCode"]["example"] =
        json!(200);
    workspace.publish(&whole);
    let errors = workspace.refused(&[]);
    assert!(
        errors.contains("error[overlay-action-without-match]"),
        "{errors}"
    );
    assert!(errors.contains("--> spec/overlay.yaml:"), "{errors}");
}

#[test]
fn nothing_is_written_if_the_client_cannot_be_written() {
    let workspace = Workspace::published().seen();
    workspace.publish_property(json!({"type": "string"}));
    let before = [SPEC, SOURCE].map(|name| workspace.read(name));
    fs::remove_dir_all(workspace.path(GENERATED)).unwrap();
    fs::write(workspace.path(GENERATED), "a file").unwrap();
    let run = workspace.refresh(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    assert!(run.stderr.contains(GENERATED), "{}", run.stderr);
    assert_eq!([SPEC, SOURCE].map(|name| workspace.read(name)), before);
}

#[test]
fn a_client_that_an_earlier_run_did_not_write_is_completed() {
    let workspace = Workspace::published().seen();
    workspace.publish_property(json!({"type": "string"}));
    let old = tree::read(&workspace.path(GENERATED)).unwrap();
    assert_eq!(workspace.refresh(&[]).code, 0);
    let new = workspace.files();
    tree::write(&workspace.path(GENERATED), &old).unwrap();
    assert_eq!(workspace.refresh(&[]).code, 0);
    assert_eq!(workspace.files(), new);
}
