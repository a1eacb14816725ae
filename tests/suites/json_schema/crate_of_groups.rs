//! The crate of all groups: writes it, compiles it, and runs its program.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::process::Command;

use releasepack_codegen::{Generation, tree};
use releasepack_tests::clients;

use super::Client;

/// The program, without the calls for the groups.
const PROGRAM: &str = include_str!("program.rs");

/// What failed of each group, by its module.
pub(crate) fn run(all: &[Client]) -> Result<HashMap<String, String>, String> {
    let folder = clients::workspace().join("target/suites");
    let generations: Vec<(&str, &Generation)> = all
        .iter()
        .map(|client| (client.ident.as_str(), &client.generation))
        .collect();
    let files = clients::together("json-schema", &generations);
    let mut files = files.map_err(|fault| fault.to_string())?;
    files.push(tree::File::new("src/main.rs", program(all)));
    let package = clients::write(&folder.join("json-schema"), files);
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--no-default-features"])
        .current_dir(&package)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .map_err(|fault| format!("cargo cannot be run: {fault}"))?;
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    if !output.status.success() {
        let package = package.display();
        return Err(format!(
            "the crate in {package} does not compile or run:\n{stderr}"
        ));
    }
    let lines = stdout.lines().filter_map(|line| line.split_once('\t'));
    let mut failures = HashMap::new();
    for (ident, what) in lines {
        let first = failures.entry(ident.to_owned());
        first.or_insert_with(|| what.to_owned());
    }
    Ok(failures)
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
