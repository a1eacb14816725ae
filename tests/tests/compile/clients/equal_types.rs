//! Equal types: each of their names can be used, and what must remain two types does.

use std::any::TypeId;

use clients::generate_equal_types::generated::{Client, types};
use serde_json::{Value, json};

use crate::recorder::{now, responding, sent};

#[test]
fn every_name_of_a_type_can_be_used() {
    let simple = types::PearExpression::Simple(types::PearSimple::new("size"));
    let grouping = types::PearGrouping::new(vec![simple]);
    let query = types::PearQuery::new(types::PearExpression::Grouping(grouping));
    let call = sent(async |service| {
        Client::from_service(service).query_pears(&query).send().await.ok();
    });
    let body: Value = serde_json::from_slice(&call.body.unwrap().as_bytes().unwrap().clone()).unwrap();
    assert_eq!(body, json!({"expression": {"nested": [{"property": "size"}]}}));

    let client = Client::from_service(responding(200, r#"{"found": [{"size": "LARGE"}]}"#));
    let page: types::PearPage = now(client.query_pears(&query).send()).unwrap().into_body();
    let found: &[types::Pear] = &page.found.unwrap();
    assert_eq!(found[0].size, types::PearSize::Large);
}

#[test]
fn a_value_of_one_name_is_a_value_of_the_other() {
    let apples = types::AppleQuery::new(types::AppleExpression::Simple(types::PearSimple::new("size")));
    let pears: types::PearQuery = apples.clone();
    assert_eq!(apples, pears);
    assert_ne!(TypeId::of::<types::AppleQuery>(), TypeId::of::<types::PlumQuery>());
    assert_ne!(TypeId::of::<types::SentNote>(), TypeId::of::<types::ReceivedNote>());
    assert_ne!(TypeId::of::<types::Card>(), TypeId::of::<types::StoredCard>());
}

/// It compiles only as long as the variants are different types.
trait Destination {
    fn named(self) -> types::Delivery;
}

impl Destination for types::DeliveryHome {
    fn named(self) -> types::Delivery {
        types::Delivery::Home(self)
    }
}

impl Destination for types::DeliveryShop {
    fn named(self) -> types::Delivery {
        types::Delivery::Shop(self)
    }
}

#[test]
fn the_variants_of_a_union_are_distinguished_by_their_types() {
    let at_home = types::GiftDeliveryHome::new("home", "1 Main Street").named();
    let in_shop = types::GiftDeliveryShop::new("shop", "1 Main Street").named();
    assert!(matches!(at_home, types::GiftDelivery::Home(_)));
    assert!(matches!(in_shop, types::GiftDelivery::Shop(_)));
    let order = types::Order::default().delivery(in_shop.clone()).gift(in_shop);
    let written = serde_json::to_value(order).unwrap();
    assert_eq!(written["gift"], json!({"to": "shop", "at": "1 Main Street"}));
    assert_eq!(written["gift"], written["delivery"]);
}
