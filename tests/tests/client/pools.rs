//! Connections: questions use them again, orders never do.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use releasepack_client::{Client, Credentials, RateLimit};

use crate::{ACCOUNT, create, short_pauses, status};

/// A server that keeps connections open, and closes each after so many requests without saying so before.
struct Server {
    address: SocketAddr,
    /// The method of each request, with the number of its connection.
    requests: Arc<Mutex<Vec<(usize, String)>>>,
}

impl Server {
    fn closing_after(most: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::<Mutex<Vec<(usize, String)>>>::default();
        let record = Arc::clone(&requests);
        thread::spawn(move || {
            for (number, mut stream) in listener.incoming().flatten().enumerate() {
                let record = Arc::clone(&record);
                thread::spawn(move || {
                    for _ in 0..most {
                        let Some(method) = respond(&mut stream) else {
                            return;
                        };
                        record.lock().unwrap().push((number, method));
                    }
                });
            }
        });
        Self { address, requests }
    }

    fn client(&self) -> Client {
        let credentials = Credentials::api_token("me@example.com", "a1b2c3d4");
        Client::builder(ACCOUNT, credentials)
            .base_url(format!("http://{}", self.address))
            .retry(short_pauses())
            .rate_limit(RateLimit::none())
            .build()
            .unwrap()
    }

    /// The connections that had requests of this method.
    fn connections(&self, method: &str) -> Vec<usize> {
        let requests = self.requests.lock().unwrap();
        let requests = requests.iter().filter(|(_, used)| used == method);
        requests.map(|(number, _)| *number).collect()
    }
}

/// Responds to one request, and gives its method.
fn respond(stream: &mut TcpStream) -> Option<String> {
    let mut request = [0; 4096];
    let length = stream
        .read(&mut request)
        .ok()
        .filter(|length| *length > 0)?;
    let request = String::from_utf8_lossy(&request[..length]);
    let method = request.split(' ').next()?.to_owned();
    let body = r#"{"responseStatusCode":200,"requestId":"r-1"}"#;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    Some(method)
}

#[tokio::test]
async fn questions_use_a_connection_again_and_orders_never_do() {
    let server = Server::closing_after(100);
    let client = server.client();
    for _ in 0..4 {
        status(&client).await.unwrap();
        create(&client).await.unwrap();
    }
    let questions = server.connections("GET");
    assert_eq!(questions, [questions[0]; 4]);
    let orders = server.connections("POST");
    assert_eq!(orders.len(), 4);
    for (position, order) in orders.iter().enumerate() {
        assert!(!questions.contains(order) && !orders[..position].contains(order));
    }
}

#[tokio::test]
async fn a_question_over_a_connection_that_was_closed_is_asked_again() {
    let server = Server::closing_after(1);
    let client = server.client();
    for _ in 0..20 {
        status(&client).await.unwrap();
    }
    let questions = server.connections("GET");
    assert!(questions.len() >= 20, "{questions:?}");
    // An order has a connection of its own, so it is not lost.
    for _ in 0..20 {
        create(&client).await.unwrap();
    }
    assert_eq!(server.connections("POST").len(), 20);
}
