//! The generator as a command: `releasepack-codegen generate --spec api.yaml …`.

use std::process::ExitCode;

fn main() -> ExitCode {
    releasepack_codegen::cli::main("releasepack-codegen", std::env::args_os())
}
