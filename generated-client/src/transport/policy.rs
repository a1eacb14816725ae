//! How often a call is repeated, and how long the pauses are.

use std::time::Duration;

/// How failures that may be repeated are repeated. *Whether* one may is not a matter of policy: see
/// [`verdict`](crate::runtime::verdict).
///
/// The pause before the first repeat is half to whole of [`initial_pause`](Self::initial_pause), by chance; the range
/// doubles with each repeat up to [`max_pause`](Self::max_pause). When the server names a pause (`Retry-After`), that is
/// taken instead, up to [`max_retry_after`](Self::max_retry_after).
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .max_repeats(10)
///     .deadline(Duration::from_secs(600));
/// let once = RetryPolicy::never();
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    pub(super) max_repeats: u32,
    pub(super) initial_pause: Duration,
    pub(super) max_pause: Duration,
    pub(super) max_retry_after: Duration,
    pub(super) deadline: Option<Duration>,
    pub(super) seed: Option<u64>,
}

impl Default for RetryPolicy {
    /// Up to five repeats, as the vendor's own connector does; pauses from half a second to 20 seconds, a minute when the
    /// server asks for it, three minutes for all of it.
    fn default() -> Self {
        Self {
            max_repeats: 5,
            initial_pause: Duration::from_millis(500),
            max_pause: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            deadline: Some(Duration::from_secs(180)),
            seed: None,
        }
    }
}

impl RetryPolicy {
    /// No repeats.
    pub fn never() -> Self {
        Self::default().max_repeats(0)
    }

    /// How often a call is made again after the first time; default 5.
    pub fn max_repeats(self, max_repeats: u32) -> Self {
        Self {
            max_repeats,
            ..self
        }
    }

    /// The longest pause before the first repeat; default half a second.
    pub fn initial_pause(self, initial_pause: Duration) -> Self {
        Self {
            initial_pause,
            ..self
        }
    }

    /// The longest pause when the server names none; default 20 seconds.
    pub fn max_pause(self, max_pause: Duration) -> Self {
        Self { max_pause, ..self }
    }

    /// The longest pause that the server may ask for with `Retry-After`; default one minute. If it asks for more, this
    /// is the pause.
    pub fn max_retry_after(self, max_retry_after: Duration) -> Self {
        Self {
            max_retry_after,
            ..self
        }
    }

    /// How long a call may take with all its repeats and pauses; default three minutes. A pause that would not end
    /// before is not begun: the call fails with what it last failed with.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self {
            deadline: Some(deadline),
            ..self
        }
    }

    /// Lets a call take as long as its repeats and pauses take.
    pub fn no_deadline(self) -> Self {
        Self {
            deadline: None,
            ..self
        }
    }

    /// Makes chance start from `seed`, so that a test sees the same pauses each time.
    pub fn seed(self, seed: u64) -> Self {
        Self {
            seed: Some(seed),
            ..self
        }
    }

    /// The pause before repeat number `repeat` (from 0), when the server has asked for `asked`.
    pub(super) fn pause(
        &self,
        repeat: u32,
        asked: Option<Duration>,
        chance: &mut fastrand::Rng,
    ) -> Duration {
        if let Some(asked) = asked {
            return asked.min(self.max_retry_after);
        }
        let factor = 2_u32.checked_pow(repeat).unwrap_or(u32::MAX);
        let longest = self
            .initial_pause
            .saturating_mul(factor)
            .min(self.max_pause);
        longest.mul_f64(0.5 + chance.f64() / 2.0)
    }
}
