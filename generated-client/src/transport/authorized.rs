//! The transport that adds credentials and fixed headers to each request, and processes each response.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use super::{Notice, error_body};
use crate::runtime::{Call, Exchange, Redactor, Reply, Transport, TransportError};

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

    async fn exchange(&self, mut call: Call) -> Result<Reply, TransportError> {
        let operation = call.operation;
        // The vendor's default is XML, which this client does not read.
        call.headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        call.headers.insert(USER_AGENT, self.user_agent.clone());
        call.headers.extend(self.credentials.clone());
        let mut reply = match self.inner.send(call).await {
            Ok(reply) => reply,
            Err(mut error) => {
                if let Some(part) = error.received_mut() {
                    self.redactor.headers(&mut part.headers);
                }
                return Err(error);
            }
        };
        self.redactor.headers(&mut reply.headers);
        // The body of a success is data. Secrets are removed from what is shown of it: see `Service::with_redaction`.
        if !reply.status.is_success() {
            error_body::normalize(&mut reply.headers, &mut reply.body);
            self.redactor.body(&mut reply.body);
        }
        if let Some(notice) = Notice::of(&reply.headers) {
            let mut noticed = self.noticed.lock().unwrap_or_else(PoisonError::into_inner);
            if noticed.insert(operation.id) {
                tracing::warn!(operation = operation.id, %notice, "the response has a deprecation notice");
            }
        }
        Ok(reply)
    }
}

impl<T: Transport> Transport for Authorized<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }
}
