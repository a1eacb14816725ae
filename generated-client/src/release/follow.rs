//! Following a release: asking with growing pauses until it is done.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{State, Status, WaitError, WaitPolicy};
use crate::{Client, Error, ErrorKind};

/// Thirty years: further than any wait.
const FAR: Duration = Duration::from_secs(86400 * 365 * 30);

/// What is seen while a release is followed.
///
/// Displayed, it is one line.
#[derive(Debug)]
#[non_exhaustive]
pub enum Progress {
    /// The platform answered.
    Status(Status),
    /// The question failed in a way that passes; it is asked again.
    Interrupted(Error),
}

impl fmt::Display for Progress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status) => match status.state() {
                State::Unknown(_) => write!(formatter, "{status} (still waiting)"),
                _ => write!(formatter, "{status}"),
            },
            Self::Interrupted(error) => write!(formatter, "no answer, still waiting: {error}"),
        }
    }
}

/// A release that is being followed: a stream of what is seen, made by [`Client::follow`].
///
/// It ends after the release is out (or, unless the policy waits for it, scheduled), or with the error that the wait ends
/// with. It can be dropped at any point; the release goes on.
#[must_use = "nothing is asked until the stream is polled"]
pub struct Follow {
    step: Step,
}

enum Step {
    /// Nobody waits for the next item.
    Ready(Box<Follower>),
    /// The next item is on its way.
    Running(Pin<Box<dyn Future<Output = Turn> + Send>>),
    Ended,
}

/// What one question leads to.
pub(super) enum Turn {
    /// There will be another one.
    On(Box<Follower>, Progress),
    /// The wait ends well.
    Done(Status),
    /// The wait ends with an error.
    Over(WaitError),
}

type Item = Result<Progress, WaitError>;

impl Follow {
    pub(super) fn new(client: Client, request_id: &str, policy: WaitPolicy) -> Self {
        let follower = Follower::new(client, request_id, policy);
        Self {
            step: Step::Ready(follower),
        }
    }

    /// What is seen next, after the pause that is due; `None` when the wait is over.
    ///
    /// Dropping the future loses nothing: the next call goes on where it was.
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
            Turn::On(follower, progress) => (Step::Ready(follower), Ok(progress)),
            Turn::Done(status) => (Step::Ended, Ok(Progress::Status(status))),
            Turn::Over(error) => (Step::Ended, Err(error)),
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

/// Where a wait stands between two questions.
pub(super) struct Follower {
    client: Client,
    request_id: String,
    policy: WaitPolicy,
    /// The pause before the question that is due, unless it is the first after a change.
    pause: Option<Duration>,
    /// Since when the time counts towards the deadline.
    counted_from: Option<Instant>,
    due: Option<Instant>,
    last: Option<Status>,
}

impl Follower {
    pub(super) fn new(client: Client, request_id: &str, policy: WaitPolicy) -> Box<Self> {
        Box::new(Self {
            client,
            request_id: request_id.to_owned(),
            policy,
            pause: None,
            counted_from: None,
            due: None,
            last: None,
        })
    }

    /// Asks once, when it is time.
    pub(super) async fn step(mut self: Box<Self>) -> Turn {
        let from = *self.counted_from.get_or_insert_with(Instant::now);
        // A deadline that no clock reaches is none.
        let deadline = self.policy.deadline.and_then(|time| from.checked_add(time));
        if let Some(due) = self.due {
            match deadline {
                Some(deadline) if deadline < due => {
                    sleep_until(deadline).await;
                    return Turn::Over(self.out_of_time(from));
                }
                _ => sleep_until(due).await,
            }
        }
        let question = self.client.status(&self.request_id);
        let answer = match deadline {
            Some(deadline) => timeout_at(deadline, question).await,
            None => Ok(question.await),
        };
        match answer {
            Err(_) => Turn::Over(self.out_of_time(from)),
            Ok(Ok(status)) => self.answered(status),
            // A server that fails inside is worth another question: being asked changes nothing.
            Ok(Err(error)) if error.is_retryable() || error.kind() == ErrorKind::Server => {
                tracing::debug!(request_id = self.request_id, %error, "the question failed; still waiting");
                self.again();
                Turn::On(self, Progress::Interrupted(error))
            }
            Ok(Err(source)) => Turn::Over(WaitError::Call {
                request_id: self.request_id,
                source,
                last: self.last,
            }),
        }
    }

    fn answered(mut self: Box<Self>, status: Status) -> Turn {
        match status.state() {
            State::Failed => {
                let request_id = self.request_id;
                return Turn::Over(WaitError::Failed { request_id, status });
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
            // What has just begun is looked at closely again.
            self.pause = None;
            if let State::Unknown(said) = status.state() {
                tracing::warn!(
                    request_id = self.request_id,
                    status = said,
                    "the release has a status that this version does not know; still waiting"
                );
            }
        }
        self.last = Some(status.clone());
        self.again();
        Turn::On(self, Progress::Status(status))
    }

    /// Sets the time of the next question.
    fn again(&mut self) {
        let scheduled = self
            .last
            .as_ref()
            .is_some_and(|last| *last.state() == State::Scheduled);
        let pause = self.policy.pause(self.pause, scheduled);
        self.pause = Some(pause);
        self.due = Some(Instant::now() + pause.min(FAR));
    }

    fn out_of_time(self: Box<Self>, from: Instant) -> WaitError {
        WaitError::Deadline {
            request_id: self.request_id,
            waited: from.elapsed(),
            last: self.last,
        }
    }
}
