//! Each rule has a pair that shows it, a page, and a rule for the other direction or a reason why there is none.

use std::collections::BTreeSet;

use releasepack_codegen::diff::{Bump, Diff, Mirror, RULES, RustEffect};
use releasepack_codegen::{Severity, lint};

use super::pair::{Pair, reported};

#[test]
fn each_pair_shows_its_rules_and_no_others() {
    let wrong: Vec<String> = Pair::all()
        .iter()
        .filter_map(|pair| {
            let reported = reported(pair.diff());
            let (name, shows) = (&pair.name, &pair.shows);
            (reported != *shows).then(|| format!("{name}: {reported:?} instead of {shows:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_has_a_pair() {
    let pairs = Pair::all();
    let shown: BTreeSet<&str> = pairs
        .iter()
        .flat_map(|pair| &pair.shows)
        .map(String::as_str)
        .collect();
    let missing: Vec<&str> = RULES
        .iter()
        .map(|rule| rule.id)
        .filter(|id| !shown.contains(id))
        .collect();
    assert!(
        missing.is_empty(),
        "no pair in tests/fixtures/diff shows {missing:?}"
    );
}

#[test]
fn the_page_of_each_pair() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("pages");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let pairs = Pair::all()
        .iter()
        .filter(|pair| !pair.name.starts_with("equal/"));
    for pair in pairs {
        settings.set_description(&pair.about);
        settings.bind(|| insta::assert_snapshot!(pair.name.replace('/', "."), page(pair.diff())));
    }
}

/// The page, with pointers instead of lines.
fn page(diff: &Diff) -> String {
    let mut page = diff.to_markdown("base", "revision");
    for change in &diff.changes {
        for place in change.revision.iter().chain(&change.base) {
            page = page.replace(&format!("({place})"), &format!("({})", place.pointer));
        }
    }
    page
}

#[test]
fn the_documents_of_the_pairs_are_valid() {
    for pair in Pair::all()
        .iter()
        .filter(|pair| !pair.shows.contains("not-compared"))
    {
        for bundle in [&pair.base, &pair.revision] {
            let mut faults = lint(bundle.value());
            faults.retain(|fault| fault.severity == Severity::Error);
            assert!(faults.is_empty(), "{}: {faults:#?}", pair.name);
        }
    }
}

#[test]
fn rules_have_their_own_names_and_sentences() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        assert!(
            rule.about.ends_with('.') && rule.about.contains(' '),
            "{}",
            rule.id
        );
        for effect in [rule.deployed, rule.new] {
            assert!(!effect.text().ends_with('.'), "{}", rule.id);
        }
    }
}

#[test]
fn mirrors_are_mutual_and_rules_without_one_have_a_reason() {
    for rule in RULES {
        match rule.mirror {
            Mirror::Rule(id) => {
                let other = RULES.iter().find(|other| other.id == id);
                let other = other.unwrap_or_else(|| panic!("{}: there is no rule {id}", rule.id));
                assert_eq!(other.mirror, Mirror::Rule(rule.id), "the mirror of {id}");
                assert_ne!(other.direction, rule.direction, "{} and {id}", rule.id);
                assert!(
                    rule.direction.is_some() && other.direction.is_some(),
                    "{}",
                    rule.id
                );
            }
            Mirror::None(reason) => {
                assert!(reason.contains(' '), "{}", rule.id);
                let is_about_operations = reason.contains("not about a direction");
                assert_eq!(
                    is_about_operations,
                    rule.direction.is_none(),
                    "{}: {reason}",
                    rule.id
                );
            }
        }
    }
}

#[test]
fn the_bump_of_a_rule_is_as_large_as_its_worst_effect() {
    for rule in RULES {
        let least = if rule.is_break() {
            Bump::Major
        } else if rule.rust == RustEffect::Addition {
            Bump::Minor
        } else {
            Bump::Patch
        };
        assert!(
            rule.bump >= least,
            "{} is {}, not {least}",
            rule.id,
            rule.bump
        );
    }
}

#[test]
fn a_change_is_a_change_backwards_too() {
    for pair in Pair::all().iter().filter(|pair| !pair.shows.is_empty()) {
        let diff = pair.backwards();
        assert!(!diff.changes.is_empty(), "{}", pair.name);
    }
}

#[test]
fn a_change_has_a_place_in_a_document_and_an_operation_unless_it_is_about_all() {
    for pair in Pair::all() {
        for change in &pair.diff().changes {
            let places = change.base.iter().chain(&change.revision);
            assert!(places.clone().count() > 0, "{}: {change:?}", pair.name);
            for place in places {
                assert!(place.location.is_some(), "{}: {change:?}", pair.name);
            }
        }
    }
}
