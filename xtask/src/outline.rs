//! What a run changes in the public API of the client, and which hand-written code that concerns.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use releasepack_codegen::diff::{Bump, RustChange, outline_changes};
use releasepack_codegen::tree::{self, File};
use releasepack_codegen::{Mention, look_at, of_crate};
use serde_json::{Value, json};

use crate::workspace::{CLIENT_SOURCES, GENERATED, HAND_WRITTEN};

/// How many lines are printed of each part.
const MOST: usize = 20;

/// What changes for consumers, and for hand-written code.
#[derive(Default)]
pub(crate) struct Effect {
    changes: Vec<RustChange>,
    mentions: Vec<Mention>,
    /// Why the public API could not be compared.
    fault: Option<String>,
    /// What the compiler reports about the client.
    errors: Vec<String>,
}

impl Effect {
    /// Compares the client with the present generated files with that with the new ones. Nothing is compared if they are equal.
    pub(crate) fn of(root: &Path, new: &[File]) -> anyhow::Result<Self> {
        let found = tree::read(&root.join(GENERATED))?;
        if tree::compare(new, &found).is_empty() {
            return Ok(Self::default());
        }
        let generated = format!("{}/", inside());
        let mut written = tree::read(&root.join(CLIENT_SOURCES))?;
        written.retain(|file| is_rust(file) && !file.path.starts_with(&generated));
        let outlines = outline(&written, &found).and_then(|old| Ok((old, outline(&written, new)?)));
        let (old, new) = match outlines {
            Ok(outlines) => outlines,
            Err(error) => {
                return Ok(Self {
                    fault: Some(format!("the public API cannot be compared: {error}")),
                    ..Self::default()
                });
            }
        };
        let changes = outline_changes(&old, &new);
        let mentions = look_at(&changes, &hand_written(root)?);
        Ok(Self {
            changes,
            mentions,
            ..Self::default()
        })
    }

    /// Asks the compiler whether the client still compiles, if a change can break it. Without cargo or a lock file nothing is asked.
    pub(crate) fn check(&mut self, root: &Path) {
        let breaks = self.changes.iter().any(|it| it.bump() == Bump::Major);
        let cargo = std::env::var_os("CARGO").filter(|_| root.join("Cargo.lock").exists());
        let (true, Some(cargo)) = (breaks, cargo) else {
            return;
        };
        // `native-tls` needs OpenSSL, which this machine may not have.
        let output = Command::new(cargo)
            .args(["check", "--package", "releasepack-client", "--quiet"])
            .args([
                "--features",
                "blocking,sandbox",
                "--message-format",
                "short",
            ])
            .current_dir(root)
            .output();
        let Ok(output) = output else { return };
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            let errors = errors.lines().filter(|line| line.contains("error"));
            self.errors = errors.map(str::to_owned).collect();
        }
    }

    /// The changes, then the warnings about hand-written code.
    pub(crate) fn write(&self, text: &mut String) {
        let lines = self.lines();
        if !lines.is_empty() {
            text.push_str("the public API changes:\n");
            write_some(text, &lines);
        }
        if let Some(fault) = &self.fault {
            let _ = writeln!(text, "warning: {fault}");
        }
        if !self.mentions.is_empty() {
            text.push_str("warning: look at hand-written code:\n");
            let mentions: Vec<String> = self.mentions.iter().map(Mention::to_string).collect();
            write_some(text, &mentions);
        }
        if !self.errors.is_empty() {
            text.push_str("warning: the client does not compile any more:\n");
            write_some(text, &self.errors);
        }
    }

    /// The changes of the public API: `+ field types::Pet.age: i32`.
    pub(crate) fn lines(&self) -> Vec<String> {
        let changes = self.changes.iter();
        let text: Vec<String> = changes.map(RustChange::text).collect();
        let lines = text.iter().flat_map(|text| text.lines());
        lines.map(str::to_owned).collect()
    }

    pub(crate) fn has_changes(&self) -> bool {
        !self.changes.is_empty()
    }

    pub(crate) fn look_at(&self) -> Value {
        let mentions = self.mentions.iter().map(|it| {
            json!({"file": it.file, "line": it.line, "column": it.column, "item": it.item, "why": it.why})
        });
        mentions.collect::<Vec<_>>().into()
    }

    pub(crate) fn errors(&self) -> &[String] {
        &self.errors
    }
}

/// The Rust files that people write and that can name what is generated.
pub(crate) fn hand_written(root: &Path) -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for folder in HAND_WRITTEN {
        let found = tree::read(&root.join(folder))?;
        let found = found.into_iter().filter(is_rust).map(|mut file| {
            file.path = format!("{folder}/{}", file.path);
            file
        });
        files.extend(found.filter(|file| !file.path.starts_with(GENERATED)));
    }
    Ok(files)
}

/// The public API of the client with these generated files, or of these files alone if there is no other.
fn outline(
    written: &[File],
    generated: &[File],
) -> Result<String, releasepack_codegen::OutlineError> {
    let is_alone = !written.iter().any(|file| file.path == "lib.rs");
    let generated = generated.iter().map(|file| {
        let path = match (is_alone, file.path.as_str()) {
            (true, "mod.rs") => "lib.rs".to_owned(),
            (true, path) => path.to_owned(),
            (false, path) => format!("{}/{path}", inside()),
        };
        File::new(path, &file.text)
    });
    let files: Vec<File> = written.iter().cloned().chain(generated).collect();
    if files.iter().all(|file| file.path != "lib.rs") {
        // Nothing was generated yet.
        return Ok(String::new());
    }
    Ok(of_crate(&files)?.to_text())
}

/// The folder of the generated files among the source files of the client.
fn inside() -> &'static str {
    GENERATED
        .trim_start_matches(CLIENT_SOURCES)
        .trim_start_matches('/')
}

fn is_rust(file: &File) -> bool {
    Path::new(&file.path)
        .extension()
        .is_some_and(|it| it == "rs")
}

/// Some lines, and how many more there are.
fn write_some(text: &mut String, lines: &[String]) {
    for line in lines.iter().take(MOST) {
        let _ = writeln!(text, "  {line}");
    }
    if let Some(more) = lines.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(text, "  and {more} more");
    }
}
