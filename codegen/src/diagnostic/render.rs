//! Renders diagnostics: as text with the source line and a caret for people, and as JSON for scripts.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::{Value, json};

use super::{Code, Diagnostic, Severity, shorten};
use crate::lines::{Lines, Location};

/// How many characters of a source line are shown before and after the place. A minified document is one line of megabytes.
const WINDOW: usize = 60;

/// How many diagnostics of one code and severity a text report shows. The others are only counted: nobody reads more.
const MAX_OF_A_CODE: usize = 100;

/// How many places of diagnostics that are equal to one that is shown are named.
const MAX_OF_PLACES: usize = 3;

/// Whether a report may contain colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    #[default]
    Plain,
    /// ANSI colours, for a terminal.
    Coloured,
}

/// Sorts diagnostics for a report: by file, place and code, the most serious first at each place. Removes duplicates.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|one, other| {
        let key = |it: &Diagnostic| (it.location, Reverse(it.severity), it.code);
        one.file
            .cmp(&other.file)
            .then_with(|| key(one).cmp(&key(other)))
            .then_with(|| one.pointer.cmp(&other.pointer))
            .then_with(|| one.message.cmp(&other.message))
    });
    diagnostics.dedup();
}

/// Renders diagnostics as text, in the given order, each with its source line. Warnings and notes that differ only in their
/// places are shown once, with the first places and the number of the others. For each code and severity, the first hundred are
/// shown; the end of the report gives the number of the others.
///
/// `source` gives the text of a file by its name in the diagnostics. Without the text, the report shows only the place.
///
/// ```
/// use releasepack_codegen::{Document, Style, render};
///
/// let text = "openapi: 3.0.3\ninfo: {title: Pets\n";
/// let faults = Document::parse("pets.yaml", text.as_bytes()).unwrap_err();
/// let report = render(&faults, |name| (name == "pets.yaml").then_some(text), Style::Plain);
/// assert!(report.starts_with("error[invalid-syntax]"));
/// assert!(report.contains("pets.yaml:3:1"));
/// ```
pub fn render<'s>(
    diagnostics: &[Diagnostic],
    source: impl Fn(&str) -> Option<&'s str>,
    style: Style,
) -> String {
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut files: HashMap<&str, Option<(&str, Lines)>> = HashMap::new();
    let mut report = String::new();
    let mut counts: BTreeMap<(Reverse<Severity>, Code), (usize, usize)> = BTreeMap::new();
    for equal in together(diagnostics) {
        let diagnostic = equal[0];
        let kind = (Reverse(diagnostic.severity), diagnostic.code);
        let (shown, hidden) = counts.entry(kind).or_default();
        if *shown == MAX_OF_A_CODE {
            *hidden += equal.len();
            continue;
        }
        *shown += 1;
        let file = files
            .entry(&diagnostic.file)
            .or_insert_with(|| source(&diagnostic.file).map(|text| (text, Lines::new(text))));
        let line = diagnostic.location.and_then(|location| {
            let (text, lines) = file.as_ref()?;
            let range = lines.range(text, location.line)?;
            let at = lines.byte_at(text, location, &range);
            Some(window(&text[range.clone()], at - range.start))
        });
        let mut group = group(diagnostic, line.as_ref());
        if let Some(others) = others(&equal[1..]) {
            group = group.element(Level::NOTE.message(others));
        }
        report.push_str(&renderer.render(&[group]));
        report.push_str("\n\n");
    }
    for ((Reverse(severity), code), (_, hidden)) in counts {
        if hidden > 0 {
            let rest = format!("… and {hidden} more of this code");
            let title = level(severity).primary_title(rest).id(code.name());
            report.push_str(&renderer.render(&[Group::with_title(title)]));
            report.push_str("\n\n");
        }
    }
    report
}

/// Puts warnings and notes together that differ only in their places, where the first of them is. Each error is alone: each must be
/// corrected.
fn together(diagnostics: &[Diagnostic]) -> Vec<Vec<&Diagnostic>> {
    let mut all: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for diagnostic in diagnostics {
        let Diagnostic {
            code,
            severity,
            message,
            help,
            ..
        } = diagnostic;
        if *severity == Severity::Error {
            all.push(vec![diagnostic]);
            continue;
        }
        match known.entry((severity, code, message, help)) {
            Entry::Occupied(at) => all[*at.get()].push(diagnostic),
            Entry::Vacant(free) => {
                free.insert(all.len());
                all.push(vec![diagnostic]);
            }
        }
    }
    all
}

