//! Converts a valid OpenAPI document of any shape to one that the next steps can read. It means the same.
//!
//! A document goes in, and an OpenAPI 3.0 document in the normal form comes out. The work is done by passes: each has one
//! file, one fixture and one line in [`PASSES`], and notes what it changed. A node that cannot be expressed is rejected
//! at its place: in strict mode this is an error, in lenient mode the operation is left out with a warning.
//!
//! # The normal form of operations
//!
//! - A `$ref` refers to a component schema, always. Path items, parameters, request bodies, responses, headers and examples
//!   are written where they are used. There are no callbacks, links, webhooks and extensions, and only the document has
//!   servers.
//! - Each operation has a unique `operationId` and all its parameters. If requests do not use the key of its path as it
//!   is, the [`facts`] have the path template and the fixed query that are sent.
//! - The `{names}` in the path template and the path parameters are the same.
//! - A parameter has `name`, `in`, `required`, `style` and `explode`, and either a `schema`, or a `content` with one media
//!   type and its schema: then the value is sent as JSON. No parameter is a header that the client sets itself.
//! - A request body has `required` and exactly one media type with a schema. It can be sent as it is, or it is a range of
//!   binary media types (`image/*`). `encoding` belongs to forms and multipart bodies.
//! - The keys of `responses` are `200`…, `2XX`… and `default`; there is at least one. A response has no `content`, or one
//!   media type with a schema.
//! - The kind of a media type (`MediaKind::of_body`) determines its schema: any schema for JSON, an object for forms and
//!   multipart requests, `{"type": "string"}` for text and XML, `{"type": "string", "format": "binary"}` for bytes.
//!
//! `check` describes the normal form of schemas, and `normal_form` reads the document into the types of [`openapiv3`].

mod check;
pub(crate) mod compositions;
pub(crate) mod facts;
mod log;
pub(crate) mod naming;
pub(crate) mod normal_form;
pub(crate) mod operations;
pub(crate) mod schemas;
mod vendor_extensions;
pub(crate) mod versions;

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::pointer::Pointer;
use compositions::{all_of, base_discriminators, discriminators, union_variants, unions};
use facts::Facts;
pub use log::{Change, Strictness};
use log::{Log, Moves};
use naming::{component_names, inline_schemas};
use normal_form::NormalForm;
use operations::{
    bodiless_responses, encodings, malformed, operation_ids, parameter_content, parameters,
    path_templates, paths, references, request_bodies, responses, servers, shared_schemas,
    status_keys, unsupported,
};
use schemas::{
    additional_properties, arrays, boolean_schemas, bounds, endless_objects, enums, formats,
    malformed_schemas, nullable, number_sizes, read_write_only, recursion, reference_siblings,
    schema_references, schema_types, stray_keywords,
};

/// What holds while a pass runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// References may lead anywhere in the document, so nothing that they may refer to is removed.
    AsPublished,
    /// References to schemas lead to components. Shared nodes are copied to where they are used, then completed.
    Operations,
    /// Operations are complete. Passes look at one schema at a time.
    Schemas,
    /// Schemas have types. Compositions of several schemas are merged into one.
    Compositions,
    /// Schemas have their final shapes, and get names.
    Names,
}

/// One step of [`normalize`], as listed in [`PASSES`].
#[derive(Clone, Copy)]
pub struct Pass {
    /// Its name in reports, in kebab case. Its file has the same name.
    pub name: &'static str,
    /// What it does, as a phrase: "removes the servers of paths and operations".
    pub about: &'static str,
    /// When it runs.
    pub phase: Phase,
    /// The reason for this run, if the pass has run before.
    pub again: Option<&'static str>,
    apply: fn(&mut Value, &mut Log),
}

impl Pass {
    const fn new(name: &'static str, about: &'static str, apply: fn(&mut Value, &mut Log)) -> Self {
        Self {
            name,
            about,
            phase: Phase::AsPublished,
            again: None,
            apply,
        }
    }

    const fn during(mut self, phase: Phase) -> Self {
        self.phase = phase;
        self
    }

