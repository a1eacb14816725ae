//! Reports what is wrong in a document, and what later steps would reject or change.
//!
//! Each rule has one file, a code with a page of documentation, and one entry in [`RULES`]. Rules read the document as it was
//! published (with overlays applied and files bundled) and change nothing.

mod addresses;
mod bounds;
mod discriminators;
mod examples;
mod json_schema;
mod links;
mod members;
mod musts;
mod normalization;
mod operations;
mod parameters;
mod paths;
mod references;
mod schemas;
mod security;
mod security_schemes;
mod servers;
mod structure;
mod styles;
mod swagger;
mod tags;
mod unused;
mod vocabulary;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::nearest::Suggestions;
use crate::normalize::Pass;
use crate::openapi::Version;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::place::Place;
use crate::openapi::read;
use crate::pointer::Pointer;

pub use musts::{MUSTS, Must};
pub use vocabulary::{Keyword, Verdict, vocabulary};

/// One rule.
pub struct Rule {
    /// The codes of its diagnostics, the most frequent first; each has a page of documentation.
    pub codes: &'static [Code],
    /// What it requires of a document, in a sentence.
    pub about: &'static str,
    check: fn(&mut Report),
    /// Whether it reads Swagger 2.0 as it was published. Other rules read what it is converted to.
    reads_swagger: bool,
}

/// The document that the rules check, and what they have reported.
struct Report<'d> {
    document: &'d Value,
    /// The version that the author wrote. A converted document has a newer one.
    version: Version,
    found: Vec<Diagnostic>,
    suggestions: Suggestions,
}

impl<'d> Report<'d> {
    fn new(document: &'d Value) -> Self {
        Self {
            document,
            version: Version::of(document).unwrap_or(Version::V3_0),
            found: Vec::new(),
            suggestions: Suggestions::default(),
        }
    }

    /// Visits every node of a kind.
    fn each(&mut self, wanted: Kind, mut visit: impl FnMut(&mut Self, &Place, &'d Value)) {
        read::nodes(self.document, |kind, place, node| {
            if kind == wanted {
                visit(self, place, node);
            }
        });
    }

    /// Visits every value that OpenAPI knows, also malformed ones; `visit` decides whether to visit what is inside.
    fn walk(&mut self, mut visit: impl FnMut(&mut Self, Holds, &Place, &'d Value) -> bool) {
        let whole = Holds::One(Kind::root(self.document));
        read::walk(
            self.document,
            whole,
            &Pointer::root(),
            &mut |holds, place, node| visit(self, holds, place, node),
        );
    }

    fn error(
        &mut self,
        code: Code,
        place: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found
            .push(Diagnostic::error(code, place, message).help(help));
    }

    fn warn(
        &mut self,
        code: Code,
        place: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found
            .push(Diagnostic::warning(code, place, message).help(help));
    }

    fn note(
        &mut self,
        code: Code,
        place: Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found
            .push(Diagnostic::note(code, place, message).help(help));
    }

    /// The help for an unknown name: the known name that it resembles, or else other help.
    fn suggest<'c>(
        &mut self,
        name: &str,
        known: impl IntoIterator<Item = &'c str>,
        otherwise: &str,
    ) -> String {
        match self.suggestions.nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => otherwise.to_owned(),
        }
    }
}

