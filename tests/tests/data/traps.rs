//! The traps into which a first experiment fell, one test each.

use serde_json::{Value, json};

use crate::runtime::data::{Notes, from_json, to_json};
use crate::samples::{Bag, Branch, Pet, Sizes, Tree};

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}

#[test]
fn trap_1_a_record_writes_the_number_of_members_that_are_there() {
    let pet: Pet = read(r#"{"name":"Rex","owner":null}"#).unwrap();
    let bytes = rmp_serde::to_vec(&pet).unwrap();
    // 0x80 is a map, with its length in the lower bits.
    assert_eq!(bytes[0], 0x82);
    let bag: Bag = read(r#"{"a":1,"b":2,"label":"x"}"#).unwrap();
    assert_eq!(rmp_serde::to_vec(&bag).unwrap()[0], 0x83);
}

#[test]
fn trap_2_of_duplicates_the_last_is_taken_whole() {
    let text = r#"{"parent":{"name":"a","age":1},"parent":{"age":2},
        "toys":{"x":null},"tags":["a"],"tags":[],"name":"n","name":null}"#;
    let pet: Pet = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
    assert_eq!(
        serde_json::to_value(&pet).unwrap(),
        json!({"parent": {"age": 2}, "tags": [], "toys": {}})
    );
    let text = r#"{"toys":{"x":{"id":1,"price":2,"made":"2024-01-01","maker":{"name":"m"},"maker":{"town":"t"}}}}"#;
    let pet: Pet = read(text).unwrap();
    let toy = &serde_json::to_value(&pet).unwrap()["toys"]["x"];
    assert_eq!(toy["maker"], json!({"town": "t"}));
}

#[test]
fn trap_3_every_required_member_has_a_blank_value() {
    use crate::runtime::data::Blank;
    let sizes = Sizes::blank();
    assert_eq!((sizes.small, sizes.any), (0, Value::Null));
}

#[test]
fn trap_4_boxes_of_records_are_nodes() {
    let pet: Box<Pet> = from_json(br#"{"name":"Rex"}"#, &mut Notes::default()).unwrap();
    assert_eq!(to_json(&pet).unwrap(), br#"{"name":"Rex"}"#);
    let tree: Tree = read("[[],[[]]]").unwrap();
    assert_eq!(serde_json::to_string(&tree).unwrap(), "[[],[[]]]");
}

#[test]
fn trap_5_types_that_lead_back_to_themselves_compile_without_a_larger_recursion_limit() {
    let text = r#"{"parent":{"friends":[{"parent":{}}]}}"#;
    let pet: Pet = read(text).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), text);
    let branch: Branch = read(r#"{"child":{"a":"x"},"b":"y"}"#).unwrap();
    assert!(matches!(branch, Branch::B(_)));
}

#[test]
fn trap_6_a_deep_value_is_read_in_linear_time() {
    // A wrapper at every level would make this 2^100 calls, or a stack that is too deep.
    let text = r#"{"parent":"#.repeat(100) + "{}" + &"}".repeat(100);
    let pet: Pet = read(&text).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), text);
}

#[test]
fn trap_7_a_wrong_element_drops_its_array_and_a_wrong_member_of_a_map_is_left_out() {
    let text = r#"{"tags":["a",1],"name":"Rex","toys":{"x":5,"y":{"id":1,"price":null,"made":"2024-01-01","maker":{}}}}"#;
    let pet: Pet = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
    assert_eq!(pet.tags, None);
    assert_eq!(pet.name.as_deref(), Some("Rex"));
    assert_eq!(pet.toys.unwrap().keys().collect::<Vec<_>>(), ["y"]);
}

#[test]
fn trap_8_errors_keep_their_category() {
    use serde_json::error::Category;
    let category = |text: &str| {
        let mut notes = Notes::default();
        let error = from_json::<Sizes>(text.as_bytes(), &mut notes).unwrap_err();
        assert_eq!(
            read::<Sizes>(text).unwrap_err().classify(),
            error.category(),
            "{text}"
        );
        error.category()
    };
    assert_eq!(category(r#"{"series":[1,"#), Category::Eof);
    assert_eq!(category(r#"{"series":[1 2]}"#), Category::Syntax);
    assert_eq!(category(r#"{"series":[true]}"#), Category::Data);
    assert_eq!(category("{}"), Category::Data);
    let deep = r#"{"any":"#.to_owned() + &"[".repeat(200);
    assert_eq!(category(&deep), Category::Syntax);
}
