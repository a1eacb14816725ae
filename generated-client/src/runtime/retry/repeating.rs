//! The transport that repeats failed calls.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::time::Instant;

use super::super::{
    Body, Call, Exchange, Http, Method, Observed, Opened, Opening, Reply, Sender, Transport,
    TransportError, TransportErrorKind, Verdict, verdict,
};
use super::RetryPolicy;
use super::retry_after::retry_after;

/// A transport that repeats failed calls if [`verdict`] allows it, as often as the policy allows. It tells the transport below how
/// long each attempt may take. [`Timed`](super::Timed) ends an attempt then, whatever happens below it.
///
/// A call whose body is a stream that can be sent once is not repeated after any of it was read: see [`Body`].
///
/// A call may have a policy and a timeout of its own ([`Call::retry`], [`Call::timeout`]), which count instead of those of the
/// transport.
///
/// A response that is [opened](Transport::open) is repeated until a response with a 2xx status begins, or the failure is final. Its
/// body passes as it arrives, and is not repeated.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::{Http, Repeating, RetryPolicy, Service, Timed};
///
/// # fn main() -> Result<(), url::ParseError> {
/// let http = Timed::new(Http::new(reqwest::Client::new()));
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
    /// Repeats the calls that `inner` sends. `request_timeout` is the maximum time of one attempt of a call that has none of
    /// its own.
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

    /// Sends a call with `send` until the response is a success, or another attempt is not allowed.
    async fn attempts<A: Into<Answer>, S: Future<Output = Result<A, TransportError>>>(
        &self,
        mut call: Call,
        send: impl Fn(Call) -> S,
    ) -> Result<Answer, TransportError> {
        let operation = call.operation;
        let policy = call.retry.take();
        let policy = policy.as_ref().unwrap_or(&self.policy);
        let is_order = call.is_order();
        // For the verdict, an order that may be sent twice is as a PUT.
        let method = if is_order || operation.method.is_idempotent() {
            &operation.method
        } else {
            &Method::PUT
        };
        let deadline = policy
            .deadline
            .and_then(|span| Instant::now().checked_add(span));
        call.deadline = deadline;
        let timeout = call.timeout.or(self.request_timeout);
        let timeout = timeout.into_iter().chain(policy.deadline).min();
        let body = call.body.clone();
        let mut before = None;
        let mut made = 0;
        for attempt in 0.. {
            let remaining = deadline.map(|at| at.saturating_duration_since(Instant::now()));
            let mut call = call.clone();
            call.timeout = timeout.into_iter().chain(remaining).min();
            let started = Instant::now();
            tracing::debug!(operation = operation.id, attempt, "calling");
            let outcome = count(&mut made, send(call).await.map(A::into));
            let elapsed = started.elapsed();
            let failure = match Failure::of(&outcome) {
                None => {
                    let status = outcome.as_ref().ok().map(Answer::status);
                    let status = status.map(|status| status.as_u16());
                    tracing::debug!(
                        operation = operation.id,
                        attempt,
                        status,
                        ?elapsed,
                        "received a response"
                    );
                    return outcome;
                }
                Some(failure) if failure.transport == Some(TransportErrorKind::NotBegun) => {
                    tracing::debug!(
                        operation = operation.id,
                        attempt,
                        "the call did not begin in time"
                    );
                    // How the attempt before it failed says more.
                    return before.unwrap_or(outcome);
                }
                Some(failure) => failure,
            };
            let status = failure.status.map(|status| status.as_u16());
            let kind = failure.transport.map(tracing::field::display);
            let verdict = verdict(method, failure.observed);
            let may_repeat = attempt < policy.max_repeats
                && (!is_order || policy.repeat_orders)
                && body.as_ref().is_none_or(Body::can_be_sent);
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
            let pause = self.pause(policy, attempt, failure.asked);
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
            before = Some(outcome);
        }
        unreachable!("the limit of the attempts is a `u32`, so the counter reaches it")
    }

    fn pause(&self, policy: &RetryPolicy, repeat: u32, asked: Option<Duration>) -> Duration {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        policy.pause(repeat, asked, &mut random)
    }

    /// Opens a response. The body of one that is not a success is read, because the verdict may depend on it.
    async fn open_once(&self, call: Call) -> Result<Answer, TransportError> {
        let opened = self.inner.open(call).await?;
        if opened.status.is_success() {
            return Ok(Answer::Begun(opened));
        }
        Ok(Answer::Whole(opened.finish(Http::ERROR_BODY_LIMIT).await))
    }
}

/// The response to an attempt.
enum Answer {
    /// With its complete body.
    Whole(Reply),
    /// With the beginning of a success.
    Begun(Opened),
}

impl Answer {
    fn status(&self) -> StatusCode {
        match self {
            Self::Whole(reply) => reply.status,
            Self::Begun(opened) => opened.status,
        }
    }
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        Self::Whole(reply)
    }
}

/// Adds the attempts behind an outcome to those that were `made` before, and writes the sum into it.
fn count(
    made: &mut u32,
    outcome: Result<Answer, TransportError>,
) -> Result<Answer, TransportError> {
    match outcome {
        Ok(Answer::Whole(reply)) => {
            *made = made.saturating_add(reply.attempts());
            Ok(Answer::Whole(reply.after_attempts(*made)))
        }
        // What is read of it later does not say it.
        Ok(Answer::Begun(opened)) => Ok(Answer::Begun(opened)),
        Err(error) => {
            *made = made.saturating_add(error.attempts());
            Err(error.after_attempts(*made))
        }
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

impl Failure {
    /// How an attempt failed; `None` for a success.
    fn of(outcome: &Result<Answer, TransportError>) -> Option<Self> {
        match outcome {
            Ok(Answer::Begun(_)) => None,
            Ok(Answer::Whole(reply)) if reply.status.is_success() => None,
            Ok(Answer::Whole(reply)) => Some(Self {
                observed: Observed::Status(reply.status, Sender::of(reply)),
                asked: retry_after(&reply.headers),
                status: Some(reply.status),
                transport: None,
            }),
            Err(error) => Some(Self {
                observed: Observed::Transport(error.kind()),
                asked: None,
                status: error.status(),
                transport: Some(error.kind()),
            }),
        }
    }
}

impl<T: Transport> Transport for Repeating<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move {
            match self.attempts(call, |call| self.inner.send(call)).await? {
                Answer::Whole(reply) => Ok(reply),
                Answer::Begun(opened) => Ok(opened.finish(Http::BODY_LIMIT).await),
            }
        })
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move {
            match self.attempts(call, |call| self.open_once(call)).await? {
                Answer::Whole(reply) => Ok(reply.into()),
                Answer::Begun(opened) => Ok(opened),
            }
        })
    }
}
