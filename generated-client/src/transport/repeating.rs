//! The transport that repeats failed calls.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::RetryPolicy;
use super::retry_after::retry_after;
use crate::runtime::{
    Call, Exchange, Observed, Reply, Transport, TransportError, TransportErrorKind, Verdict,
    verdict,
};

/// Repeats failed calls if [`verdict`] allows it, as often as the policy allows.
#[derive(Debug)]
pub(crate) struct Repeating<T> {
    inner: T,
    policy: RetryPolicy,
    /// The maximum time of one attempt.
    request_timeout: Option<Duration>,
    random: Mutex<fastrand::Rng>,
}

impl<T: Transport> Repeating<T> {
    pub(crate) fn new(inner: T, policy: RetryPolicy, request_timeout: Option<Duration>) -> Self {
        let random = policy
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            inner,
            policy,
            request_timeout,
            random: Mutex::new(random),
        }
    }

    async fn attempts(&self, call: Call) -> Result<Reply, TransportError> {
        let operation = call.operation;
        let deadline = self
            .policy
            .deadline
            .and_then(|span| Instant::now().checked_add(span));
        for attempt in 0.. {
            let remaining = deadline.map(|at| at.saturating_duration_since(Instant::now()));
            let mut call = call.clone();
            call.timeout = [call.timeout, self.request_timeout, remaining]
                .into_iter()
                .flatten()
                .min();
            let started = Instant::now();
            tracing::debug!(operation = operation.id, attempt, "calling");
            let outcome = self.inner.send(call).await;
            let elapsed = started.elapsed();
            let failure = match &outcome {
                Ok(reply) if reply.status.is_success() => {
                    let status = reply.status.as_u16();
                    tracing::debug!(
                        operation = operation.id,
                        attempt,
                        status,
                        ?elapsed,
                        "received a response"
                    );
                    return outcome;
                }
                Ok(reply) => Failure {
                    observed: Observed::Status(reply.status),
                    asked: retry_after(&reply.headers),
                    status: Some(reply.status),
                    transport: None,
                },
                Err(error) => Failure {
                    observed: Observed::Transport(error.kind()),
                    asked: None,
                    status: error.status(),
                    transport: Some(error.kind()),
                },
            };
            let status = failure.status.map(|status| status.as_u16());
            let kind = failure.transport.map(tracing::field::display);
            let verdict = verdict(&operation.method, failure.observed);
            if verdict != Verdict::Repeatable || attempt >= self.policy.max_repeats {
                tracing::info!(
                    operation = operation.id,
                    attempt,
                    status,
                    kind,
                    ?verdict,
                    ?elapsed,
                    "the call failed"
                );
                return outcome;
            }
            let pause = {
                let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
                self.policy.pause(attempt, failure.asked, &mut random)
            };
            if deadline.is_some_and(|at| at.saturating_duration_since(Instant::now()) <= pause) {
                tracing::info!(
                    operation = operation.id,
                    attempt,
                    status,
                    kind,
                    ?pause,
                    "the call failed; the next pause would pass the deadline",
                );
                return outcome;
            }
            tracing::info!(
                operation = operation.id,
                attempt,
                status,
                kind,
                ?pause,
                "the call failed; it is repeated after a pause"
            );
            tokio::time::sleep(pause).await;
        }
        unreachable!("the limit of the attempts is a `u32`, so the counter reaches it")
    }
}

/// A failed attempt.
struct Failure {
    observed: Observed,
    /// The pause that the server asked for.
    asked: Option<Duration>,
    status: Option<StatusCode>,
    transport: Option<TransportErrorKind>,
}

impl<T: Transport> Transport for Repeating<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.attempts(call))
    }
}
