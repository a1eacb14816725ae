//! What the specification requires with the word MUST (or REQUIRED, or SHALL), as far as a generator meets it.
//!
//! Whatever breaks one of these rules is a warning at least, also if the client can be generated in spite of it. A test breaks each
//! of them. Requirements that say what an implementation must do are not here, only those that a document can break.

mod bodies;
mod document;
mod parameters;
mod paths;
mod responses;
mod schemas;
mod security;
mod validation;

use crate::diagnostic::Code;

/// A requirement of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Must {
    /// The section of OpenAPI 3.0.4, 3.1.2 or 3.2.0, or of JSON Schema ("Validation", "Core"), and the member.
    pub section: &'static str,
    /// What it requires.
    pub about: &'static str,
    /// The diagnostic of a document that does not meet it.
    pub code: Code,
}

const fn must(section: &'static str, about: &'static str, code: Code) -> Must {
    Must {
        section,
        about,
        code,
    }
}

/// The requirements by what they are about, in the order of the specification.
///
/// ```
/// use releasepack_codegen::MUSTS;
///
/// let (_, of_parameters) = MUSTS.iter().find(|(name, _)| *name == "parameters").unwrap();
/// assert!(of_parameters.iter().any(|must| must.about == "a path parameter is required"));
/// ```
pub const MUSTS: &[(&str, &[Must])] = &[
    ("document", document::MUSTS),
    ("paths", paths::MUSTS),
    ("parameters", parameters::MUSTS),
    ("bodies", bodies::MUSTS),
    ("responses", responses::MUSTS),
    ("schemas", schemas::MUSTS),
    ("security", security::MUSTS),
    ("validation", validation::MUSTS),
];
