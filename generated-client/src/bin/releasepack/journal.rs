//! The journal: a file that says what was asked of the platform and what became of it, also if the process was killed in between.
//!
//! Each line is a JSON object. A line is on the disk before the release is sent, and another one as soon as the response is there.
//! What an attempt is now follows from its lines: see [`Attempt`].

mod line;
mod read;

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub(crate) use line::Event;
use line::Line;
pub(crate) use read::{Attempt, Standing};

use crate::end::End;
use crate::report::Report;

/// An open journal.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    attempts: Vec<Attempt>,
}

impl Journal {
    /// Opens a journal, or begins one, and reads it.
    pub(crate) fn open(path: &Path, report: &mut Report) -> Result<Self, End> {
        let failed = |error: io::Error| {
            End::invalid(format!(
                "the journal {} cannot be used: {error}",
                path.display()
            ))
        };
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(failed)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(failed)?;
        let (attempts, unread) = read::attempts(&text);
        for number in unread {
            report.warn(format!(
                "{}:{number}: this line of the journal cannot be read",
                path.display()
            ));
        }
        sync_folder(path);
        Ok(Self {
            path: path.to_owned(),
            file,
            attempts,
        })
    }

    /// Opens the journal if there is to be one.
    pub(crate) fn open_if_named(
        path: Option<&Path>,
        report: &mut Report,
    ) -> Result<Option<Self>, End> {
        path.map(|path| Self::open(path, report)).transpose()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The attempts, oldest first.
    pub(crate) fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The last attempt for a pack whose outcome is not known.
    pub(crate) fn open_attempt(&self, url: &str, pack: &str) -> Option<&Attempt> {
        let attempts = self.attempts.iter().rev();
        attempts
            .filter(|it| it.url == url && it.pack == pack)
            .find(|it| it.standing == Standing::Open)
    }

    /// Adds what became known of an attempt. What was sent cannot be taken back, so a fault is a warning that shows the line.
    pub(crate) fn add(&mut self, attempt: &str, event: Event, report: &mut Report) {
        if let Err((line, error)) = self.write(attempt, event) {
            report.warn(format!(
                "the journal {} cannot be written ({error}); add this line to it: {line}",
                self.path.display()
            ));
        }
    }

    /// Adds what is asked of the platform, and returns the id of the attempt. Nothing may be sent if this fails.
    pub(crate) fn begin(&mut self, event: Event) -> Result<String, End> {
        let attempt = format!("{:016x}", fastrand::u64(..));
        match self.write(&attempt, event) {
            Ok(()) => Ok(attempt),
            Err((_, error)) => Err(End::invalid(format!(
                "nothing was sent, because the journal {} cannot be written: {error}",
                self.path.display()
            ))),
        }
    }

    /// Writes a line to the disk.
    fn write(&mut self, attempt: &str, event: Event) -> Result<(), (String, io::Error)> {
        let line = Line {
            time: Timestamp::now(),
            attempt: attempt.to_owned(),
            event,
        };
        let text = match serde_json::to_string(&line) {
            Ok(text) => text,
            Err(error) => return Err((String::new(), error.into())),
        };
        let written = self.is_torn().and_then(|is_torn| {
            let start = if is_torn { "\n" } else { "" };
            // One write, so that lines of two processes do not mix.
            self.file.write_all(format!("{start}{text}\n").as_bytes())?;
            self.file.sync_all()
        });
        written.map_err(|error| (text, error))
    }

    /// Whether the last line was not written to its end.
    fn is_torn(&mut self) -> io::Result<bool> {
        if self.file.metadata()?.len() == 0 {
            return Ok(false);
        }
        let mut last = [0];
        self.file.seek(SeekFrom::End(-1))?;
        self.file.read_exact(&mut last)?;
        Ok(last != *b"\n")
    }
}

/// Makes a new file survive a power failure, where the system can.
#[cfg(unix)]
fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // Without it, the file itself is on the disk all the same.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) {}
