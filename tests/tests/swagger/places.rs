//! Every diagnostic is at a place of the author's document.

use releasepack_codegen::{Document, Severity, lint};
use serde_json::Value;

use super::case::{converted, fixture, place};

/// Calls `visit` with the place of every node.
fn each(value: &Value, at: &str, visit: &mut dyn FnMut(&str, &Value)) {
    visit(at, value);
    let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                each(member, &format!("{at}/{}", escaped(name)), visit);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                each(element, &format!("{at}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn every_converted_node_has_an_origin_that_the_author_wrote() {
    let document = fixture();
    let converted = converted(document.value());
    let mut count = 0;
    each(&converted.document, "", &mut |at, _| {
        let origin = converted.origin(&place(at));
        assert!(
            origin.get(document.value()).is_some(),
            "{at} is at {origin}"
        );
        count += 1;
    });
    assert!(count > 350, "{count}");
}

#[test]
fn values_are_where_the_author_wrote_them() {
    let document = fixture();
    let converted = converted(document.value());
    let cases = [
        ("/openapi", "/swagger"),
        ("/servers/0", "/schemes/1"),
        ("/servers/0/url", "/host"),
        (
            "/components/schemas/Dog/allOf/1/properties/age/type",
            "/definitions/Dog/allOf/1/properties/age/type",
        ),
        (
            "/components/schemas/Animal/discriminator/propertyName",
            "/definitions/Animal/discriminator",
        ),
        (
            "/components/parameters/Limit/schema/minimum",
            "/parameters/Limit/minimum",
        ),
        (
            "/components/requestBodies/Change/content/application~1json",
            "/consumes/0",
        ),
        (
            "/components/requestBodies/Change/content/application~1json/schema/properties/name",
            "/parameters/Change/schema/properties/name",
        ),
        (
            "/components/securitySchemes/app/flows/authorizationCode/tokenUrl",
            "/securityDefinitions/app/tokenUrl",
        ),
        (
            "/components/securitySchemes/login/scheme",
            "/securityDefinitions/login/type",
        ),
        (
            "/paths/~1dogs/get/parameters/2/style",
            "/paths/~1dogs/get/parameters/2/collectionFormat",
        ),
        (
            "/paths/~1dogs/get/parameters/1/style",
            "/paths/~1dogs/get/parameters/1",
        ),
        (
            "/paths/~1dogs/get/responses/200/content/application~1json/example",
            "/paths/~1dogs/get/responses/200/examples/application~1json",
        ),
        (
            "/paths/~1dogs/post/requestBody/description",
            "/paths/~1dogs/post/parameters/0/description",
        ),
        (
            "/paths/~1dogs~1{ids}/put/requestBody",
            "/paths/~1dogs~1{ids}/put/parameters/0",
        ),
        (
            "/paths/~1dogs~1{ids}/patch/requestBody/content/application~1merge-patch+json",
            "/paths/~1dogs~1{ids}/patch/consumes/0",
        ),
        (
            "/paths/~1dogs~1{ids}/patch/requestBody/content/application~1merge-patch+json/schema/type",
            "/parameters/Change/schema/type",
        ),
        (
            "/paths/~1dogs~1{id}~1walks/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/walker",
            "/parameters/Walker",
        ),
        (
            "/paths/~1dogs~1{id}~1walks/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/days/items/format",
            "/paths/~1dogs~1{id}~1walks/post/parameters/2/items/format",
        ),
    ];
    for (at, expected) in cases {
        assert!(place(at).get(&converted.document).is_some(), "{at}");
        assert_eq!(converted.origin(&place(at)).as_str(), expected, "{at}");
    }
}

const FAULTY: &str = "
swagger: '2.0'
info: {title: Faults, version: '1'}
host: a.example.com
schemes: [https]
produces: [nonsense]
paths:
  /a/{id}:
    get:
      operationId: a
      parameters:
        - {name: b, in: body, schema: {$ref: '#/definitions/Missing'}}
        - {name: limit, in: query, type: integer, minimum: 5, maximum: 3}
        - {name: c, in: query, type: string, colectionFormat: csv}
      responses:
        200: {description: d, schema: {type: string, pattern: '('}}
definitions:
  Pet: {type: object, x-nullable: true, oneOf: [{type: integer, default: a}]}
";

#[test]
fn rules_report_the_lines_of_the_author() {
    let document = Document::parse("api.yaml", FAULTY.as_bytes()).unwrap();
    let found = document.place_all(lint(document.value()));
    let found: Vec<String> = found
        .iter()
        .map(|it| {
            let at = it.location.expect("every diagnostic has a place");
            format!("{}:{} {} {}", at.line, at.column, it.code, it.pointer)
        })
        .collect();
    for expected in [
        "6:12 invalid-media-type /produces/0",
        "11:7 undeclared-path-parameter /paths/~1a~1{id}/get/parameters",
        "12:46 dangling-reference /paths/~1a~1{id}/get/parameters/0/schema/$ref",
        "13:72 contradictory-bounds /paths/~1a~1{id}/get/parameters/1/maximum",
        "14:63 unknown-member /paths/~1a~1{id}/get/parameters/2/colectionFormat",
        "16:63 invalid-pattern /paths/~1a~1{id}/get/responses/200/schema/pattern",
        "18:3 unused-component /definitions/Pet",
        "18:3 normalization /definitions/Pet",
        "18:41 normalization /definitions/Pet/oneOf",
        "18:74 default-mismatch /definitions/Pet/oneOf/0/default",
    ] {
        assert!(
            found.iter().any(|it| it == expected),
            "{expected}\n{found:#?}"
        );
    }
}

#[test]
fn the_fixture_has_no_faults_but_what_openapi_3_cannot_say() {
    let document = fixture();
    let found = lint(document.value());
    let serious: Vec<String> = found
        .iter()
        .filter(|it| it.severity > Severity::Note)
        .map(|it| format!("{} {}", it.code, it.pointer))
        .collect();
    assert_eq!(
        serious,
        [
            "wrong-type /swagger",
            "collection-format /paths/~1dogs/get/parameters/5/collectionFormat",
        ]
    );
}

const MUSTS: &str = "
swagger: '2.0'
info: {title: Musts, version: '1'}
paths:
  /a/{id}:
    get:
      parameters:
        - {name: q, in: query}
        - {name: id, in: path, type: string}
        - {name: l, in: query, type: array}
        - {name: h, in: header, type: array, items: {type: string}, collectionFormat: multi}
        - {name: w, in: querry, type: string}
      responses: {200: {description: d, headers: {X-A: {description: b}}}}
    post:
      parameters: [{name: b, in: body}]
      responses: {}
securityDefinitions:
  a: {type: oauth2, flow: accessCode, scopes: {}}
  b: {type: basik}
";

#[test]
fn what_the_specification_requires_is_checked_in_its_words() {
    let document = Document::parse("api.yaml", MUSTS.as_bytes()).unwrap();
    let found = document.place_all(lint(document.value()));
    let lines: Vec<String> = found
        .iter()
        .filter(|it| it.severity > Severity::Note)
        .map(|it| {
            let line = it.location.expect("every diagnostic has a place").line;
            format!("{line} {}: {}", it.code, it.message)
        })
        .collect();
    for expected in [
        "8 missing-member: there must be a `type`",
        "9 optional-path-parameter: a path parameter must have `required: true`",
        "10 array-without-items: an array must have `items` in Swagger 2.0",
        "11 invalid-value: `multi` is not a collection format here",
        "12 unsupported-parameter: `in: querry` is not valid",
        "13 missing-member: there must be a `type`",
        "15 missing-member: a parameter with `in: body` must have a `schema`",
        "16 missing-member: there must be at least one response",
        "18 missing-member: the OAuth flow `authorizationCode` must have `tokenUrl`",
        "19 invalid-value: `basik` is not a type of a security scheme",
    ] {
        let count = lines.iter().filter(|it| **it == expected).count();
        assert_eq!(count, 1, "{expected}\n{lines:#?}");
    }
    let help = |code: &str| {
        let found = found.iter().find(|it| it.code.name() == code);
        found.and_then(|it| it.help.clone()).unwrap_or_default()
    };
    assert!(help("unsupported-parameter").contains("`formData`"));
}
