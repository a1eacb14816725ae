//! Runs the binary.

use std::ffi::OsStr;
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use releasepack_client::sandbox::{Sandbox, SandboxBuilder, SandboxPack};
use serde_json::Value;

/// The settings that the environment of the tests may have.
const NAMES: [&str; 6] = [
    "BOOMI_ACCOUNT",
    "BOOMI_USER",
    "BOOMI_SECRET",
    "BOOMI_REGION",
    "BOOMI_BASE_URL",
    "GITHUB_OUTPUT",
];

/// What a run wrote, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The JSON lines.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines.map(|it| serde_json::from_str(it).unwrap()).collect()
    }
}

/// The settings of a sandbox with the pack `orders-pack`: `order-intake` 1.0 is released. It has no rate limit, because each run of
/// the program begins to count again.
pub(crate) fn platform() -> SandboxBuilder {
    Sandbox::builder()
        .polls(0)
        .rate_limit(None)
        .pack(SandboxPack::new("orders-pack").released("order-intake", "1.0"))
}

/// The program with the settings for a sandbox.
pub(crate) struct Program {
    settings: Vec<(&'static str, String)>,
}

impl Program {
    /// Without settings.
    pub(crate) fn bare() -> Self {
        Self {
            settings: Vec::new(),
        }
    }

    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self {
            settings: vec![
                ("BOOMI_BASE_URL", sandbox.url().to_string()),
                ("BOOMI_ACCOUNT", sandbox.account().to_owned()),
                ("BOOMI_USER", sandbox.user().to_owned()),
                ("BOOMI_SECRET", sandbox.password().to_owned()),
            ],
        }
    }

    /// With another value of a setting.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.settings.retain(|(it, _)| *it != name);
        self.settings.push((name, value.into()));
        self
    }

    pub(crate) fn settings(&self) -> &[(&'static str, String)] {
        &self.settings
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.any_command(env!("CARGO_BIN_EXE_releasepack"), arguments)
    }

    /// Another program that calls this one.
    pub(crate) fn any_command(&self, program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        for name in NAMES {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .envs(self.settings.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    pub(crate) fn spawn(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        Running {
            out: BufReader::new(child.stdout.take().unwrap()),
            err: BufReader::new(child.stderr.take().unwrap()),
            child,
        }
    }
}

pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    Ran {
        // A signal has no code.
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A program that runs. It is killed with the test.
pub(crate) struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
}

impl Running {
    /// Waits for a line on standard output that has `text`.
    pub(crate) fn wait_for_out(&mut self, text: &str) -> String {
        line_with(&mut self.out, text)
    }

    /// Waits for a line on standard error that has `text`.
    pub(crate) fn wait_for_err(&mut self, text: &str) -> String {
        line_with(&mut self.err, text)
    }

    /// Waits for the end, and returns the exit code and what standard error still had.
    pub(crate) fn end(mut self) -> (i32, String) {
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.err, &mut rest).unwrap();
        (self.child.wait().unwrap().code().unwrap_or(-1), rest)
    }

    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.id()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn line_with(reader: &mut impl std::io::BufRead, text: &str) -> String {
    loop {
        let mut line = String::new();
        assert_ne!(
            reader.read_line(&mut line).unwrap(),
            0,
            "no line has {text}"
        );
        if line.contains(text) {
            return line;
        }
    }
}

/// The path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
