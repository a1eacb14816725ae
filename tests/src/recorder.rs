//! An HTTP server on a loopback port that writes down what it is sent and answers what it was told to.
//!
//! It reads and writes the bytes itself, so that it shows what really goes over the wire, not what a library made of it.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::JoinHandle;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    content_type: Option<&'static str>,
    body: String,
}

impl Answer {
    /// An answer with a JSON body.
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, Some("application/json"), &body.to_string())
    }

    /// An answer with another body, or with none when the text is empty.
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
    /// Starts a server that gives these answers, one a request.
    ///
    /// # Panics
    ///
    /// When the system has no loopback port to give.
    pub fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
        let address = listener
            .local_addr()
            .expect("a bound listener has an address");
        let serve = move || serve(&listener, &answers);
        Self {
            address,
            exchanges: std::thread::spawn(serve),
        }
    }

    /// Where it listens: `http://127.0.0.1:…`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was sent, a text for each request: the request line, the headers in the order of their names, an empty line, and
    /// the body, indented when it is JSON. The secret of `authorization`, versions and the port are redacted.
    ///
    /// # Panics
    ///
    /// When a request could not be read.
    pub fn requests(self) -> Vec<String> {
        // An answer that nobody asked for is waited with no longer; this fails when none is left.
        let _ = TcpStream::connect(self.address);
        let port = format!(":{}", self.address.port());
        let exchanges = self.exchanges.join().expect("the server does not panic");
        let exchanges = exchanges.expect("each request is read and answered");
        exchanges
            .into_iter()
            .map(|it| it.replace(&port, ":[port]"))
            .collect()
    }
}

fn serve(listener: &TcpListener, answers: &[Answer]) -> io::Result<Vec<String>> {
    let mut requests = Vec::new();
    for answer in answers {
        let (stream, _) = listener.accept()?;
        let mut reader = BufReader::new(stream);
        let request = read(&mut reader)?;
        if request.is_empty() {
            break;
        }
        requests.push(request);
        write(reader.get_mut(), answer)?;
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

fn write(stream: &mut TcpStream, answer: &Answer) -> io::Result<()> {
    let Answer {
        status,
        content_type,
        body,
    } = answer;
    let mut head = format!("HTTP/1.1 {status} Answer\r\nconnection: close\r\n");
    if let Some(content_type) = content_type {
        let _ = write!(head, "content-type: {content_type}\r\n");
    }
    let _ = write!(head, "content-length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())
}
