//! The first step: bytes become a value that remembers where each of its nodes stands in the text.
//!
//! YAML and JSON are told apart by content. The step knows nothing of OpenAPI.

mod emit;
mod fault;
mod json;
mod lines;
mod number;
mod scalar;
mod spans;
mod yaml;

pub use emit::{to_json, to_yaml};

use serde_json::Value;
use std::fmt;

use crate::{Code, Diagnostic, Location, Pointer};
use fault::{Fault, Faults};
pub(crate) use lines::Lines;
use spans::{Finder, Spans};

/// The longest document that is read, in bytes.
pub const MAX_BYTES: usize = 100 * 1024 * 1024;

/// The deepest nesting of objects and arrays that is read. Published documents stay below 60.
pub const MAX_DEPTH: usize = 200;

/// How many values are read, those in objects and arrays counted one by one. Published documents stay below 1.5 million.
const MAX_NODES: usize = 3_000_000;

/// How the text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2, core schema.
    Yaml,
}

/// A document: its text, its value, and where each node of the value stands in the text.
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
}

/// What a reader of one format gives.
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
    /// `name` is what diagnostics call the file. A byte order mark is skipped; lines may end in LF, CRLF or CR.
    ///
    /// # Errors
    ///
    /// Bytes that are no YAML or JSON object, each fault with a diagnostic that names the place: not UTF-8, empty, a web
    /// page, a syntax error, a key written twice, deeper than [`MAX_DEPTH`], longer than [`MAX_BYTES`], millions of values,
    /// YAML aliases that expand without bound. Time and memory stay proportional to the length of the input.
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
        };
        let (errors, warnings) = document.sort_out(parsed.faults.end());
        if errors.is_empty() {
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
                diagnostic.severity = crate::Severity::Warning;
                warnings.push(diagnostic);
            }
        }
        (errors, warnings)
    }

    /// What the user called the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the text was written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The value; members stand in the order of the text.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What was read otherwise than written: numbers that no 64 bits hold. Placed.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Where a node stands: a scalar where its text begins, an object or array where its key stands. A place that the
    /// document does not have is looked for at its nearest ancestor.
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let offset = self.spans.offset(&self.value, pointer);
        self.lines.location(&self.text, offset)
    }

    /// [`Document::place`] for any number of diagnostics, in time that does not grow with the size of the document.
    #[must_use]
    pub fn place_all(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut finder = Finder::new(&self.spans, &self.value);
        let mut placed = diagnostics;
        for diagnostic in placed.iter_mut().filter(|it| it.location.is_none()) {
            let offset = finder.offset(&diagnostic.pointer);
            diagnostic.location = Some(self.lines.location(&self.text, offset));
            diagnostic.file.clone_from(&self.name);
        }
        placed
    }

    /// Fills in the file and the location of a diagnostic whose pointer is one of this document. One that has a location
    /// already is left as it is.
    #[must_use]
    pub fn place(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if diagnostic.location.is_none() {
            diagnostic.location = Some(self.locate(&diagnostic.pointer));
            diagnostic.file.clone_from(&self.name);
        }
        diagnostic
    }
}

/// Reads one of the two formats. What cannot be read gives all that is wrong with it, the fault that ended the reading last.
fn read(name: &str, text: &str, lines: &Lines) -> (Format, Result<Parsed, Vec<Fault>>) {
    // A flow mapping of YAML begins like JSON does, so what fails as JSON is tried again when its name promises YAML.
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
        // The last one: a name that is quoted before may be anything.
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

/// Where a member stands among its siblings. Asks the hash table first: walking over the names is for names that are
/// there.
fn position(members: &serde_json::Map<String, Value>, name: &str) -> Option<usize> {
    let is_there = members.contains_key(name);
    is_there
        .then(|| members.keys().position(|other| other == name))
        .flatten()
}

/// Bytes to text; whatever is no text that could hold a document ends here.
fn decode<'t>(name: &str, bytes: &'t [u8]) -> Result<&'t str, Vec<Diagnostic>> {
    let fail = |text: &str, fault| Err(vec![diagnose(name, text, &Lines::new(text), fault)]);
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "the document is {} bytes long; at most {MAX_BYTES} are read",
            bytes.len()
        );
        let help = "slice it before, or take out large examples";
        return fail("", Fault::error(Code::DOCUMENT_TOO_LARGE, 0, message, help));
    }
    if let Some((message, help)) = wide(bytes) {
        return fail("", Fault::error(Code::INVALID_ENCODING, 0, message, help));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            let before = std::str::from_utf8(valid)
                .expect("the bytes before the first invalid one are valid UTF-8");
            let message = format!("the byte 0x{:02X} is not UTF-8", bytes[valid.len()]);
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
            "check the path, or whatever fetched the file",
        );
        return fail(text, fault);
    }
    if is_web_page(begin) {
        let fault = Fault::error(
            Code::UNSUPPORTED_DOCUMENT,
            text.len() - begin.len(),
            "this is a web page or XML, not an OpenAPI document",
            "fetch the document itself: documentation pages usually link to it as openapi.json or openapi.yaml",
        );
        return fail(text, fault);
    }
    Ok(text)
}

/// Tells the encodings whose characters are two or four bytes long: by their byte order marks, and without one by the zeros
/// around the first character, which is an ASCII one in every document.
fn wide(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const UTF_16: &str = "the document is UTF-16, not UTF-8";
    const UTF_32: &str = "the document is UTF-32, not UTF-8";
    Some(match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => (
            UTF_32,
            "convert it, for example with `iconv -f UTF-32 -t UTF-8`",
        ),
        [first, 0, 0, 0, ..] if *first != 0 => (
            UTF_32,
            "convert it, for example with `iconv -f UTF-32LE -t UTF-8`",
        ),
        [0, 0, 0, last, ..] if *last != 0 => (
            UTF_32,
            "convert it, for example with `iconv -f UTF-32BE -t UTF-8`",
        ),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => (
            UTF_16,
            "convert it, for example with `iconv -f UTF-16 -t UTF-8`",
        ),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => (
            UTF_16,
            "convert it, for example with `iconv -f UTF-16LE -t UTF-8`",
        ),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => (
            UTF_16,
            "convert it, for example with `iconv -f UTF-16BE -t UTF-8`",
        ),
        _ => return None,
    })
}

/// No YAML or JSON object begins with `<` (a merge key, `<<`, is two of them).
fn is_web_page(text: &str) -> bool {
    text.starts_with('<') && !text.starts_with("<<")
}
