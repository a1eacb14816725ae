//! Follows a release: gets its status with growing pauses until it is done.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{State, Status, WaitError, WaitPolicy};
use crate::runtime::Effect;
use crate::{Client, Error};

/// Thirty years. A longer pause could overflow an [`Instant`].
const LONGEST_PAUSE: Duration = Duration::from_secs(86400 * 365 * 30);

/// An event while a release is followed. Its `Display` text is one line.
///
/// ```
/// use releasepack_client::release::Progress;
///
/// fn show(progress: &Progress) {
///     match progress {
///         Progress::Status(status) => println!("{:?} %", status.percent()),
///         other => println!("{other}"),
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Progress {
    /// The platform sent the status of the release.
    Status(Status),
    /// A status call failed for a temporary reason, or its response cannot be read. It is made again after a pause, unless too
    /// many failed in a row ([`WaitPolicy::max_failures`]).
    Interrupted(Error),
}

impl fmt::Display for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => match status.state() {
                State::Unknown(_) => write!(formatter, "{status} (still waiting)"),
                _ => write!(formatter, "{status}"),
            },
            Self::Interrupted(error) => {
                write!(formatter, "no status received, still waiting: {error}")
            }
        }
    }
}

/// A stream of [`Progress`] events of one release, returned by [`Client::follow`].
///
/// It ends when the release is done, or is scheduled and the policy does not wait for the date. If the wait fails, the last
/// item is the error. Dropping the stream does not stop the release.
#[must_use = "no call is made until the stream is polled"]
pub struct Follow {
    step: Step,
}

enum Step {
    /// The next status call has not been started.
    Ready(Box<Follower>),
    /// The next status call, or the pause before it, is running.
    Running(Pin<Box<dyn Future<Output = Turn> + Send>>),
    Ended,
}

/// The result of one status call.
pub(super) enum Turn {
    /// The wait continues.
    Continue(Box<Follower>, Progress),
    /// The wait ended with this status.
    Done(Status),
    /// The wait ended with an error.
    Failed(WaitError),
}

type Item = Result<Progress, WaitError>;

impl Follow {
    pub(super) fn new(client: Client, request_id: &str, policy: WaitPolicy) -> Self {
        let follower = Follower::new(client, request_id, policy);
        Self {
            step: Step::Ready(follower),
        }
    }

    /// Waits for the next event; `None` when the wait has ended.
    ///
    /// The future is safe to drop: the next call of this method continues where it stopped.
    pub async fn next(&mut self) -> Option<Item> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for Follow {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Item>> {
        self.step = match std::mem::replace(&mut self.step, Step::Ended) {
            Step::Ready(follower) => Step::Running(Box::pin(follower.step())),
            step => step,
        };
        let Step::Running(running) = &mut self.step else {
            return Poll::Ready(None);
        };
        let (step, item) = match ready!(running.as_mut().poll(context)) {
            Turn::Continue(follower, progress) => (Step::Ready(follower), Ok(progress)),
            Turn::Done(status) => (Step::Ended, Ok(Progress::Status(status))),
            Turn::Failed(error) => (Step::Ended, Err(error)),
        };
        self.step = step;
        Poll::Ready(Some(item))
    }
}

impl fmt::Debug for Follow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.step {
            Step::Ready(_) => "Follow(Ready)",
            Step::Running(_) => "Follow(Running)",
            Step::Ended => "Follow(Ended)",
        })
    }
}

/// The state of a wait between two status calls.
pub(super) struct Follower {
    client: Client,
    request_id: String,
    policy: WaitPolicy,
    /// The length of the last pause; `None` when the pauses start over because the state of the release changed.
    pause: Option<Duration>,
    random: fastrand::Rng,
    /// How many status calls failed since the last status.
    failures: u32,
    /// The time from which the deadline counts.
    counted_from: Option<Instant>,
    due: Option<Instant>,
    last: Option<Status>,
}

