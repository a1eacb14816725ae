//! Reading documents: values, places, and the faults that are reported.

mod document {
    mod refusals;
    mod reports;
}

use releasepack_codegen::{Document, Format, MAX_BYTES, Pointer, Severity, Version, to_yaml};
use serde_json::{Value, json};

fn parse(text: &str) -> Document {
    match Document::parse("api.yaml", text.as_bytes()) {
        Ok(document) => document,
        Err(faults) => panic!("{faults:#?}\n{text}"),
    }
}

/// The only fault of a text: its code, its place, its message.
fn refused(name: &str, bytes: &[u8]) -> (String, u32, u32, String) {
    let faults = Document::parse(name, bytes).expect_err("the text is refused");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = &faults[0];
    let place = fault.location.expect("every fault has a place");
    assert_eq!(fault.file, name);
    assert!(fault.help.is_some());
    (
        fault.code.to_string(),
        place.line,
        place.column,
        fault.message.clone(),
    )
}

fn at(document: &Document, pointer: &str) -> (u32, u32) {
    let place = document.locate(&Pointer::parse(pointer).expect("a pointer"));
    (place.line, place.column)
}

#[test]
fn the_content_decides_between_yaml_and_json() {
    assert_eq!(parse("a: 1").format(), Format::Yaml);
    assert_eq!(parse(" \n{\"a\": 1}").format(), Format::Json);
    // A flow mapping begins like JSON.
    assert_eq!(parse("{a: 1}").format(), Format::Yaml);
    assert_eq!(
        Document::parse("-", b"{\"a\": [1]}").unwrap().format(),
        Format::Json
    );
}

#[test]
fn scalars_follow_the_core_schema() {
    let text = "
a: 2025-02-20
b: yes
c: ~
d: 0x1F
e: -1.5e3
f: '200'
g: 18446744073709551615
h: !!str 12
i: .5
j: 1.2.3
200: ok
true: key
null: key
";
    let expected = json!({
        "a": "2025-02-20", "b": "yes", "c": null, "d": 31, "e": -1500.0, "f": "200",
        "g": 18_446_744_073_709_551_615_u64, "h": "12", "i": 0.5, "j": "1.2.3",
        "200": "ok", "true": "key", "null": "key",
    });
    assert_eq!(parse(text).value(), &expected);
}

#[test]
fn the_place_of_a_collection_is_its_key_and_that_of_a_scalar_its_text() {
    let yaml = parse("paths:\n  /pets:\n    get:\n      tags: [ä, b]\n      deprecated: true\n");
    assert_eq!(at(&yaml, "/paths/~1pets/get"), (3, 5));
    assert_eq!(at(&yaml, "/paths/~1pets/get/deprecated"), (5, 19));
    assert_eq!(at(&yaml, "/paths/~1pets/get/tags/1"), (4, 17));
    assert_eq!(at(&yaml, ""), (1, 1));

    let json = parse("{\r\n  \"ä\": [ 1,\r\n [ ],{\"b\" : \"x\\n\"} ] , \"c\":null}");
    assert_eq!(at(&json, "/ä"), (2, 3));
    assert_eq!(at(&json, "/ä/0"), (2, 10));
    assert_eq!(at(&json, "/ä/1"), (3, 2));
    assert_eq!(at(&json, "/ä/2/b"), (3, 13));
    assert_eq!(at(&json, "/c"), (3, 28));
}

#[test]
fn a_pointer_without_a_node_has_the_place_of_its_nearest_ancestor() {
    let document = parse("info:\n  title: Pets\n");
    assert_eq!(at(&document, "/info/version"), (1, 1));
    assert_eq!(at(&document, "/info/title/deeper/still"), (2, 10));
    assert_eq!(at(&document, "/nothing/here"), (1, 1));
}

