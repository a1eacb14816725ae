//! Promises that hold for the code of every document, even if it is damaged.

use std::collections::{BTreeMap, HashSet};

use releasepack_codegen::{
    Bundle, Diagnostic, Generation, Normalized, Severity, Strictness, Version, generate,
};
use syn::{Expr, Item, Lit, Member};

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

/// The `operationId` in the constant of an operation, and the name of the constant.
fn operation(item: &Item) -> Option<(String, String)> {
    let Item::Const(item) = item else { return None };
    let Expr::Struct(value) = &*item.expr else {
        return None;
    };
    let id = value.fields.iter().find_map(|field| {
        let is_id = matches!(&field.member, Member::Named(name) if name == "id");
        match &field.expr {
            Expr::Lit(literal) if is_id => Some(&literal.lit),
            _ => None,
        }
    });
    match id? {
        Lit::Str(id) => Some((id.value(), item.ident.to_string())),
        _ => None,
    }
}