/// Every rule, in the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        codes: &[
            Code::DANGLING_REFERENCE,
            Code::MISTAKEN_REFERENCE,
            Code::REFERENCE_LOOP,
        ],
        about: "Each `$ref` refers to a node of the document that is allowed at its place.",
        check: references::check,
        reads_swagger: true,
    },
    Rule {
        codes: &[Code::WRONG_TYPE, Code::MISSING_MEMBER, Code::UNKNOWN_MEMBER],
        about: "Each object has the members that OpenAPI defines, with values of their types.",
        check: structure::check,
        reads_swagger: true,
    },
    Rule {
        codes: &[Code::MISSING_MEMBER, Code::INVALID_VALUE],
        about: "Parameters of Swagger 2.0 have the members that their location requires.",
        check: swagger::check,
        reads_swagger: true,
    },
    Rule {
        codes: &[
            Code::DUPLICATE_OPERATION_ID,
            Code::MISSING_MEMBER,
            Code::INVALID_VALUE,
        ],
        about: "Operations have different ids, responses, and each method its own member.",
        check: operations::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[
            Code::UNDECLARED_PATH_PARAMETER,
            Code::UNUSED_PATH_PARAMETER,
            Code::OPTIONAL_PATH_PARAMETER,
            Code::DUPLICATE_PARAMETER,
            Code::INVALID_VALUE,
            Code::MISSING_MEMBER,
        ],
        about: "Parameters are declared once, fit the path, and have a form in which they can be sent.",
        check: parameters::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::INVALID_VALUE, Code::CONFLICTING_MEMBERS],
        about: "The style and the name of a parameter, a header or a part belong to its location.",
        check: styles::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[
            Code::INVALID_VALUE,
            Code::INVALID_PATTERN,
            Code::ARRAY_WITHOUT_ITEMS,
            Code::UNDEFINED_REQUIRED_PROPERTY,
            Code::CONFLICTING_MEMBERS,
        ],
        about: "Keywords of schemas have values that JSON Schema and OpenAPI allow.",
        check: schemas::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::INVALID_VALUE],
        about: "Keywords that JSON Schema 2020-12 added or changed have values that it allows.",
        check: json_schema::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::INVALID_VALUE, Code::MISSING_MEMBER],
        about: "Discriminators have a mapping of strings, and a default where they need it.",
        check: discriminators::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[
            Code::CONFLICTING_MEMBERS,
            Code::INVALID_VALUE,
            Code::INVALID_NAME,
            Code::UNDEFINED_ENCODING,
            Code::DEFAULT_MISMATCH,
        ],
        about: "Members that exclude each other are apart, and names and values are valid.",
        check: members::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::MISSING_MEMBER, Code::INVALID_VALUE],
        about: "Security schemes and OAuth flows have the members that their types need.",
        check: security_schemes::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::DUPLICATE_TAG, Code::INVALID_VALUE],
        about: "Tags have different names and parents that exist.",
        check: tags::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::INVALID_VALUE],
        about: "Addresses are URIs or email addresses.",
        check: addresses::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::EXAMPLE_MISMATCH, Code::DEFAULT_MISMATCH],
        about: "Examples and defaults are valid for their schemas.",
        check: examples::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::CONTRADICTORY_BOUNDS],
        about: "The lower bound of a value is not above its upper bound.",
        check: bounds::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::EQUIVALENT_PATHS, Code::INVALID_PATH],
        about: "Paths begin with a slash, and two paths differ in more than the names of their parameters.",
        check: paths::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::UNDEFINED_SECURITY_SCHEME, Code::INVALID_VALUE],
        about: "Security requirements name security schemes of the document, and scopes where these have some.",
        check: security::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::UNDEFINED_SERVER_VARIABLE, Code::INVALID_VALUE],
        about: "The variables in the URL of a server are defined, and the URL is the beginning of others.",
        check: servers::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::DANGLING_LINK, Code::MISSING_MEMBER],
        about: "Links name operations of the document.",
        check: links::check,
        reads_swagger: false,
    },
    Rule {
        codes: &[Code::UNUSED_COMPONENT],
        about: "Operations use every component.",
        check: unused::check,
        reads_swagger: true,
    },
    Rule {
        codes: &[Code::KEYWORD_WITHOUT_EFFECT],
        about: "Keywords have an effect on the client.",
        check: vocabulary::check,
        reads_swagger: true,
    },
    Rule {
        codes: &[Code::NORMALIZATION],
        about: "No pass has to change the document; what cannot be expressed is an error with its own code.",
        check: normalization::check,
        reads_swagger: true,
    },
];

/// Checks a document, Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2, against every rule.
///
/// The diagnostics have pointers into `document`; [`Bundle::place_all`](crate::bundle::Bundle::place_all) finds the file and the line.
///
/// ```
/// use releasepack_codegen::lint;
/// use serde_json::json;
///
/// let document = json!({
///     "openapi": "3.0.3",
///     "info": {"title": "Pets", "version": "1"},
///     "paths": {"/pets": {"get": {"operationId": "listPets", "responses": {"200": {"$ref": "#/components/responses/Pet"}}}}},
///     "components": {"responses": {"Pets": {"description": "All pets"}}},
/// });
/// let found = lint(&document);
/// assert!(found.iter().any(|it| it.message == "`#/components/responses/Pet` does not exist"));
/// ```
#[must_use]
pub fn lint(document: &Value) -> Vec<Diagnostic> {
    let converted = swagger::Converted::of(document);
    let mut report = Report::new(document);
    for rule in RULES {
        match &converted {
            Some(converted) if !rule.reads_swagger => report.found.extend(converted.check(rule)),
            _ => {
                report.suggestions = Suggestions::default();
                (rule.check)(&mut report);
            }
        }
    }
    limit(report.found)
}

/// Runs the passes of normalization up to one, and gives the changes and the diagnostics of that one.
#[must_use]
pub fn lint_pass(document: &Value, pass: &Pass) -> Vec<Diagnostic> {
    limit(normalization::of_pass(document, pass))
}

/// How many diagnostics of one code are shown. The rest is counted: nobody reads more, and a report must end.
const MAX_OF_A_CODE: usize = 10_000;

fn limit(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut rest: BTreeMap<Code, (usize, Severity)> = BTreeMap::new();
    let mut shown = Vec::with_capacity(found.len());
    for diagnostic in found {
        let (count, worst) = rest.entry(diagnostic.code).or_insert((0, Severity::Note));
        *count += 1;
        if *count <= MAX_OF_A_CODE {
            shown.push(diagnostic);
        } else {
            *worst = (*worst).max(diagnostic.severity);
        }
    }
    rest.retain(|_, (count, _)| *count > MAX_OF_A_CODE);
    shown.extend(rest.into_iter().map(|(code, (count, severity))| {
        let more = count - MAX_OF_A_CODE;
        let message = format!("{more} more diagnostics of this kind are not shown");
        let note = Diagnostic::note(code, Pointer::root(), message);
        Diagnostic { severity, ..note }
    }));
    shown
}
