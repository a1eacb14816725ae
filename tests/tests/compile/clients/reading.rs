//! Responses that are not quite what the description says: they are read with tolerance, and nothing of them is lost.

use clients::generate_reading::generated::{Client, support, types};
use clients::runtime::data::{Blank, from_json};
use clients::runtime::{ErrorKind, NoteKind, Notes};
use jiff::civil::date;
use serde::Serialize;
use serde_json::{Value, json};

use crate::recorder::{now, responding, responding_with, sent};

fn client(status: u16, content_type: &'static str, body: &'static [u8]) -> Client {
    Client::from_service(responding_with(status, content_type, body))
}

/// What comes back is what went in. Gives what was noted.
fn keeps<T: Blank + Serialize>(value: &Value) -> Vec<(String, NoteKind)> {
    let mut notes = Notes::on();
    let read: T = from_json(value.to_string().as_bytes(), &mut notes).expect("it is readable");
    assert_eq!(serde_json::to_value(&read).unwrap(), *value);
    let notes = notes.into_vec().into_iter();
    notes.map(|note| (note.pointer, note.kind)).collect()
}

/// The table of README, "Formats": a string is kept whatever it is, and noted if its type can tell.
#[test]
fn a_string_of_any_format_is_kept() {
    let noted = ["day", "at", "id"];
    for member in [
        "day", "at", "id", "time", "lasts", "link", "data", "file", "mail", "odd",
    ] {
        for text in ["", "2024-01-02T00:00:00Zoo", "not of the format", "\u{fc}"] {
            let notes = keeps::<types::Formats>(&json!({ member: text }));
            let expected = vec![(format!("/{member}"), NoteKind::UnknownValue)];
            let expected = if noted.contains(&member) { expected } else { Vec::new() };
            assert_eq!(notes, expected, "{member} {text}");
        }
    }
    let notes = keeps::<types::Formats>(&json!({"days": ["2024-02-29", ""], "ids": {"a": "x"}}));
    let unknown = |pointer: &str| (pointer.to_owned(), NoteKind::UnknownValue);
    assert_eq!(notes, [unknown("/days/1"), unknown("/ids/a")]);
    let known = json!({
        "day": "2024-02-29", "at": "2024-02-29T12:00:00Z", "id": "67E55044-10B1-426F-9247-BB680E5FE0C8",
    });
    assert_eq!(keeps::<types::Formats>(&known), []);
}

