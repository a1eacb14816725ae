//! Statuses: what each says of a release.

use releasepack_client::ErrorKind::{
    Busy, Conflict, Forbidden, Gateway, Moved, ProxyAuthentication, Server, Status,
};

use crate::table::Asked::{Again, Fails};
use crate::table::Told::{Refused, Unknown};
use crate::table::{Row, check, row};

const HTML: &str = "<html><head><title>Sorry</title></head></html>";
const PROSE: &str = "upstream connect error or disconnect/reset before headers";
const BUSY: &str = r#"{"message": "Retry later."}"#;
const BUSY_XML: &str = "<error><message>Retry later.</message></error>";

/// A row for a status with an empty body.
fn bare(status: &'static str, told: crate::table::Told, asked: crate::table::Asked) -> Row {
    row(status, told, asked, move |peer| {
        peer.respond(status, "", "")
    })
}

#[tokio::test]
async fn only_some_statuses_say_that_a_release_was_not_made() {
    check(vec![
        bare("301 Moved", Refused, Fails(Moved)),
        bare("307 Moved", Refused, Fails(Moved)),
        bare("308 Moved", Refused, Fails(Moved)),
        bare("403 Forbidden", Refused, Fails(Forbidden)),
        bare("407 Proxy", Refused, Fails(ProxyAuthentication)),
        bare("409 Conflict", Refused, Fails(Conflict)),
        bare("425 Too Early", Refused, Again(Status)),
        bare("429 Too Many", Refused, Again(Busy)),
        bare("101 Switching", Unknown, Fails(Status)),
        bare("300 Choices", Unknown, Fails(Moved)),
        bare("302 Found", Unknown, Fails(Moved)),
        bare("303 See Other", Unknown, Fails(Moved)),
        bare("304 Not Modified", Unknown, Fails(Moved)),
        bare("408 Timeout", Unknown, Again(Status)),
        bare("500 Error", Unknown, Fails(Server)),
        bare("504 Timeout", Unknown, Again(Gateway)),
        bare("520 Error", Unknown, Fails(Server)),
        bare("599 Error", Unknown, Fails(Server)),
        bare("600 What", Unknown, Fails(Status)),
        bare("999 What", Unknown, Fails(Status)),
        row("502 with a page", Unknown, Again(Gateway), |peer| {
            peer.respond("502 Bad Gateway", "Content-Type: text/html\r\n", HTML)
        }),
    ])
    .await;
}

#[tokio::test]
async fn a_503_says_that_nothing_was_done_only_if_the_platform_sent_it() {
    let of = |name, content_type: &'static str, body: &'static str, told| {
        row(name, told, Again(Busy), move |peer| {
            let headers = format!("Content-Type: {content_type}\r\n");
            peer.respond("503 Unavailable", &headers, body)
        })
    };
    check(vec![
        of("JSON", "application/json", BUSY, Refused).repeated(),
        of("XML", "application/xml", BUSY_XML, Refused).repeated(),
        of("prose", "text/plain", PROSE, Unknown),
        of("a page", "text/html", HTML, Unknown),
        of("nothing", "application/json", "", Unknown),
        row("the body of the platform is lost", Refused, Again(Busy), |peer| {
            peer.write("HTTP/1.1 503 Busy\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n")?;
            peer.reset()
        })
        .repeated(),
        row("the first time only", Unknown, crate::table::Asked::Released, |peer| {
            if peer.is_post() && peer.number == 0 {
                return peer.respond("503 Unavailable", "", PROSE);
            }
            peer.respond("200 OK", "", peer.correct())
        }),
    ])
    .await;
}

#[tokio::test]
async fn a_pause_that_is_too_long_fails_at_once() {
    check(vec![row("an hour", Refused, Fails(Busy), |peer| {
        let headers = "Content-Type: application/json\r\nRetry-After: 3600\r\n";
        peer.respond("503 Unavailable", headers, BUSY)
    })])
    .await;
}

#[tokio::test]
async fn a_response_before_the_response_is_skipped() {
    use crate::table::Asked::Released;
    use crate::table::Told::Made;
    check(vec![
        row("100", Made("r-1"), Released, |peer| {
            peer.write("HTTP/1.1 100 Continue\r\n\r\n")?;
            peer.respond("200 OK", "", peer.correct())
        }),
        row("twenty 103", Made("r-1"), Released, |peer| {
            for _ in 0..20 {
                peer.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")?;
            }
            peer.respond("200 OK", "", peer.correct())
        }),
    ])
    .await;
}
