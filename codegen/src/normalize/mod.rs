//! Makes a valid document of any shape into one that the next steps can take, without changing what it says.
//!
//! A document goes in and an OpenAPI 3.0 document comes out. Each pass has one file, one fixture and one line in
//! [`PASSES`], and says what it changed. What cannot be expressed is rejected at its place: an error in strict mode; in
//! lenient mode that operation is left out with a warning.
//!
//! # The normal form of operations
//!
//! - `$ref` stands for component schemas only: path items, parameters, request bodies, responses, headers and examples
//!   stand where they are used. There are no callbacks, links and webhooks, and servers at the top only.
//! - Each operation has an `operationId` of its own and all its parameters. The key of its path may be sent otherwise:
//!   the [`facts`] have the template that is sent and the fixed query.
//! - The `{names}` of the template and the path parameters are the same.
//! - A parameter has `name`, `in`, `required`, `style` and `explode`, and either a `schema`, or a `content` with one media
//!   type and its schema: then the value is sent as JSON. None is a header that the client sets itself.
//! - A request body has `required` and exactly one media type, with a schema, that can be sent as it is, or a range of
//!   binary ones (`image/*`). `encoding` is as
//!   the document has it.
//! - The keys of `responses` are `200`…, `2XX`… and `default`, one at least. A response has no `content` or one media type
//!   with a schema.
//! - The kind of a media type (`MediaKind::of_body`) says what its schema is: any for JSON, an object for forms and
//!   parts of a request, `{"type": "string"}` for text and XML, `{"type": "string", "format": "binary"}` for bytes.
//!
//! `check` says what the normal form of schemas is, and `normal_form` gives the document as the types of [`openapiv3`].

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
    bodiless_responses, malformed, operation_ids, parameter_content, parameters, path_templates,
    paths, references, request_bodies, responses, servers, shared_schemas, status_keys,
    unsupported,
};
use schemas::{
    additional_properties, arrays, boolean_schemas, bounds, enums, formats, integer_sizes,
    malformed_schemas, nullable, read_write_only, recursion, reference_siblings, schema_references,
    schema_types, stray_keywords,
};

/// What holds while a pass runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// References lead anywhere in the document, so nothing is removed that they may name.
    AsPublished,
    /// References to schemas end at components. Shared nodes are put where they are used, then completed.
    Operations,
    /// Operations are complete. Each schema is looked at alone.
    Schemas,
    /// Schemas say their types. Those that are made of others become one.
    Compositions,
    /// Schemas have their final shapes, and get their names.
    Names,
}

/// One pass, as it stands in the table.
#[derive(Clone, Copy)]
pub struct Pass {
    /// Its name, as reports print it: kebab case, the name of its file.
    pub name: &'static str,
    /// What it does, in half a sentence.
    pub about: &'static str,
    /// When it runs.
    pub phase: Phase,
    /// Why it runs once more, if it has run before.
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

    /// The pass of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        PASSES.iter().find(|pass| pass.name == name)
    }

    /// The name of a pass that is most like another name, if one is much like it.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, PASSES.iter().map(|pass| pass.name))
    }
}

/// Why passes on schemas run twice.
const FOR_NEW_SCHEMAS: &str =
    "the passes on operations made schemas, of what Swagger 2.0 says in a parameter for example";

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[
    // As published. Whatever reads or mends the `$ref` of a schema belongs here, before `references` takes away the places
    // that it may name.
    versions::document::PASS.during(Phase::AsPublished),
    unsupported::PASS.during(Phase::AsPublished),
    malformed::PASS.during(Phase::AsPublished),
    malformed_schemas::PASS.during(Phase::AsPublished),
    // Newer words mean what they mean in whichever version they stand, and some of them name places.
    versions::schema::PASS.during(Phase::AsPublished),
    schema_references::PASS.during(Phase::AsPublished),
    status_keys::PASS.during(Phase::Operations),
    request_bodies::PASS.during(Phase::Operations),
    responses::PASS.during(Phase::Operations),
    shared_schemas::PASS.during(Phase::Operations),
    references::PASS.during(Phase::Operations),
    // From here on `$ref` stands for schemas only, and components hold schemas and security schemes.
    parameters::PASS.during(Phase::Operations),
    parameter_content::PASS.during(Phase::Operations),
    paths::PASS.during(Phase::Operations),
    path_templates::PASS.during(Phase::Operations),
    operation_ids::PASS.during(Phase::Operations),
    servers::PASS.during(Phase::Operations),
    bodiless_responses::PASS.during(Phase::Operations),
    // Schemas, wherever they stand: one keyword after the other.
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
    // Compositions, once their parts say their types.
    unions::PASS.during(Phase::Compositions),
    base_discriminators::PASS.during(Phase::Compositions),
    inline_schemas::COMPOSITIONS.during(Phase::Compositions),
    all_of::PASS.during(Phase::Compositions),
    additional_properties::PASS.during(Phase::Compositions),
    union_variants::PASS.during(Phase::Compositions),
    recursion::PASS.during(Phase::Compositions),
    read_write_only::PASS.during(Phase::Compositions),
    integer_sizes::PASS.during(Phase::Compositions),
    bounds::PASS.during(Phase::Compositions),
    stray_keywords::PASS.during(Phase::Compositions),
    // Names, once every schema has its final shape and operations their final media types.
    inline_schemas::PASS.during(Phase::Names),
    discriminators::PASS.during(Phase::Names),
    check::PASS.during(Phase::Names),
];

/// What came out.
pub struct Normalized {
    /// An OpenAPI 3.0 document that the next steps can take.
    pub document: Value,
    /// What the passes changed.
    pub changes: Vec<Change>,
    /// What they had to say; holds an error only in strict mode.
    pub diagnostics: Vec<Diagnostic>,
    moves: Moves,
    /// What the document does not say.
    pub(crate) facts: Facts,
}

impl Normalized {
    /// The document as the later steps read it.
    pub(crate) fn normal_form(&self) -> NormalForm<'_> {
        NormalForm::read(&self.document, &self.facts)
    }

    /// Where a node of the normalized document stands in the user's document.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }
}

/// Runs every pass.
///
/// The document is one whose [`Version`](crate::openapi::Version) is understood, with external references bundled. No input makes it panic,
/// and time and memory stay proportional to what comes out.
#[must_use]
pub fn normalize(document: Value, strictness: Strictness) -> Normalized {
    normalize_observed(document, strictness, &mut |_| {})
}

/// Runs every pass, and tells before each how many have run.
pub(crate) fn normalize_observed(
    document: Value,
    strictness: Strictness,
    observe: &mut dyn FnMut(usize),
) -> Normalized {
    let (document, log) = run(PASSES, document, strictness, observe);
    log.end(document)
}

/// Runs one pass alone, on a document that the passes before it may not have seen.
#[must_use]
pub fn run_pass(pass: &Pass, document: Value, strictness: Strictness) -> Normalized {
    let (document, log) = run(&[*pass], document, strictness, &mut |_| {});
    log.end(document)
}

/// Runs the passes up to one, its last run among them, and gives what that one changed and reported.
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
