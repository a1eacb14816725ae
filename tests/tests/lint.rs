//! Lint: every fault that later steps would report, at its place, and no false reports.

mod lint {
    mod musts;
}

use std::fmt::Write;

use releasepack_codegen::{
    Bundle, Code, Diagnostic, Document, Overlay, RULES, Selection, Severity, apply_overlay, lint,
    slice, sort_diagnostics, to_yaml,
};

fn all(text: &str) -> Vec<Diagnostic> {
    let document = Document::parse("api.yaml", text.as_bytes());
    let bundle = Bundle::from(document.unwrap_or_else(|faults| panic!("{faults:#?}")));
    let mut found = bundle.place_all(lint(bundle.value()));
    sort_diagnostics(&mut found);
    found
}

/// The diagnostics of one code, one line for each: severity, place, message and advice.
fn reported(code: Code, text: &str) -> String {
    let lines = all(text)
        .into_iter()
        .filter(|it| it.code == code)
        .map(|it| {
            let place = it.location.expect("every diagnostic has a place");
            let help = it.help.map_or(String::new(), |help| format!(" ({help})"));
            let severity = format!("{:?}", it.severity).to_lowercase();
            format!(
                "{severity} {}:{} {}{help}",
                place.line, place.column, it.message
            )
        });
    lines.collect::<Vec<_>>().join("\n")
}

/// A document with some schemas, all of them used.
fn schemas(version: &str, schemas: &str) -> String {
    let mut text = format!(
        "openapi: {version}\ninfo: {{title: Pets, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n"
    );
    for line in schemas.trim_matches('\n').lines() {
        text.push_str("    ");
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[test]
fn a_valid_document_has_no_errors_and_no_warnings() {
    let spec = include_bytes!("../../spec/release-integration-pack.yaml");
    let overlay = include_bytes!("../../spec/overlay.yaml");
    let published = Document::parse("spec.yaml", spec).unwrap();
    let overlay = Overlay::parse("overlay.yaml", overlay).unwrap();
    let (corrected, _) = apply_overlay(published.value().clone(), &overlay).unwrap();
    let bad: Vec<_> = all(&to_yaml(&corrected))
        .into_iter()
        .filter(|it| it.severity > Severity::Note)
        .collect();
    assert_eq!(bad, []);
}

#[test]
fn all_dangling_references_are_reported_in_one_run() {
    let text = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      parameters: [{$ref: '#/components/parameters/limt'}, {$ref: '#/components/schemas/Pet'}]
      responses:
        '200': {$ref: '#/components/responses/Pets'}
        default:
          description: failed
          content:
            application/json:
              schema: {$ref: '#/definitions/Pet'}
              example: {$ref: '#/this/is/data'}
components:
  parameters:
    limit: {name: limit, in: query, schema: {type: integer}}
  schemas:
    Pet:
      type: object
      properties:
        mother: {$ref: '#/components/schemas/pet'}
        father: {$ref: Pet}
        friend: {$ref: ''}
        $ref: {type: string}
      discriminator: {propertyName: kind, mapping: {cat: Cat, pet: Pet}}
";
    insta::assert_snapshot!(reported(Code::DANGLING_REFERENCE, text), @r"
    error 7:27 `#/components/parameters/limt` does not exist (did you mean `#/components/parameters/limit`?)
    error 9:23 `#/components/responses/Pets` does not exist (correct the reference, or add the missing node)
    warning 14:15 `#/definitions/Pet` does not exist; it was replaced by a reference to the component `Pet` (write it as `#/components/schemas/<name>`)
    warning 23:9 `#/components/schemas/pet` does not exist; it was replaced by a reference to the component `Pet` (write it as `#/components/schemas/<name>`)
    warning 24:9 `Pet` does not exist; it was replaced by a reference to the component `Pet` (write it as `#/components/schemas/<name>`)
    error 25:24 `` does not exist (a part of a document cannot refer to the whole document: name a component)
    warning 27:58 the discriminator maps `cat` to `#/components/schemas/Cat`, which does not exist (correct the reference, or add the missing node)
    ");
    insta::assert_snapshot!(reported(Code::MISTAKEN_REFERENCE, text), @r"error 7:67 `#/components/schemas/Pet` is one of the schemas, but a parameter is required here (refer to a component in `#/components/parameters`)");
}

#[test]
fn loops_of_references_are_reported_once() {
    let text = schemas(
        "3.0.3",
        "
A: {$ref: '#/components/schemas/B'}
B: {$ref: '#/components/schemas/A'}
C: {$ref: '#/components/schemas/A'}
List: {type: object, properties: {next: {$ref: '#/components/schemas/List'}}}
",
    );
    insta::assert_snapshot!(reported(Code::REFERENCE_LOOP, &text), @r"error 6:15 `#/components/schemas/A` is part of a loop of references without a definition (replace one of the references by a definition)");
}

#[test]
fn schemas_that_contain_themselves_without_end_are_reported() {
    let text = schemas(
        "3.0.3",
        "
A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object}]}
B: {allOf: [{$ref: '#/components/schemas/A'}]}
",
    );
    insta::assert_snapshot!(reported(Code::REFERENCE_LOOP, &text), @"error 6:17 `B` contains itself in its own `allOf` (remove the schema from its own `allOf`)");
}

