//! Bodies of every kind, as they are sent.

use clients::generate_bodies::generated::support::{File, Multipart};
use clients::generate_bodies::generated::{Client, types};
use clients::runtime::{Call, Error, Response};

use crate::recorder::sent;

fn note() -> types::Note {
    let roles = vec!["a".to_owned(), "b".to_owned()];
    let author = types::NoteAuthor::default().name("Zoë").roles(roles);
    let tags = vec!["x y".to_owned(), "z&".to_owned()];
    types::Note::new("1 + 1 = 2").tags(tags).author(author)
}

fn call(call: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> Call {
    sent(async |service| {
        let response = call(&Client::new(service)).await;
        response.expect("the call can be made");
    })
}

/// The content type and the body.
fn body(request: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> (String, String) {
    let Call { headers, body, .. } = call(request);
    let content_type = headers["content-type"].to_str().unwrap().to_owned();
    let body = body.expect("there is a body").to_vec();
    (content_type, String::from_utf8(body).unwrap())
}

const NOTE: &str =
    r#"{"text":"1 + 1 = 2","tags":["x y","z&"],"author":{"name":"Zoë","roles":["a","b"]}}"#;

#[test]
fn json_is_sent_under_the_media_type_of_the_description() {
    let (content_type, text) = body(async |it| it.send_json(&note()).send().await);
    assert_eq!(
        (content_type.as_str(), text.as_str()),
        ("application/json", NOTE)
    );
    let (content_type, text) = body(async |it| it.send_vendor_json(&note()).send().await);
    assert_eq!(
        (content_type.as_str(), text.as_str()),
        ("application/vnd.x+json", NOTE)
    );
}

#[test]
fn an_optional_body_is_sent_if_there_is_one() {
    let (_, text) = body(async |it| it.send_or_not().body(&note()).send().await);
    assert_eq!(text, NOTE);
    let Call { headers, body, .. } = call(async |it| it.send_or_not().send().await);
    assert!(body.is_none() && !headers.contains_key("content-type"));
}

#[test]
fn a_form_repeats_the_names_of_lists_and_brackets_those_of_members() {
    let (content_type, text) = body(async |it| it.send_form(&note()).send().await);
    assert_eq!(content_type, "application/x-www-form-urlencoded");
    let mut pairs: Vec<&str> = text.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "author%5Bname%5D=Zo%C3%AB",
            "author%5Broles%5D=a",
            "author%5Broles%5D=b",
            "tags=x+y",
            "tags=z%26",
            "text=1+%2B+1+%3D+2",
        ]
    );
}

#[test]
fn a_form_is_written_as_its_encoding_says() {
    let list = || vec!["a".to_owned(), "b,c".to_owned()];
    let row = |id| types::FieldsRow::default().id(id);
    let (_, text) = body(async |it| {
        let fields = types::Fields::default().plain(list()).commas(list());
        let fields = fields.spaces(list()).pipes(list());
        let fields = fields.deep(types::FieldsDeep::default().of(vec![1, 2]));
        let fields = fields.json(types::FieldsJson::default().of("x"));
        let fields = fields.rows(vec![row(1), row(2)]);
        it.send_form_as_told(&fields).send().await
    });
    let mut pairs: Vec<&str> = text.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "commas=a%2Cb%2Cc",
            "deep%5Bof%5D%5B0%5D=1",
            "deep%5Bof%5D%5B1%5D=2",
            "json=%7B%22of%22%3A%22x%22%7D",
            "pipes=a%7Cb%2Cc",
            "plain=a",
            "plain=b%2Cc",
            "rows%5B0%5D%5Bid%5D=1",
            "rows%5B1%5D%5Bid%5D=2",
            "spaces=a+b%2Cc",
        ]
    );
}

#[test]
fn strings_and_bytes_are_sent_unchanged() {
    let (content_type, text) = body(async |it| it.send_text("# Read me\n").send().await);
    assert_eq!(
        (content_type.as_str(), text.as_str()),
        ("text/markdown", "# Read me\n")
    );
    let Call { headers, body, .. } = call(async |it| it.send_bytes(vec![0, 159, 255]).send().await);
    assert_eq!(headers["content-type"], "application/zip");
    assert_eq!(body.unwrap(), [0, 159, 255].as_slice());
}

/// The parts of a multipart body, between the boundaries.
fn parts(content_type: &str, body: &str) -> Vec<String> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
    let boundary = boundary.expect("the header has the boundary");
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n"));
    let body = body.expect("the last boundary is marked");
    let body = body.strip_prefix(&format!("--{boundary}\r\n"));
    let body = body.expect("it begins with a boundary");
    let between = format!("\r\n--{boundary}\r\n");
    body.split(&between).map(str::to_owned).collect()
}

#[test]
fn a_multipart_body_has_a_part_for_each_property() {
    let (content_type, text) = body(async |it| {
        let photo = File::new("a \"b\".png", b"pixels".to_vec()).content_type("image/png");
        let pages = vec![File::from(b"one".to_vec()), File::from(b"two".to_vec())];
        let tags = ["x".to_owned(), "y".to_owned()];
        let request = it.send_parts("Zoë", photo).pages(pages).tags(&tags);
        let request = request.note(&types::Note::new("hi")).count(3);
        let day = "2026-03-01".parse().unwrap();
        request.day(day).send().await
    });
    let part = |head: &str, body: &str| {
        format!("Content-Disposition: form-data; name={head}\r\n\r\n{body}")
    };
    let octets = "filename=\"file\"\r\nContent-Type: application/octet-stream";
    assert_eq!(
        parts(&content_type, &text),
        [
            part("\"title\"", "Zoë"),
            part(
                "\"photo\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png",
                "pixels"
            ),
            part(&format!("\"pages\"; {octets}"), "one"),
            part(&format!("\"pages\"; {octets}"), "two"),
            part("\"tags\"", "x"),
            part("\"tags\"", "y"),
            part(
                "\"note\"\r\nContent-Type: application/json",
                r#"{"text":"hi"}"#
            ),
            part("\"count\"", "3"),
            part("\"day\"", "2026-03-01"),
        ]
    );
}

#[test]
fn a_file_has_the_one_media_type_that_its_encoding_allows() {
    let (content_type, text) = body(async |it| {
        let request = it.send_parts("Zoë", b"pixels".to_vec());
        request.icon(b"dots".to_vec()).send().await
    });
    let icon = &parts(&content_type, &text)[2];
    assert!(icon.contains("\r\nContent-Type: image/png\r\n"), "{icon}");
}

#[test]
fn the_caller_builds_a_multipart_body_whose_parts_are_not_listed() {
    let form = Multipart::default().text("one", 1).json("two", &note());
    let (content_type, text) = body(async |it| it.send_any_parts(form).send().await);
    assert_eq!(parts(&content_type, &text).len(), 2);
    // A boundary that occurs in a part cannot separate the parts.
    let boundary = content_type.split_once("boundary=").unwrap().1.to_owned();
    let form = Multipart::default().text("one", &boundary).text("two", "");
    let (content_type, text) = body(async |it| it.send_any_parts(form).send().await);
    assert_eq!(parts(&content_type, &text).len(), 2);
    assert!(!content_type.contains(&boundary));
}