    const fn again(mut self, reason: &'static str) -> Self {
        self.again = Some(reason);
        self
    }

    /// Finds the pass with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        PASSES.iter().find(|pass| pass.name == name)
    }

    /// Finds the name of a pass that is similar to a misspelled one.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, PASSES.iter().map(|pass| pass.name))
    }
}

/// Why passes on schemas run twice.
const FOR_NEW_SCHEMAS: &str = "the passes on operations made new schemas, for example from the keywords of a Swagger 2.0 parameter";

/// Every pass, in the order in which [`normalize`] runs them. Some run twice; `Pass::again` says why.
pub const PASSES: &[Pass] = &[
    // Passes that read or repair the `$ref` of a schema belong here, before `references` removes what it may refer to.
    versions::swagger::PASS.during(Phase::AsPublished),
    versions::document::PASS.during(Phase::AsPublished),
    unsupported::PASS.during(Phase::AsPublished),
    malformed::PASS.during(Phase::AsPublished),
    malformed_schemas::PASS.during(Phase::AsPublished),
    // Documents of every version use newer keywords, and some of them are the targets of references.
    versions::schema::PASS.during(Phase::AsPublished),
    schema_references::PASS.during(Phase::AsPublished),
    status_keys::PASS.during(Phase::Operations),
    request_bodies::PASS.during(Phase::Operations),
    responses::PASS.during(Phase::Operations),
    shared_schemas::PASS.during(Phase::Operations),
    references::PASS.during(Phase::Operations),
    // From here on, `$ref` refers to schemas only, and components hold schemas and security schemes.
    encodings::PASS.during(Phase::Operations),
    parameters::PASS.during(Phase::Operations),
    parameter_content::PASS.during(Phase::Operations),
    paths::PASS.during(Phase::Operations),
    path_templates::PASS.during(Phase::Operations),
    operation_ids::PASS.during(Phase::Operations),
    servers::PASS.during(Phase::Operations),
    bodiless_responses::PASS.during(Phase::Operations),
    // Schemas in every place, one keyword after the other.
    malformed_schemas::PASS
        .during(Phase::Schemas)
        .again(FOR_NEW_SCHEMAS),
    versions::schema::PASS
        .during(Phase::Schemas)
        .again(FOR_NEW_SCHEMAS),
    schema_references::PASS
        .during(Phase::Schemas)
        .again(FOR_NEW_SCHEMAS),
    vendor_extensions::PASS.during(Phase::Schemas),
    boolean_schemas::PASS.during(Phase::Schemas),
    component_names::PASS.during(Phase::Schemas),
    reference_siblings::PASS.during(Phase::Schemas),
    schema_types::PASS.during(Phase::Schemas),
    nullable::PASS.during(Phase::Schemas),
    enums::PASS.during(Phase::Schemas),
    arrays::PASS.during(Phase::Schemas),
    formats::PASS.during(Phase::Schemas),
    // Compositions, when their parts have types.
    unions::PASS.during(Phase::Compositions),
    base_discriminators::PASS.during(Phase::Compositions),
    inline_schemas::COMPOSITIONS.during(Phase::Compositions),
    all_of::PASS.during(Phase::Compositions),
    additional_properties::PASS.during(Phase::Compositions),
    union_variants::PASS.during(Phase::Compositions),
    recursion::PASS.during(Phase::Compositions),
    endless_objects::PASS.during(Phase::Compositions),
    read_write_only::PASS.during(Phase::Compositions),
    number_sizes::PASS.during(Phase::Compositions),
    bounds::PASS.during(Phase::Compositions),
    stray_keywords::PASS.during(Phase::Compositions),
    // Names, when all schemas have their final shapes and operations their final media types.
    inline_schemas::PASS.during(Phase::Names),
    discriminators::PASS.during(Phase::Names),
    check::PASS.during(Phase::Names),
];

