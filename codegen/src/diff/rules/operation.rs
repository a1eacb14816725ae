//! Operations that were added, removed or moved, and what identifies them.

use crate::diff::change::Use;
use crate::diff::found::{Found, Note, Place};
use crate::diff::operations::{OperationPair, key, name};
use crate::diff::rule::{Bump, Effect, Rule, RustEffect};
use crate::model::Operation;

pub(super) const ADDED: Rule = Rule::whole("operation-added", "An operation was added.")
    .rust(RustEffect::Addition)
    .new_client(Effect::Harmless("404 if it is called"))
    .bump(Bump::Minor);

pub(super) const REMOVED: Rule = Rule::whole("operation-removed", "An operation was removed.")
    .rust(RustEffect::Break)
    .deployed(Effect::Break("404"))
    .bump(Bump::Major);

pub(super) const MOVED: Rule = Rule::whole(
    "operation-moved",
    "An operation has another path or method.",
)
.deployed(Effect::Break("404 or 405"))
.new_client(Effect::Break("404 or 405"))
.bump(Bump::Major);

pub(super) const DEPRECATED: Rule = Rule::whole(
    "operation-deprecated",
    "An operation is deprecated: it may be removed later.",
)
.rust(RustEffect::Depends)
.bump(Bump::Minor);

pub(super) const RESTORED: Rule = Rule::whole(
    "operation-not-deprecated",
    "An operation is not deprecated any more.",
)
.rust(RustEffect::Depends)
.bump(Bump::Minor);

pub(super) const RENAMED: Rule = Rule::whole(
    "operation-id-changed",
    "An operation has another `operationId`. Its method in Rust keeps its name.",
)
.rust(RustEffect::Depends);

pub(in crate::diff) fn added(operation: &Operation, found: &mut Found) {
    whole(&ADDED, operation, "+ operation", found, false);
}

pub(in crate::diff) fn removed(operation: &Operation, found: &mut Found) {
    whole(&REMOVED, operation, "− operation", found, true);
}

fn whole(rule: &'static Rule, operation: &Operation, what: &str, found: &mut Found, is_old: bool) {
    let name = name(operation);
    let place = Some(Place::Normalized(operation.place.clone()));
    let part = Use {
        operation: name.clone(),
        part: String::new(),
    };
    let id = crate::model::code_span(&operation.id);
    found.add(
        rule,
        vec![part],
        Note {
            subject: name,
            what: format!("{what} {id}"),
            base: if is_old { place.clone() } else { None },
            revision: if is_old { None } else { place },
        },
    );
}

pub(super) fn check(pair: &OperationPair, found: &mut Found) {
    let (base, revision) = (pair.base, pair.revision);
    let mut note = |rule: &'static Rule, what: String| {
        found.add(rule, vec![pair.part("")], pair.note(what));
    };
    if key(base) != key(revision) {
        note(&MOVED, format!("{} → {}", name(base), name(revision)));
    }
    if base.id != revision.id {
        let span = crate::model::code_span;
        note(
            &RENAMED,
            format!("operationId {} → {}", span(&base.id), span(&revision.id)),
        );
    }
    match (base.deprecated, revision.deprecated) {
        (false, true) => note(&DEPRECATED, "deprecated".to_owned()),
        (true, false) => note(&RESTORED, "not deprecated any more".to_owned()),
        _ => {}
    }
}
