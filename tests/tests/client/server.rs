//! A server that handles one connection after the other as the test prepared it, and records the requests.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

/// How the server handles one connection.
pub(crate) enum Step {
    /// Reads the request, writes these bytes, closes the connection.
    Respond(Vec<u8>),
    /// Waits for the request, then resets the connection without reading it.
    ResetUnread,
    /// Reads the request, writes these bytes, closes the connection although the response does not say so, and sends a
    /// message to the test.
    RespondThenClose(Vec<u8>, mpsc::Sender<()>),
    /// Reads the request, then closes the connection without a response.
    CloseWithoutResponse,
    /// Reads the request, and keeps the connection open without a response.
    NoResponse,
    /// Reads the request, and writes these pieces, each when the test says so, and closes the connection.
    Pieces(Vec<Vec<u8>>, mpsc::Receiver<()>),
    /// Reads the request, and writes these bytes again and again until the client closes the connection.
    Endless(Vec<u8>),
}

/// A request as it was received.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    /// The values of the header `name` (in lower case).
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let values = self.headers.iter().filter(|(given, _)| given == name);
        values.map(|(_, value)| value.as_str()).collect()
    }
}

pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// A server that handles connections by `steps`, one after the other, and responds to all others with 418.
    pub(crate) fn new(steps: impl IntoIterator<Item = Step>) -> Self {
        let steps: Vec<Step> = steps.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let record = Arc::clone(&requests);
        thread::spawn(move || {
            let mut steps = steps.into_iter();
            // Holds the connections that stay open until the server ends.
            let mut held = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.expect("loopback accepts");
                let step = steps
                    .next()
                    .unwrap_or_else(|| Step::Respond(response(418, "", "")));
                if matches!(step, Step::ResetUnread) {
                    // Closing with unread bytes makes the kernel send a reset.
                    stream.peek(&mut [0]).expect("the request arrives");
                    continue;
                }
                let Some(request) = read(&mut stream) else {
                    continue;
                };
                record.lock().unwrap().push(request);
                match step {
                    Step::Respond(bytes) => {
                        // The errors are ignored: in some tests, the client closes the connection first.
                        let _ = stream.write_all(&bytes);
                        let _ = stream.shutdown(Shutdown::Write);
                    }
                    Step::RespondThenClose(bytes, closed) => {
                        stream.write_all(&bytes).expect("the client reads");
                        drop(stream);
                        closed.send(()).expect("the test waits");
                    }
                    Step::Endless(bytes) => {
                        thread::spawn(move || while stream.write_all(&bytes).is_ok() {});
                    }
                    Step::Pieces(pieces, may_proceed) => {
                        for piece in pieces {
                            may_proceed.recv().expect("the test goes on");
                            stream.write_all(&piece).expect("the client reads");
                        }
                    }
                    Step::NoResponse => held.push(stream),
                    Step::CloseWithoutResponse | Step::ResetUnread => {}
                }
            }
        });
        Self { address, requests }
    }

    /// A server that sends `responses`, one after the other.
    pub(crate) fn responding(responses: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self::new(responses.into_iter().map(Step::Respond))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request so far.
    pub(crate) fn only_request(&self) -> Received {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

/// A URL on which no server listens.
pub(crate) fn unused_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener
        .local_addr()
        .expect("a bound socket has an address");
    format!("http://{address}")
}

/// A response with `headers` (complete lines) and `body`.
pub(crate) fn response(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Some Reason\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// The response to a status call for a release that is done.
pub(crate) fn done() -> Vec<u8> {
    response(
        200,
        "Content-Type: application/json\r\n",
        r#"{"@type": "ReleaseIntegrationPackStatus", "responseStatusCode": 200, "releaseStatus": "SUCCESS"}"#,
    )
}

/// The response to a release.
pub(crate) fn released() -> Vec<u8> {
    response(
        200,
        "Content-Type: application/json\r\n",
        r#"{"requestId": "r-1"}"#,
    )
}

fn read(stream: &mut TcpStream) -> Option<Received> {
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
    let head = String::from_utf8(bytes[..end].to_vec()).expect("the test sends an ASCII head");
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
    Some(Received {
        line,
        headers,
        body,
    })
}
