//! `examples/ci` runs against the sandbox.
#![cfg(unix)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

use releasepack_client::sandbox::{Fault, Sandbox, StatusCode, Target};
use serde_json::Value;

use crate::program::{Program, platform, ran};

const EXAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/ci");

/// A command that finds `releasepack`, in a folder of its own.
fn command(sandbox: &Sandbox, folder: &Path, shell: &str, arguments: &[&str]) -> Command {
    let binary = Path::new(env!("CARGO_BIN_EXE_releasepack"))
        .parent()
        .unwrap();
    let rest = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(
        [binary.to_owned()]
            .into_iter()
            .chain(env::split_paths(&rest)),
    );
    let mut command = Program::new(sandbox).any_command(shell, arguments);
    command.env("PATH", path.unwrap()).current_dir(folder);
    command
}

#[test]
fn the_workflow_of_the_examples_runs_as_it_stands_there() {
    let sandbox = platform().start_on_thread().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let outputs = folder.path().join("outputs");
    let text = fs::read_to_string(format!("{EXAMPLES}/github.yml")).unwrap();
    let workflow: Value = serde_saphyr::from_str(&text).unwrap();
    let job = &workflow["jobs"]["release"];
    let variable = |name: &str| {
        let value = job["env"][name].as_str().unwrap();
        value.replace("${{ inputs.version }}", "2.0")
    };
    let mut ran_steps = Vec::new();
    for step in job["steps"].as_array().unwrap() {
        let name = step["name"].as_str().unwrap();
        let Some(script) = step["run"].as_str() else {
            continue;
        };
        if name == "Install" || step.get("if").is_some() {
            continue;
        }
        let mut command = command(&sandbox, folder.path(), "bash", &["-e", "-c", script]);
        command
            .env("PACK", variable("PACK"))
            .env("COMPONENT", variable("COMPONENT"))
            .env("GITHUB_OUTPUT", &outputs);
        let ran = ran(&mut command);
        assert_eq!(ran.code, 0, "{name}: {ran:?}");
        ran_steps.push(name);
    }
    assert_eq!(ran_steps, ["Plan", "Release"]);
    assert_eq!(sandbox.releases().len(), 1);
    let written = fs::read_to_string(&outputs).unwrap();
    assert!(
        written.ends_with("outcome=released\nexit-code=0\n"),
        "{written}"
    );
    assert!(folder.path().join("release.jsonl").exists());
}

#[test]
fn the_script_of_the_examples_releases_once_whatever_goes_wrong() {
    let arguments = ["orders-pack", "order-intake=2.0"];
    let script = format!("{EXAMPLES}/release.sh");
    for (fault, code) in [
        (None, 0),
        (Some(Fault::busy()), 0),
        (Some(Fault::error(StatusCode::FORBIDDEN, "No.")), 1),
        (Some(Fault::status(StatusCode::BAD_GATEWAY).applied()), 3),
    ] {
        let sandbox = platform().start_on_thread().unwrap();
        let folder = tempfile::tempdir().unwrap();
        if let Some(fault) = fault {
            sandbox.inject(Target::Create, fault);
        }
        let ran = ran(&mut command(&sandbox, folder.path(), &script, &arguments));
        assert_eq!(ran.code, code, "{ran:?}");
        assert_eq!(sandbox.releases().len(), usize::from(code != 1), "{ran:?}");
    }
}
