//! A server on loopback, with and without TLS, that keeps its connections open and responds to each request in the same way.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The certificate of the server, for `127.0.0.1`. Nobody trusts it. Its key is no secret.
pub const CERTIFICATE: &[u8] = include_bytes!("certificate.pem");
const KEY: &[u8] = include_bytes!("key.pem");

/// Starts a server. It ends with the process.
pub fn start(tls: bool) -> SocketAddr {
    let config = tls.then(|| Arc::new(config()));
    start_with(move |stream| {
        let config = config.clone();
        // An error is the end of the connection: the client may not trust the certificate.
        let _ = match config {
            Some(config) => {
                let tls = ServerConnection::new(config).expect("the configuration is valid");
                serve(StreamOwned::new(tls, stream))
            }
            None => serve(stream),
        };
    })
}

/// Starts a server that handles each connection in this way.
pub fn start_with(handle: impl Fn(TcpStream) + Clone + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handle = handle.clone();
            let _ = stream.set_nodelay(true);
            thread::spawn(move || handle(stream));
        }
    });
    address
}

fn config() -> ServerConfig {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE).expect("it is a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("it is a key");
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the key belongs to the certificate")
}

/// Responds to the requests of a connection. A request comes in few pieces: its head, and perhaps its body.
fn serve(mut stream: impl Read + Write) -> std::io::Result<()> {
    let body =
        r#"{"responseStatusCode":200,"releaseStatus":"SUCCESS","requestId":"r-1","name":"Orders"}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    loop {
        let mut request = Vec::new();
        while !is_complete(&request) {
            let mut chunk = [0; 4096];
            match stream.read(&mut chunk)? {
                0 => return Ok(()),
                count => request.extend_from_slice(&chunk[..count]),
            }
        }
        stream.write_all(response.as_bytes())?;
        stream.flush()?;
    }
}

fn is_complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    body.len() >= length.unwrap_or(0)
}
