//! Writes the census of untyped parts, for people and for scripts.

use std::fmt::Write;

use crate::{Untyped, Why};
use serde_json::{Value, json};

use crate::cli::report::count;

/// One line for each part: the place of the schema, the part, and the reason; and a line with the numbers.
pub fn to_text(untyped: &[Untyped]) -> String {
    let mut text = String::new();
    for Untyped { part, why, note } in untyped {
        let place = match note.location {
            Some(at) => format!("{}:{}:{}", note.file, at.line, at.column),
            None => note.file.clone(),
        };
        let _ = writeln!(text, "{place}: {part}: {} ({})", note.message, name(*why));
    }
    let [description, fault, generator] = counts(untyped);
    let _ = writeln!(
        text,
        "{} became any value: {description} by the description, {fault} by a fault, {generator} by the generator",
        count(untyped.len(), "part"),
    );
    text
}

/// The parts, and the numbers of each reason.
pub fn to_json(untyped: &[Untyped]) -> Value {
    let [description, fault, generator] = counts(untyped);
    json!({
        "untyped": untyped,
        "counts": {"description": description, "fault": fault, "generator": generator},
    })
}

fn counts(untyped: &[Untyped]) -> [usize; 3] {
    [Why::Description, Why::Fault, Why::Generator]
        .map(|why| untyped.iter().filter(|it| it.why == why).count())
}

fn name(why: Why) -> &'static str {
    match why {
        Why::Description => "description",
        Why::Fault => "fault",
        Why::Generator => "generator",
    }
}
