//! Each type goes through each self-describing format and comes back as it was.

use serde_json::{Value, json};

use crate::assert_same;
use crate::samples::{Animal, Bag, Id, Pet, Sizes, Toy, Tree};

fn round_trip<T>(value: &Value)
where
    T: serde::de::DeserializeOwned + serde::Serialize + PartialEq + std::fmt::Debug,
{
    let read: T = serde_json::from_value(value.clone()).unwrap();
    assert_same(&serde_json::to_value(&read).unwrap(), value);
    let text = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), read);
    assert_eq!(
        serde_json::from_reader::<_, T>(text.as_bytes()).unwrap(),
        read
    );
    let bytes = rmp_serde::to_vec(&read).unwrap();
    assert_eq!(rmp_serde::from_slice::<T>(&bytes).unwrap(), read);
    let yaml = serde_saphyr::to_string(&read).unwrap();
    assert_eq!(serde_saphyr::from_str::<T>(&yaml).unwrap(), read, "{yaml}");
}

#[test]
fn every_kind_of_type_goes_through_every_format() {
    round_trip::<Pet>(&json!({
        "name": "Rex", "age": 3, "weight": 2.5, "isTame": true, "born": "2024-02-29", "size": "small",
        "owner": null, "tags": ["a", "1", "true", "null", "2024-01-01"], "friends": [{}, {"name": "b"}],
        "parent": {"age": -1}, "toys": {"x": {"id": 1, "price": null, "made": "2024-01-01", "maker": {}}},
        "chip": u64::MAX, "any": {"a": [1, null, "x"]},
    }));
    round_trip::<Toy>(
        &json!({"id": 1, "price": 1.5, "made": "2024-01-01", "maker": {"town": "t"}}),
    );
    round_trip::<Sizes>(&json!({
        "small": -1, "count": 2, "large": u64::MAX, "huge": 9_007_199_254_740_993_u64, "any": [1.5],
        "series": [1.0, 2.5], "uuid": "67e55044-10b1-426f-9247-bb680e5fe0c8",
    }));
    round_trip::<Bag>(&json!({"label": "x", "a": 1, "b": 2}));
    round_trip::<Tree>(&json!([[], [[]]]));
    round_trip::<Animal>(&json!({"kind": "dog", "barks": true}));
    round_trip::<Animal>(&json!({"kind": "cow", "barks": [1]}));
    for value in [
        json!(1),
        json!(1.5),
        json!("x"),
        json!({"x": 1.5, "y": 2.5}),
        json!([1, "x"]),
    ] {
        round_trip::<Id>(&value);
    }
}
