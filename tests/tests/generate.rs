//! The whole pipeline: the checked-in client, generated code, and the faults that stop a run.

use std::fs;
use std::path::Path;

use releasepack_codegen::{
    Bundle, Code, Diagnostic, Document, Generation, Overlay, PublicNames, Stage, Strictness,
    apply_overlay, bundle, bundle_leniently, generate_observed, generate_with_names, to_yaml, tree,
};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn effective() -> Bundle {
    let read = |name: &str| fs::read(root().join("spec").join(name)).unwrap();
    let document = Document::parse("spec.yaml", &read("release-integration-pack.yaml")).unwrap();
    let overlay = Overlay::parse("overlay.yaml", &read("overlay.yaml")).unwrap();
    let (value, _) = apply_overlay(document.value().clone(), &overlay).unwrap();
    bundle(document, value, |path| {
        Err(format!("{path} is not asked for"))
    })
    .unwrap()
}

fn generate(document: &Bundle) -> Result<Generation, Vec<Diagnostic>> {
    releasepack_codegen::generate(document, Strictness::Strict)
}

fn document(text: &str) -> Bundle {
    Document::parse("api.yaml", text.as_bytes()).unwrap().into()
}

#[test]
fn the_checked_in_client_is_up_to_date() {
    let text = fs::read_to_string(root().join("spec/names.yaml")).unwrap();
    let names = PublicNames::parse("names.yaml", text.as_bytes()).unwrap();
    let generation =
        generate_with_names(&effective(), &names, Strictness::Strict, &mut |_| {}).unwrap();
    assert_eq!(
        generation.names.to_string(),
        text,
        "run `cargo xtask regen`"
    );
    let folder = root().join("generated-client/src/generated");
    let differences = tree::compare(&generation.files, &tree::read(&folder).unwrap());
    assert!(
        differences.is_empty(),
        "run `cargo xtask regen`: {differences:?}"
    );
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (one, other) = (
        generate(&effective()).unwrap(),
        generate(&effective()).unwrap(),
    );
    assert_eq!(one.files, other.files);
}

#[test]
fn generated_code_stays_light() {
    let files = generate(&effective()).unwrap().files;
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    assert!(lines < 900, "{lines}");
}

#[test]
fn several_responses_become_enums_by_status() {
    let generation = generate(&document(
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      responses:
        '200': {description: It was there., content: {application/json: {schema: {type: string}}}}
        '204': {description: Nothing to say.}
        '400': {description: Bad., content: {application/json: {schema: {type: integer}}}}
        default: {description: Else., content: {text/plain: {schema: {type: string}}}}
",
    ))
    .unwrap();
    let outline = generation.outline();
    let lines: Vec<&str> = outline
        .lines()
        .filter(|line| line.contains("variant"))
        .collect();
    assert_eq!(
        lines,
        [
            "variant operations::AddPetError::BadRequest(i64)",
            "variant operations::AddPetError::Other(String)",
            "variant operations::AddPetResponse::NoContent",
            "variant operations::AddPetResponse::Ok(String)",
        ]
    );
}

/// A part of the generated code of a fixture, from a line on. Each fixture shows one behaviour.
fn generated(fixture: &str, file: &str, from: &str) -> String {
    let path = root().join("tests/fixtures/generate").join(fixture);
    let document = Document::parse(fixture, &fs::read(path).unwrap()).unwrap();
    let generation = generate(&document.into()).unwrap();
    let file = generation.files.iter().find(|it| it.path == file).unwrap();
    let begin = file.text.find(from).unwrap();
    file.text[begin..].to_owned()
}

/// A copy without the members whose names begin with `x-`. No property of the document may have such a name.
fn without_extensions(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.iter().filter(|(name, _)| !name.starts_with("x-"));
            let members = members.map(|(name, value)| (name.clone(), without_extensions(value)));
            Value::Object(members.collect())
        }
        Value::Array(elements) => elements.iter().map(without_extensions).collect(),
        other => other.clone(),
    }
}

