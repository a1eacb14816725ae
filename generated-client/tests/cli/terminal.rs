//! On a pseudo-terminal.

use std::io::{Read as _, Write as _};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::program::{Program, platform};

/// A program on a terminal of its own.
struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    shown: Vec<u8>,
}

impl Terminal {
    fn run(program: &Program, arguments: &[&str]) -> Self {
        let size = PtySize {
            rows: 24,
            cols: 100,
            ..PtySize::default()
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_releasepack"));
        command.args(arguments);
        command.env("TERM", "xterm");
        for name in [
            "BOOMI_ACCOUNT",
            "BOOMI_USER",
            "BOOMI_SECRET",
            "BOOMI_REGION",
        ] {
            command.env_remove(name);
        }
        for (name, value) in program.settings() {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        Self {
            master: pair.master,
            child,
            shown: Vec::new(),
        }
    }

    /// Reads until the terminal has shown `text`.
    fn wait_for(&mut self, text: &str) {
        let mut reader = self.master.try_clone_reader().unwrap();
        let mut byte = [0];
        while !String::from_utf8_lossy(&self.shown).contains(text) {
            assert_eq!(reader.read(&mut byte).unwrap(), 1, "{:?}", self.shown());
            self.shown.extend(byte);
        }
    }

    /// Waits until what is typed is not shown.
    fn wait_for_no_echo(&self) {
        let has_echo = || {
            let settings = self.master.get_termios().unwrap();
            let flags = format!("{:?}", settings.local_flags);
            flags
                .split(|it: char| !it.is_alphanumeric())
                .any(|it| it == "ECHO")
        };
        while has_echo() {
            std::thread::yield_now();
        }
    }

    fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown).into_owned()
    }

    /// The exit code, and all that was shown.
    fn end(mut self) -> (u32, String) {
        let mut reader = self.master.try_clone_reader().unwrap();
        // Linux reports the end as an error.
        let _ = reader.read_to_end(&mut self.shown);
        (self.child.wait().unwrap().exit_code(), self.shown())
    }
}

#[test]
fn a_secret_that_is_missing_is_asked_for_and_not_shown() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::bare()
        .with("BOOMI_BASE_URL", sandbox.url().as_str())
        .with("BOOMI_USER", sandbox.user());
    let mut terminal = Terminal::run(
        &program,
        &["plan", "orders-pack", "--component", "order-intake=2.0"],
    );
    let mut keyboard = terminal.master.take_writer().unwrap();
    terminal.wait_for("BOOMI_ACCOUNT");
    writeln!(keyboard, "{}", sandbox.account()).unwrap();
    terminal.wait_for("BOOMI_SECRET");
    terminal.wait_for_no_echo();
    writeln!(keyboard, "{}", sandbox.password()).unwrap();
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("order-intake: 1.0 → 2.0"), "{shown}");
    assert!(!shown.contains(sandbox.password()), "{shown}");
}

#[test]
fn a_wait_has_a_progress_bar_that_is_gone_at_the_end() {
    let sandbox = platform().polls(3).start_on_thread().unwrap();
    let arguments = [
        "release",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--wait",
        "--interval",
        "300ms",
    ];
    let terminal = Terminal::run(&Program::new(&sandbox), &arguments);
    let (code, shown) = terminal.end();
    assert_eq!(code, 0, "{shown}");
    assert!(
        shown.contains("in progress, ") && shown.contains("[="),
        "{shown:?}"
    );
    let last = shown.trim_end().lines().last().unwrap();
    assert!(last.ends_with(": released"), "{shown:?}");
}
