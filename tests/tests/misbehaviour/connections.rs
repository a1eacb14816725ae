//! Connections: lost, slow, refused, with another protocol.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use releasepack_client::ErrorKind::{self, Connect, Lost, NameNotFound, Timeout, Tls};
use releasepack_client::{BuildError, ClientBuilder, RetryPolicy};
use reqwest::dns::{Name, Resolve, Resolving};

use crate::server::{Peer, Server};
use crate::table::Asked::{Again, Released};
use crate::table::Told::{Made, Unknown};
use crate::table::{Report, check, release, row, settings};

#[tokio::test]
async fn a_connection_that_is_lost_after_sending_leaves_a_release_open() {
    check(vec![
        row("reset after the request", Unknown, Again(Lost), |peer| {
            peer.reset()
        }),
        row("closed after the request", Unknown, Again(Lost), |_| Ok(())),
        row("reset after the head", Unknown, Again(Lost), |peer| {
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")?;
            peer.reset()
        }),
        row("closed after the status", Unknown, Again(Lost), |peer| {
            peer.write("HTTP/1.1 200 OK\r\n")
        }),
        row("closed amid the headers", Unknown, Again(Lost), |peer| {
            peer.write("HTTP/1.1 200 OK\r\nContent-Le")
        }),
        row("no response", Unknown, Again(Timeout), Peer::hang),
        row("dripping headers", Unknown, Again(Timeout), |peer| {
            peer.write("HTTP/1.1 200 OK\r\n")?;
            peer.repeat("X-A: a\r\n", Duration::from_millis(60))
        }),
        row("a dripping body", Unknown, Again(Timeout), |peer| {
            peer.write("HTTP/1.1 200 OK\r\n\r\n")?;
            peer.repeat(" ", Duration::from_millis(60))
        }),
        row(
            "a dripping body after what matters",
            Made("r-1"),
            Again(Timeout),
            |peer| {
                peer.write(format!("HTTP/1.1 200 OK\r\n\r\n{}", peer.correct()))?;
                peer.repeat(" ", Duration::from_millis(60))
            },
        ),
        row("endless 100", Unknown, Again(Timeout), |peer| {
            peer.repeat("HTTP/1.1 100 Continue\r\n\r\n", Duration::from_millis(60))
        }),
    ])
    .await;
}

#[tokio::test]
async fn what_is_not_http_leaves_a_release_open() {
    let written =
        |name, bytes: &'static [u8]| row(name, Unknown, Again(Lost), move |peer| peer.write(bytes));
    check(vec![
        written(
            "a status of 000",
            b"HTTP/1.1 000 None\r\nContent-Length: 0\r\n\r\n",
        ),
        written("HTTP/0.9", b"{\"requestId\":\"r-1\"}"),
        written("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        written("SSH", b"SSH-2.0-OpenSSH_9.9\r\n"),
        written(
            "two lengths",
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
        ),
        written(
            "a negative length",
            b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}",
        ),
        written(
            "NUL in a header",
            b"HTTP/1.1 200 OK\r\nX-A: a\0b\r\nContent-Length: 2\r\n\r\n{}",
        ),
        written(
            "a folded header",
            b"HTTP/1.1 200 OK\r\nX-A: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        ),
        row("a header of 5 MB", Unknown, Again(Lost), |peer| {
            peer.write(format!(
                "HTTP/1.1 200 OK\r\nX-A: {}\r\n\r\n",
                "a".repeat(5 << 20)
            ))
        }),
        row("headers without an end", Unknown, Again(Lost), |peer| {
            peer.write("HTTP/1.1 200 OK\r\n")?;
            peer.repeat("X-A: a\r\n".repeat(1000), Duration::ZERO)
        }),
    ])
    .await;
}

#[tokio::test]
async fn unusual_http_is_read() {
    check(vec![
        row("no length", Made("r-1"), Released, |peer| {
            peer.write(format!("HTTP/1.1 200 OK\r\n\r\n{}", peer.correct()))
        }),
        row("HTTP/1.0", Made("r-1"), Released, |peer| {
            peer.write(format!("HTTP/1.0 200 OK\r\n\r\n{}", peer.correct()))
        }),
        row("LF only", Made("r-1"), Released, |peer| {
            peer.write(format!(
                "HTTP/1.1 200 OK\nConnection: close\n\n{}",
                peer.correct()
            ))
        }),
        row(
            "chunks of one byte and trailers",
            Made("r-1"),
            Released,
            |peer| {
                peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
                for byte in peer.correct().chars() {
                    peer.write(format!("1\r\n{byte}\r\n"))?;
                }
                peer.write("0\r\nX-Trailer: a\r\n\r\n")
            },
        ),
        row("bytes after the end", Made("r-1"), Released, |peer| {
            let body = peer.correct();
            peer.write(format!(
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}HTTP/1.1 403 Forbidden\r\n\r\n",
                body.len()
            ))
        }),
    ])
    .await;
}

#[tokio::test]
async fn a_reset_before_the_request_was_read_leaves_a_release_open() {
    let server = Server::accepting(|stream| {
        let _ = stream.peek(&mut [0]);
        let _ = socket2::SockRef::from(stream).set_linger(Some(Duration::ZERO));
    });
    let client = settings(&server.url()).build().unwrap();
    assert_eq!(release(&client).await.0, Report::Unknown);
    assert_eq!(server.count(), 1);
}

