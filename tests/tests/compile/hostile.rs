//! Fixtures whose every description, summary and title is hostile: none of it may become a warning of rustdoc or a doctest.

use releasepack_codegen::{Document, generate, to_json};
use serde_json::Value;

use super::corpus::Fixture;

/// Fixtures with every kind of place for a description.
pub(crate) const FIXTURES: [&str; 8] = [
    "generate_bodies",
    "generate_equal_types",
    "generate_parameter_styles",
    "generate_responses",
    "generate_several_responses",
    "generate_unions",
    "vendors_music_tonewell",
    "vendors_payments_tallymint",
];

const TEXTS: &[&str] = &[
    "```\nGET /a/1\n```\n\nThen words that are no Rust.",
    "```rust\nlet broken = ;\n```",
    "~~~\nno Rust\n~~~",
    "An open fence:\n```\nand no end",
    "    let four = spaces;\n\nText.",
    "\tlet a = tab;",
    "A <br> To find > B > **C**.",
    "<b>bold <i>and</b> <id> Vec<String> <!-- open",
    "See [Pet], [`Pet`], [a](b), [c]: /x and [^1] https://example.com/a_b (see:http://example.com).",
    "# heading\n## second\n\nTitle\n=====",
    "> a quotation\n> ```\n> code\n> ```",
    "- one\n  - two\n\n        let deep = code;\n1. first",
    "| a | b |\n|---|---|\n| `x` | <br> |",
    "ends with a backslash \\",
    "`` ` `` and ``` and *stars* _and_ lines",
    "\u{202E}turned and \u{0} hidden",
];

/// A fixture with hostile texts.
pub(crate) fn described(fixture: Fixture) -> Fixture {
    let mut value = fixture.bundle.value().clone();
    let long = TEXTS
        .join("\n\n")
        .repeat(100_000 / TEXTS.join("\n\n").len());
    let mut next = 0;
    replace(&mut value, &long, &mut next);
    assert!(next > 0, "{} has descriptions", fixture.ident);
    let document = Document::parse("hostile.json", to_json(&value).as_bytes());
    let bundle = document
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
        .into();
    let generation = generate(&bundle, fixture.strictness);
    Fixture {
        generation: generation.unwrap_or_else(|faults| panic!("{faults:#?}")),
        bundle,
        ..fixture
    }
}

/// Writes texts where there are some, and adds descriptions to parameters and schemas without.
fn replace(value: &mut Value, long: &str, next: &mut usize) {
    match value {
        Value::Object(members) => {
            let is_parameter = members.contains_key("in") && members.contains_key("name");
            let is_schema = members.get("type").is_some_and(Value::is_string);
            if is_parameter || is_schema {
                members.entry("description").or_insert_with(|| "".into());
            }
            for (name, member) in members {
                if ["description", "summary", "title"].contains(&name.as_str())
                    && member.is_string()
                {
                    // One text is as long as a book.
                    let is_long = *next == 20;
                    let text = if is_long {
                        long
                    } else {
                        TEXTS[*next % TEXTS.len()]
                    };
                    *member = text.into();
                    *next += 1;
                } else if !["example", "examples", "default", "enum"].contains(&name.as_str()) {
                    replace(member, long, next);
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                replace(element, long, next);
            }
        }
        _ => {}
    }
}
