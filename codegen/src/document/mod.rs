//! The first step: reads bytes as a value, and remembers the place of each node in the text.
//!
//! The content decides between YAML and JSON. Of OpenAPI, the step knows only where values are always strings.

mod emit;
mod fault;
mod json;
mod scalar;
mod spans;
mod texts;
mod tolerant;
mod yaml;

use std::fmt;

pub use emit::{to_json, to_yaml};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::lines::{Lines, Location};
use crate::pointer::Pointer;
use fault::{Fault, Faults};
use spans::{Finder, Spans};

/// The largest document that can be read, in bytes.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;

/// The deepest nesting of objects and arrays that can be read. Published documents stay below 60.
const MAX_DEPTH: usize = 200;

/// The largest number of values that can be read, with those in objects and arrays. Published documents stay below 1.5 million.
const MAX_NODES: usize = 3_000_000;

/// The format of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2, core schema.
    Yaml,
}

/// A document: its text, its value, and the place of each node of the value in the text.
///
/// ```
/// use releasepack_codegen::{Document, Pointer};
///
/// let document = Document::parse("pets.yaml", b"openapi: 3.0.3\npaths:\n  /pets: {}\n").unwrap();
/// assert_eq!(document.value()["openapi"], "3.0.3");
///
/// let place = document.locate(&Pointer::parse("/paths/~1pets").unwrap());
/// assert_eq!((place.line, place.column), (3, 3));
/// ```
#[derive(Clone)]
pub struct Document {
    name: String,
    text: String,
    format: Format,
    value: Value,
    spans: Spans,
    lines: Lines,
    warnings: Vec<Diagnostic>,
    exact: Vec<Pointer>,
}

/// The result of reading one format.
struct Parsed {
    value: Value,
    spans: Spans,
    faults: Faults,
}

impl fmt::Debug for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Document")
            .field("name", &self.name)
            .field("format", &self.format)
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl Document {
    /// Reads a document.
    ///
    /// `name` is the name of the file in diagnostics. A byte order mark is skipped. Lines may end in LF, CRLF or CR.
    ///
    /// # Errors
    ///
    /// The bytes are not a valid document. There is a diagnostic with a place for each fault: not UTF-8, empty, a web page, a
    /// syntax error, a duplicate key, deeper than 200 levels, larger than [`MAX_BYTES`], millions of values, or YAML aliases
    /// that expand too far. Time and memory stay proportional to the length of the input.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let text = decode(name, bytes)?;
        let lines = Lines::new(text);
        let (format, parsed) = read(name, text, &lines);
        let parsed = parsed.map_err(|faults| {
            let errors = faults.into_iter().filter(|fault| fault.error);
            let errors = errors.map(|fault| diagnose(name, text, &lines, fault));
            errors.collect::<Vec<_>>()
        })?;
        let mut document = Self {
            name: name.to_owned(),
            text: text.to_owned(),
            format,
            value: parsed.value,
            spans: parsed.spans,
            lines,
            warnings: Vec::new(),
            exact: Vec::new(),
        };
        let (errors, warnings) = document.sort_out(parsed.faults.end());
        if errors.is_empty() {
            document.exact = texts::restore(&document.text, &document.spans, &mut document.value);
            document.warnings = warnings;
            Ok(document)
        } else {
            Err(errors)
        }
    }

    fn sort_out(&self, faults: Vec<Fault>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let (mut errors, mut warnings) = (Vec::new(), Vec::new());
        for fault in faults {
            let is_error = fault.error;
            let offset = fault.first.unwrap_or(fault.offset);
            let mut diagnostic = diagnose(&self.name, &self.text, &self.lines, fault);
            diagnostic.pointer = self.spans.pointer_at(&self.value, offset);
            if is_error {
                errors.push(diagnostic);
            } else {
                diagnostic.severity = Severity::Warning;
                warnings.push(diagnostic);
            }
        }
        (errors, warnings)
    }

    /// The name of the file, as the user wrote it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The format of the text.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The value; members have the order of the text.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Warnings, with their places: numbers that do not fit in 64 bits, and YAML that only tolerant readers accept.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The schemas of numbers that have a value with more digits than a float.
    pub(crate) fn exact(&self) -> &[Pointer] {
        &self.exact
    }

    /// The location of a node: for a scalar, the beginning of its text; for an object or array, its key. If the document has no
    /// node at the pointer, the location of its nearest ancestor.
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let offset = Finder::new(&self.spans, &self.value).offset(pointer);
        self.lines.location(&self.text, offset)
    }

    /// [`Document::locate`] for many nodes. The time for each does not grow with the size of the document.
    pub(crate) fn locate_all<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p Pointer>,
    ) -> Vec<Location> {
        let mut finder = Finder::new(&self.spans, &self.value);
        let pointers = pointers.into_iter();
        pointers
            .map(|pointer| self.lines.location(&self.text, finder.offset(pointer)))
            .collect()
    }

    /// [`Document::place`] for many diagnostics. The time for each does not grow with the size of the document.
    #[must_use]
    pub fn place_all(&self, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut finder = Finder::new(&self.spans, &self.value);
        for diagnostic in diagnostics.iter_mut().filter(|it| it.location.is_none()) {
            let offset = finder.offset(&diagnostic.pointer);
            diagnostic.location = Some(self.lines.location(&self.text, offset));
            diagnostic.file.clone_from(&self.name);
        }
        diagnostics
    }

    /// Sets the file and the location of a diagnostic about this document. A diagnostic that already has a location does not
    /// change.
    #[must_use]
    pub fn place(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if diagnostic.location.is_none() {
            diagnostic.location = Some(self.locate(&diagnostic.pointer));
            diagnostic.file.clone_from(&self.name);
        }
        diagnostic
    }
}

