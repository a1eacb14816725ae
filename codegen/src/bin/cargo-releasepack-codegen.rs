//! The generator as a command of Cargo: `cargo releasepack-codegen generate --spec api.yaml …`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo passes the name of the command as the first argument.
    let mut arguments: Vec<_> = std::env::args_os().collect();
    if arguments
        .get(1)
        .is_some_and(|it| it == "releasepack-codegen")
    {
        arguments.remove(1);
    }
    releasepack_codegen::cli::main("cargo releasepack-codegen", arguments)
}
