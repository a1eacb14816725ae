//! Equal meaning is no change.

use releasepack_codegen::diff::compare;

use super::pair::Pair;

#[test]
fn documents_that_mean_the_same_have_no_changes_in_either_order() {
    let mut wrong = Vec::new();
    for pair in Pair::equal() {
        for diff in [pair.diff(), pair.backwards()] {
            if !diff.changes.is_empty() || !diff.rust.is_empty() {
                let page = diff.to_markdown("base", "revision");
                wrong.push(format!("{}: {}\n{page}", pair.name, pair.about));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_document_is_equal_to_itself() {
    for pair in Pair::all() {
        let diff = compare(&pair.revision, &pair.revision);
        let diff = diff.unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(diff.is_empty(), "{}: {diff:#?}", pair.name);
    }
}

#[test]
fn texts_for_readers_are_counted() {
    let counted: Vec<(&str, usize)> = Pair::equal()
        .map(|pair| (pair.name.as_str(), pair.diff().prose))
        .filter(|(_, prose)| *prose > 0)
        .collect();
    // The summary and the description of the operation, the description and the example of the property.
    assert_eq!(counted, [("equal/prose", 4)]);
}

#[test]
fn what_means_the_same_on_the_wire_may_have_another_rust_api() {
    let pairs = Pair::all().iter();
    for pair in pairs.filter(|pair| pair.name.starts_with("rust/")) {
        for diff in [pair.diff(), pair.backwards()] {
            assert!(
                diff.changes.is_empty() && !diff.rust.is_empty(),
                "{}",
                pair.name
            );
        }
    }
}
