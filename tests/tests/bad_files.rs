//! Files that cannot be read, beside a document that can: in lenient mode only what refers to them is left out, and it is named.

use releasepack_codegen::{
    Bundle, Code, Diagnostic, Document, File, Pointer, Severity, Strictness, bundle_leniently,
    generate,
};

const API: &str = "\
openapi: 3.0.3
info: {title: x, version: '1'}
paths:
  /good: {get: {operationId: getGood, responses: {'200': {description: ok, content: {a/json: {schema: {$ref: 'good.yaml#/A'}}}}}}}
  /schema: {get: {operationId: getSchema, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'FILE#/B'}}}}}}}
  /body: {post: {operationId: postBody, requestBody: {$ref: 'FILE#/R'}, responses: {'204': {description: x}}}}
  /parameter: {get: {operationId: getParameter, parameters: [{$ref: 'FILE#/P'}], responses: {'204': {description: x}}}}
  /response: {get: {operationId: getResponse, responses: {'200': {$ref: 'FILE#/S'}}}}
  /path: {$ref: FILE}
  /member: {get: {operationId: getMember, responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/M'}}}}}}}
components:
  schemas:
    M: {type: object, properties: {bad: {$ref: 'FILE#/B'}, good: {type: string}}}
";

fn bundled(api: &str, bad: &Result<Vec<u8>, String>) -> Bundle {
    let document = Document::parse("api.yaml", api.as_bytes()).expect("the document is valid");
    let value = document.value().clone();
    bundle_leniently(document, value, |path| {
        let bytes = match path {
            "good.yaml" => b"A: {type: object, properties: {n: {$ref: 'bad.yaml#/Q'}}}".to_vec(),
            _ => bad.clone()?,
        };
        let name = path.to_owned();
        Ok(File { name, bytes })
    })
}

#[test]
fn one_bad_file_leaves_out_only_what_refers_to_it() {
    let too_large = vec![b' '; releasepack_codegen::MAX_BYTES + 1];
    for (bad, code) in [
        (Err("it is locked".to_owned()), Code::DANGLING_REFERENCE),
        (Ok(b"B: {type: [}".to_vec()), Code::INVALID_SYNTAX),
        (Ok(b"B: 1\nB: 2".to_vec()), Code::DUPLICATE_KEY),
        (Ok(b"B: \xFF".to_vec()), Code::INVALID_ENCODING),
        (Ok(Vec::new()), Code::EMPTY_DOCUMENT),
        (Ok(too_large), Code::DOCUMENT_TOO_LARGE),
    ] {
        let bundle = bundled(&API.replace("FILE", "bad.yaml"), &bad);
        let made = generate(&bundle, Strictness::Lenient);
        let made = made.unwrap_or_else(|faults| panic!("{code}: {faults:#?}"));
        let code_of = |path: &str| {
            let file = made.files.iter().find(|file| file.path == path);
            file.map_or("", |file| file.text.as_str())
        };
        let operations = code_of("operations.rs");
        for method in ["get_good", "get_member"] {
            assert!(
                operations.contains(&format!("fn {method}(")),
                "{code}: {method}"
            );
        }
        assert!(
            code_of("types.rs").contains("pub good: Option<String>"),
            "{code}"
        );
        assert!(made.warnings.iter().any(|it| it.code == code), "{code}");
        for (method, named) in [
            ("get_schema", "getSchema"),
            ("post_body", "postBody"),
            ("get_parameter", "getParameter"),
            ("get_response", "getResponse"),
            ("path", "`/path`"),
        ] {
            assert!(
                !operations.contains(&format!("fn {method}(")),
                "{code}: {method}"
            );
            let is_named = |it: &Diagnostic| {
                it.message.contains(named) && it.message.ends_with("was left out")
            };
            assert!(made.warnings.iter().any(is_named), "{code}: {named}");
        }
        assert!(generate(&bundle, Strictness::Strict).is_err(), "{code}");
    }
}

#[test]
fn a_warning_hides_no_error_at_the_same_node() {
    let api = "\
openapi: 3.0.3
info: {title: x, version: '1'}
paths: {}
components: {securitySchemes: {key: {$ref: 'https://example.com/key.yaml'}}, schemas: {A: {$ref: 'bad.yaml'}}}
";
    let bundle = bundled(api, &Err("it is locked".to_owned()));
    let severities: Vec<Severity> = bundle.faults().iter().map(|it| it.severity).collect();
    assert_eq!(severities, [Severity::Warning, Severity::Error]);
    let error = |place: &str| {
        let place = Pointer::parse(place).expect("it is a pointer");
        Diagnostic::error(Code::WRONG_TYPE, place, "wrong")
    };
    let later = vec![
        error("/components/securitySchemes/key"),
        error("/components/schemas/A"),
    ];
    let merged = bundle.merge_diagnostics(later);
    let left = merged.iter().filter(|it| it.message == "wrong");
    let left: Vec<&str> = left.map(|it| it.pointer.as_str()).collect();
    assert_eq!(left, ["/components/securitySchemes/key"]);
}
