//! The program that tries the types of all groups.

use std::collections::HashMap;
use std::fmt::Write as _;

use releasepack_codegen::Generation;

use super::Client;
use crate::crates;

/// The program, without the calls for the groups.
const PROGRAM: &str = include_str!("program.rs");

/// What failed of each group, by its module.
pub(crate) fn run(all: &[Client]) -> Result<HashMap<String, String>, String> {
    let generations: Vec<(&str, &Generation)> = all
        .iter()
        .map(|client| (client.ident.as_str(), &client.generation))
        .collect();
    crates::run("json-schema", &generations, program(all))
}

fn program(all: &[Client]) -> String {
    let mut functions = String::new();
    let mut calls = String::new();
    for Client {
        group, ident, rust, ..
    } in all
    {
        let rust = rust.replace("crate::", &format!("json_schema::{ident}::"));
        let values: Vec<String> = group.valid.iter().map(ToString::to_string).collect();
        write!(
            functions,
            "\nfn {ident}() {{\n    #[allow(unused_imports)]\n    use json_schema::{ident}::generated::types;\n    \
             check::<{rust}>({ident:?}, &{values:?});\n}}\n"
        )
        .expect("a string can always grow");
        writeln!(calls, "    {ident}();").expect("a string can always grow");
    }
    format!("{PROGRAM}\nfn main() {{\n{calls}}}\n{functions}")
}
