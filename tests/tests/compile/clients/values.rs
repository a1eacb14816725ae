//! Values: data that servers send is kept, and requests can express every value.

use clients::generate_values::generated::support::DateTime;
use clients::generate_values::generated::{Client, types};
use clients::runtime::Call;
use serde_json::{Value, json};

use crate::recorder::{now, responding, sent};

fn note(body: &'static str) -> types::Note {
    let client = Client::from_service(responding(200, body));
    now(client.get_note("a").send()).unwrap().into_body()
}

fn body(change: types::NoteChange) -> Value {
    let call = sent(async |service| {
        Client::from_service(service)
            .change_note("a", &change)
            .send()
            .await
            .unwrap();
    });
    serde_json::from_slice(&call.body.unwrap().as_bytes().unwrap().clone()).unwrap()
}

#[test]
fn null_in_a_request_differs_from_a_missing_property() {
    let change = types::NoteChange::default;
    assert_eq!(body(change()), json!({}));
    assert_eq!(body(change().title("new")), json!({"title": "new"}));
    assert_eq!(body(change().clear_title()), json!({"title": null}));
    let read: types::NoteChange = serde_json::from_value(json!({"title": null})).unwrap();
    assert_eq!(read.title, Some(None));
}

#[test]
fn a_date_with_a_time_is_kept_as_it_was_sent() {
    for text in [
        "2026-03-01T08:00:00+02:00",
        "9999-12-31T23:59:59Z",
        "2026-03-01T08:00:00",
        "",
    ] {
        let read: types::Note =
            serde_json::from_value(json!({"size": 1, "writtenAt": text})).unwrap();
        let time = read.written_at.clone().unwrap();
        assert_eq!(time.as_str(), text);
        assert_eq!(serde_json::to_value(read).unwrap()["writtenAt"], text);
    }
    let time = |text: &str| DateTime::from(text).timestamp().map(|it| it.to_string());
    assert_eq!(
        time("2026-03-01T08:00:00+02:00").unwrap(),
        "2026-03-01T06:00:00Z"
    );
    assert_eq!(time("2026-03-01T08:00:00").unwrap(), "2026-03-01T08:00:00Z");
    assert!(time("").is_err());
}

#[test]
fn an_integer_may_have_a_zero_fraction() {
    assert_eq!(note(r#"{"size": 12.0}"#).size, 12);
    let client = Client::from_service(responding(200, r#"{"size": 12.5}"#));
    assert!(now(client.get_note("a").send()).is_err());
}

#[test]
fn a_number_of_single_precision_keeps_its_digits() {
    let read = note(r#"{"size": 1, "weight": 0.1}"#);
    let again = serde_json::to_value(&read).unwrap();
    assert_eq!(again["weight"].to_string(), "0.1");
}

#[test]
fn a_union_takes_the_variant_that_knows_the_value() {
    let code = |text| note(text).code.unwrap();
    assert_eq!(
        code(r#"{"size": 1, "code": "bad"}"#),
        types::NoteCode::Grade(types::Grade::Bad)
    );
    assert_eq!(
        code(r#"{"size": 1, "code": 7}"#),
        types::NoteCode::Integer(7)
    );
    assert_eq!(
        code(r#"{"size": 1, "code": "2026-03-01T08:00:00Z"}"#),
        types::NoteCode::DateTime("2026-03-01T08:00:00Z".into())
    );
}

#[test]
fn segments_of_a_path_stay_segments_and_lead_nowhere_else() {
    let call: Call = sent(async |service| {
        let client = Client::from_service(service);
        client.get_note("a b/c?d").send().await.ok();
    });
    assert_eq!(call.url.path(), "/v1/notes/a%20b/c%3Fd");
    let client = Client::from_service(responding(200, ""));
    assert!(now(client.get_note("a/../../secret").send()).is_err());
}

#[test]
fn a_body_with_a_media_type_range_takes_its_media_type() {
    let call: Call = sent(async |service| {
        let client = Client::from_service(service);
        client
            .put_picture(vec![1, 2], "image/png")
            .send()
            .await
            .unwrap();
    });
    assert_eq!(call.headers["content-type"], "image/png");
    assert_eq!(call.body.unwrap().as_bytes().unwrap().clone().as_ref(), [1, 2]);
}

#[test]
fn a_number_is_kept_whatever_its_type_writes_it_as() {
    let read = |json: &str| serde_json::from_str::<types::Amount>(json).unwrap();
    assert!(matches!(
        read(r#"{"amount": 1, "total": 2}"#),
        types::Amount::Exact(_)
    ));
    assert!(matches!(
        read(r#"{"amount": 1, "note": "x"}"#),
        types::Amount::Whole(_)
    ));
    // A number that does not fit in a float does not change.
    let cursor: types::Cursor = serde_json::from_str("9007199254740993").unwrap();
    assert_eq!(serde_json::to_string(&cursor).unwrap(), "9007199254740993");
}

#[test]
fn parameters_that_differ_in_an_operator_have_distinct_names() {
    let call: Call = sent(async |service| {
        let client = Client::from_service(service);
        let request = client.find_pictures().size_less(9).size_greater(1);
        request.limits(&[10.0, 0.5]).send().await.unwrap();
    });
    assert_eq!(call.url.query(), Some("size%3C=9&size%3E=1&limits=10,0.5"));
}

#[test]
fn one_file_or_several_are_files() {
    let call: Call = sent(async |service| {
        let client = Client::from_service(service);
        let files = vec![b"one".to_vec().into(), b"two".to_vec().into()];
        client.add_pictures(files).send().await.unwrap();
    });
    let body = String::from_utf8(call.body.unwrap().as_bytes().unwrap().clone().to_vec()).unwrap();
    assert_eq!(
        body.matches("name=\"files\"; filename=").count(),
        2,
        "{body}"
    );
}
