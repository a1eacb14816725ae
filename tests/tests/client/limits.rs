//! The size limit of response bodies.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use releasepack_client::ErrorKind;

use crate::server::{Server, Step, done, response};
use crate::{settings, status};

/// The compressed body of a status response with a name of `length` bytes.
fn compress_status(length: usize) -> Vec<u8> {
    let body = format!(
        r#"{{"responseStatusCode": 200, "name": "{}"}}"#,
        "x".repeat(length)
    );
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_response_at_the_limit_is_read_and_one_byte_more_is_not() {
    let length = r#"{"responseStatusCode":200}"#.len();
    for (limit, fits) in [(length, true), (length - 1, false)] {
        let body = r#"{"responseStatusCode":200}"#;
        let chunked = format!(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
            &body[..5],
            length - 5,
            &body[5..],
        );
        let server = Server::responding([response(200, "", body), chunked.into_bytes()]);
        let client = settings(&server).body_limit(limit).build().unwrap();
        for _ in 0..2 {
            let outcome = status(&client).await;
            assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
            if let Err(error) = outcome {
                assert_eq!(error.kind(), ErrorKind::TooLarge);
                assert_eq!(error.status().unwrap(), 200);
                assert!(
                    error
                        .to_string()
                        .contains(&format!("the limit is {limit} bytes")),
                    "{error}"
                );
            }
        }
        assert_eq!(server.requests().len(), 2, "the call is not repeated");
    }
}

#[tokio::test]
async fn an_endless_response_ends_at_the_limit() {
    let endless = || {
        Step::Endless(
            b"HTTP/1.1 200 OK\r\n\r\n"
                .iter()
                .copied()
                .chain([b'x'; 8192])
                .collect(),
        )
    };
    let server = Server::new([endless(), Step::Respond(done())]);
    let client = settings(&server).build().unwrap();
    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(
        error.to_string().contains("the limit is 8388608 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn an_error_response_that_is_too_long_keeps_its_status() {
    let server = Server::responding([response(403, "", "x".repeat(5000))]);
    let client = settings(&server).body_limit(1000).build().unwrap();
    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert!(error.excerpt().unwrap().starts_with("xxx"));
}

#[tokio::test]
async fn a_compressed_body_is_not_decompressed_by_default() {
    let server = Server::responding([response(
        200,
        "Content-Encoding: gzip\r\n",
        compress_status(10),
    )]);
    let client = settings(&server).build().unwrap();
    assert_eq!(status(&client).await.unwrap_err().kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn the_limit_counts_after_decompression_by_the_users_own_http_client() {
    let body = compress_status(1_000_000);
    assert!(body.len() < 10_000);
    let compressing = reqwest::Client::builder().gzip(true).build().unwrap();
    for (limit, fits) in [(2_000_000, true), (100_000, false)] {
        let server = Server::responding([response(200, "Content-Encoding: gzip\r\n", &body)]);
        let client = settings(&server)
            .http_client(compressing.clone())
            .body_limit(limit)
            .build()
            .unwrap();
        let outcome = status(&client).await;
        assert_eq!(outcome.is_ok(), fits, "{outcome:?}");
        if let Err(error) = outcome {
            assert_eq!(error.kind(), ErrorKind::TooLarge);
        }
    }
}
