//! Bundling: files beside a document become parts of it, and each part keeps its place in its own file.

use std::collections::BTreeMap;
use std::fmt::Write;

use releasepack_codegen::{
    Bundle, Code, Diagnostic, Document, File, Pointer, Severity, Strictness, bundle,
    bundle_leniently, generate, lint, normalize,
};
use serde_json::{Value, json};

/// Bundles `api.yaml` from files that are given by path and content.
fn try_bundle(files: &[(&str, &str)]) -> Result<Bundle, Vec<Diagnostic>> {
    let files: BTreeMap<&str, &str> = files.iter().copied().collect();
    let document = Document::parse("specs/api.yaml", files["api.yaml"].as_bytes()).unwrap();
    let value = document.value().clone();
    bundle(document, value, |path| {
        let text = files.get(path).ok_or("no such file")?;
        Ok(File {
            name: format!("specs/{path}"),
            bytes: text.as_bytes().to_vec(),
        })
    })
}

fn bundled(files: &[(&str, &str)]) -> Bundle {
    try_bundle(files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Code, file, line, column and message of each fault.
fn faults(files: &[(&str, &str)]) -> Vec<(String, String, u32, u32, String)> {
    let faults = try_bundle(files).expect_err("the document is refused");
    faults
        .into_iter()
        .map(|it| {
            assert_eq!(it.severity, Severity::Error);
            let place = it.location.expect("every fault has a place");
            (
                it.code.to_string(),
                it.file,
                place.line,
                place.column,
                it.message,
            )
        })
        .collect()
}

fn at(bundle: &Bundle, pointer: &str) -> String {
    let pointer = Pointer::parse(pointer).unwrap();
    let note = Diagnostic::note(Code::NORMALIZATION, pointer, "");
    let placed = bundle.place_all(vec![note]).remove(0);
    let place = placed.location.unwrap();
    format!("{}:{}:{}", placed.file, place.line, place.column)
}

const API: &str = "\
openapi: 3.0.3
paths:
  /pets:
    $ref: paths/pets.yaml
components:
  schemas:
    Pet:
      $ref: schemas/pet.yaml
    Error: {type: string}
";

const PETS: &str = "\
get:
  parameters:
    - $ref: ../parameters.yaml#/limit
  responses:
    '200':
      description: All pets
      content:
        application/json:
          schema: {type: array, items: {$ref: ../schemas/pet.yaml}}
    default:
      $ref: '#/x-responses/failed'
x-responses:
  failed:
    description: It failed
    content:
      application/json:
        schema: {$ref: ../errors.yaml#/components/schemas/Error}
";

const PET: &str = "\
type: object
properties:
  owner: {$ref: owner.yaml}
  mother: {$ref: ../api.yaml#/components/schemas/Pet}
  kind:
    type: string
    example: {$ref: not-a-reference.yaml}
";

const OWNER: &str = "type: object\nproperties:\n  pets: {type: array, items: {$ref: ./pet.yaml}}\n";

const FILES: &[(&str, &str)] = &[
    ("api.yaml", API),
    ("paths/pets.yaml", PETS),
    (
        "parameters.yaml",
        "limit: {name: limit, in: query, schema: {type: integer}}\n",
    ),
    ("schemas/pet.yaml", PET),
    ("schemas/owner.yaml", OWNER),
    (
        "errors.yaml",
        "components:\n  schemas:\n    Error: {type: object}\n",
    ),
];

#[test]
fn files_become_components_and_paths() {
    let bundle = bundled(FILES);
    let value = bundle.value();
    let get = &value["paths"]["/pets"]["get"];
    assert_eq!(
        get["parameters"][0],
        json!({"$ref": "#/components/parameters/limit"})
    );
    assert_eq!(
        get["responses"]["default"],
        json!({"$ref": "#/components/responses/failed"})
    );
    assert_eq!(
        get["responses"]["200"]["content"]["application/json"]["schema"]["items"],
        json!({"$ref": "#/components/schemas/Pet"}),
        "a file that a component represents keeps the name of that component"
    );
    assert_eq!(
        value["components"],
        json!({
            "schemas": {
                "Pet": {
                    "type": "object",
                    "properties": {
                        "owner": {"$ref": "#/components/schemas/owner"},
                        "mother": {"$ref": "#/components/schemas/Pet"},
                        "kind": {"type": "string", "example": {"$ref": "not-a-reference.yaml"}},
                    },
                },
                "Error": {"type": "string"},
                "owner": {
                    "type": "object",
                    "properties": {"pets": {"type": "array", "items": {"$ref": "#/components/schemas/Pet"}}},
                },
                "errors_Error": {"type": "object"},
            },
            "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
            "responses": {
                "failed": {
                    "description": "It failed",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/errors_Error"}}},
                },
            },
        })
    );
}

#[test]
fn every_part_is_still_found_in_its_own_file() {
    let bundle = bundled(FILES);
    assert_eq!(
        at(&bundle, "/components/schemas/Error"),
        "specs/api.yaml:9:5"
    );
    assert_eq!(
        at(&bundle, "/paths/~1pets/get/responses/200/description"),
        "specs/paths/pets.yaml:6:20"
    );
    assert_eq!(
        at(&bundle, "/components/schemas/Pet/properties/kind"),
        "specs/schemas/pet.yaml:5:3"
    );
    assert_eq!(
        at(&bundle, "/components/responses/failed/description"),
        "specs/paths/pets.yaml:14:18"
    );
    assert_eq!(
        at(&bundle, "/components/schemas/errors_Error/type"),
        "specs/errors.yaml:3:19"
    );
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let once = bundled(FILES).value().to_string();
    assert_eq!(once, bundled(FILES).value().to_string());
}

#[test]
fn sections_of_components_may_be_files() {
    let bundle = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\ninfo: {$ref: info.yaml}\npaths:\n  $ref: paths.yaml\ncomponents:\n  schemas:\n    $ref: schemas/index.yaml\n",
        ),
        ("info.yaml", "title: Pets\n"),
        (
            "paths.yaml",
            "/pets:\n  get:\n    responses:\n      200: {description: ok, content: {application/json: {schema: {$ref: schemas/Pet.yaml}}}}\n",
        ),
        (
            "schemas/index.yaml",
            "Pet: {$ref: Pet.yaml}\nTag: {type: string}\n",
        ),
        (
            "schemas/Pet.yaml",
            "properties: {tag: {$ref: 'index.yaml#/Tag'}}\n",
        ),
    ]);
    let value = bundle.value();
    assert_eq!(value["info"]["title"], "Pets");
    assert_eq!(
        value["components"]["schemas"]["Pet"],
        json!({"properties": {"tag": {"$ref": "#/components/schemas/Tag"}}})
    );
    let schema = "/paths/~1pets/get/responses/200/content/application~1json/schema/$ref";
    assert_eq!(
        value.pointer(schema),
        Some(&json!("#/components/schemas/Pet"))
    );
    assert_eq!(
        at(&bundle, "/components/schemas/Tag"),
        "specs/schemas/index.yaml:2:1"
    );
}

#[test]
fn mappings_of_discriminators_are_references() {
    let bundle = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {Pet: {$ref: 'pets.yaml#/components/schemas/Pet'}}}\n",
        ),
        (
            "pets.yaml",
            "components:\n  schemas:\n    Pet:\n      discriminator:\n        propertyName: kind\n        mapping: {cat: Cat, dog: '#/components/schemas/Dog', bird: bird.yaml}\n    Cat: {type: object}\n    Dog: {type: object}\n",
        ),
        ("bird.yaml", "type: object\n"),
    ]);
    let schemas = &bundle.value()["components"]["schemas"];
    assert_eq!(
        schemas["Pet"]["discriminator"]["mapping"],
        json!({
            "cat": "#/components/schemas/Cat",
            "dog": "#/components/schemas/Dog",
            "bird": "#/components/schemas/bird",
        })
    );
    assert_eq!(schemas["Cat"], json!({"type": "object"}));
}

