//! A server over raw sockets that does whatever a test wants.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with a request. An error is the end of the connection.
pub(crate) type Behaviour = Arc<dyn Fn(&mut Peer) -> io::Result<()> + Send + Sync>;

/// A connection whose request was read.
pub(crate) struct Peer {
    stream: TcpStream,
    /// The request, as it was received.
    pub(crate) request: String,
    /// The number of requests before this one.
    pub(crate) number: usize,
}

impl Peer {
    /// Whether the request is an order.
    pub(crate) fn is_post(&self) -> bool {
        self.request.starts_with("POST")
    }

    /// The body of the correct response.
    pub(crate) fn correct(&self) -> &'static str {
        if self.is_post() {
            r#"{"requestId":"r-1"}"#
        } else {
            r#"{"releaseStatus":"SUCCESS","responseStatusCode":200}"#
        }
    }

    pub(crate) fn write(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        self.stream.write_all(bytes.as_ref())
    }

    /// Writes a response with a correct length.
    pub(crate) fn respond(
        &mut self,
        status: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> io::Result<()> {
        let body = body.as_ref();
        let length = body.len();
        self.write(format!(
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
        ))?;
        self.write(body)
    }

    /// Writes bytes again and again, each after a pause, until the client has enough.
    pub(crate) fn repeat(&mut self, bytes: impl AsRef<[u8]>, pause: Duration) -> io::Result<()> {
        loop {
            self.write(bytes.as_ref())?;
            thread::sleep(pause);
        }
    }

    /// Ends the connection with a reset.
    pub(crate) fn reset(&mut self) -> io::Result<()> {
        socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO))
    }

    /// Keeps the connection open until the client closes it.
    pub(crate) fn hang(&mut self) -> io::Result<()> {
        while self.stream.read(&mut [0; 64])? > 0 {}
        Ok(())
    }
}

/// The server. It ends with the process.
pub(crate) struct Server {
    address: SocketAddr,
    count: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn new(behaviour: Behaviour) -> Self {
        Self::start(move |mut stream, count, requests| {
            let Some(request) = read(&mut stream) else {
                return;
            };
            requests.lock().unwrap().push(request.clone());
            let mut peer = Peer {
                stream,
                request,
                number: count.fetch_add(1, Ordering::SeqCst),
            };
            // The client may close the connection first.
            let _ = behaviour(&mut peer);
            let _ = peer.stream.shutdown(Shutdown::Write);
        })
    }

    /// A server that handles connections before anything was read.
    pub(crate) fn accepting(handle: fn(&TcpStream)) -> Self {
        Self::start(move |stream, count, _| {
            count.fetch_add(1, Ordering::SeqCst);
            handle(&stream);
        })
    }

    fn start(
        handle: impl Fn(TcpStream, &AtomicUsize, &Mutex<Vec<String>>) + Clone + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let (count, requests) = (Arc::<AtomicUsize>::default(), Arc::default());
        let counted = (
            Arc::clone(&count),
            Arc::<Mutex<Vec<String>>>::clone(&requests),
        );
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (handle, counted) = (handle.clone(), counted.clone());
                let stream = stream.expect("loopback accepts");
                thread::spawn(move || handle(stream, &counted.0, &counted.1));
            }
        });
        Self {
            address,
            count,
            requests,
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The number of requests so far.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// The requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).ok()? {
            0 => return None,
            count => bytes.extend_from_slice(&chunk[..count]),
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|line| {
            let value = line.strip_prefix("content-length:")?;
            value.trim().parse::<usize>().ok()
        });
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
