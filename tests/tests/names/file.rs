//! The file: what it lists, what it refuses, and how a name is changed in it.

use releasepack_codegen::{Code, Document, File, PublicNames, bundle};

use super::{document, first, later, lost, messages, names, written};

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    put:
      operationId: putPet
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: dryRun, in: query, schema: {type: boolean}}
      - {name: X-Trace, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses:
        '200': {description: Done., content: {application/json: {schema: {type: object, properties: {at: {type: string}}}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        petId: {type: string}
        '@type': {type: string}
        kind: {type: string, enum: [CAT, big-dog]}
    Animal:
      oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]
";

#[test]
fn the_file_lists_what_something_else_could_displace() {
    let text = first(&document(PETS)).names.to_string();
    let (_, text) = text.split_once("spelling:").unwrap();
    insta::assert_snapshot!("names_file", format!("spelling:{text}"));
}

#[test]
fn what_no_longer_exists_is_removed_and_what_is_new_follows() {
    let old = first(&document(PETS));
    let text = PETS.replace(
        "    Animal:\n      oneOf: [{$ref: '#/components/schemas/Pet'}, {type: string}]\n",
        "",
    );
    let text = text.replace(
        "    Pet:\n",
        "    Home: {type: object, properties: {x: {type: string}}}\n    Pet:\n",
    );
    let new = later(&document(&text), &written(&old)).names.to_string();
    assert!(!new.contains("Animal"), "{new}");
    let (pet, home) = (
        new.find("schemas/Pet: Pet").unwrap(),
        new.find("schemas/Home: Home").unwrap(),
    );
    assert!(pet < home, "{new}");
}

#[test]
fn each_kind_of_name_can_be_changed_in_the_file() {
    let text = "types:
  schemas/Pet: Creature
  schemas/Pet/properties/kind: Species
operations:
  PUT /pets/{id}: replace_pet
fields:
  schemas/Pet:
    petId: number
variants:
  schemas/Pet/properties/kind:
    CAT: Feline
  schemas/Animal:
    schemas/Pet: Whole
parameters:
  PUT /pets/{id}:
    query/dryRun: rehearsal
setters:
  schemas/Pet:
    petId: numbered
";
    let generation = later(&document(PETS), &names(text));
    let outline = generation.outline();
    let lines = [
        "struct types::Creature: ",
        "enum types::Species: ",
        "struct operations::ReplacePet<'c>: ",
        "const operations::REPLACE_PET: ",
        "fn Client::replace_pet(",
        "field types::Creature.number: Option<String> = \"petId\" set by numbered(",
        "variant types::Species::Feline",
        "variant types::Animal::Whole(Creature)",
        "fn operations::ReplacePet::rehearsal(",
    ];
    for line in lines {
        assert!(outline.contains(line), "{line}\n{outline}");
    }
    assert_eq!(messages(&generation.warnings, Code::NAME_NOT_KEPT), [""; 0]);
    let again = later(&document(PETS), &written(&generation));
    assert_eq!(again.files, generation.files);
}

#[test]
fn a_name_that_generated_code_needs_is_not_kept() {
    let text = "operations: {'PUT /pets/{id}': new}\nparameters: {'PUT /pets/{id}': {query/dryRun: body}}\nsetters: {schemas/Pet: {petId: default}}\n";
    let generation = later(&document(PETS), &names(text));
    assert_eq!(
        messages(&generation.warnings, Code::NAME_NOT_KEPT),
        [
            "its name `new` is taken by something else in the generated code: it is named `put_pet`",
            "its name `body` is taken by something else in the generated code: it is named `dry_run`",
            "its name `default` is taken by something else in the generated code: it is named `pet_id`",
        ]
    );
}

#[test]
fn faults_of_the_file_are_reported_at_their_places() {
    let text = "types:
  schemas/Pet: pet
  schemas/Cat: Animal
  schemas/Dog: Animal
operations: [a]
kinds: {}
fields:
  schemas/Pet: {a: type, b: 7}
variants:
  schemas/Pet: {a: X, b: X}
spelling: {properties: loud, names: camelCase}
";
    let faults = PublicNames::parse("names.yaml", text.as_bytes()).unwrap_err();
    assert!(
        faults
            .iter()
            .all(|it| it.code == Code::INVALID_PUBLIC_NAME && it.help.is_some())
    );
    let told = faults.iter().map(|it| {
        let at = it.location.unwrap();
        format!("{}:{} {}\n", at.line, at.column, it.message)
    });
    insta::assert_snapshot!("names_file_faults", told.collect::<String>());
}

#[test]
fn a_component_of_another_file_keeps_its_name_when_another_file_has_one_like_it() {
    let bundled = |text: &str| {
        let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
        let value = document.value().clone();
        let load = |path: &str| {
            let text = match path {
                "dogs.yaml" => "Pet: {type: object, properties: {bark: {type: string}}}\n",
                _ => "Pet: {type: object, properties: {kind: {type: string, enum: [CAT]}}}\n",
            };
            let (name, bytes) = (path.to_owned(), text.into());
            Ok(File { name, bytes })
        };
        bundle(document, value, load).unwrap()
    };
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Home: {type: object, properties: {cat: {$ref: 'cats.yaml#/Pet'}}}
";
    let old = first(&bundled(text));
    assert!(
        old.names.to_string().contains("cats.yaml#/Pet: Pet"),
        "{}",
        old.names
    );
    let more = text.replace(
        "    Home:",
        "    Yard: {type: object, properties: {dog: {$ref: 'dogs.yaml#/Pet'}}}\n    Home:",
    );
    let new = later(&bundled(&more), &written(&old));
    assert_eq!(lost(&old, &new), [""; 0]);
    assert_ne!(lost(&old, &first(&bundled(&more))), [""; 0]);
}
