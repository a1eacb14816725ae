//! Discriminators whose values are numbers and booleans: generated, read, and written as their schemas declare them.

use clients::generate_tags::generated::types::{
    Bare, Button, Component, Event, Format, Loose, Mixed, No, Numbered, Old, Opened, Outcome, Page,
    Row, Size, Text, Widget, Yes,
};
use serde_json::{Value, json};

/// What a value is read as.
fn variant<T: serde::de::DeserializeOwned + std::fmt::Debug>(value: &Value) -> String {
    let read: T = serde_json::from_str(&value.to_string()).expect("a union is read");
    let text = format!("{read:?}");
    text.split('(').next().unwrap_or_default().to_owned()
}

/// How a value is written after it was read.
fn again<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) -> Value {
    let read: T = serde_json::from_str(&value.to_string()).expect("a union is read");
    serde_json::to_value(read).expect("a union is written")
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("a union is written")
}

macro_rules! assert_variants {
    ($union:ident: $($value:tt => $name:literal),+ $(,)?) => { $(
        let value = json!($value);
        assert_eq!(variant::<$union>(&value), $name, "{value}");
        assert_eq!(again::<$union>(&value), value);
    )+ };
}

#[test]
fn integers_and_booleans_decide() {
    assert_variants!(Component:
        {"type": 2, "label": "t"} => "Button",
        {"type": 4, "label": "t"} => "Text",
        {"type": (-5)} => "Text",
        {"type": 9, "label": "t"} => "Unknown",
        {"type": "9", "more": [1]} => "Unknown",
        {"label": "t"} => "Unknown",
    );
    assert_variants!(Outcome:
        {"ok": true} => "Yes",
        {"ok": false, "note": "n"} => "No",
        {"ok": 0} => "Unknown",
    );
    assert_variants!(Format:
        {"version": 1.5, "new": "n"} => "Recent",
        {"version": 2, "new": "n"} => "Unknown",
    );
    assert_eq!(variant::<Format>(&json!({"version": 1})), "Old");
}

#[test]
fn constants_of_any_size_decide() {
    assert_variants!(Size:
        {"size": 3_000_000_000_i64} => "Large",
        {"size": 18_446_744_073_709_551_615_u64} => "Huge",
        {"size": (-3_000_000_000_i64)} => "Small",
        {"size": 3} => "Unknown",
    );
}

#[test]
fn a_missing_tag_tries_structure() {
    assert_eq!(again::<Loose>(&json!({"left": "l"})), json!({"side": 0, "left": "l"}));
    assert_eq!(again::<Loose>(&json!({"right": "r"})), json!({"side": 1, "right": "r"}));
    assert_variants!(Loose: {"left": "l", "right": "r"} => "Unknown", {"side": 7, "left": "l"} => "Unknown");
}

#[test]
fn each_variant_has_a_tag_of_its_own_json_type() {
    assert_variants!(Mixed:
        {"kind": "1", "name": "n"} => "Named",
        {"kind": 2, "number": 3} => "Numbered",
    );
    assert_eq!(again::<Mixed>(&json!({"kind": 1})), json!({"kind": "1"}));
    assert_eq!(again::<Mixed>(&json!({"kind": "2"})), json!({"kind": 2}));
    // It does not declare the property: the tag has the JSON type of the first variant that does.
    assert_eq!(written(&Mixed::Bare(Bare::default().bare(true))), json!({"kind": "3", "bare": true}));
    assert_eq!(variant::<Mixed>(&json!({"kind": 3, "bare": true})), "Bare");
}

#[test]
fn schemas_that_extend_a_base_are_told_apart_by_integers() {
    assert_variants!(Event:
        {"code": 10, "by": "b"} => "Opened",
        {"code": 20, "why": "w"} => "Closed",
        {"code": 3_000_000_000_i64} => "Closed",
        {"code": 30, "by": "b"} => "Unknown",
    );
    assert_eq!(again::<Event>(&json!({"code": "10"})), json!({"code": 10}));
    assert_variants!(Row: {"width": 7, "columns": 1} => "WideRow", {"width": 8} => "Unknown");
}

#[test]
fn a_tag_is_written_as_the_mapping_says_whatever_the_struct_holds() {
    assert_eq!(written(&Component::Button(Button::new(4))), json!({"type": 2}));
    assert_eq!(written(&Component::Text(Text::new(-5))), json!({"type": -5}));
    assert_eq!(written(&Component::Text(Text::new(2))), json!({"type": 4}));
    assert_eq!(written(&Outcome::Yes(Yes::new(false))), json!({"ok": true}));
    assert_eq!(written(&Outcome::No(No::new(true))), json!({"ok": false}));
    assert_eq!(written(&Mixed::Numbered(Numbered::new(1))), json!({"kind": 2}));
    assert_eq!(written(&Format::Old(Old::new(7.0))), json!({"version": 1}));
    assert_eq!(written(&Event::Opened(Opened::new(1))), json!({"code": 10}));
    let widget = Widget::Component(Component::Button(Button::new(9)));
    assert_eq!(written(&widget), json!({"type": 2}));
}

#[test]
fn tags_are_read_everywhere_in_a_value() {
    let page = json!({"component": {"type": 4}, "all": [{"type": 2}, {"type": "-5"}, {"type": 7, "x": null}]});
    let mut expected = page.clone();
    expected["all"][1]["type"] = json!(-5);
    assert_eq!(again::<Page>(&page), expected);
}
