//! `releasepack-codegen explain`: prints the page of a diagnostic code, or of a rule of `diff`.

use std::fs;

use crate::Code;
use crate::diff::{RULES, Rule};
use anyhow::anyhow;
use serde_json::{Value, json};

use crate::cli::report::{Failure, Outcome, Report, print};
use crate::cli::{Format, Program};

/// Explain the code of a diagnostic, like `dangling-reference`, or a rule of `diff`, like `response-property-added`.
///
/// Without CODE, list all codes and rules with a summary of each.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  releasepack-codegen explain example-mismatch\n  \
        releasepack-codegen explain response-property-added\n  releasepack-codegen explain"
)]
pub struct Args {
    /// The code: the name in brackets after `error`, `warning` or `note`; or the rule that `diff` names.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub fn run(args: &Args, program: &Program, report: &Report) -> Result<Outcome, Failure> {
    let text = match &args.code {
        Some(name) => one(name, program, report.format)?,
        None => all(program, report.format),
    };
    print(&text)?;
    Ok(Outcome::Done)
}

fn one(name: &str, program: &Program, format: Format) -> anyhow::Result<String> {
    let (text, json) = match (Code::find(name), Rule::find(name)) {
        (Some(code), _) => (code.page().to_owned(), code_page(code)),
        (None, Some(rule)) => (rule_text(rule, program), rule_page(rule, program)),
        (None, None) => return Err(unknown(name, program)),
    };
    Ok(match format {
        Format::Text => text,
        Format::Json => format!("{json:#}\n"),
    })
}

fn all(program: &Program, format: Format) -> String {
    let line = |name: &str, summary: &str| format!("{name}\n    {summary}\n");
    match format {
        Format::Text => {
            let codes = Code::ALL
                .iter()
                .map(|code| line(code.name(), &code.summary()));
            let rules = RULES.iter().map(|rule| line(rule.id, rule.about));
            let codes: String = codes.collect();
            let rules: String = rules.collect();
            format!("{codes}\nThe rules of `{} diff`:\n\n{rules}", program.name)
        }
        Format::Json => {
            let codes: Vec<_> = Code::ALL.iter().map(|code| code_page(*code)).collect();
            let rules: Vec<_> = RULES.iter().map(|rule| rule_page(rule, program)).collect();
            format!("{:#}\n", json!({"codes": codes, "rules": rules}))
        }
    }
}

fn code_page(code: Code) -> Value {
    json!({"code": code, "summary": code.summary(), "page": code.page()})
}

fn rule_page(rule: &Rule, program: &Program) -> Value {
    json!({"rule": rule.id, "summary": rule.about, "page": rule_text(rule, program)})
}

/// The page of a rule, with the pair of documents that shows it if the program has the pairs.
fn rule_text(rule: &Rule, program: &Program) -> String {
    let page = rule.page();
    let file = format!("{}.yaml", rule.id);
    let pair = program.pairs.as_ref().map(|pairs| pairs.join(&file));
    match pair.and_then(|path| fs::read_to_string(path).ok()) {
        Some(pair) => format!(
            "{page}\n**Example.** What two documents differ in (`tests/fixtures/diff/{file}`):\n\n```yaml\n{pair}```\n"
        ),
        None => page,
    }
}

fn unknown(name: &str, program: &Program) -> anyhow::Error {
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
            anyhow!(
                "there is no code `{name}`; `{} explain` lists all codes and rules",
                program.name
            )
        }
    }
}
