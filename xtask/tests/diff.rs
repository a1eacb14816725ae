//! `cargo xtask diff`: formats, exit codes, documents of commits, standard input and overlays.

mod folder;

use std::process::Command;

use folder::Folder;
use serde_json::Value;

const OLD: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      responses:
        '200':
          description: All pets
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}}}
";

/// The document with one more property.
fn new() -> String {
    OLD.replace(
        "name: {type: string}}",
        "name: {type: string}, age: {type: integer}}",
    )
}

/// The document without its parameter.
fn broken() -> String {
    let mut lines: Vec<&str> = OLD.lines().collect();
    lines.retain(|line| !line.contains("limit") && !line.contains("parameters"));
    lines.join("\n")
}

/// The document with a smaller maximum for the parameter.
fn tightened() -> String {
    OLD.replace("{type: integer}", "{type: integer, maximum: 9}")
}

fn folder() -> Folder {
    let (new, broken, tightened) = (new(), broken(), tightened());
    Folder::with(&[
        ("old.yaml", OLD),
        ("new.yaml", &new),
        ("broken.yaml", &broken),
        ("tightened.yaml", &tightened),
    ])
}

#[test]
fn the_page_tells_the_change_with_its_place() {
    let folder = folder();
    let run = folder.run(&["diff", "old.yaml", "new.yaml"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("page", run.stdout);
    let markdown = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "markdown"]);
    assert_eq!(markdown.stdout, run.stdout);
}

#[test]
fn json_has_the_content_of_the_page_and_the_places_in_both_documents() {
    let run = folder().run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    insta::assert_snapshot!("json", run.stdout);
}

#[test]
fn github_gets_an_annotation_for_each_change() {
    let folder = folder();
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "github"]);
    assert_eq!(
        run.stdout,
        "::notice file=new.yaml,line=15,col=78,title=MINOR%3A Pet + `age?%3A integer`\
         ::GET /pets 200: Pet + `age?: integer` (new.yaml:15:78)\n"
    );
    let run = folder.run(&["diff", "old.yaml", "broken.yaml", "--format", "github"]);
    let kinds: Vec<&str> = run
        .stdout
        .lines()
        .filter_map(|it| it.split(' ').next())
        .collect();
    assert_eq!(kinds, ["::error", "::error"], "{}", run.stdout);
}

#[test]
fn places_in_json_are_those_of_the_file() {
    let folder = folder();
    let json = |text: &str| {
        let value = releasepack_codegen::Document::parse("x.yaml", text.as_bytes());
        format!("{:#}", value.unwrap().value())
    };
    folder.write("old.json", json(OLD).as_bytes());
    folder.write("new.json", json(&new()).as_bytes());
    let of = |base: &str, revision: &str| -> Vec<Value> {
        let report = folder
            .run(&["diff", base, revision, "--format", "json"])
            .json();
        report["changes"].as_array().unwrap().clone()
    };
    let (yaml, json) = (of("old.yaml", "new.yaml"), of("old.json", "new.json"));
    assert_eq!(json[0]["fingerprint"], yaml[0]["fingerprint"]);
    let place = &json[0]["revision"];
    let line = usize::try_from(place["line"].as_u64().unwrap()).unwrap();
    let text = folder.read("new.json");
    assert_eq!(text.lines().nth(line - 1).unwrap().trim(), "\"age\": {");
    // Both formats in one comparison.
    assert!(of("old.yaml", "old.json").is_empty());
}

#[test]
fn the_exit_code_says_whether_there_is_such_a_change() {
    let folder = folder();
    let cases = [
        ("old.yaml", [0, 0, 0]),
        ("new.yaml", [0, 0, 1]),
        ("tightened.yaml", [0, 1, 1]),
        ("broken.yaml", [1, 1, 1]),
    ];
    for (revision, codes) in cases {
        assert_eq!(folder.run(&["diff", "old.yaml", revision]).code, 0);
        for (which, code) in ["breaking", "risk", "any"].into_iter().zip(codes) {
            let run = folder.run(&["diff", "old.yaml", revision, "--fail-on", which]);
            assert_eq!(
                run.code, code,
                "{revision} --fail-on {which}: {}",
                run.stdout
            );
        }
    }
}

