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
//!   `x-path` is the template that is sent, `x-query` the pairs of name and value of its fixed query.
//! - The `{names}` of the template and the path parameters are the same.
//! - A parameter has `name`, `in`, `required`, `schema`, `style` and `explode`; with `x-content: application/json` its
//!   value is sent as JSON; with `x-segments`, in the path, its slashes are sent as such. None is a header that the client sets itself.
//! - A request body has `required` and exactly one media type, with a schema, that can be sent as it is, or a range of
//!   binary ones (`image/*`). `encoding` is as
//!   the document has it.
//! - The keys of `responses` are `200`…, `2XX`… and `default`, one at least. A response has no `content` or one media type
//!   with a schema.
//! - The kind of a media type (`MediaKind::of_body`) says what its schema is: any for JSON, an object for forms and
//!   parts of a request, `{"type": "string"}` for text and XML, `{"type": "string", "format": "binary"}` for bytes.
//!
//! `check` says what the normal form of schemas is.

mod check;
pub(crate) mod compositions;
mod log;
pub(crate) mod naming;
pub(crate) mod normal_form;
pub(crate) mod operations;
pub(crate) mod schemas;
pub(crate) mod versions;

use serde_json::Value;

use crate::{Diagnostic, Pointer};
use compositions::{all_of, base_discriminators, discriminators, union_variants, unions};
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

