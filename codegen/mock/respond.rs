//! Responses: those that a test sets, and those of the API description.

use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};
use serde::Serialize;

use super::check::{Fault, essence};
use super::operation::Operation;
use super::request::Request;
use super::serve::Shared;
use crate::runtime::Bytes;

/// A response that a test sets.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// How often it is still used; `None` for always.
    times: Option<usize>,
}

/// The operation whose response a test sets: see [`Server::on`](super::Server::on).
///
/// Responses are used in the order in which they are set; one without [`times`](Self::times) is used from then on, until
/// another is set.
#[derive(Debug)]
#[must_use = "it does nothing until `respond` is called"]
pub struct On<'s> {
    shared: &'s Arc<Shared>,
    operation: Option<&'static str>,
    times: Option<usize>,
    headers: HeaderMap,
}

impl<'s> On<'s> {
    pub(super) fn new(shared: &'s Arc<Shared>, operation: Option<&'static str>) -> Self {
        Self {
            shared,
            operation,
            times: None,
            headers: HeaderMap::new(),
        }
    }

    /// The response is used this often. Then the next one is used, or else the example.
    pub fn times(self, times: usize) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// Adds a header to the response.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = name.parse::<HeaderName>().ok();
        match name.zip(HeaderValue::from_str(value).ok()) {
            Some((name, value)) => {
                self.headers.append(name, value);
            }
            None => self.fault("a header that is set is not valid".to_owned()),
        }
        self
    }

    /// Sets the status and a body of JSON: a type of this API, or `serde_json::json!(…)`.
    pub fn respond(self, status: u16, body: impl Serialize) {
        match serde_json::to_vec(&body) {
            Ok(body) => self.respond_bytes(status, "application/json", body),
            Err(error) => self.fault(format!("a body that is set is not JSON: {error}")),
        }
    }

    /// Sets the status and a body that is not JSON; `media_type` is the value of the header `Content-Type`.
    pub fn respond_bytes(mut self, status: u16, media_type: &str, body: impl Into<Bytes>) {
        let parts = StatusCode::from_u16(status).ok();
        let Some((status, media_type)) = parts.zip(HeaderValue::from_str(media_type).ok()) else {
            self.fault(format!("{status} with `{media_type}` cannot be sent"));
            return;
        };
        self.headers.entry(CONTENT_TYPE).or_insert(media_type);
        let Some(operation) = self.operation else {
            return;
        };
        let answer = Answer {
            status,
            headers: self.headers,
            body: body.into(),
            times: self.times,
        };
        let mut state = self.shared.lock();
        let answers = state.answers.entry(operation).or_default();
        // One that is always used would hide what comes after it.
        answers.retain(|it| it.times.is_some());
        answers.push(answer);
    }

    fn fault(&self, what: String) {
        self.shared.lock().faults.push(Fault::of_test(what));
    }
}

/// The response that is set for the next request of an operation.
pub(super) fn next(answers: &mut Vec<Answer>) -> Option<Response<Bytes>> {
    answers.retain(|it| it.times != Some(0));
    let answer = answers.first_mut()?;
    if let Some(times) = &mut answer.times {
        *times -= 1;
    }
    let mut response = Response::new(answer.body.clone());
    *response.status_mut() = answer.status;
    response.headers_mut().clone_from(&answer.headers);
    Some(response)
}

/// The response of the API description; what is missing if it has no example.
pub(super) fn example(operation: &Operation, request: &Request) -> Result<Response<Bytes>, String> {
    let accepted = request.headers.get(ACCEPT).and_then(|it| it.to_str().ok());
    let mut accepted = accepted.unwrap_or_default().split(',').map(essence);
    let contents = operation.contents;
    let chosen = accepted.find_map(|accepted| {
        let mut contents = contents.iter();
        contents.find(|(media_type, _)| essence(media_type) == accepted)
    });
    let mut response = Response::new(Bytes::new());
    if let Some((media_type, body)) = chosen.or(contents.first()) {
        let body = body.ok_or_else(|| {
            let id = operation.id;
            format!(
                "the API description has no example of a response: set one with `server.on(\"{id}\").respond(…)`"
            )
        })?;
        *response.body_mut() = Bytes::from_static(body.as_bytes());
        if let Ok(value) = HeaderValue::from_str(media_type) {
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
    }
    if let Ok(status) = StatusCode::from_u16(operation.status) {
        *response.status_mut() = status;
    }
    Ok(response)
}

/// The response to a request that the API description does not allow.
pub(super) fn refusal(status: StatusCode, faults: &[String]) -> Response<Bytes> {
    let body = serde_json::json!({ "message": "the mock refuses the request", "faults": faults });
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = status;
    let media_type = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, media_type);
    response
}
