//! Parts that cannot be expressed: what happens to them, and which place is reported.

use std::time::{Duration, Instant};

use releasepack_codegen::Strictness::{Lenient, Strict};
use releasepack_codegen::{PASSES, Pass, Phase, Pointer, Severity, normalize, run_pass};
use serde_json::json;

use super::case::{document, operation, reported, run};

const FAULTY: &str = "
openapi: 3.0.3
info: {title: Faults, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: a, in: body}
        - {$ref: '#/components/parameters/Missing'}
      responses: {'200': {content: {json: {}}}}
    post:
      operationId: createPet
      responses: {'200': {$ref: '#/components/responses/Loop'}}
  /toys:
    get: {operationId: listToys, responses: {'204': {description: Done.}}}
components:
  responses:
    Loop: {$ref: '#/components/responses/Loop'}
";

#[test]
fn strict_mode_reports_every_fault_in_one_run() {
    let document = document(FAULTY);
    let normalized = run(&document, Strict);
    let expected = [
        "error[invalid-media-type] 11:37 `json` is not a valid media type",
        "error[dangling-reference] 10:11 `#/components/parameters/Missing` does not exist",
        "error[reference-loop] 14:19 `#/components/responses/Loop` is a loop of references without a response",
        "error[unsupported-parameter] 9:11 `in: body` belongs to Swagger 2.0",
    ];
    assert_eq!(reported(&document, &normalized), expected);
}

#[test]
fn lenient_mode_leaves_operations_out_and_names_them() {
    let document = document(FAULTY);
    let normalized = run(&document, Lenient);
    let expected = [
        "warning[invalid-media-type] 11:37 `json` is not a valid media type; it was left out",
        "warning[dangling-reference] 10:11 `#/components/parameters/Missing` does not exist; `GET /pets` (listPets) was left out",
        "warning[reference-loop] 14:19 `#/components/responses/Loop` is a loop of references without a response; `POST /pets` (createPet) was left out",
    ];
    assert_eq!(reported(&document, &normalized), expected);
    assert!(operation(&normalized, "/pets", "get").is_none());
    assert!(operation(&normalized, "/pets", "post").is_none());
    assert!(operation(&normalized, "/toys", "get").is_some());
}

const SHARED: &str = "
openapi: 3.0.3
info: {title: A faulty component, version: '1'}
paths:
  /pets:
    get: {operationId: listPets, parameters: [{$ref: '#/components/parameters/Pet'}]}
    post: {operationId: createPet}
  /toys:
    parameters: [{$ref: '#/components/parameters/Pet'}]
    get: {operationId: listToys}
components:
  parameters:
    Pet: {name: pet, in: formData}
";

#[test]
fn a_fault_in_a_component_is_reported_there_and_its_users_are_left_out() {
    let document = document(SHARED);
    let expected = ["error[unsupported-parameter] 13:5 `in: formdata` belongs to Swagger 2.0"];
    assert_eq!(reported(&document, &run(&document, Strict)), expected);

    let normalized = run(&document, Lenient);
    let expected = [
        "warning[unsupported-parameter] 13:5 `in: formdata` belongs to Swagger 2.0; `GET /pets` (listPets) was left out",
        "warning[unsupported-parameter] 13:5 `in: formdata` belongs to Swagger 2.0; `GET /toys` (listToys) was left out",
    ];
    assert_eq!(reported(&document, &normalized), expected);
    assert!(operation(&normalized, "/pets", "post").is_some());
}

#[test]
fn a_fault_beside_the_operations_of_a_path_takes_all_of_them_out() {
    let document = document(
        "
openapi: 3.0.3
info: {title: A faulty path, version: '1'}
paths:
  /pets:
    parameters: [7]
    get: {operationId: listPets}
    put: {operationId: putPets}
",
    );
    let normalized = run(&document, Lenient);
    let expected = [
        "warning[malformed-node] 6:18 expected a parameter (an object), found a number; `GET /pets` (listPets) was left out",
        "warning[malformed-node] 6:18 expected a parameter (an object), found a number; `PUT /pets` (putPets) was left out",
    ];
    assert_eq!(reported(&document, &normalized), expected);
    assert!(operation(&normalized, "/pets", "get").is_none());
}

