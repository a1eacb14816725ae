//! Keywords that may stand beside a reference. If the schemas that are referred to differ in the same way, they are what changed,
//! and not each of their uses.

use serde_json::Value;

use crate::diff::label;
use crate::diff::schemas::View;
use crate::diff::walk::SchemaPair;
use crate::pointer::Pointer;

/// What a change of such a keyword is about.
pub(super) struct Used {
    pub(super) subject: String,
    pub(super) base: Pointer,
    pub(super) revision: Pointer,
}

pub(super) fn of(pair: &SchemaPair, keyword: &str) -> Used {
    let own = |view: &View| view.node.get(keyword).cloned().unwrap_or(Value::Null);
    let effective = |view: &View| view.annotation(keyword).cloned().unwrap_or(Value::Null);
    let is_shared = own(&pair.base) == effective(&pair.base)
        && own(&pair.revision) == effective(&pair.revision);
    if is_shared {
        return Used {
            subject: label::of(
                pair.revision_side.original(),
                &pair.revision_side.origin(&pair.revision.place),
            ),
            base: pair.base.place.clone(),
            revision: pair.revision.place.clone(),
        };
    }
    Used {
        subject: pair.subject.clone(),
        base: pair.base.used.clone(),
        revision: pair.revision.used.clone(),
    }
}
