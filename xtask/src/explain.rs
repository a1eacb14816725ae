//! `cargo xtask explain`: prints the page of a diagnostic code.

use anyhow::anyhow;
use releasepack_codegen::Code;
use serde_json::json;

use crate::Format;
use crate::report::{Failure, Outcome, Report, print};

/// Explain the code of a diagnostic, like `dangling-reference`.
///
/// Without CODE, list all codes with a summary of each.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  cargo xtask explain example-mismatch\n  cargo xtask explain")]
pub(crate) struct Args {
    /// The code: the name in brackets after `error`, `warning` or `note`.
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub(crate) fn run(args: &Args, report: &Report) -> Result<Outcome, Failure> {
    let text = match (&args.code, report.format) {
        (Some(name), format) => {
            let code = Code::find(name).ok_or_else(|| unknown(name))?;
            match format {
                Format::Text => code.page().to_owned(),
                Format::Json => format!("{:#}\n", page(code)),
            }
        }
        (None, Format::Text) => {
            let lines = Code::ALL
                .iter()
                .map(|code| format!("{code}\n    {}\n", code.summary()));
            lines.collect()
        }
        (None, Format::Json) => {
            let pages: Vec<_> = Code::ALL.iter().map(|code| page(*code)).collect();
            format!("{:#}\n", json!({"codes": pages}))
        }
    };
    print(&text)?;
    Ok(Outcome::Done)
}

fn page(code: Code) -> serde_json::Value {
    json!({"code": code, "summary": code.summary(), "page": code.page()})
}

fn unknown(name: &str) -> anyhow::Error {
    match Code::nearest(name) {
        Some(near) => anyhow!("there is no code `{name}`; did you mean `{near}`?"),
        None => anyhow!("there is no code `{name}`; `cargo xtask explain` lists all codes"),
    }
}
