//! A package that depends on the client like any other consumer, and makes one call.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use releasepack_client::{Client, Credentials};

const RESPONSE: &str = r#"{"responseStatusCode": 200, "releaseStatus": "SUCCESS"}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = std::thread::spawn(move || respond_once(&listener));

    let client = Client::builder("example-A1B2C3", Credentials::password("me", "secret"))
        .base_url(format!("http://{address}"))
        .allow_plain_http()
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let status = runtime.block_on(
        client
            .get_release_integration_pack_status("7d1f2c4e")
            .send(),
    )?;
    server.join().map_err(|_| "the server failed")??;

    println!(
        "response {}, release status {:?}",
        status.status(),
        status.release_status
    );
    Ok(())
}

fn respond_once(listener: &TcpListener) -> std::io::Result<()> {
    let (mut stream, _) = listener.accept()?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        if line?.is_empty() {
            break;
        }
    }
    let length = RESPONSE.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{RESPONSE}"
    )
}
