//! What goes over the wire: generated clients with the HTTP transport, against a server on a loopback port that keeps the bytes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use clients::generate_bodies::generated as bodies;
use clients::generate_digits::generated as digits;
use clients::generate_parameter_styles::generated as styles;
use clients::generate_part_styles::generated as part_styles;
use clients::runtime::{Http, Service};

/// A request as it was received.
struct Received {
    /// Method, path and query.
    line: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Received {
    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(other, _)| other == name);
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "`{name}` is sent once");
        first
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// Calls a server that responds once, with this status and JSON. Gives the request.
fn exchanged(response: &'static str, call: impl AsyncFnOnce(Service)) -> Received {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    let address = listener.local_addr().expect("it has an address");
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().expect("the client connects");
        serve(stream, response)
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("there is a runtime").block_on(async {
        let client = reqwest::Client::builder().no_proxy().build();
        let http = Http::new(client.expect("there is a client"));
        let base_url = format!("http://{address}/v1").parse().expect("it is a URL");
        call(Service::new(&base_url, http)).await;
    });
    server.join().expect("the server does not panic")
}

fn received(call: impl AsyncFnOnce(Service)) -> Received {
    exchanged("", call)
}

fn serve(mut stream: TcpStream, response: &str) -> Received {
    let mut bytes = Vec::new();
    let end = loop {
        let mut piece = [0; 1024];
        let length = stream.read(&mut piece).expect("the head can be read");
        assert!(length > 0, "the head has an end");
        bytes.extend_from_slice(&piece[..length]);
        if let Some(at) = bytes.windows(4).position(|it| it == b"\r\n\r\n") {
            break at;
        }
    };
    let head = std::str::from_utf8(&bytes[..end]).expect("the head is text").to_owned();
    let mut lines = head.split("\r\n");
    let line = lines.next().expect("there is a line").to_owned();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").expect("a header has a value");
        (name.to_ascii_lowercase(), value.to_owned())
    });
    let mut received = Received { line, headers: headers.collect(), body: bytes[end + 4..].to_vec() };
    assert_eq!(received.header("transfer-encoding"), None, "the length is known");
    let length = received.header("content-length").map_or(0, |it| it.parse().expect("a number"));
    let mut rest = vec![0; length - received.body.len()];
    stream.read_exact(&mut rest).expect("the body can be read");
    received.body.extend(rest);
    let head = match response {
        "" => "HTTP/1.1 204 Done\r\nconnection: close\r\n\r\n".to_owned(),
        body => format!(
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        ),
    };
    stream.write_all(head.as_bytes()).expect("the response can be sent");
    stream.write_all(response.as_bytes()).expect("the response can be sent");
    received
}

#[test]
fn a_form_has_the_styles_of_its_encoding() {
    let received = received(async |service| {
        use bodies::types;
        let fields = types::SendStyledFormBody::default();
        let fields = fields.obj(types::SendStyledFormBodyObj::default().a("1").b("2,3"));
        let fields = fields.address(types::SendStyledFormBodyAddress::default().city("c"));
        let client = bodies::Client::from_service(service);
        client.send_styled_form(&fields).send().await.expect("it is sent");
    });
    assert_eq!(received.line, "POST /v1/styled-form HTTP/1.1");
    let content_type = received.header("content-type");
    assert_eq!(content_type, Some("application/x-www-form-urlencoded"));
    assert_eq!(received.text(), "obj=b,2%2C3,a,1&address=%7B%22city%22%3A%22c%22%7D");
}

