//! Tags of unions: strings, numbers, booleans, as the schema of the variant declares them.

use std::collections::BTreeMap;

use serde_json::{Value, from_value, json, to_value};

use crate::runtime::data::{Notes, from_json};
use crate::samples::{Bag, Button, Component, Flag, Half, Input, NamedDraft, Tagged, Widget};

/// What `value` is read as, after a proof that lenient reading reads the same.
fn read<T>(value: &Value) -> T
where
    T: serde::de::DeserializeOwned + PartialEq + std::fmt::Debug + crate::runtime::data::Blank,
{
    let strict: T = from_value(value.clone()).unwrap();
    let lenient: T = from_json(value.to_string().as_bytes(), &mut Notes::default()).unwrap();
    assert_eq!(strict, lenient);
    strict
}

fn button(kind: i64) -> Component {
    Component::Button(Button {
        kind,
        label: Some("t".to_owned()),
    })
}

#[test]
fn a_tag_is_a_string_a_number_or_a_boolean() {
    for (version, name) in [
        (json!(1.5), "Half"),
        (json!("1.6"), "Named"),
        (json!("7"), "Named"),
        (json!(true), "Flag"),
        (json!(false), "Flag"),
        (json!(7), "Rest"),
        (json!(-7), "Rest"),
        (json!(8), "Unknown"),
        (json!("8"), "Unknown"),
        (json!(7.5), "Unknown"),
        (json!([7]), "Unknown"),
        (json!({"7": 7}), "Unknown"),
    ] {
        let value = json!({ "version": version });
        let read: Tagged = read(&value);
        assert!(format!("{read:?}").starts_with(name), "{value}: {read:?}");
        assert_eq!(to_value(&read).unwrap(), value);
    }
}

#[test]
fn a_tag_of_another_json_type_is_read_and_written_as_declared() {
    for (sent, written) in [
        (json!("2"), json!(2)),
        (json!("4"), json!(4)),
        (json!(4), json!(4)),
        (json!(2.0), json!(2)),
    ] {
        let read: Component = read(&json!({"type": sent, "label": "t"}));
        assert!(!matches!(read, Component::Unknown(_)), "{sent}: {read:?}");
        let now = to_value(&read).unwrap();
        assert_eq!(now, json!({"type": written, "label": "t"}));
    }
    for (sent, written) in [
        (json!("1.5"), json!(1.5)),
        (json!("true"), json!(true)),
        (json!(1.6), json!("1.6")),
        (json!("-7"), json!(-7)),
    ] {
        let read: Tagged = read(&json!({ "version": sent }));
        assert!(!matches!(read, Tagged::Unknown(_)), "{sent}: {read:?}");
        assert_eq!(to_value(&read).unwrap(), json!({ "version": written }));
    }
}

#[test]
fn a_string_that_only_resembles_a_tag_is_unknown() {
    for sent in ["02", "+2", " 2", "2.0", "", "two", "True"] {
        let value = json!({"type": sent, "label": "t"});
        assert_eq!(read::<Component>(&value), Component::Unknown(value.clone()));
    }
}

#[test]
fn what_is_not_the_variant_of_its_tag_stays_as_it_was_sent() {
    let text = r#"{"type":"2","label":5}"#;
    let read: Component = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
    // An optional member that does not fit is absent.
    assert_eq!(to_value(&read).unwrap(), json!({"type": 2}));
    let text = r#"{"version":"7","additional":"x"}"#;
    let read: Tagged = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
    assert_eq!(to_value(&read).unwrap(), json!({"version": "7"}));
    let text = r#"{"version":"-7","label":["x"],"a":"x","b":2}"#;
    let read: Tagged = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
    assert!(matches!(read, Tagged::Rest(_)), "{read:?}");
    assert!(serde_json::from_str::<Tagged>(text).is_err());
}

#[test]
fn a_tag_is_written_as_the_table_says_whatever_the_struct_holds() {
    for kind in [2, 4, 9] {
        assert_eq!(to_value(button(kind)).unwrap()["type"], json!(2));
    }
    let half = |version| to_value(Tagged::Half(Half { version })).unwrap()["version"].clone();
    assert_eq!(half(2.5), json!(2.5));
    assert_eq!(half(3.5), json!(1.5));
    let named = NamedDraft {
        version: "9".to_owned(),
    };
    assert_eq!(
        to_value(Tagged::Named(named)).unwrap(),
        json!({"version": "1.6"})
    );
    let flag = Tagged::Flag(Flag { version: false });
    assert_eq!(to_value(flag).unwrap(), json!({"version": false}));
    let rest = |version| {
        let additional_properties = BTreeMap::from([("version".to_owned(), version)]);
        let bag = Bag {
            label: None,
            additional_properties,
        };
        to_value(Tagged::Rest(bag)).unwrap()["version"].clone()
    };
    assert_eq!(rest(-7), json!(-7));
    assert_eq!(rest(8), json!(7));
}

#[test]
fn a_union_in_a_union_writes_its_own_tag() {
    let input = Input {
        kind: 9,
        label: None,
    };
    let written = |widget: Widget| serde_json::to_string(&widget).unwrap();
    assert_eq!(
        written(Widget::Component(Component::Input(input))),
        r#"{"type":4}"#
    );
    assert_eq!(written(Widget::Bag(Bag::default())), r#"{"type":9}"#);
    let value = json!({"type": "4", "label": "t"});
    let read: Widget = read(&value);
    assert_eq!(written(read), r#"{"type":4,"label":"t"}"#);
    // A value that the inner union does not know has the tag that was sent.
    let unknown = Widget::Component(Component::Unknown(json!({"type": 4, "x": 1})));
    assert_eq!(written(unknown), r#"{"type":4,"x":1}"#);
}
