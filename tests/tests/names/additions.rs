//! For each kind of public name that depends on something else in the document: an addition that would take the name away.

use std::fs;
use std::path::Path;

use super::{api, document, first, later, lost, written};

/// A kind of name, the document, the text before which something is added, and the addition.
const ADDITIONS: &[(&str, &str, &str, &str)] = &[
    (
        "an enum that is named after its property",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {status: {type: string, enum: [FREE]}}}
",
        "    Pet:",
        "    Order: {type: object, properties: {status: {type: string, enum: [PAID]}}}\n",
    ),
    (
        "an object that is named after its title",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {at: {title: Place, type: object, properties: {x: {type: integer}}}}}
",
        "    Pet:",
        "    Order: {type: object, properties: {to: {title: Place, type: object, properties: {y: {type: integer}}}}}\n",
    ),
    (
        "a type whose name a new component wants",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {status: {type: string, enum: [FREE]}}}
",
        "    Pet:",
        "    Status: {type: object, properties: {x: {type: string}}}\n    pet: {type: object, properties: {x: {type: string}}}\n",
    ),
    (
        "a component with characters that Rust does not have",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Page«Pet»: {type: object, properties: {x: {type: string}}}
    page-pet: {type: object, properties: {x: {type: integer}}}
",
        "    Page«Pet»:",
        "    Page(Pet): {type: object, properties: {y: {type: string}}}\n    page.pet: {type: object, properties: {z: {type: string}}}\n",
    ),
    (
        "a part of the document that references make a component",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {at: {type: object, properties: {x: {type: string}}}}}
    Shop: {type: object, properties: {at: {$ref: '#/components/schemas/Pet/properties/at'}}}
",
        "    Pet:",
        "    PetAt: {type: object, properties: {y: {type: string}}}\n    At: {type: object, properties: {z: {type: string}}}\n",
    ),
    (
        "the schema of a shared response",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets: {get: {operationId: listPets, responses: {'200': {$ref: '#/components/responses/Pets'}}}}
components:
  responses:
    Pets: {description: All., content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
  schemas:
    Other: {type: object, properties: {x: {type: string}}}
",
        "    Other:",
        "    Pets: {type: object, properties: {m: {type: integer}}}\n",
    ),
    (
        "the properties of a base with a discriminator",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
",
        "    Pet:",
        "    PetBase: {type: object, properties: {m: {type: integer}}}\n",
    ),
    (
        "an object that a union has beside a reference",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Cat: {type: object, required: [lives], properties: {lives: {type: integer}}}
    Pet:
      oneOf:
      - $ref: '#/components/schemas/Cat'
      - {type: object, required: [bark], properties: {bark: {type: string}}}
",
        "      - $ref:",
        "      - {type: object, required: [wing], properties: {wing: {type: string}}}\n",
    ),
    (
        "a variant that does not repeat the name of its union",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    PetCat: {type: object, required: [a], properties: {a: {type: string}}}
    PetDog: {type: object, required: [b], properties: {b: {type: string}}}
    Cat: {type: object, required: [c], properties: {c: {type: string}}}
    Pet:
      oneOf:
      - $ref: '#/components/schemas/PetCat'
      - $ref: '#/components/schemas/PetDog'
",
        "      - $ref: '#/components/schemas/PetCat'",
        "      - $ref: '#/components/schemas/Cat'\n",
    ),
    (
        "a value of an enum",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Status:
      type: string
      enum:
      - IN_STOCK
      - on-sale
      - UNKNOWN
",
        "      - IN_STOCK",
        "      - in-stock\n      - ON_SALE\n      - unknown-value\n",
    ),
    (
        "a field",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet:
      type: object
      additionalProperties: true
      properties:
        petId: {type: string}
        pet-name: {type: string}
",
        "        petId:",
        "        pet_id: {type: string}\n        petName: {type: string}\n        additionalProperties: {type: string}\n",
    ),
    (
        "a setter, and a method that sets null",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: Done.}}
components:
  schemas:
    Pet:
      type: object
      properties:
        add: {type: string}
        clearName: {type: string}
        owner: {type: string, nullable: true}
",
        "        add:",
        "        name: {type: string, nullable: true}\n        clear_owner: {type: string}\n",
    ),
    (
        "an operation",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets: {get: {operationId: getPet, responses: {'204': {description: Done.}}}}
  /x: {get: {operationId: x, responses: {'204': {description: Done.}}}}
  /new: {get: {operationId: new, responses: {'204': {description: Done.}}}}
  /toys: {get: {responses: {'204': {description: Done.}}}}
",
        "  /pets:",
        "  /0: {$ref: '#/paths/~1pets'}
  /a: {get: {operationId: get-pet, responses: {'204': {description: Done.}}}}
  /b: {get: {operationId: getPetError, responses: {'204': {description: Done.}}}}
  /c: {get: {operationId: getPet, responses: {'204': {description: Done.}}}}
  /d: {get: {operationId: X2, responses: {'204': {description: Done.}}}}
  /e: {get: {operationId: new2, responses: {'204': {description: Done.}}}}
  /f: {get: {operationId: getToys, responses: {'204': {description: Done.}}}}
",
    ),
    (
        "an argument and its setter",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: pageSize, in: query, schema: {type: integer}}
      - {name: page-token, in: query, schema: {type: string}}
      - {name: id, in: query, schema: {type: string}}
      - {name: add, in: query, schema: {type: string}}
      responses: {'204': {description: Done.}}
