//! Bodies: damaged, odd, hostile.

use std::time::{Duration, Instant};

use releasepack_client::ErrorKind::{Decode, Forbidden, Lost, Server as ServerFailure, TooLarge};
use releasepack_client::release::ReleaseError;

use crate::server::Server;
use crate::table::Asked::{Again, Fails, NoState, Released};
use crate::table::Told::{self, Made, Refused, Unknown};
use crate::table::{Asked, Row, SECRET, check, row, settings};

/// A row for a 200 with this body for a release, and this one for a status.
fn ok(
    name: &'static str,
    (told, release): (Told, impl Into<Vec<u8>>),
    (asked, status): (Asked, impl Into<Vec<u8>>),
) -> Row {
    let (release, status) = (release.into(), status.into());
    row(name, told, asked, move |peer| {
        let body = if peer.is_post() { &release } else { &status };
        peer.respond("200 OK", "Content-Type: application/json\r\n", body)
    })
}

#[tokio::test]
async fn a_response_with_a_request_id_is_a_release_that_was_made() {
    let beside = |member: &str| format!(r#"{{{member}, "requestId": "r-1"}}"#);
    let done = |member: &str| format!(r#"{{{member}, "releaseStatus": "SUCCESS"}}"#);
    let both = |name, member: &str| {
        let code = format!(r#"{member}, "responseStatusCode": 200"#);
        ok(name, (Made("r-1"), beside(member)), (Released, done(&code)))
    };
    let nested = format!(r#""new": {}1{}"#, "[".repeat(100_000), "]".repeat(100_000));
    check(vec![
        both("an empty date", r#""releaseOnDate": """#),
        both("a date with a time", r#""releaseOnDate": "2026-12-01T00:00:00Z""#),
        both("a date in another order", r#""releaseOnDate": "01.12.2026""#),
        both("a date that is a number", r#""releaseOnDate": 20261201"#),
        both("a number as a name", r#""name": 7"#),
        both("a number as the id of the pack", r#""id": 7, "integrationPackId": 7"#),
        both("a number as progress", r#""releaseProgress": 33.5"#),
        both("a new schedule", r#""releaseSchedule": "SOMETIME""#),
        both("an object as a schedule", r#""releaseSchedule": {}"#),
        both(
            "a list that is one object",
            r#""ReleasePackagedComponents": {"ReleasePackagedComponent": {"componentId": "c"}}"#,
        ),
        both("a list that is empty", r#""ReleasePackagedComponents": {}"#),
        both(
            "a number as a version",
            r#""ReleasePackagedComponents": {"ReleasePackagedComponent": [{"version": 2.0}]}"#,
        ),
        both("thousands of arrays in each other", &nested),
        both("a huge number", r#""new": 1e999999"#),
        both("a lone surrogate", r#""new": "\ud800""#),
        both("a lone surrogate in a name", r#""name": "\ud800""#),
        both("a huge number as a name", r#""name": 1e999999"#),
        ok(
            "a byte order mark",
            (Made("r-1"), "\u{feff}{\"requestId\":\"r-1\"}"),
            (Released, "\u{feff}{\"releaseStatus\":\"SUCCESS\",\"responseStatusCode\":200}"),
        ),
        ok(
            "two members of one name",
            (Made("r-2"), r#"{"requestId":"r-1","requestId":"r-2"}"#),
            (Released, r#"{"releaseStatus":"ERROR","responseStatusCode":200,"releaseStatus":"SUCCESS"}"#),
        ),
        ok(
            "a body that breaks off after what matters",
            (Made("r-1"), r#"{"requestId":"r-1","name":"Ord"#),
            (Released, r#"{"releaseStatus":"SUCCESS","name":"Ord"#),
        ),
        ok(
            "something after the end",
            (Made("r-1"), r#"{"requestId":"r-1"}<!-- served by 7 -->"#),
            (Released, r#"{"releaseStatus":"SUCCESS","responseStatusCode":200}}}"#),
        ),
        ok(
            "a request id that is a number",
            (Made("7001"), r#"{"requestId":7001}"#),
            (Released, r#"{"releaseStatus":"SUCCESS","responseStatusCode":200,"requestId":7001}"#),
        ),
        ok(
            "XML, which is the default of the platform",
            (
                Made("r-1"),
                r#"<bns:ReleaseIntegrationPack xmlns:bns="http://api.platform.boomi.com/" name="a" requestId="r-1"/>"#,
            ),
            (
                Released,
                r#"<?xml version="1.0"?><bns:ReleaseIntegrationPackStatus xmlns:bns="http://api.platform.boomi.com/" releaseStatus="SUCCESS"><bns:ReleasePackagedComponents/></bns:ReleaseIntegrationPackStatus>"#,
            ),
        ),
        ok(
            "XML that breaks off",
            (Made("r-1"), r#"<ReleaseIntegrationPack requestId="r-1"><ReleasePack"#),
            (Released, r#"<ReleaseIntegrationPackStatus releaseStatus="SUCCESS"><Rel"#),
        ),
        ok(
            "latin-1",
            (Made("r-1"), b"{\"name\":\"B\xfccher\",\"requestId\":\"r-1\"}".to_vec()),
            (Released, b"{\"name\":\"B\xfccher\",\"releaseStatus\":\"SUCCESS\"}".to_vec()),
        ),
        ok(
            "a code that is text",
            (Made("r-1"), r#"{"requestId":"r-1"}"#),
            (Released, r#"{"releaseStatus":"SUCCESS","responseStatusCode":"200"}"#),
        ),
        ok(
            "no code",
            (Made("r-1"), r#"{"requestId":"r-1"}"#),
            (Released, r#"{"releaseStatus":"SUCCESS"}"#),
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_success_without_a_request_id_says_nothing() {
    let utf16: Vec<u8> = "\u{feff}{\"requestId\":\"r-1\"}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    check(vec![
        ok("an empty object", (Unknown, "{}"), (NoState, "{}")),
        ok(
            "an error",
            (Unknown, r#"{"error":{"message":"no","requestId":"r-1"}}"#),
            (NoState, r#"{"error":{"message":"no"}}"#),
        ),
        ok("nothing", (Unknown, ""), (Fails(Decode), "")),
        ok("null", (Unknown, "null"), (Fails(Decode), "null")),
        ok(
            "an array",
            (Unknown, r#"["requestId"]"#),
            (Fails(Decode), "[]"),
        ),
        ok(
            "a page",
            (Unknown, "<html requestId='r-1'>"),
            (Fails(Decode), "<html>"),
        ),
        ok(
            "a body that breaks off before what matters",
            (Unknown, r#"{"name":"a","requestId":"r-"#),
            (Fails(Decode), r#"{"name":"a","releaseStatus":"SUCC"#),
        ),
        ok(
            "a number that breaks off",
            (Unknown, r#"{"requestId":70"#),
            (Fails(Decode), r#"{"responseStatusCode":20"#),
        ),
        ok(
            "an error in XML",
            (
                Unknown,
                r#"<error requestId="r-1"><message>no</message></error>"#,
            ),
            (Fails(Decode), "<error><message>no</message></error>"),
        ),
        ok(
            "gzip",
            (Unknown, b"\x1f\x8b\x08\x00".to_vec()),
            (Fails(Decode), b"\x1f\x8b".to_vec()),
        ),
        ok("UTF-16", (Unknown, utf16.clone()), (Fails(Decode), utf16)),
        ok(
            "3 MB of another type",
            (
                Unknown,
                format!(r#"{{"requestId":["{}"]}}"#, "x".repeat(900_000)),
            ),
            (
                NoState,
                format!(r#"{{"releaseStatus":["{}"]}}"#, "x".repeat(900_000)),
            ),
        ),
        row("204 with a body", Unknown, Fails(Decode), |peer| {
            peer.respond("204 No Content", "", peer.correct())
        }),
        row("205", Unknown, Fails(Decode), |peer| {
            peer.respond("205 Reset", "", "")
        }),
    ])
    .await;
}

#[tokio::test]
async fn a_success_without_a_request_id_is_not_called_a_release() {
    for body in ["{}", r#"{"error": {"message": "no"}}"#] {
        let server = Server::new(std::sync::Arc::new(
            move |peer: &mut crate::server::Peer| peer.respond("200 OK", "", body),
        ));
        let client = settings(&server.url()).build().unwrap();
        let release = releasepack_client::release::Release::now("pack");
        let error = client.release(&release).await.unwrap_err();
        assert!(matches!(error, ReleaseError::NoRequestId { .. }), "{error}");
        assert!(
            error.to_string().starts_with("it is unknown whether"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_error_that_names_a_request_id_carries_it() {
    let server = Server::new(std::sync::Arc::new(|peer: &mut crate::server::Peer| {
        let headers = "Content-Type: application/json\r\nX-Trace: t-1\r\n";
        peer.respond(
            "500 Error",
            headers,
            r#"{"message":"no","requestId":"r-1"}"#,
        )
    }));
    let client = settings(&server.url()).build().unwrap();
    let release = releasepack_client::release::Release::now("pack");
    let error = client.release(&release).await.unwrap_err();
    assert!(error.may_have_been_made());
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(error.to_string().contains("r-1"), "{error}");
    assert_eq!(error.call().unwrap().headers().unwrap()["x-trace"], "t-1");
}

#[tokio::test]
async fn bodies_that_are_too_long_do_not_hide_the_status() {
    check(vec![
        row("10^12 bytes announced", Unknown, Fails(TooLarge), |peer| {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n[")?;
            peer.repeat([b' '; 8192], Duration::ZERO)
        }),
        row("endless", Unknown, Fails(TooLarge), |peer| {
            peer.write("HTTP/1.1 200 OK\r\n\r\n")?;
            peer.repeat([b' '; 8192], Duration::ZERO)
        }),
        row(
            "endless after what matters",
            Made("r-1"),
            Fails(TooLarge),
            |peer| {
                peer.write("HTTP/1.1 200 OK\r\n\r\n{\"requestId\":\"r-1\",\"a\":\"")?;
                peer.repeat([b'a'; 8192], Duration::ZERO)
            },
        ),
        row("an endless 403", Refused, Fails(Forbidden), |peer| {
            peer.write("HTTP/1.1 403 Forbidden\r\n\r\n")?;
            peer.repeat([b'a'; 8192], Duration::ZERO)
        }),
        row("4 MB of [ in a 403", Refused, Fails(Forbidden), |peer| {
            peer.respond("403 Forbidden", "", "[".repeat(4 << 20))
        }),
    ])
    .await;
}

#[tokio::test]
async fn a_dripping_error_ends_after_a_few_seconds() {
    let server = Server::new(std::sync::Arc::new(|peer: &mut crate::server::Peer| {
        peer.write("HTTP/1.1 403 Forbidden\r\n\r\n")?;
        peer.repeat("a", Duration::from_millis(20))
    }));
    let settings = settings(&server.url()).request_timeout(Duration::from_secs(60));
    let begun = Instant::now();
    let error = settings.build().unwrap().status("r-1").await.unwrap_err();
    assert_eq!(error.kind(), Forbidden);
    assert!(
        begun.elapsed() < Duration::from_secs(6),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn hostile_xml_is_not_expanded_and_the_status_is_kept() {
    let bomb = "<!DOCTYPE e [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><error><message>&b;</message></error>";
    let external = "<!DOCTYPE e [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><error><message>&a;</message></error>";
    let refuse = |name, body: String| {
        row(name, Refused, Fails(Forbidden), move |peer| {
            peer.respond("403 Forbidden", "Content-Type: application/xml\r\n", &body)
        })
    };
    let deep = |body: &str| "<a>".repeat(12_000) + body;
    check(vec![
        refuse("a bomb", bomb.to_owned()),
        refuse("an external entity", external.to_owned()),
        refuse("12,000 elements in each other", deep("")),
        ok("a bomb in a 200", (Unknown, bomb), (Fails(Decode), bomb)),
        ok(
            "12,000 elements in each other in a 200",
            (Made("r-1"), deep_object("requestId=\"r-1\"")),
            (Released, deep_status()),
        ),
    ])
    .await;
}

fn deep_object(attributes: &str) -> String {
    format!("<ReleaseIntegrationPack {attributes}>") + &"<a>".repeat(12_000)
}

fn deep_status() -> String {
    "<ReleaseIntegrationPackStatus releaseStatus=\"SUCCESS\">".to_owned() + &"<a>".repeat(12_000)
}

#[tokio::test]
async fn the_end_of_a_body_can_be_missing() {
    let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    check(vec![
        row(
            "a length that is too long",
            Made("r-1"),
            Again(Lost),
            move |peer| {
                peer.write(format!(
                    "{head}Content-Length: 500\r\n\r\n{}",
                    peer.correct()
                ))
            },
        ),
        row(
            "chunks without an end",
            Made("r-1"),
            Again(Lost),
            move |peer| {
                let body = peer.correct();
                let size = body.len();
                peer.write(format!(
                    "{head}Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\n"
                ))
            },
        ),
        row(
            "a bad chunk size after what matters",
            Made("r-1"),
            Again(Lost),
            move |peer| {
                let body = peer.correct();
                let size = body.len();
                peer.write(format!(
                    "{head}Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n{body}\r\nzz\r\n"
                ))
            },
        ),
        row(
            "2 MB of chunk extension",
            Unknown,
            Again(Lost),
            move |peer| {
                peer.write(format!("{head}Transfer-Encoding: chunked\r\n\r\n5;"))?;
                peer.write("a".repeat(2 << 20))
            },
        ),
        row(
            "a length that is too short",
            Made("r-1"),
            Fails(Decode),
            move |peer| {
                let body = if peer.is_post() {
                    r#"{"requestId":"r-1","name":"Orders"}"#
                } else {
                    r#"{"name":"Orders","releaseStatus":"SUCCESS"}"#
                };
                peer.write(format!("{head}Content-Length: 26\r\n\r\n{body}"))
            },
        ),
    ])
    .await;
}

#[tokio::test]
async fn the_credentials_are_in_no_text_however_the_server_repeats_them() {
    let json = SECRET.replace('"', "\\\"").replace('=', "\\u003d");
    let xml = SECRET.replace('&', "&amp;").replace('"', "&quot;");
    let percent = SECRET
        .replace('=', "%3D")
        .replace('"', "%22")
        .replace('&', "%26");
    let refuse = |name, body: String| {
        row(name, Refused, Fails(Forbidden), move |peer| {
            peer.respond("403 Forbidden", "", &body)
        })
    };
    let location = format!("Location: http://127.0.0.1/{percent}\r\n");
    let page = format!("<h1>Authorization: me:{SECRET}</h1>");
    check(vec![
        refuse("JSON", format!(r#"{{"message": "you sent {json}"}}"#)),
        refuse(
            "XML",
            format!("<error><message>you sent {xml}</message></error>"),
        ),
        refuse("percent", percent),
        row("500", Unknown, Fails(ServerFailure), move |peer| {
            peer.respond("500 Error", "", SECRET)
        }),
        row(
            "Location",
            Refused,
            Fails(releasepack_client::ErrorKind::Moved),
            move |peer| peer.respond("301 Moved", &location, ""),
        ),
        ok("200", (Unknown, page.clone()), (Fails(Decode), page)),
    ])
    .await;
}
