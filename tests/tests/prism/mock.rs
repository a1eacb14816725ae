//! A mock server of Prism, and the transport that calls it.

use std::collections::BTreeSet;
use std::env;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use releasepack_client::runtime::{Call, Exchange, Http, Transport};
use reqwest::header::HeaderValue;

/// The package, with its version: another one may do other things.
const PACKAGE: &str = "@stoplight/prism-cli@5.16.0";

/// The longest time that installing and starting may take.
const LONGEST: Duration = Duration::from_secs(180);

/// The document, as the vendor published it.
pub(crate) fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/release-integration-pack.yaml")
}

/// A running mock server. Dropping it ends it.
pub(crate) struct Mock {
    server: Child,
    port: u16,
}

impl Mock {
    /// Starts Prism. It is installed if `RELEASEPACK_PRISM` is set; otherwise it must be in npm's cache, because tests do not use
    /// the network.
    ///
    /// # Errors
    ///
    /// The reason why the test is skipped.
    pub(crate) fn start() -> Result<Self, &'static str> {
        let may_install = env::var_os("RELEASEPACK_PRISM").is_some();
        let npx = Command::new("npx")
            .args((!may_install).then_some("--offline"))
            .args(["--yes", "--package", PACKAGE, "--call", "command -v prism"])
            .stdin(Stdio::null())
            .stderr(if may_install {
                Stdio::inherit()
            } else {
                Stdio::null()
            })
            .stdout(Stdio::piped())
            .spawn();
        let mut npx = npx.map_err(|_| "Node is not installed: there is no npx")?;
        let mut output = npx.stdout.take().expect("it is piped");
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            let mut path = String::new();
            // Nobody listens any more if it took too long.
            let _ = tell.send(output.read_to_string(&mut path).map(|_| path));
        });
        let Ok(program) = told.recv_timeout(LONGEST) else {
            let _ = npx.kill();
            panic!("npx did not install {PACKAGE} in time");
        };
        let program = program.unwrap();
        let is_there = npx.wait().unwrap().success();
        if !is_there && !may_install {
            return Err("Prism is not in npm's cache: set RELEASEPACK_PRISM to install it");
        }
        assert!(is_there, "npx failed: {program}");

        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let mut server = Command::new(program.trim())
            .args(["mock", "--errors", "--host", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .arg(document())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = server.stdout.take().expect("it is piped");
        let mock = Self { server, port };
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            // Prism would stop if nobody read what it prints.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if line.contains("is listening") {
                    let _ = tell.send(());
                }
            }
        });
        told.recv_timeout(LONGEST).expect("Prism starts");
        Ok(mock)
    }

    /// A transport that calls it.
    pub(crate) fn transport(&self) -> Published {
        let http_client = reqwest::Client::builder().no_proxy().build().unwrap();
        Published(Arc::new(Inner {
            http: Http::new(http_client),
            port: self.port,
            seen: Mutex::default(),
        }))
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Calls the mock, which serves the paths of the document without the path of its server URL.
#[derive(Clone, Debug)]
pub(crate) struct Published(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: Http,
    port: u16,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// The status that the mock is asked for.
    preferred: Option<u16>,
    operations: BTreeSet<String>,
}

impl Published {
    /// Asks for responses with this status from now on.
    pub(crate) fn prefer(&self, status: Option<u16>) {
        self.0.seen.lock().unwrap().preferred = status;
    }

    /// The operations that were called.
    pub(crate) fn operations(&self) -> BTreeSet<String> {
        self.0.seen.lock().unwrap().operations.clone()
    }
}

impl Transport for Published {
    fn send(&self, mut call: Call) -> Exchange<'_> {
        let mut seen = self.0.seen.lock().unwrap();
        seen.operations.insert(call.operation.id.to_owned());
        if let Some(status) = seen.preferred {
            let value = HeaderValue::try_from(format!("code={status}")).unwrap();
            call.headers.insert("prefer", value);
        }
        drop(seen);
        let path = call.url.path().strip_prefix("/api/rest/v1/");
        let (_, path) = path.and_then(|it| it.split_once('/')).unwrap();
        let address = format!("http://127.0.0.1:{}/{path}", self.0.port);
        call.url = address.parse().unwrap();
        self.0.http.send(call)
    }
}
