//! Faults of TLS with real handshakes: they are final, nothing was released, and the error says what to do.

mod environment;
#[allow(dead_code, unreachable_pub, reason = "the benchmark uses it too")]
mod server;

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use releasepack_client::release::{Release, ReleaseError, State};
use releasepack_client::{Client, ClientBuilder, Credentials, Error, ErrorKind};

fn settings(url: String) -> ClientBuilder {
    Client::builder("account", Credentials::password("me", "a1b2c3d4")).base_url(url)
}

/// The error of a release that was not made.
async fn refused(client: &Client) -> Error {
    match client.release(&Release::now("pack")).await {
        Err(ReleaseError::Refused(call)) => call,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_final_and_the_error_says_what_to_do() {
    let address = server::start(true);
    let client = settings(format!("https://{address}")).build().unwrap();
    let question = client.status("r-1").await.unwrap_err();
    for error in [refused(&client).await, question] {
        assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
        assert!(!error.is_retryable() && !error.is_outcome_unknown());
        let text = error.to_string();
        assert!(
            text.contains("certificate") && text.contains("SSL_CERT_FILE"),
            "{text}"
        );
        assert!(text.contains("configure_http"), "{text}");
    }
}

#[tokio::test]
async fn a_certificate_that_is_added_with_configure_http_is_trusted() {
    let address = server::start(true);
    let client = settings(format!("https://{address}"))
        .configure_http(|http| {
            let certificate = reqwest::Certificate::from_pem(server::CERTIFICATE);
            http.add_root_certificate(certificate.expect("it is a certificate"))
        })
        .build()
        .unwrap();
    let accepted = client.release(&Release::now("pack")).await.unwrap();
    let status = client.status(accepted.request_id()).await.unwrap();
    assert_eq!(*status.state(), State::Released);

    // The certificate is for the address, not for this name.
    let port = address.port();
    let elsewhere = settings(format!("https://localhost:{port}"))
        .configure_http(move |http| {
            let certificate = reqwest::Certificate::from_pem(server::CERTIFICATE);
            http.add_root_certificate(certificate.expect("it is a certificate"))
                .resolve("localhost", address)
        })
        .build()
        .unwrap();
    assert_eq!(refused(&elsewhere).await.kind(), ErrorKind::Tls);
}

#[tokio::test]
async fn a_server_that_speaks_only_an_old_version_of_tls_is_final() {
    let count = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&count);
    let address = server::start_with(move |mut stream| {
        counted.fetch_add(1, Ordering::SeqCst);
        let _ = stream.read(&mut [0; 4096]);
        // The alert of a server that knows only TLS 1.1: `protocol_version`.
        let _ = stream.write_all(b"\x15\x03\x02\x00\x02\x02\x46");
    });
    let client = settings(format!("https://{address}")).build().unwrap();
    let error = refused(&client).await;
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    assert_eq!(count.load(Ordering::SeqCst), 1);
}
