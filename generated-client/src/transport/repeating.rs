//! Making a call again when that is safe and may help.

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

/// Repeats what fails, as the policy says and where [`verdict`] allows it.
#[derive(Debug)]
pub(crate) struct Repeating<T> {
    inner: T,
    policy: RetryPolicy,
    /// How long one attempt may take.
    request_timeout: Option<Duration>,
    chance: Mutex<fastrand::Rng>,
}

impl<T: Transport> Repeating<T> {
    pub(crate) fn new(inner: T, policy: RetryPolicy, request_timeout: Option<Duration>) -> Self {
        let chance = policy
            .seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed);
        Self {
            inner,
            policy,
            request_timeout,
            chance: Mutex::new(chance),
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
                        "answered"
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
                    "failed"
                );
                return outcome;
            }
            let pause = {
                let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
                self.policy.pause(attempt, failure.asked, &mut chance)
            };
            if deadline.is_some_and(|at| at.saturating_duration_since(Instant::now()) <= pause) {
                tracing::info!(
                    operation = operation.id,
                    attempt,
                    status,
                    kind,
                    ?pause,
                    "failed; the deadline does not allow another pause",
                );
                return outcome;
            }
            tracing::info!(
                operation = operation.id,
                attempt,
                status,
                kind,
                ?pause,
                "failed; repeating after a pause"
            );
            tokio::time::sleep(pause).await;
        }
        unreachable!("the attempts are limited by a u32, and counted in one")
    }
}

/// One attempt that failed.
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