#[test]
fn one_pass_runs_alone() {
    let pass = Pass::find("formats").expect("there is such a pass");
    let schema = json!({"type": "string", "format": "datetime", "x-nullable": true});
    let document = json!({"components": {"schemas": {"Born": schema}}});
    let normalized = run_pass(pass, document, Strict);
    let expected = json!({"type": "string", "format": "date-time", "x-nullable": true});
    let schemas = &normalized.document["components"]["schemas"];
    assert_eq!(schemas, &json!({"Born": expected}));
    assert_eq!(normalized.changes.len(), 1);
    assert!(Pass::find("format").is_none());
    assert_eq!(Pass::nearest("format"), Some("formats"));
}

#[test]
fn a_pass_that_runs_again_says_why() {
    for (index, pass) in PASSES.iter().enumerate() {
        let ran_before = PASSES[..index].iter().any(|it| it.name == pass.name);
        assert_eq!(pass.again.is_some(), ran_before, "{}", pass.name);
    }
}

#[test]
fn phases_follow_one_another() {
    let mut phases: Vec<Phase> = PASSES.iter().map(|pass| pass.phase).collect();
    phases.dedup();
    assert_eq!(
        phases,
        [
            Phase::AsPublished,
            Phase::Operations,
            Phase::Schemas,
            Phase::Compositions,
            Phase::Names,
        ]
    );
}

#[test]
fn a_copied_node_is_known_by_the_place_that_it_was_copied_from() {
    let document = document(
        "
openapi: 3.0.3
info: {title: Copies, version: '1'}
paths:
  /pets:
    parameters: [{name: a, in: query}, {$ref: '#/components/parameters/B'}]
    get:
      parameters:
        - {name: Accept, in: header}
        - {name: c, in: query}
components:
  parameters:
    B: {name: b, in: query, content: {application/json: {schema: {type: object}}}}
",
    );
    let normalized = run(&document, Strict);
    let origin = |place: &str| {
        let place = Pointer::parse(place).expect("the place is a pointer");
        normalized.origin(&place).to_string()
    };
    let parameters = "/paths/~1pets/get/parameters";
    assert_eq!(
        origin(&format!("{parameters}/0")),
        "/paths/~1pets/parameters/0"
    );
    assert_eq!(
        origin(&format!("{parameters}/1/content/application~1json/schema")),
        "/components/parameters/B/content/application~1json/schema"
    );
    assert_eq!(
        origin(&format!("{parameters}/2/name")),
        "/paths/~1pets/get/parameters/1/name"
    );
}

#[test]
fn every_pass_has_a_fixture() {
    // The first repeats `inline-schemas`; all other fixtures cover the second.
    const OTHERS: [&str; 2] = ["composed-schemas", "check"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = root.join("fixtures/normalize");
    for pass in PASSES.iter().filter(|pass| !OTHERS.contains(&pass.name)) {
        let fixture = fixtures.join(format!("{}.yaml", pass.name.replace('-', "_")));
        assert!(fixture.is_file(), "`{}` has no fixture", pass.name);
    }
}

#[test]
fn copies_that_would_fill_the_memory_are_refused() {
    let large = "x".repeat(1024 * 1024);
    let operation = json!({"responses": {"200": {"$ref": "#/components/responses/Large"}}});
    let paths = (0..100).map(|number| (format!("/{number}"), json!({"get": operation})));
    let normalized = normalize(
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Copies", "version": "1"},
            "paths": paths.collect::<serde_json::Map<_, _>>(),
            "components": {"responses": {"Large": {"description": large}}},
        }),
        Strict,
    );
    let codes = normalized.diagnostics.iter().map(|it| it.code.name());
    let codes: Vec<_> = codes.collect();
    assert!(codes.contains(&"reference-expansion"), "{codes:?}");
}