/// Reads YAML or JSON. On failure, gives all faults; the last one stopped the reader.
fn read(name: &str, text: &str, lines: &Lines) -> (Format, Result<Parsed, Vec<Fault>>) {
    // A flow mapping of YAML begins like JSON. If it is not valid JSON and the name allows YAML, it is read as YAML.
    let is_json = text.trim_start().starts_with(['{', '[']);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let may_be_yaml = !is_json || matches!(extension, "yaml" | "yml");
    if is_json {
        let parsed = json::read(text);
        let is_other_syntax = parsed.as_ref().is_err_and(|faults| {
            faults
                .last()
                .is_some_and(|fault| fault.code == Code::INVALID_SYNTAX)
        });
        if !(is_other_syntax && may_be_yaml) {
            return (Format::Json, parsed);
        }
    }
    (Format::Yaml, yaml::read(text, lines))
}

fn diagnose(name: &str, text: &str, lines: &Lines, fault: Fault) -> Diagnostic {
    let mut message = fault.message;
    if let Some(first) = fault.first {
        let first = lines.location(text, first);
        // The last occurrence: a quoted key before it may contain the same text.
        if let Some(at) = message.rfind("{first}") {
            let place = format!("{}:{}", first.line, first.column);
            message.replace_range(at..at + "{first}".len(), &place);
        }
    }
    let mut diagnostic = Diagnostic::error(fault.code, Pointer::root(), message).help(fault.help);
    name.clone_into(&mut diagnostic.file);
    diagnostic.location = Some(lines.location(text, fault.offset));
    diagnostic
}

/// The position of a member in its object. Looks it up by hash first, because searching all names is slow.
fn position(members: &serde_json::Map<String, Value>, name: &str) -> Option<usize> {
    let is_there = members.contains_key(name);
    is_there
        .then(|| members.keys().position(|other| other == name))
        .flatten()
}

/// Decodes the bytes as text. Bytes that cannot be a document are an error.
fn decode<'t>(name: &str, bytes: &'t [u8]) -> Result<&'t str, Vec<Diagnostic>> {
    let fail = |text: &str, fault| Err(vec![diagnose(name, text, &Lines::new(text), fault)]);
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the document is {} bytes long; the limit is {MAX_BYTES} bytes",
            bytes.len()
        );
        let help = "slice the document first, or remove large examples";
        return fail("", Fault::error(Code::DOCUMENT_TOO_LARGE, 0, message, help));
    }
    if let Some(encoding) = wide(bytes) {
        let message = format!("the document is {}, not UTF-8", &encoding[..6]);
        let help = format!("convert it, for example with `iconv -f {encoding} -t UTF-8`");
        return fail("", Fault::error(Code::INVALID_ENCODING, 0, message, help));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            let before = std::str::from_utf8(valid)
                .expect("the bytes before the first invalid one are valid UTF-8");
            let message = format!("the byte 0x{:02X} is not valid UTF-8", bytes[valid.len()]);
            let help = "save the document as UTF-8";
            let fault = Fault::error(Code::INVALID_ENCODING, before.len(), message, help);
            return fail(before, fault);
        }
    };
    let begin = text.trim_start();
    if begin.is_empty() {
        let fault = Fault::error(
            Code::EMPTY_DOCUMENT,
            0,
            "the document is empty",
            "check the path, or the tool that downloaded the file",
        );
        return fail(text, fault);
    }
    if is_web_page(begin) {
        let fault = Fault::error(
            Code::UNSUPPORTED_DOCUMENT,
            text.len() - begin.len(),
            "this is a web page or XML, not an OpenAPI document",
            "download the document itself: documentation pages usually have a link to openapi.json or openapi.yaml",
        );
        return fail(text, fault);
    }
    Ok(text)
}

/// Detects UTF-16 and UTF-32, by the names that `iconv` has for them: by the byte order mark or, without one, by the zero bytes
/// around the first character, which is ASCII in every document.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => "UTF-32",
        [first, 0, 0, 0, ..] if *first != 0 => "UTF-32LE",
        [0, 0, 0, last, ..] if *last != 0 => "UTF-32BE",
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => "UTF-16LE",
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => "UTF-16BE",
        _ => return None,
    })
}

/// A YAML or JSON object does not begin with `<`, except with the merge key `<<`.
fn is_web_page(text: &str) -> bool {
    text.starts_with('<') && !text.starts_with("<<")
}
