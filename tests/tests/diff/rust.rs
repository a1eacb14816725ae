//! What a rule says of the Rust API is what happens to the outline of the generated code.

use std::collections::BTreeSet;

use releasepack_codegen::diff::{
    Bump, Rule, RustChange, RustChangeKind, RustEffect, outline_changes,
};
use releasepack_codegen::{Bundle, PublicNames, Strictness, generate_with_names};

use super::pair::Pair;

/// The outline of the whole client, and the names of everything in it.
fn outline(document: &Bundle, names: &PublicNames) -> (String, PublicNames) {
    let generation = generate_with_names(document, names, Strictness::Lenient, &mut |_| {});
    let generation = generation.unwrap_or_else(|faults| panic!("{faults:#?}"));
    (generation.outline(), generation.names)
}

/// What happened to the Rust API, found with the whole outlines.
fn effect(pair: &Pair) -> (RustEffect, Vec<RustChange>) {
    let (base, names) = outline(&pair.base, &PublicNames::default());
    let (revision, _) = outline(&pair.revision, &names);
    let changes = outline_changes(&base, &revision);
    let effect = match changes.iter().map(RustChange::bump).max() {
        None | Some(Bump::None | Bump::Patch) => RustEffect::Nothing,
        Some(Bump::Major) => RustEffect::Break,
        Some(_) => RustEffect::Addition,
    };
    (effect, changes)
}

#[test]
fn the_outline_shows_what_the_rules_say_of_the_rust_api() {
    let mut wrong = Vec::new();
    for pair in Pair::all()
        .iter()
        .filter(|pair| !pair.name.starts_with("rust/"))
    {
        let (effect, changes) = effect(pair);
        let rules = pair
            .shows
            .iter()
            .map(|id| Rule::find(id).expect("a rule").rust);
        let said: Vec<RustEffect> = rules.collect();
        // The worst of several rules; with one that depends on the change, it can be anything from there.
        let worst = [RustEffect::Break, RustEffect::Addition, RustEffect::Nothing];
        let least = worst.into_iter().find(|it| said.contains(it));
        let is_right = match least {
            Some(RustEffect::Break) => effect == RustEffect::Break,
            _ if said.contains(&RustEffect::Depends) => true,
            Some(RustEffect::Addition) => effect == RustEffect::Addition,
            _ => effect == RustEffect::Nothing,
        };
        if !is_right {
            let lines: Vec<String> = changes.iter().map(RustChange::text).collect();
            wrong.push(format!(
                "{}: the rules say {said:?}, the outline {lines:#?}",
                pair.name
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_what_changed_is_parsed_and_the_result_is_that_of_the_whole_outlines() {
    let lines = |changes: &[RustChange]| -> BTreeSet<(String, bool)> {
        let lines = changes
            .iter()
            .map(|it| (it.text(), it.kind == RustChangeKind::Changed));
        lines.collect()
    };
    for pair in Pair::all() {
        let (_, whole) = effect(pair);
        assert_eq!(lines(&pair.diff().rust), lines(&whole), "{}", pair.name);
    }
}
