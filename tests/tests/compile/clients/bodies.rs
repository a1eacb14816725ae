//! Bodies of every kind, as they are sent.

use clients::generate_bodies::generated::support::{File, Multipart};
use clients::generate_bodies::generated::{Client, types};
use clients::generate_part_styles::generated as part_styles;
use clients::runtime::{Call, Error, ErrorKind, Response};

use crate::recorder::{now, responding, sent};

fn note() -> types::Note {
    let roles = vec!["a".to_owned(), "b".to_owned()];
    let author = types::NoteAuthor::default().name("Zoë").roles(roles);
    let tags = vec!["x y".to_owned(), "z&".to_owned()];
    types::Note::new("1 + 1 = 2").tags(tags).author(author)
}

fn call(call: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> Call {
    sent(async |service| {
        let response = call(&Client::from_service(service)).await;
        response.expect("the call can be made");
    })
}

/// The content type and the body.
fn body(request: impl AsyncFnOnce(&Client) -> Result<Response<()>, Error<()>>) -> (String, String) {
    let Call { headers, body, .. } = call(request);
    let content_type = headers["content-type"].to_str().unwrap().to_owned();
    let body = body.expect("there is a body");
    let body = body.as_bytes().expect("it is no stream").to_vec();
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
fn a_form_repeats_the_names_of_lists_and_writes_objects_as_json() {
    let (content_type, text) = body(async |it| it.send_form(&note()).send().await);
    assert_eq!(content_type, "application/x-www-form-urlencoded");
    let pairs: Vec<&str> = text.split('&').collect();
    assert_eq!(
        pairs,
        [
            "text=1+%2B+1+%3D+2",
            "tags=x+y",
            "tags=z%26",
            "author=%7B%22name%22%3A%22Zo%C3%AB%22%2C%22roles%22%3A%5B%22a%22%2C%22b%22%5D%7D",
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
    let pairs: Vec<&str> = text.split('&').collect();
    assert_eq!(
        pairs,
        [
            "plain=a",
            "plain=b%2Cc",
            "commas=a,b%2Cc",
            "spaces=a+b%2Cc",
            "pipes=a%7Cb%2Cc",
            "deep%5Bof%5D%5B0%5D=1",
            "deep%5Bof%5D%5B1%5D=2",
            "json=%7B%22of%22%3A%22x%22%7D",
            "rows=%7B%22id%22%3A1%7D",
            "rows=%7B%22id%22%3A2%7D",
        ]
    );
}

#[test]
fn objects_in_a_form_follow_their_style() {
    let (_, text) = body(async |it| {
        let fields = types::SendStyledFormBody::default();
        let fields = fields.obj(types::SendStyledFormBodyObj::default().a("1").b("2,3"));
        let fields = fields.objx(types::SendStyledFormBodyObj::default().a("1").b("2"));
        let fields = fields.address(types::SendStyledFormBodyAddress::default().city("c"));
        let fields = fields.raw_("a/b?c=d e%20").empty(Vec::new()).price(100.0);
        it.send_styled_form(&fields).send().await
    });
    assert_eq!(
        text,
        "obj=b,2%2C3,a,1&b=2&a=1&address=%7B%22city%22%3A%22c%22%7D&raw=a/b?c=d%20e%20&price=100"
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
    assert_eq!(body.unwrap().as_bytes().unwrap(), [0, 159, 255].as_slice());
}

/// The parts of a multipart body, between the boundaries.
fn parts(content_type: &str, body: &str) -> Vec<String> {
    let (_, boundary) = content_type.split_once("; boundary=").expect("it has one");
    let boundary = boundary.split(';').next().unwrap();
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

#[test]
fn a_part_has_the_media_type_and_the_headers_of_its_encoding() {
    let (content_type, text) = body(async |it| {
        let list = ["x".to_owned(), "y".to_owned()];
        let meta = types::SendTypedPartsBodyMeta::default().a("1");
        let request = it.send_typed_parts(b"a;b".to_vec(), "# hi", &list, &meta);
        let request = request.x_part("here").x_list(&list);
        let request = request.lines(&list);
        let request = request.drawing(b"<svg/>".to_vec()).ratio(100.0);
        request.send().await
    });
    assert!(content_type.starts_with("multipart/form-data; boundary="));
    let part = |head: &str, body: &str| {
        format!("Content-Disposition: form-data; name={head}\r\n\r\n{body}")
    };
    assert_eq!(
        parts(&content_type, &text),
        [
            part(
                "\"file\"; filename=\"file\"\r\nContent-Type: text/csv",
                "a;b"
            ),
            part("\"note\"\r\nContent-Type: text/markdown", "# hi"),
            part("\"list\"\r\nContent-Type: application/json", r#"["x","y"]"#),
            part(
                "\"meta\"\r\nContent-Type: application/vnd.meta+json\r\nX-Part: here\r\nX-List: x,y",
                r#"{"a":"1"}"#
            ),
            part("\"lines\"\r\nContent-Type: text/csv", "x"),
            part("\"lines\"\r\nContent-Type: text/csv", "y"),
            part(
                "\"drawing\"; filename=\"file\"\r\nContent-Type: image/svg+xml",
                "<svg/>"
            ),
            part("\"ratio\"", "100"),
        ]
    );
}

#[test]
fn mixed_and_related_parts_have_a_boundary_and_the_order_of_the_document() {
    let (content_type, text) = body(async |it| {
        let meta = types::SendTypedPartsBodyMeta::default().a("1");
        it.send_mixed()
            .media(b"m".to_vec())
            .meta(&meta)
            .send()
            .await
    });
    assert!(content_type.starts_with("multipart/mixed; boundary="));
    let found = parts(&content_type, &text);
    assert!(found[0].contains("name=\"meta\"") && found[1].contains("name=\"media\""));
    let (content_type, text) = body(async |it| {
        let meta = types::SendTypedPartsBodyMeta::default().a("1");
        it.send_related(b"m".to_vec()).meta(&meta).send().await
    });
    assert!(content_type.starts_with("multipart/related; boundary="));
    assert!(content_type.ends_with("; type=\"application/json\""));
    assert_eq!(
        parts(&content_type, &text),
        [
            "Content-Type: application/json\r\n\r\n{\"a\":\"1\"}",
            "Content-Type: application/octet-stream\r\n\r\nm",
        ]
    );
}

#[test]
fn the_caller_gives_the_boundary_of_other_multipart_bodies() {
    let (content_type, text) = body(async |it| {
        let request = it.send_byte_ranges(b"--x--".to_vec(), "multipart/byteranges; boundary=x");
        request.send().await
    });
    assert_eq!(
        (content_type.as_str(), text.as_str()),
        ("multipart/byteranges; boundary=x", "--x--")
    );
}

#[test]
fn whole_numbers_are_sent_without_a_fraction_and_others_unchanged() {
    let numbers = [100.0, -0.0, 0.1, 9_007_199_254_740_992.0, 1e300];
    let (_, text) = body(async |it| it.send_numbers(&numbers).send().await);
    assert_eq!(text, "[100,-0.0,0.1,9007199254740992,1e+300]");
}

#[test]
fn a_number_without_digits_is_not_sent() {
    let client = Client::from_service(responding(204, ""));
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let fields = types::SendStyledFormBody::default().price(number);
        let refused = [
            now(client.send_numbers(&[1.0, number]).send()).expect_err("it is refused"),
            now(client.send_styled_form(&fields).send()).expect_err("it is refused"),
            now(client
                .send_typed_parts(
                    Vec::new(),
                    "",
                    &[],
                    &types::SendTypedPartsBodyMeta::default(),
                )
                .ratio(number)
                .send())
            .expect_err("it is refused"),
        ];
        for error in refused {
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        }
    }
}

#[test]
fn a_part_with_a_style_is_written_in_it() {
    let sent = sent(async |service| {
        let list = ["x".to_owned(), "y,z".to_owned()];
        let client = part_styles::Client::from_service(service);
        let request = client.send_styled_parts();
        let request = request.joined(&list);
        let deep = part_styles::types::SendStyledPartsBodyDeep::default();
        let request = request.deep(&deep.of("o"));
        let spread = part_styles::types::SendStyledPartsBodySpread::default();
        let request = request.spread(&spread.z("1").y("2"));
        request.send().await.expect("the call can be made");
    });
    let content_type = sent.headers["content-type"].to_str().unwrap();
    let text = String::from_utf8(sent.body.unwrap().as_bytes().unwrap().to_vec()).unwrap();
    let part = |name: &str, body: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{body}")
    };
    assert_eq!(
        parts(content_type, &text),
        [
            part("joined", "x,y,z"),
            part("deep[of]", "o"),
            part("z", "1"),
            part("y", "2"),
        ]
    );
}

#[test]
fn values_without_quotes_are_sent_as_their_author_wrote_them() {
    use part_styles::types::{Code, Python, Zip};
    let sent = sent(async |service| {
        let client = part_styles::Client::from_service(service);
        let request = client.versions();
        let request = request.python(&Python::from("3.10"));
        let request = request.zip(&Zip::from("01234"));
        let request = request.code(&Code::from("1e5"));
        request.send().await.expect("the call can be made");
    });
    assert_eq!(sent.url.query(), Some("python=3.10&zip=01234&code=1e5"));
    let known = [Python::from("3.8"), Python::from("3.10")];
    assert!(!known.iter().any(|it| matches!(it, Python::Unknown(_))));
}