",
        "      - {name: id, in: path",
        "      - {name: pageSize, in: header, schema: {type: boolean}}
      - {name: page_size, in: query, schema: {type: boolean}}
      - {name: pageToken, in: query, schema: {type: boolean}}
      - {name: id, in: cookie, schema: {type: boolean}}
      - {name: withAdd, in: query, schema: {type: boolean}}
",
    ),
    (
        "a part of a form",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                photoName: {type: string}
      parameters:
      - {name: limit, in: query, schema: {type: integer}}
      responses: {'204': {description: Done.}}
",
        "      - {name: limit",
        "      - {name: photoName, in: query, schema: {type: boolean}}\n",
    ),
    (
        "a type with an equal one",
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Cat: {type: object, properties: {name: {type: string}}}
    Dog: {type: object, properties: {name: {type: string}}}
    Pet: {type: object, properties: {cat: {$ref: '#/components/schemas/Cat'}}}
",
        "    Cat:",
        "    Animal: {type: object, properties: {name: {type: string}}}
    Own:
      oneOf:
      - $ref: '#/components/schemas/Animal'
      - $ref: '#/components/schemas/Dog'
",
    ),
];

#[test]
fn an_addition_changes_no_name() {
    for (kind, text, before, addition) in ADDITIONS {
        let old = first(&document(text));
        assert!(text.contains(before), "{kind}");
        let more = text.replacen(before, &format!("{addition}{before}"), 1);
        let more = document(&more);
        let new = later(&more, &written(&old));
        let missing = lost(&old, &new);
        assert!(
            missing.is_empty(),
            "{kind}\n{missing:#?}\n{}",
            new.outline()
        );
        assert_ne!(
            old.outline(),
            new.outline(),
            "{kind}: the addition adds nothing"
        );
        // Without the file, the addition takes a name away.
        let without = lost(&old, &first(&more));
        assert!(
            !without.is_empty(),
            "{kind}: nothing depends on the addition"
        );
        // The next run adds nothing.
        let again = later(&more, &written(&new));
        assert_eq!(again.names.to_string(), new.names.to_string(), "{kind}");
        assert_eq!(again.files, new.files, "{kind}");
    }
}

#[test]
fn the_body_of_a_response_keeps_its_name_when_there_is_another() {
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: All., content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
";
    let more = "        '206': {description: Some., content: {application/json: {schema: {type: object, properties: {m: {type: integer}}}}}}\n";
    let old = first(&document(text));
    let more = document(&format!("{text}{more}"));
    let line = "field types::ListPetsResponse.n: Option<i64>";
    assert!(later(&more, &written(&old)).outline().contains(line));
    assert!(!first(&more).outline().contains(line));
}

#[test]
fn a_setter_with_another_name_than_its_field_keeps_it() {
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components: {schemas: {Pet: {type: object, properties: {add: {type: string}}}}}
";
    let old = first(&document(text));
    let more = document(&text.replace("{add:", "{withAdd: {type: string}, add:"));
    let row = "row Pet add add with_add";
    assert!(api(&old).contains(row));
    assert!(api(&later(&more, &written(&old))).contains(row));
    assert!(!api(&first(&more)).contains(row));
}

#[test]
fn an_addition_changes_no_documentation() {
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {status: {type: string, enum: [FREE]}}}
";
    let old = first(&document(text));
    let more = document(&format!(
        "{text}    Order: {{type: object, properties: {{status: {{type: string, enum: [PAID]}}}}}}\n"
    ));
    let new = later(&more, &written(&old));
    let lines = |client: &releasepack_codegen::Generation| {
        let types = client
            .files
            .iter()
            .find(|it| it.path == "types.rs")
            .unwrap();
        let lines = types.text.lines().filter(|line| !line.contains("Digest"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let new = lines(&new);
    let missing: Vec<_> = lines(&old)
        .into_iter()
        .filter(|it| !new.contains(it))
        .collect();
    assert_eq!(missing, [""; 0]);
}

/// The modules that may choose between names. All others get theirs from the ledger, so that no name depends on something else
/// without being kept.
const CHOOSING: &[&str] = &[
    "model/ledger",
    "model/names.rs",
    "model/naming.rs",
    // What a crate of its own has around the generated modules: named by the document's own names, in its order.
    "model/security.rs",
    "model/server.rs",
];

#[test]
fn only_the_ledger_gives_out_names() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/src");
    let mut folders = vec![sources.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).unwrap().contains("Scope") {
                let path = path.strip_prefix(&sources).unwrap();
                found.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    assert!(found.len() > 3, "{found:?}");
    found.retain(|path| !CHOOSING.iter().any(|it| path.starts_with(it)));
    assert!(found.is_empty(), "{found:?}");
}
