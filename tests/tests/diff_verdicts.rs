//! The verdicts of `diff` on pairs of documents that are easy to get wrong: a break that looks like none, and no break that looks like one.

use std::collections::BTreeSet;

use releasepack_codegen::diff::compare;
use releasepack_codegen::{Bundle, Document};

/// Two documents without their heads, and what is to be told about them.
struct Case {
    name: &'static str,
    base: &'static str,
    revision: &'static str,
    /// What a deployed client meets.
    verdict: Verdict,
    rules: &'static [&'static str],
}

/// The worst that happens to a deployed client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// There is no change.
    Same,
    /// Nothing fails.
    Works,
    /// A call may fail.
    Risk,
    /// Calls fail.
    Breaks,
}

const CASES: &[Case] = &[
    Case {
        name: "paths that differ only in the names of their parameters, and did not change",
        base: TWO_PATHS,
        revision: TWO_PATHS,
        verdict: Verdict::Same,
        rules: &[],
    },
    Case {
        name: "a required property is sent by clients, too",
        base: "paths: {/a: {post: {operationId: a, requestBody: {required: true, content: {application/json: {schema: \
            {type: object, required: [id], properties: {id: {type: string, writeOnly: true}}}}}}, responses: {'204': {description: done}}}}}",
        revision: "paths: {/a: {post: {operationId: a, requestBody: {required: true, content: {application/json: {schema: \
            {type: object, required: [id], properties: {id: {type: string}}}}}}, responses: {'204': {description: done}}}}}",
        verdict: Verdict::Works,
        rules: &["request-value-became-two-way"],
    },
    Case {
        name: "a pattern that accepts everything",
        base: "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string}}], responses: {'204': {description: done}}}}}",
        revision: "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string, pattern: '.*'}}], responses: {'204': {description: done}}}}}",
        verdict: Verdict::Same,
        rules: &[],
    },
    Case {
        name: "a longer text is refused, which no generated type says",
        base: "paths: {/a: {post: {operationId: a, requestBody: {content: {text/plain: {schema: {type: string}}}}, responses: {'204': {description: done}}}}}",
        revision: "paths: {/a: {post: {operationId: a, requestBody: {content: {text/plain: {schema: {type: string, maxLength: 5}}}}, responses: {'204': {description: done}}}}}",
        verdict: Verdict::Risk,
        rules: &["request-keyword-changed"],
    },
    Case {
        name: "the text of a response is of another schema",
        base: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: {text/plain: {schema: {type: object, properties: {x: {type: string}}}}}}}}}}",
        revision: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: {text/plain: {schema: {type: object}}}}}}}}",
        verdict: Verdict::Risk,
        rules: &["response-keyword-changed"],
    },
    Case {
        name: "a media type that the client does not use",
        base: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: \
            {application/json: {schema: {type: string}}, application/xml: {schema: {type: string, maxLength: 5}}}}}}}}",
        revision: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: \
            {application/json: {schema: {type: string}}, application/xml: {schema: {type: string}}}}}}}}",
        verdict: Verdict::Works,
        rules: &["response-media-types-changed"],
    },
    Case {
        name: "a media type that the client does not use has the schema of the one that it uses",
        base: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: \
            {application/json: {schema: {$ref: '#/components/schemas/A'}}, application/xml: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n\
            components: {schemas: {A: {type: object, properties: {y: {type: string}}}}}",
        revision: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: \
            {application/json: {schema: {$ref: '#/components/schemas/A'}}, application/xml: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n\
            components: {schemas: {A: {type: object, properties: {y: {type: string}, x: {type: string}}}}}",
        verdict: Verdict::Works,
        rules: &["response-property-added"],
    },
    Case {
        name: "a schema that the client does not use has another order",
        base: "paths: {/a: {post: {operationId: a, requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: done}}}}}\n\
            components: {schemas: {A: {type: object, required: [x, y], properties: {x: {type: string, enum: [a, b]}, y: {type: string}}}}}",
        revision: "paths: {/a: {post: {operationId: a, requestBody: {content: {application/xml: {schema: {$ref: '#/components/schemas/A'}}}}, responses: {'204': {description: done}}}}}\n\
            components: {schemas: {A: {properties: {y: {type: string}, x: {enum: [b, a], type: string}}, required: [y, x], type: object}}}",
        verdict: Verdict::Same,
        rules: &[],
    },
    Case {
        name: "an object of which nothing was said has a declared member",
        base: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: {application/json: {schema: {type: object}}}}}}}}",
        revision: "paths: {/a: {get: {operationId: a, responses: {'200': {description: done, content: {application/json: {schema: \
            {type: object, properties: {x: {type: string}}}}}}}}}}",
        verdict: Verdict::Works,
        rules: &["response-property-added"],
    },
    Case {
        name: "another credential is accepted",
        base: "paths: {/a: {get: {operationId: a, security: [{key: []}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        revision: "paths: {/a: {get: {operationId: a, security: [{key: []}, {}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        verdict: Verdict::Works,
        rules: &["security-loosened"],
    },
    Case {
        name: "a credential is not enough any more",
        base: "paths: {/a: {get: {operationId: a, security: [{key: []}, {}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        revision: "paths: {/a: {get: {operationId: a, security: [{key: []}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
        verdict: Verdict::Risk,
        rules: &["security-changed"],
    },
    Case {
        name: "a credential more is needed, of a scheme that is like the first",
        base: TWO_CREDENTIALS,
        revision: "paths: {/a: {get: {operationId: a, security: [{one: [], two: []}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {one: {type: http, scheme: basic}, two: {type: http, scheme: basic}}}",
        verdict: Verdict::Risk,
        rules: &["security-changed"],
    },
    Case {
        name: "one of two credentials of like schemes is not enough any more",
        base: "paths: {/a: {get: {operationId: a, security: [{one: []}, {two: []}], responses: {'204': {description: done}}}}}\n\
            components: {securitySchemes: {one: {type: http, scheme: basic}, two: {type: http, scheme: basic}}}",
        revision: TWO_CREDENTIALS,
        verdict: Verdict::Risk,
        rules: &["security-changed"],
    },
    Case {
        name: "a header that is written in another way",
        base: "paths: {/a: {get: {operationId: a, responses: {'204': {description: done, headers: {X-A: {explode: false, schema: {type: array, items: {type: string}}}}}}}}}",
        revision: "paths: {/a: {get: {operationId: a, responses: {'204': {description: done, headers: {X-A: {explode: true, schema: {type: array, items: {type: string}}}}}}}}}",
        verdict: Verdict::Risk,
        rules: &["response-header-value-changed"],
    },
    Case {
        name: "a schema becomes one of two that both accept the old values",
        base: "paths: {/a: {post: {operationId: a, requestBody: {required: true, content: {application/json: {schema: \
            {type: object, properties: {x: {type: string}}}}}}, responses: {'204': {description: done}}}}}",
        revision: "paths: {/a: {post: {operationId: a, requestBody: {required: true, content: {application/json: {schema: {oneOf: [\
            {type: object, properties: {x: {type: string}}}, {type: object, properties: {y: {type: string}}}]}}}}, responses: {'204': {description: done}}}}}",
        verdict: Verdict::Risk,
        rules: &["request-type-widened", "request-union-kind-changed"],
    },
    Case {
        name: "an extensible enum loses a value",
        base: "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string, x-extensible-enum: [a, b]}}], responses: {'204': {description: done}}}}}",
        revision: "paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query, schema: {type: string, x-extensible-enum: [a]}}], responses: {'204': {description: done}}}}}",
        verdict: Verdict::Risk,
        rules: &["request-keyword-changed"],
    },
];

const TWO_PATHS: &str = "paths:\n  /pets/{id}: {post: {operationId: one, parameters: [{name: id, in: path, required: true, schema: {type: string}}], \
    responses: {'204': {description: done}}}}\n  /pets/{name}: {post: {operationId: two, parameters: \
    [{name: name, in: path, required: true, schema: {type: string}}], responses: {'204': {description: done}}}}";

const TWO_CREDENTIALS: &str = "paths: {/a: {get: {operationId: a, security: [{one: []}], responses: {'204': {description: done}}}}}\n\
    components: {securitySchemes: {one: {type: http, scheme: basic}, two: {type: http, scheme: basic}}}";

#[test]
fn each_pair_has_its_verdict() {
    let wrong = CASES.iter().filter_map(|case| {
        let found = verdict(case);
        let told = case.rules.iter().copied().collect();
        (found != (case.verdict, told)).then(|| format!("{}: {found:?}", case.name))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn verdict(case: &Case) -> (Verdict, BTreeSet<&'static str>) {
    let diff = compare(&document(case.base), &document(case.revision));
    let diff = diff.unwrap_or_else(|faults| panic!("{}: {faults:#?}", case.name));
    let worst = diff.changes.iter().map(|change| {
        let effect = change.rule.deployed;
        match (effect.is_break(), effect.is_risk()) {
            (true, _) => Verdict::Breaks,
            (_, true) => Verdict::Risk,
            _ => Verdict::Works,
        }
    });
    let rules = diff.changes.iter().map(|change| change.rule.id).collect();
    (worst.max().unwrap_or(Verdict::Same), rules)
}

fn document(parts: &str) -> Bundle {
    let text = format!("openapi: 3.0.3\ninfo: {{title: A, version: '1'}}\n{parts}\n");
    let document = Document::parse("document.yaml", text.as_bytes());
    Bundle::from(document.unwrap_or_else(|faults| panic!("{text}\n{faults:#?}")))
}
