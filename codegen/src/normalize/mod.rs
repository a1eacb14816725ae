//! Makes a valid document of any shape into one that the next steps can take, without changing what it says.
//!
//! A document goes in and an OpenAPI 3.0 document comes out. Each pass has one file, one fixture and one line in
//! [`PASSES`], and says what it changed. What cannot be expressed is rejected at its place: an error in strict mode; in
//! lenient mode that operation is left out with a warning.

mod additional_properties;
mod all_of;
mod arrays;
mod base_discriminators;
mod bodiless_responses;
mod boolean_schemas;
mod bounds;
mod check;
mod component_names;
mod discriminators;
mod enums;
mod formats;
mod inline_schemas;
pub(crate) mod keywords;
mod left_out;
mod malformed;
mod malformed_schemas;
pub(crate) mod media_types;
mod moves;
pub(crate) mod nodes;
mod nullable;
mod operation_ids;
mod parameter_content;
mod parameters;
mod path_templates;
mod paths;
mod read_write_only;
mod recursion;
pub(crate) mod reference;
mod reference_siblings;
mod reference_target;
mod references;
mod request_bodies;
mod responses;
mod schema_names;
mod schema_references;
mod schema_types;
mod servers;
mod shared_schemas;
mod status_keys;
mod stray_keywords;
mod union_variants;
mod unions;
mod unsupported;
pub(crate) mod walk;

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::{Code, Diagnostic, Pointer, Severity, downlevel};
pub(crate) use formats::domain as domain_of_format;
use moves::Moves;

/// One pass.
pub struct Pass {
    /// Its name, as reports print it: kebab case, the name of its file.
    pub name: &'static str,
    /// What it does, in half a sentence.
    pub about: &'static str,
    apply: fn(&mut Work),
}

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[
    Pass {
        name: "downlevel-document",
        about: "writes what OpenAPI 3.1 has outside schemas as 3.0 has it",
        apply: downlevel::document,
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
        apply: downlevel::schema::apply,
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
        apply: downlevel::schema::apply,
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

/// What a pass changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The name of the pass.
    pub pass: &'static str,
    /// Where, in the user's document.
    pub pointer: Pointer,
    /// What, in half a sentence.
    pub what: String,
}

/// Whether what cannot be expressed stops the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// It is an error.
    #[default]
    Strict,
    /// The operation is left out with a warning.
    Lenient,
}

/// The document while it is worked on, and what there is to say about it.
pub struct Work {
    /// The document as it is now.
    pub document: Value,
    strictness: Strictness,
    pass: &'static str,
    moves: Moves,
    changes: IndexSet<Change>,
    rejected: Vec<Rejection>,
    /// Where something was rejected, in the user's document: later passes may stumble over the same node.
    faults: HashSet<Pointer>,
    /// Components that were rejected, and why; whoever uses them goes with them.
    missing: HashMap<Pointer, Code>,
    diagnostics: IndexMap<(Code, Pointer, String), Diagnostic>,
}

/// What a pass cannot express.
struct Rejection {
    place: Pointer,
    diagnostic: Diagnostic,
    /// It follows from another one.
    is_consequence: bool,
}

impl Work {
    /// Begins with a document.
    #[must_use]
    pub fn new(document: Value, strictness: Strictness) -> Self {
        Self {
            document,
            strictness,
            pass: "",
            moves: Moves::default(),
            changes: IndexSet::new(),
            rejected: Vec::new(),
            faults: HashSet::new(),
            missing: HashMap::new(),
            diagnostics: IndexMap::new(),
        }
    }

    /// Notes that the pass moved (or copied) a node; what is said of it later still points at where it came from.
    pub fn moved(&mut self, from: &Pointer, to: &Pointer) {
        self.moves.add([(from.clone(), to.clone())]);
    }

    /// Notes moves, each from and to, that were made in one step: elements that change places, for example.
    pub fn moved_together(&mut self, moves: impl IntoIterator<Item = (Pointer, Pointer)>) {
        self.moves.add(moves);
    }

    /// Where a node of the document as it is now stands in the user's document.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }

    /// Notes what the running pass changed at a place of the document as it is now. What happens to every copy of a shared
    /// node is noted once.
    pub fn changed(&mut self, place: &Pointer, what: impl Into<String>) {
        let change = Change {
            pass: self.pass,
            pointer: self.origin(place),
            what: what.into(),
        };
        self.changes.insert(change);
    }

