//! Every keyword of every object of OpenAPI does what the table of the generator says: none is ignored in silence.

mod vocabulary {
    pub(crate) mod trial;
}

use std::collections::BTreeSet;

use releasepack_codegen::diff::compare;
use releasepack_codegen::{Keyword, Verdict, Version, vocabulary as table};
use serde_json::json;
use vocabulary::trial::{Fixture, Outcome, bundle};

/// Every keyword with the first version that has it, by the meta-schemas of the specification.
fn specified() -> Vec<(String, String, String)> {
    let lines = include_str!("vocabulary/keywords.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut all = Vec::new();
    for line in lines {
        let (object, keywords) = line.split_once(": ").expect("an object and its keywords");
        for keyword in keywords.split(' ') {
            let (name, since) = keyword.split_once('@').unwrap_or((keyword, "3.0"));
            all.push((object.to_owned(), name.to_owned(), since.to_owned()));
        }
    }
    all
}

fn is_supported(version: &str) -> bool {
    Version::of(&json!({ "openapi": version })).is_ok()
}

#[test]
fn the_table_has_the_keywords_of_the_specification_and_no_others() {
    let specified = specified();
    let supported = specified.iter().filter(|(.., since)| is_supported(since));
    let supported: BTreeSet<(&str, &str)> = supported
        .map(|(object, name, _)| (object.as_str(), name.as_str()))
        .collect();
    let listed: BTreeSet<(&str, &str)> = table().map(|it| (it.object, it.name)).collect();
    let missing: Vec<_> = supported.difference(&listed).collect();
    assert!(missing.is_empty(), "what happens to {missing:?}?");
    let unknown: Vec<_> = listed.difference(&supported).collect();
    assert!(unknown.is_empty(), "the specification has no {unknown:?}");
}

/// Whether the table is right. A keyword that is not used changes nothing in the client.
fn is_right(verdict: Verdict, outcome: &Outcome) -> bool {
    let told = &outcome.reported;
    match verdict {
        Verdict::Used => outcome.is_used,
        Verdict::Told(code) => !outcome.is_used && told.contains(code.name()),
        Verdict::WithoutEffect(_) => !outcome.is_used && told.contains("keyword-without-effect"),
        Verdict::Irrelevant(_) => !outcome.is_used && told.is_empty(),
    }
}

#[test]
fn each_keyword_does_what_the_table_says() {
    let fixtures = Fixture::all();
    let keywords: Vec<Keyword> = table().collect();
    let mut wrong = Vec::new();
    for keyword in &keywords {
        let mut outcomes = fixtures.iter();
        let outcome = outcomes.find_map(|it| it.try_keyword(keyword.object, keyword.name));
        let Some(outcome) = outcome else {
            wrong.push(format!("{keyword:?} has no values in the fixture"));
            continue;
        };
        if !is_right(keyword.verdict, &outcome) {
            wrong.push(format!("{keyword:?}, but {outcome:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(
        fixtures.iter().map(Fixture::count).sum::<usize>(),
        keywords.len(),
        "the fixture has values for nothing"
    );
}

/// Keywords that say nothing by themselves, or nothing about a message.
const SAY_NOTHING: &[(&str, &str)] = &[
    ("document", "openapi"),
    // They decide what references lead to, and so what else changes.
    ("document", "$self"),
    ("schema", "$id"),
    ("schema", "$schema"),
    ("schema", "$vocabulary"),
    ("document", "jsonSchemaDialect"),
    // The tag of an operation is its name there.
    ("document", "tags"),
    ("tag", "name"),
    ("tag", "parent"),
    ("tag", "kind"),
    ("Swagger document", "tags"),
    // Of components, what uses them is compared.
    ("components object", "headers"),
    ("components object", "links"),
    // Media types that are no sequences, and parts that are no multipart bodies, do not have them.
    ("media type", "itemSchema"),
    ("media type", "itemEncoding"),
    ("media type", "prefixEncoding"),
    ("encoding", "encoding"),
    ("encoding", "itemEncoding"),
    ("encoding", "prefixEncoding"),
    // Headers have no types in the client; OpenAPI 3 has only one way to write them.
    ("Swagger header", "collectionFormat"),
];

#[test]
fn a_comparison_passes_over_no_keyword() {
    let fixtures = Fixture::all();
    let mut silent = Vec::new();
    for keyword in table() {
        for fixture in &fixtures {
            let documents = fixture.documents(keyword.object, keyword.name);
            for pair in documents.unwrap_or_default().windows(2) {
                let (base, revision) = (bundle(&pair[0]), bundle(&pair[1]));
                let diff = compare(&base, &revision);
                let diff = diff.unwrap_or_else(|faults| panic!("{keyword:?}: {faults:#?}"));
                if diff.is_empty() {
                    silent.push((keyword.object, keyword.name, keyword.verdict));
                }
            }
        }
    }
    let used = silent
        .iter()
        .filter(|(.., verdict)| *verdict == Verdict::Used);
    assert_eq!(used.count(), 0, "the client depends on one of {silent:?}");
    let silent: BTreeSet<(&str, &str)> = silent.iter().map(|it| (it.0, it.1)).collect();
    let allowed: BTreeSet<(&str, &str)> = SAY_NOTHING.iter().copied().collect();
    assert_eq!(silent, allowed);
}

#[test]
fn what_has_no_effect_is_reported_with_advice_and_what_is_irrelevant_has_a_reason() {
    for keyword in table() {
        if let Verdict::WithoutEffect(text) | Verdict::Irrelevant(text) = keyword.verdict {
            assert!(text.contains(' ') && !text.ends_with('.'), "{keyword:?}");
        }
    }
}