#[test]
fn parts_have_the_media_types_and_headers_of_their_encoding() {
    let received = received(async |service| {
        let list = ["x".to_owned(), "y".to_owned()];
        let meta = bodies::types::SendTypedPartsBodyMeta::default().a("1");
        let client = bodies::Client::from_service(service);
        let request = client.send_typed_parts(b"a;b".to_vec(), "# hi", &list, &meta);
        request.x_part("here").send().await.expect("it is sent");
    });
    let content_type = received.header("content-type").expect("there is a type");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=");
    let boundary = boundary.expect("there is a boundary").trim_matches('"');
    let expected = [
        "Content-Disposition: form-data; name=\"file\"; filename=\"file\"\r\nContent-Type: text/csv\r\n\r\na;b",
        "Content-Disposition: form-data; name=\"note\"\r\nContent-Type: text/markdown\r\n\r\n# hi",
        "Content-Disposition: form-data; name=\"list\"\r\nContent-Type: application/json\r\n\r\n[\"x\",\"y\"]",
        "Content-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/vnd.meta+json\r\nX-Part: here\r\n\r\n{\"a\":\"1\"}",
    ];
    let expected: String = expected.iter().map(|part| format!("--{boundary}\r\n{part}\r\n")).collect();
    assert_eq!(received.text(), format!("{expected}--{boundary}--\r\n"));
}

#[test]
fn mixed_parts_have_the_boundary_of_the_header() {
    let received = received(async |service| {
        let request = bodies::Client::from_service(service);
        request.send_mixed().media(b"m".to_vec()).send().await.expect("it is sent");
    });
    let content_type = received.header("content-type").expect("there is a type");
    let boundary = content_type.strip_prefix("multipart/mixed; boundary=");
    let boundary = boundary.expect("there is a boundary").trim_matches('"');
    assert!(received.text().starts_with(&format!("--{boundary}\r\n")), "{}", received.text());
    assert!(received.text().ends_with(&format!("\r\n--{boundary}--\r\n")), "{}", received.text());
}

#[test]
fn a_post_without_a_body_has_a_length_and_reserved_characters_in_its_query() {
    let received = received(async |service| {
        let client = styles::Client::from_service(service);
        let request = client.reserved().raw_("List(1,2)").list(&Vec::new());
        request.send().await.expect("it is sent");
    });
    assert_eq!(received.line, "POST /v1/reserved?raw=List(1,2) HTTP/1.1");
    assert_eq!(received.header("content-length"), Some("0"));
    assert_eq!(received.header("content-type"), None);
}

#[test]
fn versions_and_codes_without_quotes_keep_their_text() {
    use part_styles::types::{Code, Python, Zip};
    let [octal, exponent, hexadecimal] = ["01234", "1e5", "0x10"];
    for code in [exponent, hexadecimal] {
        let received = received(async |service| {
            let client = part_styles::Client::from_service(service);
            let request = client.versions().python(&Python::from("3.10"));
            let request = request.zip(&Zip::from(octal)).code(&Code::from(code));
            request.send().await.expect("it is sent");
        });
        let query = format!("python=3.10&zip={octal}&code={code}");
        assert_eq!(received.line, format!("GET /v1/versions?{query} HTTP/1.1"));
        assert!(!matches!(Code::from(code), Code::Unknown(_)));
    }
    assert!(!matches!(Zip::from(octal), Zip::Unknown(_)));
}

#[test]
fn the_digits_of_a_response_are_sent_back() {
    const LEDGER: &str = r#"{"huge":123456789012345678901234567890,"exact":0.1234567890123456789}"#;
    let id = "98765432109876543210987654321";
    let call = async |service, ledger: &digits::types::Ledger| {
        let client = digits::Client::from_service(service);
        let id = serde_json::from_str(id).expect("it is a number");
        let response = client.post(&id, ledger).send().await.expect("it is sent");
        response.into_body()
    };
    let mut read = digits::types::Ledger::default();
    exchanged(LEDGER, async |service| read = call(service, &read.clone()).await);
    let received = exchanged("{}", async |service| {
        call(service, &read).await;
    });
    assert_eq!(received.line, format!("POST /v1/ledger/{id} HTTP/1.1"));
    assert_eq!(received.text(), LEDGER);
}
