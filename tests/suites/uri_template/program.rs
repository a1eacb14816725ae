//! Calls operations, and prints those whose URL is not an expected one: the operation, a tab, and the URL.

use std::future::ready;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use uri_template::runtime::{
    Bytes, Call, Exchange, HeaderMap, Reply, Service, StatusCode, Transport,
};
use uri_template::templates::generated::Client;

/// Keeps the calls, and responds with 204.
#[derive(Clone, Debug, Default)]
struct Recorder(Arc<Mutex<Vec<Call>>>);

impl Transport for Recorder {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.0.lock().expect("nothing panics").push(call);
        Box::pin(ready(Ok(Reply {
            status: StatusCode::NO_CONTENT,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        })))
    }
}

fn check(
    name: &str,
    expected: &[&str],
    call: impl AsyncFnOnce(&Client) -> Result<(), String>,
) {
    let recorder = Recorder::default();
    let base = "https://api.test".parse().expect("it is a URL");
    let client = Client::from_service(Service::new(&base, recorder.clone()));
    let future = pin!(call(&client));
    let result = match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => Err("it does not end".to_owned()),
    };
    let calls = recorder.0.lock().expect("nothing panics");
    let url = calls.first().map(|call| call.url.as_str().to_owned());
    let sent = url.as_deref().and_then(|url| url.strip_prefix("https://api.test"));
    match (result, sent) {
        (Err(why), _) => println!("{name}\t{}", why.replace('\n', " ")),
        (Ok(()), Some(sent)) if expected.contains(&sent) => {}
        (Ok(()), sent) => println!("{name}\t{} is sent", sent.unwrap_or("nothing")),
    }
}

#[allow(dead_code)]
fn list(elements: &[&str]) -> Vec<String> {
    elements.iter().map(|it| (*it).to_owned()).collect()
}

#[allow(dead_code)]
fn map<M: FromIterator<(String, String)>>(members: &[(&str, &str)]) -> M {
    let members = members.iter();
    members.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
