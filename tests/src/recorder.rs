//! An HTTP server on a loopback port that records the requests that it receives, and sends prepared responses.
//!
//! It reads and writes the bytes itself, so that it records exactly what goes over the wire.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

/// A prepared response.
#[derive(Clone, Debug)]
pub struct CannedResponse {
    status: u16,
    content_type: Option<&'static str>,
    body: String,
}

impl CannedResponse {
    /// A response with a JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, Some("application/json"), &body.to_string())
    }

    /// A response with any body; if `body` is empty, the response has no body.
    pub fn new(status: u16, content_type: Option<&'static str>, body: &str) -> Self {
        Self {
            status,
            content_type,
            body: body.to_owned(),
        }
    }
}

/// The server.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    exchanges: JoinHandle<io::Result<Vec<String>>>,
}

impl Recorder {
    /// Starts a server that sends these responses, one for each request.
    ///
    /// # Panics
    ///
    /// Panics when the system has no free port.
    pub fn start(responses: Vec<CannedResponse>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let serve = move || serve(&listener, &responses);
        Self {
            address,
            exchanges: std::thread::spawn(serve),
        }
    }

    /// The URL of the server: `http://127.0.0.1:…`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests, each as text: the request line, the headers sorted by name, an empty line, and the body, indented when
    /// it is JSON. The secret of `authorization`, versions and the port are redacted.
    ///
    /// # Panics
    ///
    /// Panics when a request could not be read.
    pub fn requests(self) -> Vec<String> {
        // Ends the server if it still waits for a request. The error is ignored: the server may have ended already.
        let _ = TcpStream::connect(self.address);
        let port = format!(":{}", self.address.port());
        let exchanges = self.exchanges.join().expect("the server does not panic");
        let exchanges = exchanges.expect("each request is read and gets a response");
        exchanges
            .into_iter()
            .map(|it| it.replace(&port, ":[port]"))
            .collect()
    }
}

fn serve(listener: &TcpListener, responses: &[CannedResponse]) -> io::Result<Vec<String>> {
    let mut requests = Vec::new();
    for response in responses {
        let (stream, _) = listener.accept()?;
        let mut reader = BufReader::new(stream);
        let request = read(&mut reader)?;
        if request.is_empty() {
            break;
        }
        requests.push(request);
        write(reader.get_mut(), response)?;
    }
    Ok(requests)
}

fn read(reader: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut text = String::new();
    reader.read_line(&mut text)?;
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        if name == "content-length" {
            length = value.parse().map_err(io::Error::other)?;
        }
        headers.push(format!("{name}: {}", redacted(&name, value)));
    }
    headers.sort();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    for header in headers {
        let _ = writeln!(text, "{header}");
    }
    if !body.is_empty() {
        let body = match serde_json::from_slice::<serde_json::Value>(&body) {
            Ok(json) => format!("{json:#}"),
            Err(_) => String::from_utf8_lossy(&body).into_owned(),
        };
        let _ = write!(text, "\n{body}");
    }
    Ok(text.replace("\r\n", "\n").trim_end().to_owned())
}

fn redacted(name: &str, value: &str) -> String {
    match name {
        "authorization" => {
            let scheme = value.split_whitespace().next().unwrap_or_default();
            format!("{scheme} [secret]")
        }
        "user-agent" => {
            let product = value.split_once('/').map_or(value, |(product, _)| product);
            format!("{product}/[version]")
        }
        _ => value.to_owned(),
    }
}

fn write(stream: &mut TcpStream, response: &CannedResponse) -> io::Result<()> {
    let CannedResponse {
        status,
        content_type,
        body,
    } = response;
    let mut head = format!("HTTP/1.1 {status} Canned\r\nconnection: close\r\n");
    if let Some(content_type) = content_type {
        let _ = write!(head, "content-type: {content_type}\r\n");
    }
    let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
