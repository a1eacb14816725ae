//! The [`WaitPolicy`]: how often the status of a release is read, and how long a wait lasts.

use std::time::Duration;

/// How to wait for a release: the pauses between two status calls, the maximum time, how many failures in a row are too many, and
/// whether to wait for the date of a scheduled release.
///
/// Each pause is random, between half of its length and all of it. So waits that begin together do not ask together.
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
    pub(super) max_failures: u32,
    pub(super) seed: Option<u64>,
}

impl Default for WaitPolicy {
    /// Pauses grow from two seconds to half a minute. The deadline is one and a half hours, because a release is reported to
    /// take up to an hour. The wait ends at once if the release is scheduled, and at the tenth status call in a row that fails.
    fn default() -> Self {
        Self {
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(30),
            longest_scheduled_pause: Duration::from_secs(600),
            deadline: Some(Duration::from_secs(90 * 60)),
            through_schedule: false,
            max_failures: 10,
            seed: None,
        }
    }
}

impl WaitPolicy {
    /// Sets the maximum pause after the first status call. That of each following pause is 1.5 times as long. The default is two
    /// seconds.
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

    /// Sets how many status calls in a row may fail for a temporary reason before the wait ends with
    /// [`WaitError::Interrupted`](super::WaitError::Interrupted). The default is 10; zero counts as one. Each of these calls was
    /// repeated already, as often as the [`RetryPolicy`](crate::RetryPolicy) allows.
    pub fn max_failures(mut self, failures: u32) -> Self {
        self.max_failures = failures;
        self
    }

    /// Sets the seed of the random pauses, so that a test has the same pauses in each run.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The random numbers of one wait.
    pub(super) fn random(&self) -> fastrand::Rng {
        self.seed
            .map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed)
    }

    /// The length of the pause that follows a pause of the length `pause`, or of the first one if that is `None`.
    pub(super) fn pause(&self, pause: Option<Duration>, scheduled: bool) -> Duration {
        let longest = if scheduled {
            self.longest_scheduled_pause
        } else {
            self.longest_pause
        };
        let pause = pause.map_or(self.first_pause, |pause| pause.saturating_mul(3) / 2);
        pause.min(longest)
    }

    /// A pause, of which `longest` is the length.
    pub(super) fn jitter(longest: Duration, random: &mut fastrand::Rng) -> Duration {
        let pause = longest / 2 + (longest / 2).mul_f64(random.f64());
        // Never zero: a policy with zero pauses would call the server without a break.
        pause.max(Duration::from_millis(1))
    }
}