    /// Says something that the reader should know and that stops nothing.
    pub fn warn(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: &str) {
        let origin = self.origin(place);
        self.tell(Diagnostic::warning(code, origin, message).help(help));
    }

    /// Says that the node at `place` cannot be expressed. In lenient mode whatever holds it is left out: the operation;
    /// every operation of a path, for what stands beside them; every operation that uses a component. Of a component
    /// schema, the smallest schema that holds it becomes one that takes anything.
    ///
    /// In strict mode the node stays, so that the other faults of its operation come to light in the same run: a pass
    /// that can take it out does so. What later passes say of the same node is not told.
    pub fn reject(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: &str) {
        self.reject_for(place, code, place, message, help);
    }

    /// Says that the node at `fault` cannot be expressed, and that it concerns what stands at (or holds) `user`; see
    /// [`Work::reject`].
    pub fn reject_for(
        &mut self,
        user: &Pointer,
        code: Code,
        fault: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        let origin = self.origin(fault);
        self.rejected.push(Rejection {
            place: user.clone(),
            diagnostic: Diagnostic::error(code, origin, message).help(help),
            is_consequence: false,
        });
    }

    /// Says that the node at `place` cannot be expressed and that the rest can do without it: an error in strict mode, a
    /// warning in lenient mode. The pass takes it out, in both.
    pub fn leave_out(
        &mut self,
        code: Code,
        place: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        let origin = self.origin(place);
        let message = message.into();
        if self.was_rejected(&origin) {
            return;
        }
        self.faults.insert(origin.clone());
        let diagnostic = match self.strictness {
            Strictness::Strict => Diagnostic::error(code, origin, message),
            Strictness::Lenient => {
                Diagnostic::warning(code, origin, format!("{message}; it is left out"))
            }
        };
        self.tell(diagnostic.help(help));
    }

    /// Whether the component at `target` was rejected. If so, the node at `place`, which uses it, goes with it.
    fn lost_with(&mut self, target: &Pointer, place: &Pointer) -> bool {
        let Some(code) = self.missing.get(target).copied() else {
            return false;
        };
        let message = format!("`#{target}` is used here and is left out");
        let origin = self.origin(place);
        self.rejected.push(Rejection {
            place: place.clone(),
            diagnostic: Diagnostic::error(code, origin, message),
            is_consequence: true,
        });
        true
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.pointer.clone(),
            diagnostic.message.clone(),
        );
        self.diagnostics.entry(key).or_insert(diagnostic);
    }

    /// Whether a node of the user's document lies in one that was rejected.
    fn was_rejected(&self, origin: &Pointer) -> bool {
        let mut ancestor = Some(origin.clone());
        while let Some(place) = ancestor {
            if self.faults.contains(&place) {
                return true;
            }
            ancestor = place.parent();
        }
        false
    }

    /// Deals with what the pass that just ran rejected.
    fn settle(&mut self) {
        let rejected = std::mem::take(&mut self.rejected);
        let is_strict = self.strictness == Strictness::Strict;
        let (told, repeated): (Vec<_>, Vec<_>) = rejected
            .into_iter()
            .partition(|it| !(is_strict && self.was_rejected(&it.diagnostic.pointer)));
        drop(repeated);
        for Rejection { diagnostic, .. } in &told {
            self.faults.insert(diagnostic.pointer.clone());
        }
        let mut left_out = left_out::LeftOut::default();
        for rejection in told {
            let what = left_out.add(&self.document, &rejection.place, rejection.diagnostic.code);
            let mut diagnostic = rejection.diagnostic;
            if is_strict {
                if !rejection.is_consequence {
                    self.tell(diagnostic);
                }
                continue;
            }
            diagnostic.severity = Severity::Warning;
            let fault = std::mem::take(&mut diagnostic.message);
            for what in what {
                let message = format!("{fault}; {what}");
                self.tell(Diagnostic {
                    message,
                    ..diagnostic.clone()
                });
            }
        }
        if !is_strict {
            left_out.take_operations(&mut self.document);
        }
        left_out.take_components(&mut self.document);
        self.missing.extend(left_out.components);
    }
}

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
    let mut work = Work::new(document, strictness);
    for pass in PASSES {
        work.pass = pass.name;
        (pass.apply)(&mut work);
        work.settle();
    }
    Normalized {
        document: work.document,
        changes: work.changes.into_iter().collect(),
        diagnostics: work.diagnostics.into_values().collect(),
        moves: work.moves,
    }
}