/// The same table: an integer out of the range of its type is a value of another type.
#[test]
fn an_integer_out_of_range_costs_only_its_member() {
    for (member, number) in [("small", "2147483648"), ("large", "9223372036854775808")] {
        let mut notes = Notes::on();
        let body = format!(r#"{{"{member}":{number},"mail":"a@b"}}"#);
        let read: types::Formats = from_json(body.as_bytes(), &mut notes).unwrap();
        assert_eq!(read.mail.as_deref(), Some("a@b"));
        assert_eq!(notes.as_slice()[0].kind, NoteKind::DroppedMember);
    }
    for body in [r#"{"small":1.0,"large":-2.0,"whole":3.0}"#, r#"{"small":1,"large":-2,"whole":3}"#] {
        let read: types::Formats = serde_json::from_str(body).unwrap();
        assert_eq!((read.small, read.large), (Some(1), Some(-2)));
        assert!(matches!(read.whole, Some(types::FormatsWhole::Integer(3))));
    }
}

#[test]
fn dates_and_ids_are_sent_as_such() {
    let id = uuid::Uuid::from_u128(7);
    let day = support::Date::from(date(2024, 2, 29));
    assert_eq!(day.value().unwrap(), date(2024, 2, 29));
    let body = types::Formats::default()
        .day(date(2024, 2, 29))
        .id(id)
        .days(vec![day]);
    let call = sent(async |service| {
        let _ = now(Client::from_service(service).formats(&body).send());
    });
    let sent_body: Value = serde_json::from_slice(&call.body.unwrap().as_bytes().unwrap().clone()).unwrap();
    let expected = json!({"day": "2024-02-29", "id": id.to_string(), "days": ["2024-02-29"]});
    assert_eq!(sent_body, expected);
    let call = sent(async |service| {
        now(Client::from_service(service).on_day(date(2024, 2, 29)).id(id).send()).unwrap();
    });
    assert_eq!(call.url.path(), "/v1/days/2024-02-29");
    assert_eq!(call.url.query(), Some("id=00000000-0000-0000-0000-000000000007"));
    assert!(body.day.unwrap().value().is_ok());
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let body = b"\xEF\xBB\xBF{\"mail\":\"a@b\"}";
    let read = now(client(200, "", body).formats(&types::Formats::default()).send()).unwrap();
    assert_eq!(read.mail.as_deref(), Some("a@b"));
    let text = |content_type, body| {
        let read = now(client(200, content_type, body).text().send());
        read.unwrap().into_body()
    };
    assert_eq!(text("text/plain", b"\xEF\xBB\xBFgr\xC3\xBC\xC3\x9F"), "gr\u{fc}\u{df}");
    assert_eq!(text("", b"\xFF\xFEg\0\xFC\0"), "g\u{fc}");
    assert_eq!(text("text/plain", b"\xFE\xFF\0g\0\xFC"), "g\u{fc}");
}

#[test]
fn the_charset_of_text_is_followed() {
    for (content_type, body, expected) in [
        ("text/plain; charset=iso-8859-1", &b"gr\xFC\xDF"[..], "gr\u{fc}\u{df}"),
        ("text/plain;format=flowed; CHARSET=\"ISO-8859-1\"", b"gr\xFC", "gr\u{fc}"),
        ("text/plain; charset=utf-16le", b"g\0\xFC\0", "g\u{fc}"),
        ("text/plain; charset=Shift_JIS", b"\x93\xFA\x96\x7B", "\u{65e5}\u{672c}"),
        ("text/plain; charset=windows-1252", b"5 \x80", "5 \u{20ac}"),
        ("text/plain; charset=utf-8", b"gr\xC3\xBC", "gr\u{fc}"),
        ("text/plain", b"gr\xC3\xBC", "gr\u{fc}"),
    ] {
        let read = now(client(200, content_type, body).text().send()).unwrap();
        assert_eq!(read.body(), expected, "{content_type}");
    }
    for (content_type, body) in [
        ("text/plain; charset=klingon", &b"x"[..]),
        ("text/plain", b"gr\xFC"),
    ] {
        let error = now(client(200, content_type, body).text().send()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{content_type}");
    }
    let error = now(client(200, "text/plain; charset=klingon", b"x").text().send()).unwrap_err();
    assert!(error.to_string().contains("`klingon`, which is not known"), "{error}");
}

#[test]
fn json_is_utf_8_unless_it_cannot_be() {
    let formats = types::Formats::default();
    for (content_type, body) in [
        ("application/json; charset=iso-8859-1", &b"{\"mail\":\"\xC3\xBC\"}"[..]),
        ("application/json; charset=iso-8859-1", b"{\"mail\":\"\xFC\"}"),
        ("application/json", b"\xFF\xFE{\0\"\0m\0a\0i\0l\0\"\0:\0\"\0\xFC\0\"\0}\0"),
    ] {
        let read = now(client(200, content_type, body).formats(&formats).send()).unwrap();
        assert_eq!(read.mail.as_deref(), Some("\u{fc}"), "{content_type}");
    }
}

#[test]
fn an_empty_body_of_a_success_is_a_value_with_nothing_in_it() {
    for (status, body) in [(204, ""), (205, ""), (200, ""), (200, " \r\n")] {
        let service = || responding(status, body);
        let client = Client::from_service(service());
        assert!(now(client.remove_any().send()).unwrap().is_empty());
        assert_eq!(*now(client.remove_in_range().send()).unwrap().body(), None);
        assert_eq!(*now(client.remove_by_default().send()).unwrap().body(), None);
        assert!(now(client.list().send()).unwrap().is_empty());
        assert_eq!(now(client.csv().send()).unwrap().as_ref(), body.as_bytes());
        assert_eq!(now(client.text().send()).unwrap().body(), body);
        let read = now(client.formats(&types::Formats::default()).send()).unwrap();
        assert_eq!(*read.body(), types::Formats::default());
        // Only a 200 is declared, and the object is nothing without its required member.
        let error = now(client.remove_exactly().send()).unwrap_err();
        assert!(error.to_string().contains("the body is empty"), "{error}");
        let observed = Client::from_service(service().with_observer(|_, _| {}));
        let notes = now(observed.list().send()).unwrap().notes().to_vec();
        assert_eq!(notes[0].kind, NoteKind::EmptyBody);
    }
    let read = now(Client::from_service(responding(200, r#"{"id":7}"#)).remove_in_range().send()).unwrap();
    assert_eq!(read.body().as_ref().unwrap().id, 7);
    // What an error has no body of is not made up.
    let error = now(Client::from_service(responding(500, "")).remove_by_default().send()).unwrap_err();
    assert!(error.body().is_none());
}

#[test]
fn binary_is_bytes_under_every_media_type() {
    const BYTES: &[u8] = b"a;\xFF\xFE\0";
    let client = client(200, "text/csv; charset=utf-8", BYTES);
    assert_eq!(now(client.csv().send()).unwrap().as_ref(), BYTES);
    assert_eq!(now(client.xml().send()).unwrap().as_ref(), BYTES);
    assert_eq!(now(client.net().send()).unwrap().as_ref(), BYTES);
    let call = sent(async |service| {
        now(Client::from_service(service).put_csv(BYTES).send()).unwrap();
    });
    assert_eq!(call.headers["content-type"], "text/csv");
    assert_eq!(call.body.unwrap().as_bytes().unwrap().clone(), BYTES);
}

#[test]
fn null_of_any_type_survives() {
    for value in [
        json!({"any": null, "same": null, "described": null}),
        json!({"any": [null], "same": {"a": null}}),
        json!({}),
    ] {
        assert_eq!(keeps::<types::Loose>(&value), []);
    }
}

#[test]
fn what_follows_a_tuple_is_kept() {
    assert_eq!(keeps::<types::Flags>(&json!([true, false, "x", {"a": null}, 1])), []);
    assert_eq!(keeps::<types::Open>(&json!(["x", 1, null])), []);
    assert_eq!(keeps::<types::Pair>(&json!([1.5, 2.5])), []);
    let mixed = json!(["x", 1.5, true, {"a": 1}, null]);
    let read: types::Mixed = from_json(mixed.to_string().as_bytes(), &mut Notes::default()).unwrap();
    assert!(matches!(read[3], types::MixedItem::Unknown(_)));
    assert_eq!(serde_json::to_value(&read).unwrap(), mixed);
    let point: types::Point = vec![1.5, 2.5];
    assert_eq!(serde_json::to_value(point).unwrap(), json!([1.5, 2.5]));
    assert_eq!(keeps::<types::Rest>(&json!([1, 2, 3])), []);
    // What a composition describes is not what `unevaluatedItems` is about.
    assert_eq!(keeps::<types::Inherited>(&json!(["x", 1, 2])), []);
    assert_eq!(keeps::<types::Nested>(&json!(["x", 42.5])), []);
}

#[test]
fn members_of_conditions_are_optional() {
    for value in [
        json!({"country": "US", "zip": "01234"}),
        json!({"country": 7, "postcode": "x"}),
        json!({"kind": "k", "why": "w"}),
    ] {
        assert_eq!(keeps::<types::Conditional>(&value), []);
    }
}

#[test]
fn the_events_of_a_stream_are_read_one_by_one() {
    let body = b"event: add\ndata: {\"id\":7}\n\ndata: [DONE]\n\n";
    let stream = || client(200, "text/event-stream; charset=utf-8", body);
    let client = stream();
    let body = types::ChatBody::default().stream(true);
    let mut events = now(client.chat(&body).events_2("x").events()).unwrap();
    let first = now(events.next()).unwrap().unwrap();
    assert_eq!(first.kind, "add");
    assert_eq!(first.json::<types::Removed>().unwrap().id, 7);
    let last = now(events.next()).unwrap().unwrap();
    assert_eq!(last.data, "[DONE]");
    assert!(last.json::<types::Removed>().is_err());
    assert_eq!(now(events.next()).unwrap(), None);

    let client = stream();
    let mut events = now(client.events().events()).unwrap();
    assert_eq!(now(events.next()).unwrap().unwrap().data, r#"{"id":7}"#);
}

#[test]
fn a_response_that_is_no_event_stream_is_an_error() {
    let client = client(200, "application/json", b"{\"id\":7}");
    let body = types::ChatBody::default();
    let error = now(client.chat(&body).events()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.excerpt(), Some(r#"{"id":7}"#));
    // Without asking for a stream, it is read.
    assert_eq!(now(client.chat(&body).send()).unwrap().id, 7);
    let client = Client::from_service(responding(429, r#"{"id":9}"#));
    let error = now(client.chat(&body).events()).unwrap_err();
    assert_eq!(error.body().unwrap().id, 9);
}

#[test]
fn a_stream_is_asked_for_by_its_media_type() {
    let accepted = |call: clients::runtime::Call| call.headers["accept"].to_str().unwrap().to_owned();
    let body = types::ChatBody::default();
    let streamed = sent(async |service| {
        let _ = now(Client::from_service(service).chat(&body).events());
    });
    assert_eq!(accepted(streamed), "text/event-stream");
    let whole = sent(async |service| {
        let _ = now(Client::from_service(service).chat(&body).send());
    });
    assert_eq!(accepted(whole), "application/json");
}