/// One pass.
pub struct Pass {
    /// Its name, as reports print it: kebab case, the name of its file.
    pub name: &'static str,
    /// What it does, in half a sentence.
    pub about: &'static str,
    apply: fn(&mut Value, &mut Log),
}

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "downlevel-document",
        about: "writes what OpenAPI 3.1 has outside schemas as 3.0 has it",
        apply: versions::document,
    },
    Pass {
        name: "unsupported",
        about: "leaves out callbacks and links",
        apply: unsupported::apply,
    },
    Pass {
        name: "malformed",
        about: "repairs or rejects nodes of another shape than their place asks for",
        apply: malformed::apply,
    },
    Pass {
        name: "malformed-schemas",
        about: "repairs or rejects what is no schema",
        apply: malformed_schemas::apply,
    },
    // Newer words mean what they mean in whichever version they stand, and some of them name places.
    Pass {
        name: "newer-keywords",
        about: "writes schemas in the words of OpenAPI 3.0",
        apply: versions::schema::apply,
    },
    // As published: references stand where their authors put them, components may hold parameters, responses and so on.
    // Whatever reads or mends the `$ref` of a schema belongs here, before `references` takes away the places that it may
    // name.
    Pass {
        name: "schema-references",
        about: "every schema reference ends at a component",
        apply: schema_references::apply,
    },
    Pass {
        name: "status-keys",
        about: "repairs the keys of responses",
        apply: status_keys::apply,
    },
    Pass {
        name: "request-bodies",
        about: "keeps one media type of each request body",
        apply: request_bodies::apply,
    },
    Pass {
        name: "responses",
        about: "keeps one media type of each response",
        apply: responses::apply,
    },
    Pass {
        name: "shared-schemas",
        about: "names the schemas of shared parameters, bodies and responses",
        apply: shared_schemas::apply,
    },
    Pass {
        name: "references",
        about: "puts parameters, bodies, responses and the like where they are used",
        apply: references::apply,
    },
    // From here on `$ref` stands for schemas only, and components hold schemas and security schemes.
    Pass {
        name: "parameters",
        about: "gives each operation all of its parameters, with every default written out",
        apply: parameters::apply,
    },
    Pass {
        name: "parameter-content",
        about: "turns parameters with a media type into parameters with a schema",
        apply: parameter_content::apply,
    },
    Pass {
        name: "paths",
        about: "tells the path that is sent from queries and fragments in path keys",
        apply: paths::apply,
    },
    Pass {
        name: "path-templates",
        about: "makes path templates and path parameters agree",
        apply: path_templates::apply,
    },
    Pass {
        name: "operation-ids",
        about: "gives each operation a name of its own",
        apply: operation_ids::apply,
    },
    Pass {
        name: "servers",
        about: "takes the servers from paths and operations",
        apply: servers::apply,
    },
    Pass {
        name: "bodiless-responses",
        about: "takes the content from responses that never have a body",
        apply: bodiless_responses::apply,
    },
    // Schemas, wherever they stand: one keyword after the other.
    // Once more, for the schemas that the passes on operations made (of what Swagger 2 says in a parameter, for example).
    Pass {
        name: "malformed-schemas",
        about: "repairs or rejects what is no schema",
        apply: malformed_schemas::apply,
    },
    Pass {
        name: "newer-keywords",
        about: "writes schemas in the words of OpenAPI 3.0",
        apply: versions::schema::apply,
    },
    Pass {
        name: "schema-references",
        about: "every schema reference ends at a component",
        apply: schema_references::apply,
    },
    Pass {
        name: "boolean-schemas",
        about: "writes `true` and `false` as schemas",
        apply: boolean_schemas::apply,
    },
    Pass {
        name: "component-names",
        about: "calls components as OpenAPI asks",
        apply: component_names::apply,
    },
    Pass {
        name: "reference-siblings",
        about: "keeps what stands beside a reference",
        apply: reference_siblings::apply,
    },
    Pass {
        name: "schema-types",
        about: "gives each schema a type that OpenAPI knows",
        apply: schema_types::apply,
    },
    Pass {
        name: "nullable",
        about: "says once whether null is allowed",
        apply: nullable::apply,
    },
    Pass {
        name: "enums",
        about: "makes enum values unique and of one type",
        apply: enums::apply,
    },
    Pass {
        name: "arrays",
        about: "gives each array one schema for its items",
        apply: arrays::apply,
    },
    Pass {
        name: "formats",
        about: "spells formats as OpenAPI does",
        apply: formats::apply,
    },
    // Compositions, once their parts say their types.
    Pass {
        name: "unions",
        about: "takes null, demands and single variants out of unions",
        apply: unions::apply,
    },
    Pass {
        name: "base-discriminators",
        about: "makes unions of bases with a discriminator",
        apply: base_discriminators::apply,
    },
    Pass {
        name: "composed-schemas",
        about: "names what is put together from objects",
        apply: inline_schemas::apply_to_compositions,
    },
    Pass {
        name: "all-of",
        about: "puts the parts of `allOf` together",
        apply: all_of::apply,
    },
    Pass {
        name: "additional-properties",
        about: "tells objects with properties from maps",
        apply: additional_properties::apply,
    },
    Pass {
        name: "union-variants",
        about: "keeps the variants of a union that differ",
        apply: union_variants::apply,
    },
    Pass {
        name: "recursion",
        about: "rejects schemas that are only names for themselves",
        apply: recursion::apply,
    },
    Pass {
        name: "read-write-only",
        about: "makes required properties that go one way optional",
        apply: read_write_only::apply,
    },
    Pass {
        name: "integer-sizes",
        about: "tells integers that 64 bits cannot hold",
        apply: integer_sizes::apply,
    },
    Pass {
        name: "bounds",
        about: "keeps bounds that 64 bits hold",
        apply: bounds::apply,
    },
    Pass {
        name: "stray-keywords",
        about: "leaves out what types cannot hold",
        apply: stray_keywords::apply,
    },
    // Names, once every schema has its final shape and operations their final media types.
    Pass {
        name: "inline-schemas",
        about: "makes components of inline enums, objects and unions",
        apply: inline_schemas::apply,
    },
    Pass {
        name: "discriminators",
        about: "completes discriminators, finds them or leaves them out",
        apply: discriminators::apply,
    },
    Pass {
        name: "check",
        about: "proves the normal form of every schema",
        apply: check::apply,
    },
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
}

impl Normalized {
    /// The document as the later steps read it.
    pub(crate) fn normal_form(&self) -> NormalForm {
        NormalForm::read(&self.document)
    }

    /// Where a node of the normalized document stands in the user's document.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }
}

/// Runs every pass.
///
/// The document is one whose [`crate::Version`] is understood, with external references bundled. No input makes it panic,
/// and time and memory stay proportional to what comes out.
#[must_use]
pub fn normalize(document: Value, strictness: Strictness) -> Normalized {
    normalize_observed(document, strictness, &mut |_| {})
}

/// Runs every pass, and tells before each how many have run.
pub(crate) fn normalize_observed(
    mut document: Value,
    strictness: Strictness,
    observe: &mut dyn FnMut(usize),
) -> Normalized {
    let mut log = Log::new(strictness);
    for (index, pass) in PASSES.iter().enumerate() {
        observe(index);
        log.begin(pass.name);
        (pass.apply)(&mut document, &mut log);
        log.settle(&mut document);
    }
    let (changes, diagnostics, moves) = log.end();
    Normalized {
        document,
        changes,
        diagnostics,
        moves,
    }
}
