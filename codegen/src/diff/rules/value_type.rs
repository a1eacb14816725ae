//! The type of a value.

use serde_json::Value;

use crate::diff::found::{Here, Level, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::{Kind, View, type_label};
use crate::diff::walk::SchemaPair;

use super::variants;

pub(super) const CHANGED: Both = Both {
    request: &Rule::request("request-type-changed", "A value has another type.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break("its value is refused"))
        .new_client(Effect::Break("its value is refused"))
        .bump(Bump::Major)
        .mirror("response-type-changed"),
    response: &Rule::response("response-type-changed", "A value has another type.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break("cannot read it"))
        .new_client(Effect::Break("cannot read it"))
        .bump(Bump::Major)
        .mirror("request-type-changed"),
};

pub(super) const WIDENED: Both = Both {
    request: &Rule::request("request-type-widened", "Values of more types are accepted.")
        .rust(RustEffect::Break)
        .new_client(Effect::Risk("a value of another type is refused"))
        .bump(Bump::Major)
        .mirror("response-type-widened"),
    response: &Rule::response("response-type-widened", "The value may have more types.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break("cannot read a value of another type"))
        .bump(Bump::Major)
        .mirror("request-type-widened"),
};

pub(super) const NARROWED: Both = Both {
    request: &Rule::request(
        "request-type-narrowed",
        "Values of fewer types are accepted.",
    )
    .rust(RustEffect::Break)
    .deployed(Effect::Break("a value of another type is refused"))
    .bump(Bump::Major)
    .mirror("response-type-narrowed"),
    response: &Rule::response("response-type-narrowed", "The value has fewer types.")
        .rust(RustEffect::Break)
        .new_client(Effect::Risk("cannot read a value of another type"))
        .bump(Bump::Major)
        .mirror("request-type-narrowed"),
};

/// Compares the kinds of two schemas, and begins the comparison of what is inside.
pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let (base, revision) = (&pair.base, &pair.revision);
    let rules = match (base.kind(), revision.kind()) {
        (Kind::Any, Kind::Any) | (Kind::Object, Kind::Object) | (Kind::Union, Kind::Union) => {
            return;
        }
        (Kind::Array, Kind::Array) => {
            let (base, revision) = (base.place.join("items"), revision.place.join("items"));
            return here.inside(base, revision, Level::Required);
        }
        (Kind::Scalar(one), Kind::Scalar(other)) if one == other => return,
        (Kind::Scalar("integer"), Kind::Scalar("number")) | (_, Kind::Any) => &WIDENED,
        (Kind::Scalar("number"), Kind::Scalar("integer")) | (Kind::Any, _) => &NARROWED,
        (_, Kind::Union) if inner(pair, revision, base, here, false) => {
            variants::split(pair, here);
            &WIDENED
        }
        (Kind::Union, _) if inner(pair, base, revision, here, true) => &NARROWED,
        _ => &CHANGED,
    };
    let what = format!(
        "`{}` → `{}`",
        type_label(pair.base_side, &base.used),
        type_label(pair.revision_side, &revision.used)
    );
    here.add(
        rules,
        Note {
            subject: pair.subject.clone(),
            what,
            base: Some(Place::Normalized(base.place.clone())),
            revision: Some(Place::Normalized(revision.place.clone())),
        },
    );
}

/// Whether a union has a variant of the same kind as a schema that is none. Then the variant and the schema are compared.
fn inner(
    pair: &SchemaPair,
    union: &View,
    single: &View,
    here: &mut Here,
    union_is_base: bool,
) -> bool {
    let side = if union_is_base {
        pair.base_side
    } else {
        pair.revision_side
    };
    let name = single.place.last();
    let mut fitting: Vec<View> = union
        .variants()
        .into_iter()
        .map(|(place, _): (_, &Value)| View::at(side.document(), place))
        .filter(|variant| variant.kind() == single.kind())
        .collect();
    // The variant of the same name is the best, then the first.
    fitting.sort_by_key(|variant| variant.place.last() != name);
    let Some(variant) = fitting.first() else {
        return false;
    };
    let (variant, single) = (variant.used.clone(), single.place.clone());
    if union_is_base {
        here.inside(variant, single, Level::Required);
    } else {
        here.inside(single, variant, Level::Required);
    }
    true
}