#[test]
fn one_of_the_documents_may_be_standard_input() {
    let folder = folder();
    let run = folder.run_with(&["diff", "-", "new.yaml"], OLD);
    assert!(
        run.stdout
            .starts_with("# MINOR: Pet + `age?: integer`\n- → new.yaml"),
        "{}",
        run.stdout
    );
    let run = folder.run_with(&["diff", "old.yaml", "-"], &new());
    assert!(run.stdout.contains("(<stdin>:15:78)"), "{}", run.stdout);
    let run = folder.run_with(&["diff", "-", "-"], OLD);
    assert_eq!(
        run.refusal(),
        "error: standard input can only be one of the documents"
    );
}

#[test]
fn faults_of_the_input_exit_with_2() {
    let folder = folder();
    folder.write("text.yaml", b"just a text");
    folder.write("cut.yaml", b"openapi: 3.0.3\ninfo: {title: ");
    let refusal = |base: &str, revision: &str| {
        let run = folder.run(&["diff", base, revision]);
        run.refusal().lines().next().unwrap().to_owned()
    };
    assert!(refusal("missing.yaml", "new.yaml").starts_with("error: cannot open missing.yaml"));
    assert!(refusal("old.yaml", "text.yaml").starts_with("error[unsupported-document]"));
    assert!(refusal("cut.yaml", "new.yaml").starts_with("error[invalid-syntax]"));
    assert_eq!(
        refusal("-x:old.yaml", "new.yaml").split(' ').next(),
        Some("error:")
    );
    assert_eq!(folder.run(&["diff", "old.yaml"]).code, 2);
}

#[test]
fn only_the_operations_that_were_asked_for_are_compared() {
    let folder = folder();
    let more = "\n  /owners:\n    get: {operationId: listOwners, responses: {'204': {description: none}}}\n";
    folder.write(
        "more.yaml",
        new()
            .replace("paths:\n", &format!("paths:{more}"))
            .as_bytes(),
    );
    let bump = |arguments: &[&str]| {
        let mut all = vec!["diff", "old.yaml", "more.yaml", "--format", "json"];
        all.extend(arguments);
        folder.run(&all).json()["changes"].as_array().unwrap().len()
    };
    assert_eq!(bump(&[]), 2);
    assert_eq!(bump(&["--operation", "listPets"]), 1);
    // One that only one of the documents has was added, or removed.
    let rules = |arguments: &[&str]| {
        let mut all = vec!["diff", "--format", "json", "--operation", "listOwners"];
        all.extend(arguments);
        let changes = folder.run(&all).json()["changes"].clone();
        let changes = changes.as_array().unwrap().iter();
        let rules = changes.map(|it| it["rule"].as_str().unwrap().to_owned());
        rules.collect::<Vec<_>>()
    };
    assert_eq!(rules(&["old.yaml", "more.yaml"]), ["operation-added"]);
    assert_eq!(rules(&["more.yaml", "old.yaml"]), ["operation-removed"]);
    assert_eq!(
        rules(&["more.yaml", "old.yaml", "--operation", "listPets"]).len(),
        2
    );
    let none = folder.run(&["diff", "old.yaml", "more.yaml", "--operation", "listOwner"]);
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("listOwners"), "{}", none.stderr);
}

