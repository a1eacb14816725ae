//! Numbers: every digit that comes in goes out, and what JSON does not have is refused before anything is sent.

use clients::generate_digits::generated::{Client, types};
use clients::runtime::{ErrorKind, Integer, Number};

use crate::recorder::{now, responding, sent};

/// A ledger as it is read from this text and written again.
fn again(text: &'static str) -> String {
    let client = Client::from_service(responding(200, text));
    let id = Integer::from(1);
    let request = client.post(&id, &types::Ledger::default());
    let read = now(request.send()).expect("it is read").into_body();
    let call = sent(async |service| {
        let _ = Client::from_service(service).post(&id, &read).send().await;
    });
    String::from_utf8(call.body.unwrap().as_bytes().unwrap().clone().to_vec()).unwrap()
}

#[test]
fn every_digit_that_is_received_is_sent() {
    for text in [
        r#"{"huge":123456789012345678901234567890}"#,
        r#"{"huge":-123456789012345678901234567890}"#,
        r#"{"exact":0.1234567890123456789}"#,
        r#"{"money":1.10}"#,
        r#"{"money":1e400}"#,
        r#"{"list":[340282366920938463463374607431768211455,1]}"#,
        r#"{"map":{"a":99999999999999999.99}}"#,
        r#"{"entries":[{"paid":0.10},123456789012345678901234567890,"x",{"paid":2.50,"inner":{"paid":3.00}}]}"#,
        r#"{"events":[{"kind":"burned","ash":340282366920938463463374607431768211455}]}"#,
    ] {
        assert_eq!(again(text), text);
    }
}

#[test]
fn strict_reading_keeps_digits_too() {
    let text = r#"{"huge":123456789012345678901234567890,"entries":[{"paid":0.10}]}"#;
    let read: types::Ledger = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert!(serde_json::from_str::<types::Ledger>(r#"{"huge":1.5}"#).is_err());
    assert!(serde_json::from_str::<types::Ledger>(r#"{"huge":"1"}"#).is_err());
}

#[test]
fn what_is_not_a_number_is_absent() {
    let text = r#"{"huge":1.5,"exact":"1","money":null}"#;
    assert_eq!(again(text), r#"{"money":null}"#);
}

#[test]
fn every_digit_stands_in_parameters_and_forms() {
    let huge: Integer = "123456789012345678901234567890".parse().unwrap();
    let money: Number = "99999999999999999.90".parse().unwrap();
    let range = types::Range::default().low(huge.clone()).high(money.clone());
    let call = sent(async |service| {
        let client = Client::from_service(service);
        let ids = [huge.clone(), Integer::from(2)];
        let request = client.post(&huge, &types::Ledger::default()).least(&money);
        let request = request.ids(&ids).range(&range).filter(&range);
        let _ = request.x_limit(&money).send().await;
    });
    assert_eq!(
        call.url.as_str(),
        "https://api.test/v1/ledger/123456789012345678901234567890?least=99999999999999999.90\
         &ids=123456789012345678901234567890,2\
         &range%5Blow%5D=123456789012345678901234567890&range%5Bhigh%5D=99999999999999999.90\
         &filter=%7B%22low%22%3A123456789012345678901234567890%2C%22high%22%3A99999999999999999.90%7D"
    );
    assert_eq!(call.headers["x-limit"], "99999999999999999.90");
    let form = sent(async |service| {
        let _ = Client::from_service(service).fill(&range).send().await;
    });
    assert_eq!(
        form.body.unwrap().as_bytes().unwrap(),
        "low=123456789012345678901234567890&high=99999999999999999.90"
    );
    let parts = sent(async |service| {
        let client = Client::from_service(service);
        let _ = client.send(&money).range(&range).send().await;
    });
    let parts = String::from_utf8(parts.body.unwrap().as_bytes().unwrap().to_vec()).unwrap();
    assert!(parts.contains("\r\n\r\n99999999999999999.90\r\n"), "{parts}");
    assert!(parts.contains(r#"{"low":123456789012345678901234567890,"high":99999999999999999.90}"#), "{parts}");
}

#[test]
fn a_number_that_json_does_not_have_is_refused_wherever_it_is() {
    let client = Client::from_service(responding(204, ""));
    let none = types::Table::new();
    let nan = f64::NAN;
    let rates = types::Rates::default;
    let deep = rates().a_b([("c~d".to_owned(), nan)].into());
    let table = |number| types::Table::from([("x".to_owned(), vec![vec![1.0], vec![number]])]);
    let put = || client.put_rates(&1.0, &none);
    let number = Number::from(1);
    let refused = [
        ("rate", now(client.put_rates(&nan, &none).send())),
        ("next", now(put().next(&nan).send())),
        ("label", now(put().label(f64::INFINITY).send())),
        ("X-Rate", now(put().x_rate(&f64::NEG_INFINITY).send())),
        ("/k", now(put().table(&[("k".to_owned(), nan)].into()).send())),
        ("either", now(put().either(&types::Either::Number(nan)).send())),
        ("/a~1b/c~0d", now(put().deep(&deep).send())),
        ("/1/0", now(put().json(&[vec![1.0], vec![nan]]).send())),
        ("/x/1/0", now(client.put_rates(&1.0, &table(nan)).send())),
        ("NaN", now(client.put_rate(&nan).send())),
        ("/1/all/1", now(client.put_rows(&[rates(), rates().all(vec![0.0, nan])]).send())),
        ("/one", now(client.fill_rates(&rates().one(nan)).send())),
        ("/either", now(client.fill_rates(&rates().either(types::Either::Number(nan))).send())),
        ("/a~1b/c~0d", now(client.fill_rates(&deep).send())),
        ("rate", now(client.send(&number).rate(&nan).send())),
        ("/1", now(client.send(&number).rates(&[1.0, nan]).send())),
        ("X-Weight", now(client.send(&number).rate(&1.0).x_weight(nan).send())),
    ];
    for (place, outcome) in refused {
        let error = outcome.expect_err(place);
        assert_eq!(error.kind(), ErrorKind::Request, "{place}: {error}");
        let text = error.to_string();
        assert!(text.contains(place), "{place}: {text}");
    }
    assert!(now(client.put_rates(&1.0, &table(2.0)).send()).is_ok());
}
