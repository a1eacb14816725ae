//! The transport that repeats failed calls.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::super::{
    Call, Exchange, Observed, Reply, Sender, Transport, TransportError, TransportErrorKind,
    Verdict, verdict,
};
use super::RetryPolicy;
use super::retry_after::retry_after;

/// A transport that keeps to its timeout reports more than that it passed: for example, which part of the response came. So it
/// gets a moment longer before the attempt is ended from outside.
const MOMENT: Duration = Duration::from_millis(50);

/// A transport that repeats failed calls if [`verdict`] allows it, as often as the policy allows. It ends each attempt after the
/// request timeout, whatever the transport below does.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::{Http, Repeating, RetryPolicy, Service};
///
/// # fn main() -> Result<(), url::ParseError> {
/// let http = Http::new(reqwest::Client::new());
/// let transport = Repeating::new(http, RetryPolicy::default(), Some(Duration::from_secs(60)));
/// let service = Service::new(&"https://example.com/v1".parse()?, transport);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Repeating<T> {
    inner: T,
    policy: RetryPolicy,
    /// The maximum time of one attempt.
    request_timeout: Option<Duration>,
    random: Mutex<fastrand::Rng>,
}

impl<T: Transport> Repeating<T> {
    /// Repeats the calls that `inner` sends. `request_timeout` is the maximum time of one attempt, if the call has no shorter one.
    pub fn new(inner: T, policy: RetryPolicy, request_timeout: Option<Duration>) -> Self {
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
        let is_order = !operation.method.is_idempotent();
        let deadline = self
            .policy
            .deadline
            .and_then(|span| Instant::now().checked_add(span));
        let timeout = [call.timeout, self.request_timeout, self.policy.deadline]
            .into_iter()
            .flatten()
            .min();
        for attempt in 0.. {
            let remaining = deadline.map(|at| at.saturating_duration_since(Instant::now()));
            let mut call = call.clone();
            call.timeout = timeout.into_iter().chain(remaining).min();
            let started = Instant::now();
            tracing::debug!(operation = operation.id, attempt, "calling");
            let outcome = match self.attempt(call).await {
                Ok(reply) => Ok(reply.after_attempts(attempt + 1)),
                Err(error) => Err(error.after_attempts(attempt + 1)),
            };
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
                    observed: Observed::Status(reply.status, Sender::of(reply)),
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
            let may_repeat =
                attempt < self.policy.max_repeats && (!is_order || self.policy.repeat_orders);
            if verdict != Verdict::Repeatable || !may_repeat {
                tracing::debug!(
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
            // An order that the deadline would end has an unknown outcome. So it begins only if its own timeout comes first.
            let needed = if is_order { timeout } else { None };
            let needed = pause
                .max(failure.asked.unwrap_or_default())
                .saturating_add(needed.unwrap_or_default());
            if deadline.is_some_and(|at| at.saturating_duration_since(Instant::now()) <= needed) {
                tracing::debug!(
                    operation = operation.id,
                    attempt,
                    status,
                    kind,
                    ?pause,
                    "the call failed; the next attempt would pass the deadline",
                );
                return outcome;
            }
            tracing::debug!(
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

    /// Makes one attempt, and ends it after its timeout, whatever the transport does.
    async fn attempt(&self, call: Call) -> Result<Reply, TransportError> {
        let Some(timeout) = call.timeout else {
            return self.inner.send(call).await;
        };
        let limit = timeout.saturating_add(MOMENT);
        let sending = self.inner.send(call);
        tokio::time::timeout(limit, sending)
            .await
            .unwrap_or_else(|late| Err(TransportError::new(TransportErrorKind::Timeout, late)))
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
