//! Writes the sources of tests with all examples and all made values: one call for each example or component, with its type.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use releasepack_codegen::Pointer;

use super::corpus::Fixture;
use super::examples::{self, Skipped};
use super::instances;

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

/// The made values of all components.
pub(crate) struct Instances {
    /// How many there are.
    pub(crate) count: usize,
    /// How many are not tried, because they do not fit their schema.
    pub(crate) unfit: usize,
    /// The source of the test.
    pub(crate) text: String,
    /// The values.
    pub(crate) json: String,
}

pub(crate) fn of_instances(fixtures: &[Fixture]) -> Instances {
    let mut all = serde_json::Map::new();
    let (mut count, mut unfit) = (0, 0);
    let (mut calls, mut functions) = (String::new(), String::new());
    for fixture in fixtures {
        let ident = &fixture.ident;
        let (components, left_out) = instances::find(fixture);
        unfit += left_out;
        if components.is_empty() {
            continue;
        }
        line(&mut calls, &format!("    {ident}(tries);"));
        let mut tried = String::new();
        for component in &components {
            count += component.instances.len();
            let rust = component
                .rust
                .replace("crate::", &format!("clients::{ident}::"));
            let place = named(ident, &component.place);
            line(&mut tried, &format!("    tries.of::<{rust}>({place:?});"));
        }
        instances::to_json(ident, &components, &mut all);
        let function = format!(
            "
fn {ident}(tries: &mut Tries) {{
    #[allow(unused_imports)]
    use clients::{ident}::generated::types;
{tried}}}"
        );
        line(&mut functions, &function);
    }
    let text = format!(
        "//! The made values of all components.

use crate::round_trip::Tries;

pub fn all(tries: &mut Tries) {{
{calls}}}
{functions}"
    );
    Instances {
        count,
        unfit,
        text,
        json: serde_json::Value::Object(all).to_string(),
    }
}
