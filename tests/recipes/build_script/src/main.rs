//! Calls an operation of the client that the build script generated, on a server of its own.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

include!(concat!(env!("OUT_DIR"), "/pets.rs"));

const RESPONSE: &str = r#"{"name": "Rex"}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let server = std::thread::spawn(move || respond_once(&listener));

    let client = pets::Client::builder()
        .base_url(format!("http://{address}"))
        .build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let pet = runtime.block_on(client.get_pet("7").send())?;
    let path = server.join().map_err(|_| "the server failed")??;
    println!("{path}: {}", pet.name);
    Ok(())
}

/// Answers one request, and gives its first line.
fn respond_once(listener: &TcpListener) -> std::io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let length = RESPONSE.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{RESPONSE}"
    )?;
    Ok(first)
}
