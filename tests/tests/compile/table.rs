//! Writes the source of a test with all examples: one call for each, with its type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use releasepack_codegen::Pointer;

use super::corpus::Fixture;
use super::examples::{self, Skipped};

/// Examples that change when they are read and written, by fixture and place, each with the reason.
const KNOWN: &[(&str, &str)] = &[(
    "vendors_registry_civica#/paths/~1persons~1{personId}/patch/responses/202/content/application~1json/example",
    "on purpose: free text beside listed texts is one open enum, whose `Unknown` is the free text",
)];

pub(crate) struct Table {
    /// How many examples are tried.
    pub(crate) count: usize,
    /// The examples that are not tried.
    pub(crate) skipped: BTreeMap<Skipped, Vec<String>>,
    pub(crate) text: String,
}

pub(crate) fn of(fixtures: &[Fixture]) -> Table {
    let mut table = Table {
        count: 0,
        skipped: BTreeMap::new(),
        text: String::new(),
    };
    let (mut calls, mut functions) = (String::new(), String::new());
    for fixture in fixtures {
        let ident = &fixture.ident;
        let found = examples::find(fixture);
        for (why, places) in found.skipped {
            let places = places.iter().map(|place| named(ident, place));
            table.skipped.entry(why).or_default().extend(places);
        }
        if found.examples.is_empty() {
            continue;
        }
        table.count += found.examples.len();
        let mut tried = String::new();
        for example in found.examples {
            let rust = example
                .rust
                .replace("crate::", &format!("clients::{ident}::"));
            let place = named(ident, &example.place);
            let unknown: Vec<&str> = example.unknown.iter().map(Pointer::as_str).collect();
            let json = example.value.to_string();
            line(
                &mut tried,
                &format!("        try_it::<{rust}>({place:?}, {json:?}, &{unknown:?}),"),
            );
        }
        line(&mut calls, &format!("    all.extend({ident}());"));
        let function = format!(
            "
fn {ident}() -> Vec<Tried> {{
    #[allow(unused_imports)]
    use clients::{ident}::generated::types;
    vec![
{tried}    ]
}}"
        );
        line(&mut functions, &function);
    }
    let known: Vec<&str> = KNOWN.iter().map(|(place, _)| *place).collect();
    table.text = format!(
        "//! The examples of all fixtures.

use crate::round_trip::{{Tried, try_it}};

pub const KNOWN: &[&str] = &{known:?};

pub fn all() -> Vec<Tried> {{
    let mut all = Vec::new();
{calls}    all
}}
{functions}"
    );
    table
}

fn named(ident: &str, place: &Pointer) -> String {
    format!("{ident}#{place}")
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("text takes text");
}
