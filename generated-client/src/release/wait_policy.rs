//! How to wait for a release.

use std::time::Duration;

/// How to wait for a release: how often to ask, how long at most, and whether to wait for the date of a scheduled one.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::release::WaitPolicy;
///
/// let patient = WaitPolicy::default()
///     .deadline(Duration::from_secs(3 * 3600))
///     .through_schedule();
/// # let _ = patient;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a policy does nothing until it is used"]
pub struct WaitPolicy {
    pub(super) first_pause: Duration,
    pub(super) longest_pause: Duration,
    pub(super) longest_scheduled_pause: Duration,
    pub(super) deadline: Option<Duration>,
    pub(super) through_schedule: bool,
}

impl Default for WaitPolicy {
    /// Asks after two seconds, then less and less often down to every half minute, for an hour and a half: a release is
    /// reported to take up to an hour. A scheduled release is left to itself.
    fn default() -> Self {
        Self {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(30),
            longest_scheduled_pause: Duration::from_secs(600),
            deadline: Some(Duration::from_secs(90 * 60)),
            through_schedule: false,
        }
    }
}

impl WaitPolicy {
    /// The pause after the first question; each following one is half as long again. Default two seconds.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// The longest pause between two questions. Default half a minute.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// The longest pause between two questions while the release waits for its date. Default ten minutes.
    pub fn longest_scheduled_pause(mut self, pause: Duration) -> Self {
        self.longest_scheduled_pause = pause;
        self
    }

    /// How long to wait at most. The time that a release is seen waiting for its date does not count. Default an hour and a half.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Waits as long as it takes.
    pub fn no_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// Waits for the date of a scheduled release too, and then until it is out, which may be days.
    pub fn through_schedule(mut self) -> Self {
        self.through_schedule = true;
        self
    }

    /// The pause after one of `pause`, or the first one.
    pub(super) fn pause(&self, pause: Option<Duration>, scheduled: bool) -> Duration {
        let longest = if scheduled {
            self.longest_scheduled_pause
        } else {
            self.longest_pause
        };
        let pause = pause.map_or(self.first_pause, |pause| pause.saturating_mul(3) / 2);
        // Never nothing, or a policy of zeros would ask without a break.
        pause.min(longest).max(Duration::from_millis(1))
    }
}
