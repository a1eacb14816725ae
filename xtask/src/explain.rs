//! `cargo xtask explain`: prints the page of a diagnostic code, or of a rule of `diff`.

use std::fs;

use anyhow::anyhow;
use releasepack_codegen::Code;
use releasepack_codegen::diff::{RULES, Rule};
use serde_json::{Value, json};

use crate::Format;
use crate::report::{Failure, Outcome, Report, print};
use crate::workspace;

/// The pairs of documents that show the rules.
const PAIRS: &str = "tests/fixtures/diff";

/// Explain the code of a diagnostic, like `dangling-reference`, or a rule of `diff`, like `response-property-added`.
///
/// Without CODE, list all codes and rules with a summary of each.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  cargo xtask explain example-mismatch\n  \
        cargo xtask explain response-property-added\n  cargo xtask explain")]
pub(crate) struct Args {
    /// The code: the name in brackets after `error`, `warning` or `note`; or the rule that `diff` names.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(args: &Args, report: &Report) -> Result<Outcome, Failure> {
    let text = match &args.code {
        Some(name) => one(name, report.format)?,
        None => all(report.format),
    };
    print(&text)?;
    Ok(Outcome::Done)
}

fn one(name: &str, format: Format) -> anyhow::Result<String> {
    let (text, json) = match (Code::find(name), Rule::find(name)) {
        (Some(code), _) => (code.page().to_owned(), code_page(code)),
        (None, Some(rule)) => (rule_text(rule), rule_page(rule)),
        (None, None) => return Err(unknown(name)),
    };
    Ok(match format {
        Format::Text => text,
        Format::Json => format!("{json:#}\n"),
    })
}

fn all(format: Format) -> String {
    let line = |name: &str, summary: &str| format!("{name}\n    {summary}\n");
    match format {
        Format::Text => {
            let codes = Code::ALL
                .iter()
                .map(|code| line(code.name(), &code.summary()));
            let rules = RULES.iter().map(|rule| line(rule.id, rule.about));
            let codes: String = codes.collect();
            let rules: String = rules.collect();
            format!("{codes}\nThe rules of `cargo xtask diff`:\n\n{rules}")
        }
        Format::Json => {
            let codes: Vec<_> = Code::ALL.iter().map(|code| code_page(*code)).collect();
            let rules: Vec<_> = RULES.iter().map(|rule| rule_page(rule)).collect();
            format!("{:#}\n", json!({"codes": codes, "rules": rules}))
        }
    }
}

fn code_page(code: Code) -> Value {
    json!({"code": code, "summary": code.summary(), "page": code.page()})
}

fn rule_page(rule: &Rule) -> Value {
    json!({"rule": rule.id, "summary": rule.about, "page": rule_text(rule)})
}

/// The page of a rule, with the pair of documents that shows it if the workspace is there.
fn rule_text(rule: &Rule) -> String {
    let page = rule.page();
    let path = format!("{PAIRS}/{}.yaml", rule.id);
    match fs::read_to_string(workspace::root().join(&path)) {
        Ok(pair) => format!(
            "{page}\n**Example.** What two documents differ in (`{path}`):\n\n```yaml\n{pair}```\n"
        ),
        Err(_) => page,
    }
}

fn unknown(name: &str) -> anyhow::Error {
    let code = Code::nearest(name).map(Code::name);
    let near = code
        .into_iter()
        .chain(Rule::nearest(name).map(|rule| rule.id));
    // Of a code and a rule, the one that begins alike.
    let alike = |near: &&str| {
        let mut pairs = near.chars().zip(name.chars());
        pairs
            .position(|(one, other)| one != other)
            .unwrap_or(name.len())
    };
    match near.max_by_key(alike) {
        Some(near) => anyhow!("there is no code `{name}`; did you mean `{near}`?"),
        None => {
            anyhow!("there is no code `{name}`; `cargo xtask explain` lists all codes and rules")
        }
    }
}
