//! Types as the generator writes them.

use std::collections::BTreeMap;

use crate::runtime::data::record;

#[derive(Clone, Default)]
pub(crate) struct Flat {
    pub(crate) alpha: Option<String>,
    pub(crate) beta: Option<String>,
    pub(crate) gamma: Option<i64>,
    pub(crate) delta: Option<f64>,
    pub(crate) epsilon: Option<bool>,
    pub(crate) zeta: Option<String>,
    pub(crate) eta: Option<i32>,
    pub(crate) theta: Option<String>,
}
record! { Flat {
    alpha "alpha" OPTIONAL,
    beta "beta" OPTIONAL,
    gamma "gamma" OPTIONAL,
    delta "delta" OPTIONAL,
    epsilon "epsilon" OPTIONAL,
    zeta "zeta" OPTIONAL,
    eta "eta" OPTIONAL,
    theta "theta" OPTIONAL,
} }

#[derive(Clone, Default)]
pub(crate) struct Nested {
    pub(crate) id: String,
    pub(crate) n: i64,
    pub(crate) child: Option<Box<Nested>>,
    pub(crate) items: Option<Vec<Nested>>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) flat: Option<Flat>,
    pub(crate) map: Option<BTreeMap<String, Flat>>,
}
record! { Nested {
    id "id" REQUIRED,
    n "n" REQUIRED,
    child "child" OPTIONAL,
    items "items" OPTIONAL,
    tags "tags" OPTIONAL,
    flat "flat" OPTIONAL,
    map "map" OPTIONAL,
} }

#[derive(Clone, Default)]
pub(crate) struct Numbers {
    pub(crate) xs: Vec<f64>,
    pub(crate) rows: Vec<Vec<f64>>,
    pub(crate) integers: Vec<i64>,
}
record! { Numbers {
    xs "xs" REQUIRED,
    rows "rows" REQUIRED,
    integers "integers" REQUIRED,
} }
