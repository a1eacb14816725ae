//! The transport that adds credentials and fixed headers to each request, and processes each response.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::{Notice, error_body};
use crate::runtime::{
    Call, Exchange, Http, Opened, Opening, Operation, Redactor, Reply, Transport, TransportError,
};

/// Adds the credentials and fixed headers to each request. Removes secrets from responses, converts XML error bodies to
/// JSON, and logs deprecation notices.
#[derive(Debug)]
pub(crate) struct Authorized<T> {
    inner: T,
    user_agent: HeaderValue,
    /// Each header is marked as sensitive, so that neither `Debug` nor an HTTP library shows its value.
    credentials: HeaderMap,
    redactor: Redactor,
    /// The operations whose notice was logged already.
    noticed: Mutex<HashSet<&'static str>>,
}

impl<T: Transport> Authorized<T> {
    pub(crate) fn new(
        inner: T,
        user_agent: HeaderValue,
        credentials: HeaderMap,
        redactor: Redactor,
    ) -> Self {
        Self {
            inner,
            user_agent,
            credentials,
            redactor,
            noticed: Mutex::default(),
        }
    }

    /// Adds the headers to a call.
    fn prepare(&self, call: &mut Call) {
        // The vendor's default is XML, which this client does not read.
        call.headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        call.headers.insert(USER_AGENT, self.user_agent.clone());
        call.headers.extend(self.credentials.clone());
    }

    /// Removes the secrets from the head of a response, and logs its notice.
    fn process_head(&self, operation: &'static Operation, headers: &mut HeaderMap) {
        self.redactor.headers(headers);
        if let Some(notice) = Notice::of(headers) {
            let mut noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
            if noticed.insert(operation.id) {
                tracing::warn!(operation = operation.id, %notice, "the response has a deprecation notice");
            }
        }
    }

    /// Processes the body of an error. The body of a success is data. Secrets are removed from what is shown of it: see
    /// `Service::with_redaction`.
    fn process_error(&self, reply: &mut Reply) {
        error_body::normalize(&mut reply.headers, &mut reply.body);
        self.redactor.body(&mut reply.body);
    }

    fn process_failure(&self, mut error: TransportError) -> TransportError {
        if let Some(part) = error.received_mut() {
            self.redactor.headers(&mut part.headers);
        }
        error
    }

    async fn exchange(&self, mut call: Call) -> Result<Reply, TransportError> {
        let operation = call.operation;
        self.prepare(&mut call);
        let sent = self.inner.send(call).await;
        let mut reply = sent.map_err(|error| self.process_failure(error))?;
        self.process_head(operation, &mut reply.headers);
        if !reply.status.is_success() {
            self.process_error(&mut reply);
        }
        Ok(reply)
    }

    async fn begin(&self, mut call: Call) -> Result<Opened, TransportError> {
        let operation = call.operation;
        self.prepare(&mut call);
        let opened = self.inner.open(call).await;
        let mut opened = opened.map_err(|error| self.process_failure(error))?;
        self.process_head(operation, &mut opened.headers);
        if opened.status.is_success() {
            return Ok(opened);
        }
        let mut reply = opened.finish(Http::ERROR_BODY_LIMIT).await;
        self.process_error(&mut reply);
        Ok(reply.into())
    }
}

impl<T: Transport> Transport for Authorized<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(self.begin(call))
    }
}