/// The number of diagnostics that are equal to one that is shown, and the places of the first.
fn others(others: &[&Diagnostic]) -> Option<String> {
    if others.is_empty() {
        return None;
    }
    let places = others.iter().take(MAX_OF_PLACES).map(|it| {
        let file = printable(&it.file);
        match it.location {
            Some(Location { line, column }) => format!("{file}:{line}:{column}"),
            None => format!(
                "{file} {}",
                printable(&shorten::pointer(it.pointer.as_str()))
            ),
        }
    });
    let mut places: Vec<String> = places.collect();
    if others.len() > MAX_OF_PLACES {
        places.push("…".to_owned());
    }
    let count = others.len();
    Some(format!("and {count} more like it: {}", places.join(", ")))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

/// A part of a source line.
struct Excerpt {
    is_whole: bool,
    text: String,
    caret: std::ops::Range<usize>,
}

fn group<'d>(diagnostic: &'d Diagnostic, line: Option<&'d Excerpt>) -> Group<'d> {
    let mut group = level(diagnostic.severity)
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.code.name())
        .elements(None::<Snippet<'d, annotate_snippets::Annotation<'d>>>);
    // A snippet names its own place, unless it is only a part of the line.
    let is_whole = line.is_some_and(|line| line.is_whole);
    if !diagnostic.file.is_empty() && !is_whole {
        let mut origin = Origin::path(printable(&diagnostic.file));
        if let Some(Location { line, column }) = diagnostic.location {
            origin = origin.line(line as usize).char_column(column as usize);
        }
        group = group.element(origin);
    }
    if let (Some(line), Some(location)) = (line, diagnostic.location) {
        let snippet = Snippet::source(line.text.as_str())
            .path(is_whole.then(|| printable(&diagnostic.file)))
            .line_start(location.line as usize)
            .annotation(AnnotationKind::Primary.span(line.caret.clone()));
        group = group.element(snippet);
    }
    if !diagnostic.pointer.as_str().is_empty() {
        let place = printable(&shorten::pointer(diagnostic.pointer.as_str()));
        group = group.element(Level::NOTE.message(format!("at {place}")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    group
}

/// The part of a line around the byte `at`. The caret marks the key or scalar that begins there.
fn window(line: &str, at: usize) -> Excerpt {
    let is_long = line.char_indices().nth(2 * WINDOW).is_some();
    let start = match line[..at].char_indices().nth_back(WINDOW - 1) {
        Some((start, _)) if is_long => start,
        _ => 0,
    };
    let after = line[at..].char_indices().nth(WINDOW + 1);
    let end = after.map_or(line.len(), |(end, _)| at + end);
    let mut text = String::new();
    if start > 0 {
        text.push('…');
    }
    text.extend(line[start..at].chars().map(visible));
    let caret = text.len();
    text.extend(line[at..end].chars().map(visible));
    if end < line.len() {
        text.push('…');
    }
    let length = token_length(&text[caret..]);
    Excerpt {
        is_whole: start == 0 && end == line.len(),
        caret: caret..caret + length,
        text,
    }
}

/// The length in bytes of the key or scalar at the beginning of a text; at least one character.
fn token_length(text: &str) -> usize {
    let mut characters = text.char_indices();
    let Some((_, first)) = characters.next() else {
        return 0;
    };
    let end = match first {
        '"' | '\'' => characters
            .find(|(_, other)| *other == first)
            .map(|(at, _)| at + 1),
        '{' | '[' | '|' | '>' => Some(1),
        _ => characters
            .find(|(_, other)| !other.is_alphanumeric() && !"_-./$@".contains(*other))
            .map(|(at, other)| if at == 0 { other.len_utf8() } else { at }),
    };
    end.unwrap_or_else(|| text.trim_end_matches('…').trim_end().len())
        .max(first.len_utf8())
}

/// Text for a terminal. Text from a document must not control the terminal.
fn printable(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(character: char) -> char {
    let hides = matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    match character {
        '\t' | '\n' => ' ',
        other if other.is_control() || hides => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

/// The diagnostics as JSON: an object with `errors`, `warnings` and `notes` (the counts) and `diagnostics`, in the given order.
/// All diagnostics are there, also those that differ only in their places. Each diagnostic has `code`, `severity` (`error`, `warning` or `note`), `message`, `file`, `location` (`line` and `column`,
/// counted from one; `null` for the whole file), `pointer` (a JSON pointer) and, if there is advice, `help`.
///
/// Later versions may add members, but do not rename or remove any.
pub fn to_report_json(diagnostics: &[Diagnostic]) -> Value {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    };
    json!({
        "errors": count(Severity::Error),
        "warnings": count(Severity::Warning),
        "notes": count(Severity::Note),
        "diagnostics": diagnostics,
    })
}
