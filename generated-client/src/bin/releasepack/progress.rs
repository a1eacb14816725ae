//! How far a wait is: a bar on a terminal, else a line for each change.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::report::{one_line, write_error};

/// Shows how far a wait is, on standard error.
pub(crate) struct Progress {
    kind: Kind,
    last: Option<String>,
}

enum Kind {
    Bar(ProgressBar),
    Lines,
    Silent,
}

impl Progress {
    pub(crate) fn new(is_bar: bool, is_silent: bool) -> Self {
        let kind = match (is_bar, is_silent) {
            (true, _) => Kind::Bar(bar()),
            (false, true) => Kind::Silent,
            (false, false) => Kind::Lines,
        };
        Self { kind, last: None }
    }

    /// Shows a text and a percentage, and returns whether the text is new.
    pub(crate) fn show(&mut self, text: &str, percent: Option<u8>) -> bool {
        let is_new = self.last.as_deref() != Some(text);
        match &self.kind {
            Kind::Bar(bar) => {
                if let Some(percent) = percent {
                    bar.set_position(percent.into());
                }
                bar.set_message(one_line(text));
            }
            Kind::Lines if is_new => write_error(&format!("  {}", one_line(text))),
            Kind::Lines | Kind::Silent => {}
        }
        self.last = Some(text.to_owned());
        is_new
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Kind::Bar(bar) = &self.kind {
            bar.finish_and_clear();
        }
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(100);
    let style = ProgressStyle::with_template("{elapsed_precise} [{bar:30}] {msg}");
    // The template is known to be valid; without it, the bar has another look.
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("=> "));
    }
    // The time goes on between two questions.
    bar.enable_steady_tick(Duration::from_millis(500));
    bar
}