#[test]
fn anchors_of_31_are_places() {
    let text = schemas(
        "3.1.0",
        "
Pet: {$anchor: pet, type: object}
Cat: {properties: {mother: {$ref: '#pet'}, father: {$ref: '#dog'}}}
",
    );
    insta::assert_snapshot!(reported(Code::DANGLING_REFERENCE, &text), @r"error 7:63 `#dog` does not exist (write `#/` and the path of the node, e.g. `#/components/schemas/Pet`)");
}

#[test]
fn examples_are_checked_at_every_place() {
    let text = include_str!("../fixtures/lint/examples.yaml");
    insta::assert_snapshot!(reported(Code::EXAMPLE_MISMATCH, text), @r"
    warning 13:28 the example is not valid for its schema: is the string `five`, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 19:13 the example is not valid for its schema: has no `secret`, which is required (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 27:56 the example is not valid for its schema: is the string `many`, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 32:25 the example is not valid for its schema: has no `id`, which is required (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 36:18 the example is not valid for its schema: is the string `Tom`, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 42:54 the example is not valid for its schema: is the string `one`, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    ");
    insta::assert_snapshot!(reported(Code::DEFAULT_MISMATCH, text), @r"
    warning 10:44 the default is not valid for its schema: is the string `ten`, but the schema requires an integer (correct the default or the schema: they contradict each other)
    warning 45:57 the default is not valid for its schema: `bird` is not one of `cat`, `dog` (correct the default or the schema: they contradict each other)
    ");
}

#[test]
fn null_follows_the_version_of_the_document() {
    let examples = "
Plain: {type: string, example: null}
Nullable: {type: string, nullable: true, example: null}
Enum: {type: string, nullable: true, enum: [a], example: null}
Wrapped: {nullable: true, allOf: [{$ref: '#/components/schemas/Plain'}], example: null}
Untyped: {description: anything, example: null}
Listed: {type: [string, 'null'], example: null}
OrNull: {anyOf: [{type: string}, {type: 'null'}], example: null}
";
    insta::assert_snapshot!(reported(Code::EXAMPLE_MISMATCH, &schemas("3.1.0", examples)), @r"warning 6:36 the example is not valid for its schema: is null, but the schema requires a string (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)");
}

#[test]
fn values_of_every_kind_are_compared_with_their_schemas() {
    let text = schemas(
        "3.0.3",
        "
Integer: {type: integer, example: 1.0}
Fraction: {type: integer, example: 1.5}
Small: {type: integer, format: int32, example: 3000000000}
Step: {type: number, multipleOf: 0.1, example: 0.3}
OffStep: {type: number, multipleOf: 0.5, example: 0.7}
Above: {type: integer, maximum: 5, exclusiveMaximum: true, example: 5}
Short: {type: string, minLength: 3, example: äö}
Code: {type: string, pattern: '^[A-Z]+$', example: abc}
Ahead: {type: string, pattern: '^(?!a)', example: abc}
Day: {type: string, format: date, example: 2025-02-30}
Choice: {type: string, enum: [a, b], example: c}
Many: {type: array, items: {type: integer}, minItems: 3, uniqueItems: true, example: [1, 1]}
Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false, example: {b: 1}}
Map: {type: object, additionalProperties: {type: integer}, example: {a: 1, b: two}}
Both: {allOf: [{$ref: '#/components/schemas/Closed'}, {required: [c]}], example: {a: x, c: 1}}
One: {oneOf: [{type: string}, {type: object, properties: {a: {type: string}}}], example: {a: 1}}
Loop: {allOf: [{$ref: '#/components/schemas/Loop'}], example: 1}
",
    );
    insta::assert_snapshot!(reported(Code::EXAMPLE_MISMATCH, &text), @r"
    warning 7:40 the example is not valid for its schema: is the number 1.5, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 8:52 the example is not valid for its schema: 3000000000 does not fit in 32 bits (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 10:55 the example is not valid for its schema: 0.7 is not a multiple of 0.5 (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 11:73 the example is not valid for its schema: 5 is more than the maximum 5 (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 12:50 the example is not valid for its schema: has 2 characters, fewer than 3 (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 13:56 the example is not valid for its schema: does not match the pattern `^[A-Z]+$` (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 15:48 the example is not valid for its schema: `2025-02-30` is not a valid date (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 16:51 the example is not valid for its schema: `c` is not one of `a`, `b` (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 17:81 the example is not valid for its schema: has 2 elements, fewer than 3 (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 17:94 the example is not valid for its schema: `/1` occurs twice, but the elements must be unique (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 18:103 the example is not valid for its schema: `/b` is a member that the schema does not allow (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 19:83 the example is not valid for its schema: `/b` is the string `two`, but the schema requires an integer (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    warning 21:85 the example is not valid for its schema: is not valid for any of the 2 variants; for the nearest, `/a` is the number 1, but the schema requires a string (correct the one that is wrong; if the schema is wrong, clients will reject what the server sends)
    ");
}

#[test]
fn members_are_known_there_and_of_their_types() {
    let text = "
openapi: 3.0.3
info: {title: Pets}
paths:
  /pets:
    get:
      sumary: All pets
      describe: x
      x-own: 1
      deprecated: 'yes'
      tags: [{}]
      responses:
        '204': {}
";
    insta::assert_snapshot!(reported(Code::UNKNOWN_MEMBER, text), @r"
    warning 7:15 `sumary` is not a member of this operation (did you mean `summary`? `sumary` is ignored)
    note 8:17 `describe` is not a member of this operation (it is ignored; the names of extensions begin with `x-`)
    ");
    insta::assert_snapshot!(reported(Code::MISSING_MEMBER, text), @r"
    warning 3:1 this info object has no `version` (OpenAPI requires it: add `version`)
    warning 13:9 this response has no `description` (OpenAPI requires it: add `description`)
    ");
    insta::assert_snapshot!(reported(Code::WRONG_TYPE, text), @r"warning 11:7 expected an array with only strings, found an array (later steps cannot read this: correct it, in an overlay if the document is a vendor's)");
}

#[test]
fn contradictions_are_reported() {
    let text = "
openapi: 3.0.3
info: {title: Pets, version: '1'}
servers:
  - {url: 'https://{region}.example.com/{base}', variables: {base: {default: v1}}}
security: [{basic: []}]
paths:
  /pets/{petId}:
    get:
      operationId: getPet
      security: [{basicAuth: []}, {}]
      parameters: [{name: petId, in: path, required: true, schema: {type: string, minLength: 5, maxLength: 2}}]
      responses:
        '200': {description: ok, links: {again: {operationId: getPets}}}
  /pets/{name}:
    delete: {responses: {'204': {description: gone}}}
components:
  schemas: {Left: {type: string}}
  securitySchemes: {basicAuth: {type: http, scheme: basic}}
";
    let codes = [
        Code::UNDEFINED_SERVER_VARIABLE,
        Code::UNDEFINED_SECURITY_SCHEME,
        Code::CONTRADICTORY_BOUNDS,
        Code::DANGLING_LINK,
        Code::EQUIVALENT_PATHS,
        Code::UNUSED_COMPONENT,
    ];
    let lines: Vec<String> = codes.map(|code| reported(code, text)).into();
    insta::assert_snapshot!(lines.join("\n"), @r"
    warning 5:11 the URL contains `{region}`, but the server defines no such variable (add `region` with a `default` to the `variables` of the server)
    warning 6:13 the document has no security scheme `basic` (did you mean `basicAuth`?)
    warning 12:108 no value is valid: `minLength` is 5, but `maxLength` is 2 (correct the bound that is wrong)
    warning 14:63 the link names the operation `getPets`, which does not exist (did you mean `getPet`?)
    warning 15:3 `/pets/{name}` and `/pets/{petId}` are the same path with different parameter names (merge both paths: a server cannot distinguish them)
    note 18:13 no operation uses this schema (slice the document to leave such components out)
    ");
}

#[test]
fn changes_of_normalize_are_reported() {
    let text = include_str!("../../spec/release-integration-pack.yaml");
    let notes = reported(Code::NORMALIZATION, text);
    assert!(notes.contains("`application/xml` was removed"), "{notes}");
}

#[test]
fn every_rule_has_a_code_with_a_page_and_a_sentence() {
    for rule in RULES {
        assert!(rule.about.ends_with('.'), "{}", rule.about);
        assert!(!rule.codes.is_empty());
    }
    for code in Code::ALL {
        assert!(code.page().starts_with(&format!("# {code}\n\n")), "{code}");
        assert!(code.page().contains("**What to do.**"), "{code}");
        assert!(!code.summary().is_empty(), "{code}");
        assert_eq!(Code::find(code.name()), Some(*code));
    }
    assert!(
        Code::ALL.is_sorted_by_key(|code| code.name()),
        "in the order of their names"
    );
}

#[test]
fn hostile_schemas_are_checked_in_bounded_time() {
    // Each level refers to the next one twice, so there are 2^60 paths.
    let mut text = String::new();
    for level in 0..60 {
        let next = level + 1;
        writeln!(text, "S{level}: {{allOf: [{{$ref: '#/components/schemas/S{next}'}}, {{$ref: '#/components/schemas/S{next}'}}]}}").unwrap();
    }
    text += "S60: {type: string}\nTop: {allOf: [{$ref: '#/components/schemas/S0'}], example: 1}\n";
    text += "Slow: {type: string, pattern: '(((a{1,1000}){1,1000}){1,1000})', example: aaaa}\n";
    let document = Document::parse("api.yaml", schemas("3.0.3", &text).as_bytes()).unwrap();
    let begin = std::time::Instant::now();
    let _ = lint(document.value());
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
}

#[test]
fn a_document_with_any_number_of_mistakes_ends_in_a_report() {
    let mut text = String::new();
    for at in 0..12_000 {
        writeln!(text, "S{at}: {{$ref: '#/components/schemas/T{at}'}}").unwrap();
    }
    let document = Document::parse("api.yaml", schemas("3.0.3", &text).as_bytes()).unwrap();
    let found = lint(document.value());
    let dangling: Vec<_> = found
        .iter()
        .filter(|it| it.code == Code::DANGLING_REFERENCE)
        .collect();
    assert!(
        (10_000..11_000).contains(&dangling.len()),
        "{}",
        dangling.len()
    );
    let rest = dangling.last().unwrap();
    assert!(
        rest.message
            .ends_with("more diagnostics of this kind are not shown"),
        "{}",
        rest.message
    );
    assert_eq!(rest.severity, Severity::Error);
}

#[test]
fn mutated_documents_are_checked_and_cut_without_a_panic() {
    let texts = [
        include_str!("../fixtures/slice/zoo.yaml"),
        include_str!("../fixtures/lint/examples.yaml"),
    ];
    // A fixed sequence, so every run has the same mutations.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut read = 0;
    for round in 0..400 {
        let mut lines: Vec<&str> = texts[round % texts.len()].lines().collect();
        for _ in 0..=random(3) {
            let (one, other) = (random(lines.len()), random(lines.len()));
            match random(3) {
                0 => drop(lines.remove(one)),
                1 => lines.swap(one, other),
                _ => lines[one] = lines[other],
            }
        }
        if let Ok(document) = Document::parse("api.yaml", lines.join("\n").as_bytes()) {
            read += 1;
            let bundle = Bundle::from(document);
            let everything = Selection {
                paths: vec!["/**".to_owned()],
                ..Selection::default()
            };
            if let Ok(slice) = slice(bundle.value(), &everything) {
                assert!(slice.operations > 0);
            }
            for finding in bundle.place_all(lint(bundle.value())) {
                assert!(finding.location.is_some());
            }
        }
    }
    assert!(read > 50, "{read}");
}