#[test]
fn every_node_of_a_yaml_document_has_the_place_of_its_text() {
    let text = "ü: &a {x: [1, 'two']}\nb: *a\nc:\n  <<: *a\n  own: |\n    text\n  ? y\n  : - z\n";
    let document = parse(text);
    assert_eq!(
        document.value(),
        &json!({
            "ü": {"x": [1, "two"]}, "b": {"x": [1, "two"]},
            "c": {"own": "text\n", "y": ["z"], "x": [1, "two"]},
        })
    );
    assert_eq!(at(&document, "/ü/x/1"), (1, 15));
    // A node of an alias has the place of the anchor.
    assert_eq!(at(&document, "/b/x/1"), (1, 15));
    assert_eq!(at(&document, "/c/x/1"), (1, 15));
    // A block begins with its first line.
    assert_eq!(at(&document, "/c/own"), (6, 5));
    assert_eq!(at(&document, "/c/y/0"), (8, 7));
    assert_eq!(at(&document, "/b"), (2, 1));
}

#[test]
fn own_members_override_merge_keys_and_the_first_merge_key_wins() {
    let text =
        "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 3\nd: {<<: {k: v}}\n";
    let document = parse(text);
    assert_eq!(document.value()["c"], json!({"x": 3, "y": 1, "z": 2}));
    assert_eq!(document.value()["d"], json!({"k": "v"}));
    assert_eq!(at(&document, "/c/z"), (2, 17));
}

#[test]
fn a_duplicate_key_is_refused_and_both_places_are_named() {
    let (code, line, column, message) =
        refused("a.yaml", b"a:\n  200: x\n  b: y\n  '200': {z: 1}\n");
    assert_eq!((code.as_str(), line, column), ("duplicate-key", 4, 3));
    assert_eq!(
        message,
        "the key `200` occurs twice in one object; the first one is at 2:3"
    );

    let faults = Document::parse(
        "a.json",
        b"{\"o\": {\"a\":1,\n\"a\":[2],\"b\":1,\n \"b\":2}}",
    )
    .unwrap_err();
    let places: Vec<_> = faults
        .iter()
        .map(|fault| {
            (
                fault.pointer.to_string(),
                fault.location.map(|it| (it.line, it.column)),
            )
        })
        .collect();
    assert_eq!(
        places,
        [("/o/a".into(), Some((2, 1))), ("/o/b".into(), Some((3, 2)))]
    );
}

#[test]
fn bytes_that_are_not_a_document_are_refused_with_one_fault() {
    let cases: [(&[u8], &str, u32, u32); 12] = [
        (b"", "empty-document", 1, 1),
        (b" \n\t\n", "empty-document", 1, 1),
        (b"# only a comment\n", "empty-document", 1, 1),
        (
            b"\n<!DOCTYPE html><html></html>",
            "unsupported-document",
            2,
            1,
        ),
        (b"<?xml version='1.0'?>", "unsupported-document", 1, 1),
        (b"a: \xC3\xA4\n\xFFb: 1", "invalid-encoding", 2, 1),
        (b"\xFF\xFE{\0", "invalid-encoding", 1, 1),
        (b"{\"a\": 1,\n \"b\" 2}", "invalid-syntax", 2, 6),
        (b"{\"a\": 1} x", "invalid-syntax", 1, 10),
        (b"a: 1\n--- \nb: 2\n", "invalid-syntax", 2, 1),
        (b"a: [1\nb: 2\n", "invalid-syntax", 2, 2),
        (b"a: *b\n", "invalid-syntax", 1, 4),
    ];
    for (bytes, code, line, column) in cases {
        let found = refused("spec", bytes);
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(
            (found.0.as_str(), found.1, found.2),
            (code, line, column),
            "{text}: {}",
            found.3
        );
    }
}

#[test]
fn byte_order_marks_and_carriage_returns_make_no_difference() {
    let document = parse("\u{FEFF}a: 1\r\nb:\r\n  - x\r\n");
    assert_eq!(document.value(), &json!({"a": 1, "b": ["x"]}));
    assert_eq!(at(&document, "/b/0"), (3, 5));
    assert_eq!(parse("\u{FEFF}{\"a\": 1}").value(), &json!({"a": 1}));
}

#[test]
fn depth_is_limited_for_both_formats() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("- ", "")] {
        let nest = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let name = if open == "[" { "a.json" } else { "a.yaml" };
        assert!(
            Document::parse(name, nest(200).as_bytes()).is_ok(),
            "{open}"
        );
        assert_eq!(
            refused(name, nest(201).as_bytes()).0,
            "nesting-too-deep",
            "{open}"
        );
        assert_eq!(
            refused(name, nest(100_000).as_bytes()).0,
            "nesting-too-deep",
            "{open}"
        );
        let unclosed = open.repeat(1_000_000);
        assert_eq!(
            refused(name, unclosed.as_bytes()).0,
            "nesting-too-deep",
            "{open}"
        );
    }
}

