//! Strict reading: what `serde::Deserialize` does.

use serde_json::{Value, from_str, from_value, json, to_string};

use crate::samples::{Anything, Bag, Pet, Size, Sizes, Toy, Wide};

fn fault<T: serde::de::DeserializeOwned>(value: &Value) -> String {
    match serde_json::from_str::<T>(&value.to_string()) {
        Ok(_) => "read".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn sizes(member: &str, value: &Value) -> Value {
    let mut sizes = json!({
        "small": 1, "count": 2, "large": u64::MAX, "huge": 9_007_199_254_740_993_u64, "any": null,
        "series": [1, 2.5], "uuid": "67e55044-10b1-426f-9247-bb680e5fe0c8",
    });
    sizes[member] = value.clone();
    sizes
}

#[test]
fn an_array_is_not_an_object() {
    assert_eq!(
        fault::<Pet>(&json!(["Rex"])),
        "invalid type: sequence, expected an object at line 1 column 0"
    );
    let text = fault::<Pet>(&json!({"parent": ["Rex"]}));
    assert!(
        text.contains("expected an object at /parent at line"),
        "{text}"
    );
}

#[test]
fn an_error_has_the_pointer_of_the_member() {
    let text = fault::<Pet>(&json!({"friends": [{}, {"toys": {"a/b": {"id": true}}}]}));
    assert!(
        text.contains("at /friends/1/toys/a~1b/id at line"),
        "{text}"
    );
    assert!(
        text.starts_with("invalid type: boolean `true`, expected an integer"),
        "{text}"
    );
    let text = fault::<Pet>(&json!({"toys": {"x": {"id": 1}}}));
    assert!(
        text.contains("missing member `price` at /toys/x at line"),
        "{text}"
    );
    let text = fault::<Toy>(&json!({"id": 1, "price": 1, "made": 7, "maker": {}}));
    assert!(text.contains("invalid type: integer `7`"), "{text}");
    assert!(text.contains("at /made"), "{text}");
}

#[test]
fn integers_have_a_range_and_may_be_written_with_a_fraction_of_zero() {
    let read = |member, value| fault::<Sizes>(&sizes(member, &value));
    assert_eq!(read("small", json!(2.0)), "read");
    assert_eq!(read("large", json!(u64::MAX)), "read");
    for (member, value) in [
        ("small", json!(2.5)),
        ("small", json!(i64::from(i32::MAX) + 1)),
        ("count", json!(-1)),
        ("large", json!(-1)),
        ("huge", json!(1.5)),
        ("huge", json!("1")),
        ("series", json!([1, "2"])),
        ("uuid", json!(7)),
    ] {
        let text = read(member, value);
        assert!(text.contains(&format!(" at /{member}")), "{text}");
    }
}

#[test]
fn large_integers_are_exact() {
    let sizes: Sizes = from_value(sizes("any", &json!(u64::MAX))).unwrap();
    assert_eq!(sizes.huge.as_u64(), Some(9_007_199_254_740_993));
    let text = to_string(&sizes).unwrap();
    assert!(text.contains(r#""large":18446744073709551615"#), "{text}");
    assert!(text.contains(r#""any":18446744073709551615"#), "{text}");
    assert!(text.contains(r#""series":[1,2.5]"#), "{text}");
}

#[test]
fn null_is_absence_unless_the_document_tells_them_apart() {
    let pet: Pet = from_str(r#"{"name":null,"owner":null}"#).unwrap();
    assert_eq!((&pet.name, &pet.owner), (&None, &Some(None)));
    assert_eq!(to_string(&pet).unwrap(), r#"{"owner":null}"#);
    let pet: Pet = from_str("{}").unwrap();
    assert_eq!(pet.owner, None);
    let pet: Pet = from_str(r#"{"owner":"me"}"#).unwrap();
    assert_eq!(pet.owner, Some(Some("me".to_owned())));
    assert_eq!(to_string(&pet).unwrap(), r#"{"owner":"me"}"#);
}

#[test]
fn a_required_member_that_may_be_null_must_be_there() {
    let toy = json!({"id": 1, "price": null, "made": "2024-02-29", "maker": {}});
    let read: Toy = from_value(toy.clone()).unwrap();
    assert_eq!(read.price, None);
    assert_eq!(serde_json::to_value(&read).unwrap(), toy);
    let text = fault::<Toy>(&json!({"id": 1, "made": "2024-02-29", "maker": {}}));
    assert!(text.contains("missing member `price`"), "{text}");
    let text = fault::<Toy>(&json!({"id": null, "price": 1, "made": "2024-02-29", "maker": {}}));
    assert!(text.contains("invalid type: null"), "{text}");
}

#[test]
fn unknown_values_of_enumerations_are_kept() {
    let pet: Pet = from_str(r#"{"size":"huge"}"#).unwrap();
    assert_eq!(pet.size, Some(Size::Unknown("huge".to_owned())));
    assert_eq!(to_string(&pet).unwrap(), r#"{"size":"huge"}"#);
    let size: Size = from_str(r#""sm\u0061ll""#).unwrap();
    assert_eq!(size, Size::Small);
}

#[test]
fn unknown_members_are_ignored_or_kept_where_the_document_says_so() {
    let pet: Pet = from_str(r#"{"x":{"y":[1]},"name":"Rex","z":1}"#).unwrap();
    assert_eq!(to_string(&pet).unwrap(), r#"{"name":"Rex"}"#);
    let bag: Bag = from_str(r#"{"b":2,"label":"x","a":1,"a":3}"#).unwrap();
    assert_eq!(to_string(&bag).unwrap(), r#"{"label":"x","a":3,"b":2}"#);
    let text = fault::<Bag>(&json!({"a": "x"}));
    assert!(text.contains("at /a at line"), "{text}");
    let mut bag = bag;
    bag.additional_properties.insert("label".to_owned(), 1);
    assert_eq!(to_string(&bag).unwrap(), r#"{"label":"x","a":3,"b":2}"#);
}

#[test]
fn depth_is_bounded() {
    let mut value = json!({});
    for _ in 0..150 {
        value = json!({ "parent": value });
    }
    let error = from_value::<Pet>(value.clone()).map(drop).unwrap_err();
    assert!(error.to_string().contains("more than 128"), "{error}");
    assert!(fault::<Pet>(&value).contains("recursion limit exceeded"));
    let _ = value;
}

#[test]
fn values_are_compared_and_displayed_by_what_they_show() {
    let one: Pet = from_str(r#"{"name":"Rex","born":"2024-02-29","friends":[{"age":3}]}"#).unwrap();
    let other = Pet {
        born: None,
        ..one.clone()
    };
    assert!(one == one.clone() && one != other);
    assert_eq!(
        format!("{one:?}"),
        r#"Pet { name: "Rex", born: "2024-02-29", friends: [Pet { age: 3 }] }"#
    );
    let empty = Pet::default();
    let null = Pet {
        owner: Some(None),
        ..Pet::default()
    };
    assert!(empty != null);
}

#[test]
fn null_in_a_member_of_any_type_survives_where_the_type_can_say_it() {
    let text = r#"{"toldApart":null,"required":null,"list":[null],"map":{"x":null}}"#;
    let read: Anything = from_str(text).unwrap();
    assert_eq!(read.told_apart, Some(None));
    assert_eq!(to_string(&read).unwrap(), text);
    let mut notes = crate::runtime::data::Notes::on();
    let lenient = crate::runtime::data::from_json(text.as_bytes(), &mut notes).unwrap();
    assert_eq!(read, lenient);
    assert!(notes.as_slice().is_empty());
    // A value that can be anything can be `null`.
    let read: Anything = from_str(r#"{"optional":null,"required":1}"#).unwrap();
    assert_eq!(read.optional, Some(Value::Null));
    assert_eq!(read.told_apart, None);
}

#[test]
fn a_type_may_have_more_members_than_a_word_has_bits() {
    let text = r#"{"m0":1,"m65":2,"last":3}"#;
    let read: Wide = from_str(text).unwrap();
    assert_eq!(to_string(&read).unwrap(), text);
    let read: Wide = from_str(r#"{"last":1,"m65":1,"last":3,"m65":null}"#).unwrap();
    assert_eq!(to_string(&read).unwrap(), r#"{"last":3}"#);
    let text = fault::<Wide>(&json!({"m0": 1}));
    assert!(text.contains("missing member `last`"), "{text}");
}
