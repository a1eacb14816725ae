//! Unions and enums: listed variants are recognized, and unknown values are kept.

use clients::generate_unions::generated::types::{
    Animal, Cat, Dog, Either, Home, Id, Loop, Place, Size,
};
use serde_json::{Value, json};

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).expect("a union is read from any JSON")
}

/// Whether a value is written like it was read.
fn is_kept<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) -> bool {
    serde_json::to_value(read::<T>(value)).expect("a union is written") == *value
}

#[test]
fn a_discriminator_selects_the_variant() {
    assert_eq!(
        read::<Animal>(&json!({"kind": "cat"})),
        Animal::Cat(Cat::new("cat"))
    );
    assert_eq!(
        read::<Animal>(&json!({"kind": "dog"})),
        Animal::Dog(Dog::new("dog"))
    );
    // Two values may select the same variant; the value is kept.
    assert_eq!(
        read::<Animal>(&json!({"kind": "wolf"})),
        Animal::Dog(Dog::new("wolf"))
    );
    assert!(is_kept::<Animal>(&json!({"kind": "wolf", "barks": true})));
}

#[test]
fn a_value_of_the_discriminator_that_is_not_listed_is_kept() {
    for value in [
        json!({"kind": "bird", "wings": [1, 2]}),
        json!({"kind": 7}),
        json!({"lives": 9}),
        json!("cat"),
        json!(null),
    ] {
        assert_eq!(read::<Animal>(&value), Animal::Unknown(value.clone()));
        assert!(is_kept::<Animal>(&value), "{value}");
    }
}

#[test]
fn without_a_discriminator_a_value_is_the_variant_that_it_fits() {
    assert_eq!(read::<Id>(&json!(7)), Id::Integer(7));
    assert_eq!(read::<Id>(&json!("7")), Id::String("7".to_owned()));
    assert_eq!(read::<Id>(&json!({"row": 1})), Id::Place(Place::new(1)));
    assert_eq!(
        read::<Either>(&json!({"kind": "x", "lives": 1})),
        Either::Cat(Cat::new("x").lives(1))
    );
    assert_eq!(
        read::<Either>(&json!({"row": 1, "seat": 2})),
        Either::Place(Place::new(1).seat(2))
    );
}

#[test]
fn a_value_that_fits_no_variant_is_kept() {
    for value in [
        json!(1.5),
        json!(true),
        json!([1, {"a": null}]),
        json!({"a": 1}),
        json!(null),
    ] {
        assert_eq!(read::<Id>(&value), Id::Unknown(value.clone()));
        assert!(is_kept::<Id>(&value), "{value}");
    }
}

#[test]
fn unions_and_enums_are_kept_inside_of_objects() {
    assert_eq!(read::<Size>(&json!("xl")), Size::Unknown("xl".to_owned()));
    for value in [
        json!({"animal": {"kind": "bird", "wings": 2}, "id": [1], "size": "xl"}),
        json!({"animal": {"kind": "cat", "lives": 9}, "id": "a", "size": "s"}),
    ] {
        assert!(is_kept::<Home>(&value), "{value}");
    }
}

#[test]
fn unions_that_are_variants_of_each_other_end() {
    assert!(is_kept::<Loop>(&json!("a")));
    assert!(is_kept::<Loop>(&json!(7)));
    assert!(is_kept::<Loop>(&json!({"neither": true})));
}

#[test]
fn types_that_need_themselves_through_a_union_a_list_or_a_map_are_finite() {
    use clients::normalize_endless_objects::generated::types::{Full, Round};
    assert!(is_kept::<Round>(&json!({"next": {"round": {"next": {"next": 5}}, "size": 1}})));
    assert!(is_kept::<Round>(&json!({"next": "anything"})));
    assert!(is_kept::<Full>(
        &json!({"list": [{"list": [], "map": {}}], "map": {"a": {"list": [], "map": {}}}})
    ));
    assert!(serde_json::from_value::<Full>(json!({"list": []})).is_err());
}