#[test]
fn alias_bombs_are_refused() {
    let level = |level: usize| {
        let row = vec![format!("*a{}", level - 1); 10].join(", ");
        format!("a{level}: &a{level} [{row}]\n")
    };
    let bomb: String = (1..30).map(level).collect();
    let text = format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{bomb}");
    assert_eq!(refused("bomb.yaml", text.as_bytes()).0, "alias-expansion");
    assert_eq!(
        refused("loop.yaml", b"a: &a\n  b: *a\n").0,
        "invalid-syntax"
    );
}

#[test]
fn numbers_beyond_64_bits_are_read_with_a_warning() {
    for text in [
        "{\"max\": 18446744073709551616}",
        "max: 18446744073709551616\n",
    ] {
        let document = parse(text);
        assert_eq!(
            document.value()["max"],
            json!(18_446_744_073_709_551_616.0_f64)
        );
        let warning = &document.warnings()[0];
        assert_eq!(warning.severity, Severity::Warning);
        assert_eq!(warning.pointer.as_str(), "/max");
        assert!(
            warning.message.contains("18446744073709551616"),
            "{}",
            warning.message
        );
    }
    assert_eq!(refused("a.json", b"{\"a\": 1e999}").0, "invalid-syntax");
    assert_eq!(parse("a: 1e999").value()["a"], "1e999");
}

#[test]
fn a_hundred_megabytes_are_the_limit() {
    let bytes = vec![b' '; MAX_BYTES + 1];
    assert_eq!(refused("big.json", &bytes).0, "document-too-large");
}

#[test]
fn other_kinds_of_documents_are_named() {
    let kind = |text: &str| match Version::of(parse(text).value()) {
        Ok(version) => format!("{version:?}"),
        Err(fault) => fault
            .message
            .replace(", not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2", ""),
    };
    assert_eq!(kind("openapi: 3.0.3"), "V3_0");
    assert_eq!(kind("openapi: 3.1"), "V3_1");
    assert_eq!(kind("openapi: 3.2.0"), "V3_2");
    assert_eq!(kind("openapi: 3.3.0"), "this is OpenAPI 3.3.0");
    assert_eq!(kind("swagger: '2.0'"), "V2_0");
    assert_eq!(kind("swagger: 2.0"), "V2_0");
    assert_eq!(kind("swagger: '1.2'"), "this is Swagger 1.2");
    assert_eq!(
        kind("swagger: [2]"),
        "this is a document without a valid version of Swagger"
    );
    assert_eq!(kind("asyncapi: 2.6.0"), "this is AsyncAPI 2.6.0");
    assert_eq!(kind("overlay: 1.0.0"), "this is an OpenAPI Overlay 1.0.0");
    assert_eq!(kind("[]"), "this is an array");
    assert_eq!(kind("just words"), "this is plain text or a single value");
    assert_eq!(kind("{paths: {}}"), "this is a document without a version");
    assert_eq!(
        kind("{a: 1}"),
        "this is a document without a member `openapi`"
    );
}

