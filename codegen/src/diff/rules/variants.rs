//! The variants of unions, and the tag that tells them apart.

use serde_json::Value;

use crate::diff::change::Direction;
use crate::diff::found::{Here, Level, Note, Place};
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::schemas::{Kind, View, type_label};
use crate::diff::side::Side;
use crate::diff::walk::SchemaPair;
use crate::openapi::reference;
use crate::pointer::Pointer;

pub(super) const ADDED: Both = Both {
    request: &Rule::request("request-variant-added", "A value may have one more shape.")
        .rust(RustEffect::Addition)
        .new_client(Effect::Harmless("refused if it is used"))
        .bump(Bump::Minor)
        .mirror("response-variant-added"),
    response: &Rule::response("response-variant-added", "A value may have one more shape.")
        .rust(RustEffect::Addition)
        .deployed(Effect::Risk("read as `Unknown`: its members are not typed"))
        .bump(Bump::Minor)
        .mirror("request-variant-added"),
};

pub(super) const REMOVED: Both = Both {
    request: &Rule::request("request-variant-removed", "A value has one shape less.")
        .rust(RustEffect::Break)
        .deployed(Effect::Break("a value of this shape is refused"))
        .bump(Bump::Major)
        .mirror("response-variant-removed"),
    response: &Rule::response("response-variant-removed", "A value has one shape less.")
        .rust(RustEffect::Break)
        .new_client(Effect::Harmless("read as `Unknown`"))
        .bump(Bump::Major)
        .mirror("request-variant-removed"),
};

pub(super) const TAG: Both = Both {
    request: &Rule::request(
        "request-discriminator-changed",
        "Another property, or another value of it, tells the variants apart.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("may be read as another variant, or refused"))
    .new_client(Effect::Break("may be read as another variant, or refused"))
    .bump(Bump::Major)
    .mirror("response-discriminator-changed"),
    response: &Rule::response(
        "response-discriminator-changed",
        "Another property, or another value of it, tells the variants apart.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Break("may read another variant"))
    .new_client(Effect::Break("may read another variant"))
    .bump(Bump::Major)
    .mirror("request-discriminator-changed"),
};

pub(super) const TAG_ADDED: Both = Both {
    request: &Rule::request(
        "request-discriminator-value-added",
        "One more value of the discriminator means a variant.",
    )
    .rust(RustEffect::Depends)
    .new_client(Effect::Harmless("refused if it is used"))
    .bump(Bump::Minor)
    .mirror("response-discriminator-value-added"),
    response: &Rule::response(
        "response-discriminator-value-added",
        "One more value of the discriminator means a variant.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Risk("read as `Unknown`: its members are not typed"))
    .bump(Bump::Minor)
    .mirror("request-discriminator-value-added"),
};

pub(super) const COMBINED: Both = Both {
    request: &Rule::request(
        "request-union-kind-changed",
        "A value is exactly one of the variants, or may be several.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Risk(
        "a value that is several variants may be refused",
    ))
    .mirror("response-union-kind-changed"),
    response: &Rule::response(
        "response-union-kind-changed",
        "A value is exactly one of the variants, or may be several.",
    )
    .rust(RustEffect::Depends)
    .deployed(Effect::Risk(
        "a value that is several variants is read as `Unknown`",
    ))
    .mirror("request-union-kind-changed"),
};

/// A variant of a union.
struct Variant<'d> {
    used: Pointer,
    view: View<'d>,
    /// The values of the tag that mean it.
    tags: Vec<String>,
}

/// Pairs the variants of two unions.
pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    if pair.base.kind() != Kind::Union || pair.revision.kind() != Kind::Union {
        return;
    }
    kind_and_tag(pair, here);
    let mut old = variants(pair.base_side, &pair.base);
    let mut added = Vec::new();
    for variant in variants(pair.revision_side, &pair.revision) {
        let found = pick(pair, &old, &variant);
        match found {
            Some(index) => {
                let base = old.remove(index);
                tags(pair, &base, &variant, here);
                here.inside(base.used, variant.used, Level::Required);
            }
            None => added.push(variant),
        }
    }
    for variant in &added {
        let what = format!(
            "+ variant `{}`",
            type_label(pair.revision_side, &variant.used)
        );
        note(pair, &ADDED, what, None, Some(&variant.used), here);
    }
    for variant in &old {
        let what = format!("− variant `{}`", type_label(pair.base_side, &variant.used));
        note(pair, &REMOVED, what, Some(&variant.used), None, here);
    }
}

/// A schema became one of several variants. Exactly one of them must accept a value, which may now be one of several.
pub(super) fn split(pair: &SchemaPair, here: &mut Here) {
    let document = pair.revision_side.document();
    let variants = pair.revision.variants().into_iter();
    let views = variants.map(|(place, _)| View::at(document, place));
    let fitting = views.filter(|view| view.kind() == pair.base.kind()).count();
    if pair.revision.node.contains_key("oneOf") && fitting > 1 {
        let note = Note {
            subject: pair.subject.clone(),
            what: format!("exactly one of {fitting} variants must accept it"),
            base: Some(Place::Normalized(pair.base.place.clone())),
            revision: Some(Place::Normalized(pair.revision.place.clone())),
        };
        here.add_in(&COMBINED, Direction::Request, note);
    }
}

