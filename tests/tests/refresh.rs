//! A newer document of the vendor becomes a fragment with our wording: what is taken, replaced, left out and reported.

use std::collections::BTreeMap;

use releasepack_codegen::{
    Before, Code, Diagnostic, Overlay, Refreshed, Unworded, digest, refresh, to_yaml,
};
use serde_json::{Value, json};

/// A vendor's document with two operations, and a property that is called `description`.
fn whole() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Zoo", "version": "1", "description": "Vendor: the zoo"},
        "tags": [
            {"name": "cages", "description": "Vendor: cages"},
            {"name": "pets", "description": "Vendor: pets"},
        ],
        "paths": {
            "/pets/{id}": {"get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [{"name": "id", "in": "path", "required": true, "description": "Vendor: id", "schema": {"type": "string"}}],
                "responses": {"200": {
                    "description": "Vendor: ok",
                    "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Pet"},
                        "example": {"description": "Vendor: data, not prose"},
                    }},
                }},
            }},
            "/cages": {"get": {"operationId": "listCages", "tags": ["cages"], "responses": {"200": {"description": "Vendor: cages"}}}},
        },
        "components": {"schemas": {"Pet": {
            "type": "object",
            "properties": {"description": {"type": "string", "description": "Vendor: text"}},
        }}},
    })
}

fn overlay(actions: &Value) -> Overlay {
    let overlay =
        json!({"overlay": "1.0.0", "info": {"title": "Ours", "version": "1"}, "actions": actions});
    Overlay::parse("prose.yaml", overlay.to_string().as_bytes()).expect("the overlay is valid")
}

/// Our wording of all texts that `getPet` needs.
fn wording() -> Value {
    json!([
        {"target": "$.info", "update": {"description": "Our zoo"}},
        {"target": "$.tags[?@.name == 'pets']", "update": {"description": "Our pets"}},
        {"target": "$.paths['/pets/{id}'].get.parameters[?@.name == 'id']", "update": {"description": "Our id"}},
        {"target": "$.paths['/pets/{id}'].get.responses['200']", "update": {"description": "Our ok"}},
        {"target": "$.components.schemas.Pet.properties.description", "update": {"description": "Our text"}},
    ])
}

fn pets(
    whole: &Value,
    actions: &Value,
    before: Option<&Refreshed>,
    unworded: Unworded,
) -> Result<Refreshed, Vec<Diagnostic>> {
    let before = before.map(|it| Before {
        fragment: &it.fragment,
        prose: &it.prose,
    });
    refresh(
        whole,
        &["getPet".to_owned()],
        &overlay(actions),
        before,
        unworded,
    )
}

