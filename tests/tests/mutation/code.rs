//! Promises that hold for the code of every document, even if it is damaged.

use std::collections::{BTreeMap, HashSet};

use releasepack_codegen::{
    Bundle, Diagnostic, Generation, Normalized, Severity, Strictness, Version, generate,
};
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Item, LitStr, braced};

use super::damaged::Damaged;
use super::promises::calls;

/// Code is generated from a document, or errors are reported. In lenient mode there are no errors: everything that cannot be
/// expressed is left out with a warning. If the document has a version, no diagnostic is about the whole document.
pub(crate) fn generation(damaged: &Damaged) -> Result<(), String> {
    if Version::of(damaged.document.value()).is_err() {
        return Ok(());
    }
    let bundle = Bundle::from(damaged.document.clone());
    match generate(&bundle, Strictness::Strict) {
        // If nothing is refused, lenient mode makes no difference.
        Ok(generation) => code(damaged.normalized(Strictness::Strict), &generation),
        Err(faults) => {
            if !faults.iter().any(is_error) {
                return Err(format!("refused without an error: {faults:#?}"));
            }
            if let Some(silent) = faults.iter().find(|it| it.message.trim().is_empty()) {
                return Err(format!("refused in silence: {silent:#?}"));
            }
            match generate(&bundle, Strictness::Lenient) {
                Ok(generation) => code(damaged.normalized(Strictness::Lenient), &generation),
                Err(faults) => Err(format!("lenience is refused: {faults:#?}")),
            }
        }
    }
}

fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}

/// Each file is valid Rust. Each operation of the normal form is in the code and in the outline, or a warning names it.
fn code(normalized: &Normalized, generation: &Generation) -> Result<(), String> {
    if let Some(error) = generation.warnings.iter().find(|it| is_error(it)) {
        return Err(format!("an error among the warnings: {error:#?}"));
    }
    let mut operations = BTreeMap::new();
    for file in &generation.files {
        let parsed = syn::parse_file(&file.text);
        let parsed = parsed.map_err(|fault| format!("{}: {fault}\n{}", file.path, file.text))?;
        operations.extend(parsed.items.iter().filter_map(operation));
    }
    let outline = generation.outline();
    let lines = outline.lines();
    let outlined: HashSet<&str> = lines
        .filter_map(|line| {
            line.strip_prefix("const operations::")?
                .strip_suffix(": Operation")
        })
        .collect();
    for (place, node) in calls(&normalized.document) {
        let id = node["operationId"].as_str().unwrap_or_default();
        match operations.get(id) {
            Some(constant) if !outlined.contains(constant.as_str()) => {
                return Err(format!("{place}: `{constant}` is not in the outline"));
            }
            None => {
                return Err(format!("{place}: `{id}` is lost in silence"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// The `operationId` in the table of an operation, and the name of its constant: `operation! { GET_PET { id "getPet", ... } }`.
fn operation(item: &Item) -> Option<(String, String)> {
    let Item::Macro(call) = item else {
        return None;
    };
    if call.mac.path.segments.last()?.ident != "operation" {
        return None;
    }
    let parser = |input: ParseStream<'_>| {
        let constant: Ident = input.parse()?;
        let rows;
        braced!(rows in input);
        rows.parse::<Ident>()?;
        let id: LitStr = rows.parse()?;
        while !rows.is_empty() {
            rows.step(|at| Ok(((), at.token_tree().map_or(*at, |(_, rest)| rest))))?;
        }
        Ok((id.value(), constant.to_string()))
    };
    parser.parse2(call.mac.tokens.clone()).ok()
}