impl Follower {
    pub(super) fn new(client: Client, request_id: &str, policy: WaitPolicy) -> Box<Self> {
        Box::new(Self {
            client,
            request_id: request_id.to_owned(),
            random: policy.random(),
            policy,
            pause: None,
            failures: 0,
            counted_from: None,
            due: None,
            last: None,
        })
    }

    /// Waits for the pause that is due, then gets the status once.
    pub(super) async fn step(mut self: Box<Self>) -> Turn {
        let from = *self.counted_from.get_or_insert_with(Instant::now);
        // A deadline that overflows the clock is the same as no deadline.
        let deadline = self.policy.deadline.and_then(|time| from.checked_add(time));
        if let Some(due) = self.due {
            match deadline {
                Some(deadline) if deadline < due => {
                    sleep_until(deadline).await;
                    return Turn::Failed(self.deadline_error(from));
                }
                _ => sleep_until(due).await,
            }
        }
        let call = self.client.status(&self.request_id);
        let result = match deadline {
            Some(deadline) => timeout_at(deadline, call).await,
            None => Ok(call.await),
        };
        match result {
            Err(_) => Turn::Failed(self.deadline_error(from)),
            Ok(Ok(status)) => self.process(status),
            Ok(Err(error)) if is_temporary(&error) => self.interrupt(error),
            Ok(Err(source)) => Turn::Failed(WaitError::Call {
                request_id: self.request_id,
                source,
                last: self.last,
            }),
        }
    }

    fn interrupt(mut self: Box<Self>, error: Error) -> Turn {
        self.failures += 1;
        if self.failures >= self.policy.max_failures {
            return Turn::Failed(WaitError::Interrupted {
                request_id: self.request_id,
                failures: self.failures,
                source: error,
                last: self.last,
            });
        }
        tracing::debug!(request_id = self.request_id, %error, "the status call failed; still waiting");
        self.schedule_next();
        Turn::Continue(self, Progress::Interrupted(error))
    }

    fn process(mut self: Box<Self>, status: Status) -> Turn {
        self.failures = 0;
        match status.state() {
            State::Failed => {
                let request_id = self.request_id;
                return Turn::Failed(WaitError::Failed { request_id, status });
            }
            State::Released => return Turn::Done(status),
            State::Scheduled if !self.policy.through_schedule => return Turn::Done(status),
            State::Scheduled => self.counted_from = Some(Instant::now()),
            State::InProgress | State::Unknown(_) => {}
        }
        let changed = self
            .last
            .as_ref()
            .is_none_or(|last| last.state() != status.state());
        if changed {
            // The pauses start over, short again, because a new state may change soon.
            self.pause = None;
            if let State::Unknown(value) = status.state() {
                let redaction = self.client.service().redaction();
                tracing::warn!(
                    request_id = self.request_id,
                    status = %super::to_one_line(&redaction.text(value), 80),
                    "this version of the client does not know the status of the release; still waiting"
                );
            }
        }
        self.last = Some(status.clone());
        self.schedule_next();
        Turn::Continue(self, Progress::Status(status))
    }

    /// Sets the time of the next status call.
    fn schedule_next(&mut self) {
        let scheduled = self
            .last
            .as_ref()
            .is_some_and(|last| *last.state() == State::Scheduled);
        let pause = self.policy.pause(self.pause, scheduled);
        self.pause = Some(pause);
        let pause = WaitPolicy::jitter(pause.min(LONGEST_PAUSE), &mut self.random);
        self.due = Some(Instant::now() + pause);
    }

    fn deadline_error(self: Box<Self>, from: Instant) -> WaitError {
        WaitError::Deadline {
            request_id: self.request_id,
            waited: from.elapsed(),
            last: self.last,
        }
    }
}

/// Whether another status call may succeed: the server was busy or could not be reached, or what arrived does not say anything
/// about the release, such as the page of a gateway. A refusal (401, 404) stays one.
fn is_temporary(error: &Error) -> bool {
    error.is_retryable() || error.effect() == Effect::Unknown
}
