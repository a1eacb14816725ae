//! A proxy between the client and the sandbox that spoils responses: it cuts, delays, truncates, drips and duplicates them, and
//! answers in the name of a gateway, before or after the platform carried out the request.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What happens to a request.
#[derive(Clone, Copy, Debug)]
enum Spoil {
    Nothing,
    /// The connection is closed when it is idle.
    CloseLater,
    /// The request is lost.
    LoseRequest,
    /// The platform carries out the request, and so much of the response arrives.
    Cut(usize),
    /// As `Cut`, but the connection is reset.
    Reset(usize),
    Delay(Duration),
    Drip,
    Duplicate,
    /// A response of a gateway, after the platform carried out the request or not.
    Answer(&'static str, bool),
    /// A refusal: the platform did not get the request.
    Refuse(&'static str),
}

/// Responses that leave open whether the platform carried out the request.
const ANSWERS: [&str; 9] = [
    "503 Unavailable\r\nContent-Type: text/plain\r\n\r\nupstream connect error or disconnect/reset before headers",
    "503 Unavailable\r\nContent-Type: text/html\r\nRetry-After: 0\r\n\r\n<h1>Busy</h1>",
    "503 Unavailable\r\n\r\n",
    "303 See Other\r\nLocation: /elsewhere\r\n\r\n",
    "500 Error\r\nContent-Type: application/json\r\n\r\n{\"message\": \"Something went wrong.\"}",
    "200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Welcome</h1>",
    "200 OK\r\nContent-Type: application/json\r\n\r\n{\"name\": \"Ord",
    "502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<h1>Bad Gateway</h1>",
    "408 Timeout\r\n\r\n",
];

/// Responses that say that nothing was done.
const REFUSALS: [&str; 4] = [
    "503 Unavailable\r\nContent-Type: application/json\r\n\r\n{\"message\": \"Retry later.\"}",
    "503 Unavailable\r\nContent-Type: application/xml\r\n\r\n<error><message>Retry later.</message></error>",
    "429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 0\r\n\r\n{\"message\": \"Retry later.\"}",
    "403 Forbidden\r\nContent-Type: application/json\r\n\r\n{\"message\": \"No privilege.\"}",
];

/// Picks what happens to a request. Half of them pass as they are.
fn pick(random: &mut fastrand::Rng) -> Spoil {
    let part = random.usize(..700);
    match random.u8(..40) {
        0..=19 => Spoil::Nothing,
        20..=21 => Spoil::CloseLater,
        22..=23 => Spoil::LoseRequest,
        24..=25 => Spoil::Cut(part),
        26..=27 => Spoil::Reset(part),
        28..=29 => Spoil::Delay(Duration::from_millis(random.u64(1..60))),
        30 => Spoil::Delay(Duration::from_millis(if random.u8(..4) == 0 {
            1500
        } else {
            5
        })),
        31 => Spoil::Drip,
        32 => Spoil::Duplicate,
        33..=36 => Spoil::Answer(random.choice(ANSWERS).unwrap_or_default(), random.bool()),
        _ => Spoil::Refuse(random.choice(REFUSALS).unwrap_or_default()),
    }
}

/// The proxy. It ends with the process.
pub(crate) struct Proxy {
    address: SocketAddr,
    /// Held by each connection.
    connections: Arc<()>,
}

impl Proxy {
    /// Starts a proxy to `platform`.
    pub(crate) fn start(platform: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let random = Arc::new(Mutex::new(fastrand::Rng::with_seed(seed)));
        let connections = Arc::new(());
        let held = Arc::downgrade(&connections);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let (random, held) = (Arc::clone(&random), held.upgrade());
                thread::spawn(move || {
                    // An error is the end of a connection, from either side.
                    let _ = serve(client, platform, &random);
                    drop(held);
                });
            }
        });
        Self {
            address,
            connections,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Whether connections are open.
    pub(crate) fn is_busy(&self) -> bool {
        Arc::strong_count(&self.connections) > 1
    }
}

/// Serves the requests of a connection, one after the other.
fn serve(
    mut client: TcpStream,
    platform: SocketAddr,
    random: &Mutex<fastrand::Rng>,
) -> io::Result<()> {
    let mut upstream = None;
    let mut pass_on = |request: &[u8]| {
        let upstream = match &mut upstream {
            Some(upstream) => upstream,
            none => none.insert(TcpStream::connect(platform)?),
        };
        upstream.write_all(request)?;
        read_message(upstream)
    };
    loop {
        let request = read_message(&mut client)?;
        let spoil = pick(&mut random.lock().expect("no test panics with the lock"));
        match spoil {
            Spoil::Nothing => client.write_all(&pass_on(&request)?)?,
            Spoil::CloseLater => {
                client.write_all(&pass_on(&request)?)?;
                thread::sleep(Duration::from_millis(1));
                return Ok(());
            }
            Spoil::LoseRequest => return Ok(()),
            Spoil::Cut(part) => {
                let response = pass_on(&request)?;
                return client.write_all(&response[..part.min(response.len())]);
            }
            Spoil::Reset(part) => {
                let response = pass_on(&request)?;
                client.write_all(&response[..part.min(response.len())])?;
                return socket2::SockRef::from(&client).set_linger(Some(Duration::ZERO));
            }
            Spoil::Delay(time) => {
                let response = pass_on(&request)?;
                thread::sleep(time);
                client.write_all(&response)?;
            }
            Spoil::Drip => {
                for piece in pass_on(&request)?.chunks(60) {
                    client.write_all(piece)?;
                    thread::sleep(Duration::from_millis(1));
                }
            }
            Spoil::Duplicate => {
                let response = pass_on(&request)?;
                return client.write_all(&[response.as_slice(), &response].concat());
            }
            Spoil::Answer(answer, is_applied) => {
                if is_applied {
                    pass_on(&request)?;
                }
                return client.write_all(&complete(answer));
            }
            Spoil::Refuse(refusal) => client.write_all(&complete(refusal))?,
        }
    }
}

/// A response with its length.
fn complete(response: &str) -> Vec<u8> {
    let (head, body) = response.split_once("\r\n\r\n").expect("it has a head");
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// Reads a request or a response to its end.
fn read_message(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&chunk[..count]);
        let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
        let length = head.lines().find_map(|line| {
            let value = line.strip_prefix("content-length:")?;
            value.trim().parse::<usize>().ok()
        });
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            return Ok(bytes);
        }
    }
}