/// The result of [`normalize`].
pub struct Normalized {
    /// The document: OpenAPI 3.0 in the normal form. If there are errors, it may not be in the normal form.
    pub document: Value,
    /// What the passes changed, in the order of the changes.
    pub changes: Vec<Change>,
    /// Errors and warnings about the document. There are errors in strict mode only.
    pub diagnostics: Vec<Diagnostic>,
    moves: Moves,
    /// The places of what cannot be expressed, in the original document.
    pub(crate) left_out: HashSet<Pointer>,
    /// What the passes know about nodes and the document cannot express.
    pub(crate) facts: Facts,
}

impl Normalized {
    /// The document in the types that the later steps read.
    pub(crate) fn normal_form(&self) -> NormalForm<'_> {
        NormalForm::read(&self.document, &self.facts)
    }

    /// Where a node of the normalized document is in the original document. Passes move nodes and copy them.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }
}

/// Converts a document to the normal form, with every pass in [`PASSES`].
///
/// The document must have a [`Version`](crate::openapi::Version) that is supported, and no references to other files:
/// [`bundle`](crate::bundle::bundle) it first. `strictness` decides what happens to a node that the normal form cannot
/// express: an error, or a warning and an operation less.
///
/// There is always a result. Read its `diagnostics`: if there is an error among them, do not use the document. No input
/// causes a panic, and time and memory grow in proportion to the output.
///
/// ```
/// use releasepack_codegen::{Strictness, normalize};
/// use serde_json::json;
///
/// let document = json!({
///     "openapi": "3.1.0",
///     "info": {"title": "Pets", "version": "1"},
///     "paths": {},
///     "components": {"schemas": {"Name": {"type": ["string", "null"]}}},
/// });
/// let normalized = normalize(document, Strictness::Strict);
/// assert!(normalized.diagnostics.is_empty());
/// let name = &normalized.document["components"]["schemas"]["Name"];
/// assert_eq!(*name, json!({"type": "string", "nullable": true}));
/// assert!(normalized.changes.iter().any(|change| change.pass == "newer-keywords"));
/// ```
#[must_use]
pub fn normalize(document: Value, strictness: Strictness) -> Normalized {
    normalize_observed(document, strictness, &mut |_| {})
}

/// As [`normalize`]; calls `observe` before each pass with the number of passes that have run.
pub(crate) fn normalize_observed(
    document: Value,
    strictness: Strictness,
    observe: &mut dyn FnMut(usize),
) -> Normalized {
    let (document, log) = run(PASSES, document, strictness, observe);
    log.end(document)
}

/// Runs one pass alone, to test it or to see what it does.
///
/// The passes that usually run before it have not changed the document, so the result may be incomplete. Errors are
/// reported as in [`normalize`].
///
/// ```
/// use releasepack_codegen::{Pass, Strictness, run_pass};
/// use serde_json::json;
///
/// let pass = Pass::find("formats").expect("there is such a pass");
/// let schema = json!({"type": "string", "format": "datetime"});
/// let document = json!({"components": {"schemas": {"Born": schema}}});
/// let normalized = run_pass(pass, document, Strictness::Strict);
/// assert_eq!(normalized.document["components"]["schemas"]["Born"]["format"], "date-time");
/// ```
#[must_use]
pub fn run_pass(pass: &Pass, document: Value, strictness: Strictness) -> Normalized {
    let (document, log) = run(&[*pass], document, strictness, &mut |_| {});
    log.end(document)
}

/// Runs all passes up to the last run of one pass. Keeps only the changes and diagnostics of that pass.
pub(crate) fn normalize_through(
    pass: &Pass,
    document: Value,
    strictness: Strictness,
) -> Normalized {
    let last = PASSES.iter().rposition(|other| other.name == pass.name);
    let passes = &PASSES[..last.map_or(0, |last| last + 1)];
    let (document, mut log) = run(passes, document, strictness, &mut |_| {});
    log.retain(pass.name);
    log.end(document)
}

fn run(
    passes: &[Pass],
    mut document: Value,
    strictness: Strictness,
    observe: &mut dyn FnMut(usize),
) -> (Value, Log) {
    let mut log = Log::new(strictness);
    for (index, pass) in passes.iter().enumerate() {
        observe(index);
        log.begin(pass, &mut document);
        (pass.apply)(&mut document, &mut log);
        log.settle(&mut document);
    }
    (document, log)
}