#[test]
fn extensions_of_a_vendor_change_nothing() {
    let path = root().join("tests/fixtures/generate/vendor_extensions.yaml");
    let published = Document::parse("api.yaml", &fs::read(path).unwrap()).unwrap();
    let plain = to_yaml(&without_extensions(published.value()));
    let code = |document: Bundle| {
        let files = generate(&document).unwrap().files;
        // The digests include extensions.
        let lines = files.iter().flat_map(|file| file.text.lines());
        let lines = lines.filter(|line| !line.starts_with("// Digest"));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert!(!plain.contains("x-"), "{plain}");
    assert_eq!(code(published.into()), code(document(&plain)));
}

#[test]
fn an_enum_keeps_values_that_it_does_not_know() {
    insta::assert_snapshot!(
        "open_enum",
        generated("open_enum.yaml", "types.rs", "/// How")
    );
}

#[test]
fn a_required_field_is_asked_for_and_an_optional_one_has_a_setter() {
    let code = generated("required_field.yaml", "types.rs", "/// `Pet`");
    insta::assert_snapshot!("required_field", code);
}

#[test]
fn recursion_uses_boxes_and_lists() {
    let code = generated("recursion.yaml", "types.rs", "/// `Node`");
    insta::assert_snapshot!("recursion", code);
}

#[test]
fn a_discriminator_selects_the_variant_of_a_union() {
    let code = generated("tagged_union.yaml", "types.rs", "/// `Pet`");
    let end = code.find("/// `Cat`").unwrap_or(code.len());
    insta::assert_snapshot!("tagged_union", code[..end].trim_end());
}

#[test]
fn the_status_code_selects_among_several_responses() {
    let code = generated(
        "several_responses.yaml",
        "operations.rs",
        "/// The responses",
    );
    insta::assert_snapshot!("several_responses", code);
}

#[test]
fn an_optional_parameter_is_a_method_of_the_request() {
    let code = generated("parameters.yaml", "operations.rs", "impl GetPet<");
    insta::assert_snapshot!("parameters", code);
}

#[test]
fn an_operation_is_a_table() {
    let table = "crate::runtime::operation! { GET_PET";
    let code = generated("parameters.yaml", "operations.rs", table);
    insta::assert_snapshot!("operation", code);
}

#[test]
fn an_integer_that_64_bits_do_not_hold_is_a_number_of_any_size() {
    let document = Document::parse(
        "api.yaml",
        b"openapi: 3.0.3
info: {title: Chain, version: '1'}
paths: {}
components:
  schemas:
    Block:
      properties:
        height: {type: integer, minimum: 0, maximum: 18446744073709551615}
        nonce: {type: integer, maximum: 115792089237316195423570985008687907853269984665640564039457584007913129639935}
",
    )
    .unwrap();
    let reported: Vec<_> = document.warnings().iter().map(|it| it.code).collect();
    assert_eq!(reported, [Code::INEXACT_NUMBER]);
    let outline = generate(&document.into()).unwrap().outline();
    for line in [
        "field types::Block.height: Option<u64> set by u64",
        "field types::Block.nonce: Option<crate::runtime::Integer> set by crate::runtime::Integer",
    ] {
        assert!(outline.lines().any(|it| it == line), "{outline}");
    }
}

#[test]
fn lenient_mode_leaves_out_operations_that_need_a_missing_file() {
    let document = Document::parse(
        "api.yaml",
        b"openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets: {get: {operationId: listPets, responses: {'200': {$ref: 'gone.yaml#/Pets'}}}}
  /toys: {get: {operationId: listToys, responses: {'200': {description: All.}}}}
",
    )
    .unwrap();
    let value = document.value().clone();
    let bundle = bundle_leniently(document, value, |path| Err(format!("there is no {path}")));
    let reported = generate(&bundle).unwrap_err();
    assert_eq!(reported.len(), 1, "{reported:#?}");
    assert_eq!(reported[0].code, Code::DANGLING_REFERENCE);

    let generation = releasepack_codegen::generate(&bundle, Strictness::Lenient).unwrap();
    assert!(generation.outline().contains("list_toys"));
    assert!(!generation.outline().contains("list_pets"));
    let reported = generation.warnings.iter();
    let reported: Vec<_> = reported.map(|it| it.message.as_str()).collect();
    assert!(
        reported
            .iter()
            .any(|it| it.ends_with("`GET /pets` (listPets) was left out")),
        "{reported:#?}"
    );
}

#[test]
fn a_run_reports_its_stages_in_order() {
    let mut stages = Vec::new();
    generate_observed(&effective(), Strictness::Strict, &mut |progress| {
        assert!(progress.done < progress.of);
        if stages.last() != Some(&progress.stage) {
            stages.push(progress.stage);
        }
    })
    .unwrap();
    assert_eq!(stages, Stage::ALL);
}

#[test]
fn equal_types_are_one_type_and_variants_of_a_union_are_not() {
    let path = root().join("tests/fixtures/generate/equal_types.yaml");
    let document = Document::parse("equal_types.yaml", &fs::read(path).unwrap()).unwrap();
    let outline = generate(&document.into()).unwrap().outline();
    // Without the traits.
    let types = outline.lines().filter_map(|line| {
        let is_type = ["type ", "struct types::", "enum types::"].map(|it| line.starts_with(it));
        let line = line.split_once(": ").map_or(line, |(name, _)| name);
        is_type.contains(&true).then_some(line)
    });
    let types: Vec<&str> = types.collect();
    insta::assert_snapshot!("equal_types", types.join("\n"));
}

#[test]
fn an_alias_of_an_equal_type_keeps_its_description() {
    let code = generated(
        "equal_types.yaml",
        "types.rs",
        "/// What is wanted of the pears",
    );
    let end = code.find("\n\n").unwrap_or(code.len());
    insta::assert_snapshot!("equal_type_alias", &code[..end]);
}

#[test]
fn each_untyped_part_has_its_place_and_the_reason() {
    let document = document(
        "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {content: {application/json: {schema: {}}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {type: array}}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        any: {description: whatever}
        map: {type: object}
        open: {anyOf: [{type: string}, true]}
        odd: {enum: [[1], [2]]}
        gone: {$ref: '#/components/schemas/Gone'}
        nothing: {type: 'null'}
        fixed: {const: {office: north, floor: 1}}
",
    );
    let generation = releasepack_codegen::generate(&document, Strictness::Lenient).unwrap();
    let lines = generation.untyped.iter().map(|it| {
        let at = it.note.location.expect("it has a place");
        format!(
            "{}:{} {} {:?}: {}",
            at.line, at.column, it.part, it.why, it.note.message
        )
    });
    assert_eq!(generation.untyped[0].note.code, Code::ANY_VALUE);
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    15:9 types::Pet.any Description: any value: the schema allows any value
    16:9 types::Pet.map Description: any value: the description does not say what it is
    17:9 types::Pet.open Description: any value: the schema only excludes values, or one of its variants allows any
    18:9 types::Pet.odd Generator: any value: no type is made of `enum`
    19:9 types::Pet.gone Fault: any value: there is a fault: the document has no schema `#/components/schemas/Gone`; `gone` of the schema `Pet` was replaced by any value
    20:9 types::Pet.nothing Description: any value: the only value is `null`
    7:50 operations::add_pet (body) Description: any value: the schema allows any value
    8:73 operations::add_pet (response Ok) Description: any value: the description does not say what it is
    ");
}

/// Parts of two files that alternate in the client: each keeps its own place.
#[test]
fn untyped_parts_of_several_files_have_the_places_of_their_own_files() {
    let text = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      requestBody: {content: {application/json: {schema: {}}}}
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: 'pet.yaml#/Pet'}}}}
        '201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Cat'}}}}
