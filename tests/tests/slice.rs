//! Slicing: the smallest closed document with some operations, without any other change.

use releasepack_codegen::{
    Code, Diagnostic, Document, Pointer, Selection, Slice, lint, slice, to_yaml,
};
use serde_json::{Map, Value, json};

const FRAGMENT: &str = include_str!("../../spec/release-integration-pack.yaml");

fn yaml(text: &str) -> Value {
    let document = Document::parse("api.yaml", text.as_bytes());
    document
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
        .value()
        .clone()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn by_tag(tags: &[&str]) -> Selection {
    Selection {
        tags: names(tags),
        ..Selection::default()
    }
}

fn by_id(ids: &[&str]) -> Selection {
    Selection {
        operations: names(ids),
        ..Selection::default()
    }
}

fn by_path(paths: &[&str]) -> Selection {
    Selection {
        paths: names(paths),
        ..Selection::default()
    }
}

fn sliced(document: &Value, selection: &Selection) -> Slice {
    slice(document, selection).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The `operationId` of each operation of a document, in order.
fn ids(document: &Value) -> Vec<&str> {
    let items = document["paths"].as_object().unwrap().values();
    items
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(|operation| operation.get("operationId")?.as_str())
        .collect()
}

fn refusal(document: &Value, selection: &Selection) -> Vec<String> {
    let faults = slice(document, selection).expect_err("the selection is refused");
    let text = |it: Diagnostic| format!("{}: {}: {}", it.code, it.message, it.help.unwrap());
    faults.into_iter().map(text).collect()
}

/// Inserts members of another object before, between and after the members of an object.
fn mix(into: &mut Value, more: &Value) {
    let own = std::mem::take(into.as_object_mut().unwrap());
    let more = more.as_object().unwrap();
    let mut others = more.iter();
    let mut mixed = Map::new();
    for (name, value) in own {
        mixed.extend(
            others
                .next()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        mixed.insert(name, value);
    }
    mixed.extend(others.map(|(name, value)| (name.clone(), value.clone())));
    *into = Value::Object(mixed);
}

#[test]
fn the_fragment_comes_out_of_the_whole_document_to_the_byte() {
    let fragment = yaml(FRAGMENT);
    let mut whole = fragment.clone();
    let others = yaml(include_str!("../fixtures/slice/whole.yaml"));
    mix(&mut whole["paths"], &others["paths"]);
    for (section, members) in others["components"].as_object().unwrap() {
        let components = whole["components"].as_object_mut().unwrap();
        mix(components.entry(section).or_insert(json!({})), members);
    }
    let tags = whole["tags"].as_array_mut().unwrap();
    for (at, tag) in others["tags"].as_array().unwrap().iter().enumerate() {
        tags.insert(2 * at, tag.clone());
    }
    let errors: Vec<_> = lint(&whole)
        .into_iter()
        .filter(|it| it.message.contains("nowhere"))
        .collect();
    assert_eq!(errors, [], "the whole document is sound");
    assert_ne!(to_yaml(&whole), FRAGMENT);

    let slice = sliced(
        &whole,
        &by_tag(&[
            "PublisherIntegrationPack",
            "ReleaseIntegrationPack",
            "ReleaseIntegrationPackStatus",
        ]),
    );
    assert_eq!(to_yaml(&slice.document), FRAGMENT);
    assert_eq!(slice.warnings, []);
    let paths = [
        "/PublisherIntegrationPack/*",
        "/ReleaseIntegrationPack*{,/*}",
    ];
    let again = sliced(&whole, &by_path(&paths));
    assert!(again.document == slice.document);
}

#[test]
fn groups_of_tags_keep_only_tags_of_the_slice() {
    let mut zoo = yaml(ZOO);
    zoo["x-tagGroups"] = json!([
        {"name": "Cleaning", "tags": ["visitors", "cages"]},
        {"name": "Visiting", "tags": ["visitors"]},
        {"name": "Without tags"},
    ]);
    let slice = sliced(&zoo, &by_tag(&["cages"])).document;
    let expected = json!([{"name": "Cleaning", "tags": ["cages"]}, {"name": "Without tags"}]);
    assert_eq!(slice["x-tagGroups"], expected);
    zoo["x-tagGroups"] = json!([{"name": "Visiting", "tags": ["visitors"]}]);
    let slice = sliced(&zoo, &by_tag(&["cages"])).document;
    assert_eq!(slice.get("x-tagGroups"), None);
}

const ZOO: &str = include_str!("../fixtures/slice/zoo.yaml");

#[test]
fn tags_ids_and_paths_are_united() {
    let zoo = yaml(ZOO);
    assert_eq!(
        ids(&sliced(&zoo, &by_tag(&["cages"])).document),
        ["listCages", "cleanCage"]
    );
    assert_eq!(
        ids(&sliced(&zoo, &by_path(&["/pets/{petId}"])).document),
        ["getPet", "deletePet"]
    );
    assert_eq!(
        ids(&sliced(&zoo, &by_path(&["/pets/*"])).document),
        ["getPet", "deletePet"]
    );
    assert_eq!(
        ids(&sliced(&zoo, &by_path(&["/pets/**"])).document),
        ["getPet", "deletePet", "feedPet"]
    );
    assert_eq!(
        ids(&sliced(&zoo, &by_path(&["/{pets,cages}"])).document),
        ["listPets", "listCages"]
    );
    assert_eq!(
        ids(&sliced(&zoo, &by_id(&["list*"])).document),
        ["listPets", "listCages"],
        "in the order of the document"
    );
    let all = Selection {
        tags: names(&["cages"]),
        operations: names(&["getPet", "listCages"]),
        paths: names(&["/pets/{petId}/food"]),
    };
    let slice = sliced(&zoo, &all);
    assert_eq!(
        ids(&slice.document),
        ["getPet", "feedPet", "listCages", "cleanCage"]
    );
    assert_eq!(slice.operations, 4);
}

#[test]
fn only_reachable_parts_are_kept_and_they_do_not_change() {
    let zoo = yaml(ZOO);
    let slice = sliced(&zoo, &by_id(&["getPet"]));
    assert_eq!(slice.warnings, []);
    for kept in ["openapi", "info", "servers", "security"] {
        assert_eq!(slice.document[kept], zoo[kept]);
    }
    let item = "/pets/{petId}";
    assert_eq!(slice.document["tags"], json!([zoo["tags"][0]]));
    assert_eq!(
        slice.document["paths"],
        json!({item: {
            "summary": zoo["paths"][item]["summary"],
            "parameters": zoo["paths"][item]["parameters"],
            "get": zoo["paths"][item]["get"],
        }})
    );
    insta::assert_snapshot!(to_yaml(&slice.document["components"]), @r"
    schemas:
      Cat:
        type: object
        properties:
          kind:
            type: string
      Dog:
        type: object
        properties:
          kind:
            type: string
      Pet:
        type: object
        properties:
          friend:
            oneOf:
              - $ref: '#/components/schemas/Cat'
            discriminator:
              propertyName: kind
              mapping:
                cat: Cat
                dog: '#/components/schemas/Dog'
          example:
            $ref: '#/components/schemas/Tag'
        example:
          $ref: '#/components/schemas/Unused'
      Tag:
        type: string
    parameters:
      petId:
        name: petId
        in: path
        required: true
        schema:
          type: string
    examples:
      tom:
        value:
          example: cat
    headers:
      Rate:
        schema:
          type: integer
    securitySchemes:
      keeper:
        type: http
        scheme: basic
    ");
}

#[test]
fn a_slice_of_a_slice_is_the_same() {
    let zoo = yaml(ZOO);
    for selection in [by_tag(&["pets"]), by_tag(&["cages"]), by_id(&["feedPet"])] {
        let once = sliced(&zoo, &selection);
        assert_eq!(sliced(&once.document, &selection).document, once.document);
    }
}

#[test]
fn slices_are_closed() {
    let zoo = yaml(ZOO);
    for id in ids(&zoo) {
        let slice = sliced(&zoo, &by_id(&[id]));
        let errors: Vec<_> = lint(&slice.document)
            .into_iter()
            .filter(|it| it.code.name().contains("reference"))
            .collect();
        assert_eq!(errors, [], "{id}");
    }
}

#[test]
fn schemas_that_a_discriminator_names_are_kept() {
    let document = yaml(
        "
openapi: 3.0.3
paths:
  /a: {get: {operationId: a, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Animal'}}}}}}}
components:
  schemas:
    Animal: {type: object, discriminator: {propertyName: kind}, properties: {kind: {type: string}}}
    Cat: {allOf: [{$ref: '#/components/schemas/Animal'}, {$ref: '#/components/schemas/Paws'}]}
    Paws: {type: object}
    Stone: {type: object}
",
    );
    let slice = sliced(&document, &by_id(&["a"]));
    let kept: Vec<_> = slice.document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(kept, ["Animal", "Cat", "Paws"]);
}

#[test]
fn a_reference_to_a_part_of_another_operation_keeps_that_operation_with_a_warning() {
    let document = yaml(
        "
openapi: 3.0.3
paths:
  /a: {get: {operationId: a, responses: {default: {$ref: '#/paths/~1b/get/responses/default'}}}}
  /b:
    parameters: [{$ref: '#/components/parameters/limit'}]
    get: {operationId: b, responses: {default: {description: failed}}}
    put: {operationId: c, responses: {}}
components:
  parameters: {limit: {name: limit, in: query, schema: {type: integer}}}
",
    );
    let slice = sliced(&document, &by_id(&["a"]));
    assert_eq!(ids(&slice.document), ["a", "b"]);
    assert!(slice.document["components"]["parameters"]["limit"].is_object());
    assert_eq!(slice.warnings.len(), 1);
    assert_eq!(slice.warnings[0].code.name(), "slice-keeps-operation");
    assert_eq!(
        slice.warnings[0].pointer,
        Pointer::parse("/paths/~1b/get").unwrap()
    );
}

#[test]
fn path_items_behind_references_are_kept_whole() {
    let document = yaml(
        "
openapi: 3.1.0
paths:
  /a: {$ref: '#/components/pathItems/A'}
  /b: {get: {operationId: b}}
webhooks:
  done: {post: {operationId: whenDone, tags: [hooks]}}
components:
  pathItems:
    A: {get: {operationId: a, tags: [first]}, put: {operationId: putA}}
    B: {get: {operationId: other}}
",
    );
    let slice = sliced(&document, &by_tag(&["first"]));
    assert_eq!(
        slice.document["paths"],
        json!({"/a": {"$ref": "#/components/pathItems/A"}})
    );
    assert_eq!(
        slice.document["components"],
        json!({"pathItems": {"A": document["components"]["pathItems"]["A"]}})
    );
    assert!(slice.document.get("webhooks").is_none());
    let hooks = sliced(&document, &by_tag(&["hooks"]));
    assert_eq!(hooks.document["webhooks"], document["webhooks"]);
    assert_eq!(hooks.document["paths"], json!({}));
}

#[test]
fn a_selector_that_matches_nothing_is_an_error_with_a_suggestion() {
    let zoo = yaml(ZOO);
    let selection = Selection {
        tags: names(&["Cage", "nothing like it"]),
        operations: names(&["list_pets", "listPets"]),
        paths: names(&["/pets/{id}", "/pets/[", "/*"]),
    };
    insta::assert_snapshot!(refusal(&zoo, &selection).join("\n"), @r"
    invalid-selection: no operation has the tag `Cage`: did you mean `cages`?
    invalid-selection: no operation has the tag `nothing like it`: there are `cages`, `pets`
    invalid-selection: no operation has the operation id `list_pets`: did you mean `listPets`?
    invalid-selection: no operation has the path `/pets/{id}`: did you mean `/pets/{petId}`?
    invalid-selection: `/pets/[` is not a valid pattern for a path: unclosed character class; missing ']': write `\` before a character that has no special meaning
    ");
    assert_eq!(
        refusal(&zoo, &Selection::default()),
        ["invalid-selection: no operation is selected: select at least one tag, operation or path"]
    );
    assert_eq!(
        refusal(&yaml("openapi: 3.0.3\npaths: {}\n"), &by_tag(&["a"])),
        [
            "invalid-selection: no operation has the tag `a`: the operations of the document have no tag"
        ]
    );
}

#[test]
fn malformed_documents_are_sliced_without_a_panic() {
    let zoo = yaml(ZOO);
    let all = by_path(&["/**"]);
    let mut places = Vec::new();
    collect(&zoo, &Pointer::root(), &mut places);
    for place in places {
        for wrong in [
            json!(null),
            json!([{"$ref": 1}]),
            json!("text"),
            json!({"$ref": "#/paths"}),
        ] {
            let mut broken = zoo.clone();
            *place.get_mut(&mut broken).unwrap() = wrong;
            let _ = slice(&broken, &all);
        }
    }
}

fn collect(value: &Value, place: &Pointer, places: &mut Vec<Pointer>) {
    places.push(place.clone());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                collect(member, &place.join(name), places);
            }
        }
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                collect(element, &place.index(at), places);
            }
        }
        _ => {}
    }
}

#[test]
fn a_link_to_an_operation_that_was_not_selected_is_removed_with_a_warning() {
    let document = yaml(
        "openapi: 3.0.3
info: {title: Zoo, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        '200': {description: All., links: {owner: {operationId: getOwner}, again: {operationId: listPets}}}
  /owner: {get: {operationId: getOwner, responses: {'200': {description: It.}}}}
",
    );
    let slice = sliced(&document, &by_id(&["listPets"]));
    let links = &slice.document["paths"]["/pets"]["get"]["responses"]["200"]["links"];
    assert_eq!(*links, json!({"again": {"operationId": "listPets"}}));
    let reported = slice.warnings.iter();
    let reported: Vec<_> = reported.map(|it| (it.code, it.pointer.as_str())).collect();
    let place = "/paths/~1pets/get/responses/200/links/owner";
    assert_eq!(reported, [(Code::SLICE_DROPS_LINK, place)]);
}
