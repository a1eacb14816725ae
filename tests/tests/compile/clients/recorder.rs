//! A transport that records requests and gives a fixed response.

use std::future::{Future, ready};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use clients::runtime::{Bytes, Call, Exchange, HeaderMap, Reply, Service, StatusCode, Transport};

#[derive(Clone, Debug)]
pub struct Recorder {
    calls: Arc<Mutex<Vec<Call>>>,
    reply: Reply,
}

impl Transport for Recorder {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.calls.lock().unwrap().push(call);
        Box::pin(ready(Ok(self.reply.clone())))
    }
}

/// A service that responds to every call with this status and body.
pub fn responding(status: u16, body: &'static str) -> Service {
    service(status, body).0
}

/// A service that responds to every call with these bytes, under a content type unless it is empty.
pub fn responding_with(status: u16, content_type: &'static str, body: &'static [u8]) -> Service {
    let (_, mut recorder) = service(status, "");
    recorder.reply.body = Bytes::from_static(body);
    if !content_type.is_empty() {
        let content_type = content_type.parse().unwrap();
        recorder.reply.headers.insert("content-type", content_type);
    }
    let base_url = "https://api.test/v1".parse().unwrap();
    Service::new(&base_url, recorder)
}

/// The request of one call.
pub fn sent(call: impl AsyncFnOnce(Service)) -> Call {
    let (service, recorder) = service(204, "");
    now(call(service));
    let mut calls = recorder.calls.lock().unwrap();
    assert_eq!(calls.len(), 1, "one call is one exchange");
    calls.remove(0)
}

fn service(status: u16, body: &'static str) -> (Service, Recorder) {
    let recorder = Recorder {
        calls: Arc::default(),
        reply: Reply::new(
            StatusCode::from_u16(status).unwrap(),
            HeaderMap::new(),
            Bytes::from_static(body.as_bytes()),
        ),
    };
    let base_url = "https://api.test/v1".parse().unwrap();
    (Service::new(&base_url, recorder.clone()), recorder)
}

/// The result of a future that is ready at once.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => panic!("nothing here waits"),
    }
}
