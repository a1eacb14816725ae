//! The command line: exit codes, the use of the output streams, and the form of diagnostics.

mod folder;

use std::time::{Duration, Instant};

use folder::Folder;
use serde_json::Value;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses: {'204': {description: none}}
  /cages:
    get:
      operationId: listCages
      responses: {default: {$ref: '#/components/responses/Failed'}}
components:
  responses: {Failed: {description: It failed}}
";

#[test]
fn broken_yaml_is_shown_at_its_place() {
    let folder = Folder::with(&[(
        "pets.yaml",
        "openapi: 3.0.3\ninfo: {title: Pets\npaths: {}\n",
    )]);
    insta::assert_snapshot!(folder.run(&["lint", "--spec", "pets.yaml"]).refusal(), @r"
    error[invalid-syntax]: this is not YAML: while parsing a flow mapping, did not find expected ',' or '}'
     --> pets.yaml:3:6
      |
    3 | paths: {}
      |      ^
      |
      = help: correct the syntax at this place
    ");
}

#[test]
fn other_kinds_of_documents_are_refused_with_one_error() {
    let folder = Folder::with(&[
        ("swagger.json", "{\"swagger\": \"1.2\", \"paths\": {}}"),
        ("async.yaml", "asyncapi: 3.0.0\nchannels: {}\n"),
        (
            "page.html",
            "<!DOCTYPE html>\n<html><body>openapi: 3.0.3</body></html>\n",
        ),
        ("empty.yaml", "\n  # nothing\n"),
        ("nothing.json", ""),
        ("overlay.yaml", "overlay: 1.0.0\n"),
        ("list.json", "[1]"),
        ("old.yaml", "openapi: 2.5.0\n"),
    ]);
    let files = [
        "swagger.json",
        "async.yaml",
        "page.html",
        "empty.yaml",
        "nothing.json",
        "overlay.yaml",
        "list.json",
        "old.yaml",
    ];
    let mut sentences = Vec::new();
    for file in files {
        for command in [&["lint", "--spec"][..], &["slice", "--tag", "a", "--spec"]] {
            let run = folder.run(&[command, &[file]].concat());
            let sentence = run.refusal().lines().next().unwrap().to_owned();
            assert_eq!(run.stderr.matches("error").count(), 1, "{}", run.stderr);
            sentences.push(format!("{file}: {sentence}"));
        }
    }
    sentences.dedup();
    insta::assert_snapshot!(sentences.join("\n"), @r"
    swagger.json: error[unsupported-document]: this is Swagger 1.2, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    async.yaml: error[unsupported-document]: this is AsyncAPI 3.0.0, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    page.html: error[unsupported-document]: this is a web page or XML, not an OpenAPI document
    empty.yaml: error[empty-document]: the document is empty
    nothing.json: error[empty-document]: the document is empty
    overlay.yaml: error[unsupported-document]: this is an OpenAPI Overlay 1.0.0, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    list.json: error[unsupported-document]: this is an array, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    old.yaml: error[unsupported-document]: this is OpenAPI 2.5.0, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    ");
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let folder = Folder::with(&[("folder/pets.yaml", PETS)]);
    insta::assert_snapshot!(folder.run(&["lint", "--spec", "nothing.yaml"]).refusal(), @r"error: cannot open nothing.yaml: No such file or directory (os error 2)");
    insta::assert_snapshot!(folder.run(&["lint", "--spec", "folder"]).refusal(), @r"error: cannot read folder: Is a directory (os error 21)");
    let run = folder.run(&["--format", "json", "lint", "--spec", "nothing.yaml"]);
    insta::assert_snapshot!(run.refusal(), @r#"{"error":"cannot open nothing.yaml: No such file or directory (os error 2)"}"#);
}

#[test]
fn lint_reports_errors_on_standard_output_and_exits_1() {
    let text = PETS.replace("responses/Failed'", "responses/Faled'");
    let folder = Folder::with(&[("pets.yaml", &text)]);
    let run = folder.run(&["lint", "--spec", "pets.yaml", "--level", "warning"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stdout.trim_end(), @r"
    error[dangling-reference]: `#/components/responses/Faled` does not exist
      --> pets.yaml:12:35
       |
    12 |       responses: {default: {$ref: '#/components/responses/Faled'}}
       |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: at /paths/~1cages/get/responses/default/$ref
       = help: did you mean `#/components/responses/Failed`?
    ");
    assert!(
        run.stderr.starts_with("1 error, 0 warnings, "),
        "{}",
        run.stderr
    );

    let run = folder.run(&[
        "lint",
        "--spec",
        "pets.yaml",
        "--format",
        "json",
        "--level",
        "error",
    ]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    insta::assert_json_snapshot!(run.json(), @r#"
    {
      "errors": 1,
      "warnings": 0,
      "notes": 0,
      "diagnostics": [
        {
          "code": "dangling-reference",
          "severity": "error",
          "message": "`#/components/responses/Faled` does not exist",
          "file": "pets.yaml",
          "location": {
            "line": 12,
            "column": 35
          },
          "pointer": "/paths/~1cages/get/responses/default/$ref",
          "help": "did you mean `#/components/responses/Failed`?"
        }
      ]
    }
    "#);
}

#[test]
fn lint_reports_what_one_pass_did() {
    let folder = Folder::with(&[("pets.yaml", ODD)]);
    let run = folder.run(&[
        "--format",
        "json",
        "lint",
        "--spec",
        "pets.yaml",
        "--pass",
        "formats",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report = run.json();
    let messages: Vec<&str> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|diagnostic| diagnostic["message"].as_str().unwrap())
        .collect();
    assert_eq!(
        messages,
        ["the format `datetime` was renamed to `date-time` (formats)"]
    );
    let run = folder.run(&["lint", "--spec", "pets.yaml", "--pass", "format"]);
    assert_eq!(
        run.refusal(),
        "error: there is no pass `format`; did you mean `formats`?"
    );
}

/// Two passes have something to change.
const ODD: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {born: {type: string, format: datetime}, tags: {type: array}}}
";

#[test]
fn lint_of_a_valid_document_exits_0() {
    let folder = Folder::with(&[("pets.yaml", PETS)]);
    let run = folder.run(&["lint", "--spec", "pets.yaml"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let run = folder.run(&["-q", "lint", "--spec", "pets.yaml", "--level", "warning"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "", "")
    );
}

#[test]
fn a_dash_reads_standard_input() {
    let folder = Folder::with(&[]);
    let run = folder.run_with(&["slice", "--spec", "-", "--tag", "pets"], PETS);
    assert_eq!((run.code, run.stderr.as_str()), (0, "1 operation\n"));
    assert!(
        run.stdout.contains("listPets") && !run.stdout.contains("listCages"),
        "{}",
        run.stdout
    );

    let run = folder.run_with(&["lint", "--spec", "-"], "openapi: [");
    assert!(run.refusal().contains("<stdin>:1:11"), "{}", run.stderr);

    let beside = PETS.replace("#/components/responses/Failed", "failed.yaml");
    let run = folder.run_with(&["slice", "--spec", "-", "--tag", "pets"], &beside);
    assert!(
        run.refusal()
            .contains("standard input has no files beside it"),
        "{}",
        run.stderr
    );
}

#[test]
fn slice_writes_the_format_of_the_extension_or_nothing() {
    let folder = Folder::with(&[("pets.yaml", PETS)]);
    let run = folder.run(&[
        "slice",
        "--spec",
        "pets.yaml",
        "--operation",
        "listCages",
        "--out",
        "cages.json",
    ]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
    let written: Value = serde_json::from_str(&folder.read("cages.json")).unwrap();
    assert_eq!(
        written["components"]["responses"]["Failed"]["description"],
        "It failed"
    );

    let run = folder.run(&[
        "slice",
        "--spec",
        "pets.yaml",
        "--tag",
        "Pets",
        "--out",
        "pets.json",
    ]);
    insta::assert_snapshot!(run.refusal(), @r"
    error[invalid-selection]: no operation has the tag `Pets`
     --> pets.yaml:3:1
      |
    3 | paths:
      | ^^^^^
      |
      = note: at /paths
      = help: did you mean `pets`?
    ");
    assert!(!folder.has("pets.json"));
    let run = folder.run(&["slice", "--spec", "pets.yaml"]);
    assert!(
        run.refusal().contains("no operation is selected"),
        "{}",
        run.stderr
    );
}

#[test]
fn files_beside_the_document_are_read_and_no_others() {
    let folder = Folder::with(&[
        (
            "api/pets.yaml",
            &PETS.replace("#/components/responses/Failed", "parts/failed.yaml"),
        ),
        ("api/parts/failed.yaml", "description: [5]\n"),
        ("secret.yaml", "description: It failed\n"),
    ]);
    let run = folder.run(&["lint", "--spec", "api/pets.yaml", "--level", "warning"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.contains("api/parts/failed.yaml:1:1"),
        "{}",
        run.stdout
    );
    let run = folder.run(&[
        "slice",
        "--spec",
        "api/pets.yaml",
        "--operation",
        "listCages",
    ]);
    assert!(
        run.stdout.contains("$ref: '#/components/responses/failed'"),
        "{}",
        run.stdout
    );

    for reference in [
        "../secret.yaml",
        "/etc/hostname",
        "http://127.0.0.1:9/a.yaml",
    ] {
        folder.write(
            "api/pets.yaml",
            PETS.replace("#/components/responses/Failed", reference)
                .as_bytes(),
        );
        let run = folder.run(&["slice", "--spec", "api/pets.yaml", "--tag", "pets"]);
        assert!(
            run.refusal().contains("api/pets.yaml:12:"),
            "{}",
            run.stderr
        );
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../secret.yaml", folder.0.path().join("api/link.yaml"))
            .unwrap();
        folder.write(
            "api/pets.yaml",
            PETS.replace("#/components/responses/Failed", "link.yaml")
                .as_bytes(),
        );
        let run = folder.run(&["slice", "--tag", "pets", "--spec", "api/pets.yaml"]);
        assert!(
            run.refusal()
                .contains("a link that leads out of the folder"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn overlays_are_applied_before_lint_and_slice() {
    let overlay = "overlay: 1.0.0\ninfo: {title: ours, version: '1'}\nactions:\n  - target: $.paths['/cages'].get\n    update: {tags: [cages]}\n";
    let folder = Folder::with(&[("pets.yaml", PETS), ("ours.yaml", overlay)]);
    let run = folder.run(&[
        "slice",
        "--spec",
        "pets.yaml",
        "--overlay",
        "ours.yaml",
        "--tag",
        "cages",
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("listCages"), "{}", run.stdout);
}

#[test]
fn codes_are_explained() {
    let folder = Folder::with(&[]);
    let run = folder.run(&["explain", "dangling-reference"]);
    assert!(
        run.code == 0 && run.stdout.starts_with("# dangling-reference\n"),
        "{}",
        run.stdout
    );
    let run = folder.run(&["explain", "dangling-referense"]);
    assert_eq!(
        run.refusal(),
        "error: there is no code `dangling-referense`; did you mean `dangling-reference`?"
    );
    let all = folder.run(&["explain", "--format", "json"]).json();
    assert!(
        all["codes"]
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["page"].is_string())
    );
}

#[test]
fn rules_of_diff_are_explained_with_an_example() {
    let folder = Folder::with(&[]);
    let run = folder.run(&["explain", "request-required-property-added"]);
    insta::assert_snapshot!("explain_rule", run.stdout);
    let run = folder.run(&["explain", "request-required-property-ad"]);
    assert_eq!(
        run.refusal(),
        "error: there is no code `request-required-property-ad`; did you mean `request-required-property-added`?"
    );
    let all = folder.run(&["explain", "--format", "json"]).json();
    let rules = all["rules"].as_array().unwrap();
    assert_eq!(rules.len(), releasepack_codegen::diff::RULES.len());
    for rule in rules {
        let page = rule["page"].as_str().unwrap();
        assert!(page.contains("**Example.**"), "{page}");
    }
    let list = folder.run(&["explain"]).stdout;
    assert!(list.contains(
        "\nrequest-required-property-added\n    A property that must be sent was added.\n"
    ));
}

#[test]
fn a_wrong_command_line_exits_2() {
    let folder = Folder::with(&[]);
    for arguments in [
        &[][..],
        &["nothing"],
        &["lint"],
        &["lint", "--spec"],
        &["slice", "--spec", "a", "--nothing"],
    ] {
        let run = folder.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty());
    }
    assert_eq!(folder.run(&["--help"]).code, 0);
}

#[test]
fn hostile_input_is_refused_quickly() {
    let mut bomb = "a: &a0 [x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}, ", level - 1);
        bomb += &[
            "b",
            &level.to_string(),
            ": &a",
            &level.to_string(),
            " [",
            &alias.repeat(8),
            "]
",
        ]
        .concat();
    }
    let folder = Folder::with(&[("bomb.yaml", &bomb)]);
    folder.write("deep.json", "[".repeat(2_000_000).as_bytes());
    folder.write("deep.yaml", "- ".repeat(200_000).as_bytes());
    folder.write("long.json", &vec![b' '; 100 * 1024 * 1024 + 1]);
    folder.write("zeros.yaml", &vec![0; 10 * 1024 * 1024]);
    let expected = [
        ("bomb.yaml", "alias-expansion"),
        ("deep.json", "nesting-too-deep"),
        ("deep.yaml", "nesting-too-deep"),
        ("long.json", "document-too-large"),
        ("zeros.yaml", "invalid-syntax"),
    ];
    for (file, code) in expected {
        let begin = Instant::now();
        let run = folder.run(&["lint", "--spec", file]);
        assert!(
            run.refusal().starts_with(&format!("error[{code}]")),
            "{file}: {:.300}",
            run.stderr
        );
        assert!(run.stderr.len() < 2000, "{file}");
        assert!(
            begin.elapsed() < Duration::from_secs(60),
            "{file}: {:?}",
            begin.elapsed()
        );
    }
}

#[test]
fn lint_continues_when_a_file_is_missing() {
    let broken = PETS.replace("#/components/responses/Failed", "failed.yaml");
    let broken = broken.replace("description: none", "descripion: none");
    let folder = Folder::with(&[("pets.yaml", &broken)]);
    let run = folder.run(&["lint", "--spec", "pets.yaml", "--level", "warning"]);
    assert_eq!(run.code, 1);
    let titles = run.stdout.lines().filter(|line| line.contains("]: "));
    insta::assert_snapshot!(titles.collect::<Vec<_>>().join("\n"), @r"
    warning[missing-member]: this response has no `description`
    warning[unknown-member]: `descripion` is not a member of this response
    error[dangling-reference]: `failed.yaml` does not exist: cannot read failed.yaml: No such file or directory (os error 2)
    ");
}

#[test]
fn generate_reports_what_became_any_value() {
    let folder = Folder::with(&[("pets.yaml", ODD)]);
    let report = |format: &[&str]| {
        let generate = [
            "-q",
            "generate",
            "--spec",
            "pets.yaml",
            "--name",
            "pets",
            "--out",
            "out",
            "--report",
        ];
        let run = folder.run(&[&generate[..], format].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        run
    };
    insta::assert_snapshot!(report(&[]).stdout.trim_end(), @r"
    pets.yaml:6:78: types::Pet.tags: any value: the description does not say what it is (description)
    1 part became any value: 1 by the description, 0 by a fault, 0 by the generator
    ");
    let json = report(&["json"]).json();
    assert_eq!(json["counts"]["description"], 1);
    assert_eq!(json["counts"]["generator"], 0);
    assert_eq!(json["untyped"][0]["why"], "description");
    assert_eq!(json["untyped"][0]["location"]["line"], 6);
}

#[test]
fn a_root_allows_references_to_files_above_the_document_and_below_the_root() {
    let pets = |reference| PETS.replace("#/components/responses/Failed", reference);
    let folder = Folder::with(&[
        ("apis/pets/api.yaml", &pets("../common/c.yaml#/Failed")),
        (
            "apis/common/c.yaml",
            "Failed: {$ref: '../common/../pets/api.yaml#/components/responses/Failed'}\n",
        ),
        ("secret.yaml", "Failed: {description: It failed}\n"),
    ]);
    let run = |options: &[&str]| {
        let command = ["slice", "--operation", "listCages", "--spec"];
        folder.run(&[&command[..], options].concat())
    };
    let refused = run(&["apis/pets/api.yaml"]);
    assert!(refused.refusal().contains("`--root`"), "{}", refused.stderr);
    // A reference from above back into the document is a reference to the document itself.
    for root in ["apis", "./apis/", ".", "apis/common/.."] {
        let read = run(&["apis/pets/api.yaml", "--root", root]);
        assert_eq!(read.code, 0, "{}", read.stderr);
        assert!(
            read.stdout.contains("description: It failed"),
            "{}",
            read.stdout
        );
    }
    folder.write(
        "apis/pets/api.yaml",
        pets("../../secret.yaml#/Failed").as_bytes(),
    );
    let outside = run(&["apis/pets/api.yaml", "--root", "apis"]);
    assert!(
        outside.refusal().contains("error[reference-outside]"),
        "{}",
        outside.stderr
    );
    let elsewhere = run(&["secret.yaml", "--root", "apis"]);
    assert!(
        elsewhere
            .refusal()
            .contains("secret.yaml is not below apis"),
        "{}",
        elsewhere.stderr
    );
    let unnamed = run(&["-", "--root", "apis"]);
    assert!(
        unnamed.refusal().contains("--root needs"),
        "{}",
        unnamed.stderr
    );
}

const SWAGGER: &str = "swagger: '2.0'
info: {title: Pets, version: '1'}
host: pets.example.com
schemes: [https]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{name: ids, in: query, type: array, items: {type: integer}, collectionFormat: tsv}]
      responses: {200: {description: The pets, schema: {$ref: '#/definitions/Pet'}}}
definitions:
  Pet: {type: object, properties: {name: {type: string}}}
";

#[test]
fn every_command_takes_swagger_2() {
    let folder = Folder::with(&[("pets.yaml", SWAGGER)]);
    let lint = folder.run(&["lint", "--spec", "pets.yaml"]);
    assert!(lint.stdout.contains("warning[collection-format]"));
    assert!(lint.stdout.contains("--> pets.yaml:10:"), "{}", lint.stdout);
    let slice = folder.run(&["slice", "--spec", "pets.yaml", "--tag", "pets"]);
    assert!(
        slice.stdout.starts_with("swagger: '2.0'"),
        "{}",
        slice.stdout
    );
    assert!(slice.stdout.contains("definitions:"), "{}", slice.stdout);
    folder.write(
        "overlay.yaml",
        b"overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions: [{target: $.definitions.Pet.properties, update: {age: {type: integer}}}]\n",
    );
    let overlay = [
        "overlay",
        "--spec",
        "pets.yaml",
        "--overlay",
        "overlay.yaml",
    ];
    let overlay = folder.run(&overlay);
    assert!(
        overlay.stdout.starts_with("swagger: '2.0'") && overlay.stdout.contains("age:"),
        "{}",
        overlay.stdout
    );
    let generate = [
        "generate",
        "--spec",
        "pets.yaml",
        "--name",
        "pets",
        "--out",
        "pets",
    ];
    let generate = folder.run(&generate);
    assert!(generate.stderr.contains("wrote "), "{}", generate.stderr);
}
