//! Types that are many levels in each other: read, written, and sent to other threads.

use deep_client::Client;
use deep_client::runtime::{Http, Service};
use deep_client::types::{Cycle0, List0, Map0, Optional0, Required0, Union0};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads and writes `levels` objects in each other, on another thread.
fn round_trip<T: DeserializeOwned + Serialize + Clone + Send + 'static>(
    levels: usize,
    innermost: &str,
    wrap: fn(String, usize) -> String,
) {
    let text = (0..levels).fold(innermost.to_owned(), wrap);
    let value: T = serde_json::from_str(&text).expect("the value is valid");
    let thread = std::thread::spawn(move || {
        serde_json::to_string(&value.clone()).expect("the value is written")
    });
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("it is JSON");
    assert_eq!(json(&thread.join().expect("the thread ends")), json(&text));
}

#[test]
fn deep_values_are_read_and_written() {
    let (end, empty) = (r#"{"level":7}"#, r#"{"level":7,"next":[]}"#);
    round_trip::<Optional0>(60, end, |inner, _| format!(r#"{{"next":{inner}}}"#));
    round_trip::<List0>(30, empty, |inner, _| format!(r#"{{"next":[{inner}]}}"#));
    round_trip::<Map0>(30, end, |inner, _| format!(r#"{{"next":{{"x":{inner}}}}}"#));
    round_trip::<Cycle0>(40, empty, |inner, level| match (39 - level) % 4 {
        0 => format!(r#"{{"next":[{inner}]}}"#),
        1 => format!(r#"{{"next":{{"x":{inner}}}}}"#),
        _ => format!(r#"{{"next":{inner}}}"#),
    });
}

/// A union in itself is its innermost variant, however deep.
#[test]
fn a_union_of_unions_is_read() {
    let union: Union0 = serde_json::from_str("7").expect("the value is valid");
    assert!(!matches!(union, Union0::Unknown(_)), "{union:?}");
    assert_eq!(serde_json::to_string(&union).expect("it is written"), "7");
}

/// Its 200 objects are more than JSON readers take, and a shorter value lacks a required member.
#[test]
fn a_required_member_is_missed_at_any_depth() {
    let text = r#"{"next":"#.repeat(20) + "{}" + &"}".repeat(20);
    let fault = serde_json::from_str::<Required0>(&text).expect_err("`next` is missing");
    assert!(fault.to_string().contains("next"), "{fault}");
}

#[test]
fn the_future_of_a_call_can_be_sent() {
    fn sent(_: impl Future + Send) {}
    let service = Service::new(
        &"http://localhost:1".parse().expect("it is a URL"),
        Http::new(reqwest::Client::new()),
    );
    let client = Client::from_service(service);
    sent(async move {
        let body = Optional0::default();
        client.send_optional(&body).send().await.is_ok()
    });
}
