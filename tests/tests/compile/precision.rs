//! A consumer in whose build `serde_json` gives numbers as text: another crate has turned on its feature `arbitrary_precision`.

/// The line of the manifest that a consumer's other dependencies change.
pub(crate) const DEPENDENCY: (&str, &str) = (
    "features = [\"float_roundtrip\"]",
    "features = [\"float_roundtrip\", \"arbitrary_precision\"]",
);

pub(crate) const CONSUMER: &str = r##"//! Numbers are read and written as in any other build.

use generate_values_client::runtime::data::{Notes, from_json, to_json};
use generate_values_client::runtime::{Http, Service};
use generate_values_client::{Client, types};

#[test]
fn numbers_are_read_and_written() {
    for text in [
        r#"{"size":12,"weight":0.1}"#,
        r#"{"size":9007199254740993,"weight":-2.5,"code":7}"#,
    ] {
        let read: types::Note = from_json(text.as_bytes(), &mut Notes::default()).unwrap();
        assert_eq!(to_json(&read).unwrap(), text.as_bytes());
        let strict: types::Note = serde_json::from_str(text).unwrap();
        assert_eq!(strict, read);
        let value = serde_json::to_value(&read).unwrap();
        assert_eq!(serde_json::from_value::<types::Note>(value).unwrap(), read);
    }
    let read: types::Note = from_json(br#"{"size":1.0,"weight":{"a":1}}"#, &mut Notes::default()).unwrap();
    assert_eq!((read.size, read.weight), (1, None));
    assert!(from_json::<types::Note>(br#"{"size":1.5}"#, &mut Notes::default()).is_err());
}

#[test]
fn parameters_are_numbers() {
    let service = Service::new(&"http://a.test".parse().unwrap(), Http::new(reqwest::Client::new()));
    let client = Client::from_service(service);
    let request = format!("{:?}", client.find_pictures().limits(&[0.5, 2.0]));
    assert!(request.contains("limits=0.5,2"), "{request}");
}
"##;