fn lines(diagnostics: &[Diagnostic]) -> String {
    let lines = diagnostics.iter().map(|it| {
        let help = it.help.as_deref().unwrap_or_default();
        format!(
            "{} {} {}\n  {help}",
            it.code,
            it.pointer.as_str(),
            it.message
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_fragment_has_no_text_of_the_vendor_and_keeps_all_data() {
    let refreshed = pets(&whole(), &wording(), None, Unworded::Reject).unwrap();
    let text = to_yaml(&refreshed.fragment);
    let left: Vec<_> = text.lines().filter(|it| it.contains("Vendor: ")).collect();
    assert_eq!(
        left,
        ["                description: 'Vendor: data, not prose'"]
    );
    assert_eq!(refreshed.operations, 1);
    assert_eq!(refreshed.warnings, []);
    let places: Vec<_> = refreshed.prose.keys().map(String::as_str).collect();
    insta::assert_snapshot!(places.join("\n"), @r"
    $.components.schemas.Pet.properties.description.description
    $.info.description
    $.paths['/pets/{id}'].get.parameters[?@.name == 'id'].description
    $.paths['/pets/{id}'].get.responses['200'].description
    $.tags[?@.name == 'pets'].description
    ");
}

#[test]
fn a_text_without_wording_is_an_error_with_the_action_to_write() {
    let info = json!([wording()[0]]);
    let faults = pets(&whole(), &info, None, Unworded::Reject).unwrap_err();
    assert!(
        faults
            .iter()
            .all(|it| it.code == Code::PROSE_WITHOUT_WORDING)
    );
    insta::assert_snapshot!(lines(&faults), @r"
    prose-without-wording /tags/1/description no action of prose.yaml replaces this description of the vendor
      add an action to prose.yaml: `target: $.tags[?@.name == 'pets']` with `update: {description: …}`
    prose-without-wording /paths/~1pets~1{id}/get/parameters/0/description no action of prose.yaml replaces this description of the vendor
      add an action to prose.yaml: `target: $.paths['/pets/{id}'].get.parameters[?@.name == 'id']` with `update: {description: …}`
    prose-without-wording /paths/~1pets~1{id}/get/responses/200/description no action of prose.yaml replaces this description of the vendor
      add an action to prose.yaml: `target: $.paths['/pets/{id}'].get.responses['200']` with `update: {description: …}`
    prose-without-wording /components/schemas/Pet/properties/description/description no action of prose.yaml replaces this description of the vendor
      add an action to prose.yaml: `target: $.components.schemas.Pet.properties.description` with `update: {description: …}`
    ");
}

#[test]
fn a_text_is_left_out_on_request_and_never_written() {
    let info = json!([wording()[0]]);
    let refreshed = pets(&whole(), &info, None, Unworded::LeaveOut).unwrap();
    assert_eq!(refreshed.warnings.len(), 4);
    let fragment = &refreshed.fragment;
    assert_eq!(fragment["tags"], json!([{"name": "pets"}]));
    // OpenAPI requires this one.
    let response = &fragment["paths"]["/pets/{id}"]["get"]["responses"]["200"];
    assert_eq!(response["description"], "");
}

#[test]
fn an_action_whose_text_is_gone_is_a_warning() {
    let mut whole = whole();
    whole["components"]["schemas"]["Pet"]["properties"] = json!({});
    let refreshed = pets(&whole, &wording(), None, Unworded::Reject).unwrap();
    let codes: Vec<_> = refreshed.warnings.iter().map(|it| it.code.name()).collect();
    assert_eq!(codes, ["overlay-action-without-match"]);
}

#[test]
fn a_text_that_the_vendor_changed_is_reported_once() {
    let before = pets(&whole(), &wording(), None, Unworded::Reject).unwrap();
    let mut whole = whole();
    whole["tags"][1]["description"] = json!("Vendor: pets and cats");
    whole["info"].as_object_mut().unwrap().remove("description");
    whole["paths"]["/pets/{id}"]["get"]["summary"] = json!("Vendor: new");
    let mut actions = wording();
    let action =
        json!({"target": "$.paths['/pets/{id}'].get", "update": {"summary": "Our summary"}});
    actions.as_array_mut().unwrap().push(action);
    let after = pets(&whole, &actions, Some(&before), Unworded::Reject).unwrap();
    insta::assert_snapshot!(lines(&after.warnings), @r"
    prose-changed /info the vendor removed this text (`description`) since the last refresh
      compare our wording in prose.yaml: the meaning may be another
    prose-changed /paths/~1pets~1{id}/get/summary the vendor added this text (`summary`) since the last refresh
      compare our wording in prose.yaml: the meaning may be another
    prose-changed /tags/1/description the vendor changed this text (`description`) since the last refresh
      compare our wording in prose.yaml: the meaning may be another
    ");
    let again = pets(&whole, &actions, Some(&after), Unworded::Reject).unwrap();
    assert_eq!(again.warnings, []);
}

#[test]
fn texts_of_new_nodes_are_not_changes_of_texts() {
    let before = pets(&whole(), &wording(), None, Unworded::Reject).unwrap();
    let mut whole = whole();
    whole["components"]["schemas"]["Pet"]["properties"]["name"] =
        json!({"type": "string", "description": "Vendor: name"});
    let mut actions = wording();
    let action = json!({"target": "$.components.schemas.Pet.properties.name", "update": {"description": "Our name"}});
    actions.as_array_mut().unwrap().push(action);
    let after = pets(&whole, &actions, Some(&before), Unworded::Reject).unwrap();
    assert_eq!(after.warnings, []);
}

#[test]
fn another_order_is_not_a_change_of_texts() {
    let before = pets(&whole(), &wording(), None, Unworded::Reject).unwrap();
    let mut whole = whole();
    whole["tags"].as_array_mut().unwrap().reverse();
    let operation = &mut whole["paths"]["/pets/{id}"]["get"];
    operation["tags"] = json!(["cages", "pets"]);
    let other = json!({"name": "other", "in": "query", "schema": {"type": "string"}});
    let parameters = operation["parameters"].as_array_mut().unwrap();
    parameters.insert(0, other);
    let mut actions = wording();
    let action =
        json!({"target": "$.tags[?@.name == 'cages']", "update": {"description": "Our cages"}});
    actions.as_array_mut().unwrap().push(action);
    let after = pets(&whole, &actions, Some(&before), Unworded::Reject).unwrap();
    assert_eq!(after.warnings, []);
}

#[test]
fn an_operation_that_is_gone_is_an_error() {
    let mut whole = whole();
    whole["paths"]["/pets/{id}"]["get"]["operationId"] = json!("getPets");
    let faults = pets(&whole, &wording(), None, Unworded::Reject).unwrap_err();
    let messages: Vec<_> = faults.iter().map(|it| (it.code, it.help.clone())).collect();
    let help = Some("did you mean `getPets`?".to_owned());
    assert_eq!(messages, [(Code::INVALID_SELECTION, help)]);
}

#[test]
fn the_digest_of_a_text_is_that_of_sha256sum() {
    let expected = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(digest(b""), expected);
    let refreshed = pets(&whole(), &wording(), None, Unworded::Reject).unwrap();
    let digests: BTreeMap<_, _> = refreshed.prose;
    assert!(
        digest(b"Vendor: ok")
            .starts_with(&digests["$.paths['/pets/{id}'].get.responses['200'].description"])
    );
}