/// The old variant that a new one is: with a tag in common, else the same component, else of the same type.
fn pick(pair: &SchemaPair, old: &[Variant], new: &Variant) -> Option<usize> {
    let origin_name = |side: &Side, variant: &Variant| side.origin(&variant.view.place);
    let by_name = old.iter().position(|it| {
        origin_name(pair.base_side, it) == origin_name(pair.revision_side, new)
            && it.view.place.last() == new.view.place.last()
    });
    let by_tag = || {
        old.iter()
            .position(|it| it.tags.iter().any(|tag| new.tags.contains(tag)))
    };
    let label = type_label(pair.revision_side, &new.used);
    let by_type = || {
        old.iter().position(|it| {
            it.view.kind() == new.view.kind()
                && (type_label(pair.base_side, &it.used) == label
                    || has_same_members(&it.view, &new.view))
        })
    };
    by_name.or_else(by_tag).or_else(by_type)
}

/// Whether two objects have the same declared members. Without any, nothing is known.
fn has_same_members(one: &View, other: &View) -> bool {
    let names = |view: &View| {
        let mut names: Vec<String> = view.properties().map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names
    };
    one.has_properties() && names(one) == names(other)
}

fn variants<'d>(side: &'d Side, union: &View<'d>) -> Vec<Variant<'d>> {
    let mapping = union
        .node
        .get("discriminator")
        .and_then(|it| it.get("mapping"));
    let mapping = mapping.and_then(Value::as_object);
    let tags = |schema: &Value| {
        let name = reference::target(schema);
        let entries = mapping.into_iter().flatten().filter(|(_, target)| {
            let target = target.as_str().and_then(reference::name_of);
            target.is_some() && target == name
        });
        entries.map(|(tag, _)| tag.clone()).collect()
    };
    let variants = union.variants().into_iter();
    variants
        .map(|(used, schema)| Variant {
            tags: tags(schema),
            view: View::at(side.document(), used.clone()),
            used,
        })
        .collect()
}

fn kind_and_tag(pair: &SchemaPair, here: &mut Here) {
    let kind = |view: &View| {
        if view.node.contains_key("oneOf") {
            "oneOf"
        } else {
            "anyOf"
        }
    };
    let (old, new) = (kind(&pair.base), kind(&pair.revision));
    if old != new {
        note(
            pair,
            &COMBINED,
            format!("`{old}` → `{new}`"),
            None,
            None,
            here,
        );
    }
    let tag = |view: &View| {
        let tag = view.node.get("discriminator")?.get("propertyName")?;
        tag.as_str().map(str::to_owned)
    };
    let (old, new) = (tag(&pair.base), tag(&pair.revision));
    if old != new {
        let shown =
            |tag: Option<String>| tag.map_or_else(|| "none".to_owned(), |tag| format!("`{tag}`"));
        let what = format!("discriminator {} → {}", shown(old), shown(new));
        note(pair, &TAG, what, None, None, here);
    }
}

/// Compares the values of the tag that mean a variant.
fn tags(pair: &SchemaPair, old: &Variant, new: &Variant, here: &mut Here) {
    let lost: Vec<&String> = old
        .tags
        .iter()
        .filter(|tag| !new.tags.contains(tag))
        .collect();
    let more: Vec<&String> = new
        .tags
        .iter()
        .filter(|tag| !old.tags.contains(tag))
        .collect();
    if lost.is_empty() && more.is_empty() || old.tags.is_empty() || new.tags.is_empty() {
        return;
    }
    let name = type_label(pair.revision_side, &new.used);
    let mut parts = Vec::new();
    parts.extend(lost.iter().map(|tag| format!("− `{tag}`")));
    parts.extend(more.iter().map(|tag| format!("+ `{tag}`")));
    let what = format!("tags of variant `{name}`: {}", parts.join(", "));
    if lost.is_empty() {
        note(
            pair,
            &TAG_ADDED,
            what,
            Some(&old.used),
            Some(&new.used),
            here,
        );
    } else {
        note(pair, &TAG, what, Some(&old.used), Some(&new.used), here);
    }
}

fn note(
    pair: &SchemaPair,
    rules: &'static Both,
    what: String,
    base: Option<&Pointer>,
    revision: Option<&Pointer>,
    here: &mut Here,
) {
    let base = base.unwrap_or(&pair.base.place).clone();
    let revision = revision.unwrap_or(&pair.revision.place).clone();
    here.add(
        rules,
        Note {
            subject: pair.subject.clone(),
            what,
            base: Some(Place::Normalized(base)),
            revision: Some(Place::Normalized(revision)),
        },
    );
}