#[test]
fn a_long_chain_of_references_is_not_a_loop() {
    let chain = (0..200).map(|number| {
        let next = format!("#/components/responses/R{}", number + 1);
        (format!("R{number}"), json!({ "$ref": next }))
    });
    let mut chain: serde_json::Map<_, _> = chain.collect();
    chain.insert("R200".to_owned(), json!({"description": "Done."}));
    let operation = json!({"responses": {"200": {"$ref": "#/components/responses/R0"}}});
    let normalized = normalize(
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Chain", "version": "1"},
            "paths": {"/a": {"get": operation}},
            "components": {"responses": chain},
        }),
        Strict,
    );
    let reported = normalized.diagnostics.iter();
    let reported: Vec<_> = reported
        .map(|it| (it.code.name(), it.message.as_str()))
        .collect();
    let message = "more than 100 references lie between `#/components/responses/R0` and a response";
    assert_eq!(reported, [("nesting-too-deep", message)]);
}

#[test]
fn an_invalid_section_of_components_is_reported_and_left_out() {
    for section in [
        "schemas",
        "parameters",
        "responses",
        "headers",
        "securitySchemes",
    ] {
        for value in [json!([1, 2]), json!("text"), json!(5)] {
            let document = json!({
                "openapi": "3.0.3",
                "info": {"title": "Sections", "version": "1"},
                "paths": {},
                "components": {section: value},
            });
            for (strictness, severity) in [(Strict, Severity::Error), (Lenient, Severity::Warning)]
            {
                let normalized = normalize(document.clone(), strictness);
                let reported = normalized.diagnostics.iter();
                let reported: Vec<_> = reported.map(|it| (it.code.name(), it.severity)).collect();
                assert_eq!(
                    reported,
                    [("malformed-node", severity)],
                    "{section}: {value}"
                );
                let left = &normalized.document["components"][section];
                assert!(left.is_null(), "{section}: {left}");
            }
        }
    }
}

#[test]
fn a_reference_finds_its_node_however_it_is_written() {
    for reference in [
        "#/components/parameters/Limit",
        "#components/parameters/Limit",
        "#/components/parameters/%4Cimit",
        "components/parameters/Limit",
        "Limit",
        "#/parameters/Limit",
        "#/paths/~1pets/put/parameters/0",
        "#/paths//pets/put/parameters/0",
        "#/x-shared/limit",
    ] {
        let limit = json!({"name": "limit", "in": "query", "schema": {"type": "integer"}});
        let normalized = normalize(
            json!({
                "openapi": "3.0.3",
                "info": {"title": "References", "version": "1"},
                "paths": {"/pets": {
                    "get": {"parameters": [{"$ref": reference}]},
                    "put": {"parameters": [limit]},
                }},
                "components": {"parameters": {"Limit": limit}},
                "x-shared": {"limit": limit},
            }),
            Strict,
        );
        let operation = operation(&normalized, "/pets", "get").expect("it came through");
        assert_eq!(operation["parameters"][0]["name"], "limit", "{reference}");
    }
}

#[test]
fn three_thousand_operations_are_normalized_in_linear_time() {
    let few = work(300);
    let many = work(3_000);
    assert_eq!(few.1, 300);
    assert_eq!(many.1, 3_000);
    // Ten times the operations. With quadratic cost this would take a hundred times as long.
    assert!(many.0 < few.0 * 40, "{:?} became {:?}", few.0, many.0);
}

/// The time for a document with so many operations, and the number of operations in the result.
fn work(operations: usize) -> (Duration, usize) {
    let shared = json!({
        "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}},
        "responses": {"Wrong": {
            "description": "",
            "content": {"application/json": {"schema": {"type": "object", "properties": {"why": {"type": "string"}}}}},
        }},
    });
    let item = json!({
        "parameters": [{"$ref": "#/components/parameters/Id"}],
        "get": {"responses": {"400": {"$ref": "#/components/responses/Wrong"}}},
    });
    let paths = (0..operations).map(|number| (format!("/objects/{number}/{{id}}"), item.clone()));
    let paths: serde_json::Map<_, _> = paths.collect();
    let info = json!({"title": "Many", "version": "1"});
    let whole = json!({"openapi": "3.0.3", "info": info, "paths": paths, "components": shared});

    let begin = Instant::now();
    let normalized = normalize(whole, Strict);
    let time = begin.elapsed();
    let mut diagnostics = normalized.diagnostics.iter();
    assert!(!diagnostics.any(|it| it.severity == Severity::Error));
    let paths = normalized.document["paths"].as_object();
    let items = paths.expect("there are paths").values();
    (time, items.filter(|item| item.get("get").is_some()).count())
}