/// Runs git in the folder.
fn git(folder: &Folder, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder.0.path())
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_document_of_a_commit_has_the_files_of_that_commit_beside_it() {
    let parts = OLD.split("components:").next().unwrap();
    let document = parts.replace("#/components/schemas/Pet", "parts/pet.yaml");
    let pet = "type: object\nrequired: [name]\nproperties:\n  name: {type: string}\n";
    let folder = Folder::with(&[("spec/api.yaml", &document), ("spec/parts/pet.yaml", pet)]);
    git(&folder, &["init", "--quiet"]);
    git(&folder, &["add", "."]);
    git(&folder, &["commit", "--quiet", "-m", "one"]);
    folder.write(
        "spec/parts/pet.yaml",
        format!("{pet}  age: {{type: integer}}\n").as_bytes(),
    );
    let run = folder.run(&[
        "diff",
        "HEAD:spec/api.yaml",
        "spec/api.yaml",
        "--format",
        "json",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let change = &run.json()["changes"][0];
    assert_eq!(change["rule"], "response-property-added");
    assert_eq!(change["base"]["file"], "HEAD:spec/parts/pet.yaml");
    assert_eq!(change["revision"]["file"], "spec/parts/pet.yaml");
    assert_eq!(change["revision"]["line"], 5);
    // Relative to the folder of the process, as git has it.
    let run = folder.run(&[
        "diff",
        "HEAD:./spec/api.yaml",
        "HEAD:spec/api.yaml",
        "--format",
        "json",
    ]);
    assert_eq!(
        run.json()["changes"].as_array().unwrap().len(),
        0,
        "{}",
        run.stderr
    );

    let run = folder.run(&["diff", "HEAD:spec/none.yaml", "spec/api.yaml"]);
    assert!(
        run.refusal()
            .starts_with("error: git has no HEAD:spec/none.yaml"),
        "{}",
        run.stderr
    );
    let run = folder.run(&["diff", "nobody:spec/api.yaml", "spec/api.yaml"]);
    assert!(
        run.refusal()
            .starts_with("error: git has no nobody:spec/api.yaml"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_reference_that_leads_nowhere_is_reported_and_the_rest_is_compared() {
    let lost = new().replace("'#/components/schemas/Pet'", "'lost.yaml'");
    let folder = folder();
    folder.write("lost.yaml.yaml", lost.as_bytes());
    let run = folder.run(&["diff", "old.yaml", "lost.yaml.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("lost.yaml"), "{}", run.stderr);
    assert!(run.stdout.contains("not classified"), "{}", run.stdout);
}

const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: Corrections, version: '1'}
extends: somewhere-else.yaml
actions:
- target: $.components.schemas.Pet.properties.age
  remove: true
";

#[test]
fn an_action_that_fits_only_one_document_is_a_line_of_the_page() {
    let folder = folder();
    folder.write("overlay.yaml", OVERLAY.as_bytes());
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--overlay", "overlay.yaml"]);
    // The warning that the overlay is for another document would be wrong for at least one of the two.
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("overlay", run.stdout);

    let backwards = folder.run(&["diff", "new.yaml", "old.yaml", "--overlay", "overlay.yaml"]);
    assert!(
        backwards.stdout.contains("- new document: the action "),
        "{}",
        backwards.stdout
    );
    let github = [
        "diff",
        "new.yaml",
        "old.yaml",
        "--overlay",
        "overlay.yaml",
        "--format",
        "github",
    ];
    let github = folder.run(&github).stdout;
    assert!(
        github.starts_with("::warning file=overlay.yaml,line=5,col="),
        "{github}"
    );
    let json = [
        "diff",
        "new.yaml",
        "old.yaml",
        "--overlay",
        "overlay.yaml",
        "--format",
        "json",
    ];
    let json = folder.run(&json).json();
    assert_eq!(json["overlays"][0]["code"], "overlay-action-without-match");
    assert_eq!(json["overlays"][0]["location"]["line"], 5);
}

#[test]
fn an_action_that_fits_neither_document_is_an_error() {
    let folder = folder();
    folder.write("overlay.yaml", OVERLAY.as_bytes());
    let run = folder.run(&[
        "diff",
        "old.yaml",
        "broken.yaml",
        "--overlay",
        "overlay.yaml",
    ]);
    assert!(
        run.refusal()
            .starts_with("error[overlay-action-without-match]"),
        "{}",
        run.stderr
    );
}
