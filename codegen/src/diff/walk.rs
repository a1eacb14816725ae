//! Finds what is compared with what: operations, their parts, and from there all schemas.

use std::cell::OnceCell;
use std::ops::Deref;

use crate::pointer::Pointer;

use super::found::{Found, Level};
use super::rules;
use super::schemas::View;
use super::side::Side;
use super::{label, operations};

/// Two uses of schemas that are compared.
pub(super) struct SchemaPair<'s> {
    pub(super) base_side: &'s Side<'s>,
    pub(super) revision_side: &'s Side<'s>,
    pub(super) base: View<'s>,
    pub(super) revision: View<'s>,
    /// What it is called: `Pet.owner`.
    pub(super) subject: Subject<'s>,
    /// Whether the value must be there.
    pub(super) is_required: bool,
}

/// The name of a schema. Only schemas that changed need one.
pub(super) struct Subject<'s> {
    side: &'s Side<'s>,
    used: Pointer,
    text: OnceCell<String>,
}

impl Deref for Subject<'_> {
    type Target = String;

    fn deref(&self) -> &String {
        let name = || label::of(self.side.original(), &self.side.origin(&self.used));
        self.text.get_or_init(name)
    }
}

/// Compares the documents.
pub(super) fn compare(base: &Side, revision: &Side) -> Found {
    let mut found = Found::default();
    operations::compare(base, revision, &mut found);
    rules::left_out::document(base, revision, &mut found);
    let mut next = 0;
    while let Some((one, other, level)) = found.pair_at(next) {
        schemas(base, revision, (one, other, level), next, &mut found);
        next += 1;
    }
    found
}

fn schemas<'s>(
    base_side: &'s Side<'s>,
    revision_side: &'s Side<'s>,
    (base, revision, level): (Pointer, Pointer, Level),
    number: usize,
    found: &mut Found,
) {
    let base = View::at(base_side.document(), base);
    let revision = View::at(revision_side.document(), revision);
    let pair = SchemaPair {
        base_side,
        revision_side,
        subject: Subject {
            side: revision_side,
            used: revision.used.clone(),
            text: OnceCell::new(),
        },
        is_required: level == Level::Required,
        base,
        revision,
    };
    let mut here = found.here(number);
    if level != Level::Schema {
        for check in rules::USES {
            check(&pair, &mut here);
        }
    }
    let is_reference =
        pair.base.used != pair.base.place || pair.revision.used != pair.revision.place;
    if is_reference {
        let (base, revision) = (pair.base.place.clone(), pair.revision.place.clone());
        here.inside(base, revision, Level::Schema);
        return;
    }
    for check in rules::SCHEMAS {
        check(&pair, &mut here);
    }
}
