//! A crate with generated clients and a program: written, compiled and run.

use std::collections::HashMap;
use std::process::Command;

use releasepack_codegen::{Generation, tree};
use releasepack_tests::clients;

/// Runs a program in a crate called `name` that has a module for each client, named by the first part of the pair. The program prints
/// a line for each failure: the case, a tab, and what failed. Gives the first failure of each case.
pub(crate) fn run(
    name: &str,
    modules: &[(&str, &Generation)],
    program: String,
) -> Result<HashMap<String, String>, String> {
    let folder = clients::workspace().join("target/suites");
    let files = clients::together(name, modules);
    let mut files = files.map_err(|fault| fault.to_string())?;
    files.push(tree::File::new("src/main.rs", program));
    let package = clients::write(&folder.join(name), files);
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
    for (case, what) in lines {
        let first = failures.entry(case.to_owned());
        first.or_insert_with(|| what.to_owned());
    }
    Ok(failures)
}
