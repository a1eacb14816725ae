//! Overlays: their effect on a document, and the faults of an overlay.

use releasepack_codegen::{
    Diagnostic, Overlay, Severity, Style, apply_overlay, render, to_report_json,
};
use serde_json::{Value, json};

fn overlay(actions: &str) -> String {
    format!("overlay: 1.0.0\ninfo: {{title: Corrections, version: '1'}}\nactions:\n{actions}")
}

fn apply(document: &Value, actions: &str) -> Result<Value, Vec<Diagnostic>> {
    let text = overlay(actions);
    let overlay = Overlay::parse("overlay.yaml", text.as_bytes())?;
    apply_overlay(document.clone(), &overlay).map(|(document, _)| document)
}

fn faults(text: &str) -> Vec<(String, u32, u32, String)> {
    let faults =
        Overlay::parse("overlay.yaml", text.as_bytes()).expect_err("the overlay is refused");
    let found = faults.into_iter().map(|fault| {
        let place = fault.location.expect("every fault has a place");
        (
            fault.code.to_string(),
            place.line,
            place.column,
            fault.message,
        )
    });
    found.collect()
}

#[test]
fn updates_merge_objects_extend_arrays_and_replace_the_rest() {
    let document = json!({"a": {"b": {"c": 1}, "list": [1], "type": ["string"]}, "tags": ["x"]});
    let actions = "
  - target: $.a
    update: {b: {d: 2}, list: [2, 3], type: [integer], new: {}}
  - target: $.tags
    update: y
  - target: $.a.b.c
    update: 9
";
    let expected = json!({
        "a": {"b": {"c": 9, "d": 2}, "list": [1, 2, 3], "type": ["string", "integer"], "new": {}},
        "tags": ["x", "y"],
    });
    assert_eq!(apply(&document, actions).unwrap(), expected);
}

#[test]
fn a_removal_removes_every_match_and_keeps_the_order_of_the_rest() {
    let document = json!({"list": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], "a": {"x": 1}, "b": {"x": 2, "y": 3}});
    let actions = "
  - {target: '$.list[?@ > 1]', remove: true}
  - {target: $..x, remove: true}
";
    let expected = json!({"list": [0, 1], "a": {}, "b": {"y": 3}});
    assert_eq!(apply(&document, actions).unwrap(), expected);
}

#[test]
fn each_action_reports_how_much_it_changed() {
    let text = overlay(
        "  - target: $.paths.*.get\n    description: Why.\n    update: {deprecated: true}\n",
    );
    let overlay = Overlay::parse("overlay.yaml", text.as_bytes()).unwrap();
    let document =
        json!({"paths": {"/a": {"get": {}}, "/b": {"get": {"deprecated": true}}, "/c": {}}});
    let (_, applied) = apply_overlay(document, &overlay).unwrap();
    assert_eq!((applied[0].matched, applied[0].changed), (2, 1));
    assert_eq!(applied[0].description.as_deref(), Some("Why."));
    assert_eq!(applied[0].location.line, 4);
}