/// Makes a release, which must be told as refused. Gives the kind of the call's error, and its text.
async fn refused(settings: ClientBuilder) -> (ErrorKind, String) {
    let client = settings.build().unwrap();
    let (report, text) = release(&client).await;
    assert_eq!(report, Report::Refused, "{text}");
    let error = client.status("r-1").await.unwrap_err();
    (error.kind(), error.to_string())
}

#[tokio::test]
async fn a_release_that_was_never_sent_was_not_made() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let (kind, _) = refused(settings(&format!("http://{closed}"))).await;
    assert_eq!(kind, Connect);

    // The backlog of the listener is full, so the connection is not made. It must not last as long as the request may.
    let listener =
        socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    listener
        .bind(
            &"127.0.0.1:0"
                .parse::<std::net::SocketAddr>()
                .unwrap()
                .into(),
        )
        .unwrap();
    listener.listen(0).unwrap();
    let address = listener.local_addr().unwrap().as_socket().unwrap();
    let held: Vec<_> = (0..8)
        .filter_map(|_| TcpStream::connect_timeout(&address, Duration::from_millis(100)).ok())
        .collect();
    assert!(held.len() < 8, "the backlog has an end");
    let full = settings(&format!("http://{address}"))
        .connect_timeout(Duration::from_secs(60))
        .request_timeout(Duration::from_millis(500))
        .retry(RetryPolicy::never());
    assert_eq!(refused(full.clone()).await.0, Connect);
    // A deadline that is shorter than the time to connect counts as well.
    let hurried = full
        .request_timeout(Duration::from_secs(60))
        .retry(RetryPolicy::never().deadline(Duration::from_millis(500)));
    let begun = Instant::now();
    assert_eq!(refused(hurried).await.0, Connect);
    assert!(begun.elapsed() < Duration::from_secs(3));
}

/// Whether this build of the client has TLS. It has, if the whole workspace is built.
fn has_tls() -> bool {
    let built = settings("https://127.0.0.1:1").build();
    if matches!(built, Err(BuildError::NoTls)) {
        eprintln!("this build has no TLS: test with --workspace");
        return false;
    }
    true
}

#[tokio::test]
async fn a_fault_of_tls_is_final_and_says_what_to_do() {
    if !has_tls() {
        return;
    }
    let server = Server::accepting(|mut stream| {
        use std::io::Write as _;
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    });
    let (kind, text) = refused(settings(&format!("https://{}", server.address()))).await;
    assert_eq!(kind, Tls, "{text}");
    assert!(
        text.contains("SSL_CERT_FILE") && text.contains("configure_http"),
        "{text}"
    );
    assert_eq!(server.count(), 2, "one release and one question");

    // A server that never ends the handshake may do so next time.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = settings(&format!("https://{}", silent.local_addr().unwrap()))
        .request_timeout(Duration::from_millis(400))
        .retry(RetryPolicy::never());
    assert_eq!(refused(silent).await.0, Connect);
}

#[tokio::test]
async fn a_proxy_that_wants_a_password_is_final_and_says_what_to_do() {
    if !has_tls() {
        return;
    }
    let server = Server::new(Arc::new(|peer: &mut Peer| {
        peer.respond("407 Proxy Authentication Required", "", "")
    }));
    let url = server.url();
    let settings = settings("https://api.example.com")
        .configure_http(move |http| http.proxy(reqwest::Proxy::all(&url).unwrap()));
    let (kind, text) = refused(settings).await;
    assert_eq!(kind, ErrorKind::ProxyAuthentication, "{text}");
    assert!(text.contains("HTTPS_PROXY"), "{text}");
    assert_eq!(server.count(), 2, "one release and one question");

    // Plain http is not tunnelled: the response of the proxy is the response.
    let url = server.url();
    let settings = crate::table::settings("http://api.example.invalid")
        .allow_plain_http()
        .configure_http(move |http| http.proxy(reqwest::Proxy::all(&url).unwrap()));
    let (kind, text) = refused(settings).await;
    assert_eq!(kind, ErrorKind::ProxyAuthentication, "{text}");
    assert!(text.contains("HTTPS_PROXY"), "{text}");
}

/// Knows no host.
#[derive(Debug)]
struct Nowhere(&'static str);

impl Resolve for Nowhere {
    fn resolve(&self, _: Name) -> Resolving {
        let text = format!("failed to lookup address information: {}", self.0);
        Box::pin(async move { Err(text.into()) })
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_final_and_says_what_to_do() {
    for (says, kind) in [
        ("Name or service not known", NameNotFound),
        ("Temporary failure in name resolution", Connect),
    ] {
        let settings = settings("http://api.example.invalid")
            .allow_plain_http()
            .configure_http(move |http| http.dns_resolver(Arc::new(Nowhere(says))));
        let (found, text) = refused(settings).await;
        assert_eq!(found, kind, "{text}");
        assert_eq!(text.contains("base URL"), kind == NameNotFound, "{text}");
    }
}

#[tokio::test]
async fn a_cookie_is_not_sent_back() {
    let server = Server::new(Arc::new(|peer: &mut Peer| {
        peer.respond("200 OK", "Set-Cookie: a=b\r\n", peer.correct())
    }));
    let client = settings(&server.url()).build().unwrap();
    for _ in 0..2 {
        client.status("r-1").await.unwrap();
        release(&client).await;
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 4);
    let has_cookie = |request: &String| request.to_ascii_lowercase().contains("cookie");
    assert!(!requests.iter().any(has_cookie), "{requests:?}");
}
