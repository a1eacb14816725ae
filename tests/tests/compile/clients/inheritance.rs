//! Bases with a discriminator that extend each other: each is a union of itself and all that extend it.

use clients::generate_inheritance::generated::{Client, types};
use clients::runtime::data::{Blank, from_json};
use clients::runtime::{NoteKind, Notes};
use serde::Serialize;
use serde_json::{Value, json};
use types::{
    Alert, Directory, Electronics, Entity, Named, Phone, Polygon, Priced, Product, Rectangle, Shape,
};

use crate::recorder::{now, responding, sent};

fn read<T: Blank>(value: &Value) -> T {
    let json = value.to_string();
    from_json(json.as_bytes(), &mut Notes::default()).expect("it is readable")
}

/// What comes back is what went in.
fn keeps<T: Blank + Serialize>(value: &Value) -> T {
    let read: T = read(value);
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    read
}

#[test]
fn where_the_middle_is_declared_what_extends_it_is_read() {
    let body = r#"{"type":"phone","volts":5,"storage":64}"#;
    let read = now(Client::from_service(responding(200, body)).get_electronics().send()).unwrap();
    let Electronics::Phone(phone) = read.body() else {
        panic!("{read:?}");
    };
    assert_eq!((phone.volts, phone.storage), (Some(5), Some(64)));
    assert!(matches!(
        keeps(&json!({"type": "elec", "volts": 5})),
        Electronics::Base(_)
    ));
    assert!(matches!(
        keeps(&json!({"type": "toaster", "slots": 2})),
        Electronics::Unknown(_)
    ));
}

#[test]
fn every_schema_of_a_line_is_itself_or_what_extends_it() {
    for kind in ["Shape", "Polygon", "Rectangle", "Square"] {
        let value = json!({"kind": kind});
        let (shape, polygon, rectangle): (Shape, Polygon, Rectangle) =
            (keeps(&value), keeps(&value), keeps(&value));
        let found = (
            matches!(shape, Shape::Unknown(_)),
            matches!(polygon, Polygon::Unknown(_)),
            matches!(rectangle, Rectangle::Unknown(_)),
        );
        let expected = match kind {
            "Shape" => (false, true, true),
            "Polygon" => (false, false, true),
            _ => (false, false, false),
        };
        assert_eq!(found, expected, "{kind}");
    }
    let square = json!({"kind": "Square", "corners": 4, "width": 1.5, "perfect": true});
    assert!(matches!(keeps(&square), Shape::Square(_)));
    assert!(matches!(keeps(&square), Polygon::Square(_)));
    assert!(matches!(keeps(&square), Rectangle::Square(_)));
}

#[test]
fn a_base_that_repeats_the_discriminator_keeps_its_value_in_the_outer_mapping() {
    let directory = json!({"@type": "#g.dir", "id": "1", "gone": true});
    assert!(matches!(keeps(&directory), Directory::Base(_)));
    assert!(matches!(keeps(&directory), Entity::DirectoryBase(_)));
    let user = json!({"@type": "#g.user", "id": "1", "mail": "a@b"});
    assert!(matches!(keeps(&user), Directory::User(_)));
    assert!(matches!(keeps(&user), Entity::User(_)));
}

#[test]
fn an_object_without_the_tag_is_the_declared_type() {
    let Directory::Base(directory) = read(&json!({"id": "1", "gone": false})) else {
        panic!("it is a directory");
    };
    assert_eq!((directory.type_.as_str(), directory.gone), ("#g.dir", Some(false)));
    let Directory::Base(directory) = read(&json!({"@type": null, "id": "1"})) else {
        panic!("it is a directory");
    };
    assert_eq!(directory.id.as_deref(), Some("1"));
    assert!(matches!(read(&json!({"id": "1"})), Entity::Base(_)));
    // Nothing is lost: a member that only another variant knows stays.
    let user = json!({"id": "1", "mail": "a@b"});
    assert!(matches!(keeps(&user), Directory::Unknown(_)));
    for value in [json!([1]), json!("x"), json!(null)] {
        assert!(matches!(keeps(&value), Directory::Unknown(_)), "{value}");
    }
}

#[test]
fn a_schema_can_extend_several_bases() {
    let ware = json!({"as": "Ware", "name": "n", "in": "Ware", "price": 1.5, "weight": 2.5});
    assert!(matches!(keeps(&ware), Named::Ware(_)));
    assert!(matches!(keeps(&ware), Priced::Ware(_)));
    let service = json!({"in": "Service", "price": 1.5, "hours": 2.5});
    assert!(matches!(keeps(&service), Priced::Service(_)));
    assert!(matches!(keeps(&json!({"as": "Named"})), Named::Base(_)));
}

#[test]
fn values_that_no_other_schema_has_are_those_of_the_base() {
    assert!(matches!(keeps(&json!({"level": "none"})), Alert::Base(_)));
    assert!(matches!(
        keeps(&json!({"level": "low", "until": "x"})),
        Alert::LowAlert(_)
    ));
    assert!(matches!(keeps(&json!({"level": "odd"})), Alert::Unknown(_)));
}

#[test]
fn the_tag_is_sent_as_the_mapping_says() {
    let product = Product::Phone(Phone::new("Phone").storage(64));
    let call = sent(async |service| {
        now(Client::from_service(service).add_product(&product).send()).unwrap();
    });
    let body: Value = serde_json::from_slice(&call.body.unwrap().as_bytes().unwrap().clone()).unwrap();
    assert_eq!(body, json!({"type": "phone", "storage": 64}));
}

#[test]
fn an_unlisted_tag_is_noted() {
    let mut notes = Notes::on();
    let value = br#"{"type":"toaster"}"#;
    from_json::<Product>(value, &mut notes).unwrap();
    let kinds: Vec<NoteKind> = notes.as_slice().iter().map(|note| note.kind).collect();
    assert_eq!(kinds, [NoteKind::UnknownValue]);
}
