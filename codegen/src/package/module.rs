//! A generated client as a module of another crate: the files of a crate, with paths that begin at the module.

use std::fmt::Write;

use toml_edit::{Array, DocumentMut, InlineTable, Item};

use super::{InvalidName, package};
use crate::generation::Generation;
use crate::tree::File;

/// A name that the code of a crate has only where it names itself.
const CRATE: &str = "releasepack-client";
const IDENT: &str = "releasepack_client";

/// The first lines of the module, before its declarations. The crate around it has its own rules, and uses only parts of the client.
const ATTRIBUTES: &str = "#![allow(clippy::all, clippy::pedantic, dead_code, missing_docs, unexpected_cfgs, unreachable_pub, unused)]";

/// The files of a client as the module `crate::name`, where `name` may be a path (`api::pets`). Its root is `mod.rs`.
///
/// The examples in its documentation are not run as tests, and it has no tests of its own.
///
/// # Errors
///
/// [`InvalidName`] if it is not the path of a module.
pub(crate) fn module(
    name: &str,
    generation: &Generation,
    runtime: &[File],
) -> Result<Vec<File>, InvalidName> {
    let is_ident = |part: &str| syn::parse_str::<syn::Ident>(part).is_ok();
    if !name.split("::").all(is_ident) {
        return Err(InvalidName {
            name: name.to_owned(),
            rule: "path of a module: use identifiers of Rust, with `::` between them",
        });
    }
    let module = format!("crate::{name}");
    // The features of the crate around it are its author's.
    let mut generation = generation.clone();
    generation.face.remove_features();
    let generation = &generation;
    let files = package(CRATE, generation, runtime)?;
    let files = files.into_iter().filter_map(|file| {
        let path = file.path.strip_prefix("src/")?;
        let text = relocated(&without_tests(&file.text), &module);
        Some(if path == "lib.rs" {
            File::new("mod.rs", root(&text, generation))
        } else {
            File::new(path, text)
        })
    });
    let mut files: Vec<File> = files.collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// What the crate around the module has in its manifest: lines of `[dependencies]`.
pub(crate) fn dependencies(generation: &Generation) -> String {
    let files = package(CRATE, generation, &[]).unwrap_or_default();
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = manifest.and_then(|file| file.text.parse::<DocumentMut>().ok());
    let Some(table) = manifest
        .as_ref()
        .and_then(|it| it["dependencies"].as_table())
    else {
        return String::new();
    };
    let mut lines = String::new();
    for (name, item) in table {
        let is_optional = item.get("optional").and_then(Item::as_bool);
        if is_optional == Some(true) {
            continue;
        }
        let mut value = item.to_string();
        if name == "reqwest" {
            // The module has no features of its own: without this, it has no TLS.
            let mut with_tls: InlineTable = item.as_inline_table().cloned().unwrap_or_default();
            with_tls.insert("features", Array::from_iter(["rustls"]).into());
            value = with_tls.to_string();
        }
        let _ = writeln!(lines, "{name} = {}", value.trim());
    }
    lines
}

/// The code of a file with the paths of the module.
fn relocated(text: &str, module: &str) -> String {
    let mut relocated = String::with_capacity(text.len() + text.len() / 16);
    let mut rest = text;
    while let Some(at) = rest.find("crate::") {
        let (before, after) = rest.split_at(at);
        relocated.push_str(before);
        let is_whole = !before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        relocated.push_str(if is_whole { module } else { "crate" });
        rest = &after["crate".len()..];
    }
    relocated.push_str(rest);
    unrun(&relocated.replace(IDENT, module))
}

/// The text with examples that are not run: the crate around the module may have another name for it, or keep it private.
fn unrun(text: &str) -> String {
    let mut is_inside = false;
    let mut lines = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let docs = code.strip_prefix("///").or(code.strip_prefix("//!"));
        let Some(language) = docs.and_then(|it| it.trim_start().strip_prefix("```")) else {
            is_inside &= docs.is_some();
            lines.push_str(line);
            continue;
        };
        let is_run = matches!(
            language.trim(),
            "" | "no_run" | "rust" | "compile_fail" | "should_panic"
        );
        if !is_inside && is_run {
            let fence = line.find("```").unwrap_or_default();
            lines.push_str(&line[..fence]);
            lines.push_str("```ignore\n");
        } else {
            lines.push_str(line);
        }
        is_inside = !is_inside;
    }
    lines
}

/// The code of a file without its tests, which are at its end.
fn without_tests(text: &str) -> String {
    match text.split_once("\n#[cfg(test)]\nmod tests {") {
        Some((code, _)) => code.to_owned(),
        None => text.to_owned(),
    }
}

/// The root of the module, made of the root of a crate.
fn root(text: &str, generation: &Generation) -> String {
    let mut lines = String::new();
    let mut is_begun = false;
    for line in text.lines() {
        if !line.starts_with("//!") && !is_begun {
            is_begun = true;
            let _ = writeln!(
                lines,
                "//!\n//! # Dependencies\n//!\n//! The crate with this module has them in its `Cargo.toml`:\n//!\n//! ```toml"
            );
            for dependency in dependencies(generation).lines() {
                let _ = writeln!(lines, "//! {dependency}");
            }
            let _ = writeln!(lines, "//! ```\n\n{ATTRIBUTES}");
        }
        // Only the root of a crate has a recursion limit.
        if line.starts_with("#![recursion_limit") {
            continue;
        }
        // Longer paths make longer lines.
        if line.starts_with("pub mod ") {
            lines.push_str("#[rustfmt::skip]\n");
        }
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}