components:
  schemas:
    Cat: {type: object, properties: {mood: {}}}
    Owner: {$ref: 'pet.yaml#/Owner'}
    Zoo: {type: object, properties: {owner: {$ref: '#/components/schemas/Owner'}, map: {}}}
";
    let pets = "Owner:
  type: object
  properties:
    note: {}
Pet:
  type: object
  properties:
    name: {type: string}
    any: {}
";
    let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
    let value = document.value().clone();
    let bundle = bundle(document, value, |path| {
        let (name, bytes) = (path.to_owned(), pets.as_bytes().to_vec());
        Ok(releasepack_codegen::File { name, bytes })
    });
    let generation = generate(&bundle.unwrap()).unwrap();
    let lines = generation.untyped.iter().map(|it| {
        let at = it.note.location.expect("it has a place");
        let (file, pointer) = (&it.note.file, &it.note.pointer);
        format!("{file}:{}:{} {pointer} {}", at.line, at.column, it.part)
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    api.yaml:13:38 /components/schemas/Cat/properties/mood types::Cat.mood
    pet.yaml:4:5 /Owner/properties/note types::Owner.note
    api.yaml:15:83 /components/schemas/Zoo/properties/map types::Zoo.map
    pet.yaml:9:5 /Pet/properties/any types::Pet.any
    api.yaml:7:50 /paths/~1pets/post/requestBody/content/application~1json/schema operations::add_pet (body)
    ");
}

/// Also the values of variables that the caller must know to choose another server.
#[test]
fn the_documentation_of_a_client_has_the_variables_of_its_servers() {
    let generation = generate(&document(
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers:
  - url: https://{region}.example.com/{v}
    variables: {region: {default: eu, enum: [eu, us]}, v: {default: v2}}
paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}
",
    ));
    let generation = generation.unwrap();
    let module = generation.files.iter().find(|file| file.path == "mod.rs");
    let lines = module.unwrap().text.lines();
    let lines = lines.filter(|line| line.contains("region") || line.contains("`v`"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    /// - `https://{region}.example.com/{v}`
    ///   - `region`: `eu` by default, or `us`
    ///   - `v`: `v2` by default
    ");
}

/// The constraints of what is in an array or a map have no other place: the Rust type is the same without them.
#[test]
fn constraints_of_elements_and_values_are_documented() {
    let generation = generate(&document(
        "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /a:
    get:
      operationId: a
      parameters:
        - {name: codes, in: query, schema: {type: array, maxItems: 3, items: {type: string, pattern: '^a$'}}}
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Table'}}}}}
components:
  schemas:
    Table:
      type: object
      properties:
        rows: {type: array, items: {type: array, minItems: 1, items: {type: integer, maximum: 9}}}
        rates: {type: object, additionalProperties: {type: number, minimum: 0}}
",
    ));
    let generation = generation.unwrap();
    let lines = generation.files.iter().flat_map(|file| file.text.lines());
    let lines = lines
        .map(str::trim)
        .filter(|line| line.contains(": ") && line.contains("Each "));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    /// Elements: up to `3`. Each element: Pattern: `^a$`.
    /// Each element: Elements: from `1`. Each element, each element: Range: up to `9`.
    /// Each value: Range: from `0`.
    ");
}
