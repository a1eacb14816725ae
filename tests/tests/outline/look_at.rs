//! Which hand-written code a change of the public API concerns.

use std::path::Path;

use releasepack_codegen::diff::outline_changes;
use releasepack_codegen::tree::{self, File};
use releasepack_codegen::{look_at, of_crate};

/// The places in one file that a change of the outline concerns.
fn places(base: &str, revision: &str, code: &str) -> Vec<String> {
    let changes = outline_changes(base, revision);
    let found = look_at(&changes, &[File::new("code.rs", code)]);
    found.iter().map(ToString::to_string).collect()
}

const PET: &str = "struct types::Pet: Clone (non-exhaustive)\n";

#[test]
fn a_removed_field_is_found_where_it_is_read_set_and_matched() {
    let code = "use crate::generated::types::Pet;
fn name(pet: &Pet) -> &str {
    let Pet { name, .. } = pet;
    let other = Pet::default().name(\"Rex\");
    // pet.name in a comment, and \"pet.name\" in a string
    &other.name
}
";
    let base = format!("{PET}field types::Pet.name: String set by impl Into<String>\n");
    let why = "names `types::Pet.name`, which is removed";
    assert_eq!(
        places(&base, PET, code),
        [
            format!("code.rs:3:15: {why}"),
            format!("code.rs:4:32: {why}"),
            format!("code.rs:6:12: {why}"),
        ]
    );
}

#[test]
fn a_field_of_another_type_with_the_same_name_is_not_found() {
    let base = format!("{PET}field types::Pet.name: String\n");
    let code =
        "pub struct Owner { pub name: String } fn name(owner: &Owner) -> &str { &owner.name }";
    assert_eq!(places(&base, PET, code), [""; 0]);
    // Nobody else declares the name, so it is that of the response.
    let code = "async fn called(client: &Client) -> String { client.get_pet().await.name }";
    assert_eq!(places(&base, PET, code).len(), 1);
}

#[test]
fn a_type_counts_by_its_module() {
    let removed = "enum types::Client\n";
    let places = |code| places(removed, "", code).len();
    assert_eq!(
        places("use crate::types::{Client, Pet}; fn f(it: Client) {}"),
        1
    );
    assert_eq!(places("use crate::types::{Client, Pet};"), 1);
    assert_eq!(places("use crate::types::*; fn f(it: Client) {}"), 1);
    assert_eq!(places("fn f(it: types::Client) {}"), 1);
    assert_eq!(places("use crate::client::Client; fn f(it: Client) {}"), 0);
    assert_eq!(places("pub struct Client; fn f(it: Client) {}"), 0);
}

#[test]
fn a_changed_function_is_found_and_says_what_it_is_now() {
    let found = places(
        "fn Client::get_pet(&self)\n",
        "fn Client::get_pet(&self, id: &str)\n",
        "fn f(client: &Client) { client.get_pet(); }",
    );
    assert_eq!(
        found,
        [
            "code.rs:1:32: names `Client::get_pet`, which is now `fn Client::get_pet(&self, id: &str)`"
        ]
    );
}

#[test]
fn a_new_value_is_found_where_code_matches_on_its_enum() {
    let base = "enum types::Size (non-exhaustive)\nvariant types::Size::Small\n";
    let revision = format!("{base}variant types::Size::Large\n");
    let found = places(
        base,
        &revision,
        "use types::Size;
fn one(size: Size) -> u8 { match size { Size::Small | Size::Other(_) => { 1 } _ => 2 } }
fn other() -> Size { if true { Size::Small } else { f(Size::Small) } }
fn third(it: Option<Size>) -> u8 {
    match it {
        Some(Size::Small) if true => 1,
        None => match 1 { _ => 3 },
        _ => 2,
    }
}
",
    );
    let why = "matches on `types::Size`, which has a new value `Large`";
    assert_eq!(
        found,
        [
            format!("code.rs:2:28: {why}"),
            format!("code.rs:5:5: {why}")
        ]
    );
}

#[test]
fn a_compatible_change_concerns_nobody() {
    let code = "use types::Pet; fn f(it: Pet) -> u8 { it.age }";
    let revision = "struct types::Pet: Clone + Debug (non-exhaustive)\nfield types::Pet.age: u8\n";
    assert_eq!(places(PET, revision, code), [""; 0]);
}

/// The client's own code: a new status must be looked at in `release/status.rs`.
#[test]
fn a_new_status_leads_to_the_code_that_tells_states_apart() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src");
    let files = tree::read(&folder).unwrap();
    let old = of_crate(&files).unwrap().to_text();
    let status = "variant types::ReleaseStatus::Error = \"ERROR\"\n";
    let new = old.replace(
        status,
        &format!("variant types::ReleaseStatus::Canceled = \"CANCELED\"\n{status}"),
    );
    assert_ne!(old, new);
    let written: Vec<File> = files
        .into_iter()
        .filter(|file| !file.path.starts_with("generated/"))
        .collect();
    let found = look_at(&outline_changes(&old, &new), &written);
    let found: Vec<&str> = found.iter().map(|it| it.file.as_str()).collect();
    assert!(found.contains(&"release/status.rs"), "{found:?}");
    assert!(found.len() <= 4, "{found:?}");
}