#[test]
fn actions_without_match_or_effect_are_errors_at_their_place() {
    let actions = "  - target: $.paths['/gone']
    description: The vendor forgot the id.
    update: {x: 1}
  - target: $.info
    update: {title: Pets}
  - target: $
    remove: true
";
    let text = overlay(actions);
    let faults = apply(&json!({"info": {"title": "Pets"}}), actions).unwrap_err();
    let source = |_: &str| Some(text.as_str());
    insta::assert_snapshot!(render(&faults, source, Style::Plain), @r"
    error[overlay-action-without-match]: the action `$.paths['/gone']` (The vendor forgot the id.) matches nothing in the document
     --> overlay.yaml:4:13
      |
    4 |   - target: $.paths['/gone']
      |             ^^^^^^^
      |
      = note: at /actions/0/target
      = help: if the document no longer has the fault, remove the action; otherwise correct its target

    error[overlay-action-without-effect]: the action `$.info` changes nothing: the document already has this content
     --> overlay.yaml:7:13
      |
    7 |   - target: $.info
      |             ^^^^^^
      |
      = note: at /actions/1/target
      = help: remove the action

    error[invalid-overlay]: the action `$` would remove the whole document
     --> overlay.yaml:9:13
      |
    9 |   - target: $
      |             ^
      |
      = note: at /actions/2/target
      = help: choose a part of the document as its target
    ");
}

#[test]
fn a_target_that_is_not_a_json_path_is_reported_with_its_column() {
    let text = overlay(
        "  - target: $.paths./pets\n    remove: true\n  - {target: \"$.a[?@.b ==]\", remove: true}\n",
    );
    let found = faults(&text);
    assert_eq!(
        (found[0].0.as_str(), found[0].1, found[0].2),
        ("invalid-json-path", 4, 21),
        "{}",
        found[0].3
    );
    assert_eq!(
        (found[1].0.as_str(), found[1].1),
        ("invalid-json-path", 6),
        "{}",
        found[1].3
    );
    let nested = overlay(&format!(
        "  - {{target: '$[?{}', remove: true}}\n",
        "(".repeat(100_000)
    ));
    assert!(faults(&nested)[0].3.contains("nested deeper"));
}

#[test]
fn all_faults_of_an_overlay_are_reported_in_one_run() {
    let text = "overlay: 2.0.0
info: {title: [7]}
extend: x
actions:
  - targt: $.a
    remove: true
  - target: $.a
  - target: $.b
    remove: yes
  - target: $.b
    update: {}
    remove: true
  - 5
";
    let found: Vec<_> = faults(text)
        .into_iter()
        .map(|(_, line, column, message)| format!("{line}:{column} {message}"))
        .collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    1:10 Overlay 2.0.0 is not supported, only 1.0 and 1.1
    3:9 the Overlay Specification does not define a member `extend` here
    2:8 `info` has no `title`, or it is not a string
    2:1 `info` has no `version`, or it is not a string
    5:12 the Overlay Specification does not define a member `targt` here
    5:5 this action has no target
    7:5 this action has neither `update` nor `remove: true`
    9:13 `remove` is not `true` or `false`
    13:5 this action is not an object
    ");
    assert_eq!(faults("[]").len(), 1);
    assert_eq!(
        faults("openapi: 3.0.0")[0].3,
        "this is not an overlay: it has no member `overlay`"
    );
}

#[test]
fn extends_is_only_compared() {
    let text = format!(
        "extends: https://example.com/v1/pets.yaml?x=1\n{}",
        overlay("  - {target: $, update: {x-a: 1}}\n")
    );
    let overlay = Overlay::parse("overlay.yaml", text.as_bytes()).unwrap();
    assert_eq!(overlay.check_extends("spec/pets.yaml"), None);
    let warning = overlay.check_extends("spec/cats.yaml").expect("a warning");
    assert_eq!(
        (warning.severity, warning.code.name()),
        (Severity::Warning, "overlay-extends")
    );
}

#[test]
fn a_minified_document_is_shown_only_around_the_place() {
    let text = format!(
        "{{\"a\":\"{}\",\"overlay\":3,\"b\":\"{}\"}}",
        "x".repeat(100_000),
        "y".repeat(100_000)
    );
    let faults = Overlay::parse("min.json", text.as_bytes()).unwrap_err();
    let report = render(&faults[..1], |_| Some(text.as_str()), Style::Plain);
    assert!(
        report.lines().all(|line| line.chars().count() < 160),
        "{report}"
    );
    assert!(report.contains("min.json:1:100019"), "{report}");
    assert!(report.contains("\"overlay\":3"), "{report}");
}

#[test]
fn documents_cannot_control_the_terminal() {
    let text = overlay("  - {target: $.a, description: \"\\e[31mred\\x07\", update: 1}\n");
    let faults = apply_overlay(
        json!({}),
        &Overlay::parse("o.yaml", text.as_bytes()).unwrap(),
    )
    .unwrap_err();
    let report = render(
        &faults,
        |_| Some("\u{1b}[2J\n\u{1b}[2J\n\n\u{1b}[2J"),
        Style::Plain,
    );
    assert!(!report.contains(['\u{1b}', '\u{7}']), "{report:?}");
}

#[test]
fn the_json_report_is_stable() {
    let faults = apply(&json!({}), "  - {target: $.a, update: 1}\n").unwrap_err();
    insta::assert_json_snapshot!(to_report_json(&faults), @r#"
    {
      "errors": 1,
      "warnings": 0,
      "notes": 0,
      "diagnostics": [
        {
          "code": "overlay-action-without-match",
          "severity": "error",
          "message": "the action `$.a` matches nothing in the document",
          "file": "overlay.yaml",
          "location": {
            "line": 4,
            "column": 14
          },
          "pointer": "/actions/0/target",
          "help": "if the document no longer has the fault, remove the action; otherwise correct its target"
        }
      ]
    }
    "#);
}

#[test]
fn an_update_of_another_kind_is_refused_and_changes_nothing() {
    let document = json!({"info": {"title": "Pets", "tags": [1]}, "paths": {}});
    let cases = [
        (
            "$.info",
            "[1]",
            "/actions/0/update",
            "an array",
            "an object",
            "/info",
        ),
        (
            "$.paths",
            "text",
            "/actions/0/update",
            "a primitive value",
            "an object",
            "/paths",
        ),
        (
            "$.info",
            "{tags: {}}",
            "/actions/0/update/tags",
            "an object",
            "an array",
            "/info/tags",
        ),
        (
            "$.info",
            "{tags: x}",
            "/actions/0/update/tags",
            "a primitive value",
            "an array",
            "/info/tags",
        ),
        (
            "$",
            "{info: {title: {}}}",
            "/actions/0/update/info/title",
            "an object",
            "a primitive value",
            "/info/title",
        ),
        (
            "$.info.title",
            "[x]",
            "/actions/0/update",
            "an array",
            "a primitive value",
            "/info/title",
        ),
    ];
    for (target, update, place, new, old, node) in cases {
        for version in ["1.0.0", "1.1.0"] {
            let text = format!("  - target: {target}\n    update: {update}\n");
            let text = overlay(&text).replace("1.0.0", version);
            let overlay = Overlay::parse("overlay.yaml", text.as_bytes()).unwrap();
            let faults = apply_overlay(document.clone(), &overlay).unwrap_err();
            assert_eq!(faults.len(), 1, "{update}");
            let name = format!("`{target}`");
            let expected =
                format!("the action {name} would put {new} in the place of {old} at `{node}`");
            assert_eq!(faults[0].message, expected);
            assert_eq!(faults[0].code.name(), "overlay-kind-mismatch");
            assert_eq!(faults[0].pointer.as_str(), place);
        }
    }
}

#[test]
fn a_removal_has_priority_over_an_update() {
    let actions = "  - {target: $.a, update: {b: 2}, remove: true}\n";
    let expected = json!({"c": 1});
    assert_eq!(apply(&json!({"a": {}, "c": 1}), actions).unwrap(), expected);
}

#[test]
fn a_copy_merges_one_node_of_the_document_into_each_target() {
    let document = json!({"a": {"x": 1}, "b": {"y": {"z": 1}}, "list": [1], "more": [2], "t": "u"});
    let copy = |version: &str, target: &str, source: &str| {
        let actions = format!("  - {{target: {target}, copy: '{source}'}}\n");
        let text = overlay(&actions).replace("1.0.0", version);
        let overlay = Overlay::parse("overlay.yaml", text.as_bytes())?;
        apply_overlay(document.clone(), &overlay).map(|(document, _)| document)
    };
    assert_eq!(
        copy("1.1.0", "$.a", "$.b").unwrap()["a"],
        json!({"x": 1, "y": {"z": 1}})
    );
    assert_eq!(
        copy("1.1.0", "$.list", "$.more").unwrap()["list"],
        json!([1, 2])
    );
    assert_eq!(
        copy("1.1.0", "$.list", "$.a").unwrap()["list"],
        json!([1, {"x": 1}])
    );
    assert_eq!(
        copy("1.1.1", "$.a.x", "$.t").unwrap()["a"],
        json!({"x": "u"})
    );
    let code = |faults: Result<Value, Vec<Diagnostic>>| faults.unwrap_err()[0].code.name();
    assert_eq!(
        code(copy("1.1.0", "$.a", "$.list")),
        "overlay-kind-mismatch"
    );
    assert_eq!(
        code(copy("1.1.0", "$.a", "$.list[*].x")),
        "overlay-action-without-match"
    );
    assert_eq!(
        code(copy("1.1.0", "$.a", "$.*")),
        "overlay-action-without-match"
    );
    assert_eq!(code(copy("1.1.0", "$.a", "$.[")), "invalid-json-path");
    assert_eq!(code(copy("1.0.0", "$.a", "$.b")), "invalid-overlay");
}

#[test]
fn an_action_that_stands_twice_is_refused() {
    let actions = "
- {target: $.info, update: {title: A, x-a: 1}}
- {target: $.paths, remove: true}
- {update: {x-a: 1, title: A}, target: $.info}
- {target: $.info, update: {title: A, x-a: 2}}
";
    let found = faults(&overlay(actions));
    assert_eq!(found.len(), 1, "{found:#?}");
    let (code, line, _, message) = &found[0];
    assert_eq!(
        (code.as_str(), message.as_str()),
        (
            "invalid-overlay",
            "this action is the same as `#/actions/0`"
        )
    );
    assert!(*line > 5, "the second one is reported: {found:#?}");
}
