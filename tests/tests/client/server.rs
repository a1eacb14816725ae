//! A server that follows a script, one step for each connection, and records the requests.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// What to do with one connection.
pub(crate) enum Step {
    /// Read the request, write this, close.
    Answer(Vec<u8>),
    /// Wait for the request, then reset the connection without reading it.
    ResetUnread,
    /// Read the request, write this as if the connection stayed open, but close it, and send a signal.
    AnswerThenClose(Vec<u8>, mpsc::Sender<()>),
    /// Read the request, then close without a response.
    CloseUnanswered,
    /// Read the request, and keep the connection open without a response.
    Silence,
    /// Read the request, then write this repeatedly as long as somebody reads it.
    Endless(Vec<u8>),
}

/// A request as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    /// The values of the header `name` (in lower case).
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let values = self.headers.iter().filter(|(given, _)| given == name);
        values.map(|(_, value)| value.as_str()).collect()
    }
}

pub(crate) struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// A server that executes `steps` in order, and then refuses further requests with 418.
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps: Vec<Step> = steps.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&seen);
        thread::spawn(move || {
            let mut steps = steps.into_iter();
            // These connections stay open until the server ends.
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("loopback accepts");
                let step = steps
                    .next()
                    .unwrap_or_else(|| Step::Answer(answer(418, "", "")));
                if matches!(step, Step::ResetUnread) {
                    // Closing with unread bytes makes the kernel send a reset.
                    stream.peek(&mut [0]).expect("the request comes");
                    continue;
                }
                let Some(request) = read(&mut stream) else {
                    continue;
                };
                record.lock().unwrap().push(request);
                match step {
                    Step::Answer(bytes) => {
                        // The client may have closed the connection, which some tests need.
                        let _ = stream.write_all(&bytes);
                        let _ = stream.shutdown(Shutdown::Write);
                    }
                    Step::AnswerThenClose(bytes, closed) => {
                        stream.write_all(&bytes).expect("the client reads");
                        drop(stream);
                        closed.send(()).expect("the test waits");
                    }
                    Step::Endless(bytes) => {
                        thread::spawn(move || while stream.write_all(&bytes).is_ok() {});
                    }
                    Step::Silence => held.push(stream),
                    Step::CloseUnanswered | Step::ResetUnread => {}
                }
            }
        });
        Self { address, seen }
    }

    /// A server that sends these responses in order.
    pub(crate) fn answering(answers: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::new(answers.into_iter().map(Step::Answer))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests until now.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request.
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen.remove(0)
    }
}

/// An address without a listener.
pub(crate) fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    format!("http://{address}")
}

/// A response with `headers` (complete lines) and `body`.
pub(crate) fn answer(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Some Words\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// A successful response to a request for the status.
pub(crate) fn done() -> Vec<u8> {
    answer(
        200,
        "Content-Type: application/json\r\n",
        r#"{"@type": "ReleaseIntegrationPackStatus", "responseStatusCode": 200, "releaseStatus": "SUCCESS"}"#,
    )
}

/// A successful response to a release.
pub(crate) fn released() -> Vec<u8> {
    answer(
        200,
        "Content-Type: application/json\r\n",
        r#"{"requestId": "r-1"}"#,
    )
}

fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).expect("heads are ASCII here");
    let mut lines = head.split("\r\n");
    let line = lines
        .next()
        .expect("split gives at least one part")
        .to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let mut body = bytes.split_off(end + 4);
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(0, |(_, length)| {
        length.parse().expect("a length is a number")
    });
    let mut rest = vec![0; length - body.len()];
    stream.read_exact(&mut rest).ok()?;
    body.extend(rest);
    Some(Seen {
        line,
        headers,
        body,
    })
}
