//! Lenient reading: what a client does with a response.

use crate::runtime::data::{Blank, NoteKind, Notes, from_json};
use crate::samples::{Bag, Component, OneSide, Pet, Sizes, Toy};

fn read<T: Blank>(text: &str) -> (T, Vec<(String, NoteKind)>) {
    let mut notes = Notes::on();
    let value = from_json(text.as_bytes(), &mut notes).unwrap();
    let notes = notes.into_vec().into_iter();
    (value, notes.map(|note| (note.pointer, note.kind)).collect())
}

fn note(pointer: &str, kind: NoteKind) -> (String, NoteKind) {
    (pointer.to_owned(), kind)
}

#[test]
fn an_optional_member_of_a_wrong_shape_is_absent_and_noted() {
    for (name, value) in [
        ("name", "1"),
        ("name", "[[1],{}]"),
        ("age", "\"1\""),
        ("age", "1.5"),
        ("age", "9223372036854775808"),
        ("weight", "{\"a\":{}}"),
        ("isTame", "0"),
        ("born", "7"),
        ("size", "7"),
        ("owner", "7"),
        ("tags", "\"a\""),
        ("friends", "{}"),
        ("parent", "[]"),
        ("toys", "true"),
        ("chip", "-1"),
    ] {
        let (pet, notes) = read::<Pet>(&format!(r#"{{"{name}":{value},"name":"Rex"}}"#));
        assert_eq!(serde_json::to_string(&pet).unwrap(), r#"{"name":"Rex"}"#);
        assert_eq!(notes, [note(&format!("/{name}"), NoteKind::DroppedMember)]);
    }
}

#[test]
fn a_fault_below_is_absorbed_by_the_nearest_optional_member() {
    let (pet, notes) = read::<Pet>(r#"{"parent":{"friends":[{"name":"a"},7],"age":3}}"#);
    assert_eq!(
        serde_json::to_string(&pet).unwrap(),
        r#"{"parent":{"age":3}}"#
    );
    assert_eq!(
        notes,
        [
            note("/parent/friends/1", NoteKind::WrongValue),
            note("/parent/friends", NoteKind::DroppedMember)
        ]
    );
    let (_, notes) = read::<Pet>(r#"{"toys":{"x":{"id":1}}}"#);
    assert_eq!(notes, [note("/toys/x", NoteKind::DroppedMember),]);
}

#[test]
fn a_missing_or_wrong_required_member_fails_with_its_pointer() {
    let fails = |text: &str| {
        let mut notes = Notes::default();
        let error = from_json::<Vec<Toy>>(text.as_bytes(), &mut notes).unwrap_err();
        (error.pointer().to_owned(), error.to_string())
    };
    let (pointer, text) =
        fails(r#"[{"id":"secret","price":1,"made":"2024-01-01","maker":{"name":1}}]"#);
    assert_eq!(pointer, "/0/id");
    assert_eq!(
        text,
        "found a string, expected an integer in the range of its type at /0/id"
    );
    let (pointer, text) = fails(r#"[{"id":1,"price":1,"maker":{}}]"#);
    assert_eq!(pointer, "/0");
    assert_eq!(text, "the required member `made` is missing at /0");
    let (pointer, _) = fails(r#"[{"id":1,"price":1,"maker":{"town":tru"#);
    assert_eq!(pointer, "/0/maker/town");
}

#[test]
fn an_absorbed_fault_does_not_hide_the_one_that_fails() {
    let mut notes = Notes::on();
    let text = r#"{"id":"x","price":1,"made":"2024-01-01","maker":{"name":1}}"#;
    let error = from_json::<Toy>(text.as_bytes(), &mut notes).unwrap_err();
    assert_eq!(error.pointer(), "/id");
    assert_eq!(notes.as_slice()[0].pointer, "/maker/name");
}

#[test]
fn what_the_description_does_not_list_is_noted() {
    let (_, notes) = read::<Pet>(r#"{"size":"huge","x":{"y":1},"friends":[{"z~":1}]}"#);
    assert_eq!(
        notes,
        [
            note("/size", NoteKind::UnknownValue),
            note("/x", NoteKind::UnknownMember),
            note("/friends/0/z~0", NoteKind::UnknownMember),
        ]
    );
    let (bag, notes) = read::<Bag>(r#"{"a":1,"b":"x"}"#);
    assert_eq!(serde_json::to_string(&bag).unwrap(), r#"{"a":1}"#);
    assert_eq!(notes, [note("/b", NoteKind::DroppedMember)]);
    let (_, notes) = read::<Component>(r#"{"type":9}"#);
    assert_eq!(notes, [note("", NoteKind::UnknownValue)]);
    let (_, notes) = read::<OneSide>(r#"{"shared":"x"}"#);
    assert_eq!(notes, [note("", NoteKind::SeveralVariants)]);
}

#[test]
fn a_tagged_variant_that_does_not_fit_stays_whole() {
    let text = r#"{"type":2,"label":{"x":1}}"#;
    let (component, notes) = read::<Component>(text);
    assert!(matches!(&component, Component::Button(button) if button.label.is_none()));
    assert_eq!(notes, [note("/label", NoteKind::DroppedMember)]);
}

#[test]
fn notes_are_off_by_default_and_bounded() {
    let text = format!("{{{}}}", vec![r#""x":1"#; 5_000].join(","));
    let mut notes = Notes::default();
    from_json::<Pet>(text.as_bytes(), &mut notes).unwrap();
    assert!(notes.as_slice().is_empty());
    assert_eq!(read::<Pet>(&text).1.len(), 1_000);
}

#[test]
fn numbers_are_read_as_leniently_as_strictly() {
    let text = r#"{"small":2.0,"count":2,"large":18446744073709551615,"huge":9007199254740993,"any":[1.5],
        "series":[1,2.5,3.0],"uuid":"67e55044-10b1-426f-9247-bb680e5fe0c8"}"#;
    let (sizes, notes) = read::<Sizes>(text);
    assert!(notes.is_empty());
    assert!(sizes == serde_json::from_str(text).unwrap());
}

#[test]
fn a_string_that_is_not_of_its_format_is_kept_and_noted() {
    let (pet, notes) = read::<Pet>(r#"{"born":"soon"}"#);
    let born = pet.born.unwrap();
    assert_eq!(born.as_str(), "soon");
    assert!(born.value().is_err());
    assert_eq!(notes, [note("/born", NoteKind::UnknownValue)]);
    let sizes = r#"{"small":1,"count":2,"large":3,"huge":4,"any":null,"series":[],"uuid":""}"#;
    let (sizes, notes) = read::<Sizes>(sizes);
    assert_eq!(sizes.uuid.as_str(), "");
    assert_eq!(notes, [note("/uuid", NoteKind::UnknownValue)]);
}