#[test]
fn members_beside_a_reference_to_a_path_item_stay() {
    let bundle = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths:\n  /pets:\n    $ref: a.yaml\n    summary: Ours\n",
        ),
        (
            "a.yaml",
            "$ref: b/b.yaml\nget: {responses: {default: {$ref: failed.yaml}}}\nsummary: Theirs\n",
        ),
        (
            "b/b.yaml",
            "put: {responses: {default: {$ref: failed.yaml}}}\n",
        ),
        ("failed.yaml", "description: outer\n"),
        ("b/failed.yaml", "description: inner\n"),
    ]);
    let value = bundle.value();
    assert_eq!(
        value["paths"]["/pets"],
        json!({
            "summary": "Ours",
            "get": {"responses": {"default": {"$ref": "#/components/responses/failed"}}},
            "put": {"responses": {"default": {"$ref": "#/components/responses/b_failed"}}},
        })
    );
    assert_eq!(at(&bundle, "/paths/~1pets/put"), "specs/b/b.yaml:1:1");
    assert_eq!(at(&bundle, "/paths/~1pets/summary"), "specs/api.yaml:5:14");
}

#[test]
fn every_reference_that_cannot_be_followed_is_reported_at_its_place() {
    let found = faults(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths:\n  /a: {$ref: missing.yaml}\n  /b: {$ref: ../b.yaml}\n  /c: {$ref: /etc/passwd}\n  /d: {$ref: 'https://example.com/d.yaml'}\n  /e: {$ref: 'here.yaml#/nothing'}\n  /f: {$ref: here.yaml}\n  /g: {$ref: broken.yaml}\n",
        ),
        (
            "here.yaml",
            "get: {responses: {default: {$ref: 'other.yaml'}}}\n",
        ),
        ("broken.yaml", "get: {responses: [}\n"),
    ]);
    let lines: Vec<String> = found
        .iter()
        .map(|(code, file, line, column, message)| {
            format!("{file}:{line}:{column}: {code}: {message}")
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    specs/api.yaml:3:14: dangling-reference: `missing.yaml` does not exist: no such file
    specs/api.yaml:4:14: reference-outside: `../b.yaml` is outside of the folder that references may name
    specs/api.yaml:5:14: reference-outside: `/etc/passwd` is outside of the folder that references may name
    specs/api.yaml:6:14: remote-reference: `https://example.com/d.yaml` is a URL, and nothing is downloaded
    specs/api.yaml:7:14: dangling-reference: `here.yaml#/nothing` does not exist: specs/here.yaml has no `/nothing`
    specs/broken.yaml:1:19: invalid-syntax: this is not YAML: while parsing a node, did not find expected node content (`specs/api.yaml:9:14` refers to this file)
    specs/here.yaml:1:35: dangling-reference: `other.yaml` does not exist: no such file
    ");
}

#[test]
fn files_may_refer_to_one_another_in_circles() {
    let bundle = bundled(&[
        (
            "api.yaml",
            "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {A: {$ref: a.yaml}}}\n",
        ),
        ("a.yaml", "properties: {b: {$ref: b.yaml}}\n"),
        (
            "b.yaml",
            "properties: {a: {$ref: a.yaml}, b: {$ref: '#'}}\n",
        ),
    ]);
    assert_eq!(
        bundle.value()["components"]["schemas"],
        json!({
            "A": {"properties": {"b": {"$ref": "#/components/schemas/b"}}},
            "b": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"$ref": "#/components/schemas/b"}}},
        })
    );
}

