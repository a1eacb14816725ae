//! The documents that are read.

use serde_json::{Value, json};

fn flat_value() -> Value {
    json!({
        "alpha": "some text here", "beta": "b420a8ab-8e4e-41b2-93ce-079093a03af2", "gamma": 123_456, "delta": 2.5,
        "epsilon": true, "zeta": "x", "eta": 7, "theta": "the last one",
    })
}

/// One object with scalars.
pub(crate) fn flat() -> String {
    flat_value().to_string()
}

/// Objects, arrays and maps in each other, five levels deep.
pub(crate) fn nested() -> String {
    let flat = flat_value();
    let mut value = json!({
        "id": "leaf", "n": 1, "tags": ["a", "bb", "ccc"], "flat": flat, "map": {"k1": flat, "k2": flat},
    });
    for level in 0..4 {
        value = json!({"id": "branch", "n": level, "child": value, "items": [value, value]});
    }
    value.to_string()
}

/// Long arrays of numbers.
pub(crate) fn numbers() -> String {
    let row: Vec<f64> = (0..100)
        .map(|index| f64::from(index) * 1.37 + 0.5)
        .collect();
    let integers: Vec<i64> = (0..200).map(|index| index * 12_345).collect();
    json!({"xs": row, "rows": [row, row, row], "integers": integers}).to_string()
}
