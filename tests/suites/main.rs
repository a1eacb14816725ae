//! Runs a test suite of others, and compares what fails with a list of known failures: `suites SUITE --from DIR [--update]`.
//!
//! A suite gives its cases with their outcomes. What is done with them is the same for each suite.

mod crates;
mod json_schema;
mod known;
mod openapi;
mod overlay;
mod uri_template;
mod yaml;

use std::path::PathBuf;
use std::process::ExitCode;

use known::Known;

/// A test suite, and the function that runs it.
struct Suite {
    name: &'static str,
    run: fn(&std::path::Path) -> Result<Outcomes, String>,
}

const SUITES: &[Suite] = &[
    Suite {
        name: "json-schema",
        run: json_schema::run,
    },
    Suite {
        name: "openapi-3.1",
        run: openapi::run,
    },
    Suite {
        name: "openapi-3.2",
        run: openapi::run,
    },
    Suite {
        name: "overlay",
        run: overlay::run,
    },
    Suite {
        name: "uri-template",
        run: uri_template::run,
    },
    Suite {
        name: "yaml",
        run: yaml::run,
    },
];

/// What came of a suite.
struct Outcomes {
    cases: Vec<Case>,
    /// Cases that are not tried: why, and how many.
    left_out: Vec<(&'static str, usize)>,
}

/// A case of a suite.
struct Case {
    /// Its name, which is unique and stays the same in later versions of the suite.
    name: String,
    /// Nothing, or what failed.
    failure: Option<String>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match run(&mut arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Runs a suite. Gives whether exactly the known cases failed.
fn run(arguments: &mut dyn Iterator<Item = String>) -> Result<bool, String> {
    let names: Vec<&str> = SUITES.iter().map(|suite| suite.name).collect();
    let usage = format!(
        "usage: tests/suites/run.sh SUITE --from DIR [--update]\nSUITE is one of: {}",
        names.join(", ")
    );
    let name = arguments.next().ok_or_else(|| usage.clone())?;
    let suite = SUITES.iter().find(|suite| suite.name == name);
    let suite = suite.ok_or_else(|| format!("there is no suite `{name}`\n{usage}"))?;
    let (mut from, mut is_update) = (None, false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--from" => from = arguments.next().map(PathBuf::from),
            "--update" => is_update = true,
            other => return Err(format!("`{other}` is not an option\n{usage}")),
        }
    }
    let from = from.ok_or_else(|| format!("`--from` is missing\n{usage}"))?;

    let outcomes = (suite.run)(&from)?;
    let mut known = Known::read(suite.name)?;
    for (why, count) in &outcomes.left_out {
        println!("{count} cases are not tried: {why}");
    }
    let (cases, count) = (&outcomes.cases, outcomes.cases.len());
    let passed = cases.iter().filter(|case| case.failure.is_none()).count();
    println!("{passed} of {count} cases pass");
    if is_update {
        known.update(cases);
        known.write()?;
        return Ok(true);
    }
    let surprises = known.surprises(cases);
    for surprise in &surprises {
        println!("{surprise}");
    }
    Ok(surprises.is_empty())
}
