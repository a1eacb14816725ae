//! Unions are decided by their tag or by structure, and then read once.

use serde_json::{Value, from_value, json, to_value};

use crate::assert_same;
use crate::runtime::data::{Blank, NoteKind, Notes, from_json};
use crate::samples::{
    Animal, AnySide, Branch, Cat, Component, Dog, Draft, Id, Loop, OneSide, Part, Plaything,
    PointOrNothing, Result,
};

/// The name of the variant that a value is, after a proof that it is written as it was.
fn variant<T>(value: &Value) -> String
where
    T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug,
{
    let read: T = from_value(value.clone()).unwrap();
    assert_same(&to_value(&read).unwrap(), value);
    let text = format!("{read:?}");
    text.split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn a_tag_decides() {
    assert_eq!(
        variant::<Animal>(&json!({"kind": "cat", "lives": 9})),
        "Cat"
    );
    assert_eq!(variant::<Animal>(&json!({"kind": "lion"})), "Cat");
    assert_eq!(
        variant::<Animal>(&json!({"kind": "dog", "barks": true})),
        "Dog"
    );
    assert_eq!(
        variant::<Animal>(&json!({"kind": "cow", "lives": 9})),
        "Unknown"
    );
    assert_eq!(variant::<Animal>(&json!(["cat"])), "Unknown");
    let error = from_value::<Animal>(json!({"kind": "cat", "lives": "x"})).unwrap_err();
    assert!(error.to_string().contains("at /lives"), "{error}");
}

#[test]
fn constants_of_any_scalar_type_decide() {
    assert_eq!(variant::<Part>(&json!({"type": 4})), "Input");
    assert_eq!(variant::<Part>(&json!({"type": 9})), "Unknown");
    assert_eq!(variant::<Part>(&json!({"type": "4"})), "Unknown");
    assert_eq!(variant::<Result>(&json!({"ok": true})), "Yes");
    assert_eq!(
        variant::<Result>(&json!({"ok": false, "reason": "x"})),
        "No"
    );
    assert_eq!(variant::<Result>(&json!({"ok": 1})), "Unknown");
    assert_eq!(variant::<Result>(&json!({"ok": "true"})), "Unknown");
    assert_eq!(variant::<Draft>(&json!({"version": 1.5})), "Half");
    assert_eq!(variant::<Draft>(&json!({"version": "1.5"})), "Named");
    assert_eq!(variant::<Draft>(&json!({"version": 2.5})), "Unknown");
    assert_eq!(variant::<Draft>(&json!({"version": "2.5"})), "Unknown");
}

#[test]
fn a_missing_tag_tries_structure() {
    let read: Animal = from_value(json!({"barks": true})).unwrap();
    assert!(matches!(read, Animal::Dog(_)));
    assert_eq!(
        to_value(&read).unwrap(),
        json!({"kind": "dog", "barks": true})
    );
}

#[test]
fn the_tag_is_written_as_the_mapping_says() {
    let cat = |kind: &str| {
        let cat = Cat {
            kind: kind.to_owned(),
            lives: Some(9),
        };
        serde_json::to_string(&Animal::Cat(cat)).unwrap()
    };
    assert_eq!(cat("cow"), r#"{"kind":"cat","lives":9}"#);
    assert_eq!(cat("lion"), r#"{"kind":"lion","lives":9}"#);
    let dog = Animal::Dog(Dog { barks: None });
    assert_eq!(serde_json::to_string(&dog).unwrap(), r#"{"kind":"dog"}"#);
    assert_eq!(rmp_serde::to_vec(&dog).unwrap()[0], 0x81);
}

#[test]
fn structure_decides_by_kind_and_range() {
    for (value, name) in [
        (json!(1), "Integer"),
        (json!(1.5), "Number"),
        (json!("2024-02-29"), "Date"),
        (json!("2024-02-30"), "Text"),
        (json!({"x": 1.5, "y": 2.5}), "Point"),
        (json!({"x": 1}), "Map"),
        (json!([1, "x", [2.5]]), "List"),
        (json!({}), "Map"),
        (json!(true), "Unknown"),
        (json!(null), "Unknown"),
        // A float would be another number.
        (json!(9_223_372_036_854_775_809_u64), "Unknown"),
    ] {
        assert_eq!(variant::<Id>(&value), name, "{value}");
    }
}

#[test]
fn a_variant_may_be_null_or_a_union() {
    assert_eq!(variant::<PointOrNothing>(&json!(null)), "Point");
    assert_eq!(
        variant::<PointOrNothing>(&json!({"x": 1.0, "y": 2.5})),
        "Point"
    );
    assert_eq!(variant::<PointOrNothing>(&json!("x")), "Id");
    assert_eq!(variant::<Loop>(&json!(5)), "Pool");
    assert_eq!(variant::<Loop>(&json!("x")), "Text");
    assert_eq!(variant::<Loop>(&json!(true)), "Unknown");
}

#[test]
fn what_fits_several_variants_of_one_of_equally_is_unknown() {
    assert_eq!(
        variant::<OneSide>(&json!({"left": "x", "shared": "y"})),
        "Left"
    );
    assert_eq!(variant::<OneSide>(&json!({"right": "x"})), "Right");
    assert_eq!(variant::<OneSide>(&json!({"shared": "y"})), "Unknown");
    assert_eq!(variant::<OneSide>(&json!({"left": 1})), "Unknown");
}

#[test]
fn what_is_several_variants_of_any_of_at_once_stays_whole() {
    assert_eq!(variant::<AnySide>(&json!({"shared": "y"})), "Left");
    assert_eq!(variant::<AnySide>(&json!({"right": "x"})), "Right");
    assert_eq!(
        variant::<AnySide>(&json!({"left": "x", "right": "y"})),
        "Unknown"
    );
    // A server that fills in every member that it knows.
    let read: AnySide = from_value(json!({"left": "", "right": "y"})).unwrap();
    assert!(matches!(read, AnySide::Right(_)) || matches!(read, AnySide::Unknown(_)));
}

#[test]
fn a_recursive_union_keeps_every_member_at_any_depth() {
    let mut value = json!({"a": "x"});
    for level in 0..60 {
        let name = if level % 3 == 0 { "a" } else { "b" };
        value = json!({"child": value, name: "x"});
    }
    let read: Branch = from_value(value.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), value);
    assert!(matches!(read, Branch::B(_) | Branch::A(_)));
}

#[test]
fn a_known_tag_with_a_wrong_required_member_is_unknown_when_read_leniently() {
    for text in [
        r#"{"kind":"ball","size":"x","label":"l"}"#,
        r#"{"kind":"ball","label":"l"}"#,
    ] {
        let mut notes = Notes::on();
        let read: Plaything = from_json(text.as_bytes(), &mut notes).unwrap();
        assert!(matches!(read, Plaything::Unknown(_)), "{read:?}");
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        assert_eq!(notes.as_slice()[0].kind, NoteKind::UnknownValue);
        assert!(serde_json::from_str::<Plaything>(text).is_err());
    }
}

#[test]
fn lenient_reading_decides_as_strict_reading_does() {
    fn both<T>(value: &Value) -> (String, Option<NoteKind>)
    where
        T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug + Blank + PartialEq,
    {
        let mut notes = Notes::on();
        let lenient: T = from_json(value.to_string().as_bytes(), &mut notes).unwrap();
        let strict: T = from_value(value.clone()).unwrap();
        assert_eq!(lenient, strict);
        let kind = notes.as_slice().first().map(|note| note.kind);
        (variant::<T>(value), kind)
    }
    let unknown = |kind| ("Unknown".to_owned(), Some(kind));
    // What does not have the JSON type of a member is not read as if the member were absent.
    for value in [
        json!({"left": 1}),
        json!({"left": ["x"]}),
        json!({"right": {"x": 1}}),
    ] {
        assert_eq!(
            both::<OneSide>(&value),
            unknown(NoteKind::UnknownValue),
            "{value}"
        );
        assert_eq!(
            both::<AnySide>(&value),
            unknown(NoteKind::UnknownValue),
            "{value}"
        );
    }
    let shared = json!({"shared": "y"});
    assert_eq!(both::<OneSide>(&shared), unknown(NoteKind::SeveralVariants));
    assert_eq!(both::<AnySide>(&shared), ("Left".to_owned(), None));
    let sides = json!({"left": "x", "right": "y"});
    assert_eq!(both::<AnySide>(&sides), unknown(NoteKind::SeveralVariants));
    let unlisted = json!({"type": 9, "label": "t"});
    assert_eq!(both::<Part>(&unlisted), unknown(NoteKind::UnknownValue));
    assert_eq!(
        both::<Component>(&unlisted),
        unknown(NoteKind::UnknownValue)
    );
    assert_eq!(both::<Component>(&json!({"type": 4})).0, "Input");
}
