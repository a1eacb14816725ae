//! Keeps calls within the rate limit of a server: the [`RateLimit`], and the transport that waits for it.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::{Call, Exchange, Opening, Transport, TransportError, TransportErrorKind};

/// A second and a bit more: a call may need longer to the server than the one after it, so they arrive closer together than they
/// left.
const SAFE_SECOND: Duration = Duration::from_millis(1100);

/// How many calls may begin in a time. It is a bucket of tokens: each call takes one, and a token comes back a
/// [period](Self::new) after it was taken. A call that finds the bucket empty waits.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::RateLimit;
///
/// let careful = RateLimit::per_second(2).burst(1);
/// let hourly = RateLimit::new(1000, Duration::from_secs(3600)).burst(10);
/// let off = RateLimit::none();
/// # let _ = (careful, hourly, off);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// `None` is no limit.
    calls: Option<usize>,
    period: Duration,
    burst: usize,
}

impl Default for RateLimit {
    /// Five calls a second, all five at once if there were none before.
    fn default() -> Self {
        Self::per_second(5)
    }
}

impl RateLimit {
    /// At most `calls` begin in each `period`. Zero counts as one.
    pub fn new(calls: u32, period: Duration) -> Self {
        let calls = usize::try_from(calls.max(1)).unwrap_or(usize::MAX);
        Self {
            calls: Some(calls),
            period,
            burst: calls,
        }
    }

    /// At most `calls` arrive at the server in each second. The period is 1.1 seconds, so that a server that counts exactly finds
    /// no more, although the way to it takes longer for one call than for another.
    pub fn per_second(calls: u32) -> Self {
        Self::new(calls, SAFE_SECOND)
    }

    /// No limit.
    pub fn none() -> Self {
        Self {
            calls: None,
            ..Self::default()
        }
    }

    /// Sets how many calls may begin at once. The rest of the calls of a period is spread over it: with 1, all calls have the
    /// same distance. The default is all calls of a period; zero counts as one.
    pub fn burst(self, calls: u32) -> Self {
        let burst = usize::try_from(calls.max(1)).unwrap_or(usize::MAX);
        Self { burst, ..self }
    }

    /// The time at which the next call may begin, after calls that began at the times `taken`.
    fn next(&self, taken: &VecDeque<Instant>) -> Option<Instant> {
        let calls = self.calls?;
        let back = |count: usize| taken.len().checked_sub(count).and_then(|at| taken.get(at));
        let burst = self.burst.min(calls);
        // The part of the period that so many calls may use up.
        let parts = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let share = (self.period / parts(calls)).saturating_mul(parts(burst));
        let of_period = back(calls).and_then(|at| at.checked_add(self.period));
        let of_burst = back(burst).and_then(|at| at.checked_add(share));
        of_period.max(of_burst)
    }
}

/// A transport that lets calls through as a [`RateLimit`] allows, in the order in which they came. Every call counts: put it below
/// [`Repeating`](super::Repeating), so that repeats count too, and above [`Timed`](super::Timed), so that the time of waiting does
/// not count as a part of the attempt.
///
/// A call that would have to wait too long for its deadline fails: it was never sent
/// ([`NotBegun`](TransportErrorKind::NotBegun)).
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::runtime::{Http, Limited, RateLimit, Repeating, RetryPolicy, Service, Timed};
///
/// # fn main() -> Result<(), url::ParseError> {
/// let http = Timed::new(Http::new(reqwest::Client::new()));
/// let limited = Limited::new(http, RateLimit::per_second(10));
/// let transport = Repeating::new(limited, RetryPolicy::default(), Some(Duration::from_secs(60)));
/// let service = Service::new(&"https://example.com/v1".parse()?, transport);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Limited<T> {
    inner: T,
    limit: RateLimit,
    /// When the last calls began. Waiting calls wait for this lock, which is fair; the first of them holds it while it waits for
    /// its time. So a call that is dropped leaves the queue and takes no token.
    taken: Mutex<VecDeque<Instant>>,
}

impl<T: Transport> Limited<T> {
    /// Lets the calls that `inner` sends through as `limit` allows.
    pub fn new(inner: T, limit: RateLimit) -> Self {
        Self {
            inner,
            limit,
            taken: Mutex::default(),
        }
    }

    /// Waits until `call` may begin.
    async fn admit(&self, call: &Call) -> Result<(), TransportError> {
        let Some(calls) = self.limit.calls else {
            return Ok(());
        };
        let latest = call.latest_begin();
        let came = Instant::now();
        let waiting = async {
            let mut taken = self.taken.lock().await;
            if let Some(next) = self.limit.next(&taken) {
                if latest.is_some_and(|latest| latest < next && Instant::now() < next) {
                    return false;
                }
                sleep_until(next).await;
            }
            if taken.len() >= calls {
                taken.pop_front();
            }
            taken.push_back(Instant::now());
            true
        };
        let is_admitted = match latest {
            // A call that need not wait is admitted, even if there is no time to wait.
            Some(latest) => timeout_at(latest, waiting).await.unwrap_or(false),
            None => waiting.await,
        };
        let waited = came.elapsed();
        if !is_admitted {
            let why = "the rate limit of the client allows it only when it is too late";
            return Err(TransportError::new(TransportErrorKind::NotBegun, why));
        }
        if !waited.is_zero() {
            let operation = call.operation.id;
            tracing::debug!(operation, ?waited, "the call waited for the rate limit");
        }
        Ok(())
    }
}

impl<T: Transport> Transport for Limited<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move {
            self.admit(&call).await?;
            self.inner.send(call).await
        })
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move {
            self.admit(&call).await?;
            self.inner.open(call).await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The times, in milliseconds, at which `count` calls begin that come together.
    fn begun(limit: RateLimit, count: usize) -> Vec<u128> {
        let first = Instant::now();
        let mut taken = VecDeque::new();
        for _ in 0..count {
            let next = limit.next(&taken).unwrap_or(first);
            taken.push_back(next.max(first));
        }
        let since = taken.iter().map(|at| (*at - first).as_millis());
        since.collect()
    }

    #[test]
    fn no_period_has_more_calls_than_the_limit_and_no_burst_is_longer() {
        assert_eq!(
            begun(RateLimit::default(), 11),
            [0, 0, 0, 0, 0, 1100, 1100, 1100, 1100, 1100, 2200]
        );
        let spread = RateLimit::new(5, Duration::from_secs(1)).burst(1);
        assert_eq!(begun(spread, 6), [0, 200, 400, 600, 800, 1000]);
        for (calls, burst) in [(5, 2), (7, 3), (3, 9), (0, 0)] {
            let limit = RateLimit::new(calls, Duration::from_secs(1)).burst(burst);
            let times = begun(limit, 50);
            let calls = usize::try_from(calls.max(1)).unwrap();
            for window in times.windows(calls + 1) {
                assert!(window[calls] - window[0] >= 999, "{limit:?}: {times:?}");
            }
        }
    }
}
