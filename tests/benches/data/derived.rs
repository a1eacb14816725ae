//! The same types, with derived code.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub(crate) struct Flat {
    #[serde(skip_serializing_if = "Option::is_none")]
    alpha: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gamma: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delta: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epsilon: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zeta: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    eta: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theta: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Nested {
    id: String,
    n: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<Box<Nested>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<Nested>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flat: Option<Flat>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<BTreeMap<String, Flat>>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Numbers {
    xs: Vec<f64>,
    rows: Vec<Vec<f64>>,
    integers: Vec<i64>,
}