#[test]
fn nodes_that_would_contain_themselves_are_refused() {
    let found = faults(&[
        ("api.yaml", "openapi: 3.0.3\npaths:\n  /a: {$ref: a.yaml}\n"),
        (
            "a.yaml",
            "get:\n  callbacks:\n    done:\n      '{$request.body#/url}': {$ref: a.yaml}\n  responses: {}\n",
        ),
    ]);
    assert_eq!(found.len(), 1, "{found:#?}");
    let (code, file, line, _, message) = &found[0];
    assert_eq!(
        (code.as_str(), file.as_str(), *line),
        ("reference-loop", "specs/a.yaml", 4)
    );
    assert_eq!(
        message,
        "`a.yaml` refers to a node that contains this reference"
    );
}

#[test]
fn a_small_document_cannot_grow_without_bound() {
    let mut api = "openapi: 3.0.3\npaths:\n".to_owned();
    for at in 0..2000 {
        writeln!(api, "  /{at}: {{$ref: big.yaml}}").unwrap();
    }
    let big = format!("x-big: [{}]\n", "1,".repeat(2000) + "1");
    let found = faults(&[("api.yaml", &api), ("big.yaml", &big)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "document-too-large");
}

#[test]
fn the_size_of_every_copy_counts() {
    let mut api = "openapi: 3.0.3\npaths:\n".to_owned();
    for at in 0..120 {
        writeln!(api, "  /{at}: {{$ref: big.yaml}}").unwrap();
    }
    let big = format!("description: {}\n", "x".repeat(1024 * 1024));
    let found = faults(&[("api.yaml", &api), ("big.yaml", &big)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "document-too-large");
}

#[test]
fn a_file_that_cannot_be_read_is_reported_once() {
    let api = "openapi: 3.0.3\npaths:\n  /a: {$ref: empty.yaml}\n";
    let document = Document::parse("api.yaml", api.as_bytes()).unwrap();
    let value = document.value().clone();
    let bundle = bundle_leniently(document, value, |path| {
        let (name, bytes) = (path.to_owned(), Vec::new());
        Ok(File { name, bytes })
    });
    let merged = bundle.merge_diagnostics(lint(bundle.value()));
    let errors = merged.iter().filter(|it| it.severity == Severity::Error);
    let messages: Vec<_> = errors.map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        ["the document is empty (`api.yaml:3:14` refers to this file)"]
    );
}

#[test]
fn addresses_on_this_machine_are_outside_of_the_folder() {
    let api = "openapi: 3.0.3\npaths:\n  /a: {$ref: 'file:///a.yaml'}\n  /b: {$ref: 'C:/b.yaml'}\n";
    let found = faults(&[("api.yaml", api)]);
    let codes: Vec<_> = found.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(codes, ["reference-outside", "reference-outside"]);
}

#[test]
fn an_address_that_a_schema_of_the_document_has_is_only_a_name() {
    let api = "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n    Pet: {$id: 'https://example.com/pet'}\n    Cat: {$ref: 'https://example.com/pet'}\n";
    let bundle = bundled(&[("api.yaml", api)]);
    let cat = &bundle.value()["components"]["schemas"]["Cat"];
    assert_eq!(cat["$ref"], "https://example.com/pet");
}

#[test]
fn names_of_parts_of_the_document_are_not_files() {
    let api = "openapi: 3.0.3\npaths: {}\ncomponents:\n  schemas:\n    Pet: {type: object}\n    Cat: {$ref: components/schemas/Pet}\n    Dog: {$ref: Pet}\n";
    let bundle = bundled(&[("api.yaml", api)]);
    let schemas = &bundle.value()["components"]["schemas"];
    assert_eq!(schemas["Cat"]["$ref"], "components/schemas/Pet");
    assert_eq!(schemas["Dog"]["$ref"], "Pet");
}

/// A schema that refers to schemas in places that OpenAPI 3.0 does not have, each with one property that tells it.
const EVERYWHERE: &str = r"
openapi: 3.1.0
info: {title: Everywhere, version: '1'}
x-common: {type: object, properties: {common: {type: string}}}
paths: {}
components:
  schemas:
    T:
      type: object
      patternProperties: {'^x': {type: object, properties: {pattern: {type: string}}}}
      properties:
        list: {type: array, prefixItems: [{type: object, properties: {first: {type: string}}}, {type: integer}]}
        text: {type: string, contentMediaType: application/json, contentSchema: {type: object, properties: {content: {type: string}}}}
      if: {type: object, properties: {when: {type: string}}}
      then: {type: object, properties: {then: {type: string}, again: {$ref: '#/components/schemas/T/then'}}}
      else: {type: object, properties: {otherwise: {type: string}}}
      dependentSchemas: {foo: {type: object, properties: {dependent: {type: string}}}}
      unevaluatedProperties: {type: object, properties: {unevaluated: {type: string}}}
    A: {type: array, prefixItems: [{type: object, properties: {zero: {type: string}}}, {type: integer}]}
    Based:
      $id: https://example.com/schemas/based
      type: object
      properties: {near: {$ref: '#/$defs/Near'}, beside: {$ref: 'other'}, absolute: {$ref: '/schemas/other#'}}
      $defs: {Near: {type: object, properties: {near: {type: string}}}}
    Other: {$id: https://example.com/schemas/other, type: object, properties: {other: {type: string}}}
    R:
      type: object
      properties:
        zero: {$ref: '#/components/schemas/A/prefixItems/0'}
        first: {$ref: '#/components/schemas/T/properties/list/prefixItems/0'}
        pattern: {$ref: '#/components/schemas/T/patternProperties/%5Ex'}
        when: {$ref: '#/components/schemas/T/if'}
        then: {$ref: '#/components/schemas/T/then'}
        otherwise: {$ref: '#/components/schemas/T/else'}
        dependent: {$ref: '#/components/schemas/T/dependentSchemas/foo'}
        unevaluated: {$ref: '#/components/schemas/T/unevaluatedProperties'}
        content: {$ref: '#/components/schemas/T/properties/text/contentSchema'}
        common: {$ref: '#/x-common'}
";

#[test]
fn references_find_schemas_in_places_that_later_steps_rewrite() {
    let document = Document::parse("api.yaml", EVERYWHERE.as_bytes()).unwrap();
    let value = document.value().clone();
    let bundle = bundle(document, value, |path| Err(format!("there is no {path}"))).unwrap();
    let normalized = normalize(bundle.value().clone(), Strictness::Strict);
    assert!(
        normalized
            .diagnostics
            .iter()
            .all(|it| it.severity < Severity::Error),
        "{:?}",
        normalized.diagnostics
    );
    let schemas = &normalized.document["components"]["schemas"];
    let target = |schema: &Value| {
        let reference = schema["$ref"].as_str().expect("a reference");
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        schemas[name]["properties"].clone()
    };
    let members = schemas["R"]["properties"].as_object().unwrap();
    assert_eq!(members.len(), 10);
    for (name, schema) in members {
        assert!(target(schema).get(name).is_some(), "{name}: {schema}");
    }
    let based = &schemas["Based"]["properties"];
    assert!(target(&based["near"]).get("near").is_some());
    assert!(target(&based["beside"]).get("other").is_some());
    assert!(target(&based["absolute"]).get("other").is_some());
    // A schema that refers to itself is copied once.
    let then = target(&members["then"]);
    assert_eq!(then["again"], members["then"]);
}

#[test]
fn a_security_scheme_at_a_url_is_a_warning() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {securitySchemes: {s: {$ref: 'https://example.com/s.yaml#/s'}}}\n";
    let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
    let value = document.value().clone();
    let bundle = bundle(document, value, |path| Err(format!("there is no {path}"))).unwrap();
    let faults = bundle.faults();
    assert_eq!(faults.len(), 1);
    assert_eq!(
        (faults[0].severity, faults[0].code),
        (Severity::Warning, Code::REMOTE_REFERENCE)
    );
    assert!(generate(&bundle, Strictness::Strict).is_ok());
}

#[test]
fn a_document_of_another_family_is_refused_and_a_part_of_one_is_not() {
    let older = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\ndefinitions: {Pet: {type: object}}\n";
    let newer = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {Pet: {type: object}}}\n";
    let part = "Pet: {type: object}\n";
    let of_3 = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {$ref: 'other.yaml#/definitions/Pet'}}}\n";
    let of_2 = "swagger: '2.0'\ninfo: {title: T, version: '1'}\npaths: {}\ndefinitions: {A: {$ref: 'other.yaml#/components/schemas/Pet'}}\n";
    for (document, other, message) in [
        (
            of_3,
            older,
            "`other.yaml#/definitions/Pet` is in a document of Swagger 2.0, but this document is OpenAPI 3",
        ),
        (
            of_2,
            newer,
            "`other.yaml#/components/schemas/Pet` is in a document of OpenAPI 3, but this document is Swagger 2.0",
        ),
    ] {
        let found = faults(&[("api.yaml", document), ("other.yaml", other)]);
        let [(code, file, line, _, told)] = &found[..] else {
            panic!("{found:#?}");
        };
        assert_eq!((file.as_str(), *line), ("specs/api.yaml", 4));
        assert_eq!(
            (code.as_str(), told.as_str()),
            ("mistaken-reference", message)
        );
    }
    // Other versions of OpenAPI 3, and parts of documents, are read.
    let of_3 = of_3.replace("/definitions/", "/components/schemas/");
    bundled(&[("api.yaml", &of_3), ("other.yaml", newer)]);
    let of_2 = of_2.replace("/components/schemas/", "/");
    bundled(&[("api.yaml", &of_2), ("other.yaml", part)]);
}