#[test]
fn written_yaml_reads_well() {
    let value = json!({
        "openapi": "3.0.3",
        "info": {"title": "Pets: all of them", "version": "1.0", "description": "One.\n\n- two\n  three"},
        "paths": {"/pets/{id}": {"get": {"tags": ["a", "b"], "responses": {"200": {"$ref": "#/x"}, "default": {}}}}},
        "list": [[1, 2], [], {"a": {"b": null}, "c": "it's #1"}, "2025-02-20", "yes", "text\n\n"],
    });
    insta::assert_snapshot!(to_yaml(&value), @r"
    openapi: 3.0.3
    info:
      title: 'Pets: all of them'
      version: '1.0'
      description: |-
        One.

        - two
          three
    paths:
      /pets/{id}:
        get:
          tags:
            - a
            - b
          responses:
            '200':
              $ref: '#/x'
            default: {}
    list:
      - - 1
        - 2
      - []
      - a:
          b: null
        c: 'it''s #1'
      - '2025-02-20'
      - 'yes'
      - |+
        text

    ");
}

#[test]
fn written_yaml_reads_back_to_the_same_value() {
    let mut random = Random(7);
    for round in 0..3_000 {
        let value = random.value(0);
        let text = to_yaml(&value);
        let again = Document::parse("again.yaml", text.as_bytes());
        let again =
            again.unwrap_or_else(|faults| panic!("round {round}: {faults:#?}\n{text}\n{value:?}"));
        assert_eq!(again.value(), &value, "round {round}:\n{text}");
    }
}

#[test]
fn mutated_bytes_never_panic() {
    const SEEDS: [&str; 3] = [
        "openapi: 3.0.3\ninfo: &i {title: \"Pä\", version: '1'}\npaths:\n  /p: &p\n    get: {<<: *i, x: [1, 2.5, ~]}\n  ? q\n  : |\n    text\n",
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"P\\u00e4\",\"n\":[1,-2,3.5e7,true,null,{}]},\"a\":\"ü\"}",
        "- a\n- - b\n  - {c: d, e: [f, &g h]}\n- *g\n- !!str 1\n- >-\n  folded\n  text\n",
    ];
    let mut random = Random(42);
    for round in 0..10_000 {
        let mut bytes = SEEDS[random.below(SEEDS.len())].as_bytes().to_vec();
        for _ in 0..=random.below(6) {
            let at = random.below(bytes.len().max(1)).min(bytes.len());
            match random.below(4) {
                0 if at < bytes.len() => drop(bytes.remove(at)),
                1 => bytes.insert(at, b"{}[]:,-&*!|>'\"%@`# \n\t\r0\xFF\xC3"[random.below(25)]),
                2 => bytes.truncate(at),
                _ => {
                    let part = bytes[at..].to_vec();
                    let to = random.below(bytes.len().max(1)).min(bytes.len());
                    bytes.splice(to..to, part);
                }
            }
        }
        match Document::parse("mutated.yaml", &bytes) {
            Ok(document) => every_node_has_a_place(&document, document.value(), &Pointer::root()),
            Err(faults) => assert!(
                !faults.is_empty(),
                "round {round} is refused without a diagnostic"
            ),
        }
    }
}

fn every_node_has_a_place(document: &Document, value: &Value, place: &Pointer) {
    let location = document.locate(place);
    assert!(location.line as usize <= document.text().lines().count() + 1);
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| every_node_has_a_place(document, value, &place.join(name))),
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .for_each(|(at, value)| every_node_has_a_place(document, value, &place.index(at))),
        _ => {}
    }
}

/// A small random number generator with a fixed seed, so that failures can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).expect("the bound is a usize")
    }

    fn text(&mut self) -> String {
        const PARTS: &[&str] = &[
            "a",
            "Z",
            "0",
            "1",
            "-",
            " ",
            "  ",
            "\n",
            "\n\n",
            ":",
            ": ",
            " #",
            "#",
            "'",
            "\"",
            "\\",
            "\t",
            "\r",
            "ä",
            "\u{85}",
            "\u{2028}",
            "\u{FEFF}",
            "{",
            "}",
            "[",
            "]",
            ",",
            "&",
            "*",
            "!",
            "|",
            ">",
            "%",
            "@",
            "`",
            "~",
            "null",
            "true",
            "1e5",
            "0x1",
            ".",
            "2025-01-01",
            "<<",
            "...",
            "---",
            "?",
            "=",
            "\u{7F}",
            "😀",
        ];
        (0..self.below(6))
            .map(|_| PARTS[self.below(PARTS.len())])
            .collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        let kinds = if depth > 3 { 6 } else { 8 };
        match self.below(kinds) {
            0 => Value::Null,
            1 => json!(self.below(2) == 0),
            2 => json!(self.below(1_000_000)),
            3 => json!(
                (f64::from(u32::try_from(self.below(1_000_000)).unwrap()) - 500_000.0) / 1024.0
            ),
            4 | 5 => json!(self.text()),
            6 => (0..self.below(4)).map(|_| self.value(depth + 1)).collect(),
            _ => {
                let members = (0..self.below(4))
                    .map(|_| (self.text(), self.value(depth + 1)))
                    .filter(|(name, _)| name != "<<");
                Value::Object(members.collect())
            }
        }
    }
}

