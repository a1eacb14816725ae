//! The [`RetryPolicy`]: how often a failed call is repeated, and how long the pauses are.

use std::time::Duration;

/// How often a failed call is repeated, and how long the pauses are. The policy does not decide *whether* a failure may be
/// repeated: see [`verdict`](crate::runtime::verdict).
///
/// The pause before the first repeat is random, between half of [`initial_pause`](Self::initial_pause) and all of it. The
/// range doubles with each repeat, up to [`max_pause`](Self::max_pause). If the server asks for a longer pause (`Retry-After`),
/// the pause is as long as it asks for, up to [`max_retry_after`](Self::max_retry_after), and a random part more, so that
/// clients that were refused together do not come back together.
///
/// Calls with an idempotent method (GET) are questions: to ask again is harmless. All others are orders, for example to create something.
/// [`repeat_orders`](Self::repeat_orders) turns their repeats off, and no attempt of an order begins if the deadline would end it
/// before its own timeout.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::RetryPolicy;
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
    pub(super) repeat_orders: bool,
    pub(super) seed: Option<u64>,
}

impl Default for RetryPolicy {
    /// Up to five repeats. Pauses grow from half a second to 20 seconds. The server may ask
    /// for pauses of up to one minute. All attempts together take at most three minutes.
    fn default() -> Self {
        Self {
            max_repeats: 5,
            initial_pause: Duration::from_millis(500),
            max_pause: Duration::from_secs(20),
            max_retry_after: Duration::from_secs(60),
            deadline: Some(Duration::from_secs(180)),
            repeat_orders: true,
            seed: None,
        }
    }
}

impl RetryPolicy {
    /// A policy without repeats.
    pub fn never() -> Self {
        Self::default().max_repeats(0)
    }

    /// Sets the maximum number of repeats after the first attempt. The default is 5.
    pub fn max_repeats(self, max_repeats: u32) -> Self {
        Self {
            max_repeats,
            ..self
        }
    }

    /// Sets the maximum pause before the first repeat. The default is half a second.
    pub fn initial_pause(self, initial_pause: Duration) -> Self {
        Self {
            initial_pause,
            ..self
        }
    }

    /// Sets the maximum pause when the server does not ask for one. The default is 20 seconds.
    pub fn max_pause(self, max_pause: Duration) -> Self {
        Self { max_pause, ..self }
    }

    /// Sets the maximum pause that the server may ask for with `Retry-After`. The default is one minute. If the server asks
    /// for a longer pause, this maximum is used; if it asks for a pause that would pass the deadline, the call fails at once.
    pub fn max_retry_after(self, max_retry_after: Duration) -> Self {
        Self {
            max_retry_after,
            ..self
        }
    }

    /// Sets the maximum time of a call with all its repeats and pauses, and with what it waits for the [rate
    /// limit](crate::runtime::RateLimit) and for a [token](crate::runtime::Tokens). The default is three minutes. If the next pause would
    /// pass the deadline, the call fails at once with the last error.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self {
            deadline: Some(deadline),
            ..self
        }
    }

    /// Removes the limit on the time of a call with all its repeats and pauses.
    pub fn no_deadline(self) -> Self {
        Self {
            deadline: None,
            ..self
        }
    }

    /// Sets whether orders are repeated: calls whose method is not idempotent, such as POST. The default is `true`: they are
    /// repeated if it is certain that the server did nothing.
    pub fn repeat_orders(self, repeat_orders: bool) -> Self {
        Self {
            repeat_orders,
            ..self
        }
    }

    /// Sets the seed of the random pauses, so that a test has the same pauses in each run.
    pub fn seed(self, seed: u64) -> Self {
        Self {
            seed: Some(seed),
            ..self
        }
    }

    /// The maximum time of a call with all its repeats and pauses, if there is one.
    pub fn longest(&self) -> Option<Duration> {
        self.deadline
    }

    /// The pause before the repeat with the number `repeat` (from 0). `asked` is the pause that the server asked for.
    pub(super) fn pause(
        &self,
        repeat: u32,
        asked: Option<Duration>,
        random: &mut fastrand::Rng,
    ) -> Duration {
        let factor = 2_u32.checked_pow(repeat).unwrap_or(u32::MAX);
        let longest = self
            .initial_pause
            .saturating_mul(factor)
            .min(self.max_pause);
        let jitter = longest.mul_f64(random.f64() / 2.0);
        let own = longest / 2 + jitter;
        match asked {
            Some(asked) => own.max(asked.min(self.max_retry_after).saturating_add(jitter)),
            None => own,
        }
    }
}
