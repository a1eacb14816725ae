//! The [`WaitPolicy`]: how often the status of a release is read, and how long a wait lasts.

use std::time::Duration;

/// How to wait for a release: the pauses between two status calls, the maximum time, and whether to wait for the date of a
/// scheduled release.
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
    /// Pauses grow from two seconds to half a minute. The deadline is one and a half hours, because a release is reported to
    /// take up to an hour. The wait ends at once if the release is scheduled.
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
    /// Sets the pause after the first status call. Each following pause is 1.5 times as long. The default is two seconds.
    pub fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets the maximum pause between two status calls. The default is half a minute.
    pub fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Sets the maximum pause between two status calls while the release is scheduled. The default is ten minutes.
    pub fn longest_scheduled_pause(mut self, pause: Duration) -> Self {
        self.longest_scheduled_pause = pause;
        self
    }

    /// Sets the maximum time to wait. The time while the release is scheduled does not count. The default is one and a half
    /// hours.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Removes the limit on the time to wait.
    pub fn no_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// Also waits for the date of a scheduled release, and then until it is done. This may take days.
    pub fn through_schedule(mut self) -> Self {
        self.through_schedule = true;
        self
    }

    /// The pause that follows `pause`, or the first one if that is `None`.
    pub(super) fn pause(&self, pause: Option<Duration>, scheduled: bool) -> Duration {
        let longest = if scheduled {
            self.longest_scheduled_pause
        } else {
            self.longest_pause
        };
        let pause = pause.map_or(self.first_pause, |pause| pause.saturating_mul(3) / 2);
        // Never zero: a policy with zero pauses would call the server without a break.
        pause.min(longest).max(Duration::from_millis(1))
    }
}