/// Each text is refused by a strict parser, and read by libyaml and `PyYAML` as the JSON beside it.
#[test]
fn yaml_that_only_strict_parsers_refuse_is_read_with_a_warning_at_its_place() {
    let cases = [
        (
            "a:\n  b: 'one\n  two'\n  c: 1\n",
            r#"{"a": {"b": "one two", "c": 1}}"#,
            (3, 3),
        ),
        (
            "a:\n  b: \"one\n\ntwo\"\n",
            r#"{"a": {"b": "one\ntwo"}}"#,
            (4, 1),
        ),
        (
            "a:\n  b: 'x\n---\ny'\n",
            r#"{"a": {"b": "x --- y"}}"#,
            (3, 1),
        ),
        (
            "a:\n  - b: \"one\n...\n  two\"\n",
            r#"{"a": [{"b": "one ... two"}]}"#,
            (3, 1),
        ),
        (
            "a:\n  b: {\n  c: [1,\n  2]\n  }\nd: 3\n",
            r#"{"a": {"b": {"c": [1, 2]}}, "d": 3}"#,
            (3, 3),
        ),
        (
            "a:\n  b: [\n  'x', # it's\n# {\n  'y'\n  ]\n",
            r#"{"a": {"b": ["x", "y"]}}"#,
            (3, 3),
        ),
        (
            "a:\n  - {\n  b: c,\n  d: 'e\n  f'\n  }\n  - g\n",
            r#"{"a": [{"b": "c", "d": "e f"}, "g"]}"#,
            (3, 3),
        ),
        (
            "a:\r\n  b: {\r\n  c: d\r\n  }\r\n",
            r#"{"a": {"b": {"c": "d"}}}"#,
            (3, 3),
        ),
        ("a: 'x'#y\nb: c#d\n", r#"{"a": "x", "b": "c#d"}"#, (1, 7)),
        (
            "a: {b: \"x\"#y\n  , c: [z]#w\n  }\n",
            r#"{"a": {"b": "x", "c": ["z"]}}"#,
            (1, 11),
        ),
        ("a: [x,# y\n  z]\n", r#"{"a": ["x", "z"]}"#, (1, 7)),
        (
            "é: 'ü\nö'\nb: |\n  'x\n  {\n",
            r#"{"é": "ü ö", "b": "'x\n{\n"}"#,
            (2, 1),
        ),
    ];
    for (text, value, (line, column)) in cases {
        let document = Document::parse("a.yaml", text.as_bytes())
            .unwrap_or_else(|faults| panic!("{text}\n{faults:?}"));
        let value: Value = serde_json::from_str(value).unwrap();
        assert_eq!(*document.value(), value, "{text}");
        let warnings = document.warnings();
        assert!(
            warnings
                .iter()
                .all(|it| it.code.name() == "tolerated-syntax")
        );
        let place = warnings.first().and_then(|it| it.location);
        let place = place.map(|it| (it.line, it.column));
        assert_eq!(place, Some((line, column)), "{text}");
    }
    let text = "a:\n  b: 'one\n  two'\n  c: [1]\n";
    let document = Document::parse("a.yaml", text.as_bytes()).unwrap();
    let place = document.locate(&Pointer::parse("/a/c/0").unwrap());
    assert_eq!((place.line, place.column), (4, 7));
}

#[test]
fn tolerance_does_not_hide_other_faults_of_yaml() {
    let cases = [
        ("a:\n  b: 'one\n  two'\n  b: 1\n", "duplicate-key", (4, 3)),
        ("a: 'x'#y\nb: [1\nc: 2\n", "invalid-syntax", (1, 7)),
        ("a: 'x'#y\nb: c: d\n", "invalid-syntax", (2, 5)),
        ("a: 'x\n", "invalid-syntax", (1, 4)),
    ];
    for (text, code, (line, column)) in cases {
        let faults = Document::parse("a.yaml", text.as_bytes()).unwrap_err();
        let place = faults[0].location.unwrap();
        assert_eq!(
            (faults[0].code.name(), place.line, place.column),
            (code, line, column),
            "{text}"
        );
    }
}
