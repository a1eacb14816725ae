//! Unions are decided by the structure of a value and by constants; what does not fit is never read as something else.

use std::sync::{Arc, Mutex};

use clients::generate_structure::generated::types::{
    Expression, Node, Owner, Part, PointOrName, Verdict,
};
use clients::generate_structure::generated::{Client, types};
use clients::runtime::data::{Blank, Notes, from_json};
use clients::runtime::NoteKind;
use serde_json::{Value, json};

use crate::recorder::{responding, now};

fn read<T: Blank>(value: &Value) -> T {
    from_json(value.to_string().as_bytes(), &mut Notes::default()).expect("it is read")
}

fn again<T: Blank + serde::Serialize>(value: &Value) -> Value {
    serde_json::to_value(read::<T>(value)).expect("it is written")
}

#[test]
fn a_recursive_union_keeps_each_member_at_any_depth() {
    let mut value = json!({"a": "end"});
    for depth in 0..40 {
        let name = ["a", "b", "c", "d"][depth % 4];
        value = json!({"child": value, name: depth.to_string()});
    }
    assert_eq!(again::<Node>(&value), value);
    let nested = json!({"child": {"child": {"b": "x"}}, "d": "x"});
    assert!(matches!(read::<Node>(&nested), Node::D(_)));
    assert_eq!(again::<Node>(&nested), nested);
}

#[test]
fn integers_and_booleans_are_tags() {
    let part = |kind: Value| read::<Part>(&json!({"type": kind, "label": "t"}));
    assert!(matches!(part(json!(2)), Part::Button(_)));
    assert!(matches!(part(json!(4)), Part::Text(_)));
    assert!(matches!(part(json!(4.0)), Part::Text(_)));
    assert!(matches!(part(json!(9)), Part::Unknown(_)));
    for (ok, is_yes) in [(true, true), (false, false)] {
        let value = json!({"ok": ok, "note": "n"});
        assert_eq!(matches!(read::<Verdict>(&value), Verdict::Yes(_)), is_yes);
        assert_eq!(again::<Verdict>(&value), value);
    }
}

#[test]
fn an_array_is_not_an_object() {
    let get = |status, body| now(Client::from_service(responding(status, body)).get_point().send());
    let error = get(200, "[1, 2]").unwrap_err();
    assert!(error.to_string().contains("object"), "{error}");
    assert!(get(400, r#"["E1", "m"]"#).unwrap_err().body().is_none());
    let error = get(200, r#"{"x": 1, "y": [2]}"#).unwrap_err();
    assert!(error.to_string().contains("/y"), "{error}");

    let value = json!([1.5, 2.5]);
    assert!(matches!(read::<PointOrName>(&value), PointOrName::Unknown(_)));
    assert_eq!(again::<PointOrName>(&value), value);
    let mut value = json!({"lit": "x"});
    for _ in 0..20 {
        value = json!([value, {"and": [{"lit": "y"}]}]);
    }
    assert_eq!(again::<Expression>(&value), value);
}

#[test]
fn an_enum_beside_an_all_of_decides() {
    let owner = |kind| read::<Owner>(&json!({"type": kind, "id": "1"}));
    assert!(matches!(owner("user"), Owner::User(_)));
    assert!(matches!(owner("role"), Owner::Role(_)));
    assert_eq!(
        again::<types::Role>(&json!({"type": "role", "id": "1"})),
        json!({"type": "role", "id": "1"})
    );
}

#[test]
fn null_is_a_value_where_anything_is() {
    let value = json!({"anything": null});
    assert_eq!(again::<types::Holder>(&value), value);
    assert_eq!(again::<types::Holder>(&json!({})), json!({}));
}

#[test]
fn what_is_not_described_is_noted_for_those_who_ask() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let body = r#"{"x": 1, "y": 2, "z": 3, "label": 7}"#;
    let service = responding(200, body).with_observer(move |operation, note| {
        let note = (operation.id, note.pointer.clone(), note.kind);
        log.lock().unwrap().push(note);
    });
    let response = now(Client::from_service(service).get_point().send()).unwrap();
    assert_eq!(response.label, None);
    let noted: Vec<&str> = response.notes().iter().map(|it| it.pointer.as_str()).collect();
    let seen = seen.lock().unwrap();
    assert!(seen.contains(&("getPoint", "/z".to_owned(), NoteKind::UnknownMember)));
    assert!(seen.contains(&("getPoint", "/label".to_owned(), NoteKind::DroppedMember)));
    assert_eq!(noted.len(), seen.len());

    let response = now(Client::from_service(responding(200, body)).get_point().send()).unwrap();
    assert!(response.notes().is_empty());
}
